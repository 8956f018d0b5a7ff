//! A page with the word TEST drawn in lines: no font, one gray output intent, metadata of PDF/A-1b.

/// An ICC profile (2.1, gray, gamma 1): what the gray of the page means.
fn gray_profile() -> Vec<u8> {
    let text = |kind: &[u8; 4], body: &[u8]| [kind.as_slice(), &[0; 4], body].concat();
    let description = {
        let name = b"gray\0";
        let mut body = (name.len() as u32).to_be_bytes().to_vec();
        body.extend_from_slice(name);
        // no Unicode name, no script name
        body.extend_from_slice(&[0; 4 + 4 + 2 + 1 + 67]);
        text(b"desc", &body)
    };
    let xyz = |x: u32, y: u32, z: u32| {
        text(
            b"XYZ ",
            &[x.to_be_bytes(), y.to_be_bytes(), z.to_be_bytes()].concat(),
        )
    };
    let tags: [(&[u8; 4], Vec<u8>); 4] = [
        (b"desc", description),
        (b"cprt", text(b"text", b"public domain\0")),
        (b"wtpt", xyz(0x0000_F6D6, 0x0001_0000, 0x0000_D32D)),
        (b"kTRC", text(b"curv", &0_u32.to_be_bytes())),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (name, body) in &tags {
        table.extend_from_slice(name.as_slice());
        table.extend_from_slice(&((start + data.len()) as u32).to_be_bytes());
        table.extend_from_slice(&(body.len() as u32).to_be_bytes());
        data.extend_from_slice(body);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0_u8; 128];
    header[0..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    header[12..24].copy_from_slice(b"mntrGRAYXYZ ");
    // 1 January 2025
    header[24..30].copy_from_slice(&[0x07, 0xE9, 0, 1, 0, 1]);
    header[36..40].copy_from_slice(b"acsp");
    header[68..80].copy_from_slice(&[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    [header, table, data].concat()
}

const METADATA: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n\
</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";

/// T, E, S, T as lines.
const DRAWING: &str = "2 w\n\
100 700 m 140 700 l S 120 700 m 120 640 l S\n\
200 700 m 160 700 l 160 640 l 200 640 l S 160 670 m 190 670 l S\n\
260 700 m 220 700 l 220 670 l 260 670 l 260 640 l 220 640 l S\n\
280 700 m 320 700 l S 300 700 m 300 640 l S";

/// The file.
pub(crate) fn small_pdf() -> Vec<u8> {
    let stream = |dictionary: &str, body: &[u8]| {
        let head = format!("<< {dictionary} /Length {} >>\nstream\n", body.len());
        [head.as_bytes(), body, b"\nendstream"].concat()
    };
    let objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R /OutputIntents [6 0 R] >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>"
            .to_vec(),
        stream("", DRAWING.as_bytes()),
        stream("/Type /Metadata /Subtype /XML", METADATA.as_bytes()),
        b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (gray) \
          /DestOutputProfile 7 0 R >>"
            .to_vec(),
        stream("/N 1", &gray_profile()),
    ];
    let mut file = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    for (rank, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", rank + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    let count = objects.len() + 1;
    let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
    for offset in offsets {
        end.push_str(&format!("{offset:010} 00000 n \n"));
    }
    let id = "5E6000000000400080000000000000A1";
    end.push_str(&format!(
        "trailer\n<< /Size {count} /Root 1 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n"
    ));
    file.extend_from_slice(end.as_bytes());
    file
}
