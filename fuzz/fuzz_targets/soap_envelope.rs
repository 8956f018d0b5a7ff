//! Envelopes: any bytes are read or refused; a fault that can be written is the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_soap::envelope::{Envelope, Fault, Received, fragment};
use segur_xml::Document;

fuzz_target!(|data: &[u8]| {
    let Ok(received) = Received::read(data) else {
        return;
    };
    for block in received.headers() {
        let _ = block.role();
        Document::parse(fragment(block.node).as_bytes()).expect("a copy stands alone");
    }
    let Some(fault) = received.fault() else {
        return;
    };
    let Ok(markup) = fault.to_markup() else {
        return;
    };
    let Ok(http) = Envelope::new(fault.version, markup).write() else {
        return;
    };
    let again = Received::read(&http.body).expect("what is written is read");
    let again = again.fault().expect("the fault");
    let without_detail = |fault: &Fault| Fault {
        detail: None,
        ..fault.clone()
    };
    assert_eq!(without_detail(again), without_detail(fault));
});
