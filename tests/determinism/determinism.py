#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same study gives the same bytes, for any number of threads, in any locale, time zone and working folder, at any time; the same places in
another order give the same findings.

determinism.py [fernhill | lattice] [TEST ...]      CORDON_PROGRAM: the program"""

import csv
import datetime
import hashlib
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import lattice_study
from whole_runs import Folder, cordon, expect, fernhill, run_tests, sanitized, tests_of

ALL = ("v.csv", "v.json", "v.geojson", "v.gpkg", "v.fgb")
TEXTS = ("v.csv", "v.geojson")
ROWS = 60_000  # several batches
FEWER_ROWS = 25_000  # a sanitizer is slow
SEED = 20240601


class World:
    """The study that the tests of this run look at; its answer in one plain run is what the others are held against."""
    name, folder, study, plain = "", None, None, {}


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _outputs(out, wanted):
    """Words that ask for these files in the folder `out`."""
    words = [word for name in wanted for word in ("--out", out / name)]
    return [*words, "--findings", out / "f.csv", "--places", out / "z.csv"]


def _answer(study, *options, wanted=ALL, cwd=None, env=None, by_name=None):
    """Every file that a run writes and what it prints, as hashes by name. `study` is named as given."""
    with Folder("out", World.folder) as out:
        run = cordon(["check", study, *_outputs(out, wanted), *options], cwd or World.folder, env)
        expect(run.status == 0 and not run.out and not run.err, str(run))
        files = {path.name: _digest(path) for path in sorted(out.iterdir())}
        if by_name is not None:
            by_name.update({path.name: path.read_bytes() for path in out.iterdir()})
    table = cordon(["check", study, *options], cwd or World.folder, env)
    expect(table.status == 0 and not table.err, str(table))
    files["standard output"] = hashlib.sha256(table.out.encode()).hexdigest()
    return files


def _plain():
    if not World.plain:
        World.plain = _answer(World.study, "--threads", "2")
        expect(len(World.plain) == 11, f"the plain run wrote {sorted(World.plain)}")
    return World.plain


def _few():
    """All forms of a small answer, some of a large one: where nothing but the surroundings change."""
    return ALL if World.name == "fernhill" else TEXTS


def _same(answer, what):
    plain = _plain()
    other = sorted(name for name, digest in answer.items() if plain.get(name) != digest)
    expect(not other, f"{what}: other bytes in {', '.join(other)}")


def the_bytes_do_not_depend_on_the_number_of_threads():
    for threads in ("1", "7"):
        _same(_answer(World.study, "--threads", threads), f"--threads {threads}")


def the_bytes_do_not_depend_on_what_else_is_written():
    for name in ALL if World.name == "fernhill" else ALL[:1]:
        with Folder("out", World.folder) as out:
            run = cordon(["check", World.study, "--out", out / name], World.folder)
            expect(run.status == 0, str(run))
            _same({name: _digest(out / name)}, f"{name} alone")


def _made_locales(folder):
    """Locales that write 1,5 and 1.000 and that turn i into İ: made here, where the machine has none."""
    names = [("de_DE", "UTF-8"), ("tr_TR", "UTF-8")]
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/tr_TR").exists():
        return None
    for name, letters in names:
        subprocess.run(["localedef", "-i", name, "-f", letters, str(folder / f"{name}.{letters}")], check=False, stderr=subprocess.DEVNULL)
    return [f"{name}.{letters}" for name, letters in names if (folder / f"{name}.{letters}").is_dir()]


def the_bytes_do_not_depend_on_the_locale():
    with Folder("locales") as folder:
        made = _made_locales(folder)
        for locale in ("C", "POSIX", "C.UTF-8", *(made or ["de_DE.UTF-8", "tr_TR.UTF-8"])):
            env = {"LC_ALL": locale, "LANG": locale, "LANGUAGE": locale[:2]}
            _same(_answer(World.study, env={**env, "LOCPATH": str(folder)} if made else env, wanted=_few()), f"LC_ALL={locale}")
    if not made:
        print("      (no localedef here: de_DE and tr_TR were named, and may not be on this machine)")


def the_bytes_do_not_depend_on_the_time_zone():
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "XYZ+23:59"):
        _same(_answer(World.study, env={"TZ": zone}, wanted=TEXTS), f"TZ={zone}")


def the_bytes_do_not_depend_on_the_clock():
    """Not on the second of the run, nor on the age of the files; and today's date is nowhere."""
    _plain()
    time.sleep(1.1)
    with Folder("older", World.folder) as folder:
        study = folder / "study"
        shutil.copytree(World.study.parent, study)
        for path in study.rglob("*"):
            os.utime(path, (10 ** 9, 10 ** 9))
        written = {}
        _same(_answer(study / "study.toml", by_name=written), "files of 2001, a second later")
    today = datetime.date.today()
    forms = [today.isoformat(), today.strftime("%d/%m/%Y"), today.strftime("%Y/%m/%d"), today.strftime("%Y%m%d")]
    inputs = b"".join(path.read_bytes() for path in sorted(World.study.parent.rglob("*")) if path.is_file())
    for name, content in written.items():
        for form in forms:
            expect(form.encode() in inputs or form.encode() not in content, f"{name} holds today's date, {form}")


