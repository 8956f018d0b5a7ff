//! The program xmlsec1, which no one here wrote.

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::fixtures::Pair;

/// The program with a folder for its files.
pub(crate) struct Xmlsec {
    folder: TempDir,
}

impl Xmlsec {
    /// None when it is missing: the test then says SKIPPED.
    pub(crate) fn find(test: &str) -> Option<Self> {
        let found = Command::new("xmlsec1").arg("--version").output().is_ok();
        if !found {
            println!("SKIPPED {test}: xmlsec1 is not installed (apt-get install xmlsec1)");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        Some(Self { folder })
    }

    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn run(args: &[&str]) -> Output {
        Command::new("xmlsec1").args(args).output().unwrap()
    }

    const ID: &str = "urn:oasis:names:tc:SAML:2.0:assertion:Assertion";

    /// Whether it takes the signature, with this certificate alone trusted.
    pub(crate) fn accepts(&self, markup: &str, trusted: &Pair) -> bool {
        let document = self.file("in.xml", markup);
        let certificate = self.file("trusted.pem", &trusted.certificate);
        let (document, certificate) = (document.to_str().unwrap(), certificate.to_str().unwrap());
        let output = Self::run(&[
            "--verify",
            "--id-attr:ID",
            Self::ID,
            "--enabled-key-data",
            "x509",
            "--trusted-pem",
            certificate,
            document,
        ]);
        output.status.success()
    }

    /// Fills a template.
    pub(crate) fn sign(&self, template: &str, pair: &Pair) -> String {
        let document = self.file("template.xml", template);
        let key = self.file("key.pem", &pair.key);
        let certificate = self.file("certificate.pem", &pair.certificate);
        let key = format!("{},{}", key.display(), certificate.display());
        let output = Self::run(&[
            "--sign",
            "--id-attr:ID",
            Self::ID,
            "--privkey-pem",
            &key,
            document.to_str().unwrap(),
        ]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "xmlsec1 did not sign: {said}");
        String::from_utf8(output.stdout).unwrap()
    }
}
