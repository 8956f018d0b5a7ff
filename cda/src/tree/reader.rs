//! What reading tells beside the value it gives.

use segur_core::{Finding, Found, Location, Message, Severity};
use segur_xml::{Attribute, Node, NodeId};

use super::tag::{HL7, XSI};

/// How many tolerances and how many unknown parts are told of one reading; more are only counted.
const REPORT_CAP: usize = 1_000;

/// How deep elements may nest below the one that is read.
///
/// The published examples nest at most 20 deep; what lies deeper is kept in the tree and told as
/// [`ToleranceKind::TooDeep`].
const DEPTH_CAP: u32 = 48;

/// A value read, with what was tolerated on the way and what was not understood.
///
/// Reading never validates: a value that is absent stays absent. It never guesses either: whatever
/// was read otherwise than it stands is one of `tolerances`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Faults that reading passed over, in document order.
    pub tolerances: Vec<Tolerance>,
    /// Elements and attributes that the type has no place for. They stay in the tree, and an update
    /// of the tree keeps them byte for byte (requirement SC.CDA/INT.16).
    pub unknown: Vec<Unknown>,
    /// Tolerances and unknown parts that were not listed because there were more than 1,000.
    pub unlisted: usize,
}

/// A fault in a document that reading passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tolerance {
    /// What was wrong.
    pub kind: ToleranceKind,
    /// Where: path, line and column.
    pub location: Location,
    /// What stood there; it may say something of a person and is masked when printed.
    pub found: Option<Found>,
    /// What was expected, where that can be said in few words.
    pub expected: Option<&'static str>,
}

/// The kinds of faults that reading passes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ToleranceKind {
    /// An attribute whose value is not of its type; the field was left empty.
    InvalidAttribute,
    /// A code outside the set of the standard; it was kept as read.
    UnknownCode,
    /// An attribute that the standard fixes has another value; it was not taken over.
    FixedAttribute,
    /// An element that may stand once stands again; the first one was taken.
    Repeated,
    /// An element that must be there is not; the field holds the empty value.
    Missing,
    /// An element stands before one that should follow it; it was taken.
    Order,
    /// Text where none is foreseen; it was not taken over.
    UnexpectedText,
    /// `xsi:type` names another type than the place calls for, or none where one is needed.
    Type,
    /// Elements nest deeper than is read; the inner ones were not taken over.
    TooDeep,
}

impl ToleranceKind {
    /// The stable identifier of the kind, as in `read/order`.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::InvalidAttribute => "read/invalid-attribute",
            Self::UnknownCode => "read/unknown-code",
            Self::FixedAttribute => "read/fixed-attribute",
            Self::Repeated => "read/repeated",
            Self::Missing => "read/missing",
            Self::Order => "read/order",
            Self::UnexpectedText => "read/unexpected-text",
            Self::Type => "read/type",
            Self::TooDeep => "read/too-deep",
        }
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidAttribute => (
                "La valeur de l'attribut n'est pas de son type : elle n'a pas été reprise.",
                "The attribute's value is not of its type: it was not taken over.",
            ),
            Self::UnknownCode => (
                "Le code n'est pas de la liste fermée du standard : il a été gardé tel quel.",
                "The code is not in the closed list of the standard: it was kept as it is.",
            ),
            Self::FixedAttribute => (
                "Le standard fixe cet attribut à une autre valeur : elle n'a pas été reprise.",
                "The standard fixes this attribute to another value: it was not taken over.",
            ),
            Self::Repeated => (
                "L'élément est répété alors qu'il est unique : le premier a été repris.",
                "The element is repeated although it may stand once: the first one was taken.",
            ),
            Self::Missing => (
                "Un élément obligatoire manque : le champ est vide.",
                "A mandatory element is missing: the field is empty.",
            ),
            Self::Order => (
                "L'élément n'est pas à sa place dans la séquence : il a été repris.",
                "The element is out of sequence: it was taken over.",
            ),
            Self::UnexpectedText => (
                "Un texte se trouve là où le type n'en prévoit pas : il n'a pas été repris.",
                "There is text where the type foresees none: it was not taken over.",
            ),
            Self::Type => (
                "Le type annoncé n'est pas celui qui est attendu à cet endroit.",
                "The declared type is not the one expected here.",
            ),
            Self::TooDeep => (
                "Les éléments sont trop imbriqués : ce qui est plus profond n'a pas été repris.",
                "The elements nest too deep: what lies deeper was not taken over.",
            ),
        }
    }
}

