//! The official examples: written back as they were read.
// req: SC.CDA/INT.16
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use segur_xml::Document;

fn shared() -> Option<PathBuf> {
    let dir = match std::env::var_os("SEGUR_SHARED_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let dir = dir.join("cda");
    if dir.is_dir() {
        return Some(dir);
    }
    println!(
        "SKIPPED: no official examples at {}; set SEGUR_SHARED_DIR",
        dir.display()
    );
    None
}

fn examples() -> Vec<(String, Vec<u8>)> {
    let Some(dir) = shared() else {
        return Vec::new();
    };
    let mut all: Vec<_> = std::fs::read_dir(dir.join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    all.sort();
    assert_eq!(all.len(), 37);
    all
}

#[test]
fn examples_come_back_byte_for_byte() {
    for (name, bytes) in examples() {
        let doc = Document::parse(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(doc.to_bytes() == bytes, "{name} changed");
        assert_eq!(doc.source_len(), bytes.len(), "{name}");
    }
}

/// A path is only worked out for a message.
struct Place<'a>(segur_xml::Node<'a>);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.path())
    }
}

/// Our tree against roxmltree's: names, values, text and bytes of every node.
#[test]
fn examples_read_as_roxmltree_reads_them() {
    for (name, bytes) in examples() {
        let doc = Document::parse(&bytes).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let skipped = bytes.len() - text.len();
        let other = roxmltree::Document::parse(text).unwrap();
        let mut theirs = other.root().descendants().skip(1);
        for ours in doc.root().descendants() {
            let their = theirs
                .next()
                .unwrap_or_else(|| panic!("{name}: more nodes than roxmltree"));
            let place = Place(ours);
            let range = their.range();
            assert_eq!(
                ours.span(),
                range.start + skipped..range.end + skipped,
                "{name} {place}"
            );
            // roxmltree counts lines from the start each time: not for every node.
            if ours.id().index() % 64 == 0 {
                let pos = other.text_pos_at(range.start);
                let position = ours.position();
                assert_eq!(
                    (position.line, position.column),
                    (pos.row, pos.col),
                    "{name} {place}"
                );
            }
            if their.is_element() {
                assert_eq!(ours.local_name(), their.tag_name().name(), "{name} {place}");
                assert_eq!(
                    ours.namespace(),
                    their.tag_name().namespace().unwrap_or(""),
                    "{name} {place}"
                );
                assert_eq!(
                    ours.attributes().count(),
                    their.attributes().len(),
                    "{name} {place}"
                );
                for (a, b) in ours.attributes().zip(their.attributes()) {
                    assert_eq!(a.local_name(), b.name(), "{name} {place}");
                    assert_eq!(a.namespace(), b.namespace().unwrap_or(""), "{name} {place}");
                    assert_eq!(a.value(), b.value(), "{name} {place}");
                    let range = b.range();
                    assert_eq!(
                        a.span(),
                        range.start + skipped..range.end + skipped,
                        "{name} {place}"
                    );
                    let range = b.range_value();
                    assert_eq!(
                        a.value_span(),
                        range.start + skipped..range.end + skipped,
                        "{name} {place}"
                    );
                }
            } else if let Some(pi) = their.pi() {
                assert_eq!(ours.local_name(), pi.target, "{name} {place}");
                assert_eq!(
                    ours.text().unwrap(),
                    pi.value.unwrap_or(""),
                    "{name} {place}"
                );
            } else if their.is_comment() {
                // roxmltree leaves line ends in comments as they are (XML 1.0, section 2.11, does not).
                let text = their.text().unwrap().replace("\r\n", "\n");
                assert_eq!(ours.text().unwrap(), text, "{name} {place}");
            } else {
                assert_eq!(ours.text().as_deref(), their.text(), "{name} {place}");
            }
        }
        assert!(
            theirs.next().is_none(),
            "{name}: fewer nodes than roxmltree"
        );
    }
}
