#!/usr/bin/env python3
"""Judges documents with the published schema (libxml2) and the published Schematron files (SaxonC).

An outside judge: nothing of this workspace takes part. The files are those of ansforge/TestContenuCDA-3-0; the
common ones and the one of each document's model (root and version of its last template) are run. What a file cannot be
run for (a part that the copy lacks) is said, and counts as a failure unless --lenient.

Needs: pip install saxonche lxml
usage: judge.py --official DIR [--lenient] FILE_OR_FOLDER...
exit: 0 nothing found, 1 something found, 2 the judge cannot run
"""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile

try:
    from lxml import etree
    from saxonche import PySaxonProcessor
except ImportError as error:
    print(f"cannot run: {error}")
    raise SystemExit(2)

HL7 = "{urn:hl7-org:v3}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
STEPS = ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl")
COMMON = (
    "profils/IHE.sch",
    "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
    "profils/CI-SIS_ModelesDeContenusCDA.sch",
    "profils/CI-SIS_Modeles_ANS.sch",
)
MODELS = {
    "1.2.250.1.213.1.1.1.5.1": "CSE-CS8",
    "1.2.250.1.213.1.1.1.5.2": "CSE-CS9",
    "1.2.250.1.213.1.1.1.5.3": "CSE-CS24",
    "1.2.250.1.213.1.1.1.5.4": "CSE-MDE",
    "1.2.250.1.213.1.1.1.37": "VAC",
    "1.2.250.1.213.1.1.1.46": "VAC-NOTE",
    "1.2.250.1.213.1.1.1.59": "BIO-TROD",
}
TYPE_CODE = "1.2.250.1.213.1.1.5.471"


class Judge:
    """The published rules, compiled when a document first needs them."""

    def __init__(self, official, folder, processor):
        self.official = official
        self.rules = folder / "schematrons"
        self.engine = official / "schematrons/moteur"
        self.xslt = processor.new_xslt30_processor()
        self.sheets = {}
        shutil.copytree(official / "schematrons", self.rules)
        shutil.copytree(official / "jeuxDeValeurs", folder / "jeuxDeValeurs")
        self.complete_header_rules()
        self.complete_names()
        schema = next((official / "infrastructure/cda").glob("CDA_extended.xsd"))
        self.schema = etree.XMLSchema(etree.parse(str(schema)))

    def complete_header_rules(self):
        """The value set that the copy may lack is made from its published file."""
        missing = self.rules / f"profils/structurationMinimale/include/voc-{TYPE_CODE}-DYNAMIC.xml"
        if missing.exists():
            return
        published = next((self.official / "jeuxDeValeurs").glob("JDV_J07_*.xml"))
        concepts = "".join(
            f'<concept code="{c.get("code")}" codeSystem="{c.get("codeSystem")}"/>'
            for c in etree.parse(str(published)).iter("{*}Concept")
        )
        missing.write_text(
            f'<valueSets><valueSet id="{TYPE_CODE}"><conceptList>{concepts}</conceptList></valueSet></valueSets>',
            encoding="utf-8",
        )

    def complete_names(self):
        """The files are named as on a system that takes `A.sch` for `a.sch`: names in other cases are added."""
        for path in list(self.rules.rglob("*.sch")):
            text = path.read_text(encoding="utf-8")
            for name in re.findall(r"""(?:href=|')"?([^"'<>]*\.(?:sch|xml))["']""", text):
                for base in (path.parent, self.rules, self.rules / "profils"):
                    wanted = base / name
                    if wanted.exists() or not wanted.parent.is_dir():
                        continue
                    same = [f for f in wanted.parent.iterdir() if f.name.lower() == wanted.name.lower()]
                    if same:
                        shutil.copy(same[0], wanted)

    def sheet(self, name):
        """The compiled stylesheet of a Schematron file, beside it so that relative paths hold."""
        if name not in self.sheets:
            current = self.rules / name
            base = current
            for step in STEPS:
                sheet = self.xslt.compile_stylesheet(stylesheet_file=str(self.engine / step))
                text = sheet.transform_to_string(source_file=str(current))
                current = base.with_name(f"{base.stem}.{step}")
                current.write_text(text, encoding="utf-8")
            self.sheets[name] = self.xslt.compile_stylesheet(stylesheet_file=str(current))
        return self.sheets[name]

    def model(self, document):
        """The Schematron file of a document, by root and version of its last template with a version."""
        templates = document.getroot().findall(HL7 + "templateId")
        for template in reversed(templates):
            family, version = MODELS.get(template.get("root")), template.get("extension")
            name = f"CI-SIS_{family}_{version}.sch"
            if family and (self.rules / name).exists():
                return name
        return None

    def findings(self, path):
        """Pairs (source, text) of what is found, and of what cannot be run."""
        document = etree.parse(str(path))
        found, not_run = [], []
        if not self.schema.validate(document):
            found += [("schema", f"line {e.line}: {e.message}") for e in self.schema.error_log]
        model = self.model(document)
        if model is None:
            not_run.append(("model", "no published file for this model"))
        for name in (*COMMON, *([model] if model else [])):
            try:
                svrl = self.sheet(name).transform_to_string(source_file=str(path))
            except Exception as error:  # SaxonC raises only this
                not_run.append((name, str(error).splitlines()[0]))
                continue
            report = etree.fromstring(svrl.encode())
            if report.find(SVRL + "fired-rule") is None and name == model:
                not_run.append((name, "no rule fired"))
            for failed in report.iter(SVRL + "failed-assert", SVRL + "successful-report"):
                if failed.get("role") not in ("warning", "info"):
                    text = " ".join("".join(failed.itertext()).split())
                    found.append((name, f"{failed.get('location')}: {text}"))
        return found, not_run


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--official", type=pathlib.Path, required=True)
    parser.add_argument("--lenient", action="store_true", help="what cannot be run is no failure")
    parser.add_argument("paths", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    documents = []
    for path in options.paths:
        documents += sorted(path.glob("*.xml")) if path.is_dir() else [path]
    bad = 0
    with tempfile.TemporaryDirectory() as name, PySaxonProcessor(license=False) as processor:
        judge = Judge(options.official, pathlib.Path(name), processor)
        for path in documents:
            found, not_run = judge.findings(path)
            for source, text in found:
                print(f"{path.name}: {source}: {text}")
            for source, text in not_run:
                print(f"{path.name}: {source}: NOT RUN: {text}")
            bad += bool(found or (not_run and not options.lenient))
    print(f"{len(documents)} documents judged by libxml2 and SaxonC, {bad} with findings")
    return 1 if bad or not documents else 0


if __name__ == "__main__":
    sys.exit(main())
