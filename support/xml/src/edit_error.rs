use crate::error::XmlError;

/// An edit that was not made; the document is as before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The node is not in the document, or no more.
    #[error("no such node in the document: it was removed, or its id is of another document")]
    NoSuchNode,
    /// The edit is for elements only.
    #[error("the node is no element: only elements have attributes and children")]
    NotAnElement,
    /// The text of this kind of node cannot be set.
    #[error("the node has no text to set: set that of an element or a text, or replace the node")]
    NoText,
    /// The document would not have exactly one root element, or text beside it.
    #[error(
        "a document has exactly one root element, and only comments and processing instructions beside it: edit inside the root element"
    )]
    RootElement,
    /// The fragment holds no node.
    #[error("the fragment is empty: to take a node away, remove it")]
    EmptyFragment,
    /// The new markup is not well-formed there, or passes a limit. The position is in the new
    /// markup.
    #[error("the new markup cannot stand there: {0}")]
    Markup(#[source] XmlError),
    /// The name is none of XML.
    #[error("not an attribute name: write local or prefix:local, with letters, digits, - . _")]
    InvalidName,
    /// No declaration in scope binds the prefix.
    #[error("the prefix {prefix} is not declared at this element: set xmlns:{prefix} first")]
    UndeclaredPrefix {
        /// The prefix.
        prefix: String,
    },
    /// A namespace declaration that gives another meaning to names already there.
    #[error(
        "the namespace declaration {name} would change the names of this element or those inside: choose another prefix"
    )]
    NamespaceChange {
        /// Name of the declaration, as `xmlns:p`.
        name: String,
    },
    /// A character that no XML document may hold.
    #[error("the character U+{code:04X} is forbidden in XML: remove it from the value")]
    InvalidCharacter {
        /// Its code point.
        code: u32,
    },
    /// A character that the encoding of the document lacks, where no reference can stand for it.
    #[error(
        "the character U+{code:04X} does not exist in {encoding}, and a name, comment, CDATA section or processing instruction cannot hold a reference: replace it, or convert the document to UTF-8"
    )]
    Unencodable {
        /// Its code point.
        code: u32,
        /// Name of the encoding.
        encoding: &'static str,
    },
}

impl EditError {
    /// Cause and remedy in English; as `Display`.
    pub fn message_en(&self) -> String {
        self.to_string()
    }

    /// Cause and remedy in French.
    pub fn message_fr(&self) -> String {
        match self {
            Self::NoSuchNode => "aucun nœud de ce numéro dans le document : il a été retiré, ou son numéro vient d'un autre document".into(),
            Self::NotAnElement => "le nœud n'est pas un élément : seuls les éléments ont des attributs et des enfants".into(),
            Self::NoText => "ce nœud n'a pas de texte modifiable : modifiez celui d'un élément ou d'un texte, ou remplacez le nœud".into(),
            Self::RootElement => "un document a exactement un élément racine, et à côté seulement des commentaires et des instructions de traitement : modifiez l'intérieur de l'élément racine".into(),
            Self::EmptyFragment => "le fragment est vide : pour enlever un nœud, retirez-le".into(),
            Self::Markup(error) => format!(
                "le nouveau balisage ne peut pas être placé là : ligne {}, colonne {} : {}",
                error.position().line,
                error.position().column,
                error.message_fr()
            ),
            Self::InvalidName => "ce n'est pas un nom d'attribut : écrivez local ou préfixe:local, avec lettres, chiffres, - . _".into(),
            Self::UndeclaredPrefix { prefix } => format!(
                "le préfixe {prefix} n'est pas déclaré à cet élément : posez d'abord xmlns:{prefix}"
            ),
            Self::NamespaceChange { name } => format!(
                "la déclaration d'espace de noms {name} changerait le nom de cet élément ou de ceux qu'il contient : choisissez un autre préfixe"
            ),
            Self::InvalidCharacter { code } => format!(
                "le caractère U+{code:04X} est interdit en XML : retirez-le de la valeur"
            ),
            Self::Unencodable { code, encoding } => format!(
                "le caractère U+{code:04X} n'existe pas en {encoding}, et un nom, un commentaire, une section CDATA ou une instruction de traitement ne peut contenir de référence : remplacez-le, ou convertissez le document en UTF-8"
            ),
        }
    }
}
