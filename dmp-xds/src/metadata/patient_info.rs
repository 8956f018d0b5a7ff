//! sourcePatientInfo: traits of the patient as lines of a PID segment.

use std::fmt;

use segur_core::Timestamp;

use super::hl7::{Components, Joined};

/// One line of sourcePatientInfo: `PID-n|value`. `Debug` hides the value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PidLine {
    /// Field of the PID segment; 0 for a line that could not be read, which `value` then holds whole.
    pub field: u8,
    /// The field's text as written, escapes included.
    pub value: String,
}

impl PidLine {
    /// Reads a line; one without `PID-n|` is kept whole under field 0.
    pub fn read(line: &str) -> Self {
        let parsed = line.strip_prefix("PID-").and_then(|rest| {
            let (number, value) = rest.split_once('|')?;
            let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
            let field = number.parse().ok().filter(|_| plain)?;
            Some((field, value))
        });
        match parsed {
            Some((field, value)) => Self {
                field,
                value: value.to_owned(),
            },
            None => Self {
                field: 0,
                value: line.to_owned(),
            },
        }
    }

    /// As written.
    pub fn to_text(&self) -> String {
        match self.field {
            0 => self.value.clone(),
            field => format!("PID-{field}|{}", self.value),
        }
    }

    /// Whether XDS takes it: field 1 to 39, but not 2, 4, 12 and 19. Source: oehf/ipf, `PidValidator`.
    pub(crate) fn is_allowed(&self) -> bool {
        matches!(self.field, 1..=39) && !matches!(self.field, 2 | 4 | 12 | 19)
    }
}

impl fmt::Debug for PidLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PidLine({} ***)", self.field)
    }
}

/// A name of PID-5: `FAMILY^Given^^^^^L`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct PatientName {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Kind: `L` legal (birth), `D` in use, `S` pseudonym, `U` unknown. Source: CI-SIS, sourcePatientInfo.
    pub name_type: String,
}

impl fmt::Debug for PatientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PatientName(*** {})", self.name_type)
    }
}

/// The traits of the patient that the source system knows, line by line.
///
/// ```
/// use segur_dmp_xds::metadata::{PatientInfo, PatientName};
///
/// let mut info = PatientInfo::default();
/// info.add_name(&PatientName { family: "PATIENT".into(), given: "MARIE".into(), name_type: "L".into() });
/// info.set(7, "19790328");
/// info.set(8, "F");
/// let lines: Vec<String> = info.lines.iter().map(|line| line.to_text()).collect();
/// assert_eq!(lines, ["PID-5|PATIENT^MARIE^^^^^L", "PID-7|19790328", "PID-8|F"]);
/// assert_eq!(info.names()[0].given, "MARIE");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatientInfo {
    /// The lines, in their order.
    pub lines: Vec<PidLine>,
}

impl PatientInfo {
    /// The first line of a field, as written.
    pub fn get(&self, field: u8) -> Option<&str> {
        let line = self.lines.iter().find(|line| line.field == field)?;
        Some(&line.value)
    }

    /// Replaces the lines of a field by one.
    pub fn set(&mut self, field: u8, value: impl Into<String>) {
        self.lines.retain(|line| line.field != field);
        self.lines.push(PidLine {
            field,
            value: value.into(),
        });
    }

    /// Adds a name (PID-5).
    pub fn add_name(&mut self, name: &PatientName) {
        let mut parts = Joined::default();
        parts.text(1, &name.family);
        parts.text(2, &name.given);
        parts.text(7, &name.name_type);
        self.lines.push(PidLine {
            field: 5,
            value: parts.finish(),
        });
    }

    /// The names (PID-5); a repetition within a line counts as a name of its own.
    pub fn names(&self) -> Vec<PatientName> {
        let lines = self.lines.iter().filter(|line| line.field == 5);
        lines
            .flat_map(|line| line.value.split('~'))
            .map(|text| {
                let mut parts = Components::split(text);
                PatientName {
                    family: parts.text(1).unwrap_or_default(),
                    given: parts.text(2).unwrap_or_default(),
                    name_type: parts.text(7).unwrap_or_default(),
                }
            })
            .collect()
    }

    /// The date of birth (PID-7), when it is written as HL7 does.
    pub fn birth_date(&self) -> Option<Timestamp> {
        Timestamp::parse(self.get(7)?).ok()
    }

    /// The sex (PID-8): `F`, `M`, `U` …
    pub fn sex(&self) -> Option<&str> {
        self.get(8)
    }
}
