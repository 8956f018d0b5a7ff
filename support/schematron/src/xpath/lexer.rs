//! Tokens of XPath 2.0 (W3C Recommendation 14 December 2010, appendix A.2).
//!
//! No keyword is known here: whether `and`, `div` or `*` is an operator or a name depends on
//! whether an operand is due, which the parser knows.

use super::error::XPathError;

/// A token, with names and literals borrowed from the expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Token<'s> {
    /// `local`
    Name(&'s str),
    /// `prefix:local`
    Prefixed(&'s str, &'s str),
    /// `prefix:*`
    AnyLocal(&'s str),
    /// `*:local`
    AnyPrefix(&'s str),
    /// A string literal without its quotes; the flag says that doubled quotes remain inside.
    String(&'s str, Option<char>),
    Integer(&'s str),
    Decimal(&'s str),
    Double(&'s str),
    /// Punctuation, `*` included.
    Symbol(Symbol),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Comma,
    Dollar,
    At,
    Dot,
    DotDot,
    Slash,
    SlashSlash,
    ColonColon,
    Star,
    Plus,
    Minus,
    Bar,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Before,
    After,
    Question,
}

impl Symbol {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::OpenParen => "(",
            Self::CloseParen => ")",
            Self::OpenBracket => "[",
            Self::CloseBracket => "]",
            Self::Comma => ",",
            Self::Dollar => "$",
            Self::At => "@",
            Self::Dot => ".",
            Self::DotDot => "..",
            Self::Slash => "/",
            Self::SlashSlash => "//",
            Self::ColonColon => "::",
            Self::Star => "*",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Bar => "|",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Before => "<<",
            Self::After => ">>",
            Self::Question => "?",
        }
    }
}

/// A token and the byte offsets where it starts and ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spanned<'s> {
    pub(crate) token: Token<'s>,
    pub(crate) at: usize,
    pub(crate) end: usize,
}

/// Cuts an expression into tokens; the last one is [`Token::End`].
pub(crate) fn tokenize(source: &str) -> Result<Vec<Spanned<'_>>, XPathError> {
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::with_capacity(source.len() / 4 + 2);
    loop {
        lexer.skip_ignorable()?;
        let at = lexer.at;
        let token = lexer.next_token()?;
        tokens.push(Spanned {
            token,
            at,
            end: lexer.at,
        });
        if token == Token::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.at + ahead).copied()
    }

    /// White space and comments, which nest.
    fn skip_ignorable(&mut self) -> Result<(), XPathError> {
        loop {
            while matches!(self.byte(0), Some(b' ' | b'\t' | b'\r' | b'\n')) {
                self.at += 1;
            }
            if !self.rest().starts_with("(:") {
                return Ok(());
            }
            let start = self.at;
            let mut depth = 0usize;
            loop {
                if self.rest().starts_with("(:") {
                    depth += 1;
                    self.at += 2;
                } else if self.rest().starts_with(":)") {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                } else if let Some(c) = self.rest().chars().next() {
                    self.at += c.len_utf8();
                } else {
                    return Err(XPathError::syntax(
                        start,
                        "un commentaire « (: » n'est pas fermé",
                        "a comment `(:` is not closed",
                    ));
                }
            }
        }
    }

    fn next_token(&mut self) -> Result<Token<'s>, XPathError> {
        let Some(first) = self.rest().chars().next() else {
            return Ok(Token::End);
        };
        match first {
            '"' | '\'' => self.string(first),
            '0'..='9' => self.number(),
            '.' if matches!(self.byte(1), Some(b'0'..=b'9')) => self.number(),
            '*' if self.byte(1) == Some(b':') && self.name_at(self.at + 2).is_some() => {
                let local = self.name_at(self.at + 2).unwrap_or("");
                self.at += 2 + local.len();
                Ok(Token::AnyPrefix(local))
            }
            c if is_name_start(c) => Ok(self.name()),
            _ => self.symbol(first),
        }
    }

    fn name_at(&self, at: usize) -> Option<&'s str> {
        let rest = self.source.get(at..)?;
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        if !is_name_start(first) {
            return None;
        }
        let end = chars
            .find(|&(_, c)| !is_name_char(c))
            .map_or(rest.len(), |(i, _)| i);
        rest.get(..end)
    }

    fn name(&mut self) -> Token<'s> {
        let name = self.name_at(self.at).unwrap_or("");
        self.at += name.len();
        if self.byte(0) == Some(b':') {
            if let Some(local) = self.name_at(self.at + 1) {
                self.at += 1 + local.len();
                return Token::Prefixed(name, local);
            }
            if self.byte(1) == Some(b'*') {
                self.at += 2;
                return Token::AnyLocal(name);
            }
        }
        Token::Name(name)
    }

    fn string(&mut self, quote: char) -> Result<Token<'s>, XPathError> {
        let start = self.at + 1;
        let bytes = self.source.as_bytes();
        let mut end = start;
        let mut doubled = false;
        while let Some(&b) = bytes.get(end) {
            if b == quote as u8 {
                if bytes.get(end + 1) == Some(&(quote as u8)) {
                    doubled = true;
                    end += 2;
                    continue;
                }
                self.at = end + 1;
                let text = self.source.get(start..end).unwrap_or("");
                return Ok(Token::String(text, doubled.then_some(quote)));
            }
            end += 1;
        }
        Err(XPathError::syntax(
            self.at,
            "une chaîne de caractères n'est pas fermée",
            "a string literal is not closed",
        ))
    }

    fn number(&mut self) -> Result<Token<'s>, XPathError> {
        let start = self.at;
        let mut point = false;
        self.digits();
        if self.byte(0) == Some(b'.') && self.byte(1) != Some(b'.') {
            point = true;
            self.at += 1;
            self.digits();
        }
        let mut exponent = false;
        if matches!(self.byte(0), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(1), Some(b'+' | b'-')));
            if matches!(self.byte(1 + sign), Some(b'0'..=b'9')) {
                exponent = true;
                self.at += 1 + sign;
                self.digits();
            }
        }
        if self.rest().chars().next().is_some_and(is_name_start) {
            return Err(XPathError::syntax(
                self.at,
                "un nombre est suivi d'une lettre : séparer par une espace",
                "a number is followed by a letter: put a space between them",
            ));
        }
        let text = self.source.get(start..self.at).unwrap_or("");
        Ok(if exponent {
            Token::Double(text)
        } else if point {
            Token::Decimal(text)
        } else {
            Token::Integer(text)
        })
    }

    fn digits(&mut self) {
        while matches!(self.byte(0), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn symbol(&mut self, first: char) -> Result<Token<'s>, XPathError> {
        let second = self.byte(1);
        let (symbol, len) = match (first, second) {
            ('(', _) => (Symbol::OpenParen, 1),
            (')', _) => (Symbol::CloseParen, 1),
            ('[', _) => (Symbol::OpenBracket, 1),
            (']', _) => (Symbol::CloseBracket, 1),
            (',', _) => (Symbol::Comma, 1),
            ('$', _) => (Symbol::Dollar, 1),
            ('@', _) => (Symbol::At, 1),
            ('.', Some(b'.')) => (Symbol::DotDot, 2),
            ('.', _) => (Symbol::Dot, 1),
            ('/', Some(b'/')) => (Symbol::SlashSlash, 2),
            ('/', _) => (Symbol::Slash, 1),
            (':', Some(b':')) => (Symbol::ColonColon, 2),
            ('*', _) => (Symbol::Star, 1),
            ('+', _) => (Symbol::Plus, 1),
            ('-', _) => (Symbol::Minus, 1),
            ('|', _) => (Symbol::Bar, 1),
            ('=', _) => (Symbol::Equal, 1),
            ('!', Some(b'=')) => (Symbol::NotEqual, 2),
            ('<', Some(b'=')) => (Symbol::LessEqual, 2),
            ('<', Some(b'<')) => (Symbol::Before, 2),
            ('<', _) => (Symbol::Less, 1),
            ('>', Some(b'=')) => (Symbol::GreaterEqual, 2),
            ('>', Some(b'>')) => (Symbol::After, 2),
            ('>', _) => (Symbol::Greater, 1),
            ('?', _) => (Symbol::Question, 1),
            _ => {
                return Err(XPathError::syntax(
                    self.at,
                    format!("le caractère « {first} » n'a pas de sens ici"),
                    format!("the character `{first}` has no meaning here"),
                ));
            }
        };
        self.at += len;
        Ok(Token::Symbol(symbol))
    }
}

