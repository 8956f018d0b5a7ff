//! Parts of dates, times and durations; time zones.

use super::{Call, Function};
use crate::xpath::cast::cast;
use crate::xpath::datetime::{Duration, DurationKind, Moment, MomentKind};
use crate::xpath::decimal::Decimal;
use crate::xpath::error::XPathError;
use crate::xpath::types::AtomicType;
use crate::xpath::value::{Atomic, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn date(&self) -> Result<Sequence<'d>, XPathError> {
        use Function as F;
        match self.function {
            F::DateTime => self.join(),
            F::AdjustDateTimeToTimezone => self.adjust(MomentKind::DateTime),
            F::AdjustDateToTimezone => self.adjust(MomentKind::Date),
            F::AdjustTimeToTimezone => self.adjust(MomentKind::Time),
            F::YearsFromDuration
            | F::MonthsFromDuration
            | F::DaysFromDuration
            | F::HoursFromDuration
            | F::MinutesFromDuration
            | F::SecondsFromDuration => self.duration_part(),
            F::YearFromDate | F::MonthFromDate | F::DayFromDate | F::TimezoneFromDate => {
                self.moment_part(MomentKind::Date)
            }
            F::HoursFromTime | F::MinutesFromTime | F::SecondsFromTime | F::TimezoneFromTime => {
                self.moment_part(MomentKind::Time)
            }
            _ => self.moment_part(MomentKind::DateTime),
        }
    }

    fn moment(&self, index: usize, kind: MomentKind) -> Result<Option<Moment>, XPathError> {
        let target = match kind {
            MomentKind::DateTime => AtomicType::DateTime,
            MomentKind::Date => AtomicType::Date,
            MomentKind::Time => AtomicType::Time,
        };
        match self.cx.atom(self.arg(index), self.focus)? {
            None => Ok(None),
            Some(Atomic::Moment(moment)) if moment.kind == kind => Ok(Some(moment)),
            Some(value @ Atomic::Untyped(_)) => match cast(&value, target, None)? {
                Atomic::Moment(moment) => Ok(Some(moment)),
                _ => Ok(None),
            },
            Some(_) => Err(self.wrong_argument()),
        }
    }

    fn moment_part(&self, kind: MomentKind) -> Result<Sequence<'d>, XPathError> {
        use Function as F;
        let Some(moment) = self.moment(0, kind)? else {
            return Ok(Sequence::Empty);
        };
        let whole = |n: i128| Ok(Sequence::atomic(Atomic::integer(n)));
        match self.function {
            F::YearFromDate | F::YearFromDateTime => whole(moment.year.into()),
            F::MonthFromDate | F::MonthFromDateTime => whole(moment.month.into()),
            F::DayFromDate | F::DayFromDateTime => whole(moment.day.into()),
            F::HoursFromTime | F::HoursFromDateTime => whole(moment.hour.into()),
            F::MinutesFromTime | F::MinutesFromDateTime => whole(moment.minute.into()),
            F::SecondsFromTime | F::SecondsFromDateTime => {
                Ok(Sequence::atomic(Atomic::Decimal(moment.seconds())))
            }
            _ => Ok(Sequence::optional(
                moment
                    .zone
                    .and_then(|zone| minutes(zone.into()))
                    .map(Atomic::Duration),
            )),
        }
    }

    fn duration_part(&self) -> Result<Sequence<'d>, XPathError> {
        let duration = match self.cx.atom(self.arg(0), self.focus)? {
            None => return Ok(Sequence::Empty),
            Some(Atomic::Duration(duration)) => duration,
            Some(value @ Atomic::Untyped(_)) => match cast(&value, AtomicType::Duration, None)? {
                Atomic::Duration(duration) => duration,
                _ => return Ok(Sequence::Empty),
            },
            Some(_) => return Err(self.wrong_argument()),
        };
        let (months, nanos) = (i128::from(duration.months), duration.nanos());
        let seconds = nanos / 1_000_000_000;
        Ok(Sequence::atomic(match self.function {
            Function::YearsFromDuration => Atomic::integer(months / 12),
            Function::MonthsFromDuration => Atomic::integer(months % 12),
            Function::DaysFromDuration => Atomic::integer(seconds / 86_400),
            Function::HoursFromDuration => Atomic::integer(seconds / 3_600 % 24),
            Function::MinutesFromDuration => Atomic::integer(seconds / 60 % 60),
            _ => Atomic::Decimal(Decimal::new(nanos % 60_000_000_000, 9)),
        }))
    }

    fn join(&self) -> Result<Sequence<'d>, XPathError> {
        let (date, time) = (
            self.moment(0, MomentKind::Date)?,
            self.moment(1, MomentKind::Time)?,
        );
        let (Some(date), Some(time)) = (date, time) else {
            return Ok(Sequence::Empty);
        };
        let zone = match (date.zone, time.zone) {
            (Some(a), Some(b)) if a != b => {
                return Err(XPathError::new(
                    "FORG0008",
                    "la date et l'heure ont deux fuseaux différents",
                    "the date and the time have two different zones",
                ));
            }
            (a, b) => a.or(b),
        };
        let (year, month, day) = (date.year, date.month, date.day);
        let kind = MomentKind::DateTime;
        Ok(Sequence::atomic(Atomic::Moment(Moment {
            kind,
            year,
            month,
            day,
            zone,
            ..time
        })))
    }

    fn adjust(&self, kind: MomentKind) -> Result<Sequence<'d>, XPathError> {
        let Some(moment) = self.moment(0, kind)? else {
            return Ok(Sequence::Empty);
        };
        let zone = if self.args.len() == 1 {
            Some(0)
        } else {
            match self.cx.atom(self.arg(1), self.focus)? {
                None => None,
                Some(Atomic::Duration(d)) if d.kind == DurationKind::DayTime => {
                    let minutes = d.nanos() / 60_000_000_000;
                    let valid = minutes.abs() <= 840 && d.nanos() % 60_000_000_000 == 0;
                    match i16::try_from(minutes) {
                        Ok(minutes) if valid => Some(minutes),
                        _ => {
                            return Err(XPathError::new(
                                "FODT0003",
                                "fuseau horaire hors limites",
                                "time zone out of range",
                            ));
                        }
                    }
                }
                Some(_) => return Err(self.wrong_argument()),
            }
        };
        let moved = match (moment.zone, zone) {
            (Some(old), Some(new)) if old != new => {
                // A date moves as the midnight that begins it.
                let full = match kind {
                    MomentKind::Date => moment.to_kind(MomentKind::DateTime),
                    _ => Some(moment),
                };
                let shift = minutes(i64::from(new) - i64::from(old));
                full.zip(shift)
                    .and_then(|(m, s)| m.plus(&s))
                    .and_then(|m| m.to_kind(kind))
            }
            _ => Some(moment),
        };
        Ok(Sequence::optional(
            moved.map(|m| Atomic::Moment(Moment { zone, ..m })),
        ))
    }
}

fn minutes(minutes: i64) -> Option<Duration> {
    Duration::new(
        DurationKind::DayTime,
        0,
        i128::from(minutes) * 60_000_000_000,
    )
}
