# SPDX-License-Identifier: Apache-2.0
"""Policies and studies that say something else than was meant."""

import os

from harness import Raw, expect, toml_table
from world import again, base, base_answer, same_answer


def rule_fault(bench, pattern, **change):
    """The first rule with some keys changed (None: left out): an error of usage that names the rule."""
    base(bench)
    again(bench)
    sound = bench.rule("SCH-400", "schools", "<= 400 m")
    bench.rules = [{k: v for k, v in {**sound, **change}.items() if v is not None}, bench.rule("PARK-200", "parks", "<= 200 m")]
    return bench.fails(pattern, status=2)


def two_measures(bench):
    rule_fault(bench, r"SCH-400.*(one|two|measure)", inside={"of": ["areas"]})


def no_measure(bench):
    rule_fault(bench, r"SCH-400.*measure", distance=None)


def limits_that_are_none(bench):
    for breach in ("<= nan m", "<= inf m", "<= 1e999 m", "<= m", "<= 400m400", "<= ４００ m", "<= 0x190 m", "400 m", "=< 400 m", "== 400 m", "<= 400 m or more", "", "  ",
                   "<= -0 m", "<= 0 m", "<= 400 furlongs", "<= 400,5 m", "<= 4 00 m"):
        rule_fault(bench, r"SCH-400.*breach", breach=breach)


def limit_beyond_the_earth(bench):
    """1e308 m: an error, or every place is within it; never a square that overflows and finds nothing."""
    for breach in ("<= 1e308 m", "<= 99999999 km"):
        base(bench)
        again(bench)
        bench.rules = [bench.rule("SCH-400", "schools", breach)]
        run = bench.run()
        if run.status in (2, 3):
            expect("SCH-400" in run.err, run.err)
        else:
            expect(len(run.breaches("SCH-400")) == 6, f"{breach}: {run.breaches('SCH-400')}")


def units_that_do_not_fit(bench):
    for breach in ("<= 10 min", "<= 5 %", "> 2 units", "<= 400"):
        rule_fault(bench, r"SCH-400.*(unit|fit|length)", breach=breach)


def breach_the_wrong_way_round(bench):
    """`> 400 m` from a school as a breach: what the words say is done, and the words are in the report."""
    base(bench)
    bench.rules = [bench.rule("SCH-400", "schools", "> 400 m")]
    run = bench.run()
    if run.status == 0:
        expect(sorted(run.breaches("SCH-400")) == ["O-003", "O-004", "O-005", "O-006"], str(run.breaches("SCH-400")))


def ids_of_rules_twice(bench):
    base(bench)
    bench.rules[1]["id"] = "SCH-400"
    bench.fails("(?i)SCH-400.*twice", status=2)


def unless_that_names_places(bench):
    """`unless inside` a layer of points could never hold: said, by name."""
    base(bench)
    bench.rules[0]["unless"] = {"inside": ["schools"]}
    bench.fails("(?i)schools.*(areas|places)", status=2)
    again(bench)
    bench.rules[0]["unless"] = {"inside": ["nowhere"]}
    bench.fails("(?i)nowhere", status=2)


def distance_to_areas(bench):
    """Distance to a layer that is not of places."""
    base(bench)
    bench.rules[0]["distance"] = {"to": ["outlets"], "from": "boundary"}
    bench.fails("(?i)outlets.*(places|proposals)", status=2)


def periods_the_wrong_way_round(bench):
    base(bench)
    bench.policy["in-force"] = Raw("{ from = 2024-01-01, until = 2019-01-01 }")
    bench.fails("(?i)wrong way round|not after", status=2)
    again(bench)
    bench.policy["in-force"] = Raw("{}")
    bench.fails("(?i)in-force", status=2)
    again(bench)
    bench.policy["in-force"] = Raw("{ from = 2024-02-30 }")
    bench.fails(r"policy\.toml", status=2)


def rules_without_their_parts(bench):
    rule_fault(bench, r"SCH-400.*outcome", outcome=None)
    rule_fault(bench, r"SCH-400.*outcome", outcome="forbid")
    rule_fault(bench, r"SCH-400.*cite", cite=None)
    rule_fault(bench, r"(?i)id", id=None)
    rule_fault(bench, r"SCH-400.*(breach|bands)", breach=None)
    rule_fault(bench, r"SCH-400.*to", distance={"from": "boundary"})
    rule_fault(bench, r"SCH-400.*to", distance={"to": [], "from": "boundary"})
    rule_fault(bench, r"SCH-400.*twice", distance={"to": ["schools", "schools"], "from": "boundary"})
    rule_fault(bench, r"SCH-400.*edge", distance={"to": ["schools"], "from": "edge"})
    rule_fault(bench, r"SCH-400", distance="schools")
    rule_fault(bench, r"SCH-400.*uses?|takeaways", **{"applies-to": ["hot-food-takeaways"]})


