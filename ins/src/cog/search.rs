//! Finding communes and countries by what a person types.

use chrono::NaiveDate;

use super::Cog;
use super::code::Code;
use super::commune::{Commune, Country, Match};
use super::fold::{fold, without_article};
use super::index::Entry;
use super::period::Day;

/// How well an entry answers; smaller is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Exact,
    ExactButArticle,
    Prefix,
    PrefixButArticle,
}

impl Cog {
    /// Completes the name of a commune of birth while it is being typed.
    ///
    /// Answers at most `limit` communes whose folded name (see [`fold`]) starts with `typed`, with or
    /// without the article, in force on `born` (`None`: whenever). The order is: the whole name
    /// first, then the larger population, then the alphabet. When no commune was in force on that date, the
    /// others are given with [`Match::in_period`] `false`. An empty text has no answer.
    #[must_use]
    pub fn complete(&self, typed: &str, born: Option<NaiveDate>, limit: usize) -> Vec<Match<'_>> {
        let key = fold(typed);
        if key.is_empty() || limit == 0 {
            return Vec::new();
        }
        let day = born.map(Day::new);
        let live = self.ranked(&key, limit, |entry| {
            day.is_none_or(|d| entry.period.holds(d))
        });
        if !live.is_empty() || day.is_none() {
            return self.matches(live, true);
        }
        self.matches(self.ranked(&key, limit, |_| true), false)
    }

    fn ranked(&self, key: &str, limit: usize, keep: impl Fn(&Entry) -> bool) -> Vec<(Tier, u32)> {
        let mut found: Vec<(Tier, u32, u32, u32)> = Vec::new();
        let bare = without_article(key);
        for (spelling, exact, prefix) in [
            (Some(key), Tier::Exact, Tier::Prefix),
            (bare, Tier::ExactButArticle, Tier::PrefixButArticle),
        ] {
            let Some(spelling) = spelling else { continue };
            let entries = self.index.starting_with(spelling).iter();
            found.extend(
                (0_u32..)
                    .zip(entries)
                    .filter(|(_, e)| keep(e))
                    .map(|(at, e)| {
                        let tier = if e.key_len() == spelling.len() {
                            exact
                        } else {
                            prefix
                        };
                        (tier, u32::MAX - e.population, at, e.row)
                    }),
            );
        }
        // A row stands under two spellings at most, so this many hold `limit` distinct rows.
        let enough = limit.saturating_mul(2);
        if found.len() > enough {
            found.select_nth_unstable(enough);
            found.truncate(enough);
        }
        found.sort_unstable();
        let mut rows: Vec<(Tier, u32)> = Vec::with_capacity(limit.min(found.len()));
        for (tier, _, _, row) in found {
            if rows.len() == limit {
                break;
            }
            if !rows.iter().any(|(_, seen)| *seen == row) {
                rows.push((tier, row));
            }
        }
        rows
    }

    /// The communes that bear exactly this name on `born`, all of them: a homonym is never chosen for
    /// the caller. `departement` (`2A`, `75`, `974`) narrows the answer.
    ///
    /// A name typed with its article wins over names that differ only by the article. When none was in
    /// force on that date, the others are given with [`Match::in_period`] `false`.
    #[must_use]
    pub fn lookup(&self, name: &str, born: NaiveDate, departement: Option<&str>) -> Vec<Match<'_>> {
        let key = fold(name);
        let day = Day::new(born);
        let within = |e: &&Entry| {
            departement.is_none_or(|d| self.commune(e.row).departement().eq_ignore_ascii_case(d))
        };
        let mut tiers: [Vec<&Entry>; 3] = Default::default();
        for entry in self.index.equal_to(&key).iter().filter(within) {
            let whole = fold(self.label(entry.row)) == key;
            tiers[usize::from(!whole)].push(entry);
        }
        if let Some(bare) = without_article(&key) {
            tiers[2].extend(self.index.equal_to(bare).iter().filter(within));
        }
        let answer = |keep: &dyn Fn(&&&Entry) -> bool| {
            tiers
                .iter()
                .map(|tier| tier.iter().filter(keep).map(|e| e.row).collect::<Vec<_>>())
                .find(|rows| !rows.is_empty())
                .unwrap_or_default()
        };
        let live = answer(&|e| e.period.holds(day));
        let in_period = !live.is_empty();
        let mut rows = if in_period { live } else { answer(&|_| true) };
        rows.sort_unstable();
        rows.dedup();
        self.matches(
            rows.into_iter().map(|row| (Tier::Exact, row)).collect(),
            in_period,
        )
    }

    fn matches(&self, rows: Vec<(Tier, u32)>, in_period: bool) -> Vec<Match<'_>> {
        rows.into_iter()
            .map(|(tier, row)| Match {
                commune: self.commune(row),
                exact: matches!(tier, Tier::Exact | Tier::ExactButArticle),
                in_period,
            })
            .collect()
    }

    /// Every name and period of a code, oldest first; empty for an unknown code.
    pub fn by_code(&self, code: &str) -> impl Iterator<Item = Commune<'_>> {
        let wanted = Code::parse(code);
        let start = self.rows.partition_point(|r| Some(r.code) < wanted);
        (start..self.rows.len())
            .take_while(move |i| Some(self.rows[*i].code) == wanted)
            .filter_map(|i| Some(self.commune(u32::try_from(i).ok()?)))
    }

    /// The name of a code on a date, when the code was in force then.
    #[must_use]
    pub fn by_code_on(&self, code: &str, date: NaiveDate) -> Option<Commune<'_>> {
        self.by_code(code).find(|commune| commune.is_live(date))
    }

    /// The communes of today that a postal code serves, the largest first.
    #[must_use]
    pub fn by_postal_code(&self, postal_code: &str) -> Vec<Commune<'_>> {
        let digits = postal_code.trim();
        let well_formed = digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit());
        let Some(wanted) = well_formed.then(|| digits.parse::<u32>().ok()).flatten() else {
            return Vec::new();
        };
        let start = self.postal.partition_point(|(postal, _)| *postal < wanted);
        let mut communes: Vec<Commune<'_>> = self.postal[start..]
            .iter()
            .take_while(|(postal, _)| *postal == wanted)
            .filter_map(|(_, code)| self.current(*code))
            .collect();
        communes.sort_by_key(|c| (std::cmp::Reverse(c.population()), c.row));
        communes
    }

    fn current(&self, code: Code) -> Option<Commune<'_>> {
        let end = self.rows.partition_point(|r| r.code <= code);
        let last = end.checked_sub(1)?;
        let row = &self.rows[last];
        (row.code == code && row.period.until().is_none())
            .then(|| self.commune(u32::try_from(last).unwrap_or(u32::MAX)))
    }

    /// Completes the name of a country or territory: names that start with `typed`, then names in
    /// which one of the other words does.
    #[must_use]
    pub fn countries(&self, typed: &str, limit: usize) -> Vec<Country<'_>> {
        let key = fold(typed);
        if key.is_empty() {
            return Vec::new();
        }
        let first = self.countries.iter().filter(|c| c.key.starts_with(&key));
        let inner = self
            .countries
            .iter()
            .filter(|c| !c.key.starts_with(&key) && c.key.contains(&format!(" {key}")));
        first
            .chain(inner)
            .take(limit)
            .map(super::NamedCountry::view)
            .collect()
    }

    /// The names that stand under a code of a country; several territories can share one.
    pub fn country(&self, code: &str) -> impl Iterator<Item = Country<'_>> {
        let wanted = Code::parse(code);
        self.countries
            .iter()
            .filter(move |c| Some(c.row.code) == wanted)
            .map(super::NamedCountry::view)
    }
}
