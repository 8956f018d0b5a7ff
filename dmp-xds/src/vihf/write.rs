//! Writing a VIHF.

use segur_core::Coded;
use segur_soap::saml::{
    Assertion, AssertionForm, Attribute, AuthnStatement, Conditions, NameId, X509_SUBJECT_NAME,
};
use segur_xml::XmlWriter;

use super::model::{PROFESSION_SYSTEM, SPECIALTY_SYSTEM};
use super::{
    AuthenticationMode, Issue, ModeAttribute, SystemNames, Vihf, VihfError, VihfSettings, names,
};
use crate::Profile;
use crate::error::Invalid;
use crate::metadata::{Cx, Fault, Problem};

impl Vihf {
    /// The assertion, in the order of the samples. What is not checked here is whether a transaction asks for more:
    /// [`Vihf::check_for`].
    ///
    /// # Errors
    /// When rules are broken: every problem is listed.
    pub fn assertion(
        &self,
        issue: &Issue,
        settings: &VihfSettings,
    ) -> Result<Assertion, VihfError> {
        let mut problems = self.check(settings);
        if issue.issuer.trim().is_empty() {
            problems.insert(
                0,
                Problem {
                    object: "VIHF".to_owned(),
                    field: names::ISSUER,
                    fault: Fault::Missing,
                    expected: "the subject of the certificate that signs",
                },
            );
        }
        Invalid::unless_empty(problems)?;
        let mut assertion = Assertion::new(
            issue.id.clone(),
            issue.at.clone(),
            NameId::with_format(issue.issuer.clone(), X509_SUBJECT_NAME),
            NameId::new(self.user.id.clone()),
        );
        assertion.conditions = issue.until.as_ref().map(|until| Conditions {
            not_before: Some(issue.at.clone()),
            not_on_or_after: Some(until.clone()),
            audiences: Vec::new(),
        });
        let how = &self.authentication;
        let mut authn = AuthnStatement::new(
            how.at.as_ref().unwrap_or(&issue.at).clone(),
            how.class.uri(),
        );
        authn.declaration.clone_from(&how.declaration);
        assertion.authn = Some(authn);
        assertion.attributes = self.attributes(settings)?;
        Ok(assertion)
    }

    /// The assertion as markup, unsigned. Unsigned ones of direct authentication exist among the samples of the vendor kit, where mutual
    /// TLS with the card vouches; whether the DMP takes them is not known.
    ///
    /// # Errors
    /// As [`Vihf::assertion`]; when a text cannot stand in XML.
    pub fn write(&self, issue: &Issue, settings: &VihfSettings) -> Result<String, VihfError> {
        let assertion = self.assertion(issue, settings)?;
        Ok(assertion.write(&AssertionForm::default())?)
    }

    /// The assertion, signed, for [`security_block`](crate::transaction::security_block): enveloped signature, RSA-SHA256, exclusive
    /// canonicalisation. The certificate must be one to sign with: a CPS has another for TLS, and the DMP refuses that with
    /// `DMPInvalidCertificate`.
    ///
    /// # Errors
    /// As [`Vihf::write`]; when the signer does not sign.
    #[cfg(feature = "signature")]
    #[cfg_attr(docsrs, doc(cfg(feature = "signature")))]
    pub fn write_signed(
        &self,
        issue: &Issue,
        settings: &VihfSettings,
        signer: &dyn segur_soap::signature::Signer,
    ) -> Result<String, VihfError> {
        let assertion = self.assertion(issue, settings)?;
        let form = segur_soap::signature::SignatureForm::default();
        Ok(assertion.write_signed(&AssertionForm::default(), signer, &form)?)
    }

