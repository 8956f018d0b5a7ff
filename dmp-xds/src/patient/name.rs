//! Names of persons in these messages.

use std::fmt;

use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::vocabulary::HL7;
use crate::ebrim::{Written, attribute_of};
use crate::metadata::Fault;
use crate::xml::child_text;

/// A name. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct PersonName {
    /// `M`, `Mme`.
    pub prefix: Option<String>,
    /// Name in use (`SP`).
    pub used: Option<String>,
    /// Birth name (`BR`).
    pub birth: Option<String>,
    /// Given name.
    pub given: String,
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(..)")
    }
}

impl PersonName {
    pub(super) fn read(node: Node<'_>) -> Self {
        let family = |qualifier: &str| {
            let mut all = node.children_named(HL7, "family");
            let own = all.find(|one| attribute_of(*one, "qualifier").as_deref() == Some(qualifier));
            own.map(|one| one.string_value().trim().to_owned())
        };
        Self {
            prefix: child_text(node, HL7, "prefix"),
            used: family("SP"),
            birth: family("BR"),
            given: child_text(node, HL7, "given").unwrap_or_default(),
        }
    }

    pub(super) fn check(&self, check: &mut Check, field: &'static str) {
        if self.used.is_none() && self.birth.is_none() {
            check.add(field, Fault::Missing, "a family name");
        }
        let families = [&self.prefix, &self.used, &self.birth];
        for text in families.into_iter().flatten() {
            check.text(field, text);
        }
        check.text(field, &self.given);
    }

    /// Order and qualifiers as in the messages of the DMP vendor kit.
    pub(super) fn write(&self, w: &mut XmlWriter) -> Written {
        w.start("name")?;
        if let Some(prefix) = &self.prefix {
            w.start("prefix")?.text(prefix)?.end()?;
        }
        for (family, qualifier) in [(&self.used, "SP"), (&self.birth, "BR")] {
            if let Some(family) = family {
                w.start("family")?.attr("qualifier", qualifier)?;
                w.text(family)?.end()?;
            }
        }
        w.start("given")?.text(&self.given)?.end()?.end()?;
        Ok(())
    }
}
