// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/assess/walked_distance.h"
#include "libgeo/base/text.h"
#include "libgeo/report/evidence_words.h"
#include "libgeo/report/walked_words.h"

namespace geo {
namespace {

/// What a breach still has of doubt at a lower limit: its tolerance, and a boundary of which only a point is known.
DistanceCircumstances circumstances_of(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    DistanceCircumstances circumstances;
    circumstances.tie = assessment.options().tie_m.value_or(assessment.policy(slot).tie_m);
    circumstances.tolerance = tolerance_of(finding) - static_cast<double>(finding.tolerance_walk);
    if (has(finding.notes, Note::boundary_from_point))
        circumstances.may_be_nearer = slot.places->facts.site_radius.value;
    double site = 0.0;
    for (const LayerFacts& proposals : assessment.proposals()) site = std::max(site, proposals.site_radius.value);
    if (has(finding.notes, Note::site_from_point)) circumstances.may_be_nearer += site;
    return circumstances;
}

/// The walk as it was found, decided at another limit. Whether a place that no way leads to is within that limit is not known here (slack_words).
Result walk_at_limit(const Finding& finding, const Comparison& breach, const DistanceCircumstances& ends,
                     const WalkingNetwork& network) {
    Walked walked;
    walked.site_on_streets = true;
    walked.walk.place = finding.place;
    walked.walk.total = in_millimetres(finding.measured);
    walked.straight_place = finding.straight_place;
    walked.straight_squared = finding.straight * finding.straight;
    WalkedCircumstances circumstances{ends};
    circumstances.band = walking_band(network, breach.limit);
    circumstances.has_paths = network.has_paths;
    std::uint64_t notes = 0;
    return decide_walked(walked, breach, circumstances, notes).result;
}

/// The measurement as it stands, decided at another limit.
Result at_limit(const Finding& finding, const Slot& slot, const Assessment& assessment, double limit) {
    Comparison breach = assessment.rule(slot).breach;
    breach.limit = limit;
    const DistanceCircumstances circumstances = circumstances_of(finding, slot, assessment);
    if (is_walked(finding, assessment.rule(slot)))
        return walk_at_limit(finding, breach, circumstances, *assessment.layers().walking);
    return decide_distance(finding.measured * finding.measured, breach, circumstances).result;
}

bool has_slack(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    const Comparison& breach = rule.breach;
    return finding.result == Result::breach && finding.measured_something && slot.places != nullptr &&
           distance != nullptr &&
           (distance->by == By::straight_line ||
            (is_walked(finding, rule) && assessment.layers().walking != nullptr)) &&
           !breach.judgement && breach.unit == Unit::metres &&
           (breach.comparator == Comparator::at_most || breach.comparator == Comparator::below);
}

/// Limits in whole steps below the rule's own, downward, while the measurement still breaches.
std::optional<Slack> in_steps(const Finding& finding, const Slot& slot, const Assessment& assessment, double step) {
    std::optional<Slack> slack;
    for (auto k = static_cast<long>(std::ceil(finding.limit / step)) - 1; k > 0; --k) {
        const double limit = static_cast<double>(k) * step;
        const Result there = at_limit(finding, slot, assessment, limit);
        if (there != Result::breach) {
            if (slack) {
                slack->settles_m = limit;
                slack->settles = there;
            }
            return slack;
        }
        slack = Slack{limit, {}, Result::clear};
    }
    return slack;
}

}  // namespace

std::optional<Slack> slack_of(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (!has_slack(finding, slot, assessment)) return std::nullopt;
    if (const auto tens = in_steps(finding, slot, assessment, 10.0)) return tens;
    return in_steps(finding, slot, assessment, 1.0);
}

std::string slack_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const std::optional<Slack> slack = slack_of(finding, slot, assessment);
    if (!slack) return {};
    const std::string still = fmt::format("It would still breach at a limit of {} m", format_shortest(slack->still_m));
    if (!slack->settles_m) return still + ".";
    const bool walked = is_walked(finding, assessment.rule(slot));
    return fmt::format("{}; at {} m {}.", still, format_shortest(*slack->settles_m),
                       slack->settles == Result::borderline ? "it would be too close to call"
                       : walked                             ? "the walk would be beyond the limit"
                                                            : "it would be clear");
}

}  // namespace geo
