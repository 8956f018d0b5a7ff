//! How a schema is run.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Which patterns are active.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PhaseChoice {
    /// The schema's `defaultPhase`; all patterns when it has none.
    #[default]
    Default,
    /// All patterns, whatever the schema says (`#ALL`).
    All,
    /// The phase of this name.
    Named(String),
}

/// Called after each pattern, with the number done and the number of all.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// How a schema is run.
#[derive(Clone)]
#[non_exhaustive]
pub struct RunOptions {
    /// Active patterns.
    pub phase: PhaseChoice,
    /// After a dynamic error, go on with the next check and list the one that failed as skipped,
    /// instead of ending the run as the reference implementation does. Default: false.
    pub keep_going: bool,
    /// Bound of the work: steps of the expression engine. Default: 2,000,000,000.
    pub fuel: u64,
    /// Set to true by the caller to end the run soon.
    pub cancel: Option<Arc<AtomicBool>>,
    /// Greatest length of a message, in characters. Default: 4,000.
    pub max_text: usize,
    /// Greatest number of hits kept; the run ends with
    /// [`AbortCause::Fuel`](crate::AbortCause::Fuel) beyond. Default: 1,000,000.
    pub max_hits: usize,
    /// Told how far the run is.
    pub progress: Option<Progress>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            phase: PhaseChoice::Default,
            keep_going: false,
            fuel: 2_000_000_000,
            cancel: None,
            max_text: 4_000,
            max_hits: 1_000_000,
            progress: None,
        }
    }
}

impl std::fmt::Debug for RunOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunOptions")
            .field("phase", &self.phase)
            .field("keep_going", &self.keep_going)
            .field("fuel", &self.fuel)
            .field("max_text", &self.max_text)
            .finish_non_exhaustive()
    }
}
