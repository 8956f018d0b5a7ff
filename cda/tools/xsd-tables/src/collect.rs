//! Numbers everything: namespaces, names, types, states, values.

use std::collections::BTreeMap;

use crate::Error;
use crate::automaton::{Builder, Comb, Input, NONE, State};
use crate::model::{QName, Schema};
use crate::pattern::{self, Dfa};
use crate::read::XSD;
use crate::resolve::{Content, Lexical, any_type};

pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XSI_NAMES: [&str; 4] = ["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"];

pub(crate) struct TypeRow {
    pub(crate) name: QName,
    pub(crate) base: u16,
    pub(crate) content: &'static str,
    pub(crate) is_abstract: bool,
    pub(crate) mixed: bool,
    pub(crate) start: u16,
    pub(crate) simple: u16,
    pub(crate) required: u32,
    pub(crate) attributes: usize,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UseRow {
    pub(crate) name: u16,
    pub(crate) simple: u16,
    /// Bit of the attribute among the required ones of its type.
    pub(crate) required: u8,
    pub(crate) fixed: Option<String>,
}

#[derive(Default)]
pub(crate) struct SimpleRow {
    pub(crate) name: String,
    pub(crate) builtin: String,
    pub(crate) patterns: Vec<usize>,
    pub(crate) values: Option<usize>,
    pub(crate) min_length: u32,
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
    pub(crate) members: Vec<u16>,
}

#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) namespaces: Vec<String>,
    pub(crate) names: Vec<QName>,
    pub(crate) types: Vec<TypeRow>,
    pub(crate) states: Vec<State>,
    pub(crate) content: Comb,
    pub(crate) globals: Vec<(u16, u16)>,
    pub(crate) uses: Vec<UseRow>,
    pub(crate) attributes: Comb,
    pub(crate) simple: Vec<SimpleRow>,
    pub(crate) dfas: Vec<Dfa>,
    pub(crate) patterns: Vec<String>,
    pub(crate) enumerations: Vec<Vec<String>>,
    lexicals: BTreeMap<Lexical, u16>,
}

pub(crate) fn id(number: usize) -> Result<u16, Error> {
    u16::try_from(number)
        .ok()
        .filter(|&n| n != NONE)
        .ok_or_else(|| Error::Unhandled("more than 65,534 rows in a table".into()))
}

fn place<T: Ord>(sorted: &[T], item: &T) -> Result<u16, Error> {
    let found = sorted.binary_search(item);
    id(found.map_err(|_| Error::Unhandled("a name was not numbered".into()))?)
}

pub(crate) fn collect(schema: &Schema) -> Result<Tables, Error> {
    let mut tables = Tables::default();
    let mut builder = Builder::new(schema);

    let mut type_names: Vec<QName> = schema.complex.keys().cloned().collect();
    type_names.push(any_type());
    let mut starts = BTreeMap::new();
    let mut by_shape: BTreeMap<String, usize> = BTreeMap::new();
    for name in &type_names {
        if let Content::Children { parts, .. } = schema.content(name)? {
            let shape = format!("{parts:?}");
            let start = match by_shape.get(&shape) {
                Some(&start) => start,
                None => builder.model(&parts)?,
            };
            by_shape.insert(shape, start);
            starts.insert(name.clone(), start);
        }
    }
    let mut globals = Vec::new();
    for name in schema.elements.keys() {
        globals.push((name.clone(), builder.global(name)?));
    }
    tables.states = builder.states;

    // Simple types that an element has are rows among the types.
    for state in &tables.states {
        if let Some(ty) = &state.ty
            && schema.simple.contains_key(ty)
        {
            type_names.push(ty.clone());
        }
    }
    type_names.sort();
    type_names.dedup();

    let mut attributes = BTreeMap::new();
    for name in &type_names {
        attributes.insert(name.clone(), schema.attributes_of(name)?);
    }
    tables.names = XSI_NAMES.iter().map(|n| QName::new(XSI, *n)).collect();
    for state in &tables.states {
        if let Some(Input::Element(name)) = &state.input {
            tables.names.push(name.clone());
        }
    }
    tables
        .names
        .extend(attributes.values().flat_map(|a| a.keys().cloned()));
    tables.names.extend(schema.attributes.keys().cloned());
    tables.names.sort();
    tables.names.dedup();
    tables.namespaces = vec![String::new()];
    tables
        .namespaces
        .extend(tables.names.iter().map(|n| n.ns.clone()));
    tables
        .namespaces
        .extend(type_names.iter().map(|n| n.ns.clone()));
    tables.namespaces.sort();
    tables.namespaces.dedup();
    for (name, state) in globals {
        let row = (place(&tables.names, &name)?, id(state)?);
        tables.globals.push(row);
    }
    tables.globals.sort_unstable();

    let mut rows = Vec::new();
    for state in &tables.states {
        let mut row = Vec::new();
        for (input, &next) in &state.next {
            if let Input::Element(name) = input {
                row.push((usize::from(place(&tables.names, name)?), id(next)?));
            }
        }
        rows.push(row);
    }
    tables.content = Comb::pack(&rows);

    let mut rows = Vec::new();
    for name in &type_names {
        let content = schema.content(name)?;
        let (kind, mixed, simple) = match &content {
            Content::Empty => ("Empty", false, NONE),
            Content::Any => ("Any", true, NONE),
            Content::Simple(name) => ("Simple", false, tables.lexical(schema, name)?),
            Content::Children { mixed, .. } => ("Children", *mixed, NONE),
        };
        let mut row = Vec::new();
        let mut required = 0;
        for (attribute, declared) in &attributes[name] {
            let ty = declared.ty.as_ref();
            let ty =
                ty.ok_or_else(|| Error::Undeclared(format!("type of attribute {attribute}")))?;
            let simple = tables.lexical(schema, ty)?;
            let usage = UseRow {
                name: place(&tables.names, attribute)?,
                simple,
                required: if declared.required { required } else { u8::MAX },
                fixed: declared.fixed.clone(),
            };
            required += u8::from(declared.required);
            let at = tables
                .uses
                .iter()
                .position(|u| *u == usage)
                .unwrap_or_else(|| {
                    tables.uses.push(usage.clone());
                    tables.uses.len() - 1
                });
            row.push((usize::from(usage.name), id(at)?));
        }
        rows.push(row);
        let complex = schema.complex.get(name);
        tables.types.push(TypeRow {
            name: name.clone(),
            base: match schema.base(name) {
                Some(base) => place(&type_names, &base)?,
                None => NONE,
            },
            content: kind,
            is_abstract: complex.is_some_and(|c| c.is_abstract),
            mixed,
            start: starts.get(name).map_or(Ok(NONE), |&s| id(s))?,
            simple,
            required: (1u32 << required) - 1,
            attributes: 0,
        });
    }
    tables.attributes = Comb::pack(&rows);
    for (row, base) in tables.types.iter_mut().zip(&tables.attributes.base) {
        row.attributes = *base;
    }
    Ok(tables)
}

