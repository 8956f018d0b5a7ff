//! Vaccinations.

use crate::validate::templates::model::{
    Check, MANY, Template, at_most_one, coded_or_null, none, one, some,
};

const ROUTE: &str = "JDV_ImmunizationRouteCodes_CISIS";

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-vaccination",
        root: "pcc:4.12",
        name: "FR-Vaccination",
        checks: &[
            some(".[@negationInd=true|false][@classCode=SBADM][@moodCode=EVN|INT]"),
            some(".[#ccd:24]"),
            one("id"),
            some("code[@code][@codeSystem]"),
            one("text/reference[@value]"),
            one("statusCode"),
            some("statusCode[@code=completed]"),
            one("effectiveTime"),
            some("effectiveTime[@value|nullFlavor]"),
            some("consumable[@typeCode=CSM]"),
            some("consumable/manufacturedProduct[#pcc:4.7.2]"),
            Check::Either(&[
                &[one(
                    "consumable/manufacturedProduct/manufacturedMaterial/code/originalText/reference",
                )],
                &[some(
                    "consumable/manufacturedProduct/manufacturedMaterial/code[@nullFlavor]",
                )],
            ]),
            Check::Either(&[
                &[none("entryRelationship")],
                &[some("entryRelationship[@typeCode=SUBJ]/act[#pcc:4.2]")],
                &[some(
                    "entryRelationship[@typeCode=SUBJ]/observation[#ccd:46]",
                )],
                &[some("entryRelationship[@typeCode=CAUS]/act[#ccd:28]")],
                &[some("entryRelationship[@typeCode=COMP]/act[#pcc:4.12.1]")],
                &[some("entryRelationship[@typeCode=REFR]/supply[#pcc:4.7.3]")],
            ]),
            at_most_one("entryRelationship[@typeCode=REFR]/supply[#pcc:4.7.3]"),
            at_most_one("entryRelationship[@typeCode=SUBJ]/observation[#ccd:46]"),
            at_most_one("entryRelationship[@typeCode=SUBJ]/act[#pcc:4.2]"),
            Check::Either(&[
                &[none(
                    "entryRelationship[@typeCode=SUBJ]/observation[#ccd:46]",
                )],
                &[some(
                    "entryRelationship[@typeCode=SUBJ]/observation[#ccd:46]/code[@code=30973-2]",
                )],
            ]),
        ],
    },
    Template {
        id: "template-vaccination-code",
        root: "pcc:4.12",
        name: "FR-Vaccination",
        checks: &[Check::Coded {
            path: "code",
            sets: &[
                (
                    "2.16.840.1.113883.1.11.19709",
                    "JDV_HL7_ActSubstanceAdministrationImmunizationCode_CISIS",
                ),
                (
                    "1.2.250.1.213.1.1.5.666",
                    "JDV_AbsentOrUnknownImmunization_CISIS",
                ),
            ],
            null: false,
            display: true,
        }],
    },
    Template {
        id: "template-vaccination-route",
        root: "pcc:4.12",
        name: "FR-Vaccination",
        checks: &[coded_or_null(
            "routeCode",
            &[("1.2.250.1.213.1.1.5.676", ROUTE)],
        )],
    },
    Template {
        id: "template-vaccination-site",
        root: "pcc:4.12",
        name: "FR-Vaccination",
        checks: &[coded_or_null(
            "approachSiteCode",
            &[(
                "1.2.250.1.213.1.1.5.621",
                "JDV_ImmunizationApproachSiteCode_CISIS",
            )],
        )],
    },
    Template {
        id: "template-vaccination-rank",
        root: "ans:3.82",
        name: "FR-Rang-de-la-vaccination",
        checks: &[
            some(".[@classCode=OBS][@moodCode=EVN]"),
            some(".[#ccd:46]"),
            one("code"),
            some("code[@code=30973-2][@codeSystem=loinc]"),
            some("statusCode"),
            one("value"),
        ],
    },
    Template {
        id: "template-product",
        root: "pcc:4.7.2",
        name: "FR-Produit-de-sante",
        checks: &[
            some(".[#ccd:53]"),
            Check::Either(&[
                &[some("manufacturedMaterial/code[@nullFlavor]")],
                &[some("manufacturedMaterial/code/originalText/reference")],
            ]),
            Check::Either(&[
                &[none("../../consumable")],
                &[Check::Each(
                    "manufacturedMaterial",
                    &[
                        none("code[@codeSystem][!@codeSystem=1.2.250.1.213.2.3.1]"),
                        Check::Either(&[&[one("name")], &[some("name[@nullFlavor=NA]")]]),
                    ],
                )],
            ]),
        ],
    },
    Template {
        id: "template-relative",
        root: "pcc:4.15.2",
        name: "FR-Personne-concernee",
        checks: &[
            some("../subject[@typeCode=SBJ]"),
            some("relatedSubject[@classCode=PRS]"),
            some("relatedSubject/code"),
        ],
    },
    Template {
        id: "template-relative-code",
        root: "pcc:4.15.2",
        name: "FR-Personne-concernee",
        checks: &[coded_or_null(
            "relatedSubject/code",
            &[(
                "2.16.840.1.113883.1.11.19563",
                "JDV_HL7_PersonalRelationshipRoleType_CISIS",
            )],
        )],
    },
    Template {
        id: "template-antenatal-battery",
        root: "pcc:1.21.3.10",
        name: "FR-Batterie-examens-de-surveillance-prenatale",
        checks: &[
            some("../organizer"),
            some("id"),
            some(
                "code[@code=XX-ANTENATALTESTINGBATTERY][@codeSystem=loinc][@codeSystemName=LOINC][@displayName=ANTENATAL TESTING AND SURVEILLANCE BATTERY]",
            ),
            some("statusCode[@code=completed]"),
        ],
    },
    Template {
        id: "template-antenatal-battery-fr",
        root: "ans:3.98",
        name: "FR-Batterie-examens-de-surveillance-prenatale",
        checks: &[
            some(".[#pcc:1.21.3.10]"),
            some("effectiveTime/low"),
            Check::Has("id", 1, MANY),
        ],
    },
];
