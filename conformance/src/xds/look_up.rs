//! The command that asks the registry what became of something that was sent.

use super::options::{Connection, ProfileName};

/// To be copied to a shell: the registry is called in the same way.
pub(super) fn command<'a>(
    connection: &Connection,
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
    ];
    for (option, value) in urls {
        if let Some(url) = value {
            add(option, url);
        }
    }
    match connection.profile {
        Some(ProfileName::Dmp) => add("--profile", "dmp"),
        Some(ProfileName::Ihe) => add("--profile", "ihe"),
        None => {}
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
            command(&connection, ["1.2.3", "1.2^4"].into_iter()),
            "segur xds query --ca 'it'\\''s/ca.pem' --server 'http://localhost:1/a?b' --profile ihe \
             --unique-id 1.2.3 --unique-id '1.2^4' --local-http"
        );
    }
}
