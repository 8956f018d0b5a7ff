//! From markup to answer, leniently.

use segur_soap::envelope::Received;
use segur_xml::Node;

use super::answer::{Answer, Matricule, Person, ReturnCode};
use super::{Warning, Which};

/// Namespace of `RESULTAT`.
pub(super) const RESULTAT: &str = "http://www.cnamts.fr/INSiResultat";

/// Why a message is no answer to a search. Texts name elements, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The body is empty.
    #[error("the body of the answer is empty; RESULTAT is expected")]
    Empty,
    /// The body holds something else.
    #[error("the body holds {found}; RESULTAT is expected")]
    Other {
        /// The local name, cut at 60 characters.
        found: String,
    },
    /// An element that every answer has is missing.
    #[error("{missing} is missing in the answer")]
    Missing {
        /// Its name.
        missing: &'static str,
    },
}

impl Answer {
    /// Reads the answer to a search. Elements are known by local name, in any order; what that forgives is listed in
    /// [`Answer::warnings`].
    ///
    /// # Errors
    /// When there is no `RESULTAT`, no `CodeCR`, or a person without active matricule.
    pub fn read(received: &Received) -> Result<Self, AnswerError> {
        let result = received
            .body_elements()
            .find(|node| node.local_name() == "RESULTAT");
        let Some(result) = result else {
            return Err(match received.body() {
                Some(other) => AnswerError::Other {
                    found: other.local_name().chars().take(60).collect(),
                },
                None => AnswerError::Empty,
            });
        };
        let mut reader = Reader::default();
        reader.namespace(result, "RESULTAT");
        let [cr, individu] = reader.children(result, "RESULTAT", ["CR", "INDIVIDU"]);
        let cr = first(&cr).ok_or(AnswerError::Missing { missing: "CR" })?;
        let [code, label] = reader.texts(Some(cr), "CR", ["CodeCR", "LibelleCR"]);
        let code = code
            .filter(|code| !code.is_empty())
            .ok_or(AnswerError::Missing { missing: "CodeCR" })?;
        let code = ReturnCode::read(&code);
        let person = match first(&individu) {
            Some(node) => Some(reader.person(node)?),
            None => None,
        };
        if person.is_some() && code != ReturnCode::One {
            reader.warn(Warning::PersonUnexpected);
        }
        Ok(Self {
            code,
            label,
            person,
            warnings: reader.warnings,
        })
    }
}

#[derive(Default)]
struct Reader {
    warnings: Vec<Warning>,
}

impl Reader {
    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn namespace(&mut self, node: Node<'_>, element: &'static str) {
        if node.namespace() != RESULTAT {
            self.warn(Warning::Namespace { element });
        }
    }

    /// The children of these names, in the order of the schema; what may stand once is warned of.
    fn children<'a, const N: usize>(
        &mut self,
        node: Node<'a>,
        parent: &'static str,
        names: [&'static str; N],
    ) -> [Vec<Node<'a>>; N] {
        let mut found = [const { Vec::new() }; N];
        let mut last = 0;
        for child in node.elements() {
            let own = child.local_name();
            let Some(at) = names.iter().position(|name| *name == own) else {
                self.warn(Warning::Unknown { parent });
                continue;
            };
            if at < last {
                self.warn(Warning::Order { parent });
            }
            last = at;
            let (Some(all), Some(&element)) = (found.get_mut(at), names.get(at)) else {
                continue;
            };
            self.namespace(child, element);
            if !all.is_empty() && element != "INSHISTO" {
                self.warn(Warning::Repeated { element });
            }
            all.push(child);
        }
        found
    }

    /// The same for children that hold text.
    fn texts<const N: usize>(
        &mut self,
        node: Option<Node<'_>>,
        parent: &'static str,
        names: [&'static str; N],
    ) -> [Option<String>; N] {
        match node {
            Some(node) => self.children(node, parent, names).map(|all| text(&all)),
            None => [const { None }; N],
        }
    }

    fn person(&mut self, node: Node<'_>) -> Result<Person, AnswerError> {
        let [active, history, tiq] =
            self.children(node, "INDIVIDU", ["INSACTIF", "INSHISTO", "TIQ"]);
        let active = first(&active).ok_or(AnswerError::Missing {
            missing: "INSACTIF",
        })?;
        let active = self.matricule(active, "INSACTIF", Which::Active);
        let mut former = Vec::with_capacity(history.len());
        for (index, node) in history.into_iter().enumerate() {
            let which = Which::History(index);
            let own = self.matricule(node, "INSHISTO", which);
            if (&own.number, &own.oid) == (&active.number, &active.oid) {
                self.warnings.push(Warning::HistoryRepeatsActive(which));
            }
            former.push(own);
        }
        let names = [
            "NomNaissance",
            "Prenom",
            "ListePrenom",
            "Sexe",
            "DateNaissance",
            "LieuNaissance",
        ];
        let [
            birth_name,
            given_name,
            given_names,
            sex,
            birth_date,
            birth_place,
        ] = self.texts(first(&tiq), "TIQ", names);
        Ok(Person {
            active,
            history: former,
            birth_name,
            given_name,
            given_names,
            sex,
            birth_date,
            birth_place,
        })
    }

    fn matricule(&mut self, node: Node<'_>, name: &'static str, which: Which) -> Matricule {
        let names = ["IdIndividu", "OID", "DateDeb", "DateFin"];
        let [id, oid, begin, end] = self.children(node, name, names);
        let names = ["NumIdentifiant", "Cle", "TypeMatricule"];
        let [number, key, kind] = self.texts(first(&id), "IdIndividu", names);
        let matricule = Matricule {
            number: number.unwrap_or_default(),
            key: key.filter(|key| !key.is_empty()),
            kind,
            oid: text(&oid).unwrap_or_default(),
            begin: text(&begin),
            end: text(&end),
        };
        matricule.warnings(which, &mut self.warnings);
        matricule
    }
}

fn first<'a>(all: &[Node<'a>]) -> Option<Node<'a>> {
    all.first().copied()
}

fn text(all: &[Node<'_>]) -> Option<String> {
    first(all).map(|node| node.string_value().trim().to_owned())
}
