//! How it is proved who calls: nothing, an assertion made elsewhere, or one made here before each call.

use std::path::PathBuf;
use std::sync::Arc;

use segur_dmp_xds::client::{NoSecurity, SecuritySource};
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::vihf::AccessMode;
use segur_soap::signature::Signer;

use super::options::{AccessName, Connection};
use super::user;
use super::vihf::FromFile;
use crate::output::Failure;

pub(super) enum Proof {
    None,
    /// Made elsewhere.
    Vihf(PathBuf),
    /// Made here.
    User(PathBuf, user::Typed),
}

impl Proof {
    /// Options win over what the settings name.
    pub(super) fn of(
        options: &Connection,
        vihf: Option<PathBuf>,
        user: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let typed = user::Typed {
            access: options.access,
            reason: options.reason.clone(),
        };
        let is_typed = typed.access.is_some() || typed.reason.is_some();
        let (vihf, user) = match (&options.vihf, &options.user) {
            (None, None) => (vihf, user),
            (vihf, user) => (vihf.clone(), user.clone()),
        };
        match (vihf, user) {
            (Some(_), Some(_)) => Err(Failure::refused(
                "paramètres : vihf ou user, pas les deux",
                "settings: vihf or user, not both",
            )),
            (None, Some(path)) => Ok(Self::User(path, typed)),
            _ if is_typed => Err(Failure::refused(
                "--access, --reason : avec --user seulement",
                "--access, --reason: with --user only",
            )),
            (Some(path), None) => Ok(Self::Vihf(path)),
            (None, None) => Ok(Self::None),
        }
    }

    /// What makes the header blocks, about this record. `signer` is asked for where something is signed.
    pub(super) fn source(
        &self,
        record: Option<&Cx>,
        signer: impl FnOnce() -> Result<Arc<dyn Signer>, Failure>,
    ) -> Result<Arc<dyn SecuritySource>, Failure> {
        Ok(match self {
            Self::None => Arc::new(NoSecurity),
            Self::Vihf(path) => Arc::new(FromFile::read(path)?),
            Self::User(path, typed) => Arc::new(user::source(path, typed, record, signer()?)?),
        })
    }
}

impl From<AccessName> for AccessMode {
    fn from(name: AccessName) -> Self {
        match name {
            AccessName::Normal => Self::Normal,
            AccessName::BreakGlass => Self::BreakGlass,
            AccessName::Regulation => Self::Regulation,
        }
    }
}
