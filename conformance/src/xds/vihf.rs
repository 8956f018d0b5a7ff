//! Proof of who calls, from a file.

use std::path::Path;
use std::time::SystemTime;

use segur_dmp_xds::client::{NoProof, SecuritySource};
use segur_dmp_xds::transaction::{Transaction, security_block};
use segur_xml::Document;

use super::settings;
use crate::output::{Failure, with_causes};

/// Namespace of `wsse:Security`.
const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/// A header block made elsewhere, sent as it is with every call. Whoever makes assertions at each call gives another
/// [`SecuritySource`].
pub(super) struct FromFile {
    block: String,
}

impl FromFile {
    /// Reads an assertion, which is put into `wsse:Security`, or a whole block.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let refused = |fr: &str, en: &str, cause: String| {
            let path = path.display();
            Failure::refused(
                format!("{path} : {fr} : {cause}"),
                format!("{path}: {en}: {cause}"),
            )
        };
        let bytes = settings::read(path)?;
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|e| refused("n'est pas en UTF-8", "is not UTF-8", e.to_string()))?;
        let whole = Document::parse(text.as_bytes())
            .is_ok_and(|tree| tree.root_element().is(WSSE, "Security"));
        let block = match whole {
            true => Ok(without_declaration(&text).to_owned()),
            false => security_block(&text),
        };
        let block = block.map_err(|error| {
            refused(
                "ni une assertion SAML 2.0 ni un bloc wsse:Security",
                "neither an assertion of SAML 2.0 nor a wsse:Security block",
                with_causes(&error),
            )
        })?;
        Ok(Self { block })
    }
}

/// A block inside an envelope has no XML declaration.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim()),
        None => text,
    }
}

impl SecuritySource for FromFile {
    fn header_blocks(&self, _: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        Ok(vec![self.block.clone()])
    }
}
