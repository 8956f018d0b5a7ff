use std::fmt;

use crate::source::Position;

/// A document that could not be read: what is wrong, and where.
///
/// `Display` is English with the place; [`XmlError::message_fr`] and [`XmlError::message_en`] are
/// the sentence alone. Texts name elements, attributes and entities, never content.
///
/// ```
/// use segur_xml::{Document, ErrorKind};
///
/// let error = Document::parse(b"<a>\n  <b></a>").unwrap_err();
/// assert_eq!((error.position().line, error.position().column), (2, 6));
/// assert!(matches!(error.kind(), ErrorKind::MismatchedEndTag { .. }));
/// assert_eq!(
///     error.to_string(),
///     "line 2, column 6: the end tag </a> stands where </b> is due: close elements in the reverse order of opening"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {}", position.line, position.column, kind)]
pub struct XmlError {
    kind: Box<ErrorKind>,
    position: Position,
    offset: usize,
}

impl XmlError {
    pub(crate) fn new(kind: ErrorKind, position: Position, offset: usize) -> Self {
        Self {
            kind: Box::new(kind),
            position,
            offset,
        }
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Line and column of the place, in the input.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Byte of the input, from 0.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Cause and remedy in French, without the place.
    pub fn message_fr(&self) -> String {
        self.kind.fr()
    }

    /// Cause and remedy in English, without the place.
    pub fn message_en(&self) -> String {
        self.kind.en()
    }
}

/// An error and its offset in the text, before the position is worked out.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) at: usize,
}

/// Fails at `at`, an offset in the text.
pub(crate) fn fail<T>(kind: ErrorKind, at: usize) -> Result<T, Box<Fault>> {
    Err(Box::new(Fault { kind, at }))
}

/// What is open when the input ends or goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Construct {
    /// `<name …>` or `</name>`
    Tag,
    /// An attribute value.
    AttributeValue,
    /// `<!-- … -->`
    Comment,
    /// `<![CDATA[ … ]]>`
    CData,
    /// `<?target … ?>`
    Instruction,
}

impl Construct {
    fn en(self) -> (&'static str, &'static str) {
        match self {
            Self::Tag => ("tag", ">"),
            Self::AttributeValue => ("attribute value", "its quote"),
            Self::Comment => ("comment", "-->"),
            Self::CData => ("CDATA section", "]]>"),
            Self::Instruction => ("processing instruction", "?>"),
        }
    }

    fn fr(self) -> (&'static str, &'static str) {
        match self {
            Self::Tag => ("une balise", ">"),
            Self::AttributeValue => ("une valeur d'attribut", "son guillemet"),
            Self::Comment => ("un commentaire", "-->"),
            Self::CData => ("une section CDATA", "]]>"),
            Self::Instruction => ("une instruction de traitement", "?>"),
        }
    }
}

