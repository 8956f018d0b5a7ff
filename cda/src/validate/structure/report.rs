//! The findings: what each kind of mistake says.

use segur_core::Found;
use segur_xml::{Attribute, Node, NodeKind};

use super::message::{self, bounded};
use super::schema::{self, Type};
use super::value::Reason;
use super::walk::{Frame, Inside};
use super::{data, recover, rules};
use crate::validate::context::Sink;

/// What may come in a state.
fn expected(state: u16) -> String {
    message::names(schema::followers(state).into_iter().map(|(_, name)| name))
}

fn local(node: Node<'_>) -> String {
    bounded(node.local_name())
}

fn found(node: Node<'_>) -> Found {
    Found::Public(local(node))
}

/// Elements that have to stand before `node`, and do not stand anywhere.
pub(super) fn missing_before(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>, path: &[u16]) {
    sink.emit(&rules::ELEMENT_MISSING, node, |finding| {
        let (parent, name) = (local(frame.node), local(node));
        let missing = message::names(path.iter().copied());
        let fr = format!("{parent} : il manque {missing} avant {name}");
        let en = format!("{parent}: {missing} is missing before {name}");
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found(node))
    });
}

/// The content ends too early.
pub(super) fn missing_at_end(sink: &mut Sink<'_>, frame: &Frame<'_>, path: &[u16]) {
    sink.emit(&rules::ELEMENT_MISSING, frame.node, |finding| {
        let parent = local(frame.node);
        let (fr, en) = missing_names(path, frame.state);
        let fr = format!("{parent} : il manque {fr}");
        let en = format!("{parent}: {en} is missing");
        message::with(finding, fr, en).with_expected(expected(frame.state))
    });
}

/// What is missing at the end, (French, English). Where one of several would do, none of them is the missing one.
fn missing_names(path: &[u16], state: u16) -> (String, String) {
    let ends: Vec<u16> = schema::followers(state)
        .into_iter()
        .filter(|&(next, _)| next != state && recover::to_end(next).len() < path.len())
        .map(|(_, name)| name)
        .collect();
    if path.is_empty() {
        let all = expected(state);
        return (all.clone(), all);
    }
    if path.len() == 1 && ends.len() > 1 {
        let all = message::names(ends);
        return (format!("un élément parmi {all}"), format!("one of {all}"));
    }
    let all = message::names(path.iter().copied());
    (all.clone(), all)
}

/// An element of this content, out of its place; `after`: what has to come first, if that is known.
pub(super) fn order(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>, after: &[u16]) {
    sink.emit(&rules::ELEMENT_ORDER, node, |finding| {
        let (parent, name) = (local(frame.node), local(node));
        let (fr, en) = if after.is_empty() {
            let last = schema::state(frame.state).map_or_else(String::new, |s| message::name(s.2));
            (
                format!("{parent} : {name} doit venir avant {last}"),
                format!("{parent}: {name} has to come before {last}"),
            )
        } else {
            let after = message::names(after.iter().copied());
            (
                format!("{parent} : {name} doit venir après {after}"),
                format!("{parent}: {name} has to come after {after}"),
            )
        };
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found(node))
    });
}

pub(super) fn repeated(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>) {
    sink.emit(&rules::ELEMENT_REPEATED, node, |finding| {
        let (parent, name) = (local(frame.node), local(node));
        let fr = format!("{parent} : {name} est présent trop de fois");
        let en = format!("{parent}: {name} is present too often");
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found(node))
    });
}

pub(super) fn unexpected(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>) {
    sink.emit(&rules::ELEMENT_UNEXPECTED, node, |finding| {
        let (parent, name) = (local(frame.node), local(node));
        let (fr, en, found) = if node.namespace() == frame.node.namespace() {
            (
                format!("{parent} : élément {name} non prévu"),
                format!("{parent}: element {name} is not foreseen"),
                found(node),
            )
        } else {
            let ns = bounded(node.namespace());
            (
                format!("{parent} : élément {name} de l'espace de noms « {ns} » non prévu"),
                format!("{parent}: element {name} of the namespace \"{ns}\" is not foreseen"),
                Found::Public(format!("{{{ns}}}{name}")),
            )
        };
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found)
    });
}

