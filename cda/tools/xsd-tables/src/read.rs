//! Reads the schema documents, follows includes and imports.
//!
//! A construct that is not handled stops the generation: better no table than a table that lets something through.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use segur_xml::{Document, Node};

use crate::Error;
use crate::model::{
    Attribute, ComplexType, Derivation, Element, Facets, Occurs, Particle, QName, Schema,
    SimpleType, Term,
};

pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// Imported for the stylesheet around an auto-presentable document only; nothing in a document can refer to it.
const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";

/// Reads `entry` and all that it names.
pub(crate) fn read(entry: &Path) -> Result<Schema, Error> {
    let mut reader = Reader {
        schema: Schema::default(),
        seen: BTreeSet::new(),
    };
    reader.load(entry, None)?;
    Ok(reader.schema)
}

struct Reader {
    schema: Schema,
    seen: BTreeSet<(PathBuf, String)>,
}

/// One schema document under one target namespace (a document without its own takes that of who includes it).
struct File<'a> {
    path: &'a Path,
    target: String,
    qualified_elements: bool,
}

impl File<'_> {
    fn error(&self, node: Node<'_>, what: impl Into<String>) -> Error {
        Error::Schema {
            file: self.path.to_path_buf(),
            line: node.position().line,
            what: what.into(),
        }
    }

    fn qname(&self, node: Node<'_>, text: &str) -> Result<QName, Error> {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        match node.lookup_namespace(Some(prefix).filter(|p| !p.is_empty())) {
            Some(ns) if !ns.is_empty() => Ok(QName::new(ns, local)),
            _ if prefix.is_empty() => Ok(QName::new(self.target.clone(), local)),
            _ => Err(self.error(node, format!("prefix {prefix} is not bound"))),
        }
    }
}

fn attribute(node: Node<'_>, name: &str) -> Option<String> {
    node.attribute(name).map(|v| v.into_owned())
}

fn children<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.elements().filter(|n| !n.is(XSD, "annotation"))
}

impl Reader {
    fn load(&mut self, path: &Path, including: Option<&str>) -> Result<(), Error> {
        let path = path.canonicalize().map_err(|source| Error::Read {
            file: path.to_path_buf(),
            source,
        })?;
        let bytes = std::fs::read(&path).map_err(|source| Error::Read {
            file: path.clone(),
            source,
        })?;
        let doc = Document::parse(&bytes).map_err(|source| Error::Xml {
            file: path.clone(),
            source,
        })?;
        let root = doc.root_element();
        let target = attribute(root, "targetNamespace")
            .or(including.map(str::to_owned))
            .unwrap_or_default();
        if !self.seen.insert((path.clone(), target.clone())) {
            return Ok(());
        }
        let file = File {
            path: &path,
            target,
            qualified_elements: attribute(root, "elementFormDefault").as_deref()
                == Some("qualified"),
        };
        if attribute(root, "attributeFormDefault").is_some_and(|v| v != "unqualified") {
            return Err(file.error(root, "qualified attributes are not handled"));
        }
        for node in children(root) {
            self.top(&file, node)?;
        }
        Ok(())
    }

    fn top(&mut self, file: &File<'_>, node: Node<'_>) -> Result<(), Error> {
        let name = attribute(node, "name").map(|n| QName::new(file.target.clone(), n));
        let named = || name.clone().ok_or_else(|| file.error(node, "no name"));
        match node.local_name() {
            kind @ ("include" | "import") => {
                let location = attribute(node, "schemaLocation")
                    .ok_or_else(|| file.error(node, "no schemaLocation"))?;
                if kind == "import" && attribute(node, "namespace").as_deref() == Some(XSLT) {
                    return Ok(());
                }
                let folder = file.path.parent().unwrap_or(Path::new("."));
                let including = (kind == "include").then_some(file.target.as_str());
                self.load(&folder.join(location), including)?;
            }
            "complexType" => {
                let name = named()?;
                self.complex(file, node, name)?;
            }
            "simpleType" => {
                let name = named()?;
                self.simple(file, node, name)?;
            }
            "element" => {
                let name = named()?;
                let element = self.element(file, node, name.clone())?;
                self.schema.elements.insert(name, element);
            }
            "attribute" => {
                let name = named()?;
                let attribute = self.attribute(file, node, name.clone())?;
                self.schema.attributes.insert(name, attribute);
            }
            "group" => {
                let name = named()?;
                let inner = children(node)
                    .next()
                    .ok_or_else(|| file.error(node, "empty group"))?;
                let particle = self.particle(file, inner)?;
                self.schema.groups.insert(name, particle);
            }
            // The one attribute group is declared, and used by no type.
            "attributeGroup" => {}
            other => return Err(file.error(node, format!("{other} is not handled"))),
        }
        Ok(())
    }

