//! The function library: one table of names, arities and result types.

mod boolean;
mod context;
mod date;
mod node;
mod number;
mod qname;
mod regex;
mod sequence;
mod string;

use super::error::XPathError;
use super::eval::{Cx, Focus};
use super::ir::{CallSite, Ir};
use super::value::Sequence;

pub(crate) use self::regex::regex_site;

/// What a function returns, as far as the compiler cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Returns {
    Boolean,
    Number,
    Text,
    Nodes,
    Unknown,
}

macro_rules! functions {
    ($($variant:ident $name:literal $min:literal..$max:literal $returns:ident;)*) => {
        /// A function that the engine has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Function { $($variant,)* }

        const TABLE: &[Entry] = &[
            $(Entry {
                function: Function::$variant,
                name: $name,
                min: $min,
                max: $max,
                returns: Returns::$returns,
            },)*
        ];
    };
}

struct Entry {
    function: Function,
    name: &'static str,
    min: usize,
    max: usize,
    returns: Returns,
}

functions! {
    Abs "abs" 1..1 Number;
    AdjustDateToTimezone "adjust-date-to-timezone" 1..2 Unknown;
    AdjustDateTimeToTimezone "adjust-dateTime-to-timezone" 1..2 Unknown;
    AdjustTimeToTimezone "adjust-time-to-timezone" 1..2 Unknown;
    Avg "avg" 1..1 Unknown;
    BaseUri "base-uri" 0..1 Text;
    Boolean "boolean" 1..1 Boolean;
    Ceiling "ceiling" 1..1 Number;
    CodepointEqual "codepoint-equal" 2..2 Boolean;
    CodepointsToString "codepoints-to-string" 1..1 Text;
    Compare "compare" 2..3 Number;
    Concat "concat" 2..1000 Text;
    Contains "contains" 2..3 Boolean;
    Count "count" 1..1 Number;
    Current "current" 0..0 Unknown;
    Data "data" 1..1 Unknown;
    DateTime "dateTime" 2..2 Unknown;
    DayFromDate "day-from-date" 1..1 Number;
    DayFromDateTime "day-from-dateTime" 1..1 Number;
    DaysFromDuration "days-from-duration" 1..1 Number;
    DeepEqual "deep-equal" 2..3 Boolean;
    DefaultCollation "default-collation" 0..0 Text;
    DistinctValues "distinct-values" 1..2 Unknown;
    Doc "doc" 1..1 Nodes;
    DocAvailable "doc-available" 1..1 Boolean;
    Document "document" 1..1 Nodes;
    DocumentUri "document-uri" 1..1 Text;
    Empty "empty" 1..1 Boolean;
    EncodeForUri "encode-for-uri" 1..1 Text;
    EndsWith "ends-with" 2..3 Boolean;
    Error "error" 0..3 Unknown;
    EscapeHtmlUri "escape-html-uri" 1..1 Text;
    ExactlyOne "exactly-one" 1..1 Unknown;
    Exists "exists" 1..1 Boolean;
    False "false" 0..0 Boolean;
    Floor "floor" 1..1 Number;
    GenerateId "generate-id" 0..1 Text;
    HoursFromDateTime "hours-from-dateTime" 1..1 Number;
    HoursFromDuration "hours-from-duration" 1..1 Number;
    HoursFromTime "hours-from-time" 1..1 Number;
    ImplicitTimezone "implicit-timezone" 0..0 Unknown;
    InScopePrefixes "in-scope-prefixes" 1..1 Text;
    IndexOf "index-of" 2..3 Number;
    InsertBefore "insert-before" 3..3 Unknown;
    IriToUri "iri-to-uri" 1..1 Text;
    Lang "lang" 1..2 Boolean;
    Last "last" 0..0 Number;
    LocalName "local-name" 0..1 Text;
    LocalNameFromQName "local-name-from-QName" 1..1 Text;
    LowerCase "lower-case" 1..1 Text;
    Matches "matches" 2..3 Boolean;
    Max "max" 1..2 Unknown;
    Min "min" 1..2 Unknown;
    MinutesFromDateTime "minutes-from-dateTime" 1..1 Number;
    MinutesFromDuration "minutes-from-duration" 1..1 Number;
    MinutesFromTime "minutes-from-time" 1..1 Number;
    MonthFromDate "month-from-date" 1..1 Number;
    MonthFromDateTime "month-from-dateTime" 1..1 Number;
    MonthsFromDuration "months-from-duration" 1..1 Number;
    Name "name" 0..1 Text;
    NamespaceUri "namespace-uri" 0..1 Text;
    NamespaceUriForPrefix "namespace-uri-for-prefix" 2..2 Text;
    NamespaceUriFromQName "namespace-uri-from-QName" 1..1 Text;
    Nilled "nilled" 1..1 Boolean;
    NodeName "node-name" 1..1 Unknown;
    NormalizeSpace "normalize-space" 0..1 Text;
    Not "not" 1..1 Boolean;
    Number "number" 0..1 Number;
    OneOrMore "one-or-more" 1..1 Unknown;
    Position "position" 0..0 Number;
    PrefixFromQName "prefix-from-QName" 1..1 Text;
    QName "QName" 2..2 Unknown;
    Remove "remove" 2..2 Unknown;
    Replace "replace" 3..4 Text;
    ResolveQName "resolve-QName" 2..2 Unknown;
    Reverse "reverse" 1..1 Unknown;
    Root "root" 0..1 Nodes;
    Round "round" 1..1 Number;
    RoundHalfToEven "round-half-to-even" 1..2 Number;
    SecondsFromDateTime "seconds-from-dateTime" 1..1 Number;
    SecondsFromDuration "seconds-from-duration" 1..1 Number;
    SecondsFromTime "seconds-from-time" 1..1 Number;
    StartsWith "starts-with" 2..3 Boolean;
    StaticBaseUri "static-base-uri" 0..0 Text;
    String "string" 0..1 Text;
    StringJoin "string-join" 2..2 Text;
    StringLength "string-length" 0..1 Number;
    StringToCodepoints "string-to-codepoints" 1..1 Number;
    Subsequence "subsequence" 2..3 Unknown;
    Substring "substring" 2..3 Text;
    SubstringAfter "substring-after" 2..3 Text;
    SubstringBefore "substring-before" 2..3 Text;
    Sum "sum" 1..2 Unknown;
    TimezoneFromDate "timezone-from-date" 1..1 Unknown;
    TimezoneFromDateTime "timezone-from-dateTime" 1..1 Unknown;
    TimezoneFromTime "timezone-from-time" 1..1 Unknown;
    Tokenize "tokenize" 2..3 Text;
    Trace "trace" 2..2 Unknown;
    Translate "translate" 3..3 Text;
    True "true" 0..0 Boolean;
    Unordered "unordered" 1..1 Unknown;
    UpperCase "upper-case" 1..1 Text;
    YearFromDate "year-from-date" 1..1 Number;
    YearFromDateTime "year-from-dateTime" 1..1 Number;
    YearsFromDuration "years-from-duration" 1..1 Number;
    ZeroOrOne "zero-or-one" 1..1 Unknown;
}

