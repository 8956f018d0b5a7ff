//! AD: postal addresses.

use segur_xml::{Node, NodeKind};

use super::{AddressUse, NullFlavor, TimeSpec};
use crate::tree::{
    AttributeSlot, CdaValue, Code, Content, Element, HL7, Reader, Slot, ToleranceKind, code_enum,
    into, is_blank, masked_debug, own_text, read_attributes, v3,
};

code_enum! {
    /// What a part of an address is; the code is the name of its element.
    pub enum AddressPartKind {
        /// Text outside any element.
        Text = "",
        /// A line of the address as printed, when it is not given in parts.
        StreetAddressLine = "streetAddressLine",
        /// House number.
        HouseNumber = "houseNumber",
        /// The number in the house number.
        HouseNumberNumeric = "houseNumberNumeric",
        /// Bis, ter, A, B.
        BuildingNumberSuffix = "buildingNumberSuffix",
        /// Street.
        StreetName = "streetName",
        /// Street without its type.
        StreetNameBase = "streetNameBase",
        /// Type of the street.
        StreetNameType = "streetNameType",
        /// Direction.
        Direction = "direction",
        /// Stairs, floor, door.
        UnitId = "unitID",
        /// What the unit is.
        UnitType = "unitType",
        /// Building, residence.
        AdditionalLocator = "additionalLocator",
        /// Post box.
        PostBox = "postBox",
        /// District.
        Precinct = "precinct",
        /// Postal code.
        PostalCode = "postalCode",
        /// In French birth places: INSEE code (COG) of the commune or country.
        County = "county",
        /// City.
        City = "city",
        /// State or region.
        State = "state",
        /// Country.
        Country = "country",
        /// Care of.
        CareOf = "careOf",
        /// Census tract.
        CensusTract = "censusTract",
        /// Delivery line.
        DeliveryAddressLine = "deliveryAddressLine",
        /// Kind of delivery installation.
        DeliveryInstallationType = "deliveryInstallationType",
        /// Area of the delivery installation.
        DeliveryInstallationArea = "deliveryInstallationArea",
        /// Which delivery installation.
        DeliveryInstallationQualifier = "deliveryInstallationQualifier",
        /// Delivery mode.
        DeliveryMode = "deliveryMode",
        /// Route of the delivery mode.
        DeliveryModeIdentifier = "deliveryModeIdentifier",
        /// Text that stands between two parts; empty for a line break.
        Delimiter = "delimiter",
    }
}

/// One part of an address.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct AddressPart {
    /// What it is.
    pub kind: AddressPartKind,
    /// Why it is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// Its text.
    pub value: String,
}

/// A postal address (AD), as a list of parts in their order.
///
/// ```
/// use segur_cda::datatypes::{Ad, AddressPartKind};
///
/// let address = Ad::new([
///     (AddressPartKind::HouseNumber, "3"),
///     (AddressPartKind::StreetName, "Rue Petit Pont"),
///     (AddressPartKind::PostalCode, "75005"),
///     (AddressPartKind::City, "PARIS"),
/// ]);
/// assert_eq!(address.part(&AddressPartKind::City), Some("PARIS"));
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
pub struct Ad {
    /// Why the address is not given (`nullFlavor`).
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub null_flavor: Option<NullFlavor>,
    /// What it is for.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub uses: Vec<AddressUse>,
    /// Whether the order of the parts means nothing.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub is_not_ordered: Option<bool>,
    /// The parts.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub parts: Vec<AddressPart>,
    /// When it may be used.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub useable_periods: Vec<TimeSpec>,
}

impl AddressPart {
    /// A part.
    pub fn new(kind: AddressPartKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            null_flavor: None,
            value: value.into(),
        }
    }
}

impl Ad {
    /// An address of these parts.
    pub fn new<T: Into<String>>(parts: impl IntoIterator<Item = (AddressPartKind, T)>) -> Self {
        let parts = parts
            .into_iter()
            .map(|(kind, value)| AddressPart::new(kind, value))
            .collect();
        Self {
            parts,
            ..Self::default()
        }
    }

    /// No address, and why.
    pub fn null(flavor: NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }

    /// Adds what it is for.
    #[must_use]
    pub fn with_use(mut self, use_: AddressUse) -> Self {
        self.uses.push(use_);
        self
    }

    /// The first part of this kind.
    pub fn part(&self, kind: &AddressPartKind) -> Option<&str> {
        self.parts
            .iter()
            .find(|p| p.kind == *kind)
            .map(|p| p.value.as_str())
    }
}

impl CdaValue for Ad {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        let mut value = Self::default();
        read_attributes(node, reader, &[], |local, attribute, reader| match local {
            "nullFlavor" => into(&mut value.null_flavor, attribute, reader),
            "use" => into(&mut value.uses, attribute, reader),
            "isNotOrdered" => into(&mut value.is_not_ordered, attribute, reader),
            _ => false,
        });
        for child in node.children() {
            match child.kind() {
                NodeKind::Text => {
                    if let Some(text) = child.text().filter(|text| !is_blank(text)) {
                        value
                            .parts
                            .push(AddressPart::new(AddressPartKind::Text, text.into_owned()));
                    }
                }
                NodeKind::Element => read_child(&mut value, child, reader),
                _ => {}
            }
        }
        value
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        for (name, text) in [
            ("nullFlavor", self.null_flavor.text()),
            ("use", self.uses.text()),
            ("isNotOrdered", self.is_not_ordered.text()),
        ] {
            if let Some(text) = text {
                element.set(name, text);
            }
        }
        for part in &self.parts {
            let name = part.kind.as_str();
            if name.is_empty() {
                element.push_text(&part.value);
                continue;
            }
            let mut child = Element {
                namespace: HL7.into(),
                local: name.into(),
                ..Element::default()
            };
            if let Some(text) = part.null_flavor.text() {
                child.set("nullFlavor", text);
            }
            child.push_text(&part.value);
            element.children.push(Content::Element(child));
        }
        Slot::write_into(&self.useable_periods, v3("useablePeriod"), element);
    }
}

fn read_child(value: &mut Ad, child: Node<'_>, reader: &mut Reader) {
    if child.is(HL7, "useablePeriod") {
        let seen = value.useable_periods.len();
        return Slot::take(&mut value.useable_periods, child, seen, reader);
    }
    let kind = AddressPartKind::from_code(child.local_name());
    if child.namespace() != HL7 || !kind.is_known() {
        return reader.unknown_element(child);
    }
    if !value.useable_periods.is_empty() {
        reader.element(ToleranceKind::Order, child, None);
    }
    let mut part = AddressPart::new(kind, own_text(child));
    read_attributes(child, reader, &[], |local, attribute, reader| match local {
        "nullFlavor" => into(&mut part.null_flavor, attribute, reader),
        // fixed by the schema for each part
        "partType" | "representation" | "mediaType" => true,
        _ => false,
    });
    for inner in child.elements() {
        reader.unknown_element(inner);
    }
    value.parts.push(part);
}

/// Shows the kind of the part, not what it says.
impl std::fmt::Debug for AddressPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AddressPart({})", self.kind)
    }
}

masked_debug!(Ad);