/// Why a document was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// More bytes than [`crate::Limits::max_bytes`], or more than 1 GiB of text.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
        /// The size, in bytes.
        found: usize,
    },
    /// More elements open than [`crate::Limits::max_depth`].
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More attributes on one element than [`crate::Limits::max_attributes`].
    TooManyAttributes {
        /// The limit.
        limit: usize,
    },
    /// More namespace declarations on one element than [`crate::Limits::max_namespaces`].
    TooManyNamespaces {
        /// The limit.
        limit: usize,
    },
    /// More nodes and attributes than [`crate::Limits::max_nodes`].
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// A document type declaration: never read, because its entities open local files and remote
    /// addresses (XXE) and multiply without bound (billion laughs).
    Dtd,
    /// The declared encoding is none that this crate reads.
    UnsupportedEncoding {
        /// The name, as declared.
        name: String,
    },
    /// The declared encoding is not the one of the bytes.
    EncodingMismatch {
        /// The name, as declared.
        declared: String,
        /// What the bytes are.
        found: &'static str,
    },
    /// UTF-16 without byte order mark and without XML declaration (XML 1.0, section 4.3.3).
    UndeclaredEncoding {
        /// What the bytes are.
        found: &'static str,
    },
    /// Bytes that mean nothing in the encoding.
    InvalidBytes {
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// A malformed XML declaration.
    MalformedDeclaration,
    /// An XML declaration that is not at the very start.
    MisplacedDeclaration,
    /// No element at all.
    NoRoot,
    /// A second element beside the root.
    MultipleRoots {
        /// Name of the second one.
        name: String,
    },
    /// Text or a reference outside the root element.
    TextOutsideRoot,
    /// The input ends inside a construct.
    Unclosed {
        /// Which one.
        construct: Construct,
    },
    /// The input ends before the end tag of an element.
    UnclosedElement {
        /// Name of the element.
        name: String,
    },
    /// The end tag of another element than the open one.
    MismatchedEndTag {
        /// Name of the open element.
        expected: String,
        /// Name in the end tag.
        found: String,
    },
    /// An end tag where no element is open.
    UnexpectedEndTag {
        /// Name in the end tag.
        found: String,
    },
    /// A name with characters that XML forbids there, or with misplaced colons.
    InvalidName,
    /// A tag that is neither name nor attributes.
    MalformedTag,
    /// An attribute without `=` or without a quoted value.
    MalformedAttribute {
        /// Name of the attribute.
        name: String,
    },
    /// Attributes that no white space separates.
    MissingSpace,
    /// `<` in an attribute value.
    LessThanInValue {
        /// Name of the attribute.
        attribute: String,
    },
    /// The same attribute twice, maybe by two prefixes.
    DuplicateAttribute {
        /// Name of the second one.
        name: String,
    },
    /// `&` that starts no reference.
    BareAmpersand,
    /// An entity that only a DTD could declare.
    UndeclaredEntity {
        /// Name of the entity.
        name: String,
    },
    /// A reference to a character that XML does not have.
    InvalidCharacterReference,
    /// A character that XML forbids.
    InvalidCharacter {
        /// Its code point.
        code: u32,
    },
    /// `]]>` in text.
    CDataEndInText,
    /// `<!` that starts neither a comment nor a CDATA section.
    InvalidMarkup,
    /// `--` inside a comment.
    DoubleHyphenInComment,
    /// A processing instruction without a target, or with a name reserved by XML.
    InvalidTarget,
    /// A prefix that no declaration in scope binds.
    UndeclaredPrefix {
        /// The prefix.
        prefix: String,
    },
    /// A declaration that binds `xml` or `xmlns`, or another prefix to their namespaces.
    ReservedNamespace,
    /// A prefix declared empty, which only the default namespace may be.
    EmptyNamespace {
        /// The prefix.
        prefix: String,
    },
}

