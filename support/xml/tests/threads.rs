//! Documents are shared between threads.

use segur_xml::{Attribute, Document, EditError, Node, WriteError, XmlError, XmlWriter};

const fn shared<T: Send + Sync>() {}

const _: () = {
    shared::<Document>();
    shared::<Node<'_>>();
    shared::<Attribute<'_>>();
    shared::<XmlError>();
    shared::<EditError>();
    shared::<WriteError>();
    shared::<XmlWriter>();
};

#[test]
fn many_readers_of_one_document() {
    let text = format!("<a>{}</a>", "<b c='1'>é</b>\n".repeat(1000));
    let Ok(doc) = Document::parse(text.as_bytes()) else {
        unreachable!("well-formed")
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let last = doc
                    .root_element()
                    .last_child()
                    .map(|node| node.position().line);
                assert_eq!(last, Some(1000));
                assert!(doc.name_id("", "b").is_some());
            });
        }
    });
}
