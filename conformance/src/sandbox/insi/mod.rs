//! An INSi of one's own: the searches by traits and by carte Vitale, with the official test persons.
//!
//! | asked for | answer |
//! |---|---|
//! | a test person of the qualification, by a given name or the list | `00`, with history where there is one |
//! | DE VINCI LEONARDO, M, 2014-02-01 | `02` |
//! | DE VINCI RUTH | the fault `insi_102`, which asks to try later |
//! | the authorisation number `INCONNU` | the fault `desir_550` |
//! | anyone else | `01` |
//! | what is no call | a fault that blames the sender and says what is wrong |
//!
//! Quirks of its own, beside those of every sandbox:
//!
//! | quirk | what happens |
//! |---|---|
//! | `technical-fault` | the fault insi_102, which asks to try later |
//! | `access-level` | the fault DESIR_560: the level of access does not suffice |
//! | `element-order` | elements in another order: TIQ before the matricules, DateDeb before IdIndividu |
//! | `given-name-only` | Prenom without ListePrenom |
//! | `http-error` | a page of HTML with HTTP status 503 |
//!
//! Not judged: assertions (any is taken), the subject of the client's certificate. Subcode and text of the faults that blame the sender,
//! `desir_550` apart, are ours.

mod answer;
mod persons;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use segur_soap::envelope::{FaultCode, HttpMessage, ReadLimits, Received};

use super::{OwnQuirks, QuirkKind, Quirks};
use answer::{Failed, Spelling, Verdict};

/// The quirks of this sandbox.
pub const QUIRKS: OwnQuirks = OwnQuirks {
    kinds: KINDS,
    calls: &[],
};

const KINDS: &[QuirkKind] = &[
    QuirkKind {
        example: "technical-fault",
        fr: "l'erreur SOAP insi_102, qui demande de réessayer plus tard",
        en: "the fault insi_102, which asks to try later",
    },
    QuirkKind {
        example: "access-level",
        fr: "l'erreur SOAP DESIR_560 : niveau d'accès insuffisant",
        en: "the fault DESIR_560: the level of access does not suffice",
    },
    QuirkKind {
        example: "element-order",
        fr: "un autre ordre des éléments : TIQ avant les matricules, DateDeb avant IdIndividu",
        en: "elements in another order: TIQ before the matricules, DateDeb before IdIndividu",
    },
    QuirkKind {
        example: "given-name-only",
        fr: "Prenom sans ListePrenom",
        en: "Prenom without ListePrenom",
    },
    QuirkKind {
        example: "http-error",
        fr: "une page HTML avec le statut HTTP 503",
        en: "a page of HTML with HTTP status 503",
    },
];
/// Largest call that is read.
const MAX: usize = 1 << 20;
/// The authorisation number that the sandbox does not know.
const UNKNOWN_SOFTWARE: &str = "INCONNU";

/// The service, at `/lps`.
pub fn router(quirks: Arc<Quirks>) -> Router {
    Router::new()
        .route("/lps", post(answer))
        .layer(axum::extract::DefaultBodyLimit::max(MAX))
        .with_state(quirks)
}

async fn answer(State(quirks): State<Arc<Quirks>>, body: Bytes) -> Response {
    if quirks.takes("http-error") {
        let html = "<html><body>Service Unavailable</body></html>";
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::CONTENT_TYPE, "text/html")],
            html,
        )
            .into_response();
    }
    let received = match Received::read_with(&body, &ReadLimits::bytes(MAX)) {
        Ok(received) => received,
        Err(error) => return failure(&sender("siram_10", "desir_500", error.to_string()), None),
    };
    let id = received.addressing().message_id.clone();
    if quirks.takes("technical-fault") {
        return failure(&technical(), id.as_deref());
    }
    if quirks.takes("access-level") {
        let text = "Niveau d'accès insuffisant".to_owned();
        return failure(&sender("siram_100", "DESIR_560", text), id.as_deref());
    }
    let request = match request::read(&received) {
        Ok(request) => request,
        Err(wrong) => return failure(&sender("siram_10", "desir_500", wrong), id.as_deref()),
    };
    if request.software == UNKNOWN_SOFTWARE {
        let text = "Numéro d'autorisation du logiciel inconnu".to_owned();
        return failure(&sender("siram_100", "desir_550", text), id.as_deref());
    }
    let verdict = answer::judge(&request.search);
    if matches!(verdict, Verdict::Failure) {
        return failure(&technical(), id.as_deref());
    }
    let spelling = Spelling {
        element_order: quirks.takes("element-order"),
        given_name_only: quirks.takes("given-name-only"),
    };
    match answer::result(&request, &verdict, spelling) {
        Ok(message) => soap(StatusCode::OK, message),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn sender(subcode: &'static str, error: &'static str, text: String) -> Failed {
    Failed {
        code: FaultCode::Sender,
        subcode,
        error,
        text,
    }
}

fn technical() -> Failed {
    Failed {
        code: FaultCode::Receiver,
        subcode: "siram_40",
        error: "insi_102",
        text: "Erreur technique de la recherche par traits".to_owned(),
    }
}

fn failure(failed: &Failed, message_id: Option<&str>) -> Response {
    match answer::fault(failed, message_id) {
        Ok(message) => soap(StatusCode::INTERNAL_SERVER_ERROR, message),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn soap(status: StatusCode, message: HttpMessage) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, message.content_type)],
        message.body,
    )
        .into_response()
}
