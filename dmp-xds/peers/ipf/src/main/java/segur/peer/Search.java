package segur.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.openehealth.ipf.commons.ihe.xds.core.metadata.Association;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Code;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Folder;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Hl7v2Based;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.ObjectReference;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.TimeRange;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Timestamp;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.XDSMetaClass;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.DocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsByReferenceIdForMultiplePatientsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsByReferenceIdQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsForMultiplePatientsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindFoldersForMultiplePatientsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindFoldersQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindSubmissionSetsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetAllQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetAssociationsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetByIdAndCodesQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetByIdQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetDocumentsAndAssociationsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFolderAndContentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFoldersForDocumentQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFoldersQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFromDocumentQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetRelatedDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetSubmissionSetAndContentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetSubmissionSetsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.Query;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.QueryList;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.QueryReturnType;
import org.openehealth.ipf.commons.ihe.xds.core.responses.QueryResponse;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Status;
import org.openehealth.ipf.commons.ihe.xds.core.validate.ValidationMessage;
import org.openehealth.ipf.commons.ihe.xds.core.validate.XDSMetaDataException;

/** Which objects a stored query finds. */
final class Search {
    private final Registry held;
    private final Set<DocumentEntry> documents = new LinkedHashSet<>();
    private final Set<SubmissionSet> sets = new LinkedHashSet<>();
    private final Set<Folder> folders = new LinkedHashSet<>();
    private final Set<Association> associations = new LinkedHashSet<>();

    Search(Registry held) {
        this.held = held;
    }

    QueryResponse answer(QueryRegistry request) {
        find(request.getQuery());
        var answer = new QueryResponse(Status.SUCCESS);
        if (request.getReturnType() == QueryReturnType.OBJECT_REF) {
            List<ObjectReference> references = new ArrayList<>();
            sets.forEach(one -> references.add(new ObjectReference(one.getEntryUuid())));
            documents.forEach(one -> references.add(new ObjectReference(one.getEntryUuid())));
            folders.forEach(one -> references.add(new ObjectReference(one.getEntryUuid())));
            associations.forEach(one -> references.add(new ObjectReference(one.getEntryUuid())));
            answer.setReferences(references);
        } else {
            answer.setSubmissionSets(new ArrayList<>(sets));
            answer.setDocumentEntries(new ArrayList<>(documents));
            answer.setFolders(new ArrayList<>(folders));
            answer.setAssociations(new ArrayList<>(associations));
        }
        return answer;
    }

