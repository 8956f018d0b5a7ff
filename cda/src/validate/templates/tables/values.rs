//! Codes that the models of documents admit: path from `ClinicalDocument`, or from the element that declares a
//! template, and value set.

use crate::validate::templates::model::{Check, coded, coded_or_null};

pub(super) const BIO_TROD: &[Check] = &[
    coded(
        "component/structuredBody/component/section/entry/act/entryRelationship/observation[#lab:1.6]/code[@code=72269-4]/../interpretationCode",
        &[(
            "1.2.250.1.213.1.1.5.772",
            "JDV_ResultatDepistageRuptureMembranePH_CISIS",
        )],
    ),
    coded(
        "documentationOf/serviceEvent/code[@code=167226008]/../../../component/structuredBody/component/section/entry/act/entryRelationship/observation[#lab:1.6]/code[@code=5802-4]/../value",
        &[(
            "1.2.250.1.213.1.1.5.780",
            "JDV_ResultatDepistageNitriturie_CISIS",
        )],
    ),
    coded(
        "documentationOf/serviceEvent/code[@code=167226008]/../../../component/structuredBody/component/section/entry/act/entryRelationship/observation[#lab:1.6]/code[@code=5799-2]/../value",
        &[(
            "1.2.250.1.213.1.1.5.782",
            "JDV_ResultatDepistageLeucocyturie_CISIS",
        )],
    ),
    coded(
        "documentationOf/serviceEvent/code[@code=N30]/../../../component/structuredBody/component/section/entry/act/entryRelationship/observation[#lab:1.6]/code[@code=5802-4]/../value",
        &[("1.2.250.1.213.1.1.5.761", "JDV_ResultatDepistage_CISIS")],
    ),
    coded(
        "documentationOf/serviceEvent/code[@code=N30]/../../../component/structuredBody/component/section/entry/act/entryRelationship/observation[#lab:1.6]/code[@code=5799-2]/../value",
        &[("1.2.250.1.213.1.1.5.761", "JDV_ResultatDepistage_CISIS")],
    ),
];
pub(super) const BIO_TROD_INSIDE: &[(&str, &[Check])] = &[(
    "lab:1.6",
    &[
        coded(
            "code[@code=80387-4|75666-8|78012-2|94558-4|80382-5|80383-3|72376-7|75410-1|75377-2|29663-2|100964-6|26643-7|69945-4|40801-3|18282-4|19359-9|19295-5|19343-3|19568-5|14316-4|19550-3|19528-9|40802-1|19554-5|12327-3]/../value",
            &[("1.2.250.1.213.1.1.5.761", "JDV_ResultatDepistage_CISIS")],
        ),
        coded(
            "code[@code=41653-7]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.768",
                "JDV_ResultatDepistageGlycemie_CISIS",
            )],
        ),
        coded(
            "code[@code=53061-8]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.769",
                "JDV_ResultatDepistageCetonemie_CISIS",
            )],
        ),
        coded(
            "code[@code=5932-9]/../value",
            &[(
                "1.2.250.1.213.1.1.5.770",
                "JDV_ResultatDepistageCholesterol_CISIS",
            )],
        ),
        coded(
            "code[@code=48421-2]/../interpretationCode",
            &[("1.2.250.1.213.1.1.5.771", "JDV_ResultatDepistageCRP_CISIS")],
        ),
        coded(
            "code[@code=72898-0|58941-6]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.773",
                "JDV_ResultatDepistageBilirubinemie_CISIS",
            )],
        ),
        coded(
            "code[@code=5804-0]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.775",
                "JDV_ResultatDepistageProteinurie_CISIS",
            )],
        ),
        coded(
            "code[@code=2514-8]/../value",
            &[(
                "1.2.250.1.213.1.1.5.776",
                "JDV_ResultatDepistageCorpsCetoniques_CISIS",
            )],
        ),
        coded(
            "code[@code=5792-7]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.777",
                "JDV_ResultatDepistageGlucose_CISIS",
            )],
        ),
        coded(
            "code[@code=5770-3]/../value",
            &[(
                "1.2.250.1.213.1.1.5.778",
                "JDV_ResultatDepistageBilirubinurie_CISIS",
            )],
        ),
        coded(
            "code[@code=20405-7]/../interpretationCode",
            &[(
                "1.2.250.1.213.1.1.5.779",
                "JDV_ResultatDepistageUrobilinogenurie_CISIS",
            )],
        ),
        coded(
            "code[@code=5794-3]/../value",
            &[(
                "1.2.250.1.213.1.1.5.781",
                "JDV_ResultatDepistageHematurie_CISIS",
            )],
        ),
        coded(
            "code[@code=1904-2]/../value",
            &[(
                "1.2.250.1.213.1.1.5.783",
                "JDV_ResultatDepistageAcideAscorbique_CISIS",
            )],
        ),
    ],
)];

