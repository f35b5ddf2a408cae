# SPDX-License-Identifier: Apache-2.0
"""The sound little study that the neighbours spoil, written by the tests themselves: the corpus's base in CSV and WKT.

Right answer: SCH-400 is breached by O-001 (300 m) and O-002 (exactly 400 m), PARK-200 by O-004 (100 m) and O-005 (inside)."""

import json
import struct

from harness import expect, near

SCHOOLS = """urn,name,easting,northing,status,opened,closed
D1001,Ash Primary School,430000.0,300000.0,Open,1971-09-01,
D1002,Beech High School,431000.0,300000.0,Open,2005-09-01,
D1003,Cedar Infant School,430000.0,301000.0,Closed,1965-09-01,2019-07-31
D1004,St Bríd’s Academy,432000.0,302000.0,Open,2014-09-01,
"""
OUTLETS = """id,name,easting,northing,decided
O-001,Golden Fry,430300.0,300000.0,2021-05-17
O-002,Pizza Corner,430400.0,300000.0,2021-05-17
O-003,Kebab Hut,430401.0,300000.0,2021-05-17
O-004,Park Kiosk,431700.0,301700.0,2021-05-17
O-005,Burger Bandstand,430600.0,300600.0,2021-05-17
O-006,Old Mill Chippy,430050.0,301050.0,2021-05-17
"""
P1 = "POLYGON ((430500 300500, 430700 300500, 430700 300700, 430500 300700, 430500 300500))"
P2 = ("POLYGON ((431500 301500, 431900 301500, 431900 301900, 431500 301900, 431500 301500),"
      " (431600 301600, 431800 301600, 431800 301800, 431600 301800, 431600 301600))")
AREAS = '''code,name,wkt
W-1,West ward,"POLYGON ((429500 299500, 431250 299500, 431250 302500, 429500 302500, 429500 299500))"
W-2,East ward,"POLYGON ((431250 299500, 432500 299500, 432500 302500, 431250 302500, 431250 299500))"
'''
BASE = {"SCH-400": ["O-001", "O-002"], "PARK-200": ["O-004", "O-005"]}
DISTANCES = {("O-001", "SCH-400"): 300.0, ("O-002", "SCH-400"): 400.0, ("O-003", "SCH-400"): 401.0, ("O-004", "PARK-200"): 100.0,
             ("O-005", "PARK-200"): 0.0, ("O-006", "PARK-200"): 570.088}

SCHOOL_COLUMNS = {"id": "urn", "name": "name", "x": "easting", "y": "northing", "state": "status", "opened": "opened", "closed": "closed"}
OUTLET_COLUMNS = {"reference": "id", "name": "name", "x": "easting", "y": "northing", "decided": "decided"}
PARK_COLUMNS = {"id": "id", "name": "name", "wkt": "wkt"}


def parks_csv(p1=P1, p2=P2):
    return f'id,name,wkt\nP-1,Rose Park,"{p1}"\nP-2,Ring Green,"{p2}"\n'


def base(bench):
    bench.write("schools.csv", SCHOOLS)
    bench.write("outlets.csv", OUTLETS)
    bench.write("parks.csv", parks_csv())
    bench.write("areas.csv", AREAS)
    bench.layers = {
        "areas": {"kind": "areas", "file": "areas.csv", "crs": "EPSG:27700", "columns": {"code": "code", "name": "name", "wkt": "wkt"}},
        "schools": {"kind": "places", "file": "schools.csv", "crs": "EPSG:27700", "columns": dict(SCHOOL_COLUMNS), "site-radius": "0 m"},
        "parks": {"kind": "places", "file": "parks.csv", "crs": "EPSG:27700", "columns": dict(PARK_COLUMNS)},
        "outlets": {"kind": "proposals", "file": "outlets.csv", "crs": "EPSG:27700", "use": "hot-food-takeaway", "columns": dict(OUTLET_COLUMNS)},
    }


def again(bench):
    """The same study once more, after a change of its tables."""
    bench.study_text = bench.policy_text = None


def put(bench, layer, content, name=None, **change):
    """Another file for a layer."""
    spec = bench.layers[layer]
    if name:
        spec["file"] = name
    bench.write(spec["file"], content)
    spec.update(change)


