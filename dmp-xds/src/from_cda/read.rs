//! From a document to its entry.

use segur_cda::datatypes::{Cd, Ii, NullFlavor, Ts};
use segur_cda::header::Header;
use segur_cda::tree::HL7;
use segur_core::Coded;
use segur_xml::{Document, Node};

use super::{acts, author, patient};
use crate::Tables;
use crate::metadata::{DocumentEntry, Dtm};
use crate::update::Visibility;

/// Draws metadata from CDA documents. Identifiers of the message and visibility come from the caller.
///
/// ```
/// use segur_dmp_xds::Tables;
/// use segur_dmp_xds::from_cda::FromCda;
///
/// let cda = br#"<ClinicalDocument xmlns="urn:hl7-org:v3"><id root="1.2.250.1.999.1.1"/>
///   <code code="11488-4" codeSystem="2.16.840.1.113883.6.1"/>
///   <effectiveTime value="20240315103000+0100"/></ClinicalDocument>"#;
/// let drawn = FromCda::new(&Tables::default()).read("Document01", cda)?;
/// assert_eq!(drawn.entry.creation_time, Some("20240315093000".parse()?));
/// assert_eq!(drawn.entry.size, Some(197));
/// assert!(drawn.gaps.iter().any(|gap| gap.field == "serviceStartTime"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FromCda<'a> {
    tables: &'a Tables,
    visibility: Visibility,
    imaging: bool,
    device_names: bool,
}

/// What was drawn from a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The metadata, hash and size of the bytes included.
    pub entry: DocumentEntry,
    /// What the document does not tell.
    pub gaps: Vec<Gap>,
}

/// Something that a document does not tell. Never quotes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The field of the metadata, as IHE names it.
    pub field: &'static str,
    /// Where in the document it was looked for.
    pub source: &'static str,
    /// Why it is not there.
    pub reason: GapReason,
}

/// Why a field could not be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GapReason {
    /// The element is missing, empty, or says why it is (`nullFlavor`).
    Absent,
    /// The tables do not know the code or model.
    NotInTable,
    /// A time of day without offset: its UTC is not known.
    NoOffset,
    /// A code without code system.
    NoCodeSystem,
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reason = match self.reason {
            GapReason::Absent => "is missing or null",
            GapReason::NotInTable => "is in none of the tables loaded",
            GapReason::NoOffset => "has no offset from UTC",
            GapReason::NoCodeSystem => "has no code system",
        };
        write!(f, "{}: {} {reason}", self.field, self.source)
    }
}

