//! The command `segur`.

fn main() {}
