//! Recursive descent over the tokens of an expression, operators by precedence climbing.

mod path;
mod primary;
mod types;

use super::ast::{ArithmeticOp, Ast, AstKind, CompareOp, Comparison, QName, SetOp};
use super::error::XPathError;
use super::lexer::{Spanned, Symbol, Token, tokenize};

/// Longest expression, in bytes.
pub(crate) const MAX_LENGTH: usize = 256 * 1024;
/// Deepest nesting of parentheses, predicates, arguments, `if`, `for`: what a stack of 256 KiB
/// holds without optimisation. The deepest published rule has 11.
pub(crate) const MAX_DEPTH: usize = 50;

/// Parses a whole expression.
pub(crate) fn parse(source: &str) -> Result<Ast<'_>, XPathError> {
    if source.len() > MAX_LENGTH {
        return Err(XPathError::limit(
            format!("expression de plus de {MAX_LENGTH} octets : la découper"),
            format!("expression longer than {MAX_LENGTH} bytes: cut it up"),
        ));
    }
    let tokens = tokenize(source)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
        deepest: 0,
    };
    let ast = parser.expr()?;
    match parser.peek() {
        Token::End => Ok(ast),
        _ => Err(parser.unexpected("la fin de l'expression", "the end of the expression")),
    }
}

pub(super) struct Parser<'s> {
    tokens: Vec<Spanned<'s>>,
    at: usize,
    depth: usize,
    /// Depth that the compiled form of what was parsed last reaches.
    deepest: usize,
}

/// A binary operator and how strongly it binds.
#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Or,
    And,
    Compare(Comparison),
    To,
    Arithmetic(ArithmeticOp),
    Union,
    Set(SetOp),
    InstanceOf,
    TreatAs,
    CastableAs,
    CastAs,
}

impl Operator {
    fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Compare(_) => 3,
            Self::To => 4,
            Self::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract) => 5,
            Self::Arithmetic(_) => 6,
            Self::Union => 7,
            Self::Set(_) => 8,
            Self::InstanceOf => 9,
            Self::TreatAs => 10,
            Self::CastableAs => 11,
            Self::CastAs => 12,
        }
    }

    /// Operators of which one expression holds at most one.
    fn is_single(self) -> bool {
        !matches!(
            self,
            Self::Or | Self::And | Self::Arithmetic(_) | Self::Union | Self::Set(_)
        )
    }
}

