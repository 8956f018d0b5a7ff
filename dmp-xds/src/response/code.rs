//! Words of answers.

use crate::metadata::words;

words! {
    /// Whether a request was carried out.
    ResponseStatus {
        /// Yes; there may be warnings.
        Success = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success",
        /// No.
        Failure = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure",
        /// In part: some documents, and errors for the others.
        PartialSuccess = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess",
    }
}

words! {
    /// How grave an error is.
    Severity {
        /// Something was not done.
        Error = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error",
        /// It was done.
        Warning = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning",
    }
}

words! {
    /// What went wrong. The list is open: other words are kept.
    ///
    /// Source: IHE ITI TF-3, 4.2.4; oehf/ipf, `ErrorCode.java`.
    ErrorCode {
        /// A document that the metadata tell of is not there.
        MissingDocument = "XDSMissingDocument",
        /// Metadata of a document are not there.
        MissingDocumentMetadata = "XDSMissingDocumentMetadata",
        /// The repository cannot reach the registry.
        RegistryNotAvailable = "XDSRegistryNotAvailable",
        /// An error within the registry.
        RegistryError = "XDSRegistryError",
        /// An error within the repository.
        RepositoryError = "XDSRepositoryError",
        /// A uniqueId stands twice in the message.
        RegistryDuplicateUniqueIdInMessage = "XDSRegistryDuplicateUniqueIdInMessage",
        /// A uniqueId stands twice in the message.
        RepositoryDuplicateUniqueIdInMessage = "XDSRepositoryDuplicateUniqueIdInMessage",
        /// A uniqueId is already in the registry: the document may have been sent before.
        DuplicateUniqueIdInRegistry = "XDSDuplicateUniqueIdInRegistry",
        /// The same document with another hash.
        NonIdenticalHash = "XDSNonIdenticalHash",
        /// The same document with another size.
        NonIdenticalSize = "XDSNonIdenticalSize",
        /// The registry is busy.
        RegistryBusy = "XDSRegistryBusy",
        /// The repository is busy.
        RepositoryBusy = "XDSRepositoryBusy",
        /// The registry has no room.
        RegistryOutOfResources = "XDSRegistryOutOfResources",
        /// The repository has no room.
        RepositoryOutOfResources = "XDSRepositoryOutOfResources",
        /// Wrong metadata.
        RegistryMetadataError = "XDSRegistryMetadataError",
        /// Wrong metadata.
        RepositoryMetadataError = "XDSRepositoryMetadataError",
        /// The query finds too much.
        TooManyResults = "XDSTooManyResults",
        /// Metadata without a field were not kept.
        ExtraMetadataNotSaved = "XDSExtraMetadataNotSaved",
        /// The registry does not know the patient.
        UnknownPatientId = "XDSUnknownPatientId",
        /// Objects of different patients.
        PatientIdDoesNotMatch = "XDSPatientIdDoesNotMatch",
        /// The id of the query is unknown.
        UnknownStoredQuery = "XDSUnknownStoredQuery",
        /// A parameter is missing.
        StoredQueryMissingParam = "XDSStoredQueryMissingParam",
        /// A parameter has too many values.
        StoredQueryParamNumber = "XDSStoredQueryParamNumber",
        /// The document is deprecated.
        RegistryDeprecatedDocumentError = "XDSRegistryDeprecatedDocumentError",
        /// The repository is unknown.
        UnknownRepositoryId = "XDSUnknownRepositoryId",
        /// The uniqueId of the document is unknown, or none.
        DocumentUniqueIdError = "XDSDocumentUniqueIdError",
        /// The query would tell of several patients.
        ResultNotSinglePatient = "XDSResultNotSinglePatient",
        /// Part of a folder was not processed.
        PartialFolderContentNotProcessed = "PartialFolderContentNotProcessed",
        /// A replacement was not processed.
        PartialReplaceContentNotProcessed = "PartialReplaceContentNotProcessed",
        /// A transformation was not processed.
        PartialTransformNotProcessed = "PartialTransformNotProcessed",
        /// A completion was not processed.
        PartialAppendContentNotProcessed = "PartialAppendContentNotProcessed",
        /// A relationship was not processed.
        PartialRelationshipContentNotProcessed = "PartialRelationshipContentNotProcessed",
        /// A transformation and replacement was not processed.
        PartialTransformReplaceNotProcessed = "PartialTransformReplaceNotProcessed",
        /// The document will come later.
        DocumentQueued = "DocumentQueued",
        /// The content of the document is wrong.
        InvalidDocumentContent = "InvalidDocumentContent",
        /// The community is unknown.
        UnknownCommunity = "XDSUnknownCommunity",
        /// homeCommunityId is missing.
        MissingHomeCommunityId = "XDSMissingHomeCommunityId",
        /// A community cannot be reached.
        UnavailableCommunity = "XDSUnavailableCommunity",
        /// The update is wrong.
        MetadataUpdateError = "XDSMetadataUpdateError",
        /// The update would change the patient.
        PatientIdReconciliationError = "XDSPatientIDReconciliationError",
        /// The kind of update is not known.
        MetadataUpdateOperationError = "XDSMetadataUpdateOperationError",
        /// The update is based on another version: read the entry again.
        MetadataVersionError = "XDSMetadataVersionError",
        /// Documents could not be removed.
        RemoveDocumentsError = "XDSRemoveDocumentsError",
        /// A reference leads nowhere.
        UnresolvedReferenceException = "UnresolvedReferenceException",
        /// Others refer to the object.
        ReferencesExistException = "ReferencesExistException",
        /// No one refers to the object.
        UnreferencedObjectException = "XDSUnreferencedObjectException",
        /// The replacement failed.
        ReplaceFailed = "XDSReplaceFailed",
        /// The type of the object is wrong.
        ObjectTypeError = "XDSObjectTypeError",
        /// An identifier changed that may not.
        MetadataIdentifierError = "XDSMetadataIdentifierError",
        /// The request is wrong.
        InvalidRequestException = "XDSInvalidRequestException",
        /// A field changed that may not.
        UnmodifiableMetadataError = "UnmodifiableMetadataError",
        /// The rules of the place forbid it.
        LocalPolicyRestrictionError = "LocalPolicyRestrictionError",
        /// An annotation is wrong.
        MetadataAnnotationError = "XDSMetadataAnnotationError",
        /// The recipient is unknown.
        UnknownRecipient = "UnknownRecipient",
        /// The recipient cannot be reached.
        UnavailableRecipient = "UnavailableRecipient",
    }
}
