//! Where results go: a terminal, or a file that is whole or not there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use segur_core::Lang;

use crate::cli::Color;
use crate::durable;

/// The command could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the output {} cannot be written: {source}", path.as_deref().map_or("stdout".into(), |p| p.display().to_string()))]
    Output {
        path: Option<PathBuf>,
        source: io::Error,
    },
    #[error("{en}")]
    Refused { fr: String, en: String },
}

impl Failure {
    pub(crate) fn refused(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Refused {
            fr: fr.into(),
            en: en.into(),
        }
    }

    pub(crate) fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Refused { fr, .. }, Lang::Fr) => fr.clone(),
            (Self::Output { path, source }, Lang::Fr) => {
                let place = path
                    .as_deref()
                    .map_or("stdout".into(), |p| p.display().to_string());
                format!("impossible d'écrire le résultat vers {place} : {source}")
            }
            _ => self.to_string(),
        }
    }
}

/// An error and what caused it, in one line.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Standard output and standard error, with colours or without.
#[derive(Clone)]
pub(crate) struct Terminal {
    color: anstream::ColorChoice,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        let color = match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        Self { color }
    }

    /// Writes a whole text to standard output.
    pub(crate) fn print(&self, text: &[u8]) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        out.write_all(text)
            .and_then(|()| out.flush())
            .map_err(|source| Failure::Output { path: None, source })
    }

    /// Writes bytes to standard output as they are: a colourless stream drops control characters, and in a Datamatrix they separate fields.
    pub(crate) fn print_raw(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|source| Failure::Output { path: None, source })
    }

    /// Tells something beside the results.
    #[cfg(any(feature = "sandbox", feature = "xds"))]
    pub(crate) fn note(&self, message: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = writeln!(out, "{message}");
    }

    /// Tells why the command stops. Nothing is left to do when even that fails.
    pub(crate) fn error(&self, message: &str) {
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = writeln!(out, "{red}segur:{red:#} {message}");
    }
}

/// Writes a file through a neighbour that is then renamed, so that no reader sees half a report. What exists and is no
/// plain file (a device, a pipe) is written directly: renaming would replace it.
pub(crate) fn write_file(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failure = |source| Failure::Output {
        path: Some(path.to_owned()),
        source,
    };
    if std::fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir()) {
        let opened = std::fs::OpenOptions::new().write(true).open(path);
        return opened
            .and_then(|mut device| device.write_all(text))
            .map_err(failure);
    }
    durable::replace(path, text).map_err(failure)
}
