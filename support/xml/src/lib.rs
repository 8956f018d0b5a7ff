//! Lossless, bounded XML tree with positions, for documents that must come back byte for byte
