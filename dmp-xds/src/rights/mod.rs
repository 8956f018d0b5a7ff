//! What the published matrices say that a user may do in the DMP: to explain and to warn, never the last word.
//!
//! Both matrices say that they are informative, that the DMP enforces the rights, and that software is not to: what is refused here may be
//! hidden or explained on a screen, and nothing in this crate blocks a call by them. They know no Pro Santé Connect; the matrix of AIR
//! ticks hospital structures only. The right to read by profession and type of document (annex of the decree of 26 October 2023) is not in
//! them.
//!
//! ```
//! use segur_core::Lang;
//! use segur_dmp_xds::rights::{Actor, Condition, Operation, Permission, may};
//! use segur_dmp_xds::vihf::{AccessMode, AuthenticationMode};
//!
//! let right = may(Operation::Delete, AuthenticationMode::Direct, Actor::TreatingPhysician, AccessMode::Normal);
//! assert_eq!(right.permission, Permission::If(Condition::Own));
//!
//! let right = may(Operation::Submit, AuthenticationMode::Reinforced, Actor::Physician, AccessMode::Normal);
//! assert!(right.is_refused());
//! assert_eq!(
//!     right.explain().get(Lang::En),
//!     "Not allowed. (PDT-INF-606, 08/07/2025, p. 2, for information: the DMP decides)"
//! );
//! ```

mod operation;
mod right;
mod table;

pub use operation::Operation;
pub use right::{Actor, Condition, Matrix, Permission, Right};

use crate::vihf::{AccessMode, AuthenticationMode};

/// What the matrices say. The credential follows from authentication and actor: direct with a CPS or CPF, for [`Actor::Staff`] a CPE;
/// indirect with the certificate of the structure, whoever acts.
///
/// Occupational physicians have one column without access mode: it answers for the normal one.
#[must_use]
pub fn may(
    operation: Operation,
    authentication: AuthenticationMode,
    actor: Actor,
    access: AccessMode,
) -> Right {
    let source = match authentication {
        AuthenticationMode::Reinforced => Matrix::PdtInf606,
        _ => Matrix::PdtInf526,
    };
    let row = table::ROWS.iter().find(|row| row.operation == operation);
    let column = column(authentication, actor, access);
    let cell = row
        .zip(column)
        .and_then(|(row, column)| row.cells.get(column));
    Right {
        permission: cell.map_or(Permission::NotListed, |cell| permission(*cell)),
        star: row.is_some_and(|row| row.star),
        source,
    }
}

fn column(authentication: AuthenticationMode, actor: Actor, access: AccessMode) -> Option<usize> {
    use AccessMode::{BreakGlass, Normal, Regulation};
    let among_three = match access {
        Normal => 0,
        Regulation => 1,
        BreakGlass => 2,
    };
    let direct = match (actor, access) {
        (Actor::OtherProfessional, _) => Some(among_three),
        (Actor::Physician, _) => Some(3 + among_three),
        (Actor::OccupationalPhysician, Normal) => Some(6),
        (Actor::TreatingPhysician, Normal) => Some(7),
        (Actor::TreatingPhysician, BreakGlass) => Some(8),
        (Actor::Staff, Normal) => Some(9),
        _ => None,
    };
    match authentication {
        AuthenticationMode::Direct => direct,
        AuthenticationMode::Indirect if access == BreakGlass => None,
        AuthenticationMode::Indirect => Some(10 + among_three),
        AuthenticationMode::Reinforced => match direct? {
            6 => None,
            // The same columns, one less: no occupational physician.
            place if place > 6 => Some(table::COLUMNS_526 + place - 1),
            place => Some(table::COLUMNS_526 + place),
        },
    }
}

fn permission(cell: u8) -> Permission {
    match cell {
        b'Y' => Permission::Yes,
        b'N' => Permission::No,
        b'-' => Permission::Ended,
        b'O' => Permission::If(Condition::Own),
        b'P' => Permission::If(Condition::PatientAllowed),
        b'S' => Permission::If(Condition::OfStructure),
        b'A' => Permission::If(Condition::ToStructure),
        b'M' => Permission::If(Condition::SameStructure),
        b'D' => Permission::If(Condition::NewByDate),
        b'I' => Permission::If(Condition::Imputed),
        b'R' => Permission::If(Condition::Reference),
        _ => Permission::NotListed,
    }
}
