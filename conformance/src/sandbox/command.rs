//! `segur sandbox`: a service on loopback until it is stopped.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use segur_core::Lang;
use segur_dmp_xds::metadata::Cx;

use super::{OwnQuirks, Pki, Quirks, Refusal, SandboxError, Server, dmp, insi};
use crate::cli::{DmpOptions, Sandbox, SandboxOptions};
use crate::output::{Failure, Terminal, with_causes};
use crate::{FINE, tr};

/// What is served.
struct Service {
    name: &'static str,
    /// Where, under the address of the server.
    path: &'static str,
    quirks: OwnQuirks,
    router: fn(Arc<Quirks>, &Path, dmp::Settings) -> Result<Router, SandboxError>,
    /// Settings for a client of the command, kept in the folder.
    #[cfg(feature = "xds")]
    settings: Option<WriteSettings>,
    /// Whether there are pages for a browser.
    pages: bool,
}

/// By folder and port, and whether the quirk `ihe` holds.
#[cfg(feature = "xds")]
type WriteSettings = fn(&Path, u16, bool) -> Result<(), Failure>;

const INSI: Service = Service {
    name: "INSi",
    path: "/lps",
    quirks: insi::QUIRKS,
    router: |quirks, _, _| Ok(insi::router(quirks)),
    #[cfg(feature = "xds")]
    settings: None,
    pages: false,
};

const DMP: Service = Service {
    name: "DMP",
    path: dmp::BASE,
    quirks: dmp::QUIRKS,
    router: |quirks, dir, settings| {
        let store = Arc::new(dmp::Store::open(dir)?);
        let records = Arc::new(dmp::Records::open(dir)?);
        Ok(dmp::router(quirks, store, records, settings))
    },
    #[cfg(feature = "xds")]
    settings: Some(super::address::write),
    pages: true,
};

pub(crate) fn run(command: &Sandbox, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let (options, service, settings) = match command {
        Sandbox::Insi(options) => (options, &INSI, dmp::Settings::default()),
        Sandbox::Dmp(options) => (&options.common, &DMP, settings(options)?),
    };
    let refused = |error: &dyn std::error::Error| {
        let cause = with_causes(error);
        Failure::refused(
            format!("le bac à sable ne démarre pas : {cause}"),
            format!("the sandbox does not start: {cause}"),
        )
    };
    let texts = options.quirk.iter().map(String::as_str);
    let quirks = Arc::new(Quirks::parse(texts, service.quirks).map_err(|e| refused(&e))?);
    let pki = Pki::open(&options.dir, SystemTime::now()).map_err(|e| refused(&e))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| refused(&e))?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let router = (service.router)(Arc::clone(&quirks), &options.dir, settings)
            .map_err(|e| refused(&e))?;
        let server = Server::bind(address, &pki, router, Arc::clone(&quirks))
            .await
            .map_err(|e| refused(&e))?;
        let address = server.address().map_err(|e| refused(&e))?;
        #[cfg(feature = "xds")]
        if let Some(write) = service.settings {
            let ihe = quirks.list().iter().any(|quirk| quirk == "ihe");
            write(&options.dir, address.port(), ihe)?;
        }
        terminal.print(welcome(service, address, options, lang).as_bytes())?;
        let told = tr(lang, "connexion refusée", "connection refused");
        let color = terminal.clone();
        let server = server.on_refusal(move |Refusal { address, cause, .. }| {
            color.note(&format!("{address}: {told}: {cause}"));
        });
        server.serve(stop(options.stop_after)).await;
        Ok(FINE)
    })
}

fn settings(options: &DmpOptions) -> Result<dmp::Settings, Failure> {
    let mut patients = Vec::new();
    for text in &options.patient {
        let patient = Cx::read(text);
        if patient.id.is_empty() || patient.oid().is_empty() {
            return Err(Failure::refused(
                "--patient : un identifiant ID^^^&OID&ISO^NH est attendu".to_owned(),
                "--patient: an identifier ID^^^&OID&ISO^NH is expected".to_owned(),
            ));
        }
        patients.push(patient);
    }
    Ok(dmp::Settings {
        max_results: options.max_results,
        patients: (!patients.is_empty()).then_some(patients),
    })
}

fn welcome(service: &Service, address: SocketAddr, options: &SandboxOptions, lang: Lang) -> String {
    let dir = options.dir.display();
    let port = address.port();
    let Service { name, path, .. } = service;
    let mut text = match lang {
        Lang::Fr => format!(
            "{name} : https://localhost:{port}{path}\n\
             autorité à accepter : {dir}/pki/ca.pem\n\
             certificat de client : {dir}/pki/client.pem, clé {dir}/pki/client.key (expired.*, stranger.* : à refuser)\n"
        ),
        _ => format!(
            "{name}: https://localhost:{port}{path}\n\
             authority to trust: {dir}/pki/ca.pem\n\
             client certificate: {dir}/pki/client.pem, key {dir}/pki/client.key (expired.*, stranger.*: to be refused)\n"
        ),
    };
    if service.pages {
        text.push_str(&match lang {
            Lang::Fr => format!("contenu, échanges, anomalies : https://localhost:{port}/ (avec le certificat de client)\n"),
            _ => format!("contents, exchanges, quirks: https://localhost:{port}/ (with the client certificate)\n"),
        });
    }
    #[cfg(feature = "xds")]
    if service.settings.is_some() {
        text.push_str(&match lang {
            Lang::Fr => format!("d'un autre terminal : segur xds query --sandbox {dir} --help\n"),
            _ => format!("from another terminal: segur xds query --sandbox {dir} --help\n"),
        });
    }
    text.push_str(tr(lang, "Ctrl-C pour arrêter\n", "Ctrl-C to stop\n"));
    text
}

/// Over when the user or the system says stop, or the time is up.
async fn stop(after: Option<u64>) {
    let time = async {
        match after {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated() => {}
        () = time => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
