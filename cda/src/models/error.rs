//! Why a struct and a document do not make each other.

/// A field that cannot be written, or that a document does not give.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A mandatory field is empty, or the document does not give it.
    #[error("{field} is missing: the model makes it mandatory")]
    Missing {
        /// The field, by its name in the struct.
        field: &'static str,
    },
    /// A field is out of its range.
    #[error("{field} is out of range: expected {expected}")]
    Range {
        /// The field, by its name in the struct.
        field: &'static str,
        /// What is accepted.
        expected: &'static str,
    },
    /// A field has the wrong form.
    #[error("{field} has the wrong form: expected {expected}")]
    Form {
        /// The field, by its name in the struct.
        field: &'static str,
        /// What is accepted.
        expected: &'static str,
    },
    /// Two dates contradict each other.
    #[error("{later} is before {earlier}")]
    Order {
        /// The field that must not be later.
        earlier: &'static str,
        /// The field that must not be earlier.
        later: &'static str,
    },
    /// The document is of another model.
    #[error("the document does not claim to follow {model} (template {template})")]
    OtherModel {
        /// The model asked for.
        model: &'static str,
        /// Its template.
        template: &'static str,
    },
}

impl ModelError {
    /// The field at fault, by its name in the struct; the later one of two.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field } | Self::Range { field, .. } | Self::Form { field, .. } => {
                Some(field)
            }
            Self::Order { later, .. } => Some(later),
            Self::OtherModel { .. } => None,
        }
    }
}

/// The value, or the name of the field that is missing.
pub(super) fn need<T>(value: Option<T>, field: &'static str) -> Result<T, ModelError> {
    value.ok_or(ModelError::Missing { field })
}

/// The text, when it is not blank.
pub(super) fn need_text(text: &str, field: &'static str) -> Result<(), ModelError> {
    if text.trim().is_empty() {
        Err(ModelError::Missing { field })
    } else {
        Ok(())
    }
}
