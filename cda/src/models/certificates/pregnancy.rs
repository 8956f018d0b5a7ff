//! The pregnancy: history, prenatal examinations (first certificate).

use super::answer::{Quantity, Told};
use super::item::{Item, Negation, cim10, fields, loinc, ta};
use super::sets::{FirstConsultation, HbsAntigen, HospitalReason, Treated};
use super::write::{Context, Rows, SectionKind, comment, comment_of};
use crate::ClinicalDocument;
use crate::body::{Entry, Organizer, OrganizerComponent, Section, Statement};
use crate::datatypes::{Cs, IvlTs, NullFlavor, Ts};
use crate::models::ModelError;
use crate::models::frame::templates;

pub(super) const PREGNANCIES: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.4",
        "1.2.250.1.213.1.1.2.77",
    ],
    loinc("10162-6", "Historique des grossesses"),
    "Historique des grossesses",
);
const PRENATAL: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.5",
        "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.5.1",
        "1.2.250.1.213.1.1.2.173",
    ],
    loinc("57078-8", "Examens et surveillance prénataux"),
    "Examens et surveillance prénataux",
);
const BATTERY: [&str; 2] = [
    "1.3.6.1.4.1.19376.1.5.3.1.1.21.3.10",
    "1.2.250.1.213.1.1.3.98",
];
const OTHER_PATHOLOGY: &str = "autre-pathologie-grossesse";
const OTHER_PATHOLOGY_TEXT: &str = "autre-pathologie-grossesse-commentaire";

const COUNT: super::answer::Bounds = &[("1", 0.0, 40.0)];

/// Hypertension of the pregnancy: negated when there was none, with its treatment when there was.
const HYPERTENSION: Item = Item::pregnancy(
    cim10("O13", "Hypertension gestationnelle [liée à la grossesse]"),
    "hypertension",
);

fields! {
    /// What went before, and how this pregnancy went.
    pub struct Pregnancies, draft PregnanciesDraft, at "pregnancies" {
        /// Pregnancies, this one included.
        must gravidity: Told<u32> =
            Item::pregnancy(loinc("11996-6", "Gestité (nombre total de grossesses y compris actuelle)"), "gestite")
                .within(COUNT);
        /// Deliveries, this one included.
        must parity: Told<u32> =
            Item::pregnancy(loinc("11977-6", "Parité (nombre total d'accouchements y compris actuel)"), "parite")
                .within(COUNT);
        /// Children born before 37 weeks.
        must preterm: Told<u32> =
            Item::pregnancy(loinc("11637-6", "Nombre d'enfants prématurés (nés avant 37 semaines)"), "prematures")
                .within(COUNT);
        /// Children of less than 2500 g.
        must low_weight: Told<u32> =
            Item::pregnancy(ta("MED-159", "Nombre d'enfants pesant moins de 2500 g"), "petits-poids").within(COUNT);
        /// Stillborn children.
        must stillborn: Told<u32> =
            Item::pregnancy(loinc("57062-2", "Nombre d'enfants mort-nés"), "mort-nes").within(COUNT);
        /// Children born alive who died before 28 days.
        must died_early: Told<u32> =
            Item::pregnancy(ta("MED-1184", "Nombre d'enfants nés vivants et décédés avant 28 jours"), "deces-28-jours")
                .within(COUNT);
        /// Whether there was a caesarean before.
        must caesarean_before: Told<bool> =
            Item::pregnancy(cim10("O82.9", "Accouchement par césarienne, sans précision"), "cesarienne-anterieure");
        /// When the pregnancy was first followed.
        must first_consultation: FirstConsultation =
            Item::pregnancy(loinc("75200-6", "Date de la première consultation (déclaration de grossesse)"),
                "declaration");
        /// Weight of the mother before, in kg.
        must mother_weight: Told<Quantity> =
            Item::pregnancy(loinc("8348-5", "Poids corporel avant grossesse"), "poids-mere")
                .within(&[("kg", 20.0, 300.0), ("g", 20_000.0, 300_000.0)]);
        /// Height of the mother, in cm.
        must mother_height: Told<Quantity> =
            Item::pregnancy(loinc("8302-2", "Taille"), "taille-mere").within(&[("cm", 80.0, 250.0), ("m", 0.8, 2.5)]);
        /// Pre-eclampsia.
        must preeclampsia: Told<bool> =
            Item::pregnancy(cim10("O14.9", "Prééclampsie, sans précision"), "preeclampsie")
                .negated(Negation::Opposite);
        /// Diabetes of the pregnancy.
        must diabetes: Told<bool> =
            Item::pregnancy(cim10("O24.4", "Diabète sucré survenant au cours de la grossesse"), "diabete")
                .negated(Negation::Opposite);
        /// Another disease during the pregnancy.
        must other_pathology: Told<bool> =
            Item::pregnancy(
                cim10("O99", "Autres maladies de la mère classées ailleurs, mais compliquant la grossesse, \
                    l'accouchement et la puerpéralité"), OTHER_PATHOLOGY).negated(Negation::Opposite);
        /// Days in hospital, home care included (`d`).
        must hospital_days: Told<Quantity> =
            Item::pregnancy(ta("ORG-077", "Durée d'hospitalisation"), "hospitalisation").within(&[("d", 0.0, 300.0)]);
        /// Why.
        may hospital_reason: HospitalReason =
            Item::pregnancy(ta("ORG-086", "Motif d'hospitalisation"), "motif-hospitalisation");
    }
}

