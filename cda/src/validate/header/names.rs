//! The names that the tables speak of, so that a row compares numbers and not texts.

use segur_xml::{Document, Node};

use super::model::Ns;

/// Every name of the tables, sorted by local name.
const NAMES: &[(Ns, &str)] = &[
    (Ns::Hl7, "ClinicalDocument"),
    (Ns::Dicom, "accessionNumber"),
    (Ns::Hl7, "additionalLocator"),
    (Ns::Hl7, "addr"),
    (Ns::Hl7, "administrativeGenderCode"),
    (Ns::Hl7, "asOrganizationPartOf"),
    (Ns::Hl7, "assignedAuthor"),
    (Ns::Hl7, "assignedAuthoringDevice"),
    (Ns::Hl7, "assignedCustodian"),
    (Ns::Hl7, "assignedEntity"),
    (Ns::Hl7, "assignedPerson"),
    (Ns::Hl7, "associatedEntity"),
    (Ns::Hl7, "associatedPerson"),
    (Ns::Hl7, "authenticator"),
    (Ns::Hl7, "author"),
    (Ns::Hl7, "authorization"),
    (Ns::Hl7, "birthTime"),
    (Ns::Hl7, "birthplace"),
    (Ns::Hl7, "city"),
    (Ns::Hl7, "code"),
    (Ns::Hl7, "component"),
    (Ns::Hl7, "componentOf"),
    (Ns::Hl7, "confidentialityCode"),
    (Ns::Hl7, "consent"),
    (Ns::Hl7, "country"),
    (Ns::Hl7, "county"),
    (Ns::Hl7, "custodian"),
    (Ns::Hl7, "dataEnterer"),
    (Ns::Sdtc, "deceasedInd"),
    (Ns::Sdtc, "deceasedTime"),
    (Ns::Hl7, "dischargeDispositionCode"),
    (Ns::Hl7, "documentationOf"),
    (Ns::Hl7, "effectiveTime"),
    (Ns::Hl7, "encompassingEncounter"),
    (Ns::Hl7, "encounterParticipant"),
    (Ns::Hl7, "family"),
    (Ns::Hl7, "functionCode"),
    (Ns::Hl7, "given"),
    (Ns::Hl7, "guardian"),
    (Ns::Hl7, "guardianOrganization"),
    (Ns::Hl7, "guardianPerson"),
    (Ns::Hl7, "healthCareFacility"),
    (Ns::Hl7, "high"),
    (Ns::Hl7, "houseNumber"),
    (Ns::Hl7, "houseNumberNumeric"),
    (Ns::Hl7, "id"),
    (Ns::Hl7, "inFulfillmentOf"),
    (Ns::Hl7, "informant"),
    (Ns::Hl7, "informationRecipient"),
    (Ns::Hl7, "intendedRecipient"),
    (Ns::Hl7, "languageCode"),
    (Ns::Hl7, "legalAuthenticator"),
    (Ns::Hl7, "location"),
    (Ns::Hl7, "low"),
    (Ns::Hl7, "manufacturerModelName"),
    (Ns::Sdtc, "multipleBirthInd"),
    (Ns::Sdtc, "multipleBirthOrderNumber"),
    (Ns::Hl7, "name"),
    (Ns::Hl7, "nonXMLBody"),
    (Ns::Hl7, "order"),
    (Ns::Hl7, "originalText"),
    (Ns::Hl7, "parentDocument"),
    (Ns::Hl7, "participant"),
    (Ns::Hl7, "patient"),
    (Ns::Hl7, "patientRole"),
    (Ns::Hl7, "performer"),
    (Ns::Hl7, "place"),
    (Ns::Hl7, "postBox"),
    (Ns::Hl7, "postalCode"),
    (Ns::Hl7, "precinct"),
    (Ns::Hl7, "prefix"),
    (Ns::Hl7, "qualifier"),
    (Ns::Hl7, "realmCode"),
    (Ns::Hl7, "receivedOrganization"),
    (Ns::Hl7, "recordTarget"),
    (Ns::Hl7, "relatedDocument"),
    (Ns::Hl7, "relatedEntity"),
    (Ns::Hl7, "relatedPerson"),
    (Ns::Hl7, "representedCustodianOrganization"),
    (Ns::Hl7, "representedOrganization"),
    (Ns::Hl7, "responsibleParty"),
    (Ns::Hl7, "scopingOrganization"),
    (Ns::Hl7, "serviceEvent"),
    (Ns::Hl7, "setId"),
    (Ns::Hl7, "signatureCode"),
    (Ns::Hl7, "softwareName"),
    (Ns::Hl7, "standardIndustryClassCode"),
    (Ns::Hl7, "state"),
    (Ns::Hl7, "statusCode"),
    (Ns::Lab, "statusCode"),
    (Ns::Hl7, "streetAddressLine"),
    (Ns::Hl7, "streetName"),
    (Ns::Hl7, "streetNameType"),
    (Ns::Hl7, "structuredBody"),
    (Ns::Hl7, "suffix"),
    (Ns::Hl7, "telecom"),
    (Ns::Hl7, "templateId"),
    (Ns::Hl7, "time"),
    (Ns::Hl7, "title"),
    (Ns::Hl7, "translation"),
    (Ns::Hl7, "typeId"),
    (Ns::Hl7, "unitID"),
    (Ns::Hl7, "versionNumber"),
];

