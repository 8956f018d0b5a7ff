//! Labour, delivery and the newborn (first certificate).

use std::fmt;

use segur_core::Timestamp;

use super::answer::{Answer as _, Apgar, Quantity, Told};
use super::item::{Found, Item, Negation, Relation, cim10, fields, loinc, since_unknown, ta};
use super::sets::{
    Analgesia, CaesareanCause, DeliveryMethod, HearingResult, LabourOnset, Presentation,
    ServiceKind, TransferKind, coded,
};
use super::vitals;
use super::write::{Context, Rows, SectionKind, related, within};
use crate::ClinicalDocument;
use crate::body::{
    Act, EntryParticipant, ParticipantRole, ParticipantSubject, PlayingEntity, Procedure, Section,
    Statement,
};
use crate::datatypes::{Ad, Cd, Cs, Ed, En, Ii, IvlTs, NullFlavor, Tel};
use crate::models::ModelError;
use crate::models::error::{need, need_text};
use crate::models::frame::templates;

const LABOUR: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.3",
        "1.2.250.1.213.1.1.2.123",
    ],
    loinc("57074-7", "Travail et accouchement"),
    "Travail et accouchement",
);
const EVENTS: [&str; 3] = [
    "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9",
    "1.3.6.1.4.1.19376.1.7.3.1.1.13.7",
    "1.2.250.1.213.1.1.2.163",
];
const LABOUR_EVENTS: SectionKind = SectionKind::new(
    &EVENTS,
    loinc("42545-4", "Evènements observés"),
    "Evènements observés",
);
const TRANSFER_EVENTS: SectionKind = SectionKind::new(
    &EVENTS,
    loinc("42545-4", "Evènements observés"),
    "Transfert ou mutation de l'enfant",
);
const NEWBORN: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.4",
        "1.2.250.1.213.1.1.2.124",
    ],
    loinc(
        "57075-4",
        "Informations sur l'accouchement et le nouveau-né",
    ),
    "Informations sur le nouveau-né",
);
const EXAMINATION: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.3.24",
        "1.3.6.1.4.1.19376.1.5.3.1.1.9.15",
        "1.3.6.1.4.1.19376.1.5.3.1.1.9.15.1",
        "1.2.250.1.213.1.1.2.84",
    ],
    loinc("29545-1", "Examen physique"),
    "Etat de l'enfant à la naissance",
);
const PROBLEMS: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.11",
        "1.3.6.1.4.1.19376.1.5.3.1.3.6",
        "1.2.250.1.213.1.1.2.132",
    ],
    loinc("11450-4", "Liste des problèmes actifs"),
    "Pathologies de la première semaine",
);
const ACTS: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.1.13.2.11",
        "1.2.250.1.213.1.1.2.118",
    ],
    loinc("29554-3", "Actes"),
    "Actes et interventions",
);
/// Ears, in edition 2024.01: its problems give the result of the hearing screening.
const EARS_2024: &str = "1.2.250.1.213.1.1.2.90";
const PROCEDURE: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.29",
    "1.3.6.1.4.1.19376.1.5.3.1.4.19",
    "1.2.250.1.213.1.1.3.62",
];
const TRANSFER: [&str; 2] = [
    "1.3.6.1.4.1.19376.1.5.3.1.1.25.1.4.1",
    "1.2.250.1.213.1.1.3.28",
];
const SPECIAL_CARE: super::sets::Code = ta("MED-174", "Gestes techniques spécialisés");
const HEARING: super::sets::Code = ta("MED-1304", "Dépistage de la surdité");
/// Neonatal screening, the act of edition 2024.01.
const HEARING_2024: (&str, &str) = ("60151004", super::sets::SNOMED_CT);
const HEARING_RESULT: Item = Item::simple(
    ta("MED-1305", "Résultat du dépistage de la surdité"),
    "audition-resultat",
)
.negated(Negation::False);
const TRANSFER_KIND: Item = Item::simple(ta("ORG-081", "Type de transfert"), "transfert-type");

