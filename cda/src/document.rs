//! A whole document: header and body.

use segur_xml::{Document, Node, NodeId};

use crate::body::{Body, BodyComponent, NonXmlBody, Section, StructuredBody};
use crate::header::Header;
use crate::tree::{
    CdaValue, Content, Element, Reader, Reading, Slot, Tag, UpdateError, WriteError,
    document_bytes, patch, v3,
};

const ROOT: Tag = v3("ClinicalDocument");
const COMPONENT: Tag = v3("component");

/// A CDA document: plain structs, read from a tree and written.
///
/// - [`read`](Self::read) takes what the structs have a place for and tells the rest;
/// - [`to_bytes`](Self::to_bytes) writes a new document: the same value gives the same bytes;
/// - [`update`](Self::update) carries changes into the tree that was read: whatever did not change,
///   and whatever the structs have no place for, stays byte for byte.
///
/// ```
/// use segur_cda::{ClinicalDocument, body::NonXmlBody, datatypes::{Cd, Ii, St}, header::Header};
/// use segur_xml::Document;
///
/// let mut header = Header::french();
/// header.id = Ii::of_root("1.2.3.4.5");
/// header.code = Cd::new("59283-2", "2.16.840.1.113883.6.1");
/// header.title = Some(St::new("CR d'examen de l'enfant"));
/// let document = ClinicalDocument::new(header, NonXmlBody::new("application/pdf", b"%PDF"));
///
/// let bytes = document.to_bytes()?;
/// let mut tree = Document::parse(&bytes)?;
/// let mut read = ClinicalDocument::read(&tree)?.value;
/// assert_eq!(read, document);
///
/// read.header.title = Some(St::new("Examen du 9e mois"));
/// read.update(&mut tree)?;
/// let text = String::from_utf8(tree.to_bytes())?;
/// assert!(text.contains("<title>Examen du 9e mois</title>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClinicalDocument {
    /// Everything but the body.
    pub header: Header,
    /// The body.
    pub component: BodyComponent,
}

/// The tree has no `ClinicalDocument`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document has no ClinicalDocument element of urn:hl7-org:v3: it is not a CDA document")]
#[non_exhaustive]
pub struct NotCda;

/// The `ClinicalDocument` of a tree: the root, or, in a document that a stylesheet wraps so that it
/// shows itself (auto-presentable), the first one within.
pub fn clinical_document(doc: &Document) -> Option<Node<'_>> {
    let root = doc.root_element();
    if root.is(ROOT.namespace, ROOT.local) {
        return Some(root);
    }
    doc.name_id(ROOT.namespace, ROOT.local)?;
    root.descendants()
        .find(|n| n.is(ROOT.namespace, ROOT.local))
}

impl From<StructuredBody> for Body {
    fn from(body: StructuredBody) -> Self {
        Self::Structured(body)
    }
}

impl From<NonXmlBody> for Body {
    fn from(body: NonXmlBody) -> Self {
        Self::NonXml(body)
    }
}

impl ClinicalDocument {
    /// A document of this header and body.
    pub fn new(header: Header, body: impl Into<Body>) -> Self {
        Self {
            header,
            component: BodyComponent {
                body: body.into(),
                ..BodyComponent::default()
            },
        }
    }

    /// Reads a document; a stylesheet around it is passed over.
    ///
    /// # Errors
    /// When there is no `ClinicalDocument`. Faults within are no error: they are told beside the value.
    pub fn read(doc: &Document) -> Result<Reading<Self>, NotCda> {
        let node = clinical_document(doc).ok_or(NotCda)?;
        let mut reader = Reader::new();
        let header = Header::read_from(node, &mut reader);
        let mut component = BodyComponent::default();
        for (rank, child) in node
            .children_named(COMPONENT.namespace, COMPONENT.local)
            .enumerate()
        {
            Slot::take(&mut component, child, rank, &mut reader);
        }
        Ok(reader.finish(Self { header, component }))
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.component.body
    }

    /// Every section of a structured body, those within others too; none of a medium.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        match &self.component.body {
            Body::Structured(body) => Some(body.sections()),
            Body::NonXml(_) => None,
        }
        .into_iter()
        .flatten()
    }

    /// Writes a new document, in UTF-8.
    ///
    /// # Errors
    /// When a text holds a character that XML cannot carry.
    pub fn to_bytes(&self) -> Result<Vec<u8>, WriteError> {
        document_bytes(&self.to_element())
    }

    fn to_element(&self) -> Element<'_> {
        let mut root = self.header.to_element(ROOT);
        root.children
            .push(Content::Element(self.component.to_element(COMPONENT)));
        root
    }

    /// Carries this value into a tree that holds another state of the document: only what differs is
    /// touched.
    ///
    /// # Errors
    /// When the tree has no `ClinicalDocument`, or a text cannot be written there.
    // req: SC.CDA/INT.16
    pub fn update(&self, doc: &mut Document) -> Result<(), UpdateError> {
        let id = root_id(doc)?;
        let old = Self::read(doc).map_err(|NotCda| UpdateError::NotCda)?.value;
        patch(doc, id, &old.to_element(), &self.to_element())
    }
}

fn root_id(doc: &Document) -> Result<NodeId, UpdateError> {
    clinical_document(doc)
        .map(|n| n.id())
        .ok_or(UpdateError::NotCda)
}

impl Header {
    /// Reads the header of a document alone; a stylesheet around it is passed over.
    ///
    /// # Errors
    /// When there is no `ClinicalDocument`.
    pub fn read_document(doc: &Document) -> Result<Reading<Self>, NotCda> {
        clinical_document(doc).map(Self::read).ok_or(NotCda)
    }

    /// Carries this header into the tree of a document: only what differs is touched, the body and
    /// whatever the header has no place for stay byte for byte.
    ///
    /// # Errors
    /// When the tree has no `ClinicalDocument`, or a text cannot be written there.
    pub fn update(&self, doc: &mut Document) -> Result<(), UpdateError> {
        let id = root_id(doc)?;
        let old = Self::read_document(doc)
            .map_err(|NotCda| UpdateError::NotCda)?
            .value;
        patch(doc, id, &old.to_element(ROOT), &self.to_element(ROOT))
    }
}
