//! What a message says.

use std::collections::{HashMap, HashSet};

use segur_core::Lang;
use segur_dmp_xds::metadata::{AssociationKind, DocumentEntry};
use segur_dmp_xds::query::AdhocQueryRequest;
use segur_dmp_xds::response::{AdhocQueryResponse, RegistryResponse};
use segur_dmp_xds::retrieve::{RetrieveDocumentSetRequest, RetrieveDocumentSetResponse};
use segur_dmp_xds::transaction::Transaction;
use segur_dmp_xds::vocabulary::{LCM, QUERY, RIM, RS, XDS, action};
use segur_dmp_xds::{
    Content, Profile, ProvideAndRegisterRequest, ReadError, RegistryContent, SubmitObjectsRequest,
    Warning, hash,
};
use segur_soap::envelope::{EnvelopeError, Received, SoapVersion};
use segur_soap::mtom::Part;
use segur_xml::{Document as Tree, Node};

use super::open::{Opened, Wrong};
use super::told::{Asked, Document, Fault, Parameter, PartTold, Requested, Told};
use crate::tr;
use crate::xds::view::{MASKED, View, clean, last_word};
use crate::xds::{fail, french};

/// What is told of a part: computed once, however often the envelope points to it.
struct Measured<'a> {
    part: &'a Part,
    sha1: String,
    used: bool,
}

/// A message in the making.
pub(super) struct Explained<'a> {
    pub(super) told: Told,
    /// Name and media type of each document, and its bytes.
    pub(super) contents: Vec<(String, String, Bytes<'a>)>,
    view: View,
    profile: Profile,
    parts: Vec<Measured<'a>>,
    by_id: HashMap<&'a str, usize>,
}

/// Where the bytes of a document are.
pub(super) enum Bytes<'a> {
    Part(&'a [u8]),
    Inline(Vec<u8>),
}

impl Bytes<'_> {
    pub(super) fn get(&self) -> &[u8] {
        match self {
            Self::Part(bytes) => bytes,
            Self::Inline(bytes) => bytes,
        }
    }
}

/// Explains an opened message.
pub(super) fn explain<'a>(
    opened: &'a Opened,
    view: View,
    profile: Profile,
) -> Result<Explained<'a>, Wrong> {
    let parts: Vec<Measured<'_>> = opened
        .parts
        .iter()
        .map(|part| Measured {
            part,
            sha1: hash(&part.bytes),
            used: false,
        })
        .collect();
    let mut by_id = HashMap::new();
    for (at, one) in opened.parts.iter().enumerate() {
        if let Some(id) = one.head.content_id.as_deref() {
            by_id.entry(id).or_insert(at);
        }
    }
    let mut explained = Explained {
        told: Told {
            form: opened.form.id(),
            http_status: opened.status,
            ..Told::default()
        },
        contents: Vec::new(),
        view,
        profile,
        parts,
        by_id,
    };
    match Received::read(&opened.root) {
        Ok(envelope) => explained.envelope(&envelope)?,
        Err(EnvelopeError::NotAnEnvelope { .. }) => {
            let tree = Tree::parse(&opened.root)
                .map_err(|error| (error.message_fr(), error.message_en()))?;
            explained.bare(&opened.root, &tree)?;
        }
        Err(EnvelopeError::Xml(error)) => {
            let place = error.position();
            let (line, column) = (place.line, place.column);
            return Err((
                format!("ligne {line}, colonne {column} : {}", error.message_fr()),
                format!("line {line}, column {column}: {}", error.message_en()),
            ));
        }
        Err(error) => return Err((format!("enveloppe refusée : {error}"), error.to_string())),
    }
    explained.finish();
    Ok(explained)
}

/// `wsse:Security`, in a word.
fn security(envelope: &Received) -> Option<&'static str> {
    let block = envelope
        .headers()
        .find(|block| block.node.local_name() == "Security")?;
    let assertion = block
        .node
        .elements()
        .find(|node| node.local_name() == "Assertion");
    let Some(assertion) = assertion else {
        return Some("security-without-assertion");
    };
    let signed = assertion
        .elements()
        .any(|node| node.local_name() == "Signature");
    Some(if signed {
        "signed-assertion"
    } else {
        "unsigned-assertion"
    })
}

