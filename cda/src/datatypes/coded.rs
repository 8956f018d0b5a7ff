//! CD, CE, CV, CS, CR: coded values.

use super::Ed;
use crate::tree::{datatype, sdtc, v3};

datatype! {
    /// A coded value (CD), also where the standard calls for CE or CV, which allow less of it.
    ///
    /// CE has no `qualifiers`; CV has no `translations` either.
    ///
    /// ```
    /// use segur_cda::datatypes::Cd;
    ///
    /// let vaccine = Cd::new("68747507", "1.2.250.1.213.2.3.1")
    ///     .with_display("VACCIN TETANIQUE PASTEUR")
    ///     .with_translation(Cd::new("J07AM", "2.16.840.1.113883.6.73"));
    /// assert_eq!(vaccine.in_system("2.16.840.1.113883.6.73").and_then(|c| c.code.as_deref()), Some("J07AM"));
    /// ```
    pub struct Cd {
        attributes {
            /// The code.
            pub code: Option<String> = "code",
            /// Its name, for humans.
            pub display_name: Option<String> = "displayName",
            /// OID of the code system.
            pub code_system: Option<String> = "codeSystem",
            /// Name of the code system, for humans.
            pub code_system_name: Option<String> = "codeSystemName",
            /// Version of the code system.
            pub code_system_version: Option<String> = "codeSystemVersion",
        }
        extension_attributes {
            /// OID of the value set from which the code was chosen (`sdtc:valueSet`).
            pub value_set: Option<String> = sdtc("valueSet"),
            /// Version of that value set (`sdtc:valueSetVersion`).
            pub value_set_version: Option<String> = sdtc("valueSetVersion"),
        }
        elements {
            /// The text that was coded, or a reference to it in the narrative.
            pub original_text: Option<Box<Ed>> = v3("originalText"),
            /// What makes the code more precise.
            pub qualifiers: Vec<Cr> = v3("qualifier"),
            /// The same meaning in other code systems.
            pub translations: Vec<Cd> = v3("translation"),
        }
    }
}

/// A coded value with translations only (CE).
pub type Ce = Cd;
/// A coded value without qualifiers and translations (CV).
pub type Cv = Cd;

datatype! {
    /// A qualifier of a code (CR).
    pub struct Cr {
        attributes {
            /// Whether the role named by `name` is inverted.
            pub inverted: Option<bool> = "inverted",
        }
        elements {
            /// What is said of the code.
            pub name: Option<Box<Cd>> = v3("name"),
            /// The value of it.
            pub value: Option<Box<Cd>> = v3("value"),
        }
    }
}

datatype! {
    /// A code whose code system the standard fixes (CS).
    pub struct Cs {
        attributes {
            /// The code.
            pub code: Option<String> = "code",
        }
    }
}

impl Cd {
    /// A code of a code system, given by its OID.
    pub fn new(code: impl Into<String>, code_system: impl Into<String>) -> Self {
        Self {
            code: Some(code.into()),
            code_system: Some(code_system.into()),
            ..Self::default()
        }
    }

    /// No code, and why.
    pub fn null(flavor: super::NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }

    /// Adds the code's name.
    #[must_use]
    pub fn with_display(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Adds the code system's name.
    #[must_use]
    pub fn with_system_name(mut self, name: impl Into<String>) -> Self {
        self.code_system_name = Some(name.into());
        self
    }

    /// Adds the same meaning in another code system.
    #[must_use]
    pub fn with_translation(mut self, translation: Cd) -> Self {
        self.translations.push(translation);
        self
    }

    /// Ties the code to a part of the narrative, by its `ID`.
    #[must_use]
    pub fn with_text_reference(mut self, id: &str) -> Self {
        self.original_text = Some(Box::new(Ed::narrative(id)));
        self
    }

    /// Whether it is this code of this code system.
    pub fn is(&self, code: &str, code_system: &str) -> bool {
        self.code.as_deref() == Some(code) && self.code_system.as_deref() == Some(code_system)
    }

    /// The code in this code system: the code itself or one of its translations.
    pub fn in_system(&self, code_system: &str) -> Option<&Cd> {
        std::iter::once(self)
            .chain(&self.translations)
            .find(|c| c.code_system.as_deref() == Some(code_system))
    }
}

impl Cs {
    /// A code.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            null_flavor: None,
            code: Some(code.into()),
        }
    }
}