def policy_files_that_are_none(bench):
    base(bench)
    for text, pattern in (("", "(?i)policy"), ("not toml at all", r"policy\.toml:1"), ("\x00\x01\x02", r"policy\.toml"), ("[policy]\nid = 1\n", r"policy\.toml:2"),
                          ("[policy]\n" * 2, r"policy\.toml:2"), ("x = " + "[" * 100_000, r"policy\.toml"), ("a = '\udcff'".encode("utf-8", "surrogatepass").decode("latin-1"), r"policy\.toml"),
                          ("# " + "x" * (5 << 20), "(?i)larger|MiB")):
        again(bench)
        bench.policy_text = text
        bench.fails(pattern, status=2)


def policies_that_are_not_there(bench):
    base(bench)
    for names, pattern in ((["polcy.toml"], "polcy"), (["southwark-plan-2022-p49"], "did you mean southwark-plan-2022-p48"), (["policy.toml", "./policy.toml"], "twice"), ([], "names no policies"), (["."], r"\."),
                           ([""], "(?i)polic"), (["/dev/zero"], "(?i)no such policy file|not a regular"), (["/dev/stdin"], "(?i)no such policy file|not a regular")):
        again(bench)
        bench.study["policies"] = names
        bench.fails(pattern, status=2)
    bench.study["policies"] = ["policy.toml"]
    again(bench)
    bench.fails("nowhere", "--policy", "nowhere", status=2)


# ---- studies

def one_file_for_two_layers(bench):
    base(bench)
    bench.layers["youth-facilities"] = dict(bench.layers["schools"])
    same_answer(bench)


def layer_named_twice(bench):
    base(bench)
    bench.extra = toml_table("layers.schools", bench.layers["schools"])
    bench.fails(r"study\.toml:\d+.*schools", status=2)


def keys_that_are_none(bench):
    base(bench)
    for section, key, value, pattern in (("study", "asat", Raw("2024-06-01"), "asat.*as-at"), ("schools", "colums", {"id": "urn"}, "colums.*columns"),
                                         ("schools", "use", "hot-food-takeaway", "use"), ("schools", "kind", "place", "place.*places"),
                                         ("schools", "accuracy", "5", "accuracy"), ("schools", "accuracy", "-5 m", "accuracy"), ("schools", "accuracy", "nan m", "accuracy"),
                                         ("schools", "file", 3, "file"), ("schools", "crs", 27700, "crs"), ("schools", "covers", "nowhere", "nowhere"),
                                         ("study", "as-at", "1 June 2024", "as-at"), ("study", "as-at", Raw("2024-02-30"), r"study\.toml"),
                                         ("study", "area", {"layer": "nowhere"}, "nowhere"), ("study", "area", {"layer": "schools"}, "schools"),
                                         ("study", "crs", "EPSG:999999", "999999"), ("study", "crs", "EPSG:4326", "(?i)metres"), ("study", "crs", "EPSG:2263", "(?i)metres"),
                                         ("study", "crs", "", "crs"), ("study", "crs", "x" * 100_000, "crs"), ("study", "crs", "+proj=pipeline +step +proj=nothing", "crs"),
                                         ("outlets", "use", "chip-shop", "chip-shop"), ("schools", "columns", {"idd": "urn"}, "idd.*id"), ("schools", "preset", "gais", "gias"),
                                         ("schools", "date-format", "dd-mm", "date-format"), ("schools", "site-radius", "wide", "site-radius"),
                                         ("outlets", "keep", ["nothing"], "nothing"), ("schools", "where", {"sttus": ["Open"]}, "sttus.*status")):
        again(bench)
        base(bench)
        bench.study = {"title": "Bad inputs", "crs": "EPSG:27700", "area": {"layer": "areas"}, "as-at": Raw("2024-06-01"), "policies": ["policy.toml"]}
        (bench.study if section == "study" else bench.layers[section])[key] = value
        bench.fails(pattern)