impl From<Tolerance> for Finding {
    fn from(tolerance: Tolerance) -> Self {
        let (fr, en) = tolerance.kind.texts();
        let mut finding = Finding::new(
            tolerance.kind.rule(),
            Severity::Warning,
            Message::new(fr, en),
        )
        .with_location(tolerance.location);
        if let Some(expected) = tolerance.expected {
            finding = finding.with_expected(expected);
        }
        if let Some(found) = tolerance.found {
            finding = finding.with_found(found);
        }
        finding
    }
}

/// An element or attribute that the typed value has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// The element; for an attribute, the element that bears it.
    pub node: NodeId,
    /// The attribute's local name, when the unknown part is an attribute.
    pub attribute: Option<String>,
    /// Namespace of the element or attribute.
    pub namespace: String,
    /// Where: path, line and column.
    pub location: Location,
}

/// Collects, while a value is read, what [`Reading`] tells.
#[derive(Debug, Default)]
pub struct Reader {
    tolerances: Vec<Tolerance>,
    unknown: Vec<Unknown>,
    unlisted: usize,
    depth: u32,
}

impl Reader {
    /// A reader that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the reading.
    pub fn finish<T>(self, value: T) -> Reading<T> {
        Reading {
            value,
            tolerances: self.tolerances,
            unknown: self.unknown,
            unlisted: self.unlisted,
        }
    }

    /// Goes one level down; false when that would be too deep, which is then told.
    pub(crate) fn enter(&mut self, node: Node<'_>) -> bool {
        if self.depth >= DEPTH_CAP {
            self.tolerate(ToleranceKind::TooDeep, element_location(node), None, None);
            return false;
        }
        self.depth += 1;
        true
    }

    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(crate) fn element(
        &mut self,
        kind: ToleranceKind,
        node: Node<'_>,
        expected: Option<&'static str>,
    ) {
        if self.room_for_tolerance() {
            self.tolerate(kind, element_location(node), None, expected);
        }
    }

    pub(crate) fn attribute(
        &mut self,
        kind: ToleranceKind,
        attribute: Attribute<'_>,
        expected: Option<&'static str>,
    ) {
        if self.room_for_tolerance() {
            let found = Found::Personal(attribute.value().into_owned());
            self.tolerate(kind, attribute_location(attribute), Some(found), expected);
        }
    }

    pub(crate) fn unknown_element(&mut self, node: Node<'_>) {
        if self.room_for_unknown() {
            self.unknown.push(Unknown {
                node: node.id(),
                attribute: None,
                namespace: node.namespace().to_owned(),
                location: element_location(node),
            });
        }
    }

    pub(crate) fn unknown_attribute(&mut self, attribute: Attribute<'_>) {
        if self.room_for_unknown() {
            self.unknown.push(Unknown {
                node: attribute.owner().id(),
                attribute: Some(attribute.local_name().to_owned()),
                namespace: attribute.namespace().to_owned(),
                location: attribute_location(attribute),
            });
        }
    }

    fn room_for_tolerance(&mut self) -> bool {
        let room = self.tolerances.len() < REPORT_CAP;
        self.unlisted += usize::from(!room);
        room
    }

    fn room_for_unknown(&mut self) -> bool {
        let room = self.unknown.len() < REPORT_CAP;
        self.unlisted += usize::from(!room);
        room
    }

    fn tolerate(
        &mut self,
        kind: ToleranceKind,
        location: Location,
        found: Option<Found>,
        expected: Option<&'static str>,
    ) {
        if self.tolerances.len() < REPORT_CAP {
            self.tolerances.push(Tolerance {
                kind,
                location,
                found,
                expected,
            });
        }
    }
}

fn element_location(node: Node<'_>) -> Location {
    let position = node.position();
    Location::new(node.path(), position.line, position.column).with_span(node.span())
}

fn attribute_location(attribute: Attribute<'_>) -> Location {
    let position = attribute.position();
    Location::new(attribute.path(), position.line, position.column).with_span(attribute.span())
}

/// The type that `xsi:type` names, without its prefix. A type outside the namespace of CDA is told
/// and taken by its local name.
pub(crate) fn declared_type(node: Node<'_>, reader: &mut Reader) -> Option<String> {
    let attribute = node.attribute_node(XSI, "type")?;
    let value = attribute.value();
    let value = value.trim_ascii();
    let (prefix, local) = value.split_once(':').unwrap_or(("", value));
    if node.lookup_namespace(Some(prefix).filter(|p| !p.is_empty())) != Some(HL7) {
        reader.attribute(
            ToleranceKind::Type,
            attribute,
            Some("a type of urn:hl7-org:v3"),
        );
    }
    Some(local.to_owned())
}
