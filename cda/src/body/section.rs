//! Bodies and sections.

use super::{Entry, Narrative, Subject};
use crate::datatypes::{Cd, Cs, Ed, Ii, St};
use crate::header::{Author, Informant};
use crate::tree::{CHOICE, choice, class, v3};

class! {
    /// What joins the body to the document (Component2).
    pub struct BodyComponent {
        fixed { "typeCode" = "COMP", "contextConductionInd" = "true" }
        elements {
            /// The body.
            pub body: Body = CHOICE,
        }
    }
}

choice! {
    /// The body of a document.
    pub enum Body {
        /// Sections (levels 2 and 3).
        Structured(StructuredBody) = v3("structuredBody"),
        /// A medium, mostly a PDF/A-1 (level 1, N1).
        NonXml(NonXmlBody) = v3("nonXMLBody"),
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Structured(StructuredBody::default())
    }
}

class! {
    /// A body that is a medium (NonXMLBody), as documents of level 1 (N1) have.
    ///
    /// ```
    /// use segur_cda::body::NonXmlBody;
    ///
    /// let body = NonXmlBody::new("application/pdf", b"%PDF-1.4");
    /// assert_eq!(body.text.media_type.as_deref(), Some("application/pdf"));
    /// assert_eq!(body.text.decode(64)?, b"%PDF-1.4");
    /// # Ok::<(), segur_cda::datatypes::EdError>(())
    /// ```
    pub struct NonXmlBody {
        fixed { "classCode" = "DOCBODY", "moodCode" = "EVN" }
        elements {
            /// The medium: its type and its bytes in base64.
            pub text: Ed = v3("text"),
            /// Confidentiality, when it differs from the document's.
            pub confidentiality: Option<Cd> = v3("confidentialityCode"),
            /// Language, when it differs from the document's.
            pub language: Option<Cs> = v3("languageCode"),
        }
    }
}

impl NonXmlBody {
    /// A body of these bytes.
    pub fn new(media_type: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            text: Ed::from_bytes(media_type, bytes),
            ..Self::default()
        }
    }
}

class! {
    /// A body made of sections (StructuredBody).
    pub struct StructuredBody {
        fixed { "classCode" = "DOCBODY", "moodCode" = "EVN" }
        elements {
            /// Confidentiality, when it differs from the document's.
            pub confidentiality: Option<Cd> = v3("confidentialityCode"),
            /// Language, when it differs from the document's.
            pub language: Option<Cs> = v3("languageCode"),
            /// The sections.
            pub components: Vec<SectionComponent> = v3("component"),
        }
    }
}

class! {
    /// What joins a section to the body or to another section (Component3, Component5).
    pub struct SectionComponent {
        fixed { "typeCode" = "COMP", "contextConductionInd" = "true" }
        elements {
            /// The section.
            pub section: Section = v3("section"),
        }
    }
}

class! {
    /// A section: text for humans, entries for programs (Section).
    pub struct Section {
        fixed { "classCode" = "DOCSECT", "moodCode" = "EVN" }
        attributes {
            /// Identifier within the document, to which links lead.
            pub xml_id: Option<String> = "ID",
        }
        elements {
            /// Identifier.
            pub id: Option<Ii> = v3("id"),
            /// Kind of section.
            pub code: Option<Cd> = v3("code"),
            /// Title.
            pub title: Option<St> = v3("title"),
            /// The text that humans read.
            pub text: Option<Narrative> = v3("text"),
            /// Confidentiality, when it differs from the document's.
            pub confidentiality: Option<Cd> = v3("confidentialityCode"),
            /// Language, when it differs from the document's.
            pub language: Option<Cs> = v3("languageCode"),
            /// Of whom the section tells, when not of the patient.
            pub subject: Option<Subject> = v3("subject"),
            /// Authors, when not those of the document.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// What programs read.
            pub entries: Vec<Entry> = v3("entry"),
            /// Sections within.
            pub components: Vec<SectionComponent> = v3("component"),
        }
    }
}

impl StructuredBody {
    /// Every section, those within others too, in document order.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        Sections {
            stack: self.components.iter().rev().map(|c| &c.section).collect(),
        }
    }

    /// The first section that claims to follow this template.
    pub fn section(&self, template: &str) -> Option<&Section> {
        self.sections().find(|s| s.has_template(template))
    }

    /// Adds a section at the end.
    pub fn push(&mut self, section: Section) {
        self.components.push(SectionComponent {
            section,
            ..SectionComponent::default()
        });
    }
}

struct Sections<'a> {
    stack: Vec<&'a Section>,
}

impl<'a> Iterator for Sections<'a> {
    type Item = &'a Section;

    fn next(&mut self) -> Option<Self::Item> {
        let section = self.stack.pop()?;
        self.stack
            .extend(section.components.iter().rev().map(|c| &c.section));
        Some(section)
    }
}

impl Section {
    /// Whether the section claims to follow this template.
    pub fn has_template(&self, root: &str) -> bool {
        self.template_ids.iter().any(|id| id.is_under(root))
    }

    /// The text of the narrative to which a content refers by `#id`, or the content's own text.
    ///
    /// `None` when it refers to an `ID` that the section's narrative does not have.
    pub fn resolve(&self, content: &Ed) -> Option<String> {
        match content.fragment() {
            Some(id) => self.text.as_ref()?.text_of(id),
            None => Some(content.data.trim().to_owned()),
        }
    }
}
