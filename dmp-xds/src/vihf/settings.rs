//! Where the sources disagree.

/// How a VIHF is spelled where published messages differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VihfSettings {
    /// `VIHF_Version` (default `3.0`: the vendor kit, DRIMbox and generate-VIHF; a table of the agency says 4.0 over an example of 3.0).
    pub version: String,
    /// Spelling of the attribute of the mode.
    pub mode_attribute: ModeAttribute,
    /// `codeSystemName` of roles.
    pub system_names: SystemNames,
    /// `unverified`, off by default: sends the reason of a break-glass as attribute `Mode_Acces_Raison`. The name is that of a claim of
    /// Pro Santé Connect; that the DMP reads it in a VIHF was found nowhere.
    pub send_reason: bool,
}

/// Spelling of the attribute of the mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ModeAttribute {
    /// `Authentification_Mode` for AIR (code of the vendor kit, DRIMbox), `Authentification_mode` otherwise (samples of the kit,
    /// generate-VIHF).
    #[default]
    ByMode,
    /// `Authentification_mode` always.
    Small,
    /// `Authentification_Mode` always.
    Capital,
}

/// `codeSystemName` of roles: optional, and published messages have two forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SystemNames {
    /// None.
    #[default]
    Absent,
    /// `professions`, `specialites RPPS`.
    Words,
    /// `G15`, `R01`.
    Tables,
}

impl Default for VihfSettings {
    fn default() -> Self {
        Self {
            version: "3.0".to_owned(),
            mode_attribute: ModeAttribute::default(),
            system_names: SystemNames::default(),
            send_reason: false,
        }
    }
}

impl VihfSettings {
    /// The same with the reason of a break-glass sent: `unverified`.
    #[must_use]
    pub fn sending_reason(mut self) -> Self {
        self.send_reason = true;
        self
    }
}