def the_bytes_do_not_depend_on_the_working_folder():
    """By a relative path and by an absolute one, from elsewhere, and with the whole study somewhere else under a longer name."""
    home = World.study.parent
    _same(_answer("study.toml", cwd=home, wanted=_few()), "a relative path, from the study's folder")
    _same(_answer(Path("..") / home.name / "study.toml", cwd=home, wanted=TEXTS), "a relative path with ..")
    _same(_answer(Path("./") / home.name / "study.toml", cwd=World.folder, wanted=TEXTS), "a relative path, from above")
    _same(_answer(World.study, cwd="/", wanted=_few()), "an absolute path, from /")
    with Folder("elsewhere") as folder:
        deep = folder / "a folder, ünd another" / "of a much longer name than the first one had"
        shutil.copytree(home, deep)
        _same(_answer(deep / "study.toml", cwd=folder, wanted=_few()), "a copy of the study elsewhere")
        os.symlink(deep, folder / "link")
        _same(_answer(folder / "link" / "study.toml", cwd=folder, wanted=TEXTS), "by a link")


def the_bytes_do_not_depend_on_the_random_places_of_memory():
    """Addresses in another order, memory that is not zero: what rests on either shows here."""
    for n in range(2):
        _same(_answer(World.study, wanted=TEXTS, env={"MALLOC_PERTURB_": str(60 + n), "MALLOC_ARENA_MAX": str(1 + n), "LONGER_ENVIRONMENT": "x" * 977 * n}),
              f"run {n}")


# ---- other orders

def _rows(path):
    return path.read_text(encoding="utf-8").splitlines()


def _shuffle_csv(path, order):
    head, *rows = _rows(path)
    order.shuffle(rows)
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def _shuffle_geopackage(path, table, key, order):
    """Other row numbers for the same rows; readers go by them."""
    base = sqlite3.connect(path)
    try:
        for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        indexes = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE name = ?", (f"rtree_{table}_geom",))]
        numbers = [n for (n,) in base.execute(f'SELECT "{key}" FROM "{table}"')]
        others = list(numbers)
        order.shuffle(others)
        for place, column in [(table, key), *((index, "id") for index in indexes)]:
            base.executemany(f'UPDATE "{place}" SET "{column}" = -? - 1000000 WHERE "{column}" = ?', [(b, a) for a, b in zip(numbers, others)])
            base.execute(f'UPDATE "{place}" SET "{column}" = -"{column}" - 1000000')
        base.commit()
    finally:
        base.close()


