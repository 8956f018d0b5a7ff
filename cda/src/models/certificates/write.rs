//! What the parts of a certificate are written with: identifiers, rows of the narrative, sections.

use segur_core::Timestamp;
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::item::{EntryId, Found, Item, Relation};
use super::sets::{Code, LOINC, coded};
use crate::ClinicalDocument;
use crate::body::{
    Act, Entry, EntryRelationship, Narrative, NarrativeElement, NarrativeNode, Observation,
    Section, SectionComponent, Statement, Subject,
};
use crate::datatypes::{Cs, Ed, Ii, St};
use crate::models::frame::{Frame, templates};

const COMMENT: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.40",
    "1.3.6.1.4.1.19376.1.5.3.1.4.2",
    "1.2.250.1.213.1.1.3.32",
];

/// What every entry of a certificate needs to know.
pub(super) struct Context {
    seed: String,
    mother: Option<Subject>,
    father: Option<Subject>,
    pub(super) is_24: bool,
}

impl Context {
    pub(super) fn new(
        frame: &Frame,
        mother: Option<Subject>,
        father: Option<Subject>,
        is_24: bool,
    ) -> Self {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            seed: format!(
                "{}^{}",
                part(&frame.set_id.root),
                part(&frame.set_id.extension)
            ),
            mother,
            father,
            is_24,
        }
    }

    /// The identifier of an entry: a UUID (RFC 9562, version 8) made from the document's set and the
    /// field, so that a field keeps its identifier from version to version.
    pub(super) fn id(&self, field: &str) -> EntryId {
        let digest = Sha256::digest(format!("{}\n{field}", self.seed));
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes[6] = (bytes[6] & 0x0F) | 0x80;
        bytes[8] = (bytes[8] & 0x3F) | 0x80;
        let hex: String = bytes.iter().map(|b| format!("{b:02X}")).collect();
        Ii::of_root(format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        ))
    }

    pub(super) fn subject(&self, relation: Relation) -> Option<&Subject> {
        match relation {
            Relation::Mother => self.mother.as_ref(),
            Relation::Father => self.father.as_ref(),
        }
    }
}

/// Entries of a section with the rows of its narrative, in the same order.
pub(super) struct Rows<'a> {
    pub(super) context: &'a Context,
    /// When what follows was observed.
    pub(super) date: Option<Timestamp>,
    pub(super) statements: Vec<Statement>,
    table: Vec<Vec<NarrativeNode>>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(context: &'a Context) -> Self {
        Self {
            context,
            date: None,
            statements: Vec::new(),
            table: Vec::new(),
        }
    }

    /// Rows that were observed at this time.
    pub(super) fn at(context: &'a Context, date: Timestamp) -> Self {
        Self {
            date: Some(date),
            ..Self::new(context)
        }
    }

    /// The observation of a row and its line in the narrative.
    pub(super) fn push(&mut self, item: &Item, answer: &impl Answer) {
        self.line(item.label(), Some(item.anchor()), &answer.shown());
        let observation = item.observation(answer, self.context, self.date);
        self.statement(Statement::Observation(Box::new(observation)));
    }

    pub(super) fn statement(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    /// A line of the narrative; entries lead to it by its identifier.
    pub(super) fn line(&mut self, label: &str, id: Option<&str>, text: &str) {
        let value: NarrativeNode = match id {
            Some(id) => NarrativeElement::content(id, text).into(),
            None => text.into(),
        };
        self.table.push(vec![label.into(), value]);
    }

    /// Adds words to the answer of the last line.
    pub(super) fn append(&mut self, text: &str) {
        let last = self.table.last_mut().and_then(|row| row.last_mut());
        if let Some(NarrativeNode::Element(element)) = last {
            element.children.push(text.into());
        }
    }

    pub(super) fn narrative(&mut self) -> Narrative {
        let table = std::mem::take(&mut self.table);
        Narrative::new([NarrativeElement::table(&["Donnée", "Réponse"], table)])
    }

    /// The section of these entries.
    pub(super) fn section(mut self, kind: &SectionKind) -> Section {
        let text = self.narrative();
        let entries = self.statements.into_iter().map(|statement| Entry {
            type_code: kind.derived.then(|| "DRIV".to_owned()),
            statement,
            ..Entry::default()
        });
        Section {
            entries: entries.collect(),
            text: Some(text),
            ..kind.empty()
        }
    }
}