/// Why no metadata can be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FromCdaError {
    /// Not well-formed XML.
    #[error("the document is not well-formed XML")]
    Xml(#[from] segur_xml::XmlError),
    /// Not a CDA document.
    #[error(transparent)]
    NotCda(#[from] segur_cda::NotCda),
}

impl<'a> FromCda<'a> {
    /// With these tables: a visible document, not of imaging.
    pub fn new(tables: &'a Tables) -> Self {
        Self {
            tables,
            visibility: Visibility::default(),
            imaging: false,
            device_names: false,
        }
    }

    /// Who does not see the document; the codes follow that of the document itself.
    #[must_use]
    pub fn visibility(mut self, visibility: Visibility) -> Self {
        self.visibility = visibility;
        self
    }

    /// A document of imaging: orders and studies of the header become references (referenceIdList). Accession numbers do
    /// in every document.
    #[must_use]
    pub fn imaging(mut self, imaging: bool) -> Self {
        self.imaging = imaging;
        self
    }

    /// Gives a device that is an author its model as family name and its program as given name.
    ///
    /// `unverified`: recalled from the CI-SIS, not read; without this, a device is known by its identifier alone.
    #[must_use]
    pub fn device_names(mut self, device_names: bool) -> Self {
        self.device_names = device_names;
        self
    }

    /// Draws the metadata of the bytes that are to be submitted; `entry_id` is the name of the entry in the message
    /// (`Document01`).
    ///
    /// # Errors
    /// The bytes are no XML, or hold no CDA document.
    pub fn read(&self, entry_id: &str, bytes: &[u8]) -> Result<Drawn, FromCdaError> {
        let tree = Document::parse(bytes)?;
        let header = Header::read_document(&tree)?.value;
        let medium = segur_cda::clinical_document(&tree).and_then(medium_of);
        let wrapped = !tree.root_element().is(HL7, "ClinicalDocument");
        let mut drawn = self.from_header(entry_id, &header, medium.as_deref());
        if wrapped {
            // A document that a stylesheet wraps so that it shows itself.
            drawn.entry.mime_type = "application/xslt+xml".to_owned();
        }
        drawn.entry.set_content(bytes);
        Ok(drawn)
    }

    /// Draws the metadata of a header; `medium` is the media type of an unstructured body. Hash and size are left empty.
    pub fn from_header(&self, entry_id: &str, header: &Header, medium: Option<&str>) -> Drawn {
        let mut draw = Draw {
            entry: DocumentEntry::new(entry_id, ""),
            gaps: Vec::new(),
        };
        draw.entry.unique_id = draw.unique_id(&header.id);
        draw.entry.creation_time = draw.time(
            "creationTime",
            "ClinicalDocument/effectiveTime",
            Some(&header.effective_time),
        );
        let title = header.title.as_ref().map(|title| one_line(&title.text));
        draw.entry.title = title.filter(|title| !title.is_empty());
        let language = header
            .language
            .as_ref()
            .and_then(|language| language.code.clone());
        draw.entry.language_code = draw.found(
            "languageCode",
            "ClinicalDocument/languageCode/@code",
            language,
        );
        draw.entry.type_code =
            draw.required_code("typeCode", "ClinicalDocument/code", Some(&header.code));
        let class = draw
            .entry
            .type_code
            .as_ref()
            .and_then(|code| self.tables.class_of(code));
        draw.entry.class_code = class.cloned();
        if draw.entry.class_code.is_none() && draw.entry.type_code.is_some() {
            draw.gap("classCode", "ClinicalDocument/code", GapReason::NotInTable);
        }
        let own = draw.required_code(
            "confidentialityCode",
            "ClinicalDocument/confidentialityCode",
            Some(&header.confidentiality),
        );
        draw.entry.confidentiality_codes = own.into_iter().collect();
        draw.entry
            .confidentiality_codes
            .extend(self.visibility.codes());
        draw.entry.format_code = self.format(header, medium);
        if draw.entry.format_code.is_none() {
            let source = match medium {
                Some(_) => "ClinicalDocument/component/nonXMLBody/text/@mediaType",
                None => "ClinicalDocument/templateId",
            };
            draw.gap("formatCode", source, GapReason::NotInTable);
        }
        patient::draw(header, &mut draw);
        author::draw(header, self.device_names, &mut draw);
        acts::draw(header, self.imaging, &mut draw);
        Drawn {
            entry: draw.entry,
            gaps: draw.gaps,
        }
    }

    /// An unstructured document is what its medium is, whatever model it claims; of several models the last one that
    /// the table knows counts, for French documents name the most precise one last.
    fn format(&self, header: &Header, medium: Option<&str>) -> Option<Coded> {
        if let Some(medium) = medium {
            return Tables::format_of_medium(medium);
        }
        let mut models = header.template_ids.iter().rev();
        models.find_map(|id| self.tables.format_of(id.root.as_deref()?).cloned())
    }
}

/// The media type of an unstructured body.
fn medium_of(document: Node<'_>) -> Option<String> {
    let body = document
        .children_named(HL7, "component")
        .find_map(|component| component.child(HL7, "nonXMLBody"))?;
    let medium = body.child(HL7, "text")?.attribute("mediaType");
    Some(medium.unwrap_or_default().trim().to_owned())
}

/// White space of a text that may run over lines, as one space each.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entry in the making.
pub(super) struct Draw {
    pub(super) entry: DocumentEntry,
    pub(super) gaps: Vec<Gap>,
}

impl Draw {
    pub(super) fn gap(&mut self, field: &'static str, source: &'static str, reason: GapReason) {
        self.gaps.push(Gap {
            field,
            source,
            reason,
        });
    }

    pub(super) fn found<T>(
        &mut self,
        field: &'static str,
        source: &'static str,
        value: Option<T>,
    ) -> Option<T> {
        if value.is_none() {
            self.gap(field, source, GapReason::Absent);
        }
        value
    }

    /// `root`, or `root^extension`.
    fn unique_id(&mut self, id: &Ii) -> String {
        let root = id.root.clone().filter(|_| id.null_flavor.is_none());
        let root = self.found("uniqueId", "ClinicalDocument/id", root);
        match (root, &id.extension) {
            (Some(root), Some(extension)) => format!("{root}^{extension}"),
            (root, _) => root.unwrap_or_default(),
        }
    }

    pub(super) fn time(
        &mut self,
        field: &'static str,
        source: &'static str,
        time: Option<&Ts>,
    ) -> Option<Dtm> {
        let Some(value) = time.and_then(|time| time.value.as_ref()) else {
            self.gap(field, source, GapReason::Absent);
            return None;
        };
        let utc = Dtm::from_timestamp(value).ok();
        if utc.is_none() {
            self.gap(field, source, GapReason::NoOffset);
        }
        utc
    }

    pub(super) fn required_code(
        &mut self,
        field: &'static str,
        source: &'static str,
        cd: Option<&Cd>,
    ) -> Option<Coded> {
        match cd.and_then(coded) {
            Some(code) => {
                if code.system.is_empty() {
                    self.gap(field, source, GapReason::NoCodeSystem);
                }
                Some(code)
            }
            None => {
                self.gap(field, source, GapReason::Absent);
                None
            }
        }
    }
}

/// A code that is there.
pub(super) fn coded(cd: &Cd) -> Option<Coded> {
    let null: Option<&NullFlavor> = cd.null_flavor.as_ref();
    let code = cd.code.clone().filter(|_| null.is_none())?;
    let system = cd.code_system.clone().unwrap_or_default();
    let display = cd.display_name.as_deref().map(one_line);
    Some(Coded {
        display: display.filter(|text| !text.is_empty()).map(Into::into),
        ..Coded::new(code, system)
    })
}

/// Root and extension of an identifier that is there.
pub(super) fn identifier(id: &Ii) -> Option<(&str, &str)> {
    let there = id.null_flavor.is_none();
    let both = (id.root.as_deref()?, id.extension.as_deref()?);
    there.then_some(both)
}
