//! The value sets that the certificates close, with their codes and French names.

use super::answer::Answer;
use crate::datatypes::{Cd, Value};

/// Terminology of the CI-SIS (TA_ASIP).
pub(super) const TA: &str = "1.2.250.1.213.1.1.4.322";
pub(super) const LOINC: &str = "2.16.840.1.113883.6.1";
pub(super) const SNOMED_CT: &str = "2.16.840.1.113883.6.96";
pub(super) const CIM10: &str = "2.16.840.1.113883.6.3";
pub(super) const CIM11: &str = "2.16.840.1.113883.6.347";
pub(super) const ATC: &str = "2.16.840.1.113883.6.73";
const PCS: &str = "1.2.250.1.213.2.13";

/// The name that documents give a code system.
pub(super) fn system_name(system: &str) -> Option<&'static str> {
    let names = [
        (TA, "TA_ASIP"),
        (LOINC, "LOINC"),
        (SNOMED_CT, "SNOMED CT"),
        (CIM10, "CIM-10"),
        (CIM11, "CIM-11"),
        (ATC, "ATC"),
        (PCS, "PCS-INSEE"),
    ];
    names
        .into_iter()
        .find(|(oid, _)| *oid == system)
        .map(|(_, name)| name)
}

/// Code, code system and French name.
pub(super) type Code = (&'static str, &'static str, &'static str);

/// A coded value with the names of code and system.
pub(super) fn coded((code, system, name): Code) -> Cd {
    let value = Cd::new(code, system).with_display(name);
    match system_name(system) {
        Some(system) => value.with_system_name(system),
        None => value,
    }
}

macro_rules! sets {
    ($(
        $(#[$meta:meta])*
        $name:ident ($jdv:literal, $oid:literal) { $( $variant:ident = $system:ident $code:literal $label:literal, )+ }
    )+) => { $(
        $(#[$meta])*
        #[doc = concat!("\n\nValue set `", $jdv, "` (", $oid, ").")]
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(rename_all = "snake_case")
        )]
        #[non_exhaustive]
        pub enum $name {
            $( #[doc = concat!($label, " (`", $code, "`).")] $variant, )+
        }

        impl $name {
            /// Every code of the set.
            pub const ALL: &[Self] = &[$( Self::$variant ),+];
            const CODES: &[Code] = &[$( ($code, $system, $label) ),+];

            fn entry(self) -> Code {
                Self::CODES[self as usize]
            }

            /// The code.
            pub fn code(self) -> &'static str {
                self.entry().0
            }

            /// OID of the code's system.
            pub fn system(self) -> &'static str {
                self.entry().1
            }

            /// The French name.
            pub fn name(self) -> &'static str {
                self.entry().2
            }

            /// The member of the set that a code is; none when the code is not in the set.
            pub fn from_code(code: &str, system: &str) -> Option<Self> {
                let rank = Self::CODES.iter().position(|(c, s, _)| *c == code && *s == system)?;
                Self::ALL.get(rank).copied()
            }

            pub(super) fn to_cd(self) -> Cd {
                coded(self.entry())
            }

            pub(super) fn from_cd(code: &Cd) -> Option<Self> {
                Self::from_code(code.code.as_deref()?, code.code_system.as_deref()?)
            }
        }

        impl Answer for $name {
            const EXPECTED: &'static str = concat!("a code of the value set ", $jdv);

            fn to_value(&self) -> Value {
                self.to_cd().into()
            }

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Cd(code) | Value::Ce(code) => Self::from_cd(code),
                    _ => None,
                }
            }

            fn null() -> Value {
                super::answer::unknown(Value::Cd(Cd::default()))
            }

            fn shown(&self) -> String {
                self.name().to_owned()
            }
        }

        /// Shows the set only: the code may say something of a person.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}

