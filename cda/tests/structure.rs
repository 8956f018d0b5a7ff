//! The structure check against the official verdicts.
//!
//! `SEGUR_SHARED_DIR` (or `../shared` beside the workspace) holds the corpus, `SEGUR_OFFICIAL_DIR` the agency's
//! repository; what is missing is said and left out.

#![allow(clippy::panic, clippy::print_stderr, clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use segur_cda::validate::Validator;
use segur_core::{Finding, Report};
use segur_xml::{Document, Limits, Node};

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    folder.join("cda").is_dir().then(|| folder.join("cda"))
}

fn not_run(what: &str) {
    eprintln!("NOT RUN: {what} is missing (see the head of tests/structure.rs)");
}

fn structure(document: &Document) -> Report {
    Validator::builder().build().validate_structure(document)
}

fn summary(report: &Report) -> Vec<String> {
    let one = |f: &Finding| {
        let place = f
            .location
            .as_ref()
            .map(|l| l.xpath.clone())
            .unwrap_or_default();
        format!("{} {place}: {}", f.rule, f.message.en)
    };
    report.findings.iter().map(one).collect()
}

fn xml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            xml_files(&path, found);
        } else if path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("xml"))
        {
            found.push(path);
        }
    }
    found.sort();
}

fn accepts_all(folder: &Path) -> usize {
    let mut files = Vec::new();
    xml_files(folder, &mut files);
    for path in &files {
        let document = Document::parse(&std::fs::read(path).unwrap()).unwrap();
        let report = structure(&document);
        assert!(
            report.findings.is_empty(),
            "{}: {:#?}",
            path.display(),
            summary(&report)
        );
    }
    files.len()
}

#[test]
fn official_examples_are_accepted() {
    match shared() {
        Some(shared) => assert_eq!(accepts_all(&shared.join("examples")), 37),
        None => not_run("the corpus"),
    }
    match std::env::var_os("SEGUR_OFFICIAL_DIR") {
        Some(folder) => assert_eq!(accepts_all(&Path::new(&folder).join("ExemplesCDA")), 94),
        None => not_run("SEGUR_OFFICIAL_DIR"),
    }
}

/// One line of mutants.jsonl.
struct Mutant {
    row: serde_json::Value,
    bytes: Vec<u8>,
}

impl Mutant {
    fn number(&self, key: &str) -> usize {
        usize::try_from(self.row[key].as_u64().unwrap()).unwrap()
    }

    fn name(&self) -> String {
        format!("{} {}", self.row["id"], self.row["what"])
    }
}

fn mutants(shared: &Path) -> Vec<Mutant> {
    use sha2::Digest as _;
    let folder = shared.join("mutants");
    let text = std::fs::read_to_string(folder.join("mutants.jsonl")).unwrap();
    let mut bases: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let base = row["base"].as_str().unwrap();
        let bytes = bases
            .entry(base.to_owned())
            .or_insert_with(|| std::fs::read(folder.join(base)).unwrap());
        let mut mutant = Mutant {
            row,
            bytes: bytes.clone(),
        };
        let range = mutant.number("start")..mutant.number("end");
        let text = mutant.row["text"].as_str().unwrap().to_owned();
        mutant.bytes.splice(range, text.bytes());
        let digest: String = sha2::Sha256::digest(&mutant.bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            digest,
            mutant.row["sha256"].as_str().unwrap(),
            "{}",
            mutant.name()
        );
        all.push(mutant);
    }
    all
}

#[test]
fn verdicts_on_mutants_are_those_of_the_schema() {
    let Some(shared) = shared() else {
        return not_run("the corpus");
    };
    let all = mutants(&shared);
    let (mut refused, mut single, mut located) = (0, 0, 0);
    let mut wrong = Vec::new();
    for mutant in &all {
        let document = Document::parse(&mutant.bytes).unwrap();
        let report = structure(&document);
        let expected = mutant.row["xsd_ok"].as_bool().unwrap();
        if report.findings.is_empty() != expected {
            wrong.push(format!(
                "{}: {:#?} {:#?}",
                mutant.name(),
                mutant.row["xsd"],
                summary(&report)
            ));
            continue;
        }
        if expected {
            continue;
        }
        refused += 1;
        single += usize::from(report.findings.len() == 1);
        let places = allowed_places(mutant, &document);
        let strays: Vec<_> = report
            .findings
            .iter()
            .filter(|f| !is_at(&document, f, &places))
            .collect();
        if strays.is_empty() {
            located += 1;
        } else {
            wrong.push(format!(
                "place of {}: {:#?} {:#?}",
                mutant.name(),
                mutant.row["xsd"],
                summary(&report)
            ));
        }
        if report.findings.len() > 1 {
            eprintln!(
                "{} findings for {}: {:#?}",
                report.findings.len(),
                mutant.name(),
                summary(&report)
            );
        }
    }
    eprintln!(
        "{} mutants, {refused} refused by the schema and by us, {single} with exactly one finding, {located} at the right place",
        all.len()
    );
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!((all.len(), refused), (576, 200));
}

