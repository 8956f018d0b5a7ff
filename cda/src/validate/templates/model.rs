//! The words of the tables.

/// What a template asks of the element that declares it.
pub(super) struct Template {
    /// Rule id; rows of one rule may share it.
    pub(super) id: &'static str,
    /// `templateId/@root`, with a prefix of [`super::path::PREFIXES`] instead of a long root.
    pub(super) root: &'static str,
    /// Name of the template in the CI-SIS, in French, or of IHE.
    pub(super) name: &'static str,
    pub(super) checks: &'static [Check],
}

/// What the model of a document asks.
pub(super) struct Model {
    /// Rule id.
    pub(super) id: &'static str,
    /// Published name of the model's file, its version included: `CI-SIS_VAC-NOTE_2023.01`.
    pub(super) name: &'static str,
    /// `ClinicalDocument/templateId`, root and extension, that declares it.
    pub(super) root: &'static str,
    pub(super) extension: &'static str,
    /// Asked of `ClinicalDocument`.
    pub(super) checks: &'static [Check],
    /// Codes of elements, from `ClinicalDocument`; rule id, checks.
    pub(super) values_id: &'static str,
    pub(super) values: &'static [Check],
    /// Codes asked of templates inside: template, checks; of the same rule.
    pub(super) values_inside: &'static [(&'static str, &'static [Check])],
    /// Asked of templates inside, beyond what they ask everywhere: template, checks.
    pub(super) inside: &'static [(&'static str, &'static [Check])],
}

/// One thing asked of an element. Paths are those of [`super::path`].
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// The path is there from the first to the second number of times.
    Has(&'static str, usize, usize),
    /// The same of each element that the first path finds.
    Each(&'static str, &'static [Check]),
    /// All checks of one of the groups hold.
    Either(&'static [&'static [Check]]),
    /// Each element that the path finds holds a code of one of the value sets, or a nullFlavor if that is admitted.
    Coded {
        path: &'static str,
        sets: &'static [ValueSetName],
        null: bool,
        display: bool,
    },
    /// The unit of the value is one of those of the code: code, units.
    Units(&'static [(&'static str, &'static [&'static str])]),
}

/// OID and published name of a value set.
pub(super) type ValueSetName = (&'static str, &'static str);

/// No upper bound.
pub(super) const MANY: usize = usize::MAX;

/// At least once.
pub(super) const fn some(path: &'static str) -> Check {
    Check::Has(path, 1, MANY)
}

/// Once.
pub(super) const fn one(path: &'static str) -> Check {
    Check::Has(path, 1, 1)
}

/// Once at most.
pub(super) const fn at_most_one(path: &'static str) -> Check {
    Check::Has(path, 0, 1)
}

/// Not at all.
pub(super) const fn none(path: &'static str) -> Check {
    Check::Has(path, 0, 0)
}

/// A code of one value set, without nullFlavor.
pub(super) const fn coded(path: &'static str, sets: &'static [ValueSetName]) -> Check {
    Check::Coded {
        path,
        sets,
        null: false,
        display: false,
    }
}

/// A code of one value set, or a nullFlavor.
pub(super) const fn coded_or_null(path: &'static str, sets: &'static [ValueSetName]) -> Check {
    Check::Coded {
        path,
        sets,
        null: true,
        display: false,
    }
}
