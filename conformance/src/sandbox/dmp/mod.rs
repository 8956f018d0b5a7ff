//! A DMP of one's own: a registry and a repository that keep what they are given.
//!
//! | address | what |
//! |---|---|
//! | `/si-dmp-server/v2/services/registry` | ITI-18 and ITI-51, every stored query of `segur-dmp-xds`; ITI-42; ITI-57: visibility, archiving, deletion |
//! | `/si-dmp-server/v2/services/repository` | ITI-41, with replacement; ITI-43 |
//! | `/si-dmp-server/v2/services/patients`, `patientsSpecific` | TD0.2, TD1.4; TD0.4 |
//! | `/si-dmp-server/v2/services/habilitations` | TD0.3, TD1.6 |
//! | `/` | pages for people: patients, documents, versions, associations, the exchanges of late |
//! | `/quirks` | the quirks that hold: a page to see (GET) and to change them (POST, the form field `quirks`, one quirk a line) |
//!
//! Quirks of its own, beside those of every sandbox ([`Quirks`]); each may be for one transaction (`@ITI-18`, `@ITI-41`, `@ITI-42`,
//! `@ITI-43`, `@ITI-51`, `@ITI-57`) and for the next requests only (`x3`):
//!
//! | quirk | what happens |
//! |---|---|
//! | `refuse=XDSRegistryBusy` | an answer that refuses, with this error code (XDSRegistryError without value) |
//! | `fault=DMPInvalidCertificate` | a SOAP fault of the receiver, with this code below if there is one |
//! | `multipart-faults` | SOAP faults come as multipart |
//! | `wrong-relates-to` | the answer says that it is for another message |
//! | `hyphenated-action` | ITI-57 answers with …UpdateDocumentSet-Response, as the DMP does |
//! | `percent-encoded-ids` | ITI-43: Content-IDs that stand percent-encoded in the reference, as those of the DMP |
//! | `inline-documents` | ITI-43 answers in base64 instead of parts |
//! | `longer-documents` | ITI-43: each document comes with a byte more than the registry tells of |
//! | `require-signature` | ITI-41 without the signature (XAdES) that the DMP wants in every submission is refused; one that is there is always verified |
//! | `require-vihf` | a call without VIHF is refused, and one whose VIHF is not signed, breaks a rule or is about another patient |
//! | `ihe` | a registry as IHE has it instead of a DMP: identifiers without French components, Approved and Deprecated change into each other |
//! | `unverified-inclusive-end` | the end of a period counts; nobody of ours has read whether it does |
//!
//! The pages do not misbehave. Not judged: rights; masked documents are shown to everybody. Without `require-vihf` any assertion is taken,
//! none too; with it, a key of anybody's may sign it. `unverified`: with which fault the DMP refuses a VIHF.

mod accept;
mod change;
mod error;
mod fault;
mod find;
mod habilitations;
mod handler;
mod journal;
mod page;
mod patients;
mod proof;
mod query;
mod quirks;
mod retrieve;
mod select;
mod service;
mod settings;
mod signature;
mod store;

use std::sync::Arc;

use axum::Router;

use super::Quirks;
use journal::Journal;
pub use patients::{PERSONS, Records, TestPerson, TestRecord};
pub use quirks::QUIRKS;
use service::Service;
pub use settings::Settings;
pub use store::Store;

/// Under which address the two services stand, as those of the DMP. Source: ansforge/DRIM-M_DRIMbox.
pub const BASE: &str = "/si-dmp-server/v2/services/";
/// `repositoryUniqueId` of the DMP. Source: messages of the DMP vendor kit.
pub const REPOSITORY: &str = "1.2.250.1.213.4.1.1.1.2";

/// The services and the pages. `quirks` hold for the services only from then on.
pub fn router(
    quirks: Arc<Quirks>,
    store: Arc<Store>,
    records: Arc<Records>,
    settings: Settings,
) -> Router {
    quirks.only_under(BASE);
    let journal = Arc::new(Journal::default());
    let patients = patients::routes(Arc::clone(&quirks), records, Arc::clone(&journal));
    let service = Arc::new(Service {
        quirks,
        store,
        settings,
        journal,
    });
    handler::routes(Arc::clone(&service))
        .merge(patients)
        .merge(page::routes(service))
}
