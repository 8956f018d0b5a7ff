//! Participants, references and conditions of entries.

use crate::datatypes::{Ad, Bl, Cd, Ed, En, Ii, Int, IvlTs, Pq, Sc, St, Tel, Ts, Value};
use crate::header::{AssignedEntity, Organization};
use crate::tree::{CHOICE, Element, choice, class, lab, pharm, sdtc, v3};

class! {
    /// Of whom an entry tells, when not of the patient (Subject).
    pub struct Subject {
        fixed { "contextControlCode" = "OP" }
        attributes {
            /// `SBJ` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// Whether the person knows.
            pub awareness: Option<Cd> = v3("awarenessCode"),
            /// The person's relation to the patient.
            pub related_subject: RelatedSubject = v3("relatedSubject"),
        }
    }
}

class! {
    /// A person of whom an entry tells (RelatedSubject): the mother, the father.
    pub struct RelatedSubject {
        attributes {
            /// `PRS` personal relation (when absent) or `PAT`.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers (`sdtc:id`).
            pub ids: Vec<Ii> = sdtc("id"),
            /// The relation: `MTH`, `FTH` …
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// The person.
            pub subject: Option<SubjectPerson> = v3("subject"),
        }
    }
}

class! {
    /// The person of whom an entry tells (SubjectPerson).
    pub struct SubjectPerson {
        fixed { "classCode" = "PSN", "determinerCode" = "INSTANCE" }
        elements {
            /// Identifiers (`sdtc:id`); the mother's NIR in health certificates.
            pub ids: Vec<Ii> = sdtc("id"),
            /// Names.
            pub names: Vec<En> = v3("name"),
            /// Description (`sdtc:desc`).
            pub description: Option<Ed> = sdtc("desc"),
            /// Administrative sex.
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
            /// Races (`sdtc:raceCode`).
            pub races: Vec<Cd> = sdtc("raceCode"),
            /// Ethnic groups (`sdtc:ethnicGroupCode`).
            pub ethnic_groups: Vec<Cd> = sdtc("ethnicGroupCode"),
        }
    }
}

class! {
    /// A specimen (Specimen).
    pub struct Specimen {
        attributes {
            /// `SPC` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The specimen's role.
            pub role: SpecimenRole = v3("specimenRole"),
        }
    }
}

class! {
    /// The specimen's role (SpecimenRole).
    pub struct SpecimenRole {
        fixed { "classCode" = "SPEC" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What it is.
            pub entity: Option<PlayingEntity> = v3("specimenPlayingEntity"),
        }
    }
}

class! {
    /// A thing or person in a role (PlayingEntity).
    pub struct PlayingEntity {
        fixed { "determinerCode" = "INSTANCE" }
        attributes {
            /// Class of the entity; `ENT` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// What it is.
            pub code: Option<Cd> = v3("code"),
            /// How much.
            pub quantities: Vec<Pq> = v3("quantity"),
            /// Names.
            pub names: Vec<En> = v3("name"),
            /// Date of birth (`sdtc:birthTime`).
            pub birth_time: Option<Ts> = sdtc("birthTime"),
            /// Description.
            pub description: Option<Ed> = v3("desc"),
        }
    }
}

class! {
    /// Who carried out an act of the body (Performer2).
    pub struct EntryPerformer {
        attributes {
            /// `PRF` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// Function (`sdtc:functionCode`).
            pub function: Option<Cd> = sdtc("functionCode"),
            /// When.
            pub time: Option<IvlTs> = v3("time"),
            /// How: present, by telephone …
            pub mode: Option<Cd> = v3("modeCode"),
            /// Who.
            pub assigned_entity: AssignedEntity = v3("assignedEntity"),
        }
    }
}

class! {
    /// Another participant of an entry (Participant2): a device, a product, a person.
    pub struct EntryParticipant {
        fixed { "contextControlCode" = "OP" }
        attributes {
            /// Kind of participation: `CSM`, `DEV`, `LOC` …
            pub type_code: String = "typeCode",
        }
        elements {
            /// When.
            pub time: Option<IvlTs> = v3("time"),
            /// Whether the participant knows.
            pub awareness: Option<Cd> = v3("awarenessCode"),
            /// The participant's role.
            pub role: ParticipantRole = v3("participantRole"),
        }
    }
}