fields! {
    /// Labour and delivery.
    pub struct Labour, draft LabourDraft, at "labour" {
        /// Number of foetuses.
        must foetuses: Told<u32> =
            Item::simple(loinc("55281-0", "Nombre de fœtus"), "foetus").within(&[("1", 1.0, 12.0)]);
        /// Gestational age in full weeks of amenorrhoea.
        must gestational_age: Told<u32> =
            Item::simple(loinc("11885-1", "Age gestationnel (semaines d'amenorrhées révolues)"), "age-gestationnel")
                .within(&[("1", 20.0, 46.0)]);
        /// Presentation.
        must presentation: Told<Presentation> =
            Item::simple(ta("MED-1248", "Présentation fœtale"), "presentation");
        /// Whether the membranes broke more than 12 hours before.
        must early_rupture: Told<bool> =
            Item::simple(ta("MED-166", "Rupture membranaire plus de 12 h avant l'accouchement"), "rupture-membranaire");
        /// How labour began.
        must onset: LabourOnset =
            Item::simple(loinc("73813-8", "Caractéristiques du travail"), "debut-travail");
        /// Pain relief.
        must analgesia: Analgesia = Item::simple(ta("MED-168", "Analgésie au cours du travail"), "analgesie");
        /// How the child was born.
        must delivery: DeliveryMethod = Item::simple(loinc("57071-3", "Méthode d'accouchement"), "accouchement");
        /// Cause of a caesarean.
        may caesarean_cause: CaesareanCause =
            Item::simple(ta("MED-600", "Cause de la césarienne"), "cause-cesarienne");
    }
}

fields! {
    /// Measures at birth.
    pub struct BirthMeasures, draft BirthMeasuresDraft, at "birth_measures" {
        /// Weight, in g.
        must weight: Told<Quantity> =
            Item::vital(loinc("29463-7", "Poids"), "poids").within(&[("g", 200.0, 8_000.0), ("kg", 0.2, 8.0)]);
        /// Length, in cm.
        may length: Quantity =
            Item::vital(loinc("8302-2", "Taille"), "taille").within(&[("cm", 15.0, 70.0), ("m", 0.15, 0.7)]);
        /// Head circumference, in cm.
        may head: Quantity =
            Item::vital(loinc("8287-5", "Périmètre crânien"), "perimetre-cranien").within(&[("cm", 10.0, 60.0)]);
        /// Apgar score after 1 minute.
        must apgar_1: Told<Apgar> = Item::vital(loinc("9272-6", "APGAR à 1mn"), "apgar-1");
        /// Apgar score after 5 minutes.
        must apgar_5: Told<Apgar> = Item::vital(loinc("9274-2", "APGAR à 5mn"), "apgar-5");
        /// Apgar score after 10 minutes.
        must apgar_10: Told<Apgar> = Item::vital(loinc("9271-8", "APGAR à 10mn"), "apgar-10");
    }
}

fields! {
    /// Diseases of the first week: each is said to be there or not.
    pub struct FirstWeek, draft FirstWeekDraft, at "first_week" {
        /// Respiratory distress.
        must respiratory_distress: bool =
            Item::problem(cim10("P22.9", "Détresse respiratoire du nouveau-né, sans précision"),
                "Détresse respiratoire", "detresse-respiratoire");
        /// Antibiotics for more than 48 hours.
        must antibiotics: bool =
            Item::problem(ta("MED-276", "Antibiothérapie (de plus de 48 heures)"),
                "Antibiothérapie (de plus de 48 heures)", "antibiotherapie");
        /// A neurological disease.
        must neurological: bool =
            Item::problem(cim10("G96.9", "Affection du système nerveux central, sans précision"),
                "Pathologie neurologique", "pathologie-neurologique");
        /// A surgical emergency.
        must surgical_emergency: bool =
            Item::problem(ta("MED-170", "Urgence chirurgicale"), "Urgence chirurgicale", "urgence-chirurgicale");
        /// Another disease.
        must other: bool =
            Item::problem(ta("GEN-092.01.11", "Autres pathologies de la 1ère semaine"),
                "Autre pathologie", "autre-pathologie");
    }
}

/// Hearing screening: its result is mandatory when it was done.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "it was done or not")]
pub enum HearingScreening {
    /// Not done.
    NotDone,
    /// Done, with its result.
    Done(Told<HearingResult>),
}

