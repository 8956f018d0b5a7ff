//! What Canonical XML 1.0 says, rule by rule. The documents are ours; the sections are those of the recommendation.

use segur_soap::c14n::{CanonicalWriter, Comments};

use crate::fixtures::{streamed, text};

const KEPT: Comments = Comments::Kept;

#[test]
fn comments_and_instructions_outside_the_root() {
    // Section 3.1.
    let document = "<?xml version=\"1.0\"?>\n\n<?style   href=\"a.xsl\"   ?>\n\n<!-- one -->\n<doc>a<!-- two\n --></doc>\n\n<?end?>\n\n<!-- three --> ";
    assert_eq!(
        text(document, KEPT),
        "<?style href=\"a.xsl\"   ?>\n<!-- one -->\n<doc>a<!-- two\n --></doc>\n<?end?>\n<!-- three -->"
    );
    assert_eq!(
        text(document, Comments::Dropped),
        "<?style href=\"a.xsl\"   ?>\n<doc>a</doc>\n<?end?>"
    );
}

#[test]
fn white_space_inside_stays() {
    // Section 3.2.
    let document = "<doc>\n   <a/>  <b>  x\t</b>\n</doc>\n";
    assert_eq!(
        text(document, KEPT),
        "<doc>\n   <a></a>  <b>  x\t</b>\n</doc>"
    );
}

#[test]
fn namespaces_before_attributes_each_in_order() {
    // Section 3.3.
    let document = "<doc xmlns:b='urn:b' xmlns='urn:d' xmlns:a='urn:z'\n b:x='1' y='2' a:x='3' xml:lang='fr' ay = \"4\"/>";
    assert_eq!(
        text(document, KEPT),
        "<doc xmlns=\"urn:d\" xmlns:a=\"urn:z\" xmlns:b=\"urn:b\" ay=\"4\" y=\"2\" xml:lang=\"fr\" b:x=\"1\" a:x=\"3\"></doc>"
    );
}

#[test]
fn names_are_ordered_by_code_points() {
    let document = "<a z='1' é='2' Z='3' \u{10000}='4' \u{F900}='5'/>";
    assert_eq!(
        text(document, KEPT),
        "<a Z=\"3\" z=\"1\" é=\"2\" \u{F900}=\"5\" \u{10000}=\"4\"></a>"
    );
}

#[test]
fn declarations_that_change_nothing_are_left_out() {
    let document = "<a xmlns='urn:a' xmlns:p='urn:p' xmlns:xml='http://www.w3.org/XML/1998/namespace'>\
        <b xmlns='urn:a' xmlns:p='urn:p'><c xmlns=''><d xmlns=''/><e xmlns='urn:a'/></c></b>\
        <p:f xmlns:p='urn:q'><p:g xmlns:p='urn:p'/></p:f></a>";
    assert_eq!(
        text(document, KEPT),
        "<a xmlns=\"urn:a\" xmlns:p=\"urn:p\"><b><c xmlns=\"\"><d></d><e xmlns=\"urn:a\"></e></c></b>\
        <p:f xmlns:p=\"urn:q\"><p:g xmlns:p=\"urn:p\"></p:g></p:f></a>"
    );
    assert_eq!(text("<a xmlns=''/>", KEPT), "<a></a>");
}

#[test]
fn references_sections_and_line_ends() {
    // Section 3.4.
    let document = "<doc>\r\n<t>a&#13;\r\rb&#x9;&#10;</t><c><![CDATA[x>\"0\" && x<\"10\"\r\n ? ]] ]]]]></c>\
        <n a='&#x20;&#x9;x\t\r\ny&#xD;&#10;&quot;&apos;\"&gt;&lt;&amp;'/>&gt;&quot;]]&gt;\u{e9}&#xe9;</doc>";
    assert_eq!(
        text(document, KEPT),
        "<doc>\n<t>a&#xD;\n\nb\t\n</t><c>x&gt;\"0\" &amp;&amp; x&lt;\"10\"\n ? ]] ]]</c>\
        <n a=\" &#x9;x  y&#xD;&#xA;&quot;'&quot;>&lt;&amp;\"></n>&gt;\"]]&gt;éé</doc>"
    );
}

#[test]
fn the_form_is_utf_8() {
    // Section 3.6.
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><doc a='\xe0'>\xa9\xa4\x85</doc>";
    let expected = "<doc a=\"à\">©¤\u{85}</doc>";
    for cuts in [&[1][..], &[7, 3], &[1000]] {
        let made = streamed(latin, KEPT, cuts).unwrap();
        assert_eq!(made, expected.as_bytes());
    }
    let latin9 = b"<?xml version='1.0' encoding='iso-8859-15'?><doc>\xa4\xbc\xe9</doc>";
    assert_eq!(
        streamed(latin9, KEPT, &[5]).unwrap(),
        "<doc>€Œé</doc>".as_bytes()
    );
    let ascii = b"<?xml version='1.0' encoding='US-ASCII'?><doc>&#233;</doc>";
    assert_eq!(
        streamed(ascii, KEPT, &[5]).unwrap(),
        "<doc>é</doc>".as_bytes()
    );
    assert_eq!(
        text(
            "\u{feff}<?xml version='1.0' encoding='utf-8'?><é>\u{feff}😀</é>",
            KEPT
        ),
        "<é>\u{feff}😀</é>"
    );
    assert_eq!(text("\u{feff}<a/>", KEPT), "<a></a>");
}

#[test]
fn instructions() {
    let document = "<a><?b?><?c  ?><?d ??><?e  f?g ? ?><?xml-style x\r\ny?></a>";
    assert_eq!(
        text(document, KEPT),
        "<a><?b?><?c?><?d ??><?e f?g ? ?><?xml-style x\ny?></a>"
    );
}

#[test]
fn the_sentence_of_a_form_is_the_form() {
    let document = "<a xmlns:p='urn:p' c='&#9;' b=''><!--x--><p:b>&#13;&amp;</p:b></a><?z?>";
    let once = text(document, KEPT);
    assert_eq!(text(&once, KEPT), once);
}

#[test]
fn it_is_written_to_as_a_file() {
    let mut writer = CanonicalWriter::new(Vec::new(), KEPT);
    std::io::copy(&mut &b"<a  b='c'/>"[..], &mut writer).unwrap();
    assert_eq!(writer.finish().unwrap(), b"<a b=\"c\"></a>");
    let mut writer = CanonicalWriter::new(Vec::new(), KEPT);
    let error = std::io::copy(&mut &b"<a></b>"[..], &mut writer).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("</a>"), "{error}");
}
