//! Assertions of INSi: signed with the card of a professional (CPx), or unsigned from a session of Pro Santé Connect.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use segur_soap::saml::{Assertion, AssertionForm, Attribute, NameId, SamlTime, X509_SUBJECT_NAME};
use segur_soap::signature::{SignatureForm, Signer, subject_name};

use super::{AssertionSource, Assertions, CallSource, NoAssertion, SystemSource};
use crate::insi::Uuid;

/// What an assertion says of the professional. `Debug` hides it.
///
/// Source: sample of the published client padoa/tlsi-ins; guide of the GIE SESAM-Vitale as related by published clients.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Holder {
    /// National identifier of the person: `8` and the RPPS number (`899900063480`), or `0` and the ADELI number.
    pub national_id: String,
    /// `identifiantFacturation`: for a professional in private practice the number under which they bill the health insurance; in an
    /// establishment the FINESS number of its place, or else its SIRET.
    pub billing_id: String,
    /// `codeSpecialite`: mandatory for physicians, those in training too.
    pub speciality: Option<String>,
    /// `secteurActivite`, such as `SA05`.
    pub sector: Option<String>,
}

/// Signs a new assertion for each call with a card (or any [`Signer`]).
pub struct CardAssertions {
    holder: Holder,
    signer: Arc<dyn Signer>,
    issuer: String,
    source: Arc<dyn CallSource>,
}

/// `unverified`: which professions the attribute `gipProfessionCode` concerns, and how the token of Pro Santé Connect travels. The
/// assertion has no signature.
#[derive(Clone)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct SessionAssertions {
    /// What it says of the professional; `speciality` is written as `codeSpecialiteAMO`, `sector` is not written.
    pub holder: Holder,
    /// `gipProfessionCode`: when the professional has several professions.
    pub profession: Option<String>,
    /// `Issuer`: the software's name; how it is to be written is not known.
    pub issuer: String,
}

impl CardAssertions {
    /// Assertions signed by `signer`; the issuer is the subject of its certificate.
    ///
    /// # Errors
    /// When the signer has no certificate, or one that cannot be read.
    pub fn new(holder: Holder, signer: Arc<dyn Signer>) -> Result<Self, NoAssertion> {
        Self::with_source(holder, signer, Arc::new(SystemSource))
    }

    /// As [`CardAssertions::new`], with randomness of the caller's.
    ///
    /// # Errors
    /// As [`CardAssertions::new`].
    pub fn with_source(
        holder: Holder,
        signer: Arc<dyn Signer>,
        source: Arc<dyn CallSource>,
    ) -> Result<Self, NoAssertion> {
        let certificate = signer.certificates().first();
        let certificate = certificate.ok_or_else(|| NoAssertion {
            reason: "the card gives no certificate".to_owned(),
        })?;
        let issuer = subject_name(certificate).map_err(|error| because(&error))?;
        Ok(Self {
            holder,
            signer,
            issuer,
            source,
        })
    }
}

fn because(error: &dyn std::error::Error) -> NoAssertion {
    NoAssertion {
        reason: error.to_string(),
    }
}

fn new_id(source: &dyn CallSource) -> Result<String, NoAssertion> {
    let random = source.random().map_err(|error| because(&error))?;
    Ok(format!("_{}", Uuid::from_random(random)))
}

fn time(at: DateTime<Utc>) -> Result<SamlTime, NoAssertion> {
    let text = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    SamlTime::new(&text).map_err(|error| because(&error))
}

fn attributes(rows: [(&str, Option<&str>); 3]) -> Vec<Attribute> {
    let told = rows
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    told.map(|(name, value)| Attribute::text(name, value))
        .collect()
}

fn subject(id: &str, qualifier: &str) -> NameId {
    let mut subject = NameId::new(id);
    subject.name_qualifier = Some(qualifier.to_owned());
    subject
}

impl AssertionSource for CardAssertions {
    fn assertions(&self, at: DateTime<Utc>) -> Result<Assertions, NoAssertion> {
        let holder = &self.holder;
        let mut assertion = Assertion::new(
            new_id(&*self.source)?,
            time(at)?,
            NameId::with_format(self.issuer.clone(), X509_SUBJECT_NAME),
            subject(&holder.national_id, "CPS"),
        );
        assertion.attributes = attributes([
            ("identifiantFacturation", Some(&holder.billing_id)),
            ("codeSpecialite", holder.speciality.as_deref()),
            ("secteurActivite", holder.sector.as_deref()),
        ]);
        let signed = assertion
            .write_signed(
                &AssertionForm::default(),
                &*self.signer,
                &SignatureForm::default(),
            )
            .map_err(|error| because(&error))?;
        Ok(Assertions {
            emitter: holder.national_id.clone(),
            assertions: vec![signed],
        })
    }
}

impl AssertionSource for SessionAssertions {
    fn assertions(&self, at: DateTime<Utc>) -> Result<Assertions, NoAssertion> {
        let holder = &self.holder;
        let mut assertion = Assertion::new(
            new_id(&SystemSource)?,
            time(at)?,
            NameId::new(self.issuer.clone()),
            subject(&holder.national_id, "PSC"),
        );
        assertion.attributes = attributes([
            ("codeSpecialiteAMO", holder.speciality.as_deref()),
            ("identifiantFacturation", Some(&holder.billing_id)),
            ("gipProfessionCode", self.profession.as_deref()),
        ]);
        let markup = assertion.write(&AssertionForm::default());
        Ok(Assertions {
            emitter: holder.national_id.clone(),
            assertions: vec![markup.map_err(|error| because(&error))?],
        })
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(…)")
    }
}

impl fmt::Debug for CardAssertions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardAssertions(…)")
    }
}

impl fmt::Debug for SessionAssertions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionAssertions(…)")
    }
}
