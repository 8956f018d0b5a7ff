//! Canonical XML in pieces: the same whatever the pieces are, refused when the tree refuses it, else equal to the form of the tree.
#![no_main]

use bergshamra_c14n::{C14nMode, canonicalize};
use libfuzzer_sys::fuzz_target;
use segur_soap::c14n::{CanonicalError, CanonicalWriter, Comments};
use segur_soap::envelope::fragment;
use segur_xml::{Document, ErrorKind};

fn streamed(document: &[u8], comments: Comments, piece: usize) -> Result<Vec<u8>, CanonicalError> {
    let mut writer = CanonicalWriter::new(Vec::new(), comments);
    for piece in document.chunks(piece.max(1)) {
        writer.update(piece)?;
    }
    writer.finish()
}

/// What only one of the two refuses.
fn is_of_the_stream(error: &CanonicalError) -> bool {
    match error {
        CanonicalError::Xml { kind, .. } => matches!(
            **kind,
            ErrorKind::UnsupportedEncoding { .. } | ErrorKind::EncodingMismatch { .. } | ErrorKind::MalformedDeclaration
        ),
        CanonicalError::Failed | CanonicalError::Write(_) => false,
        _ => true,
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&first, document)) = data.split_first() else {
        return;
    };
    let tree = Document::parse(document);
    for (comments, mode) in [
        (Comments::Kept, C14nMode::InclusiveWithComments),
        (Comments::Dropped, C14nMode::Inclusive),
    ] {
        let whole = streamed(document, comments, usize::MAX);
        let pieces = streamed(document, comments, usize::from(first));
        assert_eq!(
            whole.as_ref().map_err(ToString::to_string),
            pieces.as_ref().map_err(ToString::to_string)
        );
        match (&whole, &tree) {
            (Ok(made), Ok(tree)) => {
                // Its parser stops at 128 open elements.
                if let Ok(theirs) = canonicalize::<&str>(&fragment(tree.root()), mode, None, &[]) {
                    assert_eq!(String::from_utf8_lossy(made), String::from_utf8_lossy(&theirs));
                }
            }
            (Ok(_), Err(error)) => panic!("the tree refuses it: {error}"),
            (Err(error), Ok(_)) => assert!(is_of_the_stream(error), "the tree takes it: {error}"),
            (Err(_), Err(_)) => {}
        }
    }
});
