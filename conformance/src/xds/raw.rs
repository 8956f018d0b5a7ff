//! Copies of what is sent and of what comes back.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use segur_soap::envelope::HttpMessage;
use segur_soap::http::{BoxFuture, HttpAnswer, HttpError, Transport};

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
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}

impl<T> Kept<T> {
    /// Keeps a request under the first number that is free, and tells it.
    fn keep(&self, bytes: &[u8]) -> Result<u32, HttpError> {
        let folder = self.folder.as_deref().unwrap_or(Path::new(""));
        for _ in 0..10_000_u32 {
            let call = self.calls.fetch_add(1, Ordering::Relaxed);
            match write_new(&folder.join(format!("{call:03}-request.txt")), bytes) {
                Ok(()) => return Ok(call),
                // A call of an earlier command.
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
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
            let path = url.split_once("://").map_or("", |(_, rest)| rest);
            let path = path.find('/').and_then(|at| path.get(at..)).unwrap_or("/");
            let first = format!("POST {path} HTTP/1.1");
            let call = self.keep(&message_bytes(&first, &message.content_type, &message.body))?;
            let answer = self.inner.post(url, message).await?;
            let first = format!("HTTP/1.1 {}", answer.status);
            let came = message_bytes(&first, &answer.content_type, &answer.body);
            // The answer counts, kept or not.
            let _ = write_new(&folder.join(format!("{call:03}-answer.txt")), &came);
            Ok(answer)
        })
    }
}
