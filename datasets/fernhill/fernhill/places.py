# SPDX-License-Identifier: Apache-2.0
"""Schools, parks, centres for the young, for sport and for meeting, and town centres.

Some stand where a test needs them, at whole metres (PLANTED below; the README says what each is for). The rest are
drawn into free blocks of the mesh, away from the planted ones so that these measure only what they are meant to.
"""

from math import hypot

from .areas import COLUMNS, ROWS, outline
from .geometry import Shape, rectangle
from .names import COMMUNITY, LEISURE, OTHER_GREENS, PRIMARIES, PUBLIC_PARKS, SECONDARIES, YOUTH
from .parameters import ORIGIN, WORLD_SEED
from .rng import Rng


class Place:
    def __init__(self, layer, id, name, shape, **facts):
        self.layer, self.id, self.name, self.shape = layer, id, name, shape
        self.kind = self.status = self.opened = self.closed = ""
        self.entrances = []        # (x, y, note)
        self.facts = facts
        for key in ("kind", "status", "opened", "closed"):
            if key in facts:
                setattr(self, key, facts[key])


def at(e, n):
    """Metres from the borough's south-west corner to National Grid."""
    return ORIGIN[0] + e, ORIGIN[1] + n


def box(e1, n1, e2, n2):
    return rectangle(*at(e1, n1), *at(e2, n2))


# Discs (metres from the corner, radius) that hold a planted place; nothing else that a rule looks at comes near.
KEEP_CLEAR = [(2100, 6050, 1000), (6400, 6275, 1000), (8350, 1850, 850), (1575, 2060, 800), (4775, 7060, 800),
              (3600, 1200, 1100), (5500, 3075, 950), (9400, 4600, 1000), (4000, 3700, 500), (5560, 1300, 600)]


def planted_schools():
    """(urn, name, phase, type, ages, status, opened, closed, rings or point, entrances)"""
    community, academy = "Community school", "Academy converter"
    return [
        ("990001", "Alderbrook Academy", "Secondary", academy, (11, 16), "Open", "", "",
         [[box(2000, 6000, 2200, 6100)]], [(2200, 6050, "main gate"), (2000, 6050, "west gate")]),
        ("990002", "Kingsmere School", "Secondary", community, (11, 18), "Open", "", "",
         [[box(6000, 6200, 6200, 6350)]], [(6200, 6260, "main gate")]),
        ("990003", "Old Mill School", "Secondary", community, (11, 16), "Closed", "", "2016-08-31",
         [[box(1500, 2000, 1650, 2120)]], [(1650, 2060, "main gate")]),
        ("990004", "Northgate Free School", "Secondary", "Free schools", (11, 18), "Proposed to open", "2027-09-01", "",
         [[box(4700, 7000, 4850, 7120)]], []),
        ("990005", "St Brannock's Studio School", "Secondary", "Studio schools", (14, 19), "Open", "", "", at(3600, 1200), []),
        ("990006", "Wexcombe High School", "Secondary", community, (11, 16), "Open", "", "",
         [[box(5200, 3000, 5300, 3100)], [box(5700, 3050, 5850, 3150)]],
         [(5200, 3050, "lower site gate"), (5850, 3100, "upper site gate")]),
        ("990007", "Marsham High School", "Secondary", academy, (11, 18), "Open", "", "",
         [[box(10050, 4500, 10200, 4640)]], [(10050, 4570, "main gate")]),
        ("990008", "Marsham Green Primary School", "Primary", community, (4, 11), "Open", "", "",
         [[box(10050, 5400, 10140, 5480)]], [(10050, 5440, "main gate")]),
        ("990009", "The Lodge School", "Not applicable", "Community special school", (4, 19), "Open", "", "",
         [[box(5500, 1300, 5620, 1390)]], [(5560, 1300, "main gate")]),
        ("990010", "Alderbrook Primary School", "Primary", community, (4, 11), "Open", "", "",
         [[box(1250, 6600, 1330, 6670)]], [(1290, 6600, "main gate")]),
    ]


class Builder:
    """Hands out free blocks of the mesh, so that no two places overlap."""

    def __init__(self, mesh):
        self.mesh, self.used = mesh, set()
        self.rng = Rng(WORLD_SEED, "places")
        self.used |= {(i, 13) for i in range(COLUMNS)}                                # the railway
        self.used |= {(i, j) for i in range(19, 24) for j in range(15, 18)}           # the town centre and its park

    def corner(self, block, s, t):
        i, j = block
        a, b, c, d = (self.mesh[p] for p in ((i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)))
        return tuple(round((1 - s) * (1 - t) * a[k] + s * (1 - t) * b[k] + (1 - s) * t * c[k] + s * t * d[k], 2)
                     for k in (0, 1))

    def quad(self, block, s1, t1, s2, t2):
        return [self.corner(block, s, t) for s, t in ((s1, t1), (s2, t1), (s2, t2), (s1, t2))]

    def centre(self, block, wide, high):
        x1, y1 = self.mesh[block]
        x2, y2 = self.mesh[block[0] + wide, block[1] + high]
        return (x1 + x2) / 2 - ORIGIN[0], (y1 + y2) / 2 - ORIGIN[1]

    def clear(self, block, wide, high, margin):
        e, n = self.centre(block, wide, high)
        return all(hypot(e - ke, n - kn) > radius + margin for ke, kn, radius in KEEP_CLEAR)

    def take(self, wide=1, high=1, margin=200, keep_clear=True):
        """A free block (or wide x high of them) away from the planted places; primaries need only not touch them."""
        while True:
            block = self.rng.integer(1, COLUMNS - 1 - wide), self.rng.integer(1, ROWS - 1 - high)
            wanted = {(block[0] + i, block[1] + j) for i in range(wide) for j in range(high)}
            if not wanted & self.used and self.clear(block, wide, high, margin if keep_clear else -350):
                self.used |= wanted
                return block


