//! The vocabulary of the header tables: what one row can say.

use super::datatype::DataType;
use super::names::Key;
use super::special::Special;

/// Namespace of an element named by the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ns {
    /// `urn:hl7-org:v3`
    Hl7,
    /// `urn:hl7-org:sdtc`
    Sdtc,
    /// `urn:oid:1.3.6.1.4.1.19376.1.3.2` (laboratory)
    Lab,
    /// `urn:dicom-org:ps3-20`
    Dicom,
}

impl Ns {
    pub(super) const fn uri(self) -> &'static str {
        match self {
            Self::Hl7 => "urn:hl7-org:v3",
            Self::Sdtc => "urn:hl7-org:sdtc",
            Self::Lab => "urn:oid:1.3.6.1.4.1.19376.1.3.2",
            Self::Dicom => "urn:dicom-org:ps3-20",
        }
    }
}

/// A name of the CDA namespace, with its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) key: Key,
    pub(super) text: &'static str,
}

/// A name of the CDA namespace.
pub(super) const fn name(text: &'static str) -> Name {
    Name {
        key: Key::of(Ns::Hl7, text),
        text,
    }
}

/// A condition that selects some of the elements of one name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cond {
    /// No `nullFlavor`.
    NotNull,
    /// Has a child of this name.
    Has(Name),
    /// Has no child of this name.
    Without(Name),
    /// Has this attribute, even empty.
    HasAttr(&'static str),
    /// This attribute has this value.
    Attr(&'static str, &'static str),
    /// This attribute has this value, or there is a `nullFlavor`.
    AttrOrNull(&'static str, &'static str),
    /// This attribute is absent or has none of these values.
    AttrNot(&'static str, &'static [&'static str]),
    /// Has a child of this name for which the condition holds.
    Child(Name, &'static Cond),
    /// The pair of `code` and `codeSystem` is in this value set.
    InValueSet(&'static str),
}

/// What an attribute must look like when it is there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Syntax {
    /// Anything.
    Any,
    /// Not empty.
    Text,
    /// Not empty, without white space.
    Token,
    /// OID, UUID or reserved HL7 identifier.
    Uid,
    /// OID.
    Oid,
    /// Begins with at least four digits.
    Time,
    /// Language and country, `fr-FR`.
    Language,
    /// Whole number.
    Integer,
    /// One of these values.
    OneOf(&'static [&'static str]),
}

/// How many times a child may appear.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) key: Key,
    pub(super) name: &'static str,
    pub(super) when: &'static [Cond],
    pub(super) min: usize,
    pub(super) max: usize,
}

/// What a rule asks of the element it is attached to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Test {
    /// Number of children of one name.
    Count(Count),
    /// Number of children of either name, together.
    Choice {
        names: &'static [&'static str],
        min: usize,
        max: usize,
    },
    /// Each of these children at most once.
    EachOnce(&'static [&'static str]),
    /// Presence and form of an attribute.
    Attr {
        name: &'static str,
        required: bool,
        syntax: Syntax,
    },
    /// Each word of the attribute is a code of the value set.
    ValueSet {
        attr: &'static str,
        oid: &'static str,
    },
    /// No element inside.
    NoChild,
    /// What a table cannot say.
    Special(Special),
}

/// One row: a rule with its stable id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) test: Test,
}

/// One element of the header and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) key: Key,
    pub(super) name: &'static str,
    pub(super) when: &'static [Cond],
    pub(super) datatype: Option<DataType>,
    pub(super) rules: &'static [Rule],
    /// Children that are known, in groups so that fragments can be shared; the first that matches wins.
    pub(super) children: &'static [&'static [Element]],
    /// Official item that the rules of this element and of those below come from.
    pub(super) item: Option<&'static str>,
}

/// An element of the CDA namespace.
pub(super) const fn el(name: &'static str) -> Element {
    Element {
        key: Key::of(Ns::Hl7, name),
        name,
        when: &[],
        datatype: None,
        rules: &[],
        children: &[],
        item: None,
    }
}

impl Element {
    pub(super) const fn ns(mut self, ns: Ns) -> Self {
        self.key = Key::of(ns, self.name);
        self
    }
    pub(super) const fn when(mut self, when: &'static [Cond]) -> Self {
        self.when = when;
        self
    }
    pub(super) const fn datatype(mut self, datatype: DataType) -> Self {
        self.datatype = Some(datatype);
        self
    }
    pub(super) const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }
    pub(super) const fn children(mut self, children: &'static [&'static [Element]]) -> Self {
        self.children = children;
        self
    }
    pub(super) const fn item(mut self, item: &'static str) -> Self {
        self.item = Some(item);
        self
    }
}

/// No upper bound.
pub(super) const MANY: usize = usize::MAX;

/// `min..=max` children of this name for which the conditions hold.
pub(super) const fn count(
    id: &'static str,
    name: &'static str,
    when: &'static [Cond],
    min: usize,
    max: usize,
) -> Rule {
    Rule {
        id,
        test: Test::Count(Count {
            key: Key::of(Ns::Hl7, name),
            name,
            when,
            min,
            max,
        }),
    }
}

/// Exactly one.
pub(super) const fn one(id: &'static str, name: &'static str, when: &'static [Cond]) -> Rule {
    count(id, name, when, 1, 1)
}

/// At most one.
pub(super) const fn opt(id: &'static str, name: &'static str) -> Rule {
    count(id, name, &[], 0, 1)
}

/// At most one, of another namespace.
pub(super) const fn opt_ns(id: &'static str, ns: Ns, name: &'static str) -> Rule {
    Rule {
        id,
        test: Test::Count(Count {
            key: Key::of(ns, name),
            name,
            when: &[],
            min: 0,
            max: 1,
        }),
    }
}

/// At least one.
pub(super) const fn some(id: &'static str, name: &'static str, when: &'static [Cond]) -> Rule {
    count(id, name, when, 1, MANY)
}

/// The attribute must be there, in this form.
pub(super) const fn must(id: &'static str, name: &'static str, syntax: Syntax) -> Rule {
    Rule {
        id,
        test: Test::Attr {
            name,
            required: true,
            syntax,
        },
    }
}

/// The attribute may be absent; if there, in this form.
pub(super) const fn may(id: &'static str, name: &'static str, syntax: Syntax) -> Rule {
    Rule {
        id,
        test: Test::Attr {
            name,
            required: false,
            syntax,
        },
    }
}

/// The words of the attribute are codes of this value set.
pub(super) const fn in_set(id: &'static str, attr: &'static str, oid: &'static str) -> Rule {
    Rule {
        id,
        test: Test::ValueSet { attr, oid },
    }
}

/// A choice between children.
pub(super) const fn choice(
    id: &'static str,
    names: &'static [&'static str],
    min: usize,
    max: usize,
) -> Rule {
    Rule {
        id,
        test: Test::Choice { names, min, max },
    }
}

/// A rule written by hand.
pub(super) const fn special(id: &'static str, special: Special) -> Rule {
    Rule {
        id,
        test: Test::Special(special),
    }
}

/// No child element.
pub(super) const fn no_child(id: &'static str) -> Rule {
    Rule {
        id,
        test: Test::NoChild,
    }
}
