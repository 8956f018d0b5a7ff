//! TS, IVXB_TS, IVL_TS: points in time and intervals.

use std::borrow::Cow;

use segur_core::Found;
use segur_xml::Node;

use super::super::context::HL7;
use super::quantity;
use super::timestamp::{Instant, Offset, parse};
use super::value::Value;

rules! {
    why "Les dates ordonnent le dossier : une date qui n'existe pas ou un intervalle à l'envers rend le document introuvable ou mal classé.",
        "Dates put the record in order: a date that does not exist or an interval the wrong way round makes the document hard to find or misfiled.";
    VALUE_OR_NULL = "ts-value-or-null", Error, "dtr1-1-TS";
        "il faut soit value, soit un nullFlavor", "either value or a nullFlavor is needed";
        "donner l'un des deux", "give one of the two";
        "<effectiveTime/>" => "<effectiveTime value=\"20250131\"/>";
    NO_DATE = "ts-no-date", Error, "dtr1-2-TS, dtr1-9-IVL_TS";
        "value n'est pas une date qui existe", "value is no date that exists";
        "écrire AAAAMMJJ, puis l'heure et le décalage si besoin (20250131093000+0100)",
        "write YYYYMMDD, then time and offset if needed (20250131093000+0100)";
        "<effectiveTime value=\"20251399\"/>" => "<effectiveTime value=\"20251231\"/>";
    BOUND_OF_NULL = "ts-inclusive-with-null", Error, "dtr1-1-IVXB_TS";
        "une borne nulle n'a pas d'attribut inclusive", "a null bound has no attribute inclusive";
        "retirer inclusive", "remove inclusive";
        "<low nullFlavor=\"UNK\" inclusive=\"false\"/>" => "<low nullFlavor=\"UNK\"/>";
    OPERATOR_OF_NULL = "ts-operator-with-null", Error, "dtr1-1-SXCM_TS";
        "une période nulle n'a pas d'attribut operator", "a null period has no attribute operator";
        "retirer operator", "remove operator";
        "<time nullFlavor=\"UNK\" operator=\"A\"/>" => "<time nullFlavor=\"UNK\"/>";
    NULL_WITH_CONTENT = "ivl-null-with-content", Error, "dtr1-2-IVL_TS";
        "un nullFlavor est accompagné d'une valeur ou de bornes", "a nullFlavor stands beside a value or bounds";
        "retirer le nullFlavor, ou la valeur", "remove the nullFlavor, or the value";
        "<low nullFlavor=\"UNK\" value=\"2025\"/>" => "<low value=\"2025\"/>";
    VALUE_AND_BOUNDS = "ivl-value-and-bounds", Error, "dtr1-3-IVL_TS, dtr1-4-2-IVL_TS";
        "value et des bornes s'excluent", "value and bounds exclude each other";
        "garder les bornes", "keep the bounds";
        "<time value=\"2025\"><low value=\"2025\"/></time>" => "<time><low value=\"2025\"/></time>";
    TOO_MANY_BOUNDS = "ivl-bounds", Error, "dtr1-4-3-IVL_TS, dtr1-4-4-IVL_TS";
        "combinaison de bornes impossible : center ne va qu'avec rien d'autre, width qu'avec une borne",
        "impossible combination of bounds: center goes with nothing else, width with one bound";
        "garder low et high", "keep low and high";
        "<low value=\"2024\"/><width value=\"1\" unit=\"a\"/><high value=\"2025\"/>" => "<low value=\"2024\"/><high value=\"2025\"/>";
    UPDATE_MODE = "ivl-update-mode", Error, "dtr1-5-IVL_TS";
        "updateMode n'est pas admis sur une borne", "updateMode is not admitted on a bound";
        "retirer updateMode", "remove updateMode";
        "<low value=\"2025\" updateMode=\"A\"/>" => "<low value=\"2025\"/>";
    EQUAL_BOUNDS = "ivl-equal-bounds", Error, "dtr1-6-IVL_TS";
        "low et high ont la même valeur", "low and high have the same value";
        "pour un instant, écrire value sur l'élément", "for a point in time, write value on the element";
        "<low value=\"2025\"/><high value=\"2025\"/>" => "<low value=\"20250101\"/><high value=\"20250102\"/>";
    WIDTH = "ivl-width", Error, "dtr1-8-IVL_TS, dtr1-1-PQR, dtr1-2-PQR";
        "width demande value, une unité de temps UCUM (us, ms, s, min, h, d, wk, mo, a) et pas de traduction",
        "width requires value, a UCUM unit of time (us, ms, s, min, h, d, wk, mo, a) and no translation";
        "corriger width", "mend width";
        "<width value=\"2\" unit=\"jours\"/>" => "<width value=\"2\" unit=\"d\"/>";
    INFINITE = "ivl-infinite-bound", Error, "dtr1-7-1-IVL_TS, dtr1-7-2-IVL_TS";
        "low ne peut être l'infini à venir (PINF), ni high l'infini passé (NINF)",
        "low cannot be the infinite future (PINF), nor high the infinite past (NINF)";
        "corriger le nullFlavor de la borne", "mend the nullFlavor of the bound";
        "<low nullFlavor=\"PINF\"/>" => "<low nullFlavor=\"NINF\"/>";
    REVERSED = "ivl-reversed", Error, "dtr1-7-IVL_TS";
        "l'intervalle finit avant de commencer", "the interval ends before it begins";
        "vérifier low et high, décalages horaires compris", "check low and high, offsets included";
        "<low value=\"2025\"/><high value=\"2024\"/>" => "<low value=\"2024\"/><high value=\"2025\"/>";
    REPEATED = "ivl-repeated-bound", Error, "IVL_TS (the published rule stops on it)";
        "une borne est répétée", "a bound is repeated";
        "n'en garder qu'une", "keep one of them";
        "<high value=\"2024\"/><high value=\"2025\"/>" => "<high value=\"2025\"/>";
}

