//! `segur ins encode`.

use std::path::Path;

use segur_core::Lang;
use segur_ins::datamatrix::{Payload, PrintSize, SymbolError};
use segur_ins::matching::Person;
use serde_json::json;

use super::judge::Level;
use super::{french, input, judge, pretty};
use crate::FINE;
use crate::cli::{InsEncode, ListFormat};
use crate::output::{Failure, Terminal, write_file};

pub(crate) fn run(options: &InsEncode, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let judged = judge::judge(&input::read(&options.file)?);
    if judged.worst() == Level::Error {
        let say = |lang: Lang| {
            let wrong = judged.lines.iter().filter(|l| l.level == Level::Error);
            let wrong: Vec<_> = wrong
                .map(|line| format!("{}: {}", line.field, line.message(lang)))
                .collect();
            wrong.join("; ")
        };
        return Err(Failure::refused(say(Lang::Fr), say(Lang::En)));
    }
    let payload = payload(&judged.person)?;
    let text = payload.encode().map_err(|error| {
        let (fr, en) = french::encode(&error);
        Failure::refused(fr, en)
    })?;
    draw(&payload, options)?;
    if let Some(path) = &options.output {
        write_file(path, text.as_bytes())?;
    }
    match (options.format, &options.output) {
        (ListFormat::Json, output) => {
            let name = |path: &Option<std::path::PathBuf>| {
                path.as_deref().map(Path::display).map(|p| p.to_string())
            };
            let mut value = json!({
                "characters": text.len(),
                "output": name(output),
                "svg": name(&options.svg),
                "png": name(&options.png),
            });
            if output.is_none() {
                value["payload"] = json!(text);
            }
            terminal.print(pretty(&value).as_bytes())?;
        }
        (ListFormat::Text, None) => terminal.print_raw((text + "\n").as_bytes())?,
        (ListFormat::Text, Some(_)) => {
            let (fr, en) = ("caractères", "characters");
            let line = format!("{} {}\n", text.len(), crate::tr(lang, fr, en));
            terminal.print(line.as_bytes())?;
        }
    }
    Ok(FINE)
}

/// Every field is needed but the place, which is written when it is known.
fn payload(person: &Person) -> Result<Payload, Failure> {
    let missing = |field: &str| {
        Failure::refused(
            format!("le champ {field} manque"),
            format!("the field {field} is missing"),
        )
    };
    let ins = person.ins.ok_or_else(|| missing("matricule"))?;
    let birth = person.birth_date.ok_or_else(|| missing("birth_date"))?;
    let names = person.given_names.as_ref();
    let family = person.birth_name.as_ref();
    Ok(Payload {
        matricule: ins.matricule.as_str().to_owned(),
        oid: ins.authority.oid().to_owned(),
        given_names: names.ok_or_else(|| missing("given_names"))?.to_string(),
        family_name: family.ok_or_else(|| missing("birth_name"))?.to_string(),
        sex: person.sex.ok_or_else(|| missing("sex"))?,
        birth_date: birth.date().try_into().map_err(|_| missing("birth_date"))?,
        birth_place: person.birth_place.map(|place| place.as_str().to_owned()),
    })
}

fn draw(payload: &Payload, options: &InsEncode) -> Result<(), Failure> {
    if options.svg.is_none() && options.png.is_none() {
        return Ok(());
    }
    let refused = |error: SymbolError| {
        Failure::refused(
            format!("le symbole ne peut pas être dessiné : {error}"),
            format!("the symbol cannot be drawn: {error}"),
        )
    };
    let symbol = payload.symbol().map_err(refused)?;
    if let Some(path) = &options.svg {
        let svg = symbol.to_svg(PrintSize::default()).map_err(refused)?;
        write_file(path, svg.as_bytes())?;
    }
    if let Some(path) = &options.png {
        let png = symbol
            .to_png(PrintSize::default(), options.dpi)
            .map_err(refused)?;
        write_file(path, &png)?;
    }
    Ok(())
}
