//! ST, SC, ED: text and media.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use segur_xml::Node;

use super::{NullFlavor, Tel};
use crate::tree::{
    AttributeSlot, CdaValue, Element, Name, Reader, Slot, ToleranceKind, code_enum, into, is_blank,
    masked_debug, own_text, read_attributes, v3,
};

/// Character data (ST).
///
/// ```
/// use segur_cda::datatypes::St;
///
/// let title = St::new("Note de vaccination");
/// assert_eq!(title.text, "Note de vaccination");
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct St {
    /// Why the text is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// The text, as it stands between the tags.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub text: String,
    /// Language of the text, as `fr-FR`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub language: Option<String>,
}

/// Character data with a code (SC), such as the name of a program.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct Sc {
    /// Why the text is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// The text, as it stands between the tags.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub text: String,
    /// Language of the text, as `fr-FR`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub language: Option<String>,
    /// The code.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub code: Option<String>,
    /// The code's name.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub display_name: Option<String>,
    /// OID of the code system.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub code_system: Option<String>,
    /// Name of the code system.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub code_system_name: Option<String>,
    /// Version of the code system.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub code_system_version: Option<String>,
}

code_enum! {
    /// How the content of an [`Ed`] is written.
    pub enum Representation {
        /// As text.
        Text = "TXT",
        /// In base64.
        Base64 = "B64",
    }
}

/// Encapsulated data (ED): a text, a reference to a part of the narrative, or a medium in base64.
///
/// ```
/// use segur_cda::datatypes::Ed;
///
/// let pdf = Ed::from_bytes("application/pdf", b"%PDF-1.4");
/// assert_eq!(pdf.decode(1_000)?, b"%PDF-1.4");
/// assert!(pdf.decode(4).is_err(), "larger than allowed");
///
/// let reference = Ed::narrative("vac-01");
/// assert_eq!(reference.fragment(), Some("vac-01"));
/// # Ok::<(), segur_cda::datatypes::EdError>(())
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct Ed {
    /// Why the data are not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// Media type, as `application/pdf`; absent means `text/plain`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub media_type: Option<String>,
    /// Language, as `fr-FR`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub language: Option<String>,
    /// How `data` is written; absent means as text.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub representation: Option<Representation>,
    /// Algorithm with which the data are compressed: `DF`, `GZ`, `ZL`, `Z`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub compression: Option<String>,
    /// Digest of the data, in base64.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub integrity_check: Option<String>,
    /// Algorithm of the digest: `SHA-1` (default) or `SHA-256`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub integrity_check_algorithm: Option<String>,
    /// Where the data are: `#id` for a part of the narrative, or a URL.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub reference: Option<Tel>,
    /// A reduced view of the data.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub thumbnail: Option<Box<Ed>>,
    /// The text, or base64, as it stands between the tags.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub data: String,
}

/// Why the content of an [`Ed`] could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EdError {
    /// The content is not declared as base64.
    #[error("the content is text, not base64: read `data` instead")]
    NotBase64,
    /// The content would be larger than the caller allows.
    #[error(
        "the content is about {size} bytes, more than the {limit} allowed: raise the limit to read it"
    )]
    TooLarge {
        /// Size of the content, rounded up to whole groups, in bytes.
        size: usize,
        /// Size allowed, in bytes.
        limit: usize,
    },
    /// The text is not base64.
    #[error("the content is declared as base64 and is not")]
    Malformed(#[source] base64::DecodeError),
}

const DECODER: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl St {
    /// A text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

impl From<&str> for St {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Sc {
    /// A text without a code.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

impl Ed {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            data: text.into(),
            ..Self::default()
        }
    }

    /// A reference to a part of the narrative, by its `ID`.
    pub fn narrative(id: &str) -> Self {
        Self {
            reference: Some(Tel::new(format!("#{id}"))),
            ..Self::default()
        }
    }

    /// A medium, written in base64.
    pub fn from_bytes(media_type: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            media_type: Some(media_type.into()),
            representation: Some(Representation::Base64),
            data: STANDARD.encode(bytes),
            ..Self::default()
        }
    }

    /// Whether the content is declared as base64.
    pub fn is_base64(&self) -> bool {
        self.representation == Some(Representation::Base64)
    }

    /// The bytes of a medium, at most `limit` of them. White space between the lines of base64 is
    /// passed over, and padding may be missing.
    ///
    /// # Errors
    /// When the content is not declared as base64, is not base64, or is larger than `limit`: that is
    /// known before any byte is decoded.
    pub fn decode(&self, limit: usize) -> Result<Vec<u8>, EdError> {
        if !self.is_base64() {
            return Err(EdError::NotBase64);
        }
        let significant = self
            .data
            .bytes()
            .filter(|b| !b.is_ascii_whitespace() && *b != b'=')
            .count();
        let size = (significant / 4) * 3 + (significant % 4) * 3 / 4;
        if size > limit {
            return Err(EdError::TooLarge { size, limit });
        }
        let mut compact = String::with_capacity(significant + 3);
        compact.extend(self.data.chars().filter(|c| !c.is_ascii_whitespace()));
        DECODER
            .decode(compact.as_bytes())
            .map_err(EdError::Malformed)
    }

    /// The identifier in the narrative to which the content refers (`#id`), when it does.
    pub fn fragment(&self) -> Option<&str> {
        self.reference.as_ref()?.fragment()
    }
}

