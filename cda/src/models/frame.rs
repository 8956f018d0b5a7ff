//! The header that every model shares.

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use super::parties::{Patient, Practice, Professional};
use crate::datatypes::{Cd, Cs, Ii, Int, IvlTs, St, Ts};
use crate::header::{
    Author, ComponentOf, DocumentationOf, EncompassingEncounter, EncounterLocation, Header,
    HealthCareFacility, Informant, LegalAuthenticator, ParentDocument, Participant, Performer,
    RecordTarget, RelatedDocument, ServiceEvent,
};

/// What a model fixes in the header.
pub(super) struct ModelInfo {
    pub name: &'static str,
    /// Templates besides the two common ones; the last one is the model with its version.
    pub templates: &'static [(&'static str, Option<&'static str>)],
    pub code: (&'static str, &'static str, &'static str),
    pub title: &'static str,
    /// Code of the documented act.
    pub act: (&'static str, &'static str, &'static str),
}

const N1: ModelInfo = ModelInfo {
    name: "N1",
    templates: &[("1.3.6.1.4.1.19376.1.2.20", None)],
    code: ("", "", ""),
    title: "",
    act: ("", "", ""),
};

/// Who, when, where: what the header of every document says. The professional is author, legal
/// authenticator and performer of the act.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Identifier of the document: a new one for each version.
    pub id: Ii,
    /// Identifier shared by all versions of the document.
    pub set_id: Ii,
    /// Version, from 1.
    pub version: u32,
    /// The document that this one replaces, when it does.
    pub replaces: Option<Ii>,
    /// When the document is made.
    pub effective_time: Timestamp,
    /// The patient.
    pub patient: Patient,
    /// The professional.
    pub author: Professional,
    /// Who keeps the document.
    pub custodian: Practice,
    /// Who gave information; whom to tell.
    #[cfg_attr(feature = "serde", serde(default))]
    pub informants: Vec<Informant>,
    /// Other participants, such as the treating physician.
    #[cfg_attr(feature = "serde", serde(default))]
    pub participants: Vec<Participant>,
    /// When the act was done.
    pub act_time: Timestamp,
    /// Kind of facility, of `1.2.250.1.71.4.2.4`, such as `SA07` (Cabinet individuel).
    pub facility: Cd,
}

fn code((code, display, system): (&str, &str, &str)) -> Cd {
    Cd::new(code, system).with_display(display)
}

impl Frame {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        need_text(self.id.root.as_deref().unwrap_or(""), "id")?;
        need_text(self.set_id.root.as_deref().unwrap_or(""), "set_id")?;
        if self.version == 0 {
            return Err(ModelError::Range {
                field: "version",
                expected: "1 or more",
            });
        }
        self.patient.check()?;
        self.author.check("author")?;
        need_text(&self.custodian.name, "custodian.name")?;
        need_text(self.facility.code.as_deref().unwrap_or(""), "facility")?;
        not_before(
            &self.act_time,
            "act_time",
            &self.patient.birth_date,
            "patient.birth_date",
        )?;
        not_before(
            &self.effective_time,
            "effective_time",
            &self.act_time,
            "act_time",
        )
    }

    pub(super) fn to_header(&self, model: &ModelInfo) -> Header {
        let common = Header::french();
        let mut template_ids = common.template_ids.clone();
        template_ids.extend(model.templates.iter().map(|(root, extension)| Ii {
            root: Some((*root).to_owned()),
            extension: extension.map(str::to_owned),
            ..Ii::default()
        }));
        let performer = Performer {
            type_code: "PRF".to_owned(),
            assigned_entity: self.author.to_assigned(),
            ..Performer::default()
        };
        let act = ServiceEvent {
            code: Some(code(model.act)),
            effective_time: Some(IvlTs::since(self.act_time)),
            performers: vec![performer],
            ..ServiceEvent::default()
        };
        let facility = HealthCareFacility {
            ids: vec![self.author.practice.id.clone()],
            code: Some(self.facility.clone()),
            ..HealthCareFacility::default()
        };
        let encounter = EncompassingEncounter {
            effective_time: IvlTs::since(self.act_time),
            location: Some(EncounterLocation {
                facility,
                ..EncounterLocation::default()
            }),
            ..EncompassingEncounter::default()
        };
        let replaced = self.replaces.iter().map(|id| RelatedDocument {
            type_code: "RPLC".to_owned(),
            parent: ParentDocument {
                ids: vec![id.clone()],
                ..ParentDocument::default()
            },
            ..RelatedDocument::default()
        });
        Header {
            template_ids,
            id: self.id.clone(),
            code: code(model.code),
            title: Some(St::new(model.title)),
            effective_time: Ts::new(self.effective_time),
            set_id: Some(self.set_id.clone()),
            version: Some(Int::new(self.version.into())),
            record_targets: vec![RecordTarget {
                patient_role: self.patient.to_role(),
                ..RecordTarget::default()
            }],
            authors: vec![Author {
                time: Ts::new(self.effective_time),
                assigned_author: self.author.to_author(),
                ..Author::default()
            }],
            informants: self.informants.clone(),
            custodian: self.custodian.to_custodian(),
            legal_authenticator: Some(LegalAuthenticator {
                time: Ts::new(self.effective_time),
                signature: Cs::new("S"),
                assigned_entity: self.author.to_assigned(),
                ..LegalAuthenticator::default()
            }),
            participants: self.participants.clone(),
            documentation_of: vec![DocumentationOf {
                service_event: act,
                ..DocumentationOf::default()
            }],
            related_documents: replaced.collect(),
            component_of: Some(ComponentOf {
                encounter,
                ..ComponentOf::default()
            }),
            ..common
        }
    }

