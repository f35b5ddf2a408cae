// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "libgeo/assess/binding.h"

namespace geo {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
constexpr double kReach = 1.25;  // a limit and a quarter more: what an officer lists

double metres(const Shapes& site, std::size_t row, const Shapes& places, std::uint32_t place) {
    if (!places.has_location(place)) return kNotKnown;
    return std::sqrt(separation(site, row, places, place).squared);
}

}  // namespace

std::vector<Assessment::NearPlace> Assessment::near_places(const ProposalBatch& batch, std::size_t row,
                                                           Date as_at) const {
    const Bound& bound = *bound_.at(batch.layer);
    std::vector<NearPlace> result;
    if (!batch.shapes.has_location(row)) return result;
    for (std::uint32_t k = 0; k < bound.slots.size(); ++k) {
        const Slot& slot = bound.slots[k];
        if (slot.places == nullptr) continue;
        const double reach = rule(slot).breach.judgement ? 1000.0 : rule(slot).breach.limit * kReach;
        const PlaceLayer& places = *slot.places;
        const NearestIndex& index = bound.searches->at(places.facts.name)->boundary();
        // Places that this rule does not name (another kind of school) are near too, but no reading of the policy.
        const auto named = [&groups = bound.bound_slots[k].groups](std::uint32_t place) {
            return std::any_of(groups.begin(), groups.end(),
                               [place](const CandidateGroup& group) { return group.mask[place] != 0; });
        };
        index.near(batch.shapes.box(row), reach, [&](std::uint32_t place) {
            if (!named(place)) return;
            const double boundary = metres(batch.shapes, row, places.shapes, place);
            if (boundary > reach) return;
            NearPlace near;
            near.slot = k;
            near.place = place;
            near.boundary = places.point_only[place] != 0 ? kNotKnown : boundary;
            near.entrances = metres(batch.shapes, row, places.entrances, place);
            near.centroid = metres(batch.shapes, row, places.centroids, place);
            near.open = places.opened[place] <= as_at && as_at < places.closed[place];
            result.push_back(near);
        });
    }
    const auto nearest = [](const NearPlace& p) { return std::isnan(p.boundary) ? p.centroid : p.boundary; };
    std::stable_sort(result.begin(), result.end(), [&](const NearPlace& a, const NearPlace& b) {
        return std::make_tuple(nearest(a), a.slot, a.place) < std::make_tuple(nearest(b), b.slot, b.place);
    });
    return result;
}

}  // namespace geo
