#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the data of scripts/bench: invented schools, parks and proposals in EPSG:27700, always the same.

usage: make_data.py --size S|M|L --out DIR [--forms csv,gpkg,fgb]

S has the size of a borough, M of Greater London, L of Great Britain (10 million proposals, 150,000 parks with
20 million vertices; some minutes, 2 GB). Writes into DIR/SIZE/:

  schools.gpkg, schools.shp   id, name; S: points, as a register gives them; M, L: polygons of 4 to 60 vertices
  parks.gpkg, parks.shp       id, name; polygons of 20 to 400 vertices, 5 % with a hole, 3 % of two parts
  proposals.csv               id, x, y; houses on both sides of streets in towns (--forms: .gpkg, .fgb as well)

Coordinates are rounded to 0.01 m, so that every format carries the same numbers. Needs ogr2ogr, nothing else.
"""

import argparse
import math
import random
import subprocess
import sys
from bisect import bisect
from itertools import accumulate
from pathlib import Path

# box: west, south, east, north. spread: of a town of mean size, metres. country: share of points outside the towns.
# rank: how much the largest towns stand out.
SIZES = {
    "S": dict(box=(528000, 179000, 538000, 188000), towns=8, spread=1100, country=0.35, rank=0.45, schools=100, parks=150, proposals=5_000),
    "M": dict(box=(505000, 157000, 560000, 199000), towns=220, spread=1300, country=0.30, rank=0.45, schools=3_300, parks=5_000, proposals=100_000),
    "L": dict(box=(150000, 40000, 550000, 615000), towns=2_600, spread=1500, country=0.06, rank=0.85, schools=32_000, parks=150_000, proposals=10_000_000),
}


class Land:
    """Where things are: towns of different sizes, Gaussian about their centres, and some country between them."""

    def __init__(self, size):
        self.plan = SIZES[size]
        self.name = size
        rng = self.rng("towns")
        count = self.plan["towns"]
        weights = [(rank + 1) ** -self.plan["rank"] for rank in range(count)]
        total = sum(weights)
        self.cumulative = list(accumulate(weight / total for weight in weights))
        # Greater places spread wider, and their streets keep to a grid of their own.
        self.towns = [
            (*self.anywhere(rng), self.plan["spread"] * min(9.0, max(0.35, math.sqrt(weight / total * count))), rng.random() * math.pi / 2)
            for weight in weights
        ]

    def rng(self, what):
        """Numbers of its own for each layer, so that one can change without the others."""
        return random.Random(f"cordon bench {self.name} {what}")

    def anywhere(self, rng):
        west, south, east, north = self.plan["box"]
        return west + (east - west) * rng.random(), south + (north - south) * rng.random()

    def spot(self, rng, scale=1.0):
        """x, y and the direction of the streets there."""
        west, south, east, north = self.plan["box"]
        while True:
            x, y, spread, angle = self.towns[min(bisect(self.cumulative, rng.random()), len(self.towns) - 1)]
            if rng.random() < self.plan["country"]:
                return (*self.anywhere(rng), angle)
            x += rng.gauss(0, 1) * spread * scale
            y += rng.gauss(0, 1) * spread * scale
            if west < x < east and south < y < north:
                return x, y, angle


def log_uniform(rng, low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def star(rng, vertices, radius, rough):
    """A ring about (0, 0) that never crosses itself: a radius that is a sum of waves, with some noise."""
    waves = [(k, rough / k * rng.gauss(0, 1), rng.random() * 2 * math.pi) for k in (1, 2, 3, 5)]
    (k1, a1, p1), (k2, a2, p2), (k3, a3, p3), (k4, a4, p4) = waves
    step = 2 * math.pi / vertices
    cos, sin, noise = math.cos, math.sin, rng.random
    ring = []
    for i in range(vertices):
        t = i * step
        r = 0.97 + 0.06 * noise() + a1 * cos(k1 * t + p1) + a2 * cos(k2 * t + p2) + a3 * cos(k3 * t + p3) + a4 * cos(k4 * t + p4)
        r = radius * (0.35 if r < 0.35 else 1.7 if r > 1.7 else r)
        ring.append((r * cos(t), r * sin(t)))
    return ring


def ring_text(ring, x, y, angle, stretch=1.0):
    """The ring turned, stretched, brought to (x, y) and closed, as WKT."""
    c, s = math.cos(angle), math.sin(angle)
    points = ["%.2f %.2f" % (x + c * dx * stretch - s * dy, y + s * dx * stretch + c * dy) for dx, dy in ring]
    return "(" + ",".join(points) + "," + points[0] + ")"


def school(rng, x, y, angle):
    """A rectangle, an L, or grounds of some corners."""
    radius = min(220.0, max(18.0, rng.lognormvariate(math.log(55), 0.45)))
    angle += rng.gauss(0, 0.15)
    form = rng.random()
    if form >= 0.35:
        ring = star(rng, int(log_uniform(rng, 6, 60)), radius, 0.10)
        return "MULTIPOLYGON((" + ring_text(ring, x, y, angle, rng.uniform(0.7, 1.5)) + "))"
    a, b = radius * rng.uniform(0.7, 1.5), radius * rng.uniform(0.5, 1.1)
    if form < 0.15:
        notch_x, notch_y = -a + 2 * a * rng.uniform(0.3, 0.7), -b + 2 * b * rng.uniform(0.3, 0.7)
        ring = [(-a, -b), (a, -b), (a, notch_y), (notch_x, notch_y), (notch_x, b), (-a, b)]
    else:
        ring = [(-a, -b), (a, -b), (a, b), (-a, b)]
    return "MULTIPOLYGON((" + ring_text(ring, x, y, angle) + "))"


def park(rng, x, y):
    """A star of many vertices, perhaps with a pond, perhaps with a second part."""
    radius = min(1500.0, max(12.0, rng.lognormvariate(math.log(70), 0.85)))
    vertices = int(log_uniform(rng, 20, 401))
    angle, stretch, extra = rng.random() * math.pi, rng.uniform(0.6, 1.7), rng.random()
    ring = star(rng, vertices, radius, 0.16)
    parts = [[ring_text(ring, x, y, angle, stretch)]]
    if extra < 0.07 and vertices >= 40 and radius > 30:
        pond = [(0.4 * dx, 0.4 * dy) for dx, dy in ring[::-2]]
        parts[0].append(ring_text(pond, x, y, angle, stretch))
    elif extra > 0.97:
        # Beyond the reach of the first: 1.7 and 0.6 × 1.7 radii.
        second = [(dx + 3.6 * radius, dy) for dx, dy in star(rng, max(20, vertices // 3), 0.6 * radius, 0.12)]
        parts.append([ring_text(second, x, y, angle, stretch)])
    return "MULTIPOLYGON(" + ",".join("(" + ",".join(part) + ")" for part in parts) + ")"


def school_rows(land):
    rng = land.rng("schools")
    for i in range(land.plan["schools"]):
        x, y, angle = land.spot(rng)
        yield i, f"School {i}", f"POINT({x:.2f} {y:.2f})" if land.name == "S" else school(rng, x, y, angle)


def park_rows(land):
    rng = land.rng("parks")
    for i in range(land.plan["parks"]):
        x, y, _ = land.spot(rng, 1.25)
        yield i, f"Park {i}", park(rng, x, y)


def street(rng, land):
    """The houses of one street, on both sides, one each 9 m or so, as `x,y` texts."""
    x, y, angle = land.spot(rng, 1.05)
    length = min(900.0, max(30.0, rng.lognormvariate(math.log(140), 0.55)))
    angle += (math.pi / 2 if rng.random() < 0.5 else 0.0) + rng.gauss(0, 0.12)
    c, s = math.cos(angle), math.sin(angle)
    pairs = max(1, int(length / 9))
    noise = rng.random
    houses = []
    for i in range(pairs):
        for side in (11.0, -11.0):
            along = (i / pairs - 0.5) * length + 2 * noise() - 1
            away = side + 4 * noise() - 2
            houses.append("%.2f,%.2f" % (x + c * along - s * away, y + s * along + c * away))
    return houses


def write_proposals(land, path):
    rng = land.rng("proposals")
    left, number = land.plan["proposals"], 0
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,x,y\n")
        while left:
            houses = street(rng, land)[:left]
            out.write("".join([f"{number + i},{house}\n" for i, house in enumerate(houses)]))
            number += len(houses)
            left -= len(houses)


def ogr2ogr(form, target, source, name, *more):
    target.unlink(missing_ok=True)
    subprocess.run(["ogr2ogr", "-f", form, str(target), str(source), "-nln", name, "-a_srs", "EPSG:27700", "-gt", "500000",
                    "-oo", "AUTODETECT_TYPE=YES", *more], check=True, stdout=subprocess.DEVNULL)


def write_places(folder, name, rows, geometry):
    """Through a CSV with the geometry as text, which ogr2ogr turns into the formats that people have."""
    text = folder / f"{name}.wkt.csv"
    with text.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,name,WKT\n")
        for number, title, wkt in rows:
            out.write(f'{number},{title},"{wkt}"\n')
    for form, ending in (("GPKG", "gpkg"), ("ESRI Shapefile", "shp")):
        ogr2ogr(form, folder / f"{name}.{ending}", text, name, "-select", "id,name", "-nlt", geometry)
    text.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", required=True, choices=list(SIZES))
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--forms", default="csv", help="of the proposals: csv (always), gpkg, fgb")
    options = parser.parse_args()
    folder = options.out / options.size
    folder.mkdir(parents=True, exist_ok=True)
    land = Land(options.size)

    write_places(folder, "schools", school_rows(land), "POINT" if options.size == "S" else "MULTIPOLYGON")
    write_places(folder, "parks", park_rows(land), "MULTIPOLYGON")
    print(f"{land.plan['schools']} schools, {land.plan['parks']} parks", file=sys.stderr)
    proposals = folder / "proposals.csv"
    write_proposals(land, proposals)
    print(f"{land.plan['proposals']} proposals", file=sys.stderr)
    positions = ["-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y", "-oo", "KEEP_GEOM_COLUMNS=NO"]
    for ending, form in (("gpkg", "GPKG"), ("fgb", "FlatGeobuf")):
        if ending in options.forms.split(","):
            ogr2ogr(form, folder / f"proposals.{ending}", proposals, "proposals", *positions)


if __name__ == "__main__":
    main()
