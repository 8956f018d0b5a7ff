//! The tables behind a document: spans into its text, linked by index.

pub(crate) const NONE: u32 = u32::MAX;

pub(crate) const KIND_MASK: u8 = 0b111;
pub(crate) const DOCUMENT: u8 = 0;
pub(crate) const ELEMENT: u8 = 1;
pub(crate) const TEXT: u8 = 2;
pub(crate) const COMMENT: u8 = 3;
pub(crate) const INSTRUCTION: u8 = 4;

/// Element: the name has a prefix. Text: the span holds references or CDATA sections.
pub(crate) const PREFIXED: u8 = 1 << 3;
pub(crate) const ENCODED: u8 = 1 << 3;
/// Element: at least one of its attributes is a namespace declaration.
pub(crate) const DECLARES: u8 = 1 << 4;
/// The span no longer says what this node is: its start tag or something inside was edited.
pub(crate) const DIRTY: u8 = 1 << 5;
/// Element: the start tag is not the one of the span, see `Document::new_tags`.
pub(crate) const NEW_TAG: u8 = 1 << 6;
/// No longer part of the document.
pub(crate) const REMOVED: u8 = 1 << 7;

/// One node, 40 bytes.
#[derive(Debug, Clone)]
pub(crate) struct NodeData {
    /// Kind and flags.
    pub(crate) bits: u8,
    pub(crate) attr_count: u16,
    pub(crate) parent: u32,
    /// Previous sibling; of a first child, the last child of its parent.
    pub(crate) prev: u32,
    pub(crate) next: u32,
    pub(crate) first_child: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Element: end of the start tag.
    pub(crate) tag_end: u32,
    /// Element: expanded name.
    pub(crate) name: u32,
    /// Element: its first attribute.
    pub(crate) attrs: u32,
}

impl NodeData {
    pub(crate) fn new(kind: u8, parent: u32, start: usize, end: usize) -> Self {
        Self {
            bits: kind,
            attr_count: 0,
            parent,
            prev: NONE,
            next: NONE,
            first_child: NONE,
            start: start as u32,
            end: end as u32,
            tag_end: end as u32,
            name: NONE,
            attrs: 0,
        }
    }

    #[inline]
    pub(crate) fn kind(&self) -> u8 {
        self.bits & KIND_MASK
    }

    #[inline]
    pub(crate) fn has(&self, flag: u8) -> bool {
        self.bits & flag != 0
    }
}

/// Attribute value is not its own spelling: references or white space to normalise.
pub(crate) const ATTR_ENCODED: u32 = 1 << 31;
/// Attribute name has a prefix.
pub(crate) const ATTR_PREFIXED: u32 = 1 << 30;
/// Namespace declaration: the name field is the index of the namespace.
pub(crate) const ATTR_XMLNS: u32 = 1 << 29;
pub(crate) const ATTR_NAME: u32 = ATTR_XMLNS - 1;

/// One attribute or namespace declaration, 16 bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AttrData {
    pub(crate) start: u32,
    /// Inside the quotes; the attribute ends one byte after `value_end`.
    pub(crate) value_start: u32,
    pub(crate) value_end: u32,
    /// Index of the expanded name (or of the namespace) and flags.
    pub(crate) name: u32,
}

impl AttrData {
    #[inline]
    pub(crate) fn has(&self, flag: u32) -> bool {
        self.name & flag != 0
    }

    #[inline]
    pub(crate) fn index(&self) -> u32 {
        self.name & ATTR_NAME
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tables_stay_small() {
        assert_eq!(size_of::<super::NodeData>(), 40);
        assert_eq!(size_of::<super::AttrData>(), 16);
    }
}
