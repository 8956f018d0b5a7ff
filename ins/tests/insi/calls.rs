//! Calls, as the schema and known clients spell them.

use segur_ins::identity::Trait;
use segur_ins::insi::{
    Authentication, Call, CallError, Endpoints, MessageIdForm, Nature, Operation, Query, Scheme,
    Search, TraitsQuery, VitaleQuery,
};
use segur_soap::envelope::Received;
use segur_xml::Node;

use super::{call, call_for, dominique};

fn sent(call: &Call) -> Received {
    Received::read(&call.write().unwrap().body).unwrap()
}

/// `name=text` and `name(` … `)` of everything below, to see names and order at once.
fn outline(node: Node<'_>) -> String {
    let mut out = String::new();
    for child in node.elements() {
        assert_eq!(child.namespace(), node.namespace(), "qualified everywhere");
        if child.elements().next().is_some() {
            out.push_str(&format!("{}( {}) ", child.local_name(), outline(child)));
        } else {
            out.push_str(&format!("{}={} ", child.local_name(), child.string_value()));
        }
    }
    out
}

fn outline_of(received: &Received, namespace: &str, local: &str) -> String {
    let blocks = received.headers().map(|block| block.node);
    let mut all = blocks.chain(received.body_elements());
    outline(all.find(|node| node.is(namespace, local)).unwrap())
}

// req: SENTINELLE.02
#[test]
fn a_search_by_traits_is_written_as_the_schema_orders() {
    let call = call(&dominique());
    let http = call.write().unwrap();
    assert_eq!(
        http.content_type,
        "application/soap+xml; charset=utf-8; action=\"urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite\""
    );
    let received = sent(&call);
    assert_eq!(
        received.addressing().action.as_deref(),
        Some(Operation::SearchByTraits.action())
    );
    assert_eq!(
        received.addressing().message_id.as_deref(),
        Some("uuid:02020202-0202-4202-8202-020202020202")
    );
    assert_eq!(
        outline_of(&received, "urn:siram:bam:ctxbam", "ContexteBAM"),
        "Id=03030303-0303-4303-8303-030303030303 Temps=2026-01-05T08:00:00.041Z Emetteur=10B0152872 COUVERTURE= "
    );
    assert_eq!(
        outline_of(&received, "urn:siram:lps:ctxlps", "ContexteLPS"),
        "Id=04040404-0404-4404-8404-040404040404 Temps=2026-01-05T08:00:00.041Z Emetteur=10B0152872 \
         LPS( IDAM=NUM-AUTORISATION Version=1.0 Instance=01010101-0101-4101-8101-010101010101 Nom=urn:lps:demo:1.0 ) "
    );
    assert_eq!(
        outline_of(
            &received,
            "http://www.cnamts.fr/INSiRecSans",
            "RECSANSVITALE"
        ),
        "NomNaissance=ADRTROIS Prenom=DOMINIQUE Sexe=F DateNaissance=1997-02-26 "
    );
    let bam = received
        .header("urn:siram:bam:ctxbam", "ContexteBAM")
        .unwrap()
        .node;
    assert_eq!(bam.attribute("Version").as_deref(), Some("01_02"));
    let lps = received
        .header("urn:siram:lps:ctxlps", "ContexteLPS")
        .unwrap()
        .node;
    assert_eq!(lps.attribute("Version").as_deref(), Some("01_00"));
    assert_eq!(lps.attribute("Nature").as_deref(), Some("CTXLPS"));
    let idam = lps
        .descendants()
        .find(|node| node.local_name() == "IDAM")
        .unwrap();
    assert_eq!(idam.attribute("R").as_deref(), Some("4"));
    let security = received
        .headers()
        .find(|block| block.node.local_name() == "Security");
    assert!(security.is_none(), "mutual TLS says nothing in the message");
    assert_eq!(
        call.write().unwrap(),
        http,
        "the same values give the same bytes"
    );
}

fn with_query(change: impl FnOnce(&mut TraitsQuery)) -> Call {
    let (_, mut query) = Search::new(&dominique());
    change(&mut query);
    call_for(Query::Traits(query))
}

#[test]
fn a_place_is_sent_when_it_is_known() {
    let shown = |place: &str| {
        let call = with_query(|query| query.birth_place = Some(place.parse().unwrap()));
        outline_of(
            &sent(&call),
            "http://www.cnamts.fr/INSiRecSans",
            "RECSANSVITALE",
        )
    };
    assert!(shown("2A020").ends_with("DateNaissance=1997-02-26 LieuNaissance=2A020 "));
    assert!(shown("99999").ends_with("DateNaissance=1997-02-26 "));
}

#[test]
fn what_insi_refuses_is_not_sent() {
    let error = |call: Call| call.write().unwrap_err();
    let sexless = with_query(|query| query.sex = "I".parse().unwrap());
    assert_eq!(error(sexless), CallError::Sex);
    let nameless = with_query(|query| query.given_names.clear());
    assert_eq!(error(nameless), CallError::Missing(Trait::FirstGivenName));
    let mut anonymous = call(&dominique());
    anonymous.software.authorisation = " ".into();
    assert!(matches!(error(anonymous), CallError::Empty { .. }));
    let mut control = call(&dominique());
    control.emitter = Some("a\u{1}b".into());
    assert!(matches!(error(control), CallError::Write(_)));
}

