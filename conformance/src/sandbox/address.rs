//! The file that tells `segur xds --sandbox DIR` where a running DMP is, and with which certificates it is called.

use std::path::Path;

use segur_core::InsAuthority;
use uuid::Uuid;

use super::dmp;
use crate::output::{Failure, write_file};
use crate::xds::settings::SANDBOX_FILE;

/// Writes the file, anew at each start: the port may be another one. `ihe`: whether metadata are spelled as IHE has them.
pub(super) fn write(dir: &Path, port: u16, ihe: bool) -> Result<(), Failure> {
    let path = dir.join(SANDBOX_FILE);
    let former = std::fs::read_to_string(&path).unwrap_or_default();
    let text = settings(port, ihe, source_id(&former));
    write_file(&path, text.as_bytes())?;
    // Who acts is for the developer to change.
    let user = dir.join(USER_FILE);
    if user.exists() {
        return Ok(());
    }
    write_file(&user, USER.as_bytes())
}

/// Name of the file of a fictitious physician.
const USER_FILE: &str = "user.toml";
/// Who acts, for `segur xds --user`.
const USER: &str = include_str!("user.toml");

/// The software that submits stays the same from one start to the next.
fn source_id(former: &str) -> String {
    let own = former
        .lines()
        .find_map(|line| line.strip_prefix("source_id = \"")?.strip_suffix('"'));
    let kept = own.filter(|own| {
        own.starts_with("2.25.") && own.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    match kept {
        Some(own) => own.to_owned(),
        // ITU-T X.667: an OID made of a UUID
        None => format!("2.25.{}", Uuid::new_v4().as_u128()),
    }
}

fn settings(port: u16, ihe: bool, source_id: String) -> String {
    let profile = if ihe { "ihe" } else { "dmp" };
    let (base, repository) = (dmp::BASE.trim_end_matches('/'), dmp::REPOSITORY);
    let patient_oid = InsAuthority::NirTest.oid();
    format!(
        "# Written by `segur sandbox dmp` at each start, for `segur xds --sandbox DIR`. For tests only.\n\
         server = \"https://localhost:{port}{base}\"\n\
         ca = \"pki/ca.pem\"\n\
         cert = \"pki/client.pem\"\n\
         key = \"pki/client.key\"\n\
         sign_cert = \"pki/client.pem\"\n\
         sign_key = \"pki/client.key\"\n\
         profile = \"{profile}\"\n\
         repository_id = \"{repository}\"\n\
         patient_oid = \"{patient_oid}\"\n\
         source_id = \"{source_id}\"\n\
         content_type = \"07^Consultations soins externes^1.2.250.1.213.2.2\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_stays_the_same() {
        let first = settings(1, false, source_id(""));
        let again = settings(2, false, source_id(&first));
        assert_eq!(again, first.replace("localhost:1/", "localhost:2/"));
        assert!(source_id("source_id = \"2.25.1\\nserver\"").len() > 10);
    }
}
