//! Messages of XDS: the first byte says which one, the rest is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_dmp_xds::ebrim::{Classification, ExternalIdentifier};
use segur_dmp_xds::query::{AdhocQueryRequest, ReturnType};
use segur_dmp_xds::response::{AdhocQueryResponse, RegistryResponse};
use segur_dmp_xds::retrieve::{RetrieveDocumentSetRequest, RetrieveDocumentSetResponse};
use segur_dmp_xds::{Profile, ProvideAndRegisterRequest, Submission, SubmitObjectsRequest};

/// What is accepted is written, and what is written is read as the same.
macro_rules! settles {
    ($message:ty, $bytes:expr) => {
        if let Ok(read) = <$message>::parse($bytes) {
            let once = read.value.to_xml().expect("what was read can be written");
            let again = <$message>::parse(once.as_bytes()).expect("what is written can be read");
            assert_eq!(again.value.to_xml().expect("written"), once);
        }
    };
}

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = data.split_first() else {
        return;
    };
    match which % 7 {
        0 => {
            settles!(SubmitObjectsRequest, bytes);
            if let Ok(read) = SubmitObjectsRequest::parse(bytes) {
                meaning(&read.value);
            }
        }
        1 => {
            if let Ok(read) = ProvideAndRegisterRequest::parse(bytes) {
                let _ = read.value.to_xml();
            }
        }
        2 => {
            settles!(AdhocQueryRequest, bytes);
            if let Ok(read) = AdhocQueryRequest::parse(bytes) {
                query(&read.value);
            }
        }
        3 => {
            settles!(AdhocQueryResponse, bytes);
            if let Ok(read) = AdhocQueryResponse::parse(bytes) {
                let _ = read.value.content();
            }
        }
        4 => settles!(RegistryResponse, bytes),
        5 => settles!(RetrieveDocumentSetRequest, bytes),
        _ => settles!(RetrieveDocumentSetResponse, bytes),
    }
});

/// A submission that breaks no rule comes back as it was, but for names of the message: ids that were missing, and owners of
/// what this crate has no field for.
fn meaning(request: &SubmitObjectsRequest) {
    let Ok(read) = request.submission() else {
        return;
    };
    for profile in [Profile::Dmp, Profile::IheStrict] {
        let Ok(written) = SubmitObjectsRequest::new(&read.value, profile) else {
            continue;
        };
        let xml = written.to_xml().expect("checked metadata can be written");
        let back =
            SubmitObjectsRequest::parse(xml.as_bytes()).expect("written metadata can be read");
        let back = back.value.submission().expect("one set").value;
        if profile == Profile::Dmp {
            assert_eq!(nameless(back), nameless(read.value.clone()));
        }
    }
}

fn nameless(mut submission: Submission) -> Submission {
    for association in &mut submission.associations {
        association.id.clear();
    }
    let set = &mut submission.submission_set;
    disown(&mut set.other_classifications, &mut set.other_identifiers);
    for one in &mut submission.documents {
        disown(&mut one.other_classifications, &mut one.other_identifiers);
    }
    for one in &mut submission.folders {
        disown(&mut one.other_classifications, &mut one.other_identifiers);
    }
    submission
}

fn disown(classifications: &mut [Classification], identifiers: &mut [ExternalIdentifier]) {
    for one in classifications {
        one.object.id.clear();
        one.classified_object = None;
    }
    for one in identifiers {
        one.object.id.clear();
        one.registry_object = None;
    }
}

fn query(request: &AdhocQueryRequest) {
    let Ok(read) = request.query() else { return };
    let written = AdhocQueryRequest::new(&read.value, ReturnType::LeafClass, Profile::Dmp);
    let Ok(written) = written else { return };
    let again = written.query().expect("a checked query can be read").value;
    let twice = AdhocQueryRequest::new(&again, ReturnType::LeafClass, Profile::Dmp);
    assert_eq!(twice.expect("checked").slots, written.slots);
}
