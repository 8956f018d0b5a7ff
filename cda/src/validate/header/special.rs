//! Rules that a table cannot say.

use segur_core::Message;
use segur_xml::Node;

use super::HL7;
use super::messages;
use super::model::{Name, name};
use super::reader::Reader;
use super::tables::fragments::{VS_CIVILITY, VS_TITLE};

/// The rules written by hand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Special {
    /// One performer in the first act.
    FirstPerformer,
    /// One time in the first act.
    FirstServiceTime,
    /// The templates of a document without structured body.
    BodyTemplates,
    /// The identity traits that come with an INS.
    InsTraits,
    /// Qualifiers of the patient's given names.
    PatientGivenQualifier,
    /// Qualifiers of the patient's family names.
    PatientFamilyQualifier,
    /// Asked of the patient's names wherever a guardian has a family name.
    GuardianQualifier,
    /// Civility and title in the names found along a path.
    Civility(Civility),
    /// One assigned or one related entity.
    InformantChoice,
    /// Root and extension, or a null flavor.
    IdComplete,
    /// Code and system, or a null flavor alone.
    CodeOrNull,
    /// Scheme and rest, or a null flavor alone.
    TelecomValue,
}

/// Where the names are whose civility is checked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Civility {
    Author,
    Assigned,
    Related,
    Recipient,
    Signer,
    Associated,
    Performer,
    EncounterParticipant,
    Responsible,
}

impl Civility {
    fn path(self) -> &'static [Name] {
        match self {
            Self::Author => {
                const { &[name("assignedAuthor"), name("assignedPerson"), name("name")] }
            }
            Self::Assigned => const { &[name("assignedPerson"), name("name")] },
            Self::Related => const { &[name("relatedPerson"), name("name")] },
            Self::Recipient => {
                const {
                    &[
                        name("intendedRecipient"),
                        name("informationRecipient"),
                        name("name"),
                    ]
                }
            }
            Self::Signer => {
                const { &[name("assignedEntity"), name("assignedPerson"), name("name")] }
            }
            Self::Associated => {
                const {
                    &[
                        name("associatedEntity"),
                        name("associatedPerson"),
                        name("name"),
                    ]
                }
            }
            Self::Performer => {
                const {
                    &[
                        name("serviceEvent"),
                        name("performer"),
                        name("assignedEntity"),
                        name("assignedPerson"),
                        name("name"),
                    ]
                }
            }
            Self::EncounterParticipant => {
                const {
                    &[
                        name("encompassingEncounter"),
                        name("encounterParticipant"),
                        name("assignedEntity"),
                        name("assignedPerson"),
                        name("name"),
                    ]
                }
            }
            Self::Responsible => {
                const {
                    &[
                        name("encompassingEncounter"),
                        name("responsibleParty"),
                        name("assignedEntity"),
                        name("assignedPerson"),
                        name("name"),
                    ]
                }
            }
        }
    }
}

const NON_XML_TEMPLATES: [&str; 3] = [
    "2.16.840.1.113883.2.8.2.1",
    "1.2.250.1.213.1.1.1.1",
    "1.3.6.1.4.1.19376.1.2.20",
];

/// Assigning authorities of the INS for which the traits are asked.
const INS_ROOTS: [&str; 4] = [
    "1.2.250.1.213.1.4.8",
    "1.2.250.1.213.1.4.9",
    "1.2.250.1.213.1.4.10",
    "1.2.250.1.213.1.4.11",
];

/// Runs a rule on the element it is attached to.
pub(super) fn run<'a>(
    which: Special,
    id: &'static str,
    node: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    match which {
        Special::FirstPerformer => first_act(id, "performer", node, reader),
        Special::FirstServiceTime => first_act(id, "effectiveTime", node, reader),
        Special::BodyTemplates => body_templates(id, node, reader),
        Special::InsTraits => ins_traits(id, node, reader),
        Special::PatientGivenQualifier => patient_qualifier(id, "given", node, reader),
        Special::PatientFamilyQualifier => patient_qualifier(id, "family", node, reader),
        Special::GuardianQualifier => guardian_qualifier(id, node, reader),
        Special::Civility(place) => civility(id, place.path(), node, reader),
        Special::InformantChoice => informant(id, node, reader),
        Special::IdComplete => {
            let complete = has(node, "root") && has(node, "extension");
            if !complete && !has(node, "nullFlavor") {
                reader.report(id, node, messages::id_incomplete(), None, None);
            }
        }
        Special::CodeOrNull => {
            let coded = (has(node, "code"), has(node, "codeSystem"));
            let fine = match has(node, "nullFlavor") {
                true => coded == (false, false),
                false => coded == (true, true),
            };
            if !fine {
                reader.report(id, node, messages::code_or_null(), None, None);
            }
        }
        Special::TelecomValue => telecom(id, node, reader),
    }
}