impl ErrorKind {
    /// Cause and remedy in English.
    pub fn en(&self) -> String {
        use ErrorKind as K;
        match self {
            K::TooLarge { limit, found } => format!(
                "the document has {found} bytes, the limit is {limit}: check that it is the right file, or raise the limit max_bytes"
            ),
            K::TooDeep { limit } => format!(
                "more than {limit} elements are open: no CDA document nests so deep; check the producer, or raise the limit max_depth"
            ),
            K::TooManyAttributes { limit } => format!(
                "an element has more than {limit} attributes: check the producer, or raise the limit max_attributes"
            ),
            K::TooManyNamespaces { limit } => format!(
                "an element has more than {limit} namespace declarations: check the producer, or raise the limit max_namespaces"
            ),
            K::TooManyNodes { limit } => format!(
                "more than {limit} nodes and attributes: check that it is the right file, or raise the limit max_nodes"
            ),
            K::Dtd => "the document has a document type declaration (DOCTYPE), which is never read: its entities open files and addresses (XXE) and multiply without bound (billion laughs); remove it and write the characters themselves".into(),
            K::UnsupportedEncoding { name } => format!(
                "the encoding {name} is not read: write the document in UTF-8 (ISO-8859-1, ISO-8859-15, US-ASCII and UTF-16 are read too)"
            ),
            K::EncodingMismatch { declared, found } => format!(
                "the declaration says {declared} but the bytes are {found}: correct the declaration or convert the file"
            ),
            K::UndeclaredEncoding { found } => format!(
                "the document is {found} without byte order mark and without XML declaration: add one of them, or convert it to UTF-8"
            ),
            K::InvalidBytes { encoding } => format!(
                "bytes that are not {encoding}: declare the encoding in which the file was really written, or convert it"
            ),
            K::MalformedDeclaration => "the XML declaration is malformed: write <?xml version=\"1.0\" encoding=\"UTF-8\"?>".into(),
            K::MisplacedDeclaration => "an XML declaration after the start of the document: it must be the very first bytes, without white space before; remove this one".into(),
            K::NoRoot => "there is no element: the document is empty or cut off".into(),
            K::MultipleRoots { name } => format!(
                "the element <{name}> follows the root element: a document has one root element; split it or wrap both"
            ),
            K::TextOutsideRoot => "text outside the root element: only white space, comments and processing instructions may be there; remove it".into(),
            K::Unclosed { construct } => {
                let (what, end) = construct.en();
                format!("the document ends inside a {what} that starts here: the file is cut off, or {end} is missing")
            }
            K::UnclosedElement { name } => format!(
                "the document ends before the element <{name}>, opened here, is closed: the file is cut off, or </{name}> is missing"
            ),
            K::MismatchedEndTag { expected, found } => format!(
                "the end tag </{found}> stands where </{expected}> is due: close elements in the reverse order of opening"
            ),
            K::UnexpectedEndTag { found } => format!("the end tag </{found}> closes nothing: remove it"),
            K::InvalidName => "not a name of XML: a name starts with a letter or _, holds letters, digits, - . _ and at most one colon, between prefix and local name; if this is text, write &lt; for <".into(),
            K::MalformedTag => "the tag is malformed: after the name come attributes, then > or />".into(),
            K::MalformedAttribute { name } => format!(
                "the attribute {name} has no value between quotes: write {name}=\"…\""
            ),
            K::MissingSpace => "two attributes touch: separate them by a space".into(),
            K::LessThanInValue { attribute } => format!(
                "the value of the attribute {attribute} holds <: write &lt;, and check the closing quote of the attribute before"
            ),
            K::DuplicateAttribute { name } => format!(
                "the attribute {name} is given twice on the same element (same namespace and local name): keep one"
            ),
            K::BareAmpersand => "an ampersand that starts no reference: write &amp;".into(),
            K::UndeclaredEntity { name } => format!(
                "the entity &{name}; is not declared: XML knows only amp, lt, gt, quot and apos; write the character itself"
            ),
            K::InvalidCharacterReference => "the reference is to no character of XML: remove it".into(),
            K::InvalidCharacter { code } => format!(
                "the character U+{code:04X} is forbidden in XML: remove it at its source; no escape allows it"
            ),
            K::CDataEndInText => "]]> in text: write ]]&gt;".into(),
            K::InvalidMarkup => "<! starts neither a comment nor a CDATA section: write &lt; for a < in text".into(),
            K::DoubleHyphenInComment => "-- inside a comment: only its end may hold two hyphens; separate them".into(),
            K::InvalidTarget => "the processing instruction has no valid name: give it one without colon, other than xml".into(),
            K::UndeclaredPrefix { prefix } => format!(
                "the prefix {prefix} is not declared: add xmlns:{prefix}=\"…\" to this element or one around it"
            ),
            K::ReservedNamespace => "the prefixes xml and xmlns and their namespaces are reserved: remove or change this declaration".into(),
            K::EmptyNamespace { prefix } => format!(
                "the prefix {prefix} is declared with an empty namespace: only the default namespace may be empty; give it its address"
            ),
        }
    }

