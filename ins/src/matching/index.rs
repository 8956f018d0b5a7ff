//! Finding the few records worth comparing, among many.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use segur_core::{Date, FamilyName, GivenName, GivenNames, Ins, search_key};

use super::compare::words;
use super::person::{Person, Record};
use super::score::Score;
use super::{Candidate, Decision, Policy};

/// Records, found by matricule, by birth date, and by name with given name; never by reading them all.
///
/// A person is found who has one of these in common with the record: the thirteen characters of a matricule, present or former; the birth
/// date, as it is or with day and month inverted; a name (birth or used) together with a given name (first, any of the list,
/// or used), in either order. `cargo bench -p segur-ins --bench matching` gives times for 100,000 records.
///
/// `Debug` shows the number of records.
#[derive(Clone)]
pub struct Index<K> {
    slots: Vec<Option<Record<K>>>,
    free: Vec<usize>,
    by_key: HashMap<K, usize>,
    /// Hash of what is in common, and the slot: a collision costs one comparison more.
    blocks: BTreeSet<(u64, usize)>,
}

/// The search that comes before a new record is made: the birth date, and beginnings of a name and of a given name if known.
///
/// Accents, hyphens, apostrophes and spaces do not count. Source: guide INS rule 17, EXI ID 17. `Debug` shows nothing.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The exact birth date.
    pub birth_date: Date,
    /// Beginning of the birth name or of the used name; may be empty.
    pub name: &'a str,
    /// Beginning of the first given name, of the list, or of the used given name; may be empty.
    pub given_name: &'a str,
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search(***)")
    }
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            by_key: HashMap::new(),
            blocks: BTreeSet::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> Index<K> {
    /// No record.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a record, and gives back the one that it replaces under the same key.
    pub fn insert(&mut self, record: Record<K>) -> Option<Record<K>> {
        let former = self.remove(&record.key);
        let slot = self.free.pop().unwrap_or(self.slots.len());
        self.blocks
            .extend(record_blocks(&record).map(|block| (block, slot)));
        self.by_key.insert(record.key.clone(), slot);
        match self.slots.get_mut(slot) {
            Some(place) => *place = Some(record),
            None => self.slots.push(Some(record)),
        }
        former
    }

    /// Forgets a record.
    pub fn remove(&mut self, key: &K) -> Option<Record<K>> {
        let slot = self.by_key.remove(key)?;
        let record = self.slots.get_mut(slot)?.take()?;
        for block in record_blocks(&record) {
            self.blocks.remove(&(block, slot));
        }
        self.free.push(slot);
        Some(record)
    }

    /// A record by its key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&Record<K>> {
        self.slots.get(*self.by_key.get(key)?)?.as_ref()
    }

    /// How many records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Every record that has something in common with the received identity, best first, however low its score.
    #[must_use]
    pub fn candidates(&self, received: &Person) -> Vec<Candidate<'_, K>> {
        let mut blocks = Vec::new();
        person_blocks(received, &mut blocks);
        if let Some(swapped) = received.birth_date.and_then(|birth| swapped(birth.date())) {
            blocks.push(hash(&Block::Date(swapped)));
        }
        let mut found: Vec<(i32, usize, Candidate<'_, K>)> = self
            .slots_in(&blocks)
            .into_iter()
            .filter_map(|slot| {
                let record = self.slots.get(slot)?.as_ref()?;
                let score = Score::new(received, record);
                Some((-score.total(), slot, Candidate { record, score }))
            })
            .collect();
        found.sort_unstable_by_key(|(points, slot, _)| (*points, *slot));
        found
            .into_iter()
            .map(|(_, _, candidate)| candidate)
            .collect()
    }

    /// Whose record it is.
    #[must_use]
    pub fn decide(&self, received: &Person, policy: &Policy) -> Decision<'_, K> {
        Decision::of(received, self.candidates(received), policy)
    }

    /// The records that answer a search by birth date and beginnings of names, in the order in which they came in.
    #[must_use]
    pub fn search(&self, search: &Search<'_>) -> Vec<&Record<K>> {
        let (name, given) = (search_key(search.name), search_key(search.given_name));
        self.slots_in(&[hash(&Block::Date(search.birth_date))])
            .into_iter()
            .filter_map(|slot| self.slots.get(slot)?.as_ref())
            .filter(|record| {
                let person = &record.person;
                // Another date may have the same hash.
                person.birth_date.map(|birth| birth.date()) == Some(search.birth_date)
                    && starts(&name, names(person))
                    && starts(&given, given_texts(person))
            })
            .collect()
    }

    fn slots_in(&self, blocks: &[u64]) -> BTreeSet<usize> {
        blocks
            .iter()
            .flat_map(|block| self.blocks.range((*block, 0)..=(*block, usize::MAX)))
            .map(|(_, slot)| *slot)
            .collect()
    }
}

impl<K> fmt::Debug for Index<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("records", &self.by_key.len())
            .finish_non_exhaustive()
    }
}

/// What two records may have in common.
#[derive(Hash)]
enum Block<'a> {
    Ins(&'a str),
    Date(Date),
    Names(&'a str, &'a str),
}

fn hash(block: &Block<'_>) -> u64 {
    // Without a key of its own: the same index from the same records.
    let mut hasher = DefaultHasher::new();
    block.hash(&mut hasher);
    hasher.finish()
}

fn record_blocks<K>(record: &Record<K>) -> impl Iterator<Item = u64> {
    let mut blocks = Vec::with_capacity(10);
    person_blocks(&record.person, &mut blocks);
    blocks.extend(record.former_ins.iter().map(ins_block));
    blocks.into_iter()
}

fn ins_block(ins: &Ins) -> u64 {
    hash(&Block::Ins(ins.matricule.number()))
}

fn person_blocks(person: &Person, blocks: &mut Vec<u64>) {
    blocks.extend(person.ins.as_ref().map(ins_block));
    blocks.extend(
        person
            .birth_date
            .map(|birth| hash(&Block::Date(birth.date()))),
    );
    let mut given: Vec<String> = given_texts(person)
        .flat_map(words)
        .map(search_key)
        .collect();
    given.extend(given_texts(person).map(search_key));
    given.sort_unstable();
    given.dedup();
    for name in names(person).map(search_key) {
        for given in &given {
            // Sorted, so that name and given name are found when they were inverted.
            let (a, b) = (name.as_str().min(given), name.as_str().max(given));
            blocks.push(hash(&Block::Names(a, b)));
        }
    }
}

fn names(person: &Person) -> impl Iterator<Item = &str> {
    let names = [person.birth_name.as_ref(), person.used_name.as_ref()];
    names.into_iter().flatten().map(FamilyName::as_str)
}

fn given_texts(person: &Person) -> impl Iterator<Item = &str> {
    let first = person.first_given_name.as_ref().map(GivenName::as_str);
    let list = person.given_names.as_ref().map(GivenNames::as_str);
    let used = person.used_given_name.as_ref().map(GivenName::as_str);
    [first, list, used].into_iter().flatten()
}

fn starts<'a>(prefix: &str, mut texts: impl Iterator<Item = &'a str>) -> bool {
    prefix.is_empty() || texts.any(|text| search_key(text).starts_with(prefix))
}

fn swapped(date: Date) -> Option<Date> {
    (date.day() != date.month())
        .then(|| Date::new(date.year(), date.day(), date.month()).ok())
        .flatten()
}
