//! Reasons, remedies and examples that the tables do not hold.

type Pair = (&'static str, &'static str);

/// A part of the header, by the beginning of the rule id after `header-`, and why its rules exist.
pub(super) struct Area {
    pub(super) prefix: &'static str,
    pub(super) why: Pair,
}

/// What is said of one rule beyond its area.
pub(super) struct Note {
    pub(super) id: &'static str,
    pub(super) why: Option<Pair>,
    pub(super) remedy: Option<Pair>,
    pub(super) bad: Option<&'static str>,
    pub(super) good: Option<&'static str>,
}

/// When nothing more precise is known.
pub(super) const WHY: Pair = (
    "L'en-tête est commun à tous les documents du CI-SIS : sa forme est fixée pour que tout logiciel sache le lire.",
    "The header is common to all CI-SIS documents: its form is fixed so that every software can read it.",
);

/// The first that fits counts: longer prefixes before shorter ones.
pub(super) const AREAS: &[Area] = &[
    Area {
        prefix: "addr",
        why: (
            "Une adresse est soit découpée en parties nommées, une de chaque, soit écrite en sept lignes au plus.",
            "An address is either cut into named parts, one of each, or written in seven lines at most.",
        ),
    },
    Area {
        prefix: "telecom",
        why: (
            "Une adresse de télécommunication n'est utilisable par un logiciel que si son préfixe en dit la nature.",
            "A telecom address can be used by software only if its scheme tells what it is.",
        ),
    },
    Area {
        prefix: "template",
        why: (
            "Les templateId disent à quelles spécifications le document se conforme ; sans eux un lecteur ne sait ni le contrôler ni l'interpréter.",
            "The templateId tell which specifications the document follows; without them a reader can neither check nor interpret it.",
        ),
    },
    Area {
        prefix: "ins",
        why: (
            "L'identité INS est le matricule et ses traits ; l'un sans les autres ne permet pas de vérifier qu'il s'agit du bon patient.",
            "The INS identity is the number and its traits; one without the others does not allow to check that it is the right patient.",
        ),
    },
    Area {
        prefix: "patient",
        why: (
            "Le document est rattaché à un dossier par l'identité du patient : elle doit être complète et sans ambiguïté.",
            "The document is attached to a record by the patient's identity: it must be complete and unambiguous.",
        ),
    },
    Area {
        prefix: "guardian",
        why: (
            "Le représentant du patient est une personne ou une organisation, dont le nom doit être lisible.",
            "The patient's guardian is a person or an organisation, whose name must be readable.",
        ),
    },
    Area {
        prefix: "birthplace",
        why: (
            "Le lieu de naissance est un trait d'identité : une place et une adresse au plus.",
            "The birthplace is an identity trait: one place and one address at most.",
        ),
    },
    Area {
        prefix: "author",
        why: (
            "L'auteur répond du contenu ; son identité, sa profession et sa structure servent à retrouver et à trier les documents.",
            "The author answers for the content; identity, profession and structure serve to find and sort documents.",
        ),
    },
    Area {
        prefix: "function",
        why: (
            "Le rôle fonctionnel dit à quel titre un professionnel intervient ; il est codé pour être compris partout.",
            "The functional role tells in what capacity a professional takes part; it is coded to be understood everywhere.",
        ),
    },
    Area {
        prefix: "specialty",
        why: (
            "La profession et la spécialité sont codées pour que les documents puissent être cherchés et triés.",
            "Profession and specialty are coded so that documents can be searched and sorted.",
        ),
    },
    Area {
        prefix: "professional",
        why: (
            "Un professionnel est désigné par un identifiant national complet : racine et valeur.",
            "A professional is designated by a complete national identifier: root and value.",
        ),
    },
    Area {
        prefix: "person",
        why: (
            "Le nom d'un professionnel s'écrit en parties (family, given, prefix, suffix), une de chaque au plus.",
            "A professional's name is written in parts (family, given, prefix, suffix), one of each at most.",
        ),
    },
    Area {
        prefix: "structure",
        why: (
            "La structure d'exercice est désignée par son identifiant national, un nom et un cadre d'exercice codé.",
            "The structure is designated by its national identifier, one name and one coded practice setting.",
        ),
    },
    Area {
        prefix: "entity",
        why: (
            "Derrière une participation il y a une personne, une profession et une structure, pas plus.",
            "Behind a participation there is one person, one profession and one structure, no more.",
        ),
    },
    Area {
        prefix: "data-enterer",
        why: (
            "L'opérateur de saisie est unique et sa date de saisie aussi.",
            "There is one data enterer, and one time of entry.",
        ),
    },
    Area {
        prefix: "informant",
        why: (
            "Un informateur est soit un professionnel, soit une personne liée au patient : le lecteur doit savoir lequel.",
            "An informant is either a professional or a person with ties to the patient: the reader must know which.",
        ),
    },
    Area {
        prefix: "related-document",
        why: (
            "Un document qui en remplace un autre le désigne sans ambiguïté, sinon l'ancien reste affiché.",
            "A document that replaces another designates it without ambiguity, else the old one stays on show.",
        ),
    },
    Area {
        prefix: "related",
        why: (
            "La personne de confiance ou à prévenir est décrite par son lien avec le patient, codé.",
            "The person of trust or to be told is described by the tie with the patient, coded.",
        ),
    },
    Area {
        prefix: "custodian",
        why: (
            "Un seul organisme est chargé de conserver le document : c'est à lui que l'on s'adresse.",
            "One organisation is in charge of keeping the document: the one to turn to.",
        ),
    },
    Area {
        prefix: "recipient",
        why: (
            "Les destinataires prévus sont désignés chacun par un identifiant, un nom ou une structure.",
            "Each intended recipient is designated by an identifier, a name or a structure.",
        ),
    },
    Area {
        prefix: "legal-authenticator",
        why: (
            "Un document n'a de valeur que si une personne identifiée en a pris la responsabilité, à une date connue.",
            "A document has value only if an identified person took responsibility for it, at a known time.",
        ),
    },
    Area {
        prefix: "authenticator",
        why: (
            "Chaque professionnel qui atteste la validité du document est identifié, avec la date de son attestation.",
            "Each professional who attests the document's validity is identified, with the time of the attestation.",
        ),
    },
    Area {
        prefix: "participant",
        why: (
            "Un autre participant est décrit par le type de sa participation, sa période et son identité.",
            "Another participant is described by the type of participation, its period and the identity.",
        ),
    },
    Area {
        prefix: "order",
        why: (
            "La demande à laquelle le document répond est désignée par un identifiant.",
            "The order that the document answers is designated by an identifier.",
        ),
    },
    Area {
        prefix: "documentation-of",
        why: (
            "Tout document rend compte d'au moins un acte : c'est par lui qu'il est daté et trié.",
            "Every document reports at least one act: that is how it is dated and sorted.",
        ),
    },
    Area {
        prefix: "service-event",
        why: (
            "L'acte principal (le premier) donne au document sa date, son exécutant et son cadre d'exercice.",
            "The main act (the first) gives the document its date, its performer and its practice setting.",
        ),
    },
    Area {
        prefix: "performer",
        why: (
            "L'exécutant de l'acte est identifié avec la structure où il exerce et le secteur de celle-ci.",
            "The performer of the act is identified with the structure and its practice setting.",
        ),
    },
    Area {
        prefix: "authorization",
        why: (
            "Un consentement est décrit par un code et l'état \"completed\".",
            "A consent is described by a code and the status \"completed\".",
        ),
    },
    Area {
        prefix: "component-of",
        why: (
            "La prise en charge dit dans quel cadre et dans quel lieu le document a été fait.",
            "The encounter tells in what setting and where the document was made.",
        ),
    },
    Area {
        prefix: "encounter",
        why: (
            "La prise en charge dit quand, dans quel cadre et sous la responsabilité de qui le document a été fait.",
            "The encounter tells when, in what setting and under whose responsibility the document was made.",
        ),
    },
    Area {
        prefix: "facility",
        why: (
            "La modalité d'exercice du lieu sert à retrouver et à trier les documents.",
            "The type of facility serves to find and sort documents.",
        ),
    },
    Area {
        prefix: "time",
        why: (
            "Une date de l'en-tête s'écrit dans l'attribut value, année d'abord, sans séparateur.",
            "A time of the header is written in the attribute value, year first, without separator.",
        ),
    },
    Area {
        prefix: "unforeseen",
        why: (
            "Les règles officielles signalent (sans refuser) ce qu'elles ne connaissent pas : souvent une faute de frappe ou un élément incomplet.",
            "The official rules point out (without refusing) what they do not know: often a typing error or an incomplete element.",
        ),
    },
];

