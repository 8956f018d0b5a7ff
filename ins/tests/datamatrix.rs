//! The agreed vectors, what scanners do to them, and what is no INS Datamatrix.
// req: EXI REC 02
// req: EXI DIF 02
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use proptest::prelude::*;
use segur_core::Sex;
use segur_ins::datamatrix::{DecodeError, EncodeError, Field, Payload, Tolerance};

const SARAH: &str = "IS010000000000000000000000S1277010115400329S21.2.250.1.213.1.4.8\u{1d}\
                     S3SARAH-LOU ANNA\u{1d}S4GARCIA-HAMMADI\u{1d}S5FS621-01-1977S701154";

fn sarah() -> Payload {
    Payload::decode(SARAH).unwrap().payload
}

#[test]
fn the_agreed_vectors() {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(shared.join("data/ins/test-vectors.json")) else {
        println!("SKIPPED: ../shared is not here, the vectors of the Datamatrix were not checked");
        return;
    };
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut full = 0;
    for vector in vectors["datamatrix"].as_array().unwrap() {
        let text = vector["payload"].as_str().unwrap();
        let scan = Payload::decode(text).unwrap();
        let (read, tolerances) = (scan.payload, scan.tolerances);
        if let Some(standard) = vector["payload_gs"].as_str() {
            let scan = Payload::decode(standard).unwrap();
            assert_eq!(scan.payload, read);
            assert_eq!(scan.tolerances, []);
        }
        let Some(family) = vector["family"].as_str() else {
            continue;
        };
        full += 1;
        assert_eq!(read.family_name, family);
        assert_eq!(read.given_names, vector["given"].as_str().unwrap());
        assert_eq!(read.matricule, vector["matricule"].as_str().unwrap());
        assert_eq!(read.oid, vector["oid"].as_str().unwrap());
        assert_eq!(
            read.birth_date.to_string(),
            vector["birth"].as_str().unwrap()
        );
        assert_eq!(read.birth_place.as_deref(), vector["cog"].as_str());
        match tolerances.as_slice() {
            [] => assert_eq!(read.encode().unwrap(), text),
            [Tolerance::UnusualCharacter(Field::GivenNames)] => assert!(read.encode().is_err()),
            other => panic!("{other:?}"),
        }
    }
    assert!(full >= 3);
}

#[test]
fn fields_in_another_order_and_lost_separators() {
    let zxing = "IS010000000000000000000000S1118058599124123S21.2.250.1.213.1.4.8\u{1d}\
                 S3FIRST NAMETEST\u{1d}S5MS618-06-1985S713201S4LASTNAMETEST";
    let standard = Payload::decode(zxing).unwrap();
    assert_eq!(standard.payload.family_name, "LASTNAMETEST");
    assert_eq!(standard.tolerances, []);
    for replaced in ["", " ", "<GS>", "\u{1e}"] {
        let scan = Payload::decode(&zxing.replace('\u{1d}', replaced)).unwrap();
        assert_eq!(scan.payload, standard.payload, "{replaced:?}");
        assert_eq!(
            scan.tolerances,
            [
                Tolerance::LostSeparator(Field::Oid),
                Tolerance::LostSeparator(Field::GivenNames)
            ],
            "{replaced:?}"
        );
    }
}

#[test]
fn a_name_that_ends_in_s_survives_a_lost_separator() {
    let payload = Payload {
        family_name: "DUBOIS".into(),
        given_names: "LOUIS".into(),
        ..sarah()
    };
    let wedge = payload.encode().unwrap().replace('\u{1d}', "");
    assert_eq!(Payload::decode(&wedge).unwrap().payload, payload);
}

