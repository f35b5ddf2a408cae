// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zone_policy.h"

#include <algorithm>

namespace geo {
namespace {

/// Why a rule draws no zone; empty: it does.
std::string why_not(const Rule& rule) {
    if (!rule.unchecked.empty()) return "not checked";
    if (!rule.outcome.can_breach()) return std::string(word(rule.outcome.kind));
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    if (distance == nullptr && !std::holds_alternative<InsideMeasure>(rule.measure))
        return std::string(word(rule.measure));
    if (!rule.bands.empty()) return "bands";
    return distance != nullptr && rule.breach.judgement ? "judgement" : std::string();
}

}  // namespace

ZonePolicy zone_policy(const Policy& policy) {
    ZonePolicy zones{policy, {}, {}, {}};
    zones.policy.rules.clear();
    bool every_use = false;
    for (const Rule& rule : policy.rules) {
        if (const std::string why = why_not(rule); !why.empty()) {
            zones.left_aside.push_back(rule.id + " (" + why + ")");
            continue;
        }
        zones.policy.rules.push_back(rule);
        if (std::holds_alternative<InsideMeasure>(rule.measure)) zones.no_ring.push_back(rule.id);
        every_use = every_use || rule.applies_to.empty();
        for (const Use use : rule.applies_to)
            if (std::find(zones.uses.begin(), zones.uses.end(), use) == zones.uses.end()) zones.uses.push_back(use);
    }
    if (every_use) zones.uses.clear();
    return zones;
}

}  // namespace geo
