//! The rules of the structure check, one per kind of mistake.

use segur_core::{RuleInfo, Severity};

use crate::validate::catalogue::text;

const SOURCE: &str = "CDA_extended.xsd";

/// The rules of this part.
pub(in crate::validate) static RULES: &[&RuleInfo] = &[
    &ELEMENT_UNEXPECTED,
    &ELEMENT_ORDER,
    &ELEMENT_REPEATED,
    &ELEMENT_MISSING,
    &CONTENT_FORBIDDEN,
    &TEXT_FORBIDDEN,
    &TEXT_VALUE,
    &ATTRIBUTE_UNEXPECTED,
    &ATTRIBUTE_MISSING,
    &ATTRIBUTE_VALUE,
    &ATTRIBUTE_CODE,
    &ATTRIBUTE_FIXED,
    &TYPE_ABSTRACT,
    &TYPE_UNKNOWN,
    &TYPE_DERIVATION,
    &NIL,
    &ID_DUPLICATE,
    &IDREF_DANGLING,
];

pub(super) static ELEMENT_UNEXPECTED: RuleInfo = RuleInfo {
    id: "xsd-element-unexpected",
    title: text(
        "élément non prévu à cet endroit",
        "element not foreseen here",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le schéma énumère les enfants de chaque élément : un nom mal écrit, un mauvais espace de noms ou un élément d'une autre classe est refusé.",
        "The schema lists the children of each element: a misspelt name, a wrong namespace or an element of another class is refused.",
    ),
    remedy: text(
        "vérifier l'orthographe et l'espace de noms, ou déplacer l'élément dans le bon parent",
        "check spelling and namespace, or move the element to the right parent",
    ),
    bad: Some("<patientRole><identifiant root=\"2.999.1\"/></patientRole>"),
    good: Some("<patientRole><id root=\"2.999.1\"/></patientRole>"),
    profile: "official",
};

pub(super) static ELEMENT_ORDER: RuleInfo = RuleInfo {
    id: "xsd-element-order",
    title: text("élément au mauvais rang", "element out of order"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Presque tous les contenus du CDA sont des suites ordonnées : un élément permis au mauvais rang est refusé.",
        "Nearly all content of CDA is an ordered sequence: an element that is allowed, but out of its place, is refused.",
    ),
    remedy: text(
        "remettre l'élément à son rang",
        "put the element in its place",
    ),
    bad: Some(
        "<observation classCode=\"OBS\" moodCode=\"EVN\"><statusCode code=\"completed\"/><code nullFlavor=\"NA\"/></observation>",
    ),
    good: Some(
        "<observation classCode=\"OBS\" moodCode=\"EVN\"><code nullFlavor=\"NA\"/><statusCode code=\"completed\"/></observation>",
    ),
    profile: "official",
};

pub(super) static ELEMENT_REPEATED: RuleInfo = RuleInfo {
    id: "xsd-element-repeated",
    title: text("élément présent trop de fois", "element present too often"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le schéma limite le nombre d'occurrences ; un doublon laisse le lecteur sans savoir laquelle fait foi.",
        "The schema limits the number of occurrences; with a duplicate the reader cannot tell which one counts.",
    ),
    remedy: text("ne garder qu'une occurrence", "keep one occurrence"),
    bad: Some("<title>Compte rendu</title><title>Compte rendu</title>"),
    good: Some("<title>Compte rendu</title>"),
    profile: "official",
};

pub(super) static ELEMENT_MISSING: RuleInfo = RuleInfo {
    id: "xsd-element-missing",
    title: text("élément obligatoire absent", "required element missing"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Cet élément est obligatoire dans son parent ; quand la valeur est inconnue, un nullFlavor le dit, là où le type le permet.",
        "This element is required in its parent; when the value is not known, a nullFlavor says so where the type allows it.",
    ),
    remedy: text(
        "ajouter l'élément à son rang",
        "add the element in its place",
    ),
    bad: Some("<entry/>"),
    good: Some("<entry><observation classCode=\"OBS\" moodCode=\"EVN\">...</observation></entry>"),
    profile: "official",
};

pub(super) static CONTENT_FORBIDDEN: RuleInfo = RuleInfo {
    id: "xsd-content-forbidden",
    title: text(
        "élément qui doit rester vide",
        "element that must stay empty",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Ce type de données n'a que des attributs : rien ne peut figurer entre ses balises, pas même un espace.",
        "This data type has attributes only: nothing may stand between its tags, not even white space.",
    ),
    remedy: text(
        "retirer le contenu, ou choisir un autre type",
        "remove the content, or choose another type",
    ),
    bad: Some("<id root=\"2.999.1\"> </id>"),
    good: Some("<id root=\"2.999.1\"/>"),
    profile: "official",
};

