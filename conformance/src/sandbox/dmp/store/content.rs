//! The bytes of documents, written and read in pieces.

use std::io::{self, Read, Write as _};

use rusqlite::blob::ZeroBlob;
use rusqlite::{Connection, MAIN_DB, OptionalExtension as _, params};

use super::{Files, StoreError};

/// Bytes of a piece.
pub(in crate::sandbox::dmp) const PIECE: usize = 64 << 10;

pub(super) fn keep(connection: &Connection, files: &Files) -> Result<(), StoreError> {
    let sql = "INSERT INTO content (unique_id, bytes) VALUES (?1, ?2)";
    for (unique_id, bytes) in files {
        let room = ZeroBlob(bytes.len() as u64);
        let mut insert = connection.prepare_cached(sql)?;
        let row = insert.insert(params![unique_id, room])?;
        let mut blob = connection.blob_open(MAIN_DB, c"content", c"bytes", row, false)?;
        for piece in bytes.chunks(PIECE) {
            blob.write_all(piece)?;
        }
        blob.close()?;
    }
    Ok(())
}

/// Size of a document and where it stands; none when there is no such document.
pub(in crate::sandbox::dmp) fn find(
    connection: &Connection,
    unique_id: &str,
) -> Result<Option<(i64, usize)>, StoreError> {
    let sql = "SELECT id, length(bytes) FROM content WHERE unique_id = ?1";
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_row([unique_id], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Hands a document out piece by piece, until it ends or nobody takes more.
pub(in crate::sandbox::dmp) fn pieces(
    connection: &Connection,
    row: i64,
    mut take: impl FnMut(&[u8]) -> bool,
) -> Result<(), StoreError> {
    let mut blob = connection.blob_open(MAIN_DB, c"content", c"bytes", row, true)?;
    let mut piece = vec![0; PIECE];
    loop {
        match blob.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => {
                if !piece.get(..read).is_some_and(&mut take) {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}
