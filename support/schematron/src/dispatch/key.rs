//! Where the nodes of a first step are to be looked for, without walking the document.

use crate::xpath::ast::{
    Ast, AstKind, Axis, CompareOp, Comparison, KindTestAst, NameTestAst, NodeTestAst, PathAst,
    QName, StepAst,
};

/// What a first step says about its nodes. Necessary, not sufficient: unless `exact`, the step is
/// then matched on each candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) nodes: Nodes,
    /// `[child/@attribute = 'v']` among the predicates: one of these values is there.
    pub(crate) marker: Option<Marker>,
    /// The step has no predicate: every candidate matches.
    pub(crate) exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Nodes {
    Element {
        namespace: String,
        local: String,
    },
    AnyElement,
    Attribute,
    Comment,
    Instruction,
    /// Elements, comments and processing instructions.
    Any,
    /// Text: never visited.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) child: (String, String),
    pub(crate) attribute: String,
    pub(crate) values: Vec<String>,
}

/// Resolves a prefix; `None` when it is not declared.
pub(crate) type Prefixes<'p> = &'p dyn Fn(&str) -> Option<String>;

/// The key of a step; one that says nothing when the expression is no plain step.
pub(crate) fn key(ast: &Ast<'_>, prefixes: Prefixes<'_>) -> Key {
    let vague = Key {
        nodes: Nodes::Any,
        marker: None,
        exact: false,
    };
    let AstKind::Path(path) = &ast.kind else {
        return vague;
    };
    let [
        StepAst::Axis {
            axis,
            test,
            predicates,
            ..
        },
    ] = path.steps.as_slice()
    else {
        return vague;
    };
    if path.absolute {
        return vague;
    }
    let (nodes, certain) = match axis {
        Axis::Child => element(test, prefixes),
        Axis::Attribute => (Nodes::Attribute, false),
        _ => return vague,
    };
    let marker = predicates.iter().find_map(|p| marker(p, prefixes));
    Key {
        nodes,
        marker,
        exact: certain && predicates.is_empty(),
    }
}

fn element(test: &NodeTestAst<'_>, prefixes: Prefixes<'_>) -> (Nodes, bool) {
    match test {
        NodeTestAst::Name(NameTestAst::Any)
        | NodeTestAst::Kind(KindTestAst::Element(None | Some(NameTestAst::Any))) => {
            (Nodes::AnyElement, true)
        }
        NodeTestAst::Name(NameTestAst::Name(name))
        | NodeTestAst::Kind(KindTestAst::Element(Some(NameTestAst::Name(name)))) => {
            match expand(name, prefixes) {
                Some((namespace, local)) => (Nodes::Element { namespace, local }, true),
                None => (Nodes::AnyElement, false),
            }
        }
        NodeTestAst::Name(_) | NodeTestAst::Kind(KindTestAst::Element(_)) => {
            (Nodes::AnyElement, false)
        }
        NodeTestAst::Kind(KindTestAst::Text) => (Nodes::Nothing, true),
        NodeTestAst::Kind(KindTestAst::Comment) => (Nodes::Comment, true),
        NodeTestAst::Kind(KindTestAst::Instruction(name)) => (Nodes::Instruction, name.is_none()),
        NodeTestAst::Kind(KindTestAst::Node) => (Nodes::Any, true),
        NodeTestAst::Kind(_) => (Nodes::Any, false),
    }
}

fn expand(name: &QName<'_>, prefixes: Prefixes<'_>) -> Option<(String, String)> {
    let namespace = match name.prefix {
        None => String::new(),
        Some(prefix) => prefixes(prefix)?,
    };
    Some((namespace, name.local.to_owned()))
}

