# SPDX-License-Identifier: Apache-2.0
"""Rows of planning applications: those planted at awkward places, two hundred with ordinary ones on real premises, then those planted for walking.

The planted rows carry their answer as literals, worked out by hand from the coordinates; generate.py refuses to write
anything when expected.py disagrees with one of them.
"""

from datetime import date, timedelta

from . import expected
from .geometry import Shape, rectangle
from .parameters import APPLICATION_SEED, NEIGHBOUR_NAME
from .places import at, box
from .rng import Rng

COLUMNS = ["ref", "address", "postcode", "uprn", "ward", "description", "received", "validated", "decided", "decision",
           "use_class", "existing_use", "opening_hours", "floorspace_m2", "proposal_type", "easting", "northing",
           "case_officer", "site"]
ROWS = 200                     # and those for walking after them
END_OF_A5 = "2020-09-01"       # the Use Classes Order of that day made takeaways "sui generis"
FUL, VAR = "FUL", "VAR"


class Application:
    def __init__(self, **facts):
        self.ref = self.address = self.postcode = self.uprn = self.ward = self.description = ""
        self.received = self.validated = self.decided = self.decision = ""
        self.use_class = self.existing_use = self.opening_hours = self.proposal_type = self.case_officer = ""
        self.floorspace = 0
        self.point = self.site = None        # (x, y); a Shape where a red line was drawn
        self.tag = self.shows = ""           # planted rows only
        self.answer = None                   # (verdict, rule, place, metres) as literals
        self.suffix = FUL
        self.__dict__.update(facts)

    def geometry(self):
        if self.site:
            return self.site
        return Shape(points=[self.point]) if self.point and self.point != (0, 0) else None


# --- planted ----------------------------------------------------------------------------------------------------------

TAKEAWAY_A5 = dict(use_class="A5", existing_use="A1", proposal_type="change of use",
                   description="Change of use of ground floor from shop (Class A1) to hot food takeaway (Class A5)")
TAKEAWAY_SG = dict(use_class="Sui Generis", existing_use="E", proposal_type="change of use",
                   description="Change of use of ground floor from Class E to hot food takeaway (Sui Generis)")


def adder(apps):
    def add(tag, shows, decided, place, answer, red_line=None, **facts):
        received = (date.fromisoformat(decided or "2026-03-20") - timedelta(days=49)).isoformat()
        base = TAKEAWAY_A5 if received < END_OF_A5 else TAKEAWAY_SG
        app = Application(**{**base, **facts})
        app.tag, app.shows, app.answer, app.decided = tag, shows, answer, decided
        app.received = facts.get("received", received)
        app.point = at(*place) if place else None
        app.site = Shape(polygons=red_line) if red_line else None
        apps.append(app)
        return app
    return add


