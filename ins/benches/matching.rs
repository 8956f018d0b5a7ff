//! `cargo bench -p segur-ins --bench matching`: 100,000 made-up records, most names rare and some frequent.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use segur_core::{BirthDate, Ins, InsAuthority, MatriculeIns, Sex};
use segur_ins::matching::{Decision, Index, Person, Policy, Record};

const RECORDS: usize = 100_000;
/// Identities received, of each kind.
const RECEIVED: usize = 20_000;
const GIVEN: &[&str] = &[
    "MARIE",
    "JEAN",
    "PIERRE",
    "NATHALIE",
    "MICHEL",
    "ISABELLE",
    "LEO",
    "EMMA",
    "JEAN-PAUL",
    "ANNE-MARIE",
    "NICOLAS",
    "CAMILLE",
    "JULIEN",
    "LOUISE",
    "HUGO",
    "JADE",
    "LUCAS",
    "CHLOE",
    "ARTHUR",
    "INES",
    "PAUL",
    "ALICE",
    "LOUIS",
    "LINA",
    "GABRIEL",
    "ROSE",
    "ADAM",
    "ANNA",
    "RAPHAEL",
    "MILA",
];
const SYLLABLES: &[&str] = &[
    "BA", "BER", "CHE", "COR", "DU", "DOR", "FA", "GUE", "HAR", "JO", "LA", "LEM", "MAR", "MO",
    "NI", "PER", "QUI", "RO", "SAN", "TIN", "VAL", "VIN", "WA", "ZE",
];

/// SplitMix64, the same records at each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    /// Small numbers far more often than large ones, as names are borne.
    fn skewed(&mut self, bound: usize) -> usize {
        let once = self.below(bound);
        self.below(once + 1)
    }
}

fn name(random: &mut Random) -> String {
    let mut rank = random.skewed(SYLLABLES.len().pow(3));
    let mut name = String::new();
    for _ in 0..3 {
        name.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
    }
    name
}

fn person(random: &mut Random) -> Person {
    let name = name(random);
    let first = GIVEN[random.skewed(GIVEN.len())];
    let list = format!("{first} {}", GIVEN[random.below(GIVEN.len())]);
    let (year, month, day) = (
        1925 + random.below(100),
        1 + random.below(12),
        1 + random.below(28),
    );
    let female = random.below(2) == 0;
    let place = 1000 + random.below(94_000);
    let number = format!(
        "{}{:02}{month:02}{place:05}{:03}",
        1 + u8::from(female),
        year % 100,
        random.below(1000)
    );
    let known = random.below(10) < 7;
    Person {
        ins: known.then(|| {
            Ins::new(
                MatriculeIns::from_number(&number).unwrap(),
                InsAuthority::Nir,
            )
        }),
        birth_name: Some(name.parse().unwrap()),
        first_given_name: Some(first.parse().unwrap()),
        given_names: known.then(|| list.parse().unwrap()),
        sex: Some(if female { Sex::Female } else { Sex::Male }),
        birth_date: Some(
            BirthDate::from_parts(
                u16::try_from(year).unwrap(),
                u8::try_from(month).ok(),
                u8::try_from(day).ok(),
            )
            .unwrap(),
        ),
        birth_place: Some(format!("{place:05}").parse().unwrap()),
        used_name: (random.below(4) == 0).then(|| self::name(random).parse().unwrap()),
        ..Person::default()
    }
}

fn matching(c: &mut Criterion) {
    let mut random = Random(1);
    let persons: Vec<Person> = (0..RECORDS).map(|_| person(&mut random)).collect();
    let start = Instant::now();
    let mut index = Index::new();
    for (key, person) in persons.iter().enumerate() {
        index.insert(Record::new(key, person.clone()));
    }
    println!("{RECORDS} records indexed in {:?}", start.elapsed());
    let policy = Policy::default();
    // Each record as received with its matricule, by traits alone, and of strangers.
    let strangers: Vec<Person> = (0..RECEIVED).map(|_| person(&mut random)).collect();
    let by_traits = persons[..RECEIVED].iter().map(|person| Person {
        ins: None,
        ..person.clone()
    });
    report("as the record has it", &index, &persons[..RECEIVED]);
    report("by traits alone", &index, &by_traits.collect::<Vec<_>>());
    report("strangers", &index, &strangers);
    let at = persons
        .iter()
        .position(|person| person.ins.is_some())
        .unwrap();
    c.bench_function("decide", |b| {
        b.iter(|| index.decide(black_box(&persons[at]), &policy))
    });
}

fn report(what: &str, index: &Index<usize>, received: &[Person]) {
    let policy = Policy::default();
    let mut counts = [0; 4];
    let mut times: Vec<Duration> = Vec::with_capacity(received.len());
    for person in received {
        let start = Instant::now();
        let decision = black_box(index.decide(black_box(person), &policy));
        times.push(start.elapsed());
        counts[match decision {
            Decision::Same(_) => 0,
            Decision::Review(_) => 1,
            Decision::Nobody => 2,
            Decision::Contradiction { .. } => 3,
        }] += 1;
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 1000];
    let [same, review, nobody, contradiction] = counts;
    println!(
        "{what}: same {same}, review {review}, nobody {nobody}, contradiction {contradiction}; p50 {:?}, p99 {:?}, max {:?}",
        at(500),
        at(990),
        at(1000)
    );
}

criterion_group!(benches, matching);
criterion_main!(benches);
