//! Words of fixed lists: statuses, kinds of entries and associations.

/// An enum over fixed words with a case for any other.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $word:literal, )+ }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// Another word, as written.
            Other(String),
        }

        impl $name {
            /// Reads any word.
            pub fn read(word: &str) -> Self {
                match word.trim() {
                    $( $word => Self::$variant, )+
                    other => Self::Other(other.to_owned()),
                }
            }

            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )+
                    Self::Other(word) => word,
                }
            }

            /// Whether it is one of the known words.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Other(_))
            }
        }

        /// Cut at 80 characters, as `Debug`: a word that is not known comes from outside. The whole word: [`as_str`](Self::as_str).
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::metadata::cut(self.as_str()))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $( Self::$variant => f.write_str(stringify!($variant)), )+
                    Self::Other(word) => {
                        f.debug_tuple("Other").field(&$crate::metadata::cut(word)).finish()
                    }
                }
            }
        }
    };
}
pub(crate) use words;

/// The first 80 characters, which are more than any word known has.
pub(crate) fn cut(word: &str) -> &str {
    let end = word.char_indices().nth(80);
    end.and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

words! {
    /// Whether an object is in force (availabilityStatus).
    ///
    /// Source: ebRIM 3.0; for archived and deleted documents JDV_J52 of the CI-SIS, as the DMP uses it.
    AvailabilityStatus {
        /// In force.
        Approved = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",
        /// Replaced.
        Deprecated = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated",
        /// French: put aside.
        Archived = "urn:asip:ci-sis:2010:StatusType:Archived",
        /// French: deleted; the DMP keeps no way back.
        Deleted = "urn:asip:ci-sis:2010:StatusType:Deleted",
    }
}

words! {
    /// What an association says of its source and its target.
    ///
    /// Source: oehf/ipf, `AssociationType.java`.
    AssociationKind {
        /// The set or folder (source) holds the object (target).
        HasMember = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember",
        /// The source replaces the target.
        Replaces = "urn:ihe:iti:2007:AssociationType:RPLC",
        /// The source completes the target.
        Appends = "urn:ihe:iti:2007:AssociationType:APND",
        /// The source is a transformation of the target.
        Transforms = "urn:ihe:iti:2007:AssociationType:XFRM",
        /// The source replaces the target and is a transformation of it.
        TransformsAndReplaces = "urn:ihe:iti:2007:AssociationType:XFRM_RPLC",
        /// The source is a signature of the target.
        Signs = "urn:ihe:iti:2007:AssociationType:signs",
        /// The source is a snapshot of the on-demand target.
        IsSnapshotOf = "urn:ihe:iti:2010:AssociationType:IsSnapshotOf",
        /// The set (source) changes the status of the target.
        UpdateAvailabilityStatus = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus",
        /// The set (source) submits an association (target).
        SubmitAssociation = "urn:ihe:iti:2010:AssociationType:SubmitAssociation",
    }
}

words! {
    /// Whether a set brings an object or only points to one that is already there.
    MemberStatus {
        /// Submitted with the set.
        Original = "Original",
        /// Already in the registry.
        Reference = "Reference",
    }
}

words! {
    /// What kind of document an entry tells of (objectType).
    EntryKind {
        /// A document that exists.
        Stable = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1",
        /// A document made when it is asked for.
        OnDemand = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248",
    }
}
