//! Errors of the libraries, in French and English.

use segur_core::{IdError, NameError};
use segur_ins::datamatrix::{DecodeError, EncodeError};

/// The error in French, and as the library says it.
fn both(fr: String, error: &dyn std::error::Error) -> (String, String) {
    (fr, error.to_string())
}

pub(super) fn name(error: &NameError) -> (String, String) {
    let fr = match error {
        NameError::Empty => "le nom est vide".into(),
        NameError::TooLong { got } => format!("{got} caractères, 100 au plus"),
        NameError::Character {
            position,
            character,
        } => format!(
            "le caractère {position} ({character:?}) n'est pas permis ; A à Z, espace, tiret et apostrophe le sont"
        ),
        NameError::Start => "un nom ne commence ni par un espace ni par un tiret".into(),
        NameError::End => "un prénom ne finit ni par un tiret ni par une apostrophe".into(),
        NameError::Sequence { position } => {
            format!("le caractère {position} ne peut pas suivre celui qui le précède")
        }
        _ => "nom refusé".into(),
    };
    both(fr, error)
}

pub(super) fn id(error: &IdError) -> (String, String) {
    let fr = match error {
        IdError::Length { expected, got, .. } => {
            format!("{expected} caractères attendus, {got} trouvés")
        }
        IdError::Character { position, .. } => {
            format!("le caractère {position} n'est pas permis à cette place")
        }
        IdError::WrongKey { .. } => "la clé ne correspond pas au numéro".into(),
        _ => "forme refusée".into(),
    };
    both(fr, error)
}

pub(super) fn decode(error: &DecodeError) -> (String, String) {
    let fr = match error {
        DecodeError::Header => {
            "ce n'est pas un Datamatrix INS : il ne commence pas par IS et 24 chiffres".into()
        }
        DecodeError::UnknownField { position } => {
            format!("caractère {position} : S1 à S7 est attendu ici")
        }
        DecodeError::Duplicate(field) => format!("le champ {field} est présent deux fois"),
        DecodeError::Missing(field) => format!("le champ {field} manque"),
        DecodeError::Short(field) => {
            format!("le champ {field} est trop court : le code n'a pas été lu en entier")
        }
        DecodeError::Value(field) => {
            format!("le champ {field} contient ce que son format ne permet pas")
        }
        DecodeError::TooLong(bytes) => {
            format!("{bytes} octets sont trop pour un Datamatrix INS")
        }
        _ => "Datamatrix refusé".into(),
    };
    both(fr, error)
}

pub(super) fn encode(error: &EncodeError) -> (String, String) {
    let fr = match error {
        EncodeError::Length {
            field,
            got,
            shortest,
            longest,
        } => format!("champ {field} : {got} caractères, {shortest} à {longest} sont permis"),
        EncodeError::Character {
            field, position, ..
        } => format!("champ {field} : le caractère {position} n'est pas permis"),
        EncodeError::Year => "champ S6 : l'année doit être comprise entre 0001 et 9999".into(),
        _ => "Datamatrix refusé".into(),
    };
    both(fr, error)
}
