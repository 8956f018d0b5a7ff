//! A body that is in memory anyway.

use std::fmt;

use super::{Event, MediaType, MtomError, PartHead, ReadLimits, Reader, content_id};

/// Bytes given to the reader at once: what is decoded is held twice for this much only.
const PIECE: usize = 64 << 10;

/// A part with its bytes, decoded. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its headers.
    pub head: PartHead,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A body with its parts. `Debug` hides the content.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The envelope.
    pub root: Vec<u8>,
    /// The other parts, in their order.
    pub parts: Vec<Part>,
}

impl Message {
    /// Reads a whole body; one that is no multipart has a root only.
    ///
    /// # Errors
    /// As [`Reader`].
    pub fn read(
        content_type: &MediaType,
        body: &[u8],
        limits: ReadLimits,
    ) -> Result<Self, MtomError> {
        let mut reader = Reader::new(content_type, limits)?;
        let mut pieces = body.chunks(PIECE);
        let mut message = Self {
            root: Vec::new(),
            parts: Vec::new(),
        };
        let mut in_root = false;
        loop {
            match reader.next_event()? {
                Event::Part(head) => {
                    in_root = head.is_root;
                    if !in_root {
                        message.parts.push(Part {
                            head,
                            bytes: Vec::new(),
                        });
                    }
                }
                Event::Data(bytes) if in_root => message.root.extend_from_slice(bytes),
                Event::Data(bytes) => {
                    if let Some(part) = message.parts.last_mut() {
                        part.bytes.extend_from_slice(bytes);
                    }
                }
                Event::PartEnd => {}
                Event::NeedMore => match pieces.next() {
                    Some(piece) => reader.push(piece),
                    None => reader.finish(),
                },
                Event::End => return Ok(message),
            }
        }
    }

    /// The part that an `xop:Include/@href` names; none when there is no such part.
    ///
    /// # Errors
    /// When the reference is no `cid:` URL.
    pub fn part(&self, href: &str) -> Result<Option<&Part>, MtomError> {
        let wanted = content_id(href)?;
        let mut parts = self.parts.iter();
        Ok(parts.find(|part| part.head.content_id.as_ref() == Some(&wanted)))
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("head", &self.head)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("root_bytes", &self.root.len())
            .field("parts", &self.parts)
            .finish()
    }
}
