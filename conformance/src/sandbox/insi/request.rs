//! What a call asks.

use segur_soap::envelope::{Received, WSA_NAMESPACE};
use segur_xml::Node;

const TRAITS: &str = "http://www.cnamts.fr/INSiRecSans";
const VITALE: &str = "http://www.cnamts.fr/INSiRecVit";
const LPS: &str = "urn:siram:lps:ctxlps";
const BAM: &str = "urn:siram:bam:ctxbam";
const ACTION: &str = "urn:ServiceIdentiteCertifiee:1.0.0:";

/// A search.
pub(super) enum Search {
    Traits {
        name: String,
        given: Vec<String>,
        sex: String,
        date: String,
        place: Option<String>,
    },
    Vitale {
        number: String,
        date: String,
    },
}

/// A call that can be answered.
pub(super) struct Request {
    pub(super) search: Search,
    pub(super) action: String,
    pub(super) message_id: Option<String>,
    /// `IDAM`: the authorisation number of the software.
    pub(super) software: String,
}

/// Reads a call; the text says what is wrong with it.
pub(super) fn read(received: &Received) -> Result<Request, String> {
    let context = |namespace, local: &str| {
        let block = received.header(namespace, local).map(|block| block.node);
        block.ok_or_else(|| format!("{local} manque dans l'en-tête"))
    };
    let lps = context(LPS, "ContexteLPS")?;
    context(BAM, "ContexteBAM")?;
    let software = find(lps, "IDAM").ok_or("IDAM manque dans ContexteLPS")?;
    let body = received.body().ok_or("le corps est vide")?;
    let (search, operation) = if body.is(TRAITS, "RECSANSVITALE") {
        let need = |name: &str| find(body, name).ok_or_else(|| format!("{name} manque"));
        let given: Vec<String> = body
            .elements()
            .filter(|node| node.local_name() == "Prenom")
            .map(text)
            .collect();
        if given.is_empty() {
            return Err("Prenom manque".to_owned());
        }
        let search = Search::Traits {
            name: need("NomNaissance")?,
            given,
            sex: need("Sexe")?,
            date: need("DateNaissance")?,
            place: find(body, "LieuNaissance"),
        };
        (search, "rechercherInsAvecTraitsIdentite")
    } else if body.is(VITALE, "RECVITALE") {
        let number = find(body, "NumIdentifiant").ok_or("aucun matricule")?;
        let date = find(body, "DateNaissance").ok_or("DateNaissance manque")?;
        (
            Search::Vitale { number, date },
            "rechercherInsAvecCarteVitale",
        )
    } else {
        return Err(format!("opération inconnue : {}", body.local_name()));
    };
    let action = format!("{ACTION}{operation}");
    let addressing = received.addressing();
    if addressing.action.as_deref() != Some(&action) {
        return Err(format!("wsa:Action doit être {action} ({WSA_NAMESPACE})"));
    }
    Ok(Request {
        search,
        action,
        message_id: addressing.message_id.clone(),
        software,
    })
}

fn find(node: Node<'_>, local: &str) -> Option<String> {
    let mut inside = node.descendants();
    let found = inside.find(|n| n.is_element() && n.local_name() == local)?;
    Some(text(found)).filter(|t| !t.is_empty())
}

fn text(node: Node<'_>) -> String {
    node.string_value().trim().to_owned()
}