impl<'a> Explained<'a> {
    fn warn(&mut self, fr: &'static str, en: &'static str) {
        self.told
            .warnings
            .push(tr(self.view.lang, fr, en).to_owned());
    }

    fn problem(&mut self, fr: String, en: String) {
        self.told.problems.push(match self.view.lang {
            Lang::Fr => fr,
            _ => en,
        });
    }

    fn tolerated(&mut self, warnings: &[Warning]) {
        let lang = self.view.lang;
        self.told
            .warnings
            .extend(warnings.iter().map(|one| french::warning(one, lang)));
    }

    fn envelope(&mut self, envelope: &Received) -> Result<(), Wrong> {
        let addressing = envelope.addressing();
        self.told.action = addressing.action.as_deref().map(clean);
        self.told.message_id = addressing.message_id.as_deref().map(clean);
        self.told.relates_to = addressing
            .relates_to
            .iter()
            .map(|one| clean(&one.message_id))
            .collect();
        self.told.security = security(envelope);
        self.told.soap = Some(match envelope.version() {
            SoapVersion::V1_2 => "1.2",
            _ => "1.1",
        });
        if envelope.version() != SoapVersion::V1_2 {
            self.warn(
                "enveloppe SOAP 1.1 : XDS.b veut 1.2",
                "an envelope of SOAP 1.1: XDS.b wants 1.2",
            );
        }
        if let Some(fault) = envelope.fault() {
            let view = self.view;
            self.told.direction = "fault";
            self.told.element = "Fault".to_owned();
            self.told.fault = Some(Fault {
                code: fail::fault_codes(fault),
                reasons: fault
                    .reasons
                    .iter()
                    .map(|one| fail::words(&one.text, view))
                    .collect(),
                has_detail: fault.detail.is_some(),
            });
            return Ok(());
        }
        let Some(body) = envelope.body() else {
            return Err((
                "l'enveloppe est vide".to_owned(),
                "the envelope has nothing in it".to_owned(),
            ));
        };
        self.body(body)?;
        self.check_action();
        Ok(())
    }

    /// Without envelope.
    fn bare(&mut self, bytes: &[u8], tree: &Tree) -> Result<(), Wrong> {
        let root = tree.root_element();
        if root.namespace() != RIM {
            return self.body(root);
        }
        // Objects alone are read within the message that would carry them.
        let span = root.span();
        let own = bytes
            .get(span)
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .ok_or_else(|| {
                let text = "ebRIM alone is read in UTF-8 only";
                (
                    "de l'ebRIM seul n'est lu qu'en UTF-8".to_owned(),
                    text.to_owned(),
                )
            })?;
        let list = match root.local_name() {
            "RegistryObjectList" => own.to_owned(),
            _ => format!("<r:RegistryObjectList xmlns:r=\"{RIM}\">{own}</r:RegistryObjectList>"),
        };
        let whole =
            format!("<l:SubmitObjectsRequest xmlns:l=\"{LCM}\">{list}</l:SubmitObjectsRequest>");
        let read = SubmitObjectsRequest::parse(whole.as_bytes()).map_err(unreadable)?;
        self.told.element = clean(root.local_name());
        self.told.transaction = "ebRIM";
        self.told.direction = "objects";
        self.tolerated(&read.warnings);
        self.objects(&read.value.objects);
        Ok(())
    }

