//! Carries a changed value into an existing tree: only what changed is touched.
//!
//! The value that the tree holds and the new one are both written as elements; their difference is
//! then applied to the tree. What the typed value does not hold (comments, extensions, prefixes,
//! white space, unknown elements and attributes) is in neither, hence not in the difference, and
//! stays byte for byte. Requirement SC.CDA/INT.16.

use std::collections::HashMap;

use segur_xml::{Document, EditError, Node, NodeId, NodeKind};

use super::element::{Attribute, AttributeValue, Content, Element, is_blank};
use super::write::{Scope, WriteError, fragment};

/// Why a value could not be carried into a tree.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The tree has no `ClinicalDocument`.
    #[error("the document has no ClinicalDocument element: it is not a CDA document")]
    NotCda,
    /// A text cannot be written in XML.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The tree refused the edit.
    #[error("the tree could not be edited at {path}")]
    Edit {
        /// Path of the element that was to change.
        path: String,
        /// Why it was refused.
        #[source]
        source: EditError,
    },
}

/// Makes the element at `id`, which reads as `old`, read as `new`.
pub(crate) fn patch(
    doc: &mut Document,
    id: NodeId,
    old: &Element<'_>,
    new: &Element<'_>,
) -> Result<(), UpdateError> {
    if old == new {
        return Ok(());
    }
    patch_attributes(doc, id, &old.attributes, &new.attributes)?;
    if old.children == new.children {
        return Ok(());
    }
    if old.elements().next().is_none() && new.elements().next().is_none() {
        return patch_text(doc, id, &new.text());
    }
    patch_children(doc, id, old, new)
}

fn edit<T>(doc: &Document, id: NodeId, result: Result<T, EditError>) -> Result<T, UpdateError> {
    result.map_err(|source| UpdateError::Edit {
        path: doc.node(id).map(|n| n.path()).unwrap_or_default(),
        source,
    })
}

/// Runs an edit and tells where it was refused.
macro_rules! edit {
    ($doc:ident, $id:expr, $call:expr) => {{
        let result = $call;
        edit($doc, $id, result)
    }};
}

fn same_name(a: &Attribute<'_>, b: &Attribute<'_>) -> bool {
    a.local == b.local && a.namespace == b.namespace
}

