//! The data types of the header: what a value of each HL7 V3 type must look like.
//!
//! The published rules ("structuration minimale") bind these types to elements of the header only, and so do we:
//! [`super::header`] says which element has which type. Each rule here names the published one it stands for.

/// Declares the rules of one file: id, severity, item of the published rule set, title, remedy, wrong and right.
macro_rules! rules {
    (why $why_fr:literal, $why_en:literal;
     $($name:ident = $id:literal, $severity:ident, $item:literal;
       $fr:literal, $en:literal;
       $fix_fr:literal, $fix_en:literal;
       $bad:literal => $good:literal;)+) => {
        $(static $name: segur_core::RuleInfo = segur_core::RuleInfo {
            id: concat!("dt-", $id),
            title: segur_core::Message::fixed($fr, $en),
            severity: segur_core::Severity::$severity,
            source: concat!("StrucMin 2017-12-13, ", $item),
            why: segur_core::Message::fixed($why_fr, $why_en),
            remedy: segur_core::Message::fixed($fix_fr, $fix_en),
            bad: Some($bad),
            good: Some($good),
            profile: "official",
        };)+
        /// The rules of this file.
        pub(super) static RULES: &[&segur_core::RuleInfo] = &[$(&$name),+];
    };
}

mod address;
mod any;
mod code;
mod identifier;
mod name;
mod quantity;
mod siblings;
mod telecom;
mod text;
mod time;
mod timestamp;
mod value;

use segur_core::RuleInfo;
use segur_xml::Document;

use super::context::{Context, Sink};
use super::header::{self, DataType};
use value::{State, Value};

/// The rules of this part, type by type.
pub(super) fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    let files = [
        any::RULES,
        identifier::RULES,
        code::RULES,
        text::RULES,
        quantity::RULES,
        time::RULES,
        telecom::RULES,
        address::RULES,
        name::RULES,
    ];
    files.into_iter().flatten().copied()
}

/// Checks the values of the header, in document order.
pub(crate) fn check<'a>(document: &'a Document, context: &Context<'a>, sink: &mut Sink<'a>) {
    let mut state = State::new(document);
    header::typed_elements(context, sink, &mut |datatype, node, sink| {
        one(datatype, Value::new(node, sink, &mut state));
    });
}

fn one(datatype: DataType, mut value: Value<'_, '_>) {
    any::check(&mut value);
    match datatype {
        DataType::Any | DataType::Bl => {}
        DataType::Ii => identifier::check(&mut value),
        DataType::Cs => code::check_simple(&mut value),
        DataType::Cd => code::check(&mut value),
        DataType::Ce | DataType::Cv => {
            code::check(&mut value);
            code::check_no_qualifier(&mut value);
        }
        DataType::Cr => code::check_qualifier(&mut value),
        DataType::Ed => text::check_encapsulated(&mut value),
        DataType::St => text::check_string(&mut value),
        DataType::Sc => {
            text::check_string(&mut value);
            code::check_coded_string(&mut value);
        }
        DataType::Int => quantity::check_integer(&mut value),
        DataType::IntPos => {
            quantity::check_integer(&mut value);
            quantity::check_positive(&mut value);
        }
        DataType::Ts => time::check_point(&mut value),
        DataType::IvxbTs => time::check_bound(&mut value),
        DataType::IvlTs => time::check_interval(&mut value),
        DataType::Tel => telecom::check(&mut value),
        DataType::Ad => address::check(&mut value),
        DataType::En => name::check(&mut value),
        DataType::Pn => {
            name::check(&mut value);
            name::check_person(&mut value);
        }
        DataType::On => {
            name::check(&mut value);
            name::check_organization(&mut value);
        }
    }
}
