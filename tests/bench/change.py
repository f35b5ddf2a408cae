# SPDX-License-Identifier: Apache-2.0
"""Outlets of fifteen years by small area: `cordon density`, files in, file out, beside PostGIS's query alone and the other peers' whole processes.

Data: areas.gpkg (code, pop, area_km2; neighbours share their corners) and outlets.csv (id, year, x, y: one row an outlet and year), of --data where they are there, else
made here. What cordon reads is written beside them once: populations by code, and outlets with the days between which each row holds."""

import csv
import math
import subprocess
import sys
import threading
import time

import make_data
import process
from contenders import Shared, installed

YEARS = range(2010, 2025)
# Areas a side of the mesh, and outlets a year.
SIZES = {"S": (20, 400), "M": (70, 9_000), "L": (205, 60_000)}

STUDY = """\
[study]
title = "Outlets by area and year"
crs = "EPSG:27700"

[layers.areas]
kind = "areas"
file = "{areas}"
preset = "none"
columns = {{ code = "code", name = "code" }}
accuracy = "0 m"
population = [{{ file = "population.csv", code = "code", value = "pop", year = 2010 }}]

[layers.takeaways]
kind = "outlets"
use = "hot-food-takeaway"
file = "outlets_dated.csv"
crs = "EPSG:27700"
preset = "none"
columns = {{ id = "id", x = "x", y = "y", opened = "opened", closed = "closed" }}
accuracy = "0 m"
"""

QUERY = """select a.code, o.year, count(*) n, count(*) / a.area_km2 per_km2, 1000.0 * count(*) / a.pop per_1000
from areas a join outlets o on st_contains(a.geom, o.geom) {where} group by a.code, a.area_km2, a.pop, o.year"""


def corners(land, side):
    """A mesh of corners, moved a little from the crossings of a grid; each edge has three bends of its own, which both neighbours share."""
    west, south, east, north = land.plan["box"]
    rng = land.rng("areas")
    w, h = (east - west) / side, (north - south) / side

    def moved(x, y, by):
        return f"{x + rng.uniform(-by, by) * w:.2f} {y + rng.uniform(-by, by) * h:.2f}"

    at = {(i, j): moved(west + i * w, south + j * h, 0.15) for i in range(side + 1) for j in range(side + 1)}
    flat = {(i, j): [moved(west + (i + k / 4) * w, south + j * h, 0.05) for k in (1, 2, 3)] for i in range(side) for j in range(side + 1)}
    steep = {(i, j): [moved(west + i * w, south + (j + k / 4) * h, 0.05) for k in (1, 2, 3)] for i in range(side + 1) for j in range(side)}
    return at, flat, steep


def write_areas(land, folder, side):
    at, flat, steep = corners(land, side)
    rng = land.rng("population")
    text = folder / "areas.wkt.csv"
    with text.open("w", encoding="ascii", newline="\n") as out:
        out.write("code,pop,WKT\n")
        for j in range(side):
            for i in range(side):
                ring = [at[i, j], *flat[i, j], at[i + 1, j], *steep[i + 1, j], at[i + 1, j + 1], *flat[i, j + 1][::-1], at[i, j + 1], *steep[i, j][::-1], at[i, j]]
                out.write(f'A{j:03}{i:03},{rng.randrange(800, 3000)},"MULTIPOLYGON((({",".join(ring)})))"\n')
    make_data.ogr2ogr("GPKG", folder / "plain.gpkg", text, "plain", "-select", "code,pop", "-nlt", "MULTIPOLYGON")
    make_data.ogr2ogr("GPKG", folder / "areas.gpkg", folder / "plain.gpkg", "areas", "-dialect", "SQLite", "-sql",
                      "select code, pop, st_area(geom) / 1e6 area_km2, geom from plain")
    text.unlink()
    (folder / "plain.gpkg").unlink()


def write_outlets(land, path, a_year):
    rng, number = land.rng("outlets by year"), 0
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,year,x,y\n")
        for year in YEARS:
            for _ in range(a_year):
                x, y, _ = land.spot(rng)
                out.write(f"{number},{year},{x:.2f},{y:.2f}\n")
                number += 1


def data(world):
    """The folder with areas.gpkg and outlets.csv; made where the world has none."""
    if (world.folder / "areas.gpkg").is_file() and (world.folder / "outlets.csv").is_file():
        return world.folder
    folder = world.work / "change"
    folder.mkdir(exist_ok=True)
    if not (folder / "outlets.csv").is_file():
        print("making areas and outlets …", file=sys.stderr)
        land = make_data.Land(world.size)
        side, a_year = SIZES[world.size]
        write_areas(land, folder, side)
        write_outlets(land, folder / "outlets.part", a_year)
        (folder / "outlets.part").rename(folder / "outlets.csv")
    return folder


def study(world, folder):
    own = world.work / "change-study"
    own.mkdir(exist_ok=True)
    make_data.ogr2ogr("CSV", own / "population.csv", folder / "areas.gpkg", "population", "-select", "code,pop", "-nlt", "NONE")
    with (folder / "outlets.csv").open(encoding="ascii") as rows, (own / "outlets_dated.csv").open("w", encoding="ascii", newline="\n") as out:
        next(rows)
        out.write("id,x,y,opened,closed\n")
        for row in rows:
            number, year, x, y = row.rstrip("\n").split(",")
            out.write(f"{number},{x},{y},{year}-01-01,{int(year) + 1}-01-01\n")
    (own / "study.toml").write_text(STUDY.format(areas=(folder / "areas.gpkg").resolve()), encoding="utf-8")
    return own / "study.toml"


