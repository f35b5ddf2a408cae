// SPDX-License-Identifier: Apache-2.0
//
// Outlets within a walk of a site.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "libgeo/assess/outlet_count.h"

namespace geo {
namespace {

/// Millimetres to each outlet that a way of no more than `reach` metres leads to, by shape.
std::unordered_map<std::uint32_t, Millimetres> walks_to(const StreetNetwork& network, const WalkStarts& starts,
                                                        const NetworkPosition& site, double reach) {
    std::unordered_map<std::uint32_t, Millimetres> found;
    const auto cutoff = static_cast<Millimetres>(std::min(std::ceil(reach * 1000.0), double{kNoWay - 1}));
    for (const Walk& walk : walks_within(network, starts, site, cutoff)) found.emplace(starts[walk.start].label, walk.total);
    return found;
}

}  // namespace

void OutletCounter::join(std::shared_ptr<const WalkingStreets> streets) {
    streets_ = std::move(streets);
    for (Part& part : parts_) {
        std::vector<WalkStart> starts;
        for (std::uint32_t shape = 0; shape < part.shapes->size(); ++shape) {
            part.on_streets.push_back(site_on_streets(*streets_, *part.shapes, shape).at);
            starts.push_back({part.on_streets.back(), shape});
        }
        part.starts = std::make_unique<WalkStarts>(std::move(starts));
    }
}

CountedOutlets OutletCounter::walk_within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius,
                                          double tie, Site site) const {
    CountedOutlets counted;
    const StreetNetwork& network = streets_->network();
    const SiteOnStreets here = site_on_streets(*streets_, batch.shapes, row, site);
    for (const Part& part : parts_) {
        const double ends = part.tolerance, tolerance = ends + streets_->band(radius), reach = radius + tie + tolerance;
        std::unordered_map<std::uint32_t, Millimetres> walks;
        if (here.at) walks = walks_to(network, *part.starts, here.at, reach);
        // A walk is never shorter than the straight line: who walks so far is among these.
        part.index->near(batch.shapes.box(row), reach, [&](std::uint32_t shape) {
            const double straight = std::sqrt(separation(batch.shapes, row, *part.shapes, shape).squared);
            const auto may_count = [&](Note why) {
                if (straight > radius + tie + ends) return;
                counted.notes |= bits(why);
                count(part, shape, false, false, batch, row, day, counted);
            };
            if (const auto walk = walks.find(shape); walk != walks.end()) {
                const double metres = walk->second / 1000.0;
                const bool plotted = metres <= radius + tie;
                if (plotted || metres - radius < tolerance)
                    return count(part, shape, plotted && radius - metres >= tolerance, plotted, batch, row, day, counted);
            }
            if (!here.at) return may_count(Note::site_far_from_street);
            const NetworkPosition& its = part.on_streets[shape];
            if (!its) return may_count(Note::place_far_from_street);
            if (network.component_of_link(its.link) != network.component_of_link(here.at.link))
                return may_count(Note::no_way);
            if (!streets_->has_paths()) may_count(Note::no_footpaths);
        });
    }
    return counted;
}

}  // namespace geo
