//! Reads a schema and what it includes.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use segur_xml::{Document, Limits, Node, NodeKind};

use super::expand;
use super::model::{At, Model};
use super::raw::{
    RawCheck, RawExpr, RawItem, RawLet, RawNote, RawPart, RawPattern, RawPhase, RawRule, RawSchema,
};
use crate::error::{Place, SchemaError};
use crate::source::{Source, join};

const SCH: &str = "http://purl.oclc.org/dsdl/schematron";
const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";
const MAX_INCLUDE_DEPTH: usize = 64;

/// What the loader accepts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LoadOptions {
    /// Limits of the XML reader, for each file.
    pub limits: Limits,
    /// Greatest number of files of one schema. Default: 10,000.
    pub max_files: usize,
    /// Greatest number of checks (assert or report) after expansion. Default: 200,000.
    pub max_checks: usize,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            max_files: 10_000,
            max_checks: 200_000,
        }
    }
}

/// Reads `name` and everything it includes, and resolves it.
pub(crate) fn load(
    source: &dyn Source,
    name: &str,
    options: &LoadOptions,
) -> Result<Model, SchemaError> {
    let mut loader = Loader {
        source,
        options,
        files: Vec::new(),
        cache: FxHashMap::default(),
        stack: vec![name.to_owned()],
    };
    let raw = loader.schema(name)?;
    expand::expand(raw, options)
}

type Visit<'v, 's> = &'v mut dyn FnMut(&mut Loader<'s>, Node<'_>, u32) -> Result<(), SchemaError>;

struct Loader<'s> {
    source: &'s dyn Source,
    options: &'s LoadOptions,
    files: Vec<String>,
    cache: FxHashMap<String, (u32, Arc<Document>)>,
    /// `file#fragment` of the includes that are open, to find circles.
    stack: Vec<String>,
}

impl<'s> Loader<'s> {
    fn at(node: Node<'_>, file: u32) -> At {
        let position = node.position();
        At {
            file,
            line: position.line,
            column: position.column,
        }
    }

    fn place(&self, at: At) -> Place {
        Place::new(
            self.files.get(at.file as usize).map_or("", String::as_str),
            at.line,
            at.column,
        )
    }

    fn document(
        &mut self,
        name: &str,
        place: Place,
        href: &str,
    ) -> Result<(u32, Arc<Document>), SchemaError> {
        if let Some((file, document)) = self.cache.get(name) {
            return Ok((*file, Arc::clone(document)));
        }
        if self.files.len() >= self.options.max_files {
            let limit = self.options.max_files;
            return Err(SchemaError::TooLarge {
                place,
                what: "files",
                limit,
            });
        }
        let bytes = self
            .source
            .read(name)
            .map_err(|error| SchemaError::Missing {
                place,
                href: href.to_owned(),
                reason: error.to_string(),
            })?;
        let document = Document::parse_with(&bytes, &self.options.limits).map_err(|source| {
            SchemaError::Xml {
                file: name.to_owned(),
                source,
            }
        })?;
        let document = Arc::new(document);
        let file = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(name.to_owned());
        self.cache
            .insert(name.to_owned(), (file, Arc::clone(&document)));
        Ok((file, document))
    }

