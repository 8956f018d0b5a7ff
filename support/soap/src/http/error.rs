//! Why there was no answer.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError};

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Blame {
    /// The caller: address, certificate, settings.
    Caller,
    /// The other side.
    Remote,
    /// What lies between: network, proxy, time.
    Transport,
}

/// What hyper says of a connection that ended; a connection that ends between two steps of a call leaves no error of the system.
const ENDED: [&str; 4] = [
    "connection closed",
    "connection was not ready",
    "channel closed",
    "operation was canceled",
];

/// Why there was no answer. Texts hold no content of messages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The address cannot be used.
    #[error(
        "the address of the service cannot be used: it must begin with https:// and name a host"
    )]
    Address,
    /// A header of the message, or the name of the client, cannot be sent.
    #[error(
        "a header cannot be sent: Content-Type, SOAPAction and User-Agent hold no control characters"
    )]
    Header,
    /// A time-out after the connection was made; before, it is [`HttpError::Connect`].
    #[error("no answer within the time allowed: try again later, or raise the time-out")]
    Timeout,
    /// The caller gave the call up.
    #[error("the call was cancelled")]
    Cancelled,
    /// No connection.
    #[error("no connection to the service ({cause}): check network, proxy and address")]
    Connect {
        /// What the system says.
        cause: String,
    },
    /// The certificate of the service is not accepted.
    #[error("the certificate of the service is refused: {reason}")]
    ServerCertificate {
        /// Why.
        reason: &'static str,
    },
    /// The service does not accept our certificate.
    #[error("the service refuses our certificate: {reason}")]
    ClientCertificate {
        /// Why, and what to do.
        reason: &'static str,
    },
    /// The private key did not sign (card removed, PIN not given).
    #[error("the private key did not sign: card removed, PIN not given or wrong")]
    Key,
    /// TLS failed otherwise.
    #[error("no secure connection: {cause}")]
    Tls {
        /// What TLS says.
        cause: String,
    },
    /// The connection broke before the answer was whole. Whether the service did its work is not known.
    #[error(
        "the connection broke before the answer was whole ({cause}): the service may have done its work"
    )]
    Interrupted {
        /// What the system says.
        cause: String,
    },
    /// The body of the request could not be read while it was sent, or was not as long as told. What was sent does not look whole.
    #[error(
        "the body could not be read while it was sent ({cause}): the service has no whole message"
    )]
    Source {
        /// What went wrong.
        cause: String,
    },
    /// The answer is larger than allowed.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The other side does not speak HTTP as it should. It may also be what came late behind the answer to an earlier call on the same
    /// connection, which is closed then: the call may be made again as far as the service allows it.
    #[error(
        "the other side does not speak HTTP as it should ({cause}): the service may have done its work"
    )]
    Protocol {
        /// What is wrong.
        cause: String,
    },
    /// No exchange was recorded for this call.
    #[error("no exchange is recorded for this call")]
    NotRecorded,
}

impl HttpError {
    /// Who has to act.
    #[must_use]
    pub const fn blame(&self) -> Blame {
        match self {
            Self::Address
            | Self::Header
            | Self::Cancelled
            | Self::ClientCertificate { .. }
            | Self::Key
            | Self::Source { .. }
            | Self::TooLarge { .. }
            | Self::NotRecorded => Blame::Caller,
            Self::ServerCertificate { .. } | Self::Protocol { .. } => Blame::Remote,
            Self::Timeout | Self::Connect { .. } | Self::Tls { .. } | Self::Interrupted { .. } => {
                Blame::Transport
            }
        }
    }

    /// Whether no whole message can have reached the service.
    #[must_use]
    pub const fn was_not_sent(&self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Header
                | Self::Connect { .. }
                | Self::ServerCertificate { .. }
                | Self::Key
                | Self::Source { .. }
                | Self::NotRecorded
        )
    }

    pub(super) fn of(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            // The time of the whole call says nothing of how far it came.
            return match error.is_connect() {
                true => Self::Connect {
                    cause: "not within the time allowed".to_owned(),
                },
                false => Self::Timeout,
            };
        }
        if error.is_builder() {
            return Self::Address;
        }
        let mut cause: Option<&(dyn Error + 'static)> = error.source();
        let (mut system, mut deepest) = (None, error.to_string());
        while let Some(current) = cause {
            if let Some(tls) = current.downcast_ref::<rustls::Error>() {
                return Self::of_tls(tls);
            }
            if let Some(io) = current.downcast_ref::<io::Error>() {
                if let Some(tls) = tls_inside(io) {
                    return Self::of_tls(tls);
                }
                system = Some(io.kind());
            }
            deepest = current.to_string();
            cause = current.source();
        }
        if error.is_connect() {
            return Self::Connect { cause: deepest };
        }
        match system {
            Some(io::ErrorKind::TimedOut) => Self::Timeout,
            Some(_) => Self::Interrupted { cause: deepest },
            None if error.is_body() || ENDED.iter().any(|text| deepest.contains(text)) => {
                Self::Interrupted { cause: deepest }
            }
            None => Self::Protocol { cause: deepest },
        }
    }

    fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(why) => Self::ServerCertificate {
                reason: server_reason(why),
            },
            rustls::Error::AlertReceived(alert) => match client_reason(*alert) {
                Some(reason) => Self::ClientCertificate { reason },
                None => Self::Tls {
                    cause: format!("the service answers with the alert {alert:?}"),
                },
            },
            rustls::Error::General(text) if text == super::identity::NOT_SIGNED => Self::Key,
            other => Self::Tls {
                cause: other.to_string(),
            },
        }
    }
}

/// The TLS error that an error of the system wraps, perhaps more than once.
fn tls_inside(error: &io::Error) -> Option<&rustls::Error> {
    let mut inner = error.get_ref()?;
    loop {
        if let Some(tls) = inner.downcast_ref() {
            return Some(tls);
        }
        inner = inner.downcast_ref::<io::Error>()?.get_ref()?;
    }
}

fn server_reason(why: &CertificateError) -> &'static str {
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it is expired, or the clock of this machine is wrong"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet, or the clock of this machine is wrong"
        }
        CertificateError::UnknownIssuer => "its authority is not among those trusted here",
        CertificateError::BadSignature => {
            "it was not signed by the authority trusted here under that name"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another host than the address says"
        }
        CertificateError::Revoked => "it is revoked",
        _ => "it is not valid",
    }
}

fn client_reason(alert: AlertDescription) -> Option<&'static str> {
    Some(match alert {
        AlertDescription::CertificateExpired => "it is expired; renew it",
        AlertDescription::UnknownCA => {
            "the service does not know its authority; use a certificate of the environment that is called (test or production)"
        }
        AlertDescription::CertificateRequired | AlertDescription::NoCertificate => {
            "none was given, and the service asks for one; set the identity of the client"
        }
        AlertDescription::CertificateRevoked => "it is revoked; ask for a new one",
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateUnknown => "it is not one that the service takes",
        AlertDescription::AccessDenied => "it gives no access",
        _ => return None,
    })
}
