//! That something goes on, on a terminal, when it takes long.

use std::future::{Future as _, poll_fn};
use std::io::IsTerminal as _;
use std::pin::pin;
use std::sync::mpsc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use segur_core::Lang;
use segur_soap::http::CancelToken;
use tokio::sync::oneshot;

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

/// Runs a call that changes something. Ctrl-C gives it up instead of ending the program: what may have arrived is told then. From then on
/// Ctrl-C does nothing else, so this is the last thing that a command does.
pub(super) fn sending<T>(lang: Lang, call: impl FnOnce(Option<&CancelToken>) -> T) -> T {
    let token = CancelToken::new();
    let (over, ended) = oneshot::channel::<()>();
    let (ready, begun) = mpsc::channel();
    let given_up = token.clone();
    let listening = std::thread::Builder::new().spawn(move || listen(&given_up, &ready, ended));
    // An error where nobody listens: Ctrl-C ends the program then.
    let _ = begun.recv();
    let done = waiting(lang, "envoi", "sending", || call(Some(&token)));
    drop(over);
    if let Ok(listening) = listening {
        let _ = listening.join();
    }
    done
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
