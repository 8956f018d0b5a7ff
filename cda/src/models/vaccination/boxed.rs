//! A note prefilled from the scanned box of a vaccine.

use std::collections::BTreeMap;

use segur_core::{Date, Timestamp};

use super::{VaccinationKind, VaccinationNote, Vaccine};
use crate::datatypes::Ii;
use crate::models::Frame;
use crate::models::table::{Edition, Table, TableError};

/// What the code on a box says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ScannedBox {
    /// CIP13, 13 digits; a GTIN of 14 digits that begins with 0 is taken too.
    pub cip13: String,
    /// Lot (GS1 application identifier 10).
    pub lot: String,
    /// Last day on which the product may be used (17).
    pub expiry: Option<Date>,
}

/// A product as a drug database tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct VaccineProduct {
    /// Code of the speciality (CIS), 8 digits.
    pub cis: String,
    /// Name of the speciality.
    pub name: String,
    /// ATC code.
    pub atc: String,
    /// Name of the ATC class.
    pub atc_name: String,
    /// Name of the presentation.
    pub presentation: String,
}

/// Products by CIP13: the vendor's drug database, or a [`VaccineTable`].
pub trait VaccineCatalogue {
    /// The product of a presentation.
    fn product(&self, cip13: &str) -> Option<VaccineProduct>;
}

/// A catalogue read from a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VaccineTable {
    edition: Edition,
    products: BTreeMap<String, VaccineProduct>,
}

/// Why a box does not give a vaccine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BoxError {
    /// The code is no CIP13.
    #[error(
        "the code is no CIP13: 13 digits, or a GTIN of 14 that begins with 0; scan again or type the CIP printed on the box"
    )]
    NotCip,
    /// The catalogue does not have the product.
    #[error(
        "the catalogue has no product with CIP {cip13}: update it, or choose the product by hand"
    )]
    Unknown {
        /// The CIP13.
        cip13: String,
    },
    /// No lot was read.
    #[error("no lot number was read, which the note makes mandatory: type it from the box")]
    NoLot,
}

/// A vaccine read from a box.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BoxReading {
    /// The vaccine, ready for a note.
    pub vaccine: Vaccine,
    /// The day from which the box may no more be used, when it had come by the day of the vaccination: warn before it is given. Notes
    /// have no place for it.
    pub expired_since: Option<Date>,
}

impl VaccineTable {
    /// Reads a table: columns `cip13`, `cis`, `name`, `presentation`, `atc`, `atc_name`, separated by tabs.
    ///
    /// # Errors
    /// The first cell that cannot be taken, with its line.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table = Table::read(text)?;
        let mut products = BTreeMap::new();
        for row in table.rows() {
            let digits = |count: usize| {
                move |cell: &str| {
                    let fine = cell.len() == count && cell.bytes().all(|b| b.is_ascii_digit());
                    fine.then(|| cell.to_owned())
                }
            };
            let atc = |cell: &str| super::is_atc(cell).then(|| cell.to_owned());
            let cip13 = row.map("cip13", "13 digits", digits(13))?;
            let product = VaccineProduct {
                cis: row.map("cis", "8 digits", digits(8))?,
                name: row.need("name")?.to_owned(),
                presentation: row.need("presentation")?.to_owned(),
                atc: row.map("atc", "an ATC code, as J07CA09", atc)?,
                atc_name: row.need("atc_name")?.to_owned(),
            };
            products.insert(cip13, product);
        }
        Ok(Self {
            edition: table.edition,
            products,
        })
    }

    /// Where the table comes from.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }
}

impl VaccineCatalogue for VaccineTable {
    fn product(&self, cip13: &str) -> Option<VaccineProduct> {
        self.products.get(cip13).cloned()
    }
}