/// Hypertension during the pregnancy.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "there was one, treated or not, or none"
)]
pub enum Hypertension {
    /// None.
    Absent,
    /// There was one: treated or not.
    Present(Treated),
}

fields! {
    /// Examinations before birth.
    pub struct Prenatal, draft PrenatalDraft, at "prenatal" {
        /// Blood test for trisomy 21.
        must trisomy_21: Told<bool> =
            Item::simple(ta("GEN-078", "Dépistage biologique de la trisomie 21"), "trisomie-21")
                .negated(Negation::False);
        /// Number of ultrasound scans.
        must ultrasounds: Told<u32> =
            Item::simple(ta("ORG-079", "Nombre total d'échographies"), "echographies")
                .negated(Negation::False).within(&[("1", 0.0, 100.0)]);
        /// Whether there was a morphology scan.
        must morphology_scan: Told<bool> =
            Item::simple(ta("ORG-080", "Echographie morphologique"), "echographie-morphologique")
                .negated(Negation::False);
        /// Whether there was an early prenatal interview.
        must early_interview: Told<bool> =
            Item::simple(ta("GEN-079", "Entretien prénatal précoce"), "entretien-precoce").negated(Negation::False);
        /// Hepatitis B surface antigen.
        must hbs_antigen: Told<HbsAntigen> =
            Item::simple(loinc("51659-1", "Recherche Ag Hbs"), "antigene-hbs").negated(Negation::False);
    }
}

/// The history with hypertension and the comment, which no row can say.
pub(super) fn history_section(
    pregnancies: &Pregnancies,
    hypertension: Hypertension,
    pathology_text: Option<&str>,
    context: &Context,
) -> Section {
    let mut rows = Rows::new(context);
    pregnancies.write(&mut rows);
    let (treated, negation, text) = match hypertension {
        Hypertension::Absent => (Treated::No, true, "Non".to_owned()),
        Hypertension::Present(treated) => (treated, false, format!("Oui, {}", treated.name())),
    };
    let mut observation = HYPERTENSION.observation(&treated, context, None);
    observation.negation = Some(negation);
    rows.line(HYPERTENSION.label(), Some(HYPERTENSION.anchor()), &text);
    rows.statement(Statement::Observation(Box::new(observation)));
    if let Some(text) = pathology_text {
        rows.line(
            "Autre pathologie en cours de grossesse, précision",
            Some(OTHER_PATHOLOGY_TEXT),
            text,
        );
        let wanted = context.id(OTHER_PATHOLOGY);
        for statement in &mut rows.statements {
            if let Statement::Observation(observation) = statement
                && observation.ids.first() == Some(&wanted)
            {
                observation
                    .relationships
                    .push(comment(OTHER_PATHOLOGY_TEXT));
            }
        }
    }
    Section {
        subject: context.subject(super::item::Relation::Mother).cloned(),
        ..rows.section(&PREGNANCIES)
    }
}

/// Hypertension and the comment on another disease, as a document gives them.
pub(super) fn read_history(
    document: &ClinicalDocument,
) -> Result<(Pregnancies, Hypertension, Option<String>), ModelError> {
    let found = PREGNANCIES.found(document, false);
    let observation = found.observations().find(|o| HYPERTENSION.is(o, false));
    let hypertension = match observation {
        Some(o) if o.negation == Some(true) => Hypertension::Absent,
        Some(_) => Hypertension::Present(HYPERTENSION.find(&found, "hypertension")?.ok_or(
            ModelError::Missing {
                field: "hypertension",
            },
        )?),
        None => {
            return Err(ModelError::Missing {
                field: "hypertension",
            });
        }
    };
    let section = PREGNANCIES.find(document);
    let text = found
        .observations()
        .find_map(|o| comment_of(section, &o.relationships));
    Ok((Pregnancies::read(&found)?, hypertension, text))
}

pub(super) fn prenatal_section(prenatal: &Prenatal, context: &Context) -> Section {
    let mut rows = Rows::new(context);
    prenatal.write(&mut rows);
    let text = rows.narrative();
    let components = rows
        .statements
        .into_iter()
        .map(|statement| OrganizerComponent {
            statement,
            ..OrganizerComponent::default()
        });
    let organizer = Organizer {
        class_code: "BATTERY".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&BATTERY),
        ids: vec![context.id("examens-prenataux")],
        code: Some(super::sets::coded(loinc(
            "XX-ANTENATALTESTINGBATTERY",
            "ANTENATAL TESTING AND SURVEILLANCE BATTERY",
        ))),
        status: Cs::new("completed"),
        effective_time: Some(IvlTs {
            low: Some(Ts::null(NullFlavor::NotApplicable)),
            ..IvlTs::default()
        }),
        components: components.collect(),
        ..Organizer::default()
    };
    Section {
        text: Some(text),
        entries: vec![Entry {
            statement: Statement::Organizer(Box::new(organizer)),
            ..Entry::default()
        }],
        ..PRENATAL.empty()
    }
}

pub(super) fn read_prenatal(document: &ClinicalDocument) -> Result<Prenatal, ModelError> {
    Prenatal::read(&PRENATAL.found(document, false))
}

/// Does not show the answer.
impl std::fmt::Debug for Hypertension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hypertension(…)")
    }
}
