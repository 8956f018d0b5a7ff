//! The user and the structure from the claims of Pro Santé Connect.

use segur_core::{Coded, PscActivity, PscClaims, PscPractice};

use super::{SPECIALTY_SYSTEM, Structure, User};

/// Code system of the sections of the order of pharmacists, `A`, `D`. Source: as the labels of professions.
const PHARMACIST_SYSTEM: &str = "1.2.250.1.71.4.2.6";

impl User {
    /// The user of a session, practising this profession there. Claims have codes only: `label` gives the label of a specialty from its
    /// code and code system, as the loaded value sets have it; without it [`super::Vihf::check`] tells that it is missing.
    ///
    /// The name is that under which they practise, "Prénom NOM". prosanteconnect/generate-VIHF writes name, first name and structure:
    /// change [`User::name`] if that is wanted.
    ///
    /// ```
    /// use segur_core::PscClaims;
    /// use segur_dmp_xds::transaction::Transaction;
    /// use segur_dmp_xds::vihf::{Access, Authentication, Software, Structure, User, Vihf, VihfSettings};
    ///
    /// // The UserInfo answer of the session.
    /// let claims = PscClaims::read(br#"{
    ///     "SubjectNameID": "899700000001", "family_name": "TEST", "given_name": "ALICE",
    ///     "SubjectRefPro": {"exercices": [{"codeProfession": "10", "codeSavoirFaire": "SM26",
    ///         "activities": [{"codeSecteurDactivite": "SA01", "ancienIdentifiantDeLaStructure": "10B0127189"}]}]}
    /// }"#)?;
    /// // Who has several professions or places chooses one.
    /// let practice = &claims.practices[0];
    /// let label = |code: &str, _: &str| (code == "SM26").then(|| "Qualifié en Médecine Générale (SM)".to_owned());
    /// let air = Vihf {
    ///     user: User::from_psc(&claims, practice, label),
    ///     structure: Structure::from_psc(&practice.activities[0]).ok_or("no structure")?,
    ///     software: Software {
    ///         name: "LOGICIEL FICTIF".into(),
    ///         version: "1.0".into(),
    ///         homologation: "NUM-HOMOLOGATION".into(),
    ///         id: None,
    ///     },
    ///     patient: None, // VihfSource::for_patient gives it
    ///     authentication: Authentication::reinforced(), // behind the agency's proxy: pro_sante_connect_proxy()
    ///     access: Access::normal(),
    ///     secret: false,
    /// };
    /// assert!(air.check(&VihfSettings::default()).is_empty());
    /// // AIR reads, and does not submit: that needs a card, or the structure's certificate alone.
    /// let problems = air.check_for(Transaction::Submit, &VihfSettings::default());
    /// assert!(problems.iter().any(|problem| problem.to_string().contains("AIR may not submit")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// `unverified`: that a pharmacist without `codeSavoirFaire` has the section of the order as specialty. The value set of the DMP holds
    /// these codes; that the claim goes there was not read.
    pub fn from_psc(
        claims: &PscClaims,
        practice: &PscPractice,
        label: impl Fn(&str, &str) -> Option<String>,
    ) -> Self {
        let profession = practice.profession.as_deref().unwrap_or_default();
        let mut user = Self::professional(claims.subject_name_id.as_str(), profession);
        let given = practice.given_name.as_ref().or(claims.given_name.as_ref());
        let family = practice
            .family_name
            .as_ref()
            .or(claims.family_name.as_ref());
        let names: Vec<&str> = [given, family]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !names.is_empty() {
            user.name = Some(names.join(" "));
        }
        let section = || {
            let mut sections = practice.activities.iter();
            let section = sections.find_map(|activity| activity.pharmacist_section.clone());
            section
                .filter(|_| profession == "21")
                .map(|code| (code, PHARMACIST_SYSTEM))
        };
        let expertise = practice
            .expertise
            .clone()
            .map(|code| (code, SPECIALTY_SYSTEM));
        user.specialty = expertise.or_else(section).map(|(code, system)| {
            let label = label(&code, system);
            let coded = Coded::new(code, system);
            match label {
                Some(label) => coded.with_display(label),
                None => coded,
            }
        });
        user
    }
}

impl Structure {
    /// The structure of one activity of a session, when both its Struct_IdNat and its sector are told.
    #[must_use]
    pub fn from_psc(activity: &PscActivity) -> Option<Self> {
        let id = activity.structure_id.as_deref()?;
        Some(Self::new(id, activity.sector.as_deref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(practice: &str) -> PscClaims {
        let json = format!(
            r#"{{"SubjectNameID":"899700000001","given_name":"Alice","family_name":"TEST","SubjectRefPro":{{"exercices":[{practice}]}}}}"#
        );
        PscClaims::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_physician_has_the_specialty_of_the_claims() {
        let claims = claims(
            r#"{"codeProfession":"10","codeSavoirFaire":"SM26","nomDexercice":"EXERCICE","activities":[
                {"codeSecteurDactivite":"SA07","ancienIdentifiantDeLaStructure":"499700000000001"},
                {"codeSecteurDactivite":"SA01"}]}"#,
        );
        let practice = &claims.practices[0];
        let user = User::from_psc(&claims, practice, |code, _| {
            Some(format!("label of {code}"))
        });
        let expected = User::professional("899700000001", "10")
            .named("Alice EXERCICE")
            .with_specialty("SM26", "label of SM26");
        assert_eq!(user.name, expected.name);
        assert!(user == expected);
        let structure = Structure::from_psc(&practice.activities[0]);
        assert!(structure == Some(Structure::new("499700000000001", "SA07")));
        assert!(Structure::from_psc(&practice.activities[1]).is_none());
    }

    #[test]
    fn a_pharmacist_has_their_section_and_a_nurse_nothing() {
        let with = r#""activities":[{"codeSectionPharmacien":"A"}]"#;
        let pharmacist = claims(&format!(r#"{{"codeProfession":"21",{with}}}"#));
        let user = User::from_psc(&pharmacist, &pharmacist.practices[0], |_, _| None);
        assert_eq!(user.specialty, Some(Coded::new("A", PHARMACIST_SYSTEM)));
        let nurse = claims(&format!(r#"{{"codeProfession":"60",{with}}}"#));
        let user = User::from_psc(&nurse, &nurse.practices[0], |_, _| None);
        assert_eq!(user.specialty, None);
        assert_eq!(user.role.display.as_deref(), Some("Infirmier"));
    }
}