class! {
    /// A participant's role (ParticipantRole).
    pub struct ParticipantRole {
        attributes {
            /// Class of the role; `ROL` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What the role is.
            pub code: Option<Cd> = v3("code"),
            /// Addresses.
            pub addresses: Vec<Ad> = v3("addr"),
            /// Telephone numbers and electronic addresses.
            pub telecoms: Vec<Tel> = v3("telecom"),
            /// Who or what it is.
            pub subject: Option<ParticipantSubject> = CHOICE,
            /// What gives the role.
            pub scoping_entity: Option<ScopingEntity> = v3("scopingEntity"),
        }
    }
}

choice! {
    /// A device, or another thing or person.
    pub enum ParticipantSubject {
        /// A device.
        Device(Device) = v3("playingDevice"),
        /// Another thing or person.
        Entity(PlayingEntity) = v3("playingEntity"),
    }
}

class! {
    /// A device (Device).
    pub struct Device {
        fixed { "determinerCode" = "INSTANCE" }
        attributes {
            /// Class of the entity; `DEV` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Kind of device.
            pub code: Option<Cd> = v3("code"),
            /// Model.
            pub model: Option<Sc> = v3("manufacturerModelName"),
            /// Program.
            pub software: Option<Sc> = v3("softwareName"),
        }
    }
}

class! {
    /// What gives a role (Entity).
    pub struct ScopingEntity {
        fixed { "determinerCode" = "INSTANCE" }
        attributes {
            /// Class of the entity; `ENT` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What it is.
            pub code: Option<Cd> = v3("code"),
            /// Description.
            pub description: Option<Ed> = v3("desc"),
        }
    }
}

class! {
    /// What was taken (Consumable).
    pub struct Consumable {
        attributes {
            /// `CSM` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The product.
            pub product: ManufacturedProduct = v3("manufacturedProduct"),
        }
    }
}

class! {
    /// What was supplied (Product).
    pub struct SuppliedProduct {
        fixed { "typeCode" = "PRD" }
        elements {
            /// The product.
            pub product: ManufacturedProduct = v3("manufacturedProduct"),
        }
    }
}

class! {
    /// A manufactured product (ManufacturedProduct).
    pub struct ManufacturedProduct {
        fixed { "classCode" = "MANU" }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What it is.
            pub content: ProductContent = CHOICE,
            /// Who makes it.
            pub manufacturer: Option<Organization> = v3("manufacturerOrganization"),
            /// `pharm:subjectOf1`, as it stands.
            pub subject_of_1: Vec<Element<'static>> = pharm("subjectOf1"),
            /// `pharm:subjectOf2`, as it stands.
            pub subject_of_2: Vec<Element<'static>> = pharm("subjectOf2"),
            /// `pharm:subjectOf3`, as it stands.
            pub subject_of_3: Vec<Element<'static>> = pharm("subjectOf3"),
            /// `pharm:subjectOf4`, as it stands.
            pub subject_of_4: Vec<Element<'static>> = pharm("subjectOf4"),
            /// `pharm:subjectOf5`, as it stands.
            pub subject_of_5: Option<Element<'static>> = pharm("subjectOf5"),
        }
    }
}

choice! {
    /// What a product is.
    pub enum ProductContent {
        /// A material.
        Material(Box<Material>) = v3("manufacturedMaterial"),
        /// A labelled drug.
        LabeledDrug(LabeledDrug) = v3("manufacturedLabeledDrug"),
    }
}

impl Default for ProductContent {
    fn default() -> Self {
        Self::Material(Box::default())
    }
}

class! {
    /// A labelled drug (LabeledDrug).
    pub struct LabeledDrug {
        fixed { "classCode" = "MMAT", "determinerCode" = "KIND" }
        elements {
            /// What it is.
            pub code: Option<Cd> = v3("code"),
            /// Name.
            pub name: Option<En> = v3("name"),
        }
    }
}

