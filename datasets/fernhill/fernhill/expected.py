# SPDX-License-Identifier: Apache-2.0
"""The verdicts that the adopted policies ask for (policies/fernhill-2012.toml, fernhill-2026-on-foot.toml), worked out apart from the engine.

Read with the policies beside it. The tie comes first (1 mm), then the tolerance: accuracy of the site's layer and of the
place's added up, and for a walk 10 m or 2.5 % of the limit more; both layers are National Grid, so nothing is lost in a
transformation. Worst first: breach, borderline, unknown, exempt, clear, not-applicable. The draft's walks are among the
findings and count for no verdict.
"""

from . import geometry
from .geometry import relation
from .parameters import (ACCURACY, AS_AT, BAND, DRAFT_FROM, DRAFT_LIMIT, GATE_LIMIT, ON_FOOT_FROM, ON_FOOT_LIMIT, PARK_LIMIT,
                         POLICY_FROM, SECONDARY_LIMIT, SITE_RADIUS, TIE)
from .walking import groups_of

ORDER = ["breach", "borderline", "unknown", "exempt", "clear", "not-applicable"]
TAKEAWAY_WORDS = ("hot food takeaway", "hot-food takeaway", "hot food take-away")
OTHER_WORDS = ("betting office", "payday loan", "amusement centre", "restaurant", "off-licence")
NEAREST_FOR_A_CLEAR_ROW = 3000.0     # farther places are not looked at; the borough is dense enough


LIMITS = {"FH1": SECONDARY_LIMIT, "FH2": PARK_LIMIT, "FH3": GATE_LIMIT, "YP1": ON_FOOT_LIMIT, "TC7A": DRAFT_LIMIT}
COUNTED = ("FH1", "FH2", "YP1")      # FH3 only asks to consult; TC7A is a draft


class Finding:
    """One rule and one layer: the place that decides, how far it is (None: no walk is known), and what follows."""

    def __init__(self, rule, place, metres, result):
        self.rule, self.place, self.metres, self.result = rule, place, metres, result
        self.limit = LIMITS[rule]

    def plain(self):
        return "" if self.metres is None else "yes" if self.metres <= self.limit + TIE else "no"


class Assessment:
    def __init__(self, verdict, why, findings=(), deciding=None, consult=False):
        self.verdict, self.why, self.findings, self.deciding, self.consult = verdict, why, list(findings), deciding, consult
        self.fragile = False     # too close to call somewhere: an ordinary application is not put there


def uses(text, description):
    """The uses a class and a description name: {"takeaway"}, {"other"}, both, or empty when nothing can be made of them."""
    words = text.lower()
    if words and not words.startswith("sui generis"):
        return {"takeaway" if part.strip() == "a5" else "other" for part in words.split("/")}
    if "(" in words:
        return {"takeaway"} if any(w in words for w in TAKEAWAY_WORDS) else {"other"}
    said = description.lower()
    found = {"takeaway"} if any(w in said for w in TAKEAWAY_WORDS) else set()
    return found | ({"other"} if any(w in said for w in OTHER_WORDS) else set())


def decision_day(app):
    return app.decided or AS_AT


def in_force(place, day):
    """Open on the day (the closing day is no longer open), or proposed, which the rule for secondary schools names too."""
    if place.status == "proposed":
        return True
    return (not place.opened or place.opened <= day) and (not place.closed or day < place.closed)


def compare(metres, limit, tolerance, only_a_point):
    if abs(metres - limit) < tolerance:
        return "borderline"
    if metres <= limit + TIE:
        return "breach"
    return "borderline" if only_a_point and metres <= limit + SITE_RADIUS + tolerance else "clear"


def nearest(site, candidates):
    best = None
    for place, shape in sorted(candidates, key=lambda pair: pair[0].id):
        if best and geometry.box_distance(site, shape) > best[1]:
            continue
        metres = geometry.distance(site, shape)
        if best is None or metres < best[1]:
            best = (place, metres)
    return best


def measure(rule, site, places, limit, layer, inside_centre, from_boundary=True):
    """The finding of one rule on one layer."""
    tolerance = ACCURACY["applications"] + ACCURACY[layer]
    if from_boundary:
        candidates = [(p, p.shape) for p in places]
    else:
        candidates = [(p, geometry.Shape(points=[gate[:2]])) for p in places for gate in p.entrances]
    place, metres = nearest(site, candidates)
    result = compare(metres, limit, tolerance, from_boundary and place.shape.is_point())
    if rule != "FH3" and result != "clear" and inside_centre != "outside":
        result = "exempt" if inside_centre == "inside" else "borderline"
    return Finding(rule, place, metres, result)