def mid(a, b):
    return round((a[0] + b[0]) / 2, 2), round((a[1] + b[1]) / 2, 2)


def random_schools(builder):
    rng = builder.rng
    for k, name in enumerate(SECONDARIES):
        block = builder.take()
        ring = builder.quad(block, 0.08, 0.1, rng.uniform(0.8, 0.92), rng.uniform(0.75, 0.92))
        status, opened = [("Open", ""), ("Open, but proposed to close", ""), ("Open", ""), ("Open", "2015-09-01"), ("Open", "")][k]
        yield (f"99002{k}", name, "Secondary", "Academy converter", (11, 16), status, opened, "", [[ring]],
               [(*mid(ring[0], ring[1]), "main gate"), (*mid(ring[2], ring[3]), "rear gate")])
    ring = builder.quad(builder.take(), 0.06, 0.06, 0.94, 0.9)
    yield ("990030", "Thornfield All-through School", "All-through", "Free schools", (4, 18), "Open", "", "", [[ring]],
           [(*mid(ring[1], ring[2]), "secondary gate"), (*mid(ring[3], ring[0]), "primary gate")])
    for k, name in enumerate(PRIMARIES):
        block = builder.take(keep_clear=False)
        s, t = rng.uniform(0.08, 0.35), rng.uniform(0.08, 0.35)
        ring = builder.quad(block, s, t, s + rng.uniform(0.35, 0.5), t + rng.uniform(0.35, 0.5))
        if rng.chance(0.4):   # an L: one corner cut out
            ring[2:3] = [mid(ring[1], ring[2]), mid(ring[0], ring[2]), mid(ring[2], ring[3])]
        gates = [(*mid(ring[0], ring[1]), "main gate")]
        if rng.chance(0.35):
            gates.append((*mid(ring[-1], ring[0]), "side gate"))
        kind = "Voluntary aided school" if "St " in name or "Our Lady" in name else "Community school"
        ages = (4, 7) if "Infant" in name else (7, 11) if "Junior" in name else (4, 11)
        opened = "2016-09-01" if name == "Skylark" else ""
        yield (f"9901{k:02d}", f"{name} {'School' if 'Infant' in name or 'Junior' in name else 'Primary School'}", "Primary",
               kind, ages, "Open", opened, "", [[ring]], gates)
    for urn, name, phase, kind, ages in (("990200", "Fernhill Pupil Referral Unit", "Not applicable", "Pupil referral unit", (11, 16)),
                                         ("990201", "Little Lanterns Nursery School", "Nursery", "Local authority nursery school", (2, 5))):
        ring = builder.quad(builder.take(keep_clear=False), 0.2, 0.2, 0.5, 0.5)
        yield urn, name, phase, kind, ages, "Open", "", "", [[ring]], [(*mid(ring[0], ring[1]), "main gate")]


KINDS = {"Primary": "primary", "Secondary": "secondary", "All-through": "all-through", "Nursery": "nursery",
         "Not applicable": "special"}


def make_schools(builder):
    schools = []
    planted = planted_schools()
    for row in planted + list(random_schools(builder)):
        urn, name, phase, kind, ages, status, opened, closed, geometry, gates = row
        shape = Shape(points=[geometry]) if isinstance(geometry, tuple) else Shape(polygons=geometry)
        state = "proposed" if status.startswith("Proposed") else "open"
        school = Place("schools", urn, name, shape, kind=KINDS[phase], status=state, opened=opened, closed=closed,
                       phase=phase, type=kind, ages=ages, register_status=status)
        school.entrances = [(*at(*g[:2]), g[2]) if row in planted else g for g in gates]
        schools.append(school)
    return schools


