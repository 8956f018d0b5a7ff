//! Certificates with every field, with only the mandatory ones, or drawn at random from a seed.

#![allow(clippy::expect_used, dead_code, reason = "tests")]

use segur_cda::datatypes::{Cd, Decimal, Ii};
use segur_cda::models::certificates::*;
use segur_cda::models::{Frame, VaccinationKind};
use segur_core::Timestamp;

use crate::cast;

/// How optional fields are filled.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Fill {
    Every,
    Mandatory,
    Random,
}

/// Draws answers: the same seed gives the same ones.
pub(crate) struct Picker {
    fill: Fill,
    state: u64,
}

impl Picker {
    pub(crate) fn new(fill: Fill, seed: u64) -> Self {
        Self { fill, state: seed }
    }

    /// A step of SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub(crate) fn yes(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }

    pub(crate) fn number(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(crate) fn may<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let there = match self.fill {
            Fill::Every => true,
            Fill::Mandatory => false,
            Fill::Random => self.yes(),
        };
        there.then(|| make(self))
    }

    /// A known answer, sometimes none when drawn at random.
    pub(crate) fn told<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Told<T> {
        if self.fill == Fill::Random && self.below(5) == 0 {
            Told::Unknown
        } else {
            Told::Value(make(self))
        }
    }

    pub(crate) fn many<T>(&mut self, least: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = match self.fill {
            Fill::Every => least.max(2),
            Fill::Mandatory => least,
            Fill::Random => least + self.below(4),
        };
        (0..count).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        self.of(&[
            "texte libre",
            "à revoir dans 15 jours",
            "l'enfant <3 & sa sœur",
            "p > 0,05",
        ])
        .to_owned()
    }

    fn quantity(&mut self, low: u32, high: u32, unit: &str) -> Quantity {
        let value = self.number(low, high);
        let value: Decimal = match self.below(3) {
            0 => value.into(),
            1 => format!("{value}.5").parse().expect("a number"),
            _ => format!("{value}.25").parse().expect("a number"),
        };
        Quantity::new(value, unit)
    }

    /// A day of the child's first life, before the act.
    fn day(&mut self, days: &[&str]) -> Timestamp {
        self.of(days).parse().expect("a day")
    }

    fn dose(&mut self, kind: CertificateKind, days: &[&str]) -> AntigenDose {
        let all: Vec<Antigen> = Antigen::ALL
            .iter()
            .copied()
            .filter(|a| a.is_in(kind))
            .collect();
        let antigen = self.of(&all);
        if self.fill == Fill::Mandatory {
            return AntigenDose::not_given(antigen);
        }
        let kinds = [VaccinationKind::First, VaccinationKind::Booster];
        AntigenDose {
            given: self.fill == Fill::Every || self.yes(),
            rank: self.may(|p| p.number(1, 4)),
            kind: self.of(&kinds),
            doses: self.number(1, 2),
            date: self.may(|p| p.day(days)),
            lot: self.may(|_| "ESSAI-01".to_owned()),
            antigen,
        }
    }

    fn treatment(&mut self, days: &[&str]) -> Treatment {
        let at = self.may(|p| p.day(days));
        let given = self.fill == Fill::Every || self.yes();
        let treatment = if self.yes() {
            Treatment::rsv(given, at)
        } else {
            Treatment::hepatitis_b_immunoglobulin(given, at)
        };
        Treatment {
            name: self.may(|_| "PRODUIT D'ESSAI".to_owned()),
            route: self.may(|_| {
                Cd::new("20035000", "0.4.0.127.0.16.1.1.2.1")
                    .with_display("Voie intramusculaire")
                    .with_system_name("EDQM")
            }),
            dose: self.may(|p| (p.quantity(10, 50, "mg"), p.quantity(60, 100, "mg"))),
            ..treatment
        }
    }

    fn plan(&mut self) -> CarePlan {
        let pmi = self.may(Self::yes);
        CarePlan {
            professional: self.may(Self::yes),
            structure: self.may(Self::yes),
            pmi_comment: pmi.and_then(|_| self.may(Self::text)),
            pmi,
        }
    }

    fn parent(&mut self, with_nir: bool) -> Parent {
        Parent {
            nir: if with_nir {
                self.may(|_| Ii::new("1.2.250.1.213.1.4.13", "289057545611404"))
            } else {
                None
            },
            family: Some("EXEMPLE".to_owned()),
            given: self.may(|_| "Claire".to_owned()),
            civility: self.may(|_| "MME".to_owned()),
            address: self.may(|_| cast::home()),
            telecoms: Vec::new(),
        }
    }

    fn work(&mut self, father: bool) -> ParentsWork {
        ParentsWork {
            mother_profession: self.may(|p| p.of(Profession::ALL)),
            mother_activity: self.may(|p| p.of(Activity::ALL)),
            father_profession: self.may(|p| p.of(Profession::ALL)).filter(|_| father),
            father_activity: self.may(|p| p.of(Activity::ALL)).filter(|_| father),
        }
    }

