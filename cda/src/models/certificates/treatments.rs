//! Medicines given (section FR-Traitements-administres).

use std::fmt;

use segur_core::Timestamp;

use super::answer::{Answer as _, Quantity};
use super::item::loinc;
use super::sets::ATC;
use super::write::{Context, Rows, SectionKind};
use crate::ClinicalDocument;
use crate::body::{
    Consumable, ManufacturedProduct, Material, ProductContent, Section, Statement,
    SubstanceAdministration,
};
use crate::datatypes::{Cd, Cs, Ed, En, IvlPq, IvlTs, NullFlavor, TimeSpec, Ts};
use crate::models::ModelError;
use crate::models::error::need_text;
use crate::models::frame::templates;

const TREATMENTS: SectionKind = SectionKind::new(
    &["1.3.6.1.4.1.19376.1.5.3.1.3.21", "1.2.250.1.213.1.1.2.145"],
    loinc("18610-6", "Traitements administrés"),
    "Médicaments administrés",
);
const TREATMENT: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7",
    "1.2.250.1.213.1.1.3.42",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.1",
];
pub(super) const PRODUCT: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.53",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.2",
    "1.2.250.1.213.1.1.3.43",
];
const RSV: (&str, &str) = ("J06BD", "anticorps monoclonaux antiviraux");
const HEPATITIS_B: (&str, &str) = ("J06BB", "immunoglobulines spécifiques");

/// A medicine that was given, or said not to have been: immunisation against the respiratory
/// syncytial virus, immunoglobulins against hepatitis B.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Treatment {
    /// The product: a speciality (CIS) with translations, or only translations, ATC above all.
    pub product: Cd,
    /// Name of the product.
    pub name: Option<String>,
    /// Whether it was given.
    pub given: bool,
    /// When.
    pub at: Option<Timestamp>,
    /// Route, of EDQM (`0.4.0.127.0.16.1.1.2.1`).
    pub route: Option<Cd>,
    /// Dose, from and to.
    pub dose: Option<(Quantity, Quantity)>,
}

impl Treatment {
    fn of_class((code, name): (&str, &str), given: bool, at: Option<Timestamp>) -> Self {
        let class = Cd::new(code, ATC)
            .with_display(name)
            .with_system_name("ATC");
        Self {
            product: Cd::default().with_translation(class),
            name: None,
            given,
            at,
            route: None,
            dose: None,
        }
    }

    /// Immunisation against the respiratory syncytial virus (ATC `J06BD`).
    pub fn rsv(given: bool, at: Option<Timestamp>) -> Self {
        Self::of_class(RSV, given, at)
    }

    /// Immunoglobulins against hepatitis B (ATC `J06BB`).
    pub fn hepatitis_b_immunoglobulin(given: bool, at: Option<Timestamp>) -> Self {
        Self::of_class(HEPATITIS_B, given, at)
    }

    pub(super) fn check(&self) -> Result<(), ModelError> {
        let code = self.product.code.as_deref();
        let class = self.product.translations.first();
        need_text(
            code.or(class.and_then(|c| c.code.as_deref())).unwrap_or(""),
            "treatments.product",
        )
    }

    fn label(&self) -> String {
        let atc = self
            .product
            .in_system(ATC)
            .and_then(|c| c.code.as_deref())
            .unwrap_or("");
        if atc.starts_with(RSV.0) {
            return "Immunisation contre le VRS".to_owned();
        }
        if atc.starts_with(HEPATITIS_B.0) {
            return "Hépatite B, injection d'immunoglobulines".to_owned();
        }
        let names = [
            self.name.as_ref(),
            self.product.display_name.as_ref(),
            self.product
                .translations
                .first()
                .and_then(|c| c.display_name.as_ref()),
        ];
        names
            .into_iter()
            .flatten()
            .next()
            .cloned()
            .unwrap_or_default()
    }

