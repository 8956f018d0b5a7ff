//! The strict rules as `explain` shows them.

use segur_core::{RuleInfo, Severity};

use super::super::catalogue::text;

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $source:literal,
        $title_fr:literal, $title_en:literal,
        why $why_fr:literal, $why_en:literal,
        remedy $remedy_fr:literal, $remedy_en:literal
        $(, bad $bad:literal, good $good:literal)?;)*) => {
        $(pub(in crate::validate) static $name: RuleInfo = RuleInfo {
            id: $id,
            title: text($title_fr, $title_en),
            severity: Severity::$severity,
            source: $source,
            why: text($why_fr, $why_en),
            remedy: text($remedy_fr, $remedy_en),
            bad: rules!(@option $($bad)?),
            good: rules!(@option $($good)?),
            profile: "strict",
        };)*

        /// Every strict rule.
        pub(in crate::validate) static RULES: &[&RuleInfo] = &[$(&$name),*];
    };
    (@option) => { None };
    (@option $text:literal) => { Some($text) };
}

rules! {
    DATE_IMPOSSIBLE = "strict-date-impossible", Error, "HL7 V3 Data Types R1, TS",
        "la date n'existe pas", "the date does not exist",
        why "Un logiciel qui lit un 31 février le refuse, l'ignore ou le décale : trois lectures du même document.",
            "Software that reads a 31st of February refuses it, drops it or moves it: three readings of one document.",
        remedy "écrire une date du calendrier et une heure entre 0000 et 2359", "write a date of the calendar and an hour between 0000 and 2359",
        bad "<effectiveTime value=\"20240231\"/>", good "<effectiveTime value=\"20240229\"/>";
    DATE_FORM = "strict-date-form", Error, "HL7 V3 Data Types R1, TS",
        "la date n'est pas écrite sous la forme HL7", "the date is not written in the HL7 form",
        why "AAAA[MM[JJ[HH[MM[SS[.s]]]]]] et un décalage ; toute autre forme est lue de travers ou pas du tout.",
            "YYYY[MM[DD[HH[MM[SS[.s]]]]]] and an offset; any other form is read wrongly or not at all.",
        remedy "enlever tirets, T, Z et deux-points", "remove dashes, T, Z and colons",
        bad "<effectiveTime value=\"2024-06-12T10:15:00Z\"/>", good "<effectiveTime value=\"20240612101500+0000\"/>";
    DATE_OFFSET = "strict-date-offset", Warning, "HL7 V3 Data Types R1, TS",
        "le décalage horaire n'est pas un signe et quatre chiffres", "the time offset is not a sign and four digits",
        why "Avec trois chiffres, +100 se lit une heure ou dix heures selon le logiciel.",
            "With three digits, +100 is read as one hour or ten hours, as software goes.",
        remedy "écrire +0100 (hiver) ou +0200 (été)", "write +0100 (winter) or +0200 (summer)",
        bad "<time value=\"20240106113623+100\"/>", good "<time value=\"20240106113623+0100\"/>";
    INTERVAL_REVERSED = "strict-interval-reversed", Error, "HL7 V3 Data Types R1, IVL",
        "l'intervalle finit avant de commencer", "the interval ends before it begins",
        why "Un traitement ou un séjour ainsi daté disparaît des recherches par période.",
            "A treatment or stay dated so vanishes from searches by period.",
        remedy "échanger ou corriger low et high", "swap or mend low and high",
        bad "<effectiveTime><low value=\"20240612\"/><high value=\"20240610\"/></effectiveTime>",
        good "<effectiveTime><low value=\"20240610\"/><high value=\"20240612\"/></effectiveTime>";

    INS_LENGTH = "strict-ins-length", Error, "Référentiel INS, matricule : 13 caractères et clé",
        "le matricule INS n'a pas 15 caractères", "the INS number has not 15 characters",
        why "Un matricule tronqué ne désigne personne, et le DMP le refuse.", "A cut number designates nobody, and the DMP refuses it.",
        remedy "reprendre le matricule complet, clé comprise, sans espace", "take the whole number again, key included, without space",
        bad "<id root=\"1.2.250.1.213.1.4.8\" extension=\"2840599351\"/>", good "<id root=\"1.2.250.1.213.1.4.8\" extension=\"284059935100123\"/>";
    INS_FORM = "strict-ins-form", Error, "Référentiel INS, matricule",
        "le matricule INS contient un caractère inattendu", "the INS number has an unexpected character",
        why "Des chiffres, et 2A ou 2B pour la Corse : rien d'autre n'entre dans le calcul de la clé.",
            "Digits, and 2A or 2B for Corsica: nothing else enters the key.",
        remedy "reprendre le matricule donné par le téléservice INSi", "take again the number that the INSi service gave";
    INS_KEY = "strict-ins-key", Error, "Référentiel INS, clé : 97 moins le reste du numéro divisé par 97",
        "la clé du matricule INS est fausse", "the key of the INS number is wrong",
        why "La clé révèle une faute de saisie : le document irait dans le dossier d'un autre.",
            "The key reveals a typing error: the document would go to another person's record.",
        remedy "reprendre le matricule donné par le téléservice INSi, sans le recopier à la main",
            "take again the number that the INSi service gave, without copying by hand",
        bad "<id root=\"1.2.250.1.213.1.4.8\" extension=\"284059935100124\"/>", good "<id root=\"1.2.250.1.213.1.4.8\" extension=\"284059935100123\"/>";
    INS_SEVERAL = "strict-ins-several", Error, "Référentiel INS : un seul matricule par patient",
        "le patient a plusieurs matricules INS", "the patient has several INS numbers",
        why "Un patient a un matricule INS et un seul ; avec deux, le lecteur choisit au hasard.",
            "A patient has one INS number and only one; with two, the reader picks at random.",
        remedy "ne garder que celui que l'INSi a donné", "keep only the one that INSi gave";
    INS_TEST = "strict-ins-test-root", Info, "OID des INS de test et de démonstration",
        "le matricule INS est de test ou de démonstration", "the INS number is a test or demonstration one",
        why "Ces racines ne désignent aucun patient réel : un tel document n'a pas sa place en production.",
            "These roots designate no real patient: such a document has no place in production.",
        remedy "en production, utiliser 1.2.250.1.213.1.4.8 (NIR) ou 1.2.250.1.213.1.4.9 (NIA)",
            "in production, use 1.2.250.1.213.1.4.8 (NIR) or 1.2.250.1.213.1.4.9 (NIA)";
    INS_ROOT = "strict-ins-unknown-root", Warning, "OID des identifiants de patients, arc 1.2.250.1.213.1.4",
        "la racine ressemble à celle d'un INS mais n'en est pas une", "the root looks like that of an INS but is none",
        why "Avec une racine fausse, les règles de l'INS ne s'appliquent plus : l'erreur passe inaperçue.",
            "With a wrong root the INS rules do not apply any more: the error goes unseen.",
        remedy "comparer la racine à 1.2.250.1.213.1.4.8, .9, .10 et .11", "compare the root to 1.2.250.1.213.1.4.8, .9, .10 and .11";
    TRAIT_FORM = "strict-ins-trait-form", Warning, "Guide d'implémentation de l'INS, règle 1",
        "un nom ou prénom de naissance n'est pas en capitales sans accent", "a birth name is not in capitals without accent",
        why "L'INSi donne et compare A-Z, espace, apostrophe et tiret : toute autre forme est un trait modifié.",
            "INSi gives and compares A-Z, space, apostrophe and hyphen: any other form is a changed trait.",
        remedy "reprendre le trait tel que l'INSi l'a donné", "take the trait again as INSi gave it",
        bad "<family qualifier=\"BR\">Exemplé</family>", good "<family qualifier=\"BR\">EXEMPLE</family>";
    FIRST_GIVEN = "strict-ins-first-given", Warning, "Référentiel national d'identitovigilance, premier prénom",
        "le premier prénom n'est pas en tête de la liste des prénoms", "the first given name is not at the head of the list",
        why "Les deux viennent du même acte de naissance : s'ils se contredisent, l'un est faux.",
            "Both come from the same birth record: if they contradict, one is wrong.",
        remedy "vérifier le premier prénom et la liste auprès de l'INSi", "check the first given name and the list with INSi";
    BIRTH_TIME = "strict-birth-time", Error, "Référentiel INS, date de naissance",
        "la date de naissance n'est pas un jour (AAAAMMJJ)", "the date of birth is not a day (YYYYMMDD)",
        why "Le trait d'identité est un jour ; une heure ou une date partielle empêche la comparaison.",
            "The identity trait is a day; an hour or a partial date prevents comparison.",
        remedy "écrire huit chiffres", "write eight digits",
        bad "<birthTime value=\"198405171030\"/>", good "<birthTime value=\"19840517\"/>";
    BIRTHPLACE_CODE = "strict-birthplace-code", Warning, "Code officiel géographique (INSEE)",
        "le lieu de naissance n'est pas un code officiel géographique", "the birthplace is not an official geographic code",
        why "Le trait est un code de cinq caractères : commune, ou 99 et le pays.",
            "The trait is a code of five characters: commune, or 99 and the country.",
        remedy "mettre le code INSEE du lieu dans county", "put the INSEE code of the place in county";
    BIRTH_AFTER = "strict-birth-after-document", Warning, "CDA R2, effectiveTime",
        "le patient est né après le document", "the patient was born after the document",
        why "L'une des deux dates est fausse.", "One of the two dates is wrong.",
        remedy "vérifier birthTime et effectiveTime", "check birthTime and effectiveTime";

    CODE_DISPLAY = "strict-code-display", Error, "JDV J07 XdsTypeCode, displayName",
        "le libellé du type de document n'est pas celui du jeu de valeurs", "the display of the document type is not that of the value set",
        why "Le DMP et les messageries affichent ce libellé : un autre texte trompe le lecteur sur la nature du document.",
            "The DMP and mail software show this text: another one misleads the reader on what the document is.",
        remedy "reprendre le libellé publié, accents et apostrophes compris", "take the published text, accents and apostrophes included";
    CODE_SYSTEM = "strict-code-system", Error, "Jeux de valeurs de l'en-tête (JDV)",
        "le code est dans le jeu de valeurs, mais pas avec ce codeSystem", "the code is in the value set, but not with this codeSystem",
        why "Un code sans son système ne veut rien dire : les règles officielles ne comparent que le code.",
            "A code without its system means nothing: the official rules compare the code alone.",
        remedy "reprendre le codeSystem publié avec ce code", "take the codeSystem published with this code";
    HEADER_DISPLAY = "strict-header-display", Warning, "Jeux de valeurs de l'en-tête (JDV), displayName",
        "le libellé n'est pas celui du jeu de valeurs", "the display is not that of the value set",
        why "Le libellé est ce que l'humain lit : il doit dire la même chose que le code.",
            "The display is what people read: it must say the same as the code.",
        remedy "reprendre le libellé publié", "take the published text";
    SYSTEM_NAME = "strict-code-system-name", Error, "LOINC (2.16.840.1.113883.6.1)",
        "le nom du système de codage n'est pas celui de son OID", "the name of the code system is not that of its OID",
        why "Le nom et l'OID se contredisent : l'un des deux est faux.", "Name and OID contradict each other: one of them is wrong.",
        remedy "écrire LOINC, ou enlever codeSystemName", "write LOINC, or remove codeSystemName";
    CONFIDENTIALITY_SYSTEM = "strict-confidentiality-system", Error, "HL7 Confidentiality (2.16.840.1.113883.5.25)",
        "le niveau de confidentialité n'est pas codé dans 2.16.840.1.113883.5.25", "the confidentiality is not coded in 2.16.840.1.113883.5.25",
        why "N, R et V n'ont de sens que dans ce système ; un lecteur prudent masque le document ou le refuse.",
            "N, R and V have meaning in this system only; a careful reader hides or refuses the document.",
        remedy "écrire codeSystem=\"2.16.840.1.113883.5.25\"", "write codeSystem=\"2.16.840.1.113883.5.25\"",
        bad "<confidentialityCode code=\"N\" codeSystem=\"1.2.3\" displayName=\"Normal\"/>",
        good "<confidentialityCode code=\"N\" codeSystem=\"2.16.840.1.113883.5.25\" displayName=\"Normal\"/>";
    MODEL_VERSION = "strict-model-version", Error, "Modèles publiés le 19 février 2025 (templateId, extension)",
        "la version du modèle n'est pas une version publiée", "the version of the model is not a published one",
        why "La version dit quelles règles s'appliquent ; la plupart des règles officielles ne la regardent pas.",
            "The version tells which rules apply; most official rules do not look at it.",
        remedy "écrire une des versions publiées, sous la forme AAAA.NN", "write one of the published versions, in the form YYYY.NN",
        bad "<templateId root=\"1.2.250.1.213.1.1.1.47\" extension=\"2099.01\"/>",
        good "<templateId root=\"1.2.250.1.213.1.1.1.47\" extension=\"2024.01\"/>";
    MODEL_CODE = "strict-model-code", Error, "Modèles publiés le 19 février 2025 (templateId, code)",
        "le type du document n'est pas celui de son modèle", "the type of the document is not that of its model",
        why "Le type classe le document ; le modèle dit ce qu'il contient : ils doivent dire la même chose.",
            "The type files the document, the model tells what it holds: they must agree.",
        remedy "mettre dans code le type que le modèle prévoit", "put in code the type that the model has";
    LANGUAGE_FORM = "strict-language-form", Warning, "RFC 5646, langue et pays",
        "le code de langue contient autre chose que langue et pays", "the language code has more than language and country",
        why "La règle officielle cherche fr-FR n'importe où dans la valeur.", "The official rule looks for fr-FR anywhere in the value.",
        remedy "écrire fr-FR", "write fr-FR",
        bad "<languageCode code=\"fr-FR;en\"/>", good "<languageCode code=\"fr-FR\"/>";
    VERSION_NUMBER = "strict-version-number", Error, "CI-SIS, versionNumber : entier positif",
        "le numéro de version n'est pas un entier positif", "the version number is not a positive integer",
        why "Les versions se comparent par ce nombre.", "Versions are compared by this number.",
        remedy "écrire 1 pour la première version", "write 1 for the first version";
    VERSION_CHAIN = "strict-version-chain", Warning, "CI-SIS, relatedDocument RPLC et versionNumber",
        "le numéro de version et le document remplacé ne vont pas ensemble", "the version number and the replaced document do not agree",
        why "La première version ne remplace rien ; les suivantes désignent celle qu'elles remplacent.",
            "The first version replaces nothing; the following ones designate the one they replace.",
        remedy "ajouter relatedDocument typeCode=\"RPLC\", ou corriger versionNumber", "add relatedDocument typeCode=\"RPLC\", or mend versionNumber";
    REPLACES_ITSELF = "strict-replaces-itself", Error, "CDA R2, relatedDocument",
        "le document se remplace lui-même", "the document replaces itself",
        why "Chaque version a son propre id ; seul setId est commun.", "Each version has its own id; only setId is common.",
        remedy "donner un nouvel id au document", "give the document a new id";
    TIME_ORDER = "strict-time-order", Warning, "CDA R2, author/time, legalAuthenticator/time",
        "les dates de l'auteur, du document et du responsable ne se suivent pas", "the times of author, document and legal authenticator do not follow",
        why "On écrit, puis on atteste : un auteur postérieur au document, ou une attestation antérieure à l'auteur, trahit une erreur.",
            "One writes, then attests: an author after the document, or an attestation before the author, betrays an error.",
        remedy "vérifier les trois dates", "check the three times";

    PROFESSIONAL_ID = "strict-professional-id", Warning, "Identifiant national PS (1.2.250.1.71.4.2.1)",
        "l'identifiant du professionnel n'a pas la forme d'un IDNPS", "the professional's identifier has not the form of an IDNPS",
        why "Un chiffre de type (8 pour RPPS, 0 pour ADELI...) puis l'identifiant : sans lui, l'annuaire ne retrouve personne.",
            "A digit for the type (8 for RPPS, 0 for ADELI...) then the identifier: without it, the directory finds nobody.",
        remedy "écrire 8 et le RPPS à 11 chiffres", "write 8 and the RPPS of 11 digits";
    PROFESSIONAL_KEY = "strict-professional-key", Warning, "RPPS, clé de Luhn",
        "la clé de l'identifiant du professionnel est fausse", "the key of the professional's identifier is wrong",
        why "La clé révèle une faute de saisie.", "The key reveals a typing error.",
        remedy "vérifier le numéro dans l'annuaire santé", "check the number in the health directory";
    STRUCTURE_ID = "strict-structure-id", Warning, "Identifiant national de structure (1.2.250.1.71.4.2.2)",
        "l'identifiant de la structure n'a pas la forme d'un IDNST", "the structure's identifier has not the form of an IDNST",
        why "Un chiffre de type (1 pour FINESS, 3 pour SIRET...) puis l'identifiant.",
            "A digit for the type (1 for FINESS, 3 for SIRET...) then the identifier.",
        remedy "écrire 1 et le FINESS à 9 caractères, ou 3 et le SIRET à 14 chiffres",
            "write 1 and the FINESS of 9 characters, or 3 and the SIRET of 14 digits";
    STRUCTURE_KEY = "strict-structure-key", Warning, "FINESS, SIREN, SIRET : clé de Luhn",
        "la clé de l'identifiant de la structure est fausse", "the key of the structure's identifier is wrong",
        why "La clé révèle une faute de saisie.", "The key reveals a typing error.",
        remedy "vérifier le numéro dans le répertoire des structures", "check the number in the directory of structures";

    TEMPLATE_TWICE = "strict-template-twice", Error, "CDA R2, templateId",
        "le même templateId est déclaré deux fois", "the same templateId is declared twice",
        why "La seconde déclaration n'apporte rien et trahit souvent un copier-coller où un autre était voulu.",
            "The second declaration adds nothing and often betrays a copy where another one was meant.",
        remedy "enlever la répétition", "remove the repetition";
    NULL_WITH_VALUE = "strict-null-with-value", Error, "HL7 V3 Data Types R1, ANY.nullFlavor",
        "une valeur est donnée et dite absente à la fois", "a value is given and said to be absent at the same time",
        why "Un lecteur prend la valeur, un autre l'absence.", "One reader takes the value, another the absence.",
        remedy "enlever nullFlavor, ou la valeur", "remove nullFlavor, or the value",
        bad "<routeCode nullFlavor=\"UNK\" code=\"20053000\"/>", good "<routeCode nullFlavor=\"UNK\"/>";
    REFERENCE = "strict-reference-unresolved", Warning, "CDA R2, reference/@value",
        "la référence ne mène à aucun ID du document", "the reference leads to no ID of the document",
        why "L'entrée codée perd le texte qu'elle désigne : l'humain et la machine ne lisent plus la même chose.",
            "The coded entry loses the text it points to: people and machine do not read the same any more.",
        remedy "écrire # et l'ID d'un élément du texte", "write # and the ID of an element of the text",
        bad "<reference value=\"absent\"/>", good "<reference value=\"#ligne-1\"/>";
    EMPTY_VALUE = "strict-empty-value", Error, "HL7 V3 Data Types R1",
        "la valeur est vide", "the value is empty",
        why "Une valeur vide n'est ni une valeur ni une absence déclarée.", "An empty value is neither a value nor a declared absence.",
        remedy "donner la valeur, ou nullFlavor", "give the value, or nullFlavor",
        bad "<value xsi:type=\"BL\"/>", good "<value xsi:type=\"BL\" nullFlavor=\"UNK\"/>";

    REPEATED = "strict-repeated", Error, "CDA R2",
        "le même élément est écrit deux fois, à l'identique", "the same element is written twice, identically",
        why "Une participation, un acte ou une coordonnée répétés comptent deux fois chez le lecteur.",
            "A participation, an act or a telecom that is repeated counts twice for the reader.",
        remedy "enlever la répétition", "remove the repetition";
    NULL_KIND = "strict-null-kind", Error, "HL7 V3, NullFlavor : NINF et PINF sont des infinis",
        "NINF et PINF ne se disent que d'une quantité ou d'une date", "NINF and PINF are said of quantities and times only",
        why "Un identifiant ou un code ne peut pas être infini.", "An identifier or a code cannot be infinite.",
        remedy "choisir UNK, NASK, ASKU, NAV, NA ou MSK", "choose UNK, NASK, ASKU, NAV, NA or MSK",
        bad "<id nullFlavor=\"PINF\"/>", good "<id nullFlavor=\"UNK\"/>";
    ADDR_TEXT = "strict-addr-text", Warning, "CI-SIS, structuration minimale : adresse en parties ou en lignes",
        "l'adresse est du texte, sans partie ni ligne", "the address is text, without part or line",
        why "Un logiciel ne peut ni l'imprimer en lignes ni en tirer la commune.", "Software can neither print it in lines nor find the commune in it.",
        remedy "écrire des streetAddressLine, ou les parties (houseNumber, streetName, postalCode, city)",
            "write streetAddressLine elements, or the parts (houseNumber, streetName, postalCode, city)",
        bad "<addr>3 rue des Essais 00000 FICTIVILLE</addr>",
        good "<addr><streetAddressLine>3 rue des Essais</streetAddressLine></addr>";

    BASE64 = "strict-base64", Error, "RFC 4648, base64",
        "le contenu annoncé en base64 ne se décode pas", "the content announced as base64 does not decode",
        why "Le destinataire ne pourra pas ouvrir la pièce.", "The recipient will not be able to open the part.",
        remedy "encoder de nouveau le fichier entier", "encode the whole file again";
    REPRESENTATION = "strict-representation", Error, "CI-SIS, corps non structuré : representation=\"B64\"",
        "le contenu du corps non structuré n'est pas annoncé en base64", "the content of the nonXMLBody is not announced as base64",
        why "Sans representation=\"B64\" le contenu est du texte : le lecteur affiche l'encodage.",
            "Without representation=\"B64\" the content is text: the reader shows the encoding.",
        remedy "ajouter representation=\"B64\"", "add representation=\"B64\"",
        bad "<text mediaType=\"application/pdf\">", good "<text mediaType=\"application/pdf\" representation=\"B64\">";
    MEDIA_TYPE = "strict-media-type", Error, "RFC 2046 ; signatures des formats PDF, JPEG, PNG, TIFF, RTF",
        "le contenu n'est pas du type annoncé", "the content is not of the announced type",
        why "Le lecteur ouvre la pièce avec le mauvais programme, ou la refuse.", "The reader opens the part with the wrong program, or refuses it.",
        remedy "corriger mediaType, ou le contenu", "mend mediaType, or the content";
    INLINE_MEDIA_TYPE = "strict-inline-media-type", Warning, "RFC 2046 ; signatures des formats PDF, JPEG, PNG, TIFF, RTF",
        "une pièce insérée dans le corps structuré n'est pas du type annoncé", "a part inside the structured body is not of the announced type",
        why "Le lecteur ouvre la pièce avec le mauvais programme, ou ne l'affiche pas.", "The reader opens the part with the wrong program, or does not show it.",
        remedy "corriger mediaType, ou le contenu", "mend mediaType, or the content";
    PDF_A = "strict-pdf-a", Warning, "ISO 19005-1 (PDF/A-1), métadonnées pdfaid",
        "le PDF ne se déclare pas PDF/A-1", "the PDF does not declare itself PDF/A-1",
        why "Le DMP et la messagerie demandent du PDF/A-1 pour que la pièce reste lisible.",
            "The DMP and secure mail ask for PDF/A-1 so that the part stays readable.",
        remedy "produire le PDF en PDF/A-1b (pdfaid:part=1)", "produce the PDF as PDF/A-1b (pdfaid:part=1)";

    TYPE_ID = "strict-type-id", Error, "CDA R2, typeId : 2.16.840.1.113883.1.3, POCD_HD000040",
        "typeId ne nomme pas le CDA R2", "typeId does not name CDA R2",
        why "typeId dit de quelle norme est le document : un lecteur qui le vérifie refuse tout le document.",
            "typeId says of which standard the document is: a reader that checks it refuses the whole document.",
        remedy "écrire root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"", "write root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"",
        bad "<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000999\"/>",
        good "<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>";
    SECTION_CODE = "strict-section-code", Error, "CI-SIS, modèles de contenus CDA, code de la section",
        "le code de la section n'est pas celui de son modèle", "the code of the section is not that of its template",
        why "Un lecteur range la section par son code, un autre par son modèle : ils doivent dire la même chose.",
            "One reader files the section by its code, another by its template: they must agree.",
        remedy "écrire le code LOINC que le modèle de la section fixe", "write the LOINC code that the template of the section fixes";
    VITAL_SIGN_UNIT = "strict-vital-sign-unit", Error, "CI-SIS, FR-Signe-vital-observe (1.2.250.1.213.1.1.3.50), unités UCUM",
        "l'unité n'est pas une de celles de ce signe vital", "the unit is not one of those of this vital sign",
        why "Un poids en cm, ou sans unité, fausse les courbes de croissance et les doses.",
            "A weight in cm, or without unit, spoils growth charts and doses.",
        remedy "écrire une unité UCUM admise pour cette mesure", "write a UCUM unit admitted for this measure",
        bad "<value xsi:type=\"PQ\" value=\"3900\" unit=\"cm\"/>", good "<value xsi:type=\"PQ\" value=\"3900\" unit=\"g\"/>";
}
