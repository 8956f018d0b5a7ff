//! Writes the tables as Rust source.

use std::fmt::{Display, Write as _};

use crate::Error;
use crate::automaton::{Input, NONE};
use crate::collect::{Tables, id};
use crate::model::Schema;

/// Same function as in the reader of the tables (`hash` in segur-cda's `validate/structure/schema.rs`).
fn hash(seed: u16, text: &[u8]) -> u32 {
    let start = 0x811c_9dc5_u32 ^ u32::from(seed).wrapping_mul(0x9e37_79b1);
    text.iter()
        .fold(start, |h, &b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Open addressing with linear probing, at most half full.
fn slots<'a>(items: impl ExactSizeIterator<Item = (u16, &'a [u8])>) -> Result<Vec<u16>, Error> {
    let size = (items.len() * 2).next_power_of_two();
    let mut table = vec![NONE; size];
    for (number, (seed, text)) in items.enumerate() {
        let mut at = hash(seed, text) as usize & (size - 1);
        while table[at] != NONE {
            at = (at + 1) & (size - 1);
        }
        table[at] = id(number)?;
    }
    Ok(table)
}

fn list<T: Display>(out: &mut String, name: &str, ty: &str, items: impl IntoIterator<Item = T>) {
    let items: Vec<String> = items.into_iter().map(|i| i.to_string()).collect();
    let _ = write!(
        out,
        "\npub(super) static {name}: [{ty}; {}] = [",
        items.len()
    );
    let mut column = usize::MAX;
    for item in items {
        if column.saturating_add(item.len()) > 110 {
            out.push_str("\n   ");
            column = 3;
        }
        let _ = write!(out, " {item},");
        column += item.len() + 2;
    }
    out.push_str("\n];\n");
}

