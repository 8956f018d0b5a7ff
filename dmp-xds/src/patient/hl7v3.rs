//! What every HL7 v3 message begins with, and how it is acknowledged.

use std::fmt;

use segur_core::Coded;
use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::code::{AckKind, DmpCode, Processing};
use super::vocabulary::{DMP_DEVICE, HL7, INTERACTIONS};
use crate::ebrim::{Written, attribute_of};
use crate::metadata::{Cx, Dtm};
use crate::reading::{WarningKind, Warnings};
use crate::xml::child_text;

/// An identifier of HL7 v3 (II): an OID or UUID, and what it is under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct InstanceId {
    /// `@root`.
    pub root: String,
    /// `@extension`. Identifiers of the DMP's answers may have none: the root is a UUID then.
    pub extension: Option<String>,
}

impl InstanceId {
    /// An identifier under an OID of the caller's.
    pub fn new(root: impl Into<String>, extension: impl Into<String>) -> Self {
        Self {
            root: root.into(),
            extension: Some(extension.into()),
        }
    }

    pub(super) fn read(node: Node<'_>) -> Self {
        Self {
            root: attribute_of(node, "root").unwrap_or_default(),
            extension: attribute_of(node, "extension"),
        }
    }

    pub(super) fn write(&self, w: &mut XmlWriter, name: &str) -> Written {
        w.start(name)?.attr("root", &self.root)?;
        if let Some(extension) = &self.extension {
            w.attr("extension", extension)?;
        }
        w.end()?;
        Ok(())
    }
}

/// A software that sends or receives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Party {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: Option<String>,
}

impl Party {
    /// The DMP. Source: messages of the DMP vendor kit.
    #[must_use]
    pub fn dmp() -> Self {
        Self {
            oid: DMP_DEVICE.to_owned(),
            name: Some("DMP".to_owned()),
        }
    }
}

/// What an HL7 v3 message begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct MessageHead {
    /// Identifier of the message, of its own each time. In requests an OID of the vendor's and an extension, a UUID for one.
    pub id: Option<InstanceId>,
    /// When it was made, in UTC, to the second.
    pub created: Option<Dtm>,
    /// Whether it is in earnest.
    pub processing: Processing,
    /// Who sends.
    pub sender: Party,
    /// Who receives.
    pub receiver: Party,
}

impl Default for MessageHead {
    /// In earnest, between nobody and the DMP.
    fn default() -> Self {
        Self {
            id: None,
            created: None,
            processing: Processing::Production,
            sender: Party::default(),
            receiver: Party::dmp(),
        }
    }
}

impl MessageHead {
    pub(super) fn check(&self, check: &mut Check, is_request: bool) {
        match (&self.id, is_request) {
            // Answers of the DMP are named by a UUID alone.
            (Some(id), false) if id.extension.is_none() => check.text("id", &id.root),
            (id, _) => check.instance("id", id.as_ref()),
        }
        check.second("creationTime", self.created.as_ref());
        for (field, party) in [("sender", &self.sender), ("receiver", &self.receiver)] {
            check.oid(field, &party.oid);
            if let Some(name) = &party.name {
                check.text(field, name);
            }
        }
    }

    /// Writes it into the root; `acknowledged` says whether an acknowledgement is asked for.
    pub(super) fn write(
        &self,
        w: &mut XmlWriter,
        interaction: &str,
        acknowledged: bool,
    ) -> Written {
        if let Some(id) = &self.id {
            id.write(w, "id")?;
        }
        if let Some(created) = &self.created {
            empty(w, "creationTime", &[("value", &created.to_string())])?;
        }
        InstanceId::new(INTERACTIONS, interaction).write(w, "interactionId")?;
        empty(w, "processingCode", &[("code", self.processing.as_str())])?;
        empty(w, "processingModeCode", &[("code", "T")])?;
        let asked = if acknowledged { "AL" } else { "NE" };
        empty(w, "acceptAckCode", &[("code", asked)])?;
        for (name, kind, party) in [
            ("receiver", "RCV", &self.receiver),
            ("sender", "SND", &self.sender),
        ] {
            w.start(name)?.attr("typeCode", kind)?;
            w.start("device")?.attr("classCode", "DEV")?;
            w.attr("determinerCode", "INSTANCE")?;
            empty(w, "id", &[("root", &party.oid)])?;
            if let Some(own) = &party.name {
                w.start("softwareName")?.text(own)?.end()?;
            }
            w.end()?.end()?;
        }
        Ok(())
    }

