# SPDX-License-Identifier: Apache-2.0
"""Which proposals are within 400 m on foot of a school's entrance: `cordon check`, files in, file out, beside SciPy's Dijkstra and pgRouting on the same links.

Entrances and proposals stand on corners of the streets, which the others need; at size L, where cordon runs alone, they stand beside streets. Two comparisons: whole
processes (SciPy and pgRouting begin with a graph, cordon with lines), and the search alone on a network that is in memory (for cordon a program of this bench's own, walks.cpp, which times the library's search and its answers).

pgRouting 3.4 is asked for groups of 500 starts and the least distance of all groups is taken: with `equicost => true`, which would take all starts at once, its answers
are wrong. The groups are shared out among as many sessions as there are processors."""

import csv
import hashlib
import json
import math
import sys
import threading
import time
from pathlib import Path

import process
from world import LIMIT_M

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's, which has NumPy and SciPy
GROUP = 500
MOST_SEARCH_S, MOST_ANSWERS_S, MOST_MB = 3, 10, 1000  # at size L, after loading
HERE = Path(__file__).parent

STUDY = """\
[study]
title = "Walking"
crs = "EPSG:27700"
as-at = 2026-01-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "{data}/schools.gpkg"
preset = "none"
columns = {{ id = "id", name = "name" }}
entrances = {{ file = "{data}/entrances.csv", place = "school", crs = "EPSG:27700", columns = {{ x = "x", y = "y" }} }}
accuracy = "0 m"
site-radius = "50 km"

[layers.streets]
kind = "streets"
file = "{data}/streets.gpkg"
preset = "none"
columns = {{ id = "id" }}
topology = "endpoints"
walkable = "all"
band = "0 m"

[layers.applications]
kind = "proposals"
file = "{data}/proposals.csv"
crs = "EPSG:27700"
preset = "none"
columns = {{ reference = "id", x = "x", y = "y" }}
accuracy = "0 m"
"""

POLICY = f"""\
[policy]
id = "bench"
title = "Walking"
authority = "Nobody"
kind = "spd"
status = "adopted"
in-force = {{ from = 2000-01-01 }}
applies-to = ["hot-food-takeaway"]
source = "Invented"

[[rule]]
id = "walk"
title = "Not within {LIMIT_M} m on foot of a school's entrance"
cite = "Invented"
distance = {{ to = ["schools"], from = "entrances", by = "walking" }}
breach = "<= {LIMIT_M} m"
outcome = "refuse"
"""


class Large:
    """In place of world.World, whose ten million proposals are not asked for here."""

    def __init__(self, work):
        self.size, self.work = "L", work
        self.folder = self.proposals = None
        work.mkdir(parents=True, exist_ok=True)


def data(world):
    """The folder of make_streets.py's output; made once, again where the maker or what it reads has changed."""
    folder = world.work / "walking"
    net = world.folder if world.folder and (world.folder / "net_edges.csv").is_file() else None
    source = ["--net", net] if net else ["--proposals", world.proposals] if world.proposals else []
    reads = [net / "net_edges.csv"] if net else source[1:]
    key = hashlib.sha256(b"".join(path.read_bytes() for path in [HERE / "make_streets.py", *reads])).hexdigest()
    made = folder / "made-by"
    if made.is_file() and made.read_text() == key:
        return folder.resolve()
    print(f"making streets of size {world.size} …", file=sys.stderr)
    process.run([SYSTEM_PYTHON, HERE / "make_streets.py", "--size", world.size, "--out", folder, *source])
    made.write_text(key)
    return folder.resolve()


def study(world, folder):
    own = world.work / "walking-study"
    own.mkdir(exist_ok=True)
    (own / "policy.toml").write_text(POLICY, encoding="utf-8")
    (own / "study.toml").write_text(STUDY.format(data=folder), encoding="utf-8")
    return own / "study.toml"


class Cordon:
    """The whole process; `kept`: with the network that an earlier run left beside the study, else it is built from the file of streets."""

    timed = "whole process"

    def __init__(self, world, options, study_file, kept):
        self.name = "cordon check, network kept" if kept else "cordon check"
        self.kept, self.folder, self.out, self.findings = kept, study_file.parent, world.work / "walking.csv", world.work / "walking-findings.csv"
        self.argv = [options.program, "check", study_file, "--no-progress", "--force", "--tie", "0"]
        if options.threads:
            self.argv += ["--threads", options.threads]

    def run(self):
        if not self.kept:
            forget_network(self.folder)
        return process.run([*self.argv, "--out", self.out])[0]

    def answers(self):
        """Whole millimetres of each proposal that is within the limit, by its id."""
        process.run([*self.argv, "--findings", self.findings])
        with self.findings.open(encoding="utf-8", newline="") as file:
            return {row["reference"]: round(float(row["measured"]) * 1000) for row in csv.DictReader(file) if row["result"] == "breach"}


