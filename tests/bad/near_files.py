# SPDX-License-Identifier: Apache-2.0
"""Files that are cut, packed, mislabelled or not what they say."""

import gzip
import io
import json
import os
import struct
import zipfile

from harness import expect
from world import (OUTLETS, POINTS, SCHOOLS, again, base, collection, dbf, json_parks, park_features, parks_csv, put, same_answer, shapefile, shp, shx)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def zipped_schools(bench, members):
    put(bench, "schools", zipped(members), "schools.zip")


# ---- shapefiles

def shapefile_sound(bench):
    base(bench)
    shapefile(bench)
    same_answer(bench)


def shapefile_fewer_attributes(bench):
    base(bench)
    shapefile(bench, dbf=dbf(POINTS[:3]))
    bench.fails(r"(?i)\b4\b.*\b3\b|\b3\b.*\b4\b")


def shapefile_more_attributes(bench):
    base(bench)
    shapefile(bench, shp=shp(POINTS[:3]), shx=shx(POINTS[:3]))
    bench.fails(r"(?i)\b4\b.*\b3\b|\b3\b.*\b4\b")


def shapefile_index_of_another(bench):
    """An index that points elsewhere: rebuilt and said, or an error; never rows from the wrong bytes."""
    base(bench)
    for index in (shx(POINTS, offset=54), shx(POINTS[:2]), shx([*POINTS, *POINTS]), shx(POINTS)[:-3], b"", os.urandom(132)):
        again(bench)
        shapefile(bench, shx=index)
        run = bench.run()
        if run.status in (2, 3):
            expect("shx" in run.err or "index" in run.err, run.err)
        else:
            expect(run.account("schools")[:2] == (4, 4) and "shx" in run.issue_text(), run.issue_text())
            expect(run.breaches("SCH-400") == ["O-001", "O-002"], str(run.breaches("SCH-400")))


def shapefile_deleted_row(bench):
    """A row marked as deleted in the .dbf is no school any more, and the account says how many rows there are."""
    base(bench)
    shapefile(bench, dbf=dbf(POINTS, deleted=(0,)))
    run = bench.finishes()
    expect(run.breaches("SCH-400") == [], str(run.breaches("SCH-400")))
    expect(run.account("schools")[:2] in ((3, 3), (4, 3)), str(run.account("schools")))


def shapefile_length_in_header_too_small(bench):
    base(bench)
    whole = shp(POINTS)
    shapefile(bench, shp=whole[:24] + struct.pack(">i", 50 + 14 * 2) + whole[28:])
    run = bench.run()
    if run.status == 0:
        expect(run.account("schools")[:2] == (4, 4), f"two of four schools: {run.account('schools')}")


# ---- archives

def zip_with_one_csv(bench):
    base(bench)
    zipped_schools(bench, [("data/schools.csv", SCHOOLS)])
    same_answer(bench)


def zip_bomb(bench):
    base(bench)
    zipped_schools(bench, [("schools.csv", SCHOOLS + "\n" * (300 << 20))])
    bench.fails("(?i)unpack|refused|expan")


