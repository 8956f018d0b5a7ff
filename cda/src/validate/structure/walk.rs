//! The pass over the tree.

use std::borrow::Cow;

use segur_core::Found;
use segur_xml::{Attribute, Document, NameId, Node, NodeKind};

use super::ids::Ids;
use super::recover::{self, Mistake};
use super::schema::{self, AttributeUse, Builtin, Content, NONE, State, Type};
use super::value::{self, Reason};
use super::{message, rules};
use crate::validate::context::{Sink, XSI};

/// Elements out of place that are looked at closely in one document; further ones are refused as unknown. Keeps a
/// document made of mistakes from taking long.
const MAX_JUDGED: usize = 1_000;

/// What stands between the tags of an open element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Elements of the content model, and white space.
    Elements,
    /// Elements of the content model, and text.
    Mixed,
    /// Anything (`anyType`).
    Any,
    /// Text of a simple type.
    Simple(u16),
    /// Nothing.
    Nothing,
    /// Nothing, because of `xsi:nil`.
    Nil,
}

/// An open element.
struct Frame<'a> {
    node: Node<'a>,
    inside: Inside,
    start: u16,
    state: u16,
    /// Text or elements that may not be here were reported.
    reported: bool,
    /// State in which an unknown element stood: what is missing there may be what it was meant to be.
    unknown_at: u16,
    /// Elements found out of their place.
    misplaced: Vec<u16>,
}

pub(super) struct Walker<'a, 's, 'r> {
    /// Numbers of the document's names in the tables.
    names: Vec<u16>,
    xsi_type: Option<NameId>,
    frames: Vec<Frame<'a>>,
    ids: Ids<'a>,
    judged: usize,
    /// Number of open elements around one that is there too often; 0: none. Its identifiers are copies, as it is.
    copied: usize,
    sink: &'s mut Sink<'r>,
}

impl<'a, 's, 'r> Walker<'a, 's, 'r> {
    pub(super) fn new(document: &'a Document, sink: &'s mut Sink<'r>) -> Self {
        let mut names = vec![NONE; document.name_count()];
        let mut xsi_type = None;
        let mut last = ("", schema::namespace_id(""));
        for (id, namespace, local) in document.expanded_names() {
            if namespace != last.0 {
                last = (namespace, schema::namespace_id(namespace));
            }
            let known = last.1.and_then(|ns| schema::name_id(ns, local));
            if let (Some(known), Some(slot)) = (known, names.get_mut(id.index())) {
                *slot = known;
            }
            if namespace == XSI && local == "type" {
                xsi_type = Some(id);
            }
        }
        Self {
            names,
            xsi_type,
            frames: Vec::with_capacity(32),
            ids: Ids::default(),
            judged: 0,
            copied: 0,
            sink,
        }
    }

    /// Checks `root`, which is a `ClinicalDocument`, and all below.
    pub(super) fn run(mut self, root: Node<'a>) {
        match schema::global_element(self.name(root.name_id())) {
            Some(state) => self.enter(root, state),
            None => return,
        }
        let mut cursor = root.first_child();
        loop {
            match cursor {
                Some(node) => {
                    // `None` after an element that was entered: it has no content, and is closed next.
                    cursor = match node.kind() {
                        NodeKind::Element if self.child(node) => node.first_child(),
                        NodeKind::Text => {
                            self.text(node);
                            node.next_sibling()
                        }
                        _ => node.next_sibling(),
                    };
                }
                None => {
                    let Some(frame) = self.frames.pop() else {
                        break;
                    };
                    let node = frame.node;
                    self.leave(frame);
                    if self.copied == self.frames.len() {
                        self.copied = 0;
                    }
                    if self.frames.is_empty() {
                        break;
                    }
                    cursor = node.next_sibling();
                }
            }
        }
        self.ids.resolve(self.sink);
    }

    fn name(&self, id: Option<NameId>) -> u16 {
        id.and_then(|id| self.names.get(id.index()).copied())
            .unwrap_or(NONE)
    }

