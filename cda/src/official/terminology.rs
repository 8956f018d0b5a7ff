//! The terminology rules, native: codes against the published code lists, units against UCUM.
//!
//! Replaces `schematrons/profils/terminologies/schematron/terminologie.sch`, which looks every
//! code up with `doc()` in an RDF file: same nodes, same verdict. A code whose system has no
//! published list is accepted there; here too, and told as not run when the agency names the
//! list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use segur_schematron::Source;
use segur_xml::{Document, Node};

const HL7: &str = "urn:hl7-org:v3";
const SVS: &str = "urn:ihe:iti:svs:2008";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The code system of units.
const UCUM: &str = "2.16.840.1.113883.6.8";
const FOLDER: &str = "schematrons/profils/terminologies/terminologie";

/// A sorted list of codes: one text, and where each code ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct CodeList {
    text: String,
    ends: Vec<u32>,
}

impl CodeList {
    fn new(codes: BTreeSet<String>) -> Self {
        let mut list = Self::default();
        for code in codes {
            list.text.push_str(&code);
            list.ends
                .push(u32::try_from(list.text.len()).unwrap_or(u32::MAX));
        }
        list
    }

    fn code(&self, index: usize) -> &str {
        let end = self.ends.get(index).map_or(0, |e| *e as usize);
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |e| *e as usize),
            None => 0,
        };
        self.text.get(start..end).unwrap_or("")
    }

    /// Whether the code is in the list, letter for letter.
    pub(super) fn contains(&self, code: &str) -> bool {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.code(middle).cmp(code) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        false
    }

    /// Reads a published list: `skos:notation` of an RDF file, or `code` of the UCUM table.
    pub(super) fn read(bytes: &[u8], units: bool) -> Result<Self, segur_xml::XmlError> {
        let document = Document::parse(bytes)?;
        let mut codes = BTreeSet::new();
        for node in document.root_element().descendants() {
            let wanted = if units {
                node.is("", "code")
            } else {
                node.is(SKOS, "notation")
            };
            if wanted {
                codes.extend(
                    node.children()
                        .filter_map(|c| c.text())
                        .map(|t| t.into_owned()),
                );
            }
        }
        Ok(Self::new(codes))
    }
}

/// Where a list comes from; read when a document first uses it.
pub(super) trait Lists: Send + Sync {
    /// The list of a code system; `Err` with the reason when its file cannot be read.
    fn load(&self, system: &str) -> Result<CodeList, String>;
}

/// Lists read from the published folder.
pub(super) struct FolderLists(pub(super) Arc<dyn Source>);

/// The file of a code system.
pub(super) fn file_of(system: &str) -> String {
    let extension = if system == UCUM { "xml" } else { "rdf" };
    format!("{FOLDER}/{system}.{extension}")
}

impl Lists for FolderLists {
    fn load(&self, system: &str) -> Result<CodeList, String> {
        let bytes = self.0.read(&file_of(system)).map_err(|e| e.to_string())?;
        CodeList::read(&bytes, system == UCUM).map_err(|e| e.to_string())
    }
}

/// Code systems for which the folder listing `names` has a list.
pub(super) fn systems(names: &[String]) -> Vec<String> {
    let rdf = names.iter().filter_map(|n| n.strip_suffix(".rdf"));
    let units = names
        .iter()
        .filter_map(|n| n.strip_suffix(".xml"))
        .filter(|n| *n == UCUM);
    rdf.chain(units).map(str::to_owned).collect()
}

/// Code systems that the agency's index (`Terminologies.txt`: OID, arrow, name) announces.
pub(super) fn announced(index: &str) -> BTreeMap<String, String> {
    let entry = |line: &str| {
        let (oid, name) = line.split_once("==>")?;
        Some((oid.trim().to_owned(), name.trim().to_owned()))
    };
    index.lines().filter_map(entry).collect()
}

/// The folder of the lists and of their index.
pub(super) const LISTS_FOLDER: &str = FOLDER;

/// All code lists of an edition.
pub(super) struct Terminologies {
    source: Box<dyn Lists>,
    lists: BTreeMap<String, OnceLock<Result<CodeList, String>>>,
    announced: BTreeMap<String, String>,
}

/// What the terminology check says.
#[derive(Debug, Default)]
pub(super) struct TerminologyOutcome<'d> {
    /// How many nodes were looked at.
    pub(super) fired: usize,
    pub(super) hits: Vec<TerminologyHit<'d>>,
    /// Code systems that could not be checked: the reason, by name and OID.
    pub(super) not_run: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(super) enum TerminologyHit<'d> {
    /// The code is not in the list of its system.
    Code {
        node: Node<'d>,
        system: String,
        code: String,
    },
    /// The unit is not in UCUM.
    Unit { node: Node<'d>, unit: String },
}

impl Terminologies {
    pub(super) fn new(
        source: Box<dyn Lists>,
        systems: Vec<String>,
        announced: BTreeMap<String, String>,
    ) -> Self {
        let lists = systems.into_iter().map(|s| (s, OnceLock::new())).collect();
        Self {
            source,
            lists,
            announced,
        }
    }

