//! `documentationOf`: the acts that the document is about, and who performed them.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, Has, NotNull};
use super::super::model::Syntax::{Oid, Text, Token};
use super::super::model::{Cond, Element, Ns, count, el, may, name, one, opt, opt_ns, special};
use super::super::special::{Civility, Special};
use super::fragments::{
    ADDR, BOUND_RULES, ENTITY_ONE_CODE, ENTITY_ONE_PERSON, LOOSE_BOUND_RULES, LOOSE_CODE_RULES,
    LOOSE_ID_RULES, NAME, ONE_ORIGINAL_TEXT, ORG_NAME, ORG_ONE_NAME, ORIGINAL_TEXT, SECTOR_RULES,
    SPECIALTY_SET_RULES, STRUCTURE_ID, TELECOM,
};

const PERFORMER_WHEN: &[Cond] = &[Attr("typeCode", "PRF"), Has(name("assignedEntity"))];
const EMPLOYED: &[Cond] = &[Has(name("representedOrganization"))];

pub(super) const DOCUMENTATION_OF: Element = el("documentationOf")
    .item("CI-SISDocumentationOf")
    .when(&[NotNull, Has(name("serviceEvent"))])
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::Performer),
        ),
        one("header-service-event", "serviceEvent", &[NotNull]),
    ])
    .children(&[&[el("serviceEvent")
        .when(&[NotNull])
        .rules(&[
            opt("header-service-event-code", "code"),
            opt_ns("header-service-event-status", Ns::Lab, "statusCode"),
            opt("header-service-event-time", "effectiveTime"),
            count(
                "header-service-event-performer",
                "performer",
                PERFORMER_WHEN,
                0,
                1,
            ),
        ])
        .children(&[&[
            el("id").datatype(T::Ii),
            el("code")
                .datatype(T::Ce)
                .rules(&[
                    may("header-coded-display", "displayName", Text),
                    may("header-coded-system", "codeSystem", Oid),
                    may("header-coded-code", "code", Token),
                    special("header-service-event-code-or-null", Special::CodeOrNull),
                    ONE_ORIGINAL_TEXT,
                ])
                .children(&[&[TRANSLATION, ORIGINAL_TEXT]]),
            el("statusCode").ns(Ns::Lab).datatype(T::Cs).rules(&[may(
                "header-coded-code",
                "code",
                Token,
            )]),
            el("effectiveTime")
                .rules(&[
                    one("header-service-event-low", "low", &[]),
                    opt("header-service-event-high", "high"),
                ])
                .children(&[&[
                    el("low").datatype(T::IvxbTs).rules(BOUND_RULES),
                    el("high").datatype(T::IvxbTs).rules(LOOSE_BOUND_RULES),
                ]]),
            PERFORMER,
        ]])]]);

const TRANSLATION: Element = el("translation")
    .datatype(T::Cd)
    .rules(&[opt("header-service-event-qualifier", "qualifier")])
    .children(&[&[el("qualifier")
        .datatype(T::Cr)
        .rules(&[one("header-service-event-qualifier-name", "name", &[])])
        .children(&[&[el("name").datatype(T::Cv).rules(LOOSE_CODE_RULES)]])]]);

const PERFORMER: Element = el("performer")
    .when(PERFORMER_WHEN)
    .rules(&[
        opt("header-performer-function", "functionCode"),
        opt("header-performer-time", "time"),
        one("header-performer-entity", "assignedEntity", EMPLOYED),
    ])
    .children(&[&[
        el("templateId").datatype(T::Ii).rules(LOOSE_ID_RULES),
        el("functionCode").datatype(T::Ce),
        el("time").datatype(T::IvlTs),
        el("assignedEntity")
            .when(EMPLOYED)
            .rules(&[
                one("header-performer-id", "id", &[]),
                ENTITY_ONE_CODE,
                ENTITY_ONE_PERSON,
                one("header-performer-structure", "representedOrganization", &[]),
            ])
            .children(&[
                &[
                    el("id").datatype(T::Ii),
                    el("code").datatype(T::Cd).rules(SPECIALTY_SET_RULES),
                    TELECOM,
                ],
                ADDR,
                &[el("assignedPerson").children(&[&[NAME]]), STRUCTURE],
            ]),
    ]]);

const STRUCTURE: Element = el("representedOrganization")
    .rules(&[
        ORG_ONE_NAME,
        one(
            "header-performer-sector",
            "standardIndustryClassCode",
            &[NotNull],
        ),
        opt("header-structure-part-of", "asOrganizationPartOf"),
    ])
    .children(&[
        &[
            STRUCTURE_ID,
            el("id").datatype(T::Ii).rules(LOOSE_ID_RULES),
            ORG_NAME,
            TELECOM,
            el("standardIndustryClassCode")
                .when(&[NotNull])
                .datatype(T::Ce)
                .rules(SECTOR_RULES),
            PART_OF,
        ],
        ADDR,
    ]);

/// The larger structure that an organisation belongs to.
pub(super) const PART_OF: Element = el("asOrganizationPartOf")
    .datatype(T::Any)
    .rules(&[
        opt("header-structure-part-of-code", "code"),
        opt("header-structure-part-of-status", "statusCode"),
        opt("header-structure-part-of-time", "effectiveTime"),
    ])
    .children(&[&[
        el("templateId").datatype(T::Ii),
        el("id").datatype(T::Ii),
        el("code").datatype(T::Cd),
        el("statusCode").datatype(T::Cs),
        el("effectiveTime"),
    ]]);
