//! INSi: calls, answers, faults, searches, and the client over recorded exchanges.

use segur_core::{Ins, InsAuthority, Traits};
use segur_ins::insi::*;
use segur_soap::envelope::Received;

use super::{GIVEN, LIST, NAME, NUMBER, PLACE, Shown, matricule, traits};

fn call(query: Query, authentication: Authentication) -> Call {
    Call {
        query,
        software: Software {
            authorisation: "NUM-AUTORISATION".into(),
            version: "1.0".into(),
            installation: Uuid::from_random([1; 16]),
            name: "urn:lps:demo:1.0".into(),
        },
        emitter: Some("10B0152872".into()),
        authentication,
        ids: CallIds {
            message: Uuid::from_random([2; 16]),
            bam: Uuid::from_random([3; 16]),
            lps: Uuid::from_random([4; 16]),
        },
        at: "2026-01-05T08:00:00Z".parse().unwrap(),
        settings: Settings::default(),
    }
}

/// An answer of the service about the marked person.
pub(super) fn answer(code: &str, date: &str) -> String {
    format!(
        "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body>\
         <r:RESULTAT xmlns:r='http://www.cnamts.fr/INSiResultat'>\
         <r:CR><r:CodeCR>{code}</r:CodeCR><r:LibelleCR>OK</r:LibelleCR></r:CR>\
         <r:INDIVIDU><r:INSACTIF><r:IdIndividu><r:NumIdentifiant>{NUMBER}</r:NumIdentifiant></r:IdIndividu>\
         <r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSACTIF>\
         <r:INSHISTO><r:IdIndividu><r:NumIdentifiant>{NUMBER}</r:NumIdentifiant></r:IdIndividu><r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSHISTO>\
         <r:TIQ><r:NomNaissance>{NAME}</r:NomNaissance><r:Prenom>{GIVEN}</r:Prenom><r:ListePrenom>{LIST}</r:ListePrenom>\
         <r:Sexe>F</r:Sexe><r:DateNaissance>{date}</r:DateNaissance><r:LieuNaissance>{PLACE}</r:LieuNaissance></r:TIQ>\
         </r:INDIVIDU></r:RESULTAT></e:Body></e:Envelope>"
    )
}

/// A fault that speaks of the marked person.
fn fault(code: &str) -> String {
    format!(
        "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><e:Fault><e:Code><e:Value>e:{code}</e:Value></e:Code>\
         <e:Reason><e:Text xml:lang='en'>{NAME} {NUMBER}</e:Text></e:Reason><e:Detail>\
         <s:Erreur xmlns:s='urn:siram' severite='fatal' code='insi_102'>{NAME} {GIVEN}</s:Erreur></e:Detail></e:Fault></e:Body></e:Envelope>"
    )
}

struct MadeUp;

impl VerificationCodec for MadeUp {
    fn action(&self) -> &str {
        "urn:example:verify"
    }

    fn body(&self, ins: &Ins, traits: &Traits) -> Result<String, CallError> {
        let (number, name) = (ins.matricule.number(), traits.birth_name.as_str());
        Ok(format!("<v xmlns='urn:example'>{number} {name}</v>"))
    }

    fn read(&self, received: &Received) -> Result<Verdict, AnswerError> {
        let body = received.body().ok_or(AnswerError::Empty)?;
        Ok(match body.string_value().as_ref() {
            "OK" => Verdict::Ok,
            _ => Verdict::Ko,
        })
    }
}

fn queries(shown: &mut Shown) -> Vec<Query> {
    let (search, traits_query) = Search::new(&traits());
    shown.add(&search);
    shown.add(&traits_query);
    let vitale = VitaleQuery {
        holder: matricule(),
        individual: Some(matricule()),
        birth_name: Some(NAME.parse().unwrap()),
        birth_date: "1913-07-29".parse().unwrap(),
        birth_rank: 1,
        scheme: Scheme::default(),
    };
    shown.add(&vitale);
    shown.add(&vitale.scheme);
    shown.add(&vitale.birth_date);
    let ins = Ins::new(matricule(), InsAuthority::Nir);
    let verification = VerificationQuery::new(&MadeUp, &ins, &traits()).unwrap();
    shown.add(&verification);
    for wrong in ["1913-07-32x", NAME] {
        shown.result(&wrong.parse::<InsiDate>());
        shown.result(&wrong.parse::<Uuid>());
    }
    vec![
        Query::Traits(traits_query),
        Query::Vitale(vitale),
        Query::Verification(verification),
    ]
}

fn calls(shown: &mut Shown) {
    let assertion = format!(
        "<a:Assertion xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'>{NAME}</a:Assertion>"
    );
    let proofs = [
        Authentication::MutualTls,
        Authentication::Assertions(vec![assertion]),
        Authentication::Assertions(vec![format!("<a>{NAME} {NUMBER}</b>")]),
        Authentication::Assertions(Vec::new()),
    ];
    for query in queries(shown) {
        shown.add(&query);
        if let Some(operation) = query.operation() {
            shown.add(&operation);
        }
        for proof in &proofs {
            let call = call(query.clone(), proof.clone());
            shown.add(&call);
            shown.add(&call.authentication);
            shown.add(&call.software);
            shown.add(&call.ids);
            shown.add(&call.ids.message);
            shown.add(&call.settings);
            shown.add(&call.settings.message_id);
            shown.add(&call.settings.lps_nature);
            shown.result(&call.write());
            outcomes(shown, &call);
        }
    }
    shown.add(&Endpoints::qualification());
}

