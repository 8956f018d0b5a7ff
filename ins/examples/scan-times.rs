//! Reads each PNG image of a folder and prints its name, the nanoseconds of the best of ROUNDS runs without the reading of
//! the file, and the text or the error: `cargo run --release -p segur-ins --features scan --example scan-times -- FOLDER [ROUNDS]`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use segur_ins::datamatrix::scan::scan;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: scan-times FOLDER [ROUNDS]")?;
    let rounds: usize = arguments.next().map_or(Ok(3), |rounds| rounds.parse())?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"))
        .collect();
    files.sort();
    for path in files {
        let file = std::io::BufReader::new(std::fs::File::open(&path)?);
        let mut reader = png::Decoder::new(file).read_info()?;
        let mut luma = vec![0; reader.output_buffer_size().ok_or("size")?];
        let frame = reader.next_frame(&mut luma)?;
        if frame.color_type != png::ColorType::Grayscale || frame.bit_depth != png::BitDepth::Eight
        {
            return Err("images must be grey, 8 bits a pixel".into());
        }
        let (width, height) = (frame.width as usize, frame.height as usize);
        let mut best = u128::MAX;
        let mut result = Ok(Vec::new());
        for _ in 0..rounds.max(1) {
            let start = Instant::now();
            result = scan(&luma, width, height);
            best = best.min(start.elapsed().as_nanos());
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = match result {
            Ok(found) => match found.first() {
                Some(found) => found.scan.payload.encode()?,
                None => String::new(),
            },
            Err(error) => format!("{error}"),
        };
        println!("{name}\t{best}\t{text}");
    }
    Ok(())
}
