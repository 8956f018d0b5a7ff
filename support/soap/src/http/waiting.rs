//! Work that waits for a person or a card, away from the async runtime.

use std::panic::resume_unwind;

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::HttpError;

/// Does work that may wait, for a PIN or a slow card, on a thread that may wait, so that nothing else of the runtime stands still; outside
/// of a tokio runtime, where it is called. A future that is dropped leaves the work to end by itself, and what it gives is dropped.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let pin = segur_soap::http::off_thread(|| "0000").await?;
/// assert_eq!(pin, "0000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`HttpError::Cancelled`], when the runtime ends before the work began.
pub async fn off_thread<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, HttpError> {
    if Handle::try_current().is_err() {
        return Ok(work());
    }
    match spawn_blocking(work).await {
        Ok(done) => Ok(done),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(HttpError::Cancelled),
        },
    }
}
