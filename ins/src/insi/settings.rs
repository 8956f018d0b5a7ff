//! Where implementations that the service takes differ.

/// How messages are spelled where known implementations differ. The defaults are those of the only client whose
/// schemas could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// How `wsa:MessageID` is written.
    pub message_id: MessageIdForm,
    /// Whether `ContexteLPS` bears `Nature="CTXLPS"`.
    pub lps_nature: Nature,
    /// `unverified`: `TypeMatricule` of the matricules of a search by carte Vitale. The schema makes it optional and
    /// its values are not known: it is written only when set.
    pub matricule_kind: Option<String>,
    /// Takes answers that are for another message (`wsa:RelatesTo`), with [`Warning::OtherMessage`](super::Warning::OtherMessage) (default
    /// no: they may be about another person). For a service that is known to fill it wrongly. Answers that name no message are taken.
    pub unrelated_answers: bool,
}

/// How `wsa:MessageID` is written; both are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MessageIdForm {
    /// `uuid:` and the UUID.
    #[default]
    Prefixed,
    /// The UUID alone, as in the sample of GIE SESAM-Vitale.
    Bare,
}

/// Whether the attribute `Nature` is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nature {
    /// It is.
    #[default]
    Written,
    /// It is not, as in the sample of GIE SESAM-Vitale.
    Absent,
}
