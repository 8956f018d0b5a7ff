//! `segur ins`: national health identities.

mod check;
mod compare;
mod decode;
mod encode;
mod french;
mod input;
mod judge;

use segur_core::Lang;

use crate::cli::Ins;
use crate::output::{Failure, Terminal};
use crate::tr;

pub(crate) fn run(command: &Ins, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    match command {
        Ins::Decode(options) => decode::run(options, lang, terminal),
        Ins::Encode(options) => encode::run(options, lang, terminal),
        Ins::Check(options) => check::run(options, lang, terminal),
        Ins::Compare(options) => compare::run(options, lang, terminal),
    }
}

/// Matricule and OID of the identity that a file holds, as written.
#[cfg(feature = "xds")]
pub(crate) fn read_ins(
    path: &std::path::Path,
) -> Result<(Option<String>, Option<String>), Failure> {
    let identity = input::read(path)?.identity;
    Ok((identity.matricule, identity.oid))
}

/// One text of a pair.
fn pick(lang: Lang, (fr, en): (&'static str, &'static str)) -> &'static str {
    tr(lang, fr, en)
}

/// JSON for programs, with a line end.
fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
