//! That something goes on, on a terminal, when it takes long.

use std::future::{Future as _, poll_fn};
use std::io::IsTerminal as _;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use segur_core::Lang;
use segur_soap::http::{CancelToken, Progress};
use tokio::sync::oneshot;

use crate::tr;

/// Messages whose bytes are counted while they go out.
const LARGE: u64 = 1 << 20;

/// Runs a call that waits for a service.
pub(super) fn waiting<T>(
    lang: Lang,
    fr: &'static str,
    en: &'static str,
    call: impl FnOnce() -> T,
) -> T {
    spinning(tr(lang, fr, en), |_| call())
}

/// Runs a call, and hands it whom to tell how far it is, on a terminal.
fn spinning<T>(
    what: &'static str,
    call: impl FnOnce(Option<(ProgressBar, &'static str)>) -> T,
) -> T {
    if !std::io::stderr().is_terminal() {
        return call(None);
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(120));
    let done = call(Some((bar.clone(), what)));
    bar.finish_and_clear();
    done
}

/// Runs a call that changes something. Ctrl-C gives it up instead of ending the program: what may have arrived is told then. From then on
/// Ctrl-C does nothing else, so this is the last thing that a command does.
pub(super) fn sending<T>(
    lang: Lang,
    call: impl FnOnce(Option<Progress>, Option<&CancelToken>) -> T,
) -> T {
    let token = CancelToken::new();
    let (over, ended) = oneshot::channel::<()>();
    let (ready, begun) = mpsc::channel();
    let given_up = token.clone();
    let listening = std::thread::Builder::new().spawn(move || listen(&given_up, &ready, ended));
    // An error where nobody listens: Ctrl-C ends the program then.
    let _ = begun.recv();
    let done = spinning(tr(lang, "envoi", "sending"), |bar| {
        call(
            bar.map(|(bar, what)| counting(bar, what, lang)),
            Some(&token),
        )
    });
    drop(over);
    if let Ok(listening) = listening {
        let _ = listening.join();
    }
    done
}

/// Tells how many bytes of a large message are sent.
fn counting(bar: ProgressBar, what: &'static str, lang: Lang) -> Progress {
    Arc::new(move |sent, total| {
        if total > LARGE {
            bar.set_message(format!("{what} {}", sent_of(sent, total, lang)));
        }
    })
}

/// `3.4 / 12.0 MiB`.
fn sent_of(sent: u64, total: u64, lang: Lang) -> String {
    // In tenths: exact, and nothing to round.
    let tenths = |bytes: u64| bytes.saturating_mul(10) / LARGE;
    let (point, unit) = (tr(lang, ",", "."), tr(lang, "Mio", "MiB"));
    let [sent, total] =
        [sent, total].map(|bytes| format!("{}{point}{}", tenths(bytes) / 10, tenths(bytes) % 10));
    format!("{sent} / {total} {unit}")
}

/// Until the call is over.
fn listen(token: &CancelToken, ready: &mpsc::Sender<()>, ended: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else { return };
    runtime.block_on(async {
        let mut asked = pin!(tokio::signal::ctrl_c());
        let mut first = true;
        let asked = poll_fn(|context| {
            let asked = asked.as_mut().poll(context);
            if std::mem::take(&mut first) {
                // Ctrl-C is heard from here on.
                let _ = ready.send(());
            }
            asked
        });
        tokio::select! {
            biased;
            asked = asked => {
                if asked.is_ok() {
                    token.cancel();
                }
            }
            _ = ended => {}
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_the_language() {
        let (sent, total) = (3 * LARGE + LARGE / 2, 12 * LARGE);
        assert_eq!(sent_of(sent, total, Lang::En), "3.5 / 12.0 MiB");
        assert_eq!(sent_of(sent, total, Lang::Fr), "3,5 / 12,0 Mio");
        assert_eq!(
            sent_of(0, u64::MAX, Lang::En).split(' ').next(),
            Some("0.0")
        );
    }
}