    pub(super) fn read(root: Node<'_>, interaction: &str, warnings: &mut Warnings) -> Self {
        let party = |name: &str| {
            let device = root.child(HL7, name)?.child(HL7, "device")?;
            Some(Party {
                oid: InstanceId::read(device.child(HL7, "id")?).root,
                name: child_text(device, HL7, "softwareName"),
            })
        };
        let head = Self {
            id: root.child(HL7, "id").map(InstanceId::read),
            created: time(root, "creationTime", warnings),
            processing: code_of(root, "processingCode")
                .map_or(Processing::Other(String::new()), |code| {
                    Processing::read(&code)
                }),
            sender: party("sender").unwrap_or_default(),
            receiver: party("receiver").unwrap_or_default(),
        };
        let named = root.child(HL7, "interactionId").map(InstanceId::read);
        if named.is_some_and(|id| id.extension.as_deref() != Some(interaction)) {
            warnings.push(WarningKind::UnknownWord, "", "interactionId");
        }
        for (field, there) in [
            ("id", head.id.is_some()),
            ("processingCode", head.processing.is_known()),
            ("sender", !head.sender.oid.is_empty()),
            ("receiver", !head.receiver.oid.is_empty()),
        ] {
            if !there {
                warnings.push(WarningKind::MissingField, "", field);
            }
        }
        head
    }

    /// The head of the answer: sender and receiver change places.
    #[must_use]
    pub fn answer(&self, id: InstanceId, created: Dtm) -> Self {
        Self {
            id: Some(id),
            created: Some(created),
            processing: self.processing.clone(),
            sender: self.receiver.clone(),
            receiver: self.sender.clone(),
        }
    }
}

/// Whether an HL7 v3 message was carried out, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Acknowledgement {
    /// Whether it was.
    pub kind: AckKind,
    /// The identifier of the message that this answers.
    pub target: Option<InstanceId>,
    /// What is told of it.
    pub details: Vec<AckDetail>,
}

/// One thing told. `Debug` hides the text, which may speak of the patient.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct AckDetail {
    /// The code.
    pub code: Option<DmpCode>,
    /// The service's words.
    pub text: Option<String>,
}

impl fmt::Debug for AckDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AckDetail")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl Acknowledgement {
    /// Carried out.
    #[must_use]
    pub fn accepted(target: Option<InstanceId>) -> Self {
        Self {
            kind: AckKind::Accepted,
            target,
            details: Vec::new(),
        }
    }

    /// Not carried out, for a reason.
    #[must_use]
    pub fn refused(target: Option<InstanceId>, code: DmpCode, text: Option<String>) -> Self {
        let code = Some(code);
        Self {
            kind: AckKind::Error,
            target,
            details: vec![AckDetail { code, text }],
        }
    }

    /// Whether it was carried out.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.kind == AckKind::Accepted
    }

    /// Whether one of the details has this code.
    #[must_use]
    pub fn has(&self, code: &DmpCode) -> bool {
        self.details
            .iter()
            .any(|one| one.code.as_ref() == Some(code))
    }

    /// The refusal, when it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<super::Refusal> {
        if self.is_accepted() {
            return None;
        }
        let first = self.details.first().cloned().unwrap_or_default();
        let kind = || DmpCode::Other(self.kind.as_str().to_owned());
        Some(super::Refusal {
            code: first.code.unwrap_or_else(kind),
            text: first.text,
        })
    }

    pub(super) fn read(root: Node<'_>, warnings: &mut Warnings) -> Self {
        const NAME: &str = "acknowledgement";
        let Some(node) = once(root, NAME, warnings) else {
            warnings.push(WarningKind::MissingField, "", NAME);
            return Self {
                kind: AckKind::Other(String::new()),
                target: None,
                details: Vec::new(),
            };
        };
        // The answer of TD0.5 in the DMP vendor kit has it as an element.
        let kind = attribute_of(node, "typeCode").or_else(|| {
            warnings.push(WarningKind::UnknownElement, "", "acknowledgement/typeCode");
            code_of(node, "typeCode")
        });
        let kind = AckKind::read(&kind.unwrap_or_default());
        if !kind.is_known() {
            warnings.push(WarningKind::UnknownWord, "", NAME);
        }
        let target = node.child(HL7, "targetMessage");
        let target = target.and_then(|node| node.child(HL7, "id"));
        let details = node.children_named(HL7, "acknowledgementDetail");
        let details = details.take(MAX_DETAILS).map(|detail| AckDetail {
            code: code_of(detail, "code").map(|code| DmpCode::read(&code)),
            text: child_text(detail, HL7, "text"),
        });
        Self {
            kind,
            target: target.map(InstanceId::read),
            details: details.collect(),
        }
    }

    pub(super) fn write(&self, w: &mut XmlWriter) -> Written {
        w.start("acknowledgement")?
            .attr("typeCode", self.kind.as_str())?;
        w.start("targetMessage")?;
        if let Some(target) = &self.target {
            target.write(w, "id")?;
        }
        w.end()?;
        for detail in &self.details {
            w.start("acknowledgementDetail")?;
            if let Some(code) = &detail.code {
                empty(w, "code", &[("code", code.as_str())])?;
            }
            if let Some(text) = &detail.text {
                w.start("text")?.text(text)?.end()?;
            }
            w.end()?;
        }
        w.end()?;
        Ok(())
    }

    pub(super) fn check(&self, check: &mut Check) {
        use crate::metadata::Fault;
        if !self.kind.is_known() {
            check.add("acknowledgement", Fault::Form, "AA, AE or AR");
        }
        if self.target.is_none() {
            check.add("targetMessage", Fault::Missing, "the id of the request");
        }
        for detail in &self.details {
            if let Some(code) = &detail.code {
                check.text("acknowledgementDetail", code.as_str());
            }
            if let Some(text) = &detail.text {
                check.text("acknowledgementDetail", text);
            }
        }
    }
}

