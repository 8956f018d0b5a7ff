//! EN, PN, ON: names of persons, organizations and things.

use segur_xml::{Node, NodeKind};

use super::{IvlTs, NameQualifier, NameUse, NullFlavor};
use crate::tree::{
    AttributeSlot, CdaValue, Code, Content, Element, HL7, Reader, Slot, ToleranceKind, code_enum,
    into, is_blank, masked_debug, own_text, read_attributes, v3,
};

code_enum! {
    /// What a part of a name is; the code is the name of its element.
    pub enum NamePartKind {
        /// Text outside any element: the whole name of an organization or a place.
        Text = "",
        /// Family name.
        Family = "family",
        /// Given name.
        Given = "given",
        /// Civility: `M`, `MME`.
        Prefix = "prefix",
        /// Title: `DR`, `PR`.
        Suffix = "suffix",
        /// Text that stands between two parts.
        Delimiter = "delimiter",
    }
}

/// One part of a name.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct NamePart {
    /// What it is.
    pub kind: NamePartKind,
    /// Why it is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// Birth name, call name …
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "crate::tree::is_default")
    )]
    pub qualifiers: Vec<NameQualifier>,
    /// Its text.
    pub value: String,
}

/// A name (EN, PN, ON), as a list of parts in their order.
///
/// ```
/// use segur_cda::datatypes::{En, NamePartKind, NameQualifier};
///
/// let name = En::patient("DURAND", &["ALICE", "MARIE"])
///     .with(NamePartKind::Family, Some(NameQualifier::Call), "MARTIN")
///     .with(NamePartKind::Given, Some(NameQualifier::Call), "ALICE");
/// assert_eq!(name.birth_family(), Some("DURAND"));
/// assert_eq!(name.birth_given(), Some("ALICE"));
/// assert_eq!(name.birth_given_names(), Some("ALICE MARIE"));
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct En {
    /// Why the name is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// What it is for.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub uses: Vec<NameUse>,
    /// The parts.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub parts: Vec<NamePart>,
    /// When it is or was valid.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub valid_time: Option<IvlTs>,
}

/// A person's name.
pub type Pn = En;
/// An organization's name: a text.
pub type On = En;

impl NamePart {
    /// A part without qualifier.
    pub fn new(kind: NamePartKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            null_flavor: None,
            qualifiers: Vec::new(),
            value: value.into(),
        }
    }
}

impl En {
    /// A name that is a text: of an organization, a place, a product.
    pub fn text(name: impl Into<String>) -> Self {
        Self {
            parts: vec![NamePart::new(NamePartKind::Text, name)],
            ..Self::default()
        }
    }

    /// A professional's or a relative's name: family and given name.
    pub fn person(family: impl Into<String>, given: impl Into<String>) -> Self {
        Self {
            parts: vec![
                NamePart::new(NamePartKind::Family, family),
                NamePart::new(NamePartKind::Given, given),
            ],
            ..Self::default()
        }
    }

    /// A patient's name as French documents have it: birth name (`BR`), all given names of the birth
    /// certificate (without qualifier), the first of them (`BR`).
    ///
    /// Source: CI-SIS, minimal structure of health documents, traits of the INS.
    pub fn patient(birth_family: &str, birth_given_names: &[&str]) -> Self {
        let first = birth_given_names.first().copied().unwrap_or_default();
        Self::default()
            .with(
                NamePartKind::Family,
                Some(NameQualifier::Birth),
                birth_family,
            )
            .with(NamePartKind::Given, None, birth_given_names.join(" "))
            .with(NamePartKind::Given, Some(NameQualifier::Birth), first)
    }

    /// Adds a part.
    #[must_use]
    pub fn with(
        mut self,
        kind: NamePartKind,
        qualifier: Option<NameQualifier>,
        value: impl Into<String>,
    ) -> Self {
        let qualifiers = qualifier.into_iter().collect();
        self.parts.push(NamePart {
            qualifiers,
            ..NamePart::new(kind, value)
        });
        self
    }