def centre_relation(world, site):
    where = {relation(site, c.shape, ACCURACY["applications"] + ACCURACY["town-centres"]) for c in world.places["town-centres"]}
    return "inside" if "inside" in where else "edge" if "edge" in where else "outside"


def without_measuring(world, app):
    """The results that need no distance, in the order that they are asked."""
    proposed = uses(app.use_class, app.description)
    existing = uses(app.existing_use, "") if app.existing_use else set()
    site = app.geometry()
    if decision_day(app) < POLICY_FROM:
        return Assessment("not-applicable", f"decided {app.decided}, before the policy came into force on {POLICY_FROM}")
    if proposed and "takeaway" not in proposed:
        return Assessment("not-applicable", "another use than a hot food takeaway")
    if proposed and proposed == existing:
        return Assessment("not-applicable", "the same use before and after")
    if site is None:
        return Assessment("unknown", "no location is given")
    if not world.borough.shape.contains(site.points[0] if site.is_point() else site.centre()):
        return Assessment("not-applicable", "outside the borough that the policy applies in")
    if not proposed:
        return Assessment("unknown", "the use is not stated")
    return None


def decide_walk(walk, straight, limit, ends, kind, unreached):
    """The result of one group of places. `walk`: metres, None where none is known; `straight`: metres in a straight line to the nearest of them; `ends`: the accuracy of
    both ends; `unreached`: a place within reach in a straight line has no way to it."""
    may_be_nearer = SITE_RADIUS if kind == "point" else 0.0
    ruled_out = straight - may_be_nearer - max(ends, TIE) > limit      # a walk is never shorter than a straight line
    if walk is None or kind == "point":
        return "clear" if ruled_out else "unknown"
    tolerance = ends + max(BAND[0], BAND[1] * limit)
    if abs(walk - limit) < tolerance or (walk <= limit + TIE and kind == "boundary"):     # from a boundary it may be longer
        return "borderline"
    if walk <= limit + TIE:
        return "breach"
    return "unknown" if unreached and not ruled_out else "clear"


def walk_group(group, site, joined, places, limit, ends):
    """(result, metres or None, place) of the group's places that count on the day."""
    straight, nearest_place = min(((group.straight(site, p), p.id, p) for p in places), key=lambda found: found[:2])[::2]
    found = group.nearest(joined, places) if joined else None
    reach = limit + ends + TIE + (SITE_RADIUS if group.kind == "point" else 0.0)
    unreached = joined and any(group.straight(site, p) <= reach and group.cannot_be_reached(joined, p) for p in places)
    metres, place = (found[0] / 1000, found[1]) if found else (None, nearest_place)
    return decide_walk(metres, straight, limit, ends, group.kind, unreached), metres, place


def measure_on_foot(world, rule, site, places, layer):
    """From entrances, else from where streets meet the boundary, else from the point; of these groups the worst decides, and of equals the nearest."""
    joined, ends, best = world.network.join(site), ACCURACY["applications"] + ACCURACY[layer], None
    for group in world.walks_from(layer):
        open_places = [p for p in group.places if p in places]
        if not open_places:
            continue
        result, metres, place = walk_group(group, site, joined, open_places, LIMITS[rule], ends)
        key = ORDER.index(result), float("inf") if metres is None else metres
        if best is None or key < best[0]:
            best = key, Finding(rule, place, metres, result)
    return best[1]


def on_foot(world, site, day):
    """Findings of the rules that measure by walking and are in force on the day."""
    secondary = [s for s in world.places["schools"] if in_force(s, day) and s.kind in ("secondary", "all-through")]
    found = []
    if day >= ON_FOOT_FROM:
        found += [measure_on_foot(world, "YP1", site, secondary, "schools"),
                  measure_on_foot(world, "YP1", site, world.places["leisure-centres"], "leisure-centres")]
    if day >= DRAFT_FROM:
        found.append(measure_on_foot(world, "TC7A", site, secondary, "schools"))
    return found


