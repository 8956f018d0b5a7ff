package segur.peer;

import java.beans.Introspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Association;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationLabel;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AvailabilityStatus;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Code;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Document;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Identifiable;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.LocalizedString;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.DocumentReference;
import org.openehealth.ipf.commons.ihe.xds.core.requests.ProvideAndRegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RetrieveDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsByReferenceIdQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsByTitleQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsForMultiplePatientsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindFoldersQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindSubmissionSetsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetAllQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetAssociationsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetDocumentsAndAssociationsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFolderAndContentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFoldersForDocumentQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetFoldersQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetRelatedDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetSubmissionSetAndContentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetSubmissionSetsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.Query;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.QueryList;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.QueryReturnType;
import org.openehealth.ipf.commons.ihe.xds.core.responses.ErrorCode;
import org.openehealth.ipf.commons.ihe.xds.core.responses.QueryResponse;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Response;
import org.openehealth.ipf.commons.ihe.xds.core.responses.RetrievedDocumentSet;
import org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators;

/**
 * IPF's client against a registry and repository of someone else. Each line that it prints is a row: transaction, what was asked, what came
 * back, separated by tabs. Answers pass IPF's validators first; one that does not is told as {@code INVALID}.
 */
final class Client {
    private static final List<AvailabilityStatus> APPROVED = List.of(AvailabilityStatus.APPROVED);
    private static final List<AvailabilityStatus> BOTH = List.of(AvailabilityStatus.APPROVED, AvailabilityStatus.DEPRECATED);

    private final ProducerTemplate template;
    private final String base;
    private final String repository;
    private final List<DocumentEntry> sent = new ArrayList<>();
    private long since = System.nanoTime();

    private Client(ProducerTemplate template, String base, String repository) {
        this.template = template;
        this.base = base;
        this.repository = repository;
    }

    /** {@code base}: host, port and path above {@code registry} and {@code repository}; {@code pki}: the folder of certificates. */
    static void run(String base, String repository, String pki) throws Exception {
        var camel = new DefaultCamelContext();
        camel.getRegistry().bind("tls", new Tls(Path.of(pki)));
        camel.start();
        var client = new Client(camel.createProducerTemplate(), base, repository);
        client.submissions();
        client.queries();
        client.fields();
        client.files();
        client.refusals();
        client.updates();
        camel.stop();
    }

    private void submissions() {
        var one = entry(1, Samples.CDA_TYPE, Samples.CDA);
        row("ITI-41", "one document (CDA)", provide(Samples.set(1), List.of(one), List.of(Samples.CDA), request -> { }));

        var large = large();
        var several = List.of(entry(2, Samples.CDA_TYPE, Samples.CDA), entry(3, Samples.PDF_TYPE, Samples.PDF),
                entry(4, Samples.CDA_TYPE, large));
        row("ITI-41", "three documents (CDA, PDF, 3 MB) and a folder",
                provide(Samples.set(2), several, List.of(Samples.CDA, Samples.PDF, large), request -> {
                    request.getFolders().add(Samples.folder());
                    request.getAssociations().add(Samples.member("submissionSet01", "folder01", null));
                    request.getAssociations().add(Samples.member("folder01", "document02", null));
                    request.getAssociations().add(Samples.member("folder01", "document03", null));
                }));

        var old = uuid(1);
        row("ITI-41", "replacement (RPLC)", provide(Samples.set(3), List.of(entry(5, Samples.CDA_TYPE, Samples.CDA)),
                List.of(Samples.CDA), request -> {
                    var replaces = new Association(AssociationType.REPLACE, null, "document05", old);
                    replaces.setLabel(AssociationLabel.ORIGINAL);
                    request.getAssociations().add(replaces);
                }));

        var elsewhere = entry(6, Samples.PDF_TYPE, Samples.PDF);
        elsewhere.setRepositoryUniqueId(Samples.ROOT + ".77");
        var registration = new RegisterDocumentSet();
        registration.setSubmissionSet(Samples.set(4));
        registration.getDocumentEntries().add(elsewhere);
        registration.getAssociations().add(Samples.member("submissionSet01", "document06", AssociationLabel.ORIGINAL));
        row("ITI-42", "one document of another repository", register("iti42", registration));
    }

