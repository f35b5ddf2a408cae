# SPDX-License-Identifier: Apache-2.0
"""The land: a bent mesh of street corners, and the small areas, wards and borough built from its blocks.

The mesh has COLUMNS x ROWS blocks; a small area is 3 x 3 of them and a ward ten small areas, so that every boundary
follows streets and neighbours share each corner exactly.
"""

from math import exp, hypot, pi, sin, sqrt

from .geometry import Shape
from .parameters import BOROUGH_NAME, ORIGIN, POPULATION_GROWTH, WORLD_SEED, YEARS
from .rng import Rng

COLUMNS, ROWS, CELL = 42, 30, 3
CELLS_ACROSS, CELLS_UP = COLUMNS // CELL, ROWS // CELL
WARD_NAMES = ["Harbour", "Old Mill", "Wexcombe", "Alderbrook", "Millbrook", "Longacre", "Fernhill Central",
              "Abbotsmere", "Northgate", "Ring Common", "Eastgate", "Castle Fields", "Dunsmoor", "Kingsmere"]


def make_mesh():
    """Corner (i, j) -> (x, y): blocks are smaller in the middle, the rim is rounded, nothing is quite straight."""
    rng = Rng(WORLD_SEED, "mesh")
    mesh = {}
    for j in range(ROWS + 1):
        for i in range(COLUMNS + 1):
            u, v = 2 * i / COLUMNS - 1, 2 * j / ROWS - 1
            u, v = u * (0.85 + 0.15 * u * u), v * (0.88 + 0.12 * v * v)
            x = 5000 + 4880 * u * sqrt(1 - 0.22 * v * v) + 60 * sin(2.1 * pi * v + 1) + rng.uniform(-20, 20)
            y = 4000 + 3880 * v * sqrt(1 - 0.22 * u * u) + 60 * sin(1.7 * pi * u) + rng.uniform(-20, 20)
            mesh[i, j] = (round(ORIGIN[0] + x, 1), round(ORIGIN[1] + y, 1))
    return mesh


def outline(mesh, i1, j1, i2, j2):
    """The ring round a rectangle of blocks, anticlockwise."""
    return ([mesh[i, j1] for i in range(i1, i2)] + [mesh[i2, j] for j in range(j1, j2)]
            + [mesh[i, j2] for i in range(i2, i1, -1)] + [mesh[i1, j] for j in range(j2, j1, -1)])


def ward_of_cell(a, b):
    """Fourteen wards: tall ones in the west, wide ones in the middle and the east."""
    if a < 4:
        return (a // 2) * 2 + b // 5
    return 4 + b // 2 if a < 9 else 9 + b // 2


WARD_CELLS = [(2 * (k // 2), 5 * (k % 2), 2 * (k // 2) + 2, 5 * (k % 2) + 5) for k in range(4)]
WARD_CELLS += [(4, 2 * k, 9, 2 * k + 2) for k in range(5)] + [(9, 2 * k, 14, 2 * k + 2) for k in range(5)]


class Area:
    def __init__(self, code, name, shape, ward=None):
        self.code, self.name, self.shape, self.ward = code, name, shape, ward
        self.population = {}   # year -> residents
        self.children = {}     # year -> residents aged 5 to 16
        self.deprivation = None  # 0 least, 1 most deprived, by rank within the borough


def make_wards(mesh):
    wards = []
    for k, (a1, b1, a2, b2) in enumerate(WARD_CELLS):
        ring = outline(mesh, a1 * CELL, b1 * CELL, a2 * CELL, b2 * CELL)
        wards.append(Area(f"E0599{k + 1:04d}", WARD_NAMES[k], Shape(polygons=[[ring]])))
    return wards


def make_small_areas(mesh, wards):
    areas = []
    for b in range(CELLS_UP):
        for a in range(CELLS_ACROSS):
            ring = outline(mesh, a * CELL, b * CELL, (a + 1) * CELL, (b + 1) * CELL)
            number = b * CELLS_ACROSS + a
            name = f"{BOROUGH_NAME} {number // 5 + 1:03d}{'ABCDE'[number % 5]}"
            areas.append(Area(f"E0199{number + 1:04d}", name, Shape(polygons=[[ring]]), wards[ward_of_cell(a, b)]))
    set_deprivation(areas)
    set_population(areas)
    return areas


def set_deprivation(areas):
    """Worst about the harbour in the west and the old town in the middle; ranks are unique, as the national ones are."""
    rng = Rng(WORLD_SEED, "deprivation")
    score = {}
    for area in areas:
        x, y = area.shape.centre()
        x, y = x - ORIGIN[0], y - ORIGIN[1]
        score[area.code] = (exp(-hypot(x - 2400, y - 4600) / 2200) + 0.8 * exp(-hypot(x - 5300, y - 4200) / 1500)
                            + rng.normal(0, 0.12))
    by_score = sorted(areas, key=lambda area: score[area.code])
    last = len(areas) - 1
    taken = set()
    for place, area in enumerate(by_score):
        area.deprivation = place / last
        rank = int(33000 - 32700 * (place / last) ** 0.8) + rng.integer(0, 200)
        while rank in taken:
            rank += 1
        taken.add(rank)
        area.rank = rank
        area.decile = (rank - 1) * 10 // 33755 + 1
        area.score = round(70 * (1 - rank / 33755) ** 1.6 + 2, 3)


def set_population(areas):
    rng = Rng(WORLD_SEED, "population")
    for area in areas:
        first = rng.integer(1180, 1820)
        child_share = 0.12 + 0.05 * area.deprivation + rng.uniform(-0.01, 0.01)
        for year in YEARS:
            area.population[year] = round(first * (1 + POPULATION_GROWTH) ** (year - YEARS[0]))
            area.children[year] = round(area.population[year] * child_share)


def ward_total(areas, ward, year, field):
    return sum(getattr(area, field)[year] for area in areas if area.ward is ward)


def obesity(areas, wards):
    """(ward, year, Reception %, Year 6 %) rows; blank where the count would have been too small to publish."""
    rng = Rng(WORLD_SEED, "obesity")
    rows = []
    for ward in wards:
        own = [area.deprivation for area in areas if area.ward is ward]
        level = sum(own) / len(own)
        for year in YEARS:
            drift = 0.15 * (year - YEARS[0])
            reception = round(6.2 + 6.0 * level + 0.3 * drift + rng.normal(0, 0.5), 1)
            year6 = round(13.0 + 14.0 * level + drift + rng.normal(0, 0.8), 1)
            hidden = rng.chance(0.04)
            rows.append([ward.code, year, "" if hidden else reception, "" if hidden or rng.chance(0.01) else year6])
    return rows
