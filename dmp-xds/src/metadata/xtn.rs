//! XTN: telephone numbers and mail addresses.

use std::fmt;

use super::hl7::{Components, Joined, OtherComponents};

/// A telephone number or mail address (HL7 v2 XTN). `Debug` hides the value.
///
/// ```
/// use segur_dmp_xds::metadata::Xtn;
///
/// assert_eq!(Xtn::mail("dr.test@example.org").to_text(), "^^Internet^dr.test@example.org");
/// assert_eq!(Xtn::read("^PRN^PH^^33^^140404022").local_number.as_deref(), Some("140404022"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xtn {
    /// XTN.2: use; `NET` for a mail address.
    pub telecom_use: Option<String>,
    /// XTN.3: `PH` telephone, `CP` mobile telephone, `Internet` mail address.
    pub equipment: Option<String>,
    /// XTN.4: mail address.
    pub mail: Option<String>,
    /// XTN.5: country code, without `+`.
    pub country: Option<String>,
    /// XTN.6: area code.
    pub area: Option<String>,
    /// XTN.7: number.
    pub local_number: Option<String>,
    /// XTN.8: extension.
    pub extension: Option<String>,
    /// XTN.12: the whole number as dialled.
    pub unformatted: Option<String>,
    /// Components without a field.
    pub other: OtherComponents,
}

impl Xtn {
    /// A mail address.
    pub fn mail(address: impl Into<String>) -> Self {
        Self {
            equipment: Some("Internet".to_owned()),
            mail: Some(address.into()),
            ..Self::default()
        }
    }

    /// A telephone number as dialled.
    pub fn telephone(number: impl Into<String>) -> Self {
        Self {
            equipment: Some("PH".to_owned()),
            unformatted: Some(number.into()),
            ..Self::default()
        }
    }

    /// Reads any text; nothing is refused.
    pub fn read(text: &str) -> Self {
        let mut parts = Components::split(text);
        Self {
            telecom_use: parts.text(2),
            equipment: parts.text(3),
            mail: parts.text(4),
            country: parts.text(5),
            area: parts.text(6),
            local_number: parts.text(7),
            extension: parts.text(8),
            unformatted: parts.text(12),
            other: parts.rest(),
        }
    }

    /// As written; the same in every profile.
    pub fn to_text(&self) -> String {
        let mut parts = Joined::over(&self.other);
        parts.option(2, self.telecom_use.as_ref());
        parts.option(3, self.equipment.as_ref());
        parts.option(4, self.mail.as_ref());
        parts.option(5, self.country.as_ref());
        parts.option(6, self.area.as_ref());
        parts.option(7, self.local_number.as_ref());
        parts.option(8, self.extension.as_ref());
        parts.option(12, self.unformatted.as_ref());
        parts.finish()
    }

    /// A mail address, or a number written in one of both ways. Source: oehf/ipf, `XTNValidator`.
    pub(crate) fn is_complete(&self) -> bool {
        let numbers = [
            &self.country,
            &self.area,
            &self.local_number,
            &self.extension,
        ];
        match self.equipment.as_deref() {
            Some("Internet") => {
                self.mail.is_some()
                    && self.telecom_use.as_deref().is_none_or(|u| u == "NET")
                    && self.unformatted.is_none()
                    && numbers.iter().all(|number| number.is_none())
            }
            Some("PH" | "CP") => {
                self.mail.is_none()
                    && self.telecom_use.as_deref() != Some("NET")
                    && self.local_number.is_some() != self.unformatted.is_some()
            }
            _ => false,
        }
    }
}

impl fmt::Debug for Xtn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Xtn({} ***)", self.equipment.as_deref().unwrap_or(""))
    }
}
