# SPDX-License-Identifier: Apache-2.0
"""Boundaries that are none, or are not what they seem."""

import json

from harness import expect, near
from world import P1, P2, RING, SQUARE, again, base, base_answer, collection, feature, json_parks, park_features, parks_csv, put, same_answer


def lost_park(bench, wkt):
    """P-1 has no place that can be used: listed, and the run is incomplete. P-2 stays."""
    again(bench)
    put(bench, "parks", parks_csv(wkt))
    run = bench.finishes(status=4)
    expect("P-1" in run.listed(layer="parks"), f"{wkt}: not listed: {run.issue_text()}")
    expect(run.breaches("PARK-200") == ["O-004"], f"{wkt}: {run.breaches('PARK-200')}")
    expect(run.account("parks")[:3] == (2, 1, 1), f"{wkt}: {run.account('parks')}")


def changed_park(bench, wkt, o5, listed=True):
    """P-1 is used, and what was done is listed. `o5`: how far O-005 is from it."""
    again(bench)
    put(bench, "parks", parks_csv(wkt))
    run = bench.finishes()
    expect(not listed or "P-1" in run.listed(layer="parks"), f"{wkt}: not listed: {run.issue_text()}")
    expect(near(run.distance("O-005", "PARK-200"), o5), f"{wkt}: O-005 at {run.distance('O-005', 'PARK-200')}, expected {o5}")
    return run


def geometries_without_a_place(bench):
    base(bench)
    for wkt in ("", "POLYGON EMPTY", "POINT EMPTY", "GEOMETRYCOLLECTION EMPTY", "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION (POINT EMPTY, POLYGON EMPTY)",
                "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION EMPTY)", "POINT (NaN NaN)", "POINT (0 0)"):
        lost_park(bench, wkt)


def geometries_that_cannot_be_read(bench):
    base(bench)
    for wkt in ("POLYGON", "POLYGON ((430500 300500, 430700 300500", "POLYGON ((a b, c d))", "TRIANGLE OF BERMUDA", "430600 300600", "POINT (430600)",
                "POLYGON ((430500 300500, 430700 300500, 430700 NaN, 430500 300700, 430500 300500))",
                "POLYGON ((430500 300500, 430700 300500, 430700 inf, 430500 300700, 430500 300500))",
                "POLYGON ((430500 300500, 430700 300500, 430700 1e999, 430500 300700, 430500 300500))", "POINT (430600 300600) POINT (1 1)"):
        lost_park(bench, wkt)


def rings_of_too_few_vertices(bench):
    """A ring of one, two or three vertices has no surface: measured as the point or line that it is, or listed as without a place; never dropped."""
    base(bench)
    for wkt, o5 in (("POLYGON ((430600 300500))", 100.0), ("POLYGON ((430600 300500, 430600 300500, 430600 300500, 430600 300500))", 100.0),
                    ("POLYGON ((430500 300500, 430700 300500))", 100.0), ("POLYGON ((430500 300500, 430700 300500, 430500 300500))", 100.0)):
        again(bench)
        put(bench, "parks", parks_csv(wkt))
        run = bench.finishes(status=(0, 4))
        expect("P-1" in run.listed(layer="parks"), f"{wkt}: not listed: {run.issue_text()}")
        if run.status == 0:
            expect(near(run.distance("O-005", "PARK-200"), o5), f"{wkt}: {run.distance('O-005', 'PARK-200')}")


def spikes_and_doubled_vertices(bench):
    """A spike out to (431000, 300500) has no area; the square stays, and doubled vertices are no fault."""
    base(bench)
    spike = "POLYGON ((430500 300500, 430700 300500, 431000 300500, 430700 300500, 430700 300700, 430500 300700, 430500 300500))"
    changed_park(bench, spike, 0.0)
    doubled = "POLYGON ((430500 300500, 430500 300500, 430700 300500, 430700 300500, 430700 300700, 430500 300700, 430500 300500))"
    again(bench)
    put(bench, "parks", parks_csv(doubled))
    same_answer(bench)


