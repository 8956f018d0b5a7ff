//! HTTP by reqwest, TLS by rustls.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::identity::certificates_of;
use super::sending::{Sending, Watch};
use super::{
    BoxFuture, HttpAnswer, HttpError, HttpOptions, Pieces, StreamAnswer, StreamMessage, Transport,
    Trust,
};
use crate::envelope::HttpMessage;

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");
/// A call that streams may take this long, as long as something moves.
const LONGEST_STREAM: Duration = Duration::from_secs(24 * 60 * 60);

/// Sends messages, within a runtime of tokio (outside it panics; [`Blocking`](super::Blocking) brings one). Connections are kept and used
/// again, unless [`HttpOptions::keep_connections`] says no; cloning is cheap and shares them.
#[derive(Clone, Debug)]
pub struct HttpClient {
    inner: reqwest::Client,
    max_answer: usize,
    stall_timeout: Duration,
    cleartext: bool,
}

impl HttpClient {
    /// A client with these settings. Only `https` addresses are called.
    ///
    /// # Errors
    /// When the authorities cannot be read, or the `User-Agent` cannot be sent.
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
                // One that is left out unnoticed would be missed when the service changes its certificate.
                for (at, one) in certificates_of(pem).into_iter().flatten().enumerate() {
                    roots.add(one).map_err(|error| HttpError::Tls {
                        cause: format!("authority {} of those to trust: {error}", at + 1),
                    })?;
                }
                if roots.is_empty() {
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
            // Else a variable of the environment sends cleartext for this machine to another one.
            .no_proxy()
            .https_only(!cleartext)
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout);
        if let Some(proxy) = &options.proxy {
            client = client.proxy(proxy.build()?);
        }
        if !options.keep_connections {
            client = client.pool_max_idle_per_host(0);
        }
        if !options.user_agent.is_empty() {
            client = client.user_agent(header(&options.user_agent)?);
        }
        Ok(Self {
            inner: client.build().map_err(|e| tls(&e))?,
            max_answer: options.max_answer,
            stall_timeout: options.stall_timeout,
            cleartext,
        })
    }

    /// A POST with its headers.
    fn request(
        &self,
        url: &str,
        content_type: &str,
        soap_action: Option<&str>,
    ) -> Result<reqwest::RequestBuilder, HttpError> {
        let url = reqwest::Url::parse(url).map_err(|_| HttpError::Address)?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(self.cleartext && local && url.scheme() == "http") {
            return Err(HttpError::Address);
        }
        let request = self.inner.post(url);
        let request = request.header(CONTENT_TYPE, header(content_type)?);
        Ok(match soap_action {
            Some(action) => request.header(SOAP_ACTION, header(action)?),
            None => request,
        })
    }

    async fn send(&self, url: &str, message: &HttpMessage) -> Result<HttpAnswer, HttpError> {
        let action = message.soap_action.as_deref();
        let request = self.request(url, &message.content_type, action)?;
        let request = request.body(message.body.clone());
        let mut response = request.send().await.map_err(|e| HttpError::of(&e))?;
        let too_large = HttpError::TooLarge {
            limit: self.max_answer,
        };
        let told = response.content_length().unwrap_or(0);
        if usize::try_from(told).map_or(true, |told| told > self.max_answer) {
            return Err(too_large);
        }
        let mut answer = HttpAnswer {
            status: response.status().as_u16(),
            content_type: content_type_of(&response),
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

    async fn send_stream(
        &self,
        url: &str,
        message: StreamMessage,
    ) -> Result<StreamAnswer, HttpError> {
        let action = message.soap_action.as_deref();
        let request = self.request(url, &message.content_type, action)?;
        if message.length == 0 {
            let cause = "it is told to be empty, and no message is".to_owned();
            return Err(HttpError::Source { cause });
        }
        let watch = Watch::new();
        let body = Sending::start(message, Arc::clone(&watch));
        let request = request.timeout(LONGEST_STREAM);
        let sent = request.body(reqwest::Body::wrap(body)).send();
        let response = tokio::select! {
            // A process that was suspended takes the answer that came meanwhile.
            biased;
            response = sent => response.map_err(|e| match watch.failure() {
                Some(cause) => HttpError::Source { cause },
                None => HttpError::of(&e),
            })?,
            () = watch.stalled(self.stall_timeout) => return Err(HttpError::Timeout),
        };
        Ok(StreamAnswer {
            status: response.status().as_u16(),
            content_type: content_type_of(&response),
            body: Box::new(Coming {
                response,
                stall_timeout: self.stall_timeout,
            }),
        })
    }
}

fn header(value: &str) -> Result<HeaderValue, HttpError> {
    HeaderValue::from_str(value).map_err(|_| HttpError::Header)
}

fn content_type_of(response: &reqwest::Response) -> String {
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|v| v.to_str().ok());
    content_type.unwrap_or_default().to_owned()
}

/// The body of an answer on its way in.
struct Coming {
    response: reqwest::Response,
    stall_timeout: Duration,
}

impl Pieces for Coming {
    fn next_piece(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, HttpError>> {
        Box::pin(async {
            loop {
                let piece = tokio::time::timeout(self.stall_timeout, self.response.chunk()).await;
                let piece = piece.map_err(|_| HttpError::Timeout)?;
                match piece.map_err(|e| HttpError::of(&e))? {
                    Some(piece) if piece.is_empty() => {}
                    piece => return Ok(piece.map(Vec::from)),
                }
            }
        })
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

    fn post_stream<'a>(
        &'a self,
        url: &'a str,
        message: StreamMessage,
    ) -> BoxFuture<'a, Result<StreamAnswer, HttpError>> {
        Box::pin(self.send_stream(url, message))
    }
}
