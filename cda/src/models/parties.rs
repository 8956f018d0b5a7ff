//! The patient, the professional and the practice, as every model needs them.

use std::fmt;

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use crate::datatypes::{
    Ad, AddressPartKind, Cd, En, Ii, NamePart, NamePartKind, NameQualifier, NullFlavor, Tel, Ts,
};
use crate::header::{
    AssignedAuthor, AssignedCustodian, AssignedEntity, AuthorSubject, Birthplace, Custodian,
    CustodianOrganization, Guardian, Organization, Patient as PatientEntity, PatientRole, Person,
    Place,
};

const GENDER: &str = "2.16.840.1.113883.5.1";

/// Administrative sex, as identity services give it.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sex {
    /// Féminin.
    Female,
    /// Masculin.
    Male,
    /// Not determined.
    Undetermined,
}

impl Sex {
    /// Code and French name, of `2.16.840.1.113883.5.1`.
    fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Female => ("F", "Féminin"),
            Self::Male => ("M", "Masculin"),
            Self::Undetermined => ("U", "Inconnu"),
        }
    }

    fn from_code(code: &Cd) -> Option<Self> {
        [Self::Female, Self::Male, Self::Undetermined]
            .into_iter()
            .find(|sex| code.is(sex.code().0, GENDER))
    }
}

/// The patient with the traits of the identity (INS).
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct Patient {
    /// The matricule INS under its OID; none when the identity is not qualified.
    pub ins: Option<Ii>,
    /// Local identifiers (IPP).
    #[cfg_attr(feature = "serde", serde(default))]
    pub other_ids: Vec<Ii>,
    /// Family name at birth.
    pub birth_family: String,
    /// Given names of the birth certificate, the first one first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub birth_given_names: Vec<String>,
    /// Family name in use, when it is told.
    pub call_family: Option<String>,
    /// Given name in use, when it is told.
    pub call_given: Option<String>,
    /// Administrative sex.
    pub sex: Sex,
    /// Date of birth, known to the day.
    pub birth_date: Timestamp,
    /// INSEE code (COG) of the commune or country of birth; `99999` when unknown.
    pub birth_place: String,
    /// Address; none when it is not known.
    pub address: Option<Ad>,
    /// Telephone numbers and electronic addresses.
    #[cfg_attr(feature = "serde", serde(default))]
    pub telecoms: Vec<Tel>,
    /// Legal representatives.
    #[cfg_attr(feature = "serde", serde(default))]
    pub guardians: Vec<Guardian>,
}

/// A health professional in their practice.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct Professional {
    /// RPPS or ADELI number under `1.2.250.1.71.4.2.1`.
    pub id: Ii,
    /// Profession and speciality, of `1.2.250.1.213.1.1.4.5`.
    pub profession: Cd,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Civility: `M`, `MME`.
    pub civility: Option<String>,
    /// Title: `DR`, `PR`.
    pub title: Option<String>,
    /// Address; none when it is not told.
    pub address: Option<Ad>,
    /// Telephone numbers and electronic addresses.
    #[cfg_attr(feature = "serde", serde(default))]
    pub telecoms: Vec<Tel>,
    /// The practice.
    pub practice: Practice,
}

/// A practice or an establishment.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
pub struct Practice {
    /// Identifier under `1.2.250.1.71.4.2.2`.
    pub id: Ii,
    /// Name.
    pub name: String,
    /// Address.
    pub address: Option<Ad>,
    /// Telephone numbers and electronic addresses.
    #[cfg_attr(feature = "serde", serde(default))]
    pub telecoms: Vec<Tel>,
    /// Practice setting, of `1.2.250.1.213.1.1.4.9`.
    pub setting: Option<Cd>,
}

