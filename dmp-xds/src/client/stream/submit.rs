//! ITI-41 from sources that need not fit into memory.

use std::fmt;
use std::sync::Arc;

use segur_soap::http::{HttpAnswer, HttpError, Progress, StreamMessage, Transport};
use segur_soap::mtom::{Attachment, Writer};

use super::body::{Body, Failure, Segment};
use crate::client::call::Call;
use crate::client::{ClientError, DmpClient, Exchange, source};
use crate::hash::Measured;
use crate::metadata::Submission;
use crate::response::RegistryResponse;
use crate::transaction::request::{content_id, media_type, only_file_of, submit_root};
use crate::transaction::{MessageError, Transaction};
use crate::{DocumentSource, SubmitObjectsRequest};

/// The answer to a submission is small.
const LARGEST_ANSWER: usize = 4 << 20;

/// A file that is read while it is sent.
#[derive(Clone)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct StreamedFile<'a> {
    /// The id of its entry in the message (`Document01`), letter for letter.
    pub id: &'a str,
    /// The bytes.
    pub source: Arc<dyn DocumentSource>,
}

impl fmt::Debug for StreamedFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamedFile({})", self.id)
    }
}

impl<T: Transport> DmpClient<T> {
    /// ITI-41 (TD2.1) as [`submit`](Self::submit), with files that are read while they are sent. Hash and size must be in their entries:
    /// [`set_content_from`](crate::DocumentEntry::set_content_from). They are measured again on their way: a file that changed meanwhile
    /// breaks the message off before its end, so that the service never sees it whole.
    ///
    /// ```no_run
    /// # use std::path::PathBuf; use std::sync::Arc;
    /// # use segur_dmp_xds::client::*; use segur_dmp_xds::{DocumentSource, Submission};
    /// # async fn send(client: &DmpClient<segur_soap::http::HttpClient>, mut submission: Submission) -> Result<(), Box<dyn std::error::Error>> {
    /// let scan: Arc<dyn DocumentSource> = Arc::new(PathBuf::from("scan.pdf"));
    /// submission.documents[0].set_content_from(&*scan)?;
    /// let files = [StreamedFile { id: "Document01", source: scan }];
    /// client.submit_streaming(&submission, &files, Some(Arc::new(|sent, total| println!("{sent} of {total}")))).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`submit`](Self::submit); a file cannot be read, or is not the one that was measured.
    pub async fn submit_streaming(
        &self,
        submission: &Submission,
        files: &[StreamedFile<'_>],
        progress: Option<Progress>,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let metadata =
            SubmitObjectsRequest::new(submission, self.profile()).map_err(MessageError::from)?;
        let boundary = source::boundary(self.random()?);
        let call = self.call(Transaction::Submit).await?;
        let failure = Failure::default();
        let message = message(&call, &boundary, submission, &metadata, files, &failure)?;
        let message = StreamMessage {
            progress,
            ..message
        };
        let url = self.url(Transaction::Submit);
        let answer = self.transport().post_stream(url, message).await;
        let answer = answer.map_err(|error| match failure.take() {
            Some(own) => ClientError::Message(own),
            None => error.into(),
        })?;
        let answer = whole(answer).await?;
        call.registry_answer(&answer)
    }
}

fn message(
    call: &Call,
    boundary: &str,
    submission: &Submission,
    metadata: &SubmitObjectsRequest,
    files: &[StreamedFile<'_>],
    failure: &Failure,
) -> Result<StreamMessage, MessageError> {
    for entry in &submission.documents {
        only_file_of(&entry.entry_id, files, |file| file.id)?;
    }
    let ids: Vec<&str> = files.iter().map(|file| file.id).collect();
    let envelope = submit_root(&call.head, boundary, metadata, &ids)?;
    let writer = Writer::new(boundary, Transaction::Submit.action())?;
    let mut length = (writer.root(&envelope).len() + writer.end().len()) as u64;
    let mut segments = vec![Segment::Text(writer.root(&envelope))];
    for (at, file) in files.iter().enumerate() {
        let told = measured(submission, file.id)?;
        let content_id = content_id(boundary, at);
        let attachment = Attachment {
            content_id: &content_id,
            media_type: &media_type(metadata, file.id),
        };
        Writer::check(&attachment)?;
        let head = writer.head(&attachment);
        length = length
            .saturating_add(head.len() as u64)
            .saturating_add(told.size);
        segments.push(Segment::Text(head));
        segments.push(Segment::File {
            id: file.id.to_owned(),
            source: Arc::clone(&file.source),
            told,
        });
    }
    segments.push(Segment::Text(writer.end()));
    Ok(StreamMessage {
        content_type: writer.content_type(),
        soap_action: None,
        length,
        body: Box::new(Body::new(segments, failure.clone())),
        progress: None,
    })
}

/// Hash and size that the entry of a file tells.
fn measured(submission: &Submission, id: &str) -> Result<Measured, MessageError> {
    let mut entries = submission.documents.iter();
    let entry = entries.find(|entry| entry.entry_id == id);
    match entry.and_then(|entry| Some((entry.hash.as_ref()?, entry.size?))) {
        Some((hash, size)) => Ok(Measured {
            hash: hash.to_ascii_lowercase(),
            size,
        }),
        None => Err(MessageError::File {
            id: id.to_owned(),
            cause: "the entry lacks hash or size: measure the file first",
        }),
    }
}

/// A small answer, held in memory.
async fn whole(mut answer: segur_soap::http::StreamAnswer) -> Result<HttpAnswer, HttpError> {
    let mut body = Vec::new();
    while let Some(piece) = answer.next_piece().await? {
        if body.len() + piece.len() > LARGEST_ANSWER {
            return Err(HttpError::TooLarge {
                limit: LARGEST_ANSWER,
            });
        }
        body.extend_from_slice(&piece);
    }
    Ok(HttpAnswer {
        status: answer.status,
        content_type: answer.content_type,
        body,
    })
}
