//! Paths of the tables: `entryRelationship[@typeCode=SUBJ]/act[#pcc:4.2]/code[@code=48767-8][@codeSystem=loinc]`.
//!
//! Steps are children, separated by `/`: a name or `*`; `.` is the element itself, `..` its parent, `**` any element
//! inside. Filters: `[@a]`, `[@a|b]` (one of these attributes), `[@a=x|y]` (one of these values), `[@a~8]` (of this length),
//! `[@xsi:type=CD|PQ]`, `[#root]` (declares the template), `[name]` (has such a child), `[!…]` (not).

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use segur_xml::{Document, NameId, Node, NodeId};

use crate::validate::context::{HL7, XSI};

/// Short forms of long OIDs.
pub(super) const PREFIXES: &[(&str, &str)] = &[
    ("pcc:", "1.3.6.1.4.1.19376.1.5.3.1."),
    ("lab:", "1.3.6.1.4.1.19376.1.3."),
    ("mch:", "1.3.6.1.4.1.19376.1.7.3.1.1.13."),
    ("ccd:", "2.16.840.1.113883.10.20.1."),
    ("ans:", "1.2.250.1.213.1.1."),
    ("loinc", "2.16.840.1.113883.6.1"),
    ("snomed", "2.16.840.1.113883.6.96"),
];

/// The whole OID.
pub(super) fn expand(text: &str) -> Cow<'_, str> {
    for (prefix, root) in PREFIXES {
        if let Some(rest) = text.strip_prefix(prefix) {
            return Cow::Owned(format!("{root}{rest}"));
        }
    }
    Cow::Borrowed(text)
}

/// The names of all paths: a number each.
#[derive(Debug, Default)]
pub(super) struct Words {
    templates: FxHashMap<String, Word>,
    numbers: FxHashMap<(&'static str, &'static str), u16>,
    names: Vec<(&'static str, &'static str)>,
}

/// Number of a name in [`Words`].
pub(super) type Word = u16;

impl Words {
    fn number(&mut self, namespace: &'static str, local: &'static str) -> Word {
        let next = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        *self.numbers.entry((namespace, local)).or_insert_with(|| {
            self.names.push((namespace, local));
            next
        })
    }

    fn element(&mut self, name: &'static str) -> Word {
        self.number(HL7, name)
    }

    fn attribute(&mut self, name: &'static str) -> Word {
        self.number("", name)
    }

    /// The number of a template; the same for the short and the long form.
    pub(super) fn template(&mut self, root: &str) -> Word {
        let next = u16::try_from(self.templates.len()).unwrap_or(u16::MAX);
        *self
            .templates
            .entry(expand(root).into_owned())
            .or_insert(next)
    }

    /// The number of a template that the paths or rows speak of.
    pub(super) fn known_template(&self, root: &str) -> Option<Word> {
        self.templates.get(root).copied()
    }

    /// The names as this document numbers them.
    pub(super) fn of(&self, document: &Document) -> Names {
        let mut ids = vec![None; self.names.len()];
        for (id, namespace, local) in document.expanded_names() {
            let number = self.numbers.get(&(namespace, local));
            if let Some(slot) = number.and_then(|n| ids.get_mut(usize::from(*n))) {
                *slot = Some(id);
            }
        }
        Names { ids }
    }
}

/// The names of the paths in one document; none where the document does not have the name.
#[derive(Debug)]
pub(super) struct Names {
    ids: Vec<Option<NameId>>,
}

impl Names {
    fn id(&self, word: Word) -> Option<NameId> {
        self.ids.get(usize::from(word)).copied().flatten()
    }

    fn attribute<'a>(&self, node: Node<'a>, word: Word) -> Option<Cow<'a, str>> {
        let attribute = node.attribute_by_id(self.id(word)?)?;
        Some(attribute.value())
    }
}

/// Where paths start: the words of the tables in one document, and the children and templates of one element listed
/// once, as many paths begin there.
#[derive(Debug)]
pub(super) struct Scope<'n, 'a> {
    words: &'n Words,
    names: &'n Names,
    template_id: Option<NameId>,
    root: Option<NameId>,
    owner: Option<NodeId>,
    children: Vec<(Option<NameId>, Node<'a>)>,
    templates: Vec<Word>,
}

impl<'n, 'a> Scope<'n, 'a> {
    pub(super) fn new(words: &'n Words, names: &'n Names, document: &Document) -> Self {
        Self {
            words,
            names,
            template_id: document.name_id(HL7, "templateId"),
            root: document.name_id("", "root"),
            owner: None,
            children: Vec::new(),
            templates: Vec::new(),
        }
    }

    /// Lists the children of an element, and the templates it declares that the tables know.
    pub(super) fn enter(&mut self, owner: Node<'a>) {
        self.owner = Some(owner.id());
        self.children.clear();
        self.templates.clear();
        for child in owner.elements() {
            let name = child.name_id();
            self.children.push((name, child));
            let template = self.template(child).filter(|_| name == self.template_id);
            if let Some(template) = template.filter(|t| !self.templates.contains(t)) {
                self.templates.push(template);
            }
        }
    }

