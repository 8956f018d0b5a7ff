//! HTTP by reqwest, TLS by rustls.

use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::identity::certificates_of;
use super::{BoxFuture, HttpAnswer, HttpError, HttpOptions, Transport, Trust};
use crate::envelope::HttpMessage;

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// Sends messages. Connections are kept and used again; cloning is cheap and shares them.
#[derive(Clone, Debug)]
pub struct HttpClient {
    inner: reqwest::Client,
    max_answer: usize,
    cleartext: bool,
}

impl HttpClient {
    /// A client with these settings. Only `https` addresses are called.
    ///
    /// # Errors
    /// When the authorities cannot be read.
    pub fn new(options: &HttpOptions) -> Result<Self, HttpError> {
        Self::build(options, false)
    }

    /// A client that also calls `http` addresses of this machine (`localhost`, `127.0.0.1`, `[::1]`): a proxy that holds the card.
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_local_cleartext(options: &HttpOptions) -> Result<Self, HttpError> {
        Self::build(options, true)
    }

    fn build(options: &HttpOptions, cleartext: bool) -> Result<Self, HttpError> {
        let tls = |cause: &dyn std::error::Error| HttpError::Tls {
            cause: cause.to_string(),
        };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| tls(&e))?;
        let builder = match &options.trust {
            Trust::System => builder.with_platform_verifier().map_err(|e| tls(&e))?,
            Trust::Only(pem) => {
                let mut roots = RootCertStore::empty();
                let (taken, _) =
                    roots.add_parsable_certificates(certificates_of(pem).unwrap_or_default());
                if taken == 0 {
                    return Err(HttpError::Tls {
                        cause: "no authority in PEM among those to trust".to_owned(),
                    });
                }
                builder.with_root_certificates(roots)
            }
        };
        let config = match &options.identity {
            Some(identity) => builder.with_client_cert_resolver(identity.resolver()),
            None => builder.with_no_client_auth(),
        };
        let mut client = reqwest::Client::builder()
            .tls_backend_preconfigured(config)
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!cleartext)
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout);
        if !options.user_agent.is_empty() {
            client = client.user_agent(options.user_agent.as_str());
        }
        Ok(Self {
            inner: client.build().map_err(|e| tls(&e))?,
            max_answer: options.max_answer,
            cleartext,
        })
    }

    async fn send(&self, url: &str, message: &HttpMessage) -> Result<HttpAnswer, HttpError> {
        let url = reqwest::Url::parse(url).map_err(|_| HttpError::Address)?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(self.cleartext && local && url.scheme() == "http") {
            return Err(HttpError::Address);
        }
        let header = |value: &str| HeaderValue::from_str(value).map_err(|_| HttpError::Address);
        let mut request = self
            .inner
            .post(url)
            .header(CONTENT_TYPE, header(&message.content_type)?)
            .body(message.body.clone());
        if let Some(action) = &message.soap_action {
            request = request.header(SOAP_ACTION, header(action)?);
        }
        let mut response = request.send().await.map_err(|e| HttpError::of(&e))?;
        let too_large = HttpError::TooLarge {
            limit: self.max_answer,
        };
        let told = response.content_length().unwrap_or(0);
        if usize::try_from(told).map_or(true, |told| told > self.max_answer) {
            return Err(too_large);
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|v| v.to_str().ok());
        let mut answer = HttpAnswer {
            status: response.status().as_u16(),
            content_type: content_type.unwrap_or_default().to_owned(),
            body: Vec::new(),
        };
        while let Some(piece) = response.chunk().await.map_err(|e| HttpError::of(&e))? {
            if answer.body.len() + piece.len() > self.max_answer {
                return Err(too_large);
            }
            answer.body.extend_from_slice(&piece);
        }
        Ok(answer)
    }
}

impl Transport for HttpClient {
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>> {
        Box::pin(self.send(url, message))
    }
}
