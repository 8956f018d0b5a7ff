//! Options of a run, reports, saved schemas, sharing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use segur_schematron::{
    AbortCause, Compiler, LoadOptions, MemorySource, PhaseChoice, RestoreError, RunOptions, Schema,
    SvrlOptions, svrl,
};
use segur_xml::Document;

fn schema(body: &str) -> Schema {
    let text = format!(
        "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt2\">{body}</schema>"
    );
    Compiler::new(MemorySource::new().with("s.sch", text))
        .load("s.sch")
        .unwrap()
}

fn options(change: impl FnOnce(&mut RunOptions)) -> RunOptions {
    let mut options = RunOptions::default();
    change(&mut options);
    options
}

const TWO: &str = "<phase id='one'><active pattern='p'/></phase>\
    <pattern id='p'><rule context='b'><assert test='string-length(c) = 1'>c</assert>\
    <assert test='@k'>no k</assert></rule></pattern>\
    <pattern id='q'><rule context='b'><assert test='@l'>no l</assert></rule></pattern>";

#[test]
fn keep_going_collects_what_an_abort_would_hide() {
    let schema = schema(TWO);
    let document = Document::parse(b"<a><b><c/><c/></b></a>").unwrap();
    let stopped = schema.run(&document, &RunOptions::default()).unwrap();
    assert!(stopped.aborted.is_some() && stopped.hits.is_empty());
    let all = schema
        .run(&document, &options(|o| o.keep_going = true))
        .unwrap();
    let aborted = all.aborted.unwrap();
    assert!(matches!(&aborted.cause, AbortCause::Dynamic { code, .. } if code == "XPTY0004"));
    assert_eq!((aborted.spot.line, aborted.spot.column), (1, 4));
    let texts: Vec<&str> = all.hits.iter().map(|h| h.text.as_str()).collect();
    assert_eq!(texts, ["no k", "no l"]);
    assert_eq!(all.skipped.len(), 1);
}

#[test]
fn phases_are_chosen() {
    let schema = schema(TWO);
    let document = Document::parse(b"<a><b><c>x</c></b></a>").unwrap();
    let run = |phase| {
        schema
            .run(&document, &options(|o| o.phase = phase))
            .map(|o| o.hits.len())
    };
    assert_eq!(run(PhaseChoice::Default).unwrap(), 2);
    assert_eq!(run(PhaseChoice::All).unwrap(), 2);
    assert_eq!(run(PhaseChoice::Named("one".into())).unwrap(), 1);
    assert!(run(PhaseChoice::Named("none".into())).is_err());
}

#[test]
fn bounds_and_cancellation_end_a_run() {
    let schema = schema(
        "<pattern id='p'><rule context='b'><assert test='count(preceding-sibling::b[@k = &quot;1&quot;]) = 1'>x</assert>\
         </rule></pattern>",
    );
    let text = format!("<a>{}</a>", "<b/>".repeat(3000));
    let document = Document::parse(text.as_bytes()).unwrap();
    let out = schema
        .run(&document, &options(|o| o.fuel = 100_000))
        .unwrap();
    assert_eq!(out.aborted.unwrap().cause, AbortCause::Fuel);
    let flag = Arc::new(AtomicBool::new(true));
    let out = schema
        .run(&document, &options(|o| o.cancel = Some(flag)))
        .unwrap();
    assert_eq!(out.aborted.unwrap().cause, AbortCause::Cancelled);
}

#[test]
fn messages_are_cut_and_masked() {
    let schema = schema(
        "<pattern id='p'><rule context='b'>\
         <assert test='false()'>name <name/> is <value-of select='@k'/>, <value-of select=\"'fixed'\"/></assert>\
         </rule></pattern>",
    );
    let text = format!("<a><b k='{}'/></a>", "x".repeat(1_000_000));
    let document = Document::parse(text.as_bytes()).unwrap();
    let out = schema
        .run(&document, &options(|o| o.max_text = 50))
        .unwrap();
    assert_eq!(out.hits[0].text.chars().count(), 51);
    assert_eq!(out.hits[0].masked, "name b is …, fixed");
}

