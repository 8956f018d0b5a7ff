//! One thing a check found.

use std::borrow::Cow;

use super::found::Found;
use super::location::Location;
use super::message::Message;
use super::severity::Severity;

/// One thing a check found: which rule, how grave, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Finding {
    /// Stable id of the rule, as `segur explain` takes it.
    pub rule: Cow<'static, str>,
    /// How grave it is.
    pub severity: Severity,
    /// Where; `None` when it concerns the whole input.
    pub location: Option<Location>,
    /// What is wrong. Quotes no personal value.
    pub message: Message,
    /// What the rule asks for.
    pub expected: Option<Cow<'static, str>>,
    /// What stands there.
    pub found: Option<Found>,
    /// Document, version and section that the rule comes from.
    pub source: Option<Cow<'static, str>>,
    /// What to change.
    pub remedy: Option<Message>,
    /// Id of the Schematron pattern, for a rule that comes from one.
    pub pattern: Option<Cow<'static, str>>,
    /// Name of the Schematron file or XML schema, for a rule that comes from one.
    pub schema: Option<Cow<'static, str>>,
}

impl Finding {
    /// A finding with its three mandatory parts.
    pub fn new(rule: impl Into<Cow<'static, str>>, severity: Severity, message: Message) -> Self {
        Finding {
            rule: rule.into(),
            severity,
            location: None,
            message,
            expected: None,
            found: None,
            source: None,
            remedy: None,
            pattern: None,
            schema: None,
        }
    }

    /// Says where.
    #[must_use]
    pub fn with_location(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Says what the rule asks for.
    #[must_use]
    pub fn with_expected(mut self, expected: impl Into<Cow<'static, str>>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn with_found(mut self, found: Found) -> Self {
        self.found = Some(found);
        self
    }

    /// Cites the source of the rule.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Cow<'static, str>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Says what to change.
    #[must_use]
    pub fn with_remedy(mut self, remedy: Message) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Names the Schematron pattern.
    #[must_use]
    pub fn with_pattern(mut self, pattern: impl Into<Cow<'static, str>>) -> Self {
        self.pattern = Some(pattern.into());
        self
    }

    /// Names the Schematron file or XML schema.
    #[must_use]
    pub fn with_schema(mut self, schema: impl Into<Cow<'static, str>>) -> Self {
        self.schema = Some(schema.into());
        self
    }
}
