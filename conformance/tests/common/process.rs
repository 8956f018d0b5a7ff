//! `segur sandbox dmp` as in the other terminal; killed when it is dropped.
#![allow(dead_code, reason = "no test uses all of it")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(crate) struct Process {
    child: Child,
    /// The address above its services.
    pub(crate) url: String,
}

impl Process {
    pub(crate) fn start(folder: &Path, quirks: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segur"));
        command.args(["--lang", "en", "sandbox", "dmp", "--stop-after", "600"]);
        for quirk in quirks {
            command.args(["--quirk", quirk]);
        }
        command.arg("--dir").arg(folder).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = String::new();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        told.read_line(&mut first).unwrap();
        assert!(first.starts_with("DMP: https://localhost:"), "{first}");
        let url = first.trim().replacen("DMP: ", "", 1);
        Self { child, url }
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
