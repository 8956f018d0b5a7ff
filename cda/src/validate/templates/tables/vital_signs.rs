//! Vital signs and their units.

use crate::validate::templates::model::{Check, MANY, Template, at_most_one, coded, one, some};

const LENGTHS: &[&str] = &["m", "cm", "[in_us]", "[in_uk]"];
const PER_MINUTE: &[&str] = &["/min"];
const PRESSURES: &[&str] = &["mm[Hg]"];

/// LOINC code of a vital sign and the UCUM units that its value may have.
pub(in crate::validate::templates) const UNITS: &[(&str, &[&str])] = &[
    ("29463-7", &["kg", "g", "[lb_av]", "[oz_av]"]),
    ("8302-2", LENGTHS),
    ("8287-5", LENGTHS),
    ("39156-5", &["kg/m2"]),
    ("2708-6", &["%"]),
    ("8867-4", PER_MINUTE),
    ("9279-1", PER_MINUTE),
    ("8480-6", PRESSURES),
    ("8462-4", PRESSURES),
    ("8310-5", &["Cel", "[degF]"]),
];

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-vital-signs",
        root: "pcc:4.13.1",
        name: "FR-Signes-vitaux",
        checks: &[
            some(".[@classCode=CLUSTER][@moodCode=EVN]"),
            some(".[#ccd:32]"),
            some(".[#ccd:35]"),
            Check::Has("templateId", 3, MANY),
            one("id"),
            some("code[@code=85353-1][@codeSystem=loinc]"),
            some("effectiveTime[@value|nullFlavor]"),
            some(
                "component[@typeCode=COMP]/observation[@classCode=OBS][@moodCode=EVN][#pcc:4.13.2]",
            ),
        ],
    },
    Template {
        id: "template-vital-sign",
        root: "pcc:4.13.2",
        name: "FR-Signe-vital-observe",
        checks: &[
            some(".[#ccd:31]"),
            some(".[#pcc:4.13]"),
            Check::Has("templateId", 3, MANY),
            at_most_one("id"),
            some("text/reference"),
            some("statusCode[@code=completed]"),
            some("effectiveTime"),
            at_most_one("interpretationCode"),
            at_most_one("methodCode"),
            at_most_one("targetSiteCode"),
        ],
    },
    Template {
        id: "template-vital-sign-unit",
        root: "pcc:4.13.2",
        name: "FR-Signe-vital-observe",
        checks: &[Check::Units(UNITS)],
    },
    Template {
        id: "template-vital-sign-code",
        root: "pcc:4.13.2",
        name: "FR-Signe-vital-observe",
        checks: &[coded(
            "code",
            &[("1.2.250.1.213.1.1.5.171", "JDV_SignesVitaux_CISIS")],
        )],
    },
];