impl Patient {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        need_text(&self.birth_family, "patient.birth_family")?;
        need_text(
            self.birth_given_names.first().map_or("", String::as_str),
            "patient.birth_given_names",
        )?;
        if self.birth_date.day().is_none() || self.birth_date.hour().is_some() {
            return Err(ModelError::Form {
                field: "patient.birth_date",
                expected: "a date known to the day, without time",
            });
        }
        let code = self.birth_place.as_bytes();
        if code.len() != 5 || !code.iter().all(u8::is_ascii_alphanumeric) {
            return Err(ModelError::Form {
                field: "patient.birth_place",
                expected: "an INSEE code of 5 characters",
            });
        }
        Ok(())
    }

    pub(super) fn to_role(&self) -> PatientRole {
        let given: Vec<&str> = self.birth_given_names.iter().map(String::as_str).collect();
        let mut name = En::patient(&self.birth_family, &given);
        for (kind, value) in [
            (NamePartKind::Family, &self.call_family),
            (NamePartKind::Given, &self.call_given),
        ] {
            if let Some(value) = value {
                name = name.with(kind, Some(NameQualifier::Call), value.clone());
            }
        }
        let (code, display) = self.sex.code();
        let birthplace = Place {
            address: Some(Ad::new([(
                AddressPartKind::County,
                self.birth_place.clone(),
            )])),
            ..Place::default()
        };
        let patient = PatientEntity {
            names: vec![name],
            gender: Some(Cd::new(code, GENDER).with_display(display)),
            birth_time: Some(Ts::new(self.birth_date)),
            guardians: self.guardians.clone(),
            birthplace: Some(Birthplace {
                place: birthplace,
                ..Birthplace::default()
            }),
            ..PatientEntity::default()
        };
        PatientRole {
            ids: self.ins.iter().chain(&self.other_ids).cloned().collect(),
            addresses: vec![or_unknown(self.address.as_ref())],
            telecoms: telecoms(&self.telecoms),
            patient: Some(patient),
            ..PatientRole::default()
        }
    }

    pub(super) fn from_role(role: &PatientRole) -> Result<Self, ModelError> {
        let person = need(role.patient.as_ref(), "patient")?;
        let name = need(person.names.first(), "patient.birth_family")?;
        let ins = role.ins().cloned();
        let all_given = name.birth_given_names().or(name.birth_given());
        let county = person
            .birthplace
            .as_ref()
            .and_then(|b| b.place.address.as_ref())
            .and_then(|a| a.part(&AddressPartKind::County));
        let text = |part: Option<&str>| part.map(|p| p.trim().to_owned());
        Ok(Self {
            other_ids: role
                .ids
                .iter()
                .filter(|id| Some(*id) != ins.as_ref())
                .cloned()
                .collect(),
            ins,
            birth_family: need(text(name.birth_family()), "patient.birth_family")?,
            birth_given_names: need(all_given, "patient.birth_given_names")?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            call_family: text(name.call_family()),
            call_given: text(name.call_given()),
            sex: need(
                person.gender.as_ref().and_then(Sex::from_code),
                "patient.sex",
            )?,
            birth_date: need(
                person.birth_time.as_ref().and_then(|t| t.value),
                "patient.birth_date",
            )?,
            birth_place: need(text(county), "patient.birth_place")?,
            address: role
                .addresses
                .iter()
                .find(|a| a.null_flavor.is_none())
                .cloned(),
            telecoms: known(&role.telecoms),
            guardians: person.guardians.clone(),
        })
    }
}

fn known(telecoms: &[Tel]) -> Vec<Tel> {
    telecoms
        .iter()
        .filter(|t| t.null_flavor.is_none())
        .cloned()
        .collect()
}

fn or_unknown(address: Option<&Ad>) -> Ad {
    address
        .cloned()
        .unwrap_or_else(|| Ad::null(NullFlavor::NotAsked))
}

fn telecoms(list: &[Tel]) -> Vec<Tel> {
    if list.is_empty() {
        vec![Tel::null(NullFlavor::NotAsked)]
    } else {
        list.to_vec()
    }
}

impl Professional {
    pub(super) fn check(&self, field: &'static str) -> Result<(), ModelError> {
        need_text(&self.family, field)?;
        need_text(self.id.extension.as_deref().unwrap_or(""), field)?;
        need_text(self.profession.code.as_deref().unwrap_or(""), field)?;
        need_text(self.profession.display_name.as_deref().unwrap_or(""), field)?;
        need_text(&self.practice.name, field)
    }

