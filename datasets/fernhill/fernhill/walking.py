# SPDX-License-Identifier: Apache-2.0
"""Distances on foot, in plain Python: the independent answer the engine is held to. Lengths are whole millimetres.

Streets meet where their ends are the same point; a bridge over the railway is no junction with it. A site, an entrance or a point joins the nearest place of the
nearest street, if that is within 100 m; a walk is the access of the place, the way along streets, the access of the site. From a boundary it is the shortest of any of
its points: where a street crosses it, and, in a straight line, from where a street comes within 20 m of it to where it leaves again.
"""

import heapq
from math import hypot

from .geometry import crosses, distance, edges, point_to_segment

MOST_ACCESS, GAP = 100.0, 20.0     # metres: to a street; from a place's boundary to a street that a gate may open to
SAME = 0.02                        # two places on streets, as near as each other to this: which of them counts is not for here


class Ambiguous(Exception):
    """More than one place on the streets could be the one."""


class Link:
    def __init__(self, line):
        self.line = line
        self.before = [0.0]
        for a, b in zip(line, line[1:]):
            self.before.append(self.before[-1] + hypot(b[0] - a[0], b[1] - a[1]))
        self.length = max(1, round(self.before[-1] * 1000))

    def at(self, metres):
        a, b, before = [found for found in self.stretches() if found[2] <= metres][-1]
        t = (metres - before) / hypot(b[0] - a[0], b[1] - a[1])
        return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])

    def stretches(self):
        """(a, b, metres before a) of each straight stretch."""
        return zip(self.line, self.line[1:], self.before)


class Joined:
    """Where something joins the streets: so many millimetres along a link, so many beside it."""

    def __init__(self, link, along, access, on):
        self.link, self.offset, self.access, self.on = link, min(round(along * 1000), link.length), round(access * 1000), on


def foot(p, a, b):
    """The nearest place of a stretch to a point, and how far along it that is."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square)) if square else 0.0
    return (a[0] + t * dx, a[1] + t * dy), t * square**0.5


def crossing(a, b, c, d):
    """Where two stretches that cross do so."""
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def within(reach, a, b, c, d):
    """[(from, to)] in metres along a-b: where it is within reach of c-d. The distance falls and then grows: its least is sought by thirds, the two ends by halves."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if max(min(a[0], b[0]) - max(c[0], d[0]), min(c[0], d[0]) - max(a[0], b[0]), min(a[1], b[1]) - max(c[1], d[1]), min(c[1], d[1]) - max(a[1], b[1])) > reach:
        return []

    def off(metres):
        return point_to_segment((a[0] + metres / length * (b[0] - a[0]), a[1] + metres / length * (b[1] - a[1])), c, d)

    def leaves(near, far):
        if off(far) <= reach:
            return far
        for _ in range(60):
            middle = (near + far) / 2
            near, far = (middle, far) if off(middle) <= reach else (near, middle)
        return near

    low, high = 0.0, length
    for _ in range(100):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, two) if off(one) <= off(two) else (one, high)
    return [(leaves(low, 0.0), leaves(low, length))] if off(low) <= reach else []


def ends(runs):
    """The first and the last of each run, those that meet or overlap being one."""
    whole = []
    for start, end in sorted(runs):
        if whole and start <= whole[-1][1] + 1e-6:
            whole[-1][1] = max(whole[-1][1], end)
        else:
            whole.append([start, end])
    return [end for run in whole for end in run]


def outline(shape):
    return [(p, p) for p in shape.points] + [edge for polygon in shape.polygons for ring in polygon for edge in edges(ring)]


