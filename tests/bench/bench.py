#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/bench [S|M|L] [options]: how quick cordon is, beside PostGIS on the same data in the same run.

  scripts/bench M                    verdict, nearest school and nearest park of 100,000 proposals: medians, ratios, memory
  scripts/bench M --job verdict      PostGIS has to say only whether a proposal is within 400 m
  scripts/bench M --compare          verdicts and distances, row by row; fails where one differs
  scripts/bench L --scale            cordon alone with 1, 10 and 40 million proposals
  scripts/bench M --buffers          how many verdicts are wrong where zones are drawn as polygons
  scripts/bench M --full             the fullest policy (distance, count, share, run, gap, attribute) beside the distance rule alone: at most 4 times
  scripts/bench L --change           `cordon density`: 900,000 outlets of 15 years by 42,000 areas; at most as long as PostGIS's query
  scripts/bench M --zones            `cordon zones`: dissolved 400 m zones of 8,300 places, at least twice as fast as PostGIS; each one's error is printed
  scripts/bench M --walking          400 m on foot from schools' entrances, beside SciPy and pgRouting; at L cordon alone on 12 million links
  scripts/bench --instructions       of size M, counted by callgrind, against tests/bench/instructions.json (--keep: rewrites it)

Times of cordon are those of whole processes, files in, file out. Times of PostGIS are those of the query alone, in as
many sessions as there are processors; loading stands in a row of its own. Tables are Markdown, on standard output.
"""

import argparse
import json
import os
import signal
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import change  # noqa: E402
import compare  # noqa: E402
import full  # noqa: E402
import postgis  # noqa: E402
import process  # noqa: E402
import walking  # noqa: E402
import world as worlds  # noqa: E402
import zones  # noqa: E402
from contenders import FORMS, Cordon, PostGis, Shared, installed  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("instructions.json")
RUNS = {"S": 9, "M": 5, "L": 3}
TOLERANCE = 0.02
FULLEST = 4  # times the distance rule alone


def read_options():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", choices=list(RUNS), default="M", help="S: a borough, M: Greater London, L: Great Britain")
    parser.add_argument("--job", choices=("verdict", "nearest"), default="nearest")
    parser.add_argument("--runs", type=int, help="of each contender, in turn (S 9, M 5, L 3)")
    parser.add_argument("--peer-runs", type=int, help="of each of the others, where they take too long for as many")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data made elsewhere, in place of the project's own")
    parser.add_argument("--peers", default="postgis", help=f"of: none, postgis, postgis-pieces, all, {', '.join(Shared.known)}; the latter by the scripts in $CORDON_SHARED/bench/peers")
    parser.add_argument("--forms", default="csv", help=f"of cordon's output: {', '.join(FORMS)}")
    parser.add_argument("--places", choices=("gpkg", "shp"), default="gpkg", help="what cordon reads schools and parks from")
    parser.add_argument("--threads", help="of cordon")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--compare", action="store_true")
    what.add_argument("--scale", nargs="?", const="1,10,40", metavar="MILLIONS")
    what.add_argument("--buffers", action="store_true")
    what.add_argument("--full", action="store_true")
    what.add_argument("--change", action="store_true")
    what.add_argument("--zones", action="store_true")
    what.add_argument("--walking", action="store_true")
    what.add_argument("--instructions", action="store_true")
    parser.add_argument("--keep", action="store_true", help="with --instructions: the count becomes the one to compare with")
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/bin/cordon", help="a cordon that is built already")
    parser.add_argument("--work", type=Path, default=ROOT / "build/bench", help="folder for data and output")
    options = parser.parse_args()
    options.runs = options.runs or RUNS[options.size]
    options.peer_runs = min(options.peer_runs or options.runs, options.runs)
    for form in options.forms.split(","):
        if form not in FORMS:
            parser.error(f"--forms: not known: {form}")
    for peer in options.peers.split(","):
        if peer not in ("none", "all", "postgis", "postgis-pieces", *Shared.known):
            parser.error(f"--peers: not known: {peer}")
    return options


def headline(options):
    """What was measured on what, so that a table can be quoted."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processors = len(os.sched_getaffinity(0))
    others = os.getloadavg()[0]
    busy = f" The machine was busy beside this (load {others:.1f}): times are too long, ratios less so." if others > 0.7 else ""
    data = " Data from elsewhere (--data)." if options.data else ""
    return f"Size {options.size}, job {'walking' if options.walking else options.job}, {processors} processors, {memory:.0f} GB.{data}{busy}\n"


