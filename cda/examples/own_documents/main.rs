//! Writes the documents of the `examples` folder: `cargo run -p segur-cda --example own_documents -- FOLDER`.
//!
//! Every person and place in them is fictitious; the matricule INS is under the OID for tests.

#![allow(clippy::print_stdout, reason = "a program tells what it wrote")]

mod cast;
mod child;
mod documents;
mod pdf;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os()
        .nth(1)
        .ok_or("give the folder to write to")?
        .into();
    for (name, document) in documents::all()? {
        let path = folder.join(name);
        std::fs::write(&path, document.to_bytes()?)?;
        println!("{}", path.display());
    }
    Ok(())
}
