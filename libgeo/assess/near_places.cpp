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

/// Metres walked to each of the near places by one of their anchors; `at[i]`: where NearPlace i goes.
struct NearWalks {
    const WalkingStreets& streets;
    const SiteOnStreets& site;
    Millimetres cutoff;
    std::vector<WalkStart> starts;

    void begin(const Shapes& places, std::uint32_t place, WalkFrom from, std::uint32_t near) {
        if (!places.has_location(place)) return;
        for (const NetworkPosition& at : starts_of_place(streets, places, place, from)) starts.push_back({at, near});
    }
    template <class Put>
    void each_nearest(std::size_t near, const Put& put) {
        std::vector<Millimetres> least(near, kNoWay);
        const WalkStarts all(std::move(starts));
        for (const SiteJoin& join : joins_with(streets, site, all))
            for (const Walk& walk : walks_within(streets.network(), all, join.at, cutoff)) {
                Millimetres& its = least[all[walk.start].label];
                its = std::min(its, walk.total);
            }
        for (std::uint32_t i = 0; i < near; ++i)
            if (least[i] != kNoWay) put(i, in_metres(least[i]));
    }
};

/// Walks are looked for as far as four times the reach of the straight lines.
void add_walks(const WalkingStreets& streets, const Shapes& sites, std::size_t row, const std::vector<Slot>& slots,
               double reach, std::vector<Assessment::NearPlace>& near) {
    constexpr double kDetour = 4.0;
    const SiteOnStreets site = site_on_streets(streets, sites, row);
    if (!site) return;
    const auto cutoff = in_millimetres(reach * kDetour);
    NearWalks boundary{streets, site, cutoff, {}}, entrances = boundary, centroid = boundary;
    for (std::uint32_t i = 0; i < near.size(); ++i) {
        const PlaceLayer& places = *slots[near[i].slot].places;
        const std::uint32_t place = near[i].place;
        if (near[i].boundary == 0.0)
            near[i].walk_boundary = 0.0;
        else if (places.point_only[place] == 0)
            boundary.begin(places.shapes, place, WalkFrom::boundary, i);
        entrances.begin(places.entrances, place, WalkFrom::points, i);
        centroid.begin(places.centroids, place, WalkFrom::points, i);
    }
    boundary.each_nearest(near.size(), [&](std::uint32_t i, double metres) { near[i].walk_boundary = metres; });
    for (Assessment::NearPlace& n : near) {
        const PlaceLayer& places = *slots[n.slot].places;
        if (n.boundary == 0.0 || places.point_only[n.place] != 0) continue;
        for (const SiteJoin& join : site.joins)
            if (const auto straight = walk_off_boundary(streets, join, places.shapes, n.place))
                n.walk_boundary = std::fmin(n.walk_boundary, in_metres(*straight));
    }
    entrances.each_nearest(near.size(), [&](std::uint32_t i, double metres) { near[i].walk_entrances = metres; });
    centroid.each_nearest(near.size(), [&](std::uint32_t i, double metres) { near[i].walk_centroid = metres; });
}

}  // namespace

std::vector<Assessment::NearPlace> Assessment::near_places(const ProposalBatch& batch, std::size_t row,
                                                           Date as_at) const {
    const Bound& bound = *bound_.at(batch.layer);
    std::vector<NearPlace> result;
    if (!batch.shapes.has_location(row)) return result;
    double farthest = 0.0;
    for (std::uint32_t k = 0; k < bound.slots.size(); ++k) {
        const Slot& slot = bound.slots[k];
        if (slot.places == nullptr) continue;
        const double reach = rule(slot).breach.judgement ? 1000.0 : rule(slot).breach.limit * kReach;
        farthest = std::max(farthest, reach);
        const PlaceLayer& places = *slot.places;
        const NearestIndex& index = bound.searches->by_layer.at(places.facts.name)->boundary();
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
    if (bound.searches->streets) add_walks(*bound.searches->streets, batch.shapes, row, bound.slots, farthest, result);
    const auto nearest = [](const NearPlace& p) { return std::isnan(p.boundary) ? p.centroid : p.boundary; };
    std::stable_sort(result.begin(), result.end(), [&](const NearPlace& a, const NearPlace& b) {
        return std::make_tuple(nearest(a), a.slot, a.place) < std::make_tuple(nearest(b), b.slot, b.place);
    });
    return result;
}

}  // namespace geo
