//! Looking for another element of the same name beside one, without quadratic work.

use rustc_hash::FxHashMap;
use segur_xml::{Node, NodeId};

/// Up to this number of elements in one parent, they are simply compared.
const FEW: usize = 24;

/// What two elements of the same name are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// `root`
    Root,
    /// `root` and `extension`
    RootExtension,
    /// `code` and `codeSystem`
    Code,
    /// `use` and `value`
    Telecom,
    /// `value` and `unit`
    Quantity,
    /// All text, and every `use`, in document order.
    Text,
    /// Has no `nullFlavor`.
    NotNull,
}

impl Kind {
    /// `None`: equal to nothing.
    pub(super) fn key(self, node: Node<'_>) -> Option<String> {
        let pair = |a: &str, b: &str| {
            let (a, b) = (node.attribute(a)?, node.attribute(b)?);
            Some(format!("{a}\u{0}{b}"))
        };
        match self {
            Self::Root => node.attribute("root").map(|v| v.into_owned()),
            Self::RootExtension => pair("root", "extension"),
            Self::Code => pair("code", "codeSystem"),
            Self::Telecom => pair("use", "value"),
            Self::Quantity => pair("value", "unit"),
            Self::Text => Some(all_text(node)),
            Self::NotNull => node.attribute("nullFlavor").is_none().then(String::new),
        }
    }
}

fn all_text(node: Node<'_>) -> String {
    let mut all = String::new();
    if let Some(value) = node.attribute("use") {
        all.push_str(&value);
    }
    for inside in node.descendants() {
        if inside.is_text() {
            all.push_str(&inside.text().unwrap_or_default());
        } else if inside.is_element()
            && let Some(value) = inside.attribute("use")
        {
            all.push_str(&value);
        }
    }
    all
}

/// Number of elements by local name and key, for parents with many elements.
type Counts<'a> = FxHashMap<(&'a str, String), usize>;

/// Answers for all elements of one document.
#[derive(Default)]
pub(super) struct Siblings<'a> {
    counted: FxHashMap<(NodeId, Kind), Counts<'a>>,
}

impl<'a> Siblings<'a> {
    /// Whether another element of the same local name beside `node` has this key.
    pub(super) fn other(&mut self, node: Node<'a>, kind: Kind, key: &str) -> bool {
        let Some(parent) = node.parent() else {
            return false;
        };
        let name = node.local_name();
        if parent.elements().take(FEW + 1).count() <= FEW {
            return parent
                .elements()
                .filter(|e| e.id() != node.id() && e.local_name() == name)
                .any(|e| kind.key(e).is_some_and(|k| k == key));
        }
        let counts = self
            .counted
            .entry((parent.id(), kind))
            .or_insert_with(|| count(parent, kind));
        let own = usize::from(kind.key(node).is_some_and(|k| k == key));
        let all = counts.get(&(name, key.to_owned())).copied();
        all.unwrap_or_default() > own
    }
}

fn count(parent: Node<'_>, kind: Kind) -> Counts<'_> {
    let mut counts = Counts::default();
    for element in parent.elements() {
        if let Some(key) = kind.key(element) {
            *counts.entry((element.local_name(), key)).or_default() += 1;
        }
    }
    counts
}