def crs_of_a_layer_that_is_none(bench):
    base(bench)
    for crs in ("EPSG:999999", "EPSG:", "27700000000000000000", "WGS", "+init=epsg:27700 +nadgrids=/etc/passwd", "PROJCS[", "EPSG:5701", "EPSG:4978"):
        again(bench)
        bench.layers["schools"]["crs"] = crs
        run = bench.run()
        expect(run.status in (2, 3) and ("crs" in run.err or "coordinate" in run.err), f"{crs}: status {run.status} {run.err}")


def study_files_that_are_none(bench):
    base(bench)
    for text, pattern in (("", "study"), ("[study]", "crs"), ("[study", r"study\.toml:1"), ("x = " + "[" * 200_000, r"study\.toml"), ("a." * 50_000 + "b = 1", r"study\.toml"),
                          ("x = " + "{a=" * 100_000, r"study\.toml"), ("# " + "x" * (64 << 20), r"study\.toml|MiB"), ("\x00", r"study\.toml"), ("study = 3", "study"),
                          ("[[study]]\ncrs = 'EPSG:27700'", "study"), ("layers = []\n[study]\ncrs = 'EPSG:27700'", "layers"), ("[study]\ncrs = 'EPSG:27700'\n[layers]\nschools = 3", "schools")):
        bench.study_text = text
        bench.fails(pattern, status=2)


def study_in_other_line_ends(bench):
    base(bench)
    bench.write_study()
    bench.study_text = "\ufeff" + bench.study_text.replace("\n", "\r\n")
    same_answer(bench)


def study_that_is_no_file(bench):
    base(bench)
    bench.write_study()
    os.mkfifo(bench.folder / "pipe.toml")
    (bench.folder / "folder.toml").mkdir()
    os.symlink("loop.toml", bench.folder / "loop.toml")
    for name in ("pipe.toml", "folder.toml", "loop.toml", "/dev/zero", "/dev/stdin", "", "no.toml", "x" * 5000):
        run = bench.call(["check", str(bench.folder / name) if name[:1] != "/" and name else name])
        run.hold_rules()
        expect(run.status in (2, 3), f"{name[:20]}: status {run.status}")


def paths_that_lead_elsewhere(bench):
    """`..` is a path like another; a loop, a pipe, a device, a folder and a NUL are none."""
    base(bench)
    (bench.folder / "sub").mkdir()
    bench.layers["schools"]["file"] = "sub/../schools.csv"
    same_answer(bench)
    os.mkfifo(bench.folder / "pipe.csv")
    os.symlink("loop.csv", bench.folder / "loop.csv")
    os.symlink("schools.csv", bench.folder / "link.csv")
    again(bench)
    bench.layers["schools"]["file"] = "link.csv"
    same_answer(bench)
    for name in ("pipe.csv", "loop.csv", "/dev/zero", "/dev/stdin", "sub", "", ".", "a\u0000b", "~/schools.csv", "$HOME/schools.csv", "schools.csv\n", "x" * 5000, "*.csv"):
        again(bench)
        bench.layers["schools"]["file"] = name
        bench.fails(r"study\.toml:\d+|schools", status=None)


def no_proposals(bench):
    base(bench)
    del bench.layers["outlets"]
    bench.fails("(?i)proposals", status=2)


def columns_that_are_one(bench):
    """x and y from one column: every place would lie on a diagonal."""
    base(bench)
    bench.layers["schools"]["columns"]["y"] = "easting"
    run = bench.run()
    expect(run.status in (2, 3, 4), f"status {run.status}: {run.issue_text()}")


def policy_of_layers_that_the_study_has_not(bench):
    """A policy of the catalogue may name layers that the study has not: those rules are unknown, never clear."""
    base(bench)
    del bench.layers["parks"]
    run = bench.finishes()
    expect(all(p["verdict"] != "clear" for p in run.json["proposals"]), "clear, though PARK-200 was not tested")
    expect(run.finding("O-003", "PARK-200")["result"] == "unknown", "PARK-200 is unknown")
    expect(run.breaches("SCH-400") == ["O-001", "O-002"], "the other rule is tested")


def base_study_is_sound(bench):
    base(bench)
    run = same_answer(bench)
    expect(run.json["complete"] is True, "complete")
    expect({a["layer"]: a["read"] for a in run.json["rows"]} == {"areas": 2, "schools": 4, "parks": 2, "outlets": 6}, str(run.json["rows"]))
    base_answer(run)
