//! II: instance identifiers.

use segur_core::Found;

use super::siblings::Kind;
use super::value::Value;

rules! {
    why "Un identifiant ne sert que s'il désigne une seule chose dans le monde : sa racine dit qui l'attribue, son extension le numéro.",
        "An identifier is of use only if it names one thing in the world: its root says who assigns it, its extension the number.";
    NO_ROOT = "ii-no-root", Error, "dtr1-1-II";
        "il manque l'attribut root", "the attribute root is missing";
        "ajouter root (OID ou UUID), ou un nullFlavor si l'identifiant est inconnu",
        "add root (OID or UUID), or a nullFlavor if the identifier is unknown";
        "<id extension=\"12\"/>" => "<id root=\"2.999.1\" extension=\"12\"/>";
    ROOT_WITH_NULL = "ii-root-with-null", Error, "dtr1-2-II";
        "root et nullFlavor s'excluent", "root and nullFlavor exclude each other";
        "retirer l'un des deux", "remove one of the two";
        "<id root=\"2.999.1\" nullFlavor=\"UNK\"/>" => "<id nullFlavor=\"UNK\"/>";
    DETAIL_WITH_NULL = "ii-detail-with-null", Error, "dtr1-4-II to dtr1-7-II";
        "un identifiant nul ne porte ni identifierName, ni displayable, ni reliability, ni assigningAuthorityName",
        "a null identifier has no identifierName, displayable, reliability or assigningAuthorityName";
        "retirer cet attribut", "remove this attribute";
        "<id nullFlavor=\"UNK\" assigningAuthorityName=\"X\"/>" => "<id nullFlavor=\"UNK\"/>";
    LONG_ROOT = "ii-long-root", Warning, "dtr1-8-II";
        "root dépasse 128 caractères", "root is longer than 128 characters";
        "vérifier la racine : DICOM, par exemple, n'en lit que 64",
        "check the root: DICOM, for one, reads only 64";
        "<id root=\"1.2.250. (130 characters)\"/>" => "<id root=\"1.2.250.1.213\"/>";
    LONG_EXTENSION = "ii-long-extension", Warning, "dtr1-9-II";
        "extension dépasse 64 caractères", "extension is longer than 64 characters";
        "raccourcir l'identifiant local", "shorten the local identifier";
        "<id root=\"2.999.1\" extension=\"(65 characters)\"/>" => "<id root=\"2.999.1\" extension=\"12\"/>";
    BAD_ROOT = "ii-bad-root", Error, "dtr1-10-II";
        "root n'est ni un OID ni un UUID", "root is neither an OID nor a UUID";
        "écrire l'OID en chiffres séparés par des points, sans zéro en tête, sans urn:oid:",
        "write the OID as numbers separated by dots, no leading zero, no urn:oid:";
        "<id root=\"urn:oid:2.999.1\"/>" => "<id root=\"2.999.1\"/>";
    RESERVED_ROOT = "ii-reserved-root", Error, "dtr1-10a-II";
        "root est un nom réservé à HL7", "root is a name reserved to HL7";
        "employer un OID ou un UUID", "use an OID or a UUID";
        "<id root=\"CABINET\"/>" => "<id root=\"2.999.1\"/>";
    TWICE = "ii-twice", Error, "dtr1-12-II";
        "le même identifiant figure deux fois", "the same identifier stands there twice";
        "n'en garder qu'un", "keep one of them";
        "<id root=\"2.999.1\"/><id root=\"2.999.1\"/>" => "<id root=\"2.999.1\"/>";
    LOWER_CASE_UUID = "ii-lower-case-uuid", Info, "dtr1-13-II";
        "l'UUID est en minuscules ; HL7 V3 le voudrait en majuscules",
        "the UUID is in lower case; HL7 V3 would have it in upper case";
        "rien à faire, ou l'écrire en majuscules partout", "nothing, or write it in upper case everywhere";
        "<id root=\"0f0e0d0c-0b0a-4908-8706-050403020100\"/>" => "<id root=\"0F0E0D0C-0B0A-4908-8706-050403020100\"/>";
}

const DETAILS: &[&str] = &[
    "identifierName",
    "displayable",
    "reliability",
    "assigningAuthorityName",
];

/// Checks an identifier.
pub(super) fn check(value: &mut Value<'_, '_>) {
    let root = value.attr("root");
    match (&root, value.null) {
        (None, false) => value.refuse(&NO_ROOT),
        (Some(_), true) => value.refuse_attr(&ROOT_WITH_NULL, "root", None),
        _ => {}
    }
    if value.null
        && let Some(name) = value.first_of(DETAILS)
    {
        value.refuse_attr(&DETAIL_WITH_NULL, name, None);
    }
    let extension = value.attr("extension");
    if extension.is_some_and(|v| v.chars().nth(64).is_some()) {
        value.refuse_attr(&LONG_EXTENSION, "extension", None);
    }
    let Some(root) = root else { return };
    let found = || Some(Found::Public(root.to_string()));
    if root.chars().nth(128).is_some() {
        value.refuse_attr(&LONG_ROOT, "root", None);
    }
    if is_uuid(&root) {
        if root.bytes().any(|b| b.is_ascii_lowercase()) {
            value.refuse_attr(&LOWER_CASE_UUID, "root", found());
        }
    } else if is_reserved(&root) {
        value.refuse_attr(&RESERVED_ROOT, "root", found());
    } else if !is_oid(&root) {
        value.refuse_attr(&BAD_ROOT, "root", found());
    }
    let kind = match value.has("extension") {
        true => Kind::RootExtension,
        false => Kind::Root,
    };
    if value.has_twin(kind) {
        value.refuse(&TWICE);
    }
}

/// An OID whose first arc is 0, 1 or 2, without leading zeros.
fn is_oid(text: &str) -> bool {
    let arc = |arc: &str| {
        let digits = !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit());
        digits && (arc.len() == 1 || !arc.starts_with('0'))
    };
    let mut arcs = text.split('.');
    matches!(arcs.next(), Some("0" | "1" | "2")) && arcs.all(arc)
}

/// 8-4-4-4-12 hexadecimal digits, in either case.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// A name: a letter, then letters, digits and hyphens.
fn is_reserved(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oids() {
        for good in ["0", "1", "2.999", "1.2.250.1.213.1.4.8", "1.0.3"] {
            assert!(is_oid(good), "{good}");
        }
        for bad in [
            "",
            "3.1",
            "1.",
            ".1",
            "1..2",
            "1.02",
            "1.2a",
            "12.1",
            " 1.2",
            "urn:oid:1.2",
        ] {
            assert!(!is_oid(bad), "{bad}");
        }
    }

    #[test]
    fn uuids_and_names() {
        assert!(is_uuid("0f0e0d0c-0b0a-4908-8706-05040302010A"));
        assert!(!is_uuid("0f0e0d0c-0b0a-4908-8706-05040302010"));
        assert!(!is_uuid("0f0e0d0c00b0a-4908-8706-05040302010A"));
        assert!(is_reserved("ISO-8601"));
        assert!(!is_reserved("1A") && !is_reserved("A.B") && !is_reserved(""));
    }
}
