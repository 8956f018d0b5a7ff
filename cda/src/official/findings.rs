//! Findings from what the official rules say.

use segur_core::{Finding, Found, Location, Message, NotRun, Severity};
use segur_schematron::{AbortCause, Aborted, Hit, Outcome, Schema, Spot, spot};

use super::terminology::{TerminologyHit, TerminologyOutcome};

/// Name of the terminology check, as the agency's file is called.
pub(super) const TERMINOLOGY: &str = "terminologie";

fn severity(role: Option<&str>) -> Severity {
    match role.map(str::trim).map(str::to_ascii_lowercase).as_deref() {
        Some("fatal") => Severity::Fatal,
        Some("warning" | "warn") => Severity::Warning,
        Some("info" | "information") => Severity::Info,
        _ => Severity::Error,
    }
}

fn location(spot: &Spot) -> Location {
    Location::new(spot.names.clone(), spot.line, spot.column).with_span(spot.span.clone())
}

fn rule(schema: &str, pattern: &str) -> String {
    match pattern {
        "" => format!("official/{schema}"),
        pattern => format!("official/{schema}/{pattern}"),
    }
}

/// What one schema found, and what it could not check.
pub(super) fn of_outcome(
    name: &str,
    schema: &Schema,
    outcome: &Outcome,
) -> (Vec<Finding>, Vec<NotRun>) {
    let id = |index: usize| {
        schema
            .pattern(index)
            .and_then(|p| p.id())
            .unwrap_or_default()
    };
    let mut findings: Vec<Finding> = outcome
        .hits
        .iter()
        .map(|hit| of_hit(name, id(hit.pattern), hit))
        .collect();
    let mut not_run: Vec<NotRun> = outcome
        .skipped
        .iter()
        .map(|skipped| {
            let (reason, place) = (&skipped.reason, &skipped.place);
            NotRun::new(
                rule(name, id(skipped.pattern)),
                Message::new(
                    format!(
                        "{place} : {reason} ; {} nœud(s) non vérifié(s)",
                        skipped.times
                    ),
                    format!("{place}: {reason}; {} node(s) not checked", skipped.times),
                ),
            )
        })
        .collect();
    if let Some(aborted) = &outcome.aborted {
        findings.push(of_abort(name, aborted));
        not_run.push(NotRun::new(
            rule(name, ""),
            Message::new(
                "le fichier officiel s'est arrêté sur une erreur : aucun de ses verdicts n'est rendu",
                "the official file stopped on an error: none of its verdicts is given",
            ),
        ));
    }
    (findings, not_run)
}

fn of_hit(name: &str, pattern: &str, hit: &Hit) -> Finding {
    let message = Message::new(hit.masked.clone(), hit.masked.clone());
    let mut finding = Finding::new(rule(name, pattern), severity(hit.role.as_deref()), message)
        .with_location(location(&hit.spot))
        .with_expected(hit.test.clone())
        .with_pattern(pattern.to_owned())
        .with_schema(name.to_owned())
        .with_source(hit.place.to_string());
    if hit.text != hit.masked {
        finding = finding.with_found(Found::Personal(hit.text.clone()));
    }
    finding
}

fn of_abort(name: &str, aborted: &Aborted) -> Finding {
    let pattern = aborted.pattern.clone().unwrap_or_default();
    let message = match &aborted.cause {
        AbortCause::Dynamic { code, message } => Message::new(
            format!(
                "Le fichier officiel {name} s'arrête ici sur l'erreur {code} ({}) : ses autres \
                 règles ne sont pas vérifiées.",
                message.fr
            ),
            format!(
                "The official file {name} stops here on error {code} ({}): its other rules are \
                 not checked.",
                message.en
            ),
        ),
        AbortCause::Cancelled => Message::new(
            format!("La vérification {name} a été interrompue."),
            format!("The check {name} was cancelled."),
        ),
        _ => Message::new(
            format!("La vérification {name} dépasse la borne de travail."),
            format!("The check {name} exceeds the bound of work."),
        ),
    };
    Finding::new(rule(name, "aborted"), Severity::Fatal, message)
        .with_location(location(&aborted.spot))
        .with_pattern(pattern)
        .with_schema(name.to_owned())
        .with_source(aborted.place.to_string())
        .with_remedy(Message::new(
            "Chercher à cet endroit un élément répété là où un seul est attendu.",
            "Look there for an element repeated where one is expected.",
        ))
}

/// Findings of the terminology check.
pub(super) fn of_terminology(outcome: &TerminologyOutcome<'_>) -> (Vec<Finding>, Vec<NotRun>) {
    let findings = outcome.hits.iter().map(|hit| {
        let (node, message, found) = match hit {
            TerminologyHit::Code { node, system, code } if code.is_empty() => (
                node,
                Message::new(
                    format!(
                        "Aucun code n'est donné alors que le système {system} a une liste publiée."
                    ),
                    format!("No code is given, though system {system} has a published list."),
                ),
                code,
            ),
            TerminologyHit::Code { node, system, code } => (
                node,
                Message::new(
                    format!("Ce code n'est pas dans la liste publiée du système {system}."),
                    format!("This code is not in the published list of system {system}."),
                ),
                code,
            ),
            TerminologyHit::Unit { node, unit } => (
                node,
                Message::new(
                    "Cette unité n'est pas dans la table UCUM publiée.",
                    "This unit is not in the published UCUM table.",
                ),
                unit,
            ),
        };
        Finding::new(rule(TERMINOLOGY, ""), Severity::Error, message)
            .with_location(location(&spot(*node)))
            .with_found(Found::Personal(found.clone()))
            .with_pattern("")
            .with_schema(TERMINOLOGY)
    });
    let not_run = outcome.not_run.iter().map(|(system, reason)| {
        NotRun::new(
            rule(TERMINOLOGY, system),
            Message::new(
                format!("codes du système {system} non vérifiés : {reason}"),
                format!("codes of system {system} not checked: {reason}"),
            ),
        )
    });
    (findings.collect(), not_run.collect())
}