def _shuffle_shapefile(path, order):
    shp, dbf = path.read_bytes(), path.with_suffix(".dbf").read_bytes()
    records, at = [], 100
    while at < len(shp):
        words = struct.unpack(">i", shp[at + 4:at + 8])[0]
        records.append(shp[at + 8:at + 8 + 2 * words])
        at += 8 + 2 * words
    begin, width = struct.unpack("<HH", dbf[8:12])
    rows = [dbf[begin + i * width:begin + (i + 1) * width] for i in range(len(records))]
    new = list(range(len(records)))
    order.shuffle(new)
    shapes, index, at = b"", b"", 50
    for n, i in enumerate(new):
        head = struct.pack(">ii", n + 1, len(records[i]) // 2)
        index += struct.pack(">ii", at, len(records[i]) // 2)
        shapes += head + records[i]
        at += (8 + len(records[i])) // 2
    path.write_bytes(shp[:100] + shapes)
    path.with_suffix(".shx").write_bytes(path.with_suffix(".shx").read_bytes()[:100] + index)
    path.with_suffix(".dbf").write_bytes(dbf[:begin] + b"".join(rows[i] for i in new) + dbf[begin + len(rows) * width:])


def _shuffle_places(folder, order):
    if World.name == "lattice":
        for name in ("schools.csv", "parks.csv", "centres.csv"):
            _shuffle_csv(folder / name, order)
        return
    _shuffle_geopackage(folder / "schools.gpkg", "schools", _key(folder / "schools.gpkg", "schools"), order)
    for table in ("greenspace_site", "access_point"):
        _shuffle_geopackage(folder / "parks.gpkg", table, _key(folder / "parks.gpkg", table), order)
    _shuffle_geopackage(folder / "streets.gpkg", "streets", _key(folder / "streets.gpkg", "streets"), order)
    _shuffle_geopackage(folder / "parades.gpkg", "parades", _key(folder / "parades.gpkg", "parades"), order)
    for name in ("youth_centres", "leisure_centres", "community_centres", "town_centres", "lsoas"):
        _shuffle_shapefile(folder / f"{name}.shp", order)
    for name in ("school_entrances.csv", "leisure_entrances.csv", "outlets.csv", "postcodes.csv", "deprivation.csv"):
        _shuffle_csv(folder / name, order)


def _key(path, table):
    base = sqlite3.connect(path)
    try:
        return next(name for _n, name, kind, _not_null, _default, is_key in base.execute(f'PRAGMA table_info("{table}")') if is_key and kind.upper().startswith("INT"))
    finally:
        base.close()


def shuffled_places_give_equal_findings():
    """Findings, verdicts, places near and the table are the same bytes; JSON too but for what it says of the files: hashes, sizes, row numbers."""
    before = {}
    forms = ("v.csv", "v.json", "v.geojson") if World.name == "fernhill" else TEXTS
    _answer(World.study, wanted=forms, by_name=before)
    for round_number in range(3 if World.name == "fernhill" else 1):
        with Folder("shuffled", World.folder) as folder:
            study = folder / "study"
            shutil.copytree(World.study.parent, study)
            _shuffle_places(study, random.Random(SEED + round_number))
            files = [p.name for p in sorted(study.rglob("*")) if p.is_file() and p.read_bytes() != (World.study.parent / p.relative_to(study)).read_bytes()]
            expect(len(files) >= 2, f"hardly anything was shuffled: {files}")
            after = {}
            answer = _answer(study / "study.toml", wanted=forms, by_name=after)
            for name in ("f.csv", "v.csv", "z.csv", "v.geojson", "standard output"):
                _same({name: answer[name]}, f"places shuffled (round {round_number})")
            if "v.json" in forms:
                expect(_without_files(after["v.json"]) == _without_files(before["v.json"]), f"places shuffled (round {round_number}): v.json differs beside the files")


def _without_files(text):
    report = json.loads(text)
    del report["provenance"]
    for issue in report["issues"]:
        issue.pop("row", None)
    report["issues"].sort(key=json.dumps)
    return report


def shuffled_proposals_give_equal_findings():
    before = {}
    _answer(World.study, wanted=TEXTS, by_name=before)
    with Folder("shuffled", World.folder) as folder:
        study = folder / "study"
        shutil.copytree(World.study.parent, study)
        _shuffle_csv(study / "applications.csv", random.Random(SEED))
        after = {}
        _answer(study / "study.toml", wanted=TEXTS, by_name=after)
    for name in ("f.csv", "z.csv"):
        expect(after[name] != before[name], f"{name}: the order was not changed")
        expect(_sorted(after[name]) == _sorted(before[name]), f"proposals shuffled: other rows in {name}: {_first_difference(before[name], after[name])}")
    # Of several sites that are equally bad the first in the file stands in the row of the verdict.
    columns = ("reference", "as_at", "verdict", "outcome", "rules_breached", "rules_borderline", "rules_unknown", "triggered")
    expect(_cells(after["v.csv"], columns) == _cells(before["v.csv"], columns), "proposals shuffled: other verdicts")


def _sorted(content):
    return sorted(content.decode().splitlines())


def _first_difference(before, after):
    old, new = _sorted(before), _sorted(after)
    return next((f"{a!r} became {b!r}" for a, b in zip(old, new) if a != b), f"{len(old)} rows became {len(new)}")


def _cells(content, columns):
    return sorted(tuple(row[c] for c in columns) for row in csv.DictReader(content.decode().splitlines()))


def main(words):
    names = [word for word in words if word in ("fernhill", "lattice")] or ["fernhill", "lattice"]
    only = [word for word in words if word not in names]
    statuses = []
    for name in names:
        with Folder(f"determinism-{name}") as folder:
            World.name, World.folder, World.plain = name, folder, {}
            World.study = fernhill(folder / "study") if name == "fernhill" else lattice_study.write(folder / "study", FEWER_ROWS if sanitized() else ROWS)
            print(f"---- {name}")
            statuses.append(run_tests(tests_of(sys.modules[__name__]), only))
    return 1 if 1 in statuses else min(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
