//! Any typed value comes back from a document, and can be carried into any other document.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong"
)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use segur_cda::ClinicalDocument;
use segur_cda::body::{
    Body, Entry, Narrative, NarrativeElement, NarrativeKind, NarrativeNode, Observation, Section,
    Statement, StructuredBody,
};
use segur_cda::datatypes::{
    Ad, AddressPart, AddressPartKind, AddressUse, Bl, Cd, Cr, Ed, Eivl, En, EventCode, Ii, Int,
    IvlPq, IvlTs, NamePart, NamePartKind, NameQualifier, NullFlavor, Pivl, Pq, Representation,
    SetOperator, St, SxcmTs, Sxpr, Tel, TelecomUse, TimeSpec, TimingEvent, Ts, Value,
};
use segur_cda::header::{Author, Header, PatientRole, RecordTarget};
use segur_core::Timestamp;
use segur_xml::Document;

/// Text with everything that needs care in XML, never blank.
fn text() -> impl Strategy<Value = String> {
    "[a-zé€𝄞][a-z<>&\"' \t\n\r\u{a0}é]{0,8}"
}

/// Text of an attribute.
fn word() -> impl Strategy<Value = String> {
    "[A-Za-z0-9é<&\"'.# \n\t]{1,8}"
}

fn flavor() -> impl Strategy<Value = Option<NullFlavor>> {
    option::weighted(0.2, proptest::sample::select(NullFlavor::ALL.to_vec()))
}

fn ii() -> impl Strategy<Value = Ii> {
    (
        flavor(),
        option::of(word()),
        option::of(word()),
        option::of(any::<bool>()),
    )
        .prop_map(|(null_flavor, root, extension, displayable)| Ii {
            null_flavor,
            root,
            extension,
            displayable,
            ..Ii::default()
        })
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    proptest::sample::select(vec![
        "2024",
        "202402",
        "20240229",
        "2024022914",
        "202402291430+0100",
        "20240229143059",
        "20240229143059-0330",
        "20240229143059.123+0000",
    ])
    .prop_map(|text| text.parse().expect("a time"))
}

fn ts() -> impl Strategy<Value = Ts> {
    (flavor(), option::of(timestamp()), option::of(any::<bool>())).prop_map(
        |(null_flavor, value, inclusive)| Ts {
            null_flavor,
            value,
            inclusive,
        },
    )
}

fn pq() -> impl Strategy<Value = Pq> {
    (
        flavor(),
        option::of("-?[0-9]{1,4}(\\.[0-9]{1,3})?"),
        option::of(word()),
    )
        .prop_map(|(null_flavor, value, unit)| Pq {
            null_flavor,
            value: value.map(|v| v.parse().expect("a number")),
            unit,
            ..Pq::default()
        })
}

fn ivl_ts() -> impl Strategy<Value = IvlTs> {
    (
        flavor(),
        option::of(timestamp()),
        option::of(ts()),
        option::of(pq()),
        option::of(ts()),
    )
        .prop_map(|(null_flavor, value, low, width, high)| IvlTs {
            null_flavor,
            value,
            low,
            width,
            high,
            ..IvlTs::default()
        })
}

fn time_spec() -> impl Strategy<Value = TimeSpec> {
    let operator = || option::of(proptest::sample::select(SetOperator::ALL.to_vec()));
    let leaf = prop_oneof![
        (operator(), option::of(timestamp())).prop_map(|(operator, value)| TimeSpec::Point(
            SxcmTs {
                operator,
                value,
                ..SxcmTs::default()
            }
        )),
        ivl_ts().prop_map(TimeSpec::Interval),
        (operator(), option::of(ivl_ts()), option::of(pq())).prop_map(
            |(operator, phase, period)| {
                TimeSpec::Periodic(Pivl {
                    operator,
                    phase,
                    period,
                    ..Pivl::default()
                })
            }
        ),
        proptest::sample::select(TimingEvent::ALL.to_vec()).prop_map(|code| {
            let event = EventCode {
                code: Some(code),
                ..EventCode::default()
            };
            TimeSpec::Event(Eivl {
                event: Some(event),
                ..Eivl::default()
            })
        }),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        vec(inner, 2..4).prop_map(|components| {
            TimeSpec::Expression(Sxpr {
                components,
                ..Sxpr::default()
            })
        })
    })
}

fn tel() -> impl Strategy<Value = Tel> {
    let uses = vec(proptest::sample::select(TelecomUse::ALL.to_vec()), 0..3);
    (flavor(), option::of(word()), uses, vec(time_spec(), 0..2)).prop_map(
        |(null_flavor, value, uses, useable_periods)| Tel {
            null_flavor,
            value,
            uses,
            useable_periods,
        },
    )
}

