//! Ways from node to node. None recurses.

use crate::data::NONE;
use crate::document::Document;
use crate::node::Node;

impl<'a> Node<'a> {
    /// The parent; nothing for the document.
    pub fn parent(&self) -> Option<Node<'a>> {
        self.other(self.data().parent)
    }

    /// The first child of any kind.
    pub fn first_child(&self) -> Option<Node<'a>> {
        self.other(self.data().first_child)
    }

    /// The last child of any kind.
    pub fn last_child(&self) -> Option<Node<'a>> {
        let first = self.first_child()?;
        self.other(first.data().prev).or(Some(first))
    }

    /// The next child of the same parent.
    pub fn next_sibling(&self) -> Option<Node<'a>> {
        self.other(self.data().next)
    }

    /// The child of the same parent before this one.
    pub fn previous_sibling(&self) -> Option<Node<'a>> {
        let parent = self.parent()?;
        if parent.data().first_child == self.id {
            None
        } else {
            self.other(self.data().prev)
        }
    }

    /// The children of any kind, from both ends.
    pub fn children(&self) -> Children<'a> {
        Children {
            doc: self.doc,
            front: self.first_child(),
            back: self.last_child(),
        }
    }

    /// The children that are elements, from both ends.
    pub fn elements(&self) -> Elements<'a> {
        Elements(self.children())
    }

    /// The first child element of that namespace (`""` is none) and local name.
    pub fn child(&self, namespace: &str, local: &str) -> Option<Node<'a>> {
        self.elements().find(|node| node.is(namespace, local))
    }

    /// The child elements of that namespace (`""` is none) and local name.
    pub fn children_named<'n>(&self, namespace: &'n str, local: &'n str) -> ChildrenNamed<'a, 'n> {
        ChildrenNamed {
            elements: self.elements(),
            namespace,
            local,
            hit: NONE,
        }
    }

    /// The parent, its parent and so on up to the document.
    pub fn ancestors(&self) -> Ancestors<'a> {
        Ancestors {
            next: self.parent(),
        }
    }

    /// Everything below, in document order; the node itself and attributes are not among it.
    pub fn descendants(&self) -> Descendants<'a> {
        Descendants {
            top: *self,
            next: self.first_child(),
        }
    }

    /// The next node in document order that is not below this one.
    fn after(self, top: Node<'a>) -> Option<Node<'a>> {
        let mut node = self;
        while node != top {
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
        }
        None
    }
}

/// See [`Node::children`].
#[derive(Debug, Clone)]
pub struct Children<'a> {
    doc: &'a Document,
    front: Option<Node<'a>>,
    back: Option<Node<'a>>,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        let node = self.front?;
        if self.back.map(|back| back.id) == Some(node.id) {
            self.front = None;
            self.back = None;
        } else {
            self.front = Node {
                doc: self.doc,
                id: node.id,
            }
            .next_sibling();
        }
        Some(node)
    }
}

impl DoubleEndedIterator for Children<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let node = self.back?;
        if self.front.map(|front| front.id) == Some(node.id) {
            self.front = None;
            self.back = None;
        } else {
            self.back = node.previous_sibling();
        }
        Some(node)
    }
}

/// See [`Node::elements`].
#[derive(Debug, Clone)]
pub struct Elements<'a>(Children<'a>);

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        self.0.find(Node::is_element)
    }
}

impl DoubleEndedIterator for Elements<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.rfind(Node::is_element)
    }
}

/// See [`Node::children_named`].
#[derive(Debug, Clone)]
pub struct ChildrenNamed<'a, 'n> {
    elements: Elements<'a>,
    namespace: &'n str,
    local: &'n str,
    /// The id of the name, once one was found: siblings often share it.
    hit: u32,
}

impl<'a> Iterator for ChildrenNamed<'a, '_> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        loop {
            let node = self.elements.next()?;
            let name = node.data().name;
            if self.hit == NONE {
                if node.is(self.namespace, self.local) {
                    self.hit = name;
                    return Some(node);
                }
            } else if name == self.hit {
                return Some(node);
            }
        }
    }
}

/// See [`Node::ancestors`].
#[derive(Debug, Clone)]
pub struct Ancestors<'a> {
    next: Option<Node<'a>>,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let node = self.next?;
        self.next = node.parent();
        Some(node)
    }
}

/// See [`Node::descendants`].
#[derive(Debug, Clone)]
pub struct Descendants<'a> {
    top: Node<'a>,
    next: Option<Node<'a>>,
}

impl<'a> Iterator for Descendants<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        let node = self.next?;
        self.next = node.first_child().or_else(|| node.after(self.top));
        Some(node)
    }
}