def zip_that_lies_about_its_size(bench):
    """The directory says 1,000 bytes; 300 MiB come out."""
    base(bench)
    data = bytearray(zipped([("schools.csv", SCHOOLS + "\n" * (300 << 20))]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24:at + 28] = struct.pack("<I", 1000)
    put(bench, "schools", bytes(data), "schools.zip")
    bench.fails("(?i)schools")


def zip_with_path_escape(bench):
    base(bench)
    for name in ("../schools.csv", "/tmp/schools.csv", "a/../../schools.csv"):
        again(bench)
        zipped_schools(bench, [(name, SCHOOLS)])
        bench.fails("(?i)leads out|refused|escape")


def zip_with_two_tables(bench):
    base(bench)
    zipped_schools(bench, [("a.csv", SCHOOLS), ("b.csv", SCHOOLS)])
    run = bench.fails(r"a\.csv.*b\.csv")
    expect("layer" in run.err, f"how to choose one is said: {run.err}")
    again(bench)
    bench.layers["schools"]["layer"] = "b.csv"
    if bench.run().status != 0:
        again(bench)
        bench.layers["schools"]["layer"] = "b"
        same_answer(bench)


def zip_with_two_shapefiles(bench):
    base(bench)
    parts = {"shp": shp(POINTS), "shx": shx(POINTS), "dbf": dbf(POINTS)}
    zipped_schools(bench, [(f"{stem}.{ending}", data) for stem in ("one", "two") for ending, data in parts.items()])
    bench.fails(r"one.*two")


def zip_cut_short(bench):
    base(bench)
    put(bench, "schools", zipped([("schools.csv", SCHOOLS)])[:-30], "schools.zip")
    bench.fails("(?i)zip|archive")


def zip_in_a_zip(bench):
    base(bench)
    zipped_schools(bench, [("inner.zip", zipped([("schools.csv", SCHOOLS)]))])
    bench.fails("(?i)no file of a format|zip")


def zip_empty(bench):
    base(bench)
    zipped_schools(bench, [])
    bench.fails("(?i)no file|empty|holds")


def gz_cut_short(bench):
    base(bench)
    put(bench, "schools", gzip.compress(SCHOOLS.encode())[:-40], "schools.csv.gz")
    bench.fails("(?i)cut short|unpack")


def gz_wrong_check_sum(bench):
    base(bench)
    data = bytearray(gzip.compress(SCHOOLS.encode()))
    data[-6] ^= 0xFF
    put(bench, "schools", bytes(data), "schools.csv.gz")
    bench.fails("(?i)check sum|crc|unpack")


def gz_of_two_members(bench):
    """Members one after the other are one file; the second must not be lost."""
    base(bench)
    lines = SCHOOLS.splitlines(keepends=True)
    put(bench, "schools", gzip.compress("".join(lines[:3]).encode()) + gzip.compress("".join(lines[3:]).encode()), "schools.csv.gz")
    run = same_answer(bench)
    expect(run.account("schools")[:2] == (4, 4), str(run.account("schools")))


def gz_with_rubbish_behind(bench):
    base(bench)
    put(bench, "schools", gzip.compress(SCHOOLS.encode()) + b"rubbish", "schools.csv.gz")
    bench.fails("(?i)schools")


# ---- one format called another

def format_not_of_its_ending(bench):
    base(bench)
    whole = collection(park_features())
    json_parks(bench, parks_csv(), "parks.geojson")
    bench.fails("(?i)parks")
    again(bench)
    put(bench, "parks", whole, "whole.csv", columns={"id": "id"}, crs="EPSG:27700")
    bench.fails("(?i)whole")


def drivers_that_do_not_exist(bench):
    base(bench)
    vrt = '<OGRVRTDataSource><OGRVRTLayer name="schools"><SrcDataSource>schools.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    for name, content in (("schools.vrt", vrt), ("schools.sqlite", "SQLite format 3\0"), ("schools.xyz", "1 2 3"), ("schools.exe", "MZ")):
        again(bench)
        put(bench, "schools", content, name)
        bench.fails("(?i)format|ending|read")
    for name in ("PG:dbname=x", "/vsicurl/http://localhost/schools.csv", "http://localhost/schools.csv", '{"type":"FeatureCollection","features":[]}',
                 "/vsizip/schools.zip/schools.csv"):
        again(bench)
        bench.layers["schools"]["file"] = name
        bench.fails("(?i)no file|there is no|vsi|long")


def xml_that_grows(bench):
    """A billion laughs, in a register of hygiene ratings and in KML."""
    base(bench)
    entities = "".join(f'<!ENTITY l{i} "{"&l%d;" % (i - 1) * 10}">' for i in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    for name, body in (("x.xml", "<FHRSEstablishment><EstablishmentCollection><EstablishmentDetail><FHRSID>&l11;</FHRSID></EstablishmentDetail>"
                                 "</EstablishmentCollection></FHRSEstablishment>"),
                       ("x.kml", '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&l11;</name></Placemark></Document></kml>'),
                       ("x.gml", '<FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><a><b>&l11;</b></a></gml:featureMember></FeatureCollection>')):
        again(bench)
        put(bench, "schools", doctype + body, name, columns={})
        bench.fails("x\\.")


def xml_that_reads_other_files(bench):
    base(bench)
    bench.write("secret.txt", "the-secret")
    body = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "secret.txt">]><FHRSEstablishment><EstablishmentCollection><EstablishmentDetail>'
            "<FHRSID>1</FHRSID><BusinessName>&s;</BusinessName><Geocode><Longitude>-1.5585</Longitude><Latitude>52.597</Latitude></Geocode>"
            "</EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>")
    put(bench, "schools", body, "x.xml", columns={}, crs=None)
    run = bench.run()
    expect("the-secret" not in run.issue_text() + json.dumps(run.json or {}), "another file was read")


