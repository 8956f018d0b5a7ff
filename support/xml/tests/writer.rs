//! The writer: what it writes is read back as it was meant.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use segur_xml::{Document, WriteError, XmlWriter};

#[test]
fn values_come_back() {
    let mut w = XmlWriter::new();
    let value = "<&>\"'\t\n\r\r\n é€😀 ]]>";
    w.start("a")
        .unwrap()
        .attr("b", value)
        .unwrap()
        .text(value)
        .unwrap()
        .end()
        .unwrap();
    let doc = Document::parse(w.finish().unwrap().as_bytes()).unwrap();
    assert_eq!(doc.root_element().attribute("b").unwrap(), value);
    assert_eq!(doc.root_element().string_value(), value);
}

#[test]
fn layout() {
    let mut w = XmlWriter::indented(1);
    w.comment(" c ").unwrap().instruction("pi", "x").unwrap();
    w.start("p:a").unwrap().attr("xmlns:p", "urn:p").unwrap();
    w.start("mixed")
        .unwrap()
        .text("t")
        .unwrap()
        .start("b")
        .unwrap()
        .end()
        .unwrap()
        .end()
        .unwrap();
    w.start("also").unwrap().inline().unwrap();
    w.start("b")
        .unwrap()
        .start("c")
        .unwrap()
        .end()
        .unwrap()
        .end()
        .unwrap()
        .text("t")
        .unwrap()
        .end()
        .unwrap();
    w.start("deep")
        .unwrap()
        .start("er")
        .unwrap()
        .end()
        .unwrap()
        .comment("c")
        .unwrap()
        .end()
        .unwrap();
    w.start("none").unwrap().text("").unwrap().end().unwrap();
    w.end().unwrap().comment("e").unwrap();
    assert_eq!(
        w.finish().unwrap(),
        "<!-- c -->\n<?pi x?>\n<p:a xmlns:p=\"urn:p\">\n <mixed>t<b/></mixed>\n <also><b><c/></b>t</also>\n \
         <deep>\n  <er/>\n  <!--c-->\n </deep>\n <none></none>\n</p:a>\n<!--e-->\n"
    );
}

#[test]
fn refusals() {
    let fresh = || {
        let mut w = XmlWriter::new();
        w.start("a").unwrap();
        w
    };
    let undeclared = WriteError::UndeclaredPrefix { prefix: "p".into() };
    assert_eq!(fresh().start("b c").unwrap_err(), WriteError::InvalidName);
    assert_eq!(fresh().attr("", "").unwrap_err(), WriteError::InvalidName);
    assert_eq!(fresh().start("p:b").unwrap().end().unwrap_err(), undeclared);
    assert_eq!(
        fresh().attr("p:b", "").unwrap().text("").unwrap_err(),
        undeclared
    );
    assert_eq!(
        fresh().text("\u{1}").unwrap_err(),
        WriteError::InvalidCharacter { code: 1 }
    );
    assert_eq!(
        fresh().attr("b", "\u{FFFE}").unwrap_err(),
        WriteError::InvalidCharacter { code: 0xFFFE }
    );
    assert_eq!(
        fresh().text("").unwrap().attr("b", "").unwrap_err(),
        WriteError::MisplacedAttribute
    );
    assert_eq!(
        fresh().attr("b", "").unwrap().attr("b", "").unwrap_err(),
        WriteError::DuplicateAttribute { name: "b".into() }
    );
    let mut twice = fresh();
    twice
        .attr("xmlns:p", "u")
        .unwrap()
        .attr("xmlns:q", "u")
        .unwrap()
        .attr("p:b", "")
        .unwrap()
        .attr("q:b", "")
        .unwrap();
    assert_eq!(
        twice.end().unwrap_err(),
        WriteError::DuplicateAttribute { name: "q:b".into() }
    );
    for (name, value) in [
        ("xmlns:xmlns", "u"),
        ("xmlns:p", ""),
        ("xmlns:xml", "u"),
        ("xmlns", "http://www.w3.org/XML/1998/namespace"),
    ] {
        assert!(
            matches!(
                fresh().attr(name, value),
                Err(WriteError::InvalidDeclaration { .. })
            ),
            "{name}"
        );
    }
    assert_eq!(
        fresh().declaration().unwrap_err(),
        WriteError::MisplacedDeclaration
    );
    assert_eq!(
        fresh().end().unwrap().end().unwrap_err(),
        WriteError::NothingToEnd
    );
    assert_eq!(
        fresh().end().unwrap().start("b").unwrap_err(),
        WriteError::OutsideRoot
    );
    assert_eq!(
        fresh().end().unwrap().text("b").unwrap_err(),
        WriteError::OutsideRoot
    );
    assert_eq!(
        fresh().end().unwrap().raw("<b/>").unwrap_err(),
        WriteError::OutsideRoot
    );
    assert_eq!(
        fresh().comment("a--b").unwrap_err(),
        WriteError::InvalidContent
    );
    assert_eq!(
        fresh().comment("a-").unwrap_err(),
        WriteError::InvalidContent
    );
    assert_eq!(
        fresh().instruction("xMl", "").unwrap_err(),
        WriteError::InvalidContent
    );
    assert_eq!(
        fresh().instruction("p", "?>").unwrap_err(),
        WriteError::InvalidContent
    );
    assert!(matches!(fresh().raw("<b>"), Err(WriteError::Markup(_))));
    assert!(matches!(fresh().raw("<p:b/>"), Err(WriteError::Markup(_))));
    assert_eq!(
        fresh().raw("]]").unwrap().raw(">").unwrap_err(),
        WriteError::InvalidContent
    );
    assert_eq!(
        fresh().finish().unwrap_err(),
        WriteError::Unfinished {
            name: Some("a".into())
        }
    );
    assert_eq!(
        XmlWriter::new().finish().unwrap_err(),
        WriteError::Unfinished { name: None }
    );
    for error in [
        WriteError::InvalidName,
        undeclared,
        WriteError::Unfinished { name: None },
    ] {
        assert_ne!(error.message_fr(), error.message_en());
    }
    let mut good = fresh();
    good.attr("xmlns:p", "u")
        .unwrap()
        .raw("<p:b xml:lang='fr'/>t")
        .unwrap()
        .end()
        .unwrap();
    assert_eq!(
        good.finish().unwrap(),
        "<a xmlns:p=\"u\"><p:b xml:lang='fr'/>t</a>"
    );
}

