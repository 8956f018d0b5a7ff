//! The examples run, and end well.
#![cfg(all(feature = "sandbox", feature = "xds"))]
#![allow(clippy::unwrap_used)]

#[path = "../examples/dmp_exchange.rs"]
mod dmp_exchange;

// req: SC.DMP/UX.14.BIS
#[test]
fn the_exchange_with_a_dmp() {
    dmp_exchange::main().unwrap();
}
