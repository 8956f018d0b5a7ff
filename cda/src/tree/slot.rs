//! How the fields of a typed value take their part of an element.

use std::borrow::Cow;

use segur_xml::{Attribute, Node};

use super::element::Element;
use super::reader::{Reader, Reading, ToleranceKind};
use super::tag::{Name, Tag};

/// A typed value of CDA: read from an element of the tree, written as an [`Element`].
///
/// Implemented by every data type and every class of the header and of the body.
pub trait CdaValue: Default {
    /// Reads the value of this element; faults and unknown parts go to `reader`.
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self;

    /// Reads the value of this element into an empty one, where that one stands.
    fn read_into(&mut self, node: Node<'_>, reader: &mut Reader) {
        *self = Self::read_from(node, reader);
    }

    /// Writes attributes and content into an element that has its name already.
    fn write_to<'a>(&'a self, element: &mut Element<'a>);

    /// Reads the value, with what was tolerated and what was not understood.
    fn read(node: Node<'_>) -> Reading<Self> {
        let mut reader = Reader::new();
        let value = Self::read_from(node, &mut reader);
        reader.finish(value)
    }

    /// The value as an element of this name.
    fn to_element(&self, tag: Tag) -> Element<'_> {
        let mut element = Element::new(tag);
        self.write_to(&mut element);
        element
    }
}

impl<T: CdaValue> CdaValue for Box<T> {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self::default();
        T::read_into(&mut value, node, reader);
        value
    }

    fn read_into(&mut self, node: Node<'_>, reader: &mut Reader) {
        T::read_into(self, node, reader);
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        T::write_to(self, element);
    }
}

/// Content of a foreign namespace, held as it is.
impl CdaValue for Element<'static> {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        Element::from_node(node, reader)
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        element.attributes.clone_from(&self.attributes);
        element.children.clone_from(&self.children);
    }
}

/// A field that holds child elements.
pub(crate) trait Slot {
    /// Whether the standard asks for at least one.
    const MANDATORY: bool;

    /// Whether a child of this name belongs to the field.
    fn accepts(tag: Tag, name: Name<'_>) -> bool {
        name.is(tag)
    }

    /// Takes a child; `seen` children were taken before.
    fn take(&mut self, node: Node<'_>, seen: usize, reader: &mut Reader);

    /// Writes the field's children.
    fn write_into<'a>(&'a self, tag: Tag, parent: &mut Element<'a>);
}

/// Reads into a value where it stands: large values never lie on the stack while those below are
/// read.
fn read_child<T: CdaValue>(value: &mut T, node: Node<'_>, reader: &mut Reader) {
    if reader.enter(node) {
        value.read_into(node, reader);
        reader.leave();
    }
}

#[inline(never)]
fn put_default<T: Default>(place: &mut Option<T>) {
    *place = Some(T::default());
}

/// Lists of large values mostly hold one: room for four would be memory for nothing.
const LARGE: usize = 256;

#[inline(never)]
fn push_default<T: Default>(list: &mut Vec<T>) {
    if size_of::<T>() > LARGE && list.capacity() == 0 {
        list.reserve_exact(1);
    }
    list.push(T::default());
}

fn write_child<'a, T: CdaValue>(value: &'a T, tag: Tag, parent: &mut Element<'a>) {
    let mut element = Element::new(tag);
    value.write_to(&mut element);
    parent.children.push(super::Content::Element(element));
}

impl<T: CdaValue> Slot for T {
    const MANDATORY: bool = true;

    fn take(&mut self, node: Node<'_>, seen: usize, reader: &mut Reader) {
        if seen > 0 {
            reader.element(ToleranceKind::Repeated, node, None);
        } else {
            read_child(self, node, reader);
        }
    }

    fn write_into<'a>(&'a self, tag: Tag, parent: &mut Element<'a>) {
        write_child(self, tag, parent);
    }
}

impl<T: CdaValue> Slot for Option<T> {
    const MANDATORY: bool = false;