/// Units of time that a width may have.
pub(super) const TIME_UNITS: &[&str] = &["us", "ms", "s", "min", "h", "d", "wk", "mo", "a", ""];

/// TS.
pub(super) fn check_point(value: &mut Value<'_, '_>) {
    quantity::check(value);
    if !quantity::has_one_meaning(value) {
        value.refuse(&VALUE_OR_NULL);
    }
    if let Some(text) = value.attr("value")
        && parse(&text, Offset::Filled).is_none()
    {
        value.refuse_attr(&NO_DATE, "value", found(value.node, text));
    }
}

/// IVXB_TS: a bound.
pub(super) fn check_bound(value: &mut Value<'_, '_>) {
    check_point(value);
    if value.null && value.is_other_than("inclusive", "true") {
        value.refuse_attr(&BOUND_OF_NULL, "inclusive", None);
    }
}

/// IVL_TS: an interval.
pub(super) fn check_interval(value: &mut Value<'_, '_>) {
    check_point(value);
    if value.null && value.is_other_than("operator", "I") {
        value.refuse_attr(&OPERATOR_OF_NULL, "operator", None);
    }
    check_null(value);
    let bounds = Bounds::of(value.node);
    let (low, center, high, width) = (bounds.low, bounds.center, bounds.high, bounds.width);
    if value.has("value")
        && let Some(part) = value.node.elements().find(|e| e.namespace() == HL7)
    {
        value.refuse_at(&VALUE_AND_BOUNDS, part);
    }
    if let Some(center) = center
        && (low.is_some() || high.is_some() || width.is_some())
    {
        value.refuse_at(&TOO_MANY_BOUNDS, center);
    }
    if let (Some(width), Some(_), Some(_)) = (width, low, high) {
        value.refuse_at(&TOO_MANY_BOUNDS, width);
    }
    let marked = |e: &Node<'_>| e.namespace() == HL7 && e.attribute("updateMode").is_some();
    if let Some(part) = value.node.elements().find(marked) {
        value.refuse_at(&UPDATE_MODE, part);
    }
    if let Some(bound) = bounds.repeated {
        value.refuse_at(&REPEATED, bound);
    }
    for (bound, flavor) in [(low, "PINF"), (high, "NINF")] {
        if let Some(bound) = bound
            && bound.attribute("nullFlavor").is_some_and(|v| v == flavor)
        {
            value.refuse_attr_of(&INFINITE, bound, "nullFlavor", None);
        }
    }
    if let Some(width) = width
        && !is_width(width)
    {
        value.refuse_at(&WIDTH, width);
    }
    if let (Some(low), Some(high)) = (low, high)
        && low.attribute("value").is_some()
        && low.attribute("value") == high.attribute("value")
    {
        value.refuse_at(&EQUAL_BOUNDS, high);
    }
    let low = check_date(value, low);
    check_date(value, center);
    let high_date = check_date(value, high);
    if let (Some(low), Some(date), Some(high)) = (low, high_date, high)
        && date < low
    {
        value.refuse_at(&REVERSED, high);
    }
}

