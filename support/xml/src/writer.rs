use crate::chars::{find_invalid, is_ncname};
use crate::document::located;
use crate::encoding::{Encoding, clip};
use crate::error::{Fault, XmlError};
use crate::escape::{self, Forbidden};
use crate::limits::Limits;
use crate::names::{Names, XML_NS, XMLNS_NS};
use crate::parse::{self, Binding, Job, Surroundings};
use crate::source::Source;

/// Writes a new document from top to bottom, in UTF-8. What it accepts is well-formed, its
/// namespaces too: names are checked, values escaped, forbidden characters refused.
///
/// ```
/// use segur_xml::XmlWriter;
///
/// let mut w = XmlWriter::indented(2);
/// w.declaration()?;
/// w.start("note")?.attr("xmlns", "urn:x")?;
/// w.start("to")?.attr("code", "a&b")?.text("Jean < Paul")?.end()?;
/// w.start("empty")?.end()?;
/// w.raw("<p>already <b>markup</b></p>")?;
/// w.end()?;
/// assert_eq!(
///     w.finish()?,
///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
///      <note xmlns=\"urn:x\">\n  \
///        <to code=\"a&amp;b\">Jean &lt; Paul</to>\n  \
///        <empty/>\n  \
///        <p>already <b>markup</b></p>\n\
///      </note>\n"
/// );
/// # Ok::<(), segur_xml::WriteError>(())
/// ```
#[derive(Clone)]
pub struct XmlWriter {
    out: String,
    indent: Option<usize>,
    open: Vec<OpenElement>,
    /// A start tag without its `>`.
    tag: Option<Tag>,
    /// Declarations in force, innermost last: prefix, namespace.
    scope: Vec<(String, String)>,
    has_root: bool,
}

#[derive(Clone)]
struct OpenElement {
    name: String,
    /// Declarations in force before it.
    scope: usize,
    /// Holds text, or is to be left alone: no white space may be added.
    inline: bool,
    has_children: bool,
}

#[derive(Clone, Default)]
struct Tag {
    attributes: Vec<String>,
}

/// Something that the writer refuses to write; what was written before stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The name is none of XML.
    #[error("not a name: write local or prefix:local, with letters, digits, - . _")]
    InvalidName,
    /// A prefix without declaration.
    #[error(
        "the prefix {prefix} is not declared: write the attribute xmlns:{prefix} on this element or one around it"
    )]
    UndeclaredPrefix {
        /// The prefix.
        prefix: String,
    },
    /// A declaration of a reserved prefix or namespace, or of a prefix as empty.
    #[error(
        "the namespace declaration {name} is not allowed: xml and xmlns are reserved, and only the default namespace may be empty"
    )]
    InvalidDeclaration {
        /// Name of the declaration.
        name: String,
    },
    /// The same attribute twice.
    #[error("the attribute {name} is written twice on the same element: write it once")]
    DuplicateAttribute {
        /// Name of the second one.
        name: String,
    },
    /// A character that no XML document may hold.
    #[error("the character U+{code:04X} is forbidden in XML: remove it from the value")]
    InvalidCharacter {
        /// Its code point.
        code: u32,
    },
    /// An attribute where no start tag is open.
    #[error("an attribute can only follow the start of its element, before its content")]
    MisplacedAttribute,
    /// The XML declaration after something else.
    #[error("the XML declaration must be written first, and once")]
    MisplacedDeclaration,
    /// Text outside the root element, or a second root element.
    #[error(
        "a document has one root element and no text beside it: write this inside the root element"
    )]
    OutsideRoot,
    /// An end without start.
    #[error("no element is open: there is one end too many")]
    NothingToEnd,
    /// The document is not complete.
    #[error("the document is not complete: {}", unfinished(name))]
    Unfinished {
        /// The innermost open element; none if there is no root element.
        name: Option<String>,
    },
    /// A comment with `--` inside or `-` at its end, or an instruction with `?>` inside or a
    /// target that is no name or reserved.
    #[error(
        "a comment cannot hold -- nor end with -, an instruction needs a name other than xml and cannot hold ?>"
    )]
    InvalidContent,
    /// The markup given is not well-formed there.
    #[error("the markup cannot stand there: {0}")]
    Markup(#[source] XmlError),
}

