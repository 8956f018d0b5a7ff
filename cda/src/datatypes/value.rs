//! ANY: a value whose type is told by `xsi:type`.

use segur_xml::Node;

use super::{
    Ad, Bl, Cd, Cs, Ed, Eivl, En, Ii, Int, IvlInt, IvlPq, IvlReal, IvlTs, Mo, Pivl, Pq, Real,
    RtoPqPq, Sc, St, SxcmTs, Sxpr, Tel,
};
use crate::tree::{CdaValue, Element, Reader, ToleranceKind, declared_type};

macro_rules! value_types {
    ($( $(#[$meta:meta])* $variant:ident($type:ty) = $name:literal $(| $alias:literal)*, )+) => {
        /// A value of any data type, as observations have; the type is told by `xsi:type`.
        ///
        /// ```
        /// use segur_cda::datatypes::{Int, Value};
        ///
        /// let rank = Value::Int(Int::new(2));
        /// assert_eq!(rank.type_name(), "INT");
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(rename_all = "snake_case")
        )]
        #[non_exhaustive]
        pub enum Value {
            $( $(#[$meta])* $variant($type), )+
            /// Another type of the standard, or none: kept as it is.
            Other(Element<'static>),
        }

        impl Value {
            /// The type as `xsi:type` names it; empty for [`Value::Other`].
            pub fn type_name(&self) -> &'static str {
                match self {
                    $( Self::$variant(_) => $name, )+
                    Self::Other(_) => "",
                }
            }
        }

        impl CdaValue for Value {
            fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
                match declared_type(node, reader).as_deref() {
                    $( Some($name $(| $alias)*) => Self::$variant(CdaValue::read_from(node, reader)), )+
                    Some(_) => Self::Other(Element::read_from(node, reader)),
                    None => {
                        reader.element(ToleranceKind::Type, node, Some("xsi:type"));
                        Self::Other(Element::read_from(node, reader))
                    }
                }
            }

            fn write_to<'a>(&'a self, element: &mut Element<'a>) {
                match self {
                    $( Self::$variant(value) => {
                        element.set_type($name);
                        value.write_to(element);
                    } )+
                    Self::Other(value) => value.write_to(element),
                }
            }
        }
    };
}

value_types! {
    /// Yes or no.
    Bl(Bl) = "BL",
    /// An integer.
    Int(Int) = "INT",
    /// A decimal number.
    Real(Real) = "REAL",
    /// A quantity.
    Pq(Pq) = "PQ",
    /// An amount of money.
    Mo(Mo) = "MO",
    /// A ratio of two quantities.
    Rto(RtoPqPq) = "RTO_PQ_PQ",
    /// An interval of quantities.
    IvlPq(IvlPq) = "IVL_PQ",
    /// An interval of integers.
    IvlInt(IvlInt) = "IVL_INT",
    /// An interval of decimal numbers.
    IvlReal(IvlReal) = "IVL_REAL",
    /// A point in time.
    Ts(SxcmTs) = "TS" | "SXCM_TS",
    /// An interval of time.
    IvlTs(IvlTs) = "IVL_TS",
    /// A periodic interval.
    Pivl(Pivl) = "PIVL_TS",
    /// A time tied to an event.
    Eivl(Eivl) = "EIVL_TS",
    /// A set of times.
    Sxpr(Sxpr) = "SXPR_TS",
    /// A coded value with qualifiers.
    Cd(Cd) = "CD",
    /// A coded value.
    Ce(Cd) = "CE",
    /// A coded value without translations.
    Cv(Cd) = "CV",
    /// An ordinal: a coded value with an order.
    Co(Cd) = "CO",
    /// A code of a fixed code system.
    Cs(Cs) = "CS",
    /// An identifier.
    Ii(Ii) = "II",
    /// Text.
    St(St) = "ST",
    /// Text with a code.
    Sc(Sc) = "SC",
    /// A text, a reference to one, or a medium.
    Ed(Ed) = "ED",
    /// A telephone number or electronic address.
    Tel(Tel) = "TEL",
    /// A postal address.
    Ad(Ad) = "AD",
    /// A name.
    En(En) = "EN",
    /// A person's name.
    Pn(En) = "PN",
    /// An organization's name.
    On(En) = "ON",
}

macro_rules! value_from {
    ($( $type:ty => $variant:ident ),+ $(,)?) => {
        $( impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        } )+
    };
}

value_from! {
    Bl => Bl, Int => Int, Real => Real, Pq => Pq, IvlPq => IvlPq, IvlTs => IvlTs, Cd => Cd, St => St,
    Ed => Ed,
}

impl Default for Value {
    fn default() -> Self {
        Self::Cd(Cd::default())
    }
}
