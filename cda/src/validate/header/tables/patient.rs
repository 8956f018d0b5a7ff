//! `recordTarget`: the patient, his or her identity, address and guardian.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, Has, NotNull};
use super::super::model::Syntax::{Any, Integer, Text, Token, Uid};
use super::super::model::{
    Element, Ns, choice, count, el, in_set, may, must, name, no_child, one, opt, opt_ns, some,
    special,
};
use super::super::special::Special;
use super::fragments::{
    ADDR, LOOSE_ID_RULES, ORG_NAME, ORG_ONE_NAME, STRUCTURE_ID, STRUCTURE_ROOT, TELECOM,
    TIME_RULES, VS_GENDER, one_addr,
};

pub(super) const RECORD_TARGET: Element = el("recordTarget")
    .item("CI-SISRecordTarget")
    .when(&[NotNull])
    .rules(&[one(
        "header-patient-role",
        "patientRole",
        &[Has(name("patient"))],
    )])
    .children(&[&[el("patientRole")
        .when(&[Has(name("patient"))])
        .datatype(T::Any)
        .rules(&[
            some("header-patient-id", "id", &[NotNull]),
            one("header-patient-person", "patient", &[NotNull]),
        ])
        .children(&[
            &[el("id").when(&[NotNull]).datatype(T::Ii).rules(&[
                must("header-patient-id-root", "root", Uid),
                must("header-patient-id-extension", "extension", Text),
            ])],
            ADDR,
            &[TELECOM, PATIENT],
        ])]]);

const PATIENT: Element = el("patient")
    .when(&[NotNull])
    .rules(&[
        one("header-patient-name", "name", &[NotNull]),
        one("header-patient-gender", "administrativeGenderCode", &[]),
        one("header-patient-birth-time", "birthTime", &[]),
        opt_ns("header-patient-deceased", Ns::Sdtc, "deceasedInd"),
        opt_ns("header-patient-deceased-time", Ns::Sdtc, "deceasedTime"),
        opt_ns(
            "header-patient-multiple-birth",
            Ns::Sdtc,
            "multipleBirthInd",
        ),
        opt_ns(
            "header-patient-birth-order",
            Ns::Sdtc,
            "multipleBirthOrderNumber",
        ),
        count(
            "header-patient-birthplace",
            "birthplace",
            &[Has(name("place"))],
            0,
            1,
        ),
    ])
    .children(&[&[
        el("name")
            .when(&[NotNull])
            .datatype(T::Pn)
            .rules(&[
                special(
                    "header-patient-given-qualifier",
                    Special::PatientGivenQualifier,
                ),
                special(
                    "header-patient-family-qualifier",
                    Special::PatientFamilyQualifier,
                ),
                some("header-patient-given", "given", &[NotNull]),
                some("header-patient-family", "family", &[NotNull]),
                opt("header-patient-prefix", "prefix"),
                opt("header-patient-suffix", "suffix"),
            ])
            .children(&[&[
                el("given").when(&[NotNull]).rules(&[may(
                    "header-patient-given-qualifier-form",
                    "qualifier",
                    Token,
                )]),
                el("family").when(&[NotNull]).rules(&[must(
                    "header-patient-family-qualifier-form",
                    "qualifier",
                    Token,
                )]),
                el("prefix"),
                el("suffix"),
            ]]),
        el("administrativeGenderCode").datatype(T::Ce).rules(&[
            must("header-patient-gender-code", "code", Any),
            in_set("header-patient-gender-value-set", "code", VS_GENDER),
        ]),
        el("birthTime").datatype(T::Ts).rules(TIME_RULES),
        el("deceasedInd").ns(Ns::Sdtc).datatype(T::Bl),
        el("deceasedTime")
            .ns(Ns::Sdtc)
            .datatype(T::Ts)
            .rules(&[no_child("header-time-no-child")]),
        el("multipleBirthInd").ns(Ns::Sdtc).datatype(T::Bl),
        el("multipleBirthOrderNumber")
            .ns(Ns::Sdtc)
            .datatype(T::IntPos)
            .rules(&[may("header-patient-birth-order-value", "value", Integer)]),
        GUARDIAN,
        BIRTHPLACE,
    ]]);

const GUARDIAN: Element = el("guardian")
    .datatype(T::Any)
    .rules(&[choice(
        "header-guardian-who",
        &["guardianPerson", "guardianOrganization"],
        1,
        1,
    )])
    .children(&[
        &[el("id").datatype(T::Ii).rules(LOOSE_ID_RULES)],
        ADDR,
        &[TELECOM],
        &[
            el("guardianPerson")
                .rules(&[one("header-guardian-name", "name", &[Has(name("family"))])])
                .children(&[&[el("name")
                    .when(&[Has(name("family"))])
                    .datatype(T::Pn)
                    .rules(&[
                        count("header-guardian-family", "family", &[], 1, 3),
                        opt("header-guardian-prefix", "prefix"),
                    ])
                    .children(&[&[
                        el("family").rules(&[
                            may("header-guardian-qualifier-form", "qualifier", Token),
                            special("header-guardian-qualifier", Special::GuardianQualifier),
                        ]),
                        el("given"),
                        el("prefix"),
                    ]])]]),
            el("guardianOrganization")
                .rules(&[
                    count(
                        "header-guardian-structure-id",
                        "id",
                        &[Attr("root", STRUCTURE_ROOT)],
                        0,
                        1,
                    ),
                    ORG_ONE_NAME,
                ])
                .children(&[&[STRUCTURE_ID, ORG_NAME]]),
        ],
    ]);

const BIRTHPLACE: Element = el("birthplace")
    .when(&[Has(name("place"))])
    .rules(&[one("header-birthplace-place", "place", &[])])
    .children(&[&[el("place")
        .rules(&[
            one_addr("header-birthplace-addr"),
            opt("header-birthplace-name", "name"),
        ])
        .children(&[ADDR, &[el("name").datatype(T::En)]])]]);
