//! The JSON shape of reports.
#![cfg(feature = "serde")]

use segur_core::{Finding, Found, Lang, Location, Message, NotRun, Report, ReportSet, Severity};

fn report() -> Report {
    let mut report = Report::new();
    report.path = Some("a.xml".into());
    report.model = Some("VSM_2023.01".into());
    report.findings.push(
        Finding::new(
            "X-1",
            Severity::Error,
            Message::fixed("Clé fausse.", "Wrong key."),
        )
        .with_location(Location::new("/ClinicalDocument/id", 3, 5).with_span(10..20))
        .with_expected("04")
        .with_found(Found::Personal("223042545611482".into())),
    );
    report.not_run.push(NotRun::new(
        "value-sets",
        Message::fixed("Aucun jeu de valeurs.", "No value sets."),
    ));
    report
}

#[test]
fn the_shape_is_the_documented_one() {
    let json = serde_json::to_value(ReportSet::new(&[report()], Lang::En, false)).unwrap();
    let file = &json["files"][0];
    assert_eq!(file["path"], "a.xml");
    assert_eq!(file["model"], "VSM_2023.01");
    assert_eq!(file["ok"], false);
    assert_eq!(file["counts"]["error"], 1);
    let finding = &file["findings"][0];
    assert_eq!(finding["rule"], "X-1");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["xpath"], "/ClinicalDocument/id");
    assert_eq!(finding["line"], 3);
    assert_eq!(finding["column"], 5);
    assert_eq!(finding["span"], serde_json::json!([10, 20]));
    assert_eq!(finding["message"], "Wrong key.");
    assert_eq!(finding["personal"], true);
    assert_eq!(file["not_run"][0]["reason"], "No value sets.");
}

#[test]
fn identity_is_masked_unless_asked_for() {
    let masked = serde_json::to_string(&report()).unwrap();
    assert!(!masked.contains("223042545611482"), "{masked}");
    let shown = serde_json::to_string(&ReportSet::new(&[report()], Lang::Fr, true)).unwrap();
    assert!(shown.contains("223042545611482") && shown.contains("Clé fausse."));
}
