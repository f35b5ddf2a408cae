# SPDX-License-Identifier: Apache-2.0
"""Everything in Fernhill that does not change from one run of outlets to another."""

from . import areas, places, streets, walking
from .geometry import Shape
from .parameters import BOROUGH_CODE, BOROUGH_NAME


class World:
    def __init__(self, with_streets=True):
        self.mesh = areas.make_mesh()
        self.wards = areas.make_wards(self.mesh)
        self.small_areas = areas.make_small_areas(self.mesh, self.wards)
        rim = areas.outline(self.mesh, 0, 0, areas.COLUMNS, areas.ROWS)
        self.borough = areas.Area(BOROUGH_CODE, BOROUGH_NAME, Shape(polygons=[[rim]]))
        self.places = places.make_places(self.mesh)
        names = streets.street_names()
        self.parades, self.market = streets.make_parades(self.mesh, names, self.places)
        shops = streets.make_corner_shops(self.mesh, names, self.places)
        self.premises = streets.number_premises(shops, self.parades)
        for premises in self.premises:      # by where it stands: a parade may lie outside the block whose rate it has
            premises.ward = self.ward_at(premises.point)
        if with_streets:
            self.streets = streets.make_streets(self.mesh, names, self.places)
            self.railway = streets.railway(self.mesh)
            self.network = walking.Network(self.streets)
            self.walk_groups = {}

    def ward_at(self, point):
        """None beyond the borough."""
        return next((ward for ward in self.wards if ward.shape.contains(point)), None)

    def walks_from(self, layer):
        """Groups of a layer's places whose walks begin alike: secondary and all-through schools, leisure centres."""
        if layer not in self.walk_groups:
            wanted = [p for p in self.places[layer] if layer != "schools" or p.kind in ("secondary", "all-through")]
            self.walk_groups[layer] = walking.groups_of(self.network, wanted)
        return self.walk_groups[layer]
