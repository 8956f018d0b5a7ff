//! The quirks of this sandbox's own.

use crate::sandbox::{OwnQuirks, QuirkKind};

/// The quirks of this sandbox, and the transactions that they may be for.
pub const QUIRKS: OwnQuirks = OwnQuirks {
    kinds: KINDS,
    calls: &["ITI-18", "ITI-41", "ITI-42", "ITI-43", "ITI-51", "ITI-57"],
};

const KINDS: &[QuirkKind] = &[
    QuirkKind {
        example: "refuse=XDSRegistryBusy",
        fr: "une réponse qui refuse, avec ce code d'erreur (XDSRegistryError sans valeur)",
        en: "an answer that refuses, with this error code (XDSRegistryError without value)",
    },
    QuirkKind {
        example: "fault=DMPInvalidCertificate",
        fr: "une erreur SOAP du destinataire, avec ce code en dessous s'il y en a un",
        en: "a SOAP fault of the receiver, with this code below if there is one",
    },
    QuirkKind {
        example: "multipart-faults",
        fr: "les erreurs SOAP viennent en multipart",
        en: "SOAP faults come as multipart",
    },
    QuirkKind {
        example: "wrong-relates-to",
        fr: "la réponse dit répondre à un autre message",
        en: "the answer says that it is for another message",
    },
    QuirkKind {
        example: "hyphenated-action",
        fr: "ITI-57 répond avec …UpdateDocumentSet-Response, comme le DMP",
        en: "ITI-57 answers with …UpdateDocumentSet-Response, as the DMP does",
    },
    QuirkKind {
        example: "percent-encoded-ids",
        fr: "ITI-43 : Content-ID encodés en pourcent dans la référence, comme ceux du DMP",
        en: "ITI-43: Content-IDs that stand percent-encoded in the reference, as those of the DMP",
    },
    QuirkKind {
        example: "inline-documents",
        fr: "ITI-43 répond en base64 au lieu de parties MTOM",
        en: "ITI-43 answers in base64 instead of parts",
    },
    QuirkKind {
        example: "longer-documents",
        fr: "ITI-43 : chaque document a un octet de plus que le registre n'en annonce",
        en: "ITI-43: each document comes with a byte more than the registry tells of",
    },
    QuirkKind {
        example: "require-signature",
        fr: "ITI-41 sans la signature (XAdES) que le DMP veut dans chaque lot est refusé ; une signature présente est toujours vérifiée",
        en: "ITI-41 without the signature (XAdES) that the DMP wants in every submission is refused; one that is there is always verified",
    },
    QuirkKind {
        example: "require-vihf",
        fr: "un appel sans VIHF est refusé, comme celui dont le VIHF n'est pas signé, enfreint une règle ou concerne un autre patient",
        en: "a call without VIHF is refused, and one whose VIHF is not signed, breaks a rule or is about another patient",
    },
    QuirkKind {
        example: "ihe",
        fr: "un registre selon IHE au lieu du DMP : identifiants sans composants français, Approved et Deprecated se changent l'un en l'autre",
        en: "a registry as IHE has it instead of a DMP: identifiers without French components, Approved and Deprecated change into each other",
    },
    QuirkKind {
        example: "unverified-inclusive-end",
        fr: "la fin d'une période compte ; que ce soit le cas du DMP n'a pas été vérifié",
        en: "the end of a period counts; nobody of ours has read whether it does",
    },
];
