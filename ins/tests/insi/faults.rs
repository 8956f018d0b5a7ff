//! Faults of the service, as it spells them.

use segur_ins::insi::{Decision, Outcome, RefusalCause, RetryCause, Severity, Warning};
use segur_soap::envelope::FaultCode;

use super::{call, dominique};

fn fault(code: &str, subcode: &str, error: &str) -> Outcome {
    let text = format!(
        "<S:Envelope xmlns:S='http://www.w3.org/2003/05/soap-envelope'><S:Body><S:Fault>\
         <S:Code><S:Value>S:{code}</S:Value><S:Subcode><S:Value>S:{subcode}</S:Value></S:Subcode></S:Code>\
         <S:Reason><S:Text xml:lang='en'>Texte en français sur ADRTROIS</S:Text></S:Reason>\
         <S:Detail><siram:Erreur xmlns:siram='urn:siram' {error}>Texte sur ADRTROIS</siram:Erreur></S:Detail>\
         </S:Fault></S:Body></S:Envelope>"
    );
    Outcome::read(&call(&dominique()), 500, text.as_bytes())
}

// req: SENTINELLE.07
#[test]
fn each_known_fault_has_its_remedy() {
    for (code, subcode, error, expected) in [
        (
            "Sender",
            "siram_100",
            "severite='fatale' code='desir_550'",
            Decision::Refused(RefusalCause::SoftwareUnknown),
        ),
        (
            "Sender",
            "siram_100",
            "code='DESIR_560' severite='fatale'",
            Decision::Refused(RefusalCause::AccessLevel),
        ),
        (
            "Receiver",
            "siram_40",
            "severite='erreur' code='insi_102'",
            Decision::RetryLater(RetryCause::Service),
        ),
        (
            "Receiver",
            "siram_99",
            "code='x'",
            Decision::RetryLater(RetryCause::Service),
        ),
        (
            "Sender",
            "siram_99",
            "code='x'",
            Decision::Refused(RefusalCause::Request),
        ),
        (
            "Sender",
            "siram_40",
            "code='insi_102'",
            Decision::Refused(RefusalCause::Request),
        ),
    ] {
        assert_eq!(
            fault(code, subcode, error).decision,
            expected,
            "{code} {error}"
        );
    }
    assert!(matches!(
        fault("MustUnderstand", "x", "").decision,
        Decision::Technical(_)
    ));
}

#[test]
fn the_fault_is_kept_with_its_codes() {
    let id = "02020202-0202-4202-8202-020202020202";
    let outcome = fault(
        "Receiver",
        "siram_40",
        &format!("messageID='uuid:{id}' code='insi_102' severite='erreur'"),
    );
    let read = outcome.fault.as_ref().unwrap();
    assert_eq!(read.code, FaultCode::Receiver);
    assert_eq!(read.subcodes, ["siram_40"]);
    assert!(read.has("insi_102") && read.has("SIRAM_40") && !read.has("insi_103"));
    assert_eq!(read.errors[0].severity, Some(Severity::Error));
    assert_eq!(outcome.warnings, []);
    assert!(!format!("{outcome:?}").contains("ADRTROIS"));
}

#[test]
fn misspelt_attributes_are_read_and_told() {
    let outcome = fault(
        "Sender",
        "siram_100",
        "CODE='desir_550' sévérité='fatal' messageId='7'",
    );
    assert_eq!(
        outcome.decision,
        Decision::Refused(RefusalCause::SoftwareUnknown)
    );
    let read = outcome.fault.as_ref().unwrap();
    assert_eq!(read.errors[0].severity, Some(Severity::Fatal));
    assert_eq!(read.errors[0].message_id.as_deref(), Some("7"));
    for warning in [
        Warning::AttributeSpelling { expected: "code" },
        Warning::AttributeSpelling {
            expected: "severite",
        },
        Warning::AttributeSpelling {
            expected: "messageID",
        },
        Warning::SeveritySpelling,
        Warning::OtherMessage,
    ] {
        assert!(outcome.warnings.contains(&warning), "{warning:?}");
    }
    let real = fault("Sender", "siram_100", "severite='fatal' code='desir_550'");
    assert_eq!(real.warnings, [Warning::SeveritySpelling]);
    let odd = fault("Sender", "siram_100", "severite='grave'");
    assert_eq!(odd.fault.unwrap().errors[0].severity, Some(Severity::Other));
}
