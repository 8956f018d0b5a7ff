//! The participants: author, data enterer, informant, custodian, recipients, authenticators, others.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, Child, Has, HasAttr, InValueSet, NotNull};
use super::super::model::Syntax::{Any, Oid, OneOf, Text, Uid};
use super::super::model::{
    Cond, Element, choice, count, el, in_set, may, must, name, no_child, one, opt, special,
};
use super::super::special::{Civility, Special};
use super::fragments::{
    ADDR, ASSIGNED_ID_RULES, ASSIGNED_PERSON, BOUND_RULES, ENTITY_ONE_CODE, ENTITY_ONE_ORG,
    ENTITY_ONE_PERSON, LOOSE_CODE_RULES, LOOSE_ID_RULES, NAME, NAME_PARTS, ONE_ORIGINAL_TEXT,
    ORG_NAME, ORG_ONE_NAME, ORG_ONE_SECTOR, ORIGINAL_TEXT, PERSON_NAME, PROFESSIONAL_ID,
    PROFESSIONAL_ROOT, RELATIVE_NAME, SECTOR_IN_SET_RULES, SECTOR_RULES, SPECIALTY_RULES,
    SPECIALTY_SET_RULES, STRUCTURE_ID, STRUCTURE_ROOT, TELECOM, TIME_RULES, VS_ASSOCIATED_CLASS,
    VS_PARTICIPATION, VS_PRACTICE_SETTING, VS_RELATIONSHIP, VS_ROLE, VS_SPECIALTY, one_addr,
};

const SECTOR_KNOWN: &[Cond] = &[InValueSet(VS_PRACTICE_SETTING)];
const SIGNED: &[Cond] = &[Child(name("signatureCode"), &Attr("code", "S"))];
/// The assigned entity that carries a national professional identifier.
pub(super) const KNOWN_PROFESSIONAL: &[Cond] =
    &[Child(name("id"), &Attr("root", PROFESSIONAL_ROOT))];

/// Sector of activity that counts only when it is in the value set.
pub(super) const KNOWN_SECTOR: Element = el("standardIndustryClassCode")
    .when(SECTOR_KNOWN)
    .datatype(T::Ce)
    .rules(SECTOR_IN_SET_RULES);
pub(super) const ONE_KNOWN_SECTOR: super::super::model::Rule = count(
    "header-structure-sector",
    "standardIndustryClassCode",
    SECTOR_KNOWN,
    0,
    1,
);

pub(super) const AUTHOR: Element = el("author")
    .item("CI-SISAuthor")
    .when(&[Has(name("assignedAuthor"))])
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::Author),
        ),
        opt("header-author-function", "functionCode"),
        one("header-author-time", "time", &[]),
        one("header-author-assigned", "assignedAuthor", &[NotNull]),
    ])
    .children(&[&[
        el("functionCode")
            .datatype(T::Ce)
            .rules(&[
                may("header-function-display", "displayName", Text),
                must("header-function-system", "codeSystem", Oid),
                must("header-function-code", "code", Any),
                in_set("header-function-value-set", "code", VS_ROLE),
                ONE_ORIGINAL_TEXT,
            ])
            .children(&[&[ORIGINAL_TEXT]]),
        el("time").datatype(T::Ts).rules(TIME_RULES),
        ASSIGNED_AUTHOR,
    ]]);

const ASSIGNED_AUTHOR: Element = el("assignedAuthor")
    .when(&[NotNull])
    .rules(&[
        super::super::model::some("header-author-id", "id", &[]),
        ENTITY_ONE_CODE,
        choice(
            "header-author-person-or-device",
            &["assignedPerson", "assignedAuthoringDevice"],
            0,
            1,
        ),
        ENTITY_ONE_ORG,
    ])
    .children(&[
        &[
            el("id").datatype(T::Ii).rules(ASSIGNED_ID_RULES),
            el("code").datatype(T::Ce).rules(SPECIALTY_RULES),
        ],
        ADDR,
        &[
            TELECOM,
            ASSIGNED_PERSON,
            el("assignedAuthoringDevice")
                .rules(&[
                    one("header-author-device-model", "manufacturerModelName", &[]),
                    one("header-author-device-software", "softwareName", &[]),
                ])
                .children(&[&[
                    el("manufacturerModelName").datatype(T::Sc),
                    el("softwareName").datatype(T::Sc),
                ]]),
            el("representedOrganization")
                .rules(&[
                    count(
                        "header-structure-one-id",
                        "id",
                        &[Attr("root", STRUCTURE_ROOT)],
                        0,
                        1,
                    ),
                    ORG_ONE_NAME,
                    ONE_KNOWN_SECTOR,
                ])
                .children(&[&[STRUCTURE_ID, el("name")], ADDR, &[TELECOM, KNOWN_SECTOR]]),
        ],
    ]);

