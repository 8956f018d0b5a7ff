//! An identity field by field: what is wrong, what is only worth a look.

use segur_core::{
    BirthDate, CodeCommune, FamilyName, GivenName, GivenNames, IdError, Ins, InsAuthority,
    KeyStatus, Lang, MatriculeIns, NameError, Sex,
};
use segur_ins::cog::Cog;
use segur_ins::matching::Person;

use super::french;
use super::input::{Input, Source};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Ok,
    Note,
    Warning,
    Error,
}

impl Level {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What is said of one field.
pub(super) struct Line {
    pub(super) field: &'static str,
    pub(super) level: Level,
    fr: String,
    en: String,
    /// The spelling that INSi takes.
    pub(super) normal: Option<String>,
}

impl Line {
    pub(super) fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            _ => &self.en,
        }
    }
}

/// The person, as far as the fields can be read, and what is said of each.
pub(super) struct Judged {
    pub(super) person: Person,
    pub(super) lines: Vec<Line>,
}

impl Judged {
    pub(super) fn worst(&self) -> Level {
        let worst = self.lines.iter().map(|line| line.level).max();
        worst.unwrap_or(Level::Ok)
    }

    fn say(&mut self, field: &'static str, level: Level, (fr, en): (&str, &str)) {
        self.lines.push(Line {
            field,
            level,
            fr: fr.to_owned(),
            en: en.to_owned(),
            normal: None,
        });
    }

    /// One field of a kind that has a normal spelling.
    fn field<T, E>(
        &mut self,
        field: &'static str,
        text: Option<&String>,
        read: impl Fn(&str) -> Result<T, E>,
        spell: impl Fn(&T) -> String,
        explain: impl Fn(&E) -> (String, String),
    ) -> Option<T> {
        let text = text?;
        match read(text) {
            Ok(value) => {
                let normal = spell(&value);
                let (level, fr, en) = if normal == *text {
                    (Level::Ok, "conforme", "as it should be")
                } else {
                    (
                        Level::Note,
                        "lisible, à écrire autrement",
                        "readable, to be spelt otherwise",
                    )
                };
                self.say(field, level, (fr, en));
                if let Some(line) = self.lines.last_mut() {
                    line.normal = Some(normal);
                }
                Some(value)
            }
            Err(error) => {
                let (fr, en) = explain(&error);
                self.say(field, Level::Error, (&fr, &en));
                None
            }
        }
    }
}

/// Judges every field that is there.
pub(super) fn judge(input: &Input) -> Judged {
    let identity = &input.identity;
    let mut judged = Judged {
        person: Person::default(),
        lines: Vec::new(),
    };
    judged.person.ins = ins(&mut judged, input);
    let family = |judged: &mut Judged, field, text| {
        judged.field(
            field,
            text,
            FamilyName::parse,
            |n| n.to_string(),
            |e: &NameError| french::name(e),
        )
    };
    let given = |judged: &mut Judged, field, text| {
        judged.field(
            field,
            text,
            GivenName::parse,
            |n| n.to_string(),
            |e: &NameError| french::name(e),
        )
    };
    judged.person.birth_name = family(&mut judged, "birth_name", identity.birth_name.as_ref());
    judged.person.first_given_name = given(
        &mut judged,
        "first_given_name",
        identity.first_given_name.as_ref(),
    );
    judged.person.given_names = judged.field(
        "given_names",
        identity.given_names.as_ref(),
        GivenNames::parse,
        |n| n.to_string(),
        |e: &NameError| french::name(e),
    );
    judged.person.sex = judged.field(
        "sex",
        identity.sex.as_ref(),
        str::parse::<Sex>,
        |sex| sex.as_str().to_owned(),
        |error| {
            (
                "F, M ou I (indéterminé) est attendu".into(),
                error.to_string(),
            )
        },
    );
    judged.person.birth_date = judged.field(
        "birth_date",
        identity.birth_date.as_ref(),
        BirthDate::parse,
        |birth| birth.iso(),
        |_| {
            (
                "une date qui existe est attendue, AAAA-MM-JJ".into(),
                "a day that exists is expected, YYYY-MM-DD".into(),
            )
        },
    );
    judged.person.birth_place = judged.field(
        "birth_place",
        identity.birth_place.as_ref(),
        CodeCommune::read,
        |code| code.as_str().to_owned(),
        |e: &IdError| french::id(e),
    );
    judged.person.used_name = family(&mut judged, "used_name", identity.used_name.as_ref());
    judged.person.used_given_name = given(
        &mut judged,
        "used_given_name",
        identity.used_given_name.as_ref(),
    );
    together(&mut judged);
    place(&mut judged);
    judged
}