class! {
    /// A material (Material): a medicine, a vaccine, a device. Extensions of IHE Pharmacy are held as
    /// they stand.
    pub struct Material {
        fixed { "classCode" = "MMAT", "determinerCode" = "KIND" }
        elements {
            /// What it is.
            pub code: Option<Cd> = v3("code"),
            /// Name.
            pub name: Option<En> = v3("name"),
            /// Description (`pharm:desc`).
            pub description: Option<Element<'static>> = pharm("desc"),
            /// Risk (`pharm:riskCode`).
            pub risk: Option<Element<'static>> = pharm("riskCode"),
            /// Handling (`pharm:handlingCode`).
            pub handling: Option<Element<'static>> = pharm("handlingCode"),
            /// Form (`pharm:formCode`).
            pub form: Option<Element<'static>> = pharm("formCode"),
            /// Lot.
            pub lot: Option<St> = v3("lotNumberText"),
            /// Expiry (`pharm:expirationTime`).
            pub expiration_time: Option<Element<'static>> = pharm("expirationTime"),
            /// Stability (`pharm:stabilityTime`).
            pub stability_time: Option<Element<'static>> = pharm("stabilityTime"),
            /// Distribution (`pharm:asDistributedProduct`).
            pub distributed: Vec<Element<'static>> = pharm("asDistributedProduct"),
            /// Manufacturer (`pharm:asMedicineManufacturer`).
            pub manufacturers: Vec<Element<'static>> = pharm("asMedicineManufacturer"),
            /// Package (`pharm:asContent`).
            pub package: Option<Element<'static>> = pharm("asContent"),
            /// Generalizations (`pharm:asSpecializedKind`).
            pub specialized_kinds: Vec<Element<'static>> = pharm("asSpecializedKind"),
            /// Parts (`pharm:part`).
            pub parts: Vec<Element<'static>> = pharm("part"),
            /// Ingredients (`pharm:ingredient`).
            pub ingredients: Vec<Element<'static>> = pharm("ingredient"),
        }
    }
}

class! {
    /// A condition (Precondition).
    pub struct Precondition {
        attributes {
            /// `PRCN` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The criterion.
            pub criterion: Criterion = v3("criterion"),
        }
    }
}

class! {
    /// A criterion (Criterion).
    pub struct Criterion {
        fixed { "moodCode" = "EVN.CRT" }
        attributes {
            /// Class of the act; `OBS` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// What is looked at.
            pub code: Option<Cd> = v3("code"),
            /// Text.
            pub text: Option<Ed> = v3("text"),
            /// Value.
            pub value: Option<Value> = v3("value"),
        }
    }
}

class! {
    /// A range of reference (ReferenceRange).
    pub struct ReferenceRange {
        attributes {
            /// `REFV` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The range.
            pub range: ObservationRange = v3("observationRange"),
        }
    }
}

class! {
    /// A range of reference (ObservationRange).
    pub struct ObservationRange {
        fixed { "moodCode" = "EVN.CRT" }
        attributes {
            /// Class of the act; `OBS` when absent.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// What is looked at.
            pub code: Option<Cd> = v3("code"),
            /// Text.
            pub text: Option<Ed> = v3("text"),
            /// The range.
            pub value: Option<Value> = v3("value"),
            /// What a value within means.
            pub interpretation: Option<Cd> = v3("interpretationCode"),
            /// Conditions (`sdtc:precondition1`), as they stand.
            pub sdtc_preconditions: Vec<Element<'static>> = sdtc("precondition1"),
            /// Conditions (`lab:precondition`), as they stand.
            pub lab_preconditions: Vec<Element<'static>> = lab("precondition"),
        }
    }
}

class! {
    /// A reference to something outside the document (Reference).
    pub struct Reference {
        attributes {
            /// Kind of reference: `REFR`, `XCRPT`, `SPRT` …
            pub type_code: String = "typeCode",
        }
        elements {
            /// Whether it may be understood alone.
            pub separable: Option<Bl> = v3("seperatableInd"),
            /// What it refers to.
            pub target: ReferenceTarget = CHOICE,
        }
    }
}

choice! {
    /// What a reference leads to.
    pub enum ReferenceTarget {
        /// An act.
        Act(External) = v3("externalAct"),
        /// An observation.
        Observation(External) = v3("externalObservation"),
        /// A procedure.
        Procedure(External) = v3("externalProcedure"),
        /// A document.
        Document(External) = v3("externalDocument"),
    }
}

impl Default for ReferenceTarget {
    fn default() -> Self {
        Self::Act(External::default())
    }
}

class! {
    /// An act, observation, procedure or document outside the document.
    pub struct External {
        fixed { "moodCode" = "EVN" }
        attributes {
            /// Class of the act.
            pub class_code: Option<String> = "classCode",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// What it is.
            pub code: Option<Cd> = v3("code"),
            /// Text.
            pub text: Option<Ed> = v3("text"),
            /// Of a document: identifier shared by all versions.
            pub set_id: Option<Ii> = v3("setId"),
            /// Of a document: version.
            pub version: Option<Int> = v3("versionNumber"),
        }
    }
}