/// A transfer of the newborn to another service.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Transfer {
    /// Kind.
    pub kind: TransferKind,
    /// Kind of service.
    pub service: ServiceKind,
    /// When the child left.
    pub start: Timestamp,
    /// When the child arrived; not known when none.
    pub end: Option<Timestamp>,
    /// Identifier of the place.
    pub place_id: Option<Ii>,
    /// Name of the place.
    pub place_name: String,
    /// Sector of activity, of `1.2.250.1.71.4.2.4`, such as `SA43` (Secteur non défini).
    pub sector: Cd,
    /// Address of the place.
    pub address: Option<Ad>,
    /// Telephone numbers of the place.
    #[cfg_attr(feature = "serde", serde(default))]
    pub telecoms: Vec<Tel>,
}

/// What is told of the newborn.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Newborn {
    /// Measures at birth.
    pub measures: BirthMeasures,
    /// When they were taken; the examination's time when none.
    pub measured_at: Option<Timestamp>,
    /// Diseases of the first week.
    pub first_week: FirstWeek,
    /// Which other disease, in words.
    pub other_disease: Option<String>,
    /// Whether special technical care was needed.
    pub special_care: bool,
    /// Hearing screening.
    pub hearing: HearingScreening,
    /// When care and screening were done; the examination's time when none.
    pub acts_at: Option<Timestamp>,
    /// Transfer to another service.
    pub transfer: Option<Transfer>,
}

impl Newborn {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        self.measures.check()?;
        self.first_week.check()?;
        if self.other_disease.is_some() && !self.first_week.other {
            return Err(ModelError::Form {
                field: "newborn.other_disease",
                expected: "nothing when there is no other disease",
            });
        }
        match &self.transfer {
            Some(transfer) => {
                need_text(&transfer.place_name, "newborn.transfer.place_name")?;
                need_text(
                    transfer.sector.code.as_deref().unwrap_or(""),
                    "newborn.transfer.sector",
                )
            }
            None => Ok(()),
        }
    }

    pub(super) fn section(
        &self,
        context: &Context,
        act_time: Timestamp,
        treatments: Option<Section>,
    ) -> Section {
        let mut rows = Rows::new(context);
        self.measures.write(&mut rows);
        let measures = vitals::section(
            rows,
            self.measured_at.unwrap_or_else(|| super::day_of(&act_time)),
        );
        let examination = Section {
            components: vec![within(measures)],
            ..EXAMINATION.empty()
        };
        let mut components = vec![
            within(examination),
            within(self.problems(context)),
            within(self.acts(
                context,
                self.acts_at.unwrap_or_else(|| super::day_of(&act_time)),
            )),
        ];
        components.extend(treatments.map(within));
        if let Some(transfer) = &self.transfer {
            components.push(within(transfer.section(context)));
        }
        Section {
            components,
            ..NEWBORN.empty()
        }
    }

    fn problems(&self, context: &Context) -> Section {
        let mut rows = Rows::new(context);
        self.first_week.write(&mut rows);
        if let Some(text) = &self.other_disease {
            rows.append(&format!(" : {text}"));
        }
        let observations = std::mem::take(&mut rows.statements);
        rows.statement(super::history::concern(
            context.id("premiere-semaine"),
            "active",
            since_unknown(),
            observations,
        ));
        rows.section(&PROBLEMS)
    }

    fn acts(&self, context: &Context, at: Timestamp) -> Section {
        let mut rows = Rows::new(context);
        let procedure = |code, done: bool, anchor: &str| Procedure {
            class_code: "PROC".to_owned(),
            mood_code: "EVN".to_owned(),
            negation: Some(!done),
            template_ids: templates(&PROCEDURE),
            ids: vec![context.id(anchor)],
            code: Some(coded(code)),
            text: Some(Ed::narrative(anchor)),
            status: Some(Cs::new("completed")),
            effective_time: Some(IvlTs::since(at)),
            ..Procedure::default()
        };
        rows.line(
            "L'état de l'enfant a-t-il nécessité des gestes techniques spécialisés ?",
            Some("gestes-techniques"),
            &self.special_care.shown(),
        );
        let care = procedure(SPECIAL_CARE, self.special_care, "gestes-techniques");
        rows.statement(Statement::Procedure(Box::new(care)));
        let done = matches!(self.hearing, HearingScreening::Done(_));
        rows.line(
            "Le dépistage de la surdité a-t-il été effectué ?",
            Some("depistage-surdite"),
            &done.shown(),
        );
        let mut hearing = procedure(HEARING, done, "depistage-surdite");
        if let HearingScreening::Done(result) = &self.hearing {
            rows.line(
                HEARING_RESULT.label(),
                Some(HEARING_RESULT.anchor()),
                &result.shown(),
            );
            let mut observation = HEARING_RESULT.observation(result, context, None);
            observation.effective_time = Some(since_unknown());
            hearing.relationships.push(related(
                "COMP",
                None,
                Statement::Observation(Box::new(observation)),
            ));
        }
        rows.statement(Statement::Procedure(Box::new(hearing)));
        rows.section(&ACTS)
    }

    pub(super) fn read(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let (measures, measured_at) = vitals::found(document, false);
        let problems = PROBLEMS.found(document, false);
        let acts = ACTS.found(document, false);
        let procedure = |wanted: &[(&str, &str)]| {
            acts.statements.iter().find_map(|s| match s {
                Statement::Procedure(p) => p
                    .code
                    .as_ref()
                    .is_some_and(|code| wanted.iter().any(|(c, system)| code.is(c, system)))
                    .then_some(&**p),
                _ => None,
            })
        };
        let care = need(
            procedure(&[(SPECIAL_CARE.0, SPECIAL_CARE.1)]),
            "newborn.special_care",
        )?;
        let hearing = need(
            procedure(&[(HEARING.0, HEARING.1), HEARING_2024]),
            "newborn.hearing",
        )?;
        let acts_at = care.effective_time.as_ref().and_then(IvlTs::start).copied();
        Ok(Self {
            measures: BirthMeasures::read(&measures)?,
            measured_at,
            first_week: FirstWeek::read(&problems)?,
            other_disease: other_in_words(document, &problems),
            special_care: care.negation != Some(true),
            hearing: if hearing.negation == Some(true) {
                HearingScreening::NotDone
            } else {
                HearingScreening::Done(hearing_result(document, &acts)?)
            },
            acts_at,
            transfer: Transfer::read(document)?,
        })
    }
}

