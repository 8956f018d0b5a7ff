//! What is wrong with metadata that are to be written.

use std::fmt;

/// One thing that is wrong. Never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The `id` of the object, as in the message.
    pub object: String,
    /// The field, as IHE names it.
    pub field: &'static str,
    /// What is wrong.
    pub fault: Fault,
    /// What is expected there.
    pub expected: &'static str,
}

/// How a field is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It has not the form expected.
    Form,
    /// It is too long.
    TooLong {
        /// The number of characters that it may have.
        max: usize,
        /// The number of characters that it has.
        got: usize,
    },
    /// It stands more often than it may.
    Repeated,
    /// It contradicts another field or object.
    Conflict,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ", self.object, self.field)?;
        match self.fault {
            Fault::Missing => write!(f, "is missing ({})", self.expected),
            Fault::Form => write!(f, "has not the form expected ({})", self.expected),
            Fault::TooLong { max, got } => {
                write!(f, "has {got} characters, {max} at most ({})", self.expected)
            }
            Fault::Repeated => write!(f, "is repeated ({})", self.expected),
            Fault::Conflict => write!(f, "contradicts another field ({})", self.expected),
        }
    }
}
