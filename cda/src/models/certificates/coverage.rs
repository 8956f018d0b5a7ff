//! Social cover (section FR-Couvertures-sociales, first certificate).

use std::fmt;

use super::item::loinc;
use super::sets::{CoverageKind, coded};
use super::write::{Context, Rows, SectionKind, related};
use crate::ClinicalDocument;
use crate::body::{
    Act, EntryParticipant, EntryPerformer, ParticipantRole, ParticipantSubject, PlayingEntity,
    Section, Statement,
};
use crate::datatypes::{Ad, Cd, Cs, En, Ii, NamePart, NamePartKind, NullFlavor, Tel};
use crate::header::{AssignedEntity, Organization};
use crate::models::ModelError;
use crate::models::error::need_text;
use crate::models::frame::templates;

const COVERAGE: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.9",
        "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.7",
        "1.2.250.1.213.1.1.2.79",
    ],
    loinc("48768-6", "Couvertures sociales"),
    "Couverture sociale",
);
const COVER: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.20",
    "1.3.6.1.4.1.19376.1.5.3.1.4.17",
    "1.2.250.1.213.1.1.3.61",
];
const PAYER: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.26",
    "1.3.6.1.4.1.19376.1.5.3.1.4.18",
    "1.2.250.1.213.1.1.3.94",
];

/// Social cover of the family, with its holder.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Coverage {
    /// Kind of cover.
    pub kind: CoverageKind,
    /// Name of the insurer, when it is told.
    pub payer: Option<String>,
    /// Identifier of the insurer.
    pub payer_id: Option<Ii>,
    /// Address of the insurer.
    pub payer_address: Option<Ad>,
    /// Telephone numbers of the insurer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub payer_telecoms: Vec<Tel>,
    /// Family name of the holder.
    pub holder_family: String,
    /// Given name of the holder.
    pub holder_given: String,
    /// Civility of the holder: `M`, `MME`.
    pub holder_civility: Option<String>,
    /// Number of social security of the holder (NIR, under `1.2.250.1.213.1.4.13`).
    pub holder_nir: Option<Ii>,
    /// Address of the holder.
    pub holder_address: Option<Ad>,
    /// Telephone numbers of the holder.
    #[cfg_attr(feature = "serde", serde(default))]
    pub holder_telecoms: Vec<Tel>,
}

fn address(address: Option<&Ad>) -> Vec<Ad> {
    vec![
        address
            .cloned()
            .unwrap_or_else(|| Ad::null(NullFlavor::NotAsked)),
    ]
}

fn telecoms(list: &[Tel]) -> Vec<Tel> {
    if list.is_empty() {
        vec![Tel::null(NullFlavor::NotAsked)]
    } else {
        list.to_vec()
    }
}

fn known_address(list: &[Ad]) -> Option<Ad> {
    list.iter().find(|a| a.null_flavor.is_none()).cloned()
}

fn known_telecoms(list: &[Tel]) -> Vec<Tel> {
    let known = list.iter().filter(|t| t.null_flavor.is_none());
    known.cloned().collect()
}

