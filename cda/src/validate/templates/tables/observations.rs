//! Simple observations, social history, pregnancy.

use crate::validate::templates::model::{
    Check, MANY, Template, at_most_one, coded, none, one, some,
};

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-simple-observation",
        root: "pcc:4.13",
        name: "FR-Simple-Observation",
        checks: &[
            some(".[@classCode=OBS][@moodCode=EVN]"),
            some("id"),
            some("code"),
            some("text/reference"),
            some("statusCode[@code=completed]"),
            Check::Either(&[
                &[some("effectiveTime[@value|nullFlavor]")],
                &[some("effectiveTime/low[@value|nullFlavor]")],
            ]),
            at_most_one("interpretationCode"),
            at_most_one("methodCode"),
            at_most_one("targetSiteCode"),
            at_most_one("author"),
        ],
    },
    Template {
        id: "template-social-history",
        root: "pcc:4.13.4",
        name: "FR-Habitus-Mode-de-vie",
        checks: &[
            some(".[@classCode=OBS][@moodCode=EVN]"),
            some(".[#pcc:4.13]"),
            some(".[#ccd:33]"),
            Check::Has("templateId", 3, MANY),
            at_most_one("id"),
            one("code"),
            one("text[reference]"),
            one("statusCode"),
            one("effectiveTime"),
            some("value"),
            none("repeatNumber"),
            none("interpretationCode"),
            none("methodCode"),
            none("targetSiteCode"),
        ],
    },
    Template {
        id: "template-social-history-code",
        root: "ans:3.52",
        name: "FR-Habitus-Mode-de-vie",
        checks: &[coded(
            "code",
            &[(
                "1.2.250.1.213.1.1.4.2.283.4",
                "JDV_SocialHistoryCodes_CISIS",
            )],
        )],
    },
    Template {
        id: "template-pregnancy",
        root: "pcc:4.13.5",
        name: "FR-Observation-sur-la-grossesse",
        checks: &[
            some(".[#pcc:4.13]"),
            one("id"),
            one("code"),
            one("text/reference"),
            some("statusCode[@code=completed]"),
            some("effectiveTime"),
            one("value"),
            none("repeatNumber"),
            none("interpretationCode"),
            none("methodCode"),
            none("targetSiteCode"),
        ],
    },
];