class Network:
    def __init__(self, streets):
        self.links = [Link(street.line) for street in streets]
        self.arcs = {}
        for link in self.links:
            self.arcs.setdefault(link.line[0], []).append((link.line[-1], link.length))
            self.arcs.setdefault(link.line[-1], []).append((link.line[0], link.length))
        self.known = {}

    def near(self, shape):
        """(metres off, link, metres along, place) of the nearest place of each link within reach, nearest first."""
        found = []
        west, south, east, north = shape.box
        for number, link in enumerate(self.links):
            best = None
            for a, b, before in link.stretches():
                if max(min(a[0], b[0]) - east, west - max(a[0], b[0]), min(a[1], b[1]) - north, south - max(a[1], b[1])) > MOST_ACCESS:
                    continue
                for c, d in outline(shape):
                    if c != d and crosses(a, b, c, d):
                        raise Ambiguous("a street crosses it")
                    tries = [(*foot(p, a, b), p) for p in (c, d)]
                    tries += [(end, hypot(end[0] - a[0], end[1] - a[1]), foot(end, c, d)[0]) for end in (a, b)]
                    for on, along, p in tries:
                        off = hypot(on[0] - p[0], on[1] - p[1])
                        if best is None or off < best[0]:
                            best = off, number, before + along, on
            if best and best[0] <= MOST_ACCESS:
                found.append(best)
        return sorted(found)

    def join(self, shape):
        """None: too far from every street."""
        found = self.near(shape)
        if not found:
            return None
        off, number, along, on = found[0]
        for other in found[1:]:
            if other[0] < off + SAME and hypot(other[3][0] - on[0], other[3][1] - on[1]) > SAME:
                raise Ambiguous(f"two streets are {off:.3f} m away")
        return Joined(self.links[number], along, off, on)

    def along_boundary(self, shape):
        """Where streets cross the boundary; where they come within 20 m of it and where they leave again; where none is so near, the nearest of all."""
        found = []
        for link in self.links:
            runs = []
            for a, b, before in link.stretches():
                for c, d in outline(shape):
                    if crosses(a, b, c, d):
                        on = crossing(a, b, c, d)
                        found.append(Joined(link, before + hypot(on[0] - a[0], on[1] - a[1]), 0.0, on))
                    runs += [(before + start, before + end) for start, end in within(GAP, a, b, c, d)]
            for along in ends(runs):
                on = link.at(along)
                if not shape.contains(on):
                    found.append(Joined(link, along, distance(type(shape)(points=[on]), shape), on))
        return found or [Joined(self.links[number], along, off, on) for off, number, along, on in self.near(shape)[:1]]

    def from_start(self, start):
        """Millimetres from a place on the streets to every corner that a way leads to, its access counted."""
        if id(start) in self.known:
            return self.known[id(start)][1]
        best, queue = {}, [(start.access + start.offset, start.link.line[0]), (start.access + start.link.length - start.offset, start.link.line[-1])]
        heapq.heapify(queue)
        while queue:
            millimetres, corner = heapq.heappop(queue)
            if corner in best:
                continue
            best[corner] = millimetres
            for other, length in self.arcs[corner]:
                if other not in best:
                    heapq.heappush(queue, (millimetres + length, other))
        self.known[id(start)] = start, best
        return best

    def walk(self, start, site):
        """Millimetres between two places that join the streets; None: no way leads from one to the other."""
        reached, ways = self.from_start(start), []
        for corner, along in ((site.link.line[0], site.offset), (site.link.line[-1], site.link.length - site.offset)):
            if corner in reached:
                ways.append(reached[corner] + along + site.access)
        if start.link is site.link:
            ways.append(start.access + abs(start.offset - site.offset) + site.access)
        return min(ways, default=None)


class Group:
    """Places whose walks begin alike: at entrances, where streets meet the boundary, or at a point that stands for one."""

    def __init__(self, network, kind, places):
        self.network, self.kind, self.places, self.starts = network, kind, places, {}
        for place in places:
            if kind == "boundary":
                self.starts[place.id] = network.along_boundary(place.shape)
            else:
                shapes = [point_shape(place, gate) for gate in place.entrances] if kind == "entrances" else [place.shape]
                self.starts[place.id] = [joined for joined in map(network.join, shapes) if joined]

    def nearest(self, site, open_places):
        """(millimetres, place) of the least walk, by place where two are equal; None."""
        walks = [(millimetres, place.id, place) for place in self.places if place in open_places for start in self.starts[place.id]
                 for millimetres in [self.network.walk(start, site)] if millimetres is not None]
        if self.kind == "boundary":     # straight out of the place to where the site joins the street
            off = [(distance(type(place.shape)(points=[site.on]), place.shape), place) for place in self.places if place in open_places]
            walks += [(round(metres * 1000) + site.access, place.id, place) for metres, place in off if metres <= GAP]
        return (lambda least: (least[0], least[2]))(min(walks)) if walks else None

    def cannot_be_reached(self, site, place):
        return all(self.network.walk(start, site) is None for start in self.starts[place.id])

    def straight(self, shape, place):
        """Metres in a straight line to what the walk would begin at."""
        if self.kind != "entrances":
            return distance(shape, place.shape)
        return min(distance(shape, point_shape(place, gate)) for gate in place.entrances)


def point_shape(place, gate):
    return type(place.shape)(points=[tuple(gate[:2])])


def groups_of(network, places):
    """By what is known of each: entrances; a boundary; a point."""
    kinds = {"entrances": [], "boundary": [], "point": []}
    for place in sorted(places, key=lambda p: p.id):
        kinds["entrances" if place.entrances else "point" if place.shape.is_point() else "boundary"].append(place)
    return [Group(network, kind, found) for kind, found in kinds.items() if found]
