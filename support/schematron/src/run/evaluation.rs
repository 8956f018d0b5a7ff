//! Expressions and patterns on a node, with the variables of a run.

use crate::xpath::{
    DynamicContext, Expr, Item, NodeRef, Pattern, Run, Sequence, Variables, XPathError,
};

/// What expressions of a run are evaluated with.
#[derive(Clone, Copy)]
pub(crate) struct Evaluation<'r, 'd> {
    pub(crate) run: &'r Run<'d>,
    pub(crate) variables: &'r dyn Variables<'d>,
}

impl<'d> Evaluation<'_, 'd> {
    /// The value of an expression on a node.
    pub(crate) fn value(&self, expr: &Expr, node: NodeRef<'d>) -> Result<Sequence<'d>, XPathError> {
        let item = Some(Item::Node(node));
        expr.eval(&DynamicContext::new(self.run, &item).with_variables(self.variables))
    }

    /// The effective boolean value of an expression on a node.
    pub(crate) fn truth(&self, expr: &Expr, node: NodeRef<'d>) -> Result<bool, XPathError> {
        let item = Some(Item::Node(node));
        expr.eval_bool(&DynamicContext::new(self.run, &item).with_variables(self.variables))
    }

    /// Whether a pattern matches a node.
    pub(crate) fn matches(&self, pattern: &Pattern, node: NodeRef<'d>) -> Result<bool, XPathError> {
        let item = Some(Item::Node(node));
        pattern.matches(
            node,
            &DynamicContext::new(self.run, &item).with_variables(self.variables),
        )
    }
}
