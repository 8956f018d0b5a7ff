//! Runs the tables over a header, in one pass.

use std::borrow::Cow;

use segur_core::{Found, Message};
use segur_xml::Node;

use super::catalogue;
use super::datatype::DataType;
use super::messages;
use super::model::{Cond, Count, Element, Name, Rule, Syntax, Test};
use super::names::{Key, Names, Seen};
use super::special;
use super::syntax;
use super::vocabulary::{Vocabulary, Words};
use crate::validate::context::{Context, Sink, XSI};

/// Official pattern that the open rules come from.
pub(super) const PATTERN: &str = "template-1.2.250.1.213.1.1.1.1-2017-12-13T103531";
/// Official pattern of the elements that are not foreseen.
pub(super) const CLOSED_PATTERN: &str = "template-1.2.250.1.213.1.1.1.1-2017-12-13T103531-closed";
/// Official schema both belong to.
pub(super) const SCHEMA: &str = "ASIP-STRUCT-MIN-StrucMin";
/// Id of the rule about elements that are not foreseen.
pub(super) const UNFORESEEN: &str = "header-unforeseen-element";

/// Whether an element is one that a row is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Selected {
    Yes,
    No,
    /// Depends on a value set that is not loaded.
    Unknown,
}

/// What the reader carries along.
pub(super) struct Reader<'r, 'a> {
    pub(super) context: &'r Context<'a>,
    pub(super) sink: &'r mut Sink<'a>,
    pub(super) vocabulary: Vocabulary<'a>,
    /// Official item that the current rules come from.
    pub(super) item: &'static str,
    /// Whether the patient has a qualified family name, once it was asked.
    pub(super) qualified: Option<bool>,
    names: Names,
    /// Lists of children to be used again.
    spare: Vec<Vec<(Key, Node<'a>)>>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(super) fn new(context: &'r Context<'a>, sink: &'r mut Sink<'a>) -> Self {
        Self {
            context,
            sink,
            vocabulary: Vocabulary::new(context.value_sets),
            item: "",
            qualified: None,
            names: Names::new(context.root.document()),
            spare: Vec::new(),
        }
    }

    /// Checks an element, then the children that the table knows.
    pub(super) fn element(&mut self, table: &'static Element, node: Node<'a>) {
        let outer = self.item;
        self.item = table.item.unwrap_or(outer);
        if let Some(datatype) = table.datatype {
            self.declared_type(node, datatype.name());
        }
        let children = self.keyed(node);
        for rule in table.rules {
            self.rule(rule, node, &children);
        }
        if !table.children.is_empty() {
            for &(key, child) in &children {
                match self.row(table, key, child) {
                    (Some(row), _) => self.element(row, child),
                    (None, Selected::No) if !is_nil(child) => self.unforeseen(child),
                    _ => {}
                }
            }
        }
        self.spare.push(children);
        self.item = outer;
    }

    /// Calls a function on each element that has a data type in the tables.
    pub(super) fn typed(
        &mut self,
        table: &'static Element,
        node: Node<'a>,
        each: &mut dyn FnMut(DataType, Node<'a>, &mut Sink<'a>),
    ) {
        if let Some(datatype) = table.datatype {
            each(datatype, node, self.sink);
        }
        if table.children.is_empty() {
            return;
        }
        for child in node.elements() {
            if let (Some(row), _) = self.row(table, self.names.of(child), child) {
                self.typed(row, child, each);
            }
        }
    }

    /// The row that is about a child, if one is; and whether the table may know the child.
    fn row(
        &mut self,
        table: &'static Element,
        key: Key,
        child: Node<'a>,
    ) -> (Option<&'static Element>, Selected) {
        let mut known = Selected::No;
        for row in table.children.iter().copied().flatten() {
            if row.key != key {
                continue;
            }
            match self.selected(row.when, child) {
                Selected::Yes => return (Some(row), Selected::Yes),
                Selected::Unknown => known = Selected::Unknown,
                Selected::No => {}
            }
        }
        (None, known)
    }

    /// The child elements with the keys of their names.
    fn keyed(&mut self, node: Node<'a>) -> Vec<(Key, Node<'a>)> {
        let mut children = self.spare.pop().unwrap_or_default();
        children.clear();
        children.extend(node.elements().map(|child| (self.names.of(child), child)));
        children
    }

    /// Whether an element has this name.
    pub(super) fn is(&self, node: Node<'a>, name: Name) -> bool {
        self.names.of(node) == name.key
    }

