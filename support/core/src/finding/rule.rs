//! What is known about a rule apart from any document.

use super::message::Message;
use super::severity::Severity;

/// What is known about a rule apart from any document: the entry of the rule catalogue.
///
/// Catalogues are `static` tables of this struct, hence the public fields and no builder:
///
/// ```
/// use segur_core::{Message, RuleInfo, Severity};
///
/// static TITLE: RuleInfo = RuleInfo {
///     id: "FR-001",
///     title: Message::fixed("Titre obligatoire", "Mandatory title"),
///     severity: Severity::Error,
///     source: "HL7 CDA R2, 4.2.1.3",
///     why: Message::fixed("Le lecteur trie par titre.", "Readers sort by title."),
///     remedy: Message::fixed("Ajouter un titre.", "Add a title."),
///     bad: None,
///     good: Some("<title>Certificat</title>"),
///     profile: "official",
/// };
/// assert_eq!(TITLE.id, "FR-001");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Stable id, unique in the workspace, as findings carry it.
    pub id: &'static str,
    /// What the rule asks for, in one line.
    pub title: Message,
    /// Severity of its findings.
    pub severity: Severity,
    /// Document, version and section that the rule comes from.
    pub source: &'static str,
    /// Why the rule exists: what breaks when it is not kept.
    pub why: Message,
    /// What to change in a document that breaks it.
    pub remedy: Message,
    /// A fragment that breaks it.
    pub bad: Option<&'static str>,
    /// The same fragment, mended.
    pub good: Option<&'static str>,
    /// The least profile that runs it: `official` or `strict` (which runs the official ones too).
    pub profile: &'static str,
}