def make_parks(builder):
    rng, parks = builder.rng, []

    def add(name, function, polygons, gates):
        park = Place("parks", f"FH-GS-{len(parks) + 1:03d}", name, Shape(polygons=polygons), function=function)
        park.entrances = gates
        parks.append(park)

    public = "Public Park Or Garden"
    add("Ring Common", public, [[box(8000, 1500, 8700, 2200), box(8100, 1600, 8600, 2100)[::-1]]],
        [(*at(8000, 1850), "Pedestrian"), (*at(8700, 1850), "Motor Vehicle And Pedestrian")])
    twin = builder.take(1, 2)
    add("Twin Meadows", public, [[builder.quad(twin, 0.1, 0.1, 0.9, 0.9)],
                                 [builder.quad((twin[0], twin[1] + 1), 0.1, 0.15, 0.9, 0.8)]],
        [(*mid(*builder.quad(twin, 0.1, 0.1, 0.9, 0.9)[:2]), "Pedestrian")])
    for name in PUBLIC_PARKS:
        if name == "Jubilee Gardens":                 # beside the town centre, so that its zone reaches in
            block, wide, high = (23, 15), 1, 1
        else:
            wide, high = rng.pick([(1, 1), (1, 1), (2, 1), (1, 2)])
            block = builder.take(wide, high)
        ring = (builder.quad(block, 0.05, 0.08, rng.uniform(0.6, 0.95), rng.uniform(0.6, 0.95)) if wide * high == 1
                else outline(builder.mesh, block[0], block[1], block[0] + wide, block[1] + high))
        rings = [ring]
        if wide * high > 1 and rng.chance(0.6):       # a lake, which is no part of the park
            rings.append(builder.quad(block, 0.3, 0.3, 0.7, 0.65)[::-1])
        add(name, public, [rings], [(*mid(ring[0], ring[1]), "Pedestrian"), (*mid(ring[2], ring[3]), "Pedestrian")])
    for function, names in OTHER_GREENS:
        for name in names:
            wide = 2 if function == "Golf Course" else 1
            block = builder.take(wide, wide, keep_clear=False)
            ring = (outline(builder.mesh, block[0], block[1], block[0] + 2, block[1] + 2) if wide == 2
                    else builder.quad(block, 0.15, 0.15, 0.7, 0.6))
            add(name, function, [[ring]], [(*mid(ring[0], ring[1]), "Pedestrian")])
    add("Lodge Allotments", "Allotments Or Community Growing Spaces", [[box(5300, 1480, 5400, 1560)]],
        [(*at(5300, 1500), "Pedestrian")])
    return parks


def make_points(builder, layer, names, prefix, keep_clear):
    places = []
    for k, name in enumerate(names):
        block = builder.take(keep_clear=keep_clear)
        places.append(Place(layer, f"{prefix}{k + 1:02d}", name,
                            Shape(points=[builder.corner(block, 0.5, 0.06)])))
    return places


def open_leisure_centres(mesh, places):
    """Two more beside the railway, and where people go in; nobody knows that of the last of the others."""
    for id, name, column, row, e, n in (("L09", "The Goods Yard Sports Hall", 39, 14, 16, -38), ("L10", "Signal Box Climbing Hall", 12, 13, 20, 30)):
        x, y = (round(v) for v in mesh[column, row])
        places.append(Place("leisure-centres", id, name, Shape(points=[(x + e, y + n)])))
        places[-1].entrances = [(x + e - 10.0, y + n - 2.0, "main doors")]
    for place in places[:7]:
        x, y = place.shape.points[0]
        place.entrances = [(round(x + 3, 2), round(y - 6, 2), "main doors"), (round(x - 9, 2), round(y - 4, 2), "side door")]


def railway_youth_centre(mesh):
    """North of the line, 150 m from the proposal south of it, and a long way round on foot."""
    x, y = railway_point(mesh, 16)
    return Place("youth-facilities", "Y99", "The Sidings Youth Club", Shape(points=[(round(x), round(y) + 60)]))


def railway_point(mesh, i):
    """Where the railway crosses the street line of column i: half-way between the corners of row 13 and 14."""
    return mid(mesh[i, 13], mesh[i, 14])


def make_town_centres(builder):
    centres = []

    def add(name, kind, ring):
        centres.append(Place("town-centres", f"TC{len(centres) + 1}", name, Shape(polygons=[[ring]]), kind=kind))

    add("Fernhill Town Centre", "Major", outline(builder.mesh, 20, 15, 23, 17))
    add("Kingsmere Village", "District", box(6350, 6150, 6650, 6400))
    for name, block in (("Millbrook", (14, 4)), ("Harbour Cross", (9, 18)), ("Eastgate", (33, 18))):
        builder.used.add(block)
        add(name, "District", builder.quad(block, -0.15, 0.1, 1.1, 0.9))
    for name in ("Abbotsmere Parade", "Bellfield Cross", "Castle Fields", "Dunsmoor Corner", "Ferry Road", "Longacre"):
        block = builder.take()
        add(name, "Local", builder.quad(block, 0.1, -0.2, 0.9, 0.35))
    return centres


def make_places(mesh):
    builder = Builder(mesh)
    places = {"town-centres": make_town_centres(builder)}
    places["schools"] = make_schools(builder)
    places["parks"] = make_parks(builder)
    places["youth-facilities"] = (make_points(builder, "youth-facilities", YOUTH, "Y", True)
                                  + [railway_youth_centre(mesh)])
    places["leisure-centres"] = make_points(builder, "leisure-centres", LEISURE, "L", False)
    open_leisure_centres(mesh, places["leisure-centres"])
    places["community-centres"] = make_points(builder, "community-centres", COMMUNITY, "C", False)
    return places