/// Content (element or text) in an element that stays empty.
pub(super) fn forbidden(sink: &mut Sink<'_>, content: Node<'_>, frame: &Frame<'_>) {
    let is_nil = frame.inside == Inside::Nil;
    let rule = if is_nil {
        &rules::NIL
    } else {
        &rules::CONTENT_FORBIDDEN
    };
    sink.emit(rule, frame.node, |finding| {
        let parent = local(frame.node);
        let text = content.text().unwrap_or_default();
        let (fr, en, found) = match content.kind() {
            NodeKind::Text if content.is_blank() => (
                "il contient de l'espace",
                "it holds white space",
                Found::Public("\u{2420}".to_owned()),
            ),
            NodeKind::Text => (
                "il contient du texte",
                "it holds text",
                Found::Personal(bounded(&text)),
            ),
            _ => (
                "il contient un élément",
                "it holds an element",
                found(content),
            ),
        };
        let fr = format!("{parent} doit rester vide : {fr}");
        let en = format!("{parent} must stay empty: {en}");
        message::with(finding, fr, en).with_found(found)
    });
}

/// Text among elements.
pub(super) fn text(sink: &mut Sink<'_>, content: Node<'_>, frame: &Frame<'_>) {
    sink.emit(&rules::TEXT_FORBIDDEN, content, |finding| {
        let parent = local(frame.node);
        let fr = format!("texte non permis directement dans {parent}");
        let en = format!("text is not allowed directly in {parent}");
        let text = content.text().unwrap_or_default();
        message::with(finding, fr, en).with_found(Found::Personal(bounded(text.trim())))
    });
}

/// Text of an element that is not of its simple type.
pub(super) fn text_value(sink: &mut Sink<'_>, node: Node<'_>, simple: u16, reason: Reason) {
    let Some(ty) = schema::simple(simple) else {
        return;
    };
    sink.emit(&rules::TEXT_VALUE, node, |finding| {
        let (fr, en) = message::form(ty, reason);
        let found = Found::Personal(bounded(&node.string_value()));
        let name = local(node);
        message::with(
            finding,
            format!("{name} : attendu {fr}"),
            format!("{name}: expected {en}"),
        )
        .with_expected(message::lexical(ty, reason))
        .with_found(found)
    });
}

/// Concrete types that may stand for a declared one.
fn derived(declared: u16) -> String {
    let namespace = schema::ty(declared).map(|t| t.namespace);
    let all = data::TYPES.iter().zip(0..).filter(|&(ty, id)| {
        !ty.is_abstract
            && Some(ty.namespace) == namespace
            && !ty.name.contains(['@', '.'])
            && schema::derives(id, declared)
    });
    message::list(all.map(|(ty, _)| ty.name))
}

/// `xsi:type` is needed, or names an abstract type.
pub(super) fn abstract_type(sink: &mut Sink<'_>, node: Node<'_>, id: u16, ty: &Type, given: bool) {
    sink.emit(&rules::TYPE_ABSTRACT, node, |finding| {
        let (element, name) = (local(node), message::type_name(ty));
        let (fr, en) = if given {
            (
                format!("{element} : xsi:type nomme le type abstrait {name}"),
                format!("{element}: xsi:type names the abstract type {name}"),
            )
        } else {
            (
                format!("{element} a le type abstrait {name} : xsi:type est obligatoire"),
                format!("{element} has the abstract type {name}: xsi:type is required"),
            )
        };
        message::with(finding, fr, en).with_expected(derived(id))
    });
}

pub(super) fn unknown_type(
    sink: &mut Sink<'_>,
    attribute: Attribute<'_>,
    text: &str,
    declared: u16,
) {
    sink.emit_at_attribute(&rules::TYPE_UNKNOWN, attribute, |finding| {
        let name = bounded(text);
        let fr = format!("xsi:type « {name} » : type inconnu du schéma");
        let en = format!("xsi:type \"{name}\": no type of the schema");
        message::with(finding, fr, en)
            .with_expected(derived(declared))
            .with_found(Found::Public(name))
    });
}

pub(super) fn wrong_type(sink: &mut Sink<'_>, attribute: Attribute<'_>, text: &str, declared: u16) {
    sink.emit_at_attribute(&rules::TYPE_DERIVATION, attribute, |finding| {
        let (name, element) = (bounded(text), local(attribute.owner()));
        let expected = schema::ty(declared)
            .map(message::type_name)
            .unwrap_or_default();
        let fr = format!("xsi:type {name} ne dérive pas de {expected}, le type de {element}");
        let en = format!("xsi:type {name} is not derived from {expected}, the type of {element}");
        message::with(finding, fr, en)
            .with_expected(derived(declared))
            .with_found(Found::Public(name))
    });
}

pub(super) fn nil(sink: &mut Sink<'_>, attribute: Attribute<'_>) {
    sink.emit_at_attribute(&rules::NIL, attribute, |finding| {
        let element = local(attribute.owner());
        let fr = format!("{element} n'admet pas xsi:nil");
        let en = format!("{element} does not take xsi:nil");
        let found = Found::Public(bounded(&attribute.value()));
        message::with(finding, fr, en).with_found(found)
    });
}

