package segur.peer;

import static org.openehealth.ipf.commons.ihe.xds.core.metadata.AvailabilityStatus.APPROVED;
import static org.openehealth.ipf.commons.ihe.xds.core.metadata.AvailabilityStatus.DEPRECATED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import org.openehealth.ipf.commons.ihe.xds.core.XdsRuntimeException;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Association;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Folder;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Timestamp;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Version;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.XDSMetaClass;
import org.openehealth.ipf.commons.ihe.xds.core.requests.ProvideAndRegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RetrieveDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.responses.ErrorCode;
import org.openehealth.ipf.commons.ihe.xds.core.responses.ErrorInfo;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Response;
import org.openehealth.ipf.commons.ihe.xds.core.responses.RetrievedDocument;
import org.openehealth.ipf.commons.ihe.xds.core.responses.RetrievedDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Severity;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Status;
import org.openehealth.ipf.commons.ihe.xds.core.validate.ValidationMessage;
import org.openehealth.ipf.commons.ihe.xds.core.validate.XDSMetaDataException;

/** What was submitted, in memory. */
final class Registry {
    /** The patient that nobody knows, as in IPF's own tutorial. */
    static final String UNKNOWN_PATIENT = "1111111";
    static final String REPOSITORY = "1.2.250.1.999.77";

    final List<DocumentEntry> documents = new ArrayList<>();
    final List<SubmissionSet> sets = new ArrayList<>();
    final List<Folder> folders = new ArrayList<>();
    final List<Association> associations = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();

    synchronized Object query(QueryRegistry request) {
        return new Search(this).answer(request);
    }

