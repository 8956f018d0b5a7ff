#!/usr/bin/env python3
"""Compares the structure check with two schema processors on random changes of documents.

    cargo build --release -p segur-cda --example structure_verdict
    python cda/tools/differential.py --xsd DIR --documents DIR [--count 3000] [--seed 1] [--keep DIR]

Needs lxml (libxml2). With a JDK on the path its Xerces is asked too; where the two differ Xerces counts, because the
published rules run on it. Prints the figures, and each document on which the structure check disagrees.
Without lxml it says "not run" and ends with 0.
"""

import argparse
import collections
import copy
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

try:
    from lxml import etree
except ImportError:
    print("not run: lxml is not installed")
    sys.exit(0)

XSI = "http://www.w3.org/2001/XMLSchema-instance"
V3 = "urn:hl7-org:v3"
SDTC = "urn:hl7-org:sdtc"
PHARM = "urn:ihe:pharm:medication"
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VALUES = [
    "", " ", "x", "abc def", " OBS", "OBS ", "EVN\t", "true", "false", "1", "0", "TRUE", "12", "-3", "+4.50", "1e5", ".5", "5.", ".",
    "INF", "-INF", "+INF", "NaN", "1.5E-3", "2024", "20240230", "202402301", "2024-02-30", "20240101120000+0100",
    "20240101120000.123+0100", "20240101+0100", "1.2.250.1.213", "3.1", "2.01", "2.", "0", "urn:oid:1.2", "é", "A-B",
    "12345678-1234-1234-1234-1234567890ab", "12345678-1234-1234-1234-1234567890", "tel:0102030405", "tel:01 02 03",
    "mailto:", "mailto:a@b", "http://a b/", "#x", "#x#y", "%", "%41", "a:b:c", ":a", "[x]", "http://[::1]/", "http://[::g]/",
    "a\\b", "{a}", "~a", "text/plain", "UNK", "NI", "NP", "HP", "HP WP", "HP  WP", "L", "BR CL", "BR", "FR-FR", "QUJD",
    "QUJ=", "Q===", "QQ==", "QR==", "QUI=", "QU JD", "ID 1", "9a", "_a", "a:b", "xé", "SHA-1", "DF", "B64", "TXT", "I",
    "99999999999999999999999999999999", "0.1234567890123456789012345678901234567890", "00012", "-0", "1 000", "1,5",
]  # fmt: skip


def names_of(folder):
    """Names of the elements, attributes and types that the schemas declare."""
    elements, attributes, types = set(), set(), set()
    for path in folder.rglob("*.xsd"):
        if "schema" in path.relative_to(folder).parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        elements.update(re.findall(r'<xs:element\s[^>]*name="([^"]+)"', text))
        attributes.update(re.findall(r'<xs:attribute\s[^>]*name="([^"]+)"', text))
        types.update(re.findall(r'<xs:(?:complex|simple)Type\s[^>]*name="([^"]+)"', text))
    types = {t for t in types if not t.startswith(("POCD", "COCT", "x_")) and len(t) < 16}
    return sorted(elements), sorted(attributes), sorted(types)


