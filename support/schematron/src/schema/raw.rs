//! A schema as read: includes are resolved, abstract patterns and rules are not yet.

use super::model::At;

#[derive(Debug, Clone)]
pub(super) struct RawExpr {
    pub(super) text: String,
    pub(super) at: At,
}

#[derive(Debug, Clone)]
pub(super) struct RawLet {
    pub(super) name: String,
    /// An expression, or (second) the text content.
    pub(super) value: Result<RawExpr, String>,
}

#[derive(Debug, Clone)]
pub(super) enum RawPart {
    Text(String),
    Value(RawExpr),
    Name(Option<RawExpr>, At),
}

#[derive(Debug, Clone)]
pub(super) struct RawCheck {
    pub(super) report: bool,
    pub(super) test: RawExpr,
    pub(super) id: Option<String>,
    pub(super) role: Option<String>,
    pub(super) flag: Option<String>,
    pub(super) see: Option<String>,
    pub(super) fpi: Option<String>,
    pub(super) subject: Option<RawExpr>,
    pub(super) diagnostics: Vec<String>,
    pub(super) properties: Vec<String>,
    pub(super) message: Vec<RawPart>,
    pub(super) at: At,
}

#[derive(Debug, Clone)]
pub(super) enum RawItem {
    Let(RawLet),
    Check(Box<RawCheck>),
    Extends(String, At),
}

#[derive(Debug, Clone)]
pub(super) struct RawRule {
    pub(super) is_abstract: bool,
    pub(super) context: Option<RawExpr>,
    pub(super) id: Option<String>,
    pub(super) role: Option<String>,
    pub(super) flag: Option<String>,
    pub(super) see: Option<String>,
    pub(super) fpi: Option<String>,
    pub(super) subject: Option<RawExpr>,
    pub(super) items: Vec<RawItem>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct RawPattern {
    pub(super) id: Option<String>,
    pub(super) is_abstract: bool,
    pub(super) is_a: Option<String>,
    pub(super) params: Vec<(String, String)>,
    pub(super) title: Option<String>,
    pub(super) role: Option<String>,
    pub(super) documents: Option<RawExpr>,
    pub(super) lets: Vec<RawLet>,
    pub(super) rules: Vec<RawRule>,
    pub(super) at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct RawPhase {
    pub(super) id: String,
    pub(super) active: Vec<(String, At)>,
    pub(super) lets: Vec<RawLet>,
}

#[derive(Debug, Clone)]
pub(super) struct RawNote {
    pub(super) id: String,
    pub(super) role: Option<String>,
    pub(super) see: Option<String>,
    pub(super) scheme: Option<String>,
    pub(super) message: Vec<RawPart>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct RawSchema {
    pub(super) files: Vec<String>,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) schema_version: Option<String>,
    pub(super) query_binding: String,
    pub(super) default_phase: Option<String>,
    pub(super) namespaces: Vec<(String, String)>,
    pub(super) lets: Vec<RawLet>,
    /// Lets of the `params` of an abstract rule library (2020) are not here: there are none.
    pub(super) phases: Vec<RawPhase>,
    pub(super) patterns: Vec<RawPattern>,
    /// Abstract rules of `rules` containers (2020), outside any pattern.
    pub(super) library: Vec<RawRule>,
    pub(super) diagnostics: Vec<RawNote>,
    pub(super) properties: Vec<RawNote>,
}

/// Replaces `$name` by the value of the parameter in everything an abstract pattern may
/// parameterise: expressions, messages, let values.
pub(super) struct Substitution {
    /// Longest name first, so that `$path` never eats the start of `$path_jdv`.
    params: Vec<(String, String)>,
}

impl Substitution {
    pub(super) fn new(params: &[(String, String)]) -> Self {
        let mut params = params.to_vec();
        params.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Self { params }
    }

    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            let tail = &rest[at + 1..];
            match self
                .params
                .iter()
                .find(|(name, _)| tail.starts_with(name.as_str()))
            {
                Some((name, value)) => {
                    out.push_str(value);
                    rest = &tail[name.len()..];
                }
                None => {
                    out.push('$');
                    rest = tail;
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn expr(&self, expr: &RawExpr) -> RawExpr {
        RawExpr {
            text: self.text(&expr.text),
            at: expr.at,
        }
    }

    fn option(&self, expr: Option<&RawExpr>) -> Option<RawExpr> {
        expr.map(|e| self.expr(e))
    }

    fn message(&self, parts: &[RawPart]) -> Vec<RawPart> {
        parts
            .iter()
            .map(|part| match part {
                RawPart::Text(text) => RawPart::Text(self.text(text)),
                RawPart::Value(expr) => RawPart::Value(self.expr(expr)),
                RawPart::Name(path, at) => RawPart::Name(self.option(path.as_ref()), *at),
            })
            .collect()
    }

    fn lets(&self, item: &RawLet) -> RawLet {
        RawLet {
            name: item.name.clone(),
            value: match &item.value {
                Ok(expr) => Ok(self.expr(expr)),
                Err(text) => Err(self.text(text)),
            },
        }
    }

    fn rule(&self, rule: &RawRule) -> RawRule {
        let items = rule
            .items
            .iter()
            .map(|item| match item {
                RawItem::Let(x) => RawItem::Let(self.lets(x)),
                RawItem::Extends(name, at) => RawItem::Extends(self.text(name), *at),
                RawItem::Check(check) => RawItem::Check(Box::new(RawCheck {
                    test: self.expr(&check.test),
                    subject: self.option(check.subject.as_ref()),
                    message: self.message(&check.message),
                    ..(**check).clone()
                })),
            })
            .collect();
        RawRule {
            context: self.option(rule.context.as_ref()),
            subject: self.option(rule.subject.as_ref()),
            items,
            ..rule.clone()
        }
    }

    /// The concrete pattern that `caller` makes of the abstract pattern `model`.
    pub(super) fn pattern(&self, model: &RawPattern, caller: &RawPattern) -> RawPattern {
        RawPattern {
            id: caller.id.clone(),
            is_abstract: caller.is_abstract,
            is_a: model.is_a.clone(),
            params: model
                .params
                .iter()
                .map(|(n, v)| (n.clone(), self.text(v)))
                .collect(),
            title: caller
                .title
                .clone()
                .or_else(|| model.title.as_deref().map(|t| self.text(t))),
            role: caller.role.clone().or_else(|| model.role.clone()),
            documents: self.option(caller.documents.as_ref().or(model.documents.as_ref())),
            lets: model.lets.iter().map(|x| self.lets(x)).collect(),
            rules: model.rules.iter().map(|rule| self.rule(rule)).collect(),
            at: caller.at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_parameter_wins_and_values_are_not_read_again() {
        let s = Substitution::new(&[
            ("elt".into(), "cda:code".into()),
            ("elt_vue".into(), "'$elt'".into()),
        ]);
        assert_eq!(
            s.text("$elt/@x = $elt_vue or $other"),
            "cda:code/@x = '$elt' or $other"
        );
    }
}