#[derive(Debug, Clone)]
enum Step {
    Start(&'static str),
    Attr(&'static str, String),
    Text(String),
    Raw(&'static str),
    Comment(String),
    End,
}

fn step() -> impl Strategy<Value = Step> {
    let name = || {
        prop_oneof![
            Just("a"),
            Just("b"),
            Just("p:c"),
            Just("xmlns:p"),
            Just("q:d"),
            Just("xmlns:q"),
            Just("xmlns"),
            Just("x:"),
            Just("xml:lang")
        ]
    };
    let value = || "[a-b<>&'\"\\]\\- \r\n\t\u{0}é]{0,5}";
    prop_oneof![
        4 => prop_oneof![8 => Just("a"), 4 => Just("b"), 1 => name()].prop_map(Step::Start),
        4 => (name(), value()).prop_map(|(n, v)| Step::Attr(n, v)),
        3 => value().prop_map(Step::Text),
        1 => prop_oneof![Just("<r/>"), Just("]]"), Just(">x"), Just("]>"), Just("<p:r p:s='1'/>"), Just("\r\n"), Just("<![CDATA[]]]]>"), Just("<e>")].prop_map(Step::Raw),
        1 => value().prop_map(Step::Comment),
        3 => Just(Step::End),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Refused steps change nothing; what is finished is well-formed.
    #[test]
    fn what_is_finished_is_well_formed(steps in proptest::collection::vec(step(), 0..24), indent in any::<bool>()) {
        let mut w = if indent { XmlWriter::indented(2) } else { XmlWriter::new() };
        for step in &steps {
            let _ = match step {
                Step::Start(name) => w.start(name).is_ok(),
                Step::Attr(name, value) => w.attr(name, value).is_ok(),
                Step::Text(text) => w.text(text).is_ok(),
                Step::Raw(markup) => w.raw(markup).is_ok(),
                Step::Comment(text) => w.comment(text).is_ok(),
                Step::End => w.end().is_ok(),
            };
        }
        for _ in 0..steps.len() {
            let _ = w.end().is_ok();
        }
        if let Ok(text) = w.finish() {
            let doc = Document::parse(text.as_bytes());
            prop_assert!(doc.is_ok(), "{:?}: {:?}", doc, text);
        }
    }
}
