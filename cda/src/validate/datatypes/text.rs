//! ED and ST: texts, and data given as text.

use segur_xml::Node;

use super::super::context::HL7;
use super::value::Value;

rules! {
    why "Un texte vide s'affiche comme une ligne blanche, et un texte qui renvoie ailleurs ou se dit comprimé n'est lu par personne.",
        "An empty text shows as a blank line, and a text that points elsewhere or says it is compressed is read by nobody.";
    EMPTY = "text-empty", Error, "dtr1-1-BIN";
        "l'élément est vide", "the element is empty";
        "écrire la valeur, retirer l'élément, ou mettre un nullFlavor", "write the value, remove the element, or set a nullFlavor";
        "<title/>" => "<title>Compte rendu</title>";
    NO_ALGORITHM = "ed-no-check-algorithm", Error, "dtr1-2-ED";
        "integrityCheck sans integrityCheckAlgorithm", "integrityCheck without integrityCheckAlgorithm";
        "ajouter l'algorithme", "add the algorithm";
        "<text integrityCheck=\"2jmj7l5rSw0yVb/vlWAYkK/YBwk=\">x</text>" => "<text integrityCheck=\"2jmj7l5rSw0yVb/vlWAYkK/YBwk=\" integrityCheckAlgorithm=\"SHA-1\">x</text>";
    THUMBNAIL = "ed-thumbnail", Error, "dtr1-3-ED, dtr1-4-ED";
        "une vignette nulle a une référence, ou une vignette en contient une autre",
        "a null thumbnail has a reference, or a thumbnail holds another one";
        "corriger la vignette", "mend the thumbnail";
        "<thumbnail><thumbnail/></thumbnail>" => "<thumbnail mediaType=\"image/png\"/>";
    COMPRESSED = "ed-compressed-text", Error, "dtr1-5-ED";
        "compression n'est admis que pour un contenu en base64 ou une référence", "compression is for base64 content or a reference only";
        "retirer compression", "remove compression";
        "<text compression=\"GZ\">x</text>" => "<text>x</text>";
    VALUE_TYPE = "ed-value-type", Error, "dtr1-6-ED, dtr1-8-ED";
        "l'attribut value n'admet ni charset, ni un mediaType autre que text/plain", "the attribute value admits neither charset nor a mediaType other than text/plain";
        "retirer cet attribut", "remove this attribute";
        "<text value=\"x\" mediaType=\"text/html\"/>" => "<text>x</text>";
    HISTORY = "ed-history", Error, "dtr1-7-ED";
        "une référence ou une vignette n'a ni validTimeLow, ni validTimeHigh, ni updateMode",
        "a reference or thumbnail has no validTimeLow, validTimeHigh or updateMode";
        "retirer cet attribut", "remove this attribute";
        "<reference value=\"#a\" updateMode=\"A\"/>" => "<reference value=\"#a\"/>";
    TRANSLATION = "ed-translation", Error, "dtr1-9-ED";
        "translation n'est pas admis ici", "translation is not admitted here";
        "retirer la traduction", "remove the translation";
        "<title>x<translation>y</translation></title>" => "<title>x</title>";
    DETAIL_WITH_NULL = "ed-detail-with-null", Error, "dtr1-10-ED to dtr1-15-ED";
        "un contenu nul n'a ni type, ni jeu de caractères, ni langue, ni compression, ni contrôle d'intégrité",
        "a null content has no type, charset, language, compression or integrity check";
        "retirer cet attribut", "remove this attribute";
        "<title nullFlavor=\"NI\" language=\"fr-FR\"/>" => "<title nullFlavor=\"NI\"/>";
    PART_WITH_NULL = "ed-part-with-null", Error, "dtr1-16-ED, dtr1-17-ED";
        "un contenu nul n'a ni vignette, ni traduction", "a null content has no thumbnail or translation";
        "retirer cet élément", "remove this element";
        "<text nullFlavor=\"NI\"><thumbnail/></text>" => "<text nullFlavor=\"NI\"/>";
    BAD_LANGUAGE = "ed-bad-language", Error, "dtr1-18-ED";
        "language n'est pas une étiquette RFC 3066", "language is no RFC 3066 tag";
        "écrire par exemple fr-FR", "write fr-FR, for example";
        "<title language=\"?\">x</title>" => "<title language=\"fr-FR\">x</title>";
    STRING_PART = "st-part", Error, "dtr1-3-ST, dtr1-4-ST";
        "un texte simple n'a ni référence, ni vignette", "a plain text has no reference or thumbnail";
        "écrire le texte lui-même", "write the text itself";
        "<city><reference value=\"#a\"/></city>" => "<city>Paris</city>";
    STRING_ATTRIBUTE = "st-attribute", Error, "dtr1-5-ST to dtr1-9-ST";
        "attribut d'un contenu binaire sur un texte simple", "attribute of binary content on a plain text";
        "retirer cet attribut", "remove this attribute";
        "<city mediaType=\"text/html\">Paris</city>" => "<city>Paris</city>";
}