    fn take(&mut self, node: Node<'_>, seen: usize, reader: &mut Reader) {
        if seen > 0 {
            reader.element(ToleranceKind::Repeated, node, None);
        } else {
            put_default(self);
            if let Some(value) = self {
                read_child(value, node, reader);
            }
        }
    }

    fn write_into<'a>(&'a self, tag: Tag, parent: &mut Element<'a>) {
        if let Some(value) = self {
            write_child(value, tag, parent);
        }
    }
}

impl<T: CdaValue> Slot for Vec<T> {
    const MANDATORY: bool = false;

    fn take(&mut self, node: Node<'_>, _seen: usize, reader: &mut Reader) {
        push_default(self);
        if let Some(value) = self.last_mut() {
            read_child(value, node, reader);
        }
    }

    fn write_into<'a>(&'a self, tag: Tag, parent: &mut Element<'a>) {
        for value in self {
            write_child(value, tag, parent);
        }
    }
}

/// A value that an attribute holds as text.
pub(crate) trait AttributeText: Sized {
    /// What is expected, in few words.
    const EXPECTED: &'static str;

    /// The value, and whether it is one that the standard knows; none when it cannot be held.
    fn parse_text(text: &str) -> Option<(Self, bool)>;

    fn to_text(&self) -> Cow<'_, str>;
}

/// A field that holds an attribute.
pub(crate) trait AttributeSlot {
    fn take(&mut self, attribute: Attribute<'_>, reader: &mut Reader);

    fn text(&self) -> Option<Cow<'_, str>>;
}

fn read_text<T: AttributeText>(
    text: &str,
    attribute: Attribute<'_>,
    reader: &mut Reader,
) -> Option<T> {
    match T::parse_text(text) {
        Some((value, true)) => Some(value),
        Some((value, false)) => {
            reader.attribute(ToleranceKind::UnknownCode, attribute, Some(T::EXPECTED));
            Some(value)
        }
        None => {
            reader.attribute(
                ToleranceKind::InvalidAttribute,
                attribute,
                Some(T::EXPECTED),
            );
            None
        }
    }
}

impl<T: AttributeText> AttributeSlot for Option<T> {
    fn take(&mut self, attribute: Attribute<'_>, reader: &mut Reader) {
        *self = read_text(&attribute.value(), attribute, reader);
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref().map(AttributeText::to_text)
    }
}

/// A mandatory attribute; empty when it was not there.
impl AttributeSlot for String {
    fn take(&mut self, attribute: Attribute<'_>, _reader: &mut Reader) {
        *self = attribute.value().into_owned();
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        (!self.is_empty()).then_some(Cow::Borrowed(self.as_str()))
    }
}

/// A set of codes, separated by spaces.
impl<T: AttributeText> AttributeSlot for Vec<T> {
    fn take(&mut self, attribute: Attribute<'_>, reader: &mut Reader) {
        for word in attribute.value().split_ascii_whitespace() {
            self.extend(read_text::<T>(word, attribute, reader));
        }
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        match self.as_slice() {
            [] => None,
            [one] => Some(one.to_text()),
            many => {
                let mut out = String::new();
                for value in many {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(&value.to_text());
                }
                Some(Cow::Owned(out))
            }
        }
    }
}

impl AttributeText for String {
    const EXPECTED: &'static str = "text";

    fn parse_text(text: &str) -> Option<(Self, bool)> {
        Some((text.to_owned(), true))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl AttributeText for bool {
    const EXPECTED: &'static str = "true or false";

    fn parse_text(text: &str) -> Option<(Self, bool)> {
        match text {
            "true" => Some((true, true)),
            "false" => Some((false, true)),
            _ => None,
        }
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl AttributeText for i64 {
    const EXPECTED: &'static str = "an integer";

    fn parse_text(text: &str) -> Option<(Self, bool)> {
        text.parse().ok().map(|value| (value, true))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}
