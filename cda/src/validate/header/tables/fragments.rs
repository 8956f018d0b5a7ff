//! Parts that several participants share: addresses, telecoms, names, organisations, coded elements.

use super::super::datatype::DataType as T;

use super::super::model::Cond::{Attr, Has, Without};
use super::super::model::Syntax::{Any, Oid, OneOf, Text, Time, Token, Uid};
use super::super::model::{
    Element, Rule, Test, choice, count, el, in_set, may, must, name, no_child, one, opt, special,
};
use super::super::special::Special;

/// Structures: FINESS, SIRET... (identifiant national de structure).
pub(in super::super) const STRUCTURE_ROOT: &str = "1.2.250.1.71.4.2.2";
/// Professionals (identifiant national PP).
pub(in super::super) const PROFESSIONAL_ROOT: &str = "1.2.250.1.71.4.2.1";

pub(in super::super) const VS_ROLE: &str = "1.2.250.1.213.1.1.5.124";
pub(in super::super) const VS_SPECIALTY: &str = "1.2.250.1.213.1.1.5.461";
pub(in super::super) const VS_FACILITY: &str = "1.2.250.1.213.1.1.5.466";
pub(in super::super) const VS_PRACTICE_SETTING: &str = "1.2.250.1.213.1.1.5.467";
pub(in super::super) const VS_TYPE_CODE: &str = "1.2.250.1.213.1.1.5.471";
pub(in super::super) const VS_ENCOUNTER_ROLE: &str = "1.2.250.1.213.1.1.5.528";
pub(in super::super) const VS_ASSOCIATED_CLASS: &str = "1.2.250.1.213.1.1.5.588";
pub(in super::super) const VS_ENCOUNTER: &str = "1.2.250.1.213.1.1.5.589";
pub(in super::super) const VS_GENDER: &str = "1.2.250.1.213.1.1.5.590";
pub(in super::super) const VS_PARTICIPATION: &str = "1.2.250.1.213.1.1.5.591";
pub(in super::super) const VS_CIVILITY: &str = "1.2.250.1.213.1.1.5.718";
pub(in super::super) const VS_TITLE: &str = "1.2.250.1.213.1.1.5.719";
pub(in super::super) const VS_RELATIONSHIP: &str = "1.2.250.1.213.3.3.16";
pub(in super::super) const VS_CONFIDENTIALITY: &str = "2.16.840.1.113883.1.11.10228";

const ADDR_PARTS: &[&str] = &[
    "country",
    "state",
    "city",
    "postalCode",
    "county",
    "houseNumber",
    "houseNumberNumeric",
    "streetName",
    "streetNameType",
    "additionalLocator",
    "unitID",
    "postBox",
    "precinct",
];

const ADDR_USE: Rule = may(
    "header-addr-use",
    "use",
    OneOf(&["H", "HP", "HV", "WP", "TMP"]),
);

/// The two forms of an address: in parts, or in lines.
pub(super) const ADDR: &[Element] = &[
    el("addr")
        .when(&[Without(name("streetAddressLine"))])
        .datatype(T::Ad)
        .rules(&[
            ADDR_USE,
            Rule {
                id: "header-addr-part-once",
                test: Test::EachOnce(ADDR_PARTS),
            },
        ])
        .children(&[&[
            el("country").datatype(T::St),
            el("state").datatype(T::St),
            el("city").datatype(T::St),
            el("postalCode").datatype(T::St),
            el("county").datatype(T::St),
            el("houseNumber").datatype(T::St),
            el("houseNumberNumeric").datatype(T::St),
            el("streetName").datatype(T::St),
            el("streetNameType").datatype(T::St),
            el("additionalLocator").datatype(T::St),
            el("unitID").datatype(T::St),
            el("postBox").datatype(T::St),
            el("precinct").datatype(T::St),
        ]])
        .item("CI-SISAddr"),
    el("addr")
        .when(&[Has(name("streetAddressLine"))])
        .datatype(T::Ad)
        .rules(&[
            ADDR_USE,
            count("header-addr-lines", "streetAddressLine", &[], 0, 7),
        ])
        .children(&[&[el("streetAddressLine").datatype(T::St)]])
        .item("CI-SISAddr"),
];

/// At most one address, whatever its form.
pub(super) const fn one_addr(id: &'static str) -> Rule {
    choice(id, &["addr"], 0, 1)
}

pub(super) const TELECOM: Element = el("telecom")
    .datatype(T::Tel)
    .rules(&[
        may(
            "header-telecom-use",
            "use",
            OneOf(&["H", "HP", "HV", "WP", "DIR", "PUB", "EC", "MC", "PG"]),
        ),
        special("header-telecom-value", Special::TelecomValue),
    ])
    .item("CI-SISTelecom");

const NAME_FAMILY: Rule = one("header-person-family", "family", &[]);
const NAME_GIVEN: Rule = opt("header-person-given", "given");
const NAME_PREFIX: Rule = opt("header-person-prefix", "prefix");
const NAME_SUFFIX: Rule = opt("header-person-suffix", "suffix");

