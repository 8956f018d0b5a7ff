//! Type names.

use super::Compiler;
use super::info::Typed;
use crate::xpath::ast::{Ast, ItemTypeAst, KindTestAst, NameTestAst, QName, SequenceTypeAst};
use crate::xpath::document::NodeKind;
use crate::xpath::error::XPathError;
use crate::xpath::functions::Returns;
use crate::xpath::ir::{Ir, NodeTest};
use crate::xpath::static_context::XS;
use crate::xpath::types::{AtomicType, ItemType, SequenceType};

impl Compiler<'_> {
    pub(super) fn instance_of(
        &mut self,
        operand: &Ast<'_>,
        target: &SequenceTypeAst<'_>,
    ) -> Result<Typed, XPathError> {
        let operand = self.operand(operand)?;
        let target = self.sequence_type(target)?;
        let ir = Ir::InstanceOf(Box::new(operand.ir), target);
        Ok(Typed::value(ir, Returns::Boolean, operand.deps))
    }

    pub(super) fn treat_as(
        &mut self,
        operand: &Ast<'_>,
        target: &SequenceTypeAst<'_>,
        at: usize,
    ) -> Result<Typed, XPathError> {
        let operand = self.operand(operand)?;
        let target = self.sequence_type(target)?;
        let ir = Ir::TreatAs(Box::new(operand.ir), target, at);
        Ok(Typed {
            ir,
            costly: false,
            ..operand
        })
    }

    pub(super) fn cast(
        &mut self,
        operand: &Ast<'_>,
        name: QName<'_>,
        optional: bool,
        test: bool,
        at: usize,
    ) -> Result<Typed, XPathError> {
        let operand = self.operand(operand)?;
        let target = self.atomic_type(name, at)?;
        if target == AtomicType::AnyAtomic {
            return Err(XPathError::new(
                "XPST0080",
                "xs:anyAtomicType n'est pas un type où convertir",
                "xs:anyAtomicType is no type to convert to",
            )
            .at(at));
        }
        let prefixes = self.prefixes();
        let (ir, returns) = if test {
            let ir = Ir::Castable(Box::new(operand.ir), target, optional, prefixes);
            (ir, Returns::Boolean)
        } else {
            let ir = Ir::Cast(Box::new(operand.ir), target, optional, at, prefixes);
            (ir, returned_by(target))
        };
        Ok(Typed::value(ir, returns, operand.deps))
    }

    /// A constructor function such as `xs:decimal(x)`.
    pub(super) fn constructor(
        &mut self,
        name: QName<'_>,
        argument: &Ast<'_>,
        at: usize,
    ) -> Result<Typed, XPathError> {
        self.cast(argument, name, true, false, at)
    }

    fn sequence_type(&mut self, ast: &SequenceTypeAst<'_>) -> Result<SequenceType, XPathError> {
        let item = match &ast.item {
            None => None,
            Some(ItemTypeAst::Item) => Some(ItemType::Item),
            Some(ItemTypeAst::Kind(KindTestAst::Document(Some(name)))) => Some(
                ItemType::DocumentOf(self.named(NodeKind::Element, *name, ast.at)?),
            ),
            Some(ItemTypeAst::Kind(test)) => Some(ItemType::Node(self.kind_test(test, ast.at)?)),
            Some(ItemTypeAst::Atomic(name)) => {
                let target = self.atomic_type(*name, ast.at)?;
                if target.is_forgotten() {
                    return Err(unsupported_type(target.name()).at(ast.at));
                }
                Some(ItemType::Atomic(target))
            }
        };
        Ok(SequenceType {
            item,
            occurrence: ast.occurrence,
        })
    }

    fn atomic_type(&self, name: QName<'_>, at: usize) -> Result<AtomicType, XPathError> {
        let uri = match name.prefix {
            None => self.context.element_namespace().to_owned(),
            Some(prefix) => self.prefix(prefix, at)?,
        };
        let found = if uri == XS {
            AtomicType::from_name(name.local)
        } else {
            None
        };
        found.ok_or_else(|| unsupported_type(name.local).at(at))
    }

    pub(super) fn kind_test(
        &self,
        test: &KindTestAst<'_>,
        at: usize,
    ) -> Result<NodeTest, XPathError> {
        Ok(match test {
            KindTestAst::Node => NodeTest::Any,
            KindTestAst::Text => NodeTest::Kind(NodeKind::Text),
            KindTestAst::Comment => NodeTest::Kind(NodeKind::Comment),
            KindTestAst::Instruction(None) => NodeTest::Kind(NodeKind::Instruction),
            KindTestAst::Instruction(Some(name)) => NodeTest::Instruction(name.as_str().into()),
            KindTestAst::Element(name) => self.named(NodeKind::Element, *name, at)?,
            KindTestAst::Attribute(name) => self.named(NodeKind::Attribute, *name, at)?,
            KindTestAst::Document(None) => NodeTest::Kind(NodeKind::Document),
            KindTestAst::Document(Some(_)) => {
                return Err(XPathError::new(
                    "XPST0017",
                    "document-node(element(…)) comme étape : ce moteur ne l'a pas",
                    "document-node(element(…)) as a step: not in this engine",
                )
                .at(at));
            }
        })
    }

    fn named(
        &self,
        kind: NodeKind,
        name: Option<NameTestAst<'_>>,
        at: usize,
    ) -> Result<NodeTest, XPathError> {
        match name {
            None => Ok(NodeTest::AnyName(kind)),
            Some(name) => self.name_test(name, kind, at),
        }
    }

    pub(super) fn name_test(
        &self,
        test: NameTestAst<'_>,
        kind: NodeKind,
        at: usize,
    ) -> Result<NodeTest, XPathError> {
        Ok(match test {
            NameTestAst::Any => NodeTest::AnyName(kind),
            NameTestAst::AnyPrefix(local) => NodeTest::Local(kind, local.into()),
            NameTestAst::AnyLocal(prefix) => {
                NodeTest::Namespace(kind, self.prefix(prefix, at)?.into())
            }
            NameTestAst::Name(QName { prefix, local }) => {
                let uri = match prefix {
                    Some(prefix) => self.prefix(prefix, at)?,
                    None if kind == NodeKind::Element => {
                        self.context.element_namespace().to_owned()
                    }
                    None => String::new(),
                };
                let pool = self.context.pool();
                NodeTest::Name(kind, pool.intern(&uri, local), std::sync::Arc::clone(pool))
            }
        })
    }
}

fn returned_by(target: AtomicType) -> Returns {
    match target {
        AtomicType::Boolean => Returns::Boolean,
        AtomicType::Decimal | AtomicType::Float | AtomicType::Double => Returns::Number,
        t if t.bounds().is_some() => Returns::Number,
        AtomicType::String | AtomicType::Untyped | AtomicType::AnyUri => Returns::Text,
        _ => Returns::Unknown,
    }
}

fn unsupported_type(name: &str) -> XPathError {
    XPathError::new(
        "XPST0051",
        format!("type « {name} » inconnu, ou que ce moteur ne traite pas ici"),
        format!("type `{name}` unknown, or not handled here by this engine"),
    )
}
