//! Documents: what each model asks of the header and of the templates inside.

use super::values;
use crate::validate::templates::model::{Check, MANY, Model, none, one, some};

/// Someone with an identity and a structure with a name.
const NAMED_PERFORMER: Check = Check::Each(
    "documentationOf/serviceEvent/performer/assignedEntity",
    &[
        some("assignedPerson"),
        some("representedOrganization/id"),
        some("representedOrganization/name"),
    ],
);
const PERFORMER: Check = Check::Each(
    "documentationOf/serviceEvent/performer/assignedEntity",
    &[
        some("id"),
        some("code"),
        some("assignedPerson/name"),
        some("representedOrganization/id"),
        some("representedOrganization/name"),
    ],
);
/// The certificates are statistical: no street.
const NO_STREET: Check = none("recordTarget/patientRole/addr/streetAddressLine");
const NO_STREET_OF_PERFORMER: Check = none(
    "documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/addr/streetAddressLine",
);
const BIRTH_AND_GUARDIAN: Check = Check::Each(
    "recordTarget/patientRole",
    &[
        some("patient/birthTime"),
        Check::Either(&[
            &[none("patient/guardian/guardianPerson")],
            &[some("patient/guardian/guardianPerson/name/family")],
        ]),
    ],
);
/// An examination of a child, dated, by someone.
const EXAMINATION: [Check; 3] = [
    some("documentationOf/serviceEvent/code[@code=11429006]"),
    some("documentationOf/serviceEvent/effectiveTime"),
    some("documentationOf/serviceEvent/performer"),
];
const VITAL_SIGNS_INSIDE: &[Check] = &[some("**/*[#pcc:1.5.3.2]")];
const FATHER_OR_MOTHER_BIRTH: Check =
    some("**/entry/observation/subject/relatedSubject/subject/birthTime[@value]");
const LEVEL_OF_DEVELOPMENT: Check = some("**/entry/observation[#pcc:4.13]/code[@code=MED-1274]");