pub(super) const DATA_ENTERER: Element = el("dataEnterer")
    .item("CI-SISDataEnterer")
    .datatype(T::Any)
    .rules(&[opt("header-data-enterer-time", "time")])
    .children(&[&[
        el("time")
            .datatype(T::Ts)
            .rules(&[no_child("header-time-no-child")]),
        el("assignedEntity").children(&[
            &[el("id"), el("code")],
            UNCHECKED_ADDR,
            &[el("telecom")],
            &[
                el("assignedPerson")
                    .children(&[&[el("name").when(&[Has(name("family"))]).children(NAME_PARTS)]]),
                el("representedOrganization").children(&[
                    &[
                        el("id").when(&[Attr("root", STRUCTURE_ROOT)]),
                        el("name"),
                        el("telecom"),
                        el("standardIndustryClassCode"),
                    ],
                    UNCHECKED_ADDR,
                ]),
            ],
        ]),
    ]]);

/// Addresses whose parts are known but not checked.
const UNCHECKED_ADDR: &[Element] = &[
    el("addr")
        .when(&[Cond::Without(name("streetAddressLine"))])
        .children(&[&[
            el("country"),
            el("state"),
            el("city"),
            el("postalCode"),
            el("county"),
            el("houseNumber"),
            el("houseNumberNumeric"),
            el("streetName"),
            el("streetNameType"),
            el("additionalLocator"),
            el("unitID"),
            el("postBox"),
            el("precinct"),
        ]]),
    el("addr")
        .when(&[Has(name("streetAddressLine"))])
        .children(&[&[el("streetAddressLine")]]),
];

const RELATED: &[Cond] = &[HasAttr("classCode"), Has(name("relatedPerson"))];

pub(super) const INFORMANT: Element = el("informant")
    .item("CI-SISInformant")
    .rules(&[special("header-informant-who", Special::InformantChoice)])
    .children(&[&[
        el("assignedEntity")
            .datatype(T::Any)
            .rules(&[
                special(
                    "header-person-civility",
                    Special::Civility(Civility::Assigned),
                ),
                one("header-informant-id", "id", &[]),
                ENTITY_ONE_CODE,
                ENTITY_ONE_PERSON,
                ENTITY_ONE_ORG,
            ])
            .children(&[
                &[
                    el("id").datatype(T::Ii).rules(&[
                        may("header-identifier-root", "root", Uid),
                        may("header-identifier-extension", "extension", Text),
                        special("header-informant-id-complete", Special::IdComplete),
                    ]),
                    el("code").datatype(T::Cd).rules(LOOSE_CODE_RULES),
                ],
                ADDR,
                &[
                    TELECOM,
                    ASSIGNED_PERSON,
                    el("representedOrganization")
                        .rules(&[ORG_ONE_NAME, ORG_ONE_SECTOR])
                        .children(&[&[STRUCTURE_ID, ORG_NAME], ADDR, &[TELECOM, CHECKED_SECTOR]]),
                ],
            ]),
        el("relatedEntity")
            .item("CI-SISRelatedEntity")
            .when(RELATED)
            .datatype(T::Any)
            .rules(&[
                must(
                    "header-related-class",
                    "classCode",
                    OneOf(&["ECON", "NOK", "CON", "CAREGIVER", "PAT"]),
                ),
                special(
                    "header-person-civility",
                    Special::Civility(Civility::Related),
                ),
                opt("header-related-code", "code"),
                one("header-related-person", "relatedPerson", &[]),
            ])
            .children(&[
                &[el("code")
                    .datatype(T::Ce)
                    .rules(&[
                        must("header-related-code-display", "displayName", Text),
                        must("header-related-code-system", "codeSystem", Oid),
                        must("header-related-code-code", "code", Any),
                        in_set("header-related-code-value-set", "code", VS_RELATIONSHIP),
                        ONE_ORIGINAL_TEXT,
                    ])
                    .children(&[&[ORIGINAL_TEXT]])],
                ADDR,
                &[
                    TELECOM,
                    el("relatedPerson")
                        .rules(&[PERSON_NAME])
                        .children(&[&[RELATIVE_NAME]]),
                ],
            ]),
    ]]);

pub(super) const CHECKED_SECTOR: Element = el("standardIndustryClassCode")
    .datatype(T::Ce)
    .rules(SECTOR_RULES);

