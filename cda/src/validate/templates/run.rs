//! Runs the tables on a document.

use segur_core::{Found, Message};
use segur_xml::{Document, Node};

use super::catalogue::find;
use super::compiled::{AskedOfModel, Ready, TABLES};
use super::model::{MANY, ValueSetName};
use super::path::{Scope, expand};
use crate::validate::context::{Context, HL7, Sink, XSI};
use crate::validate::options::ModelChoice;

/// Written out in findings: one path of a check at most this long.
const MAX_EXPECTED: usize = 300;
const NULL_FLAVORS: [&str; 11] = [
    "UNK", "NA", "NASK", "ASKU", "NI", "NAV", "MSK", "OTH", "NINF", "PINF", "TRC",
];

/// Checks this part.
pub(crate) fn check<'a>(document: &'a Document, context: &Context<'a>, sink: &mut Sink<'a>) {
    let root = context.root;
    let model = model_of(context);
    let names = TABLES.words.of(document);
    let mut run = Run {
        context,
        sink,
        scope: Scope::new(&TABLES.words, &names, document),
    };
    if let Some(asked) = model {
        run.all(asked.model.id, asked.model.name, &asked.checks, root);
        run.all(asked.model.values_id, asked.model.name, &asked.values, root);
    }
    let Some(template) = document.name_id(HL7, "templateId") else {
        return;
    };
    let mut entered = None;
    for node in root.descendants() {
        if node.name_id() != Some(template) {
            continue;
        }
        let owner = node.parent().filter(|owner| entered != Some(owner.id()));
        let Some(owner) = owner else { continue };
        entered = Some(owner.id());
        run.scope.enter(owner);
        for template in run.scope.templates().to_vec() {
            for row in TABLES.templates.get(&template).into_iter().flatten() {
                run.all(row.id, row.name, &row.checks, owner);
            }
            let Some(asked) = model else { continue };
            if let Some(checks) = asked.inside.get(&template) {
                run.all(asked.model.id, asked.model.name, checks, owner);
            }
            if let Some(checks) = asked.values_inside.get(&template) {
                run.all(asked.model.values_id, asked.model.name, checks, owner);
            }
        }
    }
}

