//! How values of parameters are quoted, and read again.
//!
//! A single text is `'text'`, a list `('a','b')`, a time or number stands bare; a quote within a text is doubled. A list may
//! go on in further values of its slot. Source: oehf/ipf, `QuerySlotHelper`; messages of the DMP vendor kit.

/// Names of the parameters.
pub(super) mod name {
    macro_rules! names {
        ($($name:ident = $text:literal,)+) => {
            $(pub(in crate::query) const $name: &str = $text;)+
        };
    }
    names! {
        DOC_PATIENT = "$XDSDocumentEntryPatientId",
        DOC_STATUS = "$XDSDocumentEntryStatus",
        DOC_CLASS = "$XDSDocumentEntryClassCode",
        DOC_TYPE = "$XDSDocumentEntryTypeCode",
        DOC_PRACTICE = "$XDSDocumentEntryPracticeSettingCode",
        DOC_FACILITY = "$XDSDocumentEntryHealthcareFacilityTypeCode",
        DOC_FORMAT = "$XDSDocumentEntryFormatCode",
        DOC_EVENT = "$XDSDocumentEntryEventCodeList",
        DOC_CONFIDENTIALITY = "$XDSDocumentEntryConfidentialityCode",
        DOC_AUTHOR = "$XDSDocumentEntryAuthorPerson",
        DOC_CREATION_FROM = "$XDSDocumentEntryCreationTimeFrom",
        DOC_CREATION_TO = "$XDSDocumentEntryCreationTimeTo",
        DOC_START_FROM = "$XDSDocumentEntryServiceStartTimeFrom",
        DOC_START_TO = "$XDSDocumentEntryServiceStartTimeTo",
        DOC_STOP_FROM = "$XDSDocumentEntryServiceStopTimeFrom",
        DOC_STOP_TO = "$XDSDocumentEntryServiceStopTimeTo",
        DOC_KIND = "$XDSDocumentEntryType",
        DOC_AVAILABILITY = "$XDSDocumentEntryDocumentAvailability",
        DOC_REFERENCE = "$XDSDocumentEntryReferenceIdList",
        DOC_CLASS_EXCLUDE = "$XDSDocumentEntryClassCodeExclude",
        DOC_TYPE_EXCLUDE = "$XDSDocumentEntryTypeCodeExclude",
        DOC_PRACTICE_EXCLUDE = "$XDSDocumentEntryPracticeSettingCodeExclude",
        DOC_FACILITY_EXCLUDE = "$XDSDocumentEntryHealthcareFacilityTypeCodeExclude",
        DOC_FORMAT_EXCLUDE = "$XDSDocumentEntryFormatCodeExclude",
        DOC_EVENT_EXCLUDE = "$XDSDocumentEntryEventCodeListExclude",
        DOC_CONFIDENTIALITY_EXCLUDE = "$XDSDocumentEntryConfidentialityCodeExclude",
        DOC_AUTHOR_EXCLUDE = "$XDSDocumentEntryAuthorPersonExclude",
        DOC_KIND_EXCLUDE = "$XDSDocumentEntryTypeExclude",
        DOC_REFERENCE_EXCLUDE = "$XDSDocumentEntryReferenceIdListExclude",
        DOC_UUID = "$XDSDocumentEntryEntryUUID",
        DOC_UNIQUE_ID = "$XDSDocumentEntryUniqueId",
        DOC_LOGICAL_ID = "$XDSDocumentEntryLogicalID",
        LEVEL = "$MetadataLevel",
        SET_PATIENT = "$XDSSubmissionSetPatientId",
        SET_STATUS = "$XDSSubmissionSetStatus",
        SET_SOURCE = "$XDSSubmissionSetSourceId",
        SET_TIME_FROM = "$XDSSubmissionSetSubmissionTimeFrom",
        SET_TIME_TO = "$XDSSubmissionSetSubmissionTimeTo",
        SET_AUTHOR = "$XDSSubmissionSetAuthorPerson",
        SET_CONTENT = "$XDSSubmissionSetContentType",
        SET_UUID = "$XDSSubmissionSetEntryUUID",
        SET_UNIQUE_ID = "$XDSSubmissionSetUniqueId",
        FOLDER_PATIENT = "$XDSFolderPatientId",
        FOLDER_STATUS = "$XDSFolderStatus",
        FOLDER_UPDATE_FROM = "$XDSFolderLastUpdateTimeFrom",
        FOLDER_UPDATE_TO = "$XDSFolderLastUpdateTimeTo",
        FOLDER_CODES = "$XDSFolderCodeList",
        FOLDER_UUID = "$XDSFolderEntryUUID",
        FOLDER_UNIQUE_ID = "$XDSFolderUniqueId",
        FOLDER_LOGICAL_ID = "$XDSFolderLogicalID",
        UUID = "$uuid",
        PATIENT = "$patientId",
        ASSOCIATIONS = "$AssociationTypes",
    }
}

