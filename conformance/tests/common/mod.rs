//! What several tests share: sandboxes, and fictitious submissions.
#![allow(dead_code, reason = "no test uses all of it")]

pub(crate) mod dmp;
pub(crate) mod process;
pub(crate) mod samples;
pub(crate) mod sandbox;