    private void find(Query query) {
        if (query instanceof FindDocumentsByReferenceIdQuery q) {
            documents(one -> matches(q, one) && every(q.getReferenceIds(), id -> refers(one, id)));
        } else if (query instanceof FindDocumentsQuery q) {
            documents(one -> matches(q, one));
        } else if (query instanceof FindDocumentsByReferenceIdForMultiplePatientsQuery q) {
            documents(one -> among(q.getPatientIds(), one.getPatientId()) && among(q.getStatus(), one.getAvailabilityStatus())
                    && among(q.getDocumentEntryTypes(), one.getType()) && matches((DocumentsQuery) q, one)
                    && every(q.getReferenceIds(), id -> refers(one, id)));
        } else if (query instanceof FindDocumentsForMultiplePatientsQuery q) {
            documents(one -> among(q.getPatientIds(), one.getPatientId()) && among(q.getStatus(), one.getAvailabilityStatus())
                    && among(q.getDocumentEntryTypes(), one.getType()) && matches((DocumentsQuery) q, one));
        } else if (query instanceof FindFoldersForMultiplePatientsQuery q) {
            folders(one -> among(q.getPatientIds(), one.getPatientId()) && among(q.getStatus(), one.getAvailabilityStatus())
                    && within(q.getLastUpdateTime(), one.getLastUpdateTime()) && codes(q.getCodes(), one.getCodeList()));
        } else if (query instanceof FindSubmissionSetsQuery q) {
            sets(one -> one.getPatientId().equals(q.getPatientId()) && among(q.getStatus(), one.getAvailabilityStatus())
                    && among(q.getSourceIds(), one.getSourceId()) && code(q.getContentTypeCodes(), one.getContentTypeCode())
                    && within(q.getSubmissionTime(), one.getSubmissionTime())
                    && (q.getAuthorPerson() == null || one.getAuthors().stream()
                            .anyMatch(author -> like(q.getAuthorPerson(), Hl7v2Based.render(author.getAuthorPerson())))));
        } else if (query instanceof FindFoldersQuery q) {
            folders(one -> one.getPatientId().equals(q.getPatientId()) && among(q.getStatus(), one.getAvailabilityStatus())
                    && within(q.getLastUpdateTime(), one.getLastUpdateTime()) && codes(q.getCodes(), one.getCodeList()));
        } else if (query instanceof GetAllQuery q) {
            sets(one -> one.getPatientId().equals(q.getPatientId()) && among(q.getStatusSubmissionSets(), one.getAvailabilityStatus()));
            folders(one -> one.getPatientId().equals(q.getPatientId()) && among(q.getStatusFolders(), one.getAvailabilityStatus()));
            documents(one -> one.getPatientId().equals(q.getPatientId()) && among(q.getStatusDocuments(), one.getAvailabilityStatus())
                    && code(q.getFormatCodes(), one.getFormatCode()) && codes(q.getConfidentialityCodes(), one.getConfidentialityCodes())
                    && among(q.getDocumentEntryTypes(), one.getType()));
            var all = ids();
            associations(one -> all.contains(one.getSourceUuid()) && all.contains(one.getTargetUuid()));
        } else if (query instanceof GetDocumentsQuery q) {
            documents(one -> asked(q, one) || holds(q.getLogicalUuid(), one.getLogicalUuid()));
        } else if (query instanceof GetDocumentsAndAssociationsQuery q) {
            documents(one -> asked(q, one));
            var all = ids();
            associations(one -> all.contains(one.getSourceUuid()) || all.contains(one.getTargetUuid()));
        } else if (query instanceof GetFoldersQuery q) {
            folders(one -> asked(q, one) || holds(q.getLogicalUuid(), one.getLogicalUuid()));
        } else if (query instanceof GetAssociationsQuery q) {
            associations(one -> holds(q.getUuids(), one.getSourceUuid()) || holds(q.getUuids(), one.getTargetUuid()));
        } else if (query instanceof GetSubmissionSetsQuery q) {
            associations(one -> member(one) && holds(q.getUuids(), one.getTargetUuid()) && isSet(one.getSourceUuid()));
            var sources = associations.stream().map(Association::getSourceUuid).collect(Collectors.toSet());
            sets(one -> sources.contains(one.getEntryUuid()));
        } else if (query instanceof GetSubmissionSetAndContentsQuery q) {
            sets(one -> asked(q, one));
            contents(q);
        } else if (query instanceof GetFolderAndContentsQuery q) {
            folders(one -> asked(q, one));
            contents(q);
        } else if (query instanceof GetFoldersForDocumentQuery q) {
            var own = held.documents.stream().filter(one -> asked(q, one)).map(XDSMetaClass::getEntryUuid).toList();
            var sources = held.associations.stream().filter(one -> member(one) && own.contains(one.getTargetUuid()))
                    .map(Association::getSourceUuid).toList();
            folders(one -> sources.contains(one.getEntryUuid()));
        } else if (query instanceof GetRelatedDocumentsQuery q) {
            related(q);
        } else {
            throw new XDSMetaDataException(ValidationMessage.UNSUPPORTED_QUERY_TYPE, query.getType());
        }
    }

    private void contents(GetByIdAndCodesQuery query) {
        var containers = ids();
        var members = targets(containers);
        documents(one -> members.contains(one.getEntryUuid()) && code(query.getFormatCodes(), one.getFormatCode())
                && codes(query.getConfidentialityCodes(), one.getConfidentialityCodes())
                && among(query.getDocumentEntryTypes(), one.getType()));
        folders(one -> members.contains(one.getEntryUuid()));
        var all = ids();
        associations(one -> member(one) && all.contains(one.getSourceUuid()) && all.contains(one.getTargetUuid()));
        associations(one -> member(one) && containers.contains(one.getSourceUuid())
                && held.associations.stream().anyMatch(link -> link.getEntryUuid().equals(one.getTargetUuid())));
    }

    private void related(GetRelatedDocumentsQuery query) {
        var own = held.documents.stream().filter(one -> asked(query, one)).map(XDSMetaClass::getEntryUuid).toList();
        Predicate<String> isDocument = id -> held.documents.stream().anyMatch(one -> one.getEntryUuid().equals(id));
        associations(one -> query.getAssociationTypes().contains(one.getAssociationType())
                && (own.contains(one.getSourceUuid()) || own.contains(one.getTargetUuid()))
                && isDocument.test(one.getSourceUuid()) && isDocument.test(one.getTargetUuid()));
        documents(one -> associations.stream().anyMatch(link ->
                link.getSourceUuid().equals(one.getEntryUuid()) || link.getTargetUuid().equals(one.getEntryUuid())));
    }

    private static boolean refers(DocumentEntry one, String id) {
        return one.getReferenceIdList().stream().anyMatch(own -> Hl7v2Based.render(own).equals(id));
    }