impl Tables {
    pub(crate) fn type_id(&self, name: &QName) -> Result<u16, Error> {
        let found = self.types.binary_search_by(|row| row.name.cmp(name));
        id(found.map_err(|_| Error::Undeclared(name.to_string()))?)
    }

    pub(crate) fn namespace(&self, ns: &str) -> Result<u16, Error> {
        place(&self.namespaces, &ns.to_owned())
    }

    pub(crate) fn global_attributes(&mut self, schema: &Schema) -> Result<Vec<(u16, u16)>, Error> {
        let mut all = Vec::new();
        for (name, declared) in &schema.attributes {
            if let Some(ty) = &declared.ty {
                all.push((place(&self.names, name)?, self.lexical(schema, ty)?));
            }
        }
        Ok(all)
    }

    fn lexical(&mut self, schema: &Schema, name: &QName) -> Result<u16, Error> {
        let lexical = schema.lexical(name)?;
        let label = if name.is_anonymous() {
            String::new()
        } else if name.ns == XSD {
            format!("xs:{}", name.local)
        } else {
            name.local.clone()
        };
        self.intern(&lexical, label)
    }

    fn intern(&mut self, lexical: &Lexical, name: String) -> Result<u16, Error> {
        if let Some(&known) = self.lexicals.get(lexical) {
            let row = &mut self.simple[usize::from(known)];
            if row.name.is_empty() {
                row.name = name;
            }
            return Ok(known);
        }
        let mut row = SimpleRow {
            name,
            ..SimpleRow::default()
        };
        match lexical {
            Lexical::List(item) => {
                row.builtin = "List".into();
                row.members = vec![self.intern(item, String::new())?];
            }
            Lexical::Union(members) => {
                row.builtin = "Union".into();
                for member in members {
                    row.members.push(self.intern(member, String::new())?);
                }
            }
            Lexical::Atom(atom) => {
                row.builtin = match atom.builtin.as_str() {
                    "string" => "String",
                    "token" => "Token",
                    "NMTOKEN" => "Nmtoken",
                    "ID" => "Id",
                    "IDREF" => "Idref",
                    "boolean" => "Boolean",
                    "integer" => "Integer",
                    "decimal" => "Decimal",
                    "double" => "Double",
                    "anyURI" => "AnyUri",
                    "base64Binary" => "Base64Binary",
                    other => return Err(Error::Unhandled(format!("built-in type {other}"))),
                }
                .into();
                row.min_length = atom.min_length.unwrap_or(0);
                row.min.clone_from(&atom.min_inclusive);
                row.max.clone_from(&atom.max_inclusive);
                if atom.enumeration.is_empty() {
                    for pattern in &atom.patterns {
                        row.patterns.push(self.pattern(pattern)?);
                    }
                } else {
                    row.values = Some(self.enumeration(&atom.enumeration, &atom.patterns)?);
                }
            }
        }
        self.simple.push(row);
        let number = id(self.simple.len() - 1)?;
        self.lexicals.insert(lexical.clone(), number);
        Ok(number)
    }

    fn pattern(&mut self, pattern: &str) -> Result<usize, Error> {
        if let Some(known) = self.patterns.iter().position(|p| p == pattern) {
            return Ok(known);
        }
        self.dfas.push(pattern::compile(pattern)?);
        self.patterns.push(pattern.to_owned());
        Ok(self.dfas.len() - 1)
    }

    /// A list of values makes the patterns of the bases superfluous, provided that each value matches them.
    fn enumeration(&mut self, values: &[String], patterns: &[String]) -> Result<usize, Error> {
        for pattern in patterns {
            let dfa = pattern::compile(pattern)?;
            if let Some(value) = values.iter().find(|v| !dfa.accepts(v)) {
                return Err(Error::Unhandled(format!(
                    "value {value} against pattern {pattern}"
                )));
            }
        }
        if let Some(known) = self.enumerations.iter().position(|e| e == values) {
            return Ok(known);
        }
        self.enumerations.push(values.to_vec());
        Ok(self.enumerations.len() - 1)
    }
}