    pub(crate) fn cs8(&mut self) -> Cs8 {
        let frame = frame(CertificateKind::Cs8, "20240510");
        let days: &[&str] = &["20240506", "20240508", "20240510"];
        let father = self.may(|p| p.parent(false));
        let other = self.fill == Fill::Every || self.yes();
        let pathology = self.told(|p| p.fill == Fill::Every || p.yes());
        Cs8 {
            mother: self.parent(true),
            mother_birth_date: self.may(|_| "19890531".parse().expect("a day")),
            father_birth_date: self
                .may(|_| "19860412".parse().expect("a day"))
                .filter(|_| father.is_some()),
            work: self.work(father.is_some()),
            habits: BirthHabits {
                mother_education: self.may(|p| p.told(|p| p.of(EducationLevel::ALL))),
                father_education: self
                    .may(|p| p.told(|p| p.of(EducationLevel::ALL)))
                    .filter(|_| father.is_some()),
                alcohol: self.told(|p| p.number(0, 20)),
                tobacco: self.told(|p| p.number(0, 200)),
                other_addiction: self.told(Self::yes),
                household: self.told(|p| p.number(0, 8)),
                feeding: self.of(NewbornFeeding::ALL),
                tuberculosis_risk: self.told(Self::yes),
            },
            father,
            coverages: self.many(1, Self::coverage),
            pregnancies: Pregnancies {
                gravidity: self.told(|p| p.number(1, 9)),
                parity: self.told(|p| p.number(1, 9)),
                preterm: self.told(|p| p.number(0, 3)),
                low_weight: self.told(|p| p.number(0, 3)),
                stillborn: self.told(|p| p.number(0, 2)),
                died_early: self.told(|p| p.number(0, 2)),
                caesarean_before: self.told(Self::yes),
                first_consultation: self.of(FirstConsultation::ALL),
                mother_weight: self.told(|p| p.quantity(45, 90, "kg")),
                mother_height: self.told(|p| p.quantity(145, 185, "cm")),
                preeclampsia: self.told(Self::yes),
                diabetes: self.told(Self::yes),
                hospital_days: self.told(|p| p.quantity(0, 30, "d")),
                hospital_reason: self.may(|p| p.of(HospitalReason::ALL)),
                other_pathology: pathology.clone(),
            },
            hypertension: match self.below(3) {
                0 => Hypertension::Absent,
                1 => Hypertension::Present(Treated::Yes),
                _ => Hypertension::Present(Treated::No),
            },
            pathology_text: self
                .may(Self::text)
                .filter(|_| pathology == Told::Value(true)),
            prenatal: Prenatal {
                trisomy_21: self.told(Self::yes),
                ultrasounds: self.told(|p| p.number(0, 9)),
                morphology_scan: self.told(Self::yes),
                early_interview: self.told(Self::yes),
                hbs_antigen: self.told(|p| p.of(HbsAntigen::ALL)),
            },
            labour: Labour {
                foetuses: self.told(|p| p.number(1, 3)),
                gestational_age: self.told(|p| p.number(25, 42)),
                presentation: self.told(|p| p.of(Presentation::ALL)),
                early_rupture: self.told(Self::yes),
                onset: self.of(LabourOnset::ALL),
                analgesia: self.of(Analgesia::ALL),
                delivery: self.of(DeliveryMethod::ALL),
                caesarean_cause: self.may(|p| p.of(CaesareanCause::ALL)),
            },
            delivered_at: Some(frame.patient.birth_date),
            newborn: Newborn {
                measures: BirthMeasures {
                    weight: self.told(|p| p.quantity(900, 4_900, "g")),
                    length: self.may(|p| p.quantity(40, 55, "cm")),
                    head: self.may(|p| p.quantity(28, 38, "cm")),
                    apgar_1: self.told(|p| Apgar(p.number(0, 10) as u8)),
                    apgar_5: self.told(|p| Apgar(p.number(0, 10) as u8)),
                    apgar_10: self.told(|p| Apgar(p.number(0, 10) as u8)),
                },
                measured_at: Some(self.day(days)),
                first_week: FirstWeek {
                    respiratory_distress: self.yes(),
                    antibiotics: self.yes(),
                    neurological: self.yes(),
                    surgical_emergency: self.yes(),
                    other,
                },
                other_disease: self.may(Self::text).filter(|_| other),
                special_care: self.yes(),
                hearing: if self.yes() {
                    HearingScreening::NotDone
                } else {
                    HearingScreening::Done(self.told(|p| p.of(HearingResult::ALL)))
                },
                acts_at: Some(self.day(days)),
                transfer: self.may(Self::transfer),
            },
            treatments: self.many(0, |p| p.treatment(days)),
            vaccinations: self.many(1, |p| p.dose(CertificateKind::Cs8, days)),
            plan: self.plan(),
            frame,
        }
    }

