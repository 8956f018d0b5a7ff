//! `setAuthorization`: the professional's own authorisation on the DMP of a patient.

use segur_xml::Node;

use super::check::Check;
use super::plain::{ServiceStatus, known, leaf, option, output};
use super::vocabulary::HABILITATIONS;
use super::{AuthorisationAction, Role};
use crate::error::{ReadError, WriteError};
use crate::metadata::Fault;
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child_text, expect, parse, written};

const NAME: &str = "setAuthorization";
const ANSWER: &str = "setAuthorizationResponse";

/// The message of TD0.3. It names neither the patient nor the professional: both stand in the VIHF alone (`resource-id`, `NameID`).
///
/// Source: `TD0.3 - Mise à jour de l'autorisation_requête.xml` and `Habilitations.wsdl` of the DMP vendor kit. `Debug` is whole: it holds nothing
/// of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct SetAuthorisation {
    /// Declared, or given up.
    pub action: AuthorisationAction,
    /// As médecin traitant; nothing for a plain authorisation.
    pub role: Option<Role>,
}

impl SetAuthorisation {
    /// The professional declares to be authorised, with the patient's consent.
    #[must_use]
    pub const fn declare() -> Self {
        Self {
            action: AuthorisationAction::Add,
            role: None,
        }
    }

    /// The professional gives the authorisation up.
    #[must_use]
    pub const fn give_up() -> Self {
        Self {
            action: AuthorisationAction::Remove,
            role: None,
        }
    }

    /// The same as médecin traitant.
    #[must_use]
    pub fn as_treating_physician(self) -> Self {
        Self {
            role: Some(Role::TreatingPhysician),
            ..self
        }
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or there is no action.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HABILITATIONS, NAME)?;
        let mut warnings = Warnings::default();
        known(node, HABILITATIONS, &["action", "role"], &mut warnings);
        let action = child_text(node, HABILITATIONS, "action").ok_or(ReadError::Missing {
            element: NAME,
            missing: "action",
        })?;
        let action = AuthorisationAction::read(&action);
        let role = child_text(node, HABILITATIONS, "role").map(|role| Role::read(&role));
        for (field, is_known) in [
            ("action", action.is_known()),
            ("role", role.as_ref().is_none_or(Role::is_known)),
        ] {
            if !is_known {
                warnings.push(WarningKind::UnknownWord, "", field);
            }
        }
        Ok(warnings.with(Self { action, role }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A word that the schema does not have.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        if !self.action.is_known() {
            check.add("action", Fault::Form, "AJOUT or SUPPRESSION");
        }
        if self.role.as_ref().is_some_and(|role| !role.is_known()) {
            check.add("role", Fault::Form, "MEDECIN_TRAITANT");
        }
        check.finish()?;
        written(|w| {
            w.start(NAME)?.attr("xmlns", HABILITATIONS)?;
            leaf(w, "action", self.action.as_str())?;
            option(w, "role", self.role.as_ref().map(Role::as_str))?;
            w.end()?;
            Ok(())
        })
    }
}

/// The answer of TD0.3.
///
/// Source: `TD0.3 - Mise à jour de l'autorisation_réponse.xml` of the DMP vendor kit: declaring an authorisation that exists is `DMPOk`, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct AuthorisationSet {
    /// Whether it was done.
    pub status: ServiceStatus,
}

impl AuthorisationSet {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or an empty one.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HABILITATIONS, ANSWER)?;
        let mut warnings = Warnings::default();
        let output = output(node, HABILITATIONS, ANSWER)?;
        known(output, HABILITATIONS, &["status", "context"], &mut warnings);
        let status = ServiceStatus::read(output, HABILITATIONS, &mut warnings);
        Ok(warnings.with(Self { status }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A code is empty; a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(ANSWER);
        self.status.check(&mut check);
        check.finish()?;
        written(|w| {
            w.start(ANSWER)?.attr("xmlns", HABILITATIONS)?;
            w.start("output")?;
            self.status.write(w)?;
            w.end()?.end()?;
            Ok(())
        })
    }
}