fn has(node: Node<'_>, attribute: &str) -> bool {
    node.attribute(attribute).is_some()
}

fn first_act<'a>(
    id: &'static str,
    name: &'static str,
    root: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let first = root.child(HL7, "documentationOf");
    let mut number = 0_usize;
    let mut place = first.unwrap_or(root);
    for event in first
        .iter()
        .flat_map(|act| act.children_named(HL7, "serviceEvent"))
    {
        place = event;
        number += event.children_named(HL7, name).count();
    }
    if number != 1 {
        reader.report(id, place, messages::first_act(name, number), None, None);
    }
}

fn body_templates<'a>(id: &'static str, root: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let body = |name| {
        root.children_named(HL7, "component")
            .any(|part| part.child(HL7, name).is_some())
    };
    if body("structuredBody") {
        return;
    }
    if !body("nonXMLBody") {
        let place = root.child(HL7, "component").unwrap_or(root);
        reader.report(id, place, messages::no_body(), None, None);
        return;
    }
    let roots = || {
        root.children_named(HL7, "templateId")
            .filter_map(|t| t.attribute("root"))
    };
    let number = root.children_named(HL7, "templateId").count();
    let missing = NON_XML_TEMPLATES
        .iter()
        .find(|wanted| !roots().any(|r| r == **wanted));
    if let Some(missing) = missing {
        reader.report(
            id,
            root,
            messages::non_xml_template_missing(missing),
            None,
            None,
        );
    } else if number != NON_XML_TEMPLATES.len() {
        let extra = root.children_named(HL7, "templateId").find(|t| {
            !t.attribute("root")
                .is_some_and(|r| NON_XML_TEMPLATES.contains(&r.as_ref()))
        });
        let extra = extra.or_else(|| root.children_named(HL7, "templateId").last());
        reader.report(
            id,
            extra.unwrap_or(root),
            messages::non_xml_template_extra(),
            None,
            None,
        );
    }
}

fn roles(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    root.children_named(HL7, "recordTarget")
        .flat_map(|target| target.children_named(HL7, "patientRole"))
}

fn patients(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    roles(root).flat_map(|role| role.children_named(HL7, "patient"))
}

fn names(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    patients(root).flat_map(|patient| patient.children_named(HL7, "name"))
}

fn qualified<'a>(root: Node<'a>, part: &'static str, qualifier: &'static str) -> bool {
    names(root)
        .flat_map(|name| name.children_named(HL7, part))
        .any(|part| part.attribute("qualifier").is_some_and(|q| q == qualifier))
}

fn ins_traits<'a>(id: &'static str, root: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let mut ids = roles(root).flat_map(|role| role.children_named(HL7, "id"));
    let with_ins = ids.any(|id| {
        id.attribute("root")
            .is_some_and(|root| INS_ROOTS.contains(&root.as_ref()))
    });
    let with_extension = || {
        roles(root)
            .flat_map(|role| role.children_named(HL7, "id"))
            .any(|id| has(id, "extension"))
    };
    if !with_ins && with_extension() {
        return;
    }
    let patient = patients(root).next();
    let name = names(root).next();
    let place = patient.or_else(|| roles(root).next()).unwrap_or(root);
    let mut missing = |present: bool, place: Node<'a>, fr: &'static str, en: &'static str| {
        if !present {
            reader.report(id, place, messages::ins_trait(with_ins, fr, en), None, None);
        }
    };
    let at_name = name.unwrap_or(place);
    missing(
        qualified(root, "family", "BR"),
        at_name,
        "le nom de naissance (name/family qualifier=\"BR\")",
        "the birth name (name/family qualifier=\"BR\")",
    );
    missing(
        qualified(root, "given", "BR"),
        at_name,
        "le premier prénom de l'acte de naissance (name/given qualifier=\"BR\")",
        "the first given name of the birth record (name/given qualifier=\"BR\")",
    );
    let all_given = names(root)
        .flat_map(|name| name.children_named(HL7, "given"))
        .any(|given| !has(given, "qualifier"));
    missing(
        all_given,
        at_name,
        "la liste des prénoms de naissance (name/given sans qualifier)",
        "the list of birth given names (name/given without qualifier)",
    );
    missing(
        patients(root).any(|patient| patient.child(HL7, "birthTime").is_some()),
        place,
        "la date de naissance (birthTime)",
        "the date of birth (birthTime)",
    );
    let (county, deepest) = follow(patients(root), &["birthplace", "place", "addr", "county"]);
    missing(
        county,
        deepest.unwrap_or(place),
        "le code officiel géographique du lieu de naissance (birthplace/place/addr/county)",
        "the official geographic code of the birthplace (birthplace/place/addr/county)",
    );
    let gender = patient.and_then(|patient| patient.child(HL7, "administrativeGenderCode"));
    let coded = patients(root)
        .flat_map(|patient| patient.children_named(HL7, "administrativeGenderCode"))
        .any(|gender| has(gender, "code"));
    missing(
        coded,
        gender.unwrap_or(place),
        "le sexe (administrativeGenderCode/@code)",
        "the sex (administrativeGenderCode/@code)",
    );
}

