//! Our client, IPF's server.

use super::peer::{self, Server};
use super::scenario::Scenario;
use super::table::Table;

/// OID of IPF's repository in `Registry.java`.
const REPOSITORY: &str = "1.2.250.1.999.77";

#[test]
fn our_client_and_the_server_of_ipf() {
    let Some(class_path) = peer::class_path() else {
        return;
    };
    let server = Server::start(&class_path);
    let client = server.client();
    let mut table = Table::new("our client -> IPF's server");
    let mut scenario = Scenario {
        client: &client,
        repository: REPOSITORY,
        reads_commas: false,
        table: &mut table,
    };
    scenario.run();
}
