#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole runs of a program built with ThreadSanitizer (preset `tsan`), on 1, 2 and 7 threads: no race, no locks taken in two orders, the same bytes.

races.py      CORDON_PROGRAM: that program"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import lattice_study
from whole_runs import SOURCE, Folder, Skip, cordon, expect, fernhill, program, run_tests, tests_of

ROWS = 40_000  # four batches, several of which are under way at once
FOUND = 66  # the status of a run with reports


def _run(study, out, threads, names):
    words = [word for name in names for word in ("--out", out / name)]
    environment = {"TSAN_OPTIONS": f"suppressions={SOURCE / 'tests' / 'tsan.supp'} exitcode={FOUND}"}
    return cordon(["check", study, "--threads", threads, *words, "--findings", out / "f.csv", "--places", out / "z.csv"], out, environment, seconds=1200)


def _no_race(study, names):
    if b"__tsan_init" not in Path(program()).read_bytes():
        raise Skip("the program is not built with ThreadSanitizer")
    first = {}
    for threads in (1, 2, 7):
        with Folder("races") as out:
            run = _run(study, out, threads, names)
            found = sorted(set(re.findall(r"SUMMARY: ThreadSanitizer: (.*)", run.err)))
            expect(not found, f"{threads} threads: " + "; ".join(found) + "\n" + run.err[:6000])
            expect(run.status == 0 and not run.err, f"{threads} threads: {run}")
            written = {path.name: path.read_bytes() for path in out.iterdir()}
        first = first or written
        expect(written == first, f"{threads} threads: other bytes than with one")


def fernhill_has_no_race():
    with Folder("races-fernhill") as folder:
        _no_race(fernhill(folder / "study"), ("v.csv", "v.json", "v.geojson", "v.gpkg", "v.fgb"))


def lattice_has_no_race():
    with Folder("races-lattice") as folder:
        _no_race(lattice_study.write(folder / "study", ROWS), ("v.csv", "v.geojson"))


if __name__ == "__main__":
    sys.exit(run_tests(tests_of(sys.modules[__name__])))
