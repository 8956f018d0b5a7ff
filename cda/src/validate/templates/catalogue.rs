//! What `explain` says about the rules of templates and models: drawn from the tables.

use std::sync::LazyLock;

use segur_core::{Message, RuleInfo, Severity};

use super::model::Check;
use super::path::expand;
use super::run::{whole, written};
use super::tables;

const SOURCE: &str = "CI-SIS, modèles de contenus CDA ; IHE PCC et LAB (IHE.sch, CI-SIS_ModelesDeContenusCDA.sch du 2025-02-19)";
const MODEL_SOURCE: &str = "CI-SIS, volet du modèle (règles publiées le 2025-02-19)";

static RULES: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
    let mut all: Vec<RuleInfo> = Vec::new();
    for row in tables::templates() {
        let root = expand(row.root);
        let title = Message::new(
            format!("{} ({root}) : ce que le modèle demande", row.name),
            format!("{} ({root}): what the template asks for", row.name),
        );
        add(&mut all, row.id, SOURCE, title, row.checks.iter().collect());
    }
    for model in tables::MODELS {
        let title = Message::new(
            format!("{} : ce que le modèle de document demande", model.name),
            format!("{}: what the document model asks for", model.name),
        );
        let inside = model.inside.iter().flat_map(|(_, checks)| checks.iter());
        let checks = model.checks.iter().chain(inside).collect();
        add(&mut all, model.id, MODEL_SOURCE, title, checks);
        let inside = model
            .values_inside
            .iter()
            .flat_map(|(_, checks)| checks.iter());
        let values: Vec<&Check> = model.values.iter().chain(inside).collect();
        if !values.is_empty() {
            let title = Message::new(
                format!("{} : codes que le modèle de document admet", model.name),
                format!("{}: codes that the document model admits", model.name),
            );
            add(&mut all, model.values_id, MODEL_SOURCE, title, values);
        }
    }
    all.sort_by_key(|rule| rule.id);
    all
});

/// The rules of templates and models, sorted by id.
pub(crate) fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    RULES.iter()
}

/// The rule with this id.
pub(super) fn find(id: &str) -> Option<&'static RuleInfo> {
    let at = RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    RULES.get(at)
}

fn add(
    all: &mut Vec<RuleInfo>,
    id: &'static str,
    source: &'static str,
    title: Message,
    checks: Vec<&Check>,
) {
    if all.iter().any(|known| known.id == id) {
        return;
    }
    let list = checks
        .iter()
        .map(|check| describe(check))
        .collect::<Vec<_>>()
        .join(" ; ");
    all.push(RuleInfo {
        id,
        title,
        severity: Severity::Error,
        source,
        why: Message::new(
            format!("Qui lit l'élément par son modèle compte sur ce que le modèle promet : {list}."),
            format!("Who reads the element by its template counts on what the template promises: {list}."),
        ),
        remedy: Message::new(
            "compléter l'élément comme le modèle le demande, ou ne pas déclarer ce modèle",
            "complete the element as the template asks, or do not declare this template",
        ),
        bad: None,
        good: None,
        profile: "official",
    });
}

fn describe(check: &Check) -> String {
    let all = |checks: &[Check]| checks.iter().map(describe).collect::<Vec<_>>().join(", ");
    match check {
        Check::Has(path, min, max) => written(path, *min, *max),
        Check::Each(path, checks) => {
            format!("{} → {}", whole(path), all(checks))
        }
        Check::Either(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| all(group)).collect();
            groups.join(" | ")
        }
        Check::Coded { path, sets, .. } => {
            let sets: Vec<String> = sets
                .iter()
                .map(|(oid, name)| format!("{name} ({oid})"))
                .collect();
            format!("{} ∈ {}", whole(path), sets.join(" | "))
        }
        Check::Units(units) => {
            let row = |(code, units): &(&str, &[&str])| format!("{code} : {}", units.join(" "));
            let rows: Vec<String> = units.iter().map(row).collect();
            format!("value/@unit ∈ {}", rows.join(", "))
        }
    }
}
