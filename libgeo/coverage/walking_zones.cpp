// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/walking_zones.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "libgeo/geometry/walking_zone.h"

namespace geo {
namespace {

WalkedStreets streets_of(const StreetNetwork& network, std::span<const CoveredStretch> stretches) {
    WalkedStreets streets;
    streets.lines = lines_of(network, stretches);
    for (const CoveredStretch& stretch : stretches) {
        streets.at_begin.push_back(in_metres(stretch.near_from));
        streets.at_end.push_back(in_metres(stretch.near_to));
        streets.length_m += in_metres(stretch.to - stretch.from);
    }
    return streets;
}

Surface drawn_around(const WalkingZoneParts& parts, double outward_m) {
    std::vector<ZoneSource> sources{{&parts.streets, {}, kBesideStreets, outward_m}};
    for (std::uint32_t i = 0; i < parts.streets.size(); ++i)
        if (parts.streets.has_location(i)) sources.front().which.push_back(i);
    for (std::uint32_t i = 0; i < parts.starts.size(); ++i)
        sources.push_back({&parts.starts, {i}, parts.radius[i], outward_m});
    return zone_union(sources);
}

}  // namespace

WalkingZone walking_zone(const StreetNetwork& network, std::vector<WalkStart> starts, double limit_m,
                         double outward_m) {
    const Millimetres limit = in_millimetres(limit_m);
    const WalkStarts from(std::move(starts));
    const NearestWalks walks(network, from, limit);
    WalkingZone zone;
    zone.streets = streets_of(network, walks.covered(limit));
    zone.reach =
        drawn_around(walking_zone_parts(network, from, walks, limit, in_millimetres(kBesideStreets)), outward_m);
    return zone;
}

}  // namespace geo
