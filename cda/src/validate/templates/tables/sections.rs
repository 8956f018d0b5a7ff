//! Sections: their code, the templates they declare, the entries they must hold.

use crate::validate::templates::model::{Check, MANY, Template, none, some};

pub(super) static TEMPLATES: &[Template] = &[
    Template {
        id: "template-section-active-problems",
        root: "pcc:3.6",
        name: "Section FR-Problemes-actifs",
        checks: &[
            some("../section"),
            some("code[@codeSystem=loinc]"),
            some(".[#ccd:11]"),
            some("**/*[#pcc:4.5.2]"),
            Check::Either(&[
                &[some("code[@code=11450-4]")],
                &[Check::Has("templateId", 2, MANY)],
            ]),
        ],
    },
    Template {
        id: "template-section-allergies",
        root: "pcc:3.13",
        name: "Section FR-Allergies-et-intolerances",
        checks: &[
            some("../section"),
            some("code[@code=48765-2][@codeSystem=loinc]"),
            some(".[#ccd:2]"),
            some("**/*[#pcc:4.5.3]"),
        ],
    },
    Template {
        id: "template-section-assessment-and-plan",
        root: "pcc:1.13.2.5",
        name: "Section Évaluation et plan",
        checks: &[
            some("../section"),
            some("code[@code=51847-2][@codeSystem=loinc]"),
        ],
    },
    Template {
        id: "template-section-coded-antenatal",
        root: "pcc:1.21.2.5.1",
        name: "Section FR-Surveillance-prenatale-code",
        checks: &[
            some("../section"),
            some("code[@code=57078-8][@codeSystem=loinc]"),
            some(".[#pcc:1.21.2.5]"),
            some("**/*[#pcc:1.21.3.10]"),
        ],
    },
    Template {
        id: "template-section-care-plan",
        root: "pcc:3.36",
        name: "Section FR-Plan-de-soins",
        checks: &[
            some("../section"),
            some("code[@code=18776-5][@codeSystem=loinc]"),
            some(".[#ccd:10]"),
        ],
    },
    Template {
        id: "template-section-coded-physical-exam",
        root: "pcc:1.9.15.1",
        name: "Section FR-Examen-physique-detaille-code",
        checks: &[
            some("../section"),
            some("code[@code=29545-1][@codeSystem=loinc]"),
            some(".[#pcc:1.9.15]"),
            Check::Has("templateId", 3, MANY),
        ],
    },
    Template {
        id: "template-section-coded-event-outcome",
        root: "mch:7",
        name: "Section FR-Resultats-evenements-code",
        checks: &[
            some("../section"),
            some("code[@code=42545-4][@codeSystem=loinc]"),
            some(".[#pcc:1.21.2.9]"),
            some("**/*[#pcc:4.13]"),
        ],
    },
    Template {
        id: "template-section-coded-social-history",
        root: "pcc:3.16.1",
        name: "Section FR-Habitus-mode-de-vie-code",
        checks: &[
            some("../section"),
            some("code[@code=29762-2][@codeSystem=loinc]"),
            some(".[#pcc:3.16]"),
            some("**/*[#pcc:4.13.4]"),
            Check::Has("templateId", 3, MANY),
        ],
    },
    Template {
        id: "template-section-coded-vital-signs",
        root: "pcc:1.5.3.2",
        name: "Section FR-Signes-vitaux-code",
        checks: &[
            some("../section"),
            some("code[@code=8716-3][@codeSystem=loinc]"),
            some(".[#pcc:3.25]"),
            some("**/*[#pcc:4.13.1]"),
            Check::Has("templateId", 3, MANY),
        ],
    },
    Template {
        id: "template-section-detailed-physical-exam",
        root: "pcc:1.9.15",
        name: "Section FR-Examen-physique-detaille",
        checks: &[
            some("../section"),
            some("code[@code=29545-1][@codeSystem=loinc]"),
            some(".[#pcc:3.24]"),
        ],
    },
    Template {
        id: "template-section-ears",
        root: "pcc:1.9.21",
        name: "Section Oreilles",
        checks: &[
            some("../section"),
            some("code[@code=10195-6][@codeSystem=loinc]"),
        ],
    },
    Template {
        id: "template-section-past-illness",
        root: "pcc:3.8",
        name: "Section FR-Antecedents-medicaux",
        checks: &[
            some("../section"),
            some("code[@code=11348-0][@codeSystem=loinc]"),
            some("**/*[#pcc:4.5.2]"),
        ],
    },
    Template {
        id: "template-section-immunizations",
        root: "pcc:3.23",
        name: "Section FR-Vaccinations",
        checks: &[
            some("../section"),
            some("code[@code=11369-6][@codeSystem=loinc]"),
            some(".[#ccd:6]"),
            some("**/*[#pcc:4.12]"),
        ],
    },
    Template {
        id: "template-section-medications-administered",
        root: "pcc:3.21",
        name: "Section FR-Traitements-administres",
        checks: &[
            some("../section"),
            some("code[@code=18610-6][@codeSystem=loinc]"),
            some("**/*[#pcc:4.7]"),
        ],
    },
    Template {
        id: "template-section-newborn-delivery",
        root: "pcc:1.21.2.4",
        name: "Section FR-Informations-accouchement",
        checks: &[
            some("../section"),
            some("code[@code=57075-4][@codeSystem=loinc]"),
            some("component/section[#pcc:1.9.15.1]"),
        ],
    },
    Template {
        id: "template-section-payers",
        root: "pcc:1.5.3.7",
        name: "Section FR-Couverture-assurance-maladie",
        checks: &[
            some("../section"),
            some("code[@code=48768-6][@codeSystem=loinc]"),
            some(".[#ccd:9]"),
        ],
    },
    Template {
        id: "template-section-physical-exam",
        root: "pcc:3.24",
        name: "Section Examen physique",
        checks: &[
            some("../section"),
            some("code[@code=29545-1][@codeSystem=loinc]"),
        ],
    },
    Template {
        id: "template-section-pregnancy-history",
        root: "pcc:1.5.3.4",
        name: "Section FR-Historique-grossesses",
        checks: &[
            some("../section"),
            some("code[@code=10162-6][@codeSystem=loinc]"),
            Check::Either(&[
                &[some("entry/observation[#pcc:4.13.5]")],
                &[some("entry/organizer[#pcc:4.13.5.1]")],
            ]),
            none("entry/*[!#pcc:4.13.5][!#pcc:4.13.5.1]"),
        ],
    },
    Template {
        id: "template-section-interventions",
        root: "pcc:1.13.2.11",
        name: "Section FR-Actes-et-interventions",
        checks: &[
            some("../section"),
            some("code[@code=29554-3][@codeSystem=loinc]"),
            some("**/*[#pcc:4.19]"),
        ],
    },
    Template {
        id: "template-section-psychomotor-development",
        root: "mch:4",
        name: "Section FR-Developpement-psychomoteur",
        checks: &[
            some("../section"),
            some("code[@code=xx-MCH-PsychoMDev][@codeSystem=loinc]"),
            some("**/*[#pcc:4.13]"),
        ],
    },
    Template {
        id: "template-section-social-history",
        root: "pcc:3.16",
        name: "Section Habitus, mode de vie",
        checks: &[
            some("../section"),
            some("code[@code=29762-2][@codeSystem=loinc]"),
            some(".[#ccd:15]"),
        ],
    },
    Template {
        id: "template-section-labor-and-delivery",
        root: "ans:2.123",
        name: "Section FR-Travail-et-accouchement",
        checks: &[
            some("../section"),
            some("code[@code=57074-7][@codeSystem=loinc]"),
        ],
    },
    Template {
        id: "template-section-vital-signs",
        root: "pcc:3.25",
        name: "Section Signes vitaux",
        checks: &[
            some("../section"),
            some("code[@code=8716-3][@codeSystem=loinc]"),
            some(".[#ccd:16]"),
            Check::Has("templateId", 2, MANY),
        ],
    },
    Template {
        id: "template-section-laboratory",
        root: "lab:3.2.1",
        name: "Section FR-CR-BIO-Chapitre",
        checks: &[Check::Either(&[
            &[some("text"), Check::Has("entry", 1, 1), none("component")],
            &[none("text"), none("entry"), some("component")],
        ])],
    },
];
