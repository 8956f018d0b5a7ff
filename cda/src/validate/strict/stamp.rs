//! What is wrong with a time, told apart as the rules tell it.

use segur_core::{Timestamp, TimestampError};

/// What is wrong with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not digits, a wrong number of digits, or something unknown behind them.
    Form,
    /// The form is right, but no calendar has this date or clock this hour.
    Impossible,
    /// The date is right; the offset is not a sign and four digits, or no place on Earth has it.
    Offset,
}

/// Reads a time.
pub(super) fn read(value: &str) -> Result<Timestamp, Fault> {
    let error = match Timestamp::parse(value) {
        Ok(time) => return Ok(time),
        Err(error) => error,
    };
    let at = value.find(['+', '-']).unwrap_or(value.len());
    let (local, offset) = value.split_at(at);
    match Timestamp::parse(local) {
        Ok(_) if is_offset(offset) => Err(Fault::Offset),
        Ok(_) => Err(Fault::Form),
        Err(TimestampError::Range { .. }) => Err(Fault::Impossible),
        Err(_) if matches!(error, TimestampError::Range { .. }) => Err(Fault::Impossible),
        Err(_) => Err(Fault::Form),
    }
}

/// A sign and one to four digits, right or not.
fn is_offset(text: &str) -> bool {
    let digits = text.get(1..).unwrap_or_default();
    (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults() {
        for good in [
            "2024",
            "20240229",
            "20240229235959.123+0100",
            "20240101120000-0400",
        ] {
            assert!(read(good).is_ok(), "{good}");
        }
        for (bad, fault) in [
            ("24", Fault::Form),
            ("2024-01-01", Fault::Form),
            ("202401011200Z", Fault::Form),
            ("20240101.5", Fault::Form),
            ("20240101120000+", Fault::Form),
            ("20230229", Fault::Impossible),
            ("20251399", Fault::Impossible),
            ("20240101250000+0100", Fault::Impossible),
            ("20240101120000+100", Fault::Offset),
            ("20240101120000+9900", Fault::Offset),
        ] {
            assert_eq!(read(bad), Err(fault), "{bad}");
        }
    }
}
