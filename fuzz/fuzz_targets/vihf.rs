//! VIHF and claims of Pro Santé Connect: any bytes are read or refused; what was read and breaks no rule is the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_core::PscClaims;
use segur_dmp_xds::vihf::{Access, Authentication, Issue, Software, Structure, User, Vihf, VihfSettings};
use segur_soap::saml::SamlTime;
use segur_xml::Document;

/// From the claims of a session to a VIHF, as an application would.
fn of_claims(data: &[u8]) {
    let Ok(claims) = PscClaims::read(data) else {
        return;
    };
    let _ = format!("{claims:?}");
    for practice in &claims.practices {
        let user = User::from_psc(&claims, practice, |code, _| Some(code.to_owned()));
        let structure = practice.activities.iter().find_map(Structure::from_psc);
        let vihf = Vihf {
            user,
            structure: structure.unwrap_or(Structure::new("", "")),
            software: Software::default(),
            patient: None,
            authentication: Authentication::reinforced(),
            access: Access::normal(),
            secret: false,
        };
        assert!(!vihf.check(&VihfSettings::default()).is_empty(), "there is no software");
    }
}

fuzz_target!(|data: &[u8]| {
    of_claims(data);
    let Ok(doc) = Document::parse(data) else {
        return;
    };
    let Ok(read) = Vihf::read_element(doc.root_element()) else {
        return;
    };
    let _ = format!("{read:?} {read}");
    let mut settings = VihfSettings::default().sending_reason();
    settings.version.clone_from(&read.version);
    let issue = Issue {
        id: "_1".to_owned(),
        at: SamlTime::new("2026-11-28T10:15:00Z").expect("a time"),
        until: None,
        issuer: "CN=FICTIF".to_owned(),
    };
    let Ok(markup) = read.vihf.write(&issue, &settings) else {
        return;
    };
    let doc = Document::parse(markup.as_bytes()).expect("what is written is well-formed");
    let again = Vihf::read_element(doc.root_element()).expect("what is written is read");
    assert!(again.vihf.check(&settings).is_empty());
    assert_eq!(again.vihf.user, read.vihf.user);
    assert_eq!(again.vihf.structure, read.vihf.structure);
    assert_eq!(again.vihf.software, read.vihf.software);
    assert_eq!(again.vihf.access, read.vihf.access);
    assert_eq!(again.vihf.secret, read.vihf.secret);
});