/// Where a finding on this mutant may be: the innermost element with the byte of the change, its parent, its next
/// sibling, and the elements that the schema processor named.
fn allowed_places<'a>(mutant: &Mutant, document: &'a Document) -> Vec<Node<'a>> {
    let start = mutant.number("start");
    let mut innermost = document.root_element();
    while let Some(child) = innermost.elements().find(|e| e.span().contains(&start)) {
        innermost = child;
    }
    let mut all = vec![innermost];
    all.extend(innermost.parent());
    all.extend(
        std::iter::successors(innermost.next_sibling(), |n| n.next_sibling())
            .find(|n| n.name_id().is_some()),
    );
    for error in mutant.row["xsd"].as_array().unwrap() {
        let Some(path) = error["path"].as_str() else {
            // A dangling reference has no path: the reference itself is the place.
            all.extend(
                document
                    .root_element()
                    .descendants()
                    .filter(|n| n.attribute("referencedObject").is_some()),
            );
            continue;
        };
        let mut node = document.root();
        for step in path.split('/').skip(1) {
            let (name, number) = step.split_once('[').unwrap_or((step, "1]"));
            let at: usize = number.trim_end_matches(']').parse().unwrap();
            // `*` counts all elements; a name with a prefix counts its like.
            let local = name.rsplit(':').next().unwrap();
            let mut alike = node
                .elements()
                .filter(|e| name == "*" || (e.local_name() == local && e.prefix().is_some()));
            node = alike.nth(at - 1).unwrap();
        }
        all.push(node);
    }
    all
}