#[test]
fn known_clients_differ_and_settings_say_how() {
    let mut call = call(&dominique());
    call.settings.message_id = MessageIdForm::Bare;
    call.settings.lps_nature = Nature::Absent;
    call.emitter = None;
    let received = sent(&call);
    assert_eq!(
        received.addressing().message_id.as_deref(),
        Some("02020202-0202-4202-8202-020202020202")
    );
    let lps = received
        .header("urn:siram:lps:ctxlps", "ContexteLPS")
        .unwrap()
        .node;
    assert_eq!(lps.attribute("Nature"), None);
    assert!(!outline(lps).contains("Emetteur"));
}

fn vitale() -> VitaleQuery {
    VitaleQuery {
        holder: "275126322074974".parse().unwrap(),
        individual: Some("297022A02077878".parse().unwrap()),
        birth_name: Some("ADRTROIS".parse().unwrap()),
        birth_date: "1997-00-00".parse().unwrap(),
        birth_rank: 1,
        scheme: Scheme {
            grand_regime: Some("01".into()),
            ..Scheme::default()
        },
    }
}

// req: SENTINELLE.02
#[test]
fn a_search_by_vitale_bears_the_coverage() {
    let received = sent(&call_for(Query::Vitale(vitale())));
    assert_eq!(
        received.addressing().action.as_deref(),
        Some("urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale")
    );
    assert!(
        outline_of(&received, "urn:siram:bam:ctxbam", "ContexteBAM").ends_with(
            "COUVERTURE( GrandRegime=01 ASSURE( Id( Num=2751263220749 ) ) \
             BENEFICIAIRE( Nir( Num=297022A020778 ) DateNai=1997-00-00 Rang=1 ) ) "
        )
    );
    assert_eq!(
        outline_of(&received, "http://www.cnamts.fr/INSiRecVit", "RECVITALE"),
        "MatriculeIndividu( NumIdentifiant=297022A020778 Cle=78 ) MatriculeOD( NumIdentifiant=2751263220749 Cle=74 ) \
         NomNaissance=ADRTROIS DateNaissance=1997-00-00 RangNaissance=1 "
    );

    let mut alone = vitale();
    alone.individual = None;
    alone.birth_name = None;
    let mut call = call_for(Query::Vitale(alone));
    call.settings.matricule_kind = Some("KIND".into());
    assert_eq!(
        outline_of(&sent(&call), "http://www.cnamts.fr/INSiRecVit", "RECVITALE"),
        "MatriculeOD( NumIdentifiant=2751263220749 Cle=74 TypeMatricule=KIND ) DateNaissance=1997-00-00 RangNaissance=1 "
    );
}

#[test]
fn a_card_with_a_wrong_key_or_rank_is_not_sent() {
    let mut query = vitale();
    query.individual = Some(segur_core::MatriculeIns::read("181036322045660").unwrap());
    let error = call_for(Query::Vitale(query)).write().unwrap_err();
    assert_eq!(
        error,
        CallError::Key {
            whose: "individual"
        }
    );
    let mut query = vitale();
    query.birth_rank = 0;
    let error = call_for(Query::Vitale(query)).write().unwrap_err();
    assert_eq!(error, CallError::Rank);
}

const ASSERTION: &str = "<a:Assertion xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'  ID=\"_1\"><a:x></a:x></a:Assertion>";

#[test]
fn assertions_are_put_in_as_they_were_signed() {
    let with = |assertions: &[&str]| {
        let mut call = call(&dominique());
        let all = assertions.iter().map(|text| (*text).to_owned()).collect();
        call.authentication = Authentication::Assertions(all);
        call
    };
    let declared = format!("<?xml version=\"1.0\"?>\n{ASSERTION}");
    let card = with(&[ASSERTION, &declared]);
    let text = String::from_utf8(card.write().unwrap().body).unwrap();
    assert_eq!(text.matches(ASSERTION).count(), 2);
    assert_eq!(
        card.url(&Endpoints::qualification()),
        "https://qualiflps.services-ps.ameli.fr:443/lps"
    );

    let error = |assertions: &[&str]| with(assertions).write().unwrap_err();
    assert_eq!(error(&[]), CallError::Assertions { found: 0 });
    assert_eq!(error(&[ASSERTION; 3]), CallError::Assertions { found: 3 });
    assert!(matches!(error(&["<a"]), CallError::Assertion(_)));
    assert!(matches!(
        error(&["<Assertion/>"]),
        CallError::NotAnAssertion { .. }
    ));
}

#[test]
fn nothing_personal_can_be_logged() {
    let mut card = call_for(Query::Vitale(vitale()));
    card.authentication = Authentication::Assertions(vec![ASSERTION.into()]);
    let (search, query) = Search::new(&dominique());
    let shown = format!(
        "{card:?} {:?} {search:?} {query:?}",
        call(&dominique()).write()
    );
    for secret in [
        "ADRTROIS",
        "DOMINIQUE",
        "1997",
        "2751263220749",
        "297022A",
        "Assertion ID",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