pub(super) static TEXT_FORBIDDEN: RuleInfo = RuleInfo {
    id: "xsd-text-forbidden",
    title: text(
        "texte là où seuls des éléments sont permis",
        "text where only elements are allowed",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Seuls des éléments, et de l'espace entre eux, sont permis ici : un texte isolé est souvent le reste d'une balise effacée.",
        "Only elements, and white space between them, are allowed here: a stray text is often what is left of a deleted tag.",
    ),
    remedy: text(
        "retirer le texte ou le placer dans l'élément prévu",
        "remove the text, or put it in the element meant for it",
    ),
    bad: Some("<component>texte<section>...</section></component>"),
    good: Some("<component><section>...</section></component>"),
    profile: "official",
};

pub(super) static TEXT_VALUE: RuleInfo = RuleInfo {
    id: "xsd-text-value",
    title: text(
        "texte qui n'a pas la forme demandée",
        "text without the form asked for",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le contenu de cet élément a un type simple.",
        "The content of this element has a simple type.",
    ),
    remedy: text(
        "écrire la valeur sous la forme attendue",
        "write the value in the form expected",
    ),
    bad: Some("<digits>1 deux 3</digits>"),
    good: Some("<digits>1 2 3</digits>"),
    profile: "official",
};

pub(super) static ATTRIBUTE_UNEXPECTED: RuleInfo = RuleInfo {
    id: "xsd-attribute-unexpected",
    title: text("attribut non prévu", "attribute not foreseen"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le type de l'élément énumère ses attributs ; un autre est refusé, et un CS, par exemple, n'a pas de codeSystem.",
        "The type of the element lists its attributes; any other is refused, and a CS, for instance, has no codeSystem.",
    ),
    remedy: text(
        "retirer l'attribut, corriger son nom, ou donner le bon xsi:type",
        "remove the attribute, mend its name, or give the right xsi:type",
    ),
    bad: Some("<languageCode code=\"fr-FR\" codeSystem=\"2.999.1\"/>"),
    good: Some("<languageCode code=\"fr-FR\"/>"),
    profile: "official",
};

pub(super) static ATTRIBUTE_MISSING: RuleInfo = RuleInfo {
    id: "xsd-attribute-missing",
    title: text("attribut obligatoire absent", "required attribute missing"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Sans cet attribut, l'élément n'a pas de sens défini (classe, mode ou lien).",
        "Without this attribute the element has no defined meaning (class, mood or link).",
    ),
    remedy: text("ajouter l'attribut", "add the attribute"),
    bad: Some("<observation classCode=\"OBS\">...</observation>"),
    good: Some("<observation classCode=\"OBS\" moodCode=\"EVN\">...</observation>"),
    profile: "official",
};

pub(super) static ATTRIBUTE_VALUE: RuleInfo = RuleInfo {
    id: "xsd-attribute-value",
    title: text("valeur d'attribut mal formée", "malformed attribute value"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "La valeur n'a pas la forme du type de l'attribut (date, OID, nombre, code sans espace, texte non vide...).",
        "The value does not have the form of the attribute's type (date, OID, number, code without space, text that is not empty...).",
    ),
    remedy: text(
        "écrire la valeur sous la forme attendue ; si elle est inconnue, retirer l'attribut et mettre un nullFlavor",
        "write the value in the form expected; if it is not known, remove the attribute and give a nullFlavor",
    ),
    bad: Some("<effectiveTime value=\"2024-01-01\"/>"),
    good: Some("<effectiveTime value=\"20240101\"/>"),
    profile: "official",
};

pub(super) static ATTRIBUTE_CODE: RuleInfo = RuleInfo {
    id: "xsd-attribute-code",
    title: text(
        "code hors de la liste du schéma",
        "code that is not in the list of the schema",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Les attributs structurels (classCode, moodCode, typeCode, nullFlavor, use, qualifier...) prennent leur valeur dans une liste fermée.",
        "Structural attributes (classCode, moodCode, typeCode, nullFlavor, use, qualifier...) take their value from a closed list.",
    ),
    remedy: text(
        "choisir une valeur de la liste",
        "choose a value of the list",
    ),
    bad: Some("<id nullFlavor=\"XYZ\"/>"),
    good: Some("<id nullFlavor=\"UNK\"/>"),
    profile: "official",
};

pub(super) static ATTRIBUTE_FIXED: RuleInfo = RuleInfo {
    id: "xsd-attribute-fixed",
    title: text(
        "attribut dont la valeur est imposée",
        "attribute whose value is imposed",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le schéma impose la valeur de cet attribut.",
        "The schema imposes the value of this attribute.",
    ),
    remedy: text(
        "mettre la valeur imposée, ou retirer l'attribut s'il est facultatif",
        "give the value imposed, or remove the attribute if it is optional",
    ),
    bad: Some("<typeId root=\"2.999.1\" extension=\"POCD_HD000040\"/>"),
    good: Some("<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>"),
    profile: "official",
};