pub(in crate::validate::templates) static MODELS: &[Model] = &[
    Model {
        id: "model-bio-trod",
        name: "CI-SIS_BIO-TROD_2024.01",
        root: "ans:1.59",
        extension: "2024.01",
        checks: &[
            Check::Each(
                "component/structuredBody",
                &[some("component/section[#lab:3.2.1]")],
            ),
            some(
                "code[@code=96173-0][@codeSystem=loinc][@displayName=Test rapide d'orientation diagnostique]",
            ),
            some("title"),
            some(".[#ans:1.59]"),
            some(".[#pcc:1.1]"),
            some(".[#ans:1.1]"),
            some(".[#2.16.840.1.113883.2.8.2.1]"),
            Check::Each(
                "documentationOf/serviceEvent",
                &[some("code"), some("performer")],
            ),
            Check::Each(
                "documentationOf/serviceEvent/performer",
                &[some(
                    "assignedEntity/representedOrganization/standardIndustryClassCode[@code=DEPISTAGE][@codeSystem=ans:4.9]",
                )],
            ),
            none("component/structuredBody/component/section[!#lab:3.2.1]"),
        ],
        values_id: "model-bio-trod-values",
        values: values::BIO_TROD,
        values_inside: values::BIO_TROD_INSIDE,
        inside: &[
            ("lab:3.2.1", &[some("**/*[#lab:1]")]),
            (
                "lab:1",
                &[
                    some("../entry/act/entryRelationship/observation[#lab:1.6]"),
                    Check::Has("../entry/act/participant[@typeCode=DEV]", 1, 1),
                    none(
                        "**/participant/participantRole/id[!@root=2.51.1.1|1.0.15961.10.816|2.16.840.1.113883.6.18.1.34]",
                    ),
                    Check::Each(
                        "**/participant/participantRole/playingDevice/code",
                        &[some("originalText/reference")],
                    ),
                ],
            ),
            (
                "lab:1.6",
                &[
                    one("code"),
                    one("value"),
                    some("value[@xsi:type=CD|PQ|IVL_PQ]"),
                    some("effectiveTime"),
                    Check::Either(&[
                        &[none("entryRelationship")],
                        &[some("entryRelationship[@typeCode=SUBJ]")],
                    ]),
                ],
            ),
        ],
    },
    Model {
        id: "model-cse-cs8",
        name: "CI-SIS_CSE-CS8_2025.01",
        root: "ans:1.5.1",
        extension: "2025.01",
        checks: &[
            some(".[#ans:1.5.1]"),
            some(".[#mch:1]"),
            some(".[#ans:1.5]"),
            some("code[@code=CERT_DECL][@codeSystem=ans:4.12]"),
            Check::Each(
                "component/structuredBody",
                &[
                    some("component/section[#pcc:3.16.1]"),
                    some("component/section[#pcc:1.5.3.7]"),
                    some("component/section[#pcc:1.5.3.4]"),
                    some("component/section[#pcc:1.21.2.5.1]"),
                    some("component/section[#pcc:1.21.2.3]"),
                    some("component/section[#pcc:1.21.2.4]"),
                    some("component/section[#pcc:3.23]"),
                    some("component/section[#pcc:3.36]"),
                ],
            ),
            some("recordTarget/patientRole/addr/postalCode"),
            NO_STREET,
            some("informant/relatedEntity/code[@code=MTH]"),
            Check::Either(&[
                &[none("participant/functionCode")],
                &[some("participant/functionCode[@code=CORRE]")],
            ]),
            EXAMINATION[0],
            EXAMINATION[1],
            EXAMINATION[2],
            BIRTH_AND_GUARDIAN,
            PERFORMER,
            Check::Each(
                "documentationOf/serviceEvent/performer/assignedEntity",
                &[some("representedOrganization/addr/postalCode")],
            ),
        ],
        values_id: "model-cse-cs8-values",
        values: values::CSE_CS8,
        values_inside: values::CSE_CS8_INSIDE,
        inside: &[
            ("pcc:1.9.15.1", VITAL_SIGNS_INSIDE),
            (
                "pcc:1.21.2.3",
                &[
                    some("subject/relatedSubject/code[@code=MTH]"),
                    some("component/section[#mch:7]/entry/observation/code[@code=73813-8]"),
                    some("component/section[#mch:7]/entry/observation/code[@code=MED-168]"),
                    some("component/section[#mch:7]/entry/observation/code[@code=57071-3]"),
                ],
            ),
            (
                "pcc:1.21.3.10",
                &[
                    some("component/observation/code[@code=GEN-078]"),
                    some("component/observation/code[@code=ORG-079]"),
                    some("component/observation/code[@code=ORG-079]/../value[@xsi:type=INT]"),
                    some("component/observation/code[@code=ORG-080]"),
                    some("component/observation/code[@code=51659-1]"),
                    some("component/observation/code[@code=GEN-079]"),
                    Check::Either(&[
                        &[some(
                            "**/observation/code[@code=51659-1]/../value[@code=406117000|406118005]",
                        )],
                        &[some(
                            "**/observation/code[@code=51659-1]/../value[@nullFlavor]",
                        )],
                    ]),
                ],
            ),
            (
                "pcc:3.16.1",
                &[
                    some(
                        "**/entry/observation/subject/relatedSubject/code[@code=MTH]/../../../code[@code=74013-4]",
                    ),
                    some(
                        "**/entry/observation/subject/relatedSubject/code[@code=MTH]/../../../code[@code=74011-8]",
                    ),
                    some(
                        "**/entry/observation/subject/relatedSubject/code[@code=MTH]/../../../code[@code=11345-6]/qualifier/value[@code=GEN-092.01.04]",
                    ),
                    some("**/entry/observation/code[@code=11345-6]/qualifier/value[@code=85722-7]"),
                    some("**/entry/observation/code[@code=11345-6]/qualifier/value[@code=67704-7]"),
                    some("**/code[@code=11345-6]/qualifier/value[@code=MED-183]"),
                ],
            ),
            (
                "pcc:1.13.2.11",
                &[
                    some("**/procedure[#pcc:4.19]/code[@code=MED-174]"),
                    some("**/procedure[#pcc:4.19]/code[@code=MED-1304]"),
                    Check::Either(&[
                        &[some(
                            "**/procedure[@negationInd=false][#pcc:4.19]/code[@code=MED-1304]/../entryRelationship/observation/code[@code=MED-1305]",
                        )],
                        &[
                            some("**/procedure[@negationInd=true][#pcc:4.19]/code[@code=MED-1304]"),
                            none(
                                "**/procedure[@negationInd=true][#pcc:4.19]/code[@code=MED-1304]/../entryRelationship/observation/code[@code=MED-1305]",
                            ),
                        ],
                    ]),
                ],
            ),
            (
                "pcc:4.13.5",
                &[
                    some(
                        "code[@code=75200-6|11977-6|11996-6|11637-6|57062-2|MED-159|MED-1184|O82.9|O99|O14.9|ORG-086|O24.4|O13|ORG-077|8348-5|8302-2|MED-1248|405269005]",
                    ),
                    none("code[@code=ORG-076|ORG-086|O13]/../value[!@xsi:type=CD]"),
                    none(
                        "code[@code=11977-6|11996-6|11637-6|MED-159|11636-8]/../value[!@xsi:type=INT]",
                    ),
                    none("code[@code=O82.9|MED-164|O14.9|O24.4|O99]/../value[!@xsi:type=BL]"),
                    none("code[@code=ORG-077|29463-7|8302-2]/../value[!@xsi:type=PQ]"),
                ],
            ),
        ],
    },
    Model {
        id: "model-cse-cs9",
        name: "CI-SIS_CSE-CS9_2025.01",
        root: "ans:1.5.2",
        extension: "2025.01",
        checks: &[
            Check::Each(
                "component/structuredBody",
                &[
                    some("component/section[#pcc:3.16.1]"),
                    some("component/section[#pcc:3.8]"),
                    some("component/section[#pcc:1.5.3.2]"),
                    some("component/section[#mch:4]"),
                    some("component/section[#pcc:3.23]"),
                    some("component/section[#pcc:3.21]"),
                    some("component/section[#pcc:3.36]"),
                ],
            ),
            some("recordTarget/patientRole/id"),
            some(".[#ans:1.5.2]"),
            some(".[#ans:1.5]"),
            some("code[@code=CERT_DECL][@codeSystem=ans:4.12]"),
            NO_STREET,
            EXAMINATION[0],
            EXAMINATION[1],
            EXAMINATION[2],
            PERFORMER,
            NO_STREET_OF_PERFORMER,
        ],
        values_id: "model-cse-cs9-values",
        values: values::CSE_CS9,
        values_inside: values::CSE_CS9_INSIDE,
        inside: &[
            ("pcc:1.9.15.1", VITAL_SIGNS_INSIDE),
            (
                "pcc:3.16.1",
                &[
                    some("**/entry/observation/code[@code=11345-6]/qualifier/value[@code=PAT-058]"),
                    FATHER_OR_MOTHER_BIRTH,
                ],
            ),
            (
                "pcc:3.8",
                &[
                    some(
                        "entry/act[#pcc:4.5.2]/entryRelationship/observation[#pcc:4.5]/value[@code=MED-186]",
                    ),
                    Check::Either(&[
                        &[none(
                            "entry/act[#pcc:4.5.2]/entryRelationship/observation[@negationInd=false]/value[@code=MED-186]",
                        )],
                        &[some(
                            "entry/act[#pcc:4.5.2]/entryRelationship/observation/value[@code=MED-186]/../entryRelationship[@typeCode=CAUS]",
                        )],
                    ]),
                ],
            ),
            ("mch:4", &[LEVEL_OF_DEVELOPMENT]),
        ],
    },
    Model {
        id: "model-cse-cs24",
        name: "CI-SIS_CSE-CS24_2025.01",
        root: "ans:1.5.3",
        extension: "2025.01",
        checks: &[
            Check::Each(
                "component/structuredBody",
                &[
                    some("component/section[#pcc:3.16.1]"),
                    some("component/section[#pcc:3.8]"),
                    some("component/section[#pcc:1.5.3.2]"),
                    some("component/section[#mch:4]"),
                    some("component/section[#pcc:3.23]"),
                    some("component/section[#pcc:3.36]"),
                    Check::Has("component/section[#pcc:3.13]", 0, 1),
                ],
            ),
            BIRTH_AND_GUARDIAN,
            some(".[#ans:1.5.3]"),
            some(".[#ans:1.5]"),
            some("code[@code=CERT_DECL][@codeSystem=ans:4.12]"),
            NO_STREET,
            NAMED_PERFORMER,
            NO_STREET_OF_PERFORMER,
        ],
        values_id: "model-cse-cs24-values",
        values: values::CSE_CS24,
        values_inside: values::CSE_CS24_INSIDE,
        inside: &[
            ("pcc:1.9.15.1", VITAL_SIGNS_INSIDE),
            (
                "pcc:3.16.1",
                &[
                    some("**/entry/observation/code[@code=11345-6]/qualifier/value[@code=PAT-058]"),
                    some(
                        "**/entry/observation/code[@code=11345-6]/qualifier/value[@code=MED-1275]",
                    ),
                    FATHER_OR_MOTHER_BIRTH,
                ],
            ),
            (
                "pcc:3.8",
                &[
                    some(
                        "entry/act[#pcc:4.5.2]/entryRelationship/observation[#pcc:4.5]/value[@code=MED-183]",
                    ),
                    some(
                        "entry/act[#pcc:4.5.2]/entryRelationship/observation[#pcc:4.5]/value[@code=MED-185]",
                    ),
                    Check::Either(&[
                        &[none(
                            "entry/act[#pcc:4.5.2]/entryRelationship/observation[@negationInd=false]/value[@code=MED-185]",
                        )],
                        &[some(
                            "entry/act[#pcc:4.5.2]/entryRelationship/observation/value[@code=MED-185]/../entryRelationship[@typeCode=CAUS]",
                        )],
                    ]),
                ],
            ),
            ("mch:4", &[LEVEL_OF_DEVELOPMENT]),
        ],
    },
    Model {
        id: "model-cse-mde",
        name: "CI-SIS_CSE-MDE_2023.01",
        root: "ans:1.5.4",
        extension: "2023.01",
        checks: &[
            Check::Each(
                "component/structuredBody",
                &[some("component/section[#pcc:1.5.3.2]")],
            ),
            NAMED_PERFORMER,
        ],
        values_id: "model-cse-mde-values",
        values: &[],
        values_inside: &[],
        inside: &[],
    },
    Model {
        id: "model-vac-note",
        name: "CI-SIS_VAC-NOTE_2023.01",
        root: "ans:1.46",
        extension: "2023.01",
        checks: &[
            Check::Each(
                "component/structuredBody/component/section/entry/substanceAdministration",
                &[
                    some("author/assignedAuthor/code[@nullFlavor|displayName]"),
                    none("performer[@typeCode=PRF]/assignedEntity/code[!@nullFlavor|displayName]"),
                    none(
                        "consumable/manufacturedProduct/manufacturedMaterial/code/translation[@codeSystem=2.16.840.1.113883.6.73][!@displayName]",
                    ),
                    none(
                        "consumable/manufacturedProduct/manufacturedMaterial/code[@code][!@displayName]",
                    ),
                    none("approachSiteCode[!@nullFlavor|displayName]"),
                    none("routeCode[!@nullFlavor|displayName]"),
                    some("code[@nullFlavor|displayName]"),
                ],
            ),
            Check::Each("recordTarget/patientRole/patient", &[some("birthTime")]),
            some(".[#pcc:1.18.1.2]"),
            Check::Has("templateId[@root=ans:1.46][@extension=2023.01]", 1, 1),
            some("code[@code=87273-9][@codeSystem=loinc]"),
        ],
        values_id: "model-vac-note-values",
        values: &[],
        values_inside: &[],
        inside: &[
            ("pcc:3.23", &[one("**/*[#pcc:4.12]")]),
            (
                "pcc:4.12",
                &[
                    none(".[@negationInd][!@negationInd=false]"),
                    some("effectiveTime[@value~8][!@nullFlavor]"),
                    some(
                        "consumable/manufacturedProduct/manufacturedMaterial/code[@codeSystem=1.2.250.1.213.2.3.1]",
                    ),
                    some(
                        "consumable/manufacturedProduct/manufacturedMaterial/code/translation[@codeSystem=2.16.840.1.113883.6.73]",
                    ),
                    some("consumable/manufacturedProduct/manufacturedMaterial/lotNumberText"),
                    some("author/assignedAuthor/id"),
                    some("author/assignedAuthor/code"),
                    some("author/assignedAuthor/assignedPerson/name"),
                    Check::Either(&[
                        &[none("entryRelationship/observation[#ans:3.82]")],
                        &[
                            some(
                                "entryRelationship/observation[#ans:3.82]/statusCode[@code=completed]",
                            ),
                            some(
                                "entryRelationship/observation[#ans:3.82]/value[@xsi:type=INT][@value]",
                            ),
                        ],
                    ]),
                ],
            ),
        ],
    },
    Model {
        id: "model-vac",
        name: "CI-SIS_VAC_2023.01",
        root: "ans:1.37",
        extension: "2023.01",
        checks: &[
            Check::Each(
                "component/structuredBody",
                &[one("component/section[#pcc:3.23]")],
            ),
            Check::Each("recordTarget/patientRole/patient", &[some("birthTime")]),
            some(".[#pcc:1.18.1.2]"),
            some(".[#ans:1.37]"),
            some("code[@code=11369-6][@codeSystem=loinc]"),
            Check::Has("documentationOf/serviceEvent/code[@code=11369-6]", 1, MANY),
        ],
        values_id: "model-vac-values",
        values: &[],
        values_inside: &[],
        inside: &[],
    },
];
