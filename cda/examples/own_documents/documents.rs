//! The documents.

use std::error::Error;

use segur_cda::ClinicalDocument;
use segur_cda::body::NonXmlBody;
use segur_cda::datatypes::{Cd, Ii, Pq, St};
use segur_cda::models::{
    ChildMeasures, Discipline, Measure, MeasureKind, RapidTests, Reaction, RecordedVaccine,
    TestDevice, TestOutcome, TestResult, UdiAgency, Vaccination, VaccinationHistory,
    VaccinationKind, VaccinationNote, Vaccine,
};

use crate::{cast, child, pdf};

/// Every document with its file name.
pub(crate) fn all() -> Result<Vec<(&'static str, ClinicalDocument)>, Box<dyn Error>> {
    Ok(vec![
        ("mesures-enfant.xml", measures()?.to_document()?),
        ("note-vaccination.xml", vaccination()?.to_document()?),
        ("historique-vaccinations.xml", history()?.to_document()?),
        ("trod-angine.xml", rapid_tests()?.to_document()?),
        ("examen-enfant-n1.xml", examination()?),
        ("certificat-8-jours.xml", child::first()?.to_document()?),
        ("certificat-9-mois.xml", child::second()?.to_document()?),
        ("certificat-24-mois.xml", child::third()?.to_document()?),
    ])
}

fn uuid(last: u32) -> Ii {
    Ii::of_root(format!("5E600000-0000-4000-8000-{last:012X}"))
}

pub(crate) fn measures() -> Result<ChildMeasures, Box<dyn Error>> {
    let measure = |rank, kind, value: &str, unit: &str| -> Result<Measure, Box<dyn Error>> {
        Ok(Measure {
            id: uuid(rank),
            kind,
            value: value.parse()?,
            unit: unit.to_owned(),
        })
    };
    Ok(ChildMeasures {
        frame: cast::frame(
            "2.25.125412036420981347812934710293847561",
            "2.25.125412036420981347812934710293847560",
            "20250512",
        )?,
        group_id: uuid(16),
        measured_at: "20250512".parse()?,
        measures: vec![
            measure(17, MeasureKind::Weight, "9.2", "kg")?,
            measure(18, MeasureKind::Length, "74", "cm")?,
            measure(19, MeasureKind::HeadCircumference, "45.5", "cm")?,
            measure(20, MeasureKind::BodyMassIndex, "16.8", "kg/m2")?,
        ],
    })
}

pub(crate) fn vaccination() -> Result<VaccinationNote, Box<dyn Error>> {
    Ok(VaccinationNote {
        frame: cast::frame(
            "2.25.125412036420981347812934710293847571",
            "2.25.125412036420981347812934710293847570",
            "20240712",
        )?,
        id: uuid(32),
        kind: VaccinationKind::First,
        date: "20240712".parse()?,
        vaccine: Vaccine {
            cis: "68747507".to_owned(),
            name: "VACCIN TETANIQUE PASTEUR, suspension injectable en seringue préremplie. Vaccin \
                   tétanique adsorbé"
                .to_owned(),
            atc: "J07AM".to_owned(),
            atc_name: "vaccins tétaniques".to_owned(),
            cip: None,
            lot: "ESSAI-01".to_owned(),
        },
        route: Some(
            Cd::new("20035000", "0.4.0.127.0.16.1.1.2.1")
                .with_display("Voie intramusculaire")
                .with_system_name("EDQM"),
        ),
        site: Some(
            Cd::new("61396006", "2.16.840.1.113883.6.96")
                .with_display("cuisse gauche")
                .with_system_name("SNOMED CT"),
        ),
        dose: Some(Pq::new("0.5".parse()?, "mL")),
        rank: Some(1),
        vaccinator: Some(cast::physician()),
        validator: cast::physician(),
        validated_at: "20240712102000+0200".parse()?,
        reactions: vec![Reaction {
            id: uuid(33),
            code: Cd::new("R50.2", "2.16.840.1.113883.6.3")
                .with_display("Fièvre due à des médicaments")
                .with_system_name("CIM-10"),
            since: "20240712".parse()?,
        }],
        comment: Some("Température surveillée à domicile le soir de l'injection.".to_owned()),
    })
}

