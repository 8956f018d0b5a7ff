//! `ClinicalDocument` itself: identification, type, language, version, relations.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, AttrNot, AttrOrNull, Child, Has, NotNull};
use super::super::model::Syntax::{Any, Integer, Language, Oid, OneOf, Text, Uid};
use super::super::model::{
    Element, Ns, count, el, in_set, may, must, name, one, opt, opt_ns, some, special,
};
use super::super::special::Special;
use super::encounter::COMPONENT_OF;
use super::fragments::{
    LOOSE_ID_RULES, ONE_ORIGINAL_TEXT, ORIGINAL_TEXT, TIME_RULES, VS_CONFIDENTIALITY, VS_TYPE_CODE,
};
use super::patient::RECORD_TARGET;
use super::people::{
    AUTHENTICATOR, AUTHOR, CUSTODIAN, DATA_ENTERER, INFORMANT, INFORMATION_RECIPIENT,
    LEGAL_AUTHENTICATOR, PARTICIPANT,
};
use super::service_event::DOCUMENTATION_OF;

const FRANCE: &str = "2.16.840.1.113883.2.8.2.1";
const CI_SIS: &str = "1.2.250.1.213.1.1.1.1";

const MODEL_TEMPLATE: &[super::super::model::Cond] = &[AttrNot("root", &[CI_SIS, FRANCE])];
const RPLC: &[super::super::model::Cond] = &[Attr("typeCode", "RPLC"), Has(name("parentDocument"))];
const COMPLETED: super::super::model::Cond = AttrOrNull("code", "completed");
const TYPE_ID: &[super::super::model::Cond] = &[
    Attr("root", "2.16.840.1.113883.1.3"),
    Attr("extension", "POCD_HD000040"),
];

/// The root of the tables.
pub(in super::super) const CLINICAL_DOCUMENT: Element = el("ClinicalDocument")
    .item("SMDS_CDAClinicalDocument")
    .rules(&[
        may("header-class-code", "classCode", OneOf(&["DOCCLIN"])),
        may("header-mood-code", "moodCode", OneOf(&["EVN"])),
        special(
            "header-service-event-first-performer",
            Special::FirstPerformer,
        ),
        special("header-service-event-first-time", Special::FirstServiceTime),
        special("header-body-templates", Special::BodyTemplates),
        one("header-realm", "realmCode", &[Attr("code", "FR")]),
        one("header-type-id", "typeId", TYPE_ID),
        one(
            "header-template-france",
            "templateId",
            &[Attr("root", FRANCE)],
        ),
        one(
            "header-template-ci-sis",
            "templateId",
            &[Attr("root", CI_SIS)],
        ),
        some("header-template-model", "templateId", MODEL_TEMPLATE),
        one("header-id", "id", &[NotNull]),
        one("header-code", "code", &[NotNull]),
        one("header-title", "title", &[NotNull]),
        one("header-effective-time", "effectiveTime", &[NotNull]),
        one("header-confidentiality", "confidentialityCode", &[NotNull]),
        one("header-language", "languageCode", &[NotNull]),
        one("header-set-id", "setId", &[NotNull]),
        one("header-version", "versionNumber", &[NotNull]),
        one("header-patient", "recordTarget", &[NotNull]),
        special("header-ins-traits", Special::InsTraits),
        some(
            "header-author",
            "author",
            &[NotNull, Has(name("assignedAuthor"))],
        ),
        opt("header-data-enterer", "dataEnterer"),
        one(
            "header-custodian",
            "custodian",
            &[NotNull, Has(name("assignedCustodian"))],
        ),
        one(
            "header-legal-authenticator",
            "legalAuthenticator",
            &[Child(name("signatureCode"), &Attr("code", "S"))],
        ),
        some(
            "header-documentation-of",
            "documentationOf",
            &[NotNull, Has(name("serviceEvent"))],
        ),
        count("header-related-document", "relatedDocument", RPLC, 0, 1),
        one(
            "header-component-of",
            "componentOf",
            &[NotNull, Has(name("encompassingEncounter"))],
        ),
        one("header-body", "component", &[]),
    ])
    .children(&[
        IDENTIFICATION,
        &[
            RECORD_TARGET,
            AUTHOR,
            DATA_ENTERER,
            INFORMANT,
            CUSTODIAN,
            INFORMATION_RECIPIENT,
        ],
        &[LEGAL_AUTHENTICATOR, AUTHENTICATOR, PARTICIPANT],
        &[
            ORDER,
            DOCUMENTATION_OF,
            RELATED_DOCUMENT,
            AUTHORIZATION,
            COMPONENT_OF,
        ],
        &[el("component").children(&[&[el("structuredBody"), el("nonXMLBody")]])],
    ]);

