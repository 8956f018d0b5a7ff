//! Closed code sets of the standard.

/// A code of a closed set, or what stood in its place.
pub trait Code: Sized {
    /// The code as written.
    fn as_str(&self) -> &str;
    /// The code read; a code outside the set is kept as it is.
    fn from_code(code: &str) -> Self;
    /// Whether the code is one of the set.
    fn is_known(&self) -> bool;
}

/// An enum of codes with an `Other` case.
macro_rules! code_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $code:literal, )+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// A code outside the set, as it was read.
            Other(Box<str>),
        }

        impl $name {
            /// Every code of the set, in the order of the standard.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The code as written in a document.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $code, )+
                    Self::Other(code) => code,
                }
            }
        }

        impl $crate::tree::Code for $name {
            fn as_str(&self) -> &str {
                $name::as_str(self)
            }

            fn from_code(code: &str) -> Self {
                match code {
                    $( $code => Self::$variant, )+
                    _ => Self::Other(code.into()),
                }
            }

            fn is_known(&self) -> bool {
                !matches!(self, Self::Other(_))
            }
        }

        /// The code as written in a document.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// Only the codes of the set.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                let found = Self::ALL.iter().find(|known| known.as_str() == code);
                found.cloned().ok_or_else(|| {
                    serde::de::Error::unknown_variant(&code, &[$( $code ),+])
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::tree::AttributeText for $name {
            const EXPECTED: &'static str = concat!("a code of ", stringify!($name));

            fn parse_text(text: &str) -> Option<(Self, bool)> {
                use $crate::tree::Code as _;
                let code = Self::from_code(text);
                let known = code.is_known();
                (!text.is_empty()).then_some((code, known))
            }

            fn to_text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.as_str())
            }
        }
    };
}
pub(crate) use code_enum;
