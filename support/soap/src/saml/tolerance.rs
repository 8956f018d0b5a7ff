//! What an assertion does otherwise than its schema, and that is read all the same.

use segur_xml::Position;

/// One departure from the schema that was read over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerance {
    /// What it is.
    pub kind: ToleranceKind,
    /// The element concerned, cut at 120 characters.
    pub element: String,
    /// Where it begins.
    pub position: Position,
}

/// Kinds of departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ToleranceKind {
    /// `@Version` is missing; 2.0 is understood.
    NoVersion,
    /// `@ID` is no XML name: it begins with a digit, for instance.
    IdIsNoName,
    /// A time is not in UTC, or no time at all: it is kept as it is, see [`super::SamlTime::is_utc`].
    TimeNotUtc,
    /// White space around a value, which was cut off.
    WhiteSpace,
    /// An element stands after one that it should stand before.
    Order,
    /// An element, or text beside elements, that this reader does not know or keep: it was skipped.
    Skipped,
    /// Several attribute statements, read as one.
    SeveralStatements,
    /// An attribute without a name.
    NoName,
    /// text beside elements in an attribute value: the text was skipped.
    MixedValue,
}

impl std::fmt::Display for ToleranceKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoVersion => "no Version, read as 2.0",
            Self::IdIsNoName => "the ID is no XML name",
            Self::TimeNotUtc => "a time is not in UTC",
            Self::WhiteSpace => "white space around a value was cut off",
            Self::Order => "not in the order of the schema",
            Self::Skipped => "not known, skipped",
            Self::SeveralStatements => "several attribute statements, read as one",
            Self::NoName => "an attribute without a name",
            Self::MixedValue => "text beside elements in a value, skipped",
        })
    }
}
