//! Keys of professionals' and structures' identifiers.

use segur_core::{Found, KeyStatus, ProfessionalId, RuleInfo, StructureId};
use segur_xml::Node;

use super::rules::{PROFESSIONAL_ID, PROFESSIONAL_KEY, STRUCTURE_ID, STRUCTURE_KEY};
use crate::validate::context::Sink;

/// Checks an `id` under one of the two national roots.
pub(super) fn check<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    let (Some(root), Some(extension)) = (node.attribute("root"), node.attribute("extension"))
    else {
        return;
    };
    let rule: Option<&'static RuleInfo> = match root.as_ref() {
        ProfessionalId::OID => match ProfessionalId::read(&extension) {
            Err(_) => Some(&PROFESSIONAL_ID),
            Ok(ProfessionalId::Rpps(rpps)) if rpps.key() == KeyStatus::Wrong => {
                Some(&PROFESSIONAL_KEY)
            }
            Ok(ProfessionalId::Adeli(adeli)) if adeli.key() == KeyStatus::Wrong => {
                Some(&PROFESSIONAL_KEY)
            }
            Ok(_) => None,
        },
        StructureId::OID => match StructureId::read(&extension) {
            Err(_) => Some(&STRUCTURE_ID),
            Ok(StructureId::Finess(finess)) if finess.key() == KeyStatus::Wrong => {
                Some(&STRUCTURE_KEY)
            }
            Ok(StructureId::Siren(siren)) if siren.key() == KeyStatus::Wrong => {
                Some(&STRUCTURE_KEY)
            }
            Ok(StructureId::Siret(siret)) if siret.key() == KeyStatus::Wrong => {
                Some(&STRUCTURE_KEY)
            }
            Ok(_) => None,
        },
        _ => None,
    };
    if let Some(rule) = rule {
        sink.emit(rule, node, |finding| {
            finding.with_found(Found::Personal(extension.into_owned()))
        });
    }
}
