# SPDX-License-Identifier: Apache-2.0
"""Random street networks with schools and applications, always the same for a seed; coordinates in whole centimetres of EPSG:27700."""

import math
import random

WEST, SOUTH = 655000, 250000


class World:
    """lines: [[(x, y), …], …]; schools: {id: [(x, y) of an entrance, …]}; sites: {reference: (x, y)}; topology as a study writes it."""

    def __init__(self, name, topology, lines, exact):
        self.name, self.topology, self.lines, self.exact = name, topology, lines, exact
        self.schools, self.sites = {}, {}


def cm(x, y):
    return round(x, 2), round(y, 2)


def bent(rng, a, b, bends, away):
    """A line from a to b with so many bends, each up to `away` metres off the straight."""
    line = [a]
    for k in range(1, bends + 1):
        t = k / (bends + 1)
        line.append(cm(a[0] + t * (b[0] - a[0]) + rng.uniform(-away, away), a[1] + t * (b[1] - a[1]) + rng.uniform(-away, away)))
    return [*line, b]


def ring(rng, a, radius):
    """A loop: out of a and back to it."""
    turn = rng.uniform(0, 2 * math.pi)
    centre = a[0] + radius * math.cos(turn), a[1] + radius * math.sin(turn)
    corners = [cm(centre[0] - radius * math.cos(turn + k * math.pi / 3), centre[1] - radius * math.sin(turn + k * math.pi / 3)) for k in range(1, 6)]
    return [a, *corners, a]


def corners_in(rng, count, box, apart):
    found = []
    while len(found) < count:
        p = cm(rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3]))
        if all(math.dist(p, q) > apart for q in found):
            found.append(p)
    return found


def town(rng, box, count):
    """One connected part: every corner joined to its nearest earlier one, then more links, some twice, loops and dead ends. Lines cross where there is no junction."""
    corners, lines = corners_in(rng, count, box, 25), []
    for k, p in enumerate(corners[1:], 1):
        lines.append(bent(rng, p, min(corners[:k], key=lambda q: math.dist(p, q)), rng.randrange(3), 8))
    for _ in range(count):
        p = rng.choice(corners)
        q = rng.choice(sorted(corners, key=lambda other: math.dist(p, other))[1:7])
        lines.append(bent(rng, p, q, rng.randrange(4), 15))
        if rng.random() < 0.2:  # the same two corners again, another way
            lines.append(bent(rng, p, q, rng.randrange(1, 3), 25))
    for _ in range(count // 12):
        lines.append(ring(rng, rng.choice(corners), rng.uniform(10, 40)))
        p = rng.choice(corners)
        lines.append(bent(rng, p, cm(p[0] + rng.uniform(-60, 60), p[1] + rng.uniform(-60, 60)), 1, 10))
    return lines


def two_towns(seed):
    """Two parts with 120 m between them, and no way from one to the other."""
    rng = random.Random(f"two towns {seed}")
    lines = town(rng, (WEST, SOUTH, WEST + 700, SOUTH + 700), 55) + town(rng, (WEST + 820, SOUTH, WEST + 1300, SOUTH + 500), 30)
    rng.shuffle(lines)
    world = World(f"two towns, {seed}", "endpoints", lines, False)
    beside_lines(rng, world, 9, 150, lambda: rng.choice([0, rng.uniform(0.5, 30)]))
    vertices = [p for line in lines for p in line]
    while len(world.sites) < 190:  # farther from every street than anyone walks to one, yet not so far from schools
        p = cm(rng.uniform(WEST - 400, WEST + 1700), rng.uniform(SOUTH - 400, SOUTH + 1100))
        if min(math.dist(p, q) for q in vertices) > 150:
            world.sites[f"F{len(world.sites):03d}"] = p
    return world


def through_vertices(seed):
    """Lines that meet at vertices in their middles, as ways of OpenStreetMap do; others cross without a vertex in common."""
    rng = random.Random(f"vertices {seed}")
    corners, lines = corners_in(rng, 60, (WEST, SOUTH, WEST + 800, SOUTH + 800), 30), []
    for _ in range(45):
        line = [rng.choice(corners)]
        for _ in range(rng.randrange(2, 7)):
            near = [q for q in sorted(corners, key=lambda other: math.dist(line[-1], other))[1:8] if q not in line]
            if near:
                line.append(rng.choice(near))
        lines.append(line)
    world = World(f"through vertices, {seed}", "shared-vertices", lines, False)
    beside_lines(rng, world, 7, 150, lambda: rng.choice([0, rng.uniform(0.5, 20)]))
    return world


def lattice(seed):
    """Streets each 50 m, everything in whole metres: walks of equal length abound, and each must go to the school of the least id."""
    rng = random.Random(f"lattice {seed}")
    lines = []
    for i in range(12):
        for j in range(12):
            p = WEST + 50.0 * i, SOUTH + 50.0 * j
            for q in ((p[0] + 50, p[1]), (p[0], p[1] + 50)):
                if rng.random() < 0.85 and q[0] <= WEST + 550 and q[1] <= SOUTH + 550:
                    lines.append([p, q] if rng.random() < 0.5 else [q, p])
    world = World(f"lattice, {seed}", "endpoints", lines, True)
    beside_lines(rng, world, 16, 150, lambda: float(rng.choice([0, 0, 5, 10, 15])), whole=5)
    return world


def beside_lines(rng, world, schools, sites, off, whole=None):
    """Schools with one to three entrances and applications, so far beside lines; on them where `off` is 0."""
    def place():
        line = rng.choice(world.lines)
        k = rng.randrange(len(line) - 1)
        (ax, ay), (bx, by) = line[k], line[k + 1]
        length = math.dist(line[k], line[k + 1])
        along = rng.uniform(0, length) if whole is None else float(whole * rng.randrange(int(length // whole) + 1))
        away = off() * rng.choice([-1, 1])
        return cm(ax + (bx - ax) * along / length - (by - ay) * away / length, ay + (by - ay) * along / length + (bx - ax) * away / length)
    for k in range(schools):
        world.schools[f"S{k:02d}"] = [place() for _ in range(rng.choice([1, 1, 2, 3]))]
    for k in range(sites):
        world.sites[f"A{k:03d}"] = place()


def worlds():
    return [two_towns(seed) for seed in range(5)] + [through_vertices(seed) for seed in range(3)] + [lattice(seed) for seed in range(4)]