impl<'s> Parser<'s> {
    fn spanned(&self) -> Spanned<'s> {
        let last = Spanned {
            token: Token::End,
            at: 0,
            end: 0,
        };
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .copied()
            .unwrap_or(last)
    }

    pub(super) fn peek(&self) -> Token<'s> {
        self.spanned().token
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Token<'s> {
        self.tokens
            .get(self.at + ahead)
            .map_or(Token::End, |s| s.token)
    }

    pub(super) fn offset(&self) -> usize {
        self.spanned().at
    }

    /// Where the last token taken ends.
    pub(super) fn end(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|i| self.tokens.get(i))
            .map_or(0, |s| s.end)
    }

    pub(super) fn node(&self, kind: AstKind<'s>, at: usize) -> Ast<'s> {
        Ast {
            kind,
            at,
            end: self.end(),
        }
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    pub(super) fn eat(&mut self, symbol: Symbol) -> bool {
        let found = self.peek() == Token::Symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn eat_name(&mut self, name: &str) -> bool {
        let found = self.peek() == Token::Name(name);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: Symbol) -> Result<(), XPathError> {
        if self.eat(symbol) {
            return Ok(());
        }
        let text = symbol.as_str();
        Err(self.unexpected(&format!("« {text} »"), &format!("`{text}`")))
    }

    pub(super) fn expect_name(&mut self, name: &str) -> Result<(), XPathError> {
        if self.eat_name(name) {
            return Ok(());
        }
        Err(self.unexpected(&format!("« {name} »"), &format!("`{name}`")))
    }

    pub(super) fn unexpected(&self, fr: &str, en: &str) -> XPathError {
        let (found_fr, found_en) = match self.peek() {
            Token::End => ("la fin".to_owned(), "the end".to_owned()),
            Token::Name(n) => (format!("« {n} »"), format!("`{n}`")),
            Token::Prefixed(p, n) => (format!("« {p}:{n} »"), format!("`{p}:{n}`")),
            Token::AnyLocal(p) => (format!("« {p}:* »"), format!("`{p}:*`")),
            Token::AnyPrefix(n) => (format!("« *:{n} »"), format!("`*:{n}`")),
            Token::String(..) => ("une chaîne".to_owned(), "a string".to_owned()),
            Token::Integer(n) | Token::Decimal(n) | Token::Double(n) => {
                (format!("« {n} »"), format!("`{n}`"))
            }
            Token::Symbol(s) => (format!("« {} »", s.as_str()), format!("`{}`", s.as_str())),
        };
        XPathError::syntax(
            self.offset(),
            format!("{fr} attendu, {found_fr} trouvé"),
            format!("expected {en}, found {found_en}"),
        )
    }

    /// Runs `parse` one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, XPathError>,
    ) -> Result<T, XPathError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Runs `parse`, which says how many levels it adds around what it parsed.
    pub(super) fn wrapped<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<(T, usize), XPathError>,
    ) -> Result<T, XPathError> {
        let outer = std::mem::replace(&mut self.deepest, self.depth);
        let (result, levels) = parse(self)?;
        if self.deepest + levels > MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.deepest = outer.max(self.deepest + levels);
        Ok(result)
    }

    fn too_deep(&self) -> XPathError {
        XPathError::limit(
            format!("plus de {MAX_DEPTH} niveaux d'imbrication : simplifier l'expression"),
            format!("more than {MAX_DEPTH} levels of nesting: simplify the expression"),
        )
        .at(self.offset())
    }

    /// `Expr`: one or more expressions between commas.
    pub(super) fn expr(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        let first = self.expr_single()?;
        if self.peek() != Token::Symbol(Symbol::Comma) {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.eat(Symbol::Comma) {
            items.push(self.expr_single()?);
        }
        Ok(self.node(AstKind::Sequence(items), at))
    }

    /// `ExprSingle`.
    pub(super) fn expr_single(&mut self) -> Result<Ast<'s>, XPathError> {
        self.nested(|p| {
            let dollar = p.peek_at(1) == Token::Symbol(Symbol::Dollar);
            let paren = p.peek_at(1) == Token::Symbol(Symbol::OpenParen);
            match p.peek() {
                Token::Name("if") if paren => p.if_expr(),
                Token::Name("for") if dollar => p.for_expr(),
                Token::Name(word @ ("some" | "every")) if dollar => p.quantified(word == "every"),
                _ => p.binary(1),
            }
        })
    }

    fn if_expr(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        self.advance();
        self.expect(Symbol::OpenParen)?;
        let condition = self.expr()?;
        self.expect(Symbol::CloseParen)?;
        self.expect_name("then")?;
        let then = self.expr_single()?;
        self.expect_name("else")?;
        let otherwise = self.expr_single()?;
        let kind = AstKind::If(Box::new(condition), Box::new(then), Box::new(otherwise));
        Ok(self.node(kind, at))
    }

    fn for_expr(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        self.advance();
        self.wrapped(|p| {
            let bindings = p.bindings()?;
            p.expect_name("return")?;
            let body = p.expr_single()?;
            let levels = bindings.len();
            Ok((p.node(AstKind::For(bindings, Box::new(body)), at), levels))
        })
    }

    fn quantified(&mut self, every: bool) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        self.advance();
        self.wrapped(|p| {
            let bindings = p.bindings()?;
            p.expect_name("satisfies")?;
            let body = p.expr_single()?;
            let levels = bindings.len();
            Ok((
                p.node(AstKind::Quantified(every, bindings, Box::new(body)), at),
                levels,
            ))
        })
    }

    fn bindings(&mut self) -> Result<Vec<(QName<'s>, Ast<'s>)>, XPathError> {
        let mut bindings = Vec::new();
        loop {
            self.expect(Symbol::Dollar)?;
            let name = self.qname("un nom de variable", "a variable name")?;
            self.expect_name("in")?;
            bindings.push((name, self.expr_single()?));
            if !self.eat(Symbol::Comma) {
                return Ok(bindings);
            }
        }
    }

    pub(super) fn qname(&mut self, fr: &str, en: &str) -> Result<QName<'s>, XPathError> {
        let name = match self.peek() {
            Token::Name(local) => QName {
                prefix: None,
                local,
            },
            Token::Prefixed(prefix, local) => QName {
                prefix: Some(prefix),
                local,
            },
            _ => return Err(self.unexpected(fr, en)),
        };
        self.advance();
        Ok(name)
    }

    /// The operator at hand, and how many tokens it takes.
    fn operator(&self) -> Option<(Operator, usize)> {
        use CompareOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        let general = |op| Operator::Compare(Comparison::General(op));
        let value = |op| Operator::Compare(Comparison::Value(op));
        let pair = |second, op| (self.peek_at(1) == Token::Name(second)).then_some((op, 2));
        let op = match self.peek() {
            Token::Symbol(symbol) => match symbol {
                Symbol::Star => Operator::Arithmetic(ArithmeticOp::Multiply),
                Symbol::Plus => Operator::Arithmetic(ArithmeticOp::Add),
                Symbol::Minus => Operator::Arithmetic(ArithmeticOp::Subtract),
                Symbol::Bar => Operator::Union,
                Symbol::Equal => general(Equal),
                Symbol::NotEqual => general(NotEqual),
                Symbol::Less => general(Less),
                Symbol::LessEqual => general(LessEqual),
                Symbol::Greater => general(Greater),
                Symbol::GreaterEqual => general(GreaterEqual),
                Symbol::Before => Operator::Compare(Comparison::Before),
                Symbol::After => Operator::Compare(Comparison::After),
                _ => return None,
            },
            Token::Name(name) => match name {
                "or" => Operator::Or,
                "and" => Operator::And,
                "eq" => value(Equal),
                "ne" => value(NotEqual),
                "lt" => value(Less),
                "le" => value(LessEqual),
                "gt" => value(Greater),
                "ge" => value(GreaterEqual),
                "is" => Operator::Compare(Comparison::Is),
                "to" => Operator::To,
                "div" => Operator::Arithmetic(ArithmeticOp::Divide),
                "idiv" => Operator::Arithmetic(ArithmeticOp::IntegerDivide),
                "mod" => Operator::Arithmetic(ArithmeticOp::Modulo),
                "union" => Operator::Union,
                "intersect" => Operator::Set(SetOp::Intersect),
                "except" => Operator::Set(SetOp::Except),
                "instance" => return pair("of", Operator::InstanceOf),
                "treat" => return pair("as", Operator::TreatAs),
                "castable" => return pair("as", Operator::CastableAs),
                "cast" => return pair("as", Operator::CastAs),
                _ => return None,
            },
            _ => return None,
        };
        Some((op, 1))
    }

    /// Operators that bind at least as strongly as `min`.
    fn binary(&mut self, min: u8) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        let mut left = self.unary()?;
        let mut single = 0;
        while let Some((op, width)) = self.operator() {
            let power = op.power();
            if power < min {
                break;
            }
            if op.is_single() && single == power {
                return Err(self.unexpected(
                    "la fin ou des parenthèses (opérateur non associatif)",
                    "the end or parentheses (operator that does not chain)",
                ));
            }
            single = power;
            self.at += width;
            left = self.operation(op, left, at)?;
        }
        Ok(left)
    }

    fn operation(&mut self, op: Operator, left: Ast<'s>, at: usize) -> Result<Ast<'s>, XPathError> {
        let kind = match op {
            Operator::InstanceOf => AstKind::InstanceOf(Box::new(left), self.sequence_type()?),
            Operator::TreatAs => AstKind::TreatAs(Box::new(left), self.sequence_type()?),
            Operator::CastableAs => {
                let (name, optional) = self.single_type()?;
                AstKind::CastableAs(Box::new(left), name, optional)
            }
            Operator::CastAs => {
                let (name, optional) = self.single_type()?;
                AstKind::CastAs(Box::new(left), name, optional)
            }
            _ => {
                let right = self.binary(op.power() + 1)?;
                join(op, left, right)
            }
        };
        Ok(self.node(kind, at))
    }

    fn unary(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        let mut signed = false;
        let mut negative = false;
        loop {
            if self.eat(Symbol::Minus) {
                negative = !negative;
            } else if !self.eat(Symbol::Plus) {
                break;
            }
            signed = true;
        }
        let operand = self.path()?;
        if signed {
            return Ok(self.node(AstKind::Sign(negative, Box::new(operand)), at));
        }
        Ok(operand)
    }
}

