//! The patient: recordTarget, patientRole, patient.

use super::{Organization, Person, Place};
use crate::datatypes::{Ad, Bl, Cd, Cs, Ed, En, Ii, Int, Tel, Ts};
use crate::tree::{CHOICE, choice, class, sdtc, v3};

class! {
    /// Whose document it is (RecordTarget).
    pub struct RecordTarget {
        fixed { "typeCode" = "RCT", "contextControlCode" = "OP" }
        elements {
            /// The patient's role.
            pub patient_role: PatientRole = v3("patientRole"),
        }
    }
}

class! {
    /// The patient as known to an organization (PatientRole).
    pub struct PatientRole {
        fixed { "classCode" = "PAT" }
        elements {
            /// Identifiers: the matricule INS, local identifiers (IPP).
            pub ids: Vec<Ii> = v3("id"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person.
            pub patient: Option<Patient> = v3("patient"),
            /// The organization that knows the patient.
            pub provider: Option<Organization> = v3("providerOrganization"),
        }
    }
}

/// OIDs under which French documents give the matricule INS: NIR, NIA, and both for tests.
///
/// Source: the minimal structure of CI-SIS documents, rule on the traits of the INS.
pub const INS_ROOTS: [&str; 4] = [
    "1.2.250.1.213.1.4.8",
    "1.2.250.1.213.1.4.9",
    "1.2.250.1.213.1.4.10",
    "1.2.250.1.213.1.4.11",
];

impl PatientRole {
    /// The matricule INS, when there is one.
    pub fn ins(&self) -> Option<&Ii> {
        self.ids
            .iter()
            .find(|id| id.root.as_deref().is_some_and(|r| INS_ROOTS.contains(&r)))
    }
}

class! {
    /// The person who is the patient (Patient).
    pub struct Patient {
        fixed { "classCode" = "PSN", "determinerCode" = "INSTANCE" }
        elements {
            /// Identifier of the person; deprecated by the standard.
            pub id: Option<Ii> = v3("id"),
            /// Names; French documents give one, with parts qualified `BR` (birth) and `CL` (in use).
            pub names: Vec<En> = v3("name"),
            /// Description (`sdtc:desc`).
            pub description: Option<Ed> = sdtc("desc"),
            /// Administrative sex (`2.16.840.1.113883.5.1`).
            pub gender: Option<Cd> = v3("administrativeGenderCode"),
            /// Date of birth.
            pub birth_time: Option<Ts> = v3("birthTime"),
            /// Whether the person is dead (`sdtc:deceasedInd`).
            pub deceased: Option<Bl> = sdtc("deceasedInd"),
            /// Date of death (`sdtc:deceasedTime`).
            pub deceased_time: Option<Ts> = sdtc("deceasedTime"),
            /// Whether of a multiple birth (`sdtc:multipleBirthInd`).
            pub multiple_birth: Option<Bl> = sdtc("multipleBirthInd"),
            /// Rank in a multiple birth (`sdtc:multipleBirthOrderNumber`).
            pub birth_order: Option<Int> = sdtc("multipleBirthOrderNumber"),
            /// Marital status.
            pub marital_status: Option<Cd> = v3("maritalStatusCode"),
            /// Religion; the law forbids to collect it in France.
            pub religion: Option<Cd> = v3("religiousAffiliationCode"),
            /// Race; the law forbids to collect it in France.
            pub race: Option<Cd> = v3("raceCode"),
            /// Further races (`sdtc:raceCode`).
            pub races: Vec<Cd> = sdtc("raceCode"),
            /// Ethnic group; the law forbids to collect it in France.
            pub ethnic_group: Option<Cd> = v3("ethnicGroupCode"),
            /// Further ethnic groups (`sdtc:ethnicGroupCode`).
            pub ethnic_groups: Vec<Cd> = sdtc("ethnicGroupCode"),
            /// Legal representatives.
            pub guardians: Vec<Guardian> = v3("guardian"),
            /// Where the person was born.
            pub birthplace: Option<Birthplace> = v3("birthplace"),
            /// Languages.
            pub languages: Vec<LanguageCommunication> = v3("languageCommunication"),
        }
    }
}

class! {
    /// A legal representative (Guardian).
    pub struct Guardian {
        fixed { "classCode" = "GUARD" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Kind of representative.
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// Who it is.
            pub subject: GuardianSubject = CHOICE,
        }
    }
}

choice! {
    /// A person or an organization.
    pub enum GuardianSubject {
        /// A person.
        Person(Person) = v3("guardianPerson"),
        /// An organization.
        Organization(Organization) = v3("guardianOrganization"),
    }
}

impl Default for GuardianSubject {
    fn default() -> Self {
        Self::Person(Person::default())
    }
}

class! {
    /// Where the patient was born (Birthplace).
    pub struct Birthplace {
        fixed { "classCode" = "BIRTHPL" }
        elements {
            /// The place.
            pub place: Place = v3("place"),
        }
    }
}

class! {
    /// A language that the patient speaks (LanguageCommunication).
    pub struct LanguageCommunication {
        elements {
            /// The language.
            pub language: Option<Cs> = v3("languageCode"),
            /// Spoken, written …
            pub mode: Option<Cd> = v3("modeCode"),
            /// How well.
            pub proficiency: Option<Cd> = v3("proficiencyLevelCode"),
            /// Whether it is preferred.
            pub preferred: Option<Bl> = v3("preferenceInd"),
        }
    }
}
