//! Our sandbox, as IHE has a registry.

use std::path::Path;

use segur::sandbox::dmp;
use segur_dmp_xds::Profile;
use segur_dmp_xds::client::Caller;

use super::common::dmp::Client;
use super::common::sandbox::Sandbox;

pub(crate) fn start(folder: &Path) -> Sandbox {
    Sandbox::dmp(folder, &["ihe"], dmp::Settings::default())
}

/// Our client of it, in the strict spelling.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    let caller = Caller {
        profile: Profile::IheStrict,
        ..sandbox.caller()
    };
    sandbox.client_of(caller, sandbox.pki.client())
}