    synchronized Object provide(ProvideAndRegisterDocumentSet request) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (var document : request.getDocuments()) {
            var entry = document.getDocumentEntry();
            var bytes = bytes(document.getContent(DataHandler.class));
            if (entry.getHash() != null && !entry.getHash().equalsIgnoreCase(sha1(bytes))) {
                throw new XDSMetaDataException(ValidationMessage.INCORRECT_HASH);
            }
            if (entry.getSize() != null && entry.getSize() != bytes.length) {
                throw new XDSMetaDataException(ValidationMessage.INCORRECT_SIZE);
            }
            entry.setHash(sha1(bytes));
            entry.setSize((long) bytes.length);
            entry.setRepositoryUniqueId(REPOSITORY);
            files.put(entry.getUniqueId(), bytes);
        }
        var entries = request.getDocuments().stream().map(one -> one.getDocumentEntry()).toList();
        accept(request.getSubmissionSet(), entries, request.getFolders(), request.getAssociations());
        contents.putAll(files);
        return new Response(Status.SUCCESS);
    }

    synchronized Object register(RegisterDocumentSet request) {
        accept(request.getSubmissionSet(), request.getDocumentEntries(), request.getFolders(), request.getAssociations());
        return new Response(Status.SUCCESS);
    }

    private void accept(SubmissionSet set, List<DocumentEntry> entries, List<Folder> newFolders, List<Association> links) {
        checkSet(set);
        for (var entry : entries) {
            var known = documents.stream().filter(one -> one.getUniqueId().equals(entry.getUniqueId())).findFirst();
            if (known.isPresent()) {
                boolean same = Objects.equals(known.get().getHash(), entry.getHash());
                throw refused(same ? ErrorCode.DUPLICATE_UNIQUE_ID_IN_REGISTRY : ErrorCode.NON_IDENTICAL_HASH, entry.getUniqueId());
            }
        }
        List<DocumentEntry> replaced = new ArrayList<>();
        for (var link : links) {
            if (link.getAssociationType() == AssociationType.HAS_MEMBER || !link.getTargetUuid().startsWith("urn:uuid:")) {
                continue;
            }
            var old = documents.stream().filter(one -> one.getEntryUuid().equals(link.getTargetUuid())).findFirst()
                    .orElseThrow(() -> refused(ErrorCode.UNRESOLVED_REFERENCE_EXCEPTION, link.getTargetUuid()));
            if (old.getAvailabilityStatus() == DEPRECATED) {
                throw refused(ErrorCode.REGISTRY_DEPRECATED_DOCUMENT_ERROR, link.getTargetUuid());
            }
            if (!old.getPatientId().equals(set.getPatientId())) {
                throw refused(ErrorCode.PATIENT_ID_DOES_NOT_MATCH, link.getTargetUuid());
            }
            if (link.getAssociationType().isReplace()) {
                replaced.add(old);
            }
        }
        Map<String, String> names = new HashMap<>();
        name(set, names);
        entries.forEach(entry -> version(entry, names));
        for (var folder : newFolders) {
            version(folder, names);
            folder.setLastUpdateTime(Timestamp.now());
        }
        for (var link : links) {
            link.setEntryUuid(uuid());
            link.setAvailabilityStatus(APPROVED);
            link.setSourceUuid(names.getOrDefault(link.getSourceUuid(), link.getSourceUuid()));
            link.setTargetUuid(names.getOrDefault(link.getTargetUuid(), link.getTargetUuid()));
        }
        replaced.forEach(one -> one.setAvailabilityStatus(DEPRECATED));
        sets.add(set);
        documents.addAll(entries);
        folders.addAll(newFolders);
        associations.addAll(links);
    }

    synchronized Object update(RegisterDocumentSet request) {
        checkSet(request.getSubmissionSet());
        Map<String, String> names = new HashMap<>();
        name(request.getSubmissionSet(), names);
        for (var link : request.getAssociations()) {
            switch (link.getAssociationType()) {
                case UPDATE_AVAILABILITY_STATUS -> {
                    var entry = documents.stream().filter(one -> one.getEntryUuid().equals(link.getTargetUuid())).findFirst()
                            .orElseThrow(() -> refused(ErrorCode.METADATA_UPDATE_ERROR, link.getTargetUuid()));
                    if (entry.getAvailabilityStatus() != link.getOriginalStatus()) {
                        throw refused(ErrorCode.METADATA_UPDATE_ERROR, "OriginalStatus");
                    }
                    entry.setAvailabilityStatus(link.getNewStatus());
                }
                case HAS_MEMBER -> {
                    var entry = request.getDocumentEntries().stream()
                            .filter(one -> one.getEntryUuid().equals(link.getTargetUuid())).findFirst()
                            .orElseThrow(() -> refused(ErrorCode.METADATA_UPDATE_ERROR, link.getTargetUuid()));
                    newVersion(entry, link.getPreviousVersion(), names);
                    link.setSourceUuid(names.get(link.getSourceUuid()));
                    link.setTargetUuid(entry.getEntryUuid());
                    link.setEntryUuid(uuid());
                    link.setAvailabilityStatus(APPROVED);
                    associations.add(link);
                }
                default -> throw refused(ErrorCode.METADATA_UPDATE_ERROR, link.getAssociationType().toString());
            }
        }
        sets.add(request.getSubmissionSet());
        return new Response(Status.SUCCESS);
    }

    private void newVersion(DocumentEntry entry, String previous, Map<String, String> names) {
        var present = documents.stream()
                .filter(one -> one.getLogicalUuid().equals(entry.getLogicalUuid()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> refused(ErrorCode.METADATA_UPDATE_ERROR, "lid"));
        if (!present.getVersion().getVersionName().equals(previous)) {
            throw refused(ErrorCode.METADATA_VERSION_ERROR, "PreviousVersion");
        }
        if (!present.getUniqueId().equals(entry.getUniqueId()) || !present.getPatientId().equals(entry.getPatientId())) {
            throw refused(ErrorCode.METADATA_UPDATE_ERROR, "uniqueId, patientId");
        }
        name(entry, names);
        entry.setVersion(new Version(Integer.toString(Integer.parseInt(previous) + 1)));
        present.setAvailabilityStatus(DEPRECATED);
        documents.add(entry);
    }

    synchronized Object retrieve(RetrieveDocumentSet request) {
        List<RetrievedDocument> found = new ArrayList<>();
        List<ErrorInfo> errors = new ArrayList<>();
        for (var asked : request.getDocuments()) {
            var bytes = contents.get(asked.getDocumentUniqueId());
            if (!REPOSITORY.equals(asked.getRepositoryUniqueId())) {
                errors.add(error(ErrorCode.UNKNOWN_REPOSITORY_ID, asked.getRepositoryUniqueId()));
            } else if (bytes == null) {
                errors.add(error(ErrorCode.DOCUMENT_UNIQUE_ID_ERROR, asked.getDocumentUniqueId()));
            } else {
                var mime = documents.stream().filter(one -> one.getUniqueId().equals(asked.getDocumentUniqueId()))
                        .findFirst().orElseThrow().getMimeType();
                var data = new DataHandler(new ByteArrayDataSource(bytes, mime));
                found.add(new RetrievedDocument(data, asked, null, null, mime));
            }
        }
        var status = errors.isEmpty() ? Status.SUCCESS : found.isEmpty() ? Status.FAILURE : Status.PARTIAL_SUCCESS;
        var answer = new RetrievedDocumentSet(status, found);
        answer.setErrors(errors);
        return answer;
    }

    private void checkSet(SubmissionSet set) {
        if (UNKNOWN_PATIENT.equals(set.getPatientId().getId())) {
            throw new XDSMetaDataException(ValidationMessage.UNKNOWN_PATIENT_ID);
        }
        if (sets.stream().anyMatch(one -> one.getUniqueId().equals(set.getUniqueId()))) {
            throw refused(ErrorCode.DUPLICATE_UNIQUE_ID_IN_REGISTRY, set.getUniqueId());
        }
    }

    private static void version(XDSMetaClass object, Map<String, String> names) {
        name(object, names);
        object.setLogicalUuid(object.getEntryUuid());
        object.setVersion(new Version("1"));
    }

    private static void name(XDSMetaClass object, Map<String, String> names) {
        var given = uuid();
        names.put(object.getEntryUuid(), given);
        object.setEntryUuid(given);
        object.setAvailabilityStatus(APPROVED);
    }

    private static String uuid() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private static ErrorInfo error(ErrorCode code, String what) {
        return new ErrorInfo(code, what, Severity.ERROR, null, null);
    }

    private static XdsRuntimeException refused(ErrorCode code, String what) {
        return new XdsRuntimeException(code, what, Severity.ERROR, null);
    }

    static byte[] bytes(DataHandler data) {
        try (var stream = data.getInputStream()) {
            return stream.readAllBytes();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }
}
