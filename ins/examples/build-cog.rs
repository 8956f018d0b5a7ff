//! Compiles the table that the crate embeds, from delimited text files.
//!
//! ```sh
//! cargo run -p segur-ins --example build-cog -- \
//!     communes.tsv countries.tsv postal-codes.tsv ins/data/cog.bin
//! ```
//!
//! Sources (Licence Ouverte 2.0): INSEE, Code officiel géographique 2026 (communes and movements
//! 1943-2026, countries); La Poste, base officielle des codes postaux, by way of
//! data.gouv.fr's `decoupage-administratif` 6.0.0 (2026-03-09).
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;

use segur_ins::cog::Cog;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [communes, countries, postal, out] = args.as_slice() else {
        return Err("usage: build-cog COMMUNES COUNTRIES POSTAL-CODES OUT".into());
    };
    let tables = Cog::builder()
        .communes(File::open(communes)?)?
        .countries(File::open(countries)?)?
        .postal_codes(File::open(postal)?)?;
    tables.write(&mut File::create(out)?)?;
    let size = std::fs::metadata(out)?.len();
    let cog = tables.build();
    println!(
        "{cog:?}: {size} bytes compiled, {} bytes in memory",
        cog.memory()
    );
    Ok(())
}
