//! Laboratory results and comments.

use crate::validate::templates::model::{Check, Template, at_most_one, none, one, some};

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-comment",
        root: "pcc:4.2",
        name: "FR-Commentaire-ER",
        checks: &[
            some(".[#ccd:40]"),
            some(".[#ans:3.32]"),
            some("code[@code=48767-8][@codeSystem=loinc]"),
            some("statusCode[@code=completed]"),
            some("text/reference"),
            Check::Either(&[
                &[none("author")],
                &[
                    some("author/time"),
                    some("author/assignedAuthor[id][addr][telecom]"),
                    some("author/assignedAuthor/assignedPerson/name"),
                    some("author/assignedAuthor/representedOrganization/name"),
                ],
            ]),
        ],
    },
    Template {
        id: "template-comment-parent",
        root: "ans:3.32",
        name: "FR-Commentaire-ER",
        checks: &[some(".[#pcc:4.2]")],
    },
    Template {
        id: "template-laboratory-report",
        root: "lab:1",
        name: "FR-Resultats-examens-de-biologie-medicale",
        checks: &[
            some("../entry[@typeCode=DRIV]"),
            some("act[@classCode=ACT][@moodCode=EVN]"),
            some("act/statusCode[@code=completed|active|aborted]"),
            Check::Either(&[
                &[none("act/effectiveTime")],
                &[
                    some("act/effectiveTime[low]"),
                    some("act/effectiveTime[high]"),
                ],
            ]),
            Check::Each(
                "act/subject",
                &[
                    some(".[@typeCode=SBJ]"),
                    some("relatedSubject/code"),
                    one("relatedSubject/addr"),
                ],
            ),
        ],
    },
    Template {
        id: "template-laboratory-observation",
        root: "lab:1.6",
        name: "FR-Resultat-examens-de-biologie-element-clinique-pertinent",
        checks: &[
            some("../observation[@classCode=OBS][@moodCode=EVN]"),
            one("code"),
            some("statusCode[@code=completed|aborted|active|obsolete]"),
        ],
    },
    Template {
        id: "template-laboratory-observation-fr",
        root: "ans:3.80",
        name: "FR-Resultat-examens-de-biologie-element-clinique-pertinent",
        checks: &[
            some(".[@classCode=OBS][@moodCode=EVN]"),
            some(".[#lab:1.6]"),
            one("code/originalText"),
            one("code/originalText/reference"),
            some("statusCode[@code=completed|aborted|active|obsolete]"),
        ],
    },
    Template {
        id: "template-transfer",
        root: "pcc:1.25.1.4.1",
        name: "FR-Transport-du-patient",
        checks: &[
            some("code[@code=80413-8]"),
            some("id"),
            some("statusCode[@code=completed|normal]"),
            Check::Either(&[
                &[none("statusCode[@code=completed]")],
                &[some("effectiveTime[low]"), some("effectiveTime[high]")],
            ]),
            at_most_one("participant[@typeCode=DST]"),
            Check::Each(
                "participant",
                &[
                    some(".[@typeCode=DST]"),
                    some("participantRole[@classCode=SDLOC]"),
                    some("participantRole/code"),
                ],
            ),
        ],
    },
    Template {
        id: "template-encounter",
        root: "pcc:4.14",
        name: "FR-Rencontre",
        checks: &[
            some(".[@classCode=ENC]"),
            some("id"),
            some("code"),
            Check::Has("templateId", 2, usize::MAX),
            Check::Either(&[
                &[none(".[@moodCode=EVN]"), none(".[@moodCode=PMRS|ARQ]")],
                &[some(".[@moodCode=EVN][#ccd:21]")],
                &[some(".[@moodCode=PMRS|ARQ][#ccd:25]")],
            ]),
            Check::Either(&[&[none("text")], &[some("text/reference[@value]")]]),
            Check::Either(&[
                &[some(".[@moodCode=EVN|PMRS][effectiveTime]")],
                &[
                    some(".[@moodCode=ARQ][effectiveTime]"),
                    at_most_one("priorityCode"),
                ],
                &[some(".[@moodCode=ARQ][priorityCode]")],
            ]),
            Check::Each(
                "participant[@typeCode=LOC]",
                &[some("participantRole[@classCode=SDLOC]")],
            ),
        ],
    },
    Template {
        id: "template-procedure",
        root: "pcc:4.19",
        name: "FR-Acte",
        checks: &[
            some("../procedure[@classCode=PROC]"),
            Check::Either(&[
                &[some(".[@moodCode=EVN][#ccd:29]")],
                &[some(".[@moodCode=INT][#ccd:25]"), some("effectiveTime")],
                &[some(".[@moodCode=INT][#ccd:25]"), some("priorityCode")],
            ]),
            some(".[#ans:3.62]"),
            some("id"),
            one("code"),
            one("text"),
            some("text/reference[@value]"),
            one("statusCode"),
            some("statusCode[@code=completed|active|aborted|cancelled]"),
        ],
    },
    Template {
        id: "template-coverage",
        root: "pcc:4.17",
        name: "FR-Couverture-assurance-maladie",
        checks: &[
            one("id"),
            one("statusCode"),
            one("code"),
            some("code[@code=48768-6]"),
            some("entryRelationship/act[#pcc:4.18]"),
        ],
    },
    Template {
        id: "template-payer",
        root: "pcc:4.18",
        name: "FR-Organisme-assurance-maladie",
        checks: &[
            some(".[@classCode=ACT][@moodCode=EVN]"),
            some(".[#ccd:26]"),
            some("id"),
            one("code"),
            some("statusCode[@code=completed]"),
            some("participant"),
            Check::Each(
                "performer",
                &[
                    some(".[@typeCode=PRF]"),
                    some("assignedEntity[@classCode=ASSIGNED]"),
                ],
            ),
            Check::Each(
                "participant[@typeCode=COV]",
                &[some("participantRole[@classCode=PAT]")],
            ),
            Check::Each(
                "participant[@typeCode=HLD]",
                &[some("participantRole[@classCode=INDIV]")],
            ),
        ],
    },
];
