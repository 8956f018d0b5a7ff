//! What a type comes to once its derivation is followed: content, attributes, lexical checks.

use std::collections::BTreeMap;

use crate::Error;
use crate::model::{
    Attribute, Derivation, Element, Facets, Particle, QName, Schema, SimpleType, Term,
};
use crate::read::XSD;

/// The content of a type. `owner` names the type whose automaton is used: a type that adds nothing shares its base's.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Empty,
    /// `anyType`.
    Any,
    /// Text of a simple type.
    Simple(QName),
    Children {
        mixed: bool,
        parts: Vec<Particle>,
    },
}

pub(crate) fn any_type() -> QName {
    QName::new(XSD, "anyType")
}

impl Schema {
    pub(crate) fn base(&self, name: &QName) -> Option<QName> {
        match &self.complex.get(name)?.derivation {
            Derivation::None => Some(any_type()),
            Derivation::Restriction(base) | Derivation::Extension(base) => Some(base.clone()),
        }
    }

    pub(crate) fn content(&self, name: &QName) -> Result<Content, Error> {
        if *name == any_type() {
            return Ok(Content::Any);
        }
        if self.simple.contains_key(name) {
            return Ok(Content::Simple(name.clone()));
        }
        let ty = self
            .complex
            .get(name)
            .ok_or_else(|| Error::Undeclared(name.to_string()))?;
        let explicit = ty.particle.clone().filter(|p| !is_empty(p));
        let own = match (explicit, ty.mixed) {
            (Some(particle), mixed) => Content::Children {
                mixed,
                parts: vec![particle],
            },
            (None, true) => Content::Children {
                mixed: true,
                parts: Vec::new(),
            },
            (None, false) => Content::Empty,
        };
        let Derivation::Extension(base) = &ty.derivation else {
            return Ok(own);
        };
        Ok(match (self.content(base)?, own) {
            (base, Content::Empty) => base,
            (Content::Empty, own) => own,
            (
                Content::Children {
                    mixed: outer,
                    parts: mut all,
                },
                Content::Children { mixed, parts },
            ) => {
                if outer != mixed {
                    return Err(Error::Unhandled(format!(
                        "{name} changes between mixed and not"
                    )));
                }
                all.extend(parts);
                Content::Children { mixed, parts: all }
            }
            _ => {
                return Err(Error::Unhandled(format!(
                    "{name} extends a type that cannot be extended"
                )));
            }
        })
    }

    /// The attributes that a type allows, by name.
    pub(crate) fn attributes_of(&self, name: &QName) -> Result<BTreeMap<QName, Attribute>, Error> {
        let Some(ty) = self.complex.get(name) else {
            return Ok(BTreeMap::new());
        };
        let mut all = match &ty.derivation {
            Derivation::None => BTreeMap::new(),
            Derivation::Restriction(base) | Derivation::Extension(base) => {
                self.attributes_of(base)?
            }
        };
        for own in &ty.attributes {
            if own.prohibited {
                all.remove(&own.name);
                continue;
            }
            let mut own = own.clone();
            if own.ty.is_none() {
                let global = self.attributes.get(&own.name);
                let global = global.ok_or_else(|| Error::Undeclared(own.name.to_string()))?;
                own.ty.clone_from(&global.ty);
                own.fixed = own.fixed.or_else(|| global.fixed.clone());
            }
            all.insert(own.name.clone(), own);
        }
        Ok(all)
    }

    pub(crate) fn element(&self, element: &Element) -> Result<(QName, bool), Error> {
        match &element.ty {
            Some(ty) => Ok((ty.clone(), element.nillable)),
            None => {
                let global = self.elements.get(&element.name);
                let global = global.ok_or_else(|| Error::Undeclared(element.name.to_string()))?;
                let ty = global
                    .ty
                    .clone()
                    .ok_or_else(|| Error::Undeclared(element.name.to_string()))?;
                Ok((ty, global.nillable))
            }
        }
    }

    pub(crate) fn lexical(&self, name: &QName) -> Result<Lexical, Error> {
        if name.ns == XSD {
            return Ok(Lexical::builtin(name.local.clone()));
        }
        let ty = self
            .simple
            .get(name)
            .ok_or_else(|| Error::Undeclared(name.to_string()))?;
        Ok(match ty {
            SimpleType::List { item } => Lexical::List(Box::new(self.lexical(item)?)),
            SimpleType::Union { members } => Lexical::Union(
                members
                    .iter()
                    .map(|m| self.lexical(m))
                    .collect::<Result<_, _>>()?,
            ),
            SimpleType::Restriction { base, facets } => match self.lexical(base)? {
                Lexical::Atom(mut atom) => {
                    atom.restrict(facets);
                    Lexical::Atom(atom)
                }
                other => {
                    return Err(Error::Unhandled(format!(
                        "restriction of {other:?} by {name}"
                    )));
                }
            },
        })
    }
}

fn is_empty(particle: &Particle) -> bool {
    if particle.occurs.max == Some(0) {
        return true;
    }
    match &particle.term {
        Term::Sequence(parts) | Term::Choice(parts) => parts.iter().all(is_empty),
        _ => false,
    }
}

/// A simple type with its derivation flattened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lexical {
    Atom(Atom),
    List(Box<Lexical>),
    Union(Vec<Lexical>),
}

impl Lexical {
    fn builtin(local: String) -> Self {
        let list_of = |item: &str| Self::List(Box::new(Self::builtin(item.to_owned())));
        match local.as_str() {
            "NMTOKENS" => list_of("NMTOKEN"),
            "IDREFS" => list_of("IDREF"),
            _ => Self::Atom(Atom {
                builtin: local,
                ..Atom::default()
            }),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atom {
    pub(crate) builtin: String,
    pub(crate) enumeration: Vec<String>,
    /// A value has to match all of them.
    pub(crate) patterns: Vec<String>,
    pub(crate) min_length: Option<u32>,
    pub(crate) min_inclusive: Option<String>,
    pub(crate) max_inclusive: Option<String>,
}

impl Atom {
    fn restrict(&mut self, facets: &Facets) {
        if !facets.enumeration.is_empty() {
            self.enumeration.clone_from(&facets.enumeration);
            self.enumeration.sort();
            self.enumeration.dedup();
        }
        // Several patterns of one step are alternatives, those of several steps all hold.
        if !facets.patterns.is_empty() {
            self.patterns.push(facets.patterns.join("|"));
        }
        self.min_length = facets.min_length.or(self.min_length);
        self.min_inclusive = facets.min_inclusive.clone().or(self.min_inclusive.take());
        self.max_inclusive = facets.max_inclusive.clone().or(self.max_inclusive.take());
    }
}