impl Coverage {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        need_text(&self.holder_family, "coverages.holder_family")
    }

    fn performer(&self, context: &Context, anchor: &str) -> Option<EntryPerformer> {
        let name = self.payer.as_ref()?;
        let id = self.payer_id.clone();
        let entity = AssignedEntity {
            class_code: Some("ASSIGNED".to_owned()),
            ids: vec![id.unwrap_or_else(|| context.id(&format!("{anchor}-organisme")))],
            code: Some(
                Cd::new("GUAR", "2.16.840.1.113883.5.110")
                    .with_display("Garant")
                    .with_system_name("HL7:RoleClass"),
            ),
            addresses: address(self.payer_address.as_ref()),
            telecoms: telecoms(&self.payer_telecoms),
            organization: Some(Organization {
                names: vec![En::text(name.clone())],
                ..Organization::default()
            }),
            ..AssignedEntity::default()
        };
        Some(EntryPerformer {
            type_code: Some("PRF".to_owned()),
            assigned_entity: entity,
            ..EntryPerformer::default()
        })
    }

    fn holder(&self) -> EntryParticipant {
        let mut name = En::default();
        for (kind, value) in [
            (NamePartKind::Prefix, self.holder_civility.as_deref()),
            (NamePartKind::Family, Some(self.holder_family.as_str())),
            (
                NamePartKind::Given,
                Some(self.holder_given.as_str()).filter(|g| !g.is_empty()),
            ),
        ] {
            name.parts
                .extend(value.map(|value| NamePart::new(kind, value)));
        }
        EntryParticipant {
            type_code: "HLD".to_owned(),
            role: ParticipantRole {
                class_code: Some("INDIV".to_owned()),
                ids: self.holder_nir.iter().cloned().collect(),
                addresses: address(self.holder_address.as_ref()),
                telecoms: telecoms(&self.holder_telecoms),
                subject: Some(ParticipantSubject::Entity(PlayingEntity {
                    names: vec![name],
                    ..PlayingEntity::default()
                })),
                ..ParticipantRole::default()
            },
            ..EntryParticipant::default()
        }
    }

    fn act(&self, anchor: &str, context: &Context) -> Act {
        Act {
            class_code: "ACT".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&PAYER),
            ids: vec![context.id(anchor)],
            code: self.kind.to_cd(),
            text: Some(crate::datatypes::Ed::narrative(anchor)),
            status: Some(Cs::new("completed")),
            performers: self.performer(context, anchor).into_iter().collect(),
            participants: vec![self.holder()],
            ..Act::default()
        }
    }

    fn read(act: &Act) -> Option<Self> {
        let kind = CoverageKind::from_cd(&act.code)?;
        let payer = act.performers.first().map(|p| &p.assigned_entity);
        let holder = act.participants.iter().find(|p| p.type_code == "HLD");
        let holder = holder.map(|p| &p.role);
        let name = holder.and_then(|h| match &h.subject {
            Some(ParticipantSubject::Entity(entity)) => entity.names.first(),
            _ => None,
        });
        let part = |kind: NamePartKind| {
            let part = name?.parts.iter().find(|p| p.kind == kind)?;
            Some(part.value.trim().to_owned())
        };
        let organization = payer.and_then(|p| p.organization.as_ref());
        Some(Self {
            kind,
            payer: organization.and_then(|o| o.names.first()).map(En::to_line),
            payer_id: payer.and_then(|p| p.ids.first()).cloned(),
            payer_address: payer.and_then(|p| known_address(&p.addresses)),
            payer_telecoms: payer
                .map(|p| known_telecoms(&p.telecoms))
                .unwrap_or_default(),
            holder_family: part(NamePartKind::Family).unwrap_or_default(),
            holder_given: part(NamePartKind::Given).unwrap_or_default(),
            holder_civility: part(NamePartKind::Prefix),
            holder_nir: holder.and_then(|h| h.ids.first()).cloned(),
            holder_address: holder.and_then(|h| known_address(&h.addresses)),
            holder_telecoms: holder
                .map(|h| known_telecoms(&h.telecoms))
                .unwrap_or_default(),
        })
    }
}

/// All covers are related to one entry.
pub(super) fn section(coverages: &[Coverage], context: &Context) -> Section {
    let mut rows = Rows::new(context);
    let mut covers = Vec::new();
    for (rank, coverage) in coverages.iter().enumerate() {
        let anchor = format!("couverture-{}", rank + 1);
        rows.line("Couverture sociale", Some(&anchor), coverage.kind.name());
        if let Some(payer) = &coverage.payer {
            rows.line("Organisme", None, payer);
        }
        let act = coverage.act(&anchor, context);
        covers.push(related("COMP", None, Statement::Act(Box::new(act))));
    }
    let act = Act {
        class_code: "ACT".to_owned(),
        mood_code: "DEF".to_owned(),
        template_ids: templates(&COVER),
        ids: vec![context.id("couvertures")],
        code: coded(loinc("48768-6", "Couverture sociale")),
        status: Some(Cs::new("completed")),
        relationships: covers,
        ..Act::default()
    };
    rows.statement(Statement::Act(Box::new(act)));
    rows.section(&COVERAGE)
}

pub(super) fn read(document: &ClinicalDocument) -> Vec<Coverage> {
    let found = COVERAGE.found(document, false);
    let acts = found.statements.into_iter().filter_map(|s| match s {
        Statement::Act(act) if s.has_template(PAYER[2]) => Some(act),
        _ => None,
    });
    acts.filter_map(|act| Coverage::read(act)).collect()
}

/// Shows nothing of the family.
impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coverage(…)")
    }
}