fn outcomes(shown: &mut Shown, call: &Call) {
    let bodies = [
        answer("00", "1913-07-29"),
        answer("00", "1913-07-00"),
        answer("00", NAME),
        answer("01", "1913-07-29"),
        answer("99", "1913-07-29"),
        fault("Sender"),
        fault("Receiver"),
        fault("DataEncodingUnknown"),
        format!("<page>{NUMBER} {NAME}</page>"),
        format!("{NAME} {NUMBER}"),
        answer("00", "1913-07-29").replace("INSACTIF", "INSAUTRE"),
        answer("00", "1913-07-29").replace("RESULTAT", "AUTRE"),
    ];
    for body in bodies {
        let outcome = Outcome::read(call, 500, body.as_bytes());
        shown.add(&outcome);
        shown.add(&outcome.decision);
        shown.display(&outcome.decision.message().fr);
        shown.display(&outcome.decision.message().en);
        for warning in &outcome.warnings {
            shown.add(warning);
            shown.display(&warning.message().fr);
        }
        match &outcome.decision {
            Decision::Refused(cause) => shown.add(cause),
            Decision::RetryLater(cause) => shown.add(cause),
            Decision::Technical(cause) => shown.add(cause),
            _ => {}
        }
        if let Some(answer) = &outcome.answer {
            shown.add(answer);
            shown.add(&answer.code);
            if let Some(person) = &answer.person {
                shown.add(person);
                shown.add(&person.active);
                shown.result(&person.importable());
                shown.result(&person.active.ins());
            }
        }
        if let Some(fault) = &outcome.fault {
            shown.add(fault);
            fault.errors.iter().for_each(|error| {
                shown.add(error);
                shown.add(&error.severity.unwrap());
            });
        }
        let received = Received::read(body.as_bytes());
        if let Ok(received) = received {
            shown.result(&Answer::read(&received));
        }
        let verdict = Verdict::read(&MadeUp, 200, body.as_bytes());
        shown.text(&format!("{verdict:?}"));
        let (mut search, _) = Search::new(&traits());
        shown.add(&search.after(outcome.decision));
    }
    shown.add(&Verdict::Ok);
    shown.add(&Obstacle::LunarDate);
    shown.add(&Which::Active);
}

pub(super) fn all(shown: &mut Shown) {
    calls(shown);
    #[cfg(feature = "insi-client")]
    client::all(shown);
}

#[cfg(feature = "insi-client")]
mod client {
    use std::sync::Arc;

    use chrono::{DateTime, Utc};
    use segur_ins::insi::client::*;
    use segur_soap::http::{HttpAnswer, HttpError, Recorded, Replay};

    use super::*;

    struct Proof(bool);

    impl AssertionSource for Proof {
        fn assertions(&self, _: DateTime<Utc>) -> Result<Assertions, NoAssertion> {
            let reason = "la carte a été retirée".to_owned();
            let assertion = format!(
                "<a:Assertion xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'>{NAME}</a:Assertion>"
            );
            let proof = Assertions {
                emitter: "899900063480".into(),
                assertions: vec![assertion],
            };
            self.0.then_some(proof).ok_or(NoAssertion { reason })
        }
    }

    /// The professional is no patient, and hidden all the same.
    #[cfg(feature = "insi-assertions")]
    fn assertions(shown: &mut Shown) {
        use segur_soap::signature::{SignError, Signer, ToSign};

        struct NoCard;

        impl Signer for NoCard {
            fn certificates(&self) -> &[Vec<u8>] {
                &[]
            }

            fn sign(&self, _: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
                Err(SignError::CardRemoved)
            }
        }

        let holder = Holder {
            national_id: NUMBER.into(),
            billing_id: NUMBER.into(),
            speciality: Some(NAME.into()),
            sector: None,
        };
        shown.add(&holder);
        let card = CardAssertions::new(holder.clone(), Arc::new(NoCard));
        shown.result(&card);
        shown.types.insert("CardAssertions".into());
        let session = SessionAssertions {
            holder,
            profession: None,
            issuer: NAME.into(),
        };
        shown.add(&session);
        shown.result(&session.assertions(DateTime::default()));
    }

    pub(super) fn all(shown: &mut Shown) {
        shown.add(&SystemSource);
        #[cfg(feature = "insi-assertions")]
        assertions(shown);
        let identifications = [
            Identification::MutualTls {
                emitter: "10B0152872".into(),
            },
            Identification::Assertions(Arc::new(Proof(true))),
            Identification::Assertions(Arc::new(Proof(false))),
        ];
        let here = |body: String| {
            Ok(HttpAnswer {
                status: 200,
                content_type: "application/soap+xml".into(),
                body: body.into_bytes(),
            })
        };
        let answers = [
            here(answer("00", "1913-07-29")),
            here(answer("01", "1913-07-29")),
            Err(HttpError::Timeout),
            Err(HttpError::Address),
        ];
        for identification in identifications {
            shown.add(&identification);
            shown.result(&Proof(true).assertions(DateTime::default()));
            shown.result(&Proof(false).assertions(DateTime::default()));
            let exchanges = answers.clone().map(|answer| Recorded {
                request_holds: String::new(),
                answer,
            });
            let caller = Caller {
                software: call(queries(shown).remove(0), Authentication::MutualTls).software,
                identification,
                endpoints: Endpoints::qualification(),
                settings: Settings::default(),
            };
            shown.add(&caller);
            let client = InsiClient::new(caller, Replay::new(exchanges));
            shown.add(&client);
            let client = BlockingInsiClient::new(client).unwrap();
            shown.add(&client);
            for _ in 0..3 {
                let found = client.search(&traits(), None);
                shown.result(&found);
                for exchange in found.iter().flat_map(|found| &found.exchanges) {
                    shown.add(exchange);
                }
            }
            for (url, message) in client.inner().transport().sent() {
                shown.text(&format!("{url} {message:?}"));
            }
        }
    }
}