def planted():
    """In the order they are printed: the first six hold one of each result."""
    apps = []
    add = adder(apps)
    school, kings, ring = "990001", "990002", "FH-GS-001"
    # one of each result
    add("breach", "250 m from a secondary school's boundary", "2019-05-14", (2100, 6350), ("breach", "FH1", school, 250.0))
    add("exactly-400", "exactly 400 m: the plain comparison holds, the accuracy of the data does not settle it", "2021-06-18",
        (2600, 6050), ("borderline", "FH1", school, 400.0))
    add("no-location", "no point, no red line, no postcode", "2022-02-11", None, ("unknown", "", "", None),
        address="Land at the rear of the old Corn Exchange, Fernhill")
    add("exempt", "250 m from a school, inside Kingsmere Village district centre", "2018-09-07", (6450, 6300),
        ("exempt", "FH1", kings, 250.0))
    add("consult", "clear, and 120 m from a primary school's gate: FH3 asks to consult", "2023-03-30", (1290, 6480),
        ("clear", "", "", None))
    add("betting", "a betting office, also Sui Generis, beside a school: another use", "2022-07-01", (2100, 6400),
        ("not-applicable", "", "", None), existing_use="E",
        description="Change of use of ground floor from bank (Class E) to betting office (Sui Generis)")
    # the limit of FH1, all round Alderbrook Academy (a rectangle of 200 by 100 m)
    add("399.99", "1 cm inside the limit", "2017-02-03", (2599.99, 6050), ("borderline", "FH1", school, 399.99))
    add("400.01", "1 cm outside the limit", "2017-10-20", (2600.01, 6050), ("borderline", "FH1", school, 400.01))
    add("corner-400", "exactly 400 m from a corner (240, 320)", "2015-04-17", (2440, 6420), ("borderline", "FH1", school, 400.0))
    add("396-diagonal", "396 m from a corner, beyond a coarse buffer polygon's chord", "2016-03-11",
        (2480.0142853, 6380.0142853), ("breach", "FH1", school, 396.0))
    add("402.9", "just inside the tolerance of 3 m", "2019-11-08", (2602.9, 6060), ("borderline", "FH1", school, 402.9))
    add("403.1", "just outside the tolerance of 3 m", "2019-11-22", (2603.1, 6040), ("clear", "", "", None))
    add("404", "4 m beyond the limit", "2014-12-12", (1596, 6050), ("clear", "", "", None))
    add("first-day", "decided on the policy's first day", "2012-04-01", (2110, 6300), ("breach", "FH1", school, 200.0))
    add("day-before", "decided the day before the policy came into force", "2012-03-31", (2100, 6300),
        ("not-applicable", "", "", None))
    # red lines
    add("red-line-nearer", "its point is 420 m away, its red line 390 m", "2022-11-25", (2620, 6020),
        ("breach", "FH1", school, 390.0), red_line=[[box(2590, 6010, 2630, 6030)]])
    add("red-line-edge", "the red line begins 401.5 m away", "2023-09-01", (2610, 6078), ("borderline", "FH1", school, 401.5),
        red_line=[[box(2601.5, 6070, 2620, 6085)]])
    add("two-units", "a red line of two units; the nearer decides", "2024-06-14", (2646, 6047),
        ("breach", "FH1", school, 181.1077), red_line=[[box(2640, 6040, 2652, 6055)], [box(2380, 6120, 2392, 6135)]])
    add("doubled", "one reference on two rows; this site is clear, the other is not", "2021-11-19", (1500, 6300),
        ("breach", "FH1", school, 141.4214))
    add("doubled", "one reference on two rows; this site decides", "2021-11-19", (1900, 6200), ("breach", "FH1", school, 141.4214))
    # Kingsmere Village, a rectangle that begins 150 m east of Kingsmere School
    add("centre-edge", "on the centre's edge", "2018-05-25", (6350, 6250), ("borderline", "FH1", kings, 150.0))
    add("centre-edge-1m", "1 m inside the centre, within the tolerance of its edge", "2020-01-31", (6351, 6260),
        ("borderline", "FH1", kings, 151.0))
    add("centre-outside", "10 m outside the centre", "2015-08-21", (6340, 6250), ("breach", "FH1", kings, 140.0))
    add("centre-partly", "a red line partly inside the centre", "2025-02-21", (6351.5, 6305), ("borderline", "FH1", kings, 145.0),
        red_line=[[box(6345, 6300, 6358, 6310)]])
    add("centre-red-line", "a red line wholly inside the centre", "2024-10-04", (6406, 6207), ("exempt", "FH1", kings, 200.0),
        red_line=[[box(6400, 6200, 6412, 6215)]])
    add("centre-far", "in the centre but beyond 400 m: clear, nothing to exempt", "2016-11-11", (6640, 6300),
        ("clear", "", "", None))
    # parks: Ring Common is 700 by 700 m with a hole of 500 by 500
    add("in-hole", "in the park's hole, 250 m from the park", "2019-08-16", (8350, 1850), ("clear", "", "", None))
    add("in-hole-near", "in the hole, 60 m from the park", "2013-07-05", (8160, 1850), ("breach", "FH2", ring, 60.0))
    add("in-park", "inside the park: 0 m", "2023-06-23", (8050, 1850), ("breach", "FH2", ring, 0.0), proposal_type="new build",
        existing_use="", description="Erection of kiosk for use as hot food takeaway (Sui Generis)")
    add("park-200", "exactly 200 m from the park", "2017-06-30", (8900, 1850), ("borderline", "FH2", ring, 200.0))
    add("new-build", "a new drive-through 100 m from a park", "2022-04-29", (8350, 2300), ("breach", "FH2", ring, 100.0),
        proposal_type="new build", existing_use="",
        description="Erection of restaurant with drive-through hot food takeaway (Sui Generis)")
    add("allotments", "20 m from allotments, which are not a park, and near a special school", "2018-02-16", (5350, 1460),
        ("clear", "", "", None))
    add("special-school", "50 m from a special school, which FH1 does not name", "2021-03-26", (5560, 1250), ("clear", "", "", None))
    add("railway", "150 m from a youth club, but across the railway: 2.5 km on foot", "2024-02-09", (4025, 3507),
        ("breach", "FH2", "Y99", 150.0))
    # schools that come and go
    add("school-then-open", "150 m from Old Mill School, which closed on 2016-08-31; decided in 2014", "2014-05-09", (1575, 2270),
        ("breach", "FH1", "990003", 150.0))
    add("school-since-closed", "155 m from the same school, decided in 2018", "2018-07-13", (1575, 2275), ("clear", "", "", None))
    add("school-closing-day", "100 m from it, decided on the day it closed: no longer open", "2016-08-31", (1400, 2060),
        ("clear", "", "", None))
    add("school-last-day", "100 m from it, decided the day before", "2016-08-30", (1400, 2070), ("breach", "FH1", "990003", 100.0))
    add("school-proposed", "150 m from a secondary school proposed to open in 2027", "2025-07-25", (5000, 7060),
        ("breach", "FH1", "990004", 150.0))
    add("point-school-380", "380 m from a school known only by a point: its boundary can only be nearer", "2020-02-14", (3980, 1200),
        ("breach", "FH1", "990005", 380.0))
    add("point-school-450", "450 m from that point: the boundary may be within 400 m", "2020-03-13", (4050, 1200),
        ("borderline", "FH1", "990005", 450.0))
    add("point-school-550", "550 m from that point: beyond the limit and the 100 m a site may reach", "2020-07-10", (4150, 1200),
        ("clear", "", "", None))
    add("two-sites", "200 m from a school's second site", "2013-11-01", (5775, 3350), ("breach", "FH1", "990006", 200.0))
    add("marsham-school", "350 m from a school across the boundary", "2022-09-09", (9700, 4570), ("breach", "FH1", "990007", 350.0))
    add("in-marsham", "60 m from that school, but the site is in Marsham", "2023-01-20", (9990, 4570),
        ("not-applicable", "", "", None), address=f"4 Borough Road, {NEIGHBOUR_NAME}")
    # what is proposed
    add("pending", "not decided: judged on the study's date", "", (6190, 6500), ("breach", "FH1", kings, 150.0), received="2026-02-06")
    add("retrospective", "retrospective: the use has begun already", "2019-01-18", (1800, 6050), ("breach", "FH1", school, 200.0),
        proposal_type="retrospective", description="Retrospective application for the change of use from shop (Class A1) to "
        "hot food takeaway (Class A5)")
    add("hours-only", "a takeaway that asks for longer hours: nothing changes", "2018-12-07", (2250, 6050),
        ("not-applicable", "", "", None), existing_use="A5", proposal_type="variation of condition", suffix=VAR,
        description="Variation of condition 4 (opening hours) to allow the hot food takeaway to open until 01:00 Friday and Saturday")
    add("hours-only-sg", "the same under the later class", "2024-08-23", (2260, 6070), ("not-applicable", "", "", None),
        use_class="Sui Generis (hot food takeaway)", existing_use="Sui Generis (hot food takeaway)",
        proposal_type="variation of condition", suffix=VAR,
        description="Variation of condition 2 (opening hours) to allow the hot food takeaway to trade on Sundays")
    add("class-blank", "no use class; the description says it", "2021-09-24", (6100, 6450), ("breach", "FH1", kings, 100.0),
        use_class="", existing_use="", description="Change of use of vacant unit to hot food takeaway with extraction flue to rear")
    add("class-unclear", "Sui Generis, and the description does not say what", "2022-06-10", (6100, 6500), ("unknown", "", "", None),
        description="Change of use of ground floor to sui generis use and new shopfront")
    add("mixed-use", "restaurant and takeaway together", "2016-05-20", (6300, 6100), ("breach", "FH1", kings, 141.4214),
        use_class="A3/A5", description="Change of use from shop (Class A1) to mixed restaurant and hot food takeaway (Class A3/A5)")
    add("restaurant", "a restaurant", "2015-10-16", (6080, 6430), ("not-applicable", "", "", None), use_class="A3",
        description="Change of use from shop (Class A1) to restaurant (Class A3)")
    add("off-licence", "an off-licence", "2014-03-14", (2230, 6150), ("not-applicable", "", "", None), use_class="A1",
        existing_use="A2", description="Change of use from estate agent (Class A2) to off-licence (Class A1)")
    add("payday", "a payday lender", "2023-11-10", (6120, 6470), ("not-applicable", "", "", None),
        description="Change of use of ground floor from Class E to payday loan shop (Sui Generis)")
    add("zero-zero", "easting and northing both 0: no location", "2019-06-28", None, ("unknown", "", "", None),
        address="Unit 3, Ropewalk Yard, Fernhill").point = (0, 0)
    add("no-location-2", "no location, and not decided", "", None, ("unknown", "", "", None), received="2026-03-03",
        address="Mobile unit, The Quay, Fernhill")
    return apps


