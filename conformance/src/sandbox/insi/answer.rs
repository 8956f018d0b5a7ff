//! What the service answers.

use segur_soap::envelope::{
    Addressing, Envelope, EnvelopeError, Fault, FaultCode, HttpMessage, QName, Reason, RelatesTo,
    SoapVersion,
};
use segur_xml::{WriteError, XmlWriter};

use super::persons::{FAILING, Matricule, PERSONS, Person, SEVERAL};
use super::request::{Request, Search};

const RESULT: &str = "http://www.cnamts.fr/INSiResultat";
const SIRAM: &str = "urn:siram";

/// What a search comes to.
pub(super) enum Verdict {
    One(&'static Person),
    None,
    Several,
    Failure,
}

/// How an answer is spelled.
#[derive(Clone, Copy, Default)]
pub(super) struct Spelling {
    /// `TIQ` before the matricules, `DateDeb` before `IdIndividu`.
    pub(super) element_order: bool,
    /// `Prenom` without `ListePrenom`.
    pub(super) given_name_only: bool,
}

/// A fault of the service.
pub(super) struct Failed {
    pub(super) code: FaultCode,
    pub(super) subcode: &'static str,
    pub(super) error: &'static str,
    pub(super) text: String,
}

pub(super) fn judge(search: &Search) -> Verdict {
    match search {
        Search::Traits {
            name,
            given,
            sex,
            date,
            place,
        } => {
            let asked = given.join(" ");
            if FAILING.iter().any(|(n, g)| n == name && *g == asked) {
                return Verdict::Failure;
            }
            if SEVERAL
                .iter()
                .any(|(n, g, s, d)| n == name && *g == asked && s == sex && d == date)
            {
                return Verdict::Several;
            }
            let fits = |p: &&Person| {
                p.birth_name == name
                    && (p.known_as == asked || p.list == asked)
                    && p.sex == sex
                    && p.birth_date == date
                    && place
                        .as_deref()
                        .is_none_or(|own| p.birth_place.is_none_or(|known| known == own))
            };
            PERSONS
                .iter()
                .find(fits)
                .map_or(Verdict::None, Verdict::One)
        }
        Search::Vitale { number, date } => {
            let fits = |p: &&Person| p.active.number == number && p.birth_date == date;
            PERSONS
                .iter()
                .find(fits)
                .map_or(Verdict::None, Verdict::One)
        }
    }
}

/// The answer to a search.
pub(super) fn result(
    request: &Request,
    verdict: &Verdict,
    spelling: Spelling,
) -> Result<HttpMessage, EnvelopeError> {
    let body = body(verdict, spelling).map_err(|source| EnvelopeError::Write {
        what: "the answer",
        source,
    })?;
    let envelope = Envelope {
        addressing: Addressing {
            action: Some(format!("{}Response", request.action)),
            relates_to: relates_to(request.message_id.as_deref()),
            ..Addressing::default()
        },
        ..Envelope::new(SoapVersion::V1_2, body)
    };
    envelope.write()
}

fn relates_to(message_id: Option<&str>) -> Vec<RelatesTo> {
    let ids = message_id.into_iter();
    ids.map(|id| RelatesTo {
        message_id: id.to_owned(),
        relationship: None,
    })
    .collect()
}

fn body(verdict: &Verdict, spelling: Spelling) -> Result<String, WriteError> {
    let (code, label) = match verdict {
        Verdict::One(_) => ("00", "OK"),
        Verdict::Several => ("02", "Plusieurs identites trouvees"),
        Verdict::None | Verdict::Failure => ("01", "Aucune identite trouvee"),
    };
    let mut w = XmlWriter::new();
    w.start("r:RESULTAT")?.attr("xmlns:r", RESULT)?;
    w.start("r:CR")?;
    leaf(&mut w, "CodeCR", code)?;
    leaf(&mut w, "LibelleCR", label)?;
    w.end()?;
    if let Verdict::One(person) = verdict {
        w.start("r:INDIVIDU")?;
        if spelling.element_order {
            traits(&mut w, person, spelling)?;
        }
        matricule(&mut w, "INSACTIF", person, &person.active, spelling)?;
        for old in person.history {
            matricule(&mut w, "INSHISTO", person, old, spelling)?;
        }
        if !spelling.element_order {
            traits(&mut w, person, spelling)?;
        }
        w.end()?;
    }
    w.end()?;
    w.finish()
}

fn matricule(
    w: &mut XmlWriter,
    name: &str,
    person: &Person,
    matricule: &Matricule,
    spelling: Spelling,
) -> Result<(), WriteError> {
    w.start(&format!("r:{name}"))?;
    let dates = [("DateDeb", matricule.from), ("DateFin", matricule.to)];
    let written = |w: &mut XmlWriter| -> Result<(), WriteError> {
        for (name, date) in dates {
            if let Some(date) = date {
                leaf(w, name, date)?;
            }
        }
        Ok(())
    };
    if spelling.element_order {
        written(w)?;
    }
    w.start("r:IdIndividu")?;
    leaf(w, "NumIdentifiant", matricule.number)?;
    leaf(w, "Cle", matricule.key)?;
    w.end()?;
    leaf(w, "OID", person.oid)?;
    if !spelling.element_order {
        written(w)?;
    }
    w.end()?;
    Ok(())
}

fn traits(w: &mut XmlWriter, person: &Person, spelling: Spelling) -> Result<(), WriteError> {
    w.start("r:TIQ")?;
    leaf(w, "NomNaissance", person.birth_name)?;
    if spelling.given_name_only {
        leaf(w, "Prenom", person.known_as)?;
    } else {
        leaf(w, "ListePrenom", person.list)?;
    }
    leaf(w, "Sexe", person.sex)?;
    leaf(w, "DateNaissance", person.birth_date)?;
    if let Some(place) = person.birth_place {
        leaf(w, "LieuNaissance", place)?;
    }
    w.end()?;
    Ok(())
}

fn leaf(w: &mut XmlWriter, name: &str, text: &str) -> Result<(), WriteError> {
    w.start(&format!("r:{name}"))?.text(text)?.end()?;
    Ok(())
}

/// A fault, spelled as the service spells it: `fatal`, French text told as English.
pub(super) fn fault(
    failed: &Failed,
    message_id: Option<&str>,
) -> Result<HttpMessage, EnvelopeError> {
    let mut w = XmlWriter::new();
    let detail = (|| -> Result<String, WriteError> {
        w.start("soap:Detail")?
            .attr("xmlns:soap", SoapVersion::V1_2.namespace())?;
        w.start("siram:Erreur")?.attr("xmlns:siram", SIRAM)?;
        w.attr("severite", "fatal")?.attr("code", failed.error)?;
        if let Some(id) = message_id {
            w.attr("messageID", id)?;
        }
        w.text(&failed.text)?.end()?.end()?;
        std::mem::take(&mut w).finish()
    })();
    let fault = Fault {
        version: SoapVersion::V1_2,
        code: failed.code.clone(),
        subcodes: vec![QName {
            namespace: SIRAM.to_owned(),
            local: failed.subcode.to_owned(),
        }],
        reasons: vec![Reason {
            lang: Some("en".to_owned()),
            text: failed.text.clone(),
        }],
        node: None,
        role: None,
        detail: Some(detail.map_err(|source| EnvelopeError::Write {
            what: "the detail",
            source,
        })?),
    };
    let envelope = Envelope {
        addressing: Addressing {
            relates_to: relates_to(message_id),
            ..Addressing::default()
        },
        ..Envelope::new(SoapVersion::V1_2, fault.to_markup()?)
    };
    envelope.write()
}