    /// Cause and remedy in French.
    pub fn fr(&self) -> String {
        use ErrorKind as K;
        match self {
            K::TooLarge { limit, found } => format!(
                "le document fait {found} octets, la limite est de {limit} : vérifiez que c'est le bon fichier, ou relevez la limite max_bytes"
            ),
            K::TooDeep { limit } => format!(
                "plus de {limit} éléments sont ouverts : aucun document CDA n'est aussi profond ; vérifiez le logiciel producteur, ou relevez la limite max_depth"
            ),
            K::TooManyAttributes { limit } => format!(
                "un élément a plus de {limit} attributs : vérifiez le logiciel producteur, ou relevez la limite max_attributes"
            ),
            K::TooManyNamespaces { limit } => format!(
                "un élément a plus de {limit} déclarations d'espaces de noms : vérifiez le logiciel producteur, ou relevez la limite max_namespaces"
            ),
            K::TooManyNodes { limit } => format!(
                "plus de {limit} nœuds et attributs : vérifiez que c'est le bon fichier, ou relevez la limite max_nodes"
            ),
            K::Dtd => "le document contient une déclaration de type de document (DOCTYPE), qui n'est jamais lue : ses entités ouvrent des fichiers et des adresses (XXE) et se multiplient sans borne (billion laughs) ; supprimez-la et écrivez les caractères eux-mêmes".into(),
            K::UnsupportedEncoding { name } => format!(
                "l'encodage {name} n'est pas lu : écrivez le document en UTF-8 (ISO-8859-1, ISO-8859-15, US-ASCII et UTF-16 sont lus aussi)"
            ),
            K::EncodingMismatch { declared, found } => format!(
                "la déclaration annonce {declared} mais les octets sont en {found} : corrigez la déclaration ou convertissez le fichier"
            ),
            K::UndeclaredEncoding { found } => format!(
                "le document est en {found} sans marque d'ordre des octets ni déclaration XML : ajoutez l'une des deux, ou convertissez-le en UTF-8"
            ),
            K::InvalidBytes { encoding } => format!(
                "des octets ne sont pas en {encoding} : déclarez l'encodage dans lequel le fichier est réellement écrit, ou convertissez-le"
            ),
            K::MalformedDeclaration => "la déclaration XML est mal formée : écrivez <?xml version=\"1.0\" encoding=\"UTF-8\"?>".into(),
            K::MisplacedDeclaration => "une déclaration XML après le début du document : elle doit en être les tout premiers octets, sans blanc avant ; supprimez celle-ci".into(),
            K::NoRoot => "il n'y a aucun élément : le document est vide ou tronqué".into(),
            K::MultipleRoots { name } => format!(
                "l'élément <{name}> suit l'élément racine : un document n'a qu'une racine ; séparez-les ou englobez-les"
            ),
            K::TextOutsideRoot => "du texte hors de l'élément racine : seuls blancs, commentaires et instructions de traitement y ont place ; supprimez-le".into(),
            K::Unclosed { construct } => {
                let (what, end) = construct.fr();
                format!("le document s'arrête dans {what} qui commence ici : le fichier est tronqué, ou {end} manque")
            }
            K::UnclosedElement { name } => format!(
                "le document s'arrête avant la fin de l'élément <{name}>, ouvert ici : le fichier est tronqué, ou </{name}> manque"
            ),
            K::MismatchedEndTag { expected, found } => format!(
                "la balise de fin </{found}> se trouve où </{expected}> est attendue : fermez les éléments dans l'ordre inverse de leur ouverture"
            ),
            K::UnexpectedEndTag { found } => format!("la balise de fin </{found}> ne ferme rien : supprimez-la"),
            K::InvalidName => "ce n'est pas un nom XML : un nom commence par une lettre ou _, contient lettres, chiffres, - . _ et au plus un deux-points, entre préfixe et nom local ; si c'est du texte, écrivez &lt; pour <".into(),
            K::MalformedTag => "la balise est mal formée : après le nom viennent les attributs, puis > ou />".into(),
            K::MalformedAttribute { name } => format!(
                "l'attribut {name} n'a pas de valeur entre guillemets : écrivez {name}=\"…\""
            ),
            K::MissingSpace => "deux attributs se touchent : séparez-les par un espace".into(),
            K::LessThanInValue { attribute } => format!(
                "la valeur de l'attribut {attribute} contient < : écrivez &lt;, et vérifiez le guillemet fermant de l'attribut précédent"
            ),
            K::DuplicateAttribute { name } => format!(
                "l'attribut {name} est donné deux fois sur le même élément (même espace de noms et même nom local) : n'en gardez qu'un"
            ),
            K::BareAmpersand => "une esperluette qui ne commence aucune référence : écrivez &amp;".into(),
            K::UndeclaredEntity { name } => format!(
                "l'entité &{name}; n'est pas déclarée : XML ne connaît que amp, lt, gt, quot et apos ; écrivez le caractère lui-même"
            ),
            K::InvalidCharacterReference => "la référence ne désigne aucun caractère XML : supprimez-la".into(),
            K::InvalidCharacter { code } => format!(
                "le caractère U+{code:04X} est interdit en XML : supprimez-le à la source ; aucun échappement ne le permet"
            ),
            K::CDataEndInText => "]]> dans du texte : écrivez ]]&gt;".into(),
            K::InvalidMarkup => "<! ne commence ni un commentaire ni une section CDATA : écrivez &lt; pour un < dans du texte".into(),
            K::DoubleHyphenInComment => "-- dans un commentaire : seule sa fin peut avoir deux traits d'union ; séparez-les".into(),
            K::InvalidTarget => "l'instruction de traitement n'a pas de nom valable : donnez-lui un nom sans deux-points, autre que xml".into(),
            K::UndeclaredPrefix { prefix } => format!(
                "le préfixe {prefix} n'est pas déclaré : ajoutez xmlns:{prefix}=\"…\" à cet élément ou à un élément qui l'entoure"
            ),
            K::ReservedNamespace => "les préfixes xml et xmlns et leurs espaces de noms sont réservés : supprimez ou changez cette déclaration".into(),
            K::EmptyNamespace { prefix } => format!(
                "le préfixe {prefix} est déclaré avec un espace de noms vide : seul l'espace de noms par défaut peut l'être ; donnez-lui son adresse"
            ),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
