//! Which transaction.

use crate::vocabulary::action;

/// Which transaction of XDS.b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transaction {
    /// ITI-18, Registry Stored Query (TD3.1).
    Query,
    /// ITI-41, Provide and Register Document Set-b (TD2.1).
    Submit,
    /// ITI-43, Retrieve Document Set (TD3.2).
    Retrieve,
    /// ITI-57, Update Document Set (TD3.3).
    Update,
}

impl Transaction {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Query, Self::Submit, Self::Retrieve, Self::Update];

    /// `wsa:Action` of the request.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Query => action::STORED_QUERY,
            Self::Submit => action::PROVIDE_AND_REGISTER,
            Self::Retrieve => action::RETRIEVE,
            Self::Update => action::UPDATE,
        }
    }

    /// `wsa:Action` of the answer, as IHE has it.
    #[must_use]
    pub fn answer_action(self) -> String {
        format!("{}Response", self.action())
    }

    /// `wsa:Action` of the answer as the DMP writes it for ITI-57, with a hyphen. Source: messages of the DMP vendor kit.
    #[must_use]
    pub fn hyphenated_answer_action(self) -> String {
        format!("{}-Response", self.action())
    }

    /// The name by which IHE knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "ITI-18",
            Self::Submit => "ITI-41",
            Self::Retrieve => "ITI-43",
            Self::Update => "ITI-57",
        }
    }
}