    fn complex(&mut self, file: &File<'_>, node: Node<'_>, name: QName) -> Result<(), Error> {
        let flag = |n: Node<'_>, a| attribute(n, a).as_deref() == Some("true");
        let mut ty = ComplexType {
            derivation: Derivation::None,
            is_abstract: flag(node, "abstract"),
            mixed: flag(node, "mixed"),
            particle: None,
            attributes: Vec::new(),
        };
        if attribute(node, "block")
            .or(attribute(node, "final"))
            .is_some()
        {
            return Err(file.error(node, "block and final are not handled"));
        }
        let mut body = node;
        if let Some(content) = node.child(XSD, "complexContent") {
            ty.mixed |= flag(content, "mixed");
            body = children(content)
                .next()
                .ok_or_else(|| file.error(content, "empty complexContent"))?;
            let base = attribute(body, "base").ok_or_else(|| file.error(body, "no base"))?;
            let base = file.qname(body, &base)?;
            ty.derivation = match body.local_name() {
                "restriction" => Derivation::Restriction(base),
                "extension" => Derivation::Extension(base),
                other => return Err(file.error(body, format!("{other} is not handled"))),
            };
        }
        for child in children(body) {
            match child.local_name() {
                "sequence" | "choice" | "group" => ty.particle = Some(self.particle(file, child)?),
                "attribute" => {
                    let own = attribute(child, "name").map(|n| QName::new("", n));
                    let attribute_name = match (own, attribute(child, "ref")) {
                        (Some(own), None) => own,
                        (None, Some(reference)) => file.qname(child, &reference)?,
                        _ => return Err(file.error(child, "attribute with neither name nor ref")),
                    };
                    ty.attributes
                        .push(self.attribute(file, child, attribute_name)?);
                }
                other => return Err(file.error(child, format!("{other} is not handled"))),
            }
        }
        self.schema.complex.insert(name, ty);
        Ok(())
    }

    fn particle(&mut self, file: &File<'_>, node: Node<'_>) -> Result<Particle, Error> {
        let number = |text: String| {
            text.parse()
                .map_err(|_| file.error(node, format!("occurrence {text} is no number")))
        };
        let min = attribute(node, "minOccurs").map_or(Ok(1), number)?;
        let max = match attribute(node, "maxOccurs") {
            Some(text) if text == "unbounded" => None,
            Some(text) => Some(number(text)?),
            None => Some(1),
        };
        let term = match node.local_name() {
            "sequence" => Term::Sequence(self.particles(file, node)?),
            "choice" => Term::Choice(self.particles(file, node)?),
            "group" => {
                let reference =
                    attribute(node, "ref").ok_or_else(|| file.error(node, "group without ref"))?;
                Term::Group(file.qname(node, &reference)?)
            }
            "any" => {
                let namespace = attribute(node, "namespace");
                let process = attribute(node, "processContents");
                if (namespace.as_deref(), process.as_deref()) != (Some("##other"), Some("skip")) {
                    return Err(file.error(node, "only ##other with skip is handled"));
                }
                Term::AnyOther {
                    target: file.target.clone(),
                }
            }
            "element" => Term::Element(match attribute(node, "ref") {
                Some(reference) => Element {
                    name: file.qname(node, &reference)?,
                    ty: None,
                    nillable: false,
                },
                None => {
                    let local = attribute(node, "name")
                        .ok_or_else(|| file.error(node, "element without name"))?;
                    let ns = if file.qualified_elements {
                        file.target.as_str()
                    } else {
                        ""
                    };
                    self.element(file, node, QName::new(ns, local))?
                }
            }),
            other => return Err(file.error(node, format!("{other} is not handled"))),
        };
        Ok(Particle {
            occurs: Occurs { min, max },
            term,
        })
    }

