//! Copies of what is sent and of what comes back.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use segur_soap::envelope::HttpMessage;
use segur_soap::http::{
    BoxFuture, HttpAnswer, HttpError, Pieces, StreamAnswer, StreamMessage, Transport,
};

use crate::output::Failure;

/// A transport that keeps copies, when it is given a folder.
pub(super) struct Kept<T> {
    inner: T,
    folder: Option<PathBuf>,
    calls: AtomicU32,
}

impl<T> Kept<T> {
    pub(super) fn new(inner: T, folder: Option<PathBuf>) -> Result<Self, Failure> {
        if let Some(folder) = &folder {
            create(folder)?;
        }
        Ok(Self {
            inner,
            folder,
            calls: AtomicU32::new(1),
        })
    }
}

/// Makes a folder.
pub(super) fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Output {
        path: Some(folder.to_owned()),
        source,
    })
}

/// A message as it may be read again by `segur xds inspect`: its `Content-Type`, an empty line, the body.
pub(super) fn message_bytes(first_line: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{first_line}\r\nContent-Type: {content_type}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Writes a new file that its owner alone may read.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    create_new(path)?.write_all(bytes)
}

pub(super) fn create_new(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

impl<T> Kept<T> {
    /// Begins to keep a request under the first number that is free, and tells it.
    fn keep(&self, bytes: &[u8]) -> Result<(u32, File), HttpError> {
        let folder = self.folder.as_deref().unwrap_or(Path::new(""));
        for _ in 0..10_000_u32 {
            let call = self.calls.fetch_add(1, Ordering::Relaxed);
            let kept = create_new(&folder.join(format!("{call:03}-request.txt")));
            match kept.and_then(|mut file| file.write_all(bytes).map(|()| file)) {
                Ok(file) => return Ok((call, file)),
                // A call of an earlier command.
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(_) => break,
            }
        }
        // What was to be kept and cannot be is not sent.
        Err(HttpError::NotRecorded)
    }
}

impl<T: Transport> Transport for Kept<T> {
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>> {
        Box::pin(async move {
            let Some(folder) = &self.folder else {
                return self.inner.post(url, message).await;
            };
            let first = first_line(url);
            let (call, _) =
                self.keep(&message_bytes(&first, &message.content_type, &message.body))?;
            let answer = self.inner.post(url, message).await?;
            let first = format!("HTTP/1.1 {}", answer.status);
            let came = message_bytes(&first, &answer.content_type, &answer.body);
            // The answer counts, kept or not.
            let _ = write_new(&folder.join(format!("{call:03}-answer.txt")), &came);
            Ok(answer)
        })
    }

    fn post_stream<'a>(
        &'a self,
        url: &'a str,
        mut message: StreamMessage,
    ) -> BoxFuture<'a, Result<StreamAnswer, HttpError>> {
        Box::pin(async move {
            let Some(folder) = &self.folder else {
                return self.inner.post_stream(url, message).await;
            };
            let head = message_bytes(&first_line(url), &message.content_type, &[]);
            let (call, file) = self.keep(&head)?;
            message.body = Box::new(Copied {
                body: message.body,
                file,
            });
            let mut answer = self.inner.post_stream(url, message).await?;
            let first = format!("HTTP/1.1 {}", answer.status);
            let head = message_bytes(&first, &answer.content_type, &[]);
            let file = create_new(&folder.join(format!("{call:03}-answer.txt")));
            let file = file.and_then(|mut file| file.write_all(&head).map(|()| file));
            // The answer counts, kept or not.
            if let Ok(file) = file {
                let body = answer.body;
                answer.body = Box::new(CopiedPieces { body, file });
            }
            Ok(answer)
        })
    }
}

fn first_line(url: &str) -> String {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.find('/').and_then(|at| path.get(at..)).unwrap_or("/");
    format!("POST {path} HTTP/1.1")
}

/// A body that is kept while it is read. What cannot be kept is not sent.
struct Copied {
    body: Box<dyn Read + Send>,
    file: File,
}

impl Read for Copied {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.body.read(buffer)?;
        self.file
            .write_all(buffer.get(..length).unwrap_or_default())?;
        Ok(length)
    }
}

/// An answer that is kept while it comes.
struct CopiedPieces {
    body: Box<dyn Pieces>,
    file: File,
}

impl Pieces for CopiedPieces {
    fn next_piece(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, HttpError>> {
        Box::pin(async move {
            let piece = self.body.next_piece().await?;
            let _ = self.file.write_all(piece.as_deref().unwrap_or_default());
            Ok(piece)
        })
    }
}
