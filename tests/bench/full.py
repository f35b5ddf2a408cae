# SPDX-License-Identifier: Apache-2.0
"""The fullest policy beside the distance rule alone: whole commands on the same proposals, half of them on units of parades.

Data of its own beside those of make_data.py, in the folder `full` of the world: wards.csv (squares with a share and a population), outlets.csv, units.csv (parades
of 20 units, 6 m each) and proposals.csv."""

import math
import sys

import make_data
import process
import world as worlds

PARADES, UNITS, OUTLETS, WARD_M = 1_500, 20, 8_000, 2_500

STUDY = """
[layers.wards]
kind = "areas"
file = "wards.csv"
crs = "EPSG:27700"
preset = "none"
columns = { code = "code", name = "code", wkt = "wkt" }
attributes = ["year6"]
accuracy = "0 m"

[layers.takeaways]
kind = "outlets"
use = "hot-food-takeaway"
file = "outlets.csv"
crs = "EPSG:27700"
preset = "none"
columns = { id = "id", x = "x", y = "y" }
accuracy = "2 m"

[layers.frontages]
kind = "frontages"
file = "units.csv"
crs = "EPSG:27700"
preset = "none"
columns = { id = "unit", parade = "parade", sequence = "sequence", uprn = "uprn", x = "x", y = "y", use = "use" }
accuracy = "1 m"
"""

RULES = """
[[rule]]
id = "many"
cite = "Invented"
count = { of = "hot-food-takeaway", within = "400 m" }
breach = ">= 3"
outcome = "refuse"

[[rule]]
id = "share"
cite = "Invented"
share = { of = "hot-food-takeaway", among = "units", in = "frontages" }
bands = [{ units = ">= 40", breach = "> 7 %" }, { units = "< 40", breach = "> 12 %" }]
outcome = "refuse"

[[rule]]
id = "run"
cite = "Invented"
run = { of = "hot-food-takeaway", along = "frontages" }
breach = "> 2 units"
outcome = "refuse"

[[rule]]
id = "gap"
cite = "Invented"
gap = { of = "hot-food-takeaway", along = "frontages", between = "groups" }
breach = "< 2 units"
outcome = "refuse"

[[rule]]
id = "ward"
cite = "Invented"
attribute = { of = "wards", field = "year6" }
breach = "> 10 %"
outcome = "refuse"
"""


def write_wards(land, path):
    west, south, east, north = land.plan["box"]
    rng = land.rng("wards")
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("code,year6,wkt\n")
        for row in range(math.ceil((north - south) / WARD_M)):
            for column in range(math.ceil((east - west) / WARD_M)):
                x, y = west + column * WARD_M, south + row * WARD_M
                ring = f"{x} {y},{x + WARD_M} {y},{x + WARD_M} {y + WARD_M},{x} {y + WARD_M},{x} {y}"
                out.write(f'W{row:03}{column:03},{rng.uniform(5, 30):.1f},"POLYGON(({ring}))"\n')


def write_outlets(land, path):
    rng = land.rng("outlets")
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,x,y\n")
        for i in range(OUTLETS):
            x, y, _ = land.spot(rng)
            out.write(f"O{i},{x:.2f},{y:.2f}\n")


def write_units(land, path):
    """The units; their UPRNs and points."""
    rng, units = land.rng("units"), []
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("unit,parade,sequence,uprn,x,y,use\n")
        for parade in range(PARADES):
            x, y, angle = land.spot(rng)
            for k in range(UNITS):
                at = f"{x + 6 * k * math.cos(angle):.2f},{y + 6 * k * math.sin(angle):.2f}"
                uprn = 100_000_000 + parade * UNITS + k
                out.write(f"P{parade}-{k},P{parade},{k + 1},{uprn},{at},{'hot-food-takeaway' if rng.random() < 0.12 else 'shop'}\n")
                units.append((uprn, at))
    return units


def write_proposals(land, units, path):
    """Every second on a unit, with its UPRN; the others at houses."""
    rng, left, number = land.rng("full proposals"), land.plan["proposals"], 0
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write("id,x,y,uprn\n")
        while left:
            for house in make_data.street(rng, land)[:left]:
                uprn, at = units[rng.randrange(len(units))] if number % 2 else ("", house)
                out.write(f"{number},{at},{uprn}\n")
                number += 1
                left -= 1


def studies(world, options):
    """The two studies: distance alone, and the fullest policy."""
    folder = world.work / "full"
    folder.mkdir(exist_ok=True)
    land = make_data.Land(world.size)
    write_wards(land, folder / "wards.csv")
    write_outlets(land, folder / "outlets.csv")
    write_proposals(land, write_units(land, folder / "units.csv"), folder / "proposals.csv")
    text = worlds.STUDY.format(places=world.folder, proposals="proposals.csv", ending=options.places).replace('y = "y" }', 'y = "y", uprn = "uprn" }')
    (folder / "policy.toml").write_text(worlds.POLICY, encoding="utf-8")
    (folder / "full.toml").write_text(worlds.POLICY + RULES, encoding="utf-8")
    (folder / "distance-study.toml").write_text(text, encoding="utf-8")
    (folder / "full-study.toml").write_text(text.replace("policy.toml", "full.toml") + STUDY, encoding="utf-8")
    return (("distance alone", folder / "distance-study.toml"), ("distance, count, share, run, gap, attribute", folder / "full-study.toml"))


def race(options, world, most):
    """Both in turn, several times. True when the fullest policy takes at most `most` times the distance rule alone."""
    contenders = [(name, [options.program, "check", study, "--out", study.with_suffix(".csv"), "--force", "--no-progress"]) for name, study in studies(world, options)]
    if options.threads:
        contenders = [(name, argv + ["--threads", options.threads]) for name, argv in contenders]
    runs = {name: [] for name, _ in contenders}
    for turn in range(options.runs):
        for name, argv in contenders:
            print(f"{turn + 1}/{options.runs} {name} …", file=sys.stderr)
            runs[name].append(process.run(argv)[0])
    middles = {name: process.middle(all_runs) for name, all_runs in runs.items()}
    base = middles[contenders[0][0]]
    rows = [(name, process.seconds(middle.wall), f"{middle.wall / base.wall:.2f}", process.seconds(middle.cpu), f"{middle.cpu / base.cpu:.2f}", f"{middle.peak_mb:.0f}")
            for name, middle in middles.items()]
    print(process.table(("policy", "seconds", "times", "CPU s", "times", "peak MB"), rows))
    ratio = middles[contenders[1][0]].wall / base.wall
    print(f"\nMedians of {options.runs} runs each, in turn; whole commands. At most {most} times is asked.")
    return ratio <= most