fn patch_attributes(
    doc: &mut Document,
    id: NodeId,
    old: &[Attribute<'_>],
    new: &[Attribute<'_>],
) -> Result<(), UpdateError> {
    for attribute in old.iter().filter(|a| !new.iter().any(|b| same_name(a, b))) {
        let Some(name) = attribute_name(doc, id, &attribute.namespace, &attribute.local) else {
            continue;
        };
        edit!(doc, id, doc.remove_attribute(id, &name))?;
    }
    for attribute in new {
        if old.iter().any(|a| a == attribute) {
            continue;
        }
        let name = match attribute_name(doc, id, &attribute.namespace, &attribute.local) {
            Some(name) => name,
            None => {
                let prefix = declare(doc, id, &attribute.namespace)?;
                format!("{prefix}:{}", attribute.local)
            }
        };
        let value = match &attribute.value {
            AttributeValue::Text(text) => text.clone().into_owned(),
            AttributeValue::Name { namespace, local } => {
                let known = doc
                    .node(id)
                    .and_then(|n| Scope::of_node(n).type_name(namespace, local));
                match known {
                    Some(name) => name,
                    None => format!("{}:{local}", declare(doc, id, namespace)?),
                }
            }
        };
        edit!(doc, id, doc.set_attribute(id, &name, &value))?;
    }
    Ok(())
}

fn attribute_name(doc: &Document, id: NodeId, namespace: &str, local: &str) -> Option<String> {
    if namespace.is_empty() {
        return Some(local.to_owned());
    }
    let node = doc.node(id)?;
    let scope = Scope::of_node(node);
    scope
        .attribute_prefix(namespace)
        .map(|prefix| format!("{prefix}:{local}"))
}

/// Declares a namespace on an element; gives its prefix.
fn declare(doc: &mut Document, id: NodeId, namespace: &str) -> Result<String, UpdateError> {
    let prefix = match doc.node(id) {
        Some(node) => Scope::of_node(node).free_prefix(namespace),
        None => String::new(),
    };
    edit!(
        doc,
        id,
        doc.set_attribute(id, &format!("xmlns:{prefix}"), namespace)
    )?;
    Ok(prefix)
}

/// An element that holds text alone: its text changes, comments within stay.
fn patch_text(doc: &mut Document, id: NodeId, text: &str) -> Result<(), UpdateError> {
    let texts: Vec<NodeId> = doc
        .node(id)
        .map(|n| {
            n.children()
                .filter(|c| c.kind() == NodeKind::Text)
                .map(|c| c.id())
                .collect()
        })
        .unwrap_or_default();
    let Some((first, rest)) = texts.split_first() else {
        let has_children = doc.node(id).is_some_and(|n| n.first_child().is_some());
        if has_children {
            let markup = escape_text(text)?;
            edit!(doc, id, doc.append_child(id, &markup))?;
        } else {
            edit!(doc, id, doc.set_text(id, text))?;
        }
        return Ok(());
    };
    for other in rest {
        edit!(doc, id, doc.remove(*other))?;
    }
    edit!(doc, id, doc.set_text(*first, text))
}

fn escape_text(text: &str) -> Result<String, WriteError> {
    let mut holder = Element {
        local: "t".into(),
        ..Element::default()
    };
    holder.push_text(text);
    let markup = fragment(&holder, &Scope::default(), None)?;
    let inner = markup
        .strip_prefix("<t>")
        .and_then(|m| m.strip_suffix("</t>"));
    Ok(inner.unwrap_or_default().to_owned())
}

/// What a child is told apart by.
fn name_of<'e>(content: &'e Content<'_>) -> (&'e str, &'e str) {
    match content {
        Content::Element(e) => (e.namespace.as_ref(), e.local.as_ref()),
        Content::Text(_) => ("", ""),
    }
}

/// The nodes of the tree from which the children of `old` were read: the nth of each name.
fn sources(node: Node<'_>, old: &Element<'_>) -> Vec<Option<NodeId>> {
    let mut by_name: HashMap<(&str, &str), Vec<NodeId>> = HashMap::new();
    for child in node.children() {
        match child.kind() {
            NodeKind::Element => {
                by_name
                    .entry((child.namespace(), child.local_name()))
                    .or_default()
                    .push(child.id());
            }
            NodeKind::Text if child.text().is_some_and(|t| !is_blank(&t)) => {
                by_name.entry(("", "")).or_default().push(child.id());
            }
            _ => {}
        }
    }
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    old.children
        .iter()
        .map(|content| {
            let rank = seen.entry(name_of(content)).or_default();
            let found = by_name
                .get(&name_of(content))
                .and_then(|ids| ids.get(*rank))
                .copied();
            *rank += 1;
            found
        })
        .collect()
}

/// Pairs the children: equal ones first, then those of one name between them.
fn align(old: &[Content<'_>], new: &[Content<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = (old.len() - prefix).min(new.len() - prefix);
    let suffix = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let mut pairs: Vec<_> = (0..prefix).map(|i| (Some(i), Some(i))).collect();
    let (old_end, new_end) = (old.len() - suffix, new.len() - suffix);
    let mut at = (prefix, prefix);
    for (i, j) in common(&old[prefix..old_end], &new[prefix..new_end]) {
        let (i, j) = (i + prefix, j + prefix);
        pair_by_name(old, new, at.0..i, at.1..j, &mut pairs);
        pairs.push((Some(i), Some(j)));
        at = (i + 1, j + 1);
    }
    pair_by_name(old, new, at.0..old_end, at.1..new_end, &mut pairs);
    pairs.extend((0..suffix).map(|k| (Some(old_end + k), Some(new_end + k))));
    pairs
}

/// The longest common subsequence; none when the lists are so long that it would cost too much.
fn common(old: &[Content<'_>], new: &[Content<'_>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (old.len(), new.len());
    if rows == 0 || columns == 0 || rows.saturating_mul(columns) > 250_000 {
        return Vec::new();
    }
    let width = columns + 1;
    let mut lengths = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if old[i] == new[j] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn pair_by_name(
    old: &[Content<'_>],
    new: &[Content<'_>],
    old_range: std::ops::Range<usize>,
    new_range: std::ops::Range<usize>,
    pairs: &mut Vec<(Option<usize>, Option<usize>)>,
) {
    let mut next = old_range.start;
    for j in new_range {
        let name = name_of(&new[j]);
        match (next..old_range.end).find(|&i| name_of(&old[i]) == name) {
            Some(i) => {
                pairs.extend((next..i).map(|k| (Some(k), None)));
                pairs.push((Some(i), Some(j)));
                next = i + 1;
            }
            None => pairs.push((None, Some(j))),
        }
    }
    pairs.extend((next..old_range.end).map(|k| (Some(k), None)));
}

fn patch_children(
    doc: &mut Document,
    id: NodeId,
    old: &Element<'_>,
    new: &Element<'_>,
) -> Result<(), UpdateError> {
    let Some(node) = doc.node(id) else {
        return Ok(());
    };
    let sources = sources(node, old);
    let source = |i: Option<usize>| i.and_then(|i| sources.get(i).copied().flatten());
    let pairs = align(&old.children, &new.children);
    let mixed = old.has_text() || new.has_text();
    if !old.has_text() && new.has_text() {
        // Indentation would become part of the text.
        remove_blanks(doc, id)?;
    }
    let mut last: Option<NodeId> = None;
    for (rank, (i, j)) in pairs.iter().enumerate() {
        let Some(content) = j.and_then(|j| new.children.get(j)) else {
            if let Some(node) = source(*i) {
                remove(doc, node, mixed)?;
            }
            continue;
        };
        if let Some(node) = source(*i) {
            last = Some(node);
            match (content, i.and_then(|i| old.children.get(i))) {
                (Content::Element(new), Some(Content::Element(old))) => patch(doc, node, old, new)?,
                (Content::Text(text), before) if before != Some(content) => {
                    let markup = escape_text(text)?;
                    last = Some(edit!(doc, node, doc.replace(node, &markup))?);
                }
                _ => {}
            }
            continue;
        }
        if i.is_some() && i.and_then(|i| old.children.get(i)) == Some(content) {
            // An element that the standard asks for and that the document lacks: still not there.
            continue;
        }
        let next = pairs[rank + 1..]
            .iter()
            .filter(|(_, j)| j.is_some())
            .find_map(|(i, _)| source(*i))
            .filter(|_| last.is_none());
        last = Some(insert(doc, id, content, last, next, mixed)?);
    }
    let blank = |n: Node<'_>| n.kind() == NodeKind::Text && n.text().is_some_and(|t| is_blank(&t));
    if doc.node(id).is_some_and(|n| n.children().all(blank)) {
        remove_blanks(doc, id)?;
    }
    Ok(())
}

/// Removes white space between the children of an element.
fn remove_blanks(doc: &mut Document, id: NodeId) -> Result<(), UpdateError> {
    let blanks: Vec<NodeId> = doc
        .node(id)
        .into_iter()
        .flat_map(|n| n.children())
        .filter(|n| n.kind() == NodeKind::Text && n.text().is_some_and(|t| is_blank(&t)))
        .map(|n| n.id())
        .collect();
    for blank in blanks {
        edit!(doc, blank, doc.remove(blank))?;
    }
    Ok(())
}

/// White space before a node, when it is the indentation of its line.
fn indentation(node: Node<'_>) -> Option<String> {
    let before = node
        .previous_sibling()
        .filter(|n| n.kind() == NodeKind::Text)?
        .text()?;
    (is_blank(&before) && before.contains('\n')).then(|| {
        let line = before.rfind('\n').unwrap_or(0);
        before[line..].to_owned()
    })
}

fn insert(
    doc: &mut Document,
    parent: NodeId,
    content: &Content<'_>,
    last: Option<NodeId>,
    next: Option<NodeId>,
    mixed: bool,
) -> Result<NodeId, UpdateError> {
    let node_indent = |id: Option<NodeId>| {
        id.and_then(|id| doc.node(id))
            .and_then(indentation)
            .filter(|_| !mixed)
    };
    let (markup, indent) = {
        let scope = doc.node(parent).map(Scope::of_node).unwrap_or_default();
        let indent = node_indent(last.or(next)).or_else(|| {
            let sibling = doc
                .node(parent)
                .and_then(|n| n.elements().next())
                .map(|n| n.id());
            node_indent(sibling)
        });
        let markup = match content {
            Content::Element(e) => fragment(e, &scope, indent.as_deref())?,
            Content::Text(text) => escape_text(text)?,
        };
        (markup, indent)
    };
    let space = indent.clone().unwrap_or_default();
    if let Some(last) = last {
        let first = edit!(
            doc,
            parent,
            doc.insert_after(last, &format!("{space}{markup}"))
        )?;
        return Ok(element_from(doc, first));
    }
    if let Some(next) = next {
        let first = edit!(
            doc,
            parent,
            doc.insert_before(next, &format!("{markup}{space}"))
        )?;
        return Ok(element_from(doc, first));
    }
    let outer = node_indent(Some(parent));
    let is_empty = doc.node(parent).is_none_or(|n| n.first_child().is_none());
    let (before, after) = match (&outer, is_empty) {
        (Some(outer), true) => (format!("{outer}  "), outer.clone()),
        _ => (space, String::new()),
    };
    let markup = match content {
        Content::Element(e) if is_empty && outer.is_some() => {
            let scope = doc.node(parent).map(Scope::of_node).unwrap_or_default();
            fragment(e, &scope, Some(&before))?
        }
        _ => markup,
    };
    let first = edit!(
        doc,
        parent,
        doc.append_child(parent, &format!("{before}{markup}{after}"))
    )?;
    Ok(element_from(doc, first))
}

/// The first node at or after `id` that is not indentation.
fn element_from(doc: &Document, id: NodeId) -> NodeId {
    let mut node = doc.node(id);
    while let Some(n) = node {
        if n.kind() != NodeKind::Text || n.text().is_some_and(|t| !is_blank(&t)) {
            return n.id();
        }
        node = n.next_sibling();
    }
    id
}

fn remove(doc: &mut Document, id: NodeId, mixed: bool) -> Result<(), UpdateError> {
    let before = doc
        .node(id)
        .filter(|_| !mixed)
        .and_then(|n| n.previous_sibling())
        .filter(|n| n.kind() == NodeKind::Text && n.text().is_some_and(|t| is_blank(&t)))
        .map(|n| n.id());
    if let Some(space) = before {
        edit!(doc, space, doc.remove(space))?;
    }
    edit!(doc, id, doc.remove(id))
}
