//! Submissions that are signed.

use std::process::Command;

use segur_dmp_xds::metadata::{AssociationKind, MemberStatus};
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigester, SubmissionSignatureForm, sign_submission,
};
use segur_dmp_xds::{Profile, SubmitObjectsRequest, hash};
use segur_soap::c14n::DigestAlgorithm;
use segur_soap::signature::SignatureAlgorithm;
use segur_xml::Document;

use crate::common::{judge, shared};
use crate::fixtures::{CDA, DOCTOR, KOS, digests, files, ids, lot, signed, signed_with, verify};

#[test]
fn a_lot_is_complete() {
    let signed = signed();
    let submission = &signed.submission;
    assert_eq!(submission.validate(Profile::Dmp), []);
    let entry = submission.documents.last().unwrap();
    assert!(entry.is_signature());
    assert_eq!(
        (entry.entry_id.as_str(), entry.mime_type.as_str()),
        ("Signature01", "text/xml")
    );
    assert_eq!(entry.language_code.as_deref(), Some("art"));
    assert_eq!(entry.creation_time.unwrap().to_string(), "20261128101500");
    assert_eq!(
        (entry.hash.clone(), entry.size),
        (
            Some(hash(&signed.signature)),
            Some(signed.signature.len() as u64)
        )
    );
    assert!(submission.documents[0].matches_content(CDA) && submission.documents[0].hash.is_some());
    assert!(submission.documents[1].matches_content(KOS) && submission.documents[1].hash.is_some());
    let associations: Vec<_> = submission
        .associations
        .iter()
        .map(|one| {
            (
                &one.kind,
                one.source.as_str(),
                one.target.as_str(),
                one.member_status.as_ref(),
            )
        })
        .collect();
    let original = Some(&MemberStatus::Original);
    assert_eq!(
        associations,
        [
            (
                &AssociationKind::HasMember,
                "SubmissionSet01",
                "Document01",
                original
            ),
            (
                &AssociationKind::HasMember,
                "SubmissionSet01",
                "Document02",
                original
            ),
            (
                &AssociationKind::HasMember,
                "SubmissionSet01",
                "Signature01",
                original
            ),
            (
                &AssociationKind::Signs,
                "Signature01",
                "SubmissionSet01",
                original
            ),
        ]
    );
    let message = SubmitObjectsRequest::new(submission, Profile::Dmp)
        .unwrap()
        .to_xml()
        .unwrap();
    judge("a_lot_is_complete", "lcm", &message);
    assert_eq!(
        signed.signature,
        crate::fixtures::signed().signature,
        "the same input gives the same bytes"
    );
}

#[test]
fn the_signature_is_that_of_the_samples() {
    let signed = signed();
    let doc = Document::parse(&signed.signature).unwrap();
    let all = |name: &str| {
        let named = doc
            .root()
            .descendants()
            .filter(move |one| one.is_element() && one.local_name() == name);
        named.collect::<Vec<_>>()
    };
    let texts = |name: &str| {
        all(name)
            .iter()
            .map(|one| one.string_value().into_owned())
            .collect::<Vec<_>>()
    };
    let values = |name: &str, attribute: &str| {
        all(name)
            .iter()
            .filter_map(|one| one.attribute(attribute).map(|v| v.into_owned()))
            .collect::<Vec<_>>()
    };
    const WITH_COMMENTS: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
    assert_eq!(
        doc.root_element().attribute("Id").unwrap(),
        "_0421d1cc-b27b-4b0d-bab2-7ebcd54d47f6"
    );
    assert_eq!(
        values("CanonicalizationMethod", "Algorithm"),
        [WITH_COMMENTS]
    );
    assert_eq!(
        values("SignatureMethod", "Algorithm"),
        ["http://www.w3.org/2000/09/xmldsig#rsa-sha1"]
    );
    assert!(
        values("DigestMethod", "Algorithm")
            .iter()
            .all(|one| one == "http://www.w3.org/2000/09/xmldsig#sha1")
    );
    assert_eq!(
        values("Reference", "URI"),
        [
            "#IHEManifest",
            "#S0-SignedProperties",
            "urn:oid:1.2.250.1.999.1.1.7898.3.20240315.1",
            "urn:oid:1.2.250.1.999.1.1.7898.1.20240315.1",
            "urn:oid:1.2.250.1.999.1.1.7898.1.20240315.2",
        ]
    );
    assert_eq!(
        values("Transform", "Algorithm"),
        [WITH_COMMENTS],
        "none for the image report"
    );
    assert_eq!(all("DigestValue")[2].string_value(), "AA==");
    assert_eq!(texts("SignatureProperty"), ["1.2.840.10065.1.12.1.14"]);
    assert_eq!(values("SignatureProperty", "Id"), ["purposeOfSignature"]);
    assert_eq!(texts("SigningTime"), ["2026-11-28T10:15:00Z"]);
    assert_eq!(all("Cert").len(), 2, "the chain");
    assert_eq!(
        texts("X509IssuerName"),
        ["CN=AC FICTIVE,C=FR", "CN=AC FICTIVE,C=FR"]
    );
    assert_eq!(all("SignaturePolicyImplied").len(), 1);
    assert_eq!(all("SignedDataObjectProperties")[0].string_value(), "");
    assert_eq!(
        all("SignedProperties")[0].namespace(),
        "http://uri.etsi.org/01903/v1.1.1#"
    );
}

