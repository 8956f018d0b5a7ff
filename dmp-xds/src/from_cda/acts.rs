//! Acts, where they took place, what the document refers to.

use segur_cda::header::{Header, ServiceEvent};

use super::read::{Draw, coded, identifier};
use crate::metadata::Cx;

const EVENT: &str = "documentationOf/serviceEvent";
const TIME: &str = "documentationOf/serviceEvent/effectiveTime/low";
const PRACTICE: &str = "documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode";
const FACILITY: &str = "componentOf/encompassingEncounter/location/healthCareFacility/code";

pub(super) fn draw(header: &Header, imaging: bool, draw: &mut Draw) {
    let events: Vec<&ServiceEvent> = header
        .documentation_of
        .iter()
        .map(|one| &one.service_event)
        .collect();
    // The main act is the first one that tells when it began: further ones tell nothing but their code.
    let time = events
        .iter()
        .find_map(|event| event.effective_time.as_ref());
    let low = time.and_then(|time| time.low.clone());
    let point = time.and_then(|time| time.value).map(Into::into);
    let high = time.and_then(|time| time.high.as_ref());
    draw.entry.service_start_time = draw.time("serviceStartTime", TIME, low.or(point).as_ref());
    if high.is_some_and(|high| high.value.is_some()) {
        let source = "documentationOf/serviceEvent/effectiveTime/high";
        draw.entry.service_stop_time = draw.time("serviceStopTime", source, high);
    }
    for code in events.iter().filter_map(|event| event.code.as_ref()) {
        if let Some(code) = coded(code) {
            let known = &mut draw.entry.event_codes;
            if !known.iter().any(|one| one.same_code(&code)) {
                known.push(code);
            }
        }
    }
    let practice = events
        .iter()
        .flat_map(|event| &event.performers)
        .filter_map(|performer| performer.assigned_entity.organization.as_ref())
        .find_map(|organization| organization.industry.as_ref());
    draw.entry.practice_setting_code =
        draw.required_code("practiceSettingCode", PRACTICE, practice);
    let facility = header
        .component_of
        .as_ref()
        .and_then(|component| component.encounter.location.as_ref())
        .and_then(|location| location.facility.code.as_ref());
    draw.entry.healthcare_facility_type_code =
        draw.required_code("healthcareFacilityTypeCode", FACILITY, facility);
    if events.is_empty() {
        draw.gap("eventCodeList", EVENT, super::GapReason::Absent);
    }
    references(header, imaging, draw);
}

/// Types: JDV_J231, those that the DMP takes.
fn references(header: &Header, imaging: bool, draw: &mut Draw) {
    let orders = header.in_fulfillment_of.iter().map(|one| &one.order);
    let mut found = Vec::new();
    for order in orders {
        if imaging {
            let ids = order.ids.iter().filter_map(identifier);
            found.extend(ids.map(|(root, id)| Cx::new(id, root, "urn:ihe:iti:xds:2013:order")));
        }
        let numbers = order.accession_numbers.iter().filter_map(identifier);
        found.extend(numbers.map(|(root, id)| Cx::accession(id, root)));
    }
    if imaging {
        let events = header
            .documentation_of
            .iter()
            .flat_map(|one| &one.service_event.ids);
        let studies = events.filter(|id| id.null_flavor.is_none() && id.extension.is_none());
        found.extend(studies.filter_map(|id| {
            Some(Cx {
                id: id.root.clone()?,
                id_type: Some("urn:ihe:iti:xds:2016:studyInstanceUID".to_owned()),
                ..Cx::default()
            })
        }));
    }
    for reference in found {
        if !draw.entry.reference_ids.contains(&reference) {
            draw.entry.reference_ids.push(reference);
        }
    }
}