    /// Takes an element into its parent's content; false when it is not looked into.
    fn child(&mut self, node: Node<'a>) -> bool {
        let name = self.name(node.name_id());
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        match frame.inside {
            Inside::Elements | Inside::Mixed => {
                if let Some(next) = schema::step(frame.state, name) {
                    frame.state = next;
                    self.enter(node, next);
                    return true;
                }
                if let Some(next) = schema::step_foreign(frame.state, node.namespace()) {
                    frame.state = next;
                    return false;
                }
                match self.refused(node, name) {
                    Some(state) => self.enter(node, state),
                    None => {
                        self.ids.skip(node);
                        return false;
                    }
                }
            }
            Inside::Any => match schema::global_element(name) {
                Some(state) => self.enter(node, state),
                None => self.enter_lax(node),
            },
            Inside::Nothing | Inside::Nil | Inside::Simple(_) => {
                self.forbidden(node);
                self.ids.skip(node);
                return false;
            }
        }
        true
    }

    /// Reports an element that the content model does not take; gives the state that tells its type, if it has one.
    fn refused(&mut self, node: Node<'a>, name: u16) -> Option<u16> {
        let depth = self.frames.len();
        let frame = self.frames.last_mut()?;
        if self.judged >= MAX_JUDGED {
            report_unexpected(self.sink, node, frame);
            return None;
        }
        self.judged += 1;
        match recover::judge(frame.start, frame.state, name) {
            Mistake::Missing { path, next } => {
                let excused = path.iter().all(|n| frame.misplaced.contains(n))
                    || frame.unknown_at == frame.state;
                let comes_later = path.iter().any(|&missing| {
                    later(node).any(|sibling| {
                        let id = sibling
                            .name_id()
                            .and_then(|id| self.names.get(id.index()).copied());
                        id == Some(missing)
                    })
                });
                if excused {
                    frame.state = next;
                } else if comes_later {
                    if !frame.misplaced.contains(&name) {
                        frame.misplaced.push(name);
                        report_order(self.sink, node, frame, &path);
                    }
                } else {
                    report_missing_before(self.sink, node, frame, &path);
                    frame.state = next;
                }
                Some(next)
            }
            Mistake::Misplaced { state } => {
                if !frame.misplaced.contains(&name) {
                    frame.misplaced.push(name);
                    let repeated = schema::state(frame.state).is_some_and(|s| s.2 == name);
                    if repeated {
                        if self.copied == 0 {
                            self.copied = depth;
                        }
                        report_repeated(self.sink, node, frame);
                    } else {
                        report_order(self.sink, node, frame, &[]);
                    }
                }
                Some(state)
            }
            Mistake::Unknown => {
                frame.unknown_at = frame.state;
                report_unexpected(self.sink, node, frame);
                None
            }
        }
    }

