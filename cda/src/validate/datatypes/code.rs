//! CD, CE, CV, CS, SC and CR: coded values.

use rustc_hash::FxHashSet;
use segur_xml::Node;

use super::super::context::HL7;
use super::siblings::Kind;
use super::text::is_language;
use super::value::Value;

rules! {
    why "Un code ne veut rien dire sans sa nomenclature, et un libellé sans code n'est pas exploitable : le lecteur ne peut ni trier, ni comparer, ni alerter.",
        "A code means nothing without its code system, and a display without a code is of no use: the reader can neither sort, nor compare, nor warn.";
    NO_CODE = "cd-no-code", Error, "dtr1-1-CD";
        "il manque code, originalText ou nullFlavor", "code, originalText or nullFlavor is missing";
        "ajouter le code et son codeSystem", "add the code and its codeSystem";
        "<code displayName=\"Médecin\"/>" => "<code code=\"G15_10/SM26\" codeSystem=\"1.2.250.1.213.1.1.4.5\"/>";
    NO_SYSTEM = "cd-no-code-system", Error, "dtr1-2-CD, dtr1-2-SC";
        "un code demande un codeSystem", "a code requires a codeSystem";
        "ajouter l'OID de la nomenclature", "add the OID of the code system";
        "<code code=\"M\"/>" => "<code code=\"M\" codeSystem=\"2.16.840.1.113883.5.1\"/>";
    SYSTEM_DETAIL = "cd-system-detail-alone", Error, "dtr1-3-CD, dtr1-4-CD, dtr1-3-SC, dtr1-4-SC";
        "codeSystemName ou codeSystemVersion sans codeSystem", "codeSystemName or codeSystemVersion without codeSystem";
        "ajouter codeSystem, ou retirer cet attribut", "add codeSystem, or remove this attribute";
        "<code nullFlavor=\"UNK\" codeSystemName=\"LOINC\"/>" => "<code nullFlavor=\"UNK\"/>";
    DISPLAY_ALONE = "cd-display-without-code", Error, "dtr1-5-CD, dtr1-5-SC";
        "displayName sans code", "displayName without code";
        "ajouter le code, ou écrire le texte dans originalText", "add the code, or write the text in originalText";
        "<code displayName=\"Masculin\"/>" => "<code code=\"M\" codeSystem=\"2.16.840.1.113883.5.1\" displayName=\"Masculin\"/>";
    CODE_WITH_NULL = "cd-code-with-null", Error, "dtr1-6-CD, dtr1-7-CD, dtr1-6-SC, dtr1-7-SC";
        "code ou displayName à côté d'un nullFlavor", "code or displayName beside a nullFlavor";
        "retirer le nullFlavor si le code est connu", "remove the nullFlavor if the code is known";
        "<code nullFlavor=\"UNK\" code=\"M\"/>" => "<code nullFlavor=\"UNK\"/>";
    NULL_TRANSLATION = "cd-null-translation", Error, "dtr1-10-CD";
        "une traduction ne peut pas être nulle", "a translation cannot be null";
        "retirer cette traduction", "remove this translation";
        "<translation nullFlavor=\"UNK\"/>" => "<translation code=\"A\" codeSystem=\"2.999.1\"/>";
    TRANSLATION_PARTS = "cd-incomplete-translation", Error, "dtr1-11-CD to dtr1-14-CD";
        "traduction incomplète : codeSystem ou displayName sans code, nom ou version de nomenclature sans codeSystem",
        "incomplete translation: codeSystem or displayName without code, name or version of a code system without codeSystem";
        "compléter la traduction", "complete the translation";
        "<translation codeSystem=\"2.999.1\"/>" => "<translation code=\"A\" codeSystem=\"2.999.1\"/>";
    LAID_OUT_DISPLAY = "cd-display-with-line-break", Warning, "dtr1-15-CD";
        "displayName contient des tabulations ou des sauts de ligne", "displayName holds tabs or line breaks";
        "remplacer par une espace", "replace them with a space";
        "displayName=\"Compte&#10;rendu\"" => "displayName=\"Compte rendu\"";
    TWICE = "cd-twice", Error, "dtr1-18-CD";
        "le même code figure deux fois", "the same code stands there twice";
        "n'en garder qu'un", "keep one of them";
        "<code code=\"A\" codeSystem=\"2.999.1\"/><code code=\"A\" codeSystem=\"2.999.1\"/>" => "<code code=\"A\" codeSystem=\"2.999.1\"/>";
    TRANSLATION_TWICE = "cd-translation-twice", Error, "dtr1-19-CD";
        "deux traductions ont le même code", "two translations have the same code";
        "n'en garder qu'une", "keep one of them";
        "<translation code=\"A\" codeSystem=\"2.999.1\"/><translation code=\"A\" codeSystem=\"2.999.1\"/>" => "<translation code=\"A\" codeSystem=\"2.999.1\"/>";
    BAD_LANGUAGE = "cd-bad-language", Error, "dtr1-20-CD";
        "la langue d'originalText n'est pas une étiquette RFC 3066", "the language of originalText is no RFC 3066 tag";
        "écrire par exemple fr-FR", "write fr-FR, for example";
        "<originalText language=\"?\">x</originalText>" => "<originalText language=\"fr-FR\">x</originalText>";
    QUALIFIER = "ce-qualifier", Error, "dtr1-1-CE";
        "ce type de code n'admet pas de qualifier", "this type of code admits no qualifier";
        "retirer le qualifier", "remove the qualifier";
        "<code code=\"A\" codeSystem=\"2.999.1\"><qualifier/></code>" => "<code code=\"A\" codeSystem=\"2.999.1\"/>";
    SIMPLE_VALUE = "cs-code-or-null", Error, "dtr1-1-CS";
        "il faut soit un code, soit un nullFlavor", "either a code or a nullFlavor is needed";
        "donner l'un des deux", "give one of the two";
        "<languageCode/>" => "<languageCode code=\"fr-FR\"/>";
    SIMPLE_ATTRIBUTE = "cs-extra-attribute", Error, "dtr1-2-CS to dtr1-5-CS";
        "un code simple n'a ni codeSystem, ni codeSystemName, ni codeSystemVersion, ni displayName",
        "a simple code has no codeSystem, codeSystemName, codeSystemVersion or displayName";
        "retirer cet attribut", "remove this attribute";
        "<languageCode code=\"fr-FR\" displayName=\"français\"/>" => "<languageCode code=\"fr-FR\"/>";
    SIMPLE_ELEMENT = "cs-extra-element", Error, "dtr1-6-CS to dtr1-8-CS";
        "un code simple n'a ni originalText, ni qualifier, ni translation",
        "a simple code has no originalText, qualifier or translation";
        "retirer cet élément", "remove this element";
        "<languageCode code=\"fr-FR\"><originalText>x</originalText></languageCode>" => "<languageCode code=\"fr-FR\"/>";
    EMPTY_QUALIFIER = "cr-value-or-null", Error, "dtr1-1-CR";
        "un qualifier a soit un contenu, soit un nullFlavor", "a qualifier has either content or a nullFlavor";
        "donner l'un des deux", "give one of the two";
        "<qualifier/>" => "<qualifier><name code=\"A\" codeSystem=\"2.999.1\"/></qualifier>";
}