class Mutator:
    def __init__(self, folder, rng):
        self.rng = rng
        self.elements, self.attributes, self.types = names_of(folder)
        self.kinds = [getattr(self, n) for n in sorted(dir(self)) if n.startswith("do_")]

    def change(self, tree):
        root = tree.getroot()
        nodes = [n for n in root.iter() if isinstance(n.tag, str)]
        alike = collections.defaultdict(list)
        for node in nodes:
            alike[node.tag, node.get("{%s}type" % XSI), *sorted(node.attrib)].append(node)
        groups = list(alike.values())
        for _ in range(20):
            kind = self.rng.choice(self.kinds)
            # Rare elements as often as common ones.
            node = self.rng.choice(self.rng.choice(groups) if self.rng.random() < 0.7 else nodes)
            if kind(node, nodes):
                return kind.__name__[3:]
        return None

    def attribute(self, node):
        names = [a for a in node.attrib if not a.startswith("{" + XSI)]
        return self.rng.choice(names) if names else None

    def do_drop(self, node, _):
        if node.getparent() is None:
            return False
        node.getparent().remove(node)
        return True

    def do_duplicate(self, node, _):
        if node.getparent() is None:
            return False
        node.addnext(copy.deepcopy(node))
        return True

    def do_swap(self, node, _):
        other = node.getnext()
        if other is None:
            return False
        other.addnext(node)
        return True

    def do_move(self, node, nodes):
        to = self.rng.choice(nodes)
        if node.getparent() is None or to in node.iter():
            return False
        to.insert(self.rng.randint(0, len(to)), copy.deepcopy(node))
        return True

    def do_rename(self, node, nodes):
        name = self.rng.choice(self.elements)
        if self.rng.random() < 0.5 and node.getparent() is not None:
            siblings = [n for n in node.getparent() if isinstance(n.tag, str)]
            name = etree.QName(self.rng.choice(siblings)).localname
        namespace = self.rng.choice([V3, V3, V3, V3, SDTC, PHARM, "urn:other"])
        if node.getparent() is None:
            return False
        node.tag = f"{{{namespace}}}{name}" if self.rng.random() < 0.95 else name
        return True

    def do_insert(self, node, _):
        name, namespace = self.rng.choice(self.elements), self.rng.choice([V3, V3, SDTC, PHARM, "urn:other"])
        new = etree.Element(f"{{{namespace}}}{name}")
        if self.rng.random() < 0.5:
            new.set("nullFlavor", "NI")
        node.insert(self.rng.randint(0, len(node)), new)
        return True

    def do_attribute_drop(self, node, _):
        name = self.attribute(node)
        if name is None:
            return False
        del node.attrib[name]
        return True

    def do_attribute_add(self, node, nodes):
        name = self.rng.choice(self.attributes)
        other = self.rng.choice(nodes)
        value = other.get(name) or self.rng.choice(VALUES)
        if self.rng.random() < 0.1:
            name = self.rng.choice(["{%s}valueSet" % SDTC, "{%s}id" % "http://www.w3.org/XML/1998/namespace", "{%s}nil" % XSI])
            value = self.rng.choice(["true", "false", "1.2.3", "x"])
        node.set(name, value)
        return True

    def do_attribute_copy(self, node, nodes):
        other = self.rng.choice(nodes)
        name = self.attribute(other)
        if name is None:
            return False
        node.set(name, other.get(name))
        return True

    def do_attribute_rename(self, node, _):
        name = self.attribute(node)
        if name is None:
            return False
        node.set(self.rng.choice(self.attributes), node.attrib.pop(name))
        return True

    def do_value(self, node, _):
        name = self.attribute(node)
        if name is None:
            return False
        node.set(name, self.rng.choice(VALUES))
        return True

    def do_value_edit(self, node, _):
        name = self.attribute(node)
        if name is None:
            return False
        value = node.get(name)
        at = self.rng.randint(0, len(value))
        node.set(name, value[:at] + self.rng.choice([" ", "0", "x", ".", "-", "é", "\n", ":", "%"]) + value[at + self.rng.randint(0, 1) :])
        return True

    def do_type(self, node, nodes):
        typed = [n for n in nodes if n.get("{%s}type" % XSI)]
        if typed and self.rng.random() < 0.7:
            node = self.rng.choice(typed)
        value = self.rng.choice(self.types)
        if self.rng.random() < 0.3:
            value = self.rng.choice(["CD", "CE", "IVL_TS", "PQ", "ST", "ED", "TS", "II", "IVL_PQ", "PIVL_TS", "SXPR_TS", "RTO_PQ_PQ", "BL"])
        if self.rng.random() < 0.15:
            value = self.rng.choice(["sdtc:", "xs:", "hl7:", "nope:", "", " "]) + value
        node.set("{%s}type" % XSI, value)
        return True

    def do_type_drop(self, node, nodes):
        typed = [n for n in nodes if n.get("{%s}type" % XSI)]
        if not typed:
            return False
        del self.rng.choice(typed).attrib["{%s}type" % XSI]
        return True

    def do_text(self, node, _):
        text = self.rng.choice([" ", "\n", "x", "  y ", "é", "\u00a0", "1 2", "0"])
        if self.rng.random() < 0.5 or node.getparent() is None:
            node.text = text + (node.text or "")
        else:
            node.tail = text + (node.tail or "")
        return True

    def do_comment(self, node, _):
        new = etree.Comment("c") if self.rng.random() < 0.5 else etree.ProcessingInstruction("p", "i")
        node.insert(0, new)
        return True

    def do_identifier(self, node, nodes):
        targets = [n for n in nodes if n.get("ID")]
        if not targets:
            return False
        target = self.rng.choice(targets)
        others = [n for n in nodes if "ID" in n.attrib or "referencedObject" in n.attrib or "IDREF" in n.attrib]
        node = self.rng.choice(others)
        name = self.rng.choice([a for a in ("ID", "referencedObject", "IDREF") if a in node.attrib])
        node.set(name, self.rng.choice([target.get("ID"), target.get("ID") + " ", "nowhere", "9x", "", "a b"]))
        return True

    def do_narrative(self, node, nodes):
        texts = [n for n in nodes if etree.QName(n).localname in ("text", "content", "td", "paragraph", "caption", "item", "title")]
        if not texts:
            return False
        node = self.rng.choice(texts)
        name = self.rng.choice(
            ["content", "br", "sub", "list", "table", "footnote", "footnoteRef", "renderMultiMedia", "linkHtml", "paragraph", "caption", "reference", "thumbnail", "item", "tr"]
        )
        new = etree.Element(f"{{{V3}}}{name}")
        if self.rng.random() < 0.3:
            new.set(self.rng.choice(["ID", "styleCode", "language", "IDREF", "referencedObject"]), self.rng.choice(["a", "a b", "", "zz9"]))
        node.insert(self.rng.randint(0, len(node)), new)
        return True


