//! XPath regular expressions (XPath Functions 7.6.1, XML Schema part 2, appendix F) in the terms
//! of the `regex` crate.

use regex::{Regex, RegexBuilder};

use super::error::XPathError;

/// Size of a compiled regular expression, in bytes.
const MAX_SIZE: usize = 4 * 1024 * 1024;
/// Longest pattern, in bytes, and deepest nesting of groups and classes.
const MAX_PATTERN: usize = 16 * 1024;
const MAX_NESTING: u32 = 100;

/// A pattern in the terms of the `regex` crate, its syntax checked.
#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) text: String,
    pub(crate) ignore_case: bool,
    pub(crate) multi_line: bool,
}

/// Translates a pattern with the flags `s`, `m`, `i`, `x`.
pub(crate) fn translate(pattern: &str, flags: &str) -> Result<Translated, XPathError> {
    if let Some(flag) = flags.chars().find(|c| !"smix".contains(*c)) {
        return Err(XPathError::new(
            "FORX0001",
            format!("drapeau « {flag} » inconnu : s, m, i, x"),
            format!("unknown flag `{flag}`: s, m, i, x"),
        ));
    }
    if pattern.len() > MAX_PATTERN {
        return Err(XPathError::limit(
            format!("expression régulière de plus de {MAX_PATTERN} octets"),
            format!("regular expression longer than {MAX_PATTERN} bytes"),
        ));
    }
    let text = Translator {
        chars: pattern.chars().collect(),
        at: 0,
        extended: flags.contains('x'),
        dot_all: flags.contains('s'),
        out: String::with_capacity(pattern.len() * 2),
        depth: 0,
    }
    .translate()?;
    let (ignore_case, multi_line) = (flags.contains('i'), flags.contains('m'));
    Ok(Translated {
        text,
        ignore_case,
        multi_line,
    })
}

impl Translated {
    pub(crate) fn compile(&self) -> Result<Regex, XPathError> {
        RegexBuilder::new(&self.text)
            .case_insensitive(self.ignore_case)
            .multi_line(self.multi_line)
            .size_limit(MAX_SIZE)
            .nest_limit(MAX_NESTING * 3)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => XPathError::limit(
                    "expression régulière trop grande une fois compilée",
                    "regular expression too large once compiled",
                ),
                _ => invalid("construction refusée", "construct refused"),
            })
    }
}

fn invalid(fr: &str, en: &str) -> XPathError {
    XPathError::new(
        "FORX0002",
        format!("expression régulière invalide : {fr}"),
        format!("invalid regular expression: {en}"),
    )
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    extended: bool,
    dot_all: bool,
    out: String,
    depth: u32,
}

/// `\w`: everything that is no punctuation, separator or other.
const WORD: &str = r"[^\p{P}\p{Z}\p{C}]";
const NOT_WORD: &str = r"[\p{P}\p{Z}\p{C}]";
const SPACE: &str = r"[ \t\n\r]";
const NOT_SPACE: &str = r"[^ \t\n\r]";
const NAME_START: &str = r"[:A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}]";
const NAME_REST: &str = r"[\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}]";

/// Unicode blocks as `\p{Is…}` names them; those of European texts.
const BLOCKS: &[(&str, &str)] = &[
    ("BasicLatin", r"\x{0}-\x{7F}"),
    ("Latin-1Supplement", r"\x{80}-\x{FF}"),
    ("LatinExtended-A", r"\x{100}-\x{17F}"),
    ("LatinExtended-B", r"\x{180}-\x{24F}"),
    ("IPAExtensions", r"\x{250}-\x{2AF}"),
    ("SpacingModifierLetters", r"\x{2B0}-\x{2FF}"),
    ("CombiningDiacriticalMarks", r"\x{300}-\x{36F}"),
    ("Greek", r"\x{370}-\x{3FF}"),
    ("GreekandCoptic", r"\x{370}-\x{3FF}"),
    ("Cyrillic", r"\x{400}-\x{4FF}"),
    ("Hebrew", r"\x{590}-\x{5FF}"),
    ("Arabic", r"\x{600}-\x{6FF}"),
    ("LatinExtendedAdditional", r"\x{1E00}-\x{1EFF}"),
    ("GreekExtended", r"\x{1F00}-\x{1FFF}"),
    ("GeneralPunctuation", r"\x{2000}-\x{206F}"),
    ("SuperscriptsandSubscripts", r"\x{2070}-\x{209F}"),
    ("CurrencySymbols", r"\x{20A0}-\x{20CF}"),
    ("LetterlikeSymbols", r"\x{2100}-\x{214F}"),
    ("NumberForms", r"\x{2150}-\x{218F}"),
    ("Arrows", r"\x{2190}-\x{21FF}"),
    ("MathematicalOperators", r"\x{2200}-\x{22FF}"),
    ("PrivateUse", r"\x{E000}-\x{F8FF}"),
];

