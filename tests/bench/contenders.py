# SPDX-License-Identifier: Apache-2.0
"""Who takes part: each can run the job once, and say what it answered."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import process
import world as worlds

FORMS = {"csv": ("cordon", "--out", "csv"), "gpkg": ("cordon, GeoPackage out", "--out", "gpkg"),
         "fgb": ("cordon, FlatGeobuf out", "--out", "fgb"), "findings": ("cordon, findings as CSV", "--findings", "csv")}


class Cordon:
    """The whole process: files in, file out."""

    timed = "whole process"

    def __init__(self, world, options, form="csv"):
        self.name, option, ending = FORMS[form]
        self.out = world.work / f"{form}.{ending}"
        self.form = form
        study = world.study(ending=options.places)
        self.argv = [options.program, "check", study, option, self.out, "--force", "--no-progress", "--tie", "0"]
        if options.threads:
            self.argv += ["--threads", options.threads]

    def run(self):
        return process.run(self.argv)[0]

    def answer(self):
        """Rows, rows within, sum of the nearest distances; of the other forms nothing is said."""
        return worlds.answer(self.out) if self.form == "csv" else None


class PostGis:
    """The query alone, on a server that has everything loaded, indexed and in its memory."""

    timed = "query alone"

    def __init__(self, cluster, job, pieces=False):
        self.name = f"PostGIS {cluster.version()}" + (", parks in pieces" if pieces else "")
        self.cluster, self.job, self.parks = cluster, job, "pieces" if pieces else "parks"

    def run(self):
        return self.cluster.query(self.job, self.parks)

    def answer(self):
        return self.cluster.answer(self.job)[:3]


class Shared:
    """A peer's script in the folder that CORDON_SHARED names (bench/peers), where what it needs is installed."""

    timed = "whole process"
    python = "/usr/bin/python3"
    # name: command, what shows that it is installed, whether it loads first
    known = {
        "geopandas": ([python, "peer_geopandas.py"], [python, "-c", "import geopandas"], False),
        "spatialite": ([python, "peer_spatialite.py"], [python, "-c", "import sqlite3; c = sqlite3.connect(':memory:'); c.enable_load_extension(True); c.load_extension('mod_spatialite')"], True),
        "ogr2ogr": (["bash", "peer_ogr.sh"], ["ogr2ogr", "--version"], True),
        "qgis": (["bash", "peer_qgis.sh"], ["qgis_process", "--version"], False),
        "grass": (["bash", "peer_grass.sh"], ["grass", "--version"], True),
        "sf": (["Rscript", "peer_sf.R"], ["Rscript", "-e", "library(sf)"], False),
        "node-flatbush": (["node", "peer_node.mjs"], ["node", "-e", "require.resolve('flatbush')"], False),
    }
    jobs = {"verdict": ("geopandas", "spatialite", "ogr2ogr", "qgis", "sf"), "nearest": ("geopandas", "spatialite", "qgis", "grass", "sf", "node-flatbush"),
            "change": ("geopandas", "spatialite")}

    def __init__(self, name, world, job):
        self.name = name
        command, _, self.loads = self.known[name]
        self.folder = peers_folder()
        self.base = peers_work(world)
        (self.base / "bench").mkdir(parents=True, exist_ok=True)
        data = self.base / "bench" / world.size
        data.unlink(missing_ok=True)
        data.symlink_to(world.folder)
        self.env = dict(os.environ, BENCH_WORK=str(self.base), PYTHONPATH=str(self.folder), PYTHONDONTWRITEBYTECODE="1")
        self.command, self.size, self.job = command, world.size, {"verdict": "j1a", "nearest": "j1b", "change": "j2"}[job]
        self.said = None

    def call(self, job):
        return process.run([*self.command, self.size, job, self.base / f"{self.name}.csv"], env=self.env, cwd=self.folder)

    def load(self):
        if self.loads:
            self.call("load")

    def run(self):
        run, words = self.call(self.job)
        lines = [line[3:] for line in words.splitlines() if line.startswith("@@ ")]
        self.said = json.loads(lines[-1])["answer"] if lines else None
        return run

    def answer(self):
        """`95604/100000 sum_s … sum_k …`."""
        if self.said is None:
            return None
        within, rows = self.said.split()[0].split("/")
        return int(rows), int(within)


def peers_folder():
    return Path(os.environ.get("CORDON_SHARED", "nowhere")) / "bench/peers"


def peers_work(world):
    """Where they keep their databases; a folder `node` in it may hold npm's flatbush."""
    return world.work.parent / "peers"


def installed(name, world):
    command, test, _ = Shared.known[name]
    modules = peers_work(world) / "node"
    if not (peers_folder() / command[1]).is_file() or not shutil.which(test[0]):
        return False
    return subprocess.run(test, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=modules if modules.is_dir() else None).returncode == 0
