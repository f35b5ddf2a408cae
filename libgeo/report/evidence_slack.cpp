// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "libgeo/assess/measures/distance.h"
#include "libgeo/base/text.h"
#include "libgeo/report/evidence_words.h"

namespace geo {
namespace {

/// The measurement as it stands, decided at another limit. A breach has no doubt but the tolerance: nothing else can make it less at a lower limit.
Result at_limit(const Finding& finding, const Slot& slot, const Assessment& assessment, double limit) {
    Comparison breach = assessment.rule(slot).breach;
    breach.limit = limit;
    DistanceCircumstances circumstances;
    circumstances.tie = assessment.options().tie_m.value_or(assessment.policy(slot).tie_m);
    circumstances.tolerance = tolerance_of(finding);
    return decide_distance(finding.measured * finding.measured, breach, circumstances).result;
}

bool has_slack(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    const Comparison& breach = rule.breach;
    return finding.result == Result::breach && finding.measured_something && slot.places != nullptr &&
           distance != nullptr && distance->by == By::straight_line && !breach.judgement &&
           breach.unit == Unit::metres &&
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
    return fmt::format("{}; at {} m it would be {}.", still, format_shortest(*slack->settles_m),
                       slack->settles == Result::borderline ? "too close to call" : "clear");
}

}  // namespace geo
