//! The command `segur` as a library, so that its parts can be tested.
//!
//! `segur validate` checks documents and reports in six formats; `segur explain` and `segur rules` show the catalogue
//! of rules; `segur inspect` tells what a document is; `segur new` writes one from a description; `segur official` compiles the agency's
//! rules to one file; `segur ins` reads, writes, checks and compares national health identities; `segur cog` finds the code of a place of
//! birth; `segur xds` calls registries and repositories (DMP, XDS.b). See the README for the exit codes and the JSON schema.
//!
//! ```
//! use clap::Parser;
//!
//! let cli = segur::Cli::try_parse_from(["segur", "rules", "--format", "json"])?;
//! # let _ = cli;
//! # Ok::<(), clap::Error>(())
//! ```

mod check;
mod cli;
mod cog;
mod durable;
mod emit;
mod excerpt;
mod explain;
mod files;
mod ins;
mod inspect;
mod mask;
mod new;
mod official;
mod output;
mod rules;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "xds")]
mod xds;

pub use cli::{Cli, Color, Command, DescriptionFormat, Format, ListFormat, NewKind};

use std::process::ExitCode;

use segur_core::Lang;

/// Every document is fine, or what was asked was shown.
const FINE: u8 = 0;
/// At least one document has a finding of severity error or fatal, or the answer is no.
const FINDINGS: u8 = 1;
/// Something could not be done: a path that cannot be read, a wrong option, an output that cannot be written.
const COULD_NOT_RUN: u8 = 2;

/// Runs the command and says how it ended: 0 fine, 1 findings, 2 could not run.
#[must_use]
pub fn run(cli: &Cli) -> ExitCode {
    let terminal = output::Terminal::new(cli.color);
    let outcome = match &cli.command {
        Command::Validate(options) => check::run(options, cli.lang, &terminal),
        Command::Explain(options) => explain::run(options, cli.lang, &terminal),
        Command::Rules(options) => rules::run(options, cli.lang, &terminal),
        Command::Inspect(options) => inspect::run(options, cli.lang, &terminal),
        Command::New(options) => new::run(options, cli.lang, &terminal),
        Command::Official(command) => official::run(command, cli.lang, &terminal),
        Command::Ins(command) => ins::run(command, cli.lang, &terminal),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(command) => sandbox::command::run(command, cli.lang, &terminal),
        #[cfg(feature = "xds")]
        Command::Xds(command) => xds::run(command, cli.lang, &terminal),
        Command::Cog(options) => cog::run(options, cli.lang, &terminal),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        // The reader of our output went away, as `head` does: nobody is left to tell.
        Err(output::Failure::Output { source, .. })
            if source.kind() == std::io::ErrorKind::BrokenPipe =>
        {
            ExitCode::from(FINE)
        }
        Err(failure) => {
            terminal.error(&failure.message(cli.lang));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// One of two texts.
pub(crate) const fn tr(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Fr => fr,
        _ => en,
    }
}
