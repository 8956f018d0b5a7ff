//! Faults of the service: `siram:Erreur` in the detail of a SOAP fault.

use std::fmt;

use segur_soap::envelope::{Fault, FaultCode};
use segur_xml::{Document, Node};

use super::Warning;

/// Namespace of `Erreur`.
const SIRAM: &str = "urn:siram";

/// A fault of the service. `Debug` and `Display` show codes; texts are the service's and hidden.
///
/// Source: schema of the service's faults, version 01_01.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsiFault {
    /// Who is to blame: `Sender` or `Receiver` as a rule.
    pub code: FaultCode,
    /// Local names of the subcodes: `siram_40`, `siram_100`.
    pub subcodes: Vec<String>,
    /// The errors of the detail.
    pub errors: Vec<FaultError>,
    /// What was tolerated.
    pub warnings: Vec<Warning>,
}

/// `siram:Erreur`. `Debug` hides the text.
#[derive(Clone, PartialEq, Eq)]
pub struct FaultError {
    /// `@code`: `desir_550`, `insi_102`.
    pub code: Option<String>,
    /// `@severite`.
    pub severity: Option<Severity>,
    /// `@messageID`: the identifier of the message that failed.
    pub message_id: Option<String>,
    /// The text, French.
    pub text: String,
}

/// `@severite`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// `information`.
    Information,
    /// `avertissement`.
    Warning,
    /// `erreur`.
    Error,
    /// `fatale`, and `fatal` as the service writes.
    Fatal,
    /// Another word.
    Other,
}

impl InsiFault {
    /// Reads what a SOAP fault says of INSi.
    #[must_use]
    pub fn read(fault: &Fault) -> Self {
        let mut read = Self {
            code: fault.code.clone(),
            subcodes: fault
                .subcodes
                .iter()
                .map(|code| code.local.clone())
                .collect(),
            errors: Vec::new(),
            warnings: Vec::new(),
        };
        let detail = fault.detail.as_deref().map(str::as_bytes);
        if let Some(Ok(doc)) = detail.map(Document::parse) {
            let errors = doc.root_element().descendants();
            for node in errors.filter(|node| node.local_name() == "Erreur") {
                if node.namespace() != SIRAM {
                    read.warn(Warning::Namespace { element: "Erreur" });
                }
                let error = FaultError {
                    code: read.attribute(node, "code"),
                    severity: read.severity(node),
                    message_id: read.attribute(node, "messageID"),
                    text: node.string_value().trim().to_owned(),
                };
                read.errors.push(error);
            }
        }
        read
    }

    /// Whether a subcode or the code of an error is this one, in any case of letters: the service writes `desir_550`
    /// and `DESIR_560`.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        let errors = self.errors.iter().filter_map(|error| error.code.as_ref());
        let mut all = self.subcodes.iter().chain(errors);
        all.any(|own| own.eq_ignore_ascii_case(code))
    }

    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// An attribute under its name, else under the same letters in another case or with an accent less or more.
    fn attribute(&mut self, node: Node<'_>, name: &'static str) -> Option<String> {
        let exact = node.attribute(name);
        if exact.is_none() {
            let plain = |text: &str| segur_core::fold_accents(text);
            let mut all = node.attributes();
            let close = all.find(|other| plain(other.local_name()) == plain(name))?;
            self.warn(Warning::AttributeSpelling { expected: name });
            return Some(close.value().trim().to_owned());
        }
        exact.map(|value| value.trim().to_owned())
    }

    fn severity(&mut self, node: Node<'_>) -> Option<Severity> {
        let text = self.attribute(node, "severite")?;
        Some(match text.as_str() {
            "information" => Severity::Information,
            "avertissement" => Severity::Warning,
            "erreur" => Severity::Error,
            "fatale" => Severity::Fatal,
            other => {
                self.warn(Warning::SeveritySpelling);
                if other.eq_ignore_ascii_case("fatal") {
                    Severity::Fatal
                } else {
                    Severity::Other
                }
            }
        })
    }
}

impl fmt::Debug for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultError")
            .field("code", &self.code)
            .field("severity", &self.severity)
            .finish_non_exhaustive()
    }
}
