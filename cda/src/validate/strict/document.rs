//! What the document says of itself: type, version, model, times.

use segur_core::{Found, RuleInfo};
use segur_xml::Node;

use super::models::{MODELS, Model};
use super::rules::{
    CONFIDENTIALITY_SYSTEM, LANGUAGE_FORM, MODEL_CODE, MODEL_VERSION, REPLACES_ITSELF, SYSTEM_NAME,
    TIME_ORDER, TYPE_ID, VERSION_CHAIN, VERSION_NUMBER,
};
use super::stamp::read;
use crate::validate::context::{Context, HL7, Sink};
use crate::validate::header;

const LOINC: &str = "2.16.840.1.113883.6.1";
const CONFIDENTIALITY: &str = "2.16.840.1.113883.5.25";
/// Arc of the CI-SIS content models.
const CI_SIS_MODELS: &str = "1.2.250.1.213.1.1.1.";

/// Checks the document as a whole.
pub(super) fn check<'a>(context: &Context<'a>, sink: &mut Sink<'a>) {
    let root = context.root;
    let find = |name| root.child(HL7, name);
    if let Some(type_id) = find("typeId") {
        let extension = type_id.attribute("extension");
        if extension.as_deref() != Some("POCD_HD000040") {
            public(&TYPE_ID, type_id, extension, sink);
        }
    }
    if let Some(code) = find("code") {
        system_name(code, sink);
    }
    if let Some(level) = find("confidentialityCode") {
        let system = level.attribute("codeSystem");
        if system
            .as_ref()
            .is_some_and(|system| system != CONFIDENTIALITY)
        {
            public(&CONFIDENTIALITY_SYSTEM, level, system, sink);
        }
    }
    if let Some(language) = find("languageCode") {
        let code = language.attribute("code");
        if code.as_ref().is_some_and(|code| !is_language(code)) {
            public(&LANGUAGE_FORM, language, code, sink);
        }
    }
    header::coded_elements(context, sink);
    models(root, sink);
    versions(root, sink);
    times(root, sink);
}

fn public<'a>(
    rule: &'static RuleInfo,
    node: Node<'a>,
    found: Option<std::borrow::Cow<'a, str>>,
    sink: &mut Sink<'a>,
) {
    sink.emit(rule, node, |finding| match found {
        Some(found) => finding.with_found(Found::Public(found.into_owned())),
        None => finding,
    });
}

fn system_name<'a>(code: Node<'a>, sink: &mut Sink<'a>) {
    let Some(name) = code.attribute("codeSystemName") else {
        return;
    };
    let is_loinc = code
        .attribute("codeSystem")
        .is_some_and(|system| system == LOINC);
    if is_loinc != name.eq_ignore_ascii_case("LOINC")
        && (is_loinc || name.eq_ignore_ascii_case("LOINC"))
    {
        public(&SYSTEM_NAME, code, Some(name), sink);
    }
}

fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts
        .next()
        .is_some_and(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_lowercase()));
    let country = parts
        .next()
        .is_some_and(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_uppercase()));
    language && country && parts.next().is_none()
}

/// `2024.01`: the form in which versions are published.
fn is_version(text: &str) -> bool {
    text.len() == 7
        && text.bytes().enumerate().all(|(at, b)| {
            if at == 4 {
                b == b'.'
            } else {
                b.is_ascii_digit()
            }
        })
}

fn models<'a>(root: Node<'a>, sink: &mut Sink<'a>) {
    let code = root
        .child(HL7, "code")
        .and_then(|code| code.attribute("code"));
    for template in root.children_named(HL7, "templateId") {
        let Some(oid) = template.attribute("root") else {
            continue;
        };
        let version = template.attribute("extension").unwrap_or_default();
        let known: Vec<&Model> = MODELS
            .iter()
            .filter(|model| model.root == oid && oid.starts_with(CI_SIS_MODELS))
            .collect();
        if known.is_empty() {
            if is_version(&version) && !oid.starts_with(CI_SIS_MODELS) && !oid.starts_with("2.999.")
            {
                public(&MODEL_VERSION, template, Some(version), sink);
            }
            continue;
        }
        if !is_version(&version) || !known.iter().any(|model| model.version == version) {
            let published: Vec<&str> = known
                .iter()
                .map(|m| m.version)
                .filter(|v| is_version(v))
                .collect();
            sink.emit(&MODEL_VERSION, template, |finding| {
                finding
                    .with_expected(published.join(" | "))
                    .with_found(Found::Public(version.into_owned()))
            });
        }
        let codes = || known.iter().flat_map(|model| model.codes);
        if let Some(code) = &code
            && known.iter().any(|model| model.seen)
            && !codes().any(|known| known == code)
        {
            let mut expected: Vec<&str> = codes().copied().collect();
            expected.dedup();
            let name = known.first().map_or("", |model| model.name);
            sink.emit(&MODEL_CODE, template, |finding| {
                finding
                    .with_expected(format!("{} ({name})", expected.join(" | ")))
                    .with_found(Found::Public(code.to_string()))
            });
        }
    }
}

fn versions<'a>(root: Node<'a>, sink: &mut Sink<'a>) {
    let replaced = root
        .children_named(HL7, "relatedDocument")
        .filter(|related| related.attribute("typeCode").is_some_and(|t| t == "RPLC"))
        .find_map(|related| related.child(HL7, "parentDocument"));
    let own = root.child(HL7, "id");
    if let (Some(own), Some(parent)) = (own, replaced.and_then(|parent| parent.child(HL7, "id"))) {
        let same = |name| own.attribute(name) == parent.attribute(name);
        if same("root") && same("extension") && own.attribute("root").is_some() {
            sink.emit(&REPLACES_ITSELF, parent, |finding| finding);
        }
    }
    let Some(number) = root.child(HL7, "versionNumber") else {
        return;
    };
    let Some(value) = number.attribute("value") else {
        return;
    };
    let version = value.parse::<u32>().ok().filter(|version| *version > 0);
    match (version, replaced) {
        (None, _) => public(&VERSION_NUMBER, number, Some(value), sink),
        (Some(1), Some(_)) | (Some(2..), None) => public(&VERSION_CHAIN, number, Some(value), sink),
        _ => {}
    }
}

fn times<'a>(root: Node<'a>, sink: &mut Sink<'a>) {
    let value = |node: Option<Node<'a>>| node.and_then(|node| node.attribute("value"));
    let made = value(root.child(HL7, "effectiveTime"));
    let signature = root
        .child(HL7, "legalAuthenticator")
        .and_then(|signer| signer.child(HL7, "time"));
    let signed = value(signature);
    let made = made.as_deref().and_then(|made| read(made).ok());
    let signed = signed.as_deref().and_then(|signed| read(signed).ok());
    for time in root
        .children_named(HL7, "author")
        .filter_map(|author| author.child(HL7, "time"))
    {
        let written = time.attribute("value");
        let Some(written) = written.as_deref().and_then(|written| read(written).ok()) else {
            continue;
        };
        if made.is_some_and(|made| written.is_after(&made)) {
            sink.emit(&TIME_ORDER, time, |finding| {
                finding.with_expected("author/time <= effectiveTime")
            });
        }
        if let Some(signature) = signature
            && signed.is_some_and(|signed| written.is_after(&signed))
        {
            sink.emit(&TIME_ORDER, signature, |finding| {
                finding.with_expected("author/time <= legalAuthenticator/time")
            });
        }
    }
}