    /// The templates of the element that was entered, each once.
    pub(super) fn templates(&self) -> &[Word] {
        &self.templates
    }

    fn template(&self, child: Node<'_>) -> Option<Word> {
        let root = child.attribute_by_id(self.root?)?;
        self.words.known_template(&root.value())
    }

    fn declares(&self, node: Node<'a>, template: Word) -> bool {
        if self.owner == Some(node.id()) {
            return self.templates.contains(&template);
        }
        self.template_id.is_some_and(|id| {
            node.children()
                .filter(|child| child.name_id() == Some(id))
                .any(|child| self.template(child) == Some(template))
        })
    }

    fn children(&self, node: Node<'a>, word: Word) -> impl Iterator<Item = Node<'a>> {
        let id = self.names.id(word);
        let listed = self.owner == Some(node.id());
        let first = if listed && id.is_some() {
            self.children.as_slice()
        } else {
            &[]
        };
        let other = (!listed && id.is_some()).then(|| node.children());
        let other = other
            .into_iter()
            .flatten()
            .filter(move |c| c.name_id() == id);
        let first = first
            .iter()
            .filter(move |(name, _)| *name == id)
            .map(|(_, node)| *node);
        first.chain(other)
    }
}

/// A path, ready to be walked.
#[derive(Debug)]
pub(super) struct Path {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    axis: Axis,
    filters: Vec<(bool, Filter)>,
}

#[derive(Debug)]
enum Axis {
    Itself,
    Parent,
    Inside,
    Any,
    Child(Word),
}

#[derive(Debug)]
enum Filter {
    Given(Vec<Word>),
    Is(Word, Vec<String>),
    Length(Word, usize),
    Type(Word, Vec<&'static str>),
    /// Number of the template.
    Declares(Word),
    Has(Word),
}

impl Path {
    pub(super) fn new(text: &'static str, words: &mut Words) -> Self {
        Self {
            steps: text.split('/').map(|step| Step::new(step, words)).collect(),
        }
    }

    /// Calls `visit` with each element found, in order of the document, until it says stop (false).
    pub(super) fn each<'a>(
        &self,
        scope: &Scope<'_, 'a>,
        from: Node<'a>,
        visit: &mut dyn FnMut(Node<'a>) -> bool,
    ) -> bool {
        walk(&self.steps, scope, from, visit)
    }

    /// How many there are, counted up to `most`, and the last one counted.
    pub(super) fn count<'a>(
        &self,
        scope: &Scope<'_, 'a>,
        from: Node<'a>,
        most: usize,
    ) -> (usize, Option<Node<'a>>) {
        let (mut count, mut last) = (0, None);
        self.each(scope, from, &mut |node| {
            count += 1;
            last = Some(node);
            count < most
        });
        (count, last)
    }

    /// The first element that a path of children leads to, its last filters left out: where to look. None when another
    /// template is asked for: what is there is not what is missing.
    pub(super) fn nearest<'a>(&self, scope: &Scope<'_, 'a>, from: Node<'a>) -> Option<Node<'a>> {
        let (last, before) = self.steps.split_last()?;
        let Axis::Child(name) = last.axis else {
            return None;
        };
        let declares = |(_, filter): &(bool, Filter)| matches!(filter, Filter::Declares(_));
        let child = |step: &Step| matches!(step.axis, Axis::Child(_));
        if last.filters.iter().any(declares) || !before.iter().all(child) {
            return None;
        }
        let mut found = None;
        walk(before, scope, from, &mut |node| {
            found = scope.children(node, name).next();
            found.is_none()
        });
        found
    }
}

fn walk<'a>(
    steps: &[Step],
    scope: &Scope<'_, 'a>,
    from: Node<'a>,
    visit: &mut dyn FnMut(Node<'a>) -> bool,
) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return visit(from);
    };
    match step.axis {
        Axis::Itself => !step.admits(scope, from) || walk(rest, scope, from, visit),
        Axis::Parent => match from.parent() {
            Some(parent) if step.admits(scope, parent) => walk(rest, scope, parent, visit),
            _ => true,
        },
        // The next step is looked for below any element; found once, as it has one parent.
        Axis::Inside => match rest.split_first() {
            Some((next, rest)) if matches!(next.axis, Axis::Any | Axis::Child(_)) => {
                let wanted = match next.axis {
                    Axis::Child(name) => match scope.names.id(name) {
                        Some(id) => Some(id),
                        None => return true,
                    },
                    _ => None,
                };
                from.descendants()
                    .filter(|node| match wanted {
                        Some(id) => node.name_id() == Some(id),
                        None => node.is_element(),
                    })
                    .filter(|node| next.admits(scope, *node))
                    .all(|node| walk(rest, scope, node, visit))
            }
            _ => walk(rest, scope, from, visit),
        },
        Axis::Any => from
            .elements()
            .filter(|node| step.admits(scope, *node))
            .all(|node| walk(rest, scope, node, visit)),
        Axis::Child(name) => scope
            .children(from, name)
            .filter(|node| step.admits(scope, *node))
            .all(|node| walk(rest, scope, node, visit)),
    }
}

