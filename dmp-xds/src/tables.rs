//! Correspondences of the agency, loaded at run time: kind of document to class, model to format.

use std::collections::HashMap;

use segur_core::Coded;

/// Correspondences of the agency, in the edition that the caller loads.
///
/// - typeCode to classCode: ASS_X16 (DMP) and ASS_X04 (CI-SIS);
/// - templateId to formatCode: ASS_A11;
/// - mediaType of an unstructured document to formatCode: ASS_A12, built in, for it has five lines.
///
/// Tables are tab-separated text: lines that begin with `#` are comments, the first other line names the columns, columns
/// that are not known are passed over. A later line wins, so that a newer table may be read over an older one.
///
/// ```
/// use segur_core::Coded;
/// use segur_dmp_xds::Tables;
///
/// let mut tables = Tables::default();
/// tables.read_classes(
///     "typeCode\ttypeCodeSystem\tclassCode\tclassLabel\n\
///      11488-4\t2.16.840.1.113883.6.1\t10\tCompte rendu\n",
/// )?;
/// let class = tables.class_of(&Coded::new("11488-4", "2.16.840.1.113883.6.1"));
/// assert!(class.is_some_and(|class| class.is("10", "1.2.250.1.213.1.1.4.1")));
/// # Ok::<(), segur_dmp_xds::TableError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tables {
    classes: HashMap<(String, String), Coded>,
    formats: HashMap<String, Coded>,
}

/// Why a text is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The line of titles lacks a column.
    #[error("the table has no column {column}")]
    Column {
        /// The column.
        column: &'static str,
    },
    /// A line without a value in a column that is needed.
    #[error("line {line} has nothing in column {column}")]
    Empty {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: &'static str,
    },
}

/// Code system of classCode (TRE_A03).
pub const CLASS_SYSTEM: &str = "1.2.250.1.213.1.1.4.1";
/// Code system of the formats of IHE.
const IHE_FORMATS: &str = "1.3.6.1.4.1.19376.1.2.3";
/// Format of a document whose model has none of its own. Source: ASS_A11 of the CI-SIS.
pub const FORMAT_WITHOUT_MODEL: Coded = Coded {
    code: std::borrow::Cow::Borrowed("urn:asipSante:modelesHorsProfils:2011"),
    system: std::borrow::Cow::Borrowed("1.2.250.1.213.1.1.4.2.282"),
    display: None,
};

impl Tables {
    /// Reads classes: columns `typeCode`, `typeCodeSystem`, `classCode` and, where there is one, `classLabel`. The code
    /// system of the classes is [`CLASS_SYSTEM`].
    ///
    /// # Errors
    /// A column is missing, or a line has nothing in it.
    pub fn read_classes(&mut self, text: &str) -> Result<(), TableError> {
        let columns = ["typeCode", "typeCodeSystem", "classCode"];
        for row in rows(text, &columns, "classLabel")? {
            let ([code, system, class], label) = row?;
            let class = Coded {
                display: label.map(|label| label.to_owned().into()),
                ..Coded::new(class.to_owned(), CLASS_SYSTEM)
            };
            self.set_class(&Coded::new(code.to_owned(), system.to_owned()), class);
        }
        Ok(())
    }

    /// Reads formats: columns `templateId`, `formatCode`, `codingScheme` and, where there is one, `formatLabel`.
    ///
    /// # Errors
    /// A column is missing, or a line has nothing in it.
    pub fn read_formats(&mut self, text: &str) -> Result<(), TableError> {
        let columns = ["templateId", "formatCode", "codingScheme"];
        for row in rows(text, &columns, "formatLabel")? {
            let ([template, code, system], label) = row?;
            let format = Coded {
                display: label.map(|label| label.to_owned().into()),
                ..Coded::new(code.to_owned(), system.to_owned())
            };
            self.set_format(template, format);
        }
        Ok(())
    }

    /// Sets the class of one kind of document.
    pub fn set_class(&mut self, type_code: &Coded, class: Coded) {
        let key = (type_code.code.to_string(), type_code.system.to_string());
        self.classes.insert(key, class);
    }

    /// Sets the format of one model.
    pub fn set_format(&mut self, template: impl Into<String>, format: Coded) {
        self.formats.insert(template.into(), format);
    }

    /// The class of a kind of document.
    pub fn class_of(&self, type_code: &Coded) -> Option<&Coded> {
        let key = (type_code.code.to_string(), type_code.system.to_string());
        self.classes.get(&key)
    }

    /// The format of a model.
    pub fn format_of(&self, template: &str) -> Option<&Coded> {
        self.formats.get(template)
    }

    /// The format of an unstructured document. Source: ASS_A12 of the CI-SIS.
    pub fn format_of_medium(media_type: &str) -> Option<Coded> {
        let code = match media_type {
            "application/pdf" => "urn:ihe:iti:xds-sd:pdf:2008",
            "text/plain" => "urn:ihe:iti:xds-sd:text:2008",
            "text/rtf" => "urn:ihe:iti-fr:xds-sd:rtf:2010",
            "image/jpeg" => "urn:ihe:iti-fr:xds-sd:jpeg:2010",
            "image/tiff" => "urn:ihe:iti-fr:xds-sd:tiff:2010",
            _ => return None,
        };
        Some(Coded::new(code, IHE_FORMATS))
    }
}

type Row<'a> = Result<([&'a str; 3], Option<&'a str>), TableError>;

/// The rows of a table: three columns that must hold something, one that may.
fn rows<'a>(
    text: &'a str,
    columns: &'a [&'static str; 3],
    optional: &str,
) -> Result<impl Iterator<Item = Row<'a>>, TableError> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let titles: Vec<&str> = lines
        .next()
        .map_or("", |(_, line)| line)
        .split('\t')
        .collect();
    let place = |column: &str| titles.iter().position(|title| title.trim() == column);
    let mut places = [0; 3];
    for (at, column) in places.iter_mut().zip(columns) {
        *at = place(column).ok_or(TableError::Column { column })?;
    }
    let extra = place(optional);
    Ok(lines.map(move |(index, line)| {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().filter(|cell| !cell.is_empty());
        let mut row = [""; 3];
        for ((value, at), column) in row.iter_mut().zip(places).zip(columns) {
            *value = cell(at).ok_or(TableError::Empty {
                line: index + 1,
                column,
            })?;
        }
        Ok((row, extra.and_then(cell)))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_say_what_they_lack() {
        let mut tables = Tables::default();
        let no_column = tables
            .read_classes("typeCode\tclassCode\n1\t2\n")
            .unwrap_err();
        assert_eq!(
            no_column,
            TableError::Column {
                column: "typeCodeSystem"
            }
        );
        let table =
            "# title\ntemplateId\tformatCode\tcodingScheme\n1.2\turn:a\t1.3\n\n1.4\t\t1.3\n";
        let empty = tables.read_formats(table).unwrap_err();
        assert_eq!(
            empty,
            TableError::Empty {
                line: 5,
                column: "formatCode"
            }
        );
        assert!(tables.format_of("1.2").is_some(), "lines before are kept");
        assert!(tables.read_formats("").is_err());
        assert_eq!(Tables::format_of_medium("video/mp4"), None);
    }
}
