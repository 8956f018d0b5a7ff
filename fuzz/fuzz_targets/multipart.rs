//! Multipart bodies: first line the `Content-Type`, the rest the body. In one piece and byte by byte alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_soap::mtom::{Event, MediaType, ReadLimits, Reader};

fuzz_target!(|data: &[u8]| {
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let head = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let Ok(media) = MediaType::parse(head.trim_end_matches('\r')) else {
        return;
    };
    let body = lines.next().unwrap_or_default();
    let whole = read(&media, body, body.len().max(1));
    let pieces = read(&media, body, 1);
    assert_eq!(whole.is_some(), pieces.is_some());
    if whole.is_some() {
        assert_eq!(whole, pieces);
    }
});

fn read(media: &MediaType, body: &[u8], size: usize) -> Option<Vec<Vec<u8>>> {
    let mut reader = Reader::new(media, ReadLimits::default()).ok()?;
    let mut pieces = body.chunks(size);
    let mut parts: Vec<Vec<u8>> = Vec::new();
    loop {
        match reader.next_event().ok()? {
            Event::Part(_) => parts.push(Vec::new()),
            Event::Data(bytes) => parts.last_mut()?.extend_from_slice(bytes),
            Event::PartEnd => {}
            Event::NeedMore => match pieces.next() {
                Some(piece) => reader.push(piece),
                None => reader.finish(),
            },
            Event::End => return Some(parts),
        }
    }
}