    /// Opens `href#fragment` and gives its target to `visit`; refuses circles.
    fn follow(
        &mut self,
        from: Node<'_>,
        file: u32,
        visit: &mut dyn FnMut(&mut Self, Node<'_>, u32) -> Result<(), SchemaError>,
    ) -> Result<(), SchemaError> {
        let at = Self::at(from, file);
        let place = self.place(at);
        let href = required(from, "href", &place)?;
        let (path, fragment) = href.split_once('#').unwrap_or((&href, ""));
        let base = self.files.get(file as usize).cloned().unwrap_or_default();
        let name = if path.is_empty() {
            Some(base)
        } else {
            join(&base, path)
        };
        let name = name.ok_or_else(|| SchemaError::Missing {
            place: place.clone(),
            href: href.clone(),
            reason: "not a relative path inside the schema's folder".to_owned(),
        })?;
        let key = if fragment.is_empty() {
            name.clone()
        } else {
            format!("{name}#{fragment}")
        };
        if self.stack.contains(&key) || self.stack.len() >= MAX_INCLUDE_DEPTH {
            let mut chain = self.stack.join(" → ");
            chain.push_str(" → ");
            chain.push_str(&key);
            return Err(SchemaError::Cycle { place, chain });
        }
        let (target_file, document) = self.document(&name, place.clone(), &href)?;
        let root = document.root_element();
        let target = if fragment.is_empty() {
            root
        } else {
            std::iter::once(root)
                .chain(root.descendants())
                .find(|n| n.attribute("id").as_deref() == Some(fragment))
                .ok_or_else(|| SchemaError::Unknown {
                    place,
                    kind: "element",
                    name: href.clone(),
                })?
        };
        self.stack.push(key);
        let result = visit(self, target, target_file);
        self.stack.pop();
        result
    }

    /// Gives each Schematron child to `visit`, includes replaced by what they include.
    fn children(
        &mut self,
        parent: Node<'_>,
        file: u32,
        visit: Visit<'_, 's>,
    ) -> Result<(), SchemaError> {
        for child in parent.elements() {
            self.child(child, file, visit)?;
        }
        Ok(())
    }

    fn child(
        &mut self,
        child: Node<'_>,
        file: u32,
        visit: Visit<'_, 's>,
    ) -> Result<(), SchemaError> {
        match child.namespace() {
            SCH if child.local_name() == "include" => {
                self.follow(child, file, &mut |me, target, file| {
                    let place = me.place(Self::at(target, file));
                    if target.is(SCH, "schema") {
                        return Err(SchemaError::Unexpected {
                            place,
                            expected: "a part of a schema",
                            found: "schema".to_owned(),
                        });
                    }
                    if target.namespace() == SCH {
                        me.child(target, file, visit)
                    } else {
                        me.children(target, file, visit)
                    }
                })
            }
            SCH => visit(self, child, file),
            XSLT => Err(SchemaError::Unsupported {
                place: self.place(Self::at(child, file)),
                what: format!("the XSLT element <{}>", child.local_name()),
            }),
            _ => Ok(()),
        }
    }

    fn schema(&mut self, name: &str) -> Result<RawSchema, SchemaError> {
        let (file, document) = self.document(name, Place::file(name), name)?;
        let root = document.root_element();
        let place = self.place(Self::at(root, file));
        if !root.is(SCH, "schema") {
            return Err(SchemaError::Unexpected {
                place,
                expected: "<schema> of ISO Schematron (http://purl.oclc.org/dsdl/schematron)",
                found: root.local_name().to_owned(),
            });
        }
        let query_binding = text_attribute(root, "queryBinding").unwrap_or_default();
        if !matches!(
            query_binding.to_ascii_lowercase().as_str(),
            "xslt2" | "xpath2"
        ) {
            return Err(SchemaError::Unsupported {
                place,
                what: format!(
                    "queryBinding `{}` (xslt2 and xpath2 are)",
                    if query_binding.is_empty() {
                        "xslt"
                    } else {
                        &query_binding
                    }
                ),
            });
        }
        let mut raw = RawSchema {
            id: text_attribute(root, "id"),
            schema_version: text_attribute(root, "schemaVersion"),
            default_phase: text_attribute(root, "defaultPhase"),
            query_binding,
            ..RawSchema::default()
        };
        self.children(root, file, &mut |me, child, file| {
            let place = || me.place(Self::at(child, file));
            match child.local_name() {
                "title" => raw.title = Some(collapse(&child.string_value())),
                "ns" => {
                    let prefix = required(child, "prefix", &place())?;
                    let uri = required(child, "uri", &place())?;
                    raw.namespaces.push((prefix, uri));
                }
                "let" => raw.lets.push(me.lets(child, file)?),
                "phase" => raw.phases.push(me.phase(child, file)?),
                "pattern" => raw.patterns.push(me.pattern(child, file)?),
                "rules" => {
                    let library = &mut raw.library;
                    me.children(child, file, &mut |me, rule, file| {
                        if rule.local_name() == "rule" {
                            library.push(me.rule(rule, file)?);
                        }
                        Ok(())
                    })?;
                }
                "diagnostics" => me.notes(child, file, "diagnostic", &mut raw.diagnostics)?,
                "properties" => me.notes(child, file, "property", &mut raw.properties)?,
                _ => {}
            }
            Ok(())
        })?;
        raw.files.clone_from(&self.files);
        Ok(raw)
    }

    fn notes(
        &mut self,
        parent: Node<'_>,
        file: u32,
        element: &str,
        out: &mut Vec<RawNote>,
    ) -> Result<(), SchemaError> {
        self.children(parent, file, &mut |me, child, file| {
            if child.local_name() == element {
                let place = me.place(Self::at(child, file));
                out.push(RawNote {
                    id: required(child, "id", &place)?,
                    role: text_attribute(child, "role"),
                    see: text_attribute(child, "see"),
                    scheme: text_attribute(child, "scheme"),
                    message: message(child, file),
                });
            }
            Ok(())
        })
    }

    fn phase(&mut self, el: Node<'_>, file: u32) -> Result<RawPhase, SchemaError> {
        let place = self.place(Self::at(el, file));
        let mut phase = RawPhase {
            id: required(el, "id", &place)?,
            ..RawPhase::default()
        };
        self.children(el, file, &mut |me, child, file| {
            let at = Self::at(child, file);
            match child.local_name() {
                "active" => {
                    phase
                        .active
                        .push((required(child, "pattern", &me.place(at))?, at));
                }
                "let" => phase.lets.push(me.lets(child, file)?),
                _ => {}
            }
            Ok(())
        })?;
        Ok(phase)
    }

    fn pattern(&mut self, el: Node<'_>, file: u32) -> Result<RawPattern, SchemaError> {
        let mut pattern = RawPattern {
            id: text_attribute(el, "id"),
            is_abstract: flag(el, "abstract"),
            is_a: text_attribute(el, "is-a"),
            role: text_attribute(el, "role"),
            documents: expression(el, "documents", file),
            at: Self::at(el, file),
            ..RawPattern::default()
        };
        self.children(el, file, &mut |me, child, file| {
            match child.local_name() {
                "title" => pattern.title = Some(collapse(&child.string_value())),
                "let" => pattern.lets.push(me.lets(child, file)?),
                "rule" => pattern.rules.push(me.rule(child, file)?),
                "param" => {
                    let place = me.place(Self::at(child, file));
                    let name = required(child, "name", &place)?;
                    let value = child.attribute("value").unwrap_or_default().into_owned();
                    pattern.params.push((name, value));
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(pattern)
    }

    fn rule(&mut self, el: Node<'_>, file: u32) -> Result<RawRule, SchemaError> {
        let at = Self::at(el, file);
        let mut rule = RawRule {
            is_abstract: flag(el, "abstract"),
            context: expression(el, "context", file),
            id: text_attribute(el, "id"),
            role: text_attribute(el, "role").or_else(|| text_attribute(el, "severity")),
            flag: text_attribute(el, "flag"),
            see: text_attribute(el, "see"),
            fpi: text_attribute(el, "fpi"),
            subject: expression(el, "subject", file),
            items: Vec::new(),
        };
        if rule.context.is_none() && !rule.is_abstract {
            return Err(SchemaError::Incomplete {
                place: self.place(at),
                element: "rule".to_owned(),
                what: "the attribute context (or abstract=\"true\")",
            });
        }
        self.items(el, file, &mut rule.items)?;
        Ok(rule)
    }

    fn items(
        &mut self,
        el: Node<'_>,
        file: u32,
        items: &mut Vec<RawItem>,
    ) -> Result<(), SchemaError> {
        self.children(el, file, &mut |me, child, file| {
            match child.local_name() {
                "let" => items.push(RawItem::Let(me.lets(child, file)?)),
                "assert" => items.push(RawItem::Check(Box::new(me.check(child, file, false)?))),
                "report" => items.push(RawItem::Check(Box::new(me.check(child, file, true)?))),
                "extends" if child.attribute("href").is_some() => {
                    me.follow(child, file, &mut |me, target, file| {
                        me.items(target, file, items)
                    })?;
                }
                "extends" => {
                    let at = Self::at(child, file);
                    items.push(RawItem::Extends(
                        required(child, "rule", &me.place(at))?,
                        at,
                    ));
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn check(&mut self, el: Node<'_>, file: u32, report: bool) -> Result<RawCheck, SchemaError> {
        let at = Self::at(el, file);
        let test = expression(el, "test", file).ok_or_else(|| SchemaError::Incomplete {
            place: self.place(at),
            element: el.local_name().to_owned(),
            what: "the attribute test",
        })?;
        let list = |name| {
            text_attribute(el, name)
                .map(|v| v.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default()
        };
        Ok(RawCheck {
            report,
            test,
            id: text_attribute(el, "id"),
            role: text_attribute(el, "role").or_else(|| text_attribute(el, "severity")),
            flag: text_attribute(el, "flag"),
            see: text_attribute(el, "see"),
            fpi: text_attribute(el, "fpi"),
            subject: expression(el, "subject", file),
            diagnostics: list("diagnostics"),
            properties: list("properties"),
            message: message(el, file),
            at,
        })
    }

    fn lets(&self, el: Node<'_>, file: u32) -> Result<RawLet, SchemaError> {
        let place = self.place(Self::at(el, file));
        // Published schemas carry names with blanks around; XSLT trims them.
        let name = required(el, "name", &place)?.trim().to_owned();
        let value = expression(el, "value", file).ok_or_else(|| el.string_value().into_owned());
        if value.is_err() && el.elements().next().is_some() {
            return Err(SchemaError::Unsupported {
                place,
                what: "a let whose value is made of elements".to_owned(),
            });
        }
        Ok(RawLet { name, value })
    }
}

fn text_attribute(el: Node<'_>, name: &str) -> Option<String> {
    let value = el.attribute(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn required(el: Node<'_>, name: &'static str, place: &Place) -> Result<String, SchemaError> {
    text_attribute(el, name).ok_or_else(|| SchemaError::Incomplete {
        place: place.clone(),
        element: el.local_name().to_owned(),
        what: match name {
            "href" => "the attribute href",
            "id" => "the attribute id",
            "name" => "the attribute name",
            "pattern" => "the attribute pattern",
            "prefix" => "the attribute prefix",
            "uri" => "the attribute uri",
            "rule" => "the attribute rule or href",
            _ => "one more attribute",
        },
    })
}

fn flag(el: Node<'_>, name: &str) -> bool {
    matches!(
        el.attribute(name).as_deref().map(str::trim),
        Some("true" | "1")
    )
}

fn expression(el: Node<'_>, name: &str, file: u32) -> Option<RawExpr> {
    let attribute = el.attribute_node("", name)?;
    let position = attribute.position();
    Some(RawExpr {
        text: attribute.value().into_owned(),
        at: At {
            file,
            line: position.line,
            column: position.column,
        },
    })
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn message(el: Node<'_>, file: u32) -> Vec<RawPart> {
    let mut out = Vec::new();
    message_into(el, file, &mut out);
    out
}

/// Depth is bounded by the XML reader's.
fn message_into(el: Node<'_>, file: u32, out: &mut Vec<RawPart>) {
    for child in el.children() {
        match child.kind() {
            NodeKind::Text => push_text(out, &child.text().unwrap_or_default()),
            NodeKind::Element if child.is(SCH, "value-of") => {
                let at = Loader::at(child, file);
                let select = expression(child, "select", file).unwrap_or_else(|| RawExpr {
                    text: ".".to_owned(),
                    at,
                });
                out.push(RawPart::Value(select));
            }
            NodeKind::Element if child.is(SCH, "name") => {
                let at = Loader::at(child, file);
                push_text(out, " ");
                out.push(RawPart::Name(expression(child, "path", file), at));
                push_text(out, " ");
            }
            NodeKind::Element => {
                let rich = child.namespace() == SCH;
                if rich {
                    push_text(out, " ");
                }
                message_into(child, file, out);
                if rich {
                    push_text(out, " ");
                }
            }
            _ => {}
        }
    }
}

fn push_text(out: &mut Vec<RawPart>, text: &str) {
    match out.last_mut() {
        Some(RawPart::Text(last)) => last.push_str(text),
        _ => out.push(RawPart::Text(text.to_owned())),
    }
}