def planted_on_foot():
    """Under the policy of 2026, which measures by walking. Millimetres here are those of walking.py; the straight lines can be worked out by hand."""
    apps, hall = [], "L09"
    add = adder(apps)
    add("walk-railway", "122 m from a sports hall's doors, but across the railway: 2.3 km on foot", "2026-02-20", (9025, 3570), ("clear", "", "", None))
    add("walk-same-side", "152 m from its doors and on their side of the railway: 205 m on foot", "2026-02-27", (9200, 3740),
        ("breach", "YP1", hall, 205.122))
    add("walk-footbridge", "over the footbridge", "2026-03-06", (3150, 3700), ("breach", "YP1", "L10", 276.703))
    add("walk-round", "289 m in a straight line, 444 m round the block", "2026-03-06", (8900, 3930), ("clear", "", "", None))
    add("walk-close", "387 m on foot: how people walk is not known so well", "2026-03-13", (8960, 3930), ("borderline", "YP1", hall, 387.302))
    add("walk-no-entrance", "167 m on foot from the point of a fitness centre whose doors nobody knows", "2026-03-13", (2500, 2100),
        ("unknown", "YP1", "L08", 167.342))
    add("walk-far-from-street", "farther than 100 m from every street, and a sports hall near in a straight line", "2026-03-20", (8950, 3830),
        ("unknown", "YP1", hall, None))
    add("walk-island", "on the island, whose bridge is closed", "2026-03-20", (9335, 3950), ("unknown", "YP1", hall, None))
    return apps


