//! Verdicts of the structure check, for `cda/tools/differential.py`.
//!
//! Reads paths on standard input, one a line; writes for each the number of findings (-1: not readable) and the first.

use std::io::{BufRead as _, Write as _};

use segur_cda::validate::Validator;
use segur_xml::Document;

fn main() -> std::io::Result<()> {
    let validator = Validator::builder().build();
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let bytes = std::fs::read(path?)?;
        let document = match Document::parse(&bytes) {
            Ok(document) => document,
            Err(error) => {
                writeln!(out, "-1\t{error}")?;
                continue;
            }
        };
        let report = validator.validate_structure(&document);
        write!(out, "{}\t", report.findings.len())?;
        for finding in report.findings.iter().take(3) {
            let line = finding.location.as_ref().map_or(0, |l| l.line);
            write!(out, "{line}: {} {} ", finding.rule, finding.message.en)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