fn ed() -> impl Strategy<Value = Ed> {
    let leaf = (
        flavor(),
        option::of(word()),
        option::of(tel()),
        prop_oneof![Just(String::new()), text()],
    )
        .prop_map(|(null_flavor, media_type, reference, data)| Ed {
            null_flavor,
            media_type,
            reference,
            data,
            ..Ed::default()
        })
        .boxed();
    let inner = leaf.clone();
    (
        leaf,
        option::of(inner),
        option::of(proptest::sample::select(Representation::ALL.to_vec())),
    )
        .prop_map(|(ed, thumbnail, representation)| Ed {
            thumbnail: thumbnail.map(Box::new),
            representation,
            ..ed
        })
}

fn cd() -> impl Strategy<Value = Cd> {
    let leaf = (
        flavor(),
        option::of(word()),
        option::of(word()),
        option::of(word()),
        option::of(ed()),
    )
        .prop_map(
            |(null_flavor, code, code_system, value_set, original_text)| Cd {
                null_flavor,
                code,
                code_system,
                value_set,
                original_text: original_text.map(Box::new),
                ..Cd::default()
            },
        );
    leaf.prop_recursive(2, 8, 3, |inner| {
        let qualifier =
            (inner.clone(), option::of(any::<bool>())).prop_map(|(value, inverted)| Cr {
                inverted,
                value: Some(Box::new(value)),
                ..Cr::default()
            });
        (inner.clone(), vec(inner, 0..3), vec(qualifier, 0..2)).prop_map(
            |(code, translations, qualifiers)| Cd {
                translations,
                qualifiers,
                ..code
            },
        )
    })
}

fn ad() -> impl Strategy<Value = Ad> {
    let part = (
        proptest::sample::select(AddressPartKind::ALL.to_vec()),
        text(),
        flavor(),
    )
        .prop_map(|(kind, value, flavor)| {
            let null_flavor = if kind == AddressPartKind::Text {
                None
            } else {
                flavor
            };
            AddressPart {
                kind,
                value,
                null_flavor,
            }
        });
    let uses = vec(proptest::sample::select(AddressUse::ALL.to_vec()), 0..3);
    (flavor(), uses, vec(part, 0..5)).prop_map(|(null_flavor, uses, mut parts)| {
        // Two neighbouring texts are one.
        parts.dedup_by(|a, b| a.kind == AddressPartKind::Text && b.kind == AddressPartKind::Text);
        Ad {
            null_flavor,
            uses,
            parts,
            ..Ad::default()
        }
    })
}