    fn particles(&mut self, file: &File<'_>, node: Node<'_>) -> Result<Vec<Particle>, Error> {
        children(node)
            .map(|child| self.particle(file, child))
            .collect()
    }

    fn element(&mut self, file: &File<'_>, node: Node<'_>, name: QName) -> Result<Element, Error> {
        for unhandled in [
            "fixed",
            "default",
            "substitutionGroup",
            "abstract",
            "block",
            "final",
            "form",
        ] {
            if attribute(node, unhandled).is_some() {
                return Err(file.error(node, format!("element with {unhandled} is not handled")));
            }
        }
        let ty = match attribute(node, "type") {
            Some(text) => file.qname(node, &text)?,
            None => match children(node).next() {
                Some(inner) => {
                    let anonymous = QName::new(name.ns.clone(), format!("@{}", name.local));
                    match inner.local_name() {
                        "complexType" => self.complex(file, inner, anonymous.clone())?,
                        other => return Err(file.error(inner, format!("{other} is not handled"))),
                    }
                    anonymous
                }
                None => QName::new(XSD, "anyType"),
            },
        };
        Ok(Element {
            name,
            ty: Some(ty),
            nillable: attribute(node, "nillable").as_deref() == Some("true"),
        })
    }

    fn attribute(
        &mut self,
        file: &File<'_>,
        node: Node<'_>,
        name: QName,
    ) -> Result<Attribute, Error> {
        let usage = attribute(node, "use").unwrap_or_default();
        let ty = match attribute(node, "type") {
            Some(text) => Some(file.qname(node, &text)?),
            None => match children(node).next() {
                Some(inner) if inner.is(XSD, "simpleType") => {
                    let line = inner.position().line;
                    let anonymous =
                        QName::new(file.target.clone(), format!("@{}-{line}", name.local));
                    self.simple(file, inner, anonymous.clone())?;
                    Some(anonymous)
                }
                Some(inner) => return Err(file.error(inner, "only simpleType is handled here")),
                None => None,
            },
        };
        Ok(Attribute {
            name,
            ty,
            required: usage == "required",
            prohibited: usage == "prohibited",
            fixed: attribute(node, "fixed"),
        })
    }

    fn simple(&mut self, file: &File<'_>, node: Node<'_>, name: QName) -> Result<(), Error> {
        let body = children(node)
            .next()
            .ok_or_else(|| file.error(node, "empty simpleType"))?;
        let names = |attribute_name: &str| -> Result<Vec<QName>, Error> {
            let text = attribute(body, attribute_name)
                .ok_or_else(|| file.error(body, format!("no {attribute_name}")))?;
            text.split_ascii_whitespace()
                .map(|n| file.qname(body, n))
                .collect()
        };
        let one = |attribute_name: &str| -> Result<QName, Error> {
            names(attribute_name)?
                .pop()
                .ok_or_else(|| file.error(body, format!("empty {attribute_name}")))
        };
        let ty = match body.local_name() {
            "list" => SimpleType::List {
                item: one("itemType")?,
            },
            "union" => SimpleType::Union {
                members: names("memberTypes")?,
            },
            "restriction" => {
                let mut facets = Facets::default();
                for facet in children(body) {
                    let value = attribute(facet, "value").unwrap_or_default();
                    match facet.local_name() {
                        "enumeration" => facets.enumeration.push(value),
                        "pattern" => facets.patterns.push(value),
                        "minLength" => {
                            facets.min_length =
                                Some(value.parse().map_err(|_| file.error(facet, "no number"))?);
                        }
                        "minInclusive" => facets.min_inclusive = Some(value),
                        "maxInclusive" => facets.max_inclusive = Some(value),
                        other => {
                            return Err(file.error(facet, format!("facet {other} is not handled")));
                        }
                    }
                }
                SimpleType::Restriction {
                    base: one("base")?,
                    facets,
                }
            }
            other => return Err(file.error(body, format!("{other} is not handled"))),
        };
        self.schema.simple.insert(name, ty);
        Ok(())
    }
}