/// All attributes that the type does not have at once: they often come of one wrong or missing `xsi:type`.
pub(super) fn attributes(
    sink: &mut Sink<'_>,
    unexpected: &[Attribute<'_>],
    id: u16,
    ty: &'static Type,
) {
    let Some(&first) = unexpected.first() else {
        return;
    };
    sink.emit_at_attribute(&rules::ATTRIBUTE_UNEXPECTED, first, |finding| {
        let names = message::list(unexpected.iter().map(|a| a.local_name()));
        let (element, type_name) = (local(first.owner()), message::type_name(ty));
        let fr = format!("{element} (type {type_name}) n'a pas d'attribut {names}");
        let en = format!("{element} (type {type_name}) has no attribute {names}");
        let all = message::names(schema::attribute_uses(id, ty).map(|u| u.name));
        message::with(finding, fr, en)
            .with_expected(all)
            .with_found(Found::Public(names))
    });
}

pub(super) fn missing_attributes(
    sink: &mut Sink<'_>,
    node: Node<'_>,
    id: u16,
    ty: &'static Type,
    missing: u32,
) {
    let is_missing = |bit: u8| bit < 32 && missing & (1 << bit) != 0;
    for usage in schema::attribute_uses(id, ty).filter(|u| is_missing(u.required)) {
        sink.emit(&rules::ATTRIBUTE_MISSING, node, |finding| {
            let (element, name) = (local(node), message::name(usage.name));
            let fr = format!("{element} : attribut {name} obligatoire");
            let en = format!("{element}: attribute {name} is required");
            message::with(finding, fr, en).with_expected(name)
        });
    }
}

/// An attribute that is not of its simple type.
pub(super) fn value(sink: &mut Sink<'_>, attribute: Attribute<'_>, simple: u16, reason: Reason) {
    let Some(ty) = schema::simple(simple) else {
        return;
    };
    let is_code = matches!(reason, Reason::Value(_));
    let rule = if is_code {
        &rules::ATTRIBUTE_CODE
    } else {
        &rules::ATTRIBUTE_VALUE
    };
    sink.emit_at_attribute(rule, attribute, |finding| {
        let (name, element) = (attribute.local_name(), local(attribute.owner()));
        let text = bounded(&attribute.value());
        let (fr, en, found) = if is_code {
            (
                format!("{name} de {element} : ce code n'est pas dans la liste du schéma"),
                format!("{name} of {element}: this code is not in the list of the schema"),
                Found::Public(text),
            )
        } else {
            let (fr, en) = message::form(ty, reason);
            (
                format!("{name} de {element} : attendu {fr}"),
                format!("{name} of {element}: expected {en}"),
                Found::Personal(text),
            )
        };
        message::with(finding, fr, en)
            .with_expected(message::lexical(ty, reason))
            .with_found(found)
    });
}

pub(super) fn fixed(sink: &mut Sink<'_>, attribute: Attribute<'_>, fixed: &'static str) {
    sink.emit_at_attribute(&rules::ATTRIBUTE_FIXED, attribute, |finding| {
        let (name, element) = (attribute.local_name(), local(attribute.owner()));
        let fr = format!("{name} de {element} vaut obligatoirement « {fixed} »");
        let en = format!("{name} of {element} has to be \"{fixed}\"");
        let found = Found::Public(bounded(&attribute.value()));
        message::with(finding, fr, en)
            .with_expected(fixed)
            .with_found(found)
    });
}

pub(super) fn duplicate_id(sink: &mut Sink<'_>, attribute: Attribute<'_>) {
    sink.emit_at_attribute(&rules::ID_DUPLICATE, attribute, |finding| {
        let name = bounded(&attribute.value());
        let fr = format!("l'identifiant « {name} » est déjà pris dans le document");
        let en = format!("the identifier \"{name}\" is already taken in the document");
        message::with(finding, fr, en).with_found(Found::Public(name))
    });
}

pub(super) fn dangling(sink: &mut Sink<'_>, attribute: Attribute<'_>, name: &str) {
    sink.emit_at_attribute(&rules::IDREF_DANGLING, attribute, |finding| {
        let name = bounded(name);
        let fr = format!("aucun élément du document ne porte l'identifiant « {name} »");
        let en = format!("no element of the document has the identifier \"{name}\"");
        message::with(finding, fr, en).with_found(Found::Public(name))
    });
}
