//! The health certificates of a fictitious child.

use std::error::Error;

use segur_cda::datatypes::{Cd, En, Ii, IvlTs, NullFlavor};
use segur_cda::header::{AssociatedEntity, Participant, Person};
use segur_cda::models::VaccinationKind;
use segur_cda::models::certificates::{
    AccidentCauses, Activity, Allergy, AllergyKind, Analgesia, Antigen, AntigenDose, Apgar,
    BirthHabits, BirthMeasures, BodyMass, CarePlan, ChildFollowUp, ChildHabits, Childcare,
    Coverage, CoverageKind, Cs8, Cs9, Cs24, DeliveryMethod, Development, DomesticAccident,
    EducationLevel, FirstConsultation, FirstWeek, GrowthMeasures, HbsAntigen, HearingResult,
    HearingScreening, History, Hypertension, Labour, LabourOnset, NeuroScreening, Newborn,
    NewbornFeeding, Parent, ParentsWork, Pregnancies, Prenatal, Presentation, Profession, Quantity,
    ScreenExposure, Screens, Told, Treatment, Walking,
};

use crate::cast;

fn quantity(value: &str, unit: &str) -> Result<Quantity, Box<dyn Error>> {
    Ok(Quantity::new(value.parse()?, unit))
}

fn told(value: &str, unit: &str) -> Result<Told<Quantity>, Box<dyn Error>> {
    Ok(Told::Value(quantity(value, unit)?))
}

fn mother() -> Parent {
    Parent {
        nir: None,
        family: Some("EXEMPLE".to_owned()),
        given: Some("Claire".to_owned()),
        civility: Some("MME".to_owned()),
        address: Some(cast::home()),
        telecoms: Vec::new(),
    }
}

fn father() -> Parent {
    Parent {
        given: Some("Denis".to_owned()),
        civility: Some("M".to_owned()),
        ..mother()
    }
}

fn work() -> ParentsWork {
    ParentsWork {
        mother_profession: Some(Profession::Intermediate),
        mother_activity: Some(Activity::ParentalLeave),
        father_profession: Some(Profession::Employee),
        father_activity: Some(Activity::Salaried),
    }
}

/// The physician who will follow the child.
fn following_physician() -> Participant {
    let physician = cast::physician();
    Participant {
        type_code: "CON".to_owned(),
        function: Some(Cd::new("CORRE", "1.2.250.1.213.1.1.4.2.280").with_display("Correspondant")),
        time: Some(IvlTs::null(NullFlavor::NotApplicable)),
        associated_entity: AssociatedEntity {
            class_code: "PROV".to_owned(),
            ids: vec![physician.id.clone()],
            code: Some(physician.profession.clone()),
            addresses: physician.address.iter().cloned().collect(),
            telecoms: physician.telecoms.clone(),
            person: Some(Person {
                names: vec![En::person(physician.family, physician.given)],
                ..Person::default()
            }),
            ..AssociatedEntity::default()
        },
        ..Participant::default()
    }
}

/// The certificate of the first 8 days.
pub(crate) fn first() -> Result<Cs8, Box<dyn Error>> {
    let mut frame = cast::frame(
        "2.25.125412036420981347812934710293847591",
        "2.25.125412036420981347812934710293847590",
        "20240510",
    )?;
    frame.participants = vec![following_physician()];
    Ok(Cs8 {
        frame,
        mother: Parent {
            nir: Some(Ii::new("1.2.250.1.213.1.4.13", "292017511400150")),
            ..mother()
        },
        mother_birth_date: Some("19920115".parse()?),
        father: Some(father()),
        father_birth_date: Some("19900820".parse()?),
        work: work(),
        habits: BirthHabits {
            mother_education: Some(Told::Value(EducationLevel::Bachelor3OrMore)),
            father_education: Some(Told::Value(EducationLevel::UpperSecondary)),
            alcohol: Told::Value(0),
            tobacco: Told::Value(0),
            other_addiction: Told::Value(false),
            household: Told::Value(1),
            feeding: NewbornFeeding::Breast,
            tuberculosis_risk: Told::Value(false),
        },
        coverages: vec![Coverage {
            kind: CoverageKind::Universal,
            payer: Some("Caisse primaire d'essai".to_owned()),
            payer_id: None,
            payer_address: None,
            payer_telecoms: Vec::new(),
            holder_family: "EXEMPLE".to_owned(),
            holder_given: "Claire".to_owned(),
            holder_civility: Some("MME".to_owned()),
            holder_nir: Some(Ii::new("1.2.250.1.213.1.4.13", "292017511400150")),
            holder_address: Some(cast::home()),
            holder_telecoms: Vec::new(),
        }],
        pregnancies: Pregnancies {
            gravidity: Told::Value(2),
            parity: Told::Value(2),
            preterm: Told::Value(0),
            low_weight: Told::Value(0),
            stillborn: Told::Value(0),
            died_early: Told::Value(0),
            caesarean_before: Told::Value(false),
            first_consultation: FirstConsultation::FirstTrimester,
            mother_weight: told("61", "kg")?,
            mother_height: told("168", "cm")?,
            preeclampsia: Told::Value(false),
            diabetes: Told::Value(true),
            other_pathology: Told::Value(false),
            hospital_days: told("0", "d")?,
            hospital_reason: None,
        },
        hypertension: Hypertension::Absent,
        pathology_text: None,
        prenatal: Prenatal {
            trisomy_21: Told::Value(true),
            ultrasounds: Told::Value(3),
            morphology_scan: Told::Value(true),
            early_interview: Told::Value(true),
            hbs_antigen: Told::Value(HbsAntigen::Negative),
        },
        labour: Labour {
            foetuses: Told::Value(1),
            gestational_age: Told::Value(39),
            presentation: Told::Value(Presentation::Vertex),
            early_rupture: Told::Value(false),
            onset: LabourOnset::Spontaneous,
            analgesia: Analgesia::Epidural,
            delivery: DeliveryMethod::Spontaneous,
            caesarean_cause: None,
        },
        delivered_at: None,
        newborn: Newborn {
            measures: BirthMeasures {
                weight: told("3280", "g")?,
                length: Some(quantity("49.5", "cm")?),
                head: Some(quantity("34", "cm")?),
                apgar_1: Told::Value(Apgar(9)),
                apgar_5: Told::Value(Apgar(10)),
                apgar_10: Told::Value(Apgar(10)),
            },
            measured_at: Some("20240506".parse()?),
            first_week: FirstWeek {
                respiratory_distress: false,
                antibiotics: false,
                neurological: false,
                surgical_emergency: false,
                other: false,
            },
            other_disease: None,
            special_care: false,
            hearing: HearingScreening::Done(Told::Value(HearingResult::Normal)),
            acts_at: Some("20240508".parse()?),
            transfer: None,
        },
        treatments: vec![Treatment::rsv(true, Some("20240509".parse()?))],
        vaccinations: vec![
            AntigenDose::not_given(Antigen::Tuberculosis),
            AntigenDose::not_given(Antigen::HepatitisB),
        ],
        plan: CarePlan::default(),
    })
}