def kept_networks(folder):
    return list(folder.glob("*.cache"))


def forget_network(folder):
    for path in kept_networks(folder):
        path.unlink()


class Search:
    """cordon's search alone."""

    name, timed = "cordon's search", "search and answers"

    def __init__(self, options, study_file, folder):
        self.argv = [options.program.parent / "bench_walks", study_file, folder / "entrances.csv", folder / "proposals.csv", LIMIT_M]
        self.said = None

    def run(self, runs=1):
        _, words = process.run([*self.argv, runs])
        self.said = said(words)
        return process.Run(self.said["search"] + self.said["answers"], self.said["search_cpu"] + self.said["answers_cpu"], self.said["peak"])

    def answers(self):
        return self.said["within"], self.said["sum"]


class SciPy:
    """The whole process, with its search alone in a second row."""

    timed = "whole process"

    def __init__(self, world, folder):
        self.name = f"SciPy {process.run([SYSTEM_PYTHON, '-c', 'import scipy; print(scipy.__version__)'])[1].strip()}"
        self.out = world.work / "walking-scipy.csv"
        self.argv = [SYSTEM_PYTHON, HERE / "walking_scipy.py", folder, LIMIT_M, self.out]
        self.searches = []

    def run(self):
        run, words = process.run(self.argv)
        found = said(words)
        self.searches.append(process.Run(found["search"], found["search_cpu"], run.peak_mb))
        return run

    def answers(self):
        with self.out.open(encoding="ascii", newline="") as file:
            return {row["id"]: round(float(row["metres"]) * 1000) for row in csv.DictReader(file)}


