//! Paths of the tables: `entryRelationship[@typeCode=SUBJ]/act[#pcc:4.2]/code[@code=48767-8][@codeSystem=loinc]`.
//!
//! Steps are children, separated by `/`: a name or `*`; `.` is the element itself, `..` its parent, `**` any element
//! inside. Filters: `[@a]`, `[@a|b]` (one of these attributes), `[@a=x|y]` (one of these values), `[@a~8]` (of this length),
//! `[@xsi:type=CD|PQ]`, `[#root]` (declares the template), `[name]` (has such a child), `[!…]` (not).

use std::borrow::Cow;

use segur_xml::Node;

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
    Child(&'static str),
}

#[derive(Debug)]
enum Filter {
    Given(Vec<&'static str>),
    Is(&'static str, Vec<String>),
    Length(&'static str, usize),
    Type(Vec<&'static str>),
    Declares(String),
    Has(&'static str),
}

impl Path {
    pub(super) fn new(text: &'static str) -> Self {
        Self {
            steps: text.split('/').map(Step::new).collect(),
        }
    }

    /// Calls `visit` with each element found, in order of the document, until it says stop (false).
    pub(super) fn each<'a>(&self, from: Node<'a>, visit: &mut dyn FnMut(Node<'a>) -> bool) -> bool {
        walk(&self.steps, from, visit)
    }

    /// How many there are, counted up to `most`, and the last one counted.
    pub(super) fn count<'a>(&self, from: Node<'a>, most: usize) -> (usize, Option<Node<'a>>) {
        let (mut count, mut last) = (0, None);
        self.each(from, &mut |node| {
            count += 1;
            last = Some(node);
            count < most
        });
        (count, last)
    }

    /// The first element that a path of children leads to, its last filters left out: where to look. None when another
    /// template is asked for: what is there is not what is missing.
    pub(super) fn nearest<'a>(&self, from: Node<'a>) -> Option<Node<'a>> {
        let (last, before) = self.steps.split_last()?;
        let Axis::Child(name) = last.axis else {
            return None;
        };
        if last
            .filters
            .iter()
            .any(|(_, filter)| matches!(filter, Filter::Declares(_)))
        {
            return None;
        }
        if !before
            .iter()
            .all(|step| matches!(step.axis, Axis::Child(_)))
        {
            return None;
        }
        let mut found = None;
        walk(before, from, &mut |node| {
            found = node.child(HL7, name);
            found.is_none()
        });
        found
    }
}

fn walk<'a>(steps: &[Step], from: Node<'a>, visit: &mut dyn FnMut(Node<'a>) -> bool) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return visit(from);
    };
    match step.axis {
        Axis::Itself => !step.admits(from) || walk(rest, from, visit),
        Axis::Parent => match from.parent() {
            Some(parent) if step.admits(parent) => walk(rest, parent, visit),
            _ => true,
        },
        Axis::Inside => {
            // The next step is looked for below any element; once each, as it has one parent.
            if !walk(rest, from, visit) {
                return false;
            }
            from.descendants()
                .filter(Node::is_element)
                .all(|node| walk(rest, node, visit))
        }
        Axis::Any => from
            .elements()
            .filter(|node| step.admits(*node))
            .all(|node| walk(rest, node, visit)),
        Axis::Child(name) => from
            .children_named(HL7, name)
            .filter(|node| step.admits(*node))
            .all(|node| walk(rest, node, visit)),
    }
}

impl Step {
    fn new(text: &'static str) -> Self {
        let (name, filters) = match text.find('[') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let axis = match name {
            "." => Axis::Itself,
            ".." => Axis::Parent,
            "**" => Axis::Inside,
            "*" => Axis::Any,
            name => Axis::Child(name),
        };
        let filters = filters
            .split('[')
            .filter_map(|part| part.strip_suffix(']'))
            .map(|part| match part.strip_prefix('!') {
                Some(part) => (false, Filter::new(part)),
                None => (true, Filter::new(part)),
            })
            .collect();
        Self { axis, filters }
    }

    fn admits(&self, node: Node<'_>) -> bool {
        self.filters
            .iter()
            .all(|(wanted, filter)| filter.holds(node) == *wanted)
    }
}

impl Filter {
    fn new(text: &'static str) -> Self {
        if let Some(root) = text.strip_prefix('#') {
            return Self::Declares(expand(root).into_owned());
        }
        let Some(attribute) = text.strip_prefix('@') else {
            return Self::Has(text);
        };
        if let Some((name, length)) = attribute.split_once('~') {
            return Self::Length(name, length.parse().unwrap_or_default());
        }
        match attribute.split_once('=') {
            None => Self::Given(attribute.split('|').collect()),
            Some(("xsi:type", types)) => Self::Type(types.split('|').collect()),
            Some((name, values)) => Self::Is(
                name,
                values.split('|').map(|v| expand(v).into_owned()).collect(),
            ),
        }
    }

    fn holds(&self, node: Node<'_>) -> bool {
        match self {
            Self::Given(names) => names.iter().any(|name| node.attribute(name).is_some()),
            Self::Is(name, values) => node
                .attribute(name)
                .is_some_and(|found| values.iter().any(|value| *value == *found)),
            Self::Length(name, length) => node
                .attribute(name)
                .is_some_and(|found| found.chars().count() == *length),
            Self::Type(types) => node.attribute_ns(XSI, "type").is_some_and(|found| {
                let local = found.rsplit(':').next().unwrap_or_default().trim();
                types.contains(&local)
            }),
            Self::Declares(root) => node
                .children_named(HL7, "templateId")
                .any(|t| t.attribute("root").is_some_and(|found| *found == **root)),
            Self::Has(name) => node.child(HL7, name).is_some(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use segur_xml::Document;

    use super::Path;

    #[test]
    fn steps_and_filters() {
        let text = br#"<act xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" classCode="ACT">
            <templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.2"/><code code="a"/>
            <entryRelationship typeCode="SUBJ"><act><templateId root="2.16.840.1.113883.10.20.1.40"/></act></entryRelationship>
            <value xsi:type="h:CD" xmlns:h="urn:hl7-org:v3"/><value nullFlavor="UNK"/></act>"#;
        let document = Document::parse(text).unwrap();
        let count = |path| Path::new(path).count(document.root_element(), usize::MAX).0;
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
        let nearest = Path::new("code[@code=b]").nearest(document.root_element());
        assert_eq!(nearest.unwrap().path(), "/act/code");
    }
}