    /// The header of a document whose body is a medium (N1): its kind and the documented act are the
    /// caller's choice, the title is the kind's name.
    ///
    /// Source: CI-SIS, minimal structure of health documents; `1.3.6.1.4.1.19376.1.2.20` (IHE XDS-SD)
    /// is the third template of documents of level 1.
    ///
    /// # Errors
    /// When a field is missing or contradicts another; the error names it.
    pub fn to_header_n1(&self, kind: Cd, act: Cd) -> Result<Header, ModelError> {
        self.check()?;
        need_text(kind.code.as_deref().unwrap_or(""), "kind")?;
        need_text(act.code.as_deref().unwrap_or(""), "act")?;
        let title = need(kind.display_name.clone(), "kind")?;
        let mut header = self.to_header(&N1);
        header.code = kind;
        header.title = Some(St::new(title));
        if let Some(event) = header.documentation_of.first_mut() {
            event.service_event.code = Some(act);
        }
        Ok(header)
    }

    pub(super) fn from_header(header: &Header, model: &ModelInfo) -> Result<Self, ModelError> {
        let template = model.templates.last().map_or("", |(root, _)| root);
        if !header.template_ids.iter().any(|id| id.is_under(template)) {
            return Err(ModelError::OtherModel {
                model: model.name,
                template,
            });
        }
        let author = need(header.authors.first(), "author")?;
        let event = header.documentation_of.first().map(|d| &d.service_event);
        let encounter = header.component_of.as_ref().map(|c| &c.encounter);
        let act_time = event
            .and_then(|e| e.effective_time.as_ref())
            .and_then(|t| t.start());
        let facility = encounter
            .and_then(|e| e.location.as_ref())
            .and_then(|l| l.facility.code.clone());
        let replaced = header
            .related_documents
            .iter()
            .find(|d| d.type_code == "RPLC");
        let version = header.version.as_ref().and_then(|v| v.value);
        // The legal authenticator says more of the practice than the author.
        let mut professional = match &header.legal_authenticator {
            Some(signer) if signer.assigned_entity.ids == author.assigned_author.ids => {
                Professional::from_assigned(&signer.assigned_entity, "author")?
            }
            _ => Professional::from_author(&author.assigned_author, "author")?,
        };
        let performers = event.into_iter().flat_map(|e| &e.performers);
        let same = performers
            .map(|p| &p.assigned_entity)
            .find(|entity| entity.ids.first() == Some(&professional.id));
        if let Some(performer) = same.and_then(|p| Professional::from_assigned(p, "author").ok()) {
            let practice = &mut professional.practice;
            practice.address = practice.address.take().or(performer.practice.address);
            practice.setting = practice.setting.take().or(performer.practice.setting);
        }
        Ok(Self {
            id: header.id.clone(),
            set_id: need(header.set_id.clone(), "set_id")?,
            version: need(version.and_then(|v| u32::try_from(v).ok()), "version")?,
            replaces: replaced.and_then(|d| d.parent.ids.first().cloned()),
            effective_time: need(header.effective_time.value, "effective_time")?,
            patient: Patient::from_role(need(header.patient_role(), "patient")?)?,
            author: professional,
            custodian: Practice::from_custodian(&header.custodian)?,
            informants: header.informants.clone(),
            participants: header.participants.clone(),
            act_time: need(act_time.copied(), "act_time")?,
            facility: need(facility, "facility")?,
        })
    }
}

/// Templates that are a root alone.
pub(super) fn templates(roots: &[&str]) -> Vec<Ii> {
    roots.iter().map(|root| Ii::of_root(*root)).collect()
}

/// Refuses a time that lies before another, as far as both are known.
pub(super) fn not_before(
    later: &Timestamp,
    later_field: &'static str,
    earlier: &Timestamp,
    earlier_field: &'static str,
) -> Result<(), ModelError> {
    let key = |t: &Timestamp| (t.year(), t.month(), t.day());
    let (a, b) = (key(earlier), key(later));
    let known = |part: Option<u8>, other: Option<u8>| part.zip(other);
    let before = b.0 < a.0
        || (b.0 == a.0
            && known(a.1, b.1).is_some_and(|(m, n)| {
                n < m || (n == m && known(a.2, b.2).is_some_and(|(d, e)| e < d))
            }));
    if before {
        return Err(ModelError::Order {
            earlier: earlier_field,
            later: later_field,
        });
    }
    Ok(())
}