fn ins(judged: &mut Judged, input: &Input) -> Option<Ins> {
    let identity = &input.identity;
    let matricule = judged.field(
        "matricule",
        identity.matricule.as_ref(),
        MatriculeIns::read,
        |matricule| matricule.as_str().to_owned(),
        |e: &IdError| french::id(e),
    );
    if matricule.is_some_and(|m| m.key() == KeyStatus::Wrong) {
        // Official test data carries wrong keys: what was received is told, what is typed is refused.
        let level = match input.source {
            Source::Json => Level::Error,
            Source::Datamatrix | Source::Cda => Level::Warning,
        };
        judged.say(
            "matricule",
            level,
            (
                "la clé ne correspond pas au numéro : chercher une faute de frappe",
                "the key does not fit the number: look for a mistyped digit",
            ),
        );
    }
    let authority = identity
        .oid
        .as_deref()
        .map(|oid| InsAuthority::from_oid(oid.trim()));
    match authority {
        None => {}
        Some(None) => judged.say(
            "oid",
            Level::Error,
            (
                "cet OID n'est pas celui d'un matricule INS",
                "this OID is not one of a matricule INS",
            ),
        ),
        Some(Some(authority)) if !authority.is_production() => judged.say(
            "oid",
            Level::Warning,
            (
                "identité de test ou de démonstration",
                "identity for tests or demonstrations",
            ),
        ),
        Some(Some(_)) => judged.say("oid", Level::Ok, ("conforme", "as it should be")),
    }
    if identity.matricule.is_some() != identity.oid.is_some() {
        judged.say(
            "matricule",
            Level::Error,
            (
                "le matricule et son OID ne vont pas l'un sans l'autre",
                "the matricule and its OID never go apart",
            ),
        );
    }
    Some(Ins::new(matricule?, authority??))
}

fn together(judged: &mut Judged) {
    let person = &judged.person;
    if let (Some(first), Some(list)) = (&person.first_given_name, &person.given_names)
        && !list.starts_with(first)
    {
        judged.say(
            "first_given_name",
            Level::Warning,
            (
                "ce n'est pas le début de la liste des prénoms",
                "it is not the head of the list of given names",
            ),
        );
    }
}

fn place(judged: &mut Judged) {
    let Some(code) = judged.person.birth_place else {
        return;
    };
    let born = judged.person.birth_date;
    let born = born.and_then(|birth| birth.date().try_into().ok());
    let message = if code.is_unknown() {
        ("lieu de naissance inconnu", "the place of birth is unknown")
    } else {
        let cog = Cog::embedded();
        let mut communes = cog.by_code(code.as_str()).peekable();
        let known = communes.peek().is_some() || cog.country(code.as_str()).next().is_some();
        if !known {
            (
                "le COG n'a pas ce code",
                "the tables of the COG have no such code",
            )
        } else if communes.peek().is_some()
            && born.is_some_and(|born| !communes.any(|commune| commune.is_live(born)))
        {
            (
                "ce code n'était pas en vigueur à la date de naissance",
                "this code was not in force on the birth date",
            )
        } else {
            return;
        }
    };
    judged.say("birth_place", Level::Warning, message);
}
