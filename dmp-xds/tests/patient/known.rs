//! What the screen shows while the DMP is asked.

use std::time::{Duration, SystemTime};

use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::patient::{DmpStatus, Known, KnownDmps};

use crate::fixtures::{existence, open, other_patient, patient};

const HOUR: Duration = Duration::from_secs(3_600);
const ALICE: &str = "899700000001";
const BOB: &str = "899700000002";

/// req: SC.DMP/UX.12
#[test]
fn a_question_is_asked_once_and_its_answer_kept() {
    let now = SystemTime::UNIX_EPOCH + HOUR;
    let mut known = KnownDmps::new(HOUR);
    assert_eq!(known.state(ALICE, &patient(), now), Known::NotAsked);
    assert!(known.begin(ALICE, &patient(), now));
    assert!(!known.begin(ALICE, &patient(), now), "one is under way");
    assert_eq!(known.state(ALICE, &patient(), now), Known::Underway);
    known.answered(ALICE, &patient(), now, open());
    assert_eq!(
        known.state(ALICE, &patient(), now + HOUR),
        Known::Exists(&open())
    );
    assert!(!known.begin(ALICE, &patient(), now + HOUR));
    // Rights are those of the professional who asked, and the patient's of whom.
    assert_eq!(known.state(BOB, &patient(), now), Known::NotAsked);
    assert_eq!(known.state(ALICE, &other_patient(), now), Known::NotAsked);
    let late = now + HOUR + Duration::from_secs(1);
    assert_eq!(known.state(ALICE, &patient(), late), Known::NotAsked);
    assert!(known.begin(ALICE, &patient(), late));
    // A clock that is put back.
    known.answered(ALICE, &patient(), late, open());
    assert_eq!(known.state(ALICE, &patient(), now), Known::Exists(&open()));
}

#[test]
fn failures_and_changes_are_asked_again() {
    let now = SystemTime::UNIX_EPOCH;
    let mut known = KnownDmps::new(HOUR);
    assert!(known.begin(ALICE, &patient(), now));
    known.failed(ALICE, &patient(), now);
    assert_eq!(known.state(ALICE, &patient(), now), Known::NotConnected);
    assert!(known.begin(ALICE, &patient(), now));
    let none = existence(DmpStatus::None);
    known.answered(ALICE, &patient(), now, none.clone());
    assert_eq!(known.state(ALICE, &patient(), now), Known::None(&none));
    known.forget(ALICE, &patient());
    assert!(known.begin(ALICE, &patient(), now));
    let unclear = existence(DmpStatus::Unclear);
    known.answered(ALICE, &patient(), now, unclear.clone());
    assert_eq!(
        known.state(ALICE, &patient(), now),
        Known::Unclear(&unclear)
    );
    assert!(known.begin(ALICE, &patient(), now));
}

#[test]
fn the_memory_is_bounded() {
    let start = SystemTime::UNIX_EPOCH;
    let mut known = KnownDmps::new(HOUR);
    let number = |index: u32| Cx::new(format!("{index:015}"), "1.2.250.1.213.1.4.10", "NH");
    for index in 0..5_000 {
        let now = start + Duration::from_millis(u64::from(index));
        assert!(known.begin(ALICE, &number(index), now));
    }
    let now = start + Duration::from_secs(5);
    assert_eq!(known.state(ALICE, &number(0), now), Known::NotAsked);
    assert_eq!(known.state(ALICE, &number(4_999), now), Known::Underway);
    assert_eq!(format!("{known:?}"), "KnownDmps { patients: 4096, .. }");
}
