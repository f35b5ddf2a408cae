# SPDX-License-Identifier: Apache-2.0
"""GeoPackages and other containers: damaged, hostile, or with something missing inside."""

import json
import sqlite3
import struct

from harness import expect, near
from world import PRJ, again, base, base_answer, collection, park_features, put, same_answer


def point_blob(x, y, srs=27700):
    return b"GP\x00\x01" + struct.pack("<i", srs) + struct.pack("<BIdd", 1, 1, x, y)


SOUND = [("D1001", "Ash Primary School", "Open", point_blob(430000, 300000)), ("D1002", "Beech High School", "Open", point_blob(431000, 300000)),
         ("D1003", "Cedar Infant School", "Closed", point_blob(430000, 301000)), ("D1004", "St Bríd’s Academy", "Open", point_blob(432000, 302000))]


def geopackage(bench, rows=SOUND, srs=27700, name="schools.gpkg", more=(), table="schools"):
    """A GeoPackage of schools; `more`: SQL that spoils it."""
    path = bench.folder / name
    path.unlink(missing_ok=True)
    quoted = '"' + table.replace('"', '""') + '"'
    data = sqlite3.connect(path)
    data.executescript(f"""
        PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT DEFAULT '',
            last_change TEXT DEFAULT '2024-01-01T00:00:00.000Z', min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
            z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
        CREATE TABLE {quoted} (fid INTEGER PRIMARY KEY, urn TEXT, name TEXT, status TEXT, geom POINT);""")
    data.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, '')",
                     [("British grid", 27700, "EPSG", 27700, PRJ), ("undefined cartesian", -1, "NONE", -1, "undefined"), ("undefined geographic", 0, "NONE", 0, "undefined")])
    data.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)", (table, table, srs))
    data.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (table, srs))
    data.executemany(f"INSERT INTO {quoted} (urn, name, status, geom) VALUES (?, ?, ?, ?)", rows)
    for words in more:
        data.execute(words)
    data.commit()
    data.close()
    bench.layers["schools"].update(file=name, crs=None, columns={"id": "urn", "name": "name", "state": "status"})
    again(bench)


def geopackage_sound(bench):
    base(bench)
    geopackage(bench)
    same_answer(bench)


def geopackage_without_crs(bench):
    """srs_id -1 and 0 are `undefined`: asked for, never guessed."""
    base(bench)
    for srs in (-1, 0, 4711):
        geopackage(bench, srs=srs)
        bench.fails("(?i)coordinate|crs|srs")
    bench.layers["schools"]["crs"] = "EPSG:27700"
    geopackage(bench, srs=-1)
    bench.layers["schools"]["crs"] = "EPSG:27700"
    same_answer(bench)


def geopackage_with_broken_geometry(bench):
    """Blobs that are none: each school is listed, or the file is refused; none is lost."""
    base(bench)
    for blob in (b"", b"GP", b"rubbish", point_blob(430000, 300000)[:-3], point_blob(float("nan"), 300000), point_blob(float("inf"), 300000), None, "text",
                 b"GP\x00\x01" + struct.pack("<i", 27700) + struct.pack("<BII", 1, 3, 0xFFFFFFF0), b"GP\x00\x11" + struct.pack("<i", 27700)):
        geopackage(bench, rows=[(*SOUND[0][:3], blob), *SOUND[1:]])
        run = bench.run()
        if run.status in (2, 3):
            expect("schools.gpkg" in run.err, run.err)
            continue
        expect(run.status == 4 and "D1001" in run.listed(layer="schools"), f"{blob!r}: status {run.status} {run.issue_text()}")
        expect(run.account("schools")[0] == 4, str(run.account("schools")))


def geopackage_with_view_and_trigger(bench):
    """SQL of the file itself: a trigger and a view do nothing, and the file stays as it is."""
    base(bench)
    geopackage(bench, more=["CREATE TRIGGER evil AFTER INSERT ON schools BEGIN DELETE FROM schools; END",
                            "CREATE VIEW schools_view AS SELECT * FROM schools WHERE load_extension('/tmp/none.so') IS NULL"])
    same_answer(bench)


def geopackage_count_that_lies(bench):
    """gpkg_ogr_contents says 9 features; there are 4."""
    base(bench)
    geopackage(bench, more=["CREATE TABLE gpkg_ogr_contents (table_name TEXT PRIMARY KEY, feature_count INTEGER)", "INSERT INTO gpkg_ogr_contents VALUES ('schools', 9)"])
    run = bench.run()
    expect(run.status == 3 or run.account("schools")[:2] == (4, 4), f"status {run.status}")
    if run.status == 3:
        expect("9" in run.err and "4" in run.err, run.err)


def geopackage_with_many_layers(bench):
    base(bench)
    geopackage(bench, more=["CREATE TABLE other (fid INTEGER PRIMARY KEY, geom POINT)",
                            "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('other', 'features', 27700)",
                            "INSERT INTO gpkg_geometry_columns VALUES ('other', 'geom', 'POINT', 27700, 0, 0)"])
    bench.fails("other.*schools|schools.*other")
    bench.layers["schools"]["layer"] = "schols"
    again(bench)
    bench.fails("schols.*schools")
    bench.layers["schools"]["layer"] = "schools"
    again(bench)
    same_answer(bench)