/// Name of a professional, in parts.
pub(super) const NAME: Element = el("name")
    .when(&[Has(name("family"))])
    .datatype(T::Pn)
    .rules(&[NAME_FAMILY, NAME_GIVEN, NAME_PREFIX, NAME_SUFFIX])
    .children(NAME_PARTS);

pub(super) const NAME_PARTS: &[&[Element]] =
    &[&[el("family"), el("given"), el("prefix"), el("suffix")]];

/// Name of a person with ties to the patient: no suffix.
pub(super) const RELATIVE_NAME: Element = el("name")
    .when(&[Has(name("family"))])
    .datatype(T::Pn)
    .rules(&[NAME_FAMILY, NAME_GIVEN, NAME_PREFIX])
    .children(&[&[el("family"), el("given"), el("prefix")]]);

/// One name in parts inside a person.
pub(super) const PERSON_NAME: Rule = one("header-person-name", "name", &[Has(name("family"))]);

pub(super) const ASSIGNED_PERSON: Element = el("assignedPerson")
    .rules(&[PERSON_NAME])
    .children(&[&[NAME]]);

/// Identifier of a structure under the national root.
pub(super) const STRUCTURE_ID: Element = el("id")
    .when(&[Attr("root", STRUCTURE_ROOT)])
    .datatype(T::Ii)
    .rules(&[must("header-structure-id", "extension", Text)]);

/// Identifier of a professional under the national root.
pub(super) const PROFESSIONAL_ID: Element = el("id")
    .when(&[Attr("root", PROFESSIONAL_ROOT)])
    .datatype(T::Ii)
    .rules(&[must("header-professional-id", "extension", Text)]);

pub(super) const ORG_NAME: Element = el("name").datatype(T::On);

/// At most one name and one sector in an organisation.
pub(super) const ORG_ONE_NAME: Rule = opt("header-structure-name", "name");
pub(super) const ORG_ONE_SECTOR: Rule = opt("header-structure-sector", "standardIndustryClassCode");

/// Attributes of a coded element that must be complete, code in a value set.
pub(super) const SECTOR_RULES: &[Rule] = &[
    must("header-structure-sector-code", "code", Any),
    in_set(
        "header-structure-sector-value-set",
        "code",
        VS_PRACTICE_SETTING,
    ),
    must("header-structure-sector-display", "displayName", Text),
    must("header-structure-sector-system", "codeSystem", Oid),
];

/// Same, where the code and its system must both be in the value set to be looked at.
pub(super) const SECTOR_IN_SET_RULES: &[Rule] = &[
    must("header-structure-sector-display", "displayName", Text),
    must("header-structure-sector-system", "codeSystem", Oid),
    must("header-structure-sector-code", "code", Token),
];

/// A point in time: `value` there, digits first, nothing inside.
pub(super) const TIME_RULES: &[Rule] = &[
    no_child("header-time-no-child"),
    must("header-time-value", "value", Time),
];

/// Bounds of a period whose value is mandatory.
pub(super) const BOUND_RULES: &[Rule] = &[must("header-time-value", "value", Time)];
/// Bounds of a period whose value may be absent.
pub(super) const LOOSE_BOUND_RULES: &[Rule] = &[may("header-time-value", "value", Time)];

/// Rules on an identifier of the professional, complete.
pub(super) const ASSIGNED_ID_RULES: &[Rule] = &[
    must("header-professional-id", "extension", Text),
    must("header-professional-id-root", "root", Uid),
];

/// Rules on the profession or specialty, complete.
pub(super) const SPECIALTY_RULES: &[Rule] = &[
    must("header-specialty-display", "displayName", Text),
    must("header-specialty-system", "codeSystem", Oid),
    must("header-specialty-code", "code", Any),
    in_set("header-specialty-value-set", "code", VS_SPECIALTY),
];

/// Only the membership of the specialty.
pub(super) const SPECIALTY_SET_RULES: &[Rule] =
    &[in_set("header-specialty-value-set", "code", VS_SPECIALTY)];

/// Form of the attributes of a coded element, none mandatory.
pub(super) const LOOSE_CODE_RULES: &[Rule] = &[
    may("header-coded-system-name", "codeSystemName", Text),
    may("header-coded-display", "displayName", Text),
    may("header-coded-system", "codeSystem", Oid),
    may("header-coded-code", "code", Token),
];

pub(super) const ORIGINAL_TEXT: Element = el("originalText").datatype(T::Ed);
pub(super) const ONE_ORIGINAL_TEXT: Rule = opt("header-coded-original-text", "originalText");

/// Identifiers whose parts are only checked for their form.
pub(super) const LOOSE_ID_RULES: &[Rule] = &[
    may("header-identifier-extension", "extension", Text),
    may("header-identifier-root", "root", Uid),
];

/// Rules common to the entity behind a participation.
pub(super) const ENTITY_ONE_CODE: Rule = opt("header-entity-code", "code");
pub(super) const ENTITY_ONE_PERSON: Rule = opt("header-entity-person", "assignedPerson");
pub(super) const ENTITY_ONE_ORG: Rule = opt("header-entity-structure", "representedOrganization");
