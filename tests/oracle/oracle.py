# SPDX-License-Identifier: Apache-2.0
"""Walking distances by networkx on a graph whose links are split at every place where something joins them; lengths in whole millimetres.

What is asked: a link's length is that of its line, rounded; a point joins the nearest place of the nearest link, if that is within 100 m; a walk is the access of the
entrance, the way, the access of the site. Nothing joins parts of the streets of less than 500 m in all. Points with two such places, equally near, are left out: which of them counts is a matter of numbering."""

import math
from collections import Counter, defaultdict

import networkx

MOST_ACCESS_M = 100.0
SMALL_PART_M = 500.0
AMBIGUOUS_M = 0.005  # two places on the streets, nearer than this to equally far


def millimetres(metres):
    return round(metres * 1000)


class Link:
    def __init__(self, points):
        self.points = points
        steps = [math.dist(a, b) for a, b in zip(points, points[1:])]
        self.before = [sum(steps[:k]) for k in range(len(steps) + 1)]
        self.length = max(1, millimetres(self.before[-1]))

    def nearest(self, p):
        """(metres off, metres along) of its nearest place."""
        best = (math.inf, 0.0)
        for k, ((ax, ay), (bx, by)) in enumerate(zip(self.points, self.points[1:])):
            dx, dy = bx - ax, by - ay
            square = dx * dx + dy * dy
            t = max(0.0, min(1.0, ((p[0] - ax) * dx + (p[1] - ay) * dy) / square)) if square else 0.0
            off = math.dist(p, (ax + t * dx, ay + t * dy))
            if off < best[0]:
                best = off, self.before[k] + t * math.sqrt(square)
        return best


class Oracle:
    def __init__(self, world):
        self.links = links_of(world.lines, world.topology)
        self.usable = large_parts(self.links)
        self.on_link = defaultdict(list)  # link → [(offset, node)]
        self.graph = networkx.Graph()
        self.sites = {name: self.join(p, ("site", name)) for name, p in world.sites.items()}
        self.gates = {(school, k): self.join(p, ("gate", school, k)) for school, gates in world.schools.items() for k, p in enumerate(gates)}
        self.world = world
        self.split()

    def join(self, p, node):
        """Access in millimetres and the node; None: too far from every street; "either": more than one place is nearest."""
        near = sorted((link.nearest(p), number) for number, link in enumerate(self.links) if self.usable[number])
        (off, along), number = near[0]
        if off > MOST_ACCESS_M:
            return "either" if off < MOST_ACCESS_M + AMBIGUOUS_M else None
        here = place_on(self.links[number], along)
        for (other_off, other_along), other in near[1:]:
            if other_off > off + AMBIGUOUS_M:
                break
            if math.dist(here, place_on(self.links[other], other_along)) > 1e-6:
                return "either"
        offset = min(millimetres(along), self.links[number].length)
        self.on_link[number].append((offset, node))
        return millimetres(off), node

    def split(self):
        for number, link in enumerate(self.links):
            at = [(0, link.points[0]), *sorted(self.on_link[number]), (link.length, link.points[-1])]
            for (start, a), (end, b) in zip(at, at[1:]):
                if a != b and (not self.graph.has_edge(a, b) or self.graph[a][b]["mm"] > end - start):
                    self.graph.add_edge(a, b, mm=end - start)

    def known(self):
        """Without those for which the answer is a matter of numbering. A school with such an entrance is not asked for at all."""
        return {name for name, joined in self.sites.items() if joined != "either"}

    def schools(self):
        return sorted(school for school, gates in self.world.schools.items() if all(self.gates[school, k] != "either" for k in range(len(gates))))

    def walks(self, site):
        """{school: millimetres}, of those that a way leads to."""
        if self.sites[site] is None:
            return {}
        access, node = self.sites[site]
        way = networkx.single_source_dijkstra_path_length(self.graph, node, weight="mm")
        found = {}
        for school in self.schools():
            for k in range(len(self.world.schools[school])):
                gate = self.gates[school, k]
                if gate and gate[1] in way:
                    found[school] = min(found.get(school, 1 << 60), gate[0] + way[gate[1]] + access)
        return found

    def straight(self, site, school):
        return min(math.dist(self.world.sites[site], gate) for gate in self.world.schools[school])


def large_parts(links):
    """Which links are of a part that is no small one."""
    ends = networkx.Graph((link.points[0], link.points[-1]) for link in links)
    length, part_of = Counter(), {}
    for part, corners in enumerate(networkx.connected_components(ends)):
        part_of.update(dict.fromkeys(corners, part))
    for link in links:
        length[part_of[link.points[0]]] += link.length
    return [length[part_of[link.points[0]]] >= millimetres(SMALL_PART_M) for link in links]


def place_on(link, along):
    k = max(i for i in range(len(link.points) - 1) if link.before[i] <= along or i == 0)
    step = link.before[k + 1] - link.before[k]
    t = (along - link.before[k]) / step if step else 0.0
    (ax, ay), (bx, by) = link.points[k], link.points[k + 1]
    return ax + t * (bx - ax), ay + t * (by - ay)


def links_of(lines, topology):
    """Whole lines, or their stretches between vertices that stand in more than one place of the drawing."""
    if topology == "endpoints":
        return [Link(line) for line in lines]
    used, links, seen = Counter(p for line in lines for p in line), [], set()
    for line in lines:
        start = 0
        for k in range(1, len(line)):
            if k == len(line) - 1 or used[line[k]] > 1:
                stretch, start = line[start:k + 1], k
                if tuple(stretch) not in seen:  # two lines run here: one way
                    links.append(Link(stretch))
                    seen |= {tuple(stretch), tuple(stretch[::-1])}
    return links


def decide(oracle, site, limit, band):
    """(result, school or None, millimetres or None, whether a millimetre would change the result)."""
    walks = oracle.walks(site)
    school, walk = min(((s, mm) for s, mm in walks.items()), key=lambda pair: (pair[1], pair[0]), default=(None, None))
    # A walk is never shorter than the straight line, which is exact here: the band is of walks.
    unknown = any(oracle.straight(site, s) <= limit for s in oracle.schools() if s not in walks)
    edges = [millimetres(limit - band), millimetres(limit + band)]
    close = walk is not None and any(abs(walk - edge) <= 2 for edge in edges)
    close = close or any(abs(oracle.straight(site, s) - limit) < 0.002 for s in oracle.schools() if s not in walks)
    if walk is not None and walk <= edges[0]:
        return "breach", school, walk, close
    if walk is not None and walk < edges[1]:
        return "borderline", school, walk, close
    return "unknown" if unknown else "clear", school, walk, close
