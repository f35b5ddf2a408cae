// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/outlet_count.h"

#include <algorithm>
#include <cmath>

#include "libgeo/assess/conditions.h"
#include "libgeo/assess/measured_site.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/geos.h"

namespace geo {
namespace {

constexpr double kSamePremises = 0.5;  // metres: two records of one front door, where neither has a UPRN

}  // namespace

OutletCounter::OutletCounter(UseSet uses, const MeasureContext& context) {
    for (const OutletLayer& layer : context.layers.outlets) {
        Part part{&layer, Timeline(layer), {}, std::make_unique<Shapes>(), nullptr, nullptr, 0.0, 0.0, 0.0,
                  {},     nullptr,         {}};
        if (layer.facts.covers >= 0)
            part.cover = std::make_unique<Shapes>(
                dissolved(context.layers.areas[static_cast<std::size_t>(layer.facts.covers)].shapes));
        std::uint64_t without_location = 0;
        for (std::uint32_t i = 0; i < layer.size(); ++i) {
            if ((layer.uses[i] & uses) == 0) continue;
            if (!layer.shapes.has_location(i)) {
                ++without_location;
                continue;
            }
            part.of.push_back(i);
            part.shapes->add_copy(layer.shapes, i);
        }
        if (without_location > 0) {
            context.remarks.push_back(context.policy.id + " " + context.rule.id + ": " +
                                      counted(without_location, "outlet") + " of " + layer.facts.name +
                                      " without a location cannot be counted");
        }
        part.accuracy_site = context.proposals.accuracy.value;
        part.accuracy = layer.facts.accuracy.value;
        part.tolerance =
            layer.facts.accuracy.value + context.proposals.accuracy.value + crs_loss(layer.facts, context.proposals);
        part.index = std::make_unique<NearestIndex>(*part.shapes);
        parts_.push_back(std::move(part));
    }
}

bool OutletCounter::covers(Date day) const {
    return std::all_of(parts_.begin(), parts_.end(), [day](const Part& part) { return part.timeline.covers(day); });
}

bool OutletCounter::reaches_beyond(const Part& part, const MeasuredSite& from, double reach) {
    if (!part.cover || part.cover->size() == 0) return false;
    const LieInside in_cover = lie_inside(from.shapes(), from.row(), *part.cover, 0);
    return in_cover.lie != Lie::inside || in_cover.edge < reach;
}

bool OutletCounter::is_proposal(const Part& part, std::uint32_t shape, const ProposalBatch& batch,
                                std::uint32_t row) const {
    const std::string_view mine = batch.uprn.empty() ? std::string_view{} : batch.uprn[row];
    const std::string_view its =
        part.outlets->uprn.size() == 0 ? std::string_view{} : part.outlets->uprn[part.of[shape]];
    if (!mine.empty() && !its.empty()) return mine == its;
    return separation(batch.shapes, row, *part.shapes, shape).squared <= kSamePremises * kSamePremises;
}

void OutletCounter::count(const Part& part, std::uint32_t shape, bool sure, bool plotted, const ProposalBatch& batch,
                          std::uint32_t row, Date day, CountedOutlets& counted) const {
    const Trades trades = part.timeline.on(part.of[shape], day);
    if (trades == Trades::no) return;
    if (!sure) counted.notes |= bits(Note::near_count_edge);
    if (trades == Trades::unclear) counted.notes |= bits(Note::state_of_outlets_unclear);
    const bool is_sure = sure && trades == Trades::yes;
    if (is_sure && !counted.itself && is_proposal(part, shape, batch, row)) {
        counted.itself = true;
        counted.notes |= bits(Note::itself_counted_once);
    }
    counted.add(is_sure, plotted && trades == Trades::yes);
}

CountedOutlets OutletCounter::within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius, double tie,
                                     Site site) const {
    CountedOutlets counted;
    const MeasuredSite from(batch.shapes, row, site);
    for (const Part& part : parts_) {
        const double reach = radius + tie + part.tolerance;
        counted.beyond = counted.beyond || reaches_beyond(part, from, radius + part.tolerance);
        part.index->near(from.shapes().box(from.row()), reach, [&](std::uint32_t shape) {
            const double distance = std::sqrt(separation(from.shapes(), from.row(), *part.shapes, shape).squared);
            if (distance > reach) return;
            const bool plotted = distance <= radius + tie;
            const bool sure = plotted && (part.tolerance == 0.0 || radius - distance >= part.tolerance);
            if (!plotted && distance - radius >= part.tolerance) return;
            count(part, shape, sure, plotted, batch, row, day, counted);
        });
    }
    return counted;
}

void OutletCounter::sort_into(const AreaLayer& areas, const LayerFilter& filter) {
    by_area_.assign(areas.size(), {});
    for (std::uint32_t p = 0; p < parts_.size(); ++p) {
        const AreaTest test(&areas, filter, parts_[p].outlets->facts);
        for (std::uint32_t shape = 0; shape < parts_[p].of.size(); ++shape)
            for (const AreaTest::Answer& in : test.all(*parts_[p].shapes, shape, Extent::partly_is_borderline))
                by_area_[in.area].push_back({p, shape, in.holds == Holds::yes, in.as_plotted});
    }
}

CountedOutlets OutletCounter::in_area(const ProposalBatch& batch, std::uint32_t row, Date day,
                                      std::uint32_t area) const {
    CountedOutlets counted;
    for (const Member& member : by_area_[area])
        count(parts_[member.part], member.outlet, member.sure, member.plotted, batch, row, day, counted);
    return counted;
}

}  // namespace geo