class PgRouting:
    timed = "query alone"

    def __init__(self, cluster, folder):
        started = time.monotonic()
        self.cluster = cluster
        cluster.sql("create database bench", database="postgres")
        cluster.sql("create extension postgis", "create extension pgrouting",
                    "create unlogged table edges(id int primary key, source int, target int, cost float8)", f"\\copy edges from '{folder / 'edges.csv'}' with (format csv, header)",
                    "create unlogged table gates(node int)", f"\\copy gates from '{folder / 'gates.csv'}' with (format csv, header)",
                    "create unlogged table pnodes(id int, node int)", f"\\copy pnodes from '{folder / 'proposal_nodes.csv'}' with (format csv, header)",
                    f"""create unlogged table groups as select array_agg(node) nodes, row_number() over () number
                        from (select node, (row_number() over (order by node) - 1) / {GROUP} part from gates) g group by part""", "vacuum analyze")
        self.loading = time.monotonic() - started
        self.name = f"pgRouting {cluster.sql('select pgr_version()')}"

    def run(self):
        cluster = self.cluster
        cluster.sql("drop table if exists walked", *(f"drop table if exists near_{k}" for k in range(cluster.sessions)))
        problems = []

        def session(k):
            try:
                cluster.sql(f"""create unlogged table near_{k} as select node, min(agg_cost) metres from groups,
                    lateral pgr_drivingdistance('select id, source, target, cost from edges', groups.nodes, {LIMIT_M + 0.0005}, directed => false)
                    where groups.number % {cluster.sessions} = {k} group by node""")
            except process.Failed as problem:
                problems.append(problem)

        threads = [threading.Thread(target=session, args=(k,)) for k in range(cluster.sessions)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            raise problems[0]
        near = " union all ".join(f"select * from near_{k}" for k in range(cluster.sessions))
        cluster.sql(f"create unlogged table walked as select p.id, min(n.metres) metres from pnodes p join ({near}) n on n.node = p.node group by p.id")
        return process.Run(time.monotonic() - started, math.nan, math.nan)

    def answers(self):
        return {number: round(float(metres) * 1000) for number, metres in self.cluster.rows("select id, metres from walked")}


def said(words):
    return json.loads([line for line in words.splitlines() if line.startswith("@@ ")][-1][3:])


def agree(ours, name, theirs):
    """Row by row, in whole millimetres."""
    if ours == theirs:
        return
    wrong = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
    example = min(wrong, key=int)
    raise process.Failed(f"{len(wrong)} answers of cordon and {name} differ, such as that of proposal {example}: {ours.get(example)} and {theirs.get(example)} mm")


def race(world, options, cluster):
    """Each in turn, several times. True when cordon is faster: from files than pgRouting's query; with its network kept than SciPy's process; its search than SciPy's.
    Failed where an answer differs."""
    folder = data(world)
    study_file = study(world, folder)
    cordon, search, scipy, pgrouting = Cordon(world, options, study_file, False), Search(options, study_file, folder), SciPy(world, folder), PgRouting(cluster, folder)
    contenders = [cordon, Cordon(world, options, study_file, True), scipy, search, pgrouting]
    runs = {contender: [] for contender in contenders}
    for turn in range(options.runs):
        for contender in contenders:
            if contender.name.startswith("cordon") or turn < options.peer_runs:
                print(f"{turn + 1}/{options.runs} {contender.name} …", file=sys.stderr)
                runs[contender].append(contender.run())
    kept = contenders[1] if kept_networks(study_file.parent) else cordon
    if kept is cordon:
        del runs[contenders[1]]
    ours = cordon.answers()
    total = sum(ours.values()) / 1000
    for other in (scipy, pgrouting):
        agree(ours, other.name, other.answers())
    within, metres = search.answers()
    if within != len(ours) or abs(metres - total) > 0.0005:
        raise process.Failed(f"cordon check finds {len(ours)} within, {total:.3f} m in all; the search alone {within}, {metres:.3f} m")
    rows = [row(contender.name, contender.timed, made) for contender, made in runs.items() if contender is not search]
    rows[-1:-1] = [row(search.name, search.timed, runs[search]), row(scipy.name, "search alone", scipy.searches)]
    print(process.table(("contender", "what is timed", "seconds", "min–max", "CPU s", "peak MB"), rows))
    print(f"\nAll say the same of each of {search.said['rows']:,} proposals, to the millimetre: {len(ours):,} within {LIMIT_M} m on foot, {total:,.3f} m in all. "
          f"{search.said['nodes']:,} nodes, {search.said['links']:,} links, {search.said['starts']:,} entrances.\n"
          f"Medians of {options.runs} runs of cordon and {options.peer_runs} of the others, in turn; loading into PostgreSQL took {pgrouting.loading:.1f} s more. "
          "SciPy and pgRouting are given a graph: nodes numbered, lengths known, entrances and proposals on nodes. cordon check reads lines and points, joins them and writes "
          "verdicts; the network that it keeps saves it the lines. Searches: from all entrances, with the answer to each proposal; their peak is of the process around them.")
    wall = {contender: process.middle(made).wall for contender, made in runs.items()}
    # At size S a process is hardly begun by then.
    return (world.size == "S" or wall[cordon] < wall[pgrouting]) and wall[kept] < wall[scipy] and wall[search] < process.middle(scipy.searches).wall


def row(name, timed, runs):
    middle, walls = process.middle(runs), [run.wall for run in runs]
    return (name, timed, process.seconds(middle.wall), f"{process.seconds(min(walls))}–{process.seconds(max(walls))}",
            "" if math.isnan(middle.cpu) else process.seconds(middle.cpu), "" if math.isnan(middle.peak_mb) else f"{middle.peak_mb:.0f}")


def alone(options):
    """cordon at size L: the search after loading, then whole processes. True within the times and the memory that are asked."""
    world = Large(options.work / "L")
    folder = data(world)
    study_file = study(world, folder)
    forget_network(study_file.parent)
    search = Search(options, study_file, folder)
    search.run(options.runs)
    found = search.said
    print(f"{found['nodes']:,} nodes, {found['links']:,} links, {found['starts']:,} entrances, {found['rows']:,} proposals; {found['within']:,} within {LIMIT_M} m on foot\n")
    steps = [("streets read, network built, its links indexed", found["load"], found["load_cpu"]), ("entrances and proposals joined to streets", found["join"], found["join_cpu"]),
             (f"search from all entrances, {LIMIT_M} m", found["search"], found["search_cpu"]), ("answers to all proposals", found["answers"], found["answers_cpu"])]
    print(process.table(("step of the library, one process", "seconds", "CPU s"), [(name, process.seconds(wall), process.seconds(cpu)) for name, wall, cpu in steps]))
    print(f"\nOne thread. Memory: {found['load_peak']:.0f} MB at most while loading, {found['network_mb']:.0f} MB with network and index, {found['now']:.0f} MB after the answers. "
          f"Asked for: a search of less than {MOST_SEARCH_S} s of CPU, joining and answers in less than {MOST_ANSWERS_S} s, less than {MOST_MB} MB after loading.\n")
    rows = []
    for kept in (False, True):
        cordon = Cordon(world, options, study_file, kept)
        made = [cordon.run() for _ in range(options.runs)]
        if kept and not kept_networks(study_file.parent):
            break
        rows.append(row(cordon.name, cordon.timed, made))
    print(process.table(("contender", "what is timed", "seconds", "min–max", "CPU s", "peak MB"), rows))
    answered = len(cordon.answers())
    if answered != found["within"]:
        raise process.Failed(f"cordon check finds {answered} within, the search alone {found['within']}")
    return found["search_cpu"] < MOST_SEARCH_S and found["join"] + found["answers"] < MOST_ANSWERS_S and found["now"] < MOST_MB