fn is_at(document: &Document, finding: &Finding, places: &[Node<'_>]) -> bool {
    let span = finding
        .location
        .as_ref()
        .and_then(|l| l.span.clone())
        .unwrap();
    let mut node = document.root_element();
    while let Some(child) = node.elements().find(|e| e.span().contains(&span.start)) {
        node = child;
    }
    places.contains(&node)
}

/// A small document that the schema accepts.
const SMALL: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="2.999.1"/>
<code code="11488-4" codeSystem="2.16.840.1.113883.6.1"/>
<title>Compte rendu</title>
<effectiveTime value="20240101120000+0100"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<recordTarget><patientRole><id root="2.999.2" extension="1"/></patientRole></recordTarget>
<author><time value="20240101"/><assignedAuthor><id root="2.999.3"/></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="2.999.4"/></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section>
<text><paragraph ID="p1">Un <content ID="c1" styleCode="Bold Italics">texte</content><footnoteRef IDREF="p1"/></paragraph></text>
<entry><observation classCode="OBS" moodCode="EVN"><code code="8302-2" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/><effectiveTime value="2024"/><value xsi:type="PQ" value="1.5" unit="m"/></observation></entry>
</section></component></structuredBody></component>
</ClinicalDocument>"#;

fn check(text: &str) -> Vec<(String, String)> {
    let document = Document::parse(text.as_bytes()).unwrap();
    let report = structure(&document);
    let place = |f: &Finding| f.location.as_ref().unwrap().xpath.clone();
    report
        .findings
        .iter()
        .map(|f| (f.rule.to_string(), place(f)))
        .collect()
}

#[test]
fn each_rule_accepts_and_refuses() {
    assert_eq!(check(SMALL), []);
    // What is changed, into what, and the rules that refuse it.
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "<title>Compte rendu</title>",
            "<titre>Compte rendu</titre>",
            &["xsd-element-unexpected"],
        ),
        (
            "<title>",
            "<sdtc:title xmlns:x='u'/><title>",
            &["xsd-element-unexpected"],
        ),
        (
            "<code code=\"8302-2\" codeSystem=\"2.16.840.1.113883.6.1\"/><statusCode code=\"completed\"/>",
            "<statusCode code=\"completed\"/><code code=\"8302-2\" codeSystem=\"2.16.840.1.113883.6.1\"/>",
            &["xsd-element-order"],
        ),
        (
            "<statusCode code=\"completed\"/><effectiveTime value=\"2024\"/>",
            "<effectiveTime value=\"2024\"/><statusCode code=\"completed\"/>",
            &["xsd-element-order"],
        ),
        (
            "<title>",
            "<title>a</title><title>",
            &["xsd-element-repeated"],
        ),
        (
            "<effectiveTime value=\"20240101120000+0100\"/>",
            "",
            &["xsd-element-missing"],
        ),
        (
            "<section>",
            "<section><title/></section><section>",
            &["xsd-element-repeated"],
        ),
        ("<time value=\"20240101\"/>", "", &["xsd-element-missing"]),
        (
            "<id root=\"2.999.1\"/>",
            "<id root=\"2.999.1\"> </id>",
            &["xsd-content-forbidden"],
        ),
        (
            "<id root=\"2.999.1\"/>",
            "<id root=\"2.999.1\"><a/><b/></id>",
            &["xsd-content-forbidden"],
        ),
        (
            "<id root=\"2.999.1\"/>",
            "<id root=\"2.999.1\"><!-- --></id>",
            &[],
        ),
        ("<patientRole>", "x<patientRole>", &["xsd-text-forbidden"]),
        (
            "root=\"2.999.1\"",
            "root=\"2.999.1\" rang=\"1\"",
            &["xsd-attribute-unexpected"],
        ),
        ("classCode=\"OBS\" ", "", &["xsd-attribute-missing"]),
        (
            "value=\"2024\"",
            "value=\"2024-01\"",
            &["xsd-attribute-value"],
        ),
        ("value=\"1.5\"", "value=\"1,5\"", &["xsd-attribute-value"]),
        (
            "root=\"2.999.1\"",
            "root=\"urn:oid:2.999.1\"",
            &["xsd-attribute-value"],
        ),
        (
            "styleCode=\"Bold Italics\"",
            "styleCode=\"Bold (\"",
            &["xsd-attribute-value"],
        ),
        (
            "classCode=\"OBS\"",
            "classCode=\"OBSX\"",
            &["xsd-attribute-code"],
        ),
        ("classCode=\"OBS\"", "classCode=\" OBS \"", &[]),
        (
            "<id root=\"2.999.1\"/>",
            "<id nullFlavor=\"NP\"/>",
            &["xsd-attribute-code"],
        ),
        (
            "root=\"2.16.840.1.113883.1.3\"",
            "root=\"2.999\"",
            &["xsd-attribute-fixed"],
        ),
        ("xsi:type=\"PQ\" ", "", &["xsd-type-abstract"]),
        (
            "xsi:type=\"PQ\"",
            "xsi:type=\"QTY\"",
            &["xsd-type-abstract"],
        ),
        (
            "xsi:type=\"PQ\"",
            "xsi:type=\"Quantity\"",
            &["xsd-type-unknown"],
        ),
        (
            "xsi:type=\"PQ\"",
            "xsi:type=\"sdtc:PQ\"",
            &["xsd-type-unknown"],
        ),
        (
            "<title>",
            "<title xsi:type=\"CD\">",
            &["xsd-type-derivation"],
        ),
        (
            "xsi:type=\"PQ\"",
            "xsi:type=\"PQ\" xsi:nil=\"true\"",
            &["xsd-nil"],
        ),
        ("ID=\"c1\"", "ID=\"p1\"", &["xsd-id-duplicate"]),
        ("IDREF=\"p1\"", "IDREF=\"p2\"", &["xsd-idref-dangling"]),
    ];
    for (from, to, rules) in cases {
        assert_eq!(SMALL.matches(from).count(), 1, "{from}");
        let found = check(&SMALL.replace(from, to));
        let ids: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(ids, *rules, "{from} -> {to}: {found:?}");
    }
}