    fn body(&mut self, node: Node<'_>) -> Result<(), Wrong> {
        self.told.element = clean(node.local_name());
        match (node.namespace(), node.local_name()) {
            (QUERY, "AdhocQueryRequest") => self.query(node),
            (QUERY, "AdhocQueryResponse") => {
                self.kind(self.query_answered(), "response");
                let read = AdhocQueryResponse::read(node).map_err(unreadable)?;
                self.tolerated(&read.warnings);
                self.response(&read.value.response);
                self.objects(&read.value.objects);
                Ok(())
            }
            (XDS, "ProvideAndRegisterDocumentSetRequest") => self.provide(node),
            (LCM, "SubmitObjectsRequest") => self.submit(node),
            (XDS, "RetrieveDocumentSetRequest") => {
                self.kind("ITI-43", "request");
                let read = RetrieveDocumentSetRequest::read(node).map_err(unreadable)?;
                self.tolerated(&read.warnings);
                let requested = read.value.documents.iter().map(|one| Requested {
                    repository_unique_id: clean(&one.repository_unique_id),
                    document_unique_id: clean(&one.document_unique_id),
                });
                self.told.requested = requested.collect();
                if let Err(invalid) = RetrieveDocumentSetRequest::new(read.value.documents) {
                    self.invalid(&invalid.problems);
                }
                Ok(())
            }
            (XDS, "RetrieveDocumentSetResponse") => self.retrieved(node),
            (RS, "RegistryResponse") => {
                self.kind(self.answered(), "response");
                let read = RegistryResponse::read(node).map_err(unreadable)?;
                self.tolerated(&read.warnings);
                self.response(&read.value);
                Ok(())
            }
            (_, name) => {
                let name: String = clean(name).chars().take(60).collect();
                Err((
                    format!(
                        "l'élément {name} n'est d'aucun message d'ITI-18, 41, 42, 43, 51 ou 57"
                    ),
                    format!("the element {name} is of no message of ITI-18, 41, 42, 43, 51 or 57"),
                ))
            }
        }
    }

    fn kind(&mut self, transaction: &'static str, direction: &'static str) {
        self.told.transaction = transaction;
        self.told.direction = direction;
    }

