//! Ways of life (section FR-Habitus-mode-de-vie).

use super::answer::{Quantity, Told};
use super::item::{Item, Relation, fields, loinc, ta};
use super::sets::{
    Activity, Childcare, EducationLevel, NewbornFeeding, Profession, ScreenExposure,
};
use super::write::SectionKind;

pub(super) const HABITS: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.15",
        "1.3.6.1.4.1.19376.1.5.3.1.3.16",
        "1.3.6.1.4.1.19376.1.5.3.1.3.16.1",
        "1.2.250.1.213.1.1.2.141",
    ],
    loinc("29762-2", "Habitus, Mode de vie"),
    "Mode de vie",
);

const WEEKLY: super::answer::Bounds = &[("1", 0.0, 1_000.0)];
const CHILDREN: super::answer::Bounds = &[("1", 0.0, 30.0)];
/// Up to the child's first three years.
const FEEDING: super::answer::Bounds =
    &[("wk", 0.0, 160.0), ("mo", 0.0, 36.0), ("d", 0.0, 1_100.0)];

const STUDIES: super::sets::Code = loinc("82589-3", "Niveau d'études");
const PROFESSION: super::sets::Code = ta("ORG-099", "Profession");
const ACTIVITY: super::sets::Code = ta("ORG-075", "Activité professionnelle");
const TUBERCULOSIS: &str = "Facteurs de risque familiaux de tuberculose";

fields! {
    /// Work of the parents.
    pub struct ParentsWork, draft ParentsWorkDraft, at "work" {
        /// Profession of the mother.
        may mother_profession: Profession =
            Item::social(PROFESSION, "Profession de la mère", "profession-mere").of(Relation::Mother);
        /// Activity of the mother.
        may mother_activity: Activity =
            Item::social(ACTIVITY, "Activité professionnelle de la mère", "activite-mere").of(Relation::Mother);
        /// Profession of the father.
        may father_profession: Profession =
            Item::social(PROFESSION, "Profession du père", "profession-pere").of(Relation::Father);
        /// Activity of the father.
        may father_activity: Activity =
            Item::social(ACTIVITY, "Activité professionnelle du père", "activite-pere").of(Relation::Father);
    }
}

fields! {
    /// Ways of life at birth, of the mother during the pregnancy above all (first certificate).
    pub struct BirthHabits, draft BirthHabitsDraft, at "habits" {
        /// Studies of the mother.
        may mother_education: Told<EducationLevel> =
            Item::social(STUDIES, "Niveau d'études de la mère", "etudes-mere").of(Relation::Mother);
        /// Studies of the father.
        may father_education: Told<EducationLevel> =
            Item::social(STUDIES, "Niveau d'études du père", "etudes-pere").of(Relation::Father);
        /// Glasses of alcohol a week during the pregnancy.
        must alcohol: Told<u32> =
            Item::habit(loinc("74013-4", "Consommation d'alcool"),
                "Consommation d'alcool de la mère pendant la grossesse (verres par semaine)", "alcool-mere")
                .of(Relation::Mother).within(WEEKLY);
        /// Cigarettes a week during the pregnancy.
        must tobacco: Told<u32> =
            Item::habit(loinc("74011-8", "Consommation tabagique"),
                "Consommation de tabac de la mère pendant la grossesse (cigarettes par semaine)", "tabac-mere")
                .of(Relation::Mother).within(WEEKLY);
        /// Whether the mother is addicted to something else.
        must other_addiction: Told<bool> =
            Item::social(ta("GEN-092.01.04", "Autre addiction"),
                "Addiction de la mère à d'autres substances", "addiction-mere").of(Relation::Mother);
        /// Children in the household before this birth.
        must household: Told<u32> =
            Item::social(loinc("85722-7", "Nombre d'enfants vivant au foyer"),
                "Nombre d'enfants vivant au foyer", "enfants-foyer").within(CHILDREN);
        /// How the child is fed.
        must feeding: NewbornFeeding =
            Item::social(loinc("67704-7", "Type d'alimentation"), "Type d'alimentation de l'enfant", "alimentation");
        /// Risk of tuberculosis in the family.
        must tuberculosis_risk: Told<bool> =
            Item::social(ta("MED-183", TUBERCULOSIS), "Risque de tuberculose", "tuberculose");
    }
}

fields! {
    /// Ways of life of the child (second and third certificates).
    pub struct ChildHabits, draft ChildHabitsDraft, at "habits" {
        /// Children in the household, this one included.
        may household: Told<u32> =
            Item::social(loinc("85722-7", "Nombre d'enfants vivant au foyer"),
                "Nombre d'enfants vivant au foyer", "enfants-foyer").within(CHILDREN);
        /// Whether someone else than the parents minds the child.
        must childcare: Told<bool> =
            Item::social(ta("PAT-058", "Faites-vous actuellement garder votre enfant ?"),
                "Faites-vous actuellement garder votre enfant ?", "garde");
        /// Who does, mostly.
        may childcare_kind: Childcare =
            Item::social(ta("PAT-048", "Type de garde de l'enfant"),
                "Type de garde principal de l'enfant", "type-garde");
        /// How long the child was fed on the mother's milk only, from birth: `wk`, `mo` or `d`.
        may exclusive_breastfeeding: Quantity =
            Item::social(
                ta("PAT-059", "Durée de l'alimentation au lait maternel exclusif (à partir de la naissance)"),
                "Durée de l'alimentation au lait maternel exclusif (à partir de la naissance)",
                "alimentation-exclusive").within(FEEDING);
        /// How long the child was fed on both, from birth: `wk`, `mo` or `d`.
        may mixed_feeding: Quantity =
            Item::social(
                ta("PAT-060", "Durée de l'alimentation mixte (à partir de la naissance)"),
                "Durée de l'alimentation mixte (à partir de la naissance)",
                "alimentation-mixte").within(FEEDING);
        /// Risk of lead poisoning.
        may lead_risk: Told<bool> =
            Item::social(ta("MED-181", "Risque de saturnisme"), "Risque de saturnisme", "saturnisme");
        /// Risk of tuberculosis in the family (`MED-183` at 9 months, `MED-283` at 24).
        may tuberculosis_risk: Told<bool> =
            Item::social(ta("MED-183", TUBERCULOSIS), "Risque de tuberculose", "tuberculose")
                .in_24(ta("MED-283", TUBERCULOSIS));
    }
}

fields! {
    /// Screens (third certificate).
    pub struct Screens, draft ScreensDraft, at "screens" {
        /// How often the child looks at screens without an adult.
        must exposure: ScreenExposure =
            Item::social(ta("MED-1275", "Exposition aux écrans"),
                "Exposition aux écrans sans interaction avec un adulte", "ecrans");
    }
}
