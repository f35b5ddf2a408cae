#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The 53 bad inputs of the shared corpus, each against the outcome that its cases.tsv states.

run_cases.py [CASE ...]      CORDON_PROGRAM: the program; CORDON_SHARED: the folder that holds bad/ (else ../shared beside the repository)

The corpus has key names of its own: here they become ours, and the fault stays. Its outlets are our proposals, since they are what
a rule is tested on. Points of schools are taken as the whole site (site-radius = "0 m"), as the corpus's distances are to the point.

What waits for `density`: outlets an area and rates per 1,000 (D23, D32, D49, and the figures at the foot of base/expected.tsv). Until
then the row accounts, the issues and the verdicts are compared. Areas in m2 (D17) wait for `zones`."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from harness import SKIPPED, Skip, as_nobody, expect, near, program, run_tests

BASE = {"SCH-400": ["O-001", "O-002"], "PARK-200": ["O-004", "O-005"]}
DATED = {"opened": "opened", "closed": "closed"}
XY = {"x": "easting", "y": "northing"}
SCHOOLS = {"id": "urn", "name": "name", "state": "status"}


def shared_bad():
    for folder in (os.environ.get("CORDON_SHARED", ""), Path(__file__).parents[3] / "shared"):
        if folder and (Path(folder) / "bad" / "cases.tsv").is_file():
            return Path(folder) / "bad"
    return None


CORPUS = shared_bad()