sets! {
    /// Level of studies.
    EducationLevel("JDV_NiveauEtude_CISIS", "1.2.250.1.213.1.1.5.108") {
        Primary = TA "PAT-035" "Ecole primaire",
        LowerSecondary = TA "PAT-036" "Collège",
        UpperSecondary = TA "PAT-037" "Lycée",
        Bachelor1Or2 = TA "PAT-038" "Bac +1 ou +2",
        Bachelor3OrMore = TA "PAT-039" "Bac +3 et +",
    }
    /// Profession.
    Profession("JDV_Profession_CISIS", "1.2.250.1.213.1.1.5.109") {
        Farmer = PCS "1" "Agriculteur exploitant",
        CraftTradeOrBusiness = PCS "2" "Artisan, commerçant ou chef d'entreprise",
        Executive = PCS "3" "Cadre ou profession intellectuelle supérieure",
        Intermediate = PCS "4" "Profession intermédiaire",
        Employee = PCS "5" "Employé",
        Worker = PCS "6" "Ouvrier",
    }
    /// Professional activity.
    Activity("JDV_Activite_CISIS", "1.2.250.1.213.1.1.5.110") {
        Salaried = TA "PAT-040" "Activité salariée",
        Retired = TA "PAT-042" "Retraité",
        AtHome = TA "PAT-043" "Au foyer",
        ParentalLeave = TA "PAT-044" "Congé parental",
        Unemployed = TA "PAT-045" "Chômeur",
        Student = TA "PAT-046" "Elève, étudiant ou en formation",
        OtherInactive = TA "GEN-092.05.06" "Autre inactif",
        OtherActivity = TA "GEN-092.05.05" "Autre activité",
    }
    /// How a newborn is fed.
    NewbornFeeding("JDV_TypeAllaitementNouveauNe_CISIS", "1.2.250.1.213.1.1.5.753") {
        Breast = TA "MED-1256" "Alimentation lait maternel exclusif",
        Mixed = TA "MED-1257" "Alimentation mixte",
        Formula = TA "MED-1258" "Alimentation lait artificiel exclusif",
    }
    /// Social cover.
    CoverageKind("JDV_CouvertureSociale_CISIS", "1.2.250.1.213.1.1.5.125") {
        Universal = TA "GEN-105" "Protection universelle maladie (PUMa)",
        StateMedicalAid = TA "GEN-107" "Aide médicale de l’état (AME)",
        Nothing = TA "GEN-108" "Aucune",
    }
    /// When the pregnancy was first followed.
    FirstConsultation("JDV_DateCons_CISIS", "1.2.250.1.213.1.1.5.111") {
        NotFollowed = TA "GEN-109" "Non suivie",
        FirstTrimester = SNOMED_CT "57630001" "premier trimestre de la grossesse",
        SecondTrimester = SNOMED_CT "59466002" "deuxième trimestre de la grossesse",
        ThirdTrimester = SNOMED_CT "41587001" "troisième trimestre de la grossesse",
    }
    /// Why the mother was in hospital.
    HospitalReason("JDV_MotifHospitalisationCSE_CISIS", "1.2.250.1.213.1.1.5.681") {
        LowWeight = CIM10 "P05.0" "Faible poids pour l'âge gestationnel",
        Hypertension = CIM10 "O13" "Hypertension gestationnelle [liée à la grossesse]",
        ThreatenedPretermLabour = CIM10 "O47.0" "Faux travail avant 37 semaines révolues de gestation",
        Other = TA "GEN-092.01.08" "Autre motif d'hospitalisation",
    }
    /// Hypertension, when there was one: treated or not.
    Treated("JDV_Traite_NonTraite_CISIS", "1.2.250.1.213.1.1.5.682") {
        Yes = TA "MED-1155" "traité",
        No = TA "MED-1156" "non traité",
    }
    /// Search of the hepatitis B surface antigen; the rule of the certificate takes these two, or none.
    HbsAntigen("JDV_RechAgHbS_CISIS", "1.2.250.1.213.1.1.5.112") {
        Positive = SNOMED_CT "406117000" "dosage immuno-enzymatique de l'antigène de surface de l'hépatite B positif",
        Negative = SNOMED_CT "406118005" "dosage immuno-enzymatique de l'antigène de surface de l'hépatite B négatif",
    }
    /// Presentation at birth.
    Presentation("JDV_TypePres_CISIS", "1.2.250.1.213.1.1.5.117") {
        Vertex = SNOMED_CT "70028003" "présentation du sommet",
        Breech = SNOMED_CT "6096002" "présentation en siège du fœtus",
        Other = TA "GEN-092.01.21" "Autre présentation foetale",
    }
    /// How labour began.
    LabourOnset("JDV_ModeDebutTravail_CISIS", "1.2.250.1.213.1.1.5.113") {
        Spontaneous = SNOMED_CT "84457005" "déclenchement spontané du travail",
        Induced = SNOMED_CT "112070001" "déclenchement provoqué du travail",
        Caesarean = SNOMED_CT "11466000" "césarienne",
    }
    /// Pain relief during labour.
    Analgesia("JDV_TypeAnalgesie_CISIS", "1.2.250.1.213.1.1.5.114") {
        DuringLabour = TA "MED-168" "Analgésie au cours du travail",
        General = SNOMED_CT "50697003" "anesthésie générale",
        Spinal = SNOMED_CT "231249005" "anesthésie rachidienne",
        Epidural = SNOMED_CT "18946005" "anesthésie épidurale",
        Nothing = TA "MED-222" "Pas d'anesthésie",
        Other = TA "GEN-092.03.04" "Autre anesthésie",
    }
    /// How the child was born.
    DeliveryMethod("JDV_MethodeAccouchement_CISIS", "1.2.250.1.213.1.1.5.115") {
        Spontaneous = SNOMED_CT "700000006" "voie basse spontanée",
        PlannedCaesarean = TA "MED-1273" "Césarienne programmée",
        CaesareanInLabour = TA "MED-1253" "Césarienne pendant travail",
        Instrumental = SNOMED_CT "236974004" "voie basse instrumentale",
    }
    /// Cause of a caesarean.
    CaesareanCause("JDV_CauseCesarienne_CISIS", "1.2.250.1.213.1.1.5.116") {
        Maternal = TA "MED-219" "Cause maternelle",
        Foetal = TA "MED-210" "Cause fœtale",
        Both = TA "MED-1272" "Cause materno-fœtale",
    }
    /// Result of the hearing screening.
    HearingResult("JDV_ResultatDepistageSurdite_CISIS", "1.2.250.1.213.1.1.5.814") {
        Normal = TA "MED-178" "Test auditif normal",
        Recheck = TA "MED-179" "Audition à recontrôler",
    }
    /// Kind of transfer.
    TransferKind("JDV_TransfertMutation_CISIS", "1.2.250.1.213.1.1.5.737") {
        Secondary = SNOMED_CT "2603003" "secondaire",
        Immediate = SNOMED_CT "88694003" "immédiat",
        Nothing = TA "GEN-301" "Pas de transfert ni mutation",
    }
    /// Service to which a child is moved.
    ServiceKind("JDV_TypeService_CISIS", "1.2.250.1.213.1.1.5.127") {
        IntensiveCare = SNOMED_CT "309904001" "unité de soins intensifs",
        Neonatology = SNOMED_CT "1279968000" "service de néonatalogie",
        Kangaroo = TA "ORG-141" "Unité Kangourou",
        NeonatalIntensiveCare = SNOMED_CT "405269005" "unité de soins intensifs néonatals",
        Other = TA "GEN-092.06.05" "Autre type de service",
    }
    /// Who minds the child.
    Childcare("JDV_TypeGarde_CISIS", "1.2.250.1.213.1.1.5.128") {
        Nursery = TA "PAT-050" "Accueil collectif",
        Childminder = TA "PAT-051" "Assistance maternelle",
        AtHome = SNOMED_CT "312385000" "service de garde d'enfants à domicile",
    }
    /// How often the child looks at screens without an adult.
    ScreenExposure("JDV_EnfantExposeAuxEcrans_CS24_CISIS", "1.2.250.1.213.1.1.5.760") {
        Never = TA "GEN-311" "Jamais",
        LessThanWeekly = TA "GEN-312" "< 1 fois/semaine",
        WeeklyOrMore = TA "GEN-313" ">= 1 fois/semaine",
    }
    /// Search of disorders of neurodevelopment.
    NeuroScreening("JDV_ReperageTroubleNeurodeveloppement_CISIS", "1.2.250.1.213.1.1.5.758") {
        NoDisorder = SNOMED_CT "860642002" "absence de trouble neurodéveloppemental",
        Referred = TA "ORG-197" "Orientation vers une plateforme de coordination et d'orientation",
    }
    /// Kind of allergy or intolerance.
    AllergyKind("JDV_TypeEvenementIndesirablePrevisible_CISIS", "1.2.250.1.213.1.1.5.794") {
        AdverseReactionRisk = SNOMED_CT "420134006" "propension aux effets indésirables",
        Allergy = SNOMED_CT "609328004" "allergie",
        Drug = SNOMED_CT "416098002" "allergie médicamenteuse",
        Food = SNOMED_CT "414285001" "allergie alimentaire",
        Substance = SNOMED_CT "419199007" "allergie à une substance",
        Hypersensitivity = SNOMED_CT "609396006" "hypersensibilité non allergique",
        DrugHypersensitivity = SNOMED_CT "609398007" "hypersensibilité non allergique à une drogue ou un médicament",
        FoodHypersensitivity = SNOMED_CT "735449006" "hypersensibilité non allergique alimentaire",
        SubstanceHypersensitivity = SNOMED_CT "609397002" "hypersensibilité non allergique à une substance",
        SubstanceIntolerance = SNOMED_CT "782197009" "intolérance à une substance",
        DrugIntolerance = SNOMED_CT "59037007" "intolérance aux drogues et/ou médicaments",
        FoodIntolerance = SNOMED_CT "235719002" "intolérance alimentaire",
        EnvironmentalIntolerance = SNOMED_CT "1.2.250.1.213.1.1.5.794.1" "intolérance à un agent environnemental (Demande de création SNOMED CT en cours)",
        Idiosyncrasy = SNOMED_CT "56840009" "idiosyncrasie",
    }
    /// Antigen group of a vaccination: certificates tell groups, not products. A product's ATC is split
    /// into its groups (a hexavalent one into four).
    Antigen("JDV_VaccinCSE24_CISIS", "1.2.250.1.213.1.1.5.107") {
        Tuberculosis = ATC "J07AN" "vaccins de la tuberculose",
        DiphtheriaPolioTetanus = ATC "J07CA01" "diphtérie-poliomyélite-tétanos",
        Pertussis = ATC "J07AJ" "vaccins coquelucheux",
        HaemophilusB = ATC "J07AG" "vaccins de l'Haemophilus influenzae B",
        HepatitisB = ATC "J07BC01" "hépatite B, antigène purifié",
        Pneumococcus = ATC "J07AL" "vaccins pneumococciques",
        MeningococcusC = ATC "J07AH07" "méningocoque C, antigène polysaccharidique purifié conjugué",
        MeningococcusAcwy = ATC "J07AH08" "méningocoques A,C,Y, W-135, antigènes polysaccharidiques tétravalents purifiés conjugués",
        MeningococcusB = ATC "J07AH09" "méningocoque B, vaccin multicomposant",
        MeaslesMumpsRubella = ATC "J07BD52" "rougeole en association aux oreillons et à la rubéole, virus vivants atténués",
        Rotavirus = ATC "J07BH" "vaccins des diarrhées à Rotavirus",
        YellowFever = ATC "J07BL" "vaccins de la fièvre jaune",
    }
}