# --- ordinary -----------------------------------------------------------------------------------------------------------

TARGETS = {"breach": 68, "exempt": 13, "not-applicable": 20, "clear": ROWS}    # the rows left over are clear
FROM_USE = [("A1", "shop (Class A1)", 70), ("A2", "estate agent (Class A2)", 12), ("A3", "cafe (Class A3)", 12), ("B1", "office (Class B1)", 6)]
FROM_USE_E = [("E", "Class E", 70), ("E(a)", "shop (Class E(a))", 20), ("E(b)", "cafe (Class E(b))", 10)]
EXTRAS = ["", "", " and installation of extraction flue to rear", " with new shopfront", " and external alterations",
          " and erection of single storey rear extension"]
OTHER_USES = [("A3", "A1", "Change of use from shop (Class A1) to restaurant (Class A3)"),
              ("A1", "A2", "Change of use from bank (Class A2) to shop (Class A1)"),
              ("A4", "A1", "Change of use from shop (Class A1) to micropub (Class A4)")]
OTHER_USES_LATER = [("Sui Generis", "E", "Change of use from Class E to betting office (Sui Generis)"),
                    ("E", "Sui Generis (betting office)", "Change of use from betting office (Sui Generis) to Class E"),
                    ("Sui Generis", "E", "Change of use of bank (Class E) to amusement centre (Sui Generis)")]


def takeaway(app, rng):
    """A change of use to a takeaway, in the words of its time."""
    later = app.received >= END_OF_A5
    existing, words, _ = rng.weighted([(row, row[2]) for row in (FROM_USE_E if later else FROM_USE)])
    app.use_class = rng.weighted([("Sui Generis", 80), ("Sui Generis (hot food takeaway)", 20)]) if later else "A5"
    app.existing_use, app.proposal_type = existing, "change of use"
    new = "hot food takeaway (Sui Generis)" if later else "hot food takeaway (Class A5)"
    retrospective = rng.chance(0.06)
    if retrospective:
        app.proposal_type = "retrospective"
    app.description = (f"{'Retrospective change' if retrospective else 'Change'} of use of ground floor from {words} to {new}"
                       f"{rng.pick(EXTRAS)}")


def something_else(app, rng):
    app.use_class, app.existing_use, app.description = rng.pick(OTHER_USES_LATER if app.received >= END_OF_A5 else OTHER_USES)
    app.proposal_type = "change of use"