/// Place of a name in the list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u16);

impl Key {
    /// A key that no element has.
    const NONE: Self = Self(u16::MAX);

    /// Looked up when the tables are compiled.
    pub(super) const fn of(ns: Ns, name: &str) -> Self {
        let mut at = 0;
        while at < NAMES.len() {
            if same(NAMES[at].1, name) && NAMES[at].0 as u8 == ns as u8 {
                return Self(at as u16);
            }
            at += 1;
        }
        Self::NONE
    }

    /// Whether the name is in the list.
    #[cfg(test)]
    pub(super) fn is_known(self) -> bool {
        self != Self::NONE
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The keys of the names of one document.
pub(super) struct Names {
    /// By the document's own number of the name.
    keys: Vec<Key>,
}

impl Names {
    pub(super) fn new(document: &Document) -> Self {
        let mut keys = vec![Key::NONE; document.name_count()];
        for (id, namespace, local) in document.expanded_names() {
            let from = NAMES.partition_point(|(_, name)| *name < local);
            let same = NAMES
                .iter()
                .enumerate()
                .skip(from)
                .take_while(|(_, (_, name))| *name == local);
            for (at, (ns, _)) in same {
                let slot = keys.get_mut(id.index()).filter(|_| ns.uri() == namespace);
                if let (Some(slot), Ok(at)) = (slot, u16::try_from(at)) {
                    *slot = Key(at);
                }
            }
        }
        Self { keys }
    }

    /// The key of an element.
    pub(super) fn of(&self, node: Node<'_>) -> Key {
        node.name_id()
            .and_then(|id| self.keys.get(id.index()).copied())
            .unwrap_or(Key::NONE)
    }
}

/// The keys met so far.
#[derive(Default)]
pub(super) struct Seen([u64; NAMES.len() / 64 + 1]);

impl Seen {
    /// Notes a key; whether it had been noted before. Never of unknown names.
    pub(super) fn again(&mut self, key: Key) -> bool {
        let (word, bit) = (usize::from(key.0) / 64, 1_u64 << (key.0 % 64));
        match self.0.get_mut(word) {
            Some(word) => {
                let known = *word & bit != 0;
                *word |= bit;
                known
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Element, Test};
    use super::super::tables::CLINICAL_DOCUMENT;

    fn each(table: &'static Element) {
        for rule in table.rules {
            if let Test::Count(count) = &rule.test {
                assert!(count.key.is_known(), "{} is not in NAMES", count.name);
            }
        }
        for child in table.children.iter().copied().flatten() {
            assert!(child.key.is_known(), "{} is not in NAMES", child.name);
            each(child);
        }
    }

    #[test]
    fn names_are_sorted() {
        assert!(super::NAMES.is_sorted_by_key(|(_, name)| *name));
    }

    #[test]
    fn every_name_of_the_tables_is_listed() {
        each(&CLINICAL_DOCUMENT);
    }
}
