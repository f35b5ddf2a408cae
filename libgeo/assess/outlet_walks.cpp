// SPDX-License-Identifier: Apache-2.0
//
// Outlets within a walk of a site.
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "libgeo/assess/measured_site.h"
#include "libgeo/assess/outlet_count.h"

namespace geo {
namespace {

/// Millimetres to each outlet that a way of no more than `reach` metres leads to, by shape.
std::unordered_map<std::uint32_t, Millimetres> walks_to(const WalkingStreets& streets, const WalkStarts& starts,
                                                        const SiteOnStreets& site, double reach) {
    std::unordered_map<std::uint32_t, Millimetres> found;
    const auto cutoff = static_cast<Millimetres>(std::min(std::ceil(reach * 1000.0), double{kNoWay - 1}));
    for (const SiteJoin& join : joins_with(streets, site, starts))
        for (const Walk& walk : walks_within(streets.network(), starts, join.at, cutoff)) {
            Millimetres& its = found.try_emplace(starts[walk.start].label, walk.total).first->second;
            its = std::min(its, walk.total);
        }
    return found;
}

/// Why an outlet may count though no walk within the radius leads to it, where it is near enough in a straight line; Note::none: it does not.
Note why_it_may(const WalkingStreets& streets, const SiteOnStreets& here, const NetworkPosition& its) {
    if (!here) return Note::site_far_from_street;
    if (!its) return Note::place_far_from_street;
    const StreetNetwork& network = streets.network();
    const auto leads_there = [&](const SiteJoin& join) {
        return network.component_of_link(its.link) == network.component_of_link(join.at.link);
    };
    if (std::none_of(here.joins.begin(), here.joins.end(), leads_there)) return Note::no_way;
    return streets.has_paths() ? Note::none : Note::no_footpaths;
}

}  // namespace

void OutletCounter::join(std::shared_ptr<const WalkingStreets> streets) {
    streets_ = std::move(streets);
    for (Part& part : parts_) {
        part.on_streets.resize(part.shapes->size());
        tbb::parallel_for(std::size_t{0}, part.on_streets.size(), [&](std::size_t shape) {
            const Shapes& outlets = *part.shapes;
            if (const auto at = streets_->positions().find(outlets, shape, streets_->most_access()))
                part.on_streets[shape] = *at;
        });
        std::vector<WalkStart> starts;
        for (std::uint32_t shape = 0; shape < part.on_streets.size(); ++shape)
            starts.push_back({part.on_streets[shape], shape});
        part.starts = std::make_unique<WalkStarts>(std::move(starts));
    }
}

CountedOutlets OutletCounter::walk_within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius,
                                          double tie, Site site) const {
    CountedOutlets counted;
    const SiteOnStreets here = site_on_streets(*streets_, batch.shapes, row, site);
    const MeasuredSite from(batch.shapes, row, site);
    for (const Part& part : parts_) {
        const double ends = part.tolerance, tolerance = ends + streets_->band(radius), reach = radius + tie + tolerance;
        const std::unordered_map<std::uint32_t, Millimetres> walks = walks_to(*streets_, *part.starts, here, reach);
        // A walk is never shorter than the straight line: who walks so far is among these.
        part.index->near(from.shapes().box(from.row()), reach, [&](std::uint32_t shape) {
            const auto walk = walks.find(shape);
            const double metres = walk == walks.end() ? in_metres(kNoWay) : in_metres(walk->second);
            const bool plotted = metres <= radius + tie;
            if (plotted || metres - radius < tolerance) {
                const bool sure = plotted && (tolerance == 0.0 || radius - metres >= tolerance);
                count(part, shape, sure, plotted, batch, row, day, counted);
                return;
            }
            const Note why = why_it_may(*streets_, here, part.on_streets[shape]);
            const double squared = separation(from.shapes(), from.row(), *part.shapes, shape).squared;
            if (why == Note::none || std::sqrt(squared) > radius + tie + ends) return;
            counted.notes |= bits(why);
            count(part, shape, false, false, batch, row, day, counted);
        });
    }
    return counted;
}

}  // namespace geo
