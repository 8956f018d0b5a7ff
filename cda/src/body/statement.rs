//! Entries: what programs read.

use super::{
    Consumable, EntryParticipant, EntryPerformer, Precondition, Reference, ReferenceRange,
    Specimen, Subject, SuppliedProduct,
};
use crate::datatypes::{
    Bl, Cd, Cs, Ed, Ii, Int, IvlInt, IvlPq, IvlTs, Pq, RtoPqPq, St, TimeSpec, Value,
};
use crate::header::{Author, Informant};
use crate::tree::{CHOICE, Element, choice, class, sdtc, v3};

class! {
    /// What joins an entry to its section (Entry).
    pub struct Entry {
        fixed { "contextConductionInd" = "true" }
        attributes {
            /// `COMP` (when absent) or `DRIV` when the narrative was made from the entry.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// The entry.
            pub statement: Statement = CHOICE,
        }
    }
}

class! {
    /// What joins an entry to another (EntryRelationship).
    pub struct EntryRelationship {
        attributes {
            /// Kind of relation: `COMP`, `SUBJ`, `CAUS`, `RSON`, `REFR` …
            pub type_code: String = "typeCode",
            /// Whether source and target are to be read the other way round.
            pub inversion: Option<bool> = "inversionInd",
            /// Whether context is passed on; it is when absent.
            pub context_conduction: Option<bool> = "contextConductionInd",
            /// Whether the relation is denied.
            pub negation: Option<bool> = "negationInd",
        }
        elements {
            /// Rank.
            pub sequence_number: Option<Int> = v3("sequenceNumber"),
            /// Whether it may be understood alone.
            pub separable: Option<Bl> = v3("seperatableInd"),
            /// The other entry.
            pub statement: Statement = CHOICE,
        }
    }
}

class! {
    /// What joins an entry to an organizer (Component4).
    pub struct OrganizerComponent {
        fixed { "contextConductionInd" = "true" }
        attributes {
            /// `COMP` when absent.
            pub type_code: Option<String> = "typeCode",
        }
        elements {
            /// Rank.
            pub sequence_number: Option<Int> = v3("sequenceNumber"),
            /// Whether it may be understood alone.
            pub separable: Option<Bl> = v3("seperatableInd"),
            /// Priority (`sdtc:priorityNumber`).
            pub priority: Option<Int> = sdtc("priorityNumber"),
            /// The entry.
            pub statement: Statement = CHOICE,
        }
    }
}

choice! {
    /// An entry of any kind.
    pub enum Statement {
        /// An observation.
        Observation(Box<Observation>) = v3("observation"),
        /// An act.
        Act(Box<Act>) = v3("act"),
        /// An encounter.
        Encounter(Box<Encounter>) = v3("encounter"),
        /// A medium.
        Media(Box<ObservationMedia>) = v3("observationMedia"),
        /// A group of entries.
        Organizer(Box<Organizer>) = v3("organizer"),
        /// A procedure.
        Procedure(Box<Procedure>) = v3("procedure"),
        /// A part of a medium.
        Region(Box<RegionOfInterest>) = v3("regionOfInterest"),
        /// A medicine or vaccine given or prescribed.
        Substance(Box<SubstanceAdministration>) = v3("substanceAdministration"),
        /// A supply.
        Supply(Box<Supply>) = v3("supply"),
    }
}

impl Default for Statement {
    fn default() -> Self {
        Self::Observation(Box::default())
    }
}

/// One kind of entry: its own attributes and fields, between those that all kinds share.
macro_rules! entry_class {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            attributes { $($attributes:tt)* }
            elements { $($elements:tt)* }
            tail { $($tail:tt)* }
        }
    ) => {
        class! {
            $(#[$meta])*
            pub struct $name {
                attributes {
                    /// Class of the act.
                    pub class_code: String = "classCode",
                    /// `EVN` when it happened, `INT` when intended, `RQO` when ordered …
                    pub mood_code: String = "moodCode",
                    $($attributes)*
                }
                elements {
                    /// Identifiers.
                    pub ids: Vec<Ii> = v3("id"),
                    $($elements)*
                    /// Of whom it tells, when not of the patient.
                    pub subject: Option<Box<Subject>> = v3("subject"),
                    /// Specimens.
                    pub specimens: Vec<Specimen> = v3("specimen"),
                    $($tail)*
                }
            }
        }
    };
}

