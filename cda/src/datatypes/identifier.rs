//! II: identifiers.

use crate::tree::datatype;

datatype! {
    /// An identifier (II): an OID or UUID, alone or with an extension that is unique under it.
    ///
    /// ```
    /// use segur_cda::datatypes::Ii;
    ///
    /// let rpps = Ii::new("1.2.250.1.71.4.2.1", "801234567897");
    /// assert!(rpps.is_under("1.2.250.1.71.4.2.1"));
    /// // what it says of a person does not show in logs
    /// assert!(!format!("{rpps:?}").contains("801234567897"));
    /// ```
    pub struct Ii {
        attributes {
            /// OID, UUID or registered name of who assigns the identifiers.
            pub root: Option<String> = "root",
            /// The identifier under `root`.
            pub extension: Option<String> = "extension",
            /// Name of the assigning authority, for humans.
            pub assigning_authority_name: Option<String> = "assigningAuthorityName",
            /// Whether it is meant to be shown.
            pub displayable: Option<bool> = "displayable",
        }
    }
}

impl Ii {
    /// An identifier under a root.
    pub fn new(root: impl Into<String>, extension: impl Into<String>) -> Self {
        Self {
            root: Some(root.into()),
            extension: Some(extension.into()),
            ..Self::default()
        }
    }

    /// An identifier that is a root alone: a template, a UUID.
    pub fn of_root(root: impl Into<String>) -> Self {
        Self {
            root: Some(root.into()),
            ..Self::default()
        }
    }

    /// Whether the identifier is under this root.
    pub fn is_under(&self, root: &str) -> bool {
        self.root.as_deref() == Some(root)
    }
}
