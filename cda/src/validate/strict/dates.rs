//! Dates and intervals, anywhere in the document.

use segur_core::Found;
use segur_xml::Node;

use super::rules::{DATE_FORM, DATE_IMPOSSIBLE, DATE_OFFSET, INTERVAL_REVERSED};
use super::stamp::{Fault, read};
use crate::validate::context::{HL7, SDTC, Sink, XSI};

/// Checks one element.
pub(super) fn check<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if is_time(node) {
        time(node, sink);
    }
    if let (Some(low), Some(high)) = (node.child(HL7, "low"), node.child(HL7, "high")) {
        interval(node, low, high, sink);
    }
}

fn time<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    let Some(value) = node.attribute("value").filter(|value| !value.is_empty()) else {
        return;
    };
    let rule = match read(&value) {
        Ok(_) => return,
        Err(Fault::Impossible) => &DATE_IMPOSSIBLE,
        Err(Fault::Form) => &DATE_FORM,
        Err(Fault::Offset) => &DATE_OFFSET,
    };
    sink.emit(rule, node, |finding| {
        finding.with_found(Found::Personal(value.into_owned()))
    });
}

/// Whether `value` is a time: by the element's name, or by its declared type.
fn is_time(node: Node<'_>) -> bool {
    let name = node.local_name();
    match name {
        "effectiveTime" | "time" | "birthTime" | "copyTime" | "signatureTime"
        | "expirationTime" | "availabilityTime" | "activityTime" => !has_other_type(node),
        "deceasedTime" => node.namespace() == SDTC,
        "low" | "high" | "center" => node.parent().is_some_and(holds_times),
        "value" => node
            .attribute_ns(XSI, "type")
            .is_some_and(|t| is_time_type(&t)),
        _ => false,
    }
}

fn holds_times(parent: Node<'_>) -> bool {
    match parent.local_name() {
        "effectiveTime" | "time" | "useablePeriod" | "validTime" | "phase" | "expirationTime"
        | "comp" => !has_other_type(parent),
        "value" => parent
            .attribute_ns(XSI, "type")
            .is_some_and(|t| is_time_type(&t)),
        _ => false,
    }
}

fn is_time_type(declared: &str) -> bool {
    let local = declared.trim().rsplit(':').next().unwrap_or_default();
    matches!(
        local,
        "TS" | "IVL_TS" | "IVXB_TS" | "SXCM_TS" | "PIVL_TS" | "EIVL_TS" | "SXPR_TS"
    )
}

fn has_other_type(node: Node<'_>) -> bool {
    node.attribute_ns(XSI, "type")
        .is_some_and(|declared| !is_time_type(&declared))
}

fn interval<'a>(node: Node<'a>, low: Node<'a>, high: Node<'a>, sink: &mut Sink<'a>) {
    let (Some(from), Some(to)) = (low.attribute("value"), high.attribute("value")) else {
        return;
    };
    let reversed = if is_time(low) {
        match (read(&from), read(&to)) {
            (Ok(from), Ok(to)) => from.is_after(&to),
            _ => false,
        }
    } else {
        let same_unit = low.attribute("unit") == high.attribute("unit");
        match (from.parse::<f64>(), to.parse::<f64>()) {
            (Ok(from), Ok(to)) => same_unit && from > to,
            _ => false,
        }
    };
    if reversed {
        sink.emit(&INTERVAL_REVERSED, node, |finding| {
            finding.with_found(Found::Personal(format!("{from} > {to}")))
        });
    }
}
