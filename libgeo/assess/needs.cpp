// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/needs.h"

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

using Kinds = std::vector<LayerKind>;

/// Which kinds of layer a measure takes, and how that is said.
struct Wanted {
    Kinds kinds;
    const char* words;
};
Wanted wanted_by(const Measure& measure) {
    if (std::holds_alternative<DistanceMeasure>(measure))
        return {{LayerKind::places}, "a distance is measured to places"};
    if (std::holds_alternative<InsideMeasure>(measure)) return {{LayerKind::areas}, "inside looks at areas"};
    if (std::holds_alternative<AttributeMeasure>(measure)) return {{LayerKind::areas}, "an attribute is one of areas"};
    if (const auto* count = std::get_if<CountMeasure>(&measure); count != nullptr && count->window)
        return {{LayerKind::frontages}, "a window of units lies along frontages"};
    if (std::holds_alternative<CountMeasure>(measure))
        return {{LayerKind::areas, LayerKind::frontages}, "a count is taken in areas or frontages"};
    if (std::holds_alternative<ShareMeasure>(measure))
        return {{LayerKind::areas, LayerKind::frontages}, "a share is taken of areas or frontages"};
    return {{LayerKind::frontages}, "runs and gaps lie along frontages"};
}

}  // namespace

Needs needs_of(std::span<const Policy> policies) {
    Needs needs;
    for (const Policy& policy : policies)
        for (const Rule& rule : policy.rules) {
            const auto* count = std::get_if<CountMeasure>(&rule.measure);
            const auto* share = std::get_if<ShareMeasure>(&rule.measure);
            const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
            needs.walking |= (distance != nullptr && distance->by == By::walking) ||
                             (count != nullptr && count->within_m && count->by == By::walking);
            needs.outlets |=
                (count != nullptr && !count->window) || (share != nullptr && share->among == Among::food_outlets);
            needs.frontages |= count != nullptr || share != nullptr ||
                               std::holds_alternative<RunMeasure>(rule.measure) ||
                               std::holds_alternative<GapMeasure>(rule.measure);
        }
    return needs;
}

void expect_kinds(const Policy& policy, const Study& study) {
    for (const Rule& rule : policy.rules) {
        const Wanted wanted = wanted_by(rule.measure);
        for (const LayerFilter& filter : layers_of(rule.measure)) {
            const LayerSpec* layer = study.layer(filter.layer);
            if (layer == nullptr ||
                std::find(wanted.kinds.begin(), wanted.kinds.end(), layer->kind) != wanted.kinds.end())
                continue;
            throw UsageError(policy.file + ":" + std::to_string(filter.line > 0 ? filter.line : rule.line) + ": rule " +
                             rule.id + ": layer " + printable(filter.layer) + " is of kind " +
                             std::string(word(layer->kind)) + " in the study; " + wanted.words);
        }
    }
}

}  // namespace geo