impl Function {
    /// By name and number of arguments.
    pub(crate) fn find(name: &str, arity: usize) -> Result<Self, XPathError> {
        let Ok(at) = TABLE.binary_search_by(|e| order(e.name, name)) else {
            return Err(XPathError::new(
                "XPST0017",
                format!("fonction « {name} » inconnue, ou que ce moteur n'a pas"),
                format!("function `{name}` unknown, or not in this engine"),
            ));
        };
        match TABLE.get(at) {
            Some(entry) if (entry.min..=entry.max).contains(&arity) => Ok(entry.function),
            _ => Err(XPathError::new(
                "XPST0017",
                format!("la fonction « {name} » n'existe pas avec {arity} arguments"),
                format!("function `{name}` does not exist with {arity} arguments"),
            )),
        }
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLE.get(self as usize)
    }

    pub(crate) fn name(self) -> &'static str {
        self.entry().map_or("", |e| e.name)
    }

    pub(crate) fn returns(self) -> Returns {
        self.entry().map_or(Returns::Unknown, |e| e.returns)
    }

    /// Whether the function reads the context item when it is given no argument, or `lang`.
    pub(crate) fn reads_context(self, arity: usize) -> bool {
        match self {
            Self::BaseUri
            | Self::GenerateId
            | Self::LocalName
            | Self::Name
            | Self::NamespaceUri
            | Self::NormalizeSpace
            | Self::Number
            | Self::Root
            | Self::String
            | Self::StringLength => arity == 0,
            Self::Lang => arity == 1,
            _ => false,
        }
    }
}

