# SPDX-License-Identifier: Apache-2.0
"""Files: CSV and GeoJSON from Python; Shapefile and GeoPackage by ogr2ogr, told a fixed date so that bytes repeat."""

import csv
import json
import os
import subprocess
import tempfile

FIXED_DATE = "2026-04-01"


def write_csv(path, rows, encoding="utf-8", end="\n"):
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator=end).writerows(rows)


def coordinates(shape, move):
    if shape.is_point():
        return {"type": "Point", "coordinates": move(shape.points[0])}
    polygons = [[[move(p) for p in ring + ring[:1]] for ring in polygon] for polygon in shape.polygons]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def as_it_is(point):
    return [point[0], point[1]]


def feature(geometry, facts):
    return {"type": "Feature", "properties": facts, "geometry": geometry}


def write_geojson(path, name, features):
    """One feature a line, so that a change shows as a line."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "name": ' + json.dumps(name) + ', "features": [\n')
        file.write(",\n".join(json.dumps(f, ensure_ascii=False) for f in features))
        file.write("\n]}\n")


def ogr2ogr(*arguments):
    environment = dict(os.environ, OGR_CURRENT_DATE=f"{FIXED_DATE}T00:00:00.000Z", OGR_SQLITE_SYNCHRONOUS="OFF")
    done = subprocess.run(["ogr2ogr", "-q", "-a_srs", "EPSG:27700", *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"ogr2ogr {' '.join(arguments)}: {done.stderr}")


def write_layer(path, layer, features, kind):
    """One layer in National Grid; a GeoPackage takes several, one call each."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "layer.geojson")
        write_geojson(source, layer, features)
        if path.endswith(".shp"):
            ogr2ogr("-f", "ESRI Shapefile", path, source, "-nlt", kind, "-lco", "ENCODING=UTF-8",
                    "-lco", f"DBF_DATE_LAST_UPDATE={FIXED_DATE}")
        else:
            more = ["-update"] if os.path.exists(path) else []
            ogr2ogr("-f", "GPKG", *more, path, source, "-nln", layer, "-nlt", kind, "-lco", "FID=fid", "-lco", "GEOMETRY_NAME=geometry")
