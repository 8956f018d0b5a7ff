//! The JSON shape of reports. Member order and names are stable.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::finding::Finding;
use super::message::Lang;
use super::report::{Counts, NotRun, Report};

/// Several reports as `{"files":[…]}`, in one language.
#[derive(Clone, Copy, Debug)]
pub struct ReportSet<'a> {
    reports: &'a [Report],
    lang: Lang,
    show_identity: bool,
}

impl<'a> ReportSet<'a> {
    /// Reports in one language; personal values are masked unless `show_identity`.
    pub const fn new(reports: &'a [Report], lang: Lang, show_identity: bool) -> Self {
        ReportSet {
            reports,
            lang,
            show_identity,
        }
    }
}

impl Serialize for ReportSet<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(
            "files",
            &Seq(self.reports, |report| {
                ReportView::new(report, self.lang, self.show_identity)
            }),
        )?;
        map.end()
    }
}

/// One report as an element of `files`, in one language.
#[derive(Clone, Copy, Debug)]
pub struct ReportView<'a> {
    report: &'a Report,
    lang: Lang,
    show_identity: bool,
}

impl<'a> ReportView<'a> {
    /// A report in one language; personal values are masked unless `show_identity`.
    pub const fn new(report: &'a Report, lang: Lang, show_identity: bool) -> Self {
        ReportView {
            report,
            lang,
            show_identity,
        }
    }
}

impl Serialize for ReportView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", &report.path)?;
        map.serialize_entry("model", &report.model)?;
        map.serialize_entry("profile", &report.profile)?;
        map.serialize_entry("value_sets", &report.value_sets)?;
        map.serialize_entry("sha256", &report.sha256)?;
        map.serialize_entry("bytes", &report.bytes)?;
        map.serialize_entry("ok", &report.is_ok())?;
        map.serialize_entry("counts", &report.counts())?;
        map.serialize_entry("dropped", &report.dropped)?;
        map.serialize_entry("rules_fired", &report.rules_fired)?;
        map.serialize_entry(
            "findings",
            &Seq(&report.findings, |finding| FindingView {
                finding,
                lang: self.lang,
                show_identity: self.show_identity,
            }),
        )?;
        map.serialize_entry(
            "not_run",
            &Seq(&report.not_run, |not_run| NotRunView {
                not_run,
                lang: self.lang,
            }),
        )?;
        map.end()
    }
}

/// In the default language, personal values masked.
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ReportView::new(self, Lang::default(), false).serialize(serializer)
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Counts", 4)?;
        fields.serialize_field("fatal", &self.fatal)?;
        fields.serialize_field("error", &self.error)?;
        fields.serialize_field("warning", &self.warning)?;
        fields.serialize_field("info", &self.info)?;
        fields.end()
    }
}

struct FindingView<'a> {
    finding: &'a Finding,
    lang: Lang,
    show_identity: bool,
}

impl Serialize for FindingView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.finding;
        let location = finding.location.as_ref();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &finding.rule)?;
        map.serialize_entry("severity", finding.severity.as_str())?;
        map.serialize_entry("xpath", &location.map(|place| place.xpath.as_str()))?;
        map.serialize_entry("line", &location.map(|place| place.line))?;
        map.serialize_entry("column", &location.map(|place| place.column))?;
        if let Some(span) = location.and_then(|place| place.span.as_ref()) {
            map.serialize_entry("span", &[span.start, span.end])?;
        }
        map.serialize_entry("message", finding.message.get(self.lang))?;
        if let Some(expected) = &finding.expected {
            map.serialize_entry("expected", expected)?;
        }
        if let Some(found) = &finding.found {
            map.serialize_entry("found", &found.text(self.lang, self.show_identity))?;
            if found.is_personal() {
                map.serialize_entry("personal", &true)?;
            }
        }
        if let Some(remedy) = &finding.remedy {
            map.serialize_entry("remedy", remedy.get(self.lang))?;
        }
        for (name, value) in [
            ("source", &finding.source),
            ("schema", &finding.schema),
            ("pattern", &finding.pattern),
        ] {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

struct NotRunView<'a> {
    not_run: &'a NotRun,
    lang: Lang,
}

impl Serialize for NotRunView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("NotRun", 2)?;
        fields.serialize_field("rule", &self.not_run.rule)?;
        fields.serialize_field("reason", self.not_run.reason.get(self.lang))?;
        fields.end()
    }
}

/// A slice whose elements are serialised through a view.
struct Seq<'a, T, F>(&'a [T], F);

impl<'a, T, V, F> Serialize for Seq<'a, T, F>
where
    F: Fn(&'a T) -> V,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}