def gpkg_with_changes_beside_it(bench):
    """A write-ahead log with changes: the rows of the file itself are old."""
    base(bench)
    bench.write("schools.gpkg-wal", b"\x37\x7f\x06\x82" + b"\0" * 100)
    put(bench, "schools", b"SQLite format 3\0" + b"\0" * 5000, "schools.gpkg")
    bench.fails("(?i)schools\\.gpkg")


# ---- GeoJSON

def geojson_with_crs_member(bench):
    base(bench)
    json_parks(bench, collection(park_features()))
    same_answer(bench)


def geojson_with_unknown_crs(bench):
    base(bench)
    for name in ("urn:ogc:def:crs:EPSG::999999", "rubbish", ""):
        again(bench)
        json_parks(bench, collection(park_features(), crs=name) if name else collection(park_features(), crs=None))
        bench.fails("(?i)coordinate|crs|label")


def geojson_that_stopped_at_a_limit(bench):
    base(bench)
    for more in ({"exceededTransferLimit": True}, {"properties": {"exceededTransferLimit": True}}):
        again(bench)
        json_parks(bench, collection(park_features(), **more))
        bench.fails("(?i)exceededTransferLimit|limit")
    again(bench)
    text = collection(park_features())
    json_parks(bench, text[:-1] + ', "exceededTransferLimit" : true}')
    bench.fails("(?i)exceededTransferLimit|limit")
    again(bench)
    json_parks(bench, collection(park_features(), exceededTransferLimit=False))
    same_answer(bench)


def geojson_nested_deep(bench):
    base(bench)
    for text in ("[" * 200_000, '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":' + "[" * 5000 + "]" * 5000 + '},"geometry":null}]}',
                 '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"P-1"},"geometry":' +
                 '{"type":"GeometryCollection","geometries":[' * 600 + "]}" * 600 + "}]}"):
        again(bench)
        json_parks(bench, text)
        run = bench.run()
        expect(run.status in (3, 4) or run.issues, f"status {run.status}, and nothing is said")


def geojson_features_that_are_none(bench):
    base(bench)
    odd = [feature for feature in park_features()]
    odd.append({"type": "Feature", "properties": {"id": "P-3"}})
    odd.append({"type": "Feature", "properties": {"id": "P-4"}, "geometry": {"type": "Polygon", "coordinates": []}})
    odd.append({"type": "Feature", "properties": {"id": "P-5"}, "geometry": {"type": "Dodecahedron", "coordinates": [1, 2]}})
    odd.append({"type": "Feature", "properties": {"id": "P-6"}, "geometry": {"type": "Point", "coordinates": ["430600", None]}})
    json_parks(bench, collection(odd))
    run = bench.run()
    if run.status in (2, 3):
        expect("parks.geojson" in run.err, run.err)
        return
    expect(run.status == 4, f"four parks are not on the map: incomplete, not {run.status}")
    expect({"P-3", "P-4", "P-5", "P-6"} <= run.listed(), f"listed: {run.listed()}")
    expect(run.account("parks")[:3] == (6, 2, 4), str(run.account("parks")))


def geojson_with_more_behind_it(bench):
    """Two collections in one file: the second must not be lost in silence."""
    base(bench)
    one, two = park_features()
    json_parks(bench, collection([one]) + "\n" + collection([two]))
    run = bench.run()
    if run.status not in (2, 3):
        same_answer(bench)


def geojson_with_byte_order_mark(bench):
    base(bench)
    json_parks(bench, "\ufeff" + collection(park_features()))
    same_answer(bench)


def geojson_key_twice(bench):
    base(bench)
    text = collection(park_features()).replace('"id": "P-1"', '"id": "P-0", "id": "P-1"')
    json_parks(bench, text)
    run = bench.run()
    if run.status == 0:
        expect(run.breaches("PARK-200") == ["O-004", "O-005"], str(run.breaches("PARK-200")))


def outlets_as_geojson_of_nothing(bench):
    """No proposals at all: said, and never a report that reads as if all were clear."""
    base(bench)
    put(bench, "outlets", OUTLETS.splitlines()[0] + "\n")
    run = bench.run()
    expect(run.status in (2, 3) or "0 rows" in run.issue_text() or "no rows" in run.issue_text(), run.issue_text())