pub(super) const CSE_CS8: &[Check] = &[
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=ORG-075]/../../../value",
        &[("1.2.250.1.213.1.1.5.110", "JDV_Activite_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation/code[@code=75200-6]/../value",
        &[("1.2.250.1.213.1.1.5.111", "JDV_DateCons_CISIS")],
    ),
    coded_or_null(
        "component/structuredBody/component/section[#pcc:1.21.2.3]/component/section[#pcc:1.21.2.9]/entry/observation/code",
        &[(
            "1.2.250.1.213.1.1.5.527",
            "JDV_EvenementsAccouchement_CISIS",
        )],
    ),
    coded_or_null(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=82589-3]/../../../value",
        &[("1.2.250.1.213.1.1.5.108", "JDV_NiveauEtude_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=ORG-099]/../../../value",
        &[("1.2.250.1.213.1.1.5.109", "JDV_Profession_CISIS")],
    ),
    coded_or_null(
        "component/structuredBody/component/section/component/section/entry/observation/code[@code=MED-1248]/../value",
        &[("1.2.250.1.213.1.1.5.117", "JDV_TypePres_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=67704-7]/../../../value",
        &[(
            "1.2.250.1.213.1.1.5.753",
            "JDV_TypeAllaitementNouveauNe_CISIS",
        )],
    ),
];
pub(super) const CSE_CS8_INSIDE: &[(&str, &[Check])] = &[
    (
        "pcc:4.13.5",
        &[coded_or_null(
            "code",
            &[(
                "1.2.250.1.213.1.1.5.122",
                "JDV_AntecedentsObstetricaux_CISIS",
            )],
        )],
    ),
    (
        "pcc:4.18",
        &[coded(
            "code",
            &[("1.2.250.1.213.1.1.5.125", "JDV_CouvertureSociale_CISIS")],
        )],
    ),
    (
        "pcc:1.21.3.10",
        &[coded_or_null(
            "**/observation[#ans:3.48]/code[@code=51659-1]/../value",
            &[("1.2.250.1.213.1.1.5.112", "JDV_RechAgHbS_CISIS")],
        )],
    ),
    (
        "pcc:4.13",
        &[
            coded(
                "code[@code=73813-8]/../value",
                &[("1.2.250.1.213.1.1.5.113", "JDV_ModeDebutTravail_CISIS")],
            ),
            coded(
                "code[@code=57071-3]/../value",
                &[("1.2.250.1.213.1.1.5.115", "JDV_MethodeAccouchement_CISIS")],
            ),
            coded(
                "code[@code=MED-600]/../value",
                &[("1.2.250.1.213.1.1.5.116", "JDV_CauseCesarienne_CISIS")],
            ),
        ],
    ),
    (
        "pcc:1.25.1.4.1",
        &[coded(
            "code[@code=80413-8]/../participant/participantRole/code/translation",
            &[("1.2.250.1.213.1.1.5.127", "JDV_TypeService_CISIS")],
        )],
    ),
    (
        "pcc:4.12",
        &[coded(
            "code[@code=INITIMMUNIZ]/../consumable/manufacturedProduct/manufacturedMaterial/code/translation",
            &[("1.2.250.1.213.1.1.5.105", "JDV_VaccinCSE8_CISIS")],
        )],
    ),
    (
        "ans:3.53",
        &[
            coded(
                "code[@code=O13]/../value",
                &[("1.2.250.1.213.1.1.5.682", "JDV_Traite_NonTraite_CISIS")],
            ),
            coded(
                "code[@code=ORG-086]/../value",
                &[(
                    "1.2.250.1.213.1.1.5.681",
                    "JDV_MotifHospitalisationCSE_CISIS",
                )],
            ),
        ],
    ),
    (
        "pcc:4.19",
        &[coded_or_null(
            ".[@negationInd=false]/code[@code=MED-1304]/../entryRelationship/observation/code[@code=MED-1305]/../value",
            &[(
                "1.2.250.1.213.1.1.5.814",
                "JDV_ResultatDepistageSurdite_CISIS",
            )],
        )],
    ),
];

pub(super) const CSE_CS9: &[Check] = &[
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=ORG-075]/../../../value",
        &[("1.2.250.1.213.1.1.5.110", "JDV_Activite_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/act/entryRelationship/observation[#pcc:4.5]/value[@code=MED-186]/../entryRelationship/observation/code",
        &[("1.2.250.1.213.1.1.5.121", "JDV_CauseAccidentDom_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=ORG-099]/../../../value",
        &[("1.2.250.1.213.1.1.5.109", "JDV_Profession_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=PAT-048]/../../../value",
        &[("1.2.250.1.213.1.1.5.128", "JDV_TypeGarde_CISIS")],
    ),
];
pub(super) const CSE_CS9_INSIDE: &[(&str, &[Check])] = &[
    (
        "pcc:4.12",
        &[coded(
            "code[@code=INITIMMUNIZ]/../consumable/manufacturedProduct/manufacturedMaterial/code/translation",
            &[("1.2.250.1.213.1.1.5.106", "JDV_VaccinCSE9_CISIS")],
        )],
    ),
    (
        "ans:3.39",
        &[coded(
            "entryRelationship/observation[#ans:3.37]/code[@code=282291009]/../value",
            &[("1.2.250.1.213.1.1.5.103", "JDV_AntecedentsCSE9_CISIS")],
        )],
    ),
    (
        "ans:2.161",
        &[coded(
            "entry/observation[#ans:3.48]/code[@code=MED-1274]/../value",
            &[(
                "1.2.250.1.213.1.1.5.758",
                "JDV_ReperageTroubleNeurodeveloppement_CISIS",
            )],
        )],
    ),
    (
        "ans:3.58",
        &[coded(
            "code/qualifier/value",
            &[("1.2.250.1.213.1.1.5.759", "JDV_Rencontre_CS9_CS24_CISIS")],
        )],
    ),
];

pub(super) const CSE_CS24: &[Check] = &[
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=ORG-075]/../../../value",
        &[("1.2.250.1.213.1.1.5.110", "JDV_Activite_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/act/entryRelationship/observation[#pcc:4.5]/value[@code=MED-185]/../entryRelationship/observation/code",
        &[("1.2.250.1.213.1.1.5.121", "JDV_CauseAccidentDom_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code[@code=ORG-099]/../value",
        &[("1.2.250.1.213.1.1.5.109", "JDV_Profession_CISIS")],
    ),
    coded(
        "component/structuredBody/component/section/entry/observation[#pcc:4.13.4]/code/qualifier/value[@code=PAT-048]/../../../value",
        &[("1.2.250.1.213.1.1.5.128", "JDV_TypeGarde_CISIS")],
    ),
];
pub(super) const CSE_CS24_INSIDE: &[(&str, &[Check])] = &[
    (
        "pcc:4.12",
        &[coded(
            "code[@code=INITIMMUNIZ]/../consumable/manufacturedProduct/manufacturedMaterial/code/translation",
            &[("1.2.250.1.213.1.1.5.107", "JDV_VaccinCSE24_CISIS")],
        )],
    ),
    (
        "ans:3.39",
        &[coded(
            "entryRelationship/observation[#ans:3.37]/code[@code=282291009]/../value",
            &[("1.2.250.1.213.1.1.5.104", "JDV_AntecedentsCSE24_CISIS")],
        )],
    ),
    (
        "ans:2.161",
        &[
            coded(
                "entry/observation[#ans:3.48]/code[@code=MED-1274]/../value",
                &[(
                    "1.2.250.1.213.1.1.5.758",
                    "JDV_ReperageTroubleNeurodeveloppement_CISIS",
                )],
            ),
            coded(
                "entry/observation[#ans:3.48]/code",
                &[(
                    "1.2.250.1.213.1.1.5.712",
                    "JDV_DeveloppementPsychomoteur_CS24_CISIS",
                )],
            ),
        ],
    ),
    (
        "ans:3.58",
        &[coded(
            "code/qualifier/value",
            &[("1.2.250.1.213.1.1.5.759", "JDV_Rencontre_CS9_CS24_CISIS")],
        )],
    ),
    (
        "ans:3.52",
        &[coded(
            "code/qualifier/value[@code=MED-1275]/../../../value",
            &[(
                "1.2.250.1.213.1.1.5.760",
                "JDV_EnfantExposeAuxEcrans_CS24_CISIS",
            )],
        )],
    ),
];
