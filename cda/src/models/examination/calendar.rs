//! The calendar of mandatory examinations, as dated data.

use segur_core::Date;

use crate::datatypes::Cd;
use crate::models::certificates::CertificateKind;

/// Unit of an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "ages are told in these")]
pub enum AgeUnit {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// The ages between which an examination is to be done: from the day when the first is reached, until
/// the day before the second is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Window {
    /// Age from which it can be done.
    pub from: u16,
    /// Age before which it has to be done.
    pub to: u16,
    /// Unit of both.
    pub unit: AgeUnit,
}

/// A mandatory examination of the child.
///
/// Source: value set `JDV_ExamenEnfantObligatoire_CISIS` (1.2.250.1.213.1.1.5.730) of 12 December 2024;
/// calendar in force since 1 January 2025 (decree and order in the Journal officiel of 16 November
/// 2024). "Au cours du Nème mois" is the time from age N−1 to age N; the bounds of "entre 8 et 9 ans"
/// and the like are read in the same way (unverified).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Examination {
    /// Code of TA_ASIP (1.2.250.1.213.1.1.4.322).
    pub code: &'static str,
    /// Official French name.
    pub name: &'static str,
    /// Short name: `J8`, `M9`, `A4` …
    pub short: &'static str,
    /// When it is to be done.
    pub window: Window,
    /// The certificate that it calls for: offer it when the report is validated.
    pub certificate: Option<CertificateKind>,
    /// First and last year in which the calendar has it; none when it always did, or still does.
    years: (Option<u16>, Option<u16>),
}

macro_rules! calendar {
    ($( $code:literal $short:literal $from:literal..$to:literal $unit:ident $name:literal
        $(=> $certificate:ident)? $(since $since:literal)? $(until $until:literal)?; )+) => {
        /// Every examination, in the order of ages; editions overlap.
        const ALL: &[Examination] = &[$( Examination {
            code: $code,
            name: concat!("CSE - Examen médical obligatoire ", $name),
            short: $short,
            window: Window { from: $from, to: $to, unit: AgeUnit::$unit },
            certificate: calendar!(@some $($certificate)?),
            years: (calendar!(@year $($since)?), calendar!(@year $($until)?)),
        } ),+];
    };
    (@some) => { None };
    (@some $certificate:ident) => { Some(CertificateKind::$certificate) };
    (@year) => { None };
    (@year $year:literal) => { Some($year) };
}

calendar! {
    "MED-1224" "J8" 0..8 Day "dans les huit jours qui suivent la naissance" => Cs8;
    "MED-1225" "S2" 8..14 Day "au cours de la 2ème semaine";
    "MED-1226" "M1" 14..31 Day "avant la fin du 1er mois" until 2024;
    "MED-1227" "M2" 1..2 Month "au cours du 2ème mois";
    "MED-1228" "M3" 2..3 Month "au cours du 3ème mois";
    "MED-1229" "M4" 3..4 Month "au cours du 4ème mois";
    "MED-1230" "M5" 4..5 Month "au cours du 5ème mois";
    "MED-1231" "M6" 5..6 Month "au cours du 6ème mois";
    "MED-1232" "M9" 8..9 Month "au cours du 9ème mois" => Cs9;
    "MED-1233" "M12" 11..12 Month "au cours du 12ème mois";
    "MED-1234" "M13" 12..13 Month "au cours du 13ème mois";
    "MED-1235" "M16-18" 16..18 Month "entre 16 et 18 mois";
    "MED-1236" "M24" 23..24 Month "au cours du 24ème mois" => Cs24;
    "MED-1237" "A3" 2..3 Year "au cours de la 3ème année";
    "MED-1238" "A4" 3..4 Year "au cours de la 4ème année";
    "MED-1239" "A5" 4..5 Year "au cours de la 5ème année";
    "MED-1240" "A6" 5..6 Year "au cours de la 6ème année";
    "MED-1306" "A7" 6..7 Year "au cours de la 7ème année" since 2025;
    "MED-1241" "A8-9" 8..9 Year "entre 8 et 9 ans";
    "MED-1242" "A11-13" 11..13 Year "entre 11 et 13 ans";
    "MED-1243" "A15-16" 15..16 Year "entre 15 et 16 ans";
}

/// The calendar in force at a date, in the order of ages: 20 examinations.
///
/// ```
/// use segur_cda::models::certificates::CertificateKind;
/// use segur_cda::models::examination::examinations;
///
/// let calendar: Vec<_> = examinations("2026-03-01".parse()?).collect();
/// assert_eq!(calendar.len(), 20);
/// let certificates: Vec<_> = calendar.iter().filter_map(|e| e.certificate).collect();
/// assert_eq!(certificates, [CertificateKind::Cs8, CertificateKind::Cs9, CertificateKind::Cs24]);
/// # Ok::<(), segur_core::TimestampError>(())
/// ```
pub fn examinations(on: Date) -> impl Iterator<Item = &'static Examination> {
    ALL.iter().filter(move |e| e.is_in_force(on))
}

