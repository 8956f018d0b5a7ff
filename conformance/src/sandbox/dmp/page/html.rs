//! A page in the making.

use std::fmt::Write as _;

use segur_core::Lang;

use super::form::address;
use crate::emit::escape;
use crate::tr;

/// Path, parameters, text.
pub(super) type Link<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// A page in the making: everything is escaped here, nowhere else.
pub(super) struct Page {
    lang: Lang,
    /// Links keep the language that was chosen.
    chosen: bool,
    html: String,
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    /// An identifier.
    Code(String),
    /// Something that went wrong.
    Bad(String),
    /// A text that leads to a page of ours, with a parameter.
    Link(String, &'static str, &'static str, String),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }
}

/// A row, and whether it is of something that is no longer in force.
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) off: bool,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, off: false }
    }
}

impl Page {
    /// `other` is the address of the same page in the other language.
    pub(super) fn new(lang: Lang, title: &str, chosen: bool, other: &str) -> Self {
        let mut page = Self {
            lang,
            chosen,
            html: String::new(),
        };
        let (code, name) = (
            tr(lang, "fr", "en"),
            tr(lang, "DMP (bac à sable)", "DMP (sandbox)"),
        );
        let title = escape(title);
        page.push(format_args!(
            "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} – {name}</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
             <header><strong>{name}</strong> "
        ));
        for (path, text) in [
            ("/", tr(lang, "Patients", "Patients")),
            ("/exchanges", tr(lang, "Échanges", "Exchanges")),
            ("/quirks", tr(lang, "Anomalies", "Quirks")),
        ] {
            let link = page.link(path, &[], text);
            page.push(format_args!("{link} "));
        }
        let (code, text) = (tr(lang, "en", "fr"), tr(lang, "English", "Français"));
        let other = escape(other);
        page.push(format_args!(
            "<a href=\"{other}\" hreflang=\"{code}\" lang=\"{code}\">{text}</a></header>\n<main>\n<h1>{title}</h1>\n"
        ));
        page
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.html.write_fmt(text);
    }

    fn link(&self, path: &str, parameters: &[(&str, &str)], text: &str) -> String {
        let lang = tr(self.lang, "fr", "en");
        let chosen = self.chosen.then_some(("lang", lang));
        let address = address(path, parameters.iter().copied().chain(chosen));
        format!("<a href=\"{}\">{}</a>", escape(&address), escape(text))
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.push(format_args!("<h2>{}</h2>\n", escape(text)));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.push(format_args!("<p>{}</p>\n", escape(text)));
    }

    pub(super) fn links(&mut self, links: &[Link<'_>]) {
        let links = links
            .iter()
            .map(|(path, parameters, text)| self.link(path, parameters, text));
        let links = links.collect::<Vec<_>>().join(" · ");
        self.push(format_args!("<p>{links}</p>\n"));
    }

    pub(super) fn text(&mut self, text: &str) {
        // Lines stay lines.
        let text = escape(text).replace("&#10;", "\n").replace("&#13;", "");
        self.push(format_args!("<pre>{text}</pre>\n"));
    }

    /// Names and values.
    pub(super) fn fields(&mut self, fields: &[(&str, String)]) {
        self.push(format_args!("<div class=\"table\"><table>\n<tbody>\n"));
        for (name, value) in fields {
            let (name, value) = (escape(name), escape(value).replace("&#10;", "<br>"));
            self.push(format_args!(
                "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>\n"
            ));
        }
        self.push(format_args!("</tbody>\n</table></div>\n"));
    }

    pub(super) fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Row>) {
        self.push(format_args!("<div class=\"table\"><table>\n<thead><tr>"));
        for one in head {
            self.push(format_args!("<th scope=\"col\">{}</th>", escape(one)));
        }
        self.push(format_args!("</tr></thead>\n<tbody>\n"));
        for row in rows {
            let class = if row.off { " class=\"off\"" } else { "" };
            self.push(format_args!("<tr{class}>"));
            for cell in row.cells {
                let cell = match cell {
                    Cell::Text(text) => escape(&text).replace("&#10;", "<br>"),
                    Cell::Code(text) => format!("<code>{}</code>", escape(&text)),
                    Cell::Bad(text) => format!("<span class=\"bad\">{}</span>", escape(&text)),
                    Cell::Link(text, path, name, value) => {
                        self.link(path, &[(name, &value)], &text)
                    }
                };
                self.push(format_args!("<td>{cell}</td>"));
            }
            self.push(format_args!("</tr>\n"));
        }
        self.push(format_args!("</tbody>\n</table></div>\n"));
    }

    /// Links to the screens before and after this one.
    pub(super) fn screens(&mut self, path: &str, parameters: &[(&str, &str)], at: u64, more: bool) {
        let (before, after) = (at.saturating_sub(1).to_string(), (at + 1).to_string());
        let (earlier, later) = (
            tr(self.lang, "page précédente", "previous page"),
            tr(self.lang, "page suivante", "next page"),
        );
        let with = |screen: &str, text: &str| {
            let mut parameters = parameters.to_vec();
            parameters.push(("screen", screen));
            self.link(path, &parameters, text)
        };
        let back = (at > 0).then(|| with(&before, earlier));
        let on = more.then(|| with(&after, later));
        let links: Vec<String> = back.into_iter().chain(on).collect();
        if !links.is_empty() {
            self.push(format_args!("<p>{}</p>\n", links.join(" · ")));
        }
    }

    /// A form with one text of several lines; `action` is a whole address.
    pub(super) fn form(&mut self, action: &str, name: &str, label: &str, text: &str, button: &str) {
        let action = escape(action);
        let (label, text, button) = (escape(label), escape(text), escape(button));
        let text = text.replace("&#10;", "\n");
        self.push(format_args!(
            "<form method=\"post\" action=\"{action}\"><label for=\"{name}\">{label}</label>\n\
             <textarea id=\"{name}\" name=\"{name}\" spellcheck=\"false\">\n{text}</textarea>\n\
             <button>{button}</button></form>\n"
        ));
    }

    pub(super) fn finish(mut self) -> String {
        self.html.push_str("</main>\n</body>\n</html>\n");
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_value_is_markup() {
        let bad = "\"><script>alert(1)</script><img src=x onerror='y'>\n</textarea>";
        let mut page = Page::new(Lang::En, bad, true, bad);
        page.heading(bad);
        page.paragraph(bad);
        page.text(bad);
        page.fields(&[(bad, bad.to_owned())]);
        let cells = vec![
            Cell::text(bad),
            Cell::code(bad),
            Cell::Bad(bad.to_owned()),
            Cell::Link(bad.to_owned(), "/entry", "id", bad.to_owned()),
        ];
        page.table(&[bad], [Row::from(cells)]);
        page.links(&[("/text", &[("id", bad)], bad)]);
        page.screens("/", &[("row", bad)], 1, true);
        page.form(bad, "quirks", bad, bad, bad);
        let html = page.finish();
        for tag in ["<script", "<img", "\"><s"] {
            assert!(!html.contains(tag), "{html}");
        }
        assert_eq!(html.matches("</textarea>").count(), 1);
        assert!(!html.contains("='y'>\n"), "quotes of attributes");
    }
}
