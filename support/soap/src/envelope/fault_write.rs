//! From fault to markup, for servers and for tests.

use segur_xml::{WriteError, XmlWriter};

use super::error::writing;
use super::{EnvelopeError, Fault, FaultCode, QName, SoapVersion};

impl Fault {
    /// The fault as an element for the body of an envelope of its version.
    ///
    /// # Errors
    /// When the version cannot express it: no code, or one that is no word; in SOAP 1.2 a code of one's own (put it below `Sender` or
    /// `Receiver` as a subcode), or a reason that is missing or has no language; in SOAP 1.1 more than one reason, a
    /// node, or subcodes of another namespace than that of SOAP.
    pub fn to_markup(&self) -> Result<String, EnvelopeError> {
        if let Some(cause) = self.obstacle() {
            return Err(EnvelopeError::Inexpressible { cause });
        }
        let mut w = XmlWriter::new();
        match self.version {
            SoapVersion::V1_1 => self.write_1_1(&mut w),
            SoapVersion::V1_2 => self.write_1_2(&mut w),
        }
        .and_then(|()| w.finish())
        .map_err(writing("the fault"))
    }

    fn obstacle(&self) -> Option<&'static str> {
        let version = self.version;
        if self.code == FaultCode::Missing {
            return Some("it has no code; set one");
        }
        let own = match &self.code {
            FaultCode::Other(name) => Some(name),
            _ => None,
        };
        if !self.subcodes.iter().chain(own).all(is_name) {
            return Some("a code is a word without colon and without spaces; change it");
        }
        match version {
            SoapVersion::V1_2 if self.code.local_name(version).is_none() => {
                Some("SOAP 1.2 has five codes; take Sender or Receiver and put this one below it")
            }
            SoapVersion::V1_2 if self.reasons.is_empty() => {
                Some("SOAP 1.2 wants a reason; add one with its language")
            }
            SoapVersion::V1_2 if self.reasons.iter().any(|reason| reason.lang.is_none()) => {
                Some("a reason of SOAP 1.2 has a language; set it")
            }
            SoapVersion::V1_1 if self.code == FaultCode::DataEncodingUnknown => {
                Some("SOAP 1.1 has no such code; take Sender")
            }
            SoapVersion::V1_1 if self.reasons.len() != 1 => {
                Some("SOAP 1.1 has one reason; choose one")
            }
            SoapVersion::V1_1 if self.node.is_some() => Some("SOAP 1.1 has no Node; use the role"),
            SoapVersion::V1_1 if !self.subcodes.iter().all(fits_behind_a_dot) => Some(
                "subcodes of SOAP 1.1 are words of its own namespace; put yours into the detail",
            ),
            _ => None,
        }
    }

    fn write_1_2(&self, w: &mut XmlWriter) -> Result<(), WriteError> {
        let code = self.code.local_name(self.version).unwrap_or_default();
        w.start("soap:Fault")?
            .attr("xmlns:soap", self.version.namespace())?;
        w.start("soap:Code")?;
        w.start("soap:Value")?
            .text(&format!("soap:{code}"))?
            .end()?;
        for subcode in &self.subcodes {
            w.start("soap:Subcode")?.start("soap:Value")?;
            write_name(w, subcode)?;
            w.end()?;
        }
        for _ in &self.subcodes {
            w.end()?;
        }
        w.end()?.start("soap:Reason")?;
        for reason in &self.reasons {
            w.start("soap:Text")?
                .attr("xml:lang", reason.lang.as_deref().unwrap_or_default())?
                .text(&reason.text)?
                .end()?;
        }
        w.end()?;
        for (name, value) in [("soap:Node", &self.node), ("soap:Role", &self.role)] {
            if let Some(value) = value {
                w.start(name)?.text(value)?.end()?;
            }
        }
        if let Some(detail) = &self.detail {
            w.raw(detail)?;
        }
        w.end()?;
        Ok(())
    }

    fn write_1_1(&self, w: &mut XmlWriter) -> Result<(), WriteError> {
        w.start("soap:Fault")?
            .attr("xmlns:soap", self.version.namespace())?;
        w.start("faultcode")?;
        if let FaultCode::Other(name) = &self.code {
            write_name(w, name)?;
        } else {
            let mut code = self
                .code
                .local_name(self.version)
                .unwrap_or_default()
                .to_owned();
            for subcode in &self.subcodes {
                code.push('.');
                code.push_str(&subcode.local);
            }
            w.text(&format!("soap:{code}"))?;
        }
        w.end()?.start("faultstring")?;
        for reason in &self.reasons {
            if let Some(lang) = &reason.lang {
                w.attr("xml:lang", lang)?;
            }
            w.text(&reason.text)?;
        }
        w.end()?;
        if let Some(role) = &self.role {
            w.start("faultactor")?.text(role)?.end()?;
        }
        if let Some(detail) = &self.detail {
            w.raw(detail)?;
        }
        w.end()?;
        Ok(())
    }
}

/// A qualified name as the text of the element just started.
fn write_name(w: &mut XmlWriter, name: &QName) -> Result<(), WriteError> {
    if name.namespace.is_empty() {
        w.text(&name.local)?;
    } else {
        w.attr("xmlns:code", &name.namespace)?
            .text(&format!("code:{}", name.local))?;
    }
    Ok(())
}

fn fits_behind_a_dot(code: &QName) -> bool {
    let own = code.namespace.is_empty() || code.namespace == SoapVersion::V1_1.namespace();
    own && !code.local.contains('.')
}

fn is_name(code: &QName) -> bool {
    let breaks = |letter: char| letter == ':' || letter.is_whitespace();
    !code.local.is_empty() && !code.local.contains(breaks)
}
