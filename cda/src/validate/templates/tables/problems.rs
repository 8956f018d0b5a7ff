//! Problems, allergies, and the concerns that hold them.

use crate::validate::templates::model::{
    Check, MANY, Template, at_most_one, coded, coded_or_null, none, one, some,
};

/// Who says it, in full.
const AUTHOR: Check = Check::Either(&[
    &[none("author")],
    &[
        some("author/assignedAuthor[id][addr][telecom]"),
        some("author/assignedAuthor/assignedPerson/name"),
        some("author/assignedAuthor/representedOrganization/name"),
    ],
]);
/// What is over has an end, what goes on has none.
const ENDED: Check = Check::Either(&[
    &[some("effectiveTime[@nullFlavor]")],
    &[
        some("statusCode[@code=completed|aborted]"),
        some("effectiveTime/high"),
    ],
    &[
        none("statusCode[@code=completed|aborted]"),
        none("effectiveTime/high"),
    ],
]);

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-concern",
        root: "pcc:4.5.1",
        name: "Concern Entry",
        checks: &[
            AUTHOR,
            Check::Either(&[
                &[some(".[#ans:3.39.1]")],
                &[
                    some("../act[@classCode=ACT]"),
                    some("../act[@moodCode=EVN]"),
                    some(".[#ccd:27]"),
                    Check::Has("templateId", 2, MANY),
                    some("id"),
                    some("code[@nullFlavor=NA]"),
                    some("statusCode[@code=active|suspended|aborted|completed]"),
                    Check::Either(&[
                        &[some("effectiveTime[@nullFlavor]")],
                        &[some("effectiveTime/low")],
                    ]),
                    ENDED,
                    some("entryRelationship[@typeCode=SUBJ]"),
                    Check::Either(&[
                        &[some("entryRelationship/*[#pcc:4.5]")],
                        &[some("entryRelationship/*[#pcc:4.6]")],
                    ]),
                ],
            ]),
        ],
    },
    Template {
        id: "template-problem-concern",
        root: "pcc:4.5.2",
        name: "FR-Liste-des-problemes",
        checks: &[
            some("code[@nullFlavor=NA]"),
            some(".[#pcc:4.5.1]"),
            some(".[#ccd:27]"),
            Check::Has("templateId", 3, MANY),
            some("../act[@classCode=ACT]"),
            some("../act[@moodCode=EVN]"),
            some("id"),
            some("statusCode[@code=active|suspended|aborted|completed]"),
            Check::Either(&[
                &[some("effectiveTime[@nullFlavor]")],
                &[some("effectiveTime/low")],
            ]),
            some("entryRelationship[@typeCode=SUBJ]/*[#pcc:4.5]"),
        ],
    },
    Template {
        id: "template-problem",
        root: "pcc:4.5",
        name: "FR-Probleme",
        checks: &[
            Check::Either(&[
                &[none("../observation[#pcc:4.5]")],
                &[some(".[@classCode=OBS][@moodCode=EVN]")],
            ]),
            some(".[#ccd:28]"),
            one("id"),
            one("code"),
            some("code[@code][@codeSystem]"),
            some("text/reference[@value]"),
            some("statusCode[@code=completed]"),
            none("effectiveTime/width"),
            none("effectiveTime/center"),
            Check::Either(&[
                &[some("effectiveTime/low[@value]")],
                &[some("effectiveTime/low[@nullFlavor=UNK|NAV]")],
            ]),
            one("value"),
            Check::Either(&[
                &[some("value[@xsi:type=CD]"), one("value/originalText")],
                &[some("value[@nullFlavor]")],
            ]),
            Check::Either(&[
                &[some("value[@xsi:type=CD]")],
                &[some("value[@nullFlavor=UNK]")],
            ]),
            Check::Either(&[
                &[some("value[@code][@codeSystem]")],
                &[none("value[@code]"), none("value[@codeSystem]")],
            ]),
            at_most_one("entryRelationship/observation[#pcc:4.1]"),
            at_most_one("entryRelationship/observation[#pcc:4.1.1]"),
            at_most_one("entryRelationship/observation[#pcc:4.1.2]"),
            none("uncertaintyCode"),
            none("confidentialityCode"),
        ],
    },
    Template {
        id: "template-problem-code",
        root: "pcc:4.5",
        name: "FR-Probleme",
        checks: &[Check::Each(
            "../observation[#pcc:4.5][!#pcc:4.6][!#ans:3.210]",
            &[coded(
                "code",
                &[("1.2.250.1.213.1.1.5.172", "JDV_ProblemCodes_CISIS")],
            )],
        )],
    },
    Template {
        id: "template-health-status",
        root: "pcc:4.1.2",
        name: "FR-Statut-clinique-du-patient",
        checks: &[coded_or_null(
            "value",
            &[("1.2.250.1.213.1.1.4.2.283.1", "JDV_HealthStatusCodes_CISIS")],
        )],
    },
    Template {
        id: "template-allergy-concern",
        root: "pcc:4.5.3",
        name: "FR-Liste-des-allergies-et-intolerances",
        checks: &[
            some(".[@classCode=ACT][@moodCode=EVN]"),
            some(".[#ccd:27]"),
            some(".[#pcc:4.5.1]"),
            Check::Has("templateId", 3, MANY),
            one("id"),
            one("code"),
            some("code[@nullFlavor=NA]"),
            some("statusCode[@code=completed|active|aborted|suspended]"),
            none("effectiveTime/width"),
            none("effectiveTime/center"),
            some("effectiveTime/low[@value|nullFlavor]"),
            ENDED,
            some("entryRelationship[@typeCode=SUBJ][@inversionInd=false]/**/*[#pcc:4.6]"),
        ],
    },
    Template {
        id: "template-allergy",
        root: "pcc:4.6",
        name: "FR-Allergie-ou-intolerance",
        checks: &[
            some(".[@classCode=OBS]"),
            some(".[#pcc:4.5]"),
            some(".[#ccd:18]"),
            Check::Has("templateId", 3, MANY),
            one("id"),
            some("code[@code][@codeSystem=snomed]"),
            some("statusCode[@code=completed]"),
            none("effectiveTime/width"),
            none("effectiveTime/center"),
            some("effectiveTime/low[@value|nullFlavor]"),
            some("value/originalText"),
            some("value[@xsi:type=CD]"),
            Check::Either(&[
                &[none("participant")],
                &[some(
                    "participant/participantRole/playingEntity/code/originalText/reference",
                )],
            ]),
            at_most_one("entryRelationship/*[#pcc:4.1]"),
            at_most_one("entryRelationship/*[#pcc:4.1.1]"),
            at_most_one("entryRelationship/*[#ans:3.171]"),
        ],
    },
    Template {
        id: "template-allergy-code",
        root: "pcc:4.6",
        name: "FR-Allergie-ou-intolerance",
        checks: &[coded(
            "code",
            &[(
                "1.2.250.1.213.1.1.5.794",
                "JDV_TypeEvenementIndesirablePrevisible_CISIS",
            )],
        )],
    },
];
