//! The command that asks the registry what became of something that was sent.

use clap::ValueEnum as _;

use super::options::Connection;

/// Stands for what identifies a patient, or may: it is for the user to type again.
const TO_TYPE: &str = "…";

/// To be copied to a shell: the registry is called in the same way. `document`: a file that tells whose record it is, when one was sent.
pub(super) fn command<'a>(
    connection: &Connection,
    document: Option<&str>,
    unique_ids: impl Iterator<Item = &'a str>,
) -> String {
    let mut text = "segur xds query".to_owned();
    let mut add = |option: &str, value: &str| {
        text.push_str(&format!(" {option} {}", quoted(value)));
    };
    let paths = [
        ("--sandbox", &connection.sandbox),
        ("--config", &connection.config),
        ("--cert", &connection.cert),
        ("--key", &connection.key),
        ("--ca", &connection.ca),
        ("--vihf", &connection.vihf),
        ("--user", &connection.user),
        ("--sign-cert", &connection.sign_cert),
        ("--sign-key", &connection.sign_key),
        ("--record-of", &connection.record_of),
    ];
    for (option, value) in paths {
        if let Some(path) = value {
            add(option, &path.display().to_string());
        }
    }
    let urls = [
        ("--server", &connection.server),
        ("--registry", &connection.registry),
        ("--repository", &connection.repository),
        ("--proxy", &connection.proxy),
    ];
    for (option, value) in urls {
        if let Some(url) = value {
            add(option, url);
        }
    }
    if let Some(profile) = connection.profile.and_then(|own| own.to_possible_value()) {
        add("--profile", profile.get_name());
    }
    match (&connection.record, &connection.record_of, document) {
        (Some(_), ..) => add("--record", TO_TYPE),
        (None, None, Some(path)) if connection.user.is_some() => add("--record-of", path),
        _ => {}
    }
    if let Some(access) = connection.access.and_then(|own| own.to_possible_value()) {
        add("--access", access.get_name());
    }
    if connection.reason.is_some() {
        add("--reason", TO_TYPE);
    }
    for id in unique_ids {
        add("--unique-id", id);
    }
    if connection.local_http {
        text.push_str(" --local-http");
    }
    text
}

/// As a shell takes it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::options::{AccessName, ProfileName};
    use super::*;

    #[test]
    fn the_command_calls_the_same_registry() {
        let connection = Connection {
            server: Some("http://localhost:1/a?b".to_owned()),
            ca: Some("it's/ca.pem".into()),
            profile: Some(ProfileName::Ihe),
            local_http: true,
            ..Connection::default()
        };
        assert_eq!(
            command(&connection, None, ["1.2.3", "1.2^4"].into_iter()),
            "segur xds query --ca 'it'\\''s/ca.pem' --server 'http://localhost:1/a?b' --profile ihe \
             --unique-id 1.2.3 --unique-id '1.2^4' --local-http"
        );
    }

    #[test]
    fn the_command_opens_the_same_record_and_quotes_no_patient() {
        let connection = Connection {
            sandbox: Some("box".into()),
            user: Some("box/user.toml".into()),
            access: Some(AccessName::BreakGlass),
            reason: Some("PATIENT inconscient".to_owned()),
            ..Connection::default()
        };
        let of_document = command(&connection, Some("note.xml"), ["1.2.3"].into_iter());
        assert_eq!(
            of_document,
            "segur xds query --sandbox box --user box/user.toml --record-of note.xml --access break-glass --reason '…' \
             --unique-id 1.2.3"
        );
        let typed = Connection {
            record: Some("279035121518989".to_owned()),
            ..connection
        };
        let of_typed = command(&typed, Some("note.xml"), ["1.2.3"].into_iter());
        assert_eq!(
            of_typed,
            of_document.replace("--record-of note.xml", "--record '…'")
        );
    }
}
