//! Why a query cannot be answered.

use crate::response::ErrorCode;

/// Why the parameters of a request make no stored query. Never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// There is no stored query with this id, or none that this crate reads.
    #[error("the id names no stored query that is known")]
    UnknownQuery,
    /// A parameter that the query requires is not there.
    #[error("the query requires {parameter}")]
    MissingParameter {
        /// The parameter; several names where one of them is required.
        parameter: &'static str,
    },
    /// More values or slots than the parameter may have, or two parameters that exclude each other.
    #[error("{parameter} has more values than it may have")]
    ParameterNumber {
        /// The parameter.
        parameter: &'static str,
    },
    /// A value that has not the form of the parameter.
    #[error("{parameter} is not {expected}")]
    Value {
        /// The parameter.
        parameter: &'static str,
        /// What is expected.
        expected: &'static str,
    },
}

impl QueryError {
    /// The error code to answer with; for a malformed value the general one, for the standard has none of its own.
    /// Source: IHE ITI TF-3, 4.2.4; oehf/ipf, issue 277.
    pub fn error_code(&self) -> ErrorCode {
        match self {
            Self::UnknownQuery => ErrorCode::UnknownStoredQuery,
            Self::MissingParameter { .. } => ErrorCode::StoredQueryMissingParam,
            Self::ParameterNumber { .. } => ErrorCode::StoredQueryParamNumber,
            Self::Value { .. } => ErrorCode::RegistryError,
        }
    }
}
