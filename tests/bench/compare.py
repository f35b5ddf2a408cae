# SPDX-License-Identifier: Apache-2.0
"""Row by row: cordon's verdicts and findings against PostGIS's answers.

A distance that cordon prints with d decimals has to be PostGIS's own, rounded: nowhere further from it than half a
unit of the last place and a millionth of a metre. Another place is right only at the same distance, and then it has to
be the one with the least id.
"""

import csv
from itertools import zip_longest

from process import Failed, run, table
from world import LIMIT_M

TRUE = {"t": True, "f": False}
NEAR_M = 1e-6
LISTED = 20


class Differences:
    def __init__(self):
        self.rows = self.verdicts = self.distances = 0
        self.examples, self.others = [], []
        self.worst = {"schools": 0.0, "parks": 0.0}  # of |difference|, beyond the rounding

    def distance(self, reference, layer, printed, theirs):
        decimals = len(printed.partition(".")[2])
        beyond = abs(float(printed) - theirs) - 0.5 * 10**-decimals
        self.worst[layer] = max(self.worst[layer], beyond)
        if beyond > NEAR_M:
            self.distances += 1
            self.example(f"proposal {reference}: {layer} at {printed} m, PostGIS {theirs!r} m")

    def verdict(self, reference, printed, theirs):
        self.verdicts += 1
        self.example(f"proposal {reference}: {printed}, PostGIS {theirs}")

    def example(self, text):
        if len(self.examples) < LISTED:
            self.examples.append(text)


def cordon_rows(verdicts, findings):
    """reference, verdict, {layer: (id, distance)} in the order of the proposals."""
    with open(verdicts, encoding="utf-8", newline="") as first, open(findings, encoding="utf-8", newline="") as second:
        verdict_rows, finding_rows = csv.DictReader(first), csv.reader(second)
        header = next(finding_rows)
        reference, layer, place, measured = (header.index(name) for name in ("reference", "layer", "place_id", "measured"))
        waiting = next(finding_rows, None)
        for row in verdict_rows:
            places = {}
            while waiting and waiting[reference] == row["reference"]:
                places[waiting[layer]] = (waiting[place], waiting[measured])
                waiting = next(finding_rows, None)
            yield row["reference"], row["verdict"], places
        if waiting:
            raise Failed(f"the findings go on where the verdicts end: {waiting[reference]}")


def differences(ours, theirs):
    found = Differences()
    for mine, other in zip_longest(ours, theirs):
        if mine is None or other is None or mine[0] != other[0]:
            raise Failed(f"rows do not match: cordon {mine}, PostGIS {other}")
        found.rows += 1
        reference, verdict, places = mine
        if (verdict == "breach") != TRUE[other[1]] or verdict not in ("breach", "clear"):
            found.verdict(reference, verdict, ", ".join(other[1:]))
        for layer, place, distance in (("schools", other[2], other[3]), ("parks", other[4], other[5])):
            if layer not in places:
                raise Failed(f"no finding for {layer} of proposal {reference}")
            found.distance(reference, layer, places[layer][1], float(distance))
            if places[layer][0] != place:
                found.others.append((reference, layer, places[layer][0], distance))
    return found


def judge_others(cluster, others, work):
    """Of the places that are not PostGIS's: how many are further away, how many are not the least id (as text, as number)."""
    pairs = work / "other-places.csv"
    with pairs.open("w", encoding="ascii") as out:
        out.writelines(f"{reference},{layer},{place},{distance}\n" for reference, layer, place, distance in others)
    cluster.sql("drop table if exists other", "create unlogged table other(pid int, layer text, place int, d float8)",
                f"\\copy other from '{pairs}' with (format csv)",
                # by id, or each of a hundred thousand pairs would go through every park
                *(f"create index if not exists {name}_by_id on {name}(id)" for name in ("schools", "parks", "proposals")), "analyze")
    answer = cluster.sql(f"""
        select count(*) filter (where ours > d + {NEAR_M}), count(*) filter (where place::text collate "C" <> by_text), count(*) filter (where place <> by_number)
        from other o join proposals p on p.id = o.pid
        cross join lateral (select id, geom from schools s where o.layer = 'schools' and s.id = o.place
                            union all select id, geom from parks k where o.layer = 'parks' and k.id = o.place) mine
        cross join lateral (select st_distance(mine.geom, p.geom) ours) m
        cross join lateral (select min(id::text collate "C") by_text, min(id) by_number from (
            select id from schools s where o.layer = 'schools' and st_dwithin(s.geom, p.geom, o.d + 1e-9)
            union all select id from parks k where o.layer = 'parks' and st_dwithin(k.geom, p.geom, o.d + 1e-9)) near) least""")
    return tuple(int(number) for number in answer.split(","))


def ties(world, options, cluster, plain):
    """With the policy's own tie (1 mm) the proposals within it, and no others, are breaches as well: their references, and whether they are PostGIS's."""
    out = world.work / "compare-tie.csv"
    run([options.program, "check", world.study(ending=options.places), "--out", out, "--force", "--no-progress"])
    ours = []
    with open(plain, encoding="utf-8", newline="") as first, open(out, encoding="utf-8", newline="") as second:
        for without, tied in zip_longest(csv.DictReader(first), csv.DictReader(second)):
            if without["verdict"] != tied["verdict"]:
                ours.append(without["reference"])
    theirs = [row[0] for row in cluster.rows(f"select id from answer where least(sd, kd) > {LIMIT_M} and least(sd, kd) <= {LIMIT_M} + 0.001 order by id")]
    out.unlink()
    return ours, ours == theirs


def compare(world, options, cluster):
    """Prints what differs. True where nothing does."""
    verdicts, findings = world.work / "compare.csv", world.work / "compare-findings.csv"
    run([options.program, "check", world.study(ending=options.places), "--out", verdicts, "--findings", findings, "--force", "--no-progress", "--tie", "0"])
    cluster.load(world)
    cluster.query("nearest")
    found = differences(cordon_rows(verdicts, findings), cluster.rows("select id, w, sid, sd, kid, kd from answer order by id"))
    further, not_text, not_number = judge_others(cluster, found.others, world.work) if found.others else (0, 0, 0)
    not_least = min(not_text, not_number)
    tied, tied_as_theirs = ties(world, options, cluster, verdicts)
    rows = [("rows", f"{found.rows:,}"), ("verdicts that differ", found.verdicts), ("distances that differ", found.distances)]
    rows += [(f"largest difference to {layer}, beyond rounding", f"{max(0.0, worst):.9f} m") for layer, worst in found.worst.items()]
    rows += [("another place", f"{len(found.others):,}"), ("… that is further away", further), (f"… that is not the least id ({'as a number' if not_number <= not_text else 'as text'})", not_least)]
    rows += [("breaches more with the tie of 1 mm", f"{len(tied)}{'' if tied_as_theirs else ', not those within 1 mm by PostGIS'}")]
    print(table(("cordon and PostGIS, row by row", "--tie 0"), rows))
    for example in found.examples + [f"proposal {reference}: a breach by the tie alone" for reference in tied[:LISTED]]:
        print(f"\n{example}", end="")
    print()
    for path in (verdicts, findings):
        path.unlink()
    return not (found.verdicts or found.distances or further or not_least) and tied_as_theirs
