//! FindDocumentsExclude: documents without certain values.

use segur_core::Coded;
use segur_dmp_xds::query::{DocumentExclusion, DocumentFilter, FindDocumentsExclude, StoredQuery};

use super::{Sandbox, ask, patient, submit};

#[test]
fn documents_with_a_value_that_is_left_out_are_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let found = |practice: &str| {
        let exclusion = DocumentExclusion {
            practice_setting_codes: vec![Coded::new(practice.to_owned(), "1.2.250.1.213.1.1.4.9")],
            ..DocumentExclusion::default()
        };
        let query = FindDocumentsExclude {
            patient_id: patient(),
            filter: DocumentFilter::approved(),
            exclusion,
            ..FindDocumentsExclude::default()
        };
        let query = StoredQuery::FindDocumentsExclude(Box::new(query));
        ask(&client, &query).documents.len()
    };
    assert_eq!(found("AMBULATOIRE"), 0);
    assert_eq!(found("ETABLISSEMENT"), 1);
}
