//! Association: how two objects belong together.

use segur_core::Coded;

use super::{AssociationKind, AvailabilityStatus, MemberStatus};
use crate::ebrim;

/// How two objects belong together. IHE ITI TF-3, 4.2.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// Id; may be empty in a message that is to be sent, which then numbers it.
    pub id: String,
    /// What the association says.
    pub kind: AssociationKind,
    /// Id of the source.
    pub source: String,
    /// Id of the target: a name of the message, or an entryUUID.
    pub target: String,
    /// Whether the target comes with the set (SubmissionSetStatus).
    pub member_status: Option<MemberStatus>,
    /// The version of the metadata that an update is based on (PreviousVersion).
    pub previous_version: Option<String>,
    /// The status before the change (OriginalStatus).
    pub original_status: Option<AvailabilityStatus>,
    /// The status after the change (NewStatus).
    pub new_status: Option<AvailabilityStatus>,
    /// Whether an update carries the associations over (AssociationPropagation: `yes`, `no`).
    pub propagation: Option<bool>,
    /// Why, or how, in a code.
    pub documentation: Option<Coded>,
    /// availabilityStatus of the association itself.
    pub status: Option<AvailabilityStatus>,
    /// Slots without a field; kept.
    pub other_slots: Vec<ebrim::Slot>,
}

impl Association {
    /// An association without slots.
    pub fn new(
        kind: AssociationKind,
        source: impl Into<String>,
        target: impl Into<String>,
    ) -> Self {
        Self {
            id: String::new(),
            kind,
            source: source.into(),
            target: target.into(),
            member_status: None,
            previous_version: None,
            original_status: None,
            new_status: None,
            propagation: None,
            documentation: None,
            status: None,
            other_slots: Vec::new(),
        }
    }

    /// A member that comes with the set.
    pub fn member(set: impl Into<String>, target: impl Into<String>) -> Self {
        Self {
            member_status: Some(MemberStatus::Original),
            ..Self::new(AssociationKind::HasMember, set, target)
        }
    }
}