#[test]
fn what_scanners_add_is_reported() {
    let wedge = format!("]d1{}\r\n", SARAH.to_lowercase());
    let scan = Payload::decode(&wedge).unwrap();
    assert_eq!(scan.payload, sarah());
    assert_eq!(
        scan.tolerances,
        [
            Tolerance::AimPrefix,
            Tolerance::TrailingBlank,
            Tolerance::LowerCase
        ]
    );
    let version = Payload::decode(&SARAH.replacen("IS01", "IS07", 1)).unwrap();
    assert_eq!(version.tolerances, [Tolerance::Version]);
}

#[test]
fn what_is_wrong_is_named() {
    let decode = |text: &str| Payload::decode(text).unwrap_err();
    assert_eq!(decode(""), DecodeError::Header);
    assert_eq!(decode("DC04FR000001ANTSANTS"), DecodeError::Header);
    assert_eq!(
        decode(&SARAH.replace("S5F", "")),
        DecodeError::Missing(Field::Sex)
    );
    assert_eq!(
        decode(&SARAH.replace("21-01-1977", "31-02-1977")),
        DecodeError::Value(Field::BirthDate)
    );
    assert_eq!(
        decode(&SARAH.replace("S5F", "S5X")),
        DecodeError::Value(Field::Sex)
    );
    assert_eq!(
        decode(&format!("{SARAH}S5F")),
        DecodeError::Duplicate(Field::Sex)
    );
    assert_eq!(
        decode(&SARAH[..SARAH.len() - 1]),
        DecodeError::Short(Field::BirthPlace)
    );
    assert_eq!(
        decode(&format!("{SARAH}X9")),
        DecodeError::UnknownField { position: 122 }
    );
    assert_eq!(decode(&"S".repeat(600)), DecodeError::TooLong(600));
}

#[test]
fn what_cannot_be_printed_is_refused() {
    let encode = |payload: Payload| payload.encode().unwrap_err();
    assert_eq!(
        encode(Payload {
            family_name: "Müller".into(),
            ..sarah()
        })
        .to_string(),
        "field S4: character 2 is not allowed; use A to Z, single spaces, apostrophes and hyphens between words"
    );
    assert!(matches!(
        encode(Payload {
            given_names: "A".repeat(101),
            ..sarah()
        }),
        EncodeError::Length {
            field: Field::GivenNames,
            got: 101,
            ..
        }
    ));
    assert!(matches!(
        encode(Payload {
            matricule: "27701".into(),
            ..sarah()
        }),
        EncodeError::Length {
            field: Field::Matricule,
            ..
        }
    ));
    assert!(matches!(
        encode(Payload {
            sex: Sex::Undetermined,
            ..sarah()
        }),
        EncodeError::Character {
            field: Field::Sex,
            ..
        }
    ));
    for name in ["-SARAH", " SARAH", "JEAN  PAUL", "D''AVRAY", "O 'BRIEN"] {
        let wrong = encode(Payload {
            given_names: name.into(),
            ..sarah()
        });
        assert!(
            matches!(
                wrong,
                EncodeError::Character {
                    field: Field::GivenNames,
                    ..
                }
            ),
            "{name}"
        );
    }
}

