"""Recall and median time of segur-ins and of zxing-cpp on the same folder of images, one thread each, decoding alone.

    cargo run --release -p segur-ins --example scan-images -- target/pages 200
    cargo build --release -p segur-ins --features scan --example scan-times
    target/judges/bin/python ins/tools/scan_compare.py target/pages

`.ci/judges` makes target/judges. The time of an image is the best of ROUNDS runs, for other work of the machine only adds; reading the PNG
is not counted.
"""

import importlib.metadata
import pathlib
import statistics
import subprocess
import sys
import time

import numpy
import zxingcpp
from PIL import Image

ROUNDS = 7
TIMES = "target/release/examples/scan-times"


def zxing(read, path, rounds):
    image = numpy.asarray(Image.open(path).convert("L"))
    best = None
    for _ in range(rounds):
        start = time.perf_counter_ns()
        found = read(image, formats=zxingcpp.BarcodeFormat.DataMatrix)
        spent = time.perf_counter_ns() - start
        best = spent if best is None else min(best, spent)
    found = found if isinstance(found, list) else [found] if found else []
    return [code.text.replace("<GS>", "\x1d") for code in found if code.valid], best


def own(folder):
    output = subprocess.run([TIMES, str(folder), str(ROUNDS)], check=True, capture_output=True, text=True).stdout
    for line in output.rstrip("\n").split("\n"):  # splitlines() would split at GS
        name, spent, result = line.split("\t")
        yield name, int(spent), result


def report(name, results):
    right = sum(ok for ok, _ in results.values())
    times = [spent / 1e6 for _, spent in results.values()]
    times.sort()
    print(
        f"{name:32} {right:4} of {len(results)}   median {statistics.median(times):6.2f} ms"
        f"   p90 {times[len(times) * 9 // 10]:6.2f} ms   worst {times[-1]:6.2f} ms"
    )
    return right, statistics.median(times)


def main():
    folder = pathlib.Path(sys.argv[1])
    said = {path.stem: path.read_text() for path in sorted(folder.glob("*.txt"))}
    ours = {name: (result == said[name], spent) for name, spent, result in own(folder)}
    # The first stops at one symbol; the second, the usual face, searches the whole image: one run of it is enough.
    faces = {"read_barcode": (zxingcpp.read_barcode, ROUNDS), "read_barcodes": (zxingcpp.read_barcodes, 1)}
    judge = {}
    for face, (read, rounds) in faces.items():
        judge[face] = {}
        for name in said:
            texts, spent = zxing(read, folder / f"{name}.png", rounds)
            judge[face][name] = (said[name] in texts, spent)
    right, median = report("segur-ins", ours)
    for face, results in judge.items():
        others, theirs = report(f"zxing-cpp {importlib.metadata.version('zxing-cpp')} {face}", results)
        print(f"{'':32} ours / theirs: recall {right - others:+}, median time x {median / theirs:.2f}")
    print("missed by segur-ins:", [name for name in said if not ours[name][0]])
    for face, results in judge.items():
        print(f"missed by {face}:", [name for name in said if not results[name][0]])


if __name__ == "__main__":
    main()
