//! Identifiers, coded values, HL7 timestamps, identity traits, findings and reports for French health software