impl Step {
    fn new(text: &'static str, words: &mut Words) -> Self {
        let (name, filters) = match text.find('[') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let axis = match name {
            "." => Axis::Itself,
            ".." => Axis::Parent,
            "**" => Axis::Inside,
            "*" => Axis::Any,
            name => Axis::Child(words.element(name)),
        };
        let filters = filters
            .split('[')
            .filter_map(|part| part.strip_suffix(']'))
            .map(|part| match part.strip_prefix('!') {
                Some(part) => (false, Filter::new(part, words)),
                None => (true, Filter::new(part, words)),
            })
            .collect();
        Self { axis, filters }
    }

    fn admits<'a>(&self, scope: &Scope<'_, 'a>, node: Node<'a>) -> bool {
        self.filters
            .iter()
            .all(|(wanted, filter)| filter.holds(scope, node) == *wanted)
    }
}

impl Filter {
    fn new(text: &'static str, words: &mut Words) -> Self {
        if let Some(root) = text.strip_prefix('#') {
            return Self::Declares(words.template(root));
        }
        let Some(attribute) = text.strip_prefix('@') else {
            return Self::Has(words.element(text));
        };
        if let Some((name, length)) = attribute.split_once('~') {
            return Self::Length(words.attribute(name), length.parse().unwrap_or_default());
        }
        match attribute.split_once('=') {
            None => Self::Given(attribute.split('|').map(|a| words.attribute(a)).collect()),
            Some(("xsi:type", types)) => {
                Self::Type(words.number(XSI, "type"), types.split('|').collect())
            }
            Some((name, values)) => Self::Is(
                words.attribute(name),
                values.split('|').map(|v| expand(v).into_owned()).collect(),
            ),
        }
    }

    fn holds<'a>(&self, scope: &Scope<'_, 'a>, node: Node<'a>) -> bool {
        match self {
            Self::Given(given) => given
                .iter()
                .filter_map(|name| scope.names.id(*name))
                .any(|id| node.attribute_by_id(id).is_some()),
            Self::Is(name, values) => scope
                .names
                .attribute(node, *name)
                .is_some_and(|found| values.iter().any(|value| *value == *found)),
            Self::Length(name, length) => scope
                .names
                .attribute(node, *name)
                .is_some_and(|found| found.chars().count() == *length),
            Self::Type(name, types) => scope.names.attribute(node, *name).is_some_and(|found| {
                let local = found.rsplit(':').next().unwrap_or_default().trim();
                types.contains(&local)
            }),
            Self::Declares(template) => scope.declares(node, *template),
            Self::Has(name) => scope.children(node, *name).next().is_some(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use segur_xml::Document;

    use super::{Path, Scope, Words};

    #[test]
    fn steps_and_filters() {
        let text = br#"<act xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" classCode="ACT">
            <templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.2"/><code code="a"/>
            <entryRelationship typeCode="SUBJ"><act><templateId root="2.16.840.1.113883.10.20.1.40"/></act></entryRelationship>
            <value xsi:type="h:CD" xmlns:h="urn:hl7-org:v3"/><value nullFlavor="UNK"/></act>"#;
        let document = Document::parse(text).unwrap();
        let root = document.root_element();
        let count = |path| {
            let mut words = Words::default();
            let path = Path::new(path, &mut words);
            let names = words.of(&document);
            let mut scope = Scope::new(&words, &names, &document);
            scope.enter(root);
            path.count(&scope, root, usize::MAX).0
        };
        assert_eq!(count("value"), 2);
        assert_eq!(count("value[@xsi:type=CD]"), 1);
        assert_eq!(count("value[@nullFlavor]"), 1);
        assert_eq!(count("value[!@nullFlavor]"), 1);
        assert_eq!(count(".[@classCode=ACT|OBS][#pcc:4.2]"), 1);
        assert_eq!(count(".[@classCode=OBS]"), 0);
        assert_eq!(count(".[entryRelationship][!statusCode]"), 1);
        assert_eq!(count("entryRelationship[@typeCode=SUBJ]/*[#ccd:40]"), 1);
        assert_eq!(count("**/act[#ccd:40]"), 1);
        assert_eq!(count("entryRelationship/act/../../code[@code|value]"), 1);
        assert_eq!(count("code[@code=b]"), 0);
        let mut words = Words::default();
        let path = Path::new("code[@code=b]", &mut words);
        let nearest = path.nearest(&Scope::new(&words, &words.of(&document), &document), root);
        assert_eq!(nearest.unwrap().path(), "/act/code");
    }
}
