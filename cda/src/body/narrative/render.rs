//! The narrative as plain text and as HTML.

use super::{NarrativeElement, NarrativeKind, NarrativeNode};

/// How deep elements are followed; what nests deeper is shown without its marks.
const DEPTH: u32 = 128;

pub(super) fn plain(nodes: &[NarrativeNode]) -> String {
    let mut out = Plain::default();
    out.nodes(nodes, DEPTH);
    out.finish()
}

/// Lines of text, white space collapsed.
#[derive(Default)]
struct Plain {
    text: String,
    space: bool,
}

impl Plain {
    fn word_text(&mut self, text: &str) {
        if text.starts_with(|c: char| c.is_whitespace()) {
            self.space = true;
        }
        for word in text.split_whitespace() {
            if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.space = true;
        }
        self.space =
            text.ends_with(|c: char| c.is_whitespace()) || (self.space && text.trim().is_empty());
    }

    fn line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    fn nodes(&mut self, nodes: &[NarrativeNode], depth: u32) {
        for node in nodes {
            match node {
                NarrativeNode::Text(text) => self.word_text(text),
                NarrativeNode::Element(element) if depth > 0 => self.element(element, depth - 1),
                NarrativeNode::Element(_) => {}
            }
        }
    }

    fn element(&mut self, element: &NarrativeElement, depth: u32) {
        match element.kind {
            NarrativeKind::Break => self.line(),
            NarrativeKind::Paragraph | NarrativeKind::Caption | NarrativeKind::Table => {
                self.line();
                self.nodes(&element.children, depth);
                self.line();
            }
            NarrativeKind::Item => {
                self.line();
                self.text.push_str("- ");
                self.nodes(&element.children, depth);
                self.line();
            }
            NarrativeKind::Row => {
                self.line();
                for (rank, child) in element.children.iter().enumerate() {
                    if rank > 0 {
                        self.text.push_str(" | ");
                    }
                    self.space = false;
                    if let NarrativeNode::Element(cell) = child {
                        let mut inner = Self::default();
                        if depth > 0 {
                            inner.nodes(&cell.children, depth - 1);
                        }
                        self.text.push_str(&inner.finish().replace('\n', " / "));
                    }
                }
                self.line();
            }
            _ => self.nodes(&element.children, depth),
        }
    }
}

pub(super) fn html(nodes: &[NarrativeNode]) -> String {
    let mut out = String::new();
    html_nodes(nodes, DEPTH, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

fn html_nodes(nodes: &[NarrativeNode], depth: u32, out: &mut String) {
    for node in nodes {
        match node {
            NarrativeNode::Text(text) => escape(text, out),
            NarrativeNode::Element(element) if depth > 0 => html_element(element, depth - 1, out),
            NarrativeNode::Element(_) => {}
        }
    }
}

/// Whether a link may be followed from a health document without running anything.
fn is_safe_link(href: &str) -> bool {
    let href = href.trim().to_ascii_lowercase();
    href.starts_with("http://") || href.starts_with("https://") || href.starts_with('#')
}

fn html_element(element: &NarrativeElement, depth: u32, out: &mut String) {
    let ordered = element.attribute("listType") == Some("ordered");
    let name = match element.kind {
        NarrativeKind::Break => return out.push_str("<br>"),
        NarrativeKind::Paragraph => "p",
        NarrativeKind::List if ordered => "ol",
        NarrativeKind::List => "ul",
        NarrativeKind::Item => "li",
        NarrativeKind::Table => "table",
        NarrativeKind::TableHead => "thead",
        NarrativeKind::TableFoot => "tfoot",
        NarrativeKind::TableBody => "tbody",
        NarrativeKind::Row => "tr",
        NarrativeKind::HeaderCell => "th",
        NarrativeKind::Cell => "td",
        NarrativeKind::Subscript => "sub",
        NarrativeKind::Superscript => "sup",
        NarrativeKind::Link => "a",
        NarrativeKind::Column | NarrativeKind::ColumnGroup => return,
        NarrativeKind::Caption => "div",
        _ => "span",
    };
    out.push('<');
    out.push_str(name);
    if let Some(id) = &element.id {
        attribute("id", id, out);
    }
    for (key, value) in &element.attributes {
        match key.as_str() {
            "colspan" | "rowspan" if value.bytes().all(|b| b.is_ascii_digit()) => {
                attribute(key, value, out);
            }
            "href" if name == "a" && is_safe_link(value) => attribute(key, value, out),
            "referencedObject" => attribute("data-object", value, out),
            _ => {}
        }
    }
    out.push('>');
    html_nodes(&element.children, depth, out);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::super::{Narrative, NarrativeElement, NarrativeKind};

    #[test]
    fn lists_paragraphs_and_breaks_become_lines() {
        let narrative = Narrative::new([
            NarrativeElement::paragraph("Bonjour  à\n tous"),
            NarrativeElement::list(["un".into(), "deux".into()]),
            NarrativeElement::paragraph("fin")
                .with_child(NarrativeElement::new(NarrativeKind::Break))
                .with_child("suite"),
        ]);
        assert_eq!(
            narrative.to_text(),
            "Bonjour à tous\n- un\n- deux\nfin\nsuite"
        );
    }

    #[test]
    fn words_of_neighbouring_runs_stay_apart_only_where_there_is_space() {
        let narrative = Narrative::new([NarrativeElement::paragraph("a")
            .with_child(NarrativeElement::content("x", "b"))
            .with_child(" c")]);
        assert_eq!(narrative.to_text(), "ab c");
    }

    #[test]
    fn html_carries_no_markup_and_no_script_of_the_document() {
        let link = NarrativeElement::new(NarrativeKind::Link)
            .with_attribute("href", "javascript:alert(1)")
            .with_attribute("onclick", "x()")
            .with_child("<script>");
        let html = Narrative::new([link]).to_html();
        assert_eq!(html, "<a>&lt;script&gt;</a>");
    }
}
