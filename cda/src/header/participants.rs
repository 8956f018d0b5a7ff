//! Who made, told, signed, keeps and receives the document.

use super::{AssignedEntity, Organization, Person};
use crate::datatypes::{Ad, Cd, Cs, Ed, Ii, IvlTs, Sc, Tel, Ts};
use crate::tree::{CHOICE, choice, class, sdtc, v3};

class! {
    /// An author (Author): a person or a device.
    pub struct Author {
        attributes {
            /// `AUT` when absent; some templates of entries ask for it.
            pub type_code: Option<String> = "typeCode",
            /// `OP` when absent; some templates of entries ask for it.
            pub context_control_code: Option<String> = "contextControlCode",
        }
        elements {
            /// Function in the care of the patient.
            pub function: Option<Cd> = v3("functionCode"),
            /// When the author wrote.
            pub time: Ts = v3("time"),
            /// The author.
            pub assigned_author: AssignedAuthor = v3("assignedAuthor"),
        }
    }
}

class! {
    /// An author in the role given by an organization (AssignedAuthor).
    pub struct AssignedAuthor {
        fixed { "classCode" = "ASSIGNED" }
        elements {
            /// Identifiers; in French documents RPPS or ADELI under `1.2.250.1.71.4.2.1`.
            pub ids: Vec<Ii> = v3("id"),
            /// Profession and speciality.
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person or device.
            pub subject: Option<AuthorSubject> = CHOICE,
            /// The organization for which the author acts.
            pub organization: Option<Organization> = v3("representedOrganization"),
        }
    }
}

choice! {
    /// A person or a device.
    pub enum AuthorSubject {
        /// A person.
        Person(Person) = v3("assignedPerson"),
        /// A device or a program.
        Device(AuthoringDevice) = v3("assignedAuthoringDevice"),
    }
}

class! {
    /// A device or a program that is an author (AuthoringDevice).
    pub struct AuthoringDevice {
        fixed { "classCode" = "DEV", "determinerCode" = "INSTANCE" }
        elements {
            /// Kind of device.
            pub code: Option<Cd> = v3("code"),
            /// Model.
            pub model: Option<Sc> = v3("manufacturerModelName"),
            /// Program.
            pub software: Option<Sc> = v3("softwareName"),
            /// Who maintains it.
            pub maintained_by: Vec<MaintainedEntity> = v3("asMaintainedEntity"),
        }
    }
}

class! {
    /// Maintenance of a device (MaintainedEntity).
    pub struct MaintainedEntity {
        fixed { "classCode" = "MNT" }
        elements {
            /// Time of the maintenance.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// Who maintains it.
            pub person: Person = v3("maintainingPerson"),
        }
    }
}

class! {
    /// Who typed the document (DataEnterer).
    pub struct DataEnterer {
        fixed { "typeCode" = "ENT", "contextControlCode" = "OP" }
        elements {
            /// When.
            pub time: Option<Ts> = v3("time"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// Who gave information (Informant); in French documents also whom to tell in an emergency
    /// (`ECON`) and the trusted person (`NOK`).
    pub struct Informant {
        fixed { "typeCode" = "INF", "contextControlCode" = "OP" }
        elements {
            /// Who.
            pub source: InformantSource = CHOICE,
        }
    }
}

choice! {
    /// A professional or a person who is near to the patient.
    pub enum InformantSource {
        /// A professional.
        Assigned(AssignedEntity) = v3("assignedEntity"),
        /// A relative or another person.
        Related(RelatedEntity) = v3("relatedEntity"),
    }
}

impl Default for InformantSource {
    fn default() -> Self {
        Self::Assigned(AssignedEntity::default())
    }
}

class! {
    /// A person who is near to the patient (RelatedEntity).
    pub struct RelatedEntity {
        attributes {
            /// Kind of relation: `CON` contact, `ECON` emergency contact, `NOK` trusted person …
            pub class_code: String = "classCode",
        }
        elements {
            /// The relation: mother, sister …
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// Time of the relation.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// The person.
            pub person: Option<Person> = v3("relatedPerson"),
        }
    }
}

class! {
    /// Who keeps the document (Custodian).
    pub struct Custodian {
        fixed { "typeCode" = "CST" }
        elements {
            /// The keeper's role.
            pub assigned_custodian: AssignedCustodian = v3("assignedCustodian"),
        }
    }
}

class! {
    /// The keeper's role (AssignedCustodian).
    pub struct AssignedCustodian {
        fixed { "classCode" = "ASSIGNED" }
        elements {
            /// The organization.
            pub organization: CustodianOrganization = v3("representedCustodianOrganization"),
        }
    }
}

class! {
    /// The organization that keeps the document (CustodianOrganization).
    pub struct CustodianOrganization {
        fixed { "classCode" = "ORG", "determinerCode" = "INSTANCE" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Name.
            pub name: Option<crate::datatypes::En> = v3("name"),
            /// Telephone number or electronic address.
            pub telecom: Option<Tel> = v3("telecom"),
            /// Address.
            pub address: Option<Ad> = v3("addr"),
        }
    }
}

class! {
    /// To whom the document is meant (InformationRecipient).
    pub struct InformationRecipient {
        attributes {
            /// `PRCP` primary recipient (when absent) or `TRC` secondary one.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The recipient's role.
            pub intended_recipient: IntendedRecipient = v3("intendedRecipient"),
        }
    }
}

class! {
    /// The recipient (IntendedRecipient).
    pub struct IntendedRecipient {
        attributes {
            /// `ASSIGNED` (when absent) or `HLTHCHRT` for a health record.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person.
            pub person: Option<Person> = v3("informationRecipient"),
            /// The organization.
            pub organization: Option<Organization> = v3("receivedOrganization"),
        }
    }
}

class! {
    /// Who answers for the document (LegalAuthenticator).
    pub struct LegalAuthenticator {
        fixed { "typeCode" = "LA", "contextControlCode" = "OP" }
        elements {
            /// When it was signed.
            pub time: Ts = v3("time"),
            /// `S` when signed.
            pub signature: Cs = v3("signatureCode"),
            /// The signature (`sdtc:signatureText`).
            pub signature_text: Option<Ed> = sdtc("signatureText"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// Who attests the document's content without answering for it (Authenticator).
    pub struct Authenticator {
        fixed { "typeCode" = "AUTHEN" }
        elements {
            /// When.
            pub time: Ts = v3("time"),
            /// `S` when signed.
            pub signature: Cs = v3("signatureCode"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
            /// The signature (`sdtc:signatureText`).
            pub signature_text: Option<Ed> = sdtc("signatureText"),
        }
    }
}

class! {
    /// Another participant (Participant1): the treating physician, the prescriber …
    pub struct Participant {
        fixed { "contextControlCode" = "OP" }
        attributes {
            /// Kind of participation: `INF`, `CON`, `PRF`, `REF`, `ATND` …
            pub type_code: String = "typeCode",
        }
        elements {
            /// Function: `PCP` treating physician, `CORRE` correspondent …
            pub function: Option<Cd> = v3("functionCode"),
            /// When.
            pub time: Option<IvlTs> = v3("time"),
            /// Who.
            pub associated_entity: AssociatedEntity = v3("associatedEntity"),
        }
    }
}

class! {
    /// A participant's role (AssociatedEntity).
    pub struct AssociatedEntity {
        attributes {
            /// Class of the role: `PROV` professional, `COVPTY` insured …
            pub class_code: String = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Profession, relation …
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person.
            pub person: Option<Person> = v3("associatedPerson"),
            /// The organization that gives the role.
            pub organization: Option<Organization> = v3("scopingOrganization"),
        }
    }
}
