//! The narrative of a section: what humans read.

mod render;

use segur_xml::{Node, NodeKind};

use crate::tree::{
    Attribute, AttributeValue, CdaValue, Code, Content, Element, HL7, Reader, ToleranceKind, XSI,
    code_enum, is_blank, masked_debug,
};

code_enum! {
    /// What an element of the narrative is; the code is its name.
    pub enum NarrativeKind {
        /// A run of text, mostly with an `ID` to which entries refer.
        Content = "content",
        /// A paragraph.
        Paragraph = "paragraph",
        /// A line break.
        Break = "br",
        /// A list.
        List = "list",
        /// An item of a list.
        Item = "item",
        /// A table.
        Table = "table",
        /// A caption of a table, list, item, paragraph or medium.
        Caption = "caption",
        /// A column.
        Column = "col",
        /// A group of columns.
        ColumnGroup = "colgroup",
        /// The head of a table.
        TableHead = "thead",
        /// The foot of a table.
        TableFoot = "tfoot",
        /// A body of a table.
        TableBody = "tbody",
        /// A row.
        Row = "tr",
        /// A cell of the head.
        HeaderCell = "th",
        /// A cell.
        Cell = "td",
        /// A link.
        Link = "linkHtml",
        /// Lowered text.
        Subscript = "sub",
        /// Raised text.
        Superscript = "sup",
        /// A footnote.
        Footnote = "footnote",
        /// A reference to a footnote.
        FootnoteReference = "footnoteRef",
        /// A medium of the section, shown here.
        Media = "renderMultiMedia",
    }
}

impl NarrativeKind {
    /// Whether only elements stand within, so that white space there means nothing.
    fn holds_elements_only(&self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::TableHead
                | Self::TableFoot
                | Self::TableBody
                | Self::Row
                | Self::List
                | Self::ColumnGroup
        )
    }
}

/// Text or an element.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum NarrativeNode {
    /// Text, as it stands; white space means what it means in HTML.
    Text(String),
    /// An element.
    Element(NarrativeElement),
}

/// An element of the narrative.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct NarrativeElement {
    /// What it is.
    pub kind: NarrativeKind,
    /// Its identifier within the document, to which entries refer.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub id: Option<String>,
    /// Its other attributes: `styleCode`, `colspan`, `listType`, `border` …
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "crate::tree::is_default")
    )]
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "crate::tree::is_default")
    )]
    pub children: Vec<NarrativeNode>,
}

/// The narrative of a section.
///
/// ```
/// use segur_cda::body::{Narrative, NarrativeElement};
///
/// let narrative = Narrative::new([NarrativeElement::table(
///     &["Mesure", "Valeur"],
///     vec![vec!["Poids".into(), NarrativeElement::content("poids", "3900 g").into()]],
/// )]);
/// assert_eq!(narrative.text_of("poids").as_deref(), Some("3900 g"));
/// assert_eq!(narrative.to_text(), "Mesure | Valeur\nPoids | 3900 g");
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct Narrative {
    /// Its identifier within the document.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub id: Option<String>,
    /// Its other attributes.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub children: Vec<NarrativeNode>,
}

