//! Each trait of the received identity beside that of the record.

use segur_core::{CodeCommune, GivenName, GivenNames, Ins, search_key};

use super::agreement::Agreement;
use super::person::{Person, Record};
use super::typing::one_slip;
use crate::identity::text;

/// Both values, or which side lacks one.
fn both<T>(received: Option<T>, known: Option<T>) -> Result<(T, T), Agreement> {
    match (received, known) {
        (Some(received), Some(known)) => Ok((received, known)),
        (None, _) => Err(Agreement::UnknownInReceived),
        (_, None) => Err(Agreement::UnknownInRecord),
    }
}

fn settle(found: Result<Agreement, Agreement>) -> Agreement {
    match found {
        Ok(agreement) | Err(agreement) => agreement,
    }
}

pub(super) fn ins<K>(received: &Person, record: &Record<K>) -> Agreement {
    let Some(wanted) = received.ins else {
        return Agreement::UnknownInReceived;
    };
    let held = record.person.ins;
    if held == Some(wanted) {
        return Agreement::Same;
    }
    if record.former_ins.contains(&wanted) {
        return Agreement::Former;
    }
    let near = |other: &Ins| {
        if other.matricule == wanted.matricule {
            Some(Agreement::OtherAuthority)
        } else if other.matricule.number() == wanted.matricule.number() {
            Some(Agreement::OtherKey)
        } else {
            None
        }
    };
    match held {
        Some(held) => near(&held).unwrap_or(Agreement::Different),
        None => record
            .former_ins
            .iter()
            .find_map(near)
            .unwrap_or(Agreement::UnknownInRecord),
    }
}

pub(super) fn birth_name(received: &Person, known: &Person) -> Agreement {
    settle(
        both(received.birth_name.as_ref(), known.birth_name.as_ref()).map(|(r, k)| {
            let near = texts(r.as_str(), k.as_str());
            if matches!(near, Agreement::Same | Agreement::Spelling) {
                return near;
            }
            let used = |name: Option<&str>, other: &str| name.is_some_and(|n| alike(n, other));
            if used(known.used_name.as_ref().map(|n| n.as_str()), r.as_str())
                || used(received.used_name.as_ref().map(|n| n.as_str()), k.as_str())
            {
                Agreement::UsedName
            } else if inverted(received, known) {
                Agreement::Inverted
            } else {
                near
            }
        }),
    )
}

/// The first given name, which one side may only have at the head of its list.
pub(super) fn first(received: &Person, known: &Person) -> Agreement {
    let r = Given::of(received);
    let k = Given::of(known);
    settle(both(r.known(), k.known()).map(|_| given(&r, &k, inverted(received, known))))
}

struct Given<'a> {
    first: Option<&'a GivenName>,
    list: Option<&'a GivenNames>,
    used: Option<&'a GivenName>,
}

impl<'a> Given<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            first: person.first_given_name.as_ref(),
            list: person.given_names.as_ref(),
            used: person.used_given_name.as_ref(),
        }
    }

    /// The first given name; where only the list is known, the list.
    fn known(&self) -> Option<&'a str> {
        let first = self.first.map(GivenName::as_str);
        first.or_else(|| self.list.map(GivenNames::as_str))
    }

    fn head(&self) -> Option<&'a str> {
        words(self.known()?).next()
    }

    fn heads_list_of(&self, other: &Self) -> bool {
        matches!((self.first, other.list), (Some(first), Some(list)) if list.starts_with(first))
    }

    /// The given name is one of the other side's list, word by word.
    fn is_in_list_of(&self, other: &Self) -> bool {
        let (Some(first), Some(list)) = (self.first, other.list) else {
            return false;
        };
        let wanted: Vec<&str> = words(first.as_str()).collect();
        let words: Vec<&str> = words(list.as_str()).collect();
        !wanted.is_empty() && words.windows(wanted.len()).any(|run| run == wanted)
    }

    fn is_used_by(&self, other: &Self) -> bool {
        matches!((self.first, other.used), (Some(first), Some(used)) if alike(first.as_str(), used.as_str()))
    }
}

fn given(r: &Given<'_>, k: &Given<'_>, inverted: bool) -> Agreement {
    let near = match (r.first, k.first) {
        (Some(r), Some(k)) => texts(r.as_str(), k.as_str()),
        (None, None) => heads(r.list, k.list),
        _ => Agreement::Different,
    };
    if matches!(near, Agreement::Same | Agreement::Spelling) {
        near
    } else if r.heads_list_of(k) || k.heads_list_of(r) {
        Agreement::Same
    } else if r.is_in_list_of(k) || k.is_in_list_of(r) {
        Agreement::NotFirst
    } else if r.is_used_by(k) || k.is_used_by(r) {
        Agreement::UsedName
    } else if inverted {
        Agreement::Inverted
    } else if near == Agreement::Different {
        // The head of a list that is one slip away from the other's first given name.
        match (r.head(), k.head()) {
            (Some(r), Some(k)) if one_slip(r, k) => Agreement::Typo,
            _ => near,
        }
    } else {
        near
    }
}

