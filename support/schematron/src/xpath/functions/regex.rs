//! `matches`, `replace` and `tokenize`.

use std::sync::Arc;

use regex::Regex;

use super::{Call, Function};
use crate::xpath::error::XPathError;
use crate::xpath::ir::Ir;
use crate::xpath::names::NamePool;
use crate::xpath::regex_cache::RegexSite;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, Item, Sequence};

/// What a call of these functions keeps; nothing for the others.
pub(crate) fn regex_site(
    function: Function,
    args: &[Ir],
    pool: &Arc<NamePool>,
) -> Result<Option<RegexSite>, XPathError> {
    let flags_at = match function {
        Function::Matches | Function::Tokenize => 2,
        Function::Replace => 3,
        _ => return Ok(None),
    };
    let text = |ir: &Ir| match ir {
        Ir::Literal(Atomic::String(text)) => Some(text.to_string()),
        _ => None,
    };
    let flags = args.get(flags_at).map_or(Some(String::new()), text);
    let literal = args.get(1).and_then(text).zip(flags);
    let literal = literal.as_ref().map(|(p, f)| (p.as_str(), f.as_str()));
    RegexSite::new(pool, literal).map(Some)
}

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn regex(&self) -> Result<Sequence<'d>, XPathError> {
        let text = self.cx.text_or_empty(self.arg(0), self.focus)?;
        match self.function {
            Function::Matches => {
                let regex = self.compiled(2)?;
                self.cx.run.charge_many(text.len() / 16)?;
                Ok(Sequence::boolean(regex.is_match(&text)))
            }
            Function::Replace => self.replace(&text),
            _ => self.tokenize(&text),
        }
    }

    fn compiled(&self, flags_at: usize) -> Result<Arc<Regex>, XPathError> {
        let Some(site) = &self.site.regex else {
            return Err(self.wrong_argument());
        };
        if let Some(regex) = site.literal() {
            return regex;
        }
        let pattern = self.cx.required_text(self.arg(1), self.focus)?;
        let flags = match self.args.get(flags_at) {
            Some(arg) => self.cx.required_text(arg, self.focus)?,
            None => Text::EMPTY,
        };
        site.computed(&pattern, &flags)
    }

    /// A regular expression that matches nothing cannot cut or replace.
    fn refuse_empty(&self, regex: &Regex) -> Result<(), XPathError> {
        if !regex.is_match("") {
            return Ok(());
        }
        let name = self.function.name();
        Err(XPathError::new(
            "FORX0003",
            format!("{name}() : l'expression régulière accepte la chaîne vide"),
            format!("{name}(): the regular expression accepts the empty string"),
        ))
    }

    fn replace(&self, text: &str) -> Result<Sequence<'d>, XPathError> {
        let regex = self.compiled(3)?;
        let replacement = self.cx.required_text(self.arg(2), self.focus)?;
        self.refuse_empty(&regex)?;
        let parts = parse_replacement(&replacement, regex.captures_len() - 1)?;
        self.cx.run.charge_many(text.len() / 4)?;
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        for captures in regex.captures_iter(text) {
            let Some(whole) = captures.get(0) else {
                continue;
            };
            out.push_str(text.get(last..whole.start()).unwrap_or(""));
            for part in &parts {
                match part {
                    Part::Text(text) => out.push_str(text),
                    Part::Group(n) => out.push_str(captures.get(*n).map_or("", |m| m.as_str())),
                }
            }
            last = whole.end();
        }
        out.push_str(text.get(last..).unwrap_or(""));
        Ok(Sequence::string(out))
    }

    fn tokenize(&self, text: &str) -> Result<Sequence<'d>, XPathError> {
        let regex = self.compiled(2)?;
        self.refuse_empty(&regex)?;
        if text.is_empty() {
            return Ok(Sequence::Empty);
        }
        self.cx.run.charge_many(text.len() / 4)?;
        let tokens = regex
            .split(text)
            .map(|t| Item::Atomic(Atomic::string(t.to_owned())));
        Ok(tokens.collect())
    }
}

enum Part {
    Text(String),
    Group(usize),
}

/// `$N` is a group, `\$` and `\\` are the characters; anything else with them is an error.
fn parse_replacement(text: &str, groups: usize) -> Result<Vec<Part>, XPathError> {
    let bad = || {
        XPathError::new(
            "FORX0004",
            "chaîne de remplacement : « $ » veut un chiffre, « \\ » veut « $ » ou « \\ »",
            "replacement string: `$` wants a digit, `\\` wants `$` or `\\`",
        )
    };
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | '$')) => literal.push(c),
                _ => return Err(bad()),
            },
            '$' => {
                let digit = chars.next().and_then(|c| c.to_digit(10)).ok_or_else(bad)?;
                let mut group = digit as usize;
                // More digits belong to the number as long as there are so many groups.
                while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                    let longer = group * 10 + digit as usize;
                    if longer > groups {
                        break;
                    }
                    group = longer;
                    chars.next();
                }
                if !literal.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut literal)));
                }
                // A group that does not exist is replaced by nothing.
                if group <= groups {
                    parts.push(Part::Group(group));
                }
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(parts)
}
