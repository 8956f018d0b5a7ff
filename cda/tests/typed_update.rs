//! Changes carried into an existing document: what is around them stays as it was.
// req: SC.CDA/INT.16

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong"
)]

use segur_cda::datatypes::{Ad, AddressPartKind, Cd, Cs, Ii, Int, IvlTs, NullFlavor, St, Tel, Ts};
use segur_cda::header::{AuthorSubject, Header, RelatedDocument};
use segur_cda::tree::ToleranceKind;
use segur_cda::{ClinicalDocument, body::Body};
use segur_xml::Document;

/// A document with what the standard does not foresee: comments, other prefixes, odd white space,
/// elements and attributes of a vendor.
const ODD: &str = r#"<?xml version='1.0'?>
<?style sheet?>
<h:ClinicalDocument  xmlns:h="urn:hl7-org:v3" xmlns:v='urn:vendor' v:build="7">
  <!-- realm -->
  <h:realmCode code = 'FR' />
  <h:id root="1.2.3"   extension='A' v:seen="yes"/>
  <h:title>Un &amp; deux<!-- kept --></h:title>
  <v:note>vendor's own <v:b/></v:note>
  <h:effectiveTime value="20240101"/>
  <h:recordTarget><h:patientRole>
    <h:id root="1.2.250.1.213.1.4.8" extension="1"/><!-- first -->
    <h:id root="1.2.3.4" extension="2"/>
    <h:addr><h:city>PARIS</h:city></h:addr>
  </h:patientRole></h:recordTarget>
</h:ClinicalDocument>
"#;

fn read(text: &str) -> (Document, Header) {
    let tree = Document::parse(text.as_bytes()).expect("well-formed");
    let header = Header::read_document(&tree).expect("a CDA document").value;
    (tree, header)
}

fn text(tree: &Document) -> String {
    String::from_utf8(tree.to_bytes()).expect("UTF-8")
}

#[test]
fn unknown_parts_are_told_and_kept() {
    let tree = Document::parse(ODD.as_bytes()).expect("well-formed");
    let reading = Header::read_document(&tree).expect("a CDA document");
    let unknown: Vec<_> = reading
        .unknown
        .iter()
        .map(|u| u.location.xpath.as_str())
        .collect();
    assert_eq!(
        unknown,
        [
            "/ClinicalDocument/@build",
            "/ClinicalDocument/id/@seen",
            "/ClinicalDocument/note"
        ]
    );
    let missing: Vec<_> = reading
        .tolerances
        .iter()
        .filter(|t| t.kind == ToleranceKind::Missing)
        .filter_map(|t| t.expected)
        .collect();
    assert_eq!(
        missing,
        ["typeId", "code", "confidentialityCode", "custodian"]
    );
    let (mut tree, header) = read(ODD);
    header.update(&mut tree).expect("updated");
    assert_eq!(text(&tree), ODD);
}

#[test]
fn attributes_texts_and_elements_change_where_they_stand() {
    let (mut tree, mut header) = read(ODD);
    header.id.extension = Some("B".to_owned());
    header.title = Some(St::new("Un < trois"));
    header.effective_time = Ts::new("20240102".parse().expect("a time"));
    header.record_targets[0].patient_role.ids.remove(0);
    header.update(&mut tree).expect("updated");
    let expected = ODD
        .replace("extension='A'", "extension='B'")
        .replace("Un &amp; deux", "Un &lt; trois")
        .replace("20240101", "20240102")
        .replace(
            "\n    <h:id root=\"1.2.250.1.213.1.4.8\" extension=\"1\"/>",
            "",
        );
    assert_eq!(text(&tree), expected);
}

#[test]
fn new_elements_come_in_place_with_the_prefix_and_indentation_around() {
    let (mut tree, mut header) = read(ODD);
    header.language = Some(Cs::new("fr-FR"));
    header.record_targets[0]
        .patient_role
        .ids
        .insert(1, Ii::new("1.2.9", "x"));
    header.record_targets[0]
        .patient_role
        .telecoms
        .push(Tel::new("tel:1"));
    header.update(&mut tree).expect("updated");
    let expected = ODD
        .replace(
            "<h:effectiveTime value=\"20240101\"/>",
            "<h:effectiveTime value=\"20240101\"/>\n  <h:languageCode code=\"fr-FR\"/>",
        )
        .replace(
            "extension=\"1\"/><!-- first -->",
            "extension=\"1\"/>\n    <h:id root=\"1.2.9\" extension=\"x\"/><!-- first -->",
        )
        .replace(
            "PARIS</h:city></h:addr>",
            "PARIS</h:city></h:addr>\n    <h:telecom value=\"tel:1\"/>",
        );
    assert_eq!(text(&tree), expected);
}

#[test]
fn extensions_declare_their_namespace_where_they_are_put() {
    let (mut tree, mut header) = read(ODD);
    header.code = Cd {
        value_set: Some("1.2.3".to_owned()),
        ..Cd::new("a", "1.2")
    };
    header.update(&mut tree).expect("updated");
    let written = text(&tree);
    assert!(
        written.contains(
            "<h:code xmlns:sdtc=\"urn:hl7-org:sdtc\" code=\"a\" codeSystem=\"1.2\" sdtc:valueSet=\"1.2.3\"/>"
        ),
        "{written}"
    );
    let again = Header::read_document(&tree).expect("a CDA document").value;
    assert_eq!(again, header);
}