/// Parameters that exclude each other: what to look for, and what to leave out.
pub(super) const EXCLUSIVE: &[(&str, &str)] = &[
    (name::DOC_CLASS, name::DOC_CLASS_EXCLUDE),
    (name::DOC_TYPE, name::DOC_TYPE_EXCLUDE),
    (name::DOC_PRACTICE, name::DOC_PRACTICE_EXCLUDE),
    (name::DOC_FACILITY, name::DOC_FACILITY_EXCLUDE),
    (name::DOC_FORMAT, name::DOC_FORMAT_EXCLUDE),
    (name::DOC_EVENT, name::DOC_EVENT_EXCLUDE),
    (name::DOC_CONFIDENTIALITY, name::DOC_CONFIDENTIALITY_EXCLUDE),
    (name::DOC_AUTHOR, name::DOC_AUTHOR_EXCLUDE),
    (name::DOC_KIND, name::DOC_KIND_EXCLUDE),
    (name::DOC_REFERENCE, name::DOC_REFERENCE_EXCLUDE),
];

/// Longest value. Source: rim.xsd, `LongName`.
pub(super) const MAX: usize = 256;

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A list, in as many values as its length needs.
pub(super) fn list(texts: &[String]) -> Vec<String> {
    let mut values = Vec::new();
    let mut current = String::new();
    let mut length = 0;
    for text in texts {
        let item = quoted(text);
        let size = item.chars().count();
        // The parentheses and the comma count, too.
        if !current.is_empty() && length + size + 3 > MAX {
            values.push(format!("({current})"));
            current.clear();
            length = 0;
        }
        if !current.is_empty() {
            current.push(',');
            length += 1;
        }
        current.push_str(&item);
        length += size;
    }
    if !current.is_empty() {
        values.push(format!("({current})"));
    }
    values
}

/// The texts of one value, and whether its quotes and parentheses were as they should be for texts.
pub(super) struct Parsed {
    pub(super) texts: Vec<String>,
    pub(super) in_parentheses: bool,
    pub(super) loose: bool,
}

/// Reads one value: spaces around commas, missing parentheses and missing quotes are tolerated.
pub(super) fn parse(value: &str) -> Parsed {
    let value = value.trim();
    let (inner, opened) = match value.strip_prefix('(') {
        Some(inner) => (inner, true),
        None => (value, false),
    };
    let (inner, closed) = match inner.strip_suffix(')') {
        // A parenthesis of an unquoted text that was not opened belongs to the text.
        Some(inner) if opened => (inner, true),
        _ => (inner, false),
    };
    let mut parsed = Parsed {
        texts: Vec::new(),
        in_parentheses: opened,
        loose: opened != closed,
    };
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let (text, after, well) = match rest.strip_prefix('\'') {
            Some(body) => {
                let (text, after, ended) = quoted_text(body);
                (text, after, ended)
            }
            None => {
                let (text, after) = match rest.split_once(',') {
                    Some((text, _)) => (text, rest.get(text.len()..).unwrap_or_default()),
                    None => (rest, ""),
                };
                (text.trim_end().to_owned(), after, false)
            }
        };
        parsed.texts.push(text);
        parsed.loose |= !well;
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None => {
                parsed.loose |= !after.is_empty();
                after
            }
        };
    }
    parsed
}

/// The text up to the closing quote, what follows it, and whether there was one.
fn quoted_text(body: &str) -> (String, &str, bool) {
    let mut text = String::new();
    let mut rest = body;
    loop {
        let Some((part, after)) = rest.split_once('\'') else {
            text.push_str(rest);
            return (text, "", false);
        };
        text.push_str(part);
        match after.strip_prefix('\'') {
            Some(next) => {
                text.push('\'');
                rest = next;
            }
            None => return (text, after, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(value: &str) -> Vec<String> {
        parse(value).texts
    }

    #[test]
    fn values_as_people_write_them() {
        assert_eq!(texts("'a'"), ["a"]);
        assert_eq!(texts("('a','b')"), ["a", "b"]);
        assert_eq!(texts(" ( 'a' , 'b' ) "), ["a", "b"]);
        assert_eq!(texts("'a','b'"), ["a", "b"]);
        assert_eq!(texts("('a, b','c')"), ["a, b", "c"]);
        assert_eq!(texts("('O''Brien''s')"), ["O'Brien's"]);
        assert_eq!(texts("20240101"), ["20240101"]);
        assert_eq!(texts("(a,b)"), ["a", "b"]);
        assert_eq!(texts("''"), [""]);
        assert_eq!(texts(""), [""; 0]);
        assert!(!parse("('a','b')").loose);
        for loose in ["('a','b'", "(a)", "'a", "('a' 'b')", "('a'b)"] {
            assert!(parse(loose).loose, "{loose}");
        }
    }

    #[test]
    fn long_lists_go_on_in_further_values() {
        let many: Vec<String> = (0..40).map(|n| format!("urn:uuid:{n:036}")).collect();
        let values = list(&many);
        assert!(values.len() > 1);
        assert!(values.iter().all(|value| value.chars().count() <= MAX));
        let read: Vec<String> = values.iter().flat_map(|value| texts(value)).collect();
        assert_eq!(read, many);
    }

    proptest! {
        #[test]
        fn lists_come_back(many in proptest::collection::vec("[a-z'(), é]{0,40}", 1..12)) {
            let values = list(&many);
            let read: Vec<String> = values.iter().flat_map(|value| texts(value)).collect();
            prop_assert_eq!(read, many);
        }

        #[test]
        fn any_text_is_read(text in "[a'(), ]{0,20}|\\PC{0,30}") {
            let _ = parse(&text);
        }
    }
}