/// Templates, code and title of a section.
pub(super) struct SectionKind {
    pub(super) templates: &'static [&'static str],
    pub(super) code: Code,
    pub(super) title: &'static str,
    /// Whether its entries say that the narrative was made from them (`DRIV`).
    pub(super) derived: bool,
}

impl SectionKind {
    pub(super) const fn new(
        templates: &'static [&'static str],
        code: Code,
        title: &'static str,
    ) -> Self {
        Self {
            templates,
            code,
            title,
            derived: false,
        }
    }

    pub(super) const fn derived(mut self) -> Self {
        self.derived = true;
        self
    }

    /// The section without text and entries.
    pub(super) fn empty(&self) -> Section {
        Section {
            template_ids: templates(self.templates),
            code: Some(coded(self.code)),
            title: Some(St::new(self.title)),
            ..Section::default()
        }
    }

    /// Whether a section is of this kind: by the template of the CI-SIS, the last one.
    pub(super) fn is(&self, section: &Section) -> bool {
        self.templates
            .last()
            .is_some_and(|template| section.has_template(template))
    }

    /// The first section of this kind in a document.
    pub(super) fn find<'d>(&self, document: &'d ClinicalDocument) -> Option<&'d Section> {
        document.sections().find(|section| self.is(section))
    }

    /// Every entry, at any depth, of the sections of this kind.
    pub(super) fn found<'d>(&self, document: &'d ClinicalDocument, is_24: bool) -> Found<'d> {
        let sections = document.sections().filter(|section| self.is(section));
        let entries = sections.flat_map(|section| &section.entries);
        Found {
            statements: entries.flat_map(|entry| entry.statement.walk()).collect(),
            is_24,
        }
    }
}

/// A section within another.
pub(super) fn within(section: Section) -> SectionComponent {
    SectionComponent {
        section,
        ..SectionComponent::default()
    }
}

/// An entry related to another.
pub(super) fn related(
    type_code: &str,
    inversion: Option<bool>,
    statement: Statement,
) -> EntryRelationship {
    EntryRelationship {
        type_code: type_code.to_owned(),
        inversion,
        statement,
        ..EntryRelationship::default()
    }
}

/// A comment whose text stands in the narrative.
pub(super) fn comment(anchor: &str) -> EntryRelationship {
    let act = Act {
        class_code: "ACT".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&COMMENT),
        code: coded(("48767-8", LOINC, "Commentaire")),
        text: Some(Ed::narrative(anchor)),
        status: Some(Cs::new("completed")),
        ..Act::default()
    };
    related("SUBJ", Some(true), Statement::Act(Box::new(act)))
}

/// The text of the comment that an entry has.
pub(super) fn comment_of(
    section: Option<&Section>,
    relationships: &[EntryRelationship],
) -> Option<String> {
    let act = relationships.iter().find_map(|r| match &r.statement {
        Statement::Act(act) if r.statement.has_template(COMMENT[2]) => Some(act),
        _ => None,
    })?;
    let text = section?.resolve(act.text.as_ref()?)?;
    Some(text).filter(|text| !text.is_empty())
}

/// The observations among entries.
pub(super) fn observations(statements: Vec<Statement>) -> Vec<Observation> {
    statements
        .into_iter()
        .filter_map(|statement| match statement {
            Statement::Observation(observation) => Some(*observation),
            _ => None,
        })
        .collect()
}