def base_answer(run):
    for rule, references in BASE.items():
        expect(sorted(run.breaches(rule)) == sorted(references), f"breaches of {rule}: {run.breaches(rule)}")
    for (reference, rule), metres in DISTANCES.items():
        expect(near(run.distance(reference, rule), metres), f"{reference} under {rule}: {run.distance(reference, rule)} m, expected {metres}")
    expect(len(run.json["proposals"]) == 6, "six outlets have a verdict each")


def same_answer(bench, *arguments, status=0, **how):
    run = bench.finishes(*arguments, status=status, **how)
    base_answer(run)
    return run


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features, crs="urn:ogc:def:crs:EPSG::27700", **more):
    head = {"type": "FeatureCollection"}
    if crs:
        head["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps({**head, **more, "features": features}, ensure_ascii=False)


SQUARE = [[430500, 300500], [430700, 300500], [430700, 300700], [430500, 300700], [430500, 300500]]
RING = [[[431500, 301500], [431900, 301500], [431900, 301900], [431500, 301900], [431500, 301500]],
        [[431600, 301600], [431800, 301600], [431800, 301800], [431600, 301800], [431600, 301600]]]


def park_features():
    return [feature({"type": "Polygon", "coordinates": [SQUARE]}, id="P-1", name="Rose Park"),
            feature({"type": "Polygon", "coordinates": RING}, id="P-2", name="Ring Green")]


def json_parks(bench, content, name="parks.geojson", **change):
    put(bench, "parks", content, name, crs=None, columns={"id": "id", "name": "name"}, **change)


# ---- shapefiles of points, byte by byte

POINTS = [("D1001", 430000.0, 300000.0, "Open"), ("D1002", 431000.0, 300000.0, "Open"), ("D1003", 430000.0, 301000.0, "Closed"),
          ("D1004", 432000.0, 302000.0, "Open")]
PRJ = ('PROJCS["OSGB 1936 / British National Grid",GEOGCS["OSGB 1936",DATUM["OSGB_1936",SPHEROID["Airy 1830",6377563.396,299.3249646]],'
       'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],'
       'PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],'
       'PARAMETER["false_northing",-100000],UNIT["metre",1],AUTHORITY["EPSG","27700"]]')


def shp_header(words, points):
    xs, ys = [p[1] for p in points] or [0.0], [p[2] for p in points] or [0.0]
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i8d", 1000, 1, min(xs), min(ys), max(xs), max(ys), 0, 0, 0, 0)


def shp(points):
    body = b"".join(struct.pack(">2i", i + 1, 10) + struct.pack("<i2d", 1, x, y) for i, (_, x, y, _s) in enumerate(points))
    return shp_header(50 + len(body) // 2, points) + body


def shx(points, offset=50):
    return shp_header(50 + 4 * len(points), points) + b"".join(struct.pack(">2i", offset + 14 * i, 10) for i in range(len(points)))


def dbf(points, deleted=()):
    fields = [("urn", 8), ("status", 8)]
    head = struct.pack("<4BIHH20x", 3, 124, 1, 1, len(points), 33 + 32 * len(fields), 1 + sum(w for _, w in fields))
    head += b"".join(struct.pack("<11sc4xBB14x", name.encode(), b"C", width, 0) for name, width in fields) + b"\r"
    rows = b"".join((b"*" if i in deleted else b" ") + urn.encode().ljust(8) + state.encode().ljust(8) for i, (urn, _x, _y, state) in enumerate(points))
    return head + rows + b"\x1a"


def shapefile(bench, **parts):
    """schools.shp with its parts; one given by name stands in place of the sound one, None leaves it out."""
    sound = {"shp": shp(POINTS), "shx": shx(POINTS), "dbf": dbf(POINTS), "prj": PRJ.encode(), "cpg": b"UTF-8"}
    for ending, content in {**sound, **parts}.items():
        if content is not None:
            bench.write("schools." + ending, content)
    bench.layers["schools"].update(file="schools.shp", crs=None, columns={"id": "urn", "state": "status"})
