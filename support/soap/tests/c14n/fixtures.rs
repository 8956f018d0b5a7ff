//! The canonicalisers that are compared.

use bergshamra_c14n::{C14nMode, canonicalize};
use segur_soap::c14n::{
    CanonicalDigest, CanonicalError, CanonicalWriter, Comments, DigestAlgorithm,
};
use segur_soap::envelope::fragment;
use segur_xml::Document;

/// In pieces cut after these many bytes, in turn.
pub(crate) fn streamed(
    document: &[u8],
    comments: Comments,
    cuts: &[usize],
) -> Result<Vec<u8>, CanonicalError> {
    let mut writer = CanonicalWriter::new(Vec::new(), comments);
    let mut rest = document;
    for cut in cuts.iter().cycle() {
        if rest.is_empty() || cuts.iter().all(|&cut| cut == 0) {
            break;
        }
        let (piece, after) = rest.split_at((*cut).min(rest.len()));
        writer.update(piece)?;
        rest = after;
    }
    writer.update(rest)?;
    let canonical = writer.finish()?;
    // The digest is that of the same bytes.
    let mut digest = CanonicalDigest::new(DigestAlgorithm::Sha256, comments);
    digest.update(document)?;
    assert_eq!(digest.finish()?, DigestAlgorithm::Sha256.of(&canonical));
    Ok(canonical)
}

pub(crate) fn text(document: &str, comments: Comments) -> String {
    String::from_utf8(streamed(document.as_bytes(), comments, &[1]).unwrap()).unwrap()
}

/// Of the tree of segur-xml, by bergshamra-c14n. It is given the values of the tree, for its own parser normalises neither line
/// ends in comments and attributes nor line feeds in attributes (XML 1.0, sections 2.11 and 3.3.3).
pub(crate) fn of_tree(tree: &Document, comments: Comments) -> Option<String> {
    let mode = match comments {
        Comments::Kept => C14nMode::InclusiveWithComments,
        Comments::Dropped => C14nMode::Inclusive,
    };
    let markup = fragment(tree.root());
    let bytes = canonicalize::<&str>(&markup, mode, None, &[]).ok()?;
    String::from_utf8(bytes).ok()
}
