//! Authorisations: TD0.3 and TD1.6.

use segur_dmp_xds::patient::{
    AuthorisationAction, AuthorisationMode, AuthorisationSet, Authorisations,
    AuthorisedProfessional, DmpCode, ListAuthorisations, Role, ServiceStatus, SetAuthorisation,
};

use super::patients::{Asked, Desk, Given, TestRecord, own_code};

impl Desk {
    /// TD0.3. The patient stands in the assertion.
    pub(super) fn set(&self, asked: &Asked, request: &SetAuthorisation) -> AuthorisationSet {
        AuthorisationSet {
            status: self.changed(asked, request),
        }
    }

    fn changed(&self, asked: &Asked, request: &SetAuthorisation) -> ServiceStatus {
        let professional = asked.professional();
        let Some(person) = asked.person() else {
            return told(own_code("SandboxNoDmp"), "pas de DMP");
        };
        if self.records.kept().is_closed(person) {
            return told(DmpCode::Closed, "DMP fermé");
        }
        if professional.is_empty() {
            return told(own_code("SandboxNoProfessional"), "professionnel inconnu");
        }
        if person.record == TestRecord::Blocked {
            return told(own_code("SandboxBlocked"), "accès bloqué par le patient");
        }
        let before = self.records.kept().given(person, professional).cloned();
        let as_physician = request.role == Some(Role::TreatingPhysician);
        let (after, context) = match (&request.action, before.clone()) {
            (AuthorisationAction::Add, Some(given))
                if given.treating_physician || !as_physician =>
            {
                // As the DMP does, in the kit's message.
                (Some(given), "Autorisation déjà présente, rien à faire")
            }
            (AuthorisationAction::Add, before) => {
                let now = asked.now.map(|now| now.to_string()).unwrap_or_default();
                let given = Given {
                    since: before.map_or(now, |given| given.since),
                    treating_physician: as_physician,
                };
                (Some(given), "")
            }
            (AuthorisationAction::Remove, None) => (None, "Aucune autorisation, rien à faire"),
            // Gives up the role, and keeps the authorisation.
            (AuthorisationAction::Remove, Some(given)) if as_physician => {
                let given = Given {
                    treating_physician: false,
                    ..given
                };
                (Some(given), "")
            }
            (AuthorisationAction::Remove, Some(_)) => (None, ""),
            _ => return told(own_code("SandboxUnknownAction"), "action inconnue"),
        };
        let kept = self.records.change(|kept| {
            let all = kept.given.entry(person.matricule.to_owned()).or_default();
            match after {
                Some(given) => all.insert(professional.to_owned(), given),
                None => all.remove(professional),
            };
        });
        match kept {
            Ok(()) => told(DmpCode::Ok, context),
            Err(_) => told(own_code("SandboxDisk"), "écriture impossible"),
        }
    }

    /// TD1.6. The patient stands in the assertion.
    pub(super) fn authorised(&self, asked: &Asked, request: &ListAuthorisations) -> Authorisations {
        let Some(person) = asked.person() else {
            return Authorisations {
                entries: Vec::new(),
                status: told(own_code("SandboxNoDmp"), "pas de DMP"),
            };
        };
        let kept = self.records.kept();
        let given = kept.given.get(person.matricule).into_iter().flatten();
        let entries = given.map(|(professional, given)| {
            let mode = AuthorisationMode::Active;
            let mut entry = AuthorisedProfessional::new(professional, mode);
            entry.since = given.since.parse().ok();
            entry
                .roles
                .extend(given.treating_physician.then_some(Role::TreatingPhysician));
            entry
        });
        let entries: Vec<_> = match (&request.mode, person.record) {
            // Who asks is blocked, as everybody is.
            (AuthorisationMode::Active, TestRecord::Blocked) => Vec::new(),
            (_, TestRecord::Blocked) => {
                let mode = AuthorisationMode::Forbidden;
                vec![AuthorisedProfessional::new(asked.professional(), mode)]
            }
            (AuthorisationMode::Forbidden, _) => Vec::new(),
            _ => entries.collect(),
        };
        Authorisations {
            entries,
            status: ServiceStatus::default(),
        }
    }
}

fn told(code: DmpCode, context: &str) -> ServiceStatus {
    ServiceStatus {
        code,
        context: Some(context.to_owned()).filter(|text| !text.is_empty()),
    }
}