def measured(world, site, day):
    schools = [s for s in world.places["schools"] if in_force(s, day)]
    secondary = [s for s in schools if s.kind in ("secondary", "all-through")]
    primary = [s for s in schools if s.kind == "primary" and s.status == "open"]
    parks = [p for p in world.places["parks"] if p.facts["function"] == "Public Park Or Garden"]
    centre = centre_relation(world, site)
    findings = [measure("FH1", site, secondary, SECONDARY_LIMIT, "schools", centre),
                measure("FH2", site, parks, PARK_LIMIT, "parks", centre),
                measure("FH2", site, world.places["youth-facilities"], PARK_LIMIT, "youth-facilities", centre),
                measure("FH3", site, primary, GATE_LIMIT, "schools", centre, from_boundary=False)]
    return findings, centre


def assess(world, app, walking=True):
    """One row. A reference on several rows is put together by combine(). `walking`: with the rules that measure on foot."""
    early = without_measuring(world, app)
    if early:
        return early
    findings, centre = measured(world, app.geometry(), decision_day(app))
    straight = findings[:3]
    findings += on_foot(world, app.geometry(), decision_day(app)) if walking else []
    tests = [f for f in findings if f.rule in COUNTED]
    verdict = min((f.result for f in tests), key=ORDER.index)
    # The first rule with the worst result decides, and of its layers the nearest place; a clear row shows the least margin in a straight line.
    worst = [f for f in (straight if verdict == "clear" else tests) if f.result == verdict]
    key = (lambda f: f.metres - f.limit) if verdict == "clear" else (lambda f: (f.rule, f.metres or 0.0))
    deciding = min(worst, key=key)
    found = Assessment(verdict, words(verdict, deciding, centre), findings, deciding, findings[3].result == "breach")
    found.fragile = centre == "edge" or any(f.result == "borderline" for f in straight + findings[3:4]) or any(
        abs(abs(f.metres - f.limit) - t) < 0.05 for f in straight + findings[3:4] for t in (3, 4, 6, 103, 106)) or (
        # Since when a school has been proposed is not in the register, so no early decision hangs on one.
        verdict != "clear" and deciding.place.status == "proposed" and decision_day(app) < "2024-01-01")
    return found


def words(verdict, f, centre):
    if verdict == "clear":
        return f"nothing protected within its limit; {f.place.name} comes nearest to it, {f.metres:.1f} m away (limit {f.limit:.0f} m)"
    if f.rule == "YP1":
        return words_on_foot(verdict, f)
    text = f"{f.place.name} is {f.metres:.2f} m away, limit {f.limit:.0f} m"
    if verdict == "exempt":
        return text + ", but the site is inside a town centre"
    if verdict == "borderline" and centre == "edge":
        return text + "; the site is on or near a town centre's edge"
    if verdict == "borderline" and f.place.shape.is_point() and f.metres > f.limit + 3:
        return text + ", but only a point is known of the school, whose boundary may be within the limit"
    if verdict == "borderline":
        return text + ", within the accuracy of the two positions"
    return text


def words_on_foot(verdict, f):
    if f.metres is None:
        return f"no walk to {f.place.name} is known, which is within {f.limit:.0f} m in a straight line"
    text = f"{f.place.name} is {f.metres:.2f} m away on foot, limit {f.limit:.0f} m"
    if verdict == "unknown":
        return text + ", but where people go in is not known"
    return text + (", too near the limit for what is known of the walk" if verdict == "borderline" else "")


def combine(rows):
    """[(application, assessment)] -> the verdict of each row's proposal: of several rows with one reference the worst."""
    worst = {}
    for app, own in rows:
        if app.ref not in worst or ORDER.index(own.verdict) < ORDER.index(worst[app.ref].verdict):
            worst[app.ref] = own
    return worst


def check_planted(rows):
    """Literals against what was worked out; a disagreement stops the generator."""
    whole = combine(rows)
    for app, _ in rows:
        if not app.answer:
            continue
        got = whole[app.ref]
        verdict, rule, place, metres = app.answer
        assert got.verdict == verdict, f"{app.tag}: {got.verdict}, not {verdict}: {got.why}"
        if rule:
            have = (got.deciding.rule, got.deciding.place.id)
            assert have == (rule, place), f"{app.tag}: {have}, not {(rule, place)}"
            have = got.deciding.metres
            assert have == metres or abs(have - metres) < 5e-5, f"{app.tag}: {have} m, not {metres}"
        # Whether a rule that only asks to consult could be borderline is never put to the test.
        assert not [f for f in got.findings if f.rule == "FH3" and f.result == "borderline"], app.tag
        if app.tag == "consult":
            assert got.consult
