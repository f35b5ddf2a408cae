// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zone_assessment.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "libgeo/geometry/distance.h"

namespace geo {
namespace {

constexpr std::uint64_t kNoWalk = Note::site_far_from_street | Note::place_far_from_street | bits(Note::no_way);

AssessOptions options_on(Date day, std::optional<double> tie_m) {
    AssessOptions options;
    options.on = day;
    options.today = day;
    options.tie_m = tie_m;
    return options;
}

}  // namespace

ZoneAssessment::ZoneAssessment(std::vector<Policy> policies, const Layers& layers, std::span<const LayerFacts> points,
                               Date day, std::optional<double> tie_m)
    : policies_(std::move(policies)),
      layers_(layers),
      assessment_(policies_, layers, points, options_on(day, tie_m)),
      every_slot_(assessment_.slots().size()) {
    std::iota(every_slot_.begin(), every_slot_.end(), 0U);
}

Covered ZoneAssessment::of_row(const Assessed& assessed, const ProposalBatch& batch, std::size_t row,
                               std::span<const std::uint32_t> slots) const {
    Covered covered = Covered::elsewhere;
    for (const std::uint32_t slot : slots) {
        const Finding& finding = assessed.findings[slot][row];
        if (has(finding.notes, Note::elsewhere)) continue;
        const bool untold = finding.result == Result::unknown && (finding.notes & kNoWalk) != 0;
        covered = std::max(covered, untold ? Covered::untold : Covered::beyond);
        if (finding.result == Result::not_applicable || !finding.plain) continue;
        if (!is_exempt(finding, assessment_.rule(assessment_.slots()[slot]), batch, row)) return Covered::breach;
        covered = Covered::exempt;
    }
    return covered;
}

/// Near an exemption's edge the point as plotted decides.
bool ZoneAssessment::is_exempt(const Finding& finding, const Rule& rule, const ProposalBatch& batch,
                               std::size_t row) const {
    if (finding.result == Result::exempt) return true;
    if (!has(finding.notes, Note::exemption_near_edge) || finding.exempt_layer < 0 || !rule.unless.inside) return false;
    const LayerFilter& filter = rule.unless.inside->of[static_cast<std::size_t>(finding.exempt_layer)];
    const AreaLayer* areas = layers_.area_layer(filter.layer);
    return areas != nullptr && covers(areas->shapes, finding.exempt_area, batch.shapes.first_point(row));
}

}  // namespace geo
