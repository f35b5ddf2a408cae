# SPDX-License-Identifier: Apache-2.0
"""Dissolved 400 m zones around schools and parks: `cordon zones`, files in, GeoPackage out, beside PostGIS's query alone.

PostGIS draws circles of 8 segments a quarter, its default, whose chords lie inside the line. How far each answer is off is measured by points of its own edge against the places
themselves, and by its area against the union at 256 segments a quarter (at size M and below: that takes minutes)."""

import math
import sqlite3
import sys
import time

import process
from world import LIMIT_M

SEGMENTS, FINE = 8, 256
LEAST, GOAL = 2, 5  # times as fast as PostGIS: at least, and as is wished
MOST_AREA = 0.0001  # of the area at 256 segments
MOST_OUTSIDE_M = 0.1
EDGE_POINTS = 20_000

UNION = """create unlogged table {table} as select (st_dump(st_union(st_buffer(geom, {limit}, 'quad_segs={segments}')))).geom geom
from (select geom from schools union all select geom from parks) places"""


class Cordon:
    name, timed = "cordon zones", "whole process"

    def __init__(self, world, options):
        self.out = world.work / "zones.gpkg"
        self.argv = [options.program, "zones", world.study(ending=options.places), "--no-progress", "--out", self.out, "--force", "--on", "2026-01-01"]
        if options.threads:
            self.argv += ["--threads", options.threads]

    def run(self):
        return process.run(self.argv)[0]

    def polygons(self):
        """Well-known binary of the distance's polygons, out of the GeoPackage's own header."""
        with sqlite3.connect(self.out) as data:
            (blob,) = data.execute("select geom from zones order by fid desc limit 1").fetchone()
        envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
        return bytes(blob[8 + envelope:])

    def load(self, cluster):
        """Into a table `zone_cordon`, part by part."""
        path = self.out.with_suffix(".hex")
        path.write_text(self.polygons().hex() + "\n", encoding="ascii")
        cluster.sql("drop table if exists zone_cordon", "create unlogged table zone_raw(wkb text)", f"\\copy zone_raw from '{path}'",
                    "create unlogged table zone_cordon as select (st_dump(st_setsrid(st_geomfromwkb(decode(wkb, 'hex')), 27700))).geom geom from zone_raw", "drop table zone_raw")
        path.unlink()
        return "zone_cordon"


class PostGis:
    timed = "query alone"

    def __init__(self, cluster, segments=SEGMENTS):
        self.name, self.cluster, self.segments = f"PostGIS {cluster.version()}, {segments} segments", cluster, segments

    def run(self):
        table = self.load(self.cluster)
        self.cluster.sql(f"drop table if exists {table}")
        started = time.monotonic()
        self.cluster.sql(UNION.format(table=table, limit=LIMIT_M, segments=self.segments))
        return process.Run(time.monotonic() - started, math.nan, math.nan)

    def load(self, _):
        return f"zone_{self.segments}"


def line_errors(cluster, table):
    """Points of the drawn edge against the places: how far the furthest lies inside the true line, and outside it."""
    cluster.sql("drop table if exists edge",
                f"""create unlogged table edge as with segments as (select (st_dumpsegments(geom)).geom geom from {table}),
                    points as (select st_lineinterpolatepoint(geom, 0.5) geom from segments union all select st_startpoint(geom) from segments)
                    select geom from points order by md5(st_asbinary(geom)) limit {EDGE_POINTS}""")
    inside, outside = cluster.sql(f"""select max({LIMIT_M} - d), max(d - {LIMIT_M}) from (select least(
        (select e.geom <-> s.geom from schools s order by e.geom <-> s.geom limit 1),
        (select e.geom <-> k.geom from parks k order by e.geom <-> k.geom limit 1)) d from edge e) x""").split(",")
    return max(0.0, float(inside)), max(0.0, float(outside))


def figures(cluster, table):
    parts, area, vertices = cluster.sql(f"select count(*), sum(st_area(geom)), sum(st_npoints(geom)) from {table}").split(",")
    return int(parts), float(area), int(vertices)


def race(world, options, cluster):
    """Each in turn, several times. True when cordon is at least twice as fast, never inside the line, at most 10 cm outside, and its area is right."""
    loading = cluster.load(world)
    contenders = [Cordon(world, options), PostGis(cluster)]
    runs = {contender: [] for contender in contenders}
    for turn in range(options.runs):
        for contender in contenders:
            if contender is contenders[0] or turn < options.peer_runs:
                print(f"{turn + 1}/{options.runs} {contender.name} …", file=sys.stderr)
                runs[contender].append(contender.run())
    fine = None
    if world.size != "L":
        print(f"the union at {FINE} segments …", file=sys.stderr)
        exact = PostGis(cluster, FINE)
        exact.run()
        fine = figures(cluster, exact.load(cluster))[1]
    base, rows, found = process.middle(runs[contenders[0]]).wall, [], {}
    for contender in contenders:
        middle = process.middle(runs[contender])
        table = contender.load(cluster)
        parts, area, vertices = figures(cluster, table)
        inside, outside = line_errors(cluster, table)
        off = math.nan if fine is None else area / fine - 1
        found[contender] = middle.wall, inside, outside, off
        rows.append((contender.name, contender.timed, process.seconds(middle.wall), f"{middle.wall / base:.1f}", "" if math.isnan(middle.cpu) else process.seconds(middle.cpu),
                     "" if math.isnan(middle.peak_mb) else f"{middle.peak_mb:.0f}", f"{parts:,}", f"{vertices:,}", f"{area / 1e6:,.4f}", "" if fine is None else f"{off:+.4%}",
                     f"{inside:.3f}", f"{outside:.3f}"))
    print(process.table(("contender", "what is timed", "seconds", "times cordon", "CPU s", "peak MB", "parts", "vertices", "km²", f"area against {FINE} segments",
                         "furthest inside the line, m", "furthest outside, m"), rows))
    print(f"\nMedians of {options.runs} runs of cordon and {options.peer_runs} of PostGIS, in turn; loading into PostGIS took {loading:.1f} s more. "
          f"The goal is {GOAL} times as fast, {LEAST} times is asked. Distances of {EDGE_POINTS:,} points of each drawn line to the places.")
    wall, inside, outside, off = found[contenders[0]]
    if inside > 0 or outside > MOST_OUTSIDE_M or (fine is not None and abs(off) > MOST_AREA):
        raise process.Failed(f"cordon's line: {inside} m inside, {outside} m outside, area {off:+.4%}")
    return found[contenders[1]][0] >= LEAST * wall
