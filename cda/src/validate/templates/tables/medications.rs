//! Treatments.

use crate::validate::templates::model::{Check, MANY, Template, at_most_one, none, one, some};

pub(super) static TEMPLATES: &[Template] = &[Template {
    id: "template-treatment",
    root: "pcc:4.7",
    name: "FR-Traitement",
    checks: &[
        some(".[@classCode=SBADM][@moodCode=INT|EVN]"),
        some(".[#ccd:24]"),
        Check::Has("templateId", 3, MANY),
        Check::Either(&[
            &[some(".[#pcc:4.7.1]"), none("**/substanceAdministration")],
            &[some(".[#pcc:4.8]")],
            &[some(".[#pcc:4.9]")],
            &[some(".[#pcc:4.10]")],
            &[some(".[#pcc:4.11]")],
        ]),
        one("id"),
        one("text/reference"),
        some("statusCode[@code=completed]"),
        some("consumable/manufacturedProduct[#pcc:4.7.2]"),
        Check::Has("consumable/manufacturedProduct/templateId", 2, MANY),
        Check::Either(&[
            &[one(
                "consumable/manufacturedProduct/manufacturedMaterial/code/originalText/reference",
            )],
            &[some(
                "consumable/manufacturedProduct/manufacturedMaterial/code[@nullFlavor]",
            )],
        ]),
        Check::Either(&[
            &[none("doseQuantity")],
            &[some("doseQuantity[@nullFlavor]")],
            &[one("doseQuantity/low"), one("doseQuantity/high")],
        ]),
        Check::Either(&[
            &[none("rateQuantity")],
            &[some("rateQuantity[@nullFlavor]")],
            &[one("rateQuantity/low"), one("rateQuantity/high")],
        ]),
        at_most_one("maxDoseQuantity"),
    ],
}];
