//! A proxy on the way to the services.

use std::fmt;

use zeroize::Zeroizing;

use super::HttpError;

/// A proxy of the practice or the hospital, for `https` addresses but those of this machine: it is asked for a tunnel (CONNECT), so that it
/// sees hosts, and neither messages nor certificates' keys. Variables of the environment are not looked at. `Debug` hides the login.
///
/// ```
/// use segur_soap::http::Proxy;
///
/// let proxy = Proxy::new("http://proxy.example:3128")?.with_login("lgc", "secret".to_owned().into());
/// assert_eq!(format!("{proxy:?}"), "Proxy(http://proxy.example:3128/, with login)");
/// assert!(Proxy::new("http://lgc:secret@proxy.example:3128").is_err(), "the login goes apart");
/// # Ok::<(), segur_soap::http::HttpError>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    url: reqwest::Url,
    login: Option<(String, Zeroizing<String>)>,
}

/// What is called without it.
const DIRECT: &str = "localhost,127.0.0.0/8,::1";

impl Proxy {
    /// A proxy at an `http` or `https` address, without login.
    ///
    /// # Errors
    /// [`HttpError::Address`], when it is none, or has a login in it.
    pub fn new(url: &str) -> Result<Self, HttpError> {
        let url = reqwest::Url::parse(url).map_err(|_| HttpError::Address)?;
        let usable = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !usable || !url.username().is_empty() || url.password().is_some() {
            return Err(HttpError::Address);
        }
        Ok(Self { url, login: None })
    }

    /// The same with a login (Basic). The password is wiped here when it is dropped; the HTTP library keeps its own copy.
    #[must_use]
    pub fn with_login(mut self, user: impl Into<String>, password: Zeroizing<String>) -> Self {
        self.login = Some((user.into(), password));
        self
    }

    pub(super) fn build(&self) -> Result<reqwest::Proxy, HttpError> {
        let proxy = reqwest::Proxy::https(self.url.clone()).map_err(|_| HttpError::Address)?;
        let proxy = proxy.no_proxy(reqwest::NoProxy::from_string(DIRECT));
        Ok(match &self.login {
            Some((user, password)) => proxy.basic_auth(user, password),
            None => proxy,
        })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = match self.login {
            Some(_) => ", with login",
            None => "",
        };
        write!(f, "Proxy({}{login})", self.url)
    }
}