/// Whether the path leads somewhere from one of the nodes, and the last element met on the way.
fn follow<'a>(from: impl Iterator<Item = Node<'a>>, path: &[&str]) -> (bool, Option<Node<'a>>) {
    let mut level: Vec<Node<'a>> = from.collect();
    for name in path {
        let next: Vec<Node<'a>> = level
            .iter()
            .flat_map(|node| node.children_named(HL7, name))
            .collect();
        if next.is_empty() {
            return (false, level.first().copied());
        }
        level = next;
    }
    (true, level.first().copied())
}

fn patient_qualifier<'a>(
    id: &'static str,
    part: &'static str,
    name: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    for part in name.children_named(HL7, part) {
        let Some(qualifier) = part.attribute("qualifier") else {
            continue;
        };
        if qualifier != "BR" && qualifier != "CL" {
            let found = segur_core::Found::Public(qualifier.into_owned());
            reader.report(
                id,
                part,
                messages::qualifier(part.local_name()),
                Some("BR | CL".into()),
                Some(found),
            );
        }
    }
}

fn guardian_qualifier<'a>(id: &'static str, family: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let root = reader.context.root;
    let known = reader.qualified.get_or_insert_with(|| {
        ["BR", "SP", "CL"]
            .iter()
            .any(|q| qualified(root, "family", q))
    });
    if !*known {
        reader.report(id, family, messages::guardian_qualifier(), None, None);
    }
}

fn civility<'a>(id: &'static str, path: &[Name], node: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let Some((last, steps)) = path.split_last() else {
        return;
    };
    walk(id, steps, *last, node, reader);
}

fn walk<'a>(
    id: &'static str,
    steps: &[Name],
    last: Name,
    node: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    match steps.split_first() {
        Some((step, rest)) => {
            for child in node.elements() {
                if reader.is(child, *step) {
                    walk(id, rest, last, child, reader);
                }
            }
        }
        None => {
            for child in node.elements() {
                if reader.is(child, last) {
                    titles(id, "prefix", VS_CIVILITY, child, reader);
                    titles(id, "suffix", VS_TITLE, child, reader);
                }
            }
        }
    }
}

fn titles<'a>(
    id: &'static str,
    part: &'static str,
    oid: &'static str,
    name: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    for title in name.elements().filter(|title| title.is(HL7, part)) {
        let Some(set) = reader.vocabulary.set(oid) else {
            reader.not_run(id, oid);
            return;
        };
        let text = title.string_value();
        if !set.contains_code(&text) {
            let found = segur_core::Found::Public(text.into_owned());
            reader.report(id, title, messages::civility(part, oid), None, Some(found));
        }
    }
}

fn informant<'a>(id: &'static str, node: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let mut entities = node.elements().filter(|e| {
        e.is(HL7, "assignedEntity")
            || (e.is(HL7, "relatedEntity")
                && has(*e, "classCode")
                && e.child(HL7, "relatedPerson").is_some())
    });
    reader.bounds(
        id,
        node,
        &["assignedEntity", "relatedEntity"],
        1,
        1,
        &mut entities,
    );
}

fn telecom<'a>(id: &'static str, node: Node<'a>, reader: &mut Reader<'_, 'a>) {
    let value = node.attribute("value");
    let null = node.attribute("nullFlavor");
    let message: Message = match (&value, &null) {
        (None, None) => messages::telecom_empty(),
        (Some(_), Some(_)) => messages::telecom_both(),
        (None, Some(null)) => {
            if !["UNK", "NASK", "ASKU", "NAV", "MSK"].contains(&null.as_ref()) {
                messages::telecom_null()
            } else if node.attributes().count() != 1 {
                messages::telecom_null_alone()
            } else {
                return;
            }
        }
        (Some(value), None) => match value.split_once(':') {
            Some((scheme, rest))
                if !rest.is_empty()
                    && ["tel", "fax", "mailto", "http", "ftp", "mllp"].contains(&scheme) =>
            {
                return;
            }
            _ => messages::telecom_scheme(),
        },
    };
    let found = value.map(|value| reader.found("value", value));
    reader.report(id, node, message, None, found);
}
