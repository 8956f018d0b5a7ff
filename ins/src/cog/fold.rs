//! One spelling for comparison: what a clerk types and what INSEE prints meet here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds the name of a commune or of a country for comparison.
///
/// Upper case, no accent, ligatures split, hyphens, apostrophes and other punctuation as one
/// space, `ST` and `STE` spelt out when they are whole words.
///
/// ```
/// use segur_ins::cog::fold;
/// assert_eq!(fold("St-Étienne-de-l'Œuvre"), "SAINT ETIENNE DE L OEUVRE");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' | 'Œ' => plain.push_str("OE"),
            'æ' | 'Æ' => plain.push_str("AE"),
            c if c.is_alphanumeric() => plain.extend(c.to_uppercase()),
            _ => plain.push(' '),
        }
    }
    let mut folded = String::with_capacity(plain.len() + 4);
    for word in plain.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(match word {
            "ST" => "SAINT",
            "STE" => "SAINTE",
            other => other,
        });
    }
    folded
}

/// The article in front of a name, by INSEE's code of the kind of name (TNCC).
///
/// Source: INSEE, Code officiel géographique, description of the field TNCC: 0 and 1 have no
/// article, 2 `Le`, 3 `La`, 4 `Les`, 5 `L'`, 6 `Aux`, 7 `Las`, 8 `Los`.
pub(super) fn article_of(tncc: u8) -> Option<&'static str> {
    Some(match tncc {
        2 => "LE ",
        3 => "LA ",
        4 => "LES ",
        5 => "L ",
        6 => "AUX ",
        7 => "LAS ",
        8 => "LOS ",
        _ => return None,
    })
}

/// The folded text without the article that it starts with, when it starts with one.
pub(super) fn without_article(folded: &str) -> Option<&str> {
    (2..=8)
        .filter_map(article_of)
        .find_map(|article| folded.strip_prefix(article))
        .filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_place_meet() {
        for (typed, printed) in [
            ("saint denis", "Saint-Denis"),
            ("ST DENIS", "Saint-Denis"),
            ("ste  maxime", "Sainte-Maxime"),
            ("l’abergement clemenciat", "L'Abergement-Clémenciat"),
            ("EVRY", "Évry"),
            ("Oeuilly", "Œuilly"),
        ] {
            assert_eq!(fold(typed), fold(printed), "{typed}");
        }
        assert_eq!(fold("Stains"), "STAINS");
        assert_eq!(fold(" -' "), "");
    }

    #[test]
    fn an_article_is_only_taken_off_as_a_word() {
        assert_eq!(without_article("LA ROCHELLE"), Some("ROCHELLE"));
        assert_eq!(without_article("LAON"), None);
        assert_eq!(without_article("LE "), None);
    }
}
