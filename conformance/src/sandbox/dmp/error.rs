//! Why the registry refuses.

use segur_dmp_xds::metadata::{Fault, Problem};
use segur_dmp_xds::response::{ErrorCode, RegistryError};

/// Every error that the answer tells.
pub(super) type Refused = Vec<RegistryError>;

/// A refusal of one error.
pub(super) fn refused(code: ErrorCode, context: impl Into<String>) -> Refused {
    vec![RegistryError::new(code, context)]
}

/// Problems of metadata, each with the code that IHE has for it.
pub(super) fn of_problems(problems: &[Problem]) -> Refused {
    let error = |problem: &Problem| {
        let code = match (problem.field, problem.fault) {
            ("uniqueId", Fault::Repeated) => ErrorCode::RegistryDuplicateUniqueIdInMessage,
            ("patientId", Fault::Conflict) => ErrorCode::PatientIdDoesNotMatch,
            _ => ErrorCode::RegistryMetadataError,
        };
        RegistryError::new(code, problem.to_string())
    };
    problems.iter().map(error).collect()
}