/// Chains of one operator become one node, so that depth stays the depth of the parentheses.
fn join<'s>(op: Operator, left: Ast<'s>, right: Ast<'s>) -> AstKind<'s> {
    match (op, left.kind) {
        (Operator::Or, AstKind::Or(mut items)) => {
            items.push(right);
            AstKind::Or(items)
        }
        (Operator::And, AstKind::And(mut items)) => {
            items.push(right);
            AstKind::And(items)
        }
        (Operator::Union, AstKind::Union(mut items)) => {
            items.push(right);
            AstKind::Union(items)
        }
        (Operator::Arithmetic(op), AstKind::Arithmetic(first, mut rest)) => {
            rest.push((op, right));
            AstKind::Arithmetic(first, rest)
        }
        (Operator::Set(op), AstKind::Set(first, mut rest)) => {
            rest.push((op, right));
            AstKind::Set(first, rest)
        }
        (op, kind) => {
            let left = Ast {
                kind,
                at: left.at,
                end: left.end,
            };
            match op {
                Operator::Or => AstKind::Or(vec![left, right]),
                Operator::And => AstKind::And(vec![left, right]),
                Operator::Union => AstKind::Union(vec![left, right]),
                Operator::Arithmetic(op) => AstKind::Arithmetic(Box::new(left), vec![(op, right)]),
                Operator::Set(op) => AstKind::Set(Box::new(left), vec![(op, right)]),
                Operator::Compare(c) => AstKind::Compare(c, Box::new(left), Box::new(right)),
                Operator::To
                | Operator::InstanceOf
                | Operator::TreatAs
                | Operator::CastableAs
                | Operator::CastAs => AstKind::Range(Box::new(left), Box::new(right)),
            }
        }
    }
}