entry_class! {
    /// An observation (Observation).
    pub struct Observation {
        attributes {
            /// Whether what `code` and `value` say is denied.
            pub negation: Option<bool> = "negationInd",
        }
        elements {
            /// What was observed.
            pub code: Cd = v3("code"),
            /// How it is derived.
            pub derivation: Option<St> = v3("derivationExpr"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status: `completed`, `active` …
            pub status: Option<Cs> = v3("statusCode"),
            /// When it holds.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// Priority.
            pub priority: Option<Cd> = v3("priorityCode"),
            /// Repetition.
            pub repeat_number: Option<IvlInt> = v3("repeatNumber"),
            /// Language.
            pub language: Option<Cs> = v3("languageCode"),
            /// Values.
            pub values: Vec<Value> = v3("value"),
            /// What the value means.
            pub interpretations: Vec<Cd> = v3("interpretationCode"),
            /// Methods.
            pub methods: Vec<Cd> = v3("methodCode"),
            /// Sites of the body.
            pub target_sites: Vec<Cd> = v3("targetSiteCode"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Ranges of reference.
            pub reference_ranges: Vec<ReferenceRange> = v3("referenceRange"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

entry_class! {
    /// An act (Act).
    pub struct Act {
        attributes {
            /// Whether the act is denied.
            pub negation: Option<bool> = "negationInd",
        }
        elements {
            /// What was done.
            pub code: Cd = v3("code"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status.
            pub status: Option<Cs> = v3("statusCode"),
            /// When.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// Priority.
            pub priority: Option<Cd> = v3("priorityCode"),
            /// Language.
            pub language: Option<Cs> = v3("languageCode"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

entry_class! {
    /// An encounter (Encounter).
    pub struct Encounter {
        attributes {}
        elements {
            /// Kind of encounter.
            pub code: Option<Cd> = v3("code"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status.
            pub status: Option<Cs> = v3("statusCode"),
            /// When.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// How the patient left (`sdtc:dischargeDispositionCode`).
            pub discharge: Option<Cd> = sdtc("dischargeDispositionCode"),
            /// Priority.
            pub priority: Option<Cd> = v3("priorityCode"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

entry_class! {
    /// A procedure (Procedure).
    pub struct Procedure {
        attributes {
            /// Whether the procedure is denied.
            pub negation: Option<bool> = "negationInd",
        }
        elements {
            /// What was done.
            pub code: Option<Cd> = v3("code"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status.
            pub status: Option<Cs> = v3("statusCode"),
            /// When.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
            /// Priority.
            pub priority: Option<Cd> = v3("priorityCode"),
            /// Language.
            pub language: Option<Cs> = v3("languageCode"),
            /// Methods.
            pub methods: Vec<Cd> = v3("methodCode"),
            /// Ways in.
            pub approach_sites: Vec<Cd> = v3("approachSiteCode"),
            /// Sites of the body.
            pub target_sites: Vec<Cd> = v3("targetSiteCode"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

entry_class! {
    /// A medium (ObservationMedia).
    pub struct ObservationMedia {
        attributes {
            /// Identifier within the document, to which `renderMultiMedia` leads.
            pub xml_id: Option<String> = "ID",
        }
        elements {
            /// Language.
            pub language: Option<Cs> = v3("languageCode"),
            /// The medium.
            pub value: Ed = v3("value"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
        }
    }
}

entry_class! {
    /// A part of a medium (RegionOfInterest).
    pub struct RegionOfInterest {
        attributes {
            /// Identifier within the document.
            pub xml_id: Option<String> = "ID",
        }
        elements {
            /// Shape: `CIRCLE`, `ELLIPSE`, `POLY`, `POINT`.
            pub code: Cs = v3("code"),
            /// Coordinates, as they stand.
            pub values: Vec<Element<'static>> = v3("value"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
        }
    }
}

entry_class! {
    /// A group of entries (Organizer).
    pub struct Organizer {
        attributes {}
        elements {
            /// What the group is.
            pub code: Option<Cd> = v3("code"),
            /// Text (`sdtc:text`).
            pub text: Option<Ed> = sdtc("text"),
            /// Status.
            pub status: Cs = v3("statusCode"),
            /// When.
            pub effective_time: Option<IvlTs> = v3("effectiveTime"),
        }
        tail {
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// The entries.
            pub components: Vec<OrganizerComponent> = v3("component"),
        }
    }
}

class! {
    /// A medicine or vaccine given or prescribed (SubstanceAdministration).
    pub struct SubstanceAdministration {
        attributes {
            /// Class of the act: `SBADM`.
            pub class_code: String = "classCode",
            /// `EVN` when it was given, `INT` when intended, `RQO` when ordered.
            pub mood_code: String = "moodCode",
            /// Whether it is denied.
            pub negation: Option<bool> = "negationInd",
        }
        elements {
            /// Identifiers.
            pub ids: Vec<Ii> = v3("id"),
            /// Kind of administration.
            pub code: Option<Cd> = v3("code"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status.
            pub status: Option<Cs> = v3("statusCode"),
            /// When: duration first, then frequency.
            pub effective_times: Vec<TimeSpec> = v3("effectiveTime"),
            /// Priority.
            pub priority: Option<Cd> = v3("priorityCode"),
            /// Repetition.
            pub repeat_number: Option<IvlInt> = v3("repeatNumber"),
            /// Route.
            pub route: Option<Cd> = v3("routeCode"),
            /// Sites.
            pub approach_sites: Vec<Cd> = v3("approachSiteCode"),
            /// Dose.
            pub dose: Option<IvlPq> = v3("doseQuantity"),
            /// Rate.
            pub rate: Option<IvlPq> = v3("rateQuantity"),
            /// Maximum dose in a period.
            pub max_dose: Option<RtoPqPq> = v3("maxDoseQuantity"),
            /// Form of one unit.
            pub unit: Option<Cd> = v3("administrationUnitCode"),
            /// Who receives it, when not the patient.
            pub subject: Option<Box<Subject>> = v3("subject"),
            /// Specimens.
            pub specimens: Vec<Specimen> = v3("specimen"),
            /// The product.
            pub consumable: Consumable = v3("consumable"),
            /// Who gave it.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

entry_class! {
    /// A supply (Supply).
    pub struct Supply {
        attributes {}
        elements {
            /// Kind of supply.
            pub code: Option<Cd> = v3("code"),
            /// Text, or reference to the narrative.
            pub text: Option<Ed> = v3("text"),
            /// Status.
            pub status: Option<Cs> = v3("statusCode"),
            /// When.
            pub effective_times: Vec<TimeSpec> = v3("effectiveTime"),
            /// Priorities.
            pub priorities: Vec<Cd> = v3("priorityCode"),
            /// Repetition.
            pub repeat_number: Option<IvlInt> = v3("repeatNumber"),
            /// Whether it stands on its own.
            pub independent: Option<Bl> = v3("independentInd"),
            /// How much.
            pub quantity: Option<Pq> = v3("quantity"),
            /// For how long.
            pub expected_use_time: Option<IvlTs> = v3("expectedUseTime"),
        }
        tail {
            /// The product.
            pub product: Option<SuppliedProduct> = v3("product"),
            /// Who carried it out.
            pub performers: Vec<EntryPerformer> = v3("performer"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who gave the information.
            pub informants: Vec<Informant> = v3("informant"),
            /// Other participants.
            pub participants: Vec<EntryParticipant> = v3("participant"),
            /// Entries related to it.
            pub relationships: Vec<EntryRelationship> = v3("entryRelationship"),
            /// References to the outside.
            pub references: Vec<Reference> = v3("reference"),
            /// Conditions.
            pub preconditions: Vec<Precondition> = v3("precondition"),
            /// Orders that it answers (`sdtc:inFulfillmentOf1`), as they stand.
            pub in_fulfillment_of: Vec<Element<'static>> = sdtc("inFulfillmentOf1"),
        }
    }
}

impl Statement {
    /// Templates that the entry claims to follow.
    pub fn template_ids(&self) -> &[Ii] {
        match self {
            Self::Observation(s) => &s.template_ids,
            Self::Act(s) => &s.template_ids,
            Self::Encounter(s) => &s.template_ids,
            Self::Media(s) => &s.template_ids,
            Self::Organizer(s) => &s.template_ids,
            Self::Procedure(s) => &s.template_ids,
            Self::Region(s) => &s.template_ids,
            Self::Substance(s) => &s.template_ids,
            Self::Supply(s) => &s.template_ids,
        }
    }

    /// Whether the entry claims to follow this template.
    pub fn has_template(&self, root: &str) -> bool {
        self.template_ids().iter().any(|id| id.is_under(root))
    }

    /// What the entry is about; media and regions have no such code.
    pub fn code(&self) -> Option<&Cd> {
        match self {
            Self::Observation(s) => Some(&s.code),
            Self::Act(s) => Some(&s.code),
            Self::Encounter(s) => s.code.as_ref(),
            Self::Organizer(s) => s.code.as_ref(),
            Self::Procedure(s) => s.code.as_ref(),
            Self::Substance(s) => s.code.as_ref(),
            Self::Supply(s) => s.code.as_ref(),
            Self::Media(_) | Self::Region(_) => None,
        }
    }

    /// The values of an observation; none of other kinds.
    pub fn values(&self) -> &[Value] {
        match self {
            Self::Observation(s) => &s.values,
            _ => &[],
        }
    }

    /// The entry's text: its own or a reference to the narrative.
    pub fn text(&self) -> Option<&Ed> {
        match self {
            Self::Observation(s) => s.text.as_ref(),
            Self::Act(s) => s.text.as_ref(),
            Self::Encounter(s) => s.text.as_ref(),
            Self::Organizer(s) => s.text.as_ref(),
            Self::Procedure(s) => s.text.as_ref(),
            Self::Substance(s) => s.text.as_ref(),
            Self::Supply(s) => s.text.as_ref(),
            Self::Media(_) | Self::Region(_) => None,
        }
    }

    /// The entries directly below: components of an organizer, related entries of the others.
    pub fn children(&self) -> Vec<&Statement> {
        let relationships = match self {
            Self::Observation(s) => &s.relationships,
            Self::Act(s) => &s.relationships,
            Self::Encounter(s) => &s.relationships,
            Self::Media(s) => &s.relationships,
            Self::Procedure(s) => &s.relationships,
            Self::Region(s) => &s.relationships,
            Self::Substance(s) => &s.relationships,
            Self::Supply(s) => &s.relationships,
            Self::Organizer(s) => return s.components.iter().map(|c| &c.statement).collect(),
        };
        relationships.iter().map(|r| &r.statement).collect()
    }

    /// The entry and every entry below it, in document order.
    pub fn walk(&self) -> impl Iterator<Item = &Statement> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let statement = stack.pop()?;
            stack.extend(statement.children().into_iter().rev());
            Some(statement)
        })
    }
}