    fn coverage(&mut self) -> Coverage {
        let payer = self.may(|_| "Caisse d'essai".to_owned());
        Coverage {
            kind: self.of(CoverageKind::ALL),
            payer_id: payer
                .as_ref()
                .map(|_| Ii::of_root("716D9312-E95B-4A5D-AC3C-08C36251E569")),
            payer_address: self.may(|_| cast::home()).filter(|_| payer.is_some()),
            payer_telecoms: Vec::new(),
            payer,
            holder_family: "EXEMPLE".to_owned(),
            holder_given: "Claire".to_owned(),
            holder_civility: self.may(|_| "MME".to_owned()),
            holder_nir: self.may(|_| Ii::new("1.2.250.1.213.1.4.13", "289057545611404")),
            holder_address: self.may(|_| cast::home()),
            holder_telecoms: Vec::new(),
        }
    }

    fn transfer(&mut self) -> Transfer {
        Transfer {
            kind: self.of(TransferKind::ALL),
            service: self.of(ServiceKind::ALL),
            start: "20240508101500+0200".parse().expect("a time"),
            end: self.may(|_| "20240508113000+0200".parse().expect("a time")),
            place_id: Some(Ii::of_root("9BBDCD38-7B65-11EB-9439-0242AC130003")),
            place_name: "Hôpital d'essai".to_owned(),
            sector: Cd::new("SA43", "1.2.250.1.71.4.2.4").with_display("Secteur non défini"),
            address: self.may(|_| cast::home()),
            telecoms: Vec::new(),
        }
    }

    fn child(&mut self, kind: CertificateKind, act: &str, days: &[&str]) -> ChildFollowUp {
        let father = self.may(|p| p.parent(false));
        let happened = self.fill == Fill::Every || self.yes();
        let care = self.told(|p| p.fill == Fill::Every || p.yes());
        let frame = frame(kind, act);
        let act_time = frame.act_time;
        ChildFollowUp {
            frame,
            mother: self.parent(false),
            mother_birth_date: "19890531".parse().expect("a day"),
            father_birth_date: self
                .may(|_| "19860412".parse().expect("a day"))
                .filter(|_| father.is_some()),
            work: self.work(father.is_some()),
            father: father.clone(),
            habits: ChildHabits {
                household: self.may(|p| p.told(|p| p.number(1, 8))),
                childcare_kind: self
                    .may(|p| p.of(Childcare::ALL))
                    .filter(|_| care == Told::Value(true)),
                childcare: care,
                exclusive_breastfeeding: self.may(|p| p.quantity(0, 40, "wk")),
                mixed_feeding: self.may(|p| p.quantity(0, 9, "mo")),
                lead_risk: self.may(|p| p.told(Self::yes)),
                tuberculosis_risk: self.may(|p| p.told(Self::yes)),
            },
            history: History {
                premature: self.yes(),
                accident: if happened {
                    DomesticAccident::Present(AccidentCauses {
                        trauma: self.yes(),
                        burn: self.yes(),
                        poisoning: self.yes(),
                        other: true,
                    })
                } else {
                    DomesticAccident::Absent
                },
                taken: Some((act_time, act_time)),
            },
            measures: GrowthMeasures {
                weight: self.told(|p| p.quantity(6_000, 14_000, "g")),
                height: self.told(|p| p.quantity(60, 95, "cm")),
                head: self.told(|p| p.quantity(40, 52, "cm")),
            },
            measured_at: Some(self.day(days)),
            development: Development {
                screening: self.of(NeuroScreening::ALL),
            },
            screened_at: Some(self.day(days)),
            vaccinations: self.many(1, |p| p.dose(kind, days)),
            treatments: self.many(usize::from(kind == CertificateKind::Cs9), |p| {
                p.treatment(days)
            }),
            plan: self.plan(),
        }
    }

    pub(crate) fn cs9(&mut self) -> Cs9 {
        let days = ["20240706", "20250106", "20250203"];
        Cs9 {
            child: self.child(CertificateKind::Cs9, "20250203", &days),
        }
    }

    pub(crate) fn cs24(&mut self) -> Cs24 {
        let days = ["20240706", "20250106", "20260415"];
        let child = self.child(CertificateKind::Cs24, "20260415", &days);
        let allergies = self.many(0, |p| Allergy {
            kind: p.of(AllergyKind::ALL),
            agent: None,
            text: p.may(|p| p.text()),
            since: p.may(|p| p.day(&["20250106", "20260415"])),
        });
        Cs24 {
            child,
            screens: Screens {
                exposure: self.of(ScreenExposure::ALL),
            },
            body_mass: BodyMass {
                index: self.told(|p| p.quantity(12, 19, "kg/m2")),
            },
            walking: Walking {
                acquired: self.told(Self::yes),
                age: self.may(|p| p.quantity(9, 20, "mo")),
            },
            walking_at: Some(self.day(&days)),
            allergies_at: (!allergies.is_empty()).then(|| "20260415".parse().expect("a day")),
            allergies,
        }
    }
}

/// A frame of the day of the act; each certificate has its own identifier.
fn frame(kind: CertificateKind, day: &str) -> Frame {
    let last = match kind {
        CertificateKind::Cs8 => 1,
        CertificateKind::Cs9 => 2,
        CertificateKind::Cs24 => 3,
    };
    cast::frame(
        &format!("2.25.12541203642098134781293471029384760{last}"),
        &format!("2.25.12541203642098134781293471029384761{last}"),
        day,
    )
    .expect("a frame")
}