fn unfinished(name: &Option<String>) -> String {
    match name {
        Some(name) => format!("the element {name} is still open, end it"),
        None => "it has no root element, write one".to_owned(),
    }
}

impl WriteError {
    /// Cause and remedy in English; as `Display`.
    pub fn message_en(&self) -> String {
        self.to_string()
    }

    /// Cause and remedy in French.
    pub fn message_fr(&self) -> String {
        match self {
            Self::InvalidName => "ce n'est pas un nom : écrivez local ou préfixe:local, avec lettres, chiffres, - . _".into(),
            Self::UndeclaredPrefix { prefix } => format!(
                "le préfixe {prefix} n'est pas déclaré : écrivez l'attribut xmlns:{prefix} sur cet élément ou un élément qui l'entoure"
            ),
            Self::InvalidDeclaration { name } => format!(
                "la déclaration d'espace de noms {name} n'est pas permise : xml et xmlns sont réservés, et seul l'espace de noms par défaut peut être vide"
            ),
            Self::DuplicateAttribute { name } => format!(
                "l'attribut {name} est écrit deux fois sur le même élément : écrivez-le une fois"
            ),
            Self::InvalidCharacter { code } => format!(
                "le caractère U+{code:04X} est interdit en XML : retirez-le de la valeur"
            ),
            Self::MisplacedAttribute => "un attribut ne peut que suivre le début de son élément, avant son contenu".into(),
            Self::MisplacedDeclaration => "la déclaration XML doit être écrite en premier, et une fois".into(),
            Self::OutsideRoot => "un document a un seul élément racine et pas de texte à côté : écrivez ceci dans l'élément racine".into(),
            Self::NothingToEnd => "aucun élément n'est ouvert : il y a une fin de trop".into(),
            Self::Unfinished { name: Some(name) } => format!(
                "le document n'est pas complet : l'élément {name} est encore ouvert, fermez-le"
            ),
            Self::Unfinished { name: None } => "le document n'est pas complet : il n'a pas d'élément racine, écrivez-en un".into(),
            Self::InvalidContent => "un commentaire ne peut contenir -- ni finir par -, une instruction a besoin d'un nom autre que xml et ne peut contenir ?>".into(),
            Self::Markup(error) => format!(
                "le balisage ne peut pas être placé là : ligne {}, colonne {} : {}",
                error.position().line,
                error.position().column,
                error.message_fr()
            ),
        }
    }
}

impl From<Forbidden> for WriteError {
    fn from(Forbidden(c): Forbidden) -> Self {
        Self::InvalidCharacter { code: c as u32 }
    }
}

type Written<'w> = Result<&'w mut XmlWriter, WriteError>;

impl Default for XmlWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl XmlWriter {
    /// A writer that adds no white space.
    pub fn new() -> Self {
        Self {
            out: String::new(),
            indent: None,
            open: Vec::new(),
            tag: None,
            scope: Vec::new(),
            has_root: false,
        }
    }

    /// A writer that puts each element on its line, `width` spaces deeper than its parent, but
    /// adds nothing inside an element once text was written there. In mixed content that does
    /// not begin with text, call [`XmlWriter::inline`] first.
    pub fn indented(width: usize) -> Self {
        Self {
            indent: Some(width),
            ..Self::new()
        }
    }

