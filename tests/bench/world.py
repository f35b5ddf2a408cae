# SPDX-License-Identifier: Apache-2.0
"""The data of a run, and the study with which cordon is asked about them."""

import csv
import hashlib
import sys
from pathlib import Path

import make_data
import process

LIMIT_M = 400

# Schools of size S are points: site-radius says that they have no grounds, so that every program is asked the same.
STUDY = """\
[study]
title = "Speed"
crs = "EPSG:27700"
as-at = 2026-01-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "{places}/schools.{ending}"
preset = "none"
columns = {{ id = "id", name = "name" }}
accuracy = "0 m"
site-radius = "0 m"

[layers.parks]
kind = "places"
file = "{places}/parks.{ending}"
preset = "none"
columns = {{ id = "id", name = "name" }}
accuracy = "0 m"

[layers.applications]
kind = "proposals"
file = "{proposals}"
crs = "EPSG:27700"
preset = "none"
columns = {{ reference = "id", x = "x", y = "y" }}
accuracy = "0 m"
"""

POLICY = f"""\
[policy]
id = "bench"
title = "Speed"
authority = "Nobody"
kind = "spd"
status = "adopted"
in-force = {{ from = 2000-01-01 }}
applies-to = ["hot-food-takeaway"]
source = "Invented"

[[rule]]
id = "near"
title = "Not within {LIMIT_M} m of a school or park"
cite = "Invented"
distance = {{ to = ["schools", "parks"], from = "boundary", by = "straight-line" }}
breach = "<= {LIMIT_M} m"
outcome = "refuse"
"""


class World:
    """A folder with schools.*, parks.* and proposals.csv, as make_data.py writes it."""

    def __init__(self, size, data, work):
        self.size = size
        self.work = work
        work.mkdir(parents=True, exist_ok=True)
        self.own = data is None
        if self.own:
            data = work / "data"
            make(size, data)
        folder = data / size if (data / size).is_dir() else data
        for name in ("schools.gpkg", "parks.gpkg", "proposals.csv"):
            if not (folder / name).is_file():
                raise process.Failed(f"{folder / name} is not there; --data names a folder of the generator's output, or the one above it")
        self.folder = folder.resolve()
        self.proposals = self.folder / "proposals.csv"

    def study(self, name="study", proposals=None, ending="gpkg"):
        """Writes a study of these data; its file."""
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
        text = STUDY.format(places=self.folder, proposals=proposals or self.proposals, ending=ending)
        (folder / "study.toml").write_text(text, encoding="utf-8")
        return folder / "study.toml"

    def fingerprint(self):
        """Of what is measured; not of the GeoPackages, which carry the day on which they were made."""
        digest = hashlib.sha256()
        for name in ("schools.shp", "parks.shp", "proposals.csv"):
            with (self.folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).digest())
        return digest.hexdigest()[:16]


def make(size, folder):
    """Makes the data once; again where the generator has changed since."""
    made = folder / size / "made-by"
    key = hashlib.sha256(Path(make_data.__file__).read_bytes()).hexdigest()
    if made.is_file() and made.read_text() == key:
        return
    print(f"making the data of size {size} …", file=sys.stderr)
    process.run([sys.executable, make_data.__file__, "--size", size, "--out", folder, "--forms", "csv" if size == "L" else "csv,gpkg"])
    made.write_text(key)


def proposals_of(world, count):
    """A CSV of `count` proposals, by taking some of the world's or by laying shifted copies beside them."""
    path = world.work / f"proposals-{count}.csv"
    if path.is_file():
        return path
    print(f"making {count} proposals …", file=sys.stderr)
    with world.proposals.open(encoding="ascii") as file:
        have = sum(1 for _ in file) - 1
    part = path.with_suffix(".part")
    with part.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,x,y\n")
        done, copy = 0, 0
        while done < count:
            done = copy_proposals(world.proposals, out, done, count, have // count if have > count else 1, copy)
            copy += 1
    part.rename(path)
    return path


def copy_proposals(source, out, done, count, step, copy):
    with source.open(encoding="ascii") as rows:
        next(rows)
        for i, row in enumerate(rows):
            if done == count:
                break
            if i % step:
                continue
            if copy == 0:
                out.write(f"{done},{row.split(',', 1)[1]}")
            else:
                _, x, y = row.split(",")
                out.write(f"{done},{float(x) + 7 * copy:.2f},{float(y) - 5 * copy:.2f}\n")
            done += 1
    return done


def answer(verdicts):
    """Of a verdict CSV: rows, rows within the limit, sum of the nearest distances."""
    rows = within = 0
    total = 0.0
    with open(verdicts, encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        header = next(table)
        verdict, distance = header.index("verdict"), header.index("nearest_distance_m")
        for row in table:
            rows += 1
            within += row[verdict] == "breach"
            total += float(row[distance] or 0)
    return rows, within, total
