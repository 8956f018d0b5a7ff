//! The proof of who calls (VIHF), judged where `require-vihf` asks for it: there, signed, in order, and about the patient of the request.

use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::retrieve::RetrieveDocumentSetRequest;
use segur_dmp_xds::transaction::{IncomingRequest, Transaction};
use segur_dmp_xds::vihf::{AccessMode, Vihf, VihfSettings};
use segur_soap::envelope::Received;
use segur_soap::mtom::{MediaType, Message, ReadLimits};
use segur_soap::saml::assertions_in;
use segur_soap::signature::{Trust, subject_name, verify_enveloped};

use super::Store;
use super::fault::Failed;
use super::store::Gathered;

/// Why a request is refused: everything that is wrong with its VIHF. No value of it is quoted.
pub(super) fn check(
    store: &Store,
    content_type: &str,
    body: &[u8],
    request: &IncomingRequest,
) -> Result<(), Failed> {
    let refuse = |what: String| Failed::sender(format!("VIHF: {what}"));
    let vihf = read(content_type, body).map_err(refuse)?;
    in_order(&vihf, request.transaction()).map_err(refuse)?;
    let patients = patients(store, request).map_err(refuse)?;
    let own = vihf.patient.unwrap_or_default();
    if patients.iter().all(|one| one.same_id(&own)) {
        return Ok(());
    }
    Err(refuse(
        "it is about another patient than the request (resource-id)".to_owned(),
    ))
}

/// The VIHF of the header, from the bytes that were signed.
fn read(content_type: &str, body: &[u8]) -> Result<Vihf, String> {
    let because = |error: &dyn std::error::Error| error.to_string();
    let media = MediaType::parse(content_type).map_err(|e| because(&e))?;
    let message =
        Message::read(&media, body, ReadLimits::default()).map_err(|error| because(&error))?;
    let received = Received::read(&message.root).map_err(|error| because(&error))?;
    let mut all = assertions_in(&received);
    let assertion = match (all.next(), all.next()) {
        (Some(one), None) => one,
        (None, _) => return Err("there is none: an Assertion of SAML 2.0 in wsse:Security".into()),
        _ => return Err("there are several".into()),
    };
    // Whose certificate it is, the sandbox does not ask: there is no authority of cards here.
    let anybody = |_: &[Vec<u8>]| true;
    let verified =
        verify_enveloped(assertion, &Trust::Decided(&anybody)).map_err(|error| because(&error))?;
    let read = Vihf::read_element(verified.element()).map_err(|error| because(&error))?;
    let subject = subject_name(verified.certificate()).map_err(|error| because(&error))?;
    if attributes(&read.issue.issuer) != attributes(&subject) {
        return Err("its Issuer is not the subject of the certificate that signed".into());
    }
    Ok(read.vihf)
}

/// Attributes of a name, whatever their order: published messages do not agree on it.
fn attributes(name: &str) -> Vec<&str> {
    let mut all: Vec<&str> = name.split([',', '+']).map(str::trim).collect();
    all.sort_unstable();
    all
}

/// What breaks a rule, all of it.
fn in_order(vihf: &Vihf, transaction: Transaction) -> Result<(), String> {
    let mut vihf = vihf.clone();
    if vihf.access.mode == AccessMode::BreakGlass {
        // The reason stays with the software that asks.
        vihf.access.reason.get_or_insert_with(|| "kept".to_owned());
    }
    let problems = vihf.check_for(transaction, &VihfSettings::default());
    if problems.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(texts.join("; "))
}

/// Whose records the request opens, as far as it tells.
fn patients(store: &Store, request: &IncomingRequest) -> Result<Vec<Cx>, String> {
    match request {
        IncomingRequest::Query(request) => {
            // What is wrong with a query, its answer tells.
            let query = request.query().map(|read| read.value);
            Ok(query.map_or_else(|_| Vec::new(), |query| query.patient_ids().to_vec()))
        }
        IncomingRequest::Retrieve(request) => of_documents(store, request),
        IncomingRequest::Submit { metadata, .. }
        | IncomingRequest::Update(metadata)
        | IncomingRequest::Register(metadata) => {
            let submission = metadata.submission().map(|read| read.value);
            let patient = submission.map(|own| own.submission_set.patient_id);
            Ok(patient.unwrap_or_default().into_iter().collect())
        }
        _ => Ok(Vec::new()),
    }
}

fn of_documents(store: &Store, request: &RetrieveDocumentSetRequest) -> Result<Vec<Cx>, String> {
    let read = store.read(|connection| {
        let ids = request.documents.iter();
        let versions = ids.map(|one| Gathered::by_unique_id(connection, &one.document_unique_id));
        versions.collect::<Result<Vec<RegistryContent>, _>>()
    });
    let found = read.map_err(|error| error.to_string())?;
    let entries = found.into_iter().flat_map(|one| one.documents);
    Ok(entries.filter_map(|one| one.patient_id).collect())
}
