//! The body of a submission, read while it is sent.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use crate::DocumentSource;
use crate::hash::{Measure, Measured};
use crate::transaction::MessageError;
use crate::transaction::request::OTHER_FILE;

/// What the body is made of, in order.
pub(super) enum Segment {
    /// Lines around the parts.
    Text(Vec<u8>),
    /// A file.
    File {
        id: String,
        source: Arc<dyn DocumentSource>,
        told: Measured,
    },
}

/// Why the body stopped: shared with the client, which gets no more than a text from HTTP.
#[derive(Clone, Default)]
pub(super) struct Failure(Arc<Mutex<Option<MessageError>>>);

impl Failure {
    pub(super) fn take(&self) -> Option<MessageError> {
        let mut failure = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take()
    }

    fn set(&self, error: MessageError) -> io::Error {
        let text = error.to_string();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        io::Error::other(text)
    }
}

/// Gives the segments one after the other. A file is measured again on its way; one that changed since it was measured for the metadata
/// stops the body before its end.
pub(super) struct Body {
    waiting: std::vec::IntoIter<Segment>,
    current: Option<Current>,
    failure: Failure,
}

enum Current {
    Text(Cursor<Vec<u8>>),
    File {
        id: String,
        reader: Box<dyn Read + Send>,
        told: Measured,
        measure: Measure,
    },
}

impl Body {
    pub(super) fn new(segments: Vec<Segment>, failure: Failure) -> Self {
        Self {
            waiting: segments.into_iter(),
            current: None,
            failure,
        }
    }

    fn begin(&self, segment: Segment) -> io::Result<Current> {
        match segment {
            Segment::Text(text) => Ok(Current::Text(Cursor::new(text))),
            Segment::File { id, source, told } => match source.open() {
                Ok(reader) => Ok(Current::File {
                    id,
                    reader,
                    told,
                    measure: Measure::default(),
                }),
                Err(source) => Err(self.failure.set(MessageError::Source { id, source })),
            },
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let length = match &mut self.current {
                None => match self.waiting.next() {
                    None => return Ok(0),
                    Some(segment) => {
                        self.current = Some(self.begin(segment)?);
                        continue;
                    }
                },
                Some(Current::Text(text)) => text.read(buffer)?,
                Some(Current::File {
                    id,
                    reader,
                    told,
                    measure,
                }) => match reader.read(buffer) {
                    Ok(0) if buffer.is_empty() => return Ok(0),
                    Ok(length) => {
                        measure.update(buffer.get(..length).unwrap_or_default());
                        // What is too much must not go out: the service would take the message for whole at the length announced.
                        let grown = measure.size() > told.size;
                        if grown || length == 0 && std::mem::take(measure).finish() != *told {
                            return Err(self.failure.set(MessageError::File {
                                id: id.clone(),
                                cause: OTHER_FILE,
                            }));
                        }
                        length
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(source) => {
                        let id = id.clone();
                        return Err(self.failure.set(MessageError::Source { id, source }));
                    }
                },
            };
            if length > 0 || buffer.is_empty() {
                return Ok(length);
            }
            self.current = None;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn body(told: &[u8], failure: &Failure) -> Body {
        let mut measure = Measure::default();
        measure.update(told);
        let source: Arc<[u8]> = Arc::from(b"abc".as_slice());
        let segments = vec![
            Segment::Text(b"<".to_vec()),
            Segment::Text(Vec::new()),
            Segment::File {
                id: "Document01".to_owned(),
                source: Arc::new(source),
                told: measure.finish(),
            },
            Segment::Text(b">".to_vec()),
        ];
        Body::new(segments, failure.clone())
    }

    #[test]
    fn segments_follow_each_other() {
        let failure = Failure::default();
        let mut all = String::new();
        body(b"abc", &failure).read_to_string(&mut all).unwrap();
        assert_eq!(all, "<abc>");
        assert!(failure.take().is_none());
    }

    #[test]
    fn a_file_that_grew_never_fills_the_length_announced() {
        for told in [b"".as_slice(), b"ab"] {
            let failure = Failure::default();
            let mut all = Vec::new();
            assert!(body(told, &failure).read_to_end(&mut all).is_err());
            assert!(all.len() < told.len() + "<>".len(), "{all:?}");
            assert!(matches!(failure.take(), Some(MessageError::File { .. })));
        }
    }

    #[test]
    fn a_file_that_changed_stops_the_body_before_its_end() {
        let failure = Failure::default();
        let mut all = Vec::new();
        assert!(body(b"abd", &failure).read_to_end(&mut all).is_err());
        assert_eq!(all, b"<abc");
        assert!(matches!(failure.take(), Some(MessageError::File { .. })));
    }
}
