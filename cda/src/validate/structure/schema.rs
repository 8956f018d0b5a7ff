//! The shape of the generated tables ([`data`](super::data)) and how they are looked up.

use super::data;

/// "No row" in the tables.
pub(super) const NONE: u16 = u16::MAX;

/// What a type allows between its tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Empty,
    Any,
    Simple,
    Children,
}

pub(super) struct Type {
    pub(super) namespace: u16,
    pub(super) name: &'static str,
    pub(super) base: u16,
    pub(super) content: Content,
    pub(super) is_abstract: bool,
    pub(super) mixed: bool,
    /// Start state of the content model.
    pub(super) start: u16,
    pub(super) simple: u16,
    /// One bit per required attribute.
    pub(super) required: u32,
    /// Row in `ATTRIBUTE_CHECK`.
    pub(super) attributes: u16,
}

/// State of a content model: the element `name` of type `ty` was read last. Fields: row in `CONTENT_CHECK`, type of
/// the element, name of the element, flags.
pub(super) struct State(
    pub(super) u16,
    pub(super) u16,
    pub(super) u16,
    pub(super) u8,
);

impl State {
    pub(super) fn accepts(&self) -> bool {
        self.3 & 1 != 0
    }

    pub(super) fn nillable(&self) -> bool {
        self.3 & 2 != 0
    }

    fn has_wildcard(&self) -> bool {
        self.3 & 4 != 0
    }
}

pub(super) struct AttributeUse {
    pub(super) name: u16,
    pub(super) simple: u16,
    /// Bit in [`Type::required`]; 255: not required.
    pub(super) required: u8,
    pub(super) fixed: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    String,
    Token,
    Nmtoken,
    Id,
    Idref,
    Boolean,
    Integer,
    Decimal,
    Double,
    AnyUri,
    Base64Binary,
    List,
    Union,
}

pub(super) struct SimpleType {
    pub(super) name: &'static str,
    pub(super) builtin: Builtin,
    pub(super) patterns: &'static [u16],
    pub(super) values: u16,
    pub(super) min_length: u16,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) members: &'static [u16],
}

/// A pattern as an automaton over bytes; state 0 refuses for ever, 1 is the start.
pub(super) struct Dfa {
    pub(super) pattern: &'static str,
    pub(super) classes: &'static [u8; 256],
    pub(super) columns: usize,
    pub(super) next: &'static [u8],
    pub(super) accept: &'static [bool],
}

impl Dfa {
    pub(super) fn accepts(&self, text: &[u8]) -> bool {
        let mut state = 1;
        for &byte in text {
            let class = usize::from(self.classes[usize::from(byte)]);
            state = usize::from(
                self.next
                    .get(state * self.columns + class)
                    .copied()
                    .unwrap_or(0),
            );
            if state == 0 {
                return false;
            }
        }
        self.accept.get(state).copied().unwrap_or(false)
    }
}

/// Same function as in the generator (`cda/tools/xsd-tables`).
fn hash(seed: u16, text: &[u8]) -> u32 {
    let start = 0x811c_9dc5_u32 ^ u32::from(seed).wrapping_mul(0x9e37_79b1);
    text.iter()
        .fold(start, |h, &b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Finds the row whose key is (`seed`, `text`).
fn find(slots: &[u16], seed: u16, text: &[u8], is: impl Fn(usize) -> bool) -> Option<u16> {
    let mask = slots.len().wrapping_sub(1);
    let mut at = hash(seed, text) as usize & mask;
    loop {
        match slots.get(at) {
            None | Some(&NONE) => return None,
            Some(&row) if is(usize::from(row)) => return Some(row),
            Some(_) => at = (at + 1) & mask,
        }
    }
}

pub(super) fn namespace_id(uri: &str) -> Option<u16> {
    let found = data::NAMESPACES.iter().position(|n| *n == uri)?;
    u16::try_from(found).ok()
}

pub(super) fn name_id(namespace: u16, local: &str) -> Option<u16> {
    find(&data::NAME_SLOTS, namespace, local.as_bytes(), |row| {
        data::NAMES
            .get(row)
            .is_some_and(|n| *n == (namespace, local))
    })
}

pub(super) fn type_id(namespace: u16, local: &str) -> Option<u16> {
    find(&data::TYPE_SLOTS, namespace, local.as_bytes(), |row| {
        data::TYPES
            .get(row)
            .is_some_and(|t| t.namespace == namespace && t.name == local)
    })
}

pub(super) fn has_value(enumeration: u16, value: &str) -> bool {
    let found = find(&data::VALUE_SLOTS, enumeration, value.as_bytes(), |row| {
        value_row(row).is_some_and(|(e, text)| e == enumeration && text == value)
    });
    found.is_some()
}

fn value_row(row: usize) -> Option<(u16, &'static str)> {
    let &(enumeration, at, length) = data::VALUES.get(row)?;
    let text = data::VALUE_TEXT.get(usize::from(at)..usize::from(at) + usize::from(length))?;
    Some((enumeration, text))
}

pub(super) fn values(enumeration: u16) -> impl Iterator<Item = &'static str> {
    let (first, end) = data::VALUE_RANGES
        .get(usize::from(enumeration))
        .copied()
        .unwrap_or((0, 0));
    (first..end)
        .filter_map(|row| value_row(usize::from(row)))
        .map(|(_, text)| text)
}

pub(super) fn local_name(name: u16) -> &'static str {
    data::NAMES.get(usize::from(name)).map_or("", |n| n.1)
}