def rings_twice(bench):
    """A shell given twice is one park, not nothing; a hole equal to its shell leaves no surface, so the park must be listed."""
    base(bench)
    ring = "430500 300500, 430700 300500, 430700 300700, 430500 300700, 430500 300500"
    changed_park(bench, f"MULTIPOLYGON ((({ring})), (({ring})))", 0.0)
    again(bench)
    put(bench, "parks", parks_csv(f"POLYGON (({ring}), ({ring}))"))
    run = bench.finishes(status=(0, 4))
    expect("P-1" in run.listed(layer="parks"), run.issue_text())
    if run.status == 0:
        expect(run.distance("O-005", "PARK-200") in (0.0, 100.0), f"neither the park nor its edge: {run.distance('O-005', 'PARK-200')}")


def parts_that_overlap(bench):
    base(bench)
    west = "430500 300500, 430650 300500, 430650 300700, 430500 300700, 430500 300500"
    east = "430550 300500, 430700 300500, 430700 300700, 430550 300700, 430550 300500"
    changed_park(bench, f"MULTIPOLYGON ((({west})), (({east})))", 0.0)


def hole_that_touches_its_shell(bench):
    """At one vertex: valid. O-005 lies in the hole, 30 m from its edge."""
    base(bench)
    wkt = ("POLYGON ((430500 300500, 430700 300500, 430700 300700, 430500 300700, 430500 300500),"
           " (430600 300500, 430630 300570, 430630 300630, 430570 300630, 430570 300570, 430600 300500))")
    changed_park(bench, wkt, 30.0, listed=False)


def winding_the_other_way(bench):
    base(bench)
    back = "POLYGON ((430500 300500, 430500 300700, 430700 300700, 430700 300500, 430500 300500))"
    again(bench)
    put(bench, "parks", parks_csv(back))
    same_answer(bench)


def many_sites_of_one_school(bench):
    """Every part counts: (690, 300) from the corner is 390 m from (690, 690)."""
    base(bench)
    text = 'urn,name,wkt\nD1001,Two sites,"MULTIPOINT ((430000 305000), (430690 305300))"\n'
    put(bench, "schools", text, "sites.csv", columns={"id": "urn", "name": "name", "wkt": "wkt"})
    put(bench, "outlets", "id,easting,northing\nA,430690,305690\n", columns={"reference": "id", "x": "easting", "y": "northing"})
    run = bench.finishes()
    expect(near(run.distance("A", "SCH-400"), 390.0) and run.breaches("SCH-400") == ["A"], str(run.distance("A", "SCH-400")))


def curves(bench):
    """A circle of radius 100: 149.980 m to a point 249.98 from its middle; 150.041 with coarse steps."""
    base(bench)
    circle = "CURVEPOLYGON (CIRCULARSTRING (430500 300600, 430600 300700, 430700 300600, 430600 300500, 430500 300600))"
    put(bench, "parks", parks_csv(circle))
    # At 45 + 2 degrees, between the vertices of coarse steps.
    put(bench, "outlets", "id,easting,northing\nA,430770.4861,300782.8231\n", columns={"reference": "id", "x": "easting", "y": "northing"})
    run = bench.run()
    if "P-1" in run.listed() and run.status == 4:
        return
    expect(run.status == 0 and near(run.distance("A", "PARK-200"), 149.980, 0.002), f"{run.status} {run.issue_text()} {run.distance('A', 'PARK-200')}")


def vertex_at_the_end_of_the_world(bench):
    """One vertex out of reach: the park is listed, or its sound part stays near; never a NaN that compares as far away."""
    base(bench)
    for x in ("1e300", "9e9", "-1e18"):
        again(bench)
        put(bench, "parks", parks_csv(f"POLYGON ((430500 300500, 430700 300500, {x} 300600, 430700 300700, 430500 300700, 430500 300500))"))
        run = bench.finishes(status=(0, 4))
        expect("P-1" in run.listed(layer="parks") or near(run.distance("O-005", "PARK-200"), 0.0), run.issue_text())