impl From<&str> for Ed {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// What the schema fixes for ST, and for SC which is built on it.
const TEXT_ONLY: [(&str, &str); 2] = [("representation", "TXT"), ("mediaType", "text/plain")];

fn no_elements(node: Node<'_>, reader: &mut Reader) {
    for child in node.elements() {
        reader.unknown_element(child);
    }
}

fn put<'a>(element: &mut Element<'a>, name: &'static str, field: &'a impl AttributeSlot) {
    if let Some(text) = field.text() {
        element.set(name, text);
    }
}

impl CdaValue for St {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self {
            text: own_text(node),
            ..Self::default()
        };
        read_attributes(
            node,
            reader,
            &TEXT_ONLY,
            |local, attribute, reader| match local {
                "nullFlavor" => into(&mut value.null_flavor, attribute, reader),
                "language" => into(&mut value.language, attribute, reader),
                _ => false,
            },
        );
        no_elements(node, reader);
        value
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        put(element, "nullFlavor", &self.null_flavor);
        put(element, "language", &self.language);
        element.push_text(&self.text);
    }
}

impl CdaValue for Sc {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self {
            text: own_text(node),
            ..Self::default()
        };
        read_attributes(
            node,
            reader,
            &TEXT_ONLY,
            |local, attribute, reader| match local {
                "nullFlavor" => into(&mut value.null_flavor, attribute, reader),
                "language" => into(&mut value.language, attribute, reader),
                "code" => into(&mut value.code, attribute, reader),
                "displayName" => into(&mut value.display_name, attribute, reader),
                "codeSystem" => into(&mut value.code_system, attribute, reader),
                "codeSystemName" => into(&mut value.code_system_name, attribute, reader),
                "codeSystemVersion" => into(&mut value.code_system_version, attribute, reader),
                _ => false,
            },
        );
        no_elements(node, reader);
        value
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        put(element, "nullFlavor", &self.null_flavor);
        put(element, "language", &self.language);
        put(element, "code", &self.code);
        put(element, "displayName", &self.display_name);
        put(element, "codeSystem", &self.code_system);
        put(element, "codeSystemName", &self.code_system_name);
        put(element, "codeSystemVersion", &self.code_system_version);
        element.push_text(&self.text);
    }
}

impl CdaValue for Ed {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self::default();
        read_attributes(node, reader, &[], |local, attribute, reader| match local {
            "nullFlavor" => into(&mut value.null_flavor, attribute, reader),
            "mediaType" => into(&mut value.media_type, attribute, reader),
            "language" => into(&mut value.language, attribute, reader),
            "representation" => into(&mut value.representation, attribute, reader),
            "compression" => into(&mut value.compression, attribute, reader),
            "integrityCheck" => into(&mut value.integrity_check, attribute, reader),
            "integrityCheckAlgorithm" => {
                into(&mut value.integrity_check_algorithm, attribute, reader)
            }
            _ => false,
        });
        let mut elements = 0_usize;
        let (mut references, mut thumbnails) = (0_usize, 0_usize);
        for child in node.elements() {
            elements += 1;
            let name = Name::of(child);
            if Option::<Tel>::accepts(v3("reference"), name) {
                if thumbnails > 0 {
                    reader.element(ToleranceKind::Order, child, None);
                }
                Slot::take(&mut value.reference, child, references, reader);
                references += 1;
            } else if Option::<Box<Ed>>::accepts(v3("thumbnail"), name) {
                Slot::take(&mut value.thumbnail, child, thumbnails, reader);
                thumbnails += 1;
            } else {
                reader.unknown_element(child);
            }
        }
        let text = own_text(node);
        if elements == 0 || !is_blank(&text) {
            value.data = text;
        }
        value
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        put(element, "nullFlavor", &self.null_flavor);
        put(element, "mediaType", &self.media_type);
        put(element, "language", &self.language);
        put(element, "representation", &self.representation);
        put(element, "compression", &self.compression);
        put(element, "integrityCheck", &self.integrity_check);
        put(
            element,
            "integrityCheckAlgorithm",
            &self.integrity_check_algorithm,
        );
        Slot::write_into(&self.reference, v3("reference"), element);
        Slot::write_into(&self.thumbnail, v3("thumbnail"), element);
        element.push_text(&self.data);
    }
}

masked_debug!(St, Sc, Ed);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_with_line_breaks_and_without_padding() {
        let mut medium = Ed::from_bytes("image/png", &[0, 1, 2, 3]);
        assert_eq!(medium.data, "AAECAw==");
        medium.data = "\n  AAEC\r\n  Aw\n".to_owned();
        assert_eq!(medium.decode(4), Ok(vec![0, 1, 2, 3]));
        assert_eq!(
            medium.decode(3),
            Err(EdError::TooLarge { size: 4, limit: 3 })
        );
    }

    #[test]
    fn what_is_not_base64_is_refused() {
        assert_eq!(Ed::text("AAEC").decode(10), Err(EdError::NotBase64));
        let medium = Ed {
            data: "A*==".to_owned(),
            ..Ed::from_bytes("image/png", &[])
        };
        assert!(matches!(medium.decode(10), Err(EdError::Malformed(_))));
    }
}
