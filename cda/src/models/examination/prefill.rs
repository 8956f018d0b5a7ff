//! Certificates prefilled from what an examination and the record hold.

use std::collections::HashMap;

use super::record::ExaminationRecord;
use crate::datatypes::Decimal;
use crate::models::certificates::{
    Antigen, AntigenDose, BodyMassDraft, CertificateDraft, CertificateKind, ChildFollowUpDraft,
    Cs8Draft, Cs9Draft, Cs24Draft, GrowthMeasuresDraft, Quantity, Told,
};
use crate::models::{ChildMeasures, MeasureKind, VaccinationNote};

/// The doses of the antigen groups that vaccination notes tell of, the earliest first. `split` gives
/// the groups of a product by its ATC code; a product of none is left out.
///
/// The rank of a dose is its place among those of its group, where no note gives it.
pub fn antigen_doses(
    notes: &[VaccinationNote],
    split: impl Fn(&str) -> Vec<Antigen>,
) -> Vec<AntigenDose> {
    let mut notes: Vec<&VaccinationNote> = notes.iter().collect();
    notes.sort_by_key(|note| (note.date.year(), note.date.month(), note.date.day()));
    let mut counts: HashMap<Antigen, u32> = HashMap::new();
    let mut doses = Vec::new();
    for note in notes {
        for antigen in split(&note.vaccine.atc) {
            let count = counts.entry(antigen).or_default();
            *count += 1;
            doses.push(AntigenDose {
                date: Some(note.date),
                lot: Some(note.vaccine.lot.clone()),
                ..AntigenDose::given(antigen, note.kind, note.rank.unwrap_or(*count))
            });
        }
    }
    doses
}

impl GrowthMeasuresDraft {
    /// Fills in what measures tell and is not filled in yet; a length counts as the height.
    pub fn fill(&mut self, measures: &ChildMeasures) {
        for measure in &measures.measures {
            let place = match measure.kind {
                MeasureKind::Weight => &mut self.weight,
                MeasureKind::Height | MeasureKind::Length => &mut self.height,
                MeasureKind::HeadCircumference => &mut self.head,
                MeasureKind::BodyMassIndex => continue,
            };
            if place.is_none() {
                let quantity = Quantity::new(measure.value.clone(), measure.unit.clone());
                *place = Some(Told::Value(quantity));
            }
        }
    }
}

impl ExaminationRecord {
    /// Fills in the measures that a document of measures tells, and when they were taken.
    // req: SC.DOC.03
    pub fn fill_measures(&mut self, measures: &ChildMeasures) {
        self.child.measures.fill(measures);
        self.measured_at.get_or_insert(measures.measured_at);
    }

    /// The certificate that the examination calls for, with what the record holds; none when it calls
    /// for none.
    ///
    /// Nothing is deduced but the body mass index, from weight and height, to one decimal. Vaccinations
    /// that the certificate does not have are left out.
    // req: LGC.CSE.15
    pub fn certificate(&self) -> Option<CertificateDraft> {
        let kind = self.examination.certificate?;
        Some(match kind {
            CertificateKind::Cs8 => CertificateDraft::Cs8(Box::new(self.first())),
            CertificateKind::Cs9 => CertificateDraft::Cs9(Box::new(Cs9Draft {
                child: self.follow_up(kind),
            })),
            CertificateKind::Cs24 => CertificateDraft::Cs24(Box::new(Cs24Draft {
                child: self.follow_up(kind),
                screens: self.child.screens.clone(),
                body_mass: self.body_mass(),
                walking: self.child.walking.clone(),
                allergies: self.child.allergies.clone(),
            })),
        })
    }

    fn doses(&self, kind: CertificateKind) -> Vec<AntigenDose> {
        let doses = self.vaccinations.iter().filter(|d| d.antigen.is_in(kind));
        doses.cloned().collect()
    }

    fn first(&self) -> Cs8Draft {
        let (parents, birth) = (self.parents.clone(), self.birth.clone());
        Cs8Draft {
            frame: self.frame.clone(),
            mother: parents.mother,
            mother_birth_date: parents.mother_birth_date,
            father: parents.father,
            father_birth_date: parents.father_birth_date,
            work: parents.work,
            habits: birth.habits,
            coverages: birth.coverages,
            pregnancies: birth.pregnancies,
            hypertension: birth.hypertension,
            pathology_text: birth.pathology_text,
            prenatal: birth.prenatal,
            labour: birth.labour,
            birth_measures: birth.measures,
            measured_at: self.measured_at,
            first_week: birth.first_week,
            other_disease: birth.other_disease,
            special_care: birth.special_care,
            hearing: birth.hearing,
            transfer: birth.transfer,
            treatments: self.treatments.clone(),
            vaccinations: self.doses(CertificateKind::Cs8),
            plan: self.plan.clone(),
        }
    }

    fn follow_up(&self, kind: CertificateKind) -> ChildFollowUpDraft {
        let (parents, child) = (self.parents.clone(), self.child.clone());
        ChildFollowUpDraft {
            frame: self.frame.clone(),
            mother: parents.mother,
            mother_birth_date: parents.mother_birth_date,
            father: parents.father,
            father_birth_date: parents.father_birth_date,
            work: parents.work,
            habits: child.habits,
            history: child.history,
            measures: child.measures,
            measured_at: self.measured_at,
            development: child.development,
            vaccinations: self.doses(kind),
            treatments: self.treatments.clone(),
            plan: self.plan.clone(),
        }
    }

    fn body_mass(&self) -> BodyMassDraft {
        let told = self.child.body_mass.clone();
        if told.index.is_some() {
            return told;
        }
        let measures = &self.child.measures;
        let known = |told: &Option<Told<Quantity>>| told.as_ref().and_then(Told::value).cloned();
        let index = known(&measures.weight)
            .zip(known(&measures.height))
            .and_then(|(weight, height)| body_mass_index(&weight, &height));
        BodyMassDraft {
            index: index.map(|value| Told::Value(Quantity::new(value, "kg/m2"))),
        }
    }
}

/// Weight in kg over the square of the height in m, to one decimal.
fn body_mass_index(weight: &Quantity, height: &Quantity) -> Option<Decimal> {
    let kilograms = match weight.unit.as_str() {
        "kg" => weight.value.to_f64(),
        "g" => weight.value.to_f64() / 1_000.0,
        _ => return None,
    };
    let metres = match height.unit.as_str() {
        "m" => height.value.to_f64(),
        "cm" => height.value.to_f64() / 100.0,
        _ => return None,
    };
    let index = kilograms / (metres * metres);
    index
        .is_finite()
        .then(|| format!("{index:.1}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_computed_in_any_unit() {
        let quantity = |value: &str, unit: &str| Quantity::new(value.parse().unwrap(), unit);
        let index = |weight: &Quantity, height: &Quantity| {
            body_mass_index(weight, height).map(|v| v.to_string())
        };
        let (grams, metres) = (quantity("12000", "g"), quantity("0.86", "m"));
        assert_eq!(
            index(&grams, &quantity("86", "cm")).as_deref(),
            Some("16.2")
        );
        assert_eq!(
            index(&quantity("12", "kg"), &metres).as_deref(),
            Some("16.2")
        );
        assert_eq!(index(&grams, &quantity("0", "cm")), None);
        assert_eq!(index(&grams, &quantity("34", "[in_us]")), None);
    }
}
