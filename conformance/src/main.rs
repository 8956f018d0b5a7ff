//! The command `segur`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    segur::run(&segur::Cli::parse())
}
