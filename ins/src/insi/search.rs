//! Which searches to make, one after the other, until INSi knows one person.

use std::collections::VecDeque;

use segur_core::{CodeCommune, GivenNames, Traits};

use super::{Decision, TraitsQuery};

/// The search by traits of one identity: each given name alone in the order of the identity, then the whole list; the
/// first single person found ends it, so does any trouble. When there are several, the other given names are added,
/// then the place of birth; none with more traits does not undo several with fewer.
///
/// Source: regional guidance on the return codes (esante-bretagne.fr, "La gestion de l'INS") and the open client
/// padoa/tlsi-ins; no text of the service rules it. SENTINELLE.04 to .07 ask the software to handle answers by itself.
///
/// ```
/// use segur_core::{BirthDate, Traits};
/// use segur_ins::insi::{Decision, Search, Step};
///
/// let traits = Traits {
///     birth_name: "TCHITCHI".parse()?,
///     first_given_name: "OLA".parse()?,
///     given_names: Some("OLA CATARINA".parse()?),
///     sex: "F".parse()?,
///     birth_date: BirthDate::parse("1936-06-21")?,
///     birth_place: None,
/// };
/// let (mut search, first) = Search::new(&traits);
/// assert_eq!(first.given_names[0].as_str(), "OLA");
/// let Step::Ask(second) = search.after(Decision::NotFound) else { return Ok(()) };
/// assert_eq!(second.given_names[0].as_str(), "CATARINA");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Search {
    /// The traits without given name and place.
    base: TraitsQuery,
    place: Option<CodeCommune>,
    /// All given names, or the first when the list is not known.
    list: GivenNames,
    queue: VecDeque<TraitsQuery>,
    current: TraitsQuery,
    /// With which names there were several.
    ambiguous: Option<GivenNames>,
}

/// What to do after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask this.
    Ask(TraitsQuery),
    /// Nothing more to ask: this is the result.
    Done(Decision),
}

impl Search {
    /// A search, and the first thing to ask.
    #[must_use]
    pub fn new(traits: &Traits) -> (Self, TraitsQuery) {
        let base = TraitsQuery {
            birth_name: traits.birth_name.clone(),
            given_names: Vec::new(),
            sex: traits.sex,
            birth_date: traits.birth_date.into(),
            birth_place: None,
        };
        let first = GivenNames::from(traits.first_given_name.clone());
        let list = traits.given_names.clone().unwrap_or_else(|| first.clone());
        let words = list.as_str().split(' ');
        let words = words.filter_map(|word| GivenNames::parse(word).ok());
        let mut names: Vec<GivenNames> = Vec::new();
        for name in words.chain([list.clone()]) {
            if name != first && !names.contains(&name) {
                names.push(name);
            }
        }
        let current = with(&base, first, None);
        let search = Self {
            queue: names
                .into_iter()
                .map(|name| with(&base, name, None))
                .collect(),
            base,
            place: traits.birth_place.filter(|place| !place.is_unknown()),
            list,
            current: current.clone(),
            ambiguous: None,
        };
        (search, current)
    }

    /// What to do after the answer to the last thing asked.
    pub fn after(&mut self, decision: Decision) -> Step {
        match decision {
            Decision::NotFound if self.ambiguous.is_none() => {}
            Decision::NotFound | Decision::Several => {
                self.queue = self
                    .narrower(decision == Decision::Several)
                    .into_iter()
                    .collect();
            }
            other => return Step::Done(other),
        }
        match self.queue.pop_front() {
            Some(next) => {
                self.current = next.clone();
                Step::Ask(next)
            }
            None if self.ambiguous.is_some() => Step::Done(Decision::Several),
            None => Step::Done(Decision::NotFound),
        }
    }

    /// The search that says more than one that found several: the whole list, then the place.
    fn narrower(&mut self, several: bool) -> Option<TraitsQuery> {
        let asked = self.current.given_names.first()?.clone();
        if self.current.birth_place.is_some() {
            return None;
        }
        if several {
            self.ambiguous = Some(asked.clone());
            if asked != self.list {
                return Some(with(&self.base, self.list.clone(), None));
            }
        }
        let names = self.ambiguous.clone()?;
        self.place.map(|place| with(&self.base, names, Some(place)))
    }
}

fn with(base: &TraitsQuery, names: GivenNames, birth_place: Option<CodeCommune>) -> TraitsQuery {
    TraitsQuery {
        given_names: vec![names],
        birth_place,
        ..base.clone()
    }
}
