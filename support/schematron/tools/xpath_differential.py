#!/usr/bin/env python3
"""Asks SaxonC and this engine the same XPath expressions and lists where they differ.

    pip install saxonche lxml
    python3 tools/xpath_differential.py OFFICIAL_DIR [--nodes N] [--documents N] [--sets N]

OFFICIAL_DIR holds a copy of the agency's rules: every expression of its .sch files is evaluated
at elements sampled from its example documents. Variables get sampled values, the same for both.
Expressions that need XSLT (document(), current()) are left to the comparison of whole schemas.
"""
import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

HERE = os.path.dirname(os.path.abspath(__file__))
NAMESPACES = {
    "cda": "urn:hl7-org:v3",
    "hl7": "urn:hl7-org:v3",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "svs": "urn:ihe:iti:svs:2008",
    "sdtc": "urn:hl7-org:sdtc",
    "lab": "urn:oid:1.3.6.1.4.1.19376.1.3.2",
    "pharm": "urn:ihe:pharm",
    "jdv": "http://esante.gouv.fr",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
VALUES = [
    [], ["x"], ["20240101"], ["2024-02-30T00:00:00"], ["00"], ["CD"], ["a", "b"], ["http"],
    ["+0100"], ["1.2.250.1"], ["tel:+33 1"], [""], ["-20240101103000+0100"], ["ftp"], ["mailto"],
]


def expressions(folder):
    """Expressions of all schema files, with the abstract parameters left out."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "schematrons", "**", "*.sch"), recursive=True)):
        if os.sep + "moteur" + os.sep in path:
            continue
        try:
            tree = ET.parse(path)
        except ET.ParseError:
            continue
        for element in tree.iter():
            for name in ("context", "test", "select", "path", "value"):
                text = element.attrib.get(name) if isinstance(element.tag, str) else None
                if text:
                    found[text] = name
    return found


def crafted():
    """The tables of our own tests: their expectations are checked, too."""
    pairs = []
    for name in ("xpath_functions.rs", "xpath_syntax.rs"):
        with open(os.path.join(HERE, "..", "tests", name), encoding="utf-8") as file:
            for match in re.finditer(r'\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\)', file.read()):
                unescape = lambda s: s.replace('\\"', '"').replace("\\\\", "\\")
                pairs.append((unescape(match[1]), unescape(match[2])))
    return pairs


class Saxon:
    def __init__(self, namespaces):
        self.processor = PySaxonProcessor(license=False)
        self.xpath = self.processor.new_xpath_processor()
        self.xpath.set_language_version("2.0")
        for prefix, uri in namespaces.items():
            self.xpath.declare_namespace(prefix, uri)

    def run(self, source, node):
        self.xpath.set_context(xdm_item=node)
        try:
            value = self.xpath.evaluate(source)
        except PySaxonApiError as error:
            return str(error).strip()
        items = []
        for index in range(0 if value is None else value.size):
            item = value.item_at(index)
            if item.is_atomic:
                items.append("= " + short(item.string_value or ""))
            else:
                node = item.get_node_value()
                name = re.sub(r"^Q\{[^}]*\}", "", node.name or "") if node.name else ""
                items.append((name, short(node.string_value or "")))
        return items


def short(text):
    """Long values are compared by their beginning and length."""
    return text if len(text) <= 100 else f"{text[:100]} ({len(text)})"


def comparable(items):
    """Prefixes are not at hand in SaxonC: names are compared by their local part."""
    if isinstance(items, str):
        return items
    out = []
    for item in items:
        if isinstance(item, tuple):
            out.append((item[0].split(":")[-1], item[1]))
        elif item.startswith("= "):
            out.append(item)
        else:
            name, _, value = item.partition(" ")
            out.append((name.split(":")[-1], value))
    return out


def ours(job):
    command = ["cargo", "run", "-q", "-p", "segur-schematron", "--example", "xpath_probe"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def written_out(source, variables):
    """SaxonC crashes on some variables: it gets their values as literals."""
    bound = set(re.findall(r"\b(?:for|some|every)\s+\$([\w.-]+)", source))

    def literal(match):
        values = variables.get(match[2])
        if match[2] is None or match[2] in bound or values is None:
            return match[0]
        return "(" + ", ".join(f"'{value}'" for value in values) + ")"

    return re.sub(r"""('[^']*'|"[^"]*")|\$([A-Za-z_][\w.-]*)""", literal, source)


# What SaxonC finds in a literal before evaluation, and would not in a variable never needed.
STATIC = re.compile("cannot compare|is not allowed as|cannot be used here|item type of")


def compare(job, saxon, nodes, report):
    answers = ours(job)
    same = different = 0
    for source, answer in zip(job["expressions"], answers):
        for index, node in enumerate(nodes):
            theirs = saxon.run(written_out(source, job["variables"]), node)
            mine = answer.get("error") or answer["results"][index][0]
            if comparable(mine) == comparable(theirs):
                same += 1
                continue
            # Two errors are both a refusal; which is found first is free (XPath 2.3.4).
            if isinstance(mine, str) and isinstance(theirs, str):
                same += 1
                report.setdefault(("codes", mine, theirs), []).append((source, index))
                continue
            if isinstance(theirs, str) and "$" in source and STATIC.search(theirs):
                continue
            different += 1
            kind = "error" if isinstance(mine, str) or isinstance(theirs, str) else "value"
            report.setdefault((kind, source), []).append((mine, theirs, index))
    return same, different


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("official")
    parser.add_argument("--nodes", type=int, default=12)
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--sets", type=int, default=2, help="assignments of variables to try")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)

    saxon = Saxon(NAMESPACES)
    found = expressions(options.official)
    unfit = re.compile(r"\b(document|doc|doc-available|current)\s*\(")
    sources = [s for s in found if not unfit.search(s)]
    names = sorted({name for s in sources for name in re.findall(r"\$([A-Za-z_][\w.-]*)", s)})
    files = sorted(glob.glob(os.path.join(options.official, "ExemplesCDA", "**", "*.xml"), recursive=True))
    files = [f for f in files if os.path.getsize(f) < 400_000]
    files = random.sample(files, min(options.documents, len(files)))
    builder = saxon.processor.new_document_builder()
    # SaxonC frees a document that Python forgets.
    pairs, nodes, keep = [], [], []
    for at, path in enumerate(files):
        count = sum(1 for e in etree.parse(path).getroot().iter() if isinstance(e.tag, str))
        document = builder.parse_xml(xml_file_name=path)
        keep.append(document)
        saxon.xpath.set_context(xdm_item=document)
        for element in [0] + sorted(random.sample(range(1, count), min(options.nodes, count - 1))):
            pairs.append((at, element))
            nodes.append(saxon.xpath.evaluate_single(f"(//*)[{element + 1}]"))
    report, same, different = {}, 0, 0
    for _ in range(options.sets):
        variables = {name: random.choice(VALUES) for name in names}
        job = {
            "namespaces": NAMESPACES,
            "variables": variables,
            "documents": files,
            "nodes": pairs,
            "expressions": sources,
        }
        s, d = compare(job, saxon, nodes, report)
        same, different = same + s, different + d
    print(f"{len(sources)} expressions at {len(nodes)} nodes, {options.sets} sets of variables: "
          f"{same} same, {different} different")
    for key, cases in sorted(report.items(), key=lambda kv: str(kv[0])):
        print(*key, f"({len(cases)} cases)", cases[:2], sep="\n    ")


if __name__ == "__main__":
    main()