    private static boolean matches(FindDocumentsQuery query, DocumentEntry one) {
        return one.getPatientId().equals(query.getPatientId()) && among(query.getStatus(), one.getAvailabilityStatus())
                && among(query.getDocumentEntryTypes(), one.getType()) && matches((DocumentsQuery) query, one);
    }

    private static boolean matches(DocumentsQuery query, DocumentEntry one) {
        return code(query.getTypeCodes(), one.getTypeCode()) && code(query.getClassCodes(), one.getClassCode())
                && code(query.getFormatCodes(), one.getFormatCode())
                && code(query.getPracticeSettingCodes(), one.getPracticeSettingCode())
                && code(query.getHealthcareFacilityTypeCodes(), one.getHealthcareFacilityTypeCode())
                && codes(query.getEventCodes(), one.getEventCodeList())
                && codes(query.getConfidentialityCodes(), one.getConfidentialityCodes())
                && within(query.getCreationTime(), one.getCreationTime())
                && within(query.getServiceStartTime(), one.getServiceStartTime())
                && within(query.getServiceStopTime(), one.getServiceStopTime())
                && (empty(query.getAuthorPersons()) || one.getAuthors().stream().anyMatch(author -> query.getAuthorPersons().stream()
                        .anyMatch(pattern -> like(pattern, Hl7v2Based.render(author.getAuthorPerson())))));
    }

    private void documents(Predicate<DocumentEntry> wanted) {
        held.documents.stream().filter(wanted).forEach(documents::add);
    }

    private void sets(Predicate<SubmissionSet> wanted) {
        held.sets.stream().filter(wanted).forEach(sets::add);
    }

    private void folders(Predicate<Folder> wanted) {
        held.folders.stream().filter(wanted).forEach(folders::add);
    }

    private void associations(Predicate<Association> wanted) {
        held.associations.stream().filter(wanted).forEach(associations::add);
    }

    private Set<String> ids() {
        Set<String> all = new LinkedHashSet<>();
        for (Collection<? extends XDSMetaClass> some : List.of(sets, documents, folders)) {
            some.forEach(one -> all.add(one.getEntryUuid()));
        }
        return all;
    }

    private Set<String> targets(Set<String> sources) {
        return held.associations.stream().filter(one -> member(one) && sources.contains(one.getSourceUuid()))
                .map(Association::getTargetUuid).collect(Collectors.toSet());
    }

    private boolean isSet(String id) {
        return held.sets.stream().anyMatch(one -> one.getEntryUuid().equals(id));
    }

    private static boolean member(Association one) {
        return one.getAssociationType() == AssociationType.HAS_MEMBER;
    }

    private static boolean asked(GetByIdQuery query, XDSMetaClass one) {
        return holds(query.getUuids(), one.getEntryUuid()) || holds(query.getUniqueIds(), one.getUniqueId());
    }

    private static boolean asked(GetFromDocumentQuery query, XDSMetaClass one) {
        return one.getEntryUuid().equals(query.getUuid()) || one.getUniqueId().equals(query.getUniqueId());
    }

    private static boolean empty(Collection<?> some) {
        return some == null || some.isEmpty();
    }

    private static boolean holds(Collection<String> some, String one) {
        return some != null && some.contains(one);
    }

    private static <T> boolean among(Collection<T> wanted, T one) {
        return empty(wanted) || wanted.contains(one);
    }

    private static boolean same(Code one, Code other) {
        return Objects.equals(one.getCode(), other.getCode()) && Objects.equals(one.getSchemeName(), other.getSchemeName());
    }

    private static boolean code(Collection<Code> wanted, Code one) {
        return empty(wanted) || one != null && wanted.stream().anyMatch(code -> same(code, one));
    }

    private static boolean codes(QueryList<Code> wanted, Collection<Code> own) {
        return every(wanted, code -> own.stream().anyMatch(one -> same(code, one)));
    }

    private static <T> boolean every(QueryList<T> wanted, Predicate<T> has) {
        return wanted == null || wanted.getOuterList().stream().allMatch(inner -> inner.stream().anyMatch(has));
    }

    private static boolean within(TimeRange range, Timestamp time) {
        if (range == null || range.getFrom() == null && range.getTo() == null) {
            return true;
        }
        if (time == null) {
            return false;
        }
        var at = time.getDateTime();
        return (range.getFrom() == null || !at.isBefore(range.getFrom().getDateTime()))
                && (range.getTo() == null || at.isBefore(range.getTo().getDateTime()));
    }

    /** {@code %} and {@code _} as in SQL. */
    private static boolean like(String pattern, String value) {
        var regex = Pattern.quote(pattern).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
        return value != null && Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
    }
}