const CATEGORIES: &[&str] = &[
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
    "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C",
    "Cc", "Cf", "Co", "Cn",
];

impl Translator {
    fn peek(&mut self) -> Option<char> {
        if self.extended {
            while matches!(self.chars.get(self.at), Some(' ' | '\t' | '\n' | '\r')) {
                self.at += 1;
            }
        }
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn translate(mut self) -> Result<String, XPathError> {
        // Whether a quantifier may follow what was just written.
        let mut atom = false;
        while let Some(c) = self.next() {
            match c {
                '(' => {
                    self.depth += 1;
                    if self.depth > MAX_NESTING {
                        return Err(invalid(
                            "trop de groupes imbriqués",
                            "groups nested too deep",
                        ));
                    }
                    if self.peek() == Some('?') {
                        self.next();
                        if self.next() != Some(':') {
                            return Err(invalid(
                                "seul « (?: » peut suivre une parenthèse",
                                "only `(?:` may follow a parenthesis",
                            ));
                        }
                        self.out.push_str("(?:");
                    } else {
                        self.out.push('(');
                    }
                    atom = false;
                }
                ')' => {
                    if self.depth == 0 {
                        return Err(invalid("« ) » en trop", "`)` without `(`"));
                    }
                    self.depth -= 1;
                    self.out.push(')');
                    atom = true;
                }
                '|' => {
                    self.out.push('|');
                    atom = false;
                }
                '*' | '+' | '?' | '{' => {
                    if !atom {
                        return Err(invalid("rien à répéter", "nothing to repeat"));
                    }
                    self.quantifier(c)?;
                    atom = false;
                }
                '}' | ']' => {
                    return Err(invalid(
                        "« ] » ou « } » sans ouvrante : l'échapper",
                        "`]` or `}` not opened: escape it",
                    ));
                }
                '.' => {
                    self.out
                        .push_str(if self.dot_all { r"(?s:.)" } else { r"[^\n\r]" });
                    atom = true;
                }
                '^' => {
                    self.out.push_str("(?:^)");
                    atom = true;
                }
                '$' => {
                    self.out.push_str("(?:$)");
                    atom = true;
                }
                '[' => {
                    let class = self.class(0)?;
                    self.out.push_str(&class);
                    atom = true;
                }
                '\\' => {
                    let escape = self.escape()?;
                    self.out.push_str(&escape);
                    atom = true;
                }
                c => {
                    push_literal(&mut self.out, c);
                    atom = true;
                }
            }
        }
        if self.depth > 0 {
            return Err(invalid("« ( » non fermée", "`(` not closed"));
        }
        Ok(self.out)
    }

    fn quantifier(&mut self, c: char) -> Result<(), XPathError> {
        self.out.push(c);
        if c == '{' {
            let mut digits = 0;
            let mut commas = 0;
            loop {
                match self.next() {
                    Some(d @ '0'..='9') => {
                        digits += 1;
                        self.out.push(d);
                    }
                    Some(',') if digits > 0 && commas == 0 => {
                        commas = 1;
                        self.out.push(',');
                    }
                    Some('}') if digits > 0 => {
                        self.out.push('}');
                        break;
                    }
                    _ => return Err(invalid("quantité mal écrite", "malformed quantity")),
                }
            }
        }
        if self.peek() == Some('?') {
            self.next();
            self.out.push('?');
        }
        Ok(())
    }

    /// After a backslash outside a class.
    fn escape(&mut self) -> Result<String, XPathError> {
        let Some(c) = self.chars.get(self.at).copied() else {
            return Err(invalid("« \\ » à la fin", "`\\` at the end"));
        };
        self.at += 1;
        if c.is_ascii_digit() {
            return Err(XPathError::new(
                "FORX0002",
                "référence arrière dans une expression régulière : ce moteur ne l'a pas",
                "back-reference in a regular expression: not in this engine",
            ));
        }
        match c {
            'i' => Ok(NAME_START.to_owned()),
            'I' => Ok(format!("[^{NAME_START}]")),
            'c' => Ok(format!("[{NAME_START}{NAME_REST}]")),
            'C' => Ok(format!("[^{NAME_START}{NAME_REST}]")),
            _ => self.shared_escape(c),
        }
    }

    /// Escapes that mean the same inside and outside a class; each is a whole atom.
    fn shared_escape(&mut self, c: char) -> Result<String, XPathError> {
        Ok(match c {
            'n' => r"\n".to_owned(),
            'r' => r"\r".to_owned(),
            't' => r"\t".to_owned(),
            's' => SPACE.to_owned(),
            'S' => NOT_SPACE.to_owned(),
            'd' => r"\p{Nd}".to_owned(),
            'D' => r"\P{Nd}".to_owned(),
            'w' => WORD.to_owned(),
            'W' => NOT_WORD.to_owned(),
            'p' | 'P' => self.property(c)?,
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^'
            | '$' => {
                let mut out = String::new();
                push_literal(&mut out, c);
                out
            }
            _ => {
                return Err(invalid(
                    &format!("« \\{c} » n'existe pas"),
                    &format!("`\\{c}` does not exist"),
                ));
            }
        })
    }

    fn property(&mut self, c: char) -> Result<String, XPathError> {
        let bad = || {
            invalid(
                "catégorie ou bloc Unicode inconnu de ce moteur",
                "Unicode category or block unknown to this engine",
            )
        };
        if self.chars.get(self.at) != Some(&'{') {
            return Err(bad());
        }
        let rest = self.chars.get(self.at + 1..).unwrap_or(&[]);
        let len = rest.iter().position(|c| *c == '}').ok_or_else(bad)?;
        let name: String = rest.iter().take(len).collect();
        self.at += len + 2;
        if let Some(block) = name.strip_prefix("Is") {
            let (_, range) = BLOCKS.iter().find(|(n, _)| *n == block).ok_or_else(bad)?;
            return Ok(if c == 'p' {
                format!("[{range}]")
            } else {
                format!("[^{range}]")
            });
        }
        if CATEGORIES.contains(&&*name) {
            Ok(format!("\\{c}{{{name}}}"))
        } else {
            Err(bad())
        }
    }

    /// After `[`: a class, `-[…]` subtraction included.
    fn class(&mut self, depth: u32) -> Result<String, XPathError> {
        let open = || invalid("« [ » non fermé", "`[` not closed");
        if depth > 20 {
            return Err(invalid(
                "classes trop imbriquées",
                "classes nested too deep",
            ));
        }
        let mut out = String::from("[");
        if self.chars.get(self.at) == Some(&'^') {
            self.at += 1;
            out.push('^');
        }
        let mut members = String::new();
        loop {
            let c = self.next().ok_or_else(open)?;
            match c {
                ']' if members.is_empty() => {
                    return Err(invalid("classe vide", "empty class"));
                }
                ']' => break,
                '-' if self.chars.get(self.at) == Some(&'[') && !members.is_empty() => {
                    self.at += 1;
                    let subtracted = self.class(depth + 1)?;
                    if self.next() != Some(']') {
                        return Err(open());
                    }
                    // The negation covers the members only, not what is taken away.
                    return Ok(format!("[{out}{members}]--{subtracted}]"));
                }
                '[' => {
                    return Err(invalid(
                        "« [ » dans une classe : l'échapper",
                        "`[` in a class: escape it",
                    ));
                }
                first => self.member(first, &mut members)?,
            }
        }
        out.push_str(&members);
        out.push(']');
        Ok(out)
    }

    /// A character, a range or an escape of a class.
    fn member(&mut self, first: char, members: &mut String) -> Result<(), XPathError> {
        let start = match self.class_char(first)? {
            Ok(c) => c,
            Err(set) => {
                members.push_str(&set);
                return Ok(());
            }
        };
        let dash = self.chars.get(self.at) == Some(&'-');
        let after = self.chars.get(self.at + 1).copied();
        if !dash || matches!(after, None | Some(']' | '[')) {
            push_literal(members, start);
            return Ok(());
        }
        if first == '-' && start == '-' {
            // `--x`: a range that starts at the dash is not allowed; Saxon reads the dash alone.
            push_literal(members, '-');
            return Ok(());
        }
        self.at += 2;
        let end = match self.class_char(after.unwrap_or('-'))? {
            Ok(c) => c,
            Err(_) => {
                return Err(invalid("intervalle sans fin", "range without an end"));
            }
        };
        if start > end {
            return Err(invalid("intervalle à l'envers", "range upside down"));
        }
        push_literal(members, start);
        members.push('-');
        push_literal(members, end);
        Ok(())
    }

    /// One character, or the text of a set.
    fn class_char(&mut self, c: char) -> Result<Result<char, String>, XPathError> {
        if c != '\\' {
            return Ok(Ok(c));
        }
        let Some(c) = self.chars.get(self.at).copied() else {
            return Err(invalid("« \\ » à la fin", "`\\` at the end"));
        };
        self.at += 1;
        Ok(match c {
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^'
            | '$' => Ok(c),
            'i' => Err(NAME_START.to_owned()),
            'I' => Err(format!("[^{NAME_START}]")),
            'c' => Err(format!("{NAME_START}{NAME_REST}")),
            'C' => Err(format!("[^{NAME_START}{NAME_REST}]")),
            c => Err(self.shared_escape(c)?),
        })
    }
}

fn push_literal(out: &mut String, c: char) {
    if c.is_ascii_punctuation() {
        out.push('\\');
    }
    // White space is written as an escape, so that no flag can take it away.
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compile(pattern: &str, flags: &str) -> Result<Regex, XPathError> {
        translate(pattern, flags)?.compile()
    }

    fn is_match(pattern: &str, text: &str) -> bool {
        compile(pattern, "").unwrap().is_match(text)
    }

    #[test]
    fn syntax_of_schema_and_xpath() {
        for (pattern, yes, no) in [
            (r"^[0-2](\.(0|[1-9]\d*))*$", "2.16.840", "2.16.01"),
            (r"^-?[1-9]\d*$|^+?\d*$", "12", "a"),
            (r"^[A-Za-z][A-Za-z\d\-]*$", "a-1", "1a"),
            (r"^[a-z-[aeiou]]+$", "xyz", "abc"),
            (r"^[^a-z-[A]]$", "B", "A"),
            (r"^\i\c*$", "a:b-1", "-a"),
            (r"^[\w-]+$", "é-9", "a b"),
            (r"^[a-z][:|]$", "c:", "c;"),
            (r"^\s+$", " \t\n", "\u{a0}"),
            (r"^\p{IsBasicLatin}+$", "abc", "é"),
            (r"^\P{L}+$", "123", "abc"),
            (r"^a{2,3}?$", "aa", "a"),
            (r"a.c", "abc", "a\nc"),
            (r"^(%[a-f\d]{2})+$", "%e9%41", "%E9"),
            (r"^[/:+$_.!~*'()-]+$", "(~)-", "a"),
        ] {
            assert!(is_match(pattern, yes), "{pattern} {yes}");
            assert!(!is_match(pattern, no), "{pattern} {no}");
        }
    }

    #[test]
    fn flags() {
        assert!(compile("^b$", "m").unwrap().is_match("a\nb"));
        assert!(compile("a.b", "s").unwrap().is_match("a\nb"));
        assert!(compile("É", "i").unwrap().is_match("é"));
        assert!(compile(" a b ", "x").unwrap().is_match("ab"));
        assert_eq!(compile("a", "q").unwrap_err().code, "FORX0001");
    }

    #[test]
    fn refused() {
        for pattern in [
            "(",
            ")",
            "[",
            "a**",
            "*",
            "a{",
            "a{,3}",
            r"\1",
            r"\b",
            "[z-a]",
            "[]",
            r"\p{Latin}",
            "(?=a)",
            "a]",
            r"\",
        ] {
            assert_eq!(
                compile(pattern, "").unwrap_err().code,
                "FORX0002",
                "{pattern}"
            );
        }
    }
}
