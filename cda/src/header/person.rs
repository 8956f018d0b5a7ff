//! Persons, organizations and places, as the participants of the header share them.

use crate::datatypes::{Ad, Cd, Cs, Ed, En, Ii, IvlTs, Tel};
use crate::tree::{class, sdtc, structure, v3};

class! {
    /// A person (Person).
    pub struct Person {
        fixed { "classCode" = "PSN", "determinerCode" = "INSTANCE" }
        elements {
            /// Names.
            pub names: Vec<En> = v3("name"),
            /// Description (`sdtc:desc`).
            pub description: Option<Ed> = sdtc("desc"),
            /// Relationship to the patient (`sdtc:asPatientRelationship`).
            pub patient_relationship: Option<AsPatientRelationship> = sdtc("asPatientRelationship"),
        }
    }
}

structure! {
    /// How a person is related to the patient (`sdtc:asPatientRelationship`).
    pub struct AsPatientRelationship {
        fixed { "determinerCode" = "INSTANCE" }
        attributes {
            /// Class of the role; the schema asks for `PRS`.
            pub class_code: String = "classCode",
        }
        elements {
            /// The relationship.
            pub code: Cd = sdtc("code"),
        }
    }
}

class! {
    /// An organization (Organization): an establishment, a practice, a laboratory.
    pub struct Organization {
        fixed { "classCode" = "ORG", "determinerCode" = "INSTANCE" }
        elements {
            /// Identifiers; in French documents FINESS, SIRET or RPPS-based under `1.2.250.1.71.4.2.2`.
            pub ids: Vec<Ii> = v3("id"),
            /// Names.
            pub names: Vec<En> = v3("name"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Field of activity; in French documents the practice setting (`1.2.250.1.213.1.1.4.9`).
            pub industry: Option<Cd> = v3("standardIndustryClassCode"),
            /// The organization of which it is a part.
            pub part_of: Option<Box<OrganizationPartOf>> = v3("asOrganizationPartOf"),
        }
    }
}

class! {
    /// How an organization is part of another (OrganizationPartOf).
    pub struct OrganizationPartOf {
        fixed { "classCode" = "PART" }
        elements {
            /// Identifiers of the part.
            pub ids: Vec<Ii> = v3("id"),
            /// What the part is.
            pub code: Option<Cd> = v3("code"),
            /// Status of the relation.
            pub status: Option<Cs> = v3("statusCode"),
            /// Time of the relation.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// The whole.
            pub whole: Option<Organization> = v3("wholeOrganization"),
        }
    }
}

class! {
    /// A person in a role given by an organization (AssignedEntity): a health professional.
    pub struct AssignedEntity {
        attributes {
            /// `ASSIGNED`, also when absent; the rules of some entries want it written.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers; in French documents RPPS or ADELI under `1.2.250.1.71.4.2.1`.
            pub ids: Vec<Ii> = v3("id"),
            /// Profession and speciality (`1.2.250.1.213.1.1.4.5`).
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person.
            pub person: Option<Person> = v3("assignedPerson"),
            /// The organization for which the person acts.
            pub organization: Option<Organization> = v3("representedOrganization"),
            /// The person as a patient (`sdtc:patient`).
            pub patient: Option<SdtcPatient> = sdtc("patient"),
        }
    }
}

structure! {
    /// A professional who is the patient as well (`sdtc:patient`).
    pub struct SdtcPatient {
        elements {
            /// Identifier as a patient.
            pub id: Ii = sdtc("id"),
        }
    }
}

class! {
    /// A place (Place).
    pub struct Place {
        fixed { "classCode" = "PLC", "determinerCode" = "INSTANCE" }
        elements {
            /// Name.
            pub name: Option<En> = v3("name"),
            /// Address; of a birth place, `county` holds the INSEE code (COG).
            pub address: Option<Ad> = v3("addr"),
        }
    }
}