    fn attributes(&self, settings: &VihfSettings) -> Result<Vec<Attribute>, VihfError> {
        let mut all = vec![
            Attribute::text(names::STRUCTURE, self.structure.id.clone()),
            Attribute::text(names::SECTOR, flat(&self.structure.sector)),
        ];
        let text = |all: &mut Vec<Attribute>, name: &str, value: Option<&str>| {
            all.extend(value.map(|value| Attribute::text(name, value)));
        };
        text(&mut all, names::SUBJECT_ID, self.user.name.as_deref());
        let roles = [Some(&self.user.role), self.user.specialty.as_ref()];
        let mut values = Vec::new();
        for role in roles.into_iter().flatten() {
            let system_name = system_name(&role.system, settings.system_names);
            values.push(coded("Role", role, system_name)?);
        }
        all.push(Attribute::xml(names::ROLE, values));
        text(&mut all, names::VERSION, Some(&settings.version));
        let mode = self.authentication.mode;
        text(
            &mut all,
            mode_name(mode, settings.mode_attribute),
            Some(mode.word()),
        );
        let patient = self.patient.as_ref().map(resource_id);
        text(&mut all, names::RESOURCE_ID, patient.as_deref());
        text(&mut all, names::RESOURCE_URN, Some(names::URN_DMP));
        let purpose = Coded::fixed(
            self.access.mode.code(),
            names::ACCESS_SYSTEM,
            self.access.mode.label(),
        );
        let purpose = coded("PurposeOfUse", &purpose, Some(names::ACCESS_SYSTEM_NAME))?;
        all.push(Attribute::xml(names::PURPOSE, [purpose]));
        let secret = format!("{}^{}", names::SECRET, names::SECRET_SYSTEM);
        text(
            &mut all,
            names::CONFIDENTIALITY,
            self.secret.then_some(secret.as_str()),
        );
        let reason = self.access.reason.as_deref();
        text(
            &mut all,
            names::REASON,
            reason.filter(|_| settings.send_reason),
        );
        let software = &self.software;
        text(&mut all, names::SOFTWARE_ID, software.id.as_deref());
        text(&mut all, names::SOFTWARE_NAME, Some(&software.name));
        text(&mut all, names::SOFTWARE_VERSION, Some(&software.version));
        text(&mut all, names::HOMOLOGATION, Some(&software.homologation));
        Ok(all)
    }
}

/// Identifier, authority and kind; a date that came with it is left out.
fn resource_id(patient: &Cx) -> String {
    Cx::new(patient.id.as_str(), patient.oid(), "NH").to_text(Profile::Dmp)
}

fn mode_name(mode: AuthenticationMode, spelling: ModeAttribute) -> &'static str {
    let capital = match spelling {
        ModeAttribute::ByMode => mode == AuthenticationMode::Reinforced,
        ModeAttribute::Small => false,
        ModeAttribute::Capital => true,
    };
    if capital {
        names::MODE_CAPITAL
    } else {
        names::MODE
    }
}

fn system_name(system: &str, names: SystemNames) -> Option<&'static str> {
    match (system, names) {
        (PROFESSION_SYSTEM, SystemNames::Words) => Some("professions"),
        (PROFESSION_SYSTEM, SystemNames::Tables) => Some("G15"),
        (SPECIALTY_SYSTEM, SystemNames::Words) => Some("specialites RPPS"),
        (SPECIALTY_SYSTEM, SystemNames::Tables) => Some("R01"),
        _ => None,
    }
}

/// `code^system`.
fn flat(coded: &Coded) -> String {
    format!("{}^{}", coded.code, coded.system)
}

/// An element of HL7 of type CE that stands alone.
fn coded(name: &str, value: &Coded, system_name: Option<&str>) -> Result<String, VihfError> {
    let mut w = XmlWriter::new();
    w.start(name)?
        .attr("xmlns", names::HL7)?
        .attr("xmlns:xsi", names::XSI)?
        .attr("xsi:type", "CE")?
        .attr("code", &value.code)?
        .attr("codeSystem", &value.system)?;
    if let Some(system_name) = system_name {
        w.attr("codeSystemName", system_name)?;
    }
    if let Some(display) = &value.display {
        w.attr("displayName", display)?;
    }
    w.end()?;
    Ok(w.finish()?)
}
