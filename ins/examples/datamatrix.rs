//! Draws the INS Datamatrix of a fictitious patient: `cargo run -p segur-ins --example datamatrix -- OUT.png`
#![allow(clippy::print_stdout)]

use std::error::Error;

use segur_core::Sex;
use segur_ins::datamatrix::{Payload, PrintSize};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: datamatrix OUT.png")?;
    let payload = Payload {
        matricule: "277010115400329".into(),
        oid: "1.2.250.1.213.1.4.10".into(),
        given_names: "SARAH-LOU ANNA".into(),
        family_name: "GARCIA-HAMMADI".into(),
        sex: Sex::Female,
        birth_date: chrono::NaiveDate::from_ymd_opt(1977, 1, 21).ok_or("date")?,
        birth_place: Some("01154".into()),
    };
    let symbol = payload.symbol()?;
    std::fs::write(&path, symbol.to_png(PrintSize::default(), 300)?)?;
    println!("{path}: {} modules a side", symbol.side());
    Ok(())
}
