//! Names of elements and the namespaces they live in.

use segur_xml::Node;

/// HL7 v3, the namespace of CDA.
pub const HL7: &str = "urn:hl7-org:v3";
/// XML Schema instance: `xsi:type`, `xsi:schemaLocation`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// HL7 structured documents extensions (`sdtc`).
pub const SDTC: &str = "urn:hl7-org:sdtc";
/// IHE Pharmacy medication extensions (`pharm`), as the schema and the published examples name it.
pub const IHE_PHARM: &str = "urn:ihe:pharm:medication";
/// IHE Laboratory extensions (`lab`).
pub const IHE_LAB: &str = "urn:oid:1.3.6.1.4.1.19376.1.3.2";
/// DICOM PS3.20 extensions (`ps3-20`).
pub const DICOM_PS3_20: &str = "urn:dicom-org:ps3-20";

/// The expanded name of an element: namespace and local name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Namespace name; empty for none.
    pub namespace: &'static str,
    /// Local name.
    pub local: &'static str,
}

/// The name of an element that is read, looked up once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    namespace: &'a str,
    local: &'a str,
}

impl<'a> Name<'a> {
    pub(crate) fn of(node: Node<'a>) -> Self {
        Self {
            namespace: node.namespace(),
            local: node.local_name(),
        }
    }

    #[inline]
    pub(crate) fn is(self, tag: Tag) -> bool {
        self.local == tag.local && self.namespace == tag.namespace
    }
}

/// The place of a choice between several elements, which the field's own type decides.
pub(crate) const CHOICE: Tag = Tag {
    namespace: "",
    local: "",
};

impl Tag {
    /// A name in the namespace of CDA.
    pub const fn hl7(local: &'static str) -> Self {
        Self {
            namespace: HL7,
            local,
        }
    }
}

pub(crate) const fn v3(local: &'static str) -> Tag {
    Tag {
        namespace: HL7,
        local,
    }
}
pub(crate) const fn sdtc(local: &'static str) -> Tag {
    Tag {
        namespace: SDTC,
        local,
    }
}
pub(crate) const fn lab(local: &'static str) -> Tag {
    Tag {
        namespace: IHE_LAB,
        local,
    }
}
pub(crate) const fn pharm(local: &'static str) -> Tag {
    Tag {
        namespace: IHE_PHARM,
        local,
    }
}
pub(crate) const fn dicom(local: &'static str) -> Tag {
    Tag {
        namespace: DICOM_PS3_20,
        local,
    }
}
