//! Who acts, from a file: a VIHF is made and signed before each call. For software certificates and tests; a card has no key file.

use std::path::Path;
use std::sync::Arc;

use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::vihf::{
    Access, Authentication, AuthnClass, OTHER_ROLE_SYSTEM, SPECIALTY_SYSTEM, Software, Structure,
    User, Vihf, VihfSource,
};
use segur_soap::signature::Signer;
use serde::Deserialize;

use super::options::AccessName;
use super::{given, settings, toml_of};
use crate::output::Failure;

/// A file of a user. `deny_unknown_fields`: a name that is spelled wrong is told with line and column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    mode: Mode,
    /// By what means the structure authenticated the user; of `indirect` only.
    class: Option<Class>,
    id: String,
    name: Option<String>,
    profession: String,
    /// `CODE^LABEL`.
    specialty: Option<String>,
    structure: String,
    sector: String,
    #[serde(default)]
    access: AccessName,
    reason: Option<String>,
    software: SoftwareFile,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Mode {
    #[default]
    Direct,
    Indirect,
    Reinforced,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Class {
    Password,
    Smartcard,
    TlsClient,
    MobileTwoFactor,
    Unspecified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SoftwareFile {
    name: String,
    version: String,
    homologation: String,
    id: Option<String>,
}

/// What was typed over the file: access and reason.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) access: Option<AccessName>,
    pub(super) reason: Option<String>,
}

/// The VIHF of the user of a file, about this record.
pub(super) fn source(
    path: &Path,
    typed: &Typed,
    record: Option<&Cx>,
    signer: Arc<dyn Signer>,
) -> Result<VihfSource, Failure> {
    let Some(record) = record else {
        return Err(Failure::refused(
            "de qui ouvrir le dossier ? le VIHF le dit : --record, --record-of ou un seul --patient",
            "whose record is opened? the VIHF says it: --record, --record-of, or one --patient",
        ));
    };
    let file: File = toml_of(path, &settings::read(path)?)?;
    let vihf = Vihf {
        user: user(&file)?,
        structure: Structure::new(file.structure, file.sector),
        software: Software {
            id: file.software.id,
            name: file.software.name,
            version: file.software.version,
            homologation: file.software.homologation,
        },
        patient: Some(record.clone()),
        authentication: authentication(file.mode, file.class)?,
        access: Access {
            mode: typed.access.unwrap_or(file.access).into(),
            reason: typed.reason.clone().or(file.reason),
        },
        secret: false,
    };
    VihfSource::new(vihf, signer).map_err(|error| {
        Failure::refused(
            format!("aucun VIHF possible : {}", error.reason),
            format!("no VIHF can be made: {}", error.reason),
        )
    })
}

fn user(file: &File) -> Result<User, Failure> {
    let mut user = User::professional(&*file.id, &*file.profession);
    if user.role.display.is_none() {
        // No profession that the DMP knows: TRE_A00, with a label of the caller's.
        user.role = given::code("profession", &file.profession, Some(OTHER_ROLE_SYSTEM))?;
    }
    user.name.clone_from(&file.name);
    let specialty = file.specialty.as_deref();
    user.specialty = specialty
        .map(|text| given::code("specialty", text, Some(SPECIALTY_SYSTEM)))
        .transpose()?;
    Ok(user)
}

fn authentication(mode: Mode, class: Option<Class>) -> Result<Authentication, Failure> {
    let class = match (mode, class) {
        (Mode::Indirect, class) => class.unwrap_or(Class::Password),
        (Mode::Direct, None) => return Ok(Authentication::direct()),
        (Mode::Reinforced, None) => return Ok(Authentication::reinforced()),
        _ => {
            return Err(Failure::refused(
                "class : avec mode = \"indirect\" seulement",
                "class: with mode = \"indirect\" only",
            ));
        }
    };
    Ok(Authentication::indirect(match class {
        Class::Password => AuthnClass::Password,
        Class::Smartcard => AuthnClass::Smartcard,
        Class::TlsClient => AuthnClass::TlsClient,
        Class::MobileTwoFactor => AuthnClass::MobileTwoFactor,
        Class::Unspecified => AuthnClass::Unspecified,
    }))
}
