#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the streets of scripts/bench --walking: invented, in EPSG:27700, always the same. Needs NumPy, SciPy, pandas and ogr2ogr.

usage: make_streets.py --size S|M|L --out DIR [--net DIR] [--proposals CSV]

S and M: a bent lattice of 15,000 and 379,000 corners, a quarter of its links left out, some diagonals; every link is drawn with a bend, so that it is longer than the
straight line by a chosen amount and exactly as long as its `cost` (whole millimetres). Entrances and proposals stand on corners, so that programs whose walks begin
and end at nodes are asked the same. --net: takes net_nodes.csv, net_edges.csv, gates.csv and proposal_nodes.csv of another generator instead.
L: 5 million corners, 12 million straight links, 60,000 entrances and 1 million proposals beside streets (0 to 15 m off): cordon alone.

Entrances and proposals are on the largest connected part only. Writes into DIR, for cordon and, at S and M, for the others:

  streets.gpkg, schools.gpkg, entrances.csv (school, x, y), proposals.csv (id, x, y)
  edges.csv (id, source, target, cost in metres), gates.csv (node), proposal_nodes.csv (id, node)
"""

import argparse
import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

# West and south of the lattice, metres between corners, corners across and up; schools.
SIZES = {"S": dict(corner=(528000, 179000), step=78, across=128, up=115, schools=100),
         "M": dict(corner=(505000, 157000), step=78, across=705, up=538, schools=3_300),
         "L": dict(corner=(300000, 200000), step=60, across=2240, up=2240, schools=60_000)}
PROPOSALS_AT_L = 1_000_000


def numbers(count, what):
    """0 <= number < 1, always the same for `what`, whatever the release of NumPy: SplitMix64 of the index."""
    seed = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "little")
    with np.errstate(over="ignore"):
        state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    return (state >> np.uint64(11)).astype(np.float64) / 2.0**53


class Net:
    """Corners (x, y) and links: source, target and the lines' bends, if they have any."""

    def __init__(self, x, y, source, target):
        self.x, self.y, self.source, self.target = x, y, source, target
        self.bend = None  # (x, y) of each
        self.cost = None  # whole millimetres of each

    def give_bends(self, wanted):
        """Bends that make each line as long as `wanted` metres (or as the straight line, where that is longer); costs are what came of it."""
        dx, dy = self.x[self.target] - self.x[self.source], self.y[self.target] - self.y[self.source]
        straight = np.hypot(dx, dy)
        away = np.sqrt(np.maximum(wanted**2 - straight**2, 0)) / 2 / straight
        self.bend = self.x[self.source] + dx / 2 - dy * away, self.y[self.source] + dy / 2 + dx * away
        length = (np.hypot(self.bend[0] - self.x[self.source], self.bend[1] - self.y[self.source])
                  + np.hypot(self.x[self.target] - self.bend[0], self.y[self.target] - self.bend[1]))
        self.cost = np.rint(length * 1000).astype(np.int64)

    def largest_part(self):
        """Which corners are on it."""
        graph = coo_matrix((np.ones(len(self.source), np.int8), (self.source, self.target)), shape=(len(self.x), len(self.x)))
        _, part = connected_components(graph, directed=False)
        return part == np.bincount(part).argmax()


def lattice(plan, keep, diagonal):
    """Corners moved by up to a third of a step, numbered column by column; `keep`: share of the links that are there, `diagonal`: of the diagonals."""
    across, up, step = plan["across"], plan["up"], plan["step"]
    i, j = np.divmod(np.arange(across * up), up)
    x = np.round(plan["corner"][0] + (i + 0.5 + (numbers(len(i), "east") - 0.5) * 0.66) * step, 2)
    y = np.round(plan["corner"][1] + (j + 0.5 + (numbers(len(i), "north") - 0.5) * 0.66) * step, 2)
    links = []
    for what, di, dj, share in (("right", 1, 0, keep), ("upward", 0, 1, keep), ("diagonal", 1, 1, diagonal)):
        first = np.flatnonzero((i + di < across) & (j + dj < up))
        first = first[numbers(len(first), what) < share]
        links.append((first, first + di * up + dj))
    return Net(x, y, *(np.concatenate(ends) for ends in zip(*links)))