    /// The XML declaration; only at the very start.
    ///
    /// # Errors
    /// [`WriteError::MisplacedDeclaration`].
    pub fn declaration(&mut self) -> Written<'_> {
        if !self.out.is_empty() {
            return Err(WriteError::MisplacedDeclaration);
        }
        self.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Ok(self)
    }

    /// Starts an element; its attributes come next. The name is as written, prefix included.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn start(&mut self, name: &str) -> Written<'_> {
        self.close_tag()?;
        if !is_qname(name) {
            return Err(WriteError::InvalidName);
        }
        if self.open.is_empty() && self.has_root {
            return Err(WriteError::OutsideRoot);
        }
        self.has_root = true;
        self.line();
        let inline = self.open.last().is_some_and(|parent| parent.inline);
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(OpenElement {
            name: name.to_owned(),
            scope: self.scope.len(),
            inline,
            has_children: false,
        });
        self.tag = Some(Tag::default());
        Ok(self)
    }

    /// Adds an attribute, or a namespace declaration, to the element that was just started.
    ///
    /// # Errors
    /// See [`WriteError`]. Whether prefixes are declared is checked when the tag is complete.
    pub fn attr(&mut self, name: &str, value: &str) -> Written<'_> {
        let Some(tag) = &mut self.tag else {
            return Err(WriteError::MisplacedAttribute);
        };
        if !is_qname(name) {
            return Err(WriteError::InvalidName);
        }
        if tag.attributes.iter().any(|other| other == name) {
            return Err(WriteError::DuplicateAttribute { name: clip(name) });
        }
        let mut escaped = String::with_capacity(value.len());
        escape::attribute(value, '"', Encoding::Utf8, &mut escaped)?;
        if name == "xmlns" || name.starts_with("xmlns:") {
            let prefix = name.strip_prefix("xmlns:").unwrap_or("");
            let reserved =
                prefix == "xmlns" || value == XMLNS_NS || (prefix == "xml") != (value == XML_NS);
            if reserved || (value.is_empty() && !prefix.is_empty()) {
                return Err(WriteError::InvalidDeclaration { name: clip(name) });
            }
            self.scope.push((prefix.to_owned(), value.to_owned()));
        }
        tag.attributes.push(name.to_owned());
        self.out.push_str(&format!(" {name}=\"{escaped}\""));
        Ok(self)
    }

    /// Adds text to the open element.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn text(&mut self, text: &str) -> Written<'_> {
        self.close_tag()?;
        let Some(parent) = self.open.last_mut() else {
            return Err(WriteError::OutsideRoot);
        };
        let mut escaped = String::with_capacity(text.len());
        escape::text(text, Encoding::Utf8, &mut escaped)?;
        parent.inline |= !text.is_empty();
        parent.has_children |= !text.is_empty();
        self.out.push_str(&escaped);
        Ok(self)
    }

    /// Ends the innermost open element.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn end(&mut self) -> Written<'_> {
        if self.tag.is_some() {
            self.check_tag()?;
            self.tag = None;
            self.out.push_str("/>");
        } else {
            let Some(element) = self.open.last() else {
                return Err(WriteError::NothingToEnd);
            };
            let end = format!("</{}>", element.name);
            if element.has_children && !element.inline {
                self.break_line(self.open.len() - 1);
            }
            self.out.push_str(&end);
        }
        if let Some(element) = self.open.pop() {
            self.scope.truncate(element.scope);
        }
        Ok(self)
    }

    /// Adds no white space inside the open element from here on.
    ///
    /// # Errors
    /// [`WriteError::OutsideRoot`] when no element is open.
    pub fn inline(&mut self) -> Written<'_> {
        self.open.last_mut().ok_or(WriteError::OutsideRoot)?.inline = true;
        Ok(self)
    }

    /// Adds markup as it is, after checking that it is well-formed there: whole elements, text,
    /// comments, instructions.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn raw(&mut self, markup: &str) -> Written<'_> {
        self.close_tag()?;
        if self.open.is_empty() {
            return Err(WriteError::OutsideRoot);
        }
        self.check_markup(markup)?;
        if markup.starts_with('<') {
            self.line();
        } else if let Some(parent) = self.open.last_mut() {
            // Text next to text: ]] and > must not come together.
            if markup.starts_with('>') && self.out.ends_with("]]")
                || markup.starts_with("]>") && self.out.ends_with(']')
            {
                return Err(WriteError::InvalidContent);
            }
            parent.inline |= !markup.is_empty();
            parent.has_children |= !markup.is_empty();
        }
        self.out.push_str(markup);
        Ok(self)
    }

    /// Adds a comment.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn comment(&mut self, text: &str) -> Written<'_> {
        self.close_tag()?;
        check_characters(text)?;
        if text.contains("--") || text.ends_with('-') {
            return Err(WriteError::InvalidContent);
        }
        self.line();
        self.out.push_str(&format!("<!--{text}-->"));
        Ok(self)
    }

    /// Adds a processing instruction.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn instruction(&mut self, target: &str, content: &str) -> Written<'_> {
        self.close_tag()?;
        check_characters(content)?;
        if !is_ncname(target) || target.eq_ignore_ascii_case("xml") || content.contains("?>") {
            return Err(WriteError::InvalidContent);
        }
        self.line();
        let space = if content.is_empty() { "" } else { " " };
        self.out.push_str(&format!("<?{target}{space}{content}?>"));
        Ok(self)
    }

    /// The document.
    ///
    /// # Errors
    /// [`WriteError::Unfinished`] when an element is open or there is none.
    pub fn finish(mut self) -> Result<String, WriteError> {
        if let Some(element) = self.open.last() {
            return Err(WriteError::Unfinished {
                name: Some(clip(&element.name)),
            });
        }
        if !self.has_root {
            return Err(WriteError::Unfinished { name: None });
        }
        if self.indent.is_some() {
            self.out.push('\n');
        }
        Ok(self.out)
    }

    fn close_tag(&mut self) -> Result<(), WriteError> {
        if self.tag.is_some() {
            self.check_tag()?;
            self.tag = None;
            self.out.push('>');
        }
        Ok(())
    }

    /// Prefixes declared, attributes distinct also by namespace.
    fn check_tag(&self) -> Result<(), WriteError> {
        let (Some(tag), Some(element)) = (&self.tag, self.open.last()) else {
            return Ok(());
        };
        if let Some((prefix, _)) = element.name.split_once(':') {
            self.lookup(prefix)?;
        }
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for name in &tag.attributes {
            let Some((prefix, local)) = name
                .split_once(':')
                .filter(|(prefix, _)| *prefix != "xmlns")
            else {
                continue;
            };
            let namespace = self.lookup(prefix)?;
            if seen.contains(&(namespace, local)) {
                return Err(WriteError::DuplicateAttribute { name: clip(name) });
            }
            seen.push((namespace, local));
        }
        Ok(())
    }

    fn lookup(&self, prefix: &str) -> Result<&str, WriteError> {
        if prefix == "xml" {
            return Ok(XML_NS);
        }
        let found = self.scope.iter().rev().find(|(own, _)| own == prefix);
        found
            .map(|(_, namespace)| namespace.as_str())
            .ok_or_else(|| WriteError::UndeclaredPrefix {
                prefix: clip(prefix),
            })
    }

    fn check_markup(&self, markup: &str) -> Result<(), WriteError> {
        let mut text = String::new();
        let mut names = Names::new();
        let mut scope = Vec::new();
        for (prefix, namespace) in &self.scope {
            let from = text.len();
            text.push_str(prefix);
            scope.push(Binding {
                prefix: from..text.len(),
                ns: names.namespaces.len() as u32,
            });
            names.namespaces.push(namespace.as_str().into());
        }
        let from = text.len();
        text.push_str(markup);
        let (_, parsed) = parse::parse(Job {
            text: &text,
            from,
            limits: &Limits::default(),
            names,
            nodes: 0,
            attrs: 0,
            fragment: Some(Surroundings {
                scope,
                depth: self.open.len(),
            }),
        });
        parsed.map(|_| ()).map_err(|fault| {
            let markup = Source::new(markup.to_owned(), Encoding::Utf8, false);
            let at = fault.at.saturating_sub(from);
            WriteError::Markup(located(
                &markup,
                Fault {
                    kind: fault.kind,
                    at,
                },
            ))
        })
    }

    /// A new line for what comes next, unless that would change text.
    fn line(&mut self) {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(parent) => {
                parent.has_children = true;
                if !parent.inline {
                    self.break_line(depth);
                }
            }
            None if !self.out.is_empty() => self.break_line(0),
            None => {}
        }
    }

    fn break_line(&mut self, depth: usize) {
        let Some(width) = self.indent else { return };
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', width * depth));
    }
}

fn is_qname(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
        None => is_ncname(name),
    }
}

fn check_characters(text: &str) -> Result<(), WriteError> {
    match find_invalid(text) {
        Some((_, c)) => Err(WriteError::InvalidCharacter { code: c as u32 }),
        None => Ok(()),
    }
}

/// Without content: it may be a patient's.
impl std::fmt::Debug for XmlWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XmlWriter")
            .field("bytes", &self.out.len())
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}
