package segur.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssigningAuthority;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Association;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationLabel;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Author;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.CXiAssigningAuthority;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Code;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntryType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Folder;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Identifiable;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.LocalizedString;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Organization;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.PatientInfo;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Person;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Recipient;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.ReferenceId;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Telecom;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.XcnName;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.XpnName;

/** Fictitious submissions in which every field is filled. */
final class Samples {
    static final String ROOT = "1.2.250.1.999.1.1.9000";
    static final String CDA_TYPE = "text/xml";
    static final String PDF_TYPE = "application/pdf";
    static final byte[] CDA = "<?xml version=\"1.0\"?>\r\n<ClinicalDocument><title>Été --uuid:\r\n--</title></ClinicalDocument>\n"
            .getBytes(StandardCharsets.UTF_8);
    static final byte[] PDF = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\r\n\u0000\u0001\u00ff\u00fe\r\n--b--\r\n%%EOF"
            .getBytes(StandardCharsets.ISO_8859_1);

    private Samples() {
    }

    static Identifiable patient() {
        return new Identifiable("279035121518989", new AssigningAuthority("1.2.250.1.213.1.4.10"));
    }

    static String uniqueId(int number) {
        return ROOT + ".1." + number;
    }

    static LocalizedString text(String value) {
        return new LocalizedString(value, "fr-FR", "UTF-8");
    }

    static Code code(String code, String system) {
        return new Code(code, text("Libellé de " + code), system);
    }

    static ReferenceId reference() {
        return new ReferenceId("ACC-1", new CXiAssigningAuthority(null, "1.2.250.1.999.9", "ISO"), ReferenceId.ID_TYPE_CODE_ACCESSION);
    }

    static Author author() {
        var author = new Author();
        author.setAuthorPerson(person());
        author.getAuthorInstitution().add(new Organization("CABINET TEST & FILS", "499700000000001",
                new AssigningAuthority("1.2.250.1.71.4.2.2")));
        author.getAuthorRole().add(new Identifiable("Médecin traitant"));
        author.getAuthorSpecialty().add(new Identifiable("SM26", new AssigningAuthority("1.2.250.1.71.4.2.5")));
        author.getAuthorTelecom().add(new Telecom("alice.test@example.org"));
        return author;
    }

    static Person person() {
        return new Person(new Identifiable("899700000001", new AssigningAuthority("1.2.250.1.71.4.2.1")),
                new XcnName("TEST", "ALICE", null, null, null, null));
    }

    static SubmissionSet set(int number) {
        var set = new SubmissionSet();
        set.setEntryUuid("submissionSet01");
        set.setUniqueId(ROOT + ".3." + number);
        set.setSourceId(ROOT);
        set.setPatientId(patient());
        set.setSubmissionTime("202403150931%02d".formatted(number));
        set.setTitle(text("Lot d'essai"));
        set.setComments(text("Un commentaire"));
        set.setAuthor(author());
        set.setContentTypeCode(code("07", "1.2.250.1.213.2.2"));
        set.getIntendedRecipients().add(new Recipient(
                new Organization("CABINET AUTRE", "499700000000002", new AssigningAuthority("1.2.250.1.71.4.2.2")), person(), null));
        return set;
    }

    static DocumentEntry entry(int number, String mime, byte[] bytes) {
        var entry = new DocumentEntry();
        entry.setType(DocumentEntryType.STABLE);
        entry.setEntryUuid("document%02d".formatted(number));
        entry.setUniqueId(uniqueId(number));
        entry.setMimeType(mime);
        entry.setPatientId(patient());
        entry.setSourcePatientId(new Identifiable("1234567", new AssigningAuthority(ROOT + ".2")));
        var info = new PatientInfo();
        info.getNames().add(new XpnName("PATIENT", "MARIE", null, null, null, null));
        info.setDateOfBirth("19790328");
        info.setGender("F");
        entry.setSourcePatientInfo(info);
        entry.setTitle(text("Compte rendu d'été n° %d, (\"l'autre\" & <lui>)".formatted(number)));
        entry.setComments(text("Un commentaire"));
        entry.setCreationTime("202403%02d093000".formatted(number));
        entry.setServiceStartTime("202403%02d0900".formatted(number));
        entry.setServiceStopTime("202403%02d091500".formatted(number));
        entry.setLanguageCode("fr-FR");
        entry.getAuthors().add(author());
        entry.setLegalAuthenticator(person());
        entry.setClassCode(code("10", "1.2.250.1.213.1.1.4.1"));
        entry.setTypeCode(code("11488-4", "2.16.840.1.113883.6.1"));
        entry.setFormatCode(code(mime.equals(PDF_TYPE) ? "urn:ihe:iti:xds-sd:pdf:2008" : "urn:ihe:iti:xds-sd:text:2008",
                "1.3.6.1.4.1.19376.1.2.3"));
        entry.setHealthcareFacilityTypeCode(code("SA07", "1.2.250.1.71.4.2.4"));
        entry.setPracticeSettingCode(code("AMBULATOIRE", "1.2.250.1.213.1.1.4.9"));
        entry.getConfidentialityCodes().add(code("N", "2.16.840.1.113883.5.25"));
        entry.getEventCodeList().addAll(List.of(code("YYYY600", "1.2.250.1.213.2.5"), code("DEQP003", "1.2.250.1.213.2.5")));
        entry.getReferenceIdList().add(reference());
        entry.setUri("DOC%05d.XML".formatted(number));
        entry.setHash(Registry.sha1(bytes));
        entry.setSize((long) bytes.length);
        return entry;
    }

    static Folder folder() {
        var folder = new Folder();
        folder.setEntryUuid("folder01");
        folder.setUniqueId(ROOT + ".5.1");
        folder.setPatientId(patient());
        folder.setTitle(text("Dossier"));
        folder.setComments(text("Un commentaire"));
        folder.getCodeList().add(code("D1", "1.2.250.1.999.8"));
        return folder;
    }

    static Association member(String source, String target, AssociationLabel label) {
        var member = new Association(AssociationType.HAS_MEMBER, null, source, target);
        member.setLabel(label);
        return member;
    }
}
