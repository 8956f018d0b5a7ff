//! The file: its tables, and which version of them it has.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::sandbox::SandboxError;

/// `application_id` of the file: the letters `SGDM`.
const APPLICATION: i32 = 0x5347_444D;
/// Version of the tables, `user_version` of the file.
const VERSION: i32 = 1;
/// How long a request waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Prepared statements kept by a connection.
const STATEMENTS: usize = 64;

const TABLES: &str = "
CREATE TABLE patient (
    id INTEGER PRIMARY KEY,
    identifier TEXT NOT NULL,
    authority TEXT NOT NULL,
    UNIQUE (identifier, authority)
) STRICT;
CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    entry_uuid TEXT NOT NULL UNIQUE,
    logical_id TEXT,
    unique_id TEXT NOT NULL,
    patient INTEGER REFERENCES patient (id),
    status TEXT NOT NULL,
    metadata TEXT NOT NULL
) STRICT;
CREATE INDEX object_of_patient ON object (patient, kind);
CREATE INDEX object_by_logical_id ON object (logical_id);
CREATE INDEX object_by_unique_id ON object (unique_id);
CREATE TABLE association (
    id INTEGER PRIMARY KEY,
    entry_uuid TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    metadata TEXT NOT NULL
) STRICT;
CREATE INDEX association_by_source ON association (source);
CREATE INDEX association_by_target ON association (target);
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
) STRICT;
";

type Boxed = Box<dyn std::error::Error + Send + Sync>;

/// Opens the file, made when there is none.
pub(super) fn open(path: &Path) -> Result<Connection, SandboxError> {
    let holdings = |source: Boxed| SandboxError::Holdings {
        path: path.to_owned(),
        source,
    };
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            SandboxError::File {
                path: path.to_owned(),
                source: std::io::Error::other(error),
            }
        }
        _ => holdings(Box::new(error)),
    };
    let mut connection = connect(path).map_err(failed)?;
    let found = prepare(&mut connection).map_err(failed)?;
    match found {
        Found::Ours(VERSION) => Ok(connection),
        Found::Ours(found) => Err(SandboxError::OtherVersion {
            path: path.to_owned(),
            found,
            known: VERSION,
        }),
        Found::Foreign => Err(holdings("a database of another program".into())),
    }
}

enum Found {
    /// Ours, with the version of its tables.
    Ours(i32),
    Foreign,
}

/// Makes the tables where there are none. Two programs that start at once make them once.
fn prepare(connection: &mut Connection) -> rusqlite::Result<Found> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get(0));
    let (application, version): (i32, i32) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if (application, version, tables) == (0, 0, 0) {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
        return Ok(Found::Ours(VERSION));
    }
    Ok(match application == APPLICATION {
        true => Found::Ours(version),
        false => Found::Foreign,
    })
}

/// One more connection to the file.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Answers with the mode that it took.
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}