def longer_hours(app, rng):
    app.use_class = app.existing_use = "Sui Generis (hot food takeaway)" if app.received >= END_OF_A5 else "A5"
    app.proposal_type, app.suffix = "variation of condition", VAR
    app.description = f"Variation of condition {rng.integer(2, 6)} (opening hours) of the hot food takeaway"


def one_ordinary(world, rng, early):
    app = Application()
    received = date(2010, 1, 4) + timedelta(days=rng.integer(0, 700)) if early else \
        date(2012, 2, 20) + timedelta(days=rng.integer(0, 5080))
    decided = received + timedelta(days=rng.integer(42, 90))
    app.received = received.isoformat()
    app.decided = decided.isoformat() if decided < date(2026, 3, 20) else ""
    premises = rng.pick(world.premises)
    app.point, app.uprn, app.address, app.postcode = premises.point, premises.uprn, premises.address, premises.postcode
    rng.weighted([(takeaway, 88), (something_else, 7), (longer_hours, 5)])(app, rng)
    if rng.chance(0.05):
        x, y = (round(v) for v in premises.point)
        app.site = Shape(polygons=[[rectangle(x - 5, y - 4, x + 6, y + 12)]])
    return app


def ordinary(world, have, wanted):
    """Drawn until each result has its share; what would be too close to call is left to the planted rows."""
    rng, apps = Rng(APPLICATION_SEED, "ordinary"), []
    count = {verdict: sum(1 for app in have if app.answer[0] == verdict) for verdict in TARGETS}
    while len(apps) < wanted:
        app = one_ordinary(world, rng, early=rng.chance(0.12))
        finding = expected.assess(world, app, walking=False)
        if finding.fragile or finding.verdict not in TARGETS:
            continue
        others = sum(max(TARGETS[v] - count[v], 0) for v in ("breach", "exempt", "not-applicable"))
        if finding.verdict == "clear" and wanted - len(apps) <= others or count[finding.verdict] >= TARGETS[finding.verdict]:
            continue
        count[finding.verdict] += 1
        app.decision = decide(rng, finding.verdict) if app.decided else ""
        apps.append(app)
    return apps


def decide(rng, verdict):
    """Officers mostly follow the policy, not always."""
    return "Refused" if rng.chance({"breach": 0.8, "clear": 0.12, "exempt": 0.2}.get(verdict, 0.2)) else "Approved"


# --- the register -------------------------------------------------------------------------------------------------------

HOURS = ["11:00-23:00 daily", "12:00-22:00 Mon-Sat", "16:00-23:30 daily", "11:30-14:00 and 17:00-22:30 Tue-Sun", ""]


def complete(world, app, rng):
    """What a register adds to every row: ward, nearest address, hours, floorspace, officer, dates between."""
    app.validated = (date.fromisoformat(app.received) + timedelta(days=rng.integer(1, 8))).isoformat()
    located = app.point and app.point != (0, 0)
    if located:
        ward = world.ward_at(app.point)
        app.ward = ward.code if ward else ""
    if located and not app.address:
        near = min(world.premises, key=lambda p: (p.point[0] - app.point[0])**2 + (p.point[1] - app.point[1])**2)
        app.address, app.postcode = f"{rng.integer(200, 400)} {near.street}, Fernhill", near.postcode
    app.opening_hours, app.floorspace = rng.pick(HOURS), rng.integer(35, 190)
    app.case_officer = f"Officer {rng.pick('ABCDEFG')}"
    if app.answer and app.decided:
        app.decision = decide(rng, app.answer[0])


def number(apps):
    """References like 24/01234/FUL: the year, a number that grows through it, the kind. A doubled one is kept doubled."""
    used, doubled = set(), {}
    for app in apps:
        day = date.fromisoformat(app.received)
        if app.tag == "doubled" and doubled:
            app.ref = doubled["ref"]
            continue
        k = day.timetuple().tm_yday * 5
        while (day.year, k) in used:
            k += 1
        used.add((day.year, k))
        app.ref = f"{day.year % 100:02d}/{k:05d}/{app.suffix}"
        if app.tag == "doubled":
            doubled["ref"] = app.ref


def make_applications(world):
    first = planted()
    apps = first + sorted(ordinary(world, first, ROWS - len(first)), key=lambda app: (app.received, app.uprn))
    on_foot = planted_on_foot()
    for some, what in ((apps, "register"), (on_foot, "register on foot")):
        rng = Rng(APPLICATION_SEED, what)
        for app in some:
            complete(world, app, rng)
    apps += on_foot
    number(apps)
    return apps
