//! Labels of the professions.

/// Professions that the DMP knows as roles of users (`1.2.250.1.71.1.2.7`). Source: JDV_J65 subjectRole of the DMP, edition of 24/04/2020,
/// as prosanteconnect/generate-VIHF (Apache-2.0) carries it; codes and labels only.
const PROFESSIONS: [(&str, &str); 29] = [
    ("10", "Médecin"),
    ("21", "Pharmacien"),
    ("26", "Audioprothésiste"),
    ("28", "Opticien-Lunetier"),
    ("31", "Assistant dentaire"),
    ("32", "Physicien médical"),
    ("35", "Aide-soignant"),
    ("36", "Ambulancier"),
    ("37", "Auxiliaire de puériculture"),
    ("38", "Préparateur en pharmacie hospitalière"),
    ("39", "Préparateur en pharmacie (officine)"),
    ("40", "Chirurgien-Dentiste"),
    ("50", "Sage-Femme"),
    ("60", "Infirmier"),
    ("69", "Infirmier psychiatrique"),
    ("70", "Masseur-Kinésithérapeute"),
    ("80", "Pédicure-Podologue"),
    ("81", "Orthoprothésiste"),
    ("82", "Podo-Orthésiste"),
    ("83", "Orthopédiste-Orthésiste"),
    ("84", "Oculariste"),
    ("85", "Epithésiste"),
    ("86", "Technicien de laboratoire médical"),
    ("91", "Orthophoniste"),
    ("92", "Orthoptiste"),
    ("94", "Ergothérapeute"),
    ("95", "Diététicien"),
    ("96", "Psychomotricien"),
    ("98", "Manipulateur ERM"),
];

/// The label of a profession by its code (`1.2.250.1.71.1.2.7`), for the 29 that the DMP knows.
///
/// ```
/// assert_eq!(segur_dmp_xds::vihf::profession("50"), Some("Sage-Femme"));
/// ```
#[must_use]
pub fn profession(code: &str) -> Option<&'static str> {
    let found = PROFESSIONS.iter().find(|(known, _)| *known == code);
    found.map(|(_, label)| *label)
}
