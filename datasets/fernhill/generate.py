#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Fernhill, a fictional borough. Python 3.9 or later and ogr2ogr (GDAL); no clock and no network are used.

    generate.py                     write every data file beside this script
    generate.py --out DIR           write them elsewhere
    generate.py --check             write them to a temporary folder and compare with the ones here, byte for byte
    generate.py --outlets-only --seed N --effect X --out DIR
                                    write DIR/outlets.csv alone, from another seed and with another planted effect
"""

import argparse
import filecmp
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

from fernhill import applications, outlets, streets, tables, writers   # noqa: E402
from fernhill.parameters import EFFECT, OUTLET_SEED                    # noqa: E402
from fernhill.world import World                                       # noqa: E402

MADE = (".csv", ".geojson", ".gpkg", ".shp", ".shx", ".dbf", ".prj", ".cpg")   # what is generated; the rest is written by hand


def write_everything(folder):
    """Into an empty folder: GeoPackages would otherwise be added to."""
    world = World()
    check_railway(world)
    tables.write_all(world, outlets.make_outlets(world), applications.make_applications(world), folder)


def write_to(folder):
    with tempfile.TemporaryDirectory() as fresh:
        write_everything(fresh)
        shutil.copytree(fresh, folder, dirs_exist_ok=True)


def check_railway(world):
    """The youth club across the railway: 150 m straight, and more than 600 m on foot."""
    x, y = world.places["youth-facilities"][-1].shape.points[0]
    assert streets.walk(world.streets, (x, y), (x, y - 150)) > 600


def data_files(folder):
    found = [name for name in os.listdir(folder) if name.endswith(MADE)]
    fhrs = os.path.join(folder, "fhrs")
    if os.path.isdir(fhrs):
        found += [os.path.join("fhrs", name) for name in os.listdir(fhrs) if name.endswith(MADE)]
    return sorted(found)


def check():
    with tempfile.TemporaryDirectory() as folder:
        write_everything(folder)
        here, there = data_files(HERE), data_files(folder)
        wrong = sorted(set(here) ^ set(there)) + [
            name for name in there if name in here
            and not filecmp.cmp(os.path.join(HERE, name), os.path.join(folder, name), shallow=False)]
    for name in wrong:
        print(f"differs: {name}", file=sys.stderr)
    print(f"{len(there)} files, {len(wrong)} differ")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=HERE)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--outlets-only", action="store_true")
    parser.add_argument("--seed", type=int, default=OUTLET_SEED)
    parser.add_argument("--effect", type=float, default=EFFECT)
    options = parser.parse_args()
    if (options.seed, options.effect) != (OUTLET_SEED, EFFECT) and not options.outlets_only:
        parser.error("--seed and --effect go with --outlets-only; the committed files have those of fernhill/parameters.py")
    if options.check:
        return check()
    if options.outlets_only:
        os.makedirs(options.out, exist_ok=True)
        found = outlets.make_outlets(World(with_streets=False), options.seed, options.effect)
        writers.write_csv(os.path.join(options.out, "outlets.csv"), outlets.outlet_rows(found))
        return 0
    write_to(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
