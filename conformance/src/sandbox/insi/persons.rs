//! The official test persons of the CNDA's qualification, as far as their answers are public.
//!
//! Where an answer's place of birth is not public it is the one in the matricule. Asking for `DE VINCI RUTH` gives the technical fault.

/// One matricule: number, key as the service writes it (one is wrong), first and last day of its validity.
pub(super) struct Matricule {
    pub(super) number: &'static str,
    pub(super) key: &'static str,
    pub(super) from: Option<&'static str>,
    pub(super) to: Option<&'static str>,
}

/// A person whom the sandbox knows.
pub(super) struct Person {
    pub(super) birth_name: &'static str,
    /// The given name with which the person is found alone.
    pub(super) known_as: &'static str,
    pub(super) list: &'static str,
    pub(super) sex: &'static str,
    pub(super) birth_date: &'static str,
    pub(super) birth_place: Option<&'static str>,
    pub(super) oid: &'static str,
    pub(super) active: Matricule,
    pub(super) history: &'static [Matricule],
}

const NIR: &str = "1.2.250.1.213.1.4.8";
const NIA: &str = "1.2.250.1.213.1.4.9";

const fn matricule(number: &'static str, key: &'static str) -> Matricule {
    Matricule {
        number,
        key,
        from: None,
        to: None,
    }
}

macro_rules! persons {
    ($( $name:literal $known:literal $list:literal $sex:literal $date:literal $place:expr, $oid:ident $number:literal $key:literal
        [$( $old:expr ),*]; )+) => {
        pub(super) const PERSONS: &[Person] = &[$( Person {
            birth_name: $name, known_as: $known, list: $list, sex: $sex, birth_date: $date, birth_place: $place, oid: $oid,
            active: matricule($number, $key), history: &[$( $old ),*],
        } ),+];
    };
}

persons! {
    "ADRUN" "ZOE" "ZOE" "F" "1975-12-31" Some("63220"), NIR "2751263220749" "74" [];
    "ADRDEUX" "LAURENT" "LAURENT" "M" "1981-01-01" Some("63220"), NIR "1810163220751" "40" [];
    "ADRTROIS" "DOMINIQUE" "DOMINIQUE" "F" "1997-02-26" Some("2A020"), NIR "297022A020778" "78" [];
    "ADRTROIS" "TOUSSAINT" "TOUSSAINT" "M" "1960-01-01" Some("2B020"), NIR "160012B020777" "13" [];
    "TCHITCHI" "CATARINA" "CATARINA BELLA" "F" "1936-06-21" Some("63220"), NIR "2360663220836" "56" [];
    "ECETINSI" "PIERRE-ALAIN" "PIERRE-ALAIN MURIEL FLORIANT" "M" "2009-07-14" Some("63220"), NIR "1090763220834" "89" [
        // the service's own dates, inverted
        Matricule { number: "2090763220834", key: "39", from: Some("2019-03-01"), to: Some("2019-02-28") },
        matricule("2090663220123", "55")
    ];
    "CORSE" "ANTHONY" "ANTHONY" "M" "1980-03-02" Some("2B020"), NIR "180032B020401" "23" [matricule("180032B020401", "23")];
    "HERMANN" "GATIEN" "GATIEN" "M" "1981-03-24" Some("63220"), NIR "1810363220456" "60" [matricule("2810363220456", "10")];
    "PROVISOIRE" "MATRICULE" "MATRICULE" "M" "2009-07-01" None, NIA "1090763220888" "35" [];
}

/// Found more than once: name, given name, sex, date.
pub(super) const SEVERAL: &[(&str, &str, &str, &str)] =
    &[("DE VINCI", "LEONARDO", "M", "2014-02-01")];

/// Name and given name with which the service fails.
pub(super) const FAILING: &[(&str, &str)] = &[("DE VINCI", "RUTH")];