pub(super) static TYPE_ABSTRACT: RuleInfo = RuleInfo {
    id: "xsd-type-abstract",
    title: text(
        "type abstrait : xsi:type est obligatoire",
        "abstract type: xsi:type is required",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le type déclaré ne dit pas quelle donnée est portée ; le lecteur ne peut l'interpréter sans xsi:type.",
        "The declared type does not tell what data is carried; without xsi:type the reader cannot interpret it.",
    ),
    remedy: text(
        "ajouter xsi:type avec un type de données concret",
        "add xsi:type with a concrete data type",
    ),
    bad: Some("<value unit=\"kg\" value=\"12\"/>"),
    good: Some("<value xsi:type=\"PQ\" unit=\"kg\" value=\"12\"/>"),
    profile: "official",
};

pub(super) static TYPE_UNKNOWN: RuleInfo = RuleInfo {
    id: "xsd-type-unknown",
    title: text("xsi:type inconnu", "unknown xsi:type"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Le nom donné par xsi:type, avec l'espace de noms de son préfixe, n'est pas un type du schéma.",
        "The name given by xsi:type, in the namespace of its prefix, is no type of the schema.",
    ),
    remedy: text(
        "corriger le nom ou le préfixe (les types du CDA sont dans urn:hl7-org:v3)",
        "mend the name or the prefix (the types of CDA are in urn:hl7-org:v3)",
    ),
    bad: Some("<value xsi:type=\"Quantity\" value=\"12\"/>"),
    good: Some("<value xsi:type=\"PQ\" value=\"12\"/>"),
    profile: "official",
};

pub(super) static TYPE_DERIVATION: RuleInfo = RuleInfo {
    id: "xsd-type-derivation",
    title: text(
        "xsi:type qui ne peut pas remplacer le type déclaré",
        "xsi:type that cannot stand for the declared type",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "xsi:type ne peut nommer que le type déclaré ou un type qui en dérive.",
        "xsi:type may only name the declared type, or a type derived from it.",
    ),
    remedy: text(
        "choisir un type dérivé du type déclaré",
        "choose a type derived from the declared one",
    ),
    bad: Some("<effectiveTime xsi:type=\"CD\"/>"),
    good: Some("<effectiveTime xsi:type=\"IVL_TS\"/>"),
    profile: "official",
};

pub(super) static NIL: RuleInfo = RuleInfo {
    id: "xsd-nil",
    title: text("xsi:nil mal employé", "wrong use of xsi:nil"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "xsi:nil n'est permis que sur quelques éléments du médicament (urn:ihe:pharm:medication), et l'élément est alors vide. Ailleurs, l'absence se dit par nullFlavor.",
        "xsi:nil is allowed on a few elements of the medication only (urn:ihe:pharm:medication), which are then empty. Elsewhere absence is said by nullFlavor.",
    ),
    remedy: text(
        "retirer xsi:nil, ou le contenu",
        "remove xsi:nil, or the content",
    ),
    bad: Some("<code xsi:nil=\"true\"/>"),
    good: Some("<code nullFlavor=\"NI\"/>"),
    profile: "official",
};

pub(super) static ID_DUPLICATE: RuleInfo = RuleInfo {
    id: "xsd-id-duplicate",
    title: text("identifiant XML en double", "duplicate XML identifier"),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "Un attribut ID est unique dans le document : les références du corps vers le texte ne savent sinon où mener.",
        "An ID attribute is unique in the document: otherwise references from the body to the text do not know where to lead.",
    ),
    remedy: text(
        "donner un identifiant différent à chacun",
        "give each its own identifier",
    ),
    bad: Some("<content ID=\"c1\">a</content><content ID=\"c1\">b</content>"),
    good: Some("<content ID=\"c1\">a</content><content ID=\"c2\">b</content>"),
    profile: "official",
};

pub(super) static IDREF_DANGLING: RuleInfo = RuleInfo {
    id: "xsd-idref-dangling",
    title: text(
        "référence à un identifiant XML absent du document",
        "reference to an XML identifier that is not in the document",
    ),
    severity: Severity::Error,
    source: SOURCE,
    why: text(
        "L'image ou la note visée n'existe pas : le lecteur n'affichera rien.",
        "The image or note referred to does not exist: the reader will show nothing.",
    ),
    remedy: text(
        "corriger la référence, ou ajouter l'élément visé",
        "mend the reference, or add the element it points to",
    ),
    bad: Some("<renderMultiMedia referencedObject=\"image-9\"/>"),
    good: Some("<observationMedia ID=\"image-9\" ...>...</observationMedia>"),
    profile: "official",
};
