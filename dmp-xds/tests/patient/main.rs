//! The patient's DMP: messages, decisions, what is not sent, what is not shown. Every identity is fictitious or an official test identity.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout)]

mod advice;
#[cfg(feature = "client")]
mod client;
mod codec;
mod fixtures;
mod kit;
mod known;
mod properties;
mod refused;
mod tolerated;
mod wire;