/// A history of two vaccinations: one confirmed, one that the mother reports.
pub(crate) fn history() -> Result<VaccinationHistory, Box<dyn Error>> {
    let frame = cast::frame(
        "2.25.125412036420981347812934710293847591",
        "2.25.125412036420981347812934710293847590",
        "20250512",
    )?;
    let note = vaccination()?;
    let confirmed = Vaccination {
        id: note.id,
        kind: note.kind,
        date: note.date,
        vaccine: RecordedVaccine {
            name: note.vaccine.name.clone(),
            cis: Some((note.vaccine.cis, note.vaccine.name)),
            atc: Some((note.vaccine.atc, note.vaccine.atc_name)),
            cip: None,
            other_codes: Vec::new(),
            lot: Some(note.vaccine.lot),
        },
        route: note.route,
        site: note.site,
        dose: note.dose,
        rank: note.rank,
        vaccinator: note.vaccinator,
        validator: Some((note.validator, note.validated_at)),
        informants: Vec::new(),
        reactions: note.reactions,
        comment: note.comment,
    };
    let reported = Vaccination {
        id: uuid(48),
        kind: VaccinationKind::Unspecified,
        date: "202408".parse()?,
        vaccine: RecordedVaccine {
            name: "Vaccin hexavalent (carnet de santé)".to_owned(),
            atc: Some((
                "J07CA09".to_owned(),
                "diphtérie-Haemophilus influenzae B-coqueluche-poliomyélite-tétanos-hépatite B"
                    .to_owned(),
            )),
            ..RecordedVaccine::default()
        },
        route: None,
        site: None,
        dose: None,
        rank: None,
        vaccinator: None,
        validator: None,
        informants: vec![cast::mother()],
        reactions: Vec::new(),
        comment: None,
    };
    Ok(VaccinationHistory::new(&frame, vec![confirmed, reported])?)
}

/// A rapid test of sore throat.
pub(crate) fn rapid_tests() -> Result<RapidTests, Box<dyn Error>> {
    let mut frame = cast::frame(
        "2.25.125412036420981347812934710293847601",
        "2.25.125412036420981347812934710293847600",
        "20250512",
    )?;
    // the documented act has the setting of screening
    frame.author.practice.setting = None;
    Ok(RapidTests {
        frame,
        kind: "TROD Angine".to_owned(),
        screened: vec![
            Cd::new("J02.0", "2.16.840.1.113883.6.3")
                .with_display("Pharyngite à streptocoques")
                .with_system_name("CIM-10"),
        ],
        consent: true,
        discipline: Discipline::Bacteriology,
        device: TestDevice {
            udi: Some((
                UdiAgency::Gs1,
                "(01)03612345678903(17)251231(10)B987654".to_owned(),
            )),
            description: Some(TestDevice::describe(
                "Fabricant fictif",
                "R-1",
                "B987654",
                "31/12/2025",
            )),
        },
        results: vec![TestResult {
            test: Cd::new("78012-2", "2.16.840.1.113883.6.1")
                .with_display("Streptococcus pyogenes Ag [Présence/Seuil] Gorge")
                .with_system_name("LOINC"),
            label: "Streptocoque A".to_owned(),
            time: "20250512101800+0200".parse()?,
            outcome: TestOutcome::Negative,
            interpretation: None,
            comment: Some("Pas d'antibiotique.".to_owned()),
        }],
    })
}

/// The report of an examination of the child, as a medium (N1).
fn examination() -> Result<ClinicalDocument, Box<dyn Error>> {
    let frame = cast::frame(
        "2.25.125412036420981347812934710293847581",
        "2.25.125412036420981347812934710293847580",
        "20250512",
    )?;
    let mut header = frame.to_header_n1(
        Cd::new("59283-2", "2.16.840.1.113883.6.1").with_display("CR d'examen de l'enfant"),
        Cd::new("11429006", "2.16.840.1.113883.6.96").with_display("consultation"),
    )?;
    header.title = Some(St::new("Examen de l'enfant - 12e mois"));
    Ok(ClinicalDocument::new(
        header,
        NonXmlBody::new("application/pdf", &pdf::small_pdf()),
    ))
}
