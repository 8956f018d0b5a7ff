//! AD: addresses.

use segur_xml::Node;

use super::super::context::HL7;
use super::siblings::Kind;
use super::time::TIME_UNITS;
use super::value::{Value, is_blank};

rules! {
    why "Une adresse est soit un texte, soit des parties nommées : mêlée, vide ou répétée, les logiciels n'en tirent ni ville ni code postal.",
        "An address is either a text or named parts: mixed, empty or repeated, software gets neither city nor postal code from it.";
    MIXED = "ad-mixed", Error, "dtr1-1-AD";
        "l'adresse doit avoir soit des parties, soit un texte, et n'être pas vide", "the address must have either parts or a text, and not be empty";
        "mettre chaque partie dans son élément, ou mettre un nullFlavor", "put each part in its element, or set a nullFlavor";
        "<addr>12 <streetName>rue</streetName></addr>" => "<addr><houseNumber>12</houseNumber><streetName>rue</streetName></addr>";
    PERIOD_OF_NULL = "ad-period-of-null", Error, "dtr1-2-AD";
        "une adresse nulle n'a ni vignette ni période d'usage", "a null address has no thumbnail or period of use";
        "retirer cet élément", "remove this element";
        "<addr nullFlavor=\"NI\"><thumbnail/></addr>" => "<addr nullFlavor=\"NI\"/>";
    UPDATE_MODE = "ad-update-mode", Error, "dtr1-3-AD";
        "updateMode n'est pas admis sur useablePeriod", "updateMode is not admitted on useablePeriod";
        "retirer updateMode", "remove updateMode";
        "<useablePeriod updateMode=\"A\"/>" => "<useablePeriod/>";
    PERIOD = "ad-period", Error, "dtr1-5-AD to dtr1-7-AD";
        "useablePeriod : low et high de même précision, low avant high, largeur en unité de temps UCUM",
        "useablePeriod: low and high of one precision, low before high, width in a UCUM unit of time";
        "corriger la période", "mend the period";
        "<useablePeriod><low value=\"2025\"/><high value=\"202501\"/></useablePeriod>" => "<useablePeriod><low value=\"2024\"/><high value=\"2025\"/></useablePeriod>";
    EMPTY_PART = "ad-empty-part", Warning, "dtr1-8-AD";
        "une partie de l'adresse est vide", "a part of the address is empty";
        "la remplir ou la retirer", "fill it or remove it";
        "<city/>" => "<city>Paris</city>";
    NULL_BESIDE_VALUE = "ad-null-beside-value", Error, "dtr1-9-AD";
        "nulle alors qu'une autre adresse, à côté, ne l'est pas", "null although another address beside it is not";
        "retirer l'adresse nulle", "remove the null address";
        "<addr nullFlavor=\"NI\"/><addr><city>Paris</city></addr>" => "<addr><city>Paris</city></addr>";
    TWICE = "ad-twice", Error, "dtr1-10-AD";
        "la même adresse figure deux fois", "the same address stands there twice";
        "n'en garder qu'une", "keep one of them";
        "<addr><city>Paris</city></addr><addr><city>Paris</city></addr>" => "<addr><city>Paris</city></addr>";
}

/// Checks an address.
pub(super) fn check(value: &mut Value<'_, '_>) {
    if !value.null && value.has_elements() == value.has_text() {
        value.refuse(&MIXED);
    }
    check_periods(value);
    let empty = |e: &Node<'_>| {
        !(e.local_name() == "useablePeriod" && e.namespace() == HL7)
            && e.attribute("nullFlavor").is_none()
            && is_blank(&e.string_value())
    };
    if let Some(part) = value.node.elements().find(empty) {
        value.refuse_at(&EMPTY_PART, part);
    }
    if value.is_null_beside_value() {
        value.refuse(&NULL_BESIDE_VALUE);
    }
    if value.has_twin(Kind::Text) {
        value.refuse(&TWICE);
    }
}

fn check_periods(value: &mut Value<'_, '_>) {
    let address = value.node;
    let periods = || address.children_named(HL7, "useablePeriod");
    let first = periods().next();
    let null_period = periods().any(|p| p.attribute("nullFlavor").is_some());
    if value.null
        && !null_period
        && let Some(thumbnail) = value.child("thumbnail")
    {
        value.refuse_at(&PERIOD_OF_NULL, thumbnail);
    }
    let Some(first) = first else { return };
    let marked = periods().find(|p| p.attribute("updateMode").is_some());
    if let Some(marked) = marked {
        value.refuse_at(&UPDATE_MODE, marked);
    }
    let all = |part: &'static str, name: &'static str| {
        let parts = periods().flat_map(move |p| p.elements().filter(move |e| e.is(HL7, part)));
        parts
            .filter_map(|e| e.attribute(name))
            .map(|v| v.into_owned())
            .collect::<Vec<_>>()
    };
    let (low, high) = (all("low", "value"), all("high", "value"));
    let sound = match (low.as_slice(), high.as_slice()) {
        ([], _) | (_, []) => true,
        ([low], [high]) => {
            let before = matches!((digits(low), digits(high)), (Some(l), Some(h)) if l < h);
            before && low.chars().count() == high.chars().count()
        }
        // The published rule stops on several values.
        _ => false,
    };
    let units = all("width", "unit");
    if !sound || units.len() > 1 || units.iter().any(|u| !TIME_UNITS.contains(&u.as_str())) {
        value.refuse_at(&PERIOD, first);
    }
}

/// The first fourteen characters as a number, filled with zeros; what is no number compares with nothing.
fn digits(text: &str) -> Option<f64> {
    let filled: String = text
        .chars()
        .chain(std::iter::repeat('0'))
        .take(14)
        .collect();
    filled.trim().parse().ok()
}