pub(super) const CUSTODIAN: Element = el("custodian")
    .item("CI-SISCustodian")
    .when(&[NotNull, Has(name("assignedCustodian"))])
    .rules(&[one(
        "header-custodian-assigned",
        "assignedCustodian",
        &[Has(name("representedCustodianOrganization"))],
    )])
    .children(&[&[el("assignedCustodian")
        .when(&[Has(name("representedCustodianOrganization"))])
        .rules(&[one(
            "header-custodian-structure",
            "representedCustodianOrganization",
            &[],
        )])
        .children(&[&[el("representedCustodianOrganization")
            .rules(&[
                one("header-custodian-id", "id", &[NotNull]),
                opt("header-custodian-name", "name"),
                opt("header-custodian-telecom", "telecom"),
                one_addr("header-custodian-addr"),
            ])
            .children(&[
                &[
                    el("id").when(&[NotNull]).datatype(T::Ii).rules(&[
                        may("header-custodian-id-extension", "extension", Text),
                        must(
                            "header-custodian-id-root",
                            "root",
                            OneOf(&[STRUCTURE_ROOT, "1.2.250.1.213.4.1"]),
                        ),
                    ]),
                    el("name"),
                    TELECOM,
                ],
                ADDR,
            ])]])]]);

pub(super) const INFORMATION_RECIPIENT: Element = el("informationRecipient")
    .item("CI-SISInformationRecipient")
    .when(&[Has(name("intendedRecipient"))])
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::Recipient),
        ),
        one("header-recipient-intended", "intendedRecipient", &[]),
    ])
    .children(&[&[el("intendedRecipient")
        .rules(&[
            opt("header-recipient-person", "informationRecipient"),
            opt("header-recipient-structure", "receivedOrganization"),
        ])
        .children(&[
            &[
                el("templateId").datatype(T::Ii).rules(&[must(
                    "header-recipient-template",
                    "root",
                    Any,
                )]),
                PROFESSIONAL_ID,
            ],
            ADDR,
            &[
                TELECOM,
                el("informationRecipient").children(&[&[NAME]]),
                el("receivedOrganization").children(&[&[STRUCTURE_ID, ORG_NAME, TELECOM], ADDR]),
            ],
        ])]]);

pub(super) const LEGAL_AUTHENTICATOR: Element = el("legalAuthenticator")
    .item("CI-SISLegalAuthenticator")
    .when(SIGNED)
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::Signer),
        ),
        one("header-legal-authenticator-time", "time", &[]),
        one(
            "header-legal-authenticator-signature",
            "signatureCode",
            &[Attr("code", "S")],
        ),
        one("header-legal-authenticator-entity", "assignedEntity", &[]),
    ])
    .children(&[&[
        el("time").datatype(T::Ts).rules(TIME_RULES),
        el("signatureCode")
            .when(&[Attr("code", "S")])
            .datatype(T::Cs),
        el("assignedEntity")
            .rules(&[
                one("header-legal-authenticator-id", "id", &[NotNull]),
                ENTITY_ONE_CODE,
                ENTITY_ONE_PERSON,
                ENTITY_ONE_ORG,
            ])
            .children(&[
                &[
                    el("id")
                        .when(&[NotNull])
                        .datatype(T::Ii)
                        .rules(ASSIGNED_ID_RULES),
                    el("code").datatype(T::Cd).rules(SPECIALTY_SET_RULES),
                ],
                ADDR,
                &[
                    TELECOM,
                    el("assignedPerson")
                        .rules(&[one(
                            "header-legal-authenticator-name",
                            "name",
                            &[NotNull, Has(name("family"))],
                        )])
                        .children(&[&[NAME.when(&[NotNull, Has(name("family"))])]]),
                    el("representedOrganization")
                        .rules(&[ORG_ONE_NAME, ORG_ONE_SECTOR])
                        .children(&[
                            &[
                                STRUCTURE_ID,
                                el("name"),
                                el("standardIndustryClassCode")
                                    .datatype(T::Ce)
                                    .rules(&[in_set(
                                        "header-structure-sector-value-set",
                                        "code",
                                        VS_PRACTICE_SETTING,
                                    )]),
                                TELECOM,
                            ],
                            ADDR,
                        ]),
                ],
            ]),
    ]]);