#[test]
fn progress_is_told() {
    let schema = schema(TWO);
    let document = Document::parse(b"<a/>").unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let seen = calls.clone();
    let progress = Arc::new(move |done: usize, all: usize| {
        assert!(done <= all && all == 2);
        seen.fetch_add(1, Ordering::Relaxed);
    });
    schema
        .run(&document, &options(|o| o.progress = Some(progress)))
        .unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[test]
fn a_report_is_svrl() {
    let schema = schema(
        "<title>T &amp; t</title><ns prefix='n' uri='urn:n'/>\
         <pattern id='p'><title>P</title><rule context='n:b' role='r' id='rule'>\
         <assert test='@k &lt; &quot;1&quot;' role='warning' flag='f'>k is \"<value-of select='@k'/>\"</assert>\
         <report test='true()' id='x'>seen</report></rule></pattern>",
    );
    let document = Document::parse(b"<n:a xmlns:n='urn:n'><n:b k='&lt;'/></n:a>").unwrap();
    let out = schema.run(&document, &RunOptions::default()).unwrap();
    let mut how = SvrlOptions::default();
    how.document = Some("doc.xml".into());
    insta::assert_snapshot!(svrl(&schema, &out, &how), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <svrl:schematron-output xmlns:svrl="http://purl.oclc.org/dsdl/svrl" title="T &amp; t">
      <svrl:ns-prefix-in-attribute-values prefix="n" uri="urn:n"/>
      <svrl:active-pattern document="doc.xml" id="p" name="P"/>
      <svrl:fired-rule context="n:b" id="rule" role="r"/>
      <svrl:failed-assert test="@k &lt; &quot;1&quot;" role="warning" flag="f" location="/*:a[namespace-uri()='urn:n'][1]/*:b[namespace-uri()='urn:n'][1]">
        <svrl:text>k is &quot;&lt;&quot;</svrl:text>
      </svrl:failed-assert>
      <svrl:successful-report test="true()" id="x" role="r" location="/*:a[namespace-uri()='urn:n'][1]/*:b[namespace-uri()='urn:n'][1]">
        <svrl:text>seen</svrl:text>
      </svrl:successful-report>
    </svrl:schematron-output>
    "#);
    how.readable_locations = true;
    how.no_fired_rules = true;
    let short = svrl(&schema, &out, &how);
    assert!(short.contains("location=\"/n:a/n:b\"") && !short.contains("fired-rule"));
}

#[test]
fn saved_bytes_are_the_same_each_time_and_checked() {
    let schema = schema(TWO);
    let bytes = schema.to_bytes().unwrap();
    assert_eq!(bytes, schema.to_bytes().unwrap());
    let compiler = Compiler::new(MemorySource::new());
    assert!(matches!(
        compiler.restore(b"xx"),
        Err(RestoreError::Version { .. } | RestoreError::Broken)
    ));
    assert!(matches!(
        compiler.restore(&bytes[..bytes.len() / 2]),
        Err(RestoreError::Broken)
    ));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let document = Document::parse(b"<a><b/></a>").unwrap();
        if let Ok(schema) = compiler.restore(&damaged) {
            let _ = schema.run(&document, &RunOptions::default());
        }
    }
}

#[test]
fn one_schema_serves_many_threads() {
    let source = MemorySource::new()
        .with("s.sch", "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>\
            <pattern id='p'><rule context='c'><assert test=\"document('v.xml')//x[@k = current()/@k]\">no</assert>\
            </rule></pattern></schema>")
        .with("v.xml", "<v><x k='1'/></v>");
    let compiler = Compiler::new(source);
    let schema = compiler.load("s.sch").unwrap();
    std::thread::scope(|scope| {
        for n in 1..=4 {
            let (schema, compiler) = (&schema, &compiler);
            scope.spawn(move || {
                let text = format!("<a>{}</a>", "<c k='1'/><c k='2'/>".repeat(n));
                let document = Document::parse(text.as_bytes()).unwrap();
                let prepared = compiler.prepare(&document);
                let out = schema
                    .run_prepared(&prepared, &RunOptions::default())
                    .unwrap();
                assert_eq!((out.fired.len(), out.hits.len()), (2 * n, n));
            });
        }
    });
}

#[test]
fn limits_of_the_loader_hold() {
    let rule = "<rule context='a'><assert test='true()'>x</assert></rule>";
    let text = format!(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>\
         <pattern id='p'>{}</pattern></schema>",
        rule.repeat(100)
    );
    let mut options = LoadOptions::default();
    options.max_checks = 99;
    let compiler = Compiler::new(MemorySource::new().with("s.sch", text)).options(options);
    let error = compiler.load("s.sch").unwrap_err().to_string();
    assert!(error.contains("more than 99 checks"), "{error}");
}