/// The examination of a code of TA_ASIP, whatever the edition.
pub fn examination(code: &str) -> Option<&'static Examination> {
    ALL.iter().find(|e| e.code == code)
}

impl Examination {
    /// Whether the calendar of a date has it.
    pub fn is_in_force(&self, on: Date) -> bool {
        let (since, until) = self.years;
        since.is_none_or(|year| on.year() >= year) && until.is_none_or(|year| on.year() <= year)
    }

    /// The first day on which it can be done, and the first on which it is late, for a child born on
    /// this day.
    pub fn days(&self, birth: Date) -> (Date, Date) {
        let Window { from, to, unit } = self.window;
        (reached(birth, from, unit), reached(birth, to, unit))
    }

    /// Whether it is the time of the examination.
    pub fn is_due(&self, birth: Date, on: Date) -> bool {
        let (from, late) = self.days(birth);
        self.is_in_force(on) && from <= on && on < late
    }

    /// The code with its name.
    pub fn to_cd(&self) -> Cd {
        Cd::new(self.code, "1.2.250.1.213.1.1.4.322")
            .with_display(self.name)
            .with_system_name("TA_ASIP")
    }
}

/// The day when an age is reached; the last day of the month when the month has no such day.
pub(in crate::models) fn reached(birth: Date, age: u16, unit: AgeUnit) -> Date {
    let months = match unit {
        AgeUnit::Day => return (0..age).fold(birth, |day, _| next(day)),
        AgeUnit::Month => u32::from(age),
        AgeUnit::Year => u32::from(age) * 12,
    };
    let count = u32::from(birth.month()) - 1 + months;
    let year = birth.year().saturating_add((count / 12) as u16);
    let month = (count % 12 + 1) as u8;
    (0..4)
        .filter_map(|less| Date::new(year, month, birth.day() - less).ok())
        .next()
        .unwrap_or(birth)
}

fn next(day: Date) -> Date {
    let (year, month) = (day.year(), day.month());
    Date::new(year, month, day.day() + 1)
        .or_else(|_| Date::new(year, month + 1, 1))
        .or_else(|_| Date::new(year + 1, 1, 1))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    // req: LGC.CSE.04
    #[test]
    fn each_edition_has_20_examinations() {
        let codes = |on| examinations(day(on)).map(|e| e.code).collect::<Vec<_>>();
        let (before, since) = (codes("2024-12-31"), codes("2025-01-01"));
        assert_eq!((before.len(), since.len()), (20, 20));
        assert!(before.contains(&"MED-1226") && !before.contains(&"MED-1306"));
        assert!(!since.contains(&"MED-1226") && since.contains(&"MED-1306"));
    }

    // req: LGC.CSE.09
    #[test]
    fn three_examinations_call_for_a_certificate() {
        let of = |code: &str| examination(code).unwrap().certificate;
        assert_eq!(of("MED-1224"), Some(CertificateKind::Cs8));
        assert_eq!(of("MED-1232"), Some(CertificateKind::Cs9));
        assert_eq!(of("MED-1236"), Some(CertificateKind::Cs24));
        assert_eq!(ALL.iter().filter(|e| e.certificate.is_some()).count(), 3);
    }

    #[test]
    fn ages_are_reached_on_the_day_of_the_calendar() {
        let birth = day("2024-01-31");
        assert_eq!(reached(birth, 1, AgeUnit::Month), day("2024-02-29"));
        assert_eq!(reached(birth, 23, AgeUnit::Month), day("2025-12-31"));
        assert_eq!(reached(birth, 1, AgeUnit::Day), day("2024-02-01"));
        assert_eq!(
            reached(day("2024-02-29"), 3, AgeUnit::Year),
            day("2027-02-28")
        );
        assert_eq!(
            reached(day("2024-12-25"), 8, AgeUnit::Day),
            day("2025-01-02")
        );
    }

    #[test]
    fn one_examination_at_most_is_due_on_a_day() {
        let birth = day("2025-05-06");
        let due = |on: &str| {
            let on = day(on);
            let due: Vec<_> = examinations(on).filter(|e| e.is_due(birth, on)).collect();
            assert!(due.len() <= 1);
            due.first().map(|e| e.short)
        };
        assert_eq!(due("2025-05-06"), Some("J8"));
        assert_eq!(due("2025-05-13"), Some("J8"));
        assert_eq!(due("2025-05-14"), Some("S2"));
        assert_eq!(due("2026-01-05"), None);
        assert_eq!(due("2026-01-06"), Some("M9"));
        assert_eq!(due("2026-02-06"), None);
        assert_eq!(due("2027-04-06"), Some("M24"));
        assert_eq!(due("2027-05-06"), Some("A3"));
    }
}