/// `child/@attribute = 'v'`, in one of the ways people write it.
fn marker(ast: &Ast<'_>, prefixes: Prefixes<'_>) -> Option<Marker> {
    match &ast.kind {
        AstKind::And(all) => all.iter().find_map(|a| marker(a, prefixes)),
        AstKind::Or(all) => {
            let mut parts = all.iter().map(|a| marker(a, prefixes));
            let mut first = parts.next()??;
            for part in parts {
                let part = part?;
                if (&part.child, &part.attribute) != (&first.child, &first.attribute) {
                    return None;
                }
                first.values.extend(part.values);
            }
            Some(first)
        }
        AstKind::Compare(Comparison::General(CompareOp::Equal), a, b) => {
            let (path, value) = match (&a.kind, &b.kind) {
                (AstKind::Path(path), AstKind::String(value))
                | (AstKind::String(value), AstKind::Path(path)) => (path, value),
                _ => return None,
            };
            match relative(path)? {
                [
                    StepAst::Axis {
                        axis: Axis::Child,
                        test: child,
                        ..
                    },
                    StepAst::Axis {
                        axis: Axis::Attribute,
                        test: attribute,
                        predicates,
                        ..
                    },
                ] if predicates.is_empty() => {
                    let child = named(child, prefixes)?;
                    let attribute = plain(attribute)?;
                    Some(Marker {
                        child,
                        attribute,
                        values: vec![value.clone()],
                    })
                }
                _ => None,
            }
        }
        // `child[@attribute = 'v']`
        AstKind::Path(path) => match relative(path)? {
            [
                StepAst::Axis {
                    axis: Axis::Child,
                    test,
                    predicates,
                    ..
                },
            ] => {
                let child = named(test, prefixes)?;
                let (attribute, value) = predicates.iter().find_map(own_attribute)?;
                Some(Marker {
                    child,
                    attribute,
                    values: vec![value],
                })
            }
            _ => None,
        },
        _ => None,
    }
}

fn relative<'p, 's>(path: &'p PathAst<'s>) -> Option<&'p [StepAst<'s>]> {
    (!path.absolute).then_some(path.steps.as_slice())
}

/// `@attribute = 'v'`
fn own_attribute(ast: &Ast<'_>) -> Option<(String, String)> {
    let AstKind::Compare(Comparison::General(CompareOp::Equal), a, b) = &ast.kind else {
        return None;
    };
    let (path, value) = match (&a.kind, &b.kind) {
        (AstKind::Path(path), AstKind::String(value))
        | (AstKind::String(value), AstKind::Path(path)) => (path, value),
        _ => return None,
    };
    match relative(path)? {
        [
            StepAst::Axis {
                axis: Axis::Attribute,
                test,
                predicates,
                ..
            },
        ] if predicates.is_empty() => Some((plain(test)?, value.clone())),
        _ => None,
    }
}

fn named(test: &NodeTestAst<'_>, prefixes: Prefixes<'_>) -> Option<(String, String)> {
    match test {
        NodeTestAst::Name(NameTestAst::Name(name)) => expand(name, prefixes),
        _ => None,
    }
}

/// The name of an attribute without prefix.
fn plain(test: &NodeTestAst<'_>) -> Option<String> {
    match test {
        NodeTestAst::Name(NameTestAst::Name(QName {
            prefix: None,
            local,
        })) => Some((*local).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xpath::parser::parse;

    fn of(text: &str) -> Key {
        key(&parse(text).unwrap(), &|p| Some(format!("urn:{p}")))
    }

    fn marks(text: &str) -> Option<(String, Vec<String>)> {
        of(text)
            .marker
            .map(|m| (format!("{}/@{}", m.child.1, m.attribute), m.values))
    }

    #[test]
    fn names_and_kinds() {
        let a = Nodes::Element {
            namespace: "urn:n".into(),
            local: "a".into(),
        };
        assert_eq!(
            of("n:a"),
            Key {
                nodes: a.clone(),
                marker: None,
                exact: true
            }
        );
        assert_eq!(
            of("n:a[b]"),
            Key {
                nodes: a,
                marker: None,
                exact: false
            }
        );
        assert_eq!(of("*").nodes, Nodes::AnyElement);
        assert_eq!(of("@k").nodes, Nodes::Attribute);
        assert_eq!(of("comment()").nodes, Nodes::Comment);
        assert_eq!(of("text()").nodes, Nodes::Nothing);
        assert_eq!(
            of("*:a"),
            Key {
                nodes: Nodes::AnyElement,
                marker: None,
                exact: false
            }
        );
    }

    #[test]
    fn markers_are_found_in_every_spelling() {
        let one = Some(("t/@r".to_owned(), vec!["1".to_owned()]));
        for text in [
            "*[n:t/@r = '1']",
            "*[\"1\"=n:t/@r]",
            "*[n:t[@r='1']]",
            "*[n:t[@r='1'][@x]]",
            "*[@k and n:t/@r='1']",
            "*[@k][n:t/@r='1']",
        ] {
            assert_eq!(marks(text), one, "{text}");
        }
        assert_eq!(
            marks("*[n:t/@r='1' or n:t[@r='2']]"),
            Some(("t/@r".to_owned(), vec!["1".to_owned(), "2".to_owned()]))
        );
        for text in [
            "*[n:t/@r != '1']",
            "*[not(n:t/@r='1')]",
            "*[n:t/@r='1' or @k]",
            "*[.//t/@r='1']",
        ] {
            assert_eq!(marks(text), None, "{text}");
        }
    }
}
