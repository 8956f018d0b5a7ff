//! Vaccinations of a certificate: antigen groups, dose by dose (section FR-Vaccinations).

use std::fmt;

use segur_core::Timestamp;

use super::CertificateKind;
use super::answer::Answer as _;
use super::item::loinc;
use super::sets::{Antigen, coded};
use super::treatments::PRODUCT;
use super::write::{Context, Rows, SectionKind, related};
use crate::ClinicalDocument;
use crate::body::{
    Consumable, ManufacturedProduct, Material, Observation, ProductContent, Section, Statement,
    SubstanceAdministration,
};
use crate::datatypes::{Cd, Cs, Ed, En, Int, IvlPq, NullFlavor, St, SxcmTs, TimeSpec, Value};
use crate::models::frame::templates;
use crate::models::{ModelError, VaccinationKind};

const VACCINATIONS: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.6",
        "1.3.6.1.4.1.19376.1.5.3.1.3.23",
        "1.2.250.1.213.1.1.2.147",
    ],
    loinc("11369-6", "Historique des vaccinations"),
    "Vaccinations",
);
const VACCINATION: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.12",
    "1.2.250.1.213.1.1.3.45",
];
const RANK: [&str; 2] = ["2.16.840.1.113883.10.20.1.46", "1.2.250.1.213.1.1.3.82"];

/// One dose of an antigen group, given or not.
///
/// A product's ATC code is split into its groups by the caller or by a table of theirs: a hexavalent
/// vaccine is four doses here (diphtheria-polio-tetanus, pertussis, Haemophilus b, hepatitis B).
///
/// ```
/// use segur_cda::models::certificates::{Antigen, AntigenDose};
/// use segur_cda::models::VaccinationKind;
///
/// let dose = AntigenDose::given(Antigen::Pertussis, VaccinationKind::First, 2);
/// assert_eq!(dose.antigen.code(), "J07AJ");
/// assert_eq!(Antigen::from_atc("J07AJ"), Some(Antigen::Pertussis));
/// assert_eq!(Antigen::from_atc("J07CA09"), None); // a product of several groups
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct AntigenDose {
    /// The antigen group.
    pub antigen: Antigen,
    /// Whether it was given.
    pub given: bool,
    /// First series or booster.
    pub kind: VaccinationKind,
    /// Rank of the dose, from 1.
    pub rank: Option<u32>,
    /// Number of doses; 1 as a rule.
    pub doses: u32,
    /// When it was given.
    pub date: Option<Timestamp>,
    /// Lot number.
    pub lot: Option<String>,
}

impl Antigen {
    /// The group of an ATC code that is the code of a group.
    pub fn from_atc(code: &str) -> Option<Self> {
        Self::from_code(code, super::sets::ATC)
    }

    /// The name that certificates show.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tuberculosis => "Vaccin antituberculeux",
            Self::DiphtheriaPolioTetanus => "Vaccin diphtérie-poliomyélite-tétanos",
            Self::Pertussis => "Vaccin contre la coqueluche",
            Self::HaemophilusB => "Vaccin anti Haemophilus influenzae b",
            Self::HepatitisB => "Vaccin contre l'hépatite B",
            Self::Pneumococcus => "Vaccin antipneumococcique",
            Self::MeningococcusC => "Vaccin contre le méningocoque C",
            Self::MeningococcusAcwy => "Vaccin contre les méningocoques A, C, W et Y",
            Self::MeningococcusB => "Vaccin contre le méningocoque B",
            Self::MeaslesMumpsRubella => "Vaccin contre la rougeole, les oreillons et la rubéole",
            Self::Rotavirus => "Vaccin contre le rotavirus",
            Self::YellowFever => "Vaccin contre la fièvre jaune",
        }
    }

    /// Whether a certificate has the group (value sets `JDV_VaccinCSE8_CISIS`, `JDV_VaccinCSE9_CISIS`,
    /// `JDV_VaccinCSE24_CISIS`).
    pub fn is_in(self, kind: CertificateKind) -> bool {
        match kind {
            CertificateKind::Cs8 => matches!(self, Self::Tuberculosis | Self::HepatitisB),
            CertificateKind::Cs9 => !matches!(self, Self::MeaslesMumpsRubella | Self::YellowFever),
            CertificateKind::Cs24 => true,
        }
    }
}

impl AntigenDose {
    /// A dose that was given.
    pub fn given(antigen: Antigen, kind: VaccinationKind, rank: u32) -> Self {
        Self {
            antigen,
            given: true,
            kind,
            rank: Some(rank),
            doses: 1,
            date: None,
            lot: None,
        }
    }

    /// A vaccination that was not given.
    pub fn not_given(antigen: Antigen) -> Self {
        Self {
            antigen,
            given: false,
            kind: VaccinationKind::First,
            rank: None,
            doses: 1,
            date: None,
            lot: None,
        }
    }

    /// Label and answer, for a report.
    pub(in crate::models) fn line(&self) -> (String, String) {
        let rank = self.rank.map(|rank| format!(", dose {rank}"));
        let booster = matches!(self.kind, VaccinationKind::Booster).then_some(" (rappel)");
        let label = format!(
            "{}{}{}",
            self.antigen.label(),
            rank.unwrap_or_default(),
            booster.unwrap_or("")
        );
        let mut answer = self.given.shown();
        if let Some(date) = &self.date {
            answer.push_str(&format!(", le {}", super::shown_day(date)));
        }
        if let Some(lot) = &self.lot {
            answer.push_str(&format!(", lot {lot}"));
        }
        (label, answer)
    }

