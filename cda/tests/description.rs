//! Models as descriptions (feature `serde`): what is written as JSON reads back as the same struct.

#![cfg(feature = "serde")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong"
)]

#[path = "../examples/own_documents/cast.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod cast;
#[path = "common/certificates.rs"]
mod certificates;
#[path = "common/corpus.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod corpus;
#[path = "common/random_documents.rs"]
mod random_documents;

use certificates::{Fill, Picker};
use proptest::prelude::*;
use random_documents as random;
use segur_cda::ClinicalDocument;
use segur_cda::models::certificates::{Apgar, Quantity, Told};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn same<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> Result<(), TestCaseError> {
    let text = serde_json::to_string(value).expect("JSON");
    let back: T = serde_json::from_str(&text).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert!(back == *value, "another value is read back");
    Ok(())
}

fn all(fill: Fill, seed: u64) -> Result<(), TestCaseError> {
    let mut p = Picker::new(fill, seed);
    same(&random::measures(&mut p))?;
    same(&random::note(&mut p))?;
    same(&random::history(&mut p))?;
    same(&random::tests(&mut p))?;
    same(&p.cs8())?;
    same(&p.cs9())?;
    same(&p.cs24())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]
    #[test]
    fn models_come_back_as_they_were(seed: u64) {
        all(Fill::Random, seed)?;
    }
}

#[test]
fn every_field_and_mandatory_fields_only() {
    for fill in [Fill::Every, Fill::Mandatory] {
        all(fill, 1).expect("the same");
    }
}

#[test]
fn whole_official_documents_come_back() {
    for (name, bytes) in corpus::examples("whole_official_documents_come_back") {
        let tree = segur_xml::Document::parse(&bytes).expect("XML");
        let document = ClinicalDocument::read(&tree).expect("CDA").value;
        assert!(same(&document.header).is_ok(), "{name}");
        assert!(
            document.sections().all(|section| same(section).is_ok()),
            "{name}"
        );
    }
}

#[test]
fn answers_read_as_people_write_them() {
    let told = |text: &str| serde_json::from_str::<Told<Quantity>>(text);
    let kilograms = Quantity::new("3.90".parse().expect("a number"), "kg");
    let read = told(r#"{"value": "3.90", "unit": "kg"}"#).expect("read");
    assert!(read == Told::Value(kilograms));
    assert!(told(r#""unknown""#).expect("read") == Told::Unknown);
    assert!(told(r#""perhaps""#).is_err());
    let apgar = serde_json::from_str::<Told<Apgar>>("9").expect("read");
    assert!(apgar == Told::Value(Apgar(9)));
    let number = serde_json::from_str::<Quantity>(r#"{"value": 3.5, "unit": "kg"}"#);
    assert_eq!(number.expect("read").to_string(), "3.5 kg");
    assert!(serde_json::from_str::<Quantity>(r#"{"value": "3,5", "unit": "kg"}"#).is_err());
}