fn model_of(context: &Context<'_>) -> Option<&'static AskedOfModel> {
    let declares = |asked: &&AskedOfModel| {
        let model = asked.model;
        let mut templates = context.root.children_named(HL7, "templateId");
        templates.any(|t| {
            t.attribute("root").is_some_and(|r| r == expand(model.root))
                && t.attribute("extension").unwrap_or_default() == model.extension
        })
    };
    let mut models = TABLES.models.iter();
    match context.model {
        ModelChoice::None => None,
        ModelChoice::Named(name) => models.find(|asked| asked.model.name == name),
        ModelChoice::Auto => models.find(declares),
    }
}

struct Run<'r, 'a> {
    scope: Scope<'r, 'a>,
    context: &'r Context<'a>,
    sink: &'r mut Sink<'a>,
}

impl<'a> Run<'_, 'a> {
    fn all(&mut self, id: &'static str, name: &'static str, checks: &[Ready], at: Node<'a>) {
        for check in checks {
            match check {
                Ready::Each(path, checks) => {
                    let mut found = Vec::new();
                    path.each(&self.scope, at, &mut |node| {
                        found.push(node);
                        true
                    });
                    for node in found {
                        self.all(id, name, checks, node);
                    }
                }
                Ready::Has {
                    text,
                    path,
                    min,
                    max,
                } => {
                    let (count, last) = path.count(&self.scope, at, max.saturating_add(1));
                    if count > *max {
                        self.tell(id, name, last.unwrap_or(at), written(text, *min, *max));
                    } else if count < *min {
                        let place = path.nearest(&self.scope, at).unwrap_or(at);
                        self.tell(id, name, place, written(text, *min, *max));
                    }
                }
                Ready::Either(groups) => {
                    if !groups
                        .iter()
                        .any(|group| group.iter().all(|c| self.holds(c, at)))
                    {
                        self.tell(id, name, at, alternatives(groups));
                    }
                }
                Ready::Coded {
                    text,
                    path,
                    sets,
                    null,
                    display,
                } => {
                    let mut found = Vec::new();
                    path.each(&self.scope, at, &mut |node| {
                        found.push(node);
                        true
                    });
                    for node in found {
                        self.coded(id, name, text, node, sets, *null, *display);
                    }
                }
                Ready::Units(units) => self.units(id, name, units, at),
            }
        }
    }

    /// Whether a check holds; value sets and units do not stand in alternatives.
    fn holds(&self, check: &Ready, at: Node<'a>) -> bool {
        match check {
            Ready::Has { path, min, max, .. } => {
                let (count, _) =
                    path.count(&self.scope, at, max.saturating_add(1).min((*min).max(1)));
                count >= *min && count <= *max
            }
            Ready::Each(path, checks) => path.each(&self.scope, at, &mut |node| {
                checks.iter().all(|check| self.holds(check, node))
            }),
            Ready::Either(groups) => groups
                .iter()
                .any(|group| group.iter().all(|c| self.holds(c, at))),
            Ready::Coded { .. } | Ready::Units(_) => true,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one check")]
    fn coded(
        &mut self,
        id: &'static str,
        name: &'static str,
        text: &'static str,
        node: Node<'a>,
        sets: &'static [ValueSetName],
        null: bool,
        display: bool,
    ) {
        let other_type = node.attribute_ns(XSI, "type").is_some_and(|found| {
            !matches!(
                found.rsplit(':').next().unwrap_or_default().trim(),
                "CD" | "CE"
            )
        });
        let expected = || {
            let names: Vec<&str> = sets.iter().map(|(_, name)| *name).collect();
            format!("{} ∈ {}", whole(text), names.join(" | "))
        };
        if let Some(flavor) = node.attribute("nullFlavor") {
            let admitted = null && NULL_FLAVORS.contains(&&*flavor);
            let accepted = admitted || (null && other_type);
            if !accepted {
                self.tell(id, name, node, expected());
            }
            return;
        }
        if other_type {
            return;
        }
        let code = node.attribute("code");
        let system = node.attribute("codeSystem");
        let complete = !display || node.attribute("displayName").is_some();
        let (Some(code), Some(system), true) = (code, system, complete) else {
            return self.tell(id, name, node, expected());
        };
        let mut missing = None;
        for (oid, set_name) in sets {
            match self.context.value_sets.and_then(|all| all.by_oid(oid)) {
                Some(Ok(set)) if set.contains(&code, &system) => return,
                Some(Ok(_)) => {}
                _ => missing = Some((oid, set_name)),
            }
        }
        if let Some((oid, set_name)) = missing {
            return self.sink.not_run(id, || {
                Message::new(
                    format!("le jeu de valeurs {set_name} ({oid}) n'est pas chargé"),
                    format!("the value set {set_name} ({oid}) is not loaded"),
                )
            });
        }
        let found = format!("{code} ({system})");
        if let Some(rule) = find(id) {
            self.sink.emit(rule, node, |finding| {
                finding
                    .with_expected(expected())
                    .with_found(Found::Public(found))
            });
        }
    }

    fn units(
        &mut self,
        id: &'static str,
        name: &'static str,
        units: &[(&str, &[&str])],
        at: Node<'a>,
    ) {
        let code = at.child(HL7, "code").and_then(|c| c.attribute("code"));
        let row = units
            .iter()
            .find(|(known, _)| code.as_deref() == Some(*known));
        let (Some((code, admitted)), Some(value)) = (row, at.child(HL7, "value")) else {
            return;
        };
        let unit = value.attribute("unit").unwrap_or_default();
        if value.attribute("nullFlavor").is_none() && !admitted.contains(&&*unit) {
            let text = format!("value[@unit={}] ({code})", admitted.join("|"));
            self.tell(id, name, value, text);
        }
    }

    fn tell(&mut self, id: &'static str, name: &'static str, at: Node<'a>, expected: String) {
        let Some(rule) = find(id) else { return };
        let expected: String = expected.chars().take(MAX_EXPECTED).collect();
        self.sink.emit(rule, at, |mut finding| {
            finding.message = Message::new(
                format!("{name} : il faut {expected}"),
                format!("{name}: {expected} is asked for"),
            );
            finding.with_expected(expected)
        });
    }
}

/// A path with whole OIDs and how often it is asked for.
pub(super) fn written(text: &str, min: usize, max: usize) -> String {
    let text = whole(text);
    match (min, max) {
        (min, MANY) => format!("{text} {min}..*"),
        (min, max) => format!("{text} {min}..{max}"),
    }
}

/// A path with whole OIDs.
pub(super) fn whole(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('#').enumerate() {
        if index == 0 {
            out.push_str(part);
            continue;
        }
        let (root, rest) = part.split_once(']').unwrap_or((part, ""));
        out.push_str("templateId=");
        out.push_str(&expand(root));
        out.push(']');
        out.push_str(rest);
    }
    for attribute in ["root=", "codeSystem="] {
        let mut parts = out.split(attribute);
        let mut expanded = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (value, rest) = part.split_at(part.find(']').unwrap_or(part.len()));
            expanded.push_str(attribute);
            expanded.push_str(&expand(value));
            expanded.push_str(rest);
        }
        out = expanded;
    }
    out
}

fn alternatives(groups: &[Vec<Ready>]) -> String {
    let group = |group: &Vec<Ready>| group.iter().map(asked).collect::<Vec<_>>().join(", ");
    groups.iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn asked(check: &Ready) -> String {
    match check {
        Ready::Has { text, min, max, .. } => written(text, *min, *max),
        Ready::Each(_, checks) => checks.iter().map(asked).collect::<Vec<_>>().join(", "),
        Ready::Either(groups) => alternatives(groups),
        Ready::Coded { text, .. } => whole(text),
        Ready::Units(_) => "value[@unit]".to_owned(),
    }
}