impl ScannedBox {
    /// The vaccine of the box, given on a day.
    ///
    /// # Errors
    /// The code or the lot cannot be used, or the catalogue does not have the product.
    pub fn read(&self, catalogue: &dyn VaccineCatalogue, on: Date) -> Result<BoxReading, BoxError> {
        let digits = self.cip13.trim();
        let cip13 = match digits.len() {
            14 => digits.strip_prefix('0').ok_or(BoxError::NotCip)?,
            _ => digits,
        };
        if cip13.len() != 13 || !cip13.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BoxError::NotCip);
        }
        let lot = self.lot.trim();
        if lot.is_empty() {
            return Err(BoxError::NoLot);
        }
        let product = catalogue.product(cip13).ok_or_else(|| BoxError::Unknown {
            cip13: cip13.to_owned(),
        })?;
        Ok(BoxReading {
            vaccine: Vaccine {
                cis: product.cis,
                name: product.name,
                atc: product.atc,
                atc_name: product.atc_name,
                cip: Some((cip13.to_owned(), product.presentation)),
                lot: lot.to_owned(),
            },
            expired_since: self.expiry.filter(|expiry| *expiry < on),
        })
    }
}

impl VaccinationNote {
    /// A note of a vaccine given on the day of the act by the author, who confirms it: what a scanned box leaves to say is optional.
    /// Requirement VACC/NOTE.05.
    ///
    /// ```
    /// use segur_cda::models::{ScannedBox, VaccineTable};
    ///
    /// let catalogue = VaccineTable::parse(
    ///     "cip13\tcis\tname\tpresentation\tatc\tatc_name\n\
    ///      3400900000001\t60000001\tVACCIN FICTIF\t1 seringue\tJ07CA09\tDTCaP-Hib-HepB\n",
    /// )?;
    /// let scan = ScannedBox { cip13: "03400900000001".into(), lot: "B987654".into(), expiry: Some("2027-12-31".parse()?) };
    /// let reading = scan.read(&catalogue, "2026-11-28".parse()?)?;
    /// assert_eq!((reading.vaccine.atc.as_str(), reading.expired_since), ("J07CA09", None));
    /// // VaccinationNote::given(frame, id, VaccinationKind::First, reading.vaccine)
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn given(frame: Frame, id: Ii, kind: VaccinationKind, vaccine: Vaccine) -> Self {
        let day = frame.act_time.date().map(Timestamp::from_date);
        Self {
            id,
            kind,
            date: day.unwrap_or(frame.act_time),
            vaccine,
            route: None,
            site: None,
            dose: None,
            rank: None,
            vaccinator: Some(frame.author.clone()),
            validator: frame.author.clone(),
            validated_at: frame.effective_time,
            reactions: Vec::new(),
            comment: None,
            frame,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str = "# edition\tessai\n# source\tfictif\n\
        cip13\tcis\tname\tpresentation\tatc\tatc_name\n\
        3400900000001\t60000001\tVACCIN FICTIF\t1 seringue\tJ07CA09\tDTCaP-Hib-HepB\n";

    fn scan(cip13: &str, lot: &str) -> ScannedBox {
        ScannedBox {
            cip13: cip13.into(),
            lot: lot.into(),
            expiry: Some("2026-05-31".parse().unwrap()),
        }
    }

    // req: VACC/NOTE.05
    #[test]
    fn a_box_gives_the_vaccine_and_says_when_it_is_expired() {
        let table = VaccineTable::parse(CATALOGUE).unwrap();
        let on = |day: &str| {
            let reading = scan("03400900000001", " B1 ").read(&table, day.parse().unwrap());
            reading.unwrap()
        };
        let reading = on("2026-05-31");
        assert_eq!(reading.expired_since, None);
        assert_eq!(reading.vaccine.cis, "60000001");
        assert_eq!(reading.vaccine.lot, "B1");
        let cip = reading.vaccine.cip.unwrap();
        assert_eq!(cip, ("3400900000001".to_owned(), "1 seringue".to_owned()));
        assert!(on("2026-06-01").expired_since.is_some());
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let table = VaccineTable::parse(CATALOGUE).unwrap();
        let day = "2026-01-01".parse().unwrap();
        let refused = |cip: &str, lot: &str| scan(cip, lot).read(&table, day).unwrap_err();
        assert_eq!(refused("13400900000001", "B1"), BoxError::NotCip);
        assert_eq!(refused("340090000000", "B1"), BoxError::NotCip);
        assert_eq!(refused("3400900000001", "  "), BoxError::NoLot);
        assert!(matches!(
            refused("3400900000002", "B1"),
            BoxError::Unknown { .. }
        ));
        let broken = VaccineTable::parse(&CATALOGUE.replace("60000001", "6000"));
        assert_eq!(
            broken.unwrap_err().to_string(),
            "line 4, column `cis`: expected 8 digits"
        );
    }
}
