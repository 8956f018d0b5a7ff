"""Times SaxonC on the official rules: saxonc.py TREE (DOCUMENT MODEL)...

TREE is a copy of the published files that needs no repair. For each document, prints the seconds
of one warm run of the five common files and of the model's, the least of five.
"""

import os
import sys
import time

from saxonche import PySaxonProcessor

COMMON = [
    "profils/IHE",
    "profils/terminologies/schematron/terminologie",
    "profils/CI-SIS_ModelesDeContenusCDA",
    "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin",
    "profils/CI-SIS_Modeles_ANS",
]
PASSES = ["iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl"]


def main():
    tree, rest = sys.argv[1], sys.argv[2:]
    base = os.path.join(tree, "schematrons")
    with PySaxonProcessor(license=False) as saxon:
        xslt = saxon.new_xslt30_processor()
        cache = {}

        def compiled(name):
            if name not in cache:
                path = os.path.join(base, name + ".sch")
                for number, sheet in enumerate(PASSES):
                    out = os.path.join(base, "%s.%d.xsl" % (name, number))
                    sheet = os.path.join(base, "moteur", sheet)
                    step = xslt.compile_stylesheet(stylesheet_file=sheet)
                    step.transform_to_file(source_file=path, output_file=out)
                    path = out
                cache[name] = xslt.compile_stylesheet(stylesheet_file=path)
            return cache[name]

        for document, model in zip(rest[::2], rest[1::2]):
            sheets = [compiled(name) for name in COMMON + [model]]
            best = None
            for _ in range(5):
                begun = time.perf_counter()
                for sheet in sheets:
                    sheet.transform_to_string(source_file=document)
                spent = time.perf_counter() - begun
                best = spent if best is None else min(best, spent)
            print("%.6f" % best, flush=True)


main()
