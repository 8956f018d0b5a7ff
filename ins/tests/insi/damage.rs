//! No bytes make it panic, and no damage makes it find what is not there.

use proptest::prelude::*;
use segur_ins::insi::{Decision, InsiDate, Outcome, Uuid};

use super::{DOMINIQUE, FOUND, call, dominique, elements, envelope};

proptest! {
    #[test]
    fn any_bytes_are_a_decision(status in any::<u16>(), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let outcome = Outcome::read(&call(&dominique()), status, &bytes);
        let found = matches!(outcome.decision, Decision::Found { .. });
        prop_assert!(!found);
    }

    #[test]
    fn damaged_answers_are_a_decision(
        at in any::<prop::sample::Index>(),
        with in "\\PC{0,6}",
        cut in 0_usize..30,
    ) {
        let mut letters: Vec<char> =
            envelope(&elements(&format!("{FOUND} {DOMINIQUE}"))).chars().collect();
        let at = at.index(letters.len());
        let end = (at + cut).min(letters.len());
        letters.splice(at..end, with.chars());
        let text: String = letters.into_iter().collect();
        let outcome = Outcome::read(&call(&dominique()), 200, text.as_bytes());
        for warning in &outcome.warnings {
            prop_assert!(!warning.message().fr.is_empty());
        }
        prop_assert!(!outcome.decision.message().en.is_empty());
    }

    #[test]
    fn random_bytes_make_uuids_that_parse(bytes in any::<[u8; 16]>()) {
        let id = Uuid::from_random(bytes);
        prop_assert_eq!(id.as_str().parse::<Uuid>().unwrap(), id.clone());
        prop_assert_eq!(id.as_str().as_bytes()[14], b'4');
        prop_assert!(b"89ab".contains(&id.as_str().as_bytes()[19]));
    }

    #[test]
    fn any_text_is_a_date_or_not(text in "\\PC{0,12}") {
        if let Ok(date) = text.parse::<InsiDate>() {
            prop_assert_eq!(date.as_str(), text.as_str());
        }
    }
}
