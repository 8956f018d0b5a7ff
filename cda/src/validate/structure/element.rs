//! Opening an element: its type, its attributes.

use segur_xml::{Attribute, Node};

use super::schema::{self, AttributeUse, Builtin, Content, NONE, State, Type};
use super::walk::{Frame, Inside, Walker};
use super::{report, value};
use crate::validate::context::XSI;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

impl<'a> Walker<'a, '_, '_> {
    /// Opens an element declared by `state`.
    pub(super) fn enter(&mut self, node: Node<'a>, state: u16) {
        let (declared, nillable) =
            schema::state(state).map_or((NONE, false), |s: &State| (s.1, s.nillable()));
        self.open(node, declared, nillable);
    }

    /// Opens an element below `anyType` that no schema declares.
    pub(super) fn enter_lax(&mut self, node: Node<'a>) {
        let any = schema::namespace_id(XSD).and_then(|ns| schema::type_id(ns, "anyType"));
        self.open(node, any.unwrap_or(NONE), false);
    }

    fn open(&mut self, node: Node<'a>, declared: u16, nillable: bool) {
        let mut id = declared;
        let mut substituted = false;
        if let Some(wanted) = self.xsi_type
            && let Some(attribute) = node.attributes().find(|a| a.name_id() == wanted)
        {
            match self.substitute(node, attribute, declared) {
                Some(given) => {
                    id = given;
                    substituted = true;
                }
                // Reported: of this element nothing more can be said.
                None => id = NONE,
            }
        }
        let mut frame = Frame::new(node);
        let Some(ty) = schema::ty(id) else {
            self.frames.push(frame);
            return;
        };
        if ty.is_abstract {
            report::abstract_type(self.sink, node, id, ty, substituted);
            self.frames.push(frame);
            return;
        }
        let nil = self.attributes(node, id, ty, nillable);
        frame.inside = match ty.content {
            _ if nil => Inside::Nil,
            Content::Empty => Inside::Nothing,
            Content::Any => Inside::Any,
            Content::Simple => Inside::Simple(ty.simple),
            Content::Children if ty.mixed => Inside::Mixed,
            Content::Children => Inside::Elements,
        };
        frame.start = ty.start;
        frame.state = ty.start;
        self.frames.push(frame);
    }

    /// The type that `xsi:type` names, if it may stand for `declared`.
    fn substitute(
        &mut self,
        node: Node<'a>,
        attribute: Attribute<'a>,
        declared: u16,
    ) -> Option<u16> {
        let text = attribute.value();
        let text = trimmed(&text);
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let namespace = if node.prefix().unwrap_or_default() == prefix {
            Some(node.namespace())
        } else {
            let found = node.lookup_namespace(Some(prefix).filter(|p| !p.is_empty()));
            found.or_else(|| prefix.is_empty().then_some(""))
        };
        let given = namespace
            .and_then(schema::namespace_id)
            .and_then(|ns| schema::type_id(ns, local))
            // Neither an anonymous type nor an empty prefix.
            .filter(|_| !local.starts_with('@') && !text.starts_with(':'));
        match given {
            None => report::unknown_type(self.sink, attribute, text, declared),
            Some(given) if schema::derives(given, declared) => return Some(given),
            Some(_) => report::wrong_type(self.sink, attribute, text, declared),
        }
        None
    }

    /// Checks the attributes; true when `xsi:nil` says that the element is empty.
    fn attributes(&mut self, node: Node<'a>, id: u16, ty: &'static Type, nillable: bool) -> bool {
        let mut nil = false;
        let mut missing = ty.required;
        let mut unexpected = Vec::new();
        for attribute in node.attributes() {
            let name = self.name(Some(attribute.name_id()));
            match schema::attribute_use(id, ty, name) {
                Some(usage) => {
                    if usage.required < 32 {
                        missing &= !(1 << usage.required);
                    }
                    self.value(attribute, usage.simple, Some(usage));
                }
                None if attribute.namespace() == XSI && name != NONE => {
                    nil |= attribute.local_name() == "nil" && self.nil(attribute, nillable);
                }
                None if ty.content == Content::Any => {
                    if let Some(simple) = schema::global_attribute(name) {
                        self.value(attribute, simple, None);
                    }
                }
                None => unexpected.push(attribute),
            }
        }
        report::attributes(self.sink, &unexpected, id, ty);
        if missing != 0 {
            report::missing_attributes(self.sink, node, id, ty, missing);
        }
        nil
    }

    fn nil(&mut self, attribute: Attribute<'a>, nillable: bool) -> bool {
        let value = attribute.value();
        let value = trimmed(&value);
        if !nillable || !matches!(value, "true" | "false" | "1" | "0") {
            report::nil(self.sink, attribute);
            return false;
        }
        matches!(value, "true" | "1")
    }

    fn value(
        &mut self,
        attribute: Attribute<'a>,
        simple: u16,
        usage: Option<&'static AttributeUse>,
    ) {
        let Some(ty) = schema::simple(simple) else {
            return;
        };
        let text = attribute.value();
        if let Err(reason) = value::check(simple, &text) {
            report::value(self.sink, attribute, simple, reason);
            return;
        }
        if let Some(fixed) = usage.and_then(|u| u.fixed)
            && *value::collapse(&text) != *fixed
        {
            report::fixed(self.sink, attribute, fixed);
            return;
        }
        match ty.builtin {
            Builtin::Id => {
                let taken = !self.ids.declare(text.clone());
                if taken && self.copied == 0 {
                    report::duplicate_id(self.sink, attribute);
                }
            }
            Builtin::Idref => self.ids.refer(attribute, text),
            Builtin::List => {
                let item = ty.members.first().and_then(|&m| schema::simple(m));
                if item.is_some_and(|i| i.builtin == Builtin::Idref) {
                    self.ids.refer(attribute, text);
                }
            }
            _ => {}
        }
    }
}
