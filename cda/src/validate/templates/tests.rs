use std::collections::BTreeSet;

use super::path::expand;
use super::{compiled, rules, tables};
use crate::validate::{Profile, Validator};

/// Ids of what is found in a document of these children.
fn found(children: &str) -> BTreeSet<String> {
    let text = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{children}</ClinicalDocument>"
    );
    let validator = Validator::builder().profile(Profile::Official).build();
    let report = validator.validate_bytes(text.as_bytes());
    report.findings.iter().map(|f| f.rule.to_string()).collect()
}

#[test]
fn each_template_refuses_an_element_that_only_declares_it() {
    for row in tables::templates() {
        let root = expand(row.root);
        let bare = format!(
            "<component><observation><templateId root='{root}'/><code code='29463-7'/><value unit='cm'/><text/>\
             <routeCode/><approachSiteCode/><relatedSubject><code/></relatedSubject></observation></component>"
        );
        assert!(found(&bare).contains(row.id), "{}", row.id);
        let other = bare.replace(&*root, "2.999.1");
        assert!(!found(&other).contains(row.id), "{}", row.id);
    }
}

#[test]
fn each_model_refuses_a_document_that_only_declares_it() {
    for model in tables::MODELS {
        let root = expand(model.root);
        let declared = format!(
            "<templateId root='{root}' extension='{}'/><component><structuredBody/></component>",
            model.extension
        );
        assert!(
            found(&format!("{declared}<documentationOf><serviceEvent><performer><assignedEntity/></performer></serviceEvent></documentationOf>"))
                .contains(model.id),
            "{}",
            model.id
        );
        let other = declared.replace(model.extension, "1999.01");
        assert!(!found(&other).contains(model.id), "{}", model.id);
        for (template, _) in model.inside {
            let root = expand(template);
            let inside =
                format!("{declared}<observation><templateId root='{root}'/></observation>");
            assert!(found(&inside).contains(model.id), "{} {root}", model.id);
        }
    }
}

#[test]
fn codes_of_models_are_asked_for() {
    let text = "<templateId root='1.2.250.1.213.1.1.1.5.3' extension='2025.01'/>\
        <encounter><templateId root='1.2.250.1.213.1.1.3.58'/><code><qualifier><value/></qualifier></code></encounter>";
    assert!(found(text).contains("model-cse-cs24-values"));
    let absent = text.replace("<value/>", "");
    assert!(!found(&absent).contains("model-cse-cs24-values"));
}

#[test]
fn ids_are_sorted_and_explained() {
    let ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    assert!(ids.is_sorted() && ids.len() > 60, "{}", ids.len());
    for rule in rules() {
        assert!(
            rule.why.fr.len() > 60 && rule.why.en.len() > 60,
            "{}",
            rule.id
        );
        assert!(!rule.why.en.contains("pcc:"), "{}", rule.id);
    }
    assert!(compiled::TABLES.templates.len() > 45);
}
