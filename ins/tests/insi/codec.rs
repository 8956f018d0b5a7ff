//! The unit verification through a codec that this test makes up.

use segur_core::{Ins, InsAuthority, Traits};
use segur_ins::insi::{
    AnswerError, CallError, Decision, Query, RetryCause, Verdict, VerificationCodec,
    VerificationQuery,
};
use segur_soap::envelope::Received;

use super::{call_for, dominique};

/// Not the service's messages: those are not known.
struct MadeUp;

impl VerificationCodec for MadeUp {
    fn action(&self) -> &str {
        "urn:example:verify"
    }

    fn body(&self, ins: &Ins, _: &Traits) -> Result<String, CallError> {
        Ok(format!(
            "<v xmlns='urn:example'>{}</v>",
            ins.matricule.number()
        ))
    }

    fn read(&self, received: &Received) -> Result<Verdict, AnswerError> {
        let body = received.body().ok_or(AnswerError::Empty)?;
        Ok(match body.string_value().as_ref() {
            "OK" => Verdict::Ok,
            _ => Verdict::Ko,
        })
    }
}

#[test]
fn a_codec_makes_the_verification_a_call_like_any_other() {
    let ins = Ins::new("297022A02077878".parse().unwrap(), InsAuthority::Nir);
    let query = VerificationQuery::new(&MadeUp, &ins, &dominique()).unwrap();
    assert!(!format!("{query:?}").contains("297022A"));
    let query = Query::Verification(query);
    assert_eq!(query.operation(), None);
    let http = call_for(query).write().unwrap();
    let sent = Received::read(&http.body).unwrap();
    assert_eq!(
        sent.addressing().action.as_deref(),
        Some("urn:example:verify")
    );
    assert_eq!(sent.body().unwrap().string_value(), "297022A020778");

    let read = |status, text: &str| {
        let body = format!(
            "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body>{text}</e:Body></e:Envelope>"
        );
        Verdict::read(&MadeUp, status, body.as_bytes())
    };
    assert_eq!(read(200, "<r>OK</r>"), Ok(Verdict::Ok));
    assert_eq!(read(200, "<r>KO</r>"), Ok(Verdict::Ko));
    let fault = "<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code></e:Fault>";
    assert_eq!(
        read(500, fault),
        Err(Decision::RetryLater(RetryCause::Service))
    );
    assert!(matches!(read(200, ""), Err(Decision::Technical(_))));
    assert_eq!(
        Verdict::read(&MadeUp, 502, b"bad gateway"),
        Err(Decision::RetryLater(RetryCause::Http(502)))
    );
}