/// No null flavor beside a value or bounds, anywhere in the interval.
fn check_null(value: &mut Value<'_, '_>) {
    let Some(null_flavor) = value.state.null_flavor else {
        return;
    };
    let inside = value.node.descendants().filter(Node::is_element);
    for element in std::iter::once(value.node).chain(inside) {
        let full = || {
            ["value", "unit"]
                .iter()
                .any(|name| element.attribute(name).is_some())
                || ["low", "center", "high", "width"]
                    .iter()
                    .any(|name| element.child(HL7, name).is_some())
        };
        if element.attribute_by_id(null_flavor).is_some() && full() {
            value.refuse_at(&NULL_WITH_CONTENT, element);
        }
    }
}

/// The parts of an interval, the first of each.
struct Bounds<'a> {
    low: Option<Node<'a>>,
    center: Option<Node<'a>>,
    high: Option<Node<'a>>,
    width: Option<Node<'a>>,
    /// A second one of a kind, both with a value: the published rule cannot be evaluated on it.
    repeated: Option<Node<'a>>,
}

impl<'a> Bounds<'a> {
    fn of(node: Node<'a>) -> Self {
        let mut bounds = Self {
            low: None,
            center: None,
            high: None,
            width: None,
            repeated: None,
        };
        for part in node.elements().filter(|e| e.namespace() == HL7) {
            let (slot, attribute) = match part.local_name() {
                "low" => (&mut bounds.low, "value"),
                "center" => (&mut bounds.center, "value"),
                "high" => (&mut bounds.high, "value"),
                "width" => (&mut bounds.width, "unit"),
                _ => continue,
            };
            let has = |e: Node<'_>| e.attribute(attribute).is_some();
            match *slot {
                Some(first) if has(first) && has(part) => {
                    bounds.repeated = bounds.repeated.or(Some(part));
                }
                Some(first) if has(first) || !has(part) => {}
                _ => *slot = Some(part),
            }
        }
        bounds
    }
}

/// A width with a value and a unit of time.
fn is_width(width: Node<'_>) -> bool {
    let unit = width.attribute("unit");
    let known = TIME_UNITS.contains(&unit.as_deref().unwrap_or_default());
    known
        && (unit.is_none() || width.attribute("value").is_some())
        && width.child(HL7, "translation").is_none()
}

fn check_date<'a>(value: &mut Value<'_, 'a>, bound: Option<Node<'a>>) -> Option<Instant> {
    let bound = bound?;
    let text = bound.attribute("value")?;
    let date = parse(&text, Offset::Exact);
    if date.is_none() {
        value.refuse_attr_of(&NO_DATE, bound, "value", found(bound, text));
    }
    date
}

/// Dates of birth and death are of a person.
fn found(node: Node<'_>, text: Cow<'_, str>) -> Option<Found> {
    let text = text.into_owned();
    Some(match node.local_name() {
        "birthTime" | "deceasedTime" => Found::Personal(text),
        _ => Found::Public(text),
    })
}
