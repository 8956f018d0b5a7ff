#!/usr/bin/env python3
"""Compares what `segur validate --official` says with what SaxonC says of the published Schematron files.

For each document the common files and the file of its model (as `segur` chose it) are run by both; compared is the
set of (file, pattern, location) of failed assertions and reports. Development only: needs a copy of
ansforge/TestContenuCDA-3-0, and pip install saxonche lxml.

usage: schematron_differential.py --official DIR --segur BINARY FILE_OR_FOLDER...
exit: 0 the same, 1 a difference, 2 the comparison cannot run
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from judge import COMMON, SVRL, Judge, PySaxonProcessor, etree

STEP = re.compile(r"/(@?)\*:([^\[/]+)\[namespace-uri\(\)='[^']*'\](?:\[(\d+)\])?|/([^/]+)")


def short(location):
    """The reference's location as names, with an index from the second on."""
    out = ""
    for attribute, name, index, plain in STEP.findall(location):
        out += "/" + (plain or attribute + name)
        if index not in ("", "1"):
            out += f"[{index}]"
    return out


def schema_of(name):
    return pathlib.PurePosixPath(name).stem


def reference(judge, name, path):
    """(pattern, location) of each failed assertion and report; None when the file cannot be run on it."""
    try:
        svrl = judge.sheet(name).transform_to_string(source_file=str(path))
    except Exception as error:  # SaxonC raises only this
        return None, str(error).splitlines()[0]
    found, pattern = set(), ""
    for element in etree.fromstring(svrl.encode()):
        if element.tag == SVRL + "active-pattern":
            pattern = element.get("id") or ""
        elif element.tag in (SVRL + "failed-assert", SVRL + "successful-report"):
            found.add((pattern, short(element.get("location"))))
    return found, None


def ours(segur, official, path):
    command = [segur, "validate", "--official", official, "--format", "json", "--show-identity", path]
    output = subprocess.run(command, capture_output=True, check=False)
    if output.returncode not in (0, 1):
        raise SystemExit(f"segur cannot run: {output.stderr.decode()}")
    entry = json.loads(output.stdout)["files"][0]
    found, stopped = {}, set()
    for finding in entry["findings"]:
        parts = finding["rule"].split("/")
        if parts[0] == "official" and len(parts) == 3 and parts[1] != "terminologie":
            found.setdefault(parts[1], set()).add((parts[2], finding["xpath"]))
    for rule in entry["not_run"]:
        parts = rule["rule"].split("/")
        if parts[0] == "official" and len(parts) >= 2:
            stopped.add(parts[1])
    return entry.get("model"), found, stopped


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--official", type=pathlib.Path, required=True)
    parser.add_argument("--segur", required=True)
    parser.add_argument("paths", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    documents = []
    for path in options.paths:
        documents += sorted(path.glob("*.xml")) if path.is_dir() else [path]
    runs = compared = same = 0
    with tempfile.TemporaryDirectory() as name, PySaxonProcessor(license=False) as processor:
        judge = Judge(options.official, pathlib.Path(name), processor)
        for path in documents:
            model, found, stopped = ours(options.segur, options.official, path)
            names = list(COMMON)
            if model and (judge.rules / f"{model}.sch").exists():
                names.append(f"{model}.sch")
            for schema in names:
                runs += 1
                theirs, cause = reference(judge, schema, path)
                mine = found.get(schema_of(schema), set())
                if theirs is None:
                    also = "segur too" if schema_of(schema) in stopped else "segur runs it"
                    print(f"{path.name}: {schema}: the reference cannot run it ({also}): {cause}")
                    continue
                compared += 1
                if theirs == mine:
                    same += 1
                    continue
                for what, pairs in (("reference only", theirs - mine), ("segur only", mine - theirs)):
                    for pattern, location in sorted(pairs):
                        print(f"{path.name}: {schema}: {what}: {pattern} {location}")
    print(f"{len(documents)} documents, {runs} runs: {compared} compared, {same} the same")
    return 0 if compared and same == compared else 1


if __name__ == "__main__":
    sys.exit(main())