/// The namespace of a name of the tables, by number.
pub(super) fn namespace_of(name: u16) -> u16 {
    data::NAMES.get(usize::from(name)).map_or(0, |n| n.0)
}

pub(super) fn ty(id: u16) -> Option<&'static Type> {
    data::TYPES.get(usize::from(id))
}

pub(super) fn state(id: u16) -> Option<&'static State> {
    data::STATES.get(usize::from(id))
}

pub(super) fn simple(id: u16) -> Option<&'static SimpleType> {
    data::SIMPLE_TYPES.get(usize::from(id))
}

/// The state after reading element `name` in state `from`.
#[inline]
pub(super) fn step(from: u16, name: u16) -> Option<u16> {
    let at = usize::from(state(from)?.0) + usize::from(name);
    if *data::CONTENT_CHECK.get(at)? == from {
        data::CONTENT_NEXT.get(at).copied()
    } else {
        None
    }
}

/// The state after reading an element of a foreign namespace in state `from`.
pub(super) fn step_foreign(from: u16, namespace: &str) -> Option<u16> {
    if namespace.is_empty() || !state(from)?.has_wildcard() {
        return None;
    }
    let row = data::WILDCARDS.iter().find(|w| w.0 == from)?;
    let target = data::NAMESPACES.get(usize::from(row.2)).copied()?;
    (target != namespace).then_some(row.1)
}

/// What may follow `from`, in the order of the schema: (state, element name).
pub(super) fn followers(from: u16) -> Vec<(u16, u16)> {
    let names = u16::try_from(data::NAMES.len()).unwrap_or(NONE);
    let mut all: Vec<(u16, u16)> = (0..names)
        .filter_map(|name| step(from, name).map(|next| (next, name)))
        .collect();
    all.sort_unstable();
    all
}

/// The declaration of a global element, as a state.
pub(super) fn global_element(name: u16) -> Option<u16> {
    let table = &data::GLOBAL_ELEMENTS;
    let at = table.binary_search_by_key(&name, |g| g.0).ok()?;
    table.get(at).map(|g| g.1)
}

/// The simple type of a global attribute.
pub(super) fn global_attribute(name: u16) -> Option<u16> {
    data::GLOBAL_ATTRIBUTES
        .iter()
        .find(|g| g.0 == name)
        .map(|g| g.1)
}

/// How type `id` (row `ty`) uses attribute `name`.
#[inline]
pub(super) fn attribute_use(id: u16, ty: &Type, name: u16) -> Option<&'static AttributeUse> {
    let at = usize::from(ty.attributes) + usize::from(name);
    if *data::ATTRIBUTE_CHECK.get(at)? == id {
        data::ATTRIBUTE_USES.get(usize::from(*data::ATTRIBUTE_USE.get(at)?))
    } else {
        None
    }
}

/// All attributes of a type, in alphabetical order.
pub(super) fn attribute_uses(
    id: u16,
    ty: &'static Type,
) -> impl Iterator<Item = &'static AttributeUse> {
    let names = u16::try_from(data::NAMES.len()).unwrap_or(NONE);
    (0..names).filter_map(move |name| attribute_use(id, ty, name))
}

/// Whether `derived` is `base` or comes from it.
pub(super) fn derives(derived: u16, base: u16) -> bool {
    let mut at = derived;
    // No chain of the schema is longer than the table of types.
    for _ in 0..data::TYPES.len() {
        if at == base {
            return true;
        }
        match ty(at) {
            Some(row) => at = row.base,
            None => return false,
        }
    }
    false
}