def cases():
    with open(CORPUS / "cases.tsv", encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


# ---- the study of the base, and one input of it replaced

def take(bench, name):
    """Copies a file of the corpus, with all that stands beside a shapefile."""
    source = CORPUS / name
    family = source.parent.glob(source.stem + ".*") if source.suffix == ".shp" else [source]
    for path in family:
        shutil.copyfile(path, bench.folder / path.name)
        os.chmod(bench.folder / path.name, 0o644)
    return source.name


def base(bench):
    for name in ("base/schools.csv", "base/parks.gpkg", "base/outlets.csv", "base/areas.gpkg"):
        take(bench, name)
    bench.layers = {
        "areas": {"kind": "areas", "file": "areas.gpkg", "columns": {"code": "code", "name": "name"}},
        "schools": {"kind": "places", "file": "schools.csv", "crs": "EPSG:27700", "columns": {**SCHOOLS, **DATED, **XY}, "site-radius": "0 m"},
        "parks": {"kind": "places", "file": "parks.gpkg", "columns": {"id": "id", "name": "name"}},
        "outlets": {"kind": "proposals", "file": "outlets.csv", "crs": "EPSG:27700", "use": "hot-food-takeaway",
                    "columns": {"reference": "id", "name": "name", **XY}},
    }


def replace(bench, role, name, columns, crs=None, **more):
    layer = {"kind": bench.layers[role]["kind"], "file": take(bench, name), "columns": columns, "crs": crs, **more}
    for key in ("site-radius", "use"):
        layer.setdefault(key, bench.layers[role].get(key))
    bench.layers[role] = layer


def schools_of_shapes(bench, name, **more):
    """Schools with a geometry: shapefiles and GeoPackages of the corpus have all the columns of the CSV."""
    replace(bench, "schools", name, {**SCHOOLS, **DATED}, **more)


def schools_of_json(bench, name, **more):
    replace(bench, "schools", name, {"id": "id", "name": "name", "state": "status"}, **more)


def outlets_of(bench, name, **more):
    replace(bench, "outlets", name, {"reference": "id", "name": "name", **XY}, "EPSG:27700", **more)


def breaches_are(run, expected=None):
    for rule, references in (expected or BASE).items():
        found = run.breaches(rule)
        expect(sorted(found) == sorted(references), f"breaches of {rule}: {found}, expected {references}")


def distances_are(run, expected, within=0.001):
    for (reference, rule), metres in expected.items():
        found = run.distance(reference, rule)
        expect(near(found, metres, within), f"{reference} under {rule}: {found} m, expected {metres}")


BASE_DISTANCES = {("O-001", "SCH-400"): 300.0, ("O-002", "SCH-400"): 400.0, ("O-003", "SCH-400"): 401.0, ("O-004", "SCH-400"): 424.264,
                  ("O-005", "SCH-400"): 721.110, ("O-006", "SCH-400"): 1051.190, ("O-001", "PARK-200"): 538.516, ("O-002", "PARK-200"): 509.902,
                  ("O-003", "PARK-200"): 509.707, ("O-004", "PARK-200"): 100.0, ("O-005", "PARK-200"): 0.0, ("O-006", "PARK-200"): 570.088}


def base_answer(run):
    breaches_are(run)
    distances_are(run, BASE_DISTANCES)
    expect(len(run.json["proposals"]) == 6, "six outlets have a verdict each")


# ---- outcomes

def error(bench, row, *arguments, pattern=None, **how):
    return bench.fails(pattern or row["must_mention"], *arguments, **how)


def accepted(bench, *arguments, **how):
    """Status 0, and no row left out."""
    run = bench.finishes(*arguments, **how)
    expect(not [i for i in run.issues if i["kept"] == "not-used"], f"a row was left out: {run.issue_text()}")
    return run


def warned(bench, row, ids, status=(0, 4), **how):
    """The run ends; the issues say what the corpus wants said and list the ids."""
    run = bench.finishes(status=status, **how)
    expect(run.issues, "no issue")
    expect(re.search(row["must_mention"], run.issue_text()), f"nothing matches {row['must_mention']}: {run.issue_text()}")
    missing = [i for i in ids if i not in run.listed()]
    expect(not missing, f"not listed: {missing}; listed: {sorted(run.listed())}")
    return run


def all_error(name_to_taker):
    """Cases whose only outcome is an error, and that change one file."""
    def test(taker):
        def run(bench, row):
            base(bench)
            taker(bench)
            error(bench, row)
        return run
    return {case: test(taker) for case, taker in name_to_taker.items()}


SIMPLE_ERRORS = all_error({
    "D02": lambda b: schools_of_shapes(b, "files/no_dbf/schools.shp"),
    "D04": lambda b: schools_of_shapes(b, "files/cut_shp/schools.shp"),
    "D05": lambda b: schools_of_shapes(b, "files/cut_gpkg.gpkg"),
    "D06": lambda b: replace(b, "parks", "files/cut.geojson", {"id": "id", "name": "name"}),
    "D07": lambda b: replace(b, "parks", "files/empty.geojson", {"id": "id", "name": "name"}),
    "D09": lambda b: schools_of_shapes(b, "files/lonlat_called_27700.gpkg"),
    "D10": lambda b: schools_of_shapes(b, "files/metres_called_4326.gpkg"),
    "D11": lambda b: schools_of_json(b, "files/swapped.geojson"),
    "D12": lambda b: replace(b, "schools", "files/xy_no_crs.csv", {**SCHOOLS}),
    "D28": lambda b: outlets_of(b, "files/no_northing.csv"),
    "D48": lambda b: replace(b, "outlets", "upstream/gdal/header_with_line_break.csv", {}, "EPSG:27700"),
})


def d01(bench, row):
    base(bench)
    schools_of_shapes(bench, "files/no_shx/schools.shp")
    run = bench.finishes()
    base_answer(run)
    expect(run.account("schools")[:2] == (4, 4), "all four rows are read")
    expect(re.search(row["must_mention"], run.issue_text()), "the missing index is said")


def d03(bench, row):
    base(bench)
    schools_of_shapes(bench, "files/no_prj/schools.shp")
    error(bench, row)
    bench.study_text = None
    bench.layers["schools"]["crs"] = "EPSG:27700"
    base_answer(accepted(bench))


def d08(bench, row):
    base(bench)
    schools_of_shapes(bench, "files/no_rows.gpkg")
    run = bench.run()
    if run.status in (2, 3):
        expect(re.search(row["must_mention"], run.err), run.err)
        return
    expect(re.search(row["must_mention"], run.issue_text()), run.issue_text())
    for reference in ("O-001", "O-003", "O-006"):
        expect(run.finding(reference, "SCH-400")["result"] == "unknown", "SCH-400 was not tested, so it is unknown")
        expect(run.verdict(reference) != "clear", "a verdict of clear though SCH-400 was not tested")
    breaches_are(run, {"PARK-200": BASE["PARK-200"]})


def d13(bench, row):
    base(bench)
    replace(bench, "parks", "files/parks_wgs84.geojson", {"id": "id", "name": "name"})
    without = bench.finishes("--grids", "none")
    breaches_are(without)
    said = " ".join(str(f) for f in without.json["provenance"]["files"]) + without.issue_text()
    expect("OSTN15" in said or re.search(r"'operation_loss_m': '?[1-9]", said), f"nothing says that the grid is missing: {said}")
    distances_are(without, {("O-004", "PARK-200"): 100.0, ("O-005", "PARK-200"): 0.0}, within=5.0)
    grids = os.environ.get("CORDON_GRID_DIR", "")
    if grids and any(Path(grids).glob("*OSTN15*")):
        with_grid = accepted(bench, "--grids", grids)
        breaches_are(with_grid)
        distances_are(with_grid, {k: v for k, v in BASE_DISTANCES.items() if k[1] == "PARK-200"}, within=0.05)


def d14(bench, row):
    base(bench)
    schools_of_json(bench, "files/null_geom.geojson")
    run = warned(bench, row, ["D1002", "D1004"], status=4)
    breaches_are(run)
    expect(run.account("schools")[:3] == (4, 2, 2), f"4 read = 2 used + 2 without place, not {run.account('schools')}")


def d15(bench, row):
    base(bench)
    replace(bench, "schools", "files/nan_inf.csv", {**SCHOOLS, **DATED, **XY}, "EPSG:27700")
    run = warned(bench, row, ["D1001", "D1002", "D1004"], status=4)
    breaches_are(run, {"SCH-400": []})
    lines = {i["row"] for i in run.issues if i["layer"] == "schools" and i["kept"] == "not-used"}
    expect(lines == {2, 3, 5}, f"lines {lines}")
    expect(run.verdict("O-003") != "clear", "clear, though no open school is on the map")


def d16(bench, row):
    base(bench)
    replace(bench, "schools", "files/gias_zero.csv", {**SCHOOLS, **DATED, **XY}, "EPSG:27700")
    run = warned(bench, row, ["D1002", "D1004"], status=4)
    breaches_are(run)
    expect(run.account("schools")[:3] == (4, 2, 2), str(run.account("schools")))


def d17(bench, row):
    base(bench)
    replace(bench, "parks", "files/bowtie.geojson", {"id": "id", "name": "name"})
    outlets_of(bench, "files/bowtie_outlets.csv")
    run = warned(bench, row, ["P-1"])
    breaches_are(run, {"PARK-200": ["O-901", "O-902"]})
    distances_are(run, {("O-901", "PARK-200"): 56.569, ("O-902", "PARK-200"): 0.0})
    place = [(i.get("x"), i.get("y")) for i in run.issues if i.get("id") == "P-1" and "x" in i]
    expect(any(near(x, 430200) and near(y, 300300) for x, y in place), f"the crossing is at 430200 300300, said: {place}")


def d18(bench, row):
    base(bench)
    replace(bench, "parks", "files/unclosed.geojson", {"id": "id", "name": "name"})
    run = warned(bench, row, ["P-1"])
    base_answer(run)


def d19(bench, row):
    base(bench)
    replace(bench, "parks", "files/hole_outside.geojson", {"id": "id", "name": "name"})
    run = warned(bench, row, ["P-1"])
    breaches_are(run)
    expect(any(i.get("id") == "P-1" and i.get("action") for i in run.issues), "the method of repair is named")


def d20(bench, row):
    base(bench)
    replace(bench, "parks", "files/zero_area.geojson", {"id": "id", "name": "name"})
    run = warned(bench, row, ["P-1"])
    breaches_are(run, {"SCH-400": BASE["SCH-400"], "PARK-200": ["O-001", "O-002", "O-003", "O-004"]})
    distances_are(run, {("O-001", "PARK-200"): 151.327, ("O-002", "PARK-200"): 150.0})


def d21(bench, row):
    base(bench)
    schools_of_json(bench, "files/mixed_types.geojson")
    run = bench.finishes()
    breaches_are(run, {"SCH-400": ["O-001", "O-002", "O-003"], "PARK-200": BASE["PARK-200"]})
    distances_are(run, {("O-003", "SCH-400"): 351.0})


def d22(bench, row):
    base(bench)
    schools_of_shapes(bench, "files/with_z.gpkg")
    base_answer(accepted(bench))


def d23(bench, row):
    base(bench)
    outlets_of(bench, "files/dup_rows.csv")
    run = warned(bench, row, ["O-001"])
    base_answer(run)
    said = " ".join(i["message"] for i in run.issues if i.get("id") == "O-001")
    expect(re.search(r"\b2, 8 and 9\b|\b2, 8, 9\b", said), f"the lines 2, 8 and 9 are named: {said}")
    expect(run.account("outlets") == (8, 6, 0, 2), str(run.account("outlets")))


def d24(bench, row):
    base(bench)
    outlets_of(bench, "files/cp1252.csv")
    run = bench.finishes()
    base_answer(run)
    expect(run.proposal("O-001")["name"] == "Café Müller", run.proposal("O-001")["name"])
    expect(re.search("1252", run.issue_text()), "that it was read as Windows-1252 is said")


def d25(bench, row):
    base(bench)
    outlets_of(bench, "files/bom.csv")
    base_answer(accepted(bench))


def accept_or_name(name, row_layer="outlets"):
    """The whole base answer, or an error that shows the value: never a number misread."""
    def test(bench, row):
        base(bench)
        outlets_of(bench, name)
        run = bench.run()
        if run.status in (2, 3):
            expect(re.search(row["must_mention"], run.err), run.err)
        else:
            base_answer(run)
    return test


def d29(bench, row):
    base(bench)
    outlets_of(bench, "files/case_headers.csv")
    base_answer(accepted(bench))


def d30(bench, row):
    base(bench)
    outlets_of(bench, "files/ragged.csv")
    run = warned(bench, row, ["O-002", "O-004"])
    breaches_are(run, {"SCH-400": ["O-001"], "PARK-200": BASE["PARK-200"]})
    expect({3, 5} <= {i.get("row") for i in run.issues}, f"lines 3 and 5: {run.issue_text()}")
    expect(run.account("outlets")[0] == 6, "six rows were read")
    # A proposal without a place keeps its row in every answer: unknown, never clear. It hides nobody else's breach.
    if run.account("outlets")[1] == 6:
        expect(run.verdict("O-002") == "unknown", f"O-002 has no place, and its verdict is {run.verdict('O-002')}")
    else:
        expect(run.status == 4 and run.account("outlets")[:3] == (6, 5, 1), str(run.account("outlets")))


def d31(bench, row):
    base(bench)
    outlets_of(bench, "files/ambiguous_dates.csv")
    bench.layers["outlets"]["columns"] = {"reference": "id", "name": "name", **XY, "decided": "opened"}
    error(bench, row)
    # With the format said, the date of decision puts O-001 and O-002 on either side of the policy's first day.
    for date_format, in_force, before in (("dd/mm/yyyy", "O-001", "O-002"), ("mm/dd/yyyy", "O-002", "O-001")):
        bench.layers["outlets"]["date-format"] = date_format
        bench.study_text = None
        run = bench.finishes()
        expect(in_force in run.breaches("SCH-400"), f"{date_format}: {in_force} was decided after adoption")
        expect(run.finding(before, "SCH-400")["result"] == "not-applicable", f"{date_format}: {before} was decided before adoption")


def d32(bench, row):
    base(bench)
    bench.layers["outlets"] = {"kind": "outlets", "file": take(bench, "files/closed_first.csv"), "crs": "EPSG:27700", "use": "hot-food-takeaway",
                               "columns": {"id": "id", "name": "name", **XY, **DATED}}
    run = bench.run(files=(), command="inspect")
    expect(run.status in (0, 4), run.err)
    expect(re.search(row["must_mention"], run.out) and "O-001" in run.out, run.out)
    # The same fault in a layer that verdicts rest on: its places are open on no day that is known, so the result is unknown.
    schools = (CORPUS / "base/schools.csv").read_text(encoding="utf-8").replace("1971-09-01,", "1971-09-01,1970-01-31")
    base(bench)
    bench.write("schools.csv", schools)
    bench.study_text = None
    run = bench.finishes(status=(0, 4))
    expect("D1001" in run.listed("closed-before-opened"), run.issue_text())
    for reference in ("O-001", "O-002"):
        expect(run.finding(reference, "SCH-400")["result"] in ("unknown", "borderline"), f"{reference}: {run.finding(reference, 'SCH-400')['result']}")


def d33(bench, row):
    base(bench)
    replace(bench, "schools", "files/dup_ids.csv", {**SCHOOLS, **DATED, **XY}, "EPSG:27700")
    run = warned(bench, row, ["D1001"])
    base_answer(run)  # O-005 is 721.110 m from the second school of that urn
    said = " ".join(i["message"] for i in run.issues if i.get("id") == "D1001")
    expect(re.search(r"\b2 and 3\b|\b2, 3\b", said), f"both lines are named: {said}")
    expect(run.account("schools")[:2] == (4, 4), str(run.account("schools")))


def d34(bench, row):
    base(bench)
    outlets_of(bench, "files/leading_zeros.csv")
    run = accepted(bench)
    breaches_are(run, {"SCH-400": ["00123", "123"], "PARK-200": BASE["PARK-200"]})
    with open(bench.folder / "v.csv", encoding="utf-8", newline="") as file:
        expect([r["reference"] for r in csv.DictReader(file)][:3] == ["00123", "123", "0123"], "ids are written back as they were")


# ---- policies: the corpus's keys become ours, with its fault

def school_rule(**change):
    rule = {"id": "SCH-400", "cite": "SCH-400", "distance": {"to": ["schools"], "from": "boundary"}, "breach": "<= 400 m", "outcome": "refuse"}
    rule.update(change)
    return {k: v for k, v in rule.items() if v is not None}


def policy_fault(rule, pattern, line=None):
    def test(bench, row):
        base(bench)
        bench.rules[0] = rule
        run = error(bench, row, pattern=pattern, status=2)
        if line:
            said = re.search(r"policy\.toml:(\d+)", run.err)
            expect(said, f"no line is named: {run.err}")
            text = bench.policy_text.splitlines()[int(said.group(1)) - 1]
            expect(re.search(line, text), f"line {said.group(1)} is {text!r}")
    return test


d35 = policy_fault({"id": "SCH-400", "cite": "SCH-400", "distnace": {"to": ["schools"], "from": "boundary"}, "breach": "<= 400 m", "outcome": "refuse"},
                   r"distnace.*did you mean.*distance", "distnace")
d36 = policy_fault(school_rule(breach="<= -400 m"), r"SCH-400.*-400", "-400")
d37 = policy_fault(school_rule(distance={"to": ["scools"], "from": "boundary"}), r"scools.*schools", "scools")


def d38(bench, row):
    base(bench)
    bench.rules = []
    error(bench, row, status=2)


def d39(bench, row):
    # Ours is a text with a unit: the type faults are a number, and a text without the unit.
    for breach, pattern in ((400, r"(?i)SCH-400.*breach.*(text|string)"), ("<= 400", r"(?i)SCH-400.*breach.*unit"), (True, r"(?i)SCH-400.*breach.*text")):
        bench.policy_text = bench.study_text = None
        policy_fault(school_rule(breach=breach), pattern, "^breach")(bench, row)


def d40(bench, row):
    base(bench)
    bench.layers["schools"]["file"] = "no/such/file.csv"
    error(bench, row)
    run = bench.call(["check", str(bench.folder / "no/such/study.toml")])
    run.hold_rules()
    expect(run.status in (2, 3) and "no/such/study.toml" in run.err, run.err)


def d41(bench, row):
    base(bench)
    (bench.folder / "dir.shp").mkdir()
    bench.layers["schools"]["file"] = "dir.shp"
    error(bench, row)


# ---- outputs

def d42(bench, row):
    base(bench)
    for option in ("--out", "--findings", "--places"):
        bench.fails(row["must_mention"], option, "/dev/full", files=(), status=3)
    with open("/dev/full", "wb") as full:
        for arguments in ((), ("--out", "/dev/stdout")):
            run = bench.run(*arguments, files=(), stdout=full, rules=False)
            expect(run.status == 3 and re.search(row["must_mention"], run.err), f"standard output is full: status {run.status}, {run.err}")
        run = bench.run(files=(), command="inspect", stdout=full, rules=False)
        expect(run.status == 3 and re.search(row["must_mention"], run.err), f"inspect: status {run.status}, {run.err}")


def d43(bench, row):
    base(bench)
    outlets_of(bench, "files/formula.csv", keep=["name", "easting"])
    run = accepted(bench, files=("v.csv", "v.json", "v.geojson", "v.gpkg"))  # what a spreadsheet would run is looked for in every run
    base_answer(run)
    expect(run.proposal("O-001")["name"] == "=cmd|' /C calc'!A0", "JSON is no spreadsheet: the name stays as it is")
    with open(bench.folder / "v.csv", encoding="utf-8", newline="") as file:
        names = {r["reference"]: r["name"] for r in csv.DictReader(file)}
    expect(names["O-001"] == "'=cmd|' /C calc'!A0" and names["O-004"] == "'-2+3", f"an apostrophe stands before a formula: {names}")


def d44(bench, row):
    base(bench)
    outlets_of(bench, "files/script.csv")
    run = accepted(bench)
    base_answer(run)
    expect(run.proposal("O-001")["name"] == "<script>alert(1)</script>", "data are carried as they are")
    # A GeoJSON may be put into a page as it stands: no `</script` may end that page's script.
    for name in ("v.json", "v.geojson"):
        text = (bench.folder / name).read_text(encoding="utf-8")
        expect("</script" not in text, f"{name} holds </script unescaped")
    terminal = bench.finishes(files=())
    expect("\x1b" not in terminal.out, "no escape sequence reaches a terminal")


def d45(bench, row):
    for layer in ('x"; DROP TABLE schools;--', "schools"):
        base(bench)
        bench.study_text = None
        schools_of_shapes(bench, "files/sql_name.gpkg", layer=layer)
        run = accepted(bench)  # every run compares the inputs' bytes before and after
        base_answer(run)
        expect(run.account("schools")[:2] == (4, 4), str(run.account("schools")))


# ---- files of other projects

def d46(bench, row):
    base(bench)
    replace(bench, "schools", "upstream/gdal/ids_0_1_null_1_null.json", {"id": "id"})
    run = bench.run()
    if run.status in (2, 3):
        expect(re.search(row["must_mention"], run.err), run.err)
        return
    expect(run.status == 4, f"no school has a place: incomplete, not {run.status}")
    # The two rows of id 1 are alike in every column that is read: one of them is the other's double, and both are listed.
    expect(run.account("schools")[:2] == (5, 0), str(run.account("schools")))
    expect("1" in run.listed(), run.issue_text())
    expect(run.finding("O-001", "SCH-400")["result"] == "unknown", "SCH-400 cannot be tested")


def d47(bench, row):
    base(bench)
    quote = r"(?i)quote.*line 2"  # the file's name has the word `quote` too
    replace(bench, "outlets", "upstream/gdal/unbalanced_double_quotes.csv", {"reference": "id"}, "EPSG:27700")
    error(bench, row, pattern="(?i)coordinates")  # it has no columns for them: said first
    # As a table of which no coordinates are wanted its rows are read.
    bench.study_text = None
    base(bench)
    bench.layers["areas"]["population"] = [{"file": "unbalanced_double_quotes.csv", "code": "id", "value": "txt", "year": 2022}]
    error(bench, row, pattern=quote)


def d49(bench, row):
    base(bench)
    bench.layers["areas"]["population"] = [{"file": take(bench, "upstream/gdal/inf_nan.csv"), "code": "id", "value": "v", "year": 2022}]
    run = warned(bench, row, ["2", "3", "4"])
    breaches_are(run)


def d50(bench, row):
    base(bench)
    replace(bench, "areas", "upstream/pyshp/corrupt_too_long.shp", {})
    error(bench, row)
    bench.study_text = None
    bench.layers["areas"]["crs"] = "EPSG:27700"
    run = bench.run()
    if run.status in (2, 3):
        expect(re.search(r"(?i)\.shx|index|length|stray|trailing|outside|degree", run.err), run.err)
    else:
        expect(run.account("areas")[0] == 10 and re.search(r"(?i)\.shx|index", run.issue_text()), run.issue_text())


def d51(bench, row):
    base(bench)
    replace(bench, "schools", "upstream/pyshp/latin1.shp", {"id": "name", "name": "name"})
    error(bench, row)
    # With the coordinate system said, and the index rebuilt, the name is whole. The polygon lies in no place of ours: what matters is its name.
    bench.study_text = None
    bench.layers = {"schools": {**bench.layers["schools"], "crs": "EPSG:4326"}}
    bench.study = {"title": "Latin-1", "crs": "EPSG:3857"}
    bench.layers["outlets"] = {"kind": "proposals", "file": bench.write("one.csv", "id,x,y\nA,1,1\n"), "crs": "EPSG:3857", "use": "hot-food-takeaway"}
    run = bench.run("--policy", str(bench.folder / "policy.toml"))
    if run.status in (2, 3):
        return
    text = (bench.folder / "v.json").read_text(encoding="utf-8")
    expect("Ñandú" in text, "the name reads Ñandú")


def d52(bench, row):
    base(bench)
    replace(bench, "areas", "upstream/geos/invalid_polygons.csv", {"code": "id", "wkt": "wkt"}, "EPSG:27700")
    bench.study["area"] = None
    run = bench.finishes(status=(0, 4))
    missing = [f"G-{n:02}" for n in range(1, 58) if f"G-{n:02}" not in run.listed(layer="areas")]
    expect(not missing, f"not listed: {missing}")
    expect(run.account("areas")[0] == 57, str(run.account("areas")))


def d53(bench, row):
    base(bench)
    for name in ("none/at/all/report.csv", "none/at/all/report.json", "none/at/all/report.gpkg"):
        error(bench, row, "--out", str(bench.folder / name), files=())
    expect(not (bench.folder / "none").exists(), "a folder was made")
    locked = bench.folder / "none" / "at" / "all"
    locked.mkdir(parents=True)
    os.chmod(locked, 0o555)
    for path in [bench.folder, *bench.folder.rglob("*")]:
        if path != locked:
            os.chmod(path, 0o755 if path.is_dir() else 0o644)
    prefix = as_nobody()
    if prefix and subprocess.run([*prefix, "test", "-x", program()], check=False).returncode != 0:
        raise Skip("an unprivileged user cannot reach the program, so the read-only folder was not tested")
    error(bench, row, "--out", str(locked / "report.csv"), files=(), prefix=prefix, pattern=r"(?i)none/at/all.*(permission|read-only)")


def tests():
    table = cases()
    mine = {**SIMPLE_ERRORS, "D26": accept_or_name("files/decimal_comma.csv"), "D27": accept_or_name("files/thousands.csv")}
    mine.update({name.upper(): value for name, value in globals().items() if re.fullmatch(r"d\d\d", name)})
    expect(sorted(mine) == sorted(table), f"cases without a test: {sorted(set(table) ^ set(mine))}")

    def bound(case):
        return lambda bench: mine[case](bench, table[case])
    return [(case, bound(case)) for case in sorted(mine)]


if __name__ == "__main__":
    if CORPUS is None:
        print("skip: there is no shared corpus (CORDON_SHARED)")
        sys.exit(SKIPPED)
    sys.exit(run_tests(tests(), sys.argv[1:]))