/// The words after "Oui": as in the official example, no entry of their own.
fn other_in_words(document: &ClinicalDocument, problems: &Found<'_>) -> Option<String> {
    let section = PROBLEMS.find(document)?;
    let observation = problems.observations().find(|o| {
        o.values.iter().any(|v| {
            matches!(v, crate::datatypes::Value::Cd(code) if code.is("GEN-092.01.11", super::sets::TA))
        })
    })?;
    let text = section.resolve(observation.text.as_ref()?)?;
    let words = text.strip_prefix("Oui")?.trim_matches([' ', ':', '\u{a0}']);
    Some(words.to_owned()).filter(|words| !words.is_empty())
}

fn hearing_result(
    document: &ClinicalDocument,
    acts: &Found<'_>,
) -> Result<Told<HearingResult>, ModelError> {
    let field = "newborn.hearing";
    if let Some(result) = HEARING_RESULT.find(acts, field)? {
        return Ok(result);
    }
    let ears = document.sections().find(|s| s.has_template(EARS_2024));
    let entries = ears.into_iter().flat_map(|s| &s.entries);
    let values = entries.flat_map(|entry| entry.statement.values());
    Ok(values
        .filter_map(HearingResult::from_value)
        .next()
        .map_or(Told::Unknown, Told::Value))
}

