#!/usr/bin/env python3
"""Compares our header check with the published schema on documents changed at random.

The published rules (ansforge/TestContenuCDA-3-0, "structurationMinimale") are compiled with the stylesheets that
come with them and run with Saxon; ours are run with the command `segur`. Each change touches one element or
attribute of a header. For every changed document the two must agree on: refused or not, and each place refused.

Needs: pip install saxonche lxml
usage: header_differential.py --official DIR --segur PROGRAM --value-sets DIR [--seed N] [--count N] DOCUMENT...
"""
import argparse
import copy
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile

from lxml import etree
from saxonche import PySaxonProcessor

HL7 = "{urn:hl7-org:v3}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
TYPE_CODE = "1.2.250.1.213.1.1.5.471"
ODD_VALUES = ["", "x", "urn:oid:1.2.3", "a b", "2024-01-01", "20241399", "1.02.3", "fr", "BR", "CL", "SP", "-5", "tel:"]
ODD_ATTRIBUTES = [
    ("use", "H"), ("use", "BAD"), ("qualifier", "BR"), ("extension", ""), ("root", "2.999.9"), ("code", "zz"),
    ("codeSystem", "9.9"), ("displayName", ""), ("value", "2024"), ("typeCode", "ZZ"), ("classCode", "ZZ"),
]


def compile_schema(official, folder):
    """Returns the stylesheet of the published header rules; the value set they lack is made from its published file."""
    source = official / "schematrons/profils/structurationMinimale"
    work = folder / "rules"
    shutil.copytree(source, work)
    missing = work / f"include/voc-{TYPE_CODE}-DYNAMIC.xml"
    if not missing.exists():
        published = next((official / "jeuxDeValeurs").glob("JDV_J07_*.xml"))
        concepts = "".join(
            f'<concept code="{c.get("code")}" codeSystem="{c.get("codeSystem")}"/>'
            for c in etree.parse(str(published)).iter("{*}Concept")
        )
        missing.write_text(
            f'<valueSets><valueSet id="{TYPE_CODE}"><conceptList>{concepts}</conceptList></valueSet></valueSets>',
            encoding="utf-8",
        )
    current = work / "ASIP-STRUCT-MIN-StrucMin.sch"
    with PySaxonProcessor(license=False) as processor:
        xslt = processor.new_xslt30_processor()
        for step in ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl"):
            sheet = xslt.compile_stylesheet(stylesheet_file=str(official / "schematrons/moteur" / step))
            text = sheet.transform_to_string(source_file=str(current))
            current = work / f"{step}.out.xsl"
            current.write_text(text, encoding="utf-8")
    return current


def changes(root, chance, count):
    """Draws changes of the header: (verb, index of the element, attribute, value)."""
    body = root.find(HL7 + "component")
    inside = set(body.iter()) if body is not None else set()
    drawn = []
    for index, element in enumerate(root.iter("*")):
        if element is root or element in inside:
            continue
        drawn += [(verb, index, None, None) for verb in ("delete", "repeat", "absent", "null", "child", "empty")]
        for name in element.attrib:
            drawn.append(("unset", index, name, None))
            drawn += [("set", index, name, value) for value in ODD_VALUES]
        drawn += [("set", index, name, value) for name, value in ODD_ATTRIBUTES if name not in element.attrib]
    chance.shuffle(drawn)
    return drawn[:count]


def changed(source, change):
    """The document after one change."""
    verb, index, name, value = change
    root = etree.fromstring(source)
    element = list(root.iter("*"))[index]
    parent = element.getparent()
    if verb == "delete":
        parent.remove(element)
    elif verb == "repeat":
        parent.insert(parent.index(element) + 1, copy.deepcopy(element))
    elif verb in ("absent", "empty"):
        for child in list(element):
            element.remove(child)
        element.text = None
        if verb == "absent":
            element.attrib.clear()
            element.set("nullFlavor", "UNK")
    elif verb == "null":
        element.set("nullFlavor", "NA")
    elif verb == "child":
        element.append(etree.Element(HL7 + "inconnu"))
    elif verb == "unset":
        del element.attrib[name]
    elif verb == "set":
        element.set(name, value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def plain(path):
    """A location without prefixes."""
    return re.sub(r"(?<=/)[\w.-]+:", "", path)


def official_verdict(sheet, path):
    """Places of the errors, or None when the published schema stops."""
    try:
        svrl = sheet.transform_to_string(source_file=str(path))
    except Exception:  # a dynamic error of the schema: it says nothing of the document
        return None
    failed = etree.fromstring(svrl.encode()).iter(SVRL + "failed-assert", SVRL + "successful-report")
    return [plain(f.get("location")) for f in failed if f.get("role") not in ("warning", "info")]


def own_verdicts(program, value_sets, folder):
    """Places of the errors of the header and its data types, per file name."""
    command = [program, "validate", str(folder), "--profile", "official", "--value-sets", value_sets, "--format", "json"]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return {
        pathlib.Path(file["path"]).name: [
            plain(finding["xpath"])
            for finding in file["findings"]
            if finding["severity"] == "error" and finding["rule"].startswith(("header-", "dt-"))
        ]
        for file in json.loads(output)["files"]
    }


def near(own, official):
    """Ours may be more precise: a child of the place, or a trait of the patient for a rule on the document."""
    return own == official or own.rsplit("/", 1)[0] == official or own.startswith(official + "/")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--official", type=pathlib.Path, required=True)
    parser.add_argument("--segur", required=True)
    parser.add_argument("--value-sets", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="changes per document")
    parser.add_argument("documents", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    differences = stopped = total = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tried = {}
        (folder / "changed").mkdir()
        for document in options.documents:
            source = document.read_bytes()
            for number, change in enumerate(changes(etree.fromstring(source), chance, options.count)):
                path = folder / "changed" / f"{document.stem}-{number}.xml"
                path.write_bytes(changed(source, change))
                tried[path] = change
        ours = own_verdicts(options.segur, options.value_sets, folder / "changed")
        schema = compile_schema(options.official, folder)
        with PySaxonProcessor(license=False) as processor:
            sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(schema))
            for path, change in tried.items():
                total += 1
                theirs, own = official_verdict(sheet, path), ours[path.name]
                if theirs is None:
                    stopped += 1
                    continue
                missed = [place for place in theirs if not any(near(mine, place) for mine in own)]
                extra = [mine for mine in own if not any(near(mine, place) for place in theirs)]
                if missed or extra:
                    differences += 1
                    print(path.name, change, "missed:", missed[:3], "extra:", extra[:3])
    print(f"{total} documents, {stopped} on which the published schema stops, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
