//! `rs:RegistryResponse`.

use std::fmt;

use segur_xml::{Node, XmlWriter};

use super::{ErrorCode, ResponseStatus, Severity};
use crate::ebrim::{Written, attribute_of, write_attribute};
use crate::error::{ReadError, WriteError};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::RS;
use crate::xml::{expect, parse, written};

/// What went wrong with one thing. `Debug` hides the texts: a registry may quote the patient in them.
#[derive(Clone, PartialEq, Eq)]
pub struct RegistryError {
    /// What.
    pub code: ErrorCode,
    /// Explanation of the server (`codeContext`).
    pub context: String,
    /// How grave it is; an error when the server does not say.
    pub severity: Severity,
    /// Where: often an id, or a place in the server's program.
    pub location: Option<String>,
}

impl fmt::Debug for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegistryError({} ***)", self.code)
    }
}

impl RegistryError {
    /// An error.
    pub fn new(code: ErrorCode, context: impl Into<String>) -> Self {
        Self {
            code,
            context: context.into(),
            severity: Severity::Error,
            location: None,
        }
    }
}

/// Whether a request was carried out: the answer of ITI-41, ITI-42 and ITI-57, part of the others.
///
/// ```
/// use segur_dmp_xds::response::{ErrorCode, RegistryResponse};
///
/// let xml = br#"<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
///   status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"><r:RegistryErrorList>
///   <r:RegistryError errorCode="XDSDuplicateUniqueIdInRegistry" codeContext="already there"/>
///   </r:RegistryErrorList></r:RegistryResponse>"#;
/// let answer = RegistryResponse::parse(xml)?.value;
/// assert!(!answer.is_success());
/// assert!(answer.has(&ErrorCode::DuplicateUniqueIdInRegistry));
/// # Ok::<(), segur_dmp_xds::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryResponse {
    /// Whether.
    pub status: ResponseStatus,
    /// Errors and warnings, in their order.
    pub errors: Vec<RegistryError>,
}

impl RegistryResponse {
    /// Carried out, nothing to say.
    pub fn success() -> Self {
        Self {
            status: ResponseStatus::Success,
            errors: Vec::new(),
        }
    }

    /// Not carried out.
    pub fn failure(errors: Vec<RegistryError>) -> Self {
        Self {
            status: ResponseStatus::Failure,
            errors,
        }
    }

    /// Carried out as a whole; warnings change nothing of that.
    pub fn is_success(&self) -> bool {
        self.status == ResponseStatus::Success
    }

    /// Carried out in part.
    pub fn is_partial(&self) -> bool {
        self.status == ResponseStatus::PartialSuccess
    }

    /// Whether one of the errors or warnings has this code.
    pub fn has(&self, code: &ErrorCode) -> bool {
        self.errors.iter().any(|error| error.code == *code)
    }

    /// The gravest severity, when there is an error or warning.
    pub fn highest_severity(&self) -> Option<&Severity> {
        let warning = |error: &&RegistryError| error.severity == Severity::Warning;
        let grave = self.errors.iter().find(|error| !warning(error));
        grave.or(self.errors.first()).map(|error| &error.severity)
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or has no status.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, RS, "RegistryResponse")?;
        let mut warnings = Warnings::default();
        let response = read_response(node, "RegistryResponse", &mut warnings)?;
        Ok(warnings.with(response))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        written(|w| write_response(w, self))
    }
}

/// The status and the errors of any answer of the registry.
pub(crate) fn read_response(
    node: Node<'_>,
    element: &'static str,
    warnings: &mut Warnings,
) -> Result<RegistryResponse, ReadError> {
    let status = attribute_of(node, "status").ok_or(ReadError::Missing {
        element,
        missing: "status",
    })?;
    let status = ResponseStatus::read(&status);
    if !status.is_known() {
        warnings.push(WarningKind::UnknownWord, "", "status");
    }
    let mut errors = Vec::new();
    let lists = node.children_named(RS, "RegistryErrorList");
    for one in lists.flat_map(|list| list.elements().collect::<Vec<_>>()) {
        if !one.is(RS, "RegistryError") {
            warnings.push(
                WarningKind::UnknownElement,
                "RegistryErrorList",
                one.local_name(),
            );
            continue;
        }
        let severity = attribute_of(one, "severity");
        // Some servers write the last word only.
        let severity = match severity.as_deref() {
            None | Some("Error") => Severity::Error,
            Some("Warning") => Severity::Warning,
            Some(word) => Severity::read(word),
        };
        let context = attribute_of(one, "codeContext").unwrap_or_default();
        errors.push(RegistryError {
            code: ErrorCode::read(&attribute_of(one, "errorCode").unwrap_or_default()),
            context: match context.is_empty() {
                true => one.string_value().trim().to_owned(),
                false => context,
            },
            severity,
            location: attribute_of(one, "location"),
        });
    }
    Ok(RegistryResponse { status, errors })
}

pub(crate) fn write_response(w: &mut XmlWriter, response: &RegistryResponse) -> Written {
    w.start("rs:RegistryResponse")?
        .attr("xmlns:rs", RS)?
        .attr("status", response.status.as_str())?;
    write_errors(w, response)?;
    w.end()?;
    Ok(())
}

/// The list of errors, when there are any; the prefix `rs` must be declared.
pub(crate) fn write_errors(w: &mut XmlWriter, response: &RegistryResponse) -> Written {
    let Some(highest) = response.highest_severity() else {
        return Ok(());
    };
    w.start("rs:RegistryErrorList")?
        .attr("highestSeverity", highest.as_str())?;
    for error in &response.errors {
        w.start("rs:RegistryError")?
            .attr("codeContext", &error.context)?
            .attr("errorCode", error.code.as_str())?
            .attr("severity", error.severity.as_str())?;
        write_attribute(w, "location", error.location.as_deref())?;
        w.end()?;
    }
    w.end()?;
    Ok(())
}
