//! The body of a document: sections, their narrative and their entries, or a medium.

mod narrative;
mod participation;
mod section;
mod statement;

pub use narrative::{Narrative, NarrativeElement, NarrativeKind, NarrativeNode};
pub use participation::{
    Consumable, Criterion, Device, EntryParticipant, EntryPerformer, External, LabeledDrug,
    ManufacturedProduct, Material, ObservationRange, ParticipantRole, ParticipantSubject,
    PlayingEntity, Precondition, ProductContent, Reference, ReferenceRange, ReferenceTarget,
    RelatedSubject, ScopingEntity, Specimen, SpecimenRole, Subject, SubjectPerson, SuppliedProduct,
};
pub use section::{Body, BodyComponent, NonXmlBody, Section, SectionComponent, StructuredBody};
pub use statement::{
    Act, Encounter, Entry, EntryRelationship, Observation, ObservationMedia, Organizer,
    OrganizerComponent, Procedure, RegionOfInterest, Statement, SubstanceAdministration, Supply,
};