/// Details of an acknowledgement that are read; more say nothing new.
const MAX_DETAILS: usize = 64;

/// An element without content.
pub(super) fn empty(w: &mut XmlWriter, name: &str, attributes: &[(&str, &str)]) -> Written {
    w.start(name)?;
    for (name, value) in attributes {
        w.attr(name, value)?;
    }
    w.end()?;
    Ok(())
}

/// A code with its system, and its label where there is one.
pub(super) fn coded(w: &mut XmlWriter, name: &str, code: &Coded) -> Written {
    w.start(name)?.attr("code", &code.code)?;
    w.attr("codeSystem", &code.system)?;
    if let Some(display) = &code.display {
        w.attr("displayName", display)?;
    }
    w.end()?;
    Ok(())
}

pub(super) fn read_coded(node: Node<'_>) -> Option<Coded> {
    let code = attribute_of(node, "code")?;
    let coded = Coded::new(code, attribute_of(node, "codeSystem").unwrap_or_default());
    Some(match attribute_of(node, "displayName") {
        Some(display) => coded.with_display(display),
        None => coded,
    })
}

/// `@code` of a child.
pub(super) fn code_of(node: Node<'_>, name: &str) -> Option<String> {
    attribute_of(node.child(HL7, name)?, "code")
}

/// `@value` of a child, as a time.
pub(super) fn time(node: Node<'_>, name: &'static str, warnings: &mut Warnings) -> Option<Dtm> {
    let Some(text) = node
        .child(HL7, name)
        .and_then(|node| attribute_of(node, "value"))
    else {
        warnings.push(WarningKind::MissingField, "", name);
        return None;
    };
    let read = Dtm::parse(&text).ok();
    if read.is_none() {
        warnings.push(WarningKind::UnreadableTime, "", name);
    }
    read
}

/// The child of this name; a warning when it stands again.
pub(super) fn once<'a>(
    node: Node<'a>,
    name: &'static str,
    warnings: &mut Warnings,
) -> Option<Node<'a>> {
    let mut all = node.children_named(HL7, name);
    let first = all.next();
    if all.next().is_some() {
        warnings.push(WarningKind::RepeatedElement, "", name);
    }
    first
}

/// `id` of a patient, or the `value` of a query.
pub(super) fn patient_id(node: Node<'_>) -> Cx {
    let id = InstanceId::read(node);
    Cx::new(id.extension.unwrap_or_default(), id.root, "NH")
}

pub(super) fn write_patient(w: &mut XmlWriter, name: &str, patient: &Cx) -> Written {
    empty(
        w,
        name,
        &[("root", patient.oid()), ("extension", &patient.id)],
    )
}