impl From<&str> for NarrativeNode {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for NarrativeNode {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NarrativeElement> for NarrativeNode {
    fn from(element: NarrativeElement) -> Self {
        Self::Element(element)
    }
}

impl NarrativeElement {
    /// An empty element.
    pub fn new(kind: NarrativeKind) -> Self {
        Self {
            kind,
            id: None,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    /// A run of text with an identifier, to which entries may refer.
    pub fn content(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(NarrativeKind::Content)
            .with_id(id)
            .with_child(text.into())
    }

    /// A paragraph.
    pub fn paragraph(text: impl Into<NarrativeNode>) -> Self {
        Self::new(NarrativeKind::Paragraph).with_child(text)
    }

    /// A list of items.
    pub fn list(items: impl IntoIterator<Item = NarrativeNode>) -> Self {
        items
            .into_iter()
            .fold(Self::new(NarrativeKind::List), |list, item| {
                list.with_child(Self::new(NarrativeKind::Item).with_child(item))
            })
    }

    /// A table with a head.
    pub fn table(head: &[&str], rows: Vec<Vec<NarrativeNode>>) -> Self {
        let head = head
            .iter()
            .fold(Self::new(NarrativeKind::Row), |row, cell| {
                row.with_child(Self::new(NarrativeKind::HeaderCell).with_child(*cell))
            });
        let body = rows
            .into_iter()
            .fold(Self::new(NarrativeKind::TableBody), |body, cells| {
                body.with_child(
                    cells
                        .into_iter()
                        .fold(Self::new(NarrativeKind::Row), |row, cell| {
                            row.with_child(Self::new(NarrativeKind::Cell).with_child(cell))
                        }),
                )
            });
        Self::new(NarrativeKind::Table)
            .with_child(Self::new(NarrativeKind::TableHead).with_child(head))
            .with_child(body)
    }

    /// A medium of the section, by the `ID` of its `observationMedia`.
    pub fn media(id: &str) -> Self {
        Self::new(NarrativeKind::Media).with_attribute("referencedObject", id)
    }

    /// Gives the element its identifier.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Adds an attribute.
    #[must_use]
    pub fn with_attribute(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// Adds text or an element. Empty text is not added.
    #[must_use]
    pub fn with_child(mut self, child: impl Into<NarrativeNode>) -> Self {
        let child = child.into();
        if !matches!(&child, NarrativeNode::Text(text) if text.is_empty()) {
            self.children.push(child);
        }
        self
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

impl Narrative {
    /// A narrative of these elements.
    pub fn new(elements: impl IntoIterator<Item = NarrativeElement>) -> Self {
        let children = elements.into_iter().map(NarrativeNode::Element).collect();
        Self {
            children,
            ..Self::default()
        }
    }

    /// The element with this identifier.
    pub fn find(&self, id: &str) -> Option<&NarrativeElement> {
        self.elements().find(|e| e.id.as_deref() == Some(id))
    }

    /// The text of the element with this identifier, white space collapsed.
    pub fn text_of(&self, id: &str) -> Option<String> {
        if self.id.as_deref() == Some(id) {
            return Some(render::plain(&self.children));
        }
        self.find(id)
            .map(|element| render::plain(&element.children))
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = &NarrativeElement> {
        let mut stack: Vec<&NarrativeNode> = self.children.iter().rev().collect();
        std::iter::from_fn(move || {
            loop {
                if let NarrativeNode::Element(element) = stack.pop()? {
                    stack.extend(element.children.iter().rev());
                    return Some(element);
                }
            }
        })
    }

    /// The narrative as text: a line per paragraph, item and row, cells separated by ` | `.
    pub fn to_text(&self) -> String {
        render::plain(&self.children)
    }

    /// The narrative as a fragment of HTML: text is escaped, links lead only to `http`, `https` and
    /// places of the document, nothing else of the document is taken over as markup.
    pub fn to_html(&self) -> String {
        render::html(&self.children)
    }
}

fn read_attributes(
    node: Node<'_>,
    reader: &mut Reader,
    id: &mut Option<String>,
    attributes: &mut Vec<(String, String)>,
) {
    for attribute in node.attributes() {
        let local = attribute.local_name();
        if attribute.namespace() == XSI {
            continue;
        }
        if !attribute.namespace().is_empty() {
            reader.unknown_attribute(attribute);
        } else if local == "ID" {
            *id = Some(attribute.value().into_owned());
        } else if local != "mediaType" {
            attributes.push((local.to_owned(), attribute.value().into_owned()));
        }
    }
}

fn read_children(node: Node<'_>, elements_only: bool, reader: &mut Reader) -> Vec<NarrativeNode> {
    let all_blank = node
        .children()
        .filter(|c| c.kind() == NodeKind::Text)
        .filter_map(|c| c.text())
        .all(|text| is_blank(&text));
    let mut children = Vec::new();
    for child in node.children() {
        match child.kind() {
            NodeKind::Text => {
                let Some(text) = child.text() else { continue };
                let indentation = is_blank(&text) && all_blank && text.contains(['\n', '\r']);
                if elements_only {
                    if !is_blank(&text) {
                        reader.element(ToleranceKind::UnexpectedText, node, None);
                    }
                } else if !indentation {
                    match children.last_mut() {
                        Some(NarrativeNode::Text(last)) => last.push_str(&text),
                        _ => children.push(NarrativeNode::Text(text.into_owned())),
                    }
                }
            }
            NodeKind::Element => {
                let kind = NarrativeKind::from_code(child.local_name());
                if child.namespace() != HL7 || !kind.is_known() {
                    reader.unknown_element(child);
                } else if reader.enter(child) {
                    let mut element = NarrativeElement::new(kind);
                    read_attributes(child, reader, &mut element.id, &mut element.attributes);
                    let only = element.kind.holds_elements_only();
                    element.children = read_children(child, only, reader);
                    reader.leave();
                    children.push(NarrativeNode::Element(element));
                }
            }
            _ => {}
        }
    }
    children
}

fn attribute<'a>(name: &'a str, value: &'a str) -> Attribute<'a> {
    Attribute {
        namespace: "".into(),
        local: name.into(),
        value: AttributeValue::Text(value.into()),
    }
}

fn write_node<'a>(node: &'a NarrativeNode, parent: &mut Element<'a>) {
    match node {
        NarrativeNode::Text(text) => parent.push_text(text),
        NarrativeNode::Element(source) => {
            let mut element = Element {
                namespace: HL7.into(),
                local: source.kind.as_str().into(),
                ..Element::default()
            };
            write_content(
                &source.id,
                &source.attributes,
                &source.children,
                &mut element,
            );
            parent.children.push(Content::Element(element));
        }
    }
}

fn write_content<'a>(
    id: &'a Option<String>,
    attributes: &'a [(String, String)],
    children: &'a [NarrativeNode],
    element: &mut Element<'a>,
) {
    if let Some(id) = id {
        element.attributes.push(attribute("ID", id));
    }
    element.attributes.extend(
        attributes
            .iter()
            .map(|(name, value)| attribute(name, value)),
    );
    for child in children {
        write_node(child, element);
    }
}

impl CdaValue for Narrative {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut narrative = Self::default();
        read_attributes(node, reader, &mut narrative.id, &mut narrative.attributes);
        narrative.children = read_children(node, false, reader);
        narrative
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        write_content(&self.id, &self.attributes, &self.children, element);
    }
}

/// Shows the shape, not the text.
impl std::fmt::Debug for NarrativeElement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NarrativeElement")
            .field("kind", &self.kind)
            .field("children", &self.children)
            .finish_non_exhaustive()
    }
}

/// Shows the shape, not the text.
impl std::fmt::Debug for NarrativeNode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(_) => f.write_str("…"),
            Self::Element(element) => element.fmt(f),
        }
    }
}

masked_debug!(Narrative);