impl Transfer {
    fn section(&self, context: &Context) -> Section {
        let mut rows = Rows::at(context, self.start);
        rows.push(&TRANSFER_KIND, &self.kind);
        rows.line(
            "Destination",
            Some("transfert-destination"),
            &self.place_name,
        );
        rows.line(
            "Type de service",
            Some("transfert-service"),
            self.service.name(),
        );
        let address = self
            .address
            .clone()
            .unwrap_or_else(|| Ad::null(NullFlavor::NotAsked));
        let role = ParticipantRole {
            class_code: Some("SDLOC".to_owned()),
            ids: vec![
                self.place_id
                    .clone()
                    .unwrap_or_else(|| rows.context.id("transfert-lieu")),
            ],
            code: Some(self.sector.clone()),
            addresses: vec![address],
            telecoms: if self.telecoms.is_empty() {
                vec![Tel::null(NullFlavor::NotAsked)]
            } else {
                self.telecoms.clone()
            },
            subject: Some(ParticipantSubject::Entity(PlayingEntity {
                class_code: Some("ENT".to_owned()),
                names: vec![En::text(self.place_name.clone())],
                ..PlayingEntity::default()
            })),
            ..ParticipantRole::default()
        };
        let act = Act {
            class_code: "ACT".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&TRANSFER),
            ids: vec![rows.context.id("transfert")],
            code: coded(loinc("80413-8", "Transfert du patient")).with_translation(
                self.service
                    .to_cd()
                    .with_text_reference("transfert-service"),
            ),
            text: Some(Ed::narrative("transfert-destination")),
            status: Some(Cs::new("completed")),
            effective_time: Some(IvlTs {
                high: Some(self.end.map_or_else(
                    || crate::datatypes::Ts::null(NullFlavor::Unknown),
                    crate::datatypes::Ts::new,
                )),
                ..IvlTs::since(self.start)
            }),
            participants: vec![EntryParticipant {
                type_code: "DST".to_owned(),
                template_ids: templates(&["1.2.250.1.71.4.2.2"]),
                role,
                ..EntryParticipant::default()
            }],
            ..Act::default()
        };
        rows.statement(Statement::Act(Box::new(act)));
        rows.section(&TRANSFER_EVENTS)
    }

    fn read(document: &ClinicalDocument) -> Result<Option<Self>, ModelError> {
        let found = TRANSFER_EVENTS.found(document, false);
        let Some(act) = found.statements.iter().find_map(|s| match s {
            Statement::Act(act) if s.has_template(TRANSFER[0]) => Some(act),
            _ => None,
        }) else {
            return Ok(None);
        };
        let role = act.participants.first().map(|p| &p.role);
        let role = need(role, "newborn.transfer.place_name")?;
        let name = match &role.subject {
            Some(ParticipantSubject::Entity(entity)) => entity.names.first().map(En::to_line),
            _ => None,
        };
        let times = need(act.effective_time.as_ref(), "newborn.transfer.start")?;
        let service = act.code.translations.iter().find_map(ServiceKind::from_cd);
        Ok(Some(Self {
            kind: need(
                TRANSFER_KIND.find(&found, "newborn.transfer.kind")?,
                "newborn.transfer.kind",
            )?,
            service: need(service, "newborn.transfer.service")?,
            start: need(times.start().copied(), "newborn.transfer.start")?,
            end: times.high.as_ref().and_then(|high| high.value),
            place_id: role.ids.first().cloned(),
            place_name: need(name, "newborn.transfer.place_name")?,
            sector: role.code.clone().unwrap_or_default(),
            address: role
                .addresses
                .iter()
                .find(|a| a.null_flavor.is_none())
                .cloned(),
            telecoms: role
                .telecoms
                .iter()
                .filter(|t| t.null_flavor.is_none())
                .cloned()
                .collect(),
        }))
    }
}

/// The section of labour, dated with the day of the delivery.
pub(super) fn labour_section(labour: &Labour, at: Timestamp, context: &Context) -> Section {
    let mut rows = Rows::at(context, at);
    labour.write(&mut rows);
    let events = rows.section(&LABOUR_EVENTS);
    Section {
        subject: context.subject(Relation::Mother).cloned(),
        components: vec![within(events)],
        ..LABOUR.empty()
    }
}

/// Labour, and when the delivery was.
pub(super) fn read_labour(
    document: &ClinicalDocument,
) -> Result<(Labour, Option<Timestamp>), ModelError> {
    let found = LABOUR_EVENTS.found(document, false);
    let at = found
        .observations()
        .find_map(|o| o.effective_time.as_ref()?.start().copied());
    Ok((Labour::read(&found)?, at))
}

/// Does not show what is told of the child.
impl fmt::Debug for Newborn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Newborn(…)")
    }
}

/// Does not show what is told of the child.
impl fmt::Debug for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transfer(…)")
    }
}

/// Does not show what is told of the child.
impl fmt::Debug for HearingScreening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HearingScreening(…)")
    }
}
