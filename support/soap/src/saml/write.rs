//! Writing an assertion.

use segur_xml::{WriteError, XmlWriter};

use super::error::writing;
use super::{
    Assertion, AssertionForm, Attribute, AttributeValue, AuthnStatement, Conditions, NameId,
    SAML_NAMESPACE, SamlError, SamlTime,
};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XSD: &str = "http://www.w3.org/2001/XMLSchema";

type Done = Result<(), SamlError>;

impl Assertion {
    /// The assertion as markup that stands alone, unsigned. Nothing is indented.
    ///
    /// # Errors
    /// When the ID is no XML name; when the issuer, the subject, the name of an attribute or the way of an authentication is
    /// missing; when a time is not in UTC; when a value cannot stand in XML or markup is not well-formed.
    pub fn write(&self, form: &AssertionForm) -> Result<String, SamlError> {
        if !is_ncname(&self.id) {
            return refuse("the ID", "give an XML name: a letter or _ first, no colon");
        }
        let frame = writing("the assertion");
        let mut w = XmlWriter::new();
        w.start(&form.name("Assertion")).map_err(&frame)?;
        declare(&mut w, form).map_err(&frame)?;
        w.attr("ID", &self.id).map_err(&frame)?;
        time(&mut w, "IssueInstant", &self.issue_instant)?;
        w.attr("Version", "2.0").map_err(&frame)?;

        name_id(&mut w, &form.name("Issuer"), &self.issuer, "the Issuer")?;
        w.start(&form.name("Subject")).map_err(&frame)?;
        name_id(&mut w, &form.name("NameID"), &self.subject, "the NameID")?;
        w.end().map_err(&frame)?;
        if let Some(conditions) = &self.conditions {
            write_conditions(&mut w, conditions, form)?;
        }
        if let Some(authn) = &self.authn {
            write_authn(&mut w, authn, form)?;
        }
        if !self.attributes.is_empty() {
            w.start(&form.name("AttributeStatement")).map_err(&frame)?;
            for attribute in &self.attributes {
                write_attribute(&mut w, attribute, form)?;
            }
            w.end().map_err(&frame)?;
        }
        w.end().map_err(&frame)?;
        w.finish().map_err(&frame)
    }

    /// The assertion, signed; the signature stands after the Issuer, where the schema has it.
    ///
    /// # Errors
    /// As [`Assertion::write`] and [`sign_enveloped`](crate::signature::sign_enveloped).
    #[cfg(feature = "signature")]
    #[cfg_attr(docsrs, doc(cfg(feature = "signature")))]
    pub fn write_signed(
        &self,
        form: &AssertionForm,
        signer: &dyn crate::signature::Signer,
        signature: &crate::signature::SignatureForm,
    ) -> Result<String, SamlError> {
        let place = crate::signature::SignaturePlace::After {
            namespace: SAML_NAMESPACE,
            local: "Issuer",
        };
        let markup = self.write(form)?;
        let signed = crate::signature::sign_enveloped(&markup, &self.id, place, signer, signature)?;
        Ok(signed)
    }
}

fn refuse<T>(what: &'static str, cause: &'static str) -> Result<T, SamlError> {
    Err(SamlError::Value { what, cause })
}

/// An XML name without colon, as `xs:ID` wants it: the writer knows what may be a name.
pub(super) fn is_ncname(text: &str) -> bool {
    !text.contains(':') && XmlWriter::new().start(text).is_ok()
}

