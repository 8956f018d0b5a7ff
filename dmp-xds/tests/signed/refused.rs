//! Signatures that are not accepted, each for its own reason.

use segur_dmp_xds::Submission;
use segur_dmp_xds::metadata::AssociationKind;
use segur_dmp_xds::signed::{
    SignatureRules, SubmissionSignature, VerifySubmissionError as E, verify_submission,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_soap::signature::{ChainError, Trust, VerifyError};

use crate::fixtures::{
    ANCHORS, AUTHORITY, KOS, at, authority, files, lot, signed, signed_with, verify,
};

/// What is said of a submission changed so, its signature the right one.
fn changed(change: impl FnOnce(&mut Submission)) -> E {
    let mut signed = signed();
    change(&mut signed.submission);
    verify(&signed.submission, &files(&signed.signature)).unwrap_err()
}

#[test]
fn a_changed_document_is_refused() {
    let signed = signed();
    let judge = |id: &'static str, bytes: &'static [u8]| {
        let mut files = files(&signed.signature);
        let file = files.iter_mut().find(|file| file.id == id).unwrap();
        *file = FileToSend { id, bytes };
        verify(&signed.submission, &files)
    };
    let other = b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>";
    assert!(
        matches!(judge("Document01", other).unwrap_err(), E::Digest { id } if id == "Document01")
    );
    assert!(
        matches!(judge("Document02", b"\0DICM other").unwrap_err(), E::Digest { id } if id == "Document02")
    );
    assert!(matches!(
        judge("Document01", b"<a>").unwrap_err(),
        E::Canonical { .. }
    ));
    // Another spelling of the same document is the same for the signature; hash and size of the metadata tell them apart.
    let spelled = b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\" ><!-- c --><id root=\"1.2.250.1.999.1.1.7898.1.20240315.1\"></id>\n</ClinicalDocument>";
    judge("Document01", spelled).unwrap();
}

#[test]
fn the_list_is_that_of_the_submission() {
    assert!(matches!(
        changed(|lot| lot.submission_set.unique_id.push('1')),
        E::OtherSet
    ));
    assert!(
        matches!(changed(|lot| lot.documents[0].unique_id.push('1')), E::NotListed { id } if id == "Document01")
    );
    assert!(matches!(
        changed(|lot| {
            lot.documents.remove(1);
        }),
        E::Foreign { number: 3 }
    ));
    let two = changed(|lot| {
        let mut more = lot.documents[0].clone();
        more.entry_id = "Document03".to_owned();
        more.unique_id.push('9');
        lot.documents.push(more);
    });
    assert!(matches!(two, E::NotListed { id } if id == "Document03"));
    assert!(matches!(
        changed(|lot| lot.documents[0].mime_type = "application/dicom".to_owned()),
        E::Transform { .. }
    ));
}

#[test]
fn the_entry_of_the_signature_is_asked_for() {
    assert!(matches!(verify(&lot(), &[]).unwrap_err(), E::NotSigned));
    let two = changed(|lot| {
        let again = lot.documents[2].clone();
        lot.documents.push(again);
    });
    assert!(matches!(two, E::Repeated));
    let none = changed(|lot| {
        lot.associations
            .retain(|one| one.kind != AssociationKind::Signs)
    });
    assert!(matches!(none, E::NoAssociation { id } if id == "Signature01"));
    let signed = signed();
    let error = verify(&signed.submission, &files(&signed.signature)[..2]).unwrap_err();
    assert!(matches!(error, E::NoFile { id } if id == "Signature01"));
    let error = verify(&signed.submission, &files(&signed.signature)[1..]).unwrap_err();
    assert!(matches!(error, E::NoFile { id } if id == "Document01"));
    let error = verify(&signed.submission, &files(b"<a>")).unwrap_err();
    assert!(matches!(error, E::Xml(_)), "{error}");
}

#[test]
fn the_signer_is_judged() {
    let signed = signed();
    let judge = |year| {
        let trust = Trust::Anchored {
            anchors: &ANCHORS,
            at: at(year),
        };
        SubmissionSignature::verify(&signed.signature, &trust, &SignatureRules::default())
    };
    judge(2026).unwrap();
    assert!(matches!(
        judge(2031).unwrap_err(),
        E::Signature(VerifyError::Chain(ChainError::Expired))
    ));
    let form = Default::default();
    let theirs = signed_with(
        &form,
        &authority("AC INCONNUE").signer("899700000002", 2024..2029),
    );
    let error = verify(&theirs.submission, &files(&theirs.signature)).unwrap_err();
    assert!(
        matches!(error, E::Signature(VerifyError::Chain(ChainError::NoPath))),
        "{error}"
    );
    let trust = Trust::Pinned(&[]);
    let error = verify_submission(
        &signed.submission,
        &files(&signed.signature),
        &trust,
        &SignatureRules::default(),
    );
    assert!(matches!(
        error.unwrap_err(),
        E::Signature(VerifyError::Untrusted)
    ));
    let mut rules = SignatureRules::default();
    rules.sha1 = false;
    let trust = Trust::Anchored {
        anchors: &ANCHORS,
        at: at(2026),
    };
    let error = verify_submission(
        &signed.submission,
        &files(&signed.signature),
        &trust,
        &rules,
    );
    assert!(matches!(
        error.unwrap_err(),
        E::Signature(VerifyError::WeakAlgorithm { .. })
    ));

    // Certificates swapped between two signatures of one authority.
    let other = signed_with(&form, &AUTHORITY.signer("899700000003", 2024..2029));
    let certificate = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.split("<X509Certificate>")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    let forged = String::from_utf8(signed.signature.clone()).unwrap();
    let forged = forged.replace(
        &certificate(&signed.signature),
        &certificate(&other.signature),
    );
    let error = verify(&signed.submission, &files(forged.as_bytes())).unwrap_err();
    assert!(matches!(error, E::Signature(VerifyError::Value)), "{error}");
}

#[test]
fn a_list_changed_after_signing_is_refused() {
    let signed = signed();
    let text = String::from_utf8(signed.signature.clone()).unwrap();
    let forged = text.replace("7898.1.20240315.2", "7898.1.20240315.7");
    let error = verify(&signed.submission, &files(forged.as_bytes())).unwrap_err();
    assert!(
        matches!(error, E::Signature(VerifyError::Part { .. })),
        "{error}"
    );
    let wrapped = format!("<a>{text}</a>");
    let error = verify(&signed.submission, &files(wrapped.as_bytes())).unwrap_err();
    assert!(
        matches!(error, E::Signature(VerifyError::Form { .. })),
        "{error}"
    );
}

#[test]
fn errors_show_no_content() {
    let error = changed(|lot| lot.documents[0].unique_id = "1.2.3.4".to_owned());
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("PATIENT") && !shown.contains("1.2.3.4"),
        "{shown}"
    );
    assert!(KOS.starts_with(b"\0"));
}