#[test]
fn debug_shows_no_trait() {
    let shown = format!("{:?}", Payload::decode(SARAH).unwrap());
    for secret in ["277010115400329", "SARAH", "GARCIA", "1977", "01154"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn name() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[A-Z]{1,12}([ '-][A-Z]{1,12}){0,6}").unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        given in name(), family in name(), male: bool,
        matricule in "[12][0-9]{14}", place in proptest::option::of("[0-9]{5}"),
        days in 0_u64..40_000,
    ) {
        let payload = Payload {
            matricule,
            oid: "1.2.250.1.213.1.4.10".into(),
            given_names: given,
            family_name: family,
            sex: if male { Sex::Male } else { Sex::Female },
            birth_date: chrono::NaiveDate::default() - chrono::Days::new(days),
            birth_place: place,
        };
        let text = payload.encode().unwrap();
        prop_assert_eq!(&Payload::decode(&text).unwrap().payload, &payload);
        let wedge = Payload::decode(&text.replace('\u{1d}', "")).unwrap();
        prop_assert_eq!(&wedge.payload, &payload);
    }

    #[test]
    fn any_text_is_read_or_refused(text: String) {
        let _ = Payload::decode(&text);
    }

    #[test]
    fn any_body_is_read_or_refused(body in "(S[1-9]|\u{1d}|[A-Z0-9. é-]){0,40}") {
        let _ = Payload::decode(&format!("IS010000000000000000000000{body}"));
    }
}

#[cfg(feature = "symbol")]
mod symbol {
    use super::*;
    use segur_ins::datamatrix::{PrintSize, Symbol};

    fn read(symbol: &Symbol) -> String {
        let side = symbol.side();
        let modules: Vec<bool> = (0..side * side)
            .map(|i| symbol.is_dark(i % side, i / side))
            .collect();
        String::from_utf8(datamatrix::DataMatrix::decode(&modules, side).unwrap()).unwrap()
    }

    #[test]
    fn the_symbol_holds_the_payload() {
        let long = Payload {
            given_names: "A".repeat(100),
            family_name: "B".repeat(100),
            ..sarah()
        };
        for payload in [sarah(), long] {
            let symbol = payload.symbol().unwrap();
            assert_eq!(read(&symbol), payload.encode().unwrap());
        }
        assert_eq!(sarah().symbol().unwrap().side(), 36);
    }

    #[test]
    fn the_png_has_the_quiet_zone_and_the_resolution() {
        let symbol = sarah().symbol().unwrap();
        let bytes = symbol.to_png(PrintSize::default(), 300).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .unwrap();
        assert_eq!(reader.info().pixel_dims.unwrap().xppu, 11_811);
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let per_module = 6;
        assert_eq!(frame.width as usize, (36 + 4) * per_module);
        let dark =
            |x: usize, y: usize| pixels[y * frame.line_size + x / 8] & (0x80 >> (x % 8)) == 0;
        let sampled: Vec<bool> = (0..36 * 36)
            .map(|i| {
                let centre = |module: usize| (module + 2) * per_module + per_module / 2;
                dark(centre(i % 36), centre(i / 36))
            })
            .collect();
        let text = datamatrix::DataMatrix::decode(&sampled, 36).unwrap();
        assert_eq!(text, SARAH.as_bytes());
        for i in 0..frame.width as usize {
            for edge in 0..2 * per_module {
                assert!(!dark(i, edge) && !dark(edge, i));
            }
        }
    }

    #[test]
    fn the_svg_draws_every_dark_module() {
        let symbol = sarah().symbol().unwrap();
        let svg = symbol.to_svg(PrintSize::default()).unwrap();
        let drawn: usize = svg
            .split('M')
            .filter_map(|run| {
                run.split_once('h')?
                    .1
                    .split('v')
                    .next()?
                    .parse::<usize>()
                    .ok()
            })
            .filter(|run| *run < 40)
            .sum();
        let dark = (0..36 * 36)
            .filter(|i| symbol.is_dark(i % 36, i / 36))
            .count();
        assert_eq!(drawn, dark);
        assert!(svg.contains("width=\"20mm\"") && svg.contains("viewBox=\"0 0 40 40\""));
    }

    #[test]
    fn sizes_that_cannot_be_scanned_are_refused() {
        let symbol = sarah().symbol().unwrap();
        for size in [
            PrintSize {
                module_mm: 0.0,
                ..PrintSize::default()
            },
            PrintSize {
                module_mm: f32::NAN,
                ..PrintSize::default()
            },
            PrintSize {
                quiet_zone: 0,
                ..PrintSize::default()
            },
        ] {
            assert!(symbol.to_svg(size).is_err() && symbol.to_png(size, 300).is_err());
        }
        assert!(symbol.to_png(PrintSize::default(), 10).is_err());
        assert!(!format!("{symbol:?}").contains("true"));
    }
}