/// NameStartChar of XML 1.0 (fifth edition), without the colon.
pub(crate) fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// NameChar of XML 1.0 (fifth edition), without the colon.
pub(crate) fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether `s` is an NCName.
pub(crate) fn is_ncname(s: &str) -> bool {
    let mut chars = s.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<Token<'_>> {
        tokenize(source)
            .unwrap()
            .into_iter()
            .map(|s| s.token)
            .collect()
    }

    #[test]
    fn names_wildcards_and_axes() {
        assert_eq!(
            kinds("a:b *:c d:* child::e"),
            vec![
                Token::Prefixed("a", "b"),
                Token::AnyPrefix("c"),
                Token::AnyLocal("d"),
                Token::Name("child"),
                Token::Symbol(Symbol::ColonColon),
                Token::Name("e"),
                Token::End
            ]
        );
    }

    #[test]
    fn numbers_and_strings() {
        assert_eq!(
            kinds("1 1.5 .5 1e3 'it''s' \"\""),
            vec![
                Token::Integer("1"),
                Token::Decimal("1.5"),
                Token::Decimal(".5"),
                Token::Double("1e3"),
                Token::String("it''s", Some('\'')),
                Token::String("", None),
                Token::End
            ]
        );
        assert!(tokenize("10div 3").is_err());
        assert!(tokenize("'open").is_err());
    }

    #[test]
    fn comments_nest() {
        assert_eq!(
            kinds("(: a (: b :) c :) 1"),
            vec![Token::Integer("1"), Token::End]
        );
        assert!(tokenize("(: a (: b :)").is_err());
    }
}