/// The digest of the document, made by programs that no one here wrote.
#[test]
fn xmllint_and_sha1sum_give_the_same_digest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cda.xml");
    std::fs::write(&path, CDA).unwrap();
    let sum = "xmllint --c14n \"$1\" | sha1sum | cut -c1-40 | xxd -r -p | base64";
    let output = Command::new("bash")
        .args(["-o", "pipefail", "-c", sum, "-"])
        .arg(&path)
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!(
            "SKIPPED xmllint_and_sha1sum_give_the_same_digest: bash, xmllint, sha1sum or xxd is missing"
        );
        return;
    };
    let theirs = String::from_utf8(output.stdout).unwrap();
    let signature = String::from_utf8(signed().signature).unwrap();
    assert!(
        signature.contains(&format!("<DigestValue>{}</DigestValue>", theirs.trim())),
        "{theirs}"
    );
}

#[test]
fn xmlsec_accepts_it() {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        println!("SKIPPED xmlsec_accepts_it: xmlsec1 is not installed (apt-get install xmlsec1)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (root, path) = (
        folder.path().join("root.der"),
        folder.path().join("signature.xml"),
    );
    std::fs::write(&root, &crate::fixtures::AUTHORITY.der).unwrap();
    let accepts = |signature: &[u8]| {
        std::fs::write(&path, signature).unwrap();
        let mut command = Command::new("xmlsec1");
        command
            .args([
                "--verify",
                "--ignore-manifests",
                "--enabled-key-data",
                "x509",
            ])
            .args([
                "--id-attr:Id",
                "http://www.w3.org/2000/09/xmldsig#:Manifest",
            ])
            .args([
                "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.1.1#:SignedProperties",
            ])
            .args([
                "--verification-time",
                "2026-06-01 00:00:00",
                "--trusted-der",
            ])
            .arg(&root)
            .arg(&path);
        command.output().unwrap().status.success()
    };
    let signature = signed().signature;
    assert!(accepts(&signature));
    let changed = String::from_utf8(signature)
        .unwrap()
        .replace("20240315.2", "20240315.3");
    assert!(
        !accepts(changed.as_bytes()),
        "the judge must be able to say no"
    );
}

#[test]
fn it_is_verified_with_every_form() {
    let mut new = SubmissionSignatureForm::default();
    new.signature = SignatureAlgorithm::RsaSha256;
    new.digest = DigestAlgorithm::Sha256;
    new.whole_chain = true;
    for form in [SubmissionSignatureForm::default(), new] {
        let signed = signed_with(&form, &DOCTOR);
        let verified = verify(&signed.submission, &files(&signed.signature)).unwrap();
        assert_eq!(verified.certificates().len(), 2);
    }
}

#[test]
fn documents_in_pieces() {
    let form = SubmissionSignatureForm::default();
    let mut digester = DocumentDigester::new(DigestedAs::Canonical, form.digest);
    for piece in CDA.chunks(7) {
        digester.update(piece).unwrap();
    }
    let [(_, whole), _] = digests(&form);
    assert_eq!(digester.finish().unwrap(), whole);
    assert_eq!(
        (whole.hash(), whole.size()),
        (hash(CDA).as_str(), CDA.len() as u64)
    );
}

