#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Walked distances of `cordon check` against networkx (Debian: python3-networkx) on random street networks: sites and entrances in the middle of links and off them,
parallel links, loops, dead ends, parts that no way joins. Then: the same bytes for links in another order, drawn the other way round, and any number of threads.

walking_oracle.py [TEST ...]      CORDON_PROGRAM: the program. Says that it skips where networkx is not installed."""

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "support")]
try:
    import oracle
except ImportError:
    oracle = None
import networks
from whole_runs import Folder, Skip, cordon, expect, run_tests, tests_of

SYSTEM_PYTHON = "/usr/bin/python3"

STUDY = """\
[study]
title = "Walks"
crs = "EPSG:27700"
as-at = 2026-01-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
preset = "none"
columns = {{ id = "id", name = "id", x = "x", y = "y" }}
entrances = {{ file = "entrances.csv", place = "school", crs = "EPSG:27700", columns = {{ x = "x", y = "y" }} }}
accuracy = "0 m"
site-radius = "50 km"

[layers.streets]
kind = "streets"
file = "streets.gpkg"
preset = "none"
columns = {{ id = "id" }}
topology = "{topology}"
walkable = "all"
band = "{band} m"
most-access = "100 m"

[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
preset = "none"
columns = {{ reference = "reference", x = "x", y = "y" }}
accuracy = "0 m"
"""

POLICY = """\
[policy]
id = "walks"
title = "Walks"
authority = "Nobody"
kind = "spd"
status = "adopted"
in-force = {{ from = 2000-01-01 }}
applies-to = ["hot-food-takeaway"]
source = "Invented"

[[rule]]
id = "walk"
title = "Not within {limit} m on foot"
cite = "Invented"
distance = {{ to = ["schools"], from = "entrances", by = "walking" }}
breach = "<= {limit} m"
outcome = "refuse"
"""


def _table(path, header, rows):
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")


def _write_streets(folder, lines):
    _table(folder / "streets.csv", "id,WKT", ((k + 1, '"LINESTRING(' + ",".join(f"{x:.2f} {y:.2f}" for x, y in line) + ')"') for k, line in enumerate(lines)))
    (folder / "streets.gpkg").unlink(missing_ok=True)
    subprocess.run(["ogr2ogr", "-f", "GPKG", folder / "streets.gpkg", folder / "streets.csv", "-a_srs", "EPSG:27700", "-nlt", "LINESTRING"], check=True,
                   stdout=subprocess.DEVNULL)
    (folder / "streets.csv").unlink()


def _write(folder, world, schools, sites, limit, band):
    _write_streets(folder, world.lines)
    _table(folder / "schools.csv", "id,x,y", ((school, *world.schools[school][0]) for school in schools))
    _table(folder / "entrances.csv", "school,x,y", ((school, *gate) for school in schools for gate in world.schools[school]))
    _table(folder / "applications.csv", "reference,x,y", ((site, *world.sites[site]) for site in sites))
    (folder / "policy.toml").write_text(POLICY.format(limit=limit), encoding="utf-8")
    (folder / "study.toml").write_text(STUDY.format(topology=world.topology, band=band), encoding="utf-8")


def _findings(folder):
    run = cordon(["check", "study.toml", "--tie", "0", "--findings", "f.csv", "--force"], folder)
    expect(run.status == 0, str(run))
    with (folder / "f.csv").open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row for row in csv.DictReader(file)}


def _compare(asked, world, limit, band, seen):
    sites = sorted(asked.known())
    with Folder("walks") as folder:
        _write(folder, world, asked.schools(), sites, limit, band)
        found = _findings(folder)
    expect(sorted(found) == sites, f"{world.name}: {len(sites)} sites asked, {len(found)} answered")
    for site in sites:
        result, school, walk, close = oracle.decide(asked, site, limit, band)
        row = found[site]
        what = f"{world.name}, {site}, limit {limit} m ± {band} m: {row['result']} {row['place_id']} {row['measured']}; by networkx {result} {school} {walk} mm"
        expect(row["result"] == result or (close and not world.exact), what)
        seen[row["result"]] += 1
        if row["result"] not in ("breach", "borderline") and not (walk is not None and row["measured"] and row["result"] == "clear"):
            continue
        off = abs(float(row["measured"]) * 1000 - walk)
        expect(off < (0.5 if world.exact else 2.5), what)
        # Of walks of one length the least id; where lengths were rounded a millimetre may stand between two.
        expect(row["place_id"] == school or (not world.exact and abs(asked.walks(site)[row["place_id"]] - walk) <= 2), what)
        seen["walked"] += 1
        seen["ties"] += sum(1 for other in asked.walks(site).values() if other == walk) > 1


def walks_are_those_of_networkx():
    if oracle is None:
        raise Skip("networkx is not installed (Debian: python3-networkx)")
    seen = dict.fromkeys(("breach", "borderline", "clear", "unknown", "walked", "ties"), 0)
    for number, world in enumerate(networks.worlds()):
        asked = oracle.Oracle(world)
        for limit, band in ((400, 0), (160, 10)) if number % 2 else ((220, 25), (90, 0)):
            _compare(asked, world, limit, band, seen)
    print(f"      {seen['walked']} walks, {seen['ties']} to one of several schools equally far; " + ", ".join(f"{seen[r]} {r}" for r in ("breach", "borderline", "clear", "unknown")))
    # A test that never came to one of them would say nothing of it.
    expect(all(seen[what] >= 20 for what in seen), f"too few of something: {seen}")


def _bytes(folder, *options):
    run = cordon(["check", "study.toml", "--tie", "0", "--out", "v.csv", "--out", "v.geojson", "--findings", "f.csv", "--places", "p.csv", "--force", *options], folder)
    expect(run.status == 0, str(run))
    table = cordon(["check", "study.toml", "--tie", "0", *options], folder)
    return {"standard output": table.out, **{name: (folder / name).read_bytes() for name in ("v.csv", "v.geojson", "f.csv", "p.csv")}}


def the_order_of_links_and_the_number_of_threads_change_no_byte():
    for world in (networks.two_towns(0), networks.through_vertices(0), networks.lattice(0)):
        with Folder("walks") as folder:
            _write(folder, world, sorted(world.schools), sorted(world.sites), 400, 10)
            plain = _bytes(folder, "--threads", "2")
            for threads in ("1", "7"):
                expect(_bytes(folder, "--threads", threads) == plain, f"{world.name}: other bytes with {threads} threads")
            for seed in range(3):
                order = random.Random(seed)
                lines = [line[::-1] if order.random() < 0.5 else line for line in world.lines]
                order.shuffle(lines)
                _write_streets(folder, lines)
                other = _bytes(folder)
                expect(other == plain, f"{world.name}: other bytes of {', '.join(n for n in plain if other[n] != plain[n])} with links in another order and drawn the other way round")


def _with_networkx():
    """Debian's Python where this one has no networkx."""
    if oracle is None and sys.executable != SYSTEM_PYTHON and os.access(SYSTEM_PYTHON, os.X_OK):
        if subprocess.run([SYSTEM_PYTHON, "-c", "import networkx"], capture_output=True, check=False).returncode == 0:
            os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, "-B", *sys.argv])


if __name__ == "__main__":
    _with_networkx()
    sys.exit(run_tests(tests_of(sys.modules[__name__]), sys.argv[1:]))