#[test]
fn types_are_written_with_the_prefix_in_force() {
    let source = r#"<x:ClinicalDocument xmlns:x="urn:hl7-org:v3"><x:component><x:structuredBody><x:component><x:section><x:entry><x:observation classCode="OBS" moodCode="EVN"><x:code code="1"/></x:observation></x:entry></x:section></x:component></x:structuredBody></x:component></x:ClinicalDocument>"#;
    let mut tree = Document::parse(source.as_bytes()).expect("well-formed");
    let mut document = ClinicalDocument::read(&tree).expect("a CDA document").value;
    let Body::Structured(body) = &mut document.component.body else {
        panic!("a structured body")
    };
    let segur_cda::body::Statement::Observation(observation) =
        &mut body.components[0].section.entries[0].statement
    else {
        panic!("an observation")
    };
    observation.values.push(Int::new(3).into());
    document.update(&mut tree).expect("updated");
    assert!(text(&tree).contains(
        "<x:value xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x:INT\" value=\"3\"/>"
    ), "{}", text(&tree));
    assert_eq!(
        ClinicalDocument::read(&tree).expect("a CDA document").value,
        document
    );
}

#[test]
fn an_emptied_address_keeps_what_is_not_its_own() {
    let (mut tree, mut header) = read(ODD);
    header.record_targets[0].patient_role.addresses[0] = Ad::null(NullFlavor::NotAsked);
    header.update(&mut tree).expect("updated");
    assert_eq!(
        text(&tree),
        ODD.replace(
            "<h:addr><h:city>PARIS</h:city></h:addr>",
            "<h:addr nullFlavor=\"NASK\"></h:addr>"
        )
    );
    header.record_targets[0].patient_role.addresses[0] = Ad::new([(AddressPartKind::City, "LYON")]);
    header.update(&mut tree).expect("updated");
    let again = Header::read_document(&tree).expect("a CDA document").value;
    assert_eq!(again, header);
}

#[test]
fn any_header_can_be_carried_into_any_other() {
    let (mut tree, _) = read(ODD);
    let mut other = Header::french();
    other.code = Cd::new("29274-8", "2.16.840.1.113883.6.1").with_display("Mesures");
    other.related_documents.push(RelatedDocument {
        type_code: "RPLC".to_owned(),
        ..RelatedDocument::default()
    });
    other.authors.push(segur_cda::header::Author::default());
    other.authors[0].assigned_author.subject = Some(AuthorSubject::Device(
        segur_cda::header::AuthoringDevice::default(),
    ));
    other.component_of = Some(segur_cda::header::ComponentOf::default());
    other
        .component_of
        .as_mut()
        .expect("set")
        .encounter
        .effective_time = IvlTs::null(NullFlavor::Unknown);
    other.update(&mut tree).expect("updated");
    let again = Header::read_document(&tree).expect("a CDA document").value;
    assert_eq!(again, other);
    assert!(text(&tree).contains("<v:note>vendor's own <v:b/></v:note>"));
}

#[test]
fn a_character_that_xml_cannot_carry_is_an_error_with_its_place() {
    let (mut tree, mut header) = read(ODD);
    header.title = Some(St::new("a\u{1}b"));
    let error = header.update(&mut tree).expect_err("refused");
    assert!(
        error.to_string().contains("/ClinicalDocument/title"),
        "{error}"
    );
    let document = ClinicalDocument {
        header,
        ..ClinicalDocument::default()
    };
    let error = document.to_bytes().expect_err("refused");
    assert!(
        error.to_string().contains("/ClinicalDocument/title"),
        "{error}"
    );
}

#[test]
fn deep_nesting_is_bounded_on_a_small_stack() {
    let sections = ("<component><section>", "</section></component>");
    let entries = ("<entryRelationship><act>", "</act></entryRelationship>");
    for (prefix, (open, close), suffix) in [
        ("<structuredBody>", sections, "</structuredBody>"),
        (
            "<structuredBody><component><section><entry><act>",
            entries,
            "</act></entry></section></component></structuredBody>",
        ),
        (
            "<structuredBody><component><section><text>",
            ("<list><item>", "</item></list>"),
            "</text></section></component></structuredBody>",
        ),
    ] {
        let source = format!(
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component>{prefix}{}{}{suffix}</component></ClinicalDocument>",
            open.repeat(100),
            close.repeat(100)
        );
        let told = std::thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || {
                let tree = Document::parse(source.as_bytes()).expect("well-formed");
                let reading = ClinicalDocument::read(&tree).expect("a CDA document");
                let _ = reading.value.to_bytes().expect("written");
                reading
                    .tolerances
                    .iter()
                    .any(|t| t.kind == ToleranceKind::TooDeep)
            })
            .expect("a thread")
            .join()
            .expect("no overflow");
        assert!(told);
    }
}

#[test]
fn debug_tells_nothing_of_a_person() {
    let (_, header) = read(ODD);
    let debug = format!("{header:?}");
    assert!(
        !debug.contains("PARIS") && !debug.contains("deux"),
        "{debug}"
    );
    assert!(debug.contains("city"));
}
