//! `componentOf`: the encounter during which the document was made, and where.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, Has, HasAttr, NotNull};
use super::super::model::Syntax::{Any, Oid, OneOf, Text, Token, Uid};
use super::super::model::{Cond, Element, el, in_set, may, must, name, one, opt, special};
use super::super::special::{Civility, Special};
use super::fragments::{
    ADDR, ASSIGNED_PERSON, BOUND_RULES, ENTITY_ONE_CODE, ENTITY_ONE_ORG, ENTITY_ONE_PERSON,
    LOOSE_BOUND_RULES, ORG_NAME, ORG_ONE_NAME, PROFESSIONAL_ID, PROFESSIONAL_ROOT, STRUCTURE_ID,
    TELECOM, VS_ENCOUNTER, VS_ENCOUNTER_ROLE, VS_FACILITY, one_addr,
};
use super::people::{KNOWN_PROFESSIONAL, KNOWN_SECTOR, ONE_KNOWN_SECTOR};
use super::service_event::PART_OF;

const LOCATED: &[Cond] = &[NotNull, Has(name("location"))];

pub(super) const COMPONENT_OF: Element = el("componentOf")
    .item("CI-SISComponentOf")
    .when(&[NotNull, Has(name("encompassingEncounter"))])
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::EncounterParticipant),
        ),
        special(
            "header-person-civility",
            Special::Civility(Civility::Responsible),
        ),
        one("header-encounter", "encompassingEncounter", LOCATED),
    ])
    .children(&[&[el("encompassingEncounter")
        .when(LOCATED)
        .rules(&[
            opt("header-encounter-code", "code"),
            one("header-encounter-time", "effectiveTime", &[]),
            opt("header-encounter-discharge", "dischargeDispositionCode"),
            super::super::model::count(
                "header-encounter-responsible",
                "responsibleParty",
                &[Has(name("assignedEntity"))],
                0,
                1,
            ),
            one(
                "header-encounter-location",
                "location",
                &[Has(name("healthCareFacility"))],
            ),
        ])
        .children(&[&[
            el("id").datatype(T::Ii).rules(&[
                may("header-encounter-id-extension", "extension", Text),
                must("header-encounter-id-root", "root", Uid),
            ]),
            el("code").datatype(T::Ce).rules(&[
                must("header-encounter-code-code", "code", Any),
                in_set("header-encounter-code-value-set", "code", VS_ENCOUNTER),
                must("header-encounter-code-system", "codeSystem", Oid),
                must("header-encounter-code-display", "displayName", Text),
            ]),
            el("effectiveTime")
                .datatype(T::IvlTs)
                .rules(&[
                    opt("header-encounter-low", "low"),
                    opt("header-encounter-high", "high"),
                ])
                .children(&[&[
                    el("low").datatype(T::IvxbTs).rules(LOOSE_BOUND_RULES),
                    el("high").datatype(T::IvxbTs).rules(LOOSE_BOUND_RULES),
                ]]),
            el("dischargeDispositionCode").datatype(T::Ce).rules(&[
                must("header-encounter-discharge-display", "displayName", Text),
                may(
                    "header-encounter-discharge-system",
                    "codeSystem",
                    OneOf(&["1.2.250.1.213.2.14"]),
                ),
                must("header-encounter-discharge-code", "code", Token),
            ]),
            el("responsibleParty")
                .when(&[Has(name("assignedEntity"))])
                .rules(&[one(
                    "header-encounter-responsible-entity",
                    "assignedEntity",
                    KNOWN_PROFESSIONAL,
                )])
                .children(&[&[RESPONSIBLE]]),
            ENCOUNTER_PARTICIPANT,
            LOCATION,
        ]])]]);