pub(super) const AUTHENTICATOR: Element = el("authenticator")
    .item("CI-SISAuthenticator")
    .when(SIGNED)
    .rules(&[
        special(
            "header-person-civility",
            Special::Civility(Civility::Signer),
        ),
        one("header-authenticator-time", "time", &[]),
        one(
            "header-authenticator-signature",
            "signatureCode",
            &[Attr("code", "S")],
        ),
        one(
            "header-authenticator-entity",
            "assignedEntity",
            KNOWN_PROFESSIONAL,
        ),
    ])
    .children(&[&[
        el("templateId")
            .datatype(T::Ii)
            .rules(&[may("header-identifier-root", "root", Uid)]),
        el("time").datatype(T::Ts).rules(TIME_RULES),
        el("signatureCode")
            .when(&[Attr("code", "S")])
            .datatype(T::Cs),
        el("assignedEntity")
            .when(KNOWN_PROFESSIONAL)
            .rules(&[
                one(
                    "header-authenticator-id",
                    "id",
                    &[Attr("root", PROFESSIONAL_ROOT)],
                ),
                ENTITY_ONE_CODE,
                ENTITY_ONE_PERSON,
                ENTITY_ONE_ORG,
            ])
            .children(&[
                &[
                    PROFESSIONAL_ID,
                    el("code").datatype(T::Cd).rules(LOOSE_CODE_RULES),
                ],
                ADDR,
                &[
                    TELECOM,
                    ASSIGNED_PERSON,
                    el("representedOrganization")
                        .rules(&[ORG_ONE_NAME, ONE_KNOWN_SECTOR])
                        .children(&[&[STRUCTURE_ID, ORG_NAME, TELECOM], ADDR, &[KNOWN_SECTOR]]),
                ],
            ]),
    ]]);

pub(super) const PARTICIPANT: Element = el("participant")
    .item("CI-SISParticipant")
    .when(&[
        HasAttr("typeCode"),
        Child(name("associatedEntity"), &HasAttr("classCode")),
    ])
    .rules(&[
        in_set("header-participant-type", "typeCode", VS_PARTICIPATION),
        special(
            "header-person-civility",
            Special::Civility(Civility::Associated),
        ),
        opt("header-participant-template", "templateId"),
        opt("header-participant-function", "functionCode"),
        one("header-participant-time", "time", &[]),
        one(
            "header-participant-entity",
            "associatedEntity",
            &[HasAttr("classCode")],
        ),
    ])
    .children(&[&[
        el("templateId").datatype(T::Ii).rules(LOOSE_ID_RULES),
        el("functionCode")
            .datatype(T::Ce)
            .rules(&[
                in_set("header-function-value-set", "code", VS_ROLE),
                may("header-function-display", "displayName", Text),
                may("header-function-system", "codeSystem", Oid),
                may("header-function-system-name", "codeSystemName", Text),
                ONE_ORIGINAL_TEXT,
            ])
            .children(&[&[ORIGINAL_TEXT, el("translation").datatype(T::Cd)]]),
        el("time")
            .datatype(T::IvlTs)
            .rules(&[
                opt("header-participant-low", "low"),
                opt("header-participant-high", "high"),
            ])
            .children(&[&[
                el("low").datatype(T::IvxbTs).rules(BOUND_RULES),
                el("high").datatype(T::IvxbTs).rules(BOUND_RULES),
            ]]),
        ASSOCIATED_ENTITY,
    ]]);

const ASSOCIATED_ENTITY: Element = el("associatedEntity")
    .when(&[HasAttr("classCode")])
    .rules(&[
        in_set(
            "header-participant-class-value-set",
            "classCode",
            VS_ASSOCIATED_CLASS,
        ),
        must(
            "header-participant-class",
            "classCode",
            OneOf(&["PROV", "AGNT"]),
        ),
        opt("header-participant-id", "id"),
        ENTITY_ONE_CODE,
        count(
            "header-participant-person",
            "associatedPerson",
            &[Has(name("name"))],
            0,
            1,
        ),
        opt("header-participant-structure", "scopingOrganization"),
    ])
    .children(&[
        &[
            el("id").datatype(T::Ii).rules(ASSIGNED_ID_RULES),
            el("code").datatype(T::Ce).rules(&[
                must("header-specialty-code", "code", Any),
                in_set("header-specialty-value-set", "code", VS_SPECIALTY),
                must("header-specialty-display", "displayName", Text),
                must("header-specialty-system", "codeSystem", Oid),
                may("header-coded-system-name", "codeSystemName", Text),
            ]),
        ],
        ADDR,
        &[
            TELECOM,
            el("associatedPerson")
                .when(&[Has(name("name"))])
                .rules(&[PERSON_NAME])
                .children(&[&[Element {
                    datatype: None,
                    ..NAME
                }]]),
            el("scopingOrganization")
                .datatype(T::Any)
                .rules(&[
                    opt("header-structure-one-id", "id"),
                    ORG_ONE_NAME,
                    ORG_ONE_SECTOR,
                ])
                .children(&[
                    &[
                        el("id").datatype(T::Ii).rules(&[may(
                            "header-identifier-root",
                            "root",
                            Uid,
                        )]),
                        el("name").datatype(T::Any),
                        TELECOM,
                        el("standardIndustryClassCode").datatype(T::Cd),
                    ],
                    ADDR,
                ]),
        ],
    ]);
