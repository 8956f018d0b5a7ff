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
    fn key(self, node: Node<'_>) -> Option<String> {
        match self {
            Self::Text => Some(all_text(node)),
            Self::NotNull => node.attribute("nullFlavor").is_none().then(String::new),
            _ => {
                let mut key = String::new();
                for name in self.attributes() {
                    key.push_str(&node.attribute(name)?);
                    key.push('\0');
                }
                Some(key)
            }
        }
    }

    /// What is compared, for those that compare attributes.
    fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Root => &["root"],
            Self::RootExtension => &["root", "extension"],
            Self::Code => &["code", "codeSystem"],
            Self::Telecom => &["use", "value"],
            Self::Quantity => &["value", "unit"],
            Self::Text | Self::NotNull => &[],
        }
    }

    /// Whether both have a key, and the same one.
    fn are_twins(self, a: Node<'_>, b: Node<'_>) -> bool {
        match self {
            Self::Text => all_text(a) == all_text(b),
            Self::NotNull => {
                let null = |node: Node<'_>| node.attribute("nullFlavor").is_some();
                !null(a) && !null(b)
            }
            _ => self.attributes().iter().all(|name| {
                let value = a.attribute(name);
                value.is_some() && value == b.attribute(name)
            }),
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
    /// The parent last asked about, and whether it has few elements.
    last: Option<(NodeId, bool)>,
    counted: FxHashMap<(NodeId, Kind), Counts<'a>>,
}

impl<'a> Siblings<'a> {
    /// Whether another element of the same local name beside `node` has the same key.
    pub(super) fn has_twin(&mut self, node: Node<'a>, kind: Kind) -> bool {
        let Some(parent) = node.parent() else {
            return false;
        };
        if self.has_few(parent) {
            return beside(parent, node).any(|other| kind.are_twins(node, other));
        }
        kind.key(node).is_some_and(|key| {
            let counts = self.counts(parent, kind);
            counts
                .get(&(node.local_name(), key))
                .is_some_and(|n| *n > 1)
        })
    }

    /// Whether another element of the same local name beside `node`, which is null, is not null.
    pub(super) fn has_value_beside(&mut self, node: Node<'a>) -> bool {
        let Some(parent) = node.parent() else {
            return false;
        };
        if self.has_few(parent) {
            return beside(parent, node).any(|other| other.attribute("nullFlavor").is_none());
        }
        let counts = self.counts(parent, Kind::NotNull);
        counts.contains_key(&(node.local_name(), String::new()))
    }

    fn has_few(&mut self, parent: Node<'_>) -> bool {
        if let Some((last, few)) = self.last
            && last == parent.id()
        {
            return few;
        }
        let few = parent.elements().take(FEW + 1).count() <= FEW;
        self.last = Some((parent.id(), few));
        few
    }

    fn counts(&mut self, parent: Node<'a>, kind: Kind) -> &Counts<'a> {
        let counts = self.counted.entry((parent.id(), kind));
        counts.or_insert_with(|| count(parent, kind))
    }
}

/// The other elements of the same local name.
fn beside<'a>(parent: Node<'a>, node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let name = node.local_name();
    let others = parent.elements().filter(move |e| e.id() != node.id());
    others.filter(move |e| e.local_name() == name)
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