const RESPONSIBLE: Element = el("assignedEntity")
    .when(KNOWN_PROFESSIONAL)
    .rules(ENTITY_RULES)
    .children(&[
        &[PROFESSIONAL_ID, el("code").datatype(T::Cd)],
        ADDR,
        &[
            TELECOM,
            ASSIGNED_PERSON,
            el("representedOrganization")
                .rules(&[
                    ORG_ONE_NAME,
                    ONE_KNOWN_SECTOR,
                    opt("header-structure-part-of", "asOrganizationPartOf"),
                ])
                .children(&[
                    &[
                        STRUCTURE_ID,
                        el("id").datatype(T::Ii).rules(&[
                            must("header-structure-id", "extension", Text),
                            must("header-structure-id-root", "root", Uid),
                        ]),
                        ORG_NAME,
                    ],
                    ADDR,
                    &[TELECOM, KNOWN_SECTOR, PART_OF],
                ]),
        ],
    ]);

const ENTITY_RULES: &[super::super::model::Rule] = &[
    one(
        "header-encounter-professional-id",
        "id",
        &[Attr("root", PROFESSIONAL_ROOT)],
    ),
    ENTITY_ONE_CODE,
    ENTITY_ONE_PERSON,
    ENTITY_ONE_ORG,
];

const ENCOUNTER_PARTICIPANT: Element = el("encounterParticipant")
    .when(&[HasAttr("typeCode"), Has(name("assignedEntity"))])
    .rules(&[
        in_set(
            "header-encounter-participant-type",
            "typeCode",
            VS_ENCOUNTER_ROLE,
        ),
        opt("header-encounter-participant-time", "time"),
        one(
            "header-encounter-participant-entity",
            "assignedEntity",
            KNOWN_PROFESSIONAL,
        ),
    ])
    .children(&[&[
        el("time")
            .datatype(T::IvlTs)
            .rules(&[
                opt("header-encounter-participant-low", "low"),
                opt("header-encounter-participant-high", "high"),
            ])
            .children(&[&[
                el("low").datatype(T::IvxbTs).rules(BOUND_RULES),
                el("high").datatype(T::IvxbTs).rules(BOUND_RULES),
            ]]),
        el("assignedEntity")
            .when(KNOWN_PROFESSIONAL)
            .rules(ENTITY_RULES)
            .children(&[
                &[PROFESSIONAL_ID, el("code").datatype(T::Cd)],
                ADDR,
                &[
                    TELECOM,
                    ASSIGNED_PERSON,
                    el("representedOrganization")
                        .rules(&[ORG_ONE_NAME, ONE_KNOWN_SECTOR])
                        .children(&[&[STRUCTURE_ID, ORG_NAME], ADDR, &[TELECOM, KNOWN_SECTOR]]),
                ],
            ]),
    ]]);

const LOCATION: Element = el("location")
    .when(&[Has(name("healthCareFacility"))])
    .rules(&[one("header-facility", "healthCareFacility", &[NotNull])])
    .children(&[&[el("healthCareFacility")
        .when(&[NotNull])
        .rules(&[
            one("header-facility-code", "code", &[NotNull]),
            opt("header-facility-location", "location"),
        ])
        .children(&[&[
            el("id").datatype(T::Ii),
            el("code")
                .when(&[NotNull])
                .datatype(T::Ce)
                .rules(&[
                    must("header-facility-code-code", "code", Any),
                    in_set("header-facility-code-value-set", "code", VS_FACILITY),
                    must("header-facility-code-display", "displayName", Text),
                    must("header-facility-code-system", "codeSystem", Oid),
                ])
                .children(&[&[el("translation").datatype(T::Cd).rules(&[
                    must("header-facility-translation-display", "displayName", Text),
                    must("header-facility-translation-system", "codeSystem", Oid),
                    must("header-facility-translation-code", "code", Token),
                ])]]),
            el("location")
                .rules(&[
                    opt("header-facility-name", "name"),
                    one_addr("header-facility-addr"),
                ])
                .children(&[ADDR, &[el("name").datatype(T::En)]]),
        ]])]]);
