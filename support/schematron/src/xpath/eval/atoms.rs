//! Atomic values of operands and arguments, with the conversions that function calls make.

use std::sync::Arc;

use super::{Cx, Focus, too_many};
use crate::xpath::cast::to_double;
use crate::xpath::error::XPathError;
use crate::xpath::ir::Ir;
use crate::xpath::text::Text;
use crate::xpath::types::AtomicType;
use crate::xpath::value::{Atomic, Item};

impl<'d> Cx<'_, 'd> {
    /// The atomic values of an expression, one by one, in no certain order.
    pub(crate) fn atoms(
        &self,
        ir: &Ir,
        focus: &Focus<'d>,
        sink: &mut dyn FnMut(Atomic<'d>) -> Result<bool, XPathError>,
    ) -> Result<bool, XPathError> {
        self.each(ir, focus, false, &mut |item| match item {
            Item::Atomic(value) => sink(value),
            Item::Node(node) => sink(node.typed_value()),
        })
    }

    /// The atomic values, in order.
    pub(crate) fn data(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Vec<Atomic<'d>>, XPathError> {
        let mut values = Vec::new();
        self.each(ir, focus, true, &mut |item| {
            values.push(item.atomize());
            Ok(true)
        })?;
        self.run.check_items(values.len())?;
        Ok(values)
    }

    /// At most one atomic value; two are a type error.
    pub(crate) fn atom(
        &self,
        ir: &Ir,
        focus: &Focus<'d>,
    ) -> Result<Option<Atomic<'d>>, XPathError> {
        if let Ir::Literal(value) = ir {
            return Ok(Some(value.clone()));
        }
        let mut found: Option<Item<'d>> = None;
        // Ordered, so that a node met twice counts once.
        self.each(ir, focus, true, &mut |item| {
            if found.is_some() {
                return Err(too_many());
            }
            found = Some(item);
            Ok(true)
        })?;
        Ok(found.map(|item| item.atomize()))
    }

    /// An `xs:string?` argument.
    pub(crate) fn text(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Option<Text<'d>>, XPathError> {
        match self.atom(ir, focus)? {
            None => Ok(None),
            Some(Atomic::Untyped(s) | Atomic::String(s) | Atomic::Uri(s)) => Ok(Some(s)),
            Some(other) => Err(expected(AtomicType::String, other.type_of())),
        }
    }

    /// An `xs:string?` argument, empty text when there is none.
    pub(crate) fn text_or_empty(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Text<'d>, XPathError> {
        Ok(self.text(ir, focus)?.unwrap_or(Text::EMPTY))
    }

    /// An `xs:string` argument.
    pub(crate) fn required_text(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Text<'d>, XPathError> {
        self.text(ir, focus)?.ok_or_else(missing)
    }

    /// A `numeric?` argument: untyped text is read as a double.
    pub(crate) fn number(
        &self,
        ir: &Ir,
        focus: &Focus<'d>,
    ) -> Result<Option<Atomic<'d>>, XPathError> {
        match self.atom(ir, focus)? {
            None => Ok(None),
            Some(value @ Atomic::Untyped(_)) => to_double(&value).map(|d| Some(Atomic::Double(d))),
            Some(value) if value.is_numeric() => Ok(Some(value)),
            Some(other) => Err(expected(AtomicType::Double, other.type_of())),
        }
    }

    /// An `xs:double` argument.
    pub(crate) fn double(&self, ir: &Ir, focus: &Focus<'d>) -> Result<f64, XPathError> {
        self.number(ir, focus)?
            .and_then(|n| n.as_f64())
            .ok_or_else(missing)
    }

    /// An `xs:integer?` argument.
    pub(crate) fn integer(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Option<i128>, XPathError> {
        match self.atom(ir, focus)? {
            None => Ok(None),
            Some(Atomic::Integer(d)) => Ok(Some(d.mantissa())),
            Some(value @ Atomic::Untyped(_)) => {
                match crate::xpath::cast::cast(&value, AtomicType::Integer, None)? {
                    Atomic::Integer(d) => Ok(Some(d.mantissa())),
                    _ => Ok(None),
                }
            }
            Some(other) => Err(expected(AtomicType::Integer, other.type_of())),
        }
    }

    /// Text as shared literals know it.
    pub(crate) fn is_one_of(value: &str, texts: &[Arc<str>]) -> bool {
        texts.iter().any(|text| **text == *value)
    }
}

pub(crate) fn expected(wanted: AtomicType, found: AtomicType) -> XPathError {
    let (wanted, found) = (wanted.name(), found.name());
    XPathError::type_error(
        format!("xs:{wanted} attendu, xs:{found} trouvé : convertir la valeur"),
        format!("expected xs:{wanted}, found xs:{found}: convert the value"),
    )
}

pub(crate) fn missing() -> XPathError {
    XPathError::type_error(
        "une valeur est attendue et la séquence est vide",
        "a value is expected and the sequence is empty",
    )
}