def names_as_sql(bench):
    """Layer, column and value names that would end a quoted name or a string."""
    base(bench)
    geopackage(bench, table="a'b\"c;--")
    bench.layers["schools"]["layer"] = "a'b\"c;--"
    again(bench)
    same_answer(bench)
    for layer in ("schools' OR '1'='1", 'schools"; DROP TABLE schools;--', "schools WHERE 1=1", "(SELECT * FROM schools)"):
        geopackage(bench)
        bench.layers["schools"]["layer"] = layer
        again(bench)
        bench.fails("schools")
    geopackage(bench)
    bench.layers["schools"].pop("layer")
    bench.layers["schools"]["where"] = {"status": ["Open' OR '1'='1"]}
    run = bench.finishes()
    expect(run.account("schools")[1] == 0, "a value is a value, never SQL")


def geopackage_while_it_is_edited(bench):
    """A program has it open with changes in its log: the rows of the file alone are old."""
    base(bench)
    geopackage(bench)
    data = sqlite3.connect(bench.folder / "schools.gpkg")
    data.execute("PRAGMA journal_mode = WAL")
    data.execute("UPDATE schools SET status = 'Closed' WHERE urn = 'D1001'")
    data.commit()
    run = bench.run()
    data.close()
    expect(run.status == 3 or run.breaches("SCH-400") == [], f"old rows were read: status {run.status}")


# ---- what we write, cut, and given back

def own_outputs_cut(bench):
    base(bench)
    bench.finishes(files=("v.gpkg", "v.fgb", "v.geojson", "v.csv"))
    wholes = {name: (bench.folder / name).read_bytes() for name in ("v.gpkg", "v.fgb", "v.geojson")}
    for name, cuts in (("v.gpkg", (0.3, 0.7)), ("v.fgb", (0.2, 0.5, 0.9)), ("v.geojson", (0.5, 0.99))):
        whole = wholes[name]
        for cut in cuts:
            bench.write("cut" + name[1:], whole[:int(len(whole) * cut)])
            base(bench)
            again(bench)
            bench.layers["outlets"] = {"kind": "proposals", "file": "cut" + name[1:], "use": "hot-food-takeaway", "columns": {"reference": "reference"}}
            if name == "v.gpkg":
                bench.layers["outlets"]["layer"] = "verdicts"
            bench.fails("cut" + name[1:])


def own_outputs_given_back(bench):
    """The verdicts are sound inputs too: the same six answers come back."""
    base(bench)
    bench.finishes(files=("v.gpkg", "v.fgb", "v.geojson"))
    wholes = {name: (bench.folder / name).read_bytes() for name in ("v.gpkg", "v.fgb", "v.geojson")}
    for name, data in wholes.items():
        again(bench)
        base(bench)
        bench.write("back" + name[1:], data)
        bench.layers["outlets"] = {"kind": "proposals", "file": "back" + name[1:], "use": "hot-food-takeaway", "columns": {"reference": "reference"}}
        if name == "v.gpkg":
            bench.layers["outlets"]["layer"] = "verdicts"
        run = bench.finishes(status=(0, 4))
        expect(near(run.distance("O-001", "SCH-400"), 300.0, 0.001), f"{name}: {run.distance('O-001', 'SCH-400')}")
        expect(run.breaches("PARK-200") == ["O-004", "O-005"], f"{name}: {run.breaches('PARK-200')}")


# ---- names and titles that end up in every form

def titles_with_markup(bench):
    base(bench)
    odd = "</script><script>alert(1)</script>\u202e\x1b[31m=1+1"
    bench.study["title"] = bench.policy["title"] = bench.policy["authority"] = odd
    bench.rules[0].update(title=odd, text=odd, cite=odd)
    run = bench.run(files=("v.csv", "v.json", "v.geojson", "v.gpkg"))
    if run.status == 2:
        return
    base_answer(run)
    for name in ("v.json", "v.geojson"):
        expect("</script" not in (bench.folder / name).read_text(encoding="utf-8"), f"{name} holds </script unescaped")
    bench.finishes(files=())


def columns_kept_with_odd_names(bench):
    """A header is a cell too; and a column kept may be called as one of ours, or as GeoPackage's own."""
    base(bench)
    text = (bench.folder / "outlets.csv").read_text(encoding="utf-8")
    for name in ("=cmd|' /C calc'!A0", "verdict", "fid", "geom", "FID", "Verdict", "a\"b", "x,y", "</script>", "\u202e", "rowid", "é" * 500, "reference"):
        again(bench)
        quoted = '"' + name.replace('"', '""') + '"'
        put(bench, "outlets", text.replace("decided", quoted, 1), keep=[name], columns={"reference": "id", "name": "name", "x": "easting", "y": "northing"})
        run = bench.run(files=("v.csv", "v.json", "v.geojson", "v.gpkg", "v.fgb"))
        if run.status in (2, 3):
            expect("keep" in run.err or "column" in run.err, f"{name!r}: {run.err}")
            continue
        base_answer(run)
        expect(run.proposal("O-001")["kept"][name] == "2021-05-17", f"{name!r}: {run.proposal('O-001')['kept']}")
        header = (bench.folder / "v.csv").read_text(encoding="utf-8").splitlines()[0]
        expect(len(set(header.split(","))) == len(header.split(",")) or "," in name, f"a column twice: {header}")
        whole = json.loads((bench.folder / "v.geojson").read_text(encoding="utf-8"))
        expect(len(whole["features"]) == 6, "six features")


def json_called_geopackage(bench):
    base(bench)
    put(bench, "parks", collection(park_features()), "parks.gpkg", crs=None, columns={"id": "id"})
    bench.fails("(?i)geopackage")
