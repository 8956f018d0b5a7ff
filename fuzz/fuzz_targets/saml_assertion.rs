//! Assertions: any bytes are read or refused; what was read and can be written is the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_soap::saml::{Assertion, AssertionForm, AttributeValue};
use segur_xml::Document;

/// A copy of markup also declares what was in force around it: only that there is one is compared.
fn comparable(mut assertion: Assertion) -> Assertion {
    for attribute in &mut assertion.attributes {
        for value in &mut attribute.values {
            if let AttributeValue::Xml(markup) = value {
                markup.clear();
            }
        }
    }
    assertion
}

fuzz_target!(|data: &[u8]| {
    let Ok(doc) = Document::parse(data) else {
        return;
    };
    let Ok(read) = Assertion::read(doc.root_element()) else {
        return;
    };
    let Ok(markup) = read.assertion.write(&AssertionForm::default()) else {
        return;
    };
    let doc = Document::parse(markup.as_bytes()).expect("what is written is well-formed");
    // The limit on copies may be passed the second time, for each copy declares one namespace more.
    let Ok(again) = Assertion::read(doc.root_element()) else {
        return;
    };
    assert!(again.tolerances.is_empty(), "{:?}", again.tolerances);
    assert_eq!(comparable(again.assertion), comparable(read.assertion));
});
