//! XPath 2.0 over [`segur_xml`] trees, as Schematron with the `xslt2` query binding uses it.
//!
//! Written after XPath 2.0 (second edition, 14 December 2010), its function library and the match
//! patterns of XSLT 2.0, without schema: attributes and elements hold untyped values. What the
//! engine lacks is an error with a code, never a guess.
//!
//! # What it lacks
//!
//! | asked for | answer |
//! |---|---|
//! | schema-aware tests (`schema-element()`, `element(n, type)`) | `XPST0008` |
//! | `xs:gYear` and its kin, `xs:hexBinary`, `xs:base64Binary`, user types | `XPST0051` |
//! | `instance of` a restricted type such as `xs:int` (values keep `xs:integer` only) | `XPST0051` |
//! | `key()`, `id()`, `idref()`, `format-number()`, `format-date()`, `normalize-unicode()`, `resolve-uri()`, `collection()`, `current-dateTime()` and other clocks | `XPST0017` |
//! | a second argument of `document()`; addresses with a fragment | `XPST0017`, `FODC0005` |
//! | collations other than code points | `FOCH0002` |
//! | back-references and rarer Unicode blocks in regular expressions | `FORX0002` |
//! | integers and decimals past 38 digits | `FOAR0002` |
//! | patterns with other axes than child, attribute, descendant, self | `XTSE0340` |
//! | more than 50 levels of nesting, 256 KiB of text, the [`Run`]'s fuel | `SEGURLIMIT`, `SEGURFUEL` |
//!
//! Times without a zone are read as UTC. Decimals keep 28 digits after the point, divisions 18.
//! The regular expression engine takes the first alternative that matches, in linear time.
//!
//! An [`Expr`] or [`Pattern`] is compiled once against a [`StaticContext`] and shared by threads.
//! A [`Run`] belongs to one validation of one [`IndexedDocument`].
//!
//! ```
//! use segur_schematron::xpath::{
//!     DynamicContext, Expr, IndexedDocument, Item, NamePool, Run, StaticContext,
//! };
//!
//! let pool = NamePool::new();
//! let mut context = StaticContext::new(pool.clone());
//! context.namespace("cda", "urn:hl7-org:v3");
//! let expr = Expr::compile("count(cda:section[@classCode = 'DOCSECT']) = 1", &context)?;
//!
//! let tree = segur_xml::Document::parse(
//!     br#"<body xmlns="urn:hl7-org:v3"><section classCode="DOCSECT"/></body>"#,
//! )?;
//! let document = IndexedDocument::new(&tree, &pool);
//! let run = Run::new(&document);
//! let item = document.node(tree.root_element()).map(Item::Node);
//! assert!(expr.eval_bool(&DynamicContext::new(&run, &item))?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arithmetic;
pub(crate) mod ast;
mod cast;
mod compare;
mod compile;
mod datetime;
mod decimal;
pub(crate) mod document;
mod error;
mod eval;
mod functions;
pub(crate) mod index;
mod ir;
mod lexer;
pub(crate) mod names;
mod number;
pub(crate) mod parser;
mod pattern;
mod regex_cache;
mod regex_syntax;
mod run;
mod static_context;
mod store;
mod text;
mod types;
mod value;

use std::borrow::Cow;

pub use self::datetime::{Duration, DurationKind, Moment, MomentKind};
pub use self::decimal::Decimal;
pub use self::document::{IndexedDocument, NodeKind, NodeRef};
pub use self::error::XPathError;
pub use self::names::NamePool;
pub use self::pattern::{Alternative, NameKey, Pattern, RequiredValue};
pub use self::run::{
    DEFAULT_FUEL, DEFAULT_MAX_ITEMS, Documents, DynamicContext, NoVariables, Run, Variables,
};
pub use self::static_context::StaticContext;
pub use self::store::{DocumentStore, Loader};
pub use self::text::Text;
pub use self::value::{Atomic, ExpandedName, Item, Sequence};

use self::eval::{Cx, Focus};
use self::ir::Ir;

/// A compiled expression. `Send + Sync`.
#[derive(Debug)]
pub struct Expr {
    ir: Ir,
    variables: Vec<u32>,
    uses_context: bool,
}

impl Expr {
    /// Compiles an expression.
    ///
    /// # Errors
    /// `XPST0003` for a fault of syntax, `XPST0008` for an unknown variable, `XPST0017` for an
    /// unknown function, `XPST0081` for an unknown prefix, `SEGURLIMIT` when it is too long or
    /// nested too deep; always with the offset.
    pub fn compile(source: &str, context: &StaticContext) -> Result<Self, XPathError> {
        let ast = parser::parse(source)?;
        let compiled = compile::compile(source, &ast, context)?;
        Ok(Self {
            ir: compiled.ir,
            variables: compiled.globals,
            uses_context: compiled.reads_context || compiled.reads_current,
        })
    }

    /// Slots of the front-end variables that the expression reads.
    #[must_use]
    pub fn variables(&self) -> &[u32] {
        &self.variables
    }

    /// Whether the value depends on the context item.
    #[must_use]
    pub fn uses_context(&self) -> bool {
        self.uses_context
    }

    /// The value.
    ///
    /// # Errors
    /// Dynamic errors of XPath (`XPTY0004`, `FORG0001` …) and the bounds of the run.
    pub fn eval<'d>(&self, context: &DynamicContext<'_, 'd>) -> Result<Sequence<'d>, XPathError> {
        Cx::new(context).eval(&self.ir, &focus(context))
    }

    /// The effective boolean value: what `assert/@test` asks for.
    ///
    /// # Errors
    /// As [`Expr::eval`], and `FORG0006` for a value that is neither true nor false.
    pub fn eval_bool(&self, context: &DynamicContext<'_, '_>) -> Result<bool, XPathError> {
        Cx::new(context).truth(&self.ir, &focus(context))
    }

    /// The items as text, a space between two: what `value-of/@select` prints.
    ///
    /// # Errors
    /// As [`Expr::eval`].
    pub fn eval_string(&self, context: &DynamicContext<'_, '_>) -> Result<String, XPathError> {
        self.eval(context).map(|value| value.joined())
    }

    /// The value as nodes.
    ///
    /// # Errors
    /// As [`Expr::eval`], and `XPTY0004` when an item is no node.
    pub fn eval_nodes<'d>(
        &self,
        context: &DynamicContext<'_, 'd>,
    ) -> Result<Vec<NodeRef<'d>>, XPathError> {
        let value = self.eval(context)?;
        value
            .iter()
            .map(|item| {
                item.as_node().ok_or_else(|| {
                    XPathError::type_error(
                        Cow::Borrowed("des nœuds sont attendus, pas des valeurs"),
                        Cow::Borrowed("nodes are expected, not values"),
                    )
                })
            })
            .collect()
    }
}

fn focus<'d>(context: &DynamicContext<'_, 'd>) -> Focus<'d> {
    Focus {
        item: context.item.clone(),
        position: 1,
        size: 1,
    }
}
