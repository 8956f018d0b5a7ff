//! What a tolerant reader passed over.

use std::fmt;

/// A value read, and what was passed over to read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// What was not as it should be; empty when everything was. At most 1,000.
    pub warnings: Vec<Warning>,
    /// Warnings that are not listed because there were more.
    pub unlisted: usize,
}

/// How many warnings of one reading are listed: a hostile message could ask for millions.
const CAP: usize = 1_000;

impl<T> Reading<T> {
    /// The same warnings with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        Reading {
            value: change(self.value),
            warnings: self.warnings,
            unlisted: self.unlisted,
        }
    }

    /// Whether there is a warning of this kind.
    pub fn warns(&self, kind: WarningKind) -> bool {
        self.warnings.iter().any(|warning| warning.kind == kind)
    }
}

/// One thing that was not as it should be, and was tolerated. Never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// The `id` of the object, as written; empty outside objects.
    pub object: String,
    /// The slot, classification, element or attribute.
    pub field: String,
}

/// What a reader tolerates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WarningKind {
    /// Children of an object not in the order of the schema.
    UnexpectedOrder,
    /// An element that has no place there; passed over.
    UnknownElement,
    /// A second element where one is allowed; the first one is kept.
    RepeatedElement,
    /// A slot that stands twice; the values are joined.
    RepeatedSlot,
    /// Several values where one is allowed; the first one is kept.
    SeveralValues,
    /// A slot that XDS does not define for this object; kept.
    UnknownSlot,
    /// A classification that XDS does not define for this object; kept.
    UnknownClassification,
    /// An external identifier that XDS does not define for this object; kept.
    UnknownIdentifier,
    /// A classification or identifier that does not name the object it stands in; rim.xsd requires it, the DMP's own
    /// messages lack it.
    MissingOwner,
    /// A classification or identifier that names another object than the one it stands in.
    OtherOwner,
    /// A package that is declared neither a submission set nor a folder.
    UnknownPackage,
    /// A field that the standard requires and that is not there (hash and size of on-demand entries, for one).
    MissingField,
    /// A time that is not `YYYY[MM[DD[hh[mm[ss]]]]]`; the slot is kept.
    UnreadableTime,
    /// A number that is none; the slot is kept.
    UnreadableNumber,
    /// A line of sourcePatientInfo without `PID-n|`; kept.
    UnreadablePatientInfo,
    /// A date of birth (PID-7) that is not `YYYY[MM[DD…]]`, as `1950-10-07`; kept.
    UnreadableBirthDate,
    /// A code without code system.
    MissingScheme,
    /// A code in another code system than the one expected; the code is taken.
    OtherCodeSystem,
    /// A hash that is not 40 hexadecimal digits; kept.
    UnreadableHash,
    /// A word of a fixed list that is not on it; kept.
    UnknownWord,
    /// A document part whose id differs from the entry's in its case only.
    IdCase,
    /// A document part without entry, or an entry without document part.
    UnmatchedDocument,
    /// A parameter that the stored query does not have; passed over.
    UnknownParameter,
    /// A query value whose quotes or parentheses are not as they should be.
    LooseQuoting,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            WarningKind::UnexpectedOrder => "not in the order of the schema",
            WarningKind::UnknownElement => "passed over, it has no place there",
            WarningKind::RepeatedElement => "repeated; the first one is kept",
            WarningKind::RepeatedSlot => "repeated slot; its values are joined",
            WarningKind::SeveralValues => "several values where one is allowed",
            WarningKind::UnknownSlot => "not a slot of this object; kept",
            WarningKind::UnknownClassification => "not a classification of this object; kept",
            WarningKind::UnknownIdentifier => "not an identifier of this object; kept",
            WarningKind::MissingOwner => "does not name the object it stands in",
            WarningKind::OtherOwner => "names another object than the one it stands in",
            WarningKind::UnknownPackage => "declared neither a submission set nor a folder",
            WarningKind::MissingField => "missing",
            WarningKind::UnreadableTime => "not a time as YYYYMMDDhhmmss",
            WarningKind::UnreadableNumber => "not a number",
            WarningKind::UnreadablePatientInfo => "a line without PID-n|",
            WarningKind::UnreadableBirthDate => "not a date as YYYYMMDD",
            WarningKind::MissingScheme => "a code without code system",
            WarningKind::OtherCodeSystem => "another code system than the one expected",
            WarningKind::UnreadableHash => "not 40 hexadecimal digits",
            WarningKind::UnknownWord => "not one of the words expected",
            WarningKind::IdCase => "the id differs from the entry's in its case",
            WarningKind::UnmatchedDocument => "document and entry do not belong together",
            WarningKind::UnknownParameter => "not a parameter of this query; passed over",
            WarningKind::LooseQuoting => "quotes or parentheses missing",
        };
        if !self.object.is_empty() {
            write!(f, "{}: ", self.object)?;
        }
        write!(f, "{}: {what}", self.field)
    }
}

/// Where readers put their warnings.
#[derive(Default)]
pub(crate) struct Warnings {
    listed: Vec<Warning>,
    unlisted: usize,
}

impl Warnings {
    pub(crate) fn push(&mut self, kind: WarningKind, object: &str, field: impl Into<String>) {
        if self.listed.len() >= CAP {
            self.unlisted += 1;
            return;
        }
        self.listed.push(Warning {
            kind,
            object: object.to_owned(),
            field: field.into(),
        });
    }

    pub(crate) fn with<T>(self, value: T) -> Reading<T> {
        Reading {
            value,
            warnings: self.listed,
            unlisted: self.unlisted,
        }
    }

    pub(crate) fn take<T>(&mut self, reading: Reading<T>) -> T {
        self.unlisted += reading.unlisted;
        for warning in reading.warnings {
            if self.listed.len() < CAP {
                self.listed.push(warning);
            } else {
                self.unlisted += 1;
            }
        }
        reading.value
    }
}
