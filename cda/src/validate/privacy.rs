//! Values found in the elements that say who a patient or a relative is are personal, whatever rule found them.

use segur_core::{Finding, Found};

/// Elements of a path below which values are personal.
const PERSONAL: [&str; 6] = [
    "recordTarget",
    "informant",
    "participant",
    "subject",
    "relatedSubject",
    "guardian",
];

/// Marks the value of a finding as personal when its place is. Object identifiers of systems name no one.
pub(super) fn mark(finding: &mut Finding) {
    let place = finding.location.as_ref();
    let personal = place.is_some_and(|place| {
        place.xpath.split('/').any(|step| {
            let name = step.split('[').next().unwrap_or(step);
            PERSONAL.contains(&name)
        })
    });
    if !personal {
        return;
    }
    if let Some(Found::Public(value)) = &mut finding.found
        && !is_oid(value)
    {
        finding.found = Some(Found::Personal(std::mem::take(value)));
    }
}

fn is_oid(value: &str) -> bool {
    value.contains('.') && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use segur_core::{Location, Message, Severity};

    fn marked(xpath: &str, value: &str) -> bool {
        let mut finding = Finding::new("r", Severity::Error, Message::fixed("", ""))
            .with_location(Location::new(xpath, 1, 1))
            .with_found(Found::Public(value.into()));
        mark(&mut finding);
        finding.found.is_some_and(|found| found.is_personal())
    }

    #[test]
    fn the_place_decides() {
        assert!(marked(
            "/ClinicalDocument/recordTarget/patientRole/id/@extension",
            "2770"
        ));
        assert!(marked("/ClinicalDocument/participant[2]/time", "1977"));
        assert!(!marked("/ClinicalDocument/author/time", "1977"));
        assert!(!marked(
            "/ClinicalDocument/recordTarget/patientRole/id/@root",
            "1.2.250.1"
        ));
    }
}
