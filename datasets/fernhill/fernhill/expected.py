# SPDX-License-Identifier: Apache-2.0
"""The verdicts that policies/fernhill-2012.toml asks for, worked out apart from the engine.

Read with the policy beside it. The tie comes first (1 mm), then the tolerance: accuracy of the site's layer and of the
place's added up; both layers are National Grid, so nothing is lost in a transformation. Worst first: breach, borderline,
unknown, exempt, clear, not-applicable.
"""

from . import geometry
from .geometry import relation
from .parameters import ACCURACY, AS_AT, GATE_LIMIT, PARK_LIMIT, POLICY_FROM, SECONDARY_LIMIT, SITE_RADIUS, TIE

ORDER = ["breach", "borderline", "unknown", "exempt", "clear", "not-applicable"]
TAKEAWAY_WORDS = ("hot food takeaway", "hot-food takeaway", "hot food take-away")
OTHER_WORDS = ("betting office", "payday loan", "amusement centre", "restaurant", "off-licence")
NEAREST_FOR_A_CLEAR_ROW = 3000.0     # farther places are not looked at; the borough is dense enough


class Finding:
    """One rule and one layer: the place that decides, how far it is, and what follows."""

    def __init__(self, rule, place, metres, result):
        self.rule, self.place, self.metres, self.result = rule, place, metres, result
        self.limit = {"FH1": SECONDARY_LIMIT, "FH2": PARK_LIMIT, "FH3": GATE_LIMIT}[rule]

    def plain(self):
        return "yes" if self.metres <= self.limit + TIE else "no"


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


def assess(world, app):
    """One row. A reference on several rows is put together by combine()."""
    early = without_measuring(world, app)
    if early:
        return early
    findings, centre = measured(world, app.geometry(), decision_day(app))
    tests = findings[:3]
    verdict = min((f.result for f in tests), key=ORDER.index)
    # The first rule with the worst result decides, and of its layers the nearest place; a clear row shows the least margin.
    worst = [f for f in tests if f.result == verdict]
    key = (lambda f: f.metres - f.limit) if verdict == "clear" else (lambda f: (f.rule, f.metres))
    deciding = min(worst, key=key)
    found = Assessment(verdict, words(verdict, deciding, centre), findings, deciding, findings[3].result == "breach")
    found.fragile = centre == "edge" or any(f.result == "borderline" for f in findings) or any(
        abs(abs(f.metres - f.limit) - t) < 0.05 for f in findings for t in (3, 4, 6, 103, 106)) or (
        # Since when a school has been proposed is not in the register, so no early decision hangs on one.
        verdict != "clear" and deciding.place.status == "proposed" and decision_day(app) < "2024-01-01")
    return found


def words(verdict, f, centre):
    if verdict == "clear":
        return f"nothing protected within its limit; {f.place.name} comes nearest to it, {f.metres:.1f} m away (limit {f.limit:.0f} m)"
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
            assert abs(got.deciding.metres - metres) < 5e-5, f"{app.tag}: {got.deciding.metres} m, not {metres}"
        # Whether a rule that only asks to consult could be borderline is never put to the test.
        assert not [f for f in got.findings if f.rule == "FH3" and f.result == "borderline"], app.tag
        if app.tag == "consult":
            assert got.consult