    fn statement(&self, anchor: &str, context: &Context) -> Statement {
        let rank = self.rank.map(|rank| Observation {
            class_code: "OBS".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&RANK),
            code: coded(loinc("30973-2", "Rang de la vaccination")),
            status: Some(Cs::new("completed")),
            values: vec![Int::new(rank.into()).into()],
            ..Observation::default()
        });
        let time = SxcmTs {
            value: self.date,
            null_flavor: self
                .date
                .is_none()
                .then_some(NullFlavor::TemporarilyUnavailable),
            ..SxcmTs::default()
        };
        let lot = match &self.lot {
            Some(lot) => St::new(lot.clone()),
            None => St {
                null_flavor: Some(NullFlavor::Unknown),
                ..St::new("")
            },
        };
        let material = Material {
            code: Some(
                Cd::default()
                    .with_text_reference(anchor)
                    .with_translation(self.antigen.to_cd()),
            ),
            name: Some(En::text(self.antigen.label())),
            lot: Some(lot),
            ..Material::default()
        };
        Statement::Substance(Box::new(SubstanceAdministration {
            class_code: "SBADM".to_owned(),
            mood_code: "EVN".to_owned(),
            negation: Some(!self.given),
            template_ids: templates(&VACCINATION),
            ids: vec![context.id(anchor)],
            code: Some(
                Cd::new(self.kind.code(), "2.16.840.1.113883.5.4").with_display(self.kind.name()),
            ),
            text: Some(Ed::narrative(anchor)),
            status: Some(Cs::new("completed")),
            effective_times: vec![TimeSpec::Point(time)],
            route: Some(Cd::null(NullFlavor::NotApplicable)),
            dose: Some(IvlPq {
                value: Some(self.doses.into()),
                ..IvlPq::default()
            }),
            consumable: Consumable {
                type_code: Some("CSM".to_owned()),
                product: ManufacturedProduct {
                    template_ids: templates(&PRODUCT),
                    content: ProductContent::Material(Box::new(material)),
                    ..ManufacturedProduct::default()
                },
                ..Consumable::default()
            },
            relationships: rank
                .map(|rank| related("SUBJ", None, Statement::Observation(Box::new(rank))))
                .into_iter()
                .collect(),
            ..SubstanceAdministration::default()
        }))
    }

    fn read(source: &SubstanceAdministration) -> Option<Self> {
        let ProductContent::Material(material) = &source.consumable.product.content else {
            return None;
        };
        let code = material.code.as_ref()?;
        let antigen = std::iter::once(code)
            .chain(&code.translations)
            .find_map(Antigen::from_cd)?;
        let kinds = [
            VaccinationKind::First,
            VaccinationKind::Booster,
            VaccinationKind::Unspecified,
        ];
        let told = source.code.as_ref().and_then(|c| c.code.as_deref());
        let rank = source.relationships.iter().find_map(|r| {
            match (&r.statement, r.statement.values().first()) {
                (Statement::Observation(_), Some(Value::Int(rank)))
                    if r.statement.has_template(RANK[1]) =>
                {
                    rank.value?.try_into().ok()
                }
                _ => None,
            }
        });
        let doses = source.dose.as_ref().and_then(|dose| dose.value.as_ref());
        let date = source.effective_times.iter().find_map(|time| match time {
            TimeSpec::Point(point) => point.value,
            TimeSpec::Interval(interval) => interval.start().copied(),
            _ => None,
        });
        let lot = material.lot.as_ref().map(|lot| lot.text.trim().to_owned());
        Some(Self {
            antigen,
            given: source.negation != Some(true),
            kind: kinds
                .into_iter()
                .find(|kind| told == Some(kind.code()))
                .unwrap_or(VaccinationKind::Unspecified),
            rank,
            doses: doses.and_then(|d| d.as_str().parse().ok()).unwrap_or(1),
            date,
            lot: lot.filter(|lot| !lot.is_empty()),
        })
    }
}

pub(super) fn check(
    doses: &[AntigenDose],
    kind: CertificateKind,
    birth: &Timestamp,
    made: &Timestamp,
) -> Result<(), ModelError> {
    if doses.is_empty() {
        return Err(ModelError::Missing {
            field: "vaccinations",
        });
    }
    for dose in doses {
        if !dose.antigen.is_in(kind) {
            return Err(ModelError::Form {
                field: "vaccinations.antigen",
                expected: "an antigen group that the certificate has",
            });
        }
        if dose.rank.is_some_and(|rank| !(1..=20).contains(&rank)) {
            return Err(ModelError::Range {
                field: "vaccinations.rank",
                expected: "1 to 20",
            });
        }
        if !(1..=20).contains(&dose.doses) {
            return Err(ModelError::Range {
                field: "vaccinations.doses",
                expected: "1 to 20",
            });
        }
        if let Some(date) = &dose.date {
            super::between(date, "vaccinations.date", birth, made)?;
        }
    }
    Ok(())
}

pub(super) fn section(doses: &[AntigenDose], context: &Context) -> Section {
    let mut rows = Rows::new(context);
    for (rank, dose) in doses.iter().enumerate() {
        let anchor = format!("vaccin-{}", rank + 1);
        let (label, answer) = dose.line();
        rows.line(&label, Some(&anchor), &answer);
        rows.statement(dose.statement(&anchor, context));
    }
    rows.section(&VACCINATIONS)
}

pub(super) fn read(document: &ClinicalDocument) -> Vec<AntigenDose> {
    let found = VACCINATIONS.found(document, false);
    let substances = found.statements.into_iter().filter_map(|s| match s {
        Statement::Substance(substance) if s.has_template(VACCINATION[2]) => Some(substance),
        _ => None,
    });
    substances.filter_map(|s| AntigenDose::read(s)).collect()
}

/// Does not show what was given.
impl fmt::Debug for AntigenDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AntigenDose(…)")
    }
}