fn declare(w: &mut XmlWriter, form: &AssertionForm) -> Result<(), WriteError> {
    let own = match &form.prefix {
        Some(prefix) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    w.attr(&own, SAML_NAMESPACE)?;
    let mut declared: Vec<(&str, &str)> = Vec::new();
    for (prefix, namespace) in &form.namespaces {
        declared.push((prefix, namespace));
    }
    if form.typed_texts {
        for wanted in [("xsd", XSD), ("xsi", XSI)] {
            if !declared.contains(&wanted) {
                declared.push(wanted);
            }
        }
    }
    for (prefix, namespace) in declared {
        w.attr(&format!("xmlns:{prefix}"), namespace)?;
    }
    Ok(())
}

fn time(w: &mut XmlWriter, name: &'static str, time: &SamlTime) -> Done {
    if !time.is_utc() {
        return refuse(
            name,
            "give a time in UTC: year-month-dayThour:minute:secondZ",
        );
    }
    w.attr(name, time.as_str()).map_err(writing(name))?;
    Ok(())
}

fn name_id(w: &mut XmlWriter, name: &str, id: &NameId, what: &'static str) -> Done {
    if id.value.trim().is_empty() {
        return refuse(what, "it is empty");
    }
    let write = |w: &mut XmlWriter| -> Result<(), WriteError> {
        w.start(name)?;
        for (attribute, value) in [
            ("NameQualifier", &id.name_qualifier),
            ("SPNameQualifier", &id.sp_name_qualifier),
            ("Format", &id.format),
        ] {
            if let Some(value) = value {
                w.attr(attribute, value)?;
            }
        }
        w.text(&id.value)?.end()?;
        Ok(())
    };
    write(w).map_err(writing(what))
}

fn write_conditions(w: &mut XmlWriter, conditions: &Conditions, form: &AssertionForm) -> Done {
    let frame = writing("the Conditions");
    w.start(&form.name("Conditions")).map_err(&frame)?;
    if let Some(not_before) = &conditions.not_before {
        time(w, "NotBefore", not_before)?;
    }
    if let Some(not_on_or_after) = &conditions.not_on_or_after {
        time(w, "NotOnOrAfter", not_on_or_after)?;
    }
    if !conditions.audiences.is_empty() {
        w.start(&form.name("AudienceRestriction")).map_err(&frame)?;
        for audience in &conditions.audiences {
            leaf(w, &form.name("Audience"), audience).map_err(&frame)?;
        }
        w.end().map_err(&frame)?;
    }
    w.end().map_err(&frame)?;
    Ok(())
}

fn write_authn(w: &mut XmlWriter, authn: &AuthnStatement, form: &AssertionForm) -> Done {
    let what = "the AuthnStatement";
    let frame = writing(what);
    if authn.declaration.is_some() && authn.declaration_ref.is_some() {
        return refuse(what, "give the declaration or its reference, not both");
    }
    let context = [
        ("AuthnContextClassRef", &authn.class_ref),
        ("AuthnContextDecl", &authn.declaration),
        ("AuthnContextDeclRef", &authn.declaration_ref),
    ];
    if context.iter().all(|(_, value)| value.is_none()) {
        return refuse(
            what,
            "give the class of the authentication or its declaration",
        );
    }
    w.start(&form.name("AuthnStatement")).map_err(&frame)?;
    time(w, "AuthnInstant", &authn.instant)?;
    if let Some(session) = &authn.session_index {
        w.attr("SessionIndex", session).map_err(&frame)?;
    }
    w.start(&form.name("AuthnContext")).map_err(&frame)?;
    for (local, value) in context {
        if let Some(value) = value {
            leaf(w, &form.name(local), value).map_err(&frame)?;
        }
    }
    w.end().map_err(&frame)?.end().map_err(&frame)?;
    Ok(())
}

fn write_attribute(w: &mut XmlWriter, attribute: &Attribute, form: &AssertionForm) -> Done {
    let frame = writing("an Attribute");
    if attribute.name.trim().is_empty() {
        return refuse("an Attribute", "its name is empty");
    }
    w.start(&form.name("Attribute")).map_err(&frame)?;
    w.attr("Name", &attribute.name).map_err(&frame)?;
    if let Some(format) = &attribute.name_format {
        w.attr("NameFormat", format).map_err(&frame)?;
    }
    if let Some(friendly) = &attribute.friendly_name {
        w.attr("FriendlyName", friendly).map_err(&frame)?;
    }
    for value in &attribute.values {
        w.start(&form.name("AttributeValue")).map_err(&frame)?;
        match value {
            AttributeValue::Text(text) => {
                if form.typed_texts {
                    w.attr("xsi:type", "xsd:string").map_err(&frame)?;
                }
                w.text(text).map_err(&frame)?;
            }
            AttributeValue::Xml(markup) => {
                w.raw(markup.trim()).map_err(&frame)?;
            }
        }
        w.end().map_err(&frame)?;
    }
    w.end().map_err(&frame)?;
    Ok(())
}

fn leaf(w: &mut XmlWriter, name: &str, value: &str) -> Result<(), WriteError> {
    w.start(name)?.text(value)?.end()?;
    Ok(())
}
