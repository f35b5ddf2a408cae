# SPDX-License-Identifier: Apache-2.0
"""Points, polygons and the distances between them, in plain Python: the independent answer the engine is held to.

A Shape is points and polygons; a polygon is a list of rings (the first the outside, others holes); a ring is a list
of (x, y), its first corner not repeated. Many parts are one place; a hole is outside.
"""

from math import hypot


class Shape:
    def __init__(self, points=(), polygons=()):
        self.points = list(points)
        self.polygons = [[[tuple(p) for p in ring] for ring in polygon] for polygon in polygons]
        corners = self.points + [p for polygon in self.polygons for p in polygon[0]]
        self.box = (min(x for x, _ in corners), min(y for _, y in corners),
                    max(x for x, _ in corners), max(y for _, y in corners))

    def is_point(self):
        return not self.polygons

    def centre(self):
        """The centroid of the first polygon's outside, or the point."""
        if self.is_point():
            return self.points[0]
        ring = self.polygons[0][0]
        ox, oy = ring[0]             # sums are taken from a corner: far from the origin they would lose digits
        area = cx = cy = 0.0
        for (x1, y1), (x2, y2) in edges(ring):
            cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
            area += cross
            cx += (x1 + x2 - 2 * ox) * cross
            cy += (y1 + y2 - 2 * oy) * cross
        return ox + cx / (3 * area), oy + cy / (3 * area)

    def edges(self):
        for polygon in self.polygons:
            for ring in polygon:
                yield from edges(ring)

    def contains(self, point):
        """True inside; a point exactly on an edge may come out either way, so ask edge_distance too."""
        x, y = point
        if not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
            return False
        inside = False
        for (x1, y1), (x2, y2) in self.edges():
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
        return inside

    def edge_distance(self, other):
        """The least distance between the outlines (or points) of two shapes."""
        return min(part_distance(a, b) for a in self.outline() for b in other.outline())

    def outline(self):
        return [(p, p) for p in self.points] + list(self.edges())


def edges(ring):
    return zip(ring, ring[1:] + ring[:1])


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(ring)) / 2


def rectangle(x1, y1, x2, y2):
    return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]


def point_to_segment(p, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    t = 0 if length2 == 0 else max(0, min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def side(a, b, p):
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def crosses(a, b, c, d):
    """Whether two segments properly cross."""
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def part_distance(s, t):
    (a, b), (c, d) = s, t
    if crosses(a, b, c, d):
        return 0.0
    return min(point_to_segment(a, c, d), point_to_segment(b, c, d),
               point_to_segment(c, a, b), point_to_segment(d, a, b))


def distance(one, other):
    """0 when they meet or one lies in the other, else metres between the nearest points."""
    first = [p for p in one.points] + [polygon[0][0] for polygon in one.polygons]
    second = [p for p in other.points] + [polygon[0][0] for polygon in other.polygons]
    if any(other.contains(p) for p in first) or any(one.contains(p) for p in second):
        return 0.0
    return one.edge_distance(other)


def box_distance(one, other):
    """Never more than the distance: what is farther than this need not be measured."""
    dx = max(one.box[0] - other.box[2], other.box[0] - one.box[2], 0)
    dy = max(one.box[1] - other.box[3], other.box[1] - one.box[3], 0)
    return hypot(dx, dy)


def relation(site, area_shape, tolerance):
    """Where a site lies: inside, outside, or edge (within tolerance of the outline, on it, or across it)."""
    if box_distance(site, area_shape) > tolerance:
        return "outside"
    if site.edge_distance(area_shape) < tolerance:
        return "edge"
    first = site.points[0] if site.is_point() else site.polygons[0][0][0]
    return "inside" if area_shape.contains(first) else "outside"


def number(value):
    return f"{value:.4f}".rstrip("0").rstrip(".")


def wkt(shape):
    def rings(polygon):
        return "(" + ", ".join("(" + ", ".join(f"{number(x)} {number(y)}" for x, y in ring + ring[:1]) + ")"
                               for ring in polygon) + ")"
    if len(shape.polygons) == 1:
        return "POLYGON " + rings(shape.polygons[0])
    return "MULTIPOLYGON (" + ", ".join(rings(polygon) for polygon in shape.polygons) + ")"
