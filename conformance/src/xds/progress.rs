//! That something goes on, on a terminal, when it takes long.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use segur_core::Lang;

use crate::tr;

/// Runs a call that waits for a service.
pub(super) fn waiting<T>(
    lang: Lang,
    fr: &'static str,
    en: &'static str,
    call: impl FnOnce() -> T,
) -> T {
    if !std::io::stderr().is_terminal() {
        return call();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(tr(lang, fr, en));
    bar.enable_steady_tick(Duration::from_millis(120));
    let done = call();
    bar.finish_and_clear();
    done
}