def peers_of(options, world, cluster):
    names = options.peers.split(",")
    peers = []
    if "postgis" in names or "all" in names:
        peers.append(PostGis(cluster, options.job))
    if "postgis-pieces" in names or "all" in names:
        cluster.subdivide()
        peers.append(PostGis(cluster, options.job, pieces=True))
    for name in Shared.jobs[options.job]:
        if name in names or "all" in names:
            if installed(name, world):
                peers.append(Shared(name, world, options.job))
                peers[-1].load()
            elif name in names:
                raise process.Failed(f"{name}: not installed, or its script is not in $CORDON_SHARED/bench/peers")
    return peers


def agree(contenders, answers):
    """The first contender's answer, once every other says the same; else Failed."""
    known = [(contender.name, answer) for contender, answer in zip(contenders, answers) if answer]
    name, first = known[0]
    for other, answer in known[1:]:
        # Each distance that cordon prints is rounded to a millimetre; of coordinates in whole centimetres that rounding leans by up to a micrometre a row.
        if answer[:2] != first[:2] or (len(answer) > 2 and len(first) > 2 and abs(answer[2] - first[2]) > 0.01 + 0.001 * first[0] ** 0.5 + 2e-6 * first[0]):
            raise process.Failed(f"the answers differ: {name} {first}, {other} {answer}")


def answer_cells(answer):
    if answer is None:
        return "", ""
    return f"{answer[1]:,} of {answer[0]:,}", f"{answer[2]:,.1f}" if len(answer) > 2 else ""


def race(options, world, cluster):
    """Every contender in turn, several times; the table of medians."""
    ours = [Cordon(world, options, form) for form in options.forms.split(",")]
    loading = cluster.load(world) if cluster else None
    contenders = ours + (peers_of(options, world, cluster) if options.peers != "none" else [])
    runs = {contender: [] for contender in contenders}
    answers = {}
    for turn in range(options.runs):
        for contender in contenders:
            due = options.runs if contender in ours else options.peer_runs
            if turn < due:
                print(f"{turn + 1}/{due} {contender.name} …", file=sys.stderr)
                runs[contender].append(contender.run())
            if turn + 1 == due:  # before the next of the same server writes over it
                answers[contender] = contender.answer()
    base = process.middle(runs[contenders[0]]).wall
    rows = []
    for contender in contenders:
        middle = process.middle(runs[contender])
        walls = [run.wall for run in runs[contender]]
        rows.append((contender.name, contender.timed, process.seconds(middle.wall), f"{process.seconds(min(walls))}–{process.seconds(max(walls))}",
                     f"{middle.wall / base:.2g}" if middle.wall < 10 * base else f"{middle.wall / base:.0f}", process.seconds(middle.cpu), f"{middle.peak_mb:.0f}", *answer_cells(answers[contender])))
        if isinstance(contender, PostGis) and contender.parks == "parks":
            whole = middle.wall + loading
            rows.append((contender.name, "loading and query", process.seconds(whole), "", f"{whole / base:.0f}", "", "", "", ""))
    print(process.table(("contender", "what is timed", "seconds", "min–max", "times cordon", "CPU s", "peak MB", f"within {worlds.LIMIT_M} m", "sum of nearest, m"), rows))
    times = f"{options.runs} runs each" if options.peer_runs == options.runs else f"{options.runs} runs of cordon and {options.peer_runs} of the others"
    print(f"\nMedians of {times}, in turn. cordon ran with --tie 0.")
    agree(contenders, [answers[contender] for contender in contenders])  # after the table: it says what differs
    return True


def scale(options, world):
    """Cordon alone on more and more proposals beside the same places."""
    rows, first = [], None
    for millions in map(float, options.scale.split(",")):
        count = round(millions * 1_000_000)
        proposals = worlds.proposals_of(world, count)
        out = world.work / "scale.csv"
        argv = [options.program, "check", world.study("scale", proposals, options.places), "--out", out, "--force", "--no-progress", "--tie", "0"]
        argv += ["--threads", options.threads] if options.threads else []
        middle = process.middle([process.run(argv)[0] for _ in range(options.runs)])
        answered, within, _ = worlds.answer(out)
        if answered != count:
            raise process.Failed(f"{count} proposals in, {answered} rows out")
        first = first or (count, middle)
        rows.append((f"{count:,}", process.seconds(middle.wall), f"{middle.wall / first[1].wall:.1f}", process.seconds(middle.cpu), f"{middle.wall / count * 1e6:.2f}", f"{middle.peak_mb:.0f}", f"{within:,}"))
        out.unlink()
    print(process.table(("proposals", "seconds", "times the first", "CPU s", "µs each", "peak MB", "within"), rows))
    print(f"\nMedians of {options.runs} runs each; whole processes, CSV in and out.")
    return True