# Attributes and elements of every simple type, and the characters that its values are made of.
LEXICAL = {
    "uri": ('<telecom value="{}"/>', "tel:/?#[]@!$&'()*+,;=abA0%2G.-_~ <>\"{}|\\^`é:://"),
    "real": ('<value xsi:type="REAL" value="{}"/>', "0123.eE+- INFa"),
    "int": ('<value xsi:type="INT" value="{}"/>', "0123+-. a"),
    "digits": (
        '<value xsi:type="SLIST_PQ"><origin/><scale/><digits>{}</digits></value>',
        "0123+- \n.",
    ),
    "probability": ('<value xsi:type="UVP_TS" probability="{}"/>', "01.e-5NaINF "),
    "ts": ('<effectiveTime value="{}"/>', "01234567890123456789.+-Z "),
    "uid": ('<id root="{}"/>', "012.12.012-aF "),
    "uuid": ('<id root="12345678-1234-1234-{}-123456789012"/>', "0aFg-"),
    "base64": ('<text integrityCheck="{}"/>', "AQgwB=+/= \n"),
    "token": ('<code code="{}"/>', "a b\t\né<"),
    "names": ('<content ID="{}" styleCode="{}" language="{}"/>', "ab-._:0 é·\u00d7\u0300\u2028"),
    "codes": ('<telecom use="{}"/>', ["H", "HP", "WP", " ", "  ", "\t", "x", "hp", "TMP", "BAD"]),
    "boolean": ('<id displayable="{}"/>', ["true", "false", "1", "0", " ", "TRUE", "x"]),
    "string": ('<id extension="{}"/>', [" ", "x", "\n", "é"]),
    "name": ('<value xsi:type="{}"/>', ["CD", "hl7:", "sdtc:", "xsi:", ":", " ", "PQ", "IVL_", "TS", "INT_POS", "ANY"]),
    "type": ('<performer><functionCode xsi:type="{}"/></performer>', ["CD", "ST", "AD", "hl7:", "pharm:", "BL", " ", "II"]),
    "any": (
        "<performer><functionCode>{}</functionCode></performer>",
        ["x", " ", '<x a="b"/>', '<sdtc:id root="1.2"/>', '<sdtc:id root="-"/>', "<pharm:id/>", '<id root="-"/>', '<x sdtc:valueSet="-"/>',
         '<x xsi:type="PQ" value="1"/>', '<x xsi:type="PQ" value="-"/>', '<x xsi:type="QTY"/>', '<x xsi:type="nope"/>', '<x xsi:nil="true"/>',
         '<y xmlns="urn:y"/>', '<pharm:medication/>', '<x><sdtc:raceCode code=""/></x>', '<x ID="9"/>', '<sdtc:deceasedInd value="1"/>'],
    ),
    "foreign": (
        "<text>{}</text>",
        ["x", " ", '<x xmlns="urn:x"/>', "<sdtc:id/>", '<reference value="#a"/>', "<thumbnail/>", '<x xmlns=""/>', "<!-- c -->", "<id/>",
         "<thumbnail>t</thumbnail>", '<thumbnail><reference value="#a"/></thumbnail>', '<reference><useablePeriod/></reference>'],
    ),
    "pharm": (
        "<value xsi:type='ED'>{}</value>",
        ["<pharm:asContent/>", "<sdtc:raceCode><x/></sdtc:raceCode>", "<reference/>"],
    ),
    "nil": ('<specimen xsi:nil="{}"/>', ["true", "false", "1", " ", "x"]),
}  # fmt: skip