/// Order of the table: without regard to case, as `DateTime` and `QName` stand in it.
fn order(a: &str, b: &str) -> std::cmp::Ordering {
    let lower = |b: u8| b.to_ascii_lowercase();
    a.bytes()
        .map(lower)
        .cmp(b.bytes().map(lower))
        .then_with(|| a.cmp(b))
}

/// Evaluates a call.
pub(crate) fn call<'d>(
    function: Function,
    args: &[Ir],
    site: &CallSite,
    cx: &Cx<'_, 'd>,
    focus: &Focus<'d>,
) -> Result<Sequence<'d>, XPathError> {
    let call = Call {
        function,
        args,
        site,
        cx,
        focus,
    };
    call.run().map_err(|e| e.at(site.at))
}

/// A call under way.
pub(crate) struct Call<'c, 'r, 'd> {
    pub(super) function: Function,
    pub(super) args: &'c [Ir],
    pub(super) site: &'c CallSite,
    pub(super) cx: &'c Cx<'r, 'd>,
    pub(super) focus: &'c Focus<'d>,
}

impl<'d> Call<'_, '_, 'd> {
    fn run(&self) -> Result<Sequence<'d>, XPathError> {
        use Function as F;
        match self.function {
            F::Boolean | F::False | F::Lang | F::Not | F::True | F::Nilled => self.boolean(),
            F::BaseUri
            | F::Current
            | F::DefaultCollation
            | F::Doc
            | F::DocAvailable
            | F::Document
            | F::DocumentUri
            | F::Error
            | F::ImplicitTimezone
            | F::Last
            | F::Position
            | F::StaticBaseUri
            | F::Trace => self.context(),
            F::Data
            | F::GenerateId
            | F::LocalName
            | F::Name
            | F::NamespaceUri
            | F::NodeName
            | F::Root => self.node(),
            F::Abs
            | F::Avg
            | F::Ceiling
            | F::Floor
            | F::Max
            | F::Min
            | F::Number
            | F::Round
            | F::RoundHalfToEven
            | F::Sum => self.number(),
            F::InScopePrefixes
            | F::LocalNameFromQName
            | F::NamespaceUriForPrefix
            | F::NamespaceUriFromQName
            | F::PrefixFromQName
            | F::QName
            | F::ResolveQName => self.qname(),
            F::Matches | F::Replace | F::Tokenize => self.regex(),
            F::Count
            | F::DeepEqual
            | F::DistinctValues
            | F::Empty
            | F::ExactlyOne
            | F::Exists
            | F::IndexOf
            | F::InsertBefore
            | F::OneOrMore
            | F::Remove
            | F::Reverse
            | F::Subsequence
            | F::Unordered
            | F::ZeroOrOne => self.sequence(),
            F::CodepointEqual
            | F::CodepointsToString
            | F::Compare
            | F::Concat
            | F::Contains
            | F::EncodeForUri
            | F::EndsWith
            | F::EscapeHtmlUri
            | F::IriToUri
            | F::LowerCase
            | F::NormalizeSpace
            | F::StartsWith
            | F::String
            | F::StringJoin
            | F::StringLength
            | F::StringToCodepoints
            | F::Substring
            | F::SubstringAfter
            | F::SubstringBefore
            | F::Translate
            | F::UpperCase => self.string(),
            _ => self.date(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_indexed_by_variant() {
        for pair in TABLE.windows(2) {
            assert!(
                order(pair[0].name, pair[1].name).is_lt(),
                "{} {}",
                pair[0].name,
                pair[1].name
            );
        }
        for entry in TABLE {
            assert_eq!(entry.function.name(), entry.name);
            assert_eq!(
                Function::find(entry.name, entry.min).unwrap(),
                entry.function
            );
        }
        assert_eq!(Function::find("key", 2).unwrap_err().code, "XPST0017");
        assert_eq!(Function::find("not", 2).unwrap_err().code, "XPST0017");
    }
}
