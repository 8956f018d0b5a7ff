//! QTY and INT: quantities and whole numbers.

use super::super::context::HL7;
use super::siblings::Kind;
use super::value::Value;

rules! {
    why "Une quantité se lit dans un seul attribut ; répétée, incertaine ou à la fois nulle et donnée, elle n'est plus une valeur.",
        "A quantity is read from one attribute; repeated, uncertain, or both null and given, it is a value no more.";
    UNCERTAIN = "qty-uncertainty", Error, "dtr1-1-QTY, dtr1-2-INT";
        "une incertitude n'est pas admise ici", "an uncertainty is not admitted here";
        "retirer cet élément", "remove this element";
        "<versionNumber value=\"1\"><uncertainty/></versionNumber>" => "<versionNumber value=\"1\"/>";
    HISTORY = "qty-history", Error, "dtr1-2-QTY";
        "validTimeLow, validTimeHigh et updateMode ne sont pas admis ici", "validTimeLow, validTimeHigh and updateMode are not admitted here";
        "retirer cet attribut", "remove this attribute";
        "<originalText updateMode=\"A\"/>" => "<originalText/>";
    NULL_BESIDE_VALUE = "qty-null-beside-value", Error, "dtr1-3-QTY";
        "nul alors qu'un élément de même nom, à côté, ne l'est pas", "null although another element of this name beside it is not";
        "retirer l'élément nul", "remove the null element";
        "<time nullFlavor=\"UNK\"/><time value=\"2025\"/>" => "<time value=\"2025\"/>";
    TWICE = "qty-twice", Error, "dtr1-4-QTY";
        "la même quantité figure deux fois", "the same quantity stands there twice";
        "n'en garder qu'une", "keep one of them";
        "<width value=\"1\" unit=\"d\"/><width value=\"1\" unit=\"d\"/>" => "<width value=\"1\" unit=\"d\"/>";
    VALUE_OR_NULL = "int-value-or-null", Error, "dtr1-1-INT";
        "il faut soit value, soit un nullFlavor", "either value or a nullFlavor is needed";
        "donner l'un des deux", "give one of the two";
        "<versionNumber/>" => "<versionNumber value=\"1\"/>";
    NOT_POSITIVE = "int-not-positive", Error, "dtr1-2-INT.POS";
        "le nombre doit être supérieur à 0", "the number must be greater than 0";
        "donner un rang à partir de 1", "give a rank from 1";
        "<sdtc:multipleBirthOrderNumber value=\"0\"/>" => "<sdtc:multipleBirthOrderNumber value=\"1\"/>";
}

/// QTY: what holds of every quantity, dates included.
pub(super) fn check(value: &mut Value<'_, '_>) {
    let uncertain = value.node.children_named(HL7, "uncertainty").find(|e| {
        ["expression", "uncertainty", "originalText"]
            .iter()
            .any(|name| e.attribute(name).is_some())
    });
    if let Some(uncertain) = uncertain {
        value.refuse_at(&UNCERTAIN, uncertain);
    }
    let dated = value.node.elements().find(|e| {
        matches!(
            e.local_name(),
            "originalText" | "uncertainty" | "expression"
        ) && e.namespace() == HL7
            && ["validTimeLow", "validTimeHigh", "updateMode"]
                .iter()
                .any(|name| e.attribute(name).is_some())
    });
    if let Some(dated) = dated {
        value.refuse_at(&HISTORY, dated);
    }
    if value.is_null_beside_value() {
        value.refuse(&NULL_BESIDE_VALUE);
    }
    if value.has_twin(Kind::Quantity) {
        value.refuse(&TWICE);
    }
}

/// Either a value (or an extension), or a null flavor.
pub(super) fn has_one_meaning(value: &Value<'_, '_>) -> bool {
    let given = value.has("value");
    (value.null || given || value.has_elements()) && !(value.null && given)
}

/// INT.
pub(super) fn check_integer(value: &mut Value<'_, '_>) {
    check(value);
    if !has_one_meaning(value) {
        value.refuse(&VALUE_OR_NULL);
    }
    if let Some(uncertainty) = value.child("uncertainty") {
        value.refuse_at(&UNCERTAIN, uncertainty);
    }
}

/// INT.POS.
pub(super) fn check_positive(value: &mut Value<'_, '_>) {
    let number = value
        .attr("value")
        .and_then(|v| v.trim().parse::<f64>().ok());
    if !value.null && number.is_none_or(|n| n.is_nan() || n <= 0.0) {
        value.refuse_attr(&NOT_POSITIVE, "value", None);
    }
}