    private void queries() {
        var related = List.of(uuid(1), uuid(5));
        find("FindDocuments, approved", with(new FindDocumentsQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(APPROVED);
        }));
        find("FindDocuments, deprecated", with(new FindDocumentsQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(List.of(AvailabilityStatus.DEPRECATED));
        }));
        find("FindDocuments, every filter", with(new FindDocumentsQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(BOTH);
            var entry = Samples.entry(3, Samples.PDF_TYPE, Samples.PDF);
            q.setTypeCodes(List.of(Samples.code("autre", "1.2.3"), entry.getTypeCode()));
            q.setClassCodes(List.of(entry.getClassCode()));
            q.setFormatCodes(List.of(entry.getFormatCode()));
            q.setPracticeSettingCodes(List.of(entry.getPracticeSettingCode()));
            q.setHealthcareFacilityTypeCodes(List.of(entry.getHealthcareFacilityTypeCode()));
            q.setConfidentialityCodes(new QueryList<>(entry.getConfidentialityCodes().get(0)));
            var events = new QueryList<>(entry.getEventCodeList().get(0));
            events.getOuterList().add(List.of(Samples.code("autre", "1.2.3"), entry.getEventCodeList().get(1)));
            q.setEventCodes(events);
            q.getCreationTime().setFrom("20240303");
            q.getCreationTime().setTo("20240304");
            q.getServiceStartTime().setFrom("202403030000");
            q.getServiceStopTime().setTo("20240303235959");
        }));
        find("FindDocumentsByReferenceId", with(new FindDocumentsByReferenceIdQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(APPROVED);
            q.setTypedReferenceIds(new QueryList<>(Samples.reference()));
        }));
        find("FindDocumentsForMultiplePatients", with(new FindDocumentsForMultiplePatientsQuery(), q -> {
            q.setPatientIds(List.of(Samples.patient(), new Identifiable("1", Samples.patient().getAssigningAuthority())));
            q.setStatus(APPROVED);
        }));
        find("FindSubmissionSets", with(new FindSubmissionSetsQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(APPROVED);
            q.setSourceIds(List.of(Samples.ROOT));
            q.setContentTypeCodes(List.of(Samples.set(1).getContentTypeCode()));
            q.getSubmissionTime().setFrom("20240315093102");
        }));
        find("FindFolders", with(new FindFoldersQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(APPROVED);
            q.setCodes(new QueryList<>(Samples.folder().getCodeList().get(0)));
        }));
        find("GetAll", all());
        find("GetDocuments, uniqueIds", with(new GetDocumentsQuery(), q -> q.setUniqueIds(List.of(Samples.uniqueId(2), Samples.uniqueId(6)))));
        find("GetDocuments, entryUUIDs", with(new GetDocumentsQuery(), q -> q.setUuids(related)));
        find("GetDocuments, logicalIDs", with(new GetDocumentsQuery(), q -> q.setLogicalUuid(related)));
        find("GetFolders", with(new GetFoldersQuery(), q -> q.setUniqueIds(List.of(Samples.folder().getUniqueId()))));
        find("GetAssociations", with(new GetAssociationsQuery(), q -> q.setUuids(related.subList(0, 1))));
        find("GetDocumentsAndAssociations", with(new GetDocumentsAndAssociationsQuery(), q -> q.setUniqueIds(List.of(Samples.uniqueId(1)))));
        find("GetSubmissionSets", with(new GetSubmissionSetsQuery(), q -> q.setUuids(related)));
        find("GetSubmissionSetAndContents", with(new GetSubmissionSetAndContentsQuery(), q -> q.setUniqueId(Samples.set(2).getUniqueId())));
        find("GetFolderAndContents", with(new GetFolderAndContentsQuery(), q -> q.setUniqueId(Samples.folder().getUniqueId())));
        find("GetFoldersForDocument", with(new GetFoldersForDocumentQuery(), q -> q.setUniqueId(Samples.uniqueId(2))));
        find("GetRelatedDocuments, RPLC", with(new GetRelatedDocumentsQuery(), q -> {
            q.setUuid(related.get(0));
            q.setAssociationTypes(List.of(AssociationType.REPLACE));
        }));
    }

    private void fields() {
        var all = query(all(), QueryReturnType.LEAF_CLASS);
        for (var entry : sent) {
            var got = all.getDocumentEntries().stream().filter(one -> one.getUniqueId().equals(entry.getUniqueId())).findFirst();
            row("ITI-18", "metadata of " + entry.getEntryUuid(), got.map(one -> differences(entry, one)).orElse("missing"));
        }
        for (int number = 1; number <= 4; number++) {
            var set = Samples.set(number);
            var got = all.getSubmissionSets().stream().filter(one -> one.getUniqueId().equals(set.getUniqueId())).findFirst();
            row("ITI-18", "metadata of set " + number, got.map(one -> differences(set, one)).orElse("missing"));
        }
        row("ITI-18", "metadata of the folder", differences(Samples.folder(), all.getFolders().get(0)));
    }

    private void files() {
        var large = large();
        var answer = retrieve(2, 3, 4, 5);
        var wanted = List.of(Samples.CDA, Samples.PDF, large, Samples.CDA);
        var equal = answer.getDocuments().size() == wanted.size();
        for (int at = 0; equal && at < wanted.size(); at++) {
            equal = Arrays.equals(Registry.bytes(answer.getDocuments().get(at).getDataHandler()), wanted.get(at));
        }
        row("ITI-43", "four documents", said(answer) + (equal ? ", equal byte by byte" : ", NOT EQUAL"));
        answer = retrieve(2, 99);
        row("ITI-43", "two documents, one unknown", said(answer) + ", " + answer.getDocuments().size() + " file");
    }

    private void refusals() {
        row("ITI-41", "a uniqueId that is there", provide(Samples.set(11), List.of(Samples.entry(2, Samples.CDA_TYPE, Samples.CDA)),
                List.of(Samples.CDA), request -> { }));
        var wrongHash = Samples.entry(12, Samples.CDA_TYPE, Samples.CDA);
        wrongHash.setHash("0000000000000000000000000000000000000000");
        row("ITI-41", "a wrong hash", provide(Samples.set(12), List.of(wrongHash), List.of(Samples.CDA), request -> { }));
        var wrongSize = Samples.entry(13, Samples.CDA_TYPE, Samples.CDA);
        wrongSize.setSize(1L);
        row("ITI-41", "a wrong size", provide(Samples.set(13), List.of(wrongSize), List.of(Samples.CDA), request -> { }));
        var untyped = Samples.entry(14, Samples.CDA_TYPE, Samples.CDA);
        untyped.setTypeCode(null);
        row("ITI-41", "no typeCode", provide(Samples.set(14), List.of(untyped), List.of(Samples.CDA), request -> { }));
        row("ITI-41", "a document without its file", said(send("repository", "iti41", with(new ProvideAndRegisterDocumentSet(), request -> {
            request.setSubmissionSet(Samples.set(15));
            request.getDocuments().add(new Document(Samples.entry(15, Samples.CDA_TYPE, Samples.CDA), null));
            request.getAssociations().add(Samples.member("submissionSet01", "document15", AssociationLabel.ORIGINAL));
        }), Response.class, XdsCamelValidators.iti41ResponseValidator())));
        row("ITI-18", "a query that the registry does not know", said(query(with(new FindDocumentsByTitleQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatus(APPROVED);
            q.setTitle(List.of("Compte rendu"));
        }), QueryReturnType.LEAF_CLASS)));
        row("ITI-18", "FindDocuments without status", said(query(with(new FindDocumentsQuery(), q -> q.setPatientId(Samples.patient())),
                QueryReturnType.LEAF_CLASS)));
    }

    private void updates() {
        var fourth = entryOf(4);
        row("ITI-57", "status: Approved to Deprecated", status(21, fourth.getEntryUuid(), AvailabilityStatus.APPROVED, AvailabilityStatus.DEPRECATED));
        row("ITI-18", "its status", entryOf(4).getAvailabilityStatus().toString());
        row("ITI-57", "status: a wrong OriginalStatus", status(22, fourth.getEntryUuid(), AvailabilityStatus.APPROVED, AvailabilityStatus.DEPRECATED));
        row("ITI-57", "status: Deprecated to Approved", status(23, fourth.getEntryUuid(), AvailabilityStatus.DEPRECATED, AvailabilityStatus.APPROVED));
        row("ITI-18", "its status", entryOf(4).getAvailabilityStatus().toString());

        var third = entryOf(3);
        var changed = entryOf(3);
        changed.setTitle(Samples.text("Un autre titre"));
        changed.getConfidentialityCodes().add(Samples.code("R", "2.16.840.1.113883.5.25"));
        row("ITI-57", "metadata: title and confidentiality", metadata(24, changed, third.getVersion().getVersionName()));
        var now = entryOf(3);
        changed.setEntryUuid(now.getEntryUuid());
        row("ITI-18", "the new version", differences(changed, now) + ", version " + now.getVersion().getVersionName() + ", "
                + now.getAvailabilityStatus() + (now.getLogicalUuid().equals(third.getEntryUuid()) ? ", same logicalID" : ", OTHER logicalID")
                + (now.getEntryUuid().equals(third.getEntryUuid()) ? ", SAME entryUUID" : ", new entryUUID"));
        row("ITI-57", "metadata: a version that is not the present one", metadata(25, entryOf(3), "1"));
        var unknown = entryOf(3);
        unknown.setLogicalUuid("urn:uuid:00000000-0000-4000-8000-000000000000");
        row("ITI-57", "metadata: an unknown logicalID", metadata(26, unknown, "2"));
        var without = entryOf(3);
        without.setLogicalUuid(null);
        row("ITI-57", "metadata: without logicalID", metadata(27, without, "2"));
        var other = entryOf(3);
        other.setUniqueId(Samples.uniqueId(98));
        row("ITI-57", "metadata: another uniqueId", metadata(28, other, "2"));
    }

    private String status(int number, String uuid, AvailabilityStatus from, AvailabilityStatus to) {
        var update = new RegisterDocumentSet();
        update.setSubmissionSet(Samples.set(number));
        var change = new Association(AssociationType.UPDATE_AVAILABILITY_STATUS, null, "submissionSet01", uuid);
        change.setOriginalStatus(from);
        change.setNewStatus(to);
        update.getAssociations().add(change);
        return register("iti57", update);
    }

    private String metadata(int number, DocumentEntry entry, String previous) {
        var update = new RegisterDocumentSet();
        update.setSubmissionSet(Samples.set(number));
        entry.setEntryUuid("document01");
        update.getDocumentEntries().add(entry);
        var member = Samples.member("submissionSet01", "document01", AssociationLabel.ORIGINAL);
        member.setPreviousVersion(previous);
        update.getAssociations().add(member);
        return register("iti57", update);
    }

    private DocumentEntry entryOf(int number) {
        var found = query(with(new GetDocumentsQuery(), q -> q.setUniqueIds(List.of(Samples.uniqueId(number)))), QueryReturnType.LEAF_CLASS);
        var all = found.getDocumentEntries();
        return all.stream().filter(one -> one.getAvailabilityStatus() == AvailabilityStatus.APPROVED).findFirst()
                .orElseGet(() -> all.get(all.size() - 1));
    }

    private DocumentEntry entry(int number, String mime, byte[] bytes) {
        sent.add(Samples.entry(number, mime, bytes));
        return Samples.entry(number, mime, bytes);
    }

    private String uuid(int number) {
        var query = with(new GetDocumentsQuery(), q -> q.setUniqueIds(List.of(Samples.uniqueId(number))));
        return query(query, QueryReturnType.OBJECT_REF).getReferences().get(0).getId();
    }

    private String provide(SubmissionSet set, List<DocumentEntry> entries, List<byte[]> files,
            Consumer<ProvideAndRegisterDocumentSet> more) {
        var request = new ProvideAndRegisterDocumentSet();
        request.setSubmissionSet(set);
        for (int at = 0; at < entries.size(); at++) {
            var entry = entries.get(at);
            request.getDocuments().add(new Document(entry, new DataHandler(new ByteArrayDataSource(files.get(at), entry.getMimeType()))));
            request.getAssociations().add(Samples.member(set.getEntryUuid(), entry.getEntryUuid(), AssociationLabel.ORIGINAL));
        }
        more.accept(request);
        return said(send("repository", "iti41", request, Response.class, XdsCamelValidators.iti41ResponseValidator()));
    }

    private String register(String transaction, RegisterDocumentSet request) {
        var validator = transaction.equals("iti42") ? XdsCamelValidators.iti42ResponseValidator() : XdsCamelValidators.iti57ResponseValidator();
        return said(send("registry", transaction, request, Response.class, validator));
    }

    private RetrievedDocumentSet retrieve(int... numbers) {
        var request = new RetrieveDocumentSet();
        for (int number : numbers) {
            request.getDocuments().add(new DocumentReference(repository, Samples.uniqueId(number), null));
        }
        return send("repository", "iti43", request, RetrievedDocumentSet.class, XdsCamelValidators.iti43ResponseValidator());
    }

    private QueryResponse query(Query query, QueryReturnType type) {
        var transaction = query instanceof FindDocumentsForMultiplePatientsQuery ? "iti51" : "iti18";
        return send("registry", transaction, new QueryRegistry(query, type), QueryResponse.class, XdsCamelValidators.iti18ResponseValidator());
    }

    private <T> T send(String service, String transaction, Object request, Class<T> type, Processor validator) {
        var uri = "xds-" + transaction + "://" + base + service + "?audit=false&sslContextParameters=#tls";
        var exchange = template.send(uri, ExchangePattern.InOut, one -> one.getIn().setBody(request));
        if (exchange.getException() != null) {
            throw new IllegalStateException(transaction, exchange.getException());
        }
        var body = exchange.getMessage().getBody();
        try {
            exchange.getIn().setBody(body);
            validator.process(exchange);
        } catch (Exception invalid) {
            row(transaction, "INVALID", invalid.getClass().getSimpleName() + ": " + invalid.getMessage());
        }
        return template.getCamelContext().getTypeConverter().convertTo(type, exchange, body);
    }

    private void find(String what, Query query) {
        var found = query(query, QueryReturnType.LEAF_CLASS);
        Set<String> ids = new TreeSet<>();
        found.getDocumentEntries().forEach(one -> ids.add(one.getEntryUuid()));
        found.getSubmissionSets().forEach(one -> ids.add(one.getEntryUuid()));
        found.getFolders().forEach(one -> ids.add(one.getEntryUuid()));
        found.getAssociations().forEach(one -> ids.add(one.getEntryUuid()));
        Set<String> references = new TreeSet<>();
        var referred = query(query, QueryReturnType.OBJECT_REF);
        referred.getReferences().forEach(one -> references.add(one.getId()));
        var documents = found.getDocumentEntries().stream().map(one -> one.getUniqueId().replaceAll(".*\\.", "")).sorted().toList();
        var transaction = query instanceof FindDocumentsForMultiplePatientsQuery ? "ITI-51" : "ITI-18";
        row(transaction, what, said(found) + ": documents " + documents + ", " + found.getSubmissionSets().size() + " sets, "
                + found.getFolders().size() + " folders, " + found.getAssociations().size() + " associations"
                + (ids.equals(references) ? ", ObjectRef alike" : ", ObjectRef NOT ALIKE"));
    }

    private static GetAllQuery all() {
        return with(new GetAllQuery(), q -> {
            q.setPatientId(Samples.patient());
            q.setStatusDocuments(BOTH);
            q.setStatusSubmissionSets(BOTH);
            q.setStatusFolders(BOTH);
        });
    }

    private static <T> T with(T object, Consumer<T> change) {
        change.accept(object);
        return object;
    }

    private static byte[] large() {
        var bytes = new byte[3_000_000];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (at * 31 + at / 251);
        }
        return bytes;
    }

    private static String said(Response answer) {
        var codes = answer.getErrors().stream()
                .map(one -> one.getErrorCode() == ErrorCode._USER_DEFINED ? one.getCustomErrorCode() : one.getErrorCode().getOpcode())
                .collect(Collectors.joining(", "));
        return answer.getStatus() + (codes.isEmpty() ? "" : ": " + codes);
    }

    /** Names of the properties that did not come back as they were sent, but for those that the registry gives. */
    private static String differences(Object one, Object other) {
        var given = Set.of("entryUuid", "logicalUuid", "version", "availabilityStatus", "repositoryUniqueId", "lastUpdateTime", "class");
        List<String> all = new ArrayList<>();
        try {
            for (var property : Introspector.getBeanInfo(one.getClass()).getPropertyDescriptors()) {
                var read = property.getReadMethod();
                if (read == null || given.contains(property.getName())) {
                    continue;
                }
                if (!Objects.equals(plain(read.invoke(one)), plain(read.invoke(other)))) {
                    all.add(property.getName());
                }
            }
        } catch (ReflectiveOperationException | java.beans.IntrospectionException error) {
            throw new IllegalStateException(error);
        }
        return all.isEmpty() ? "every field equal" : "DIFFERENT: " + all;
    }

    /** Texts without their language and charset, which are no metadata of IHE. */
    private static Object plain(Object value) {
        if (value instanceof LocalizedString text) {
            return text.getValue();
        }
        if (value instanceof Code code) {
            return Arrays.asList(code.getCode(), plain(code.getDisplayName()), code.getSchemeName());
        }
        return value instanceof List<?> list ? list.stream().map(Client::plain).toList() : value;
    }

    private void row(String transaction, String what, String answer) {
        var now = System.nanoTime();
        System.out.println("row\t" + transaction + "\t" + what + "\t" + answer + "\t" + (now - since) / 1_000_000);
        since = now;
    }
}