    /// The child elements of one name.
    fn named(&self, node: Node<'a>, name: Name) -> impl Iterator<Item = Node<'a>> {
        node.elements()
            .filter(move |child| self.names.of(*child) == name.key)
    }

    fn selected(&mut self, when: &[Cond], node: Node<'a>) -> Selected {
        let mut all = Selected::Yes;
        for cond in when {
            match self.holds(cond, node) {
                Selected::No => return Selected::No,
                Selected::Unknown => all = Selected::Unknown,
                Selected::Yes => {}
            }
        }
        all
    }

    fn holds(&mut self, cond: &Cond, node: Node<'a>) -> Selected {
        let yes = match *cond {
            Cond::NotNull => node.attribute("nullFlavor").is_none(),
            Cond::Has(name) => self.named(node, name).next().is_some(),
            Cond::Without(name) => self.named(node, name).next().is_none(),
            Cond::HasAttr(name) => node.attribute(name).is_some(),
            Cond::Attr(name, value) => node.attribute(name).is_some_and(|v| v == value),
            Cond::AttrOrNull(name, value) => {
                node.attribute("nullFlavor").is_some()
                    || node.attribute(name).is_some_and(|v| v == value)
            }
            Cond::AttrNot(name, values) => !node
                .attribute(name)
                .is_some_and(|v| values.contains(&v.as_ref())),
            Cond::Child(name, inner) => {
                for child in node.elements() {
                    if self.names.of(child) == name.key && self.holds(inner, child) == Selected::Yes
                    {
                        return Selected::Yes;
                    }
                }
                false
            }
            Cond::InValueSet(oid) => {
                let code = node.attribute("code").unwrap_or_default();
                let system = node.attribute("codeSystem").unwrap_or_default();
                match self.vocabulary.pair(oid, &code, &system) {
                    Some(known) => known,
                    None => return Selected::Unknown,
                }
            }
        };
        if yes { Selected::Yes } else { Selected::No }
    }

    fn rule(&mut self, rule: &'static Rule, node: Node<'a>, children: &[(Key, Node<'a>)]) {
        match &rule.test {
            Test::Count(count) => self.count(rule.id, count, node, children),
            Test::Choice { names, min, max } => {
                let mut found = node
                    .elements()
                    .filter(|e| names.iter().any(|name| e.is(super::HL7, name)));
                self.bounds(rule.id, node, names, *min, *max, &mut found);
            }
            Test::EachOnce(names) => self.each_once(rule.id, names, node, children),
            Test::Attr {
                name,
                required,
                syntax,
            } => {
                self.attribute(rule.id, node, name, *required, *syntax);
            }
            Test::ValueSet { attr, oid } => self.value_set(rule.id, node, attr, oid),
            Test::NoChild => {
                if let Some(child) = node.elements().next() {
                    let message = messages::no_child(node.local_name(), child.local_name());
                    self.report(rule.id, child, message, None, None);
                }
            }
            Test::Special(which) => special::run(*which, rule.id, node, self),
        }
    }

    fn count(
        &mut self,
        id: &'static str,
        count: &'static Count,
        node: Node<'a>,
        children: &[(Key, Node<'a>)],
    ) {
        let mut found = 0_usize;
        let mut extra = None;
        let mut near = None;
        for &(key, child) in children {
            if key != count.key {
                continue;
            }
            match self.selected(count.when, child) {
                Selected::Yes => {
                    found += 1;
                    if found > count.max && extra.is_none() {
                        extra = Some(child);
                    }
                }
                Selected::Unknown => return self.sink_not_run(id),
                Selected::No if about_value(count.when) => {
                    near = near.or_else(|| lookalike(count.when, child).map(|_| child));
                }
                Selected::No => near = near.or(Some(child)),
            }
        }
        if found < count.min {
            let look = near.and_then(|near| lookalike(count.when, near));
            let message = match (near, look) {
                (Some(near), Some((name, value))) => messages::lookalike(count, near, name, &value),
                (near, _) => messages::missing(node.local_name(), count, near),
            };
            let found = look_found(near, count.when);
            let place = near.unwrap_or(node);
            self.report(id, place, message, Some(messages::expected(count)), found);
        } else if let Some(extra) = extra {
            let message = messages::too_many(node.local_name(), count.name, found, count.max);
            self.report(id, extra, message, Some(messages::expected(count)), None);
        }
    }

    /// Counts what an iterator gives and reports when it is not within bounds.
    pub(super) fn bounds(
        &mut self,
        id: &'static str,
        node: Node<'a>,
        names: &[&str],
        min: usize,
        max: usize,
        found: &mut dyn Iterator<Item = Node<'a>>,
    ) {
        let mut number = 0_usize;
        let mut extra = None;
        for child in found {
            number += 1;
            if number > max && extra.is_none() {
                extra = Some(child);
            }
        }
        if number < min {
            self.report(
                id,
                node,
                messages::no_choice(node.local_name(), names),
                None,
                None,
            );
        } else if let Some(extra) = extra {
            let message = messages::too_many_choices(node.local_name(), names, number, max);
            self.report(id, extra, message, None, None);
        }
    }

    fn each_once(
        &mut self,
        id: &'static str,
        names: &'static [&'static str],
        node: Node<'a>,
        children: &[(Key, Node<'a>)],
    ) {
        let mut seen = Seen::default();
        for &(key, child) in children {
            if seen.again(key) && names.contains(&child.local_name()) {
                let message = messages::twice(node.local_name(), child.local_name());
                self.report(id, child, message, None, None);
            }
        }
    }

    fn attribute(
        &mut self,
        id: &'static str,
        node: Node<'a>,
        name: &'static str,
        required: bool,
        form: Syntax,
    ) {
        match node.attribute(name) {
            None if required => {
                let message = messages::no_attribute(node.local_name(), name);
                self.report(id, node, message, Some(messages::form(form)), None);
            }
            Some(value) if !syntax::holds(form, &value) => {
                let message = messages::bad_attribute(node.local_name(), name, form);
                let found = self.found(name, value);
                self.report(id, node, message, Some(messages::form(form)), Some(found));
            }
            _ => {}
        }
    }

    fn value_set(
        &mut self,
        id: &'static str,
        node: Node<'a>,
        attr: &'static str,
        oid: &'static str,
    ) {
        let Some(value) = node.attribute(attr) else {
            return;
        };
        match self.vocabulary.words(oid, &value) {
            Words::Known => {}
            Words::NoValueSet => self.not_run(id, oid),
            Words::Unknown(word) => {
                let message = messages::not_in_set(node.local_name(), attr, oid);
                let found = Found::Public(word.to_owned());
                self.report(id, node, message, None, Some(found));
            }
        }
    }

    fn declared_type(&mut self, node: Node<'a>, wanted: Option<&'static str>) {
        let Some(wanted) = wanted else { return };
        let Some(declared) = node.attribute_ns(XSI, "type") else {
            return;
        };
        let declared = declared.trim();
        let (prefix, local) = match declared.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, declared),
        };
        if local != wanted || node.lookup_namespace(prefix) != Some(super::HL7) {
            let message = messages::wrong_type(node.local_name(), wanted);
            let found = Found::Public(declared.to_owned());
            self.report(
                "header-xsi-type",
                node,
                message,
                Some(Cow::Borrowed(wanted)),
                Some(found),
            );
        }
    }

    fn unforeseen(&mut self, node: Node<'a>) {
        let parent = node.parent().map(|p| p.local_name()).unwrap_or_default();
        let message = messages::unforeseen(node.local_name(), parent);
        self.emit(UNFORESEEN, CLOSED_PATTERN, node, message, None, None);
    }

    /// Adds an error.
    pub(super) fn report(
        &mut self,
        id: &'static str,
        node: Node<'a>,
        message: Message,
        expected: Option<Cow<'static, str>>,
        found: Option<Found>,
    ) {
        self.emit(id, PATTERN, node, message, expected, found);
    }

    fn emit(
        &mut self,
        id: &'static str,
        pattern: &'static str,
        node: Node<'a>,
        message: Message,
        expected: Option<Cow<'static, str>>,
        found: Option<Found>,
    ) {
        let Some(rule) = catalogue::find(id) else {
            return;
        };
        let item = self.item;
        self.sink.emit(rule, node, |mut finding| {
            finding.message = message;
            finding.expected = expected;
            finding.found = found;
            finding
                .with_source(messages::source(item))
                .with_pattern(pattern)
                .with_schema(SCHEMA)
        });
    }

    /// Says that a rule could not be run because its value set is not there.
    pub(super) fn not_run(&mut self, id: &'static str, oid: &'static str) {
        self.sink.not_run(id, || messages::no_value_set(oid));
    }

    fn sink_not_run(&mut self, id: &'static str) {
        self.not_run(id, super::tables::fragments::VS_PRACTICE_SETTING);
    }

    /// A value of the document, masked when it may identify someone.
    pub(super) fn found(&self, attribute: &str, value: Cow<'_, str>) -> Found {
        let personal = attribute == "extension"
            || (attribute == "value"
                && matches!(self.item, "CI-SISRecordTarget" | "CI-SISTelecom"));
        if personal {
            Found::Personal(value.into_owned())
        } else {
            Found::Public(value.into_owned())
        }
    }
}

/// Whether conditions look at values (several elements of that name are normal) or at the shape of the element.
fn about_value(when: &[Cond]) -> bool {
    when.iter().any(|cond| {
        matches!(
            cond,
            Cond::Attr(..) | Cond::AttrNot(..) | Cond::InValueSet(_)
        )
    })
}

/// Attribute and value of an element that differ by a few characters from what the conditions ask for.
fn lookalike<'a>(when: &[Cond], node: Node<'a>) -> Option<(&'static str, Cow<'a, str>)> {
    when.iter().find_map(|cond| match *cond {
        Cond::Attr(name, wanted) => {
            let value = node.attribute(name)?;
            syntax::is_slip(wanted, &value).then_some((name, value))
        }
        _ => None,
    })
}

fn look_found(near: Option<Node<'_>>, when: &[Cond]) -> Option<Found> {
    let (_, value) = lookalike(when, near?)?;
    Some(Found::Public(value.into_owned()))
}

fn is_nil(node: Node<'_>) -> bool {
    node.attribute_ns(XSI, "nil").is_some_and(|v| v == "true")
}
