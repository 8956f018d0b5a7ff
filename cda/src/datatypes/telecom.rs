//! TEL: telephone numbers and electronic addresses.

use super::{TelecomUse, TimeSpec};
use crate::tree::{datatype, v3};

datatype! {
    /// A telephone number or an electronic address (TEL), as a URL: `tel:`, `mailto:`, `http:`; also
    /// the reference of a text to a part of the narrative (`#id`).
    ///
    /// ```
    /// use segur_cda::datatypes::{Tel, TelecomUse};
    ///
    /// let phone = Tel::new("tel:0140404022").with_use(TelecomUse::Work);
    /// assert_eq!(phone.number(), Some("0140404022"));
    /// ```
    pub struct Tel {
        attributes {
            /// The address as a URL.
            pub value: Option<String> = "value",
            /// What it is for.
            pub uses: Vec<TelecomUse> = "use",
        }
        elements {
            /// When it may be used.
            pub useable_periods: Vec<TimeSpec> = v3("useablePeriod"),
        }
    }
}

impl Tel {
    /// An address, as a URL with its scheme.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            value: Some(url.into()),
            ..Self::default()
        }
    }

    /// No address, and why.
    pub fn null(flavor: super::NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }

    /// Adds what it is for.
    #[must_use]
    pub fn with_use(mut self, use_: TelecomUse) -> Self {
        self.uses.push(use_);
        self
    }

    /// The telephone number, when it is one.
    pub fn number(&self) -> Option<&str> {
        self.value.as_deref()?.strip_prefix("tel:")
    }

    /// The mail address, when it is one.
    pub fn mail(&self) -> Option<&str> {
        self.value.as_deref()?.strip_prefix("mailto:")
    }

    /// The identifier in the narrative to which it refers (`#id`), when it does.
    pub fn fragment(&self) -> Option<&str> {
        self.value.as_deref()?.strip_prefix('#')
    }
}
