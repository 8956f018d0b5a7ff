//! The data types that the tables give to header elements.

/// A data type of HL7 V3 Data Types R1, as the published rules bind it to header elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DataType {
    Ad,
    /// Only what holds of every type.
    Any,
    Bl,
    Cd,
    Ce,
    Cr,
    Cs,
    Cv,
    Ed,
    En,
    Ii,
    Int,
    IntPos,
    IvlTs,
    IvxbTs,
    On,
    Pn,
    Sc,
    St,
    Tel,
    Ts,
}

impl DataType {
    /// The name that `xsi:type` must have if it is written; `None` when any is admitted.
    pub(crate) const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Ad => "AD",
            Self::Any => return None,
            Self::Bl => "BL",
            Self::Cd => "CD",
            Self::Ce => "CE",
            Self::Cr => "CR",
            Self::Cs => "CS",
            Self::Cv => "CV",
            Self::Ed => "ED",
            Self::En => "EN",
            Self::Ii => "II",
            Self::Int | Self::IntPos => "INT",
            Self::IvlTs => "IVL_TS",
            Self::IvxbTs => "IVXB_TS",
            Self::On => "ON",
            Self::Pn => "PN",
            Self::Sc => "SC",
            Self::St => "ST",
            Self::Tel => "TEL",
            Self::Ts => "TS",
        })
    }
}
