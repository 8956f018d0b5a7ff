//! Digests the canonical form of a document: a file, or one of 50 MB made up on the way, with one text of base64.
//!
//! `cargo run --release -p segur-soap --features signature --example canonical_digest [FILE]`
//!
//! Peak heap: the same program under `valgrind --tool=massif`, or `heaptrack`; on Linux it prints its own peak of resident memory.
#![allow(clippy::print_stdout)]

use std::io::{Read, Write};
use std::time::Instant;

use segur_soap::c14n::{CanonicalDigest, Comments, DigestAlgorithm};

/// A document that nobody holds: head, lines of base64, end.
struct MadeUp {
    lines: usize,
}

const LINE: &[u8] =
    b"U2VndXIgZHUgbnVtZXJpcXVlIGVuIHNhbnRlLCBkb2N1bWVudCBkZSA1MCBNbywgZmljdGlmLiAg\r\n";
const HEAD: &[u8] = b"<?xml version=\"1.0\"?>\r\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">";
const END: &[u8] = b"</text></nonXMLBody></component></ClinicalDocument>\n";

impl Read for MadeUp {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let lines = (room.len() / LINE.len()).min(self.lines);
        self.lines -= lines;
        for line in room.chunks_exact_mut(LINE.len()).take(lines) {
            line.copy_from_slice(LINE);
        }
        Ok(lines * LINE.len())
    }
}

fn digest(mut from: impl Read) -> Result<(usize, String), Box<dyn std::error::Error>> {
    let mut digest = CanonicalDigest::new(DigestAlgorithm::Sha1, Comments::Kept);
    let mut piece = vec![0; 64 << 10];
    let mut size = 0;
    loop {
        let len = from.read(&mut piece)?;
        if len == 0 {
            return Ok((size, format!("{:x}", digest.finish()?)));
        }
        size += len;
        digest.write_all(&piece[..len])?;
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let (size, sha1) = match std::env::args_os().nth(1) {
        Some(file) => digest(std::fs::File::open(file)?)?,
        None => digest(
            HEAD.chain(MadeUp {
                lines: (50 << 20) / LINE.len(),
            })
            .chain(END),
        )?,
    };
    let seconds = begin.elapsed().as_secs_f64();
    let rate = size as f64 / 1e6 / seconds;
    println!(
        "sha1 {sha1}: {size} bytes in {:.0} ms, {rate:.0} MB/s",
        seconds * 1e3
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("peak resident {}", peak.trim_start_matches("VmHWM:").trim());
    }
    Ok(())
}