    pub(super) fn systems(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    pub(super) fn announced(&self) -> &BTreeMap<String, String> {
        &self.announced
    }

    /// The list of a system; `None` when none is published.
    pub(super) fn list(&self, system: &str) -> Option<Result<&CodeList, &str>> {
        let slot = self.lists.get(system)?;
        let loaded = slot.get_or_init(|| self.source.load(system));
        Some(loaded.as_ref().map_err(String::as_str))
    }

    /// Looks at every code and unit of a document.
    pub(super) fn check<'d>(&self, document: &'d Document) -> TerminologyOutcome<'d> {
        let mut out = TerminologyOutcome::default();
        let names = Names::of(document);
        for node in document.root().descendants() {
            match names.what(node) {
                Some(What::Code) => self.code(node, &mut out),
                Some(What::Unit) => self.unit(node, &mut out),
                None => {}
            }
        }
        out
    }

    fn code<'d>(&self, node: Node<'d>, out: &mut TerminologyOutcome<'d>) {
        out.fired += 1;
        let Some(system) = node.attribute("codeSystem") else {
            return;
        };
        let code = node.attribute("code").unwrap_or_default();
        match self.list(&system) {
            Some(Ok(list)) => {
                if !list.contains(&code) {
                    let (system, code) = (system.into_owned(), code.into_owned());
                    out.hits.push(TerminologyHit::Code { node, system, code });
                }
            }
            Some(Err(reason)) => {
                out.not_run
                    .entry(system.into_owned())
                    .or_insert_with(|| reason.to_owned());
            }
            None => {
                if let Some(name) = self.announced.get(system.as_ref()) {
                    out.not_run
                        .entry(system.clone().into_owned())
                        .or_insert_with(|| {
                            format!("the list of {name} is not in the published folder")
                        });
                }
            }
        }
    }

    fn unit<'d>(&self, node: Node<'d>, out: &mut TerminologyOutcome<'d>) {
        out.fired += 1;
        let unit = node.attribute("unit").unwrap_or_default();
        let bare = without_annotations(&unit);
        if bare.is_empty() {
            return;
        }
        let reason = match self.list(UCUM) {
            Some(Ok(list)) => {
                if !list.contains(&bare) {
                    out.hits.push(TerminologyHit::Unit {
                        node,
                        unit: unit.into_owned(),
                    });
                }
                return;
            }
            Some(Err(reason)) => reason,
            None => "the table of units is not in the published folder",
        };
        out.not_run
            .entry(UCUM.to_owned())
            .or_insert_with(|| reason.to_owned());
    }
}

enum What {
    Code,
    Unit,
}

/// The names that matter, as numbered in one document.
struct Names([Option<segur_xml::NameId>; 9]);

impl Names {
    fn of(document: &Document) -> Self {
        let hl7 = |local| document.name_id(HL7, local);
        Self([
            hl7("code"),
            hl7("value"),
            document.name_id(SVS, "Concept"),
            hl7("low"),
            hl7("high"),
            hl7("substanceAdministration"),
            hl7("doseQuantity"),
            hl7("rateQuantity"),
            // Misspelt in the published rules, so the real `maxDoseQuantity` is not looked at.
            hl7("maxDoseQuanity"),
        ])
    }

    fn what(&self, node: Node<'_>) -> Option<What> {
        let [
            code,
            value,
            concept,
            low,
            high,
            administration,
            dose,
            rate,
            max,
        ] = self.0;
        let name = node.name_id();
        name?;
        if name == code || name == concept {
            return Some(What::Code);
        }
        if name == value {
            return match node.attribute_ns(XSI, "type").as_deref() {
                Some("CD" | "CE") => Some(What::Code),
                Some("PQ" | "c:PQ") => Some(What::Unit),
                _ => None,
            };
        }
        if name == low || name == high {
            let parent = node.parent()?;
            let parent_name = parent.name_id();
            parent_name?;
            if parent_name == value {
                let kind = parent.attribute_ns(XSI, "type");
                return matches!(kind.as_deref(), Some("IVL_PQ" | "c:IVL_PQ"))
                    .then_some(What::Unit);
            }
            if parent_name == dose || parent_name == rate || parent_name == max {
                let inside = parent
                    .ancestors()
                    .any(|a| a.name_id().is_some() && a.name_id() == administration);
                return inside.then_some(What::Unit);
            }
        }
        None
    }
}

/// A unit without its annotations: what the published rule removes, no more. An annotation is an
/// opening brace, any character, small letters `a` to `z`, any character, a closing brace.
fn without_annotations(unit: &str) -> String {
    let chars: Vec<char> = unit.chars().collect();
    let mut out = String::with_capacity(unit.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = if c == '{' {
            annotation_end(&chars, at)
        } else {
            None
        };
        match end {
            Some(end) => at = end,
            None => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

fn annotation_end(chars: &[char], open: usize) -> Option<usize> {
    let any = |at: usize| chars.get(at).is_some_and(|c| *c != '\n');
    if !any(open + 1) {
        return None;
    }
    let mut run = open + 2;
    while chars.get(run).is_some_and(char::is_ascii_lowercase) {
        run += 1;
    }
    if any(run) && chars.get(run + 1) == Some(&'}') {
        return Some(run + 2);
    }
    (run > open + 2 && chars.get(run) == Some(&'}')).then_some(run + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_removed_as_the_published_rule_does() {
        for (unit, bare) in [
            ("mg", "mg"),
            ("{dose}", ""),
            ("mg/{dose}", "mg/"),
            ("{ab}", ""),
            ("{a}", "{a}"),
            ("{}", "{}"),
            ("{Dose}", ""),
            ("{DOSE}", "{DOSE}"),
            ("{gélule}", "{gélule}"),
            ("{ab}}", ""),
            ("", ""),
        ] {
            assert_eq!(without_annotations(unit), bare, "{unit}");
        }
    }

    #[test]
    fn a_list_finds_its_codes_and_no_other() {
        let list = CodeList::read(
            b"<r xmlns:s='http://www.w3.org/2004/02/skos/core#'><s:notation>B</s:notation>\
              <s:notation>A1</s:notation><notation>C</notation></r>",
            false,
        )
        .unwrap();
        assert!(list.contains("A1") && list.contains("B"));
        assert!(!list.contains("C") && !list.contains("A") && !list.contains(""));
    }
}