pub(crate) fn emit(tables: &mut Tables, schema: &Schema, header: &str) -> Result<String, Error> {
    let global_attributes = tables.global_attributes(schema)?;
    let tables = &*tables;
    let mut out = String::from(header);
    out.push_str(
        "use super::schema::{AttributeUse, Builtin, Content, Dfa, SimpleType, State, Type};\n",
    );

    let namespaces = tables.namespaces.iter().map(|n| format!("{n:?}"));
    list(&mut out, "NAMESPACES", "&str", namespaces);
    let mut names = Vec::new();
    for name in &tables.names {
        names.push((tables.namespace(&name.ns)?, name.local.as_str()));
    }
    list(
        &mut out,
        "NAMES",
        "(u16, &str)",
        names.iter().map(|(ns, n)| format!("({ns}, {n:?})")),
    );
    list(
        &mut out,
        "NAME_SLOTS",
        "u16",
        slots(names.iter().map(|(ns, n)| (*ns, n.as_bytes())))?,
    );

    let mut types = Vec::new();
    let mut rows = Vec::new();
    for row in &tables.types {
        let ns = tables.namespace(&row.name.ns)?;
        types.push((ns, row.name.local.as_str()));
        rows.push(format!(
            "Type {{ namespace: {ns}, name: {:?}, base: {}, content: Content::{}, is_abstract: {}, mixed: {}, \
             start: {}, simple: {}, required: {}, attributes: {} }}",
            row.name.local,
            row.base,
            row.content,
            row.is_abstract,
            row.mixed,
            row.start,
            row.simple,
            row.required,
            id(row.attributes)?
        ));
    }
    list(&mut out, "TYPES", "Type", rows);
    list(
        &mut out,
        "TYPE_SLOTS",
        "u16",
        slots(types.iter().map(|(ns, n)| (*ns, n.as_bytes())))?,
    );

    let mut states = Vec::new();
    let mut others = Vec::new();
    for (number, state) in tables.states.iter().enumerate() {
        let ty = state
            .ty
            .as_ref()
            .map_or(Ok(NONE), |ty| tables.type_id(ty))?;
        let name = match &state.input {
            Some(Input::Element(name)) => {
                let found = tables.names.binary_search(name);
                id(found.map_err(|_| Error::Undeclared(name.to_string()))?)?
            }
            _ => NONE,
        };
        let mut flags = u8::from(state.accept) | u8::from(state.nillable) << 1;
        for (input, &next) in &state.next {
            if let Input::Other(target) = input {
                flags |= 4;
                others.push(format!(
                    "({}, {}, {})",
                    id(number)?,
                    id(next)?,
                    tables.namespace(target)?
                ));
            }
        }
        let base = id(tables.content.base[number])?;
        states.push(format!("State({base},{ty},{name},{flags})"));
    }
    list(&mut out, "STATES", "State", states);
    list(&mut out, "WILDCARDS", "(u16, u16, u16)", others);
    list(&mut out, "CONTENT_CHECK", "u16", &tables.content.check);
    list(&mut out, "CONTENT_NEXT", "u16", &tables.content.value);
    list(
        &mut out,
        "GLOBAL_ELEMENTS",
        "(u16, u16)",
        tables.globals.iter().map(|g| format!("{g:?}")),
    );

    let uses = tables.uses.iter().map(|u| {
        format!(
            "AttributeUse {{ name: {}, simple: {}, required: {}, fixed: {:?} }}",
            u.name, u.simple, u.required, u.fixed
        )
    });
    list(&mut out, "ATTRIBUTE_USES", "AttributeUse", uses);
    list(&mut out, "ATTRIBUTE_CHECK", "u16", &tables.attributes.check);
    list(&mut out, "ATTRIBUTE_USE", "u16", &tables.attributes.value);
    list(
        &mut out,
        "GLOBAL_ATTRIBUTES",
        "(u16, u16)",
        global_attributes.iter().map(|g| format!("{g:?}")),
    );

    let simple = tables.simple.iter().map(|s| {
        let number = |n: &Option<String>| n.as_ref().map(|n| n.parse::<f64>().unwrap_or(f64::NAN));
        format!(
            "SimpleType {{ name: {:?}, builtin: Builtin::{}, patterns: &{:?}, values: {}, min_length: {}, \
             min: {:?}, max: {:?}, members: &{:?} }}",
            s.name,
            s.builtin,
            s.patterns,
            s.values.map_or(i64::from(NONE), |v| i64::try_from(v).unwrap_or(-1)),
            s.min_length,
            number(&s.min),
            number(&s.max),
            s.members
        )
    });
    list(&mut out, "SIMPLE_TYPES", "SimpleType", simple);
    let dfas = tables.dfas.iter().zip(&tables.patterns).map(|(dfa, pattern)| {
        format!(
            "Dfa {{ pattern: {pattern:?}, classes: &{:?}, columns: {}, next: &{:?}, accept: &{:?} }}",
            dfa.classes, dfa.columns, dfa.next, dfa.accept
        )
    });
    list(&mut out, "PATTERNS", "Dfa", dfas);

    let mut text = String::new();
    let mut ranges = Vec::new();
    let mut values = Vec::new();
    for (number, all) in tables.enumerations.iter().enumerate() {
        let first = values.len();
        for value in all {
            let at = text.find(value.as_str()).unwrap_or_else(|| {
                text.push_str(value);
                text.len() - value.len()
            });
            values.push((id(number)?, id(at)?, value.as_str()));
        }
        ranges.push(format!("({}, {})", id(first)?, id(values.len())?));
    }
    let _ = writeln!(out, "\npub(super) static VALUE_TEXT: &str = {text:?};");
    let rows = values
        .iter()
        .map(|(e, at, v)| format!("({e}, {at}, {})", v.len()));
    list(&mut out, "VALUES", "(u16, u16, u8)", rows);
    list(&mut out, "VALUE_RANGES", "(u16, u16)", ranges);
    list(
        &mut out,
        "VALUE_SLOTS",
        "u16",
        slots(values.iter().map(|(e, _, v)| (*e, v.as_bytes())))?,
    );
    Ok(out)
}