    fn statement(&self, anchor: &str, context: &Context) -> Statement {
        let bound = |quantity: &Quantity| Some(quantity.to_pq());
        let material = Material {
            code: Some(self.product.clone().with_text_reference(anchor)),
            name: Some(match &self.name {
                Some(name) => En::text(name.clone()),
                None => En {
                    null_flavor: Some(NullFlavor::NotApplicable),
                    ..En::default()
                },
            }),
            ..Material::default()
        };
        let known = |time: Option<Timestamp>| {
            time.map_or_else(|| Ts::null(NullFlavor::NotApplicable), Ts::new)
        };
        Statement::Substance(Box::new(SubstanceAdministration {
            class_code: "SBADM".to_owned(),
            mood_code: "EVN".to_owned(),
            negation: Some(!self.given),
            template_ids: templates(&TREATMENT),
            ids: vec![context.id(anchor)],
            code: Some(Cd::new("DRUG", "2.16.840.1.113883.5.4").with_display("Médicament")),
            text: Some(Ed::narrative(anchor)),
            status: Some(Cs::new("completed")),
            effective_times: vec![TimeSpec::Interval(IvlTs {
                low: Some(known(self.at)),
                high: Some(known(None)),
                ..IvlTs::default()
            })],
            route: self.route.clone(),
            dose: self.dose.as_ref().map(|(low, high)| IvlPq {
                low: bound(low),
                high: bound(high),
                ..IvlPq::default()
            }),
            consumable: Consumable {
                product: ManufacturedProduct {
                    template_ids: templates(&PRODUCT),
                    content: ProductContent::Material(Box::new(material)),
                    ..ManufacturedProduct::default()
                },
                ..Consumable::default()
            },
            ..SubstanceAdministration::default()
        }))
    }

    fn read(source: &SubstanceAdministration) -> Option<Self> {
        let ProductContent::Material(material) = &source.consumable.product.content else {
            return None;
        };
        let at = source.effective_times.iter().find_map(|time| match time {
            TimeSpec::Point(point) => point.value,
            TimeSpec::Interval(interval) => interval.start().copied(),
            _ => None,
        });
        let dose = source.dose.as_ref().and_then(|dose| {
            let low = Quantity::from_pq(dose.low.as_ref()?)?;
            Some((low, Quantity::from_pq(dose.high.as_ref()?)?))
        });
        let name = material.name.as_ref().filter(|n| n.null_flavor.is_none());
        Some(Self {
            product: Cd {
                original_text: None,
                ..material.code.clone()?
            },
            name: name.map(En::to_line).filter(|name| !name.is_empty()),
            given: source.negation != Some(true),
            at,
            route: source.route.clone().filter(|r| r.code.is_some()),
            dose,
        })
    }

    /// Label and answer, for a report.
    pub(in crate::models) fn line(&self) -> (String, String) {
        (self.label(), self.given.shown())
    }
}

/// The section, when something is told.
pub(super) fn section(treatments: &[Treatment], context: &Context) -> Option<Section> {
    if treatments.is_empty() {
        return None;
    }
    let mut rows = Rows::new(context);
    for (rank, treatment) in treatments.iter().enumerate() {
        let anchor = format!("medicament-{}", rank + 1);
        let (label, answer) = treatment.line();
        rows.line(&label, Some(&anchor), &answer);
        rows.statement(treatment.statement(&anchor, context));
    }
    Some(rows.section(&TREATMENTS))
}

pub(super) fn read(document: &ClinicalDocument) -> Vec<Treatment> {
    let found = TREATMENTS.found(document, false);
    let substances = found.statements.into_iter().filter_map(|s| match s {
        Statement::Substance(substance) if s.has_template(TREATMENT[2]) => Some(substance),
        _ => None,
    });
    substances.filter_map(|s| Treatment::read(s)).collect()
}

/// Does not show what was given.
impl fmt::Debug for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Treatment(…)")
    }
}