fn en() -> impl Strategy<Value = En> {
    let qualifiers = vec(proptest::sample::select(NameQualifier::ALL.to_vec()), 0..3);
    let part = (
        proptest::sample::select(NamePartKind::ALL.to_vec()),
        text(),
        qualifiers,
    )
        .prop_map(|(kind, value, qualifiers)| match kind {
            NamePartKind::Text => NamePart::new(kind, value),
            kind => NamePart {
                qualifiers,
                ..NamePart::new(kind, value)
            },
        });
    (flavor(), vec(part, 0..5), option::of(ivl_ts())).prop_map(
        |(null_flavor, mut parts, valid_time)| {
            parts.dedup_by(|a, b| a.kind == NamePartKind::Text && b.kind == NamePartKind::Text);
            En {
                null_flavor,
                parts,
                valid_time,
                ..En::default()
            }
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<Option<bool>>().prop_map(|value| Value::Bl(Bl {
            value,
            ..Bl::default()
        })),
        any::<i64>().prop_map(|n| Value::Int(Int::new(n))),
        pq().prop_map(Value::Pq),
        (option::of(pq()), option::of(pq())).prop_map(|(low, high)| Value::IvlPq(IvlPq {
            low,
            high,
            ..IvlPq::default()
        })),
        cd().prop_map(Value::Cd),
        cd().prop_map(Value::Ce),
        ed().prop_map(Value::Ed),
        text().prop_map(|t| Value::St(St::new(t))),
        ivl_ts().prop_map(Value::IvlTs),
        ii().prop_map(Value::Ii),
        ad().prop_map(Value::Ad),
        en().prop_map(Value::Pn),
        tel().prop_map(Value::Tel),
    ]
}

fn narrative() -> impl Strategy<Value = Narrative> {
    let run = prop_oneof![
        text().prop_map(NarrativeNode::Text),
        ("[a-z]{1,4}", text()).prop_map(|(id, t)| NarrativeElement::content(id, t).into()),
        Just(NarrativeElement::new(NarrativeKind::Break).into()),
    ];
    let runs = vec(run, 1..4).prop_map(|mut nodes: Vec<NarrativeNode>| {
        nodes.dedup_by(|a, b| matches!((a, b), (NarrativeNode::Text(_), NarrativeNode::Text(_))));
        nodes
    });
    let block = prop_oneof![
        runs.clone().prop_map(|children| {
            let mut paragraph = NarrativeElement::new(NarrativeKind::Paragraph);
            paragraph.children = children;
            paragraph
        }),
        vec(text(), 1..3)
            .prop_map(|items| NarrativeElement::list(items.into_iter().map(NarrativeNode::Text))),
        vec(text(), 1..3).prop_map(|cells| {
            NarrativeElement::table(
                &["a"],
                vec![cells.into_iter().map(NarrativeNode::Text).collect()],
            )
        }),
    ];
    vec(block, 0..4).prop_map(Narrative::new)
}

fn header() -> impl Strategy<Value = Header> {
    let role = (
        vec(ii(), 0..3),
        vec(ad(), 0..2),
        vec(tel(), 0..2),
        vec(en(), 0..2),
    )
        .prop_map(|(ids, addresses, telecoms, names)| RecordTarget {
            patient_role: PatientRole {
                ids,
                addresses,
                telecoms,
                patient: Some(segur_cda::header::Patient {
                    names,
                    ..Default::default()
                }),
                ..PatientRole::default()
            },
            ..RecordTarget::default()
        });
    let author = (ts(), option::of(cd())).prop_map(|(time, function)| Author {
        time,
        function,
        ..Author::default()
    });
    (
        vec(ii(), 0..3),
        ii(),
        cd(),
        option::of(text()),
        vec(role, 0..2),
        vec(author, 0..3),
    )
        .prop_map(
            |(template_ids, id, code, title, record_targets, authors)| Header {
                template_ids,
                id,
                code,
                title: title.map(St::new),
                record_targets,
                authors,
                ..Header::french()
            },
        )
}

fn document() -> impl Strategy<Value = ClinicalDocument> {
    let entry = (cd(), vec(value(), 0..3), option::of(ivl_ts())).prop_map(
        |(code, values, effective_time)| Entry {
            statement: Statement::Observation(Box::new(Observation {
                class_code: "OBS".to_owned(),
                mood_code: "EVN".to_owned(),
                code,
                values,
                effective_time,
                ..Observation::default()
            })),
            ..Entry::default()
        },
    );
    let section = (option::of(narrative()), vec(entry, 0..3)).prop_map(|(text, entries)| Section {
        text,
        entries,
        ..Section::default()
    });
    (header(), vec(section, 0..3)).prop_map(|(header, sections)| {
        let mut body = StructuredBody::default();
        sections.into_iter().for_each(|section| body.push(section));
        ClinicalDocument::new(header, Body::Structured(body))
    })
}

fn read(tree: &Document) -> ClinicalDocument {
    let reading = ClinicalDocument::read(tree).expect("a CDA document");
    assert!(reading.unknown.is_empty());
    reading.value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_written_reads_as_it_was(document in document()) {
        let bytes = document.to_bytes().expect("written");
        let tree = Document::parse(&bytes).expect("well-formed");
        prop_assert!(read(&tree) == document);
        prop_assert_eq!(document.to_bytes().expect("written"), bytes);
    }

    // req: SC.CDA/INT.16
    #[test]
    fn any_document_can_be_made_of_any_other(before in document(), after in document()) {
        let mark = "<!-- kept --></ClinicalDocument>";
        let text = String::from_utf8(before.to_bytes().expect("written")).expect("UTF-8");
        let text = text.replace("</ClinicalDocument>", mark);
        let mut tree = Document::parse(text.as_bytes()).expect("well-formed");
        before.update(&mut tree).expect("updated");
        prop_assert_eq!(tree.to_bytes(), text.as_bytes());
        after.update(&mut tree).expect("updated");
        prop_assert!(read(&tree) == after);
        let written = tree.to_bytes();
        let again = Document::parse(&written).expect("well-formed");
        prop_assert!(read(&again) == after);
        prop_assert!(String::from_utf8_lossy(&written).contains(mark));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok(tree) = Document::parse(&bytes) {
            let _ = ClinicalDocument::read(&tree);
        }
    }
}
