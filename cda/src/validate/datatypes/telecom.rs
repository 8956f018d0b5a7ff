//! TEL: telephone numbers, mail addresses and other URLs.

use super::siblings::Kind;
use super::value::Value;

rules! {
    why "Une coordonnée est une URL que le logiciel doit pouvoir ouvrir (tel:, mailto:) ; vide, répétée ou avec des espaces, elle ne mène nulle part.",
        "A telecom is a URL that software must be able to open (tel:, mailto:); empty, repeated or with spaces, it leads nowhere.";
    NO_VALUE = "tel-no-value", Error, "dtr1-1-URL";
        "il manque value ou un nullFlavor", "value or a nullFlavor is missing";
        "ajouter l'URL, ou un nullFlavor si elle est inconnue", "add the URL, or a nullFlavor if it is unknown";
        "<telecom/>" => "<telecom value=\"tel:0102030405\"/>";
    NOT_A_URL = "tel-not-a-url", Error, "dtr1-2-URL";
        "value contient un caractère interdit dans une URL (espace, accent, guillemet...)",
        "value holds a character that a URL does not admit (space, accent, quote...)";
        "retirer les espaces, coder les autres caractères (%C3%A9)", "remove the spaces, encode the other characters (%C3%A9)";
        "<telecom value=\"tel:01 02 03 04 05\"/>" => "<telecom value=\"tel:0102030405\"/>";
    NULL_BESIDE_VALUE = "tel-null-beside-value", Error, "dtr1-4-URL";
        "nul alors qu'une autre coordonnée, à côté, ne l'est pas", "null although another telecom beside it is not";
        "retirer l'élément nul", "remove the null element";
        "<telecom nullFlavor=\"NI\"/><telecom value=\"tel:0102030405\"/>" => "<telecom value=\"tel:0102030405\"/>";
    TWICE = "tel-twice", Error, "dtr1-5-URL";
        "la même coordonnée figure deux fois pour le même usage", "the same telecom stands there twice for the same use";
        "n'en garder qu'une", "keep one of them";
        "<telecom use=\"H\" value=\"tel:0102030405\"/><telecom use=\"H\" value=\"tel:0102030405\"/>" => "<telecom use=\"H\" value=\"tel:0102030405\"/>";
    PERIOD_OF_NULL = "tel-period-of-null", Error, "dtr1-1-TEL";
        "une coordonnée nulle n'a pas de période d'usage", "a null telecom has no period of use";
        "retirer useablePeriod", "remove useablePeriod";
        "<telecom nullFlavor=\"NI\"><useablePeriod/></telecom>" => "<telecom nullFlavor=\"NI\"/>";
}

/// Checks a telecom.
pub(super) fn check(value: &mut Value<'_, '_>) {
    match value.attr("value") {
        _ if value.null => {}
        None => value.refuse(&NO_VALUE),
        Some(url) if !is_url(&url) => value.refuse_attr(&NOT_A_URL, "value", None),
        Some(_) => {}
    }
    if value.is_null_beside_value() {
        value.refuse(&NULL_BESIDE_VALUE);
    }
    if value.has_twin(Kind::Telecom) {
        value.refuse(&TWICE);
    }
    if value.null
        && let Some(period) = value.child("useablePeriod")
    {
        value.refuse_at(&PERIOD_OF_NULL, period);
    }
}

/// Only characters that need no encoding in a URI: printable ASCII but `< > " space { } | \ ^` and the backtick.
fn is_url(text: &str) -> bool {
    text.bytes().all(|b| {
        b.is_ascii_graphic()
            && !matches!(
                b,
                b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn urls() {
        for good in [
            "",
            "tel:+33-1.23",
            "mailto:a@b.c",
            "http://x/?a=1&b=%C3%A9#c",
            "[::1]'~!",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "tel:01 02",
            "mailto:é@b",
            "<a>",
            "a|b",
            "a\\b",
            "a`b",
            "a\u{7f}",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
