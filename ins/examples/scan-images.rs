//! Writes generated photos of pages with an INS Datamatrix, and what each one says:
//! `cargo run --release -p segur-ins --example scan-images -- FOLDER [COUNT]`
//!
//! Seed and ranges stand in the header of `tests/pages/mod.rs`. `000.png` goes with `000.txt`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/pages/mod.rs"]
mod pages;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(
        arguments
            .next()
            .ok_or("usage: scan-images FOLDER [COUNT]")?,
    );
    let count = arguments.next().map_or(Ok(200), |count| count.parse())?;
    std::fs::create_dir_all(&folder)?;
    for index in 0..count {
        let photo = pages::photo(index);
        let text = photo.payload.ok_or("no symbol")?.encode()?;
        std::fs::write(folder.join(format!("{index:03}.txt")), text)?;
        let file = std::fs::File::create(folder.join(format!("{index:03}.png")))?;
        let mut encoder = png::Encoder::new(file, pages::WIDTH as u32, pages::HEIGHT as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::Fast);
        encoder.write_header()?.write_image_data(&photo.luma)?;
    }
    println!("{count} images in {}", folder.display());
    Ok(())
}
