// SPDX-License-Identifier: Apache-2.0
//
// The ways behind walked findings: looked up again when something is drawn, not kept with each finding.
#include <algorithm>
#include <cmath>

#include "libgeo/assess/binding.h"

namespace geo {
namespace {

/// The start of a place from which the walk to the site is what was found; kNoShape: none, out of the place straight to where the site joins the street.
std::uint32_t start_of(const StreetNetwork& network, const WalkStarts& starts, const NetworkPosition& site,
                       const Finding& finding, Millimetres total) {
    for (const Walk& walk : walks_within(network, starts, site, total)) {
        const WalkStart& start = starts[walk.start];
        if (walk.total == total && start.label == finding.place && start.at.access == finding.access_place)
            return walk.start;
    }
    return kNoShape;
}

Assessment::Route ends_of(const Finding& finding) {
    Assessment::Route route;
    route.place = route.from = finding.place_point;
    route.site = route.to = finding.site;
    route.access_place = in_metres(finding.access_place);
    route.access_site = in_metres(finding.access_site);
    route.along = finding.measured - route.access_place - route.access_site;
    return route;
}

}  // namespace

std::optional<Assessment::Route> Assessment::route(const ProposalBatch& batch, std::size_t row, std::uint32_t slot,
                                                   const Finding& finding) const {
    const Bound& bound = *bound_.at(batch.layer);
    const BoundSlot& held = bound.bound_slots[slot];
    if (held.walks.empty() || !finding.measured_something) return std::nullopt;
    const WalkingStreets& streets = *bound.searches->streets;
    const SiteOnStreets site = site_on_streets(streets, batch.shapes, row, distance_of(rule(slots()[slot])).site);
    Route route = ends_of(finding);
    const auto total = in_millimetres(finding.measured);
    if (total == 0) return route;
    for (const auto& walks : held.walks)
        for (const SiteJoin& join : joins_with(streets, site, walks->starts())) {
            if (join.at.access != finding.access_site || join.from != finding.site) continue;
            const std::uint32_t start = start_of(streets.network(), walks->starts(), join.at, finding, total);
            const double off = std::hypot(join.at.on.x - finding.place_point.x, join.at.on.y - finding.place_point.y);
            if (start == kNoShape && in_millimetres(off) != finding.access_place) continue;
            route.from = route.to = join.at.on;
            if (start == kNoShape) return route;  // out of the place straight to here
            route.from = walks->starts()[start].at.on;
            const WalkStarts alone({walks->starts()[start]});
            route.way = NearestWalks(streets.network(), alone, total).way(join.at);
            return route;
        }
    return route;
}

std::vector<WalkStart> Assessment::walk_starts(std::uint32_t slot, Date as_at) const {
    const Bound& bound = *bound_.front();
    const BoundSlot& held = bound.bound_slots[slot];
    const PlaceLayer* const places = bound.slots[slot].places;
    std::vector<WalkStart> starts;
    for (std::size_t g = 0; g < held.walks.size(); ++g) {
        const ShapeFilter open = open_on(held.groups[g], *places, as_at);
        for (const WalkStart& start : held.walks[g]->starts().all())
            if (open(start.label)) starts.push_back(start);
    }
    return starts;
}

}  // namespace geo