    /// The first part of this kind with this qualifier, or without any.
    pub fn part(&self, kind: &NamePartKind, qualifier: Option<&NameQualifier>) -> Option<&str> {
        self.parts
            .iter()
            .find(|p| {
                p.kind == *kind
                    && match qualifier {
                        Some(qualifier) => p.qualifiers.contains(qualifier),
                        None => p.qualifiers.is_empty(),
                    }
            })
            .map(|p| p.value.as_str())
    }

    /// Family name at birth (`BR`).
    pub fn birth_family(&self) -> Option<&str> {
        self.part(&NamePartKind::Family, Some(&NameQualifier::Birth))
    }

    /// First given name of the birth certificate (`BR`).
    pub fn birth_given(&self) -> Option<&str> {
        self.part(&NamePartKind::Given, Some(&NameQualifier::Birth))
    }

    /// All given names of the birth certificate (without qualifier).
    pub fn birth_given_names(&self) -> Option<&str> {
        self.part(&NamePartKind::Given, None)
    }

    /// Family name in use (`CL`).
    pub fn call_family(&self) -> Option<&str> {
        self.part(&NamePartKind::Family, Some(&NameQualifier::Call))
    }

    /// Given name in use (`CL`).
    pub fn call_given(&self) -> Option<&str> {
        self.part(&NamePartKind::Given, Some(&NameQualifier::Call))
    }

    /// All parts, separated by spaces, in their order.
    pub fn to_line(&self) -> String {
        let words: Vec<&str> = self
            .parts
            .iter()
            .map(|p| p.value.trim())
            .filter(|v| !v.is_empty())
            .collect();
        words.join(" ")
    }
}

impl CdaValue for En {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self::default();
        read_attributes(node, reader, &[], |local, attribute, reader| match local {
            "nullFlavor" => into(&mut value.null_flavor, attribute, reader),
            "use" => into(&mut value.uses, attribute, reader),
            _ => false,
        });
        for child in node.children() {
            match child.kind() {
                NodeKind::Text => {
                    if let Some(text) = child.text().filter(|text| !is_blank(text)) {
                        value
                            .parts
                            .push(NamePart::new(NamePartKind::Text, text.into_owned()));
                    }
                }
                NodeKind::Element => read_child(&mut value, child, reader),
                _ => {}
            }
        }
        value
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        for (name, text) in [
            ("nullFlavor", self.null_flavor.text()),
            ("use", self.uses.text()),
        ] {
            if let Some(text) = text {
                element.set(name, text);
            }
        }
        for part in &self.parts {
            let name = part.kind.as_str();
            if name.is_empty() {
                element.push_text(&part.value);
                continue;
            }
            let mut child = Element {
                namespace: HL7.into(),
                local: name.into(),
                ..Element::default()
            };
            for (name, text) in [
                ("nullFlavor", part.null_flavor.text()),
                ("qualifier", part.qualifiers.text()),
            ] {
                if let Some(text) = text {
                    child.set(name, text);
                }
            }
            child.push_text(&part.value);
            element.children.push(Content::Element(child));
        }
        Slot::write_into(&self.valid_time, v3("validTime"), element);
    }
}

fn read_child(value: &mut En, child: Node<'_>, reader: &mut Reader) {
    if child.is(HL7, "validTime") {
        let seen = usize::from(value.valid_time.is_some());
        return Slot::take(&mut value.valid_time, child, seen, reader);
    }
    let kind = NamePartKind::from_code(child.local_name());
    if child.namespace() != HL7 || !kind.is_known() {
        return reader.unknown_element(child);
    }
    if value.valid_time.is_some() {
        reader.element(ToleranceKind::Order, child, None);
    }
    let mut part = NamePart::new(kind, own_text(child));
    read_attributes(child, reader, &[], |local, attribute, reader| match local {
        "nullFlavor" => into(&mut part.null_flavor, attribute, reader),
        "qualifier" => into(&mut part.qualifiers, attribute, reader),
        // fixed by the schema for each part
        "partType" | "representation" | "mediaType" => true,
        _ => false,
    });
    for inner in child.elements() {
        reader.unknown_element(inner);
    }
    value.parts.push(part);
}

/// Shows the kind of the part, not what it says.
impl std::fmt::Debug for NamePart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NamePart({} {:?})", self.kind, self.qualifiers)
    }
}

masked_debug!(En);
