//! A million names, as clerks type them and as no one should: nothing panics, and what is normal stays as it is.
//!
//! The same names at each run. `cargo test -p segur-core --test normalisation -- --nocapture` tells the counts.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::thread;

use segur_core::{
    FamilyName, GivenName, GivenNames, NameError, NameProfile, fold_accents, search_key,
};

const NAMES: u64 = 1_000_000;

/// SplitMix64: small, known, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn of(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.below(choices.len())]
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// Accents composed and combining, ligatures, letters of other Latin alphabets.
const SYLLABLES: &[&str] = &[
    "Ma", "ri", "JEAN", "léo", "Élo", "ï", "çois", "Œu", "œ", "Æ", "æs", "ñu", "ß", "ẞ", "Þór",
    "Đặ", "ng", "Ł", "ø", "ÿ", "Ž", "š", "ğan", "ĳs", "Ǽ", "e\u{301}", "u\u{308}", "c\u{327}", "O",
    "d", "Nguyễn", "ștef", "du", "BRE", "HÂ", "eau",
];

/// Separators that names have, and those that keyboards and word processors put in their place.
const SEPARATORS: &[&str] = &[
    "-", "-", " ", " ", "'", "’", "--", "–", "‑", "\u{a0}", "\u{202f}", "ʼ", "`", "—",
];

/// What no name has.
const FOREIGN: &[&str] = &[
    "3",
    "_",
    "!",
    ".",
    "/",
    "\0",
    "\u{1d}",
    "\n",
    "\t",
    "×",
    "Ж",
    "名",
    "🦀",
    "\u{feff}",
    "\u{200d}",
    "ʹ",
    "\u{e000}",
    "\u{10ffff}",
    "''",
    "  ",
    "- ",
    "' ",
];

fn name(random: &mut Random) -> String {
    let mut name = String::new();
    if random.one_in(20) {
        name.push_str(random.of(&[" ", "  ", "-", "'", "’"]));
    }
    let words = if random.one_in(200) {
        40
    } else {
        1 + random.below(3)
    };
    for word in 0..words {
        if word > 0 {
            name.push_str(random.of(SEPARATORS));
        }
        for _ in 0..=random.below(3) {
            name.push_str(random.of(SYLLABLES));
        }
    }
    if random.one_in(8) {
        let at = random.below(name.chars().count() + 1);
        let at = name.char_indices().nth(at).map_or(name.len(), |(at, _)| at);
        name.insert_str(at, random.of(FOREIGN));
    }
    if random.one_in(500) {
        // Any character at all.
        let any = u32::try_from(random.below(0x11_0000)).unwrap();
        name.extend(char::from_u32(any));
    }
    if random.one_in(20) {
        name.push_str(random.of(&[" ", "-", "'"]));
    }
    name
}

/// Checks one name, and says whether it was accepted.
fn check(text: &str, profile: NameProfile) -> bool {
    assert_eq!(fold_accents(&fold_accents(text)), fold_accents(text));
    assert_eq!(search_key(&search_key(text)), search_key(text));
    let normal = profile.normalize(text);
    let parsed = match profile {
        NameProfile::Given => GivenName::parse(text).map(|name| name.to_string()),
        NameProfile::Family => FamilyName::parse(text).map(|name| name.to_string()),
        _ => normal.clone(),
    };
    assert_eq!(parsed, normal);
    match normal {
        Ok(normal) => {
            assert_eq!(profile.check(&normal), Ok(()));
            let letters = |c: char| c.is_ascii_uppercase() || " '-".contains(c);
            assert!(normal.chars().all(letters) && normal.len() <= 100);
            assert_eq!(search_key(&normal), search_key(text));
            assert_eq!(profile.normalize(&normal), Ok(normal));
            true
        }
        Err(error) => {
            if let NameError::Character { position, .. } | NameError::Sequence { position } = error
            {
                let folded = fold_accents(text);
                assert!((1..=folded.chars().count()).contains(&position));
            }
            false
        }
    }
}

#[test]
fn a_million_names() {
    const PROFILES: [NameProfile; 3] = [
        NameProfile::Family,
        NameProfile::Given,
        NameProfile::Datamatrix,
    ];
    // The work is cut in as many parts on every machine, so that the names are the same.
    const PARTS: u64 = 16;
    let accepted: u64 = thread::scope(|scope| {
        let parts: Vec<_> = (0..PARTS)
            .map(|part| {
                scope.spawn(move || {
                    let mut random = Random(part);
                    let names = (0..NAMES / PARTS).filter(|round| {
                        let text = name(&mut random);
                        let profile = PROFILES[usize::try_from(round % 3).unwrap()];
                        check(&text, profile)
                    });
                    names.count() as u64
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    println!("{accepted} of {NAMES} names accepted");
    assert!(accepted >= NAMES / 2, "{accepted}");
    assert!(
        accepted <= NAMES * 9 / 10,
        "{accepted}: refusals are looked at too"
    );
}

#[test]
fn the_first_given_name_of_a_list_heads_it() {
    let mut random = Random(42);
    let mut seen = 0;
    for _ in 0..10_000 {
        let (first, rest) = (name(&mut random), name(&mut random));
        let (Ok(first), Ok(list)) = (
            GivenName::parse(&first),
            GivenNames::parse(&format!("{first} {rest}")),
        ) else {
            continue;
        };
        assert!(list.starts_with(&first));
        seen += 1;
    }
    assert!(seen > 1_000, "{seen}");
}