WRAP = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hl7="urn:hl7-org:v3"
 xmlns:sdtc="urn:hl7-org:sdtc" xmlns:pharm="urn:ihe:pharm:medication"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="2.999.1"/><code/>@title@<effectiveTime/><confidentialityCode/>@target@<author><time/><assignedAuthor><id/>@telecom@</assignedAuthor>
</author><custodian><assignedCustodian><representedCustodianOrganization><id/></representedCustodianOrganization></assignedCustodian></custodian>
<documentationOf><serviceEvent>@performer@</serviceEvent></documentationOf><component><structuredBody><component><section>@content@<entry>
<observation classCode="OBS" moodCode="EVN">@id@@code@@text@@effectiveTime@@value@@specimen@</observation></entry></section></component>
</structuredBody></component></ClinicalDocument>"""
DEFAULTS = {
    "code": "<code/>",
    "target": "<recordTarget><patientRole><id/></patientRole></recordTarget>",
    "performer": '<performer typeCode="PRF"><assignedEntity><id/></assignedEntity></performer>',
}


def lexical(rng):
    """A small document with one random value of one simple type."""
    kind = rng.choice(sorted(LEXICAL))
    fragment, alphabet = LEXICAL[kind]
    value = "".join(rng.choice(alphabet) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4, 4, 5, 8, 8, 14, 16, 19])))
    if kind == "uri" and rng.random() < 0.6:
        value = rng.choice(["tel:", "http://", "http://[::1]", "mailto:", "#", "a/", "//", "x-y:"]) + value
    markup = kind in ("any", "foreign", "pharm")
    for plain, escaped in () if markup else (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        value = value.replace(plain, escaped)
    fragment = fragment.replace("{}", value)
    slot = re.match(r"<(\w+)", fragment).group(1)
    if kind == "foreign":
        fragment = f"<id/><code/>{fragment}"
        slot = "id"
    if slot == "content":
        fragment = f"<text>{fragment}</text>"
    if slot == "performer":
        fragment = fragment.replace("<performer>", '<performer typeCode="PRF">')
        fragment = fragment.replace("</performer>", "<assignedEntity><id/></assignedEntity></performer>")
    if slot == "specimen":
        fragment = fragment.replace("/>", "><specimenRole/></specimen>")
    slots = {**DEFAULTS, slot: fragment}
    if kind == "foreign":
        slots["code"] = ""
    return kind, re.sub(r"@(\w+)@", lambda m: slots.get(m.group(1), ""), WRAP)


def documents(folder):
    for path in sorted(folder.rglob("*.xml")):
        try:
            tree = etree.parse(str(path), etree.XMLParser(huge_tree=True, remove_pis=False))
        except etree.XMLSyntaxError:
            continue
        if tree.getroot().tag == f"{{{V3}}}ClinicalDocument":
            for long in tree.getroot().iter(f"{{{V3}}}text", f"{{{V3}}}value"):
                if long.text and len(long.text) > 8000 and not len(long):
                    long.text = long.text[:800]
            yield path.name, tree


def libxml2(schema, paths):
    for path in paths:
        try:
            tree = etree.parse(path, etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as problem:
            yield -1, str(problem)
            continue
        fits = schema.validate(tree)
        log = schema.error_log
        yield (0, "") if fits else (max(len(log), 1), f"{log[0].line}: {log[0].message}" if len(log) else "")


def lines(command, paths):
    done = subprocess.run(command, input="\n".join(paths) + "\n", encoding="utf-8", errors="replace", capture_output=True, check=True)
    for line in done.stdout.rstrip("\n").split("\n"):
        count, _, message = line.partition("\t")
        yield int(count), message


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--xsd", type=pathlib.Path, required=True)
    parser.add_argument("--documents", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--lexical", action="store_true", help="values of simple types, in small documents, instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="folder in which the documents are left")
    parser.add_argument("--verbose", action="store_true", help="print where libxml2 differs, too")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/examples/structure_verdict")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    mutator = Mutator(options.xsd, rng)
    bases = [] if options.lexical else list(documents(options.documents))
    schema = etree.XMLSchema(etree.parse(str(options.xsd / "CDA_extended.xsd")))
    folder = options.keep or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    paths, kinds = [], []
    weights = [1 / (1 + len(etree.tostring(t)) / 60000) for _, t in bases]
    for number in range(options.count):
        path = folder / f"{number:05}.xml"
        if options.lexical:
            kind, text = lexical(rng)
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
            kinds.append(kind)
            continue
        name, base = rng.choices(bases, weights)[0]
        tree = copy.deepcopy(base)
        kind = "+".join(filter(None, (mutator.change(tree) for _ in range(rng.choice([1, 1, 1, 1, 2])))))
        tree.write(str(path), encoding="UTF-8", xml_declaration=True)
        paths.append(str(path))
        kinds.append(f"{name} {kind}")
    ours = list(lines([str(options.program)], paths))
    first = list(libxml2(schema, paths))
    second = [None] * len(paths)
    if shutil.which("java"):
        java = ["java", str(HERE / "Differential.java"), str(options.xsd / "CDA_extended.xsd")]
        second = list(lines(java, paths))
    else:
        print("Xerces: not run (no java)")
    figures = collections.Counter()
    for path, kind, us, xml2, xerces in zip(paths, kinds, ours, first, second, strict=True):
        reference = xml2 if xerces is None else xerces
        figures["documents"] += 1
        figures["refused"] += reference[0] != 0
        figures["as libxml2"] += (us[0] == 0) == (xml2[0] == 0)
        if xerces is not None:
            figures["as Xerces"] += (us[0] == 0) == (xerces[0] == 0)
            figures["libxml2 as Xerces"] += (xml2[0] == 0) == (xerces[0] == 0)
        if us[0] == 1:
            figures["refused with one finding"] += 1
        if (us[0] == 0) != (xml2[0] == 0) and options.verbose:
            print(f"{os.path.basename(path)} {kind}\n  libxml2 {xml2}\n  ours    {us}")
        if (us[0] == 0) != (reference[0] == 0):
            print(f"\n{os.path.basename(path)} {kind}\n  ours    {us}\n  libxml2 {xml2}\n  Xerces  {xerces}")
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    if options.keep is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
