//! The parts of XML Schema 1.0 that the CDA schemas use, as plain data.

use std::collections::BTreeMap;
use std::fmt;

/// A name with its namespace; an empty namespace means none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct QName {
    pub(crate) ns: String,
    pub(crate) local: String,
}

impl QName {
    pub(crate) fn new(ns: impl Into<String>, local: impl Into<String>) -> Self {
        Self {
            ns: ns.into(),
            local: local.into(),
        }
    }

    /// Names of anonymous types start with a character that no XML name may hold.
    pub(crate) fn is_anonymous(&self) -> bool {
        self.local.starts_with('@')
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}}}{}", self.ns, self.local)
    }
}

/// How often a particle may come; `max` absent: without bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurs {
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Particle {
    pub(crate) occurs: Occurs,
    pub(crate) term: Term,
}

#[derive(Clone, Debug)]
pub(crate) enum Term {
    Element(Element),
    /// Any element of a namespace that is neither this one nor none; its content is not looked at.
    AnyOther {
        target: String,
    },
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    Group(QName),
}

#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: QName,
    /// `None` for a reference, filled from the global declaration.
    pub(crate) ty: Option<QName>,
    pub(crate) nillable: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: QName,
    pub(crate) ty: Option<QName>,
    pub(crate) required: bool,
    pub(crate) prohibited: bool,
    pub(crate) fixed: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Derivation {
    None,
    Restriction(QName),
    Extension(QName),
}

#[derive(Clone, Debug)]
pub(crate) struct ComplexType {
    pub(crate) derivation: Derivation,
    pub(crate) is_abstract: bool,
    pub(crate) mixed: bool,
    pub(crate) particle: Option<Particle>,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Clone, Debug)]
pub(crate) enum SimpleType {
    Restriction { base: QName, facets: Facets },
    List { item: QName },
    Union { members: Vec<QName> },
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Facets {
    pub(crate) enumeration: Vec<String>,
    pub(crate) patterns: Vec<String>,
    pub(crate) min_length: Option<u32>,
    pub(crate) min_inclusive: Option<String>,
    pub(crate) max_inclusive: Option<String>,
}

/// Everything that the schema folder declares.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    pub(crate) complex: BTreeMap<QName, ComplexType>,
    pub(crate) simple: BTreeMap<QName, SimpleType>,
    pub(crate) groups: BTreeMap<QName, Particle>,
    pub(crate) elements: BTreeMap<QName, Element>,
    pub(crate) attributes: BTreeMap<QName, Attribute>,
}
