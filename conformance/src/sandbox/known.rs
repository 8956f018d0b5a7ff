//! What quirks there are, told in both languages: from these tables come the help, the page `/quirks` and the check of names.

use segur_core::Lang;

use crate::tr;

/// A quirk that a sandbox knows: a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "rows of a table")]
pub struct QuirkKind {
    /// How it is written, with a value where it wants or takes one: `latency=2s`.
    pub example: &'static str,
    /// What it does, in French.
    pub fr: &'static str,
    /// What it does, in English.
    pub en: &'static str,
}

impl QuirkKind {
    /// `latency`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let name = self.example.split_once('=');
        name.map_or(self.example, |(name, _)| name)
    }

    /// What it does.
    #[must_use]
    pub fn does(&self, lang: Lang) -> &'static str {
        tr(lang, self.fr, self.en)
    }
}

/// What a sandbox knows beside the quirks of every sandbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "a table")]
pub struct OwnQuirks {
    /// Its own quirks.
    pub kinds: &'static [QuirkKind],
    /// The kinds of requests that a quirk may be for (`ITI-41`); none when they are not told apart.
    pub calls: &'static [&'static str],
}

impl OwnQuirks {
    /// Every quirk of the sandbox, those of every sandbox first.
    pub fn all(self) -> impl Iterator<Item = &'static QuirkKind> {
        COMMON.iter().chain(self.kinds)
    }

    /// The list for the help: a quirk a line, with what it does.
    pub(crate) fn help(self) -> String {
        let widest = self.all().map(|kind| kind.example.len()).max();
        let width = widest.unwrap_or_default();
        self.all()
            .map(|kind| format!("  {:width$}  {}\n", kind.example, kind.en))
            .collect()
    }
}

/// The quirks of every sandbox.
pub(super) const COMMON: &[QuirkKind] = &[
    QuirkKind {
        example: "latency=2s",
        fr: "la réponse attend : 250ms, 2s",
        en: "the answer waits: 250ms, 2s",
    },
    QuirkKind {
        example: "drop",
        fr: "la connexion est coupée avant que la requête soit lue (pour une seule transaction : une fois lue) ; elle n'est pas exécutée",
        en: "the connection is cut before the request is read (for one transaction alone: once it is read); it is not carried out",
    },
    QuirkKind {
        example: "drop-after",
        fr: "la requête est exécutée, puis la connexion coupée : l'appelant ne peut pas savoir",
        en: "the request is carried out, then the connection is cut: the caller cannot know",
    },
    QuirkKind {
        example: "cut-answer",
        fr: "la requête est exécutée, puis la connexion coupée au milieu de la réponse",
        en: "the request is carried out, then the connection is cut in the middle of the answer",
    },
    QuirkKind {
        example: "silent",
        fr: "la requête est exécutée, et aucune réponse ne vient",
        en: "the request is carried out, and an answer never comes",
    },
    QuirkKind {
        example: "surplus",
        fr: "des octets que sa longueur n'annonce pas suivent la réponse, écrits d'un trait avec sa fin",
        en: "bytes that its length does not tell of follow the answer, in one write with its end",
    },
    QuirkKind {
        example: "endless",
        fr: "la réponse ne finit jamais",
        en: "the answer goes on for ever",
    },
    QuirkKind {
        example: "status=503",
        fr: "une erreur HTTP (400 à 599) sans le message que le service ferait",
        en: "an HTTP error (400 to 599) without a body that the service would make",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{Quirks, dmp, insi};

    /// The rows of a table in the documentation, each with its mark.
    fn rows(mark: &str, suffix: &str, kinds: &[QuirkKind]) -> Vec<String> {
        let row = |kind: &QuirkKind| format!("{mark}| `{}`{suffix} | {} |", kind.example, kind.en);
        kinds.iter().map(row).collect()
    }

    #[test]
    fn the_documentation_tells_what_the_tables_tell() {
        let readme = include_str!("../../README.md");
        let (dmp_kinds, insi_kinds) = (dmp::QUIRKS.kinds, insi::QUIRKS.kinds);
        for (text, rows) in [
            (include_str!("quirks.rs"), rows("/// ", "", COMMON)),
            (include_str!("dmp/mod.rs"), rows("//! ", "", dmp_kinds)),
            (include_str!("insi/mod.rs"), rows("//! ", "", insi_kinds)),
            (readme, rows("", "", COMMON)),
            (readme, rows("", " (DMP)", dmp_kinds)),
            (readme, rows("", " (INSi)", insi_kinds)),
        ] {
            assert!(!rows.is_empty());
            for row in rows {
                assert!(text.lines().any(|line| line == row), "{row}");
            }
        }
    }

    #[test]
    fn every_example_is_one_and_no_name_stands_twice() {
        for own in [dmp::QUIRKS, insi::QUIRKS] {
            let examples: Vec<&str> = own.all().map(|kind| kind.example).collect();
            let quirks = Quirks::parse(examples.iter().copied(), own).unwrap();
            assert_eq!(quirks.list(), examples);
            let mut names: Vec<&str> = own.all().map(QuirkKind::name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), examples.len());
        }
    }
}
