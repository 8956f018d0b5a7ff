//! One call: contexts, addressing, proof of who calls, search.

use std::fmt;

use chrono::{DateTime, Utc};
use segur_soap::envelope::{Addressing, Envelope, HttpMessage, SoapVersion};
use segur_xml::{Document, XmlWriter};

use super::context::{self, Shared};
use super::settings::MessageIdForm;
use super::{CallError, CallIds, Endpoints, Query, Settings, Software};

const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";

/// How the caller proves who it is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Authentication {
    /// With the software's certificate, over mutual TLS; the message says nothing of it. Its subject has the CN
    /// `INSI-AUTO` for calls that the software makes by itself (`unverified`: `INSI-MANU` for those that a user asks
    /// for); another CN is answered with `desir_560`, [`super::RefusalCause::AccessLevel`].
    MutualTls,
    /// With SAML 2.0 assertions in `wsse:Security`, put in as they were signed: that of the professional, and that of
    /// the carte Vitale when it was read.
    Assertions(Vec<String>),
}

/// A call, all that goes into it. Times, numbers and signatures are the caller's, so that the same values give the
/// same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is searched.
    pub query: Query,
    /// Which software asks.
    pub software: Software,
    /// Who asks, in both contexts: with a CPx the NameID of the assertion (`899900063480`), with a certificate the OU
    /// of its subject (`10B0152872`).
    pub emitter: Option<String>,
    /// How that is proved.
    pub authentication: Authentication,
    /// Numbers of this call.
    pub ids: CallIds,
    /// When; written to the millisecond.
    pub at: DateTime<Utc>,
    /// Spelling.
    pub settings: Settings,
}

impl Call {
    /// The message to send, with a POST to [`Call::url`].
    ///
    /// # Errors
    /// When the search lacks something or holds something that INSi refuses, or an assertion is none.
    pub fn write(&self) -> Result<HttpMessage, CallError> {
        self.query.check()?;
        let shared = Shared {
            at: self.at,
            emitter: self.emitter.as_deref(),
        };
        let mut headers = vec![
            context::bam(shared, &self.ids.bam, &self.query)?,
            context::lps(shared, &self.ids.lps, &self.software, &self.settings)?,
        ];
        headers.extend(self.security()?);
        let envelope = Envelope {
            addressing: Addressing {
                action: Some(self.query.action().into()),
                message_id: Some(self.message_id()),
                ..Addressing::default()
            },
            headers,
            ..Envelope::new(SoapVersion::V1_2, self.query.body(&self.settings)?)
        };
        Ok(envelope.write()?)
    }

    /// `wsa:MessageID` as it is written.
    #[must_use]
    pub fn message_id(&self) -> String {
        match self.settings.message_id {
            MessageIdForm::Prefixed => format!("uuid:{}", self.ids.message),
            MessageIdForm::Bare => self.ids.message.to_string(),
        }
    }

    /// Where to send it.
    #[must_use]
    pub fn url<'a>(&self, endpoints: &'a Endpoints) -> &'a str {
        match self.authentication {
            Authentication::MutualTls => &endpoints.mutual_tls,
            Authentication::Assertions(_) => &endpoints.assertion,
        }
    }

    fn security(&self) -> Result<Option<String>, CallError> {
        let Authentication::Assertions(assertions) = &self.authentication else {
            return Ok(None);
        };
        if !(1..=2).contains(&assertions.len()) {
            return Err(CallError::Assertions {
                found: assertions.len(),
            });
        }
        let mut w = XmlWriter::new();
        w.start("wsse:Security")?.attr("xmlns:wsse", WSSE)?;
        for assertion in assertions {
            let doc = Document::parse(assertion.as_bytes()).map_err(CallError::Assertion)?;
            let root = doc.root_element();
            if !root.is(SAML, "Assertion") {
                let found = root.local_name().chars().take(60).collect();
                return Err(CallError::NotAnAssertion { found });
            }
            w.raw(without_declaration(assertion))?;
        }
        w.end()?;
        Ok(Some(w.finish()?))
    }
}

/// A document inside another has no XML declaration.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim()),
        None => text,
    }
}

impl fmt::Debug for Authentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MutualTls => f.write_str("MutualTls"),
            Self::Assertions(all) => write!(f, "Assertions({})", all.len()),
        }
    }
}