    /// Civility, title and name, as the narrative shows them.
    pub fn display_name(&self) -> String {
        let words = [self.title.as_deref(), Some(&self.given), Some(&self.family)];
        words
            .into_iter()
            .flatten()
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn name(&self) -> En {
        let mut name = En::person(self.family.clone(), self.given.clone());
        let more = [
            (NamePartKind::Prefix, &self.civility),
            (NamePartKind::Suffix, &self.title),
        ];
        for (kind, value) in more {
            name.parts
                .extend(value.clone().map(|value| NamePart::new(kind, value)));
        }
        name
    }

    fn person(&self) -> Person {
        Person {
            names: vec![self.name()],
            ..Person::default()
        }
    }

    pub(super) fn to_author(&self) -> AssignedAuthor {
        AssignedAuthor {
            ids: vec![self.id.clone()],
            code: Some(self.profession.clone()),
            addresses: vec![or_unknown(self.address.as_ref())],
            telecoms: telecoms(&self.telecoms),
            subject: Some(AuthorSubject::Person(self.person())),
            organization: Some(Organization {
                industry: None,
                ..self.practice.to_organization()
            }),
            ..AssignedAuthor::default()
        }
    }

    pub(super) fn to_assigned(&self) -> AssignedEntity {
        AssignedEntity {
            ids: vec![self.id.clone()],
            code: Some(self.profession.clone()),
            addresses: vec![or_unknown(self.address.as_ref())],
            telecoms: telecoms(&self.telecoms),
            person: Some(self.person()),
            organization: Some(self.practice.to_organization()),
            ..AssignedEntity::default()
        }
    }

    pub(super) fn from_assigned(
        entity: &AssignedEntity,
        field: &'static str,
    ) -> Result<Self, ModelError> {
        Self::from_parts(
            (
                &entity.ids,
                entity.code.as_ref(),
                &entity.addresses,
                &entity.telecoms,
            ),
            entity.person.as_ref(),
            entity.organization.as_ref(),
            field,
        )
    }

    pub(super) fn from_author(
        author: &AssignedAuthor,
        field: &'static str,
    ) -> Result<Self, ModelError> {
        let person = match &author.subject {
            Some(AuthorSubject::Person(person)) => Some(person),
            _ => None,
        };
        Self::from_parts(
            (
                &author.ids,
                author.code.as_ref(),
                &author.addresses,
                &author.telecoms,
            ),
            person,
            author.organization.as_ref(),
            field,
        )
    }

    fn from_parts(
        (ids, code, addresses, contacts): (&[Ii], Option<&Cd>, &[Ad], &[Tel]),
        person: Option<&Person>,
        organization: Option<&Organization>,
        field: &'static str,
    ) -> Result<Self, ModelError> {
        let name = need(person.and_then(|p| p.names.first()), field)?;
        let part = |kind: NamePartKind| {
            let part = name.parts.iter().find(|p| p.kind == kind);
            part.map(|p| p.value.trim().to_owned())
                .filter(|p| !p.is_empty())
        };
        Ok(Self {
            id: need(ids.first().cloned(), field)?,
            profession: need(code.cloned(), field)?,
            family: need(part(NamePartKind::Family), field)?,
            given: part(NamePartKind::Given).unwrap_or_default(),
            civility: part(NamePartKind::Prefix),
            title: part(NamePartKind::Suffix),
            address: addresses.iter().find(|a| a.null_flavor.is_none()).cloned(),
            telecoms: known(contacts),
            practice: Practice::from_organization(need(organization, field)?, field)?,
        })
    }
}

impl Practice {
    pub(super) fn to_organization(&self) -> Organization {
        Organization {
            ids: vec![self.id.clone()],
            names: vec![En::text(self.name.clone())],
            telecoms: self.telecoms.clone(),
            addresses: self.address.iter().cloned().collect(),
            industry: self.setting.clone(),
            ..Organization::default()
        }
    }

    pub(super) fn to_custodian(&self) -> Custodian {
        let organization = CustodianOrganization {
            ids: vec![self.id.clone()],
            name: Some(En::text(self.name.clone())),
            telecom: Some(
                self.telecoms
                    .first()
                    .cloned()
                    .unwrap_or_else(|| Tel::null(NullFlavor::NotAsked)),
            ),
            address: Some(or_unknown(self.address.as_ref())),
            ..CustodianOrganization::default()
        };
        Custodian {
            assigned_custodian: AssignedCustodian {
                organization,
                ..AssignedCustodian::default()
            },
            ..Custodian::default()
        }
    }

    pub(super) fn from_custodian(custodian: &Custodian) -> Result<Self, ModelError> {
        let source = &custodian.assigned_custodian.organization;
        Ok(Self {
            id: need(source.ids.first().cloned(), "custodian.id")?,
            name: source.name.as_ref().map(En::to_line).unwrap_or_default(),
            address: source.address.clone().filter(|a| a.null_flavor.is_none()),
            telecoms: known(source.telecom.as_slice()),
            setting: None,
        })
    }

    fn from_organization(source: &Organization, field: &'static str) -> Result<Self, ModelError> {
        Ok(Self {
            id: need(source.ids.first().cloned(), field)?,
            name: source.names.first().map(En::to_line).unwrap_or_default(),
            address: source
                .addresses
                .iter()
                .find(|a| a.null_flavor.is_none())
                .cloned(),
            telecoms: known(&source.telecoms),
            setting: source.industry.clone(),
        })
    }
}

/// Shows nothing of the person.
impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patient(…)")
    }
}

/// Shows nothing of the person.
impl fmt::Debug for Professional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Professional(…)")
    }
}

/// Shows nothing of the organization.
impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Practice(…)")
    }
}