def polygons_in_a_point_layer(bench):
    """A collection of a point and the square measures to the nearest of them."""
    base(bench)
    parts = f"GEOMETRYCOLLECTION (POINT (430000 309000), {P1})"
    changed_park(bench, parts, 0.0, listed=False)


def thousand_rings(bench):
    """A park of 1,000 nested rings that all cross: in good time, and listed."""
    base(bench)
    rings = [[[430500 + i * 0.01, 300500], [430700, 300500 + i * 0.01], [430700 - i * 0.01, 300700], [430500, 300700 - i * 0.01], [430500 + i * 0.01, 300500]] for i in range(1000)]
    odd = park_features()
    odd[0] = feature({"type": "Polygon", "coordinates": rings}, id="P-1", name="Rings")
    json_parks(bench, collection(odd))
    run = bench.finishes(status=(0, 4))
    expect("P-1" in run.listed(layer="parks"), run.issue_text()[:400])


def comb_that_crosses_itself(bench):
    """20,000 teeth, each crossing its neighbours."""
    base(bench)
    ring = [[430500 + i * 0.01, 300500 if i % 2 else 300700] for i in range(3000)]
    ring += [[430530 - i * 0.01, 300700 if i % 2 else 300500] for i in range(3000)] + [ring[0]]
    odd = park_features()
    odd[0] = feature({"type": "Polygon", "coordinates": [ring]}, id="P-1", name="Comb")
    json_parks(bench, collection(odd))
    run = bench.run()
    expect(run.status in (0, 3, 4), run.err)
    if run.status != 3:
        expect("P-1" in run.listed(layer="parks"), run.issue_text()[:400])


def holes_and_insides(bench):
    """Inside is 0, a hole is not inside: the ring park, from the ring and from its hole."""
    base(bench)
    put(bench, "outlets", "id,easting,northing\nring,431550,301550\nhole,431700,301700\nedge,431500,301500\n",
        columns={"reference": "id", "x": "easting", "y": "northing"})
    run = bench.finishes()
    for reference, metres in (("ring", 0.0), ("hole", 100.0), ("edge", 0.0)):
        expect(near(run.distance(reference, "PARK-200"), metres), f"{reference}: {run.distance(reference, 'PARK-200')}")


def area_that_crosses_itself(bench):
    """The study area may be broken too: listed, and the answer stays."""
    base(bench)
    bench.write("areas.csv", 'code,name,wkt\nW-1,Bow,"POLYGON ((429500 299500, 432500 302500, 432500 299500, 429500 302500, 429500 299500))"\n')
    run = bench.finishes(status=(0, 4))
    base_answer(run)
    expect("W-1" in run.listed(layer="areas"), run.issue_text())


def proposals_of_odd_shape(bench):
    """A site that crosses itself, one that is empty, one without a place: none is clear in silence."""
    base(bench)
    rows = [("bow", "POLYGON ((430310 300000, 430330 300020, 430330 300000, 430310 300020, 430310 300000))"), ("none", ""), ("empty", "POLYGON EMPTY"),
            ("nan", "POINT (NaN 300000)"), ("line", "LINESTRING (430390 300000, 430500 300000)"), ("zero", "POINT (0 0)")]
    bench.write("sites.csv", "id,wkt\n" + "".join(f'{name},"{wkt}"\n' for name, wkt in rows))
    bench.layers["outlets"].update(file="sites.csv", columns={"reference": "id", "wkt": "wkt"})
    run = bench.finishes(status=(0, 4))
    expect(near(run.distance("bow", "SCH-400"), 310.0) and "bow" in run.listed(), f"bow: {run.distance('bow', 'SCH-400')}")
    expect(near(run.distance("line", "SCH-400"), 390.0), f"line: {run.distance('line', 'SCH-400')}")
    for name in ("none", "empty", "nan", "zero"):
        expect(run.verdict(name) == "unknown" and name in run.listed(), f"{name}: {run.verdict(name)}")
    geojson = json.loads((bench.folder / "v.geojson").read_text(encoding="utf-8"))
    expect(len(geojson["features"]) == len(rows), "every proposal stands in the GeoJSON, without a place too")