def on_corners(plan, proposals):
    """Links with bends; corners of entrances, by school; corners of proposals: the lattice's cell that each lies in."""
    net = lattice(plan, 0.73, 0.04)
    straight = np.hypot(net.x[net.target] - net.x[net.source], net.y[net.target] - net.y[net.source])
    more = numbers(len(straight), "longer")
    net.give_bends(np.round(straight * (1 + 0.2 * more**2), 2))
    rows = pd.read_csv(proposals)
    corner, step = plan["corner"], plan["step"]

    def cell(x, y):
        return (np.clip(((x - corner[0]) // step).astype(int), 0, plan["across"] - 1) * plan["up"]
                + np.clip(((y - corner[1]) // step).astype(int), 0, plan["up"] - 1))
    at = cell(rows.x.to_numpy(), rows.y.to_numpy())
    # Schools where people are; one to three entrances each, some streets apart.
    school = np.repeat(np.arange(plan["schools"]), 3)
    home = at[(numbers(plan["schools"], "schools") * len(at)).astype(int)][school]
    keep = numbers(len(school), "gates") < np.tile([1.0, 0.6, 0.3], plan["schools"])
    gate = cell(net.x[home] + (numbers(len(school), "eastward") - 0.5) * 5 * step, net.y[home] + (numbers(len(school), "northward") - 0.5) * 5 * step)
    return net, school[keep], gate[keep], rows.id.to_numpy(), at


def from_elsewhere(folder):
    nodes, edges, gates, proposals = (pd.read_csv(folder / f"{name}.csv") for name in ("net_nodes", "net_edges", "gates", "proposal_nodes"))
    if not (nodes.id.to_numpy() == np.arange(len(nodes))).all():
        raise SystemExit("net_nodes.csv: ids from 0 in order are expected")
    net = Net(nodes.x.to_numpy(), nodes.y.to_numpy(), edges.source.to_numpy(), edges.target.to_numpy())
    net.give_bends(edges.cost.to_numpy())
    return net, gates.school.to_numpy(), gates.node.to_numpy(), proposals.id.to_numpy(), proposals.node.to_numpy()


def beside_links(net, part, count, what, nearest, farthest):
    """Points so far beside links of the part, anywhere along them."""
    links = np.flatnonzero(part[net.source])
    link = links[(numbers(count, what) * len(links)).astype(np.int64)]
    t, off = numbers(count, what[::-1]), nearest + (farthest - nearest) * numbers(count, what + " off")
    dx, dy = net.x[net.target[link]] - net.x[net.source[link]], net.y[net.target[link]] - net.y[net.source[link]]
    off /= np.hypot(dx, dy)
    return np.round(net.x[net.source[link]] + t * dx - off * dy, 2), np.round(net.y[net.source[link]] + t * dy + off * dx, 2)


# --- files -----------------------------------------------------------------------------------------------------------------

def geopackage(path, layer, kind, columns):
    """An empty layer as GDAL makes it; without its triggers and spatial index, which only slow down what fills it."""
    path.unlink(missing_ok=True)
    source = path.with_suffix(".first.csv")
    source.write_text("WKT," + ",".join(columns) + f'\n"{kind} EMPTY",' + ",".join("a" if name == "name" else "0" for name in columns) + "\n", encoding="ascii")
    subprocess.run(["ogr2ogr", "-f", "GPKG", str(path), str(source), "-nln", layer, "-nlt", kind, "-a_srs", "EPSG:27700", "-oo", "AUTODETECT_TYPE=YES",
                    "-select", ",".join(columns), "-lco", "SPATIAL_INDEX=NO", "-lco", "GEOMETRY_NAME=geom", "-lco", "FID=fid"], check=True, stdout=subprocess.DEVNULL)
    source.unlink()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("pragma journal_mode = off")
    base.execute("pragma synchronous = off")
    for (trigger,) in base.execute("select name from sqlite_master where type = 'trigger' and tbl_name = ?", (layer,)).fetchall():
        base.execute(f'drop trigger "{trigger}"')
    base.execute(f"delete from {layer}")
    base.execute("begin")
    return base


def fill(base, layer, rows, box, columns):
    base.executemany(f"insert into {layer}(geom, {', '.join(columns)}) values (?{', ?' * len(columns)})", rows)
    base.execute("update gpkg_ogr_contents set feature_count = (select count(*) from " + layer + ")")
    base.execute("update gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ?", box)
    base.execute("commit")
    base.close()


HEADER = [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"), ("order", "u1"), ("type", "<u4"), ("count", "<u4")]


def blobs(x, y, kind):
    """Geometries of as many points each as x and y have columns: GeoPackage's header without a box, then well-known binary."""
    points = x.shape[1]
    record = np.zeros(len(x), dtype=[*HEADER, ("points", "<f8", (points, 2))])
    record["magic"], record["flags"], record["srs"], record["order"], record["type"], record["count"] = b"GP", 1, 27700, 1, kind, points
    record["points"][:, :, 0], record["points"][:, :, 1] = x, y
    raw, size = record.tobytes(), record.dtype.itemsize
    return (raw[k * size:(k + 1) * size] for k in range(len(x)))


def write_streets(net, path):
    bends = [] if net.bend is None else [net.bend]
    x = np.column_stack([net.x[net.source], *(bend[0] for bend in bends), net.x[net.target]])
    y = np.column_stack([net.y[net.source], *(bend[1] for bend in bends), net.y[net.target]])
    base = geopackage(path, "streets", "LINESTRING", ["id"])
    fill(base, "streets", zip(blobs(x, y, 2), range(len(x))), (x.min(), y.min(), x.max(), y.max()), ["id"])


def write_schools(school, x, y, path):
    """The point of each school's first entrance; their ground is not asked for."""
    ids, first = np.unique(school, return_index=True)
    base = geopackage(path, "schools", "POINT", ["id", "name"])
    # A point has no count: its coordinates follow the type.
    header = b"GP\0\1" + (27700).to_bytes(4, "little") + b"\1" + (1).to_bytes(4, "little")
    rows = ((header + np.array([x[k], y[k]], "<f8").tobytes(), int(i), f"School {i}") for i, k in zip(ids, first))
    fill(base, "schools", rows, (x.min(), y.min(), x.max(), y.max()), ["id", "name"])


def write_csv(path, form, **columns):
    rows = zip(*(values.tolist() for values in columns.values()))
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write(",".join(columns) + "\n")
        out.writelines(form % row for row in rows)


def write_on_corners(net, school, gate, ids, at, folder):
    part = net.largest_part()
    keep, stay = part[gate], part[at]
    school, gate, ids, at = school[keep], gate[keep], ids[stay], at[stay]
    write_streets(net, folder / "streets.gpkg")
    write_schools(school, net.x[gate], net.y[gate], folder / "schools.gpkg")
    write_csv(folder / "entrances.csv", "%d,%.2f,%.2f\n", school=school, x=net.x[gate], y=net.y[gate])
    write_csv(folder / "proposals.csv", "%d,%.2f,%.2f\n", id=ids, x=net.x[at], y=net.y[at])
    write_csv(folder / "edges.csv", "%d,%d,%d,%.3f\n", id=np.arange(len(net.source)), source=net.source, target=net.target, cost=net.cost / 1000)
    write_csv(folder / "gates.csv", "%d\n", node=np.unique(gate))
    write_csv(folder / "proposal_nodes.csv", "%d,%d\n", id=ids, node=at)
    print(f"{len(net.x)} corners, {len(net.source)} links, {len(np.unique(school))} schools, {len(np.unique(gate))} corners with entrances, {len(ids)} proposals; "
          f"{(~keep).sum()} entrances and {(~stay).sum()} proposals off the largest part left out", file=sys.stderr)


def write_large(plan, folder):
    net = lattice(plan, 0.85, 0.70)
    part = net.largest_part()
    write_streets(net, folder / "streets.gpkg")
    x, y = beside_links(net, part, plan["schools"], "entrance", 0, 15)
    school = np.arange(plan["schools"])
    write_schools(school, x, y, folder / "schools.gpkg")
    write_csv(folder / "entrances.csv", "%d,%.2f,%.2f\n", school=school, x=x, y=y)
    x, y = beside_links(net, part, PROPOSALS_AT_L, "proposal", 3, 15)
    write_csv(folder / "proposals.csv", "%d,%.2f,%.2f\n", id=np.arange(len(x)), x=x, y=y)
    print(f"{len(net.x)} corners, {len(net.source)} links, {len(school)} schools, {len(x)} proposals", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", required=True, choices=list(SIZES))
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--net", type=Path)
    parser.add_argument("--proposals", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.size == "L":
        write_large(SIZES["L"], options.out)
    else:
        write_on_corners(*(from_elsewhere(options.net) if options.net else on_corners(SIZES[options.size], options.proposals)), options.out)


if __name__ == "__main__":
    main()