/// Two lists without a first given name on either side: it must be among their first words.
fn heads(r: Option<&GivenNames>, k: Option<&GivenNames>) -> Agreement {
    let (Some(r), Some(k)) = (r, k) else {
        return Agreement::Different;
    };
    match texts(r.as_str(), k.as_str()) {
        Agreement::Different | Agreement::Shortened | Agreement::Typo
            if words(r.as_str()).next() == words(k.as_str()).next() =>
        {
            Agreement::Same
        }
        other => other,
    }
}

pub(super) fn given_names(received: &Person, known: &Person) -> Agreement {
    settle(
        both(received.given_names.as_ref(), known.given_names.as_ref()).map(|(r, k)| {
            let sorted = |names| {
                let mut words: Vec<&str> = words(names).collect();
                words.sort_unstable();
                words
            };
            match texts(r.as_str(), k.as_str()) {
                Agreement::Same => Agreement::Same,
                Agreement::Spelling => Agreement::Spelling,
                _ if sorted(r.as_str()) == sorted(k.as_str()) => Agreement::Order,
                other => other,
            }
        }),
    )
}

pub(super) fn sex(received: &Person, known: &Person) -> Agreement {
    use segur_core::Sex::Undetermined;
    let known = known.sex.filter(|sex| *sex != Undetermined);
    let received = received.sex.filter(|sex| *sex != Undetermined);
    settle(both(received, known).map(|(r, k)| equal(&r, &k)))
}

pub(super) fn birth_date(received: &Person, known: &Person) -> Agreement {
    settle(both(received.birth_date, known.birth_date).map(|(r, k)| {
        let (a, b) = (r.date(), k.date());
        let parts = [
            a.year() == b.year(),
            a.month() == b.month(),
            a.day() == b.day(),
        ];
        if a == b {
            Agreement::Same
        } else if parts[0] && (r.is_estimated() || k.is_estimated()) {
            Agreement::Estimated
        } else if parts[0] && a.month() == b.day() && a.day() == b.month() {
            Agreement::DayMonthSwapped
        } else if parts.into_iter().filter(|same| *same).count() == 2 {
            Agreement::PartOfDate
        } else {
            Agreement::Different
        }
    }))
}

pub(super) fn birth_place(received: &Person, known: &Person) -> Agreement {
    let r = received.birth_place.filter(|place| !place.is_unknown());
    let k = known.birth_place.filter(|place| !place.is_unknown());
    settle(both(r, k).map(|(r, k)| {
        if r == k {
            Agreement::Same
        } else if departement(&r).is_some() && departement(&r) == departement(&k) {
            Agreement::SameDepartement
        } else {
            Agreement::Different
        }
    }))
}

/// Corsica was one département until 1976, and its codes of then still stand in records.
fn departement(place: &CodeCommune) -> Option<&str> {
    place.department().map(|code| match code {
        "2A" | "2B" => "20",
        other => other,
    })
}

fn equal<T: PartialEq>(a: &T, b: &T) -> Agreement {
    if a == b {
        Agreement::Same
    } else {
        Agreement::Different
    }
}

fn inverted(received: &Person, known: &Person) -> bool {
    let names = |person: &Person| {
        let name = search_key(person.birth_name.as_ref()?.as_str());
        let given = search_key(Given::of(person).known()?);
        (name != given).then_some((name, given))
    };
    match (names(received), names(known)) {
        (Some((r_name, r_given)), Some((k_name, k_given))) => {
            r_name == k_given && r_given == k_name
        }
        _ => false,
    }
}

/// The same letters.
fn alike(a: &str, b: &str) -> bool {
    let key = search_key(a);
    !key.is_empty() && key == search_key(b)
}

/// The comparison of the side-by-side screen, and slips of the keyboard besides.
fn texts(received: &str, known: &str) -> Agreement {
    let agreement = Agreement::from(text(known, received));
    if !matches!(agreement, Agreement::Different | Agreement::Shortened) {
        return agreement;
    }
    let (r, k) = (search_key(received), search_key(known));
    if r.is_empty() || k.is_empty() {
        Agreement::Different
    } else if one_slip(&r, &k) {
        Agreement::Typo
    } else {
        agreement
    }
}

/// Hyphens and apostrophes count as spaces, as in [`GivenNames::starts_with`].
pub(super) fn words(names: &str) -> impl Iterator<Item = &str> {
    names
        .split([' ', '-', '\''])
        .filter(|word| !word.is_empty())
}
