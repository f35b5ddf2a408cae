# SPDX-License-Identifier: Apache-2.0
"""Streets on the mesh, the railway that cuts them, premises along them, and shopping parades with their units."""

import heapq
from math import hypot

from .areas import CELL, CELLS_ACROSS, COLUMNS, ROWS
from .geometry import Shape, point_to_segment
from .names import STREET_FIRST, STREET_LAST
from .parameters import WORLD_SEED
from .places import at, mid, railway_point
from .rng import Rng

BRIDGES, FOOTBRIDGE = (3, 9, 22, 28, 36), 12     # street columns that cross the railway
RAIL_ROW = 13                                    # the line runs between the corners of this row and the next
ISLAND = {(40, 15), (41, 15), (41, 16), (40, 16)}    # corners whose streets join no others: an estate behind water, its bridge closed
GATE_PATH = 20                                   # metres: an entrance farther from a street than this has a path to it
INWARD = "ABDEFGHJLNPQRSTUWXYZ"                  # letters a postcode's second half may have


class Street:
    def __init__(self, kind, name, line, note=""):
        self.kind, self.name, self.line, self.note = kind, name, line, note


def street_names():
    rng = Rng(WORLD_SEED, "street names")
    pairs = rng.shuffled([f"{first} {last}" for first in STREET_FIRST for last in STREET_LAST])
    names = {}
    for axis, lines, length in (("H", ROWS + 1, COLUMNS), ("V", COLUMNS + 1, ROWS)):
        for line in range(lines):
            for part in range(length // 7 + 1):
                names[axis, line, part] = pairs[len(names)]
    return names


def street_class(line, rng):
    if line % 9 == 3:
        return "A road"
    if line % CELL == 0:
        return "minor road"
    return rng.weighted([("local street", 85), ("footpath", 7), (None, 8)])


def make_streets(mesh, names, places):
    rng, streets = Rng(WORLD_SEED, "streets"), []
    for j in range(ROWS + 1):
        for i in range(COLUMNS + 1):
            for axis, end, line, along in (("H", (i + 1, j), j, i), ("V", (i, j + 1), i, j)):
                kind = street_class(line, rng)
                on_island = len({(i, j), end} & ISLAND)
                if end not in mesh or on_island == 1 or (kind is None and not on_island):
                    continue
                name = names[axis, line, along // 7]
                if axis == "V" and j == RAIL_ROW:
                    streets += crossing(mesh, i, kind, name)
                else:
                    street = Street(kind or "local street", name, [mesh[i, j], mesh[end]], "island: its bridge is closed" if on_island else "")
                    streets += past_places(street, places)
    add_gate_paths(streets, places)
    return streets


def add_gate_paths(streets, places):
    """From each entrance that is off the streets to the nearest one, which is split there; and one drive into a school whose entrances are not known."""
    for place in places["schools"] + places["parks"] + places["leisure-centres"]:
        for x, y, what in place.entrances:
            add_path(streets, (x, y), place, f"path to {place.name}", what)
    proposed = next(school for school in places["schools"] if school.id == "990004")
    x, y = at(4840, 7060)             # within the grounds: it crosses their edge
    add_path(streets, (x, y), None, f"drive into {proposed.name}", "under construction")


def add_path(streets, gate, place, name, note):
    def ends():
        for street in streets:
            for a, b in zip(street.line, street.line[1:]):
                yield point_to_segment(gate, a, b), street, a, b
    for metres, street, a, b in sorted(ends(), key=lambda end: end[0]):
        if metres <= GATE_PATH:
            return
        length = hypot(b[0] - a[0], b[1] - a[1])
        t = max(0.0, min(1.0, ((gate[0] - a[0]) * (b[0] - a[0]) + (gate[1] - a[1]) * (b[1] - a[1])) / length**2))
        meets = round(a[0] + t * (b[0] - a[0]), 2), round(a[1] + t * (b[1] - a[1]), 2)
        if place is None or place.shape.is_point() or not crosses_grounds(place.shape, gate, meets):
            break
    if meets not in (a, b):           # a junction: the street becomes two
        k = street.line.index(b)
        streets.append(Street(street.kind, street.name, [meets, *street.line[k:]], street.note))
        street.line = [*street.line[:k], meets]
    streets.append(Street("footpath", name, [gate, meets], note))


def crosses_grounds(shape, gate, meets):
    return any(shape.contains((gate[0] + t * (meets[0] - gate[0]), gate[1] + t * (meets[1] - gate[1]))) for t in (0.05, 0.25, 0.5, 0.75, 0.95))


def crossing(mesh, i, kind, name):
    """A bridge, a footbridge, or two dead ends that stop 25 m short of the line."""
    south, rail, north = mesh[i, RAIL_ROW], railway_point(mesh, i), mesh[i, RAIL_ROW + 1]
    if i in BRIDGES:
        return [Street("minor road" if kind == "footpath" else kind, name, [south, north], "railway bridge")]
    if i == FOOTBRIDGE:
        return [Street("footpath", "Railway footbridge", [south, rail, north], "footbridge, steps")]
    share = 1 - 25 / hypot(rail[0] - south[0], rail[1] - south[1])

    def stub(end):
        return [end, (round(end[0] + share * (rail[0] - end[0]), 2), round(end[1] + share * (rail[1] - end[1]), 2))]
    return [Street(kind, name, stub(south), "dead end at the railway"), Street(kind, name, stub(north), "dead end at the railway")]


def past_places(street, places):
    """Through a park a street is a footpath; through a school there is none."""
    (x1, y1), (x2, y2) = street.line
    inner = [(x1 + (x2 - x1) * k / 6, y1 + (y2 - y1) * k / 6) for k in range(1, 6)]
    if any(school.shape.contains(p) for school in places["schools"] if not school.shape.is_point() for p in inner):
        return []
    if any(park.shape.contains(p) for park in places["parks"] for p in inner):
        street.kind, street.note = "footpath", "park path"
    return [street]


def railway(mesh):
    return [railway_point(mesh, i) for i in range(COLUMNS + 1)]


def walk(streets, start, end):
    """Metres on foot along the streets (bridges too), each end joined to its nearest street."""
    graph = {}

    def join(a, b, metres):
        graph.setdefault(a, []).append((b, metres))
        graph.setdefault(b, []).append((a, metres))
    for street in streets:
        for a, b in zip(street.line, street.line[1:]):
            join(a, b, hypot(a[0] - b[0], a[1] - b[1]))
    for point in (start, end):
        a, b = min(((s.line[k], s.line[k + 1]) for s in streets for k in range(len(s.line) - 1)),
                   key=lambda segment: point_to_segment(point, *segment))
        off = point_to_segment(point, a, b)
        for corner in (a, b):
            along = max(hypot(point[0] - corner[0], point[1] - corner[1])**2 - off * off, 0) ** 0.5
            join(point, corner, off + along)
    best, queue = {}, [(0.0, start)]
    while queue:
        metres, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = metres
        if node == end:
            return metres
        for other, step in graph[node]:
            heapq.heappush(queue, (metres + step, other))
    return None


class Premises:
    def __init__(self, number, street, point, block):
        self.number, self.street, self.point, self.block = number, street, point, block
        cell = (block[1] // CELL) * CELLS_ACROSS + block[0] // CELL
        self.cell, self.postcode = cell, postcode(cell, block[0] % CELL)
        self.uprn = ""
        self.parade = None

    @property
    def address(self):
        return f"{self.number} {self.street}, Fernhill"


def postcode(cell, third):
    place = (cell % 20) * CELL + third
    return f"FH{1 + cell // 20} {1 + place // 20}{INWARD[place % 20]}{INWARD[(place * 7 + 3) % 20]}"


def inside_block(mesh, block, s, t):
    i, j = block
    a, b, c, d = (mesh[p] for p in ((i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)))
    return tuple(round((1 - s) * (1 - t) * a[k] + s * (1 - t) * b[k] + (1 - s) * t * c[k] + s * t * d[k], 2) for k in (0, 1))


def make_corner_shops(mesh, names, places):
    """One to three premises a block, set back a little from its south or west street."""
    rng, shops = Rng(WORLD_SEED, "premises"), []
    greens = [p.shape for p in places["schools"] + places["parks"]]
    for j in range(ROWS):
        for i in range(COLUMNS):
            for k in range(rng.integer(1, 3)):
                offset, south = rng.uniform(0.12, 0.9), rng.chance(0.5)
                point = inside_block(mesh, (i, j), *((offset, 0.05) if south else (0.05, offset)))
                street = names[("H", j, i // 7) if south else ("V", i, j // 7)]
                number = ((i if south else j) % 7) * 60 + int(offset * 28) * 2 + 1
                if not any(shape.contains(point) for shape in greens):
                    shops.append(Premises(number, street, point, (i, j)))
    return shops


class Parade:
    def __init__(self, id, name, centre, kind, ring):
        self.id, self.name, self.centre, self.kind, self.shape = id, name, centre, kind, Shape(polygons=[[ring]])
        self.units = []


class Unit:
    def __init__(self, id, parade, sequence, premises, metres, double, corner):
        self.id, self.parade, self.sequence, self.premises = id, parade, sequence, premises
        self.metres, self.double, self.corner = metres, double, corner
        self.use = self.state = ""


def make_parades(mesh, names, places):
    """Strips 14 m deep along a street; the units of one frontage in order, metres of frontage adding up to its length."""
    rng, parades = Rng(WORLD_SEED, "parades"), []

    def along(name, centre, kind, p, q, block, street, count, first_shared=None):
        length = hypot(q[0] - p[0], q[1] - p[1])
        ux, uy = (q[0] - p[0]) / length, (q[1] - p[1]) / length

        def spot(metres, depth):
            return round(p[0] + ux * metres - uy * depth, 2), round(p[1] + uy * metres + ux * depth, 2)
        parade = Parade(f"P{len(parades) + 1:02d}", name, centre, kind, [spot(0, 0), spot(length, 0), spot(length, 14), spot(0, 14)])
        doubles = {k for k in range(1, count) if count != 40 and rng.chance(0.08)}
        width = length / (count + len(doubles))
        done, number = 0.0, 2
        for k in range(count):
            metres = width * (2 if k in doubles else 1)
            label = f"{number}-{number + 2}" if k in doubles else str(number)
            number += 4 if k in doubles else 2
            if k == 0 and first_shared:
                premises, unit_id, corner = first_shared.premises, first_shared.id, True
                first_shared.corner = True
            else:
                premises = Premises(label, street, spot(done + metres / 2, 5), block)
                premises.parade = parade
                unit_id, corner = f"{parade.id}-{k + 1:02d}", False
            parade.units.append(Unit(unit_id, parade, k + 1, premises, round(metres, 2), k in doubles, corner))
            done += metres
        parades.append(parade)
        return parade

    def on_block(name, centre, kind, block, count, shared=None, west=False):
        i, j = block
        p, q = (inside_block(mesh, block, 0.03, 0.03), inside_block(mesh, block, *((0.03, 0.97) if west else (0.97, 0.03))))
        if west:      # the strip must lie on the block's side of the street: run it from north to south
            p, q = q, p
        street = names[("V", i, j // 7) if west else ("H", j, i // 7)]
        return along(name, centre, kind, p, q, block, street, count, shared)

    market = on_block("Market Street", "Fernhill Town Centre", "primary frontage", (21, 16), 40)
    high = on_block("High Street south", "Fernhill Town Centre", "primary frontage", (20, 15), 24)
    on_block("High Street corner", "Fernhill Town Centre", "secondary frontage", (20, 15), 18, high.units[0], west=True)
    on_block("Station Approach", "Fernhill Town Centre", "secondary frontage", (22, 15), 20)
    on_block("Corn Hill", "Fernhill Town Centre", "secondary frontage", (22, 16), 22)
    along("Kingsmere High Street", "Kingsmere Village", "primary frontage", at(6370, 6280), at(6630, 6280), (25, 23),
          "Kingsmere High Street", 30)
    for name, block in (("Millbrook Broadway", (14, 4)), ("Harbour Cross", (9, 18)), ("Eastgate Row", (33, 18))):
        on_block(name, name.split(" B")[0].split(" R")[0], "primary frontage", block, rng.integer(16, 24))
    for centre in places["town-centres"]:
        if centre.kind == "Local":
            ring = centre.shape.polygons[0][0]
            p, q = mid(ring[0], mid(ring[0], ring[3])), mid(ring[1], mid(ring[1], ring[2]))
            along(f"{centre.name} shops", centre.name, "local parade", p, q, nearest_block(mesh, mid(p, q)),
                  f"{centre.name.split(' P')[0]} Parade", rng.integer(8, 14))
    for k in range(9):
        block = (3 + 4 * k, (5, 26, 10, 20, 8, 27, 22, 11, 25)[k])
        on_block(f"{names['H', block[1], block[0] // 7]} parade", "", "neighbourhood parade", block, rng.integer(5, 10))
    return parades, market


def nearest_block(mesh, point):
    return min(((i, j) for i in range(COLUMNS) for j in range(ROWS)),
               key=lambda b: hypot(mesh[b][0] + 110 - point[0], mesh[b][1] + 130 - point[1]))


OTHER_UNIT_USES = [("shop", 60), ("cafe-restaurant", 12), ("hairdresser", 11), ("bank", 4), ("estate-agent", 5), ("pub", 3), ("launderette", 2)]


def give_units_uses(parades, market, trading):
    """What trades in each unit on the study's date; `trading` is UPRN -> use of the outlets then open."""
    rng, done = Rng(WORLD_SEED, "unit uses"), {}
    for parade in parades:
        for unit in parade.units:
            if unit.id in done:
                unit.use, unit.state = done[unit.id]
                continue
            use, state = rng.weighted(OTHER_UNIT_USES), rng.weighted([("observed", 84), ("vacant", 9), ("lawful", 7)])
            if parade is market:
                use, state = ("hot-food-takeaway", "observed") if unit.sequence == 20 else (use, "observed")
            elif unit.premises.uprn in trading:
                use, state = trading[unit.premises.uprn], "observed"
            elif rng.chance(0.04):
                use, state = "hot-food-takeaway", rng.pick(["permitted", "vacant", "lawful"])
            unit.use, unit.state = use, state
            done[unit.id] = use, state


def number_premises(shops, parades):
    """UPRNs of twelve digits, since shorter ones hide what a 32-bit integer loses."""
    premises = list(shops)
    for parade in parades:
        premises += [u.premises for u in parade.units if u.premises.parade is parade]
    for k, each in enumerate(premises):
        each.uprn = str(100099000000 + 7 * k)
    return premises
