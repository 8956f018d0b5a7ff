//! The subject of a certificate as an `Issuer` of format `X509SubjectName` gives it.

use std::fmt::Write as _;

use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

use super::CertificateError;

/// The subject of a certificate in the form of RFC 2253: last part first, commas without spaces,
/// `CN=CABINET FICTIF,O=...,ST=Rhône (69),C=FR`. SAML asks for it (core, section 8.3.3, after XML Signature section 4.4.4).
///
/// The types of the RFC's table (CN, L, ST, O, OU, C, STREET, DC, UID) are named, others given as `2.5.4.4=#0c04...`, value in
/// hexadecimal DER, as the DMP shows a CPS. Parts with several values keep the order of the certificate. It may hold a
/// person's name: a CPS names its holder.
///
/// # Errors
/// When the bytes are no certificate in DER.
pub fn subject_name(certificate: &[u8]) -> Result<String, CertificateError> {
    let (_, certificate) =
        X509Certificate::from_der(certificate).map_err(|_| CertificateError::Malformed)?;
    Ok(text(certificate.subject()))
}

/// The name of who issued a certificate, and its number in decimal: what `IssuerSerial` of XAdES and `X509IssuerSerial` hold.
/// Source: XML Signature 1.1, section 4.5.4.1.
///
/// # Errors
/// When the bytes are no certificate in DER.
pub fn issuer_serial(certificate: &[u8]) -> Result<(String, String), CertificateError> {
    let (_, certificate) =
        X509Certificate::from_der(certificate).map_err(|_| CertificateError::Malformed)?;
    Ok((text(certificate.issuer()), certificate.serial.to_string()))
}

fn text(name: &X509Name<'_>) -> String {
    let parts: Vec<String> = name
        .iter()
        .map(|part| part.iter().map(attribute).collect::<Vec<_>>().join("+"))
        .collect();
    let parts: Vec<String> = parts.into_iter().rev().collect();
    parts.join(",")
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type().to_id_string();
    let keyword = match oid.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.6" => "C",
        "2.5.4.9" => "STREET",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        _ => "",
    };
    match attribute.as_str() {
        Ok(text) if !keyword.is_empty() => format!("{keyword}={}", escaped(text)),
        _ => format!(
            "{}=#{}",
            if keyword.is_empty() { &oid } else { keyword },
            hexadecimal(attribute)
        ),
    }
}

/// RFC 2253, section 2.4.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (at, letter) in text.chars().enumerate() {
        let special = matches!(letter, ',' | '+' | '"' | '\\' | '<' | '>' | ';');
        let edge = (letter == ' ' && (at == 0 || at == last)) || (letter == '#' && at == 0);
        if special || edge {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The value in DER, each byte as two digits.
fn hexadecimal(attribute: &AttributeTypeAndValue<'_>) -> String {
    let value = attribute.attr_value();
    // Strings are primitive and of universal class: their number is the whole first byte. Lengths past 127 take more.
    let mut der = vec![u8::try_from(value.tag().0).unwrap_or_default()];
    let length = value.data.len();
    let bytes = length.to_be_bytes();
    let significant: Vec<u8> = bytes.into_iter().skip_while(|&byte| byte == 0).collect();
    if length < 128 {
        der.push(length as u8);
    } else {
        der.push(0x80 | significant.len() as u8);
        der.extend(significant);
    }
    der.extend(value.data);
    der.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DistinguishedName, DnType};

    #[test]
    fn names_are_written_last_part_first() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, "FR");
        name.push(DnType::StateOrProvinceName, "Rhône (69)");
        name.push(DnType::OrganizationName, "CABINET, \"FICTIF\" + FILS ");
        name.push(DnType::CustomDnType(vec![2, 5, 4, 4]), "Fictif");
        name.push(DnType::CommonName, "#1");
        params.distinguished_name = name;
        let certificate = params.self_signed(&key).unwrap();
        assert_eq!(
            subject_name(certificate.der()).unwrap(),
            r#"CN=\#1,2.5.4.4=#0c06466963746966,O=CABINET\, \"FICTIF\" \+ FILS\ ,ST=Rhône (69),C=FR"#
        );
        assert_eq!(subject_name(b"0"), Err(CertificateError::Malformed));
    }
}