fn doses(count: u32, days: &[&str]) -> Result<Vec<AntigenDose>, Box<dyn Error>> {
    let groups = [
        Antigen::DiphtheriaPolioTetanus,
        Antigen::Pertussis,
        Antigen::HaemophilusB,
        Antigen::HepatitisB,
        Antigen::Pneumococcus,
    ];
    let mut doses = vec![AntigenDose::not_given(Antigen::Tuberculosis)];
    for antigen in groups {
        for rank in 1..=count {
            let kind = if rank > 2 {
                VaccinationKind::Booster
            } else {
                VaccinationKind::First
            };
            let day = days.get(rank as usize - 1).ok_or("a day for each dose")?;
            doses.push(AntigenDose {
                date: Some(day.parse()?),
                ..AntigenDose::given(antigen, kind, rank)
            });
        }
    }
    Ok(doses)
}

fn child(id: u8, day: &str) -> Result<ChildFollowUp, Box<dyn Error>> {
    Ok(ChildFollowUp {
        frame: cast::frame(
            &format!("2.25.12541203642098134781293471029384760{id}"),
            &format!("2.25.12541203642098134781293471029384761{id}"),
            day,
        )?,
        mother: mother(),
        mother_birth_date: "19920115".parse()?,
        father: Some(father()),
        father_birth_date: None,
        work: work(),
        habits: ChildHabits {
            household: Some(Told::Value(2)),
            childcare: Told::Value(true),
            childcare_kind: Some(Childcare::Childminder),
            exclusive_breastfeeding: Some(quantity("17", "wk")?),
            mixed_feeding: Some(quantity("26", "wk")?),
            lead_risk: Some(Told::Value(false)),
            tuberculosis_risk: Some(Told::Value(false)),
        },
        history: History {
            premature: false,
            accident: DomesticAccident::Absent,
            taken: None,
        },
        measures: GrowthMeasures {
            weight: told("8650", "g")?,
            height: told("70.5", "cm")?,
            head: told("44.5", "cm")?,
        },
        measured_at: None,
        development: Development {
            screening: NeuroScreening::NoDisorder,
        },
        screened_at: None,
        vaccinations: doses(2, &["20240708", "20240909"])?,
        treatments: vec![Treatment::rsv(true, Some("20240509".parse()?))],
        plan: CarePlan::default(),
    })
}

/// The certificate of the 9th month.
pub(crate) fn second() -> Result<Cs9, Box<dyn Error>> {
    let child = child(1, "20250120")?;
    Ok(Cs9 { child })
}

/// The certificate of the 24th month.
pub(crate) fn third() -> Result<Cs24, Box<dyn Error>> {
    let mut child = child(2, "20260415")?;
    child.measures = GrowthMeasures {
        weight: told("12.1", "kg")?,
        height: told("86", "cm")?,
        head: told("48", "cm")?,
    };
    child.history.accident = DomesticAccident::Present(AccidentCauses {
        trauma: true,
        burn: false,
        poisoning: false,
        other: false,
    });
    child.vaccinations = doses(3, &["20240708", "20240909", "20250407"])?;
    child.plan = CarePlan {
        professional: Some(true),
        pmi: Some(true),
        pmi_comment: Some("Suivi de l'allergie alimentaire".to_owned()),
        ..CarePlan::default()
    };
    Ok(Cs24 {
        child,
        screens: Screens {
            exposure: ScreenExposure::LessThanWeekly,
        },
        body_mass: BodyMass {
            index: told("16.4", "kg/m2")?,
        },
        walking: Walking {
            acquired: Told::Value(true),
            age: Some(quantity("13", "mo")?),
        },
        walking_at: None,
        allergies: vec![Allergy {
            kind: AllergyKind::Food,
            agent: None,
            text: Some("Œuf".to_owned()),
            since: Some("20250310".parse()?),
        }],
        allergies_at: None,
    })
}
