// SPDX-License-Identifier: Apache-2.0
//
// Outlets within a walk of a site.

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "libgeo/assess/joins_about.h"
#include "libgeo/assess/measured_site.h"
#include "libgeo/assess/outlet_count.h"
#include "libgeo/base/parallel.h"

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

/// The metres by which the walks of a site that is a point, or points, may be off beside its accuracy; infinity: no telling.
double site_off(const WalkingStreets& streets, const SiteOnStreets& site, double accuracy) {
    if (accuracy == 0 || site.extent != nullptr) return 0;
    Millimetres most = 0;
    for (const SiteJoin& join : site.joins)
        most = std::max(most, farthest_off(streets.network(), join.at,
                                           streets.positions().find_about(join.from, accuracy, streets.most_access())));
    return metres_of_walk(most) + walk_slack(accuracy) - accuracy;
}

}  // namespace

void OutletCounter::join(std::shared_ptr<const WalkingStreets> streets) {
    streets_ = std::move(streets);
    for (Part& part : parts_) {
        part.on_streets.resize(part.shapes->size());
        in_parallel(part.on_streets.size(), [&](std::size_t shape) {
            const Shapes& outlets = *part.shapes;
            if (const auto at = streets_->positions().find(outlets, shape, streets_->most_access()))
                part.on_streets[shape] = *at;
        });
        part.look_about(*streets_);
        std::vector<WalkStart> starts;
        for (std::uint32_t shape = 0; shape < part.on_streets.size(); ++shape)
            starts.push_back({part.on_streets[shape], shape});
        part.starts = std::make_unique<WalkStarts>(std::move(starts));
    }
}

void OutletCounter::Part::look_about(const WalkingStreets& streets) {
    if (accuracy == 0) return;
    moves.resize(shapes->size());
    in_parallel(moves.size(), [&](std::size_t shape) {
        if (!on_streets[shape] || !shapes->is_single_point(shape)) return;
        moves[shape] =
            farthest_off(streets.network(), on_streets[shape],
                         streets.positions().find_about(shapes->first_point(shape), accuracy, streets.most_access()));
    });
}

/// Outlets that may be within `reach` metres of a site; those that cannot be are left out.
std::vector<OutletCounter::WalkedOutlet> OutletCounter::walked(const Part& part, const SiteOnStreets& here,
                                                               const MeasuredSite& from, double reach) const {
    const double of_site = site_off(*streets_, here, part.accuracy_site);
    std::vector<WalkedOutlet> found;
    double farthest = 0;
    // A walk is never shorter than the straight line: who walks so far is among these.
    part.index->near(from.shapes().box(from.row()), reach, [&](std::uint32_t shape) {
        WalkedOutlet& one = found.emplace_back();
        one.shape = shape;
        one.straight = std::sqrt(separation(from.shapes(), from.row(), *part.shapes, shape).squared);
        one.off = of_site;
        if (!part.moves.empty())
            one.off += metres_of_walk(part.moves[shape]) + walk_slack(part.accuracy) - part.accuracy;
        if (std::isfinite(one.off)) farthest = std::max(farthest, one.off);
    });
    if (found.empty()) return found;
    const auto walks = walks_to(*streets_, *part.starts, here, reach + farthest);
    for (WalkedOutlet& one : found)
        if (const auto walk = walks.find(one.shape); walk != walks.end()) one.metres = in_metres(walk->second);
    return found;
}

CountedOutlets OutletCounter::walk_within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius,
                                          double tie, Site site) const {
    CountedOutlets counted;
    const SiteOnStreets here = site_on_streets(*streets_, batch.shapes, row, site);
    const MeasuredSite from(batch.shapes, row, site);
    for (const Part& part : parts_) {
        const double tolerance = part.tolerance + streets_->band(radius);
        counted.beyond = counted.beyond || reaches_beyond(part, from, radius + part.tolerance);
        for (const WalkedOutlet& one : walked(part, here, from, radius + tie + tolerance)) {
            const double inside = radius - one.metres, enough = tolerance + one.off;
            const bool plotted = one.metres <= radius + tie, in_reach = one.straight <= radius + tie + part.tolerance;
            if (plotted || -inside < (in_reach ? enough : tolerance)) {
                const bool sure = plotted && (enough == 0.0 || inside >= enough);
                if (!sure && std::fabs(inside) >= tolerance) counted.notes |= bits(Note::other_street);
                count(part, one.shape, sure, plotted, batch, row, day, counted);
                continue;
            }
            const Note why = why_it_may(*streets_, here, part.on_streets[one.shape]);
            if (why == Note::none || !in_reach) continue;
            counted.notes |= bits(why);
            count(part, one.shape, false, false, batch, row, day, counted);
        }
    }
    return counted;
}

}  // namespace geo
