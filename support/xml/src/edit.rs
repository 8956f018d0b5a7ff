//! Edits: new markup is added to the text, parsed in the surroundings where it will stand, and
//! linked in. What is around keeps its bytes.

use std::ops::Range;

use crate::chars::{is_ncname, is_space};
use crate::data::{self, AttrData, DECLARES, DIRTY, NEW_TAG, NONE, REMOVED};
use crate::document::{Document, NodeId, located};
use crate::edit_error::EditError;
use crate::encoding::{Encoding, clip};
use crate::error::Fault;
use crate::escape::{self, Forbidden};
use crate::names::{Names, XML_NS};
use crate::node::{Node, declared_prefix};
use crate::parse::{self, Binding, Job, Parsed, Surroundings};
use crate::source::Source;

impl Document {
    /// Sets an attribute: one of that name keeps its place, name and quotes, a new one comes
    /// last. `name` is as written, `local` or `prefix:local`; the value is escaped as needed.
    ///
    /// `xmlns` and `xmlns:prefix` declare a namespace, as long as no name changes by it.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    ///
    /// ```
    /// let mut doc = segur_xml::Document::parse(b"<a  b='1'><c/></a>")?;
    /// let root = doc.root_element().id();
    /// doc.set_attribute(root, "b", "it's")?;
    /// doc.set_attribute(root, "d", "<")?;
    /// assert_eq!(doc.to_bytes(), b"<a  b='it&apos;s' d=\"&lt;\"><c/></a>");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_attribute(
        &mut self,
        element: NodeId,
        name: &str,
        value: &str,
    ) -> Result<(), EditError> {
        let node = self.element(element)?;
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, name),
        };
        if !is_ncname(local) || prefix.is_some_and(|prefix| !is_ncname(prefix)) {
            return Err(EditError::InvalidName);
        }
        let found = if prefix == Some("xmlns") || name == "xmlns" {
            self.check_declaration(node, name, value)?;
            node.declarations().find(|attr| {
                let written = self.text_at(attr.start as usize, attr.value_start as usize);
                declared_prefix(written) == prefix.and(Some(local))
            })
        } else {
            let namespace = match prefix {
                None => "",
                Some(prefix) => node.lookup_namespace(Some(prefix)).ok_or_else(|| {
                    EditError::UndeclaredPrefix {
                        prefix: clip(prefix),
                    }
                })?,
            };
            let found = node.attribute_node(namespace, local);
            found.and_then(|attr| self.attrs.get(attr.index()).copied())
        };
        let (start, end) = self.tag_span(element.0);
        let tag = self.text_at(start, end);
        let mut new = String::with_capacity(tag.len() + name.len() + value.len() + 4);
        match found {
            Some(attr) => {
                let (from, to) = (
                    attr.value_start as usize - start,
                    attr.value_end as usize - start,
                );
                let quote = if tag[..from].ends_with('\'') {
                    '\''
                } else {
                    '"'
                };
                new.push_str(&tag[..from]);
                self.escaped(value, Some(quote), &mut new)?;
                new.push_str(&tag[to..]);
            }
            None => {
                let at = self.attributes_end(node) - start;
                new.push_str(&tag[..at]);
                new.push_str(&format!(" {name}=\""));
                self.escaped(value, Some('"'), &mut new)?;
                new.push('"');
                new.push_str(&tag[at..]);
            }
        }
        self.new_tag(element, new)
    }

    /// Removes an attribute, with the white space before it; tells whether there was one. `name`
    /// is as written, `local` or `prefix:local`. Namespace declarations cannot be removed.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    pub fn remove_attribute(&mut self, element: NodeId, name: &str) -> Result<bool, EditError> {
        let node = self.element(element)?;
        let (namespace, local) = match name.split_once(':') {
            None if name == "xmlns" => return Err(EditError::NamespaceChange { name: clip(name) }),
            None => ("", name),
            Some(("xmlns", _)) => return Err(EditError::NamespaceChange { name: clip(name) }),
            Some((prefix, local)) => {
                let namespace = node.lookup_namespace(Some(prefix));
                (
                    namespace.ok_or_else(|| EditError::UndeclaredPrefix {
                        prefix: clip(prefix),
                    })?,
                    local,
                )
            }
        };
        let found = node.attribute_node(namespace, local);
        let Some(attr) = found.and_then(|attr| self.attrs.get(attr.index())) else {
            return Ok(false);
        };
        let (start, end) = self.tag_span(element.0);
        let before = self.text_at(start, attr.start as usize);
        let before = before.trim_end_matches([' ', '\t', '\n', '\r']);
        let new = format!("{before}{}", self.text_at(attr.value_end as usize + 1, end));
        self.new_tag(element, new)?;
        Ok(true)
    }

    /// Adds markup behind the last child; gives its first node.
    ///
    /// Prefixes mean what they mean there.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    ///
    /// ```
    /// let mut doc = segur_xml::Document::parse(b"<p:a xmlns:p='urn:p'/>")?;
    /// let root = doc.root_element().id();
    /// let new = doc.append_child(root, "<p:b>1 &lt; 2</p:b>")?;
    /// assert_eq!(doc.node(new).map(|node| node.namespace()), Some("urn:p"));
    /// assert_eq!(doc.to_bytes(), b"<p:a xmlns:p='urn:p'><p:b>1 &lt; 2</p:b></p:a>");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append_child(&mut self, parent: NodeId, fragment: &str) -> Result<NodeId, EditError> {
        let node = self.node(parent).ok_or(EditError::NoSuchNode)?;
        if parent.0 != 0 && !node.is_element() {
            return Err(EditError::NotAnElement);
        }
        let last = node.last_child().map_or(NONE, |child| child.id);
        self.insert(parent.0, last, fragment)
    }

    /// Adds markup before a node; gives its first node.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    pub fn insert_before(&mut self, node: NodeId, fragment: &str) -> Result<NodeId, EditError> {
        let place = self.node(node).ok_or(EditError::NoSuchNode)?;
        let parent = place.parent().ok_or(EditError::RootElement)?.id;
        let before = place.previous_sibling().map_or(NONE, |sibling| sibling.id);
        self.insert(parent, before, fragment)
    }

    /// Adds markup behind a node; gives its first node.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    pub fn insert_after(&mut self, node: NodeId, fragment: &str) -> Result<NodeId, EditError> {
        let place = self.node(node).ok_or(EditError::NoSuchNode)?;
        let parent = place.parent().ok_or(EditError::RootElement)?.id;
        self.insert(parent, node.0, fragment)
    }

    /// Puts markup in the place of a node; gives its first node.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    pub fn replace(&mut self, node: NodeId, fragment: &str) -> Result<NodeId, EditError> {
        let place = self.node(node).ok_or(EditError::NoSuchNode)?;
        let parent = place.parent().ok_or(EditError::RootElement)?.id;
        let is_root = parent == 0 && place.is_element();
        let new = self.insert_checked(parent, node.0, fragment, usize::from(is_root))?;
        self.unlink(node.0);
        Ok(new)
    }

    /// Removes a node and all that is inside it. White space around it stays.
    ///
    /// # Errors
    /// See [`EditError`]; the root element cannot be removed.
    pub fn remove(&mut self, node: NodeId) -> Result<(), EditError> {
        let place = self.node(node).ok_or(EditError::NoSuchNode)?;
        let parent = place.parent().ok_or(EditError::RootElement)?;
        if parent.id == 0 && place.is_element() {
            return Err(EditError::RootElement);
        }
        self.unlink(node.0);
        Ok(())
    }

    /// Makes a text, escaped as needed, the whole content of an element or text node. An empty
    /// text leaves the element empty, and removes the text node.
    ///
    /// # Errors
    /// See [`EditError`]; the document is then as before.
    pub fn set_text(&mut self, node: NodeId, text: &str) -> Result<(), EditError> {
        let place = self.node(node).ok_or(EditError::NoSuchNode)?;
        let mut escaped = String::with_capacity(text.len());
        self.escaped(text, None, &mut escaped)?;
        if place.is_text() {
            return if escaped.is_empty() {
                self.remove(node)
            } else {
                self.replace(node, &escaped).map(|_| ())
            };
        }
        if !place.is_element() {
            return Err(EditError::NoText);
        }
        let old: Vec<u32> = place.children().map(|child| child.id).collect();
        if !escaped.is_empty() {
            self.append_child(node, &escaped)?;
        }
        for child in old {
            self.unlink(child);
        }
        Ok(())
    }

    fn element(&self, id: NodeId) -> Result<Node<'_>, EditError> {
        let node = self.node(id).ok_or(EditError::NoSuchNode)?;
        if node.is_element() {
            Ok(node)
        } else {
            Err(EditError::NotAnElement)
        }
    }

    fn escaped(&self, value: &str, quote: Option<char>, out: &mut String) -> Result<(), EditError> {
        let encoding = self.source.encoding;
        match quote {
            Some(quote) => escape::attribute(value, quote, encoding, out),
            None => escape::text(value, encoding, out),
        }
        .map_err(|Forbidden(c)| EditError::InvalidCharacter { code: c as u32 })
    }

    /// A new declaration may not touch the meaning of names in its reach.
    fn check_declaration(&self, node: Node<'_>, name: &str, value: &str) -> Result<(), EditError> {
        let refuse = Err(EditError::NamespaceChange { name: clip(name) });
        let prefix = declared_prefix(&format!("{name}=")).map(str::to_owned);
        match node.lookup_namespace(prefix.as_deref()) {
            Some(namespace) if namespace == value => Ok(()),
            Some(_) => refuse,
            // Nobody can use an undeclared prefix, but everybody no prefix at all.
            None if prefix.is_none() && !value.is_empty() => refuse,
            None if prefix.as_deref() == Some("xml") && value != XML_NS => refuse,
            None => Ok(()),
        }
    }

    /// Where the next attribute of an element would go.
    fn attributes_end(&self, node: Node<'_>) -> usize {
        let data = node.data();
        let range = data.attrs as usize..data.attrs as usize + usize::from(data.attr_count);
        match self.attrs.get(range).and_then(<[AttrData]>::last) {
            Some(attr) => attr.value_end as usize + 1,
            None => {
                let (start, _) = self.tag_span(node.id);
                let prefix = node.prefix().map_or(0, |prefix| prefix.len() + 1);
                start + 1 + prefix + node.local_name().len()
            }
        }
    }

    /// Gives an element another start tag.
    fn new_tag(&mut self, element: NodeId, tag: String) -> Result<(), EditError> {
        let node = self.element(element)?;
        let name_len = node.prefix().map_or(0, |p| p.len() + 1) + node.local_name().len();
        let surroundings = self.surroundings(node.parent().map_or(0, |parent| parent.id));
        // Parsed as an element of its own.
        let mut markup = tag;
        let (len, empty) = (markup.len(), markup.ends_with("/>"));
        if !empty {
            let name = markup.get(1..1 + name_len).unwrap_or("").to_owned();
            markup.push_str(&format!("</{name}>"));
        }
        let base = self.source.text.len();
        let parsed = self.parse_more(&markup, surroundings)?;
        self.source.text.truncate(base + len);
        let Some(new) = parsed.nodes.get(1) else {
            return Err(EditError::EmptyFragment);
        };
        let (attrs, count) = (new.attrs, new.attr_count);
        let declares = new.bits & DECLARES;
        self.attrs.extend(parsed.attrs);
        self.new_tags
            .insert(element.0, (base as u32, (base + len) as u32));
        let data = &mut self.nodes[element.index()];
        data.attrs = attrs;
        data.attr_count = count;
        data.bits = (data.bits & !DECLARES) | declares | NEW_TAG;
        self.touch(element.0);
        Ok(())
    }

    fn insert(&mut self, parent: u32, before: u32, fragment: &str) -> Result<NodeId, EditError> {
        self.insert_checked(parent, before, fragment, 0)
    }

    /// Parses markup and links it in behind the sibling `before`. `roots` is how many elements it
    /// may bring to the document node.
    fn insert_checked(
        &mut self,
        parent: u32,
        before: u32,
        fragment: &str,
        roots: usize,
    ) -> Result<NodeId, EditError> {
        let surroundings = self.surroundings(parent);
        let text_len = self.source.text.len();
        let names = (self.names.names.len(), self.names.namespaces.len());
        let parsed = self.parse_more(fragment, surroundings)?;
        let first_node = self.nodes.len() as u32;
        let mut top: Vec<u32> = Vec::new();
        let at = |id: u32| parsed.nodes.get((id - first_node) as usize);
        let mut next = at(first_node).map_or(NONE, |holder| holder.first_child);
        while let Some(data) = at(next).filter(|_| next != NONE) {
            top.push(next);
            next = data.next;
        }
        if parent == 0 {
            // White space beside the root element is no node.
            let kind = |id: &u32| at(*id).map_or(data::TEXT, |data| data.kind());
            let white = |id: &u32| {
                at(*id).is_some_and(|data| {
                    let text = self.text_at(data.start as usize, data.end as usize);
                    text.bytes().all(is_space)
                })
            };
            let bad = top.iter().any(|id| kind(id) == data::TEXT && !white(id));
            if bad || top.iter().filter(|id| kind(id) == data::ELEMENT).count() != roots {
                self.forget(text_len, names);
                return Err(EditError::RootElement);
            }
            top.retain(|id| kind(id) != data::TEXT);
        }
        let Some(&first) = top.first() else {
            self.forget(text_len, names);
            return Err(EditError::EmptyFragment);
        };
        self.nodes.extend(parsed.nodes);
        self.attrs.extend(parsed.attrs);
        self.nodes[first_node as usize].bits |= REMOVED;
        self.nodes[first_node as usize].first_child = NONE;
        let mut before = before;
        for id in top {
            self.link(parent, before, id);
            before = id;
        }
        self.touch(parent);
        Ok(NodeId(first))
    }

    fn forget(&mut self, text: usize, (names, namespaces): (usize, usize)) {
        self.source.text.truncate(text);
        self.names.names.truncate(names);
        self.names.namespaces.truncate(namespaces);
        self.sorted.take();
    }

    /// Adds markup to the text and parses it; on failure the text is as before. Characters that
    /// the encoding lacks become references.
    fn parse_more(
        &mut self,
        markup: &str,
        surroundings: Surroundings,
    ) -> Result<Parsed, EditError> {
        let encoding = self.source.encoding;
        if markup.chars().all(|c| encoding.can_hold(c)) {
            return self.parse_as_is(markup, surroundings);
        }
        let base = self.source.text.len();
        let sizes = (self.names.names.len(), self.names.namespaces.len());
        let parsed = self.parse_as_is(markup, surroundings.clone())?;
        let places = self.reference_places(&parsed);
        self.forget(base, sizes);
        let mut replaced = String::with_capacity(markup.len() + 16);
        for (at, c) in markup.char_indices() {
            if encoding.can_hold(c) {
                replaced.push(c);
                continue;
            }
            let at = base + at;
            let place = places.partition_point(|place| place.end <= at);
            if places.get(place).is_none_or(|place| place.start > at) {
                let encoding = encoding.name();
                return Err(EditError::Unencodable {
                    code: c as u32,
                    encoding,
                });
            }
            escape::reference(c, &mut replaced);
        }
        self.parse_as_is(&replaced, surroundings)
    }

    /// Where new markup may hold references: in attribute values and in text outside CDATA
    /// sections.
    fn reference_places(&self, parsed: &Parsed) -> Vec<Range<usize>> {
        let value = |attr: &AttrData| attr.value_start as usize..attr.value_end as usize;
        let mut places: Vec<Range<usize>> = parsed.attrs.iter().map(value).collect();
        for node in parsed.nodes.iter().filter(|node| node.kind() == data::TEXT) {
            let (mut start, end) = (node.start as usize, node.end as usize);
            while let Some(open) = self.text_at(start, end).find('<') {
                places.push(start..start + open);
                let inside = self.text_at(start + open, end);
                start += open + inside.find("]]>").map_or(inside.len(), |at| at + 3);
            }
            places.push(start..end);
        }
        places.sort_by_key(|place| place.start);
        places
    }

    fn parse_as_is(
        &mut self,
        markup: &str,
        surroundings: Surroundings,
    ) -> Result<Parsed, EditError> {
        let base = self.source.text.len();
        let sizes = (self.names.names.len(), self.names.namespaces.len());
        let mut limits = self.limits.clone();
        let used = self.nodes.len() + self.attrs.len();
        // The node that stands for the fragment is not the user's.
        limits.max_nodes = limits.max_nodes.saturating_sub(used).saturating_add(1);

        let mut text = std::mem::take(&mut self.source.text);
        text.push_str(markup);
        let (names, parsed) = parse::parse(Job {
            text: &text,
            from: base,
            limits: &limits,
            names: std::mem::replace(&mut self.names, Names::new()),
            nodes: self.nodes.len() as u32,
            attrs: self.attrs.len() as u32,
            fragment: Some(surroundings),
        });
        self.names = names;
        self.source.text = text;
        self.sorted.take();
        parsed.map_err(|fault| {
            self.forget(base, sizes);
            let at = fault.at.saturating_sub(base);
            let markup = Source::new(markup.to_owned(), Encoding::Utf8, false);
            EditError::Markup(located(
                &markup,
                Fault {
                    kind: fault.kind,
                    at,
                },
            ))
        })
    }

    /// Namespaces and depth inside a parent.
    fn surroundings(&self, parent: u32) -> Surroundings {
        let mut scope = Vec::new();
        let mut depth = 0;
        let parent = Node {
            doc: self,
            id: parent,
        };
        for node in std::iter::once(parent).chain(parent.ancestors()) {
            depth += usize::from(node.is_element());
            scope.extend(node.declarations().map(|attr| {
                let start = attr.start as usize;
                let written = self.text_at(start, attr.value_start as usize);
                let prefix = declared_prefix(written).map_or(0..0, |prefix| {
                    let from = start + "xmlns:".len();
                    from..from + prefix.len()
                });
                Binding {
                    prefix,
                    ns: attr.index(),
                }
            }));
        }
        scope.reverse();
        Surroundings { scope, depth }
    }

    /// Makes a node the child of a parent, behind the sibling `before`.
    fn link(&mut self, parent: u32, before: u32, id: u32) {
        let first = self.nodes[parent as usize].first_child;
        let next = if before == NONE {
            first
        } else {
            self.nodes[before as usize].next
        };
        let last = if first == NONE {
            id
        } else {
            self.nodes[first as usize].prev
        };
        let data = &mut self.nodes[id as usize];
        data.parent = parent;
        data.next = next;
        data.prev = before;
        if before == NONE {
            self.nodes[parent as usize].first_child = id;
            self.nodes[id as usize].prev = if next == NONE { id } else { last };
        } else {
            self.nodes[before as usize].next = id;
        }
        if next != NONE {
            self.nodes[next as usize].prev = id;
        } else {
            let first = self.nodes[parent as usize].first_child;
            self.nodes[first as usize].prev = id;
        }
    }

    /// Takes a node out, with everything inside.
    fn unlink(&mut self, id: u32) {
        let (parent, next) = (self.nodes[id as usize].parent, self.nodes[id as usize].next);
        let first = self.nodes[parent as usize].first_child;
        let prev = self.nodes[id as usize].prev;
        if first == id {
            self.nodes[parent as usize].first_child = next;
            if next != NONE {
                // The new first child learns which is the last.
                self.nodes[next as usize].prev = prev;
            }
        } else {
            self.nodes[prev as usize].next = next;
            let follower = if next == NONE { first } else { next };
            self.nodes[follower as usize].prev = prev;
        }
        let node = Node { doc: self, id };
        let gone: Vec<u32> = std::iter::once(id)
            .chain(node.descendants().map(|node| node.id))
            .collect();
        for id in gone {
            self.nodes[id as usize].bits |= REMOVED;
            self.new_tags.remove(&id);
        }
        self.touch(parent);
    }

    /// Notes that a node is no longer what its span says.
    fn touch(&mut self, id: u32) {
        let mut id = id;
        while id != NONE {
            let data = &mut self.nodes[id as usize];
            if data.has(DIRTY) {
                return;
            }
            data.bits |= DIRTY;
            id = data.parent;
        }
    }
}