/// ED: text or data, perhaps elsewhere.
pub(super) fn check_encapsulated(value: &mut Value<'_, '_>) {
    if !(value.null || value.has_elements() || value.has_text()) {
        value.refuse(&EMPTY);
    }
    check_attributes(value);
    check_parts(value);
    if value.null {
        check_null(value);
    }
    if value.attr("language").is_some_and(|v| !is_language(&v)) {
        value.refuse_attr(&BAD_LANGUAGE, "language", None);
    }
}

fn check_attributes(value: &mut Value<'_, '_>) {
    if value.has("integrityCheck") && !value.has("integrityCheckAlgorithm") {
        value.refuse_attr(&NO_ALGORITHM, "integrityCheck", None);
    }
    if value.has("compression") && !may_be_compressed(value) {
        value.refuse_attr(&COMPRESSED, "compression", None);
    }
    let text = value.has("value");
    if text && value.is_other_than("mediaType", "text/plain") {
        value.refuse_attr(&VALUE_TYPE, "mediaType", None);
    }
    if value.has("charset") && (text || value.node.child("", "xml").is_some()) {
        value.refuse_attr(&VALUE_TYPE, "charset", None);
    }
}

fn may_be_compressed(value: &Value<'_, '_>) -> bool {
    let mut references = value.node.children_named(HL7, "reference");
    let base64 = value.attr("representation").is_some_and(|v| v == "B64");
    references.any(|r| r.attribute("value").is_some())
        || (base64 && value.node.children().any(|n| n.is_text()))
}

fn check_parts(value: &mut Value<'_, '_>) {
    let null = |e: Node<'_>| e.attribute("nullFlavor").is_some();
    let thumbnails = || value.node.children_named(HL7, "thumbnail");
    let bad = |e: Node<'_>| {
        let inside = |name| e.child(HL7, name).is_some();
        ((null(e) && inside("reference")), inside("thumbnail"))
    };
    let first = thumbnails().next();
    let all_null_references = thumbnails().all(|e| bad(e).0);
    let all_nested = thumbnails().all(|e| bad(e).1);
    let all_translated = thumbnails().all(|e| e.child(HL7, "translation").is_some());
    if let Some(first) = first
        && (all_null_references || all_nested)
    {
        value.refuse_at(&THUMBNAIL, first);
    }
    let dated = value.node.elements().find(|e| {
        matches!(e.local_name(), "reference" | "thumbnail")
            && e.namespace() == HL7
            && ["validTimeLow", "validTimeHigh", "updateMode"]
                .iter()
                .any(|name| e.attribute(name).is_some())
    });
    if let Some(dated) = dated {
        value.refuse_at(&HISTORY, dated);
    }
    if let Some(translation) = value.child("translation")
        && all_translated
    {
        value.refuse_at(&TRANSLATION, translation);
    }
}

fn check_null(value: &mut Value<'_, '_>) {
    let detail = if value.is_other_than("mediaType", "text/plain") {
        Some("mediaType")
    } else if value.is_other_than("integrityCheckAlgorithm", "SHA-1") {
        Some("integrityCheckAlgorithm")
    } else {
        value.first_of(&["charset", "language", "compression", "integrityCheck"])
    };
    if let Some(name) = detail {
        value.refuse_attr(&DETAIL_WITH_NULL, name, None);
    }
    let mut thumbnails = value.node.children_named(HL7, "thumbnail");
    let thumbnail = value
        .child("thumbnail")
        .filter(|_| !thumbnails.any(|e| e.attribute("nullFlavor").is_some()));
    if let Some(part) = thumbnail.or(value.child("translation")) {
        value.refuse_at(&PART_WITH_NULL, part);
    }
}

/// ST: text and nothing else.
pub(super) fn check_string(value: &mut Value<'_, '_>) {
    check_encapsulated(value);
    for name in ["reference", "thumbnail"] {
        if let Some(part) = value.child(name) {
            value.refuse_at(&STRING_PART, part);
        }
    }
    let binary = if value.is_other_than("representation", "TXT") {
        Some("representation")
    } else if value.is_other_than("mediaType", "text/plain") {
        Some("mediaType")
    } else if value.is_other_than("integrityCheckAlgorithm", "SHA-1") {
        Some("integrityCheckAlgorithm")
    } else {
        value.first_of(&["compression", "integrityCheck"])
    };
    if let Some(name) = binary {
        value.refuse_attr(&STRING_ATTRIBUTE, name, None);
    }
}

/// A language tag as the published rules admit it: two letters first, or an `i-`/`x-` tag at the end.
pub(super) fn is_language(text: &str) -> bool {
    let letters = |s: &str| s.len() >= 2 && s.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic);
    if letters(text) {
        return true;
    }
    let starts = text
        .char_indices()
        .filter(|(_, c)| matches!(c, 'i' | 'I' | 'x' | 'X'));
    starts.map(|(at, _)| &text[at + 1..]).any(is_subtags)
}

/// One or more of `-` and two to eight letters or digits.
fn is_subtags(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else {
        return false;
    };
    rest.split('-')
        .all(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn language_tags() {
        for good in [
            "fr",
            "fr-FR",
            "FR-fr",
            "fra",
            "french",
            "i-klingon",
            "x-mine-22",
        ] {
            assert!(is_language(good), "{good}");
        }
        for bad in [
            "", "f", "?", "1fr", "i-", "x-a", "x-mine-", "x-mine-2", "-fr",
        ] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
