//! The signature of a submission: verified where there is one, asked for on demand. Any certificate is taken: whose it is, is not judged.

use std::collections::HashMap;

use segur_dmp_xds::Submission;
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::signed::{SignatureRules, VerifySubmissionError, verify_submission};
use segur_dmp_xds::transaction::FileToSend;
use segur_soap::signature::Trust;

use super::error::{Refused, refused};
use super::store::Files;

/// Refuses a submission whose signature is wrong, or that has none and must have one.
pub(super) fn check(new: &Submission, files: &Files, required: bool) -> Result<(), Refused> {
    let bytes: HashMap<&String, &Vec<u8>> = files.iter().map(|(id, bytes)| (id, bytes)).collect();
    let files = new.documents.iter().filter_map(|entry| {
        let bytes = bytes.get(&entry.unique_id)?;
        Some(FileToSend {
            id: &entry.entry_id,
            bytes,
        })
    });
    let files: Vec<FileToSend<'_>> = files.collect();
    let any = |_: &[Vec<u8>]| true;
    match verify_submission(
        new,
        &files,
        &Trust::Decided(&any),
        &SignatureRules::default(),
    ) {
        Ok(_) => Ok(()),
        Err(VerifySubmissionError::NotSigned) if !required => Ok(()),
        Err(error) => {
            let what = format!("signature of the submission: {error}");
            Err(refused(ErrorCode::RepositoryMetadataError, what))
        }
    }
}
