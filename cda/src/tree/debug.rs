//! `Debug` of typed values: their shape, never what they say of a person.

use std::fmt;

use super::element::{AttributeValue, Content, Element};

/// Attributes that say something of the document, never of a person.
const PUBLIC: [&str; 12] = [
    "nullFlavor",
    "root",
    "codeSystem",
    "codeSystemName",
    "use",
    "qualifier",
    "classCode",
    "moodCode",
    "typeCode",
    "mediaType",
    "representation",
    "unit",
];

/// Writes the element with its attribute names, values and text masked but for those that are public.
pub(crate) fn fmt_shape(element: &Element<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "<{}", element.local)?;
    for attribute in &element.attributes {
        match &attribute.value {
            AttributeValue::Text(text) if PUBLIC.contains(&attribute.local.as_ref()) => {
                write!(f, " {}={text:?}", attribute.local)?;
            }
            AttributeValue::Text(_) => write!(f, " {}=…", attribute.local)?,
            AttributeValue::Name { local, .. } => write!(f, " {}={local:?}", attribute.local)?,
        }
    }
    if element.children.is_empty() {
        return f.write_str("/>");
    }
    f.write_str(">")?;
    for child in &element.children {
        match child {
            Content::Element(e) => fmt_shape(e, f)?,
            Content::Text(_) => f.write_str("…")?,
        }
    }
    write!(f, "</{}>", element.local)
}

/// `Debug` through [`fmt_shape`] for types written by hand.
macro_rules! masked_debug {
    ($($name:ident),+) => {
        $(
            /// Shows the shape of the value, not what it says of a person.
            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::tree::fmt_shape(
                        &$crate::tree::CdaValue::to_element(self, $crate::tree::v3(stringify!($name))),
                        f,
                    )
                }
            }
        )+
    };
}
pub(crate) use masked_debug;