class Cordon:
    name, timed = "cordon density", "whole process"

    def __init__(self, world, options, folder):
        self.out = world.work / "density.csv"
        days = ["--at-dates", ",".join(f"{year}-07-01" for year in YEARS)]
        self.argv = [options.program, "density", study(world, folder), *days, "--by", "areas", "--no-progress", "--out", self.out, "--force"]
        if options.threads:
            self.argv += ["--threads", options.threads]

    def run(self):
        return process.run(self.argv)[0]

    def answer(self):
        """Outlets in areas, and the sum of the rates per 1,000 residents."""
        outlets, rates = 0, 0.0
        with self.out.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["area_code"] != "total" and row["outlets"]:
                    outlets += int(row["outlets"])
                    rates += float(row["rate"] or 0)
        return outlets, rates


class PostGis:
    timed = "query alone"

    def __init__(self, cluster, folder):
        self.name, self.cluster = f"PostGIS {cluster.version()}", cluster
        started = time.monotonic()
        done = subprocess.run(["ogr2ogr", "-f", "PostgreSQL", f"PG:host={cluster.folder} user=bench dbname=bench", str(folder / "areas.gpkg"), "-nln", "areas",
                               "-lco", "GEOMETRY_NAME=geom", "-lco", "UNLOGGED=ON", "-lco", "SPATIAL_INDEX=NONE", "-nlt", "PROMOTE_TO_MULTI",
                               "--config", "PG_USE_COPY", "YES"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise process.Failed(f"ogr2ogr: {done.stderr}")
        cluster.sql("create index on areas using gist(geom)", "vacuum analyze areas",
                    "create unlogged table raw_outlets(id int, year int, x float8, y float8)",
                    f"\\copy raw_outlets from '{folder / 'outlets.csv'}' with (format csv, header)",
                    "create unlogged table outlets as select id, year, st_setsrid(st_makepoint(x, y), 27700)::geometry(point, 27700) geom from raw_outlets",
                    "drop table raw_outlets", "create index on outlets using gist(geom)", "vacuum analyze outlets")
        self.loading = time.monotonic() - started

    def run(self):
        """Years are parted among as many sessions as there are processors."""
        cluster, problems = self.cluster, []
        cluster.sql("drop view if exists by_area", *(f"drop table if exists by_area_{k}" for k in range(cluster.sessions)))

        def session(k):
            try:
                cluster.sql(f"create unlogged table by_area_{k} as " + QUERY.format(where=f"where o.year % {cluster.sessions} = {k}"))
            except process.Failed as problem:
                problems.append(problem)

        threads = [threading.Thread(target=session, args=(k,)) for k in range(cluster.sessions)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.monotonic() - started
        if problems:
            raise problems[0]
        cluster.sql("create view by_area as " + " union all ".join(f"select * from by_area_{k}" for k in range(cluster.sessions)))
        return process.Run(wall, math.nan, math.nan)

    def answer(self):
        outlets, rates = self.cluster.sql("select sum(n), sum(per_1000) from by_area").split(",")
        return int(outlets), float(rates)


class Peer(Shared):
    """A peer's script: a whole process, its database loaded before where it has one."""

    def answer(self):
        """`N rows, OUTLETS outlets, density … per1000 RATES`."""
        words = self.said.replace(",", "").split()
        return int(words[2]), float(words[-1])


def peers_of(world, options):
    asked = options.peers.split(",")
    for name in Shared.jobs["change"]:
        if (name in asked or "all" in asked) and installed(name, world):
            peer = Peer(name, world, "change")
            peer.load()
            yield peer
        elif name in asked:
            raise process.Failed(f"{name}: not installed, or its script is not in $CORDON_SHARED/bench/peers")


def race(world, options, cluster):
    """Each in turn, several times. True when cordon's whole process takes no longer than PostGIS's query, and they say the same."""
    cluster.sql("create database bench", database="postgres")
    cluster.sql("create extension postgis")
    folder = data(world)
    contenders = [Cordon(world, options, folder), PostGis(cluster, folder), *peers_of(world, options)]
    runs = {contender: [] for contender in contenders}
    for turn in range(options.runs):
        for contender in contenders:
            print(f"{turn + 1}/{options.runs} {contender.name} …", file=sys.stderr)
            runs[contender].append(contender.run())
    answers = [contender.answer() for contender in contenders]
    middles = [process.middle(runs[contender]) for contender in contenders]
    rows = [(contender.name, contender.timed, process.seconds(middle.wall), f"{middle.wall / middles[0].wall:.2f}", "" if math.isnan(middle.cpu) else process.seconds(middle.cpu),
             "" if math.isnan(middle.peak_mb) else f"{middle.peak_mb:.0f}", f"{answer[0]:,}", f"{answer[1]:,.2f}")
            for contender, middle, answer in zip(contenders, middles, answers)]
    print(process.table(("contender", "what is timed", "seconds", "times cordon", "CPU s", "peak MB", "outlets in areas", "sum of rates"), rows))
    print(f"\nMedians of {options.runs} runs each, in turn; loading into PostGIS took {contenders[1].loading:.1f} s more.")
    # Each rate that cordon prints is rounded to three decimals.
    if any(answer[0] != answers[0][0] or abs(answer[1] - answers[0][1]) > 0.0005 * answer[0] ** 0.5 + 1 for answer in answers[1:]):
        raise process.Failed(f"the answers differ: {answers}")
    return middles[0].wall <= middles[1].wall
