//! What the document is about: orders, acts, other documents, consents, the encounter.

use super::{AssignedEntity, Organization, Place};
use crate::datatypes::{Cd, Cs, Ed, Ii, Int, IvlTs};
use crate::tree::{class, dicom, lab, v3};

class! {
    /// An order that the document answers (InFulfillmentOf).
    pub struct InFulfillmentOf {
        fixed { "typeCode" = "FLFS" }
        elements {
            /// The order.
            pub order: Order = v3("order"),
        }
    }
}

class! {
    /// An order (Order).
    pub struct Order {
        fixed { "moodCode" = "RQO" }
        attributes {
            /// Class of the act; `ACT` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What was ordered.
            pub code: Option<Cd> = v3("code"),
            /// How urgent it is.
            pub priority: Option<Cd> = v3("priorityCode"),
            /// Accession numbers of imaging (`ps3-20:accessionNumber`).
            pub accession_numbers: Vec<Ii> = dicom("accessionNumber"),
        }
    }
}

class! {
    /// An act that the document tells of (DocumentationOf).
    pub struct DocumentationOf {
        fixed { "typeCode" = "DOC" }
        elements {
            /// The act.
            pub service_event: ServiceEvent = v3("serviceEvent"),
        }
    }
}

class! {
    /// An act (ServiceEvent).
    pub struct ServiceEvent {
        fixed { "moodCode" = "EVN" }
        attributes {
            /// Class of the act; `ACT` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What was done.
            pub code: Option<Cd> = v3("code"),
            /// Whether the results are preliminary or final (`lab:statusCode`).
            pub lab_status: Option<Cs> = lab("statusCode"),
            /// When.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// Who did it.
            pub performers: Vec<Performer> = v3("performer"),
        }
    }
}

class! {
    /// Who carried out an act (Performer1).
    pub struct Performer {
        attributes {
            /// `PRF` performer, `PPRF` main one, `SPRF` secondary one.
            pub type_code: String = "typeCode",
        }
        elements {
            /// Function.
            pub function: Option<Cd> = v3("functionCode"),
            /// When.
            pub time: Option<IvlTs> = v3("time"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// A document to which this one is related (RelatedDocument).
    pub struct RelatedDocument {
        attributes {
            /// `RPLC` replaces, `APND` completes, `XFRM` transforms.
            pub type_code: String = "typeCode",
        }
        elements {
            /// The other document.
            pub parent: ParentDocument = v3("parentDocument"),
        }
    }
}

class! {
    /// Another document (ParentDocument).
    pub struct ParentDocument {
        fixed { "classCode" = "DOCCLIN", "moodCode" = "EVN" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Kind of document.
            pub code: Option<Cd> = v3("code"),
            /// Text or reference.
            pub text: Option<Ed> = v3("text"),
            /// Identifier shared by all versions.
            pub set_id: Option<Ii> = v3("setId"),
            /// Version.
            pub version: Option<Int> = v3("versionNumber"),
        }
    }
}

class! {
    /// A consent (Authorization).
    pub struct Authorization {
        fixed { "typeCode" = "AUTH" }
        elements {
            /// The consent.
            pub consent: Consent = v3("consent"),
        }
    }
}

class! {
    /// A consent (Consent).
    pub struct Consent {
        fixed { "classCode" = "CONS", "moodCode" = "EVN" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What was consented to.
            pub code: Option<Cd> = v3("code"),
            /// `completed`.
            pub status: Cs = v3("statusCode"),
        }
    }
}

class! {
    /// The care of which the documented act is a part (Component1).
    pub struct ComponentOf {
        fixed { "typeCode" = "COMP" }
        elements {
            /// The encounter.
            pub encounter: EncompassingEncounter = v3("encompassingEncounter"),
        }
    }
}

class! {
    /// An encounter or a stay (EncompassingEncounter).
    pub struct EncompassingEncounter {
        fixed { "classCode" = "ENC", "moodCode" = "EVN" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Kind of encounter: ambulatory, stay …
            pub code: Option<Cd> = v3("code"),
            /// When.
            pub effective_time: IvlTs = v3("effectiveTime"),
            /// How the patient left.
            pub discharge: Option<Cd> = v3("dischargeDispositionCode"),
            /// Who is responsible.
            pub responsible_party: Option<ResponsibleParty> = v3("responsibleParty"),
            /// Who took part.
            pub participants: Vec<EncounterParticipant> = v3("encounterParticipant"),
            /// Where.
            pub location: Option<EncounterLocation> = v3("location"),
        }
    }
}

class! {
    /// Who is responsible for the encounter (ResponsibleParty).
    pub struct ResponsibleParty {
        fixed { "typeCode" = "RESP" }
        elements {
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// Who took part in the encounter (EncounterParticipant).
    pub struct EncounterParticipant {
        attributes {
            /// `ADM` admitter, `ATND` attender, `CON` consultant, `DIS` discharger, `REF` referrer.
            pub type_code: String = "typeCode",
        }
        elements {
            /// When.
            pub time: Option<IvlTs> = v3("time"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// Where the encounter took place (Location).
    pub struct EncounterLocation {
        fixed { "typeCode" = "LOC" }
        elements {
            /// The facility.
            pub facility: HealthCareFacility = v3("healthCareFacility"),
        }
    }
}

class! {
    /// A health care facility (HealthCareFacility).
    pub struct HealthCareFacility {
        attributes {
            /// Class of the role; `SDLOC` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Kind of facility (`1.2.250.1.71.4.2.4`).
            pub code: Option<Cd> = v3("code"),
            /// The place.
            pub location: Option<Place> = v3("location"),
            /// The organization to which it belongs.
            pub organization: Option<Organization> = v3("serviceProviderOrganization"),
        }
    }
}
