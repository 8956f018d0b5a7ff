//! Cuts a rule context into steps.
//!
//! `//a[x]/b[y] | c` is the union of `a[x]` anywhere, then its children `b[y]`, and of `c`
//! anywhere. Contexts of one schema share most of their first steps: cut, they form a tree that is
//! walked once per document, whatever the number of rules.

/// One alternative of a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alternative<'t> {
    /// `/`
    Document,
    /// A first step that may be anywhere, then relative steps.
    Anywhere { first: &'t str, rest: Vec<Step<'t>> },
    /// `/a`: relative steps from the document node.
    Rooted { rest: Vec<Step<'t>> },
    /// Not understood here: matched node by node as a whole.
    Opaque(&'t str),
}

/// A step from the nodes before: `b[y]`, or `//b[y]` when `deep`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Step<'t> {
    pub(crate) deep: bool,
    pub(crate) text: &'t str,
}

/// The alternatives of a context.
pub(crate) fn split(context: &str) -> Vec<Alternative<'_>> {
    // An XPath comment may hold anything.
    if context.contains("(:") {
        return vec![Alternative::Opaque(context)];
    }
    let Some(parts) = cut(context, b'|') else {
        return vec![Alternative::Opaque(context)];
    };
    parts
        .into_iter()
        .map(|part| alternative(part.trim()))
        .collect()
}

fn alternative(text: &str) -> Alternative<'_> {
    if text == "/" {
        return Alternative::Document;
    }
    let (rooted, body) = match (text.strip_prefix("//"), text.strip_prefix('/')) {
        (Some(body), _) => (false, body),
        (None, Some(body)) => (true, body),
        (None, None) => (false, text),
    };
    let Some(parts) = cut(body, b'/') else {
        return Alternative::Opaque(text);
    };
    let mut steps = Vec::with_capacity(parts.len());
    let mut deep = false;
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            // The empty part between the two strokes of `//`.
            if deep || steps.is_empty() {
                return Alternative::Opaque(text);
            }
            deep = true;
            continue;
        }
        if !is_step(part) {
            return Alternative::Opaque(text);
        }
        steps.push(Step { deep, text: part });
        deep = false;
    }
    if deep || steps.is_empty() {
        return Alternative::Opaque(text);
    }
    if rooted {
        return Alternative::Rooted { rest: steps };
    }
    let first = steps.remove(0).text;
    Alternative::Anywhere { first, rest: steps }
}

/// An axis step: a name, a wildcard, an attribute, a kind test. Not a call of `key()` or `id()`,
/// nor a parenthesised expression.
fn is_step(text: &str) -> bool {
    let head = text.split('[').next().unwrap_or("").trim();
    let name = head
        .strip_prefix("child::")
        .or_else(|| head.strip_prefix("attribute::"));
    let name = name.unwrap_or(head).trim_start_matches('@').trim();
    if let Some((kind, _)) = name.split_once('(') {
        return matches!(
            kind.trim(),
            "text" | "comment" | "processing-instruction" | "node" | "element" | "attribute"
        );
    }
    !name.is_empty()
        && !name.contains("::")
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "*:_-.·".contains(c))
}

/// Cuts at a byte that stands outside brackets, parentheses and strings. `None` when they do not
/// balance.
fn cut(text: &str, at: u8) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[' | b'(') => depth += 1,
            (None, b']' | b')') => depth = depth.checked_sub(1)?,
            (None, _) if byte == at && depth == 0 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    if depth != 0 || quote.is_some() {
        return None;
    }
    parts.push(&text[start..]);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str) -> Step<'_> {
        Step { deep: false, text }
    }

    #[test]
    fn steps_are_cut_outside_predicates() {
        assert_eq!(
            split("//h:a[b/c = '|/']/h:d[1] | e"),
            [
                Alternative::Anywhere {
                    first: "h:a[b/c = '|/']",
                    rest: vec![step("h:d[1]")]
                },
                Alternative::Anywhere {
                    first: "e",
                    rest: vec![]
                },
            ]
        );
        assert_eq!(split("/"), [Alternative::Document]);
        assert_eq!(
            split(" /a/@b "),
            [Alternative::Rooted {
                rest: vec![step("a"), step("@b")]
            }]
        );
        assert_eq!(
            split("a//b"),
            [Alternative::Anywhere {
                first: "a",
                rest: vec![Step {
                    deep: true,
                    text: "b"
                }]
            }]
        );
    }

    #[test]
    fn what_is_not_steps_is_left_whole() {
        for text in [
            "key('k', 1)/a",
            "(a|b)/c",
            "a[",
            "a///b",
            "a/",
            "",
            "a (: c :)",
            "a/.",
        ] {
            let all = split(text);
            assert!(
                matches!(all[..], [Alternative::Opaque(_)]) || text == "a/.",
                "{text}: {all:?}"
            );
        }
        assert_eq!(
            split("a/ancestor::b"),
            [Alternative::Opaque("a/ancestor::b")]
        );
    }
}