def buffers(world, cluster):
    """Verdicts by buffer polygons, as PostGIS draws them, against the distance itself."""
    cluster.load(world)
    points = int(cluster.sql("select count(*) from proposals"))
    rows = []
    for layer in ("schools", "parks"):
        cluster.sql("drop table if exists exact",
                    f"create unlogged table exact as select p.id, p.geom, s.d from proposals p cross join lateral (select geom <-> p.geom d from {layer} order by geom <-> p.geom limit 1) s")
        for segments in (5, 8, 16, 64):
            cluster.sql("drop table if exists zone", f"create unlogged table zone as select st_buffer(geom, {worlds.LIMIT_M}, 'quad_segs={segments}') geom from {layer}",
                        "create index on zone using gist(geom)", "vacuum analyze zone")
            answer = cluster.sql(f"""with v as (select d, exists(select 1 from zone z where st_intersects(z.geom, e.geom)) inside from exact e)
                select count(*) filter (where d <= {worlds.LIMIT_M} and not inside), count(*) filter (where d > {worlds.LIMIT_M} and inside),
                       coalesce(max(abs(d - {worlds.LIMIT_M})) filter (where (d <= {worlds.LIMIT_M}) <> inside), 0) from v""")
            clear, within, furthest = answer.split(",")
            rows.append((f"{layer}, {segments} segments a quarter", f"{int(clear) + int(within):,} of {points:,}", clear, within, f"{float(furthest):.2f}"))
    print(process.table(("zones", "wrong verdicts", "said clear, is within", "said within, is clear", "furthest wrong, m"), rows))
    return True


def instructions(options, world):
    """What the machine has to do for size M on one thread, compared with what it was."""
    out = world.work / "callgrind.out"
    run, words = process.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", options.program, "check", world.study(ending=options.places),
                              "--out", world.work / "instructions.csv", "--force", "--no-progress", "--tie", "0", "--threads", "1"])
    totals = [line.split()[1] for line in out.read_text(encoding="utf-8", errors="replace").splitlines() if line.startswith(("summary:", "totals:"))]
    if not totals:
        raise process.Failed(f"callgrind left no count: {words[-1000:]}")
    count = int(totals[-1])
    measured = {"data": world.fingerprint(), "size": world.size, "places": options.places, "instructions": count}
    if options.keep:
        KEPT.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
        print(f"{count:,} instructions, kept in {KEPT.relative_to(ROOT)}")
        return True
    if not KEPT.is_file():
        print(f"{count:,} instructions; none are kept yet to compare with (--keep)")
        return True
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    if any(kept[key] != measured[key] for key in ("data", "size", "places")):
        raise process.Failed("the kept count is of other data or another size; --keep rewrites it")
    change = count / kept["instructions"] - 1
    word = "as before" if abs(change) <= TOLERANCE else "slower" if change > 0 else "faster: --keep it"
    print(f"{count:,} instructions, {kept['instructions']:,} kept: {change:+.1%}, {word}")
    return change <= TOLERANCE


def work(options):
    if options.walking and options.size == "L":
        print(headline(options))
        return walking.alone(options)
    world = worlds.World(options.size, options.data, options.work / options.size)
    if not options.buffers and not os.access(options.program, os.X_OK):
        raise process.Failed(f"{options.program} is not there: scripts/bench builds it")
    if options.instructions:
        return instructions(options, world)
    print(headline(options))
    if options.scale:
        return scale(options, world)
    if options.full:
        return full.race(options, world, FULLEST)
    asks_cluster = options.compare or options.buffers or options.change or options.zones or options.walking
    if not asks_cluster and not {"postgis", "postgis-pieces", "all"} & set(options.peers.split(",")):
        return race(options, world, None)
    with postgis.Cluster() as cluster:
        if options.change:
            return change.race(world, options, cluster)
        if options.walking:
            return walking.race(world, options, cluster)
        if options.zones:
            return zones.race(world, options, cluster)
        if options.compare:
            return compare.compare(world, options, cluster)
        return buffers(world, cluster) if options.buffers else race(options, world, cluster)


def stop(number, _):
    # An exception, so that the cluster is stopped and its folder removed on the way out.
    sys.exit(128 + number)


def main():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    options = read_options()
    try:
        good = work(options)
    except process.Failed as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 3
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