    fn forbidden(&mut self, node: Node<'a>) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if std::mem::replace(&mut frame.reported, true) {
            return;
        }
        let parent = message::bounded(frame.node.local_name());
        let rule = if frame.inside == Inside::Nil {
            &rules::NIL
        } else {
            &rules::CONTENT_FORBIDDEN
        };
        self.sink.emit(rule, frame.node, |finding| {
            let fr = format!("{parent} doit rester vide");
            let en = format!("{parent} must stay empty");
            let found = match node.kind() {
                NodeKind::Text if value::is_blank(&node.text().unwrap_or_default()) => {
                    Found::Public("␠".to_owned())
                }
                NodeKind::Text => {
                    Found::Personal(message::bounded(&node.text().unwrap_or_default()))
                }
                _ => Found::Public(message::bounded(node.local_name())),
            };
            message::with(finding, fr, en).with_found(found)
        });
    }

    fn text(&mut self, node: Node<'a>) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        match frame.inside {
            Inside::Mixed | Inside::Any | Inside::Simple(_) => {}
            Inside::Nothing | Inside::Nil => self.forbidden(node),
            Inside::Elements => {
                let text = node.text().unwrap_or_default();
                if value::is_blank(&text) || std::mem::replace(&mut frame.reported, true) {
                    return;
                }
                let parent = message::bounded(frame.node.local_name());
                self.sink.emit(&rules::TEXT_FORBIDDEN, node, |finding| {
                    let fr = format!("texte non permis directement dans {parent}");
                    let en = format!("text is not allowed directly in {parent}");
                    message::with(finding, fr, en)
                        .with_found(Found::Personal(message::bounded(text.trim())))
                });
            }
        }
    }

    /// Opens an element declared by `state`.
    fn enter(&mut self, node: Node<'a>, state: u16) {
        let (declared, nillable) =
            schema::state(state).map_or((NONE, false), |s: &State| (s.1, s.nillable()));
        self.open(node, declared, nillable);
    }

    /// Opens an element below `anyType` that no schema declares.
    fn enter_lax(&mut self, node: Node<'a>) {
        let any = schema::namespace_id("http://www.w3.org/2001/XMLSchema")
            .and_then(|ns| schema::type_id(ns, "anyType"));
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
        let mut frame = Frame {
            node,
            inside: Inside::Any,
            start: NONE,
            state: NONE,
            reported: false,
            unknown_at: NONE,
            misplaced: Vec::new(),
        };
        let Some(ty) = schema::ty(id) else {
            self.frames.push(frame);
            return;
        };
        if ty.is_abstract {
            self.report_abstract(node, ty, substituted);
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
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let namespace = if node.prefix().unwrap_or_default() == prefix {
            Some(node.namespace())
        } else {
            node.lookup_namespace(Some(prefix).filter(|p| !p.is_empty()))
        };
        let namespace = if prefix.is_empty() {
            namespace.or(Some(""))
        } else {
            namespace
        };
        let given = namespace
            .and_then(schema::namespace_id)
            .and_then(|ns| schema::type_id(ns, local))
            // Neither an anonymous type nor an empty prefix.
            .filter(|_| !local.starts_with('@') && !text.starts_with(':'));
        let expected = schema::ty(declared)
            .map(message::type_name)
            .unwrap_or_default();
        let found = || Found::Public(message::bounded(text));
        let Some(given) = given else {
            self.sink
                .emit_at_attribute(&rules::TYPE_UNKNOWN, attribute, |finding| {
                    let name = message::bounded(text);
                    let fr = format!("xsi:type « {name} » : type inconnu du schéma");
                    let en = format!("xsi:type \"{name}\": no type of the schema");
                    message::with(finding, fr, en)
                        .with_expected(format!("{expected} ou un type dérivé / or a derived type"))
                        .with_found(found())
                });
            return None;
        };
        if given == declared || schema::derives(given, declared) {
            return Some(given);
        }
        self.sink
            .emit_at_attribute(&rules::TYPE_DERIVATION, attribute, |finding| {
                let name = message::bounded(text);
                let fr = format!(
                    "xsi:type {name} ne dérive pas de {expected}, le type de {}",
                    node.local_name()
                );
                let en = format!(
                    "xsi:type {name} is not derived from {expected}, the type of {}",
                    node.local_name()
                );
                message::with(finding, fr, en)
                    .with_expected(expected.clone())
                    .with_found(found())
            });
        None
    }

    fn report_abstract(&mut self, node: Node<'a>, ty: &'static Type, substituted: bool) {
        self.sink.emit(&rules::TYPE_ABSTRACT, node, |finding| {
            let (element, name) = (message::bounded(node.local_name()), message::type_name(ty));
            let (fr, en) = if substituted {
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
            message::with(finding, fr, en)
        });
    }

    /// Checks the attributes; true when `xsi:nil` says that the element is empty.
    fn attributes(&mut self, node: Node<'a>, id: u16, ty: &'static Type, nillable: bool) -> bool {
        let mut nil = false;
        let mut missing = ty.required;
        let mut unexpected = None;
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
                None => unexpected = unexpected.or(Some(attribute)),
            }
        }
        if let Some(attribute) = unexpected {
            self.report_attributes(node, attribute, id, ty);
        }
        if missing != 0 {
            self.report_missing_attributes(node, id, ty, missing);
        }
        nil
    }

    fn nil(&mut self, attribute: Attribute<'a>, nillable: bool) -> bool {
        let value = attribute.value();
        let value = value.trim_matches([' ', '\t', '\n', '\r']);
        let known = matches!(value, "true" | "false" | "1" | "0");
        if !nillable || !known {
            self.sink
                .emit_at_attribute(&rules::NIL, attribute, |finding| finding);
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
            self.report_value(attribute, simple, reason);
            return;
        }
        if let Some(fixed) = usage.and_then(|u| u.fixed)
            && *value::collapse(&text) != *fixed
        {
            self.sink
                .emit_at_attribute(&rules::ATTRIBUTE_FIXED, attribute, |finding| {
                    let name = attribute.local_name();
                    let fr = format!("{name} vaut obligatoirement « {fixed} »");
                    let en = format!("{name} has to be \"{fixed}\"");
                    let found = Found::Public(message::bounded(&text));
                    message::with(finding, fr, en)
                        .with_expected(fixed)
                        .with_found(found)
                });
            return;
        }
        match ty.builtin {
            Builtin::Id => {
                let taken = !self.ids.declare(text.clone());
                if taken && self.copied == 0 {
                    self.sink
                        .emit_at_attribute(&rules::ID_DUPLICATE, attribute, |finding| {
                            let name = message::bounded(&text);
                            let fr =
                                format!("l'identifiant « {name} » est déjà pris dans le document");
                            let en = format!(
                                "the identifier \"{name}\" is already taken in the document"
                            );
                            message::with(finding, fr, en).with_found(Found::Public(name))
                        });
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

    fn report_value(&mut self, attribute: Attribute<'a>, simple: u16, reason: Reason) {
        let Some(ty) = schema::simple(simple) else {
            return;
        };
        let is_code = matches!(reason, Reason::Value(_));
        let rule = if is_code {
            &rules::ATTRIBUTE_CODE
        } else {
            &rules::ATTRIBUTE_VALUE
        };
        self.sink.emit_at_attribute(rule, attribute, |finding| {
            let (name, owner) = (attribute.local_name(), attribute.owner());
            let element = message::bounded(owner.local_name());
            let (expected_fr, expected_en) = message::form(ty, reason);
            let (fr, en) = if is_code {
                (
                    format!("{name} de {element} : ce code n'est pas dans la liste du schéma"),
                    format!("{name} of {element}: this code is not in the list of the schema"),
                )
            } else {
                (
                    format!("{name} de {element} : attendu {expected_fr}"),
                    format!("{name} of {element}: expected {expected_en}"),
                )
            };
            let text = message::bounded(&attribute.value());
            let found = if is_code {
                Found::Public(text)
            } else {
                Found::Personal(text)
            };
            message::with(finding, fr, en)
                .with_expected(expected_en)
                .with_found(found)
        });
    }

    /// Reports all attributes that the type does not have at once; they often come of one wrong or missing xsi:type.
    fn report_attributes(
        &mut self,
        node: Node<'a>,
        first: Attribute<'a>,
        id: u16,
        ty: &'static Type,
    ) {
        let known = |a: &Attribute<'_>| {
            let name = self.name(Some(a.name_id()));
            schema::attribute_use(id, ty, name).is_some() || (a.namespace() == XSI && name != NONE)
        };
        let names = message::list(
            node.attributes()
                .filter(|a| !known(a))
                .map(|a| a.local_name()),
        );
        self.sink
            .emit_at_attribute(&rules::ATTRIBUTE_UNEXPECTED, first, |finding| {
                let (element, type_name) =
                    (message::bounded(node.local_name()), message::type_name(ty));
                let fr = format!("{element} (type {type_name}) n'a pas d'attribut {names}");
                let en = format!("{element} (type {type_name}) has no attribute {names}");
                let all = message::names(schema::attribute_uses(id, ty).map(|u| u.name));
                message::with(finding, fr, en)
                    .with_expected(all)
                    .with_found(Found::Public(names.clone()))
            });
    }

    fn report_missing_attributes(
        &mut self,
        node: Node<'a>,
        id: u16,
        ty: &'static Type,
        missing: u32,
    ) {
        let required = schema::attribute_uses(id, ty)
            .filter(|u| u.required < 32 && missing & (1 << u.required) != 0);
        for usage in required {
            self.sink.emit(&rules::ATTRIBUTE_MISSING, node, |finding| {
                let (element, name) = (
                    message::bounded(node.local_name()),
                    message::name(usage.name),
                );
                let fr = format!("{element} : attribut {name} obligatoire");
                let en = format!("{element}: attribute {name} is required");
                message::with(finding, fr, en).with_expected(name)
            });
        }
    }

    /// Closes an element: is something missing at the end?
    fn leave(&mut self, frame: Frame<'a>) {
        match frame.inside {
            Inside::Elements | Inside::Mixed => {
                if schema::state(frame.state).is_some_and(|s| s.accepts())
                    || frame.unknown_at == frame.state
                {
                    return;
                }
                let path = recover::to_end(frame.state);
                if path.iter().all(|n| frame.misplaced.contains(n)) {
                    return;
                }
                let element = message::bounded(frame.node.local_name());
                self.sink
                    .emit(&rules::ELEMENT_MISSING, frame.node, |finding| {
                        let (fr, en) = missing_names(&path, frame.state);
                        let fr = format!("{element} : il manque {fr}");
                        let en = format!("{element}: {en} is missing");
                        message::with(finding, fr, en).with_expected(expected(frame.state))
                    });
            }
            Inside::Simple(simple) => {
                let text: Cow<'_, str> = frame.node.string_value();
                let Err(reason) = value::check(simple, &text) else {
                    return;
                };
                self.sink.emit(&rules::TEXT_VALUE, frame.node, |finding| {
                    let (fr, en) = schema::simple(simple)
                        .map(|ty| message::form(ty, reason))
                        .unwrap_or_default();
                    let found = Found::Personal(message::bounded(&text));
                    message::with(
                        finding,
                        format!("attendu : {fr}"),
                        format!("expected: {en}"),
                    )
                    .with_expected(en)
                    .with_found(found)
                });
            }
            Inside::Any | Inside::Nothing | Inside::Nil => {}
        }
    }
}

/// The element siblings after a node.
fn later(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(node.next_sibling(), |n| n.next_sibling())
        .filter(|n| n.kind() == NodeKind::Element)
}

/// What may come in a state.
fn expected(state: u16) -> String {
    message::names(schema::followers(state).into_iter().map(|(_, name)| name))
}

/// The names that are missing: a choice is told as such, (French, English).
fn missing_names(path: &[u16], state: u16) -> (String, String) {
    // Where one of several would do, none can be named as the missing one.
    let ends = schema::followers(state)
        .into_iter()
        .filter(|&(next, _)| recover::to_end(next).len() < path.len() && next != state)
        .map(|(_, name)| name);
    let ends: Vec<u16> = ends.collect();
    if path.len() == 1 && ends.len() > 1 {
        let all = message::names(ends);
        return (format!("un élément parmi {all}"), format!("one of {all}"));
    }
    let all = message::names(path.iter().copied());
    (all.clone(), all)
}

fn found(node: Node<'_>) -> Found {
    Found::Public(message::bounded(node.local_name()))
}

fn report_missing_before(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>, path: &[u16]) {
    sink.emit(&rules::ELEMENT_MISSING, node, |finding| {
        let (parent, name) = (
            message::bounded(frame.node.local_name()),
            message::bounded(node.local_name()),
        );
        let missing = message::names(path.iter().copied());
        let fr = format!("{parent} : il manque {missing} avant {name}");
        let en = format!("{parent}: {missing} is missing before {name}");
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found(node))
    });
}

fn report_order(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>, after: &[u16]) {
    sink.emit(&rules::ELEMENT_ORDER, node, |finding| {
        let (parent, name) = (
            message::bounded(frame.node.local_name()),
            message::bounded(node.local_name()),
        );
        let (fr, en) = if after.is_empty() {
            let last = schema::state(frame.state)
                .map(|s| message::name(s.2))
                .unwrap_or_default();
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

fn report_repeated(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>) {
    sink.emit(&rules::ELEMENT_REPEATED, node, |finding| {
        let (parent, name) = (
            message::bounded(frame.node.local_name()),
            message::bounded(node.local_name()),
        );
        let fr = format!("{parent} : {name} est présent trop de fois");
        let en = format!("{parent}: {name} is present too often");
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found(node))
    });
}

fn report_unexpected(sink: &mut Sink<'_>, node: Node<'_>, frame: &Frame<'_>) {
    sink.emit(&rules::ELEMENT_UNEXPECTED, node, |finding| {
        let (parent, name) = (
            message::bounded(frame.node.local_name()),
            message::bounded(node.local_name()),
        );
        let fr = format!("{parent} : élément {name} non prévu");
        let en = format!("{parent}: element {name} is not foreseen");
        let found = if node.namespace() == frame.node.namespace() {
            found(node)
        } else {
            Found::Public(message::bounded(&format!(
                "{{{}}}{}",
                node.namespace(),
                node.local_name()
            )))
        };
        message::with(finding, fr, en)
            .with_expected(expected(frame.state))
            .with_found(found)
    });
}