/// Checks a coded value (CD and the types that restrict it).
pub(super) fn check(value: &mut Value<'_, '_>) {
    let original = || value.node.children_named(HL7, "originalText");
    let original_text =
        original().next().is_some() && original().all(|e| e.attribute("nullFlavor").is_none());
    if !(value.null || value.has("code") || original_text) {
        value.refuse(&NO_CODE);
    }
    check_coded_string(value);
    if value
        .attr("displayName")
        .is_some_and(|v| v.contains(['\r', '\n', '\t']))
    {
        value.refuse_attr(&LAID_OUT_DISPLAY, "displayName", None);
    }
    if value.has_twin(Kind::Code) {
        value.refuse(&TWICE);
    }
    check_parts(value);
}

/// Translations and original texts, at any depth.
fn check_parts(value: &mut Value<'_, '_>) {
    let mut codes: FxHashSet<String> = FxHashSet::default();
    let inside = value.node.descendants();
    for element in inside.filter(|n| n.is_element() && n.namespace() == HL7) {
        match element.local_name() {
            "originalText"
                if element
                    .attribute("language")
                    .is_some_and(|v| !is_language(&v)) =>
            {
                value.refuse_attr_of(&BAD_LANGUAGE, element, "language", None);
            }
            "translation" => {
                let text = |name| element.attribute(name).unwrap_or_default();
                if element.attribute("nullFlavor").is_some() {
                    value.refuse_at(&NULL_TRANSLATION, element);
                }
                if is_incomplete(element) {
                    value.refuse_at(&TRANSLATION_PARTS, element);
                }
                if !codes.insert(format!("{}{}", text("code"), text("codeSystem"))) {
                    value.refuse_at(&TRANSLATION_TWICE, element);
                }
            }
            _ => {}
        }
    }
}

fn is_incomplete(translation: Node<'_>) -> bool {
    let has = |name| translation.attribute(name).is_some();
    ((has("codeSystem") || has("displayName")) && !has("code"))
        || ((has("codeSystemName") || has("codeSystemVersion")) && !has("codeSystem"))
}

/// A character string with a code (SC): which attribute requires which.
pub(super) fn check_coded_string(value: &mut Value<'_, '_>) {
    let code = value.has("code");
    if !value.has("codeSystem") {
        if code {
            value.refuse_attr(&NO_SYSTEM, "code", None);
        }
        if let Some(name) = value.first_of(&["codeSystemName", "codeSystemVersion"]) {
            value.refuse_attr(&SYSTEM_DETAIL, name, None);
        }
    }
    if !code && value.has("displayName") {
        value.refuse_attr(&DISPLAY_ALONE, "displayName", None);
    }
    if value.null
        && let Some(name) = value.first_of(&["code", "displayName"])
    {
        value.refuse_attr(&CODE_WITH_NULL, name, None);
    }
}

/// CE and CV: no qualifier.
pub(super) fn check_no_qualifier(value: &mut Value<'_, '_>) {
    if let Some(qualifier) = value.child("qualifier") {
        value.refuse_at(&QUALIFIER, qualifier);
    }
}

/// Checks a simple code (CS).
pub(super) fn check_simple(value: &mut Value<'_, '_>) {
    if value.null == (value.has("code") || value.has("typeCode")) {
        value.refuse(&SIMPLE_VALUE);
    }
    let extra = if value.is_other_than("codeSystem", "2.16.840.1.113883.5.139") {
        Some("codeSystem")
    } else if value.is_other_than("codeSystemName", "TimingEvent") {
        Some("codeSystemName")
    } else {
        value.first_of(&["codeSystemVersion", "displayName"])
    };
    if let Some(name) = extra {
        value.refuse_attr(&SIMPLE_ATTRIBUTE, name, None);
    }
    let parts = ["originalText", "qualifier", "translation"];
    if let Some(part) = parts.iter().find_map(|name| value.child(name)) {
        value.refuse_at(&SIMPLE_ELEMENT, part);
    }
}

/// Checks a qualifier (CR).
pub(super) fn check_qualifier(value: &mut Value<'_, '_>) {
    if value.null == value.has_elements() {
        value.refuse(&EMPTY_QUALIFIER);
    }
}
