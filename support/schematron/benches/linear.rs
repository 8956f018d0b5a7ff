//! A run stays linear in the document, also with `//` in rules: `cargo bench -p segur-schematron`.
//!
//! Documents of about 3, 12 and 50 MB; every item is looked at by rules that use `//` from the
//! root, a value set, siblings and a message. Prints the time per size and the growth.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use segur_schematron::{Compiler, MemorySource, RunOptions};
use segur_xml::{Document, Limits};

const SCHEMA: &str = r#"
<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="u" uri="urn:u"/>
  <let name="set" value="'set.xml'"/>
  <pattern id="by-name">
    <rule context="u:item[not(@skip)]">
      <let name="code" value="@code"/>
      <assert test="//u:head/u:owner = 'me'">owner</assert>
      <assert test="count(//u:head) = 1">one head</assert>
      <assert test="document($set)//c[@code = $code]">code <value-of select="$code"/></assert>
      <report test="@code = 'C7' and u:mark">marked <value-of select="@code"/></report>
    </rule>
  </pattern>
  <pattern id="by-marker">
    <rule context="*[u:mark/@k = 'M3']"><assert test="//u:item[@code = 'C9']">C9</assert></rule>
  </pattern>
  <pattern id="deep"><rule context="//u:group//u:mark"><assert test="@k">k</assert></rule></pattern>
</schema>"#;

fn document(items: usize) -> Vec<u8> {
    let mut text = String::from("<u:list xmlns:u='urn:u'><u:head><u:owner>me</u:owner></u:head>\n");
    for group in 0..items / 100 {
        text.push_str("<u:group>\n");
        for item in 0..100 {
            let code = (group * 7 + item) % 11;
            writeln!(
                text,
                "  <u:item code='C{code}' n='{item}'><u:mark k='M{}'/>some text that is long enough</u:item>",
                item % 13
            )
            .unwrap();
        }
        text.push_str("</u:group>\n");
    }
    text.push_str("</u:list>\n");
    text.into_bytes()
}

fn main() {
    let mut set = String::from("<set>");
    for code in 0..11 {
        write!(set, "<c code='C{code}'/>").unwrap();
    }
    set.push_str("</set>");
    let source = MemorySource::new()
        .with("s.sch", SCHEMA)
        .with("set.xml", set);
    let compiler = Compiler::new(source);
    let schema = compiler.load("s.sch").unwrap();
    let mut limits = Limits::default();
    limits.max_bytes = 256 << 20;
    limits.max_nodes = usize::MAX;
    let mut last: Option<Duration> = None;
    for factor in [1, 4, 16] {
        let bytes = document(36_000 * factor);
        let document = Document::parse_with(&bytes, &limits).unwrap();
        let mut best = Duration::MAX;
        let mut fired = 0;
        for _ in 0..3 {
            let begun = Instant::now();
            let prepared = compiler.prepare(&document);
            let outcome = schema
                .run_prepared(&prepared, &RunOptions::default())
                .unwrap();
            best = best.min(begun.elapsed());
            assert!(outcome.aborted.is_none());
            fired = outcome.fired.len();
        }
        let growth = last.map_or(String::new(), |last| {
            format!(
                ", {:.1} times the size before (4 is linear)",
                best.as_secs_f64() / last.as_secs_f64()
            )
        });
        println!(
            "{:>6.1} MB, {fired:>8} rules fired: {:>9.1} ms{growth}",
            bytes.len() as f64 / 1e6,
            best.as_secs_f64() * 1e3
        );
        last = Some(best);
    }
}