/// The agency's medical summary as a lot.
#[test]
#[cfg(feature = "cda")]
fn an_official_summary() {
    use segur_dmp_xds::Submission;
    use segur_dmp_xds::from_cda::FromCda;
    use segur_dmp_xds::transaction::FileToSend;

    let Ok(vsm) = std::fs::read(shared().join("cda/examples/VSM_1.4_2022.01.xml")) else {
        println!("SKIPPED an_official_summary: no shared examples; set SEGUR_SHARED_DIR");
        return;
    };
    let mut tables = segur_dmp_xds::Tables::default();
    let table = |name: &str| std::fs::read_to_string(shared().join("data/xds").join(name)).unwrap();
    tables
        .read_classes(&table("typeCode_to_classCode.tsv"))
        .unwrap();
    tables
        .read_formats(&table("A11_template_to_format.tsv"))
        .unwrap();
    let entry = FromCda::new(&tables)
        .read("Document01", &vsm)
        .unwrap()
        .entry;
    let mut set = crate::common::set();
    set.patient_id = entry.patient_id.clone();
    let form = SubmissionSignatureForm::default();
    let mut digester = DocumentDigester::new(DigestedAs::Canonical, form.digest);
    std::io::copy(&mut &vsm[..], &mut digester).unwrap();
    let digests = [("Document01", digester.finish().unwrap())];
    let time = "20261128101500".parse().unwrap();
    let lot = Submission::new(set).with_document(entry);
    let signed = sign_submission(lot, &digests, &ids(), time, &*DOCTOR, &form).unwrap();
    assert_eq!(signed.submission.validate(Profile::Dmp), []);
    let files = [
        FileToSend {
            id: "Document01",
            bytes: &vsm,
        },
        FileToSend {
            id: "Signature01",
            bytes: &signed.signature,
        },
    ];
    verify(&signed.submission, &files).unwrap();
    let source = signed.submission.documents[1]
        .source_patient_id
        .clone()
        .unwrap();
    assert_eq!(
        source.to_text(Profile::Dmp),
        "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH"
    );
    let message = SubmitObjectsRequest::new(&signed.submission, Profile::Dmp).unwrap();
    judge("an_official_summary", "lcm", &message.to_xml().unwrap());
}

#[test]
fn what_cannot_be_signed_is_told() {
    use segur_dmp_xds::signed::SignSubmissionError as E;

    let form = SubmissionSignatureForm::default();
    let time = "20261128101500".parse().unwrap();
    let sign = |lot, digests: &[_], time, form: &_| {
        sign_submission(lot, digests, &ids(), time, &*DOCTOR, form).unwrap_err()
    };
    let own = digests(&form);
    assert!(matches!(
        sign(signed().submission, &own, time, &form),
        E::Signed
    ));
    let empty = segur_dmp_xds::Submission::new(crate::common::set());
    assert!(matches!(sign(empty, &[], time, &form), E::Empty));
    assert!(
        matches!(sign(lot(), &own[..1], time, &form), E::Digest { id, .. } if id == "Document02")
    );
    let twice = [own[0].clone(), own[0].clone(), own[1].clone()];
    assert!(matches!(sign(lot(), &twice, time, &form), E::Digest { .. }));
    let foreign = [
        own[0].clone(),
        own[1].clone(),
        ("Document03", own[1].1.clone()),
    ];
    assert!(
        matches!(sign(lot(), &foreign, time, &form), E::Digest { id, .. } if id == "Document03")
    );
    let swapped = [
        ("Document01", own[1].1.clone()),
        ("Document02", own[0].1.clone()),
    ];
    assert!(matches!(
        sign(lot(), &swapped, time, &form),
        E::Digest { .. }
    ));
    let mut other = form.clone();
    other.digest = DigestAlgorithm::Sha256;
    assert!(matches!(sign(lot(), &own, time, &other), E::Digest { .. }));
    let mut changed = lot();
    changed.documents[0].size = Some(1);
    assert!(matches!(sign(changed, &own, time, &form), E::Digest { .. }));
    let mut pdf = lot();
    pdf.documents[0].mime_type = "application/pdf".to_owned();
    assert!(matches!(sign(pdf, &own, time, &form), E::MediaType { .. }));
    let mut extension = lot();
    extension.documents[0].unique_id.push_str("^A1");
    assert!(matches!(
        sign(extension.clone(), &own, time, &form),
        E::UniqueId { .. }
    ));
    let mut allowed = form.clone();
    allowed.unverified_ids = true;
    let signed = sign_submission(extension, &own, &ids(), time, &*DOCTOR, &allowed).unwrap();
    verify(&signed.submission, &files(&signed.signature)).unwrap();
    assert!(matches!(
        sign(lot(), &own, "20261128".parse().unwrap(), &form),
        E::Time
    ));
}
