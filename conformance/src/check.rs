//! `segur validate`: many documents, several at a time, in the order of their names.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use segur_cda::validate::{ModelChoice, Validator, ValueSets};
use segur_core::{Lang, Report};
use segur_xml::{Document, Limits};
use sha2::{Digest, Sha256};

use crate::cli::{Format, Validate};
use crate::excerpt::{Excerpt, Source};
use crate::files::{self, Input};
use crate::output::{Failure, Terminal, with_causes, write_file};
use crate::{COULD_NOT_RUN, FINDINGS, FINE, emit, official, tr};

/// A document's report, with the source lines that go with its findings.
pub(crate) struct Checked {
    pub(crate) report: Report,
    /// One per finding, in the same order.
    pub(crate) excerpts: Vec<Option<Excerpt>>,
    /// The file itself could not be had.
    pub(crate) unread: bool,
}

pub(crate) fn run(options: &Validate, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let validator = validator(options)?;
    let inputs = files::collect(&options.paths);
    if inputs.is_empty() {
        return Err(Failure::refused(
            "aucun fichier *.xml dans les dossiers indiqués",
            "no *.xml file in the folders given",
        ));
    }
    let checked = check_all(&inputs, &validator, options, lang);
    let settings = emit::Settings {
        lang,
        show_identity: options.show_identity,
    };
    match (&options.output, options.format) {
        (Some(folder), Format::Svrl) if checked.len() > 1 => {
            std::fs::create_dir_all(folder).map_err(|source| Failure::Output {
                path: Some(folder.clone()),
                source,
            })?;
            for (index, one) in checked.iter().enumerate() {
                let name = emit::svrl::file_name(one, index);
                write_file(
                    &folder.join(name),
                    emit::svrl::write(one, settings).as_bytes(),
                )?;
            }
        }
        (None, Format::Svrl) if checked.len() > 1 => {
            return Err(Failure::refused(
                "un rapport SVRL décrit un seul document : indiquer un dossier avec --output",
                "a SVRL report describes one document: name a folder with --output",
            ));
        }
        (Some(path), format) => {
            write_file(path, emit::write(&checked, format, settings).as_bytes())?
        }
        (None, format) => terminal.print(emit::write(&checked, format, settings).as_bytes())?,
    }
    Ok(if checked.iter().any(|c| c.unread) {
        COULD_NOT_RUN
    } else if checked.iter().any(|c| !c.report.is_ok()) {
        FINDINGS
    } else {
        FINE
    })
}

fn limits(options: &Validate) -> Limits {
    let mut limits = Limits::default();
    limits.max_bytes = (options.max_size as usize) << 20;
    limits
}

fn validator(options: &Validate) -> Result<Validator, Failure> {
    let mut builder = Validator::builder()
        .profile(options.profile)
        .limits(limits(options))
        .model(match options.model.as_str() {
            "auto" => ModelChoice::Auto,
            "none" => ModelChoice::None,
            name => ModelChoice::Named(name.to_owned()),
        });
    if let Some(path) = &options.official {
        builder = builder.official(Arc::new(official::open(path)?));
    }
    if let Some(folder) = &options.value_sets {
        let sets = ValueSets::load(folder).map_err(|error| {
            let cause = with_causes(&error);
            Failure::refused(
                format!("jeux de valeurs {} : {cause}", folder.display()),
                format!("value sets {}: {cause}", folder.display()),
            )
        })?;
        builder = builder.value_sets(Arc::new(sets));
    }
    Ok(builder.build())
}

/// Below this many bytes in all, starting threads costs more than it saves.
const WORTH_THREADS: u64 = 1 << 20;

fn check_all(
    inputs: &[Input],
    validator: &Validator,
    options: &Validate,
    lang: Lang,
) -> Vec<Checked> {
    let total: u64 = inputs.iter().map(|i| i.bytes).sum();
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = match options.jobs {
        0 if total < WORTH_THREADS => 1,
        0 => processors(),
        jobs => jobs,
    }
    .clamp(1, inputs.len());
    let progress = progress(inputs.len(), total, lang);
    if jobs == 1 {
        return inputs
            .iter()
            .map(|input| {
                let checked = check_one(input, validator, options);
                progress.inc(1);
                checked
            })
            .collect();
    }
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = inputs.get(index) else {
                        break;
                    };
                    // The receiver outlives the threads, so the answer arrives.
                    let _ = sender.send((index, check_one(input, validator, options)));
                }
            });
        }
        drop(sender);
        let mut checked: Vec<Option<Checked>> = inputs.iter().map(|_| None).collect();
        for (index, one) in results {
            progress.inc(1);
            checked[index] = Some(one);
        }
        checked.into_iter().flatten().collect()
    })
}

fn check_one(input: &Input, validator: &Validator, options: &Validate) -> Checked {
    let limits = limits(options);
    let mut checked = match files::read(input, limits.max_bytes) {
        Err(finding) => {
            let unread = files::is_unread(&finding);
            let mut report = Report::new();
            report.profile = Some(options.profile.to_string());
            report.findings.push(*finding);
            Checked {
                excerpts: vec![None],
                report,
                unread,
            }
        }
        Ok(bytes) => {
            // A fault in one rule must not cost the user the other documents.
            let look = || check_bytes(&bytes, validator, &limits, options);
            let (mut report, excerpts) =
                catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| {
                    let mut report = Report::new();
                    report.findings.push(files::internal_error());
                    (report, vec![None])
                });
            report.bytes = Some(bytes.len() as u64);
            // Hashing costs as much as checking; people do not read it.
            if options.format != Format::Text {
                report.sha256 = Some(hex(&Sha256::digest(&bytes)));
            }
            Checked {
                report,
                excerpts,
                unread: false,
            }
        }
    };
    checked.report.path = Some(input.path.display().to_string());
    checked
}

fn check_bytes(
    bytes: &[u8],
    validator: &Validator,
    limits: &Limits,
    options: &Validate,
) -> (Report, Vec<Option<Excerpt>>) {
    let document = Document::parse_with(bytes, limits).ok();
    let report = match &document {
        Some(document) => validator.validate(document),
        None => validator.validate_bytes(bytes),
    };
    let findings = report.findings.iter();
    let excerpts = if matches!(options.format, Format::Text | Format::Html) && findings.len() > 0 {
        let source = Source::new(bytes, document.as_ref(), options.show_identity);
        findings.map(|finding| source.excerpt(finding)).collect()
    } else {
        findings.map(|_| None).collect()
    };
    (report, excerpts)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A bar on standard error, when that is a terminal and there is something to wait for.
fn progress(documents: usize, bytes: u64, lang: Lang) -> ProgressBar {
    if documents < 2 || bytes < WORTH_THREADS {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(
        Some(documents as u64),
        ProgressDrawTarget::stderr_with_hz(8),
    );
    let unit = tr(lang, "documents contrôlés", "documents checked");
    let style = ProgressStyle::with_template(&format!(
        "{{wide_bar}} {{pos}}/{{len}} {unit}, {{elapsed}} ({{eta}})"
    ));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
