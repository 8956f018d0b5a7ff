//! The two contexts in the header: `ContexteBAM` (coverage) and `ContexteLPS` (software).

use chrono::{DateTime, Utc};
use segur_xml::{WriteError, XmlWriter};

use super::query::leaf;
use super::settings::Nature;
use super::{CallError, Query, Settings, Uuid, VitaleQuery};

/// Namespace of `ContexteBAM`.
const BAM: &str = "urn:siram:bam:ctxbam";
/// Namespace of `ContexteLPS`.
const LPS: &str = "urn:siram:lps:ctxlps";

/// The software that calls: `LPS` of `ContexteLPS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Software {
    /// `IDAM`: authorisation number that the CNDA gave.
    pub authorisation: String,
    /// `Version` of the software.
    pub version: String,
    /// `Instance`: this installation.
    pub installation: Uuid,
    /// `Nom`: `urn:lps:<name>:<version>` or `urn:lps:<editor>` in known clients.
    pub name: String,
}

/// What numbers one call; all different, all new for each call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallIds {
    /// `wsa:MessageID`, which the answer and faults refer to.
    pub message: Uuid,
    /// `Id` of `ContexteBAM`.
    pub bam: Uuid,
    /// `Id` of `ContexteLPS`.
    pub lps: Uuid,
}

/// What both contexts share.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) emitter: Option<&'a str>,
}

impl Shared<'_> {
    /// `Id`, `Temps`, `Emetteur`: the first children of both.
    fn write(&self, w: &mut XmlWriter, prefix: &str, id: &Uuid) -> Result<(), WriteError> {
        let time = self.at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        leaf(w, &format!("{prefix}:Id"), id.as_str())?;
        leaf(w, &format!("{prefix}:Temps"), &time)?;
        if let Some(emitter) = self.emitter {
            leaf(w, &format!("{prefix}:Emetteur"), emitter)?;
        }
        Ok(())
    }
}

pub(super) fn bam(shared: Shared<'_>, id: &Uuid, query: &Query) -> Result<String, WriteError> {
    let mut w = XmlWriter::new();
    w.start("ctxbam:ContexteBAM")?
        .attr("xmlns:ctxbam", BAM)?
        .attr("Version", "01_02")?;
    shared.write(&mut w, "ctxbam", id)?;
    w.start("ctxbam:COUVERTURE")?;
    match query {
        Query::Traits(_) | Query::Verification(_) => {}
        Query::Vitale(card) => coverage(&mut w, card)?,
    }
    w.end()?.end()?;
    w.finish()
}

/// Order of the schema: `GrandRegime`, `Organisme`, `CodeCentre`, `ASSURE`, `BENEFICIAIRE`.
fn coverage(w: &mut XmlWriter, card: &VitaleQuery) -> Result<(), WriteError> {
    let scheme = &card.scheme;
    for (name, value) in [
        ("ctxbam:GrandRegime", &scheme.grand_regime),
        ("ctxbam:Organisme", &scheme.organisme),
        ("ctxbam:CodeCentre", &scheme.code_centre),
    ] {
        if let Some(value) = value {
            leaf(w, name, value)?;
        }
    }
    w.start("ctxbam:ASSURE")?.start("ctxbam:Id")?;
    leaf(w, "ctxbam:Num", card.holder.number())?;
    w.end()?.end()?;
    w.start("ctxbam:BENEFICIAIRE")?;
    if let Some(individual) = &card.individual {
        w.start("ctxbam:Nir")?;
        leaf(w, "ctxbam:Num", individual.number())?;
        w.end()?;
    }
    leaf(w, "ctxbam:DateNai", card.birth_date.as_str())?;
    leaf(w, "ctxbam:Rang", &card.birth_rank.to_string())?;
    w.end()?;
    Ok(())
}

pub(super) fn lps(
    shared: Shared<'_>,
    id: &Uuid,
    software: &Software,
    settings: &Settings,
) -> Result<String, CallError> {
    for (field, value) in [
        ("the authorisation number (IDAM)", &software.authorisation),
        ("the version of the software", &software.version),
        ("the name of the software", &software.name),
    ] {
        if value.trim().is_empty() {
            return Err(CallError::Empty { field });
        }
    }
    let mut w = XmlWriter::new();
    w.start("ctxlps:ContexteLPS")?.attr("xmlns:ctxlps", LPS)?;
    if settings.lps_nature == Nature::Written {
        w.attr("Nature", "CTXLPS")?;
    }
    w.attr("Version", "01_00")?;
    shared.write(&mut w, "ctxlps", id)?;
    w.start("ctxlps:LPS")?;
    w.start("ctxlps:IDAM")?
        .attr("R", "4")?
        .text(&software.authorisation)?
        .end()?;
    leaf(&mut w, "ctxlps:Version", &software.version)?;
    leaf(&mut w, "ctxlps:Instance", software.installation.as_str())?;
    leaf(&mut w, "ctxlps:Nom", &software.name)?;
    w.end()?.end()?;
    Ok(w.finish()?)
}