    /// Of which transaction a plain answer is, by its action.
    fn answered(&self) -> &'static str {
        let own = self.told.action.as_deref().unwrap_or_default();
        if own.starts_with(action::REGISTER) {
            return "ITI-42";
        }
        let found = [Transaction::Submit, Transaction::Update]
            .into_iter()
            .find(|one| own.starts_with(one.action()));
        found.map_or("ITI-41, 42, 57", Transaction::name)
    }

    /// Of which transaction the answer to a query is, by its action.
    fn query_answered(&self) -> &'static str {
        let of_several = Transaction::MultiPatientQuery;
        match self.told.action.as_deref() == Some(of_several.answer_action().as_str()) {
            true => of_several.name(),
            false => Transaction::Query.name(),
        }
    }

    /// Whether the action is that of the body.
    fn check_action(&mut self) {
        let Some(own) = self.told.action.clone() else {
            self.warn("pas de wsa:Action", "no wsa:Action");
            return;
        };
        let of = Transaction::ALL
            .into_iter()
            .find(|one| one.name() == self.told.transaction);
        let fits = match (of, self.told.direction) {
            (Some(one), "request") => own == one.action(),
            (Some(one), _) => own == one.answer_action() || own == one.hyphenated_answer_action(),
            (None, _) => true,
        };
        if !fits {
            self.warn(
                "wsa:Action n'est pas celle de ce message",
                "wsa:Action is not that of this message",
            );
        }
    }

    fn query(&mut self, node: Node<'_>) -> Result<(), Wrong> {
        let read = AdhocQueryRequest::read(node).map_err(unreadable)?;
        self.tolerated(&read.warnings);
        let request = read.value;
        self.kind(Transaction::of_query(&request.id).name(), "request");
        let parameters = request.slots.iter().map(|slot| Parameter {
            name: clean(&slot.name),
            values: match self.view.show_identity || tells_nobody(&slot.name) {
                true => slot.values.iter().map(|value| clean(value)).collect(),
                false => vec![MASKED.to_owned()],
            },
        });
        self.told.query = Some(Asked {
            name: match request.id.is_known() {
                true => format!("{:?}", request.id),
                false => "?".to_owned(),
            },
            id: clean(request.id.as_str()),
            return_type: clean(request.return_type.as_str()),
            parameters: parameters.collect(),
        });
        match request.query() {
            Ok(read) => self.tolerated(&read.warnings),
            Err(error) => {
                let code = error.error_code();
                self.problem(format!("{code} : {error}"), format!("{code}: {error}"));
            }
        }
        Ok(())
    }

    fn response(&mut self, response: &RegistryResponse) {
        self.told.status = Some(last_word(response.status.as_str()));
        if !response.errors.is_empty() {
            self.told.errors = Some(fail::errors(response, self.view));
            self.told.error_lines = fail::error_lines(response, self.view);
        }
    }

    fn objects(&mut self, objects: &[segur_dmp_xds::ebrim::RegistryObject]) -> RegistryContent {
        let content = RegistryContent::from_objects(objects);
        self.tolerated(&content.warnings);
        self.told.objects = Some(self.view.objects(&content.value));
        content.value
    }

    fn invalid(&mut self, problems: &[segur_dmp_xds::metadata::Problem]) {
        let lang = self.view.lang;
        self.told
            .problems
            .extend(problems.iter().map(|one| french::problem(one, lang)));
    }

    /// Metadata of a submission, and the rules that they break.
    fn judged(&mut self, request: &SubmitObjectsRequest) -> RegistryContent {
        let content = self.objects(&request.objects);
        match request.submission() {
            Ok(read) => {
                let problems = read.value.validate(self.profile);
                self.invalid(&problems);
            }
            Err(error) => {
                let fr = match &error {
                    ReadError::SubmissionSets { got } => {
                        format!("un lot de soumission attendu, {got} trouvé(s)")
                    }
                    error => format!("soumission refusée : {error}"),
                };
                self.problem(fr, error.to_string());
            }
        }
        content
    }

    fn submit(&mut self, node: Node<'_>) -> Result<(), Wrong> {
        let read = SubmitObjectsRequest::read(node).map_err(unreadable)?;
        self.tolerated(&read.warnings);
        let content = self.judged(&read.value);
        let updates = content.associations.iter().any(|one| {
            one.previous_version.is_some() || one.kind == AssociationKind::UpdateAvailabilityStatus
        });
        let transaction = match self.told.action.as_deref() {
            Some(action::UPDATE) => "ITI-57",
            Some(action::REGISTER) => "ITI-42",
            _ if updates => "ITI-57",
            _ => "ITI-42",
        };
        self.kind(transaction, "request");
        Ok(())
    }

    fn provide(&mut self, node: Node<'_>) -> Result<(), Wrong> {
        self.kind("ITI-41", "request");
        let read = ProvideAndRegisterRequest::read(node).map_err(unreadable)?;
        self.tolerated(&read.warnings);
        let content = self.judged(&read.value.submit);
        let entries: HashMap<&str, &DocumentEntry> = content
            .documents
            .iter()
            .map(|one| (one.entry_id.as_str(), one))
            .collect();
        let mut with_document = HashSet::new();
        let mut inline = false;
        for document in read.value.documents {
            let entry = entries.get(document.id.as_str()).copied();
            inline |= matches!(document.content, Content::Inline(_));
            let id = clean(entry.map_or(document.id.as_str(), |one| one.unique_id.as_str()));
            if entry.is_none() {
                self.problem(
                    format!("document {id} sans fiche (casse de l'id ?)"),
                    format!("document {id} has no entry (case of the id?)"),
                );
            }
            let mime_type = entry.map(|one| one.mime_type.clone());
            self.content(&id, mime_type, document.content, entry);
            with_document.insert(document.id);
        }
        for entry in &content.documents {
            if !with_document.contains(&entry.entry_id) {
                let id = clean(&entry.entry_id);
                self.problem(
                    format!("{id} : fiche sans document"),
                    format!("{id}: an entry without document"),
                );
            }
        }
        if inline {
            self.problem(
                "document en base64 dans l'enveloppe : les registres veulent des parties (MTOM)"
                    .to_owned(),
                "a document as base64 within the envelope: registries want parts (MTOM)".to_owned(),
            );
        }
        Ok(())
    }

    fn retrieved(&mut self, node: Node<'_>) -> Result<(), Wrong> {
        self.kind("ITI-43", "response");
        let read = RetrieveDocumentSetResponse::read(node).map_err(unreadable)?;
        self.tolerated(&read.warnings);
        self.response(&read.value.response);
        for one in read.value.documents {
            self.content(
                &clean(&one.document_unique_id),
                one.mime_type,
                one.content,
                None,
            );
        }
        for one in read.value.failed {
            let id = clean(&one.document_unique_id);
            let why = one.cause.message();
            self.problem(format!("{id} : {}", why.fr), format!("{id}: {}", why.en));
        }
        Ok(())
    }

    /// One document: where it is, how large, whether it is the one that its entry tells of.
    fn content(
        &mut self,
        id: &str,
        mime_type: Option<String>,
        content: Content,
        entry: Option<&DocumentEntry>,
    ) {
        let mut told = Document {
            id: id.to_owned(),
            mime_type: mime_type.as_deref().map(clean),
            place: "missing",
            size: 0,
            sha1: String::new(),
            as_told: None,
        };
        let bytes = match content {
            Content::Inline(bytes) => {
                told.place = "inline";
                told.sha1 = hash(&bytes);
                Some(Bytes::Inline(bytes))
            }
            Content::Part(part) => {
                let at = self.by_id.get(part.as_str()).copied();
                let measured = at.and_then(|at| self.parts.get_mut(at));
                measured.map(|one| {
                    one.used = true;
                    told.place = "part";
                    told.sha1.clone_from(&one.sha1);
                    Bytes::Part(&one.part.bytes)
                })
            }
            _ => None,
        };
        match &bytes {
            None => {
                self.problem(
                    format!("{id} : la partie que l'enveloppe nomme n'est pas dans le message"),
                    format!("{id}: the part that the envelope names is not in the message"),
                );
            }
            Some(bytes) => {
                told.size = bytes.get().len();
                if let Some(entry) = entry.filter(|one| one.hash.is_some() || one.size.is_some()) {
                    let same =
                        u64::try_from(told.size).is_ok_and(|size| entry.matches(&told.sha1, size));
                    told.as_told = Some(same);
                    if !same {
                        self.problem(
                            format!("{id} : hash ou size de la fiche ne sont pas ceux du document"),
                            format!(
                                "{id}: hash or size of the entry are not those of the document"
                            ),
                        );
                    }
                }
            }
        }
        if let Some(bytes) = bytes {
            self.contents
                .push((id.to_owned(), mime_type.unwrap_or_default(), bytes));
        }
        self.told.documents.push(told);
    }

    fn finish(&mut self) {
        let parts = self.parts.iter().map(|one| PartTold {
            content_id: one.part.head.content_id.as_deref().map(clean),
            content_type: one.part.head.header("content-type").map(clean),
            size: one.part.bytes.len(),
            sha1: one.sha1.clone(),
            used: one.used,
        });
        self.told.parts = parts.collect();
        let unused = self.told.parts.iter().filter(|one| !one.used).count();
        if unused > 0 && self.told.fault.is_none() {
            self.told.warnings.push(match self.view.lang {
                Lang::Fr => format!("{unused} partie(s) que l'enveloppe ne nomme pas"),
                _ => format!("{unused} part(s) that the envelope does not name"),
            });
        }
        for (at, one) in self.parts.iter().enumerate() {
            if !one.used {
                let media = one.part.head.header("content-type").unwrap_or_default();
                let name = format!("part-{}", at + 1);
                self.contents
                    .push((name, media.to_owned(), Bytes::Part(&one.part.bytes)));
            }
        }
    }
}

fn unreadable(error: ReadError) -> Wrong {
    let text = clean(&error.to_string());
    (format!("message illisible : {text}"), text)
}

/// Ends of the names of parameters whose values are codes, times and ids of objects, not of persons.
const IMPERSONAL: [&str; 17] = [
    "Status",
    "ClassCode",
    "TypeCode",
    "SettingCode",
    "FormatCode",
    "EventCodeList",
    "ConfidentialityCode",
    "From",
    "To",
    "EntryType",
    "UUID",
    "$uuid",
    "UniqueId",
    "LogicalID",
    "SourceId",
    "ContentType",
    "AssociationTypes",
];

fn tells_nobody(parameter: &str) -> bool {
    IMPERSONAL.iter().any(|end| parameter.ends_with(end))
}