const fn example(id: &'static str, bad: &'static str, good: &'static str) -> Note {
    Note {
        id,
        why: None,
        remedy: None,
        bad: Some(bad),
        good: Some(good),
    }
}

/// Rules with something of their own to say.
pub(super) const NOTES: &[Note] = &[
    Note {
        id: "header-realm",
        why: Some((
            "Le domaine FR dit que le document suit les règles françaises.",
            "Realm FR tells that the document follows the French rules.",
        )),
        remedy: Some((
            "écrire une fois realmCode avec le code FR",
            "write realmCode once, with code FR",
        )),
        bad: Some("<realmCode code=\"EN\"/>"),
        good: Some("<realmCode code=\"FR\"/>"),
    },
    Note {
        id: "header-template-france",
        why: None,
        remedy: Some((
            "déclarer une fois templateId root=\"2.16.840.1.113883.2.8.2.1\" ; comparer chaque chiffre et chaque point",
            "declare templateId root=\"2.16.840.1.113883.2.8.2.1\" once; compare every digit and dot",
        )),
        bad: Some("<templateId root=\"2.16.840.1.113883.2.821\"/>"),
        good: Some("<templateId root=\"2.16.840.1.113883.2.8.2.1\"/>"),
    },
    Note {
        id: "header-template-ci-sis",
        why: None,
        remedy: Some((
            "déclarer une fois templateId root=\"1.2.250.1.213.1.1.1.1\" ; comparer chaque chiffre et chaque point",
            "declare templateId root=\"1.2.250.1.213.1.1.1.1\" once; compare every digit and dot",
        )),
        bad: Some("<templateId root=\"1.2.250.1.213.1.1.11\"/>"),
        good: Some("<templateId root=\"1.2.250.1.213.1.1.1.1\"/>"),
    },
    Note {
        id: "header-template-model",
        why: None,
        remedy: Some((
            "déclarer le templateId du volet, ou 1.3.6.1.4.1.19376.1.2.20 pour un N1",
            "declare the templateId of the model, or 1.3.6.1.4.1.19376.1.2.20 for an N1",
        )),
        bad: None,
        good: Some("<templateId root=\"1.3.6.1.4.1.19376.1.2.20\"/>"),
    },
    Note {
        id: "header-body-templates",
        why: Some((
            "Un document N1 (corps non structuré) ne se conforme à aucun volet de contenu : il déclare trois templateId et eux seuls.",
            "An N1 document (no structured body) follows no content model: it declares three templateId and only those.",
        )),
        remedy: Some((
            "garder 2.16.840.1.113883.2.8.2.1, 1.2.250.1.213.1.1.1.1 et 1.3.6.1.4.1.19376.1.2.20",
            "keep 2.16.840.1.113883.2.8.2.1, 1.2.250.1.213.1.1.1.1 and 1.3.6.1.4.1.19376.1.2.20",
        )),
        bad: None,
        good: None,
    },
    Note {
        id: "header-ins-traits",
        why: None,
        remedy: Some((
            "ajouter le trait manquant tel que le téléservice INSi l'a donné",
            "add the missing trait as the INSi service gave it",
        )),
        bad: Some(
            "<name><family qualifier=\"BR\">EXEMPLE</family><given>ANNE MARIE</given></name>",
        ),
        good: Some(
            "<name><family qualifier=\"BR\">EXEMPLE</family><given qualifier=\"BR\">ANNE</given><given>ANNE MARIE</given></name>",
        ),
    },
    example(
        "header-language-code",
        "<languageCode code=\"fr\"/>",
        "<languageCode code=\"fr-FR\"/>",
    ),
    example(
        "header-id-root",
        "<id root=\"urn:oid:1.2.250.1\"/>",
        "<id root=\"1.2.250.1\" extension=\"1\"/>",
    ),
    example(
        "header-telecom-value",
        "<telecom value=\"01 99 00 00 00\"/>",
        "<telecom value=\"tel:0199000000\" use=\"WP\"/>",
    ),
    example(
        "header-telecom-use",
        "<telecom use=\"HOME\" value=\"tel:0199000000\"/>",
        "<telecom use=\"H\" value=\"tel:0199000000\"/>",
    ),
    example(
        "header-time-value",
        "<time value=\"01/02/2024\"/>",
        "<time value=\"20240201\"/>",
    ),
    example(
        "header-patient-family-qualifier",
        "<family qualifier=\"SP\">EXEMPLE</family>",
        "<family qualifier=\"CL\">EXEMPLE</family>",
    ),
    example(
        "header-patient-family-qualifier-form",
        "<family>EXEMPLE</family>",
        "<family qualifier=\"BR\">EXEMPLE</family>",
    ),
    example(
        "header-person-civility",
        "<prefix>Monsieur</prefix>",
        "<prefix>M</prefix>",
    ),
    example(
        "header-custodian-id-root",
        "<id root=\"1.2.250.1.71.4.2.1\" extension=\"1\"/>",
        "<id root=\"1.2.250.1.71.4.2.2\" extension=\"1\"/>",
    ),
    example(
        "header-participant-class",
        "<associatedEntity classCode=\"NOK\">",
        "<associatedEntity classCode=\"PROV\">",
    ),
    example(
        "header-legal-authenticator",
        "<signatureCode code=\"I\"/>",
        "<signatureCode code=\"S\"/>",
    ),
];