#[test]
fn findings_say_what_was_expected() {
    let text = SMALL.replace(
        "<effectiveTime value=\"2024\"/>",
        "<effectivTime value=\"2024\"/>",
    );
    let document = Document::parse(text.as_bytes()).unwrap();
    let report = structure(&document);
    let [finding] = report.findings.as_slice() else {
        panic!("{:?}", summary(&report));
    };
    assert!(
        finding
            .expected
            .as_ref()
            .unwrap()
            .starts_with("effectiveTime, priorityCode")
    );
    let location = finding.location.as_ref().unwrap();
    let path = "/ClinicalDocument/component/structuredBody/component/section/entry/observation/effectivTime";
    assert_eq!((location.xpath.as_str(), location.line), (path, 13));
    assert_eq!(
        finding.message.fr,
        "observation : élément effectivTime non prévu"
    );
}

#[test]
fn deep_nesting_is_no_matter() {
    let mut limits = Limits::default();
    limits.max_depth = 100_000;
    let depth = 50_000;
    let text = format!(
        "{}{}",
        "<content>".repeat(depth),
        "</content>".repeat(depth)
    );
    let text = SMALL.replace("texte", &text);
    let small_stack = std::thread::Builder::new().stack_size(256 << 10);
    let run = small_stack.spawn(move || {
        let document = Document::parse_with(text.as_bytes(), &limits).unwrap();
        structure(&document).findings.len()
    });
    assert_eq!(run.unwrap().join().unwrap(), 0);
}

mod arbitrary {
    use super::*;
    use proptest::prelude::*;

    const NAMES: &[&str] = &[
        "ClinicalDocument",
        "typeId",
        "id",
        "code",
        "value",
        "component",
        "structuredBody",
        "section",
        "text",
        "entry",
        "observation",
        "table",
        "td",
        "tr",
        "effectiveTime",
        "low",
        "high",
        "sdtc:id",
        "x",
        "functionCode",
        "digits",
    ];
    const ATTRIBUTES: &[&str] = &[
        "code",
        "value",
        "root",
        "ID",
        "IDREF",
        "xsi:type",
        "xsi:nil",
        "classCode",
        "moodCode",
        "x",
        "sdtc:valueSet",
    ];
    const VALUES: &[&str] = &[
        "", " ", "a", "PQ", "ANY", "SLIST_PQ", "sdtc:PQ", "1", "true", "OBS", "é", "2.1", "&#10;",
        "&amp;", "p1",
    ];

    fn element() -> impl Strategy<Value = String> {
        let attributes =
            proptest::collection::btree_map(0..ATTRIBUTES.len(), 0..VALUES.len(), 0..4);
        let leaf = (0..NAMES.len(), attributes.clone(), "[ a&&[^&<]]{0,3}")
            .prop_map(|(n, a, t)| write(n, &a, &t));
        leaf.prop_recursive(6, 60, 6, move |inner| {
            (
                0..NAMES.len(),
                attributes.clone(),
                proptest::collection::vec(inner, 0..6),
            )
                .prop_map(|(n, a, children)| write(n, &a, &children.concat()))
        })
    }

    fn write(name: usize, attributes: &BTreeMap<usize, usize>, inner: &str) -> String {
        let name = NAMES[name];
        let attributes: String = attributes
            .iter()
            .map(|(&a, &v)| format!(" {}=\"{}\"", ATTRIBUTES[a], VALUES[v]))
            .collect();
        format!("<{name}{attributes}>{inner}</{name}>")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn never_panics(children in proptest::collection::vec(element(), 0..8), at in any::<prop::sample::Index>()) {
            let head = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:sdtc=\"urn:hl7-org:sdtc\">";
            let text = format!("{head}{}</ClinicalDocument>", children.concat());
            let document = Document::parse(text.as_bytes()).unwrap();
            let first = summary(&structure(&document));
            prop_assert!(!first.is_empty());
            prop_assert_eq!(first, summary(&structure(&document)));
            // A piece of nonsense somewhere inside a document that is fine otherwise.
            let places: Vec<usize> = SMALL.match_indices("><").map(|(at, _)| at + 1).collect();
            let (before, after) = SMALL.split_at(places[at.index(places.len())]);
            let document = Document::parse(format!("{before}{}{after}", children.concat()).as_bytes()).unwrap();
            structure(&document);
        }
    }
}
