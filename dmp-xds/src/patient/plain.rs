//! The plain messages of the DMP (TD0.3, TD0.4, TD1.6): elements with texts, and the status of their answers.

use std::fmt;

use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::{DmpCode, Refusal};
use crate::ebrim::Written;
use crate::error::ReadError;
use crate::metadata::Dtm;
use crate::reading::{WarningKind, Warnings};
use crate::xml::{child, child_text};

/// How an answer of these services ends. `Debug` hides the text.
///
/// Source: `WebServiceResponse` in `Habilitations.wsdl` of the DMP vendor kit.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ServiceStatus {
    /// `status`.
    pub code: DmpCode,
    /// `context`: the service's words. With `DMPOk`, too: that nothing had to be done, for one.
    pub context: Option<String>,
}

impl Default for ServiceStatus {
    /// Done, without a word.
    fn default() -> Self {
        Self {
            code: DmpCode::Ok,
            context: None,
        }
    }
}

impl fmt::Debug for ServiceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceStatus")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl ServiceStatus {
    /// Whether it was done.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.code == DmpCode::Ok
    }

    /// The refusal, when it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        (!self.is_ok()).then(|| Refusal {
            code: self.code.clone(),
            text: self.context.clone(),
        })
    }

    pub(super) fn check(&self, check: &mut Check) {
        check.text("status", self.code.as_str());
        if let Some(context) = &self.context {
            check.text("context", context);
        }
    }

    pub(super) fn read(output: Node<'_>, namespace: &'static str, warnings: &mut Warnings) -> Self {
        let code = child_text(output, namespace, "status");
        if code.is_none() {
            warnings.push(WarningKind::MissingField, "", "status");
        }
        Self {
            // Without status nothing is known to be done.
            code: DmpCode::read(&code.unwrap_or_default()),
            context: child_text(output, namespace, "context"),
        }
    }

    pub(super) fn write(&self, w: &mut XmlWriter) -> Written {
        leaf(w, "status", self.code.as_str())?;
        option(w, "context", self.context.as_deref())
    }
}

/// The `output` of an answer.
pub(super) fn output<'a>(
    node: Node<'a>,
    namespace: &'static str,
    answer: &'static str,
) -> Result<Node<'a>, ReadError> {
    child(node, namespace, answer, "output")
}

/// Warns of children that have another name.
pub(super) fn known(node: Node<'_>, namespace: &str, names: &[&str], warnings: &mut Warnings) {
    for child in node.elements() {
        if child.namespace() != namespace || !names.contains(&child.local_name()) {
            let name: String = child.local_name().chars().take(60).collect();
            warnings.push(WarningKind::UnknownElement, "", name);
        }
    }
}

pub(super) fn time(
    node: Node<'_>,
    namespace: &str,
    name: &'static str,
    warnings: &mut Warnings,
) -> Option<Dtm> {
    let text = child_text(node, namespace, name)?;
    let read = Dtm::parse(&text).ok();
    if read.is_none() {
        warnings.push(WarningKind::UnreadableTime, "", name);
    }
    read
}

pub(super) fn flag(
    node: Node<'_>,
    namespace: &str,
    name: &'static str,
    warnings: &mut Warnings,
) -> Option<bool> {
    let text = child_text(node, namespace, name)?;
    let read = boolean(&text);
    if read.is_none() {
        warnings.push(WarningKind::UnknownWord, "", name);
    }
    read
}

/// A boolean of XML Schema, which is that of HL7 v3, too.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

pub(super) fn leaf(w: &mut XmlWriter, name: &str, text: &str) -> Written {
    w.start(name)?.text(text)?.end()?;
    Ok(())
}

pub(super) fn option(w: &mut XmlWriter, name: &str, text: Option<&str>) -> Written {
    match text {
        Some(text) => leaf(w, name, text),
        None => Ok(()),
    }
}