const IDENTIFICATION: &[Element] = &[
    el("realmCode").when(&[Attr("code", "FR")]).datatype(T::Cs),
    el("typeId").when(TYPE_ID).datatype(T::Ii),
    el("templateId")
        .when(&[Attr("root", FRANCE)])
        .datatype(T::Ii),
    el("templateId")
        .when(&[Attr("root", CI_SIS)])
        .datatype(T::Ii),
    el("templateId")
        .when(MODEL_TEMPLATE)
        .datatype(T::Ii)
        .rules(&[must("header-template-root", "root", Uid)]),
    el("id").when(&[NotNull]).datatype(T::Ii).rules(&[
        must("header-id-root", "root", Uid),
        may("header-id-extension", "extension", Text),
    ]),
    el("code").when(&[NotNull]).datatype(T::Ce).rules(&[
        may("header-code-system-name", "codeSystemName", Text),
        must("header-code-display", "displayName", Text),
        must("header-code-system", "codeSystem", Oid),
        must("header-code-code", "code", Any),
        in_set("header-code-value-set", "code", VS_TYPE_CODE),
    ]),
    el("title").when(&[NotNull]).datatype(T::St),
    el("effectiveTime")
        .when(&[NotNull])
        .datatype(T::Ts)
        .rules(TIME_RULES),
    el("confidentialityCode")
        .when(&[NotNull])
        .datatype(T::Ce)
        .rules(&[
            must("header-confidentiality-display", "displayName", Text),
            must("header-confidentiality-system", "codeSystem", Oid),
            must("header-confidentiality-code", "code", Any),
            in_set(
                "header-confidentiality-value-set",
                "code",
                VS_CONFIDENTIALITY,
            ),
        ]),
    el("languageCode")
        .when(&[NotNull])
        .datatype(T::Cs)
        .rules(&[must("header-language-code", "code", Language)]),
    el("setId").when(&[NotNull]).datatype(T::Ii).rules(&[
        must("header-set-id-root", "root", Uid),
        may("header-set-id-extension", "extension", Text),
    ]),
    el("versionNumber")
        .when(&[NotNull])
        .datatype(T::Int)
        .rules(&[must("header-version-value", "value", Integer)]),
];

const ORDER: Element = el("inFulfillmentOf")
    .item("CI-SISinFulfillmentOf")
    .when(&[Has(name("order"))])
    .rules(&[one("header-order", "order", &[])])
    .children(&[&[el("order")
        .rules(&[
            one("header-order-id", "id", &[]),
            opt("header-order-code", "code"),
            opt_ns("header-order-accession", Ns::Dicom, "accessionNumber"),
        ])
        .children(&[&[
            el("id").datatype(T::Ii).rules(LOOSE_ID_RULES),
            el("code")
                .datatype(T::Ce)
                .rules(&[ONE_ORIGINAL_TEXT])
                .children(&[&[ORIGINAL_TEXT]]),
            el("accessionNumber")
                .ns(Ns::Dicom)
                .datatype(T::Ii)
                .rules(LOOSE_ID_RULES),
        ]])]]);

const RELATED_DOCUMENT: Element = el("relatedDocument")
    .item("CI-SISRelatedDocument")
    .when(RPLC)
    .rules(&[one(
        "header-related-document-parent",
        "parentDocument",
        &[NotNull],
    )])
    .children(&[&[el("parentDocument")
        .when(&[NotNull])
        .rules(&[
            one("header-related-document-id", "id", &[NotNull]),
            opt("header-related-document-version", "versionNumber"),
        ])
        .children(&[&[
            el("id").when(&[NotNull]).datatype(T::Ii).rules(&[
                may("header-related-document-id-extension", "extension", Text),
                must("header-related-document-id-root", "root", Uid),
            ]),
            el("versionNumber").datatype(T::Int).rules(&[may(
                "header-related-document-version-value",
                "value",
                Integer,
            )]),
        ]])]]);

const AUTHORIZATION: Element = el("authorization")
    .item("CI-SISAuthorization")
    .when(&[Has(name("consent"))])
    .rules(&[
        may("header-authorization-type", "typeCode", OneOf(&["AUTH"])),
        one(
            "header-authorization-consent",
            "consent",
            &[Child(name("statusCode"), &COMPLETED)],
        ),
    ])
    .children(&[&[el("consent")
        .when(&[Child(name("statusCode"), &COMPLETED)])
        .rules(&[
            may("header-authorization-class", "classCode", OneOf(&["CONS"])),
            may("header-authorization-mood", "moodCode", OneOf(&["EVN"])),
            one("header-authorization-code", "code", &[]),
            one("header-authorization-status", "statusCode", &[COMPLETED]),
        ])
        .children(&[&[
            el("id").datatype(T::Ii),
            el("code").datatype(T::Ce),
            el("statusCode").when(&[COMPLETED]).datatype(T::Cs),
        ]])]]);
