// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/policy_zones.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "libgeo/base/errors.h"
#include "libgeo/base/parallel.h"
#include "libgeo/coverage/zone_assessment.h"

namespace geo {
namespace {

constexpr std::size_t kBatch = 4096;

void widen(Comparison& breach, double by) {
    const bool inwards = breach.comparator == Comparator::at_most || breach.comparator == Comparator::below;
    breach.limit = inwards ? breach.limit + by : std::max(0.0, breach.limit - by);
}

Policy widened(Policy policy, double by) {
    for (Rule& rule : policy.rules)
        if (std::holds_alternative<DistanceMeasure>(rule.measure)) widen(rule.breach, by);
    return policy;
}

/// Spells [first, end) as if each were proposed where it stands.
ProposalBatch batch_of(const Premises& premises, std::size_t first, std::size_t end, UseSet of_policy) {
    ProposalBatch batch = bare_proposals(end - first);
    for (std::size_t spell = first; spell < end; ++spell) {
        const std::size_t row = spell - first;
        const auto uses = static_cast<UseSet>(premises.uses[spell] & of_policy);
        unsigned use = 0;
        while (use < static_cast<unsigned>(Use::other) && (uses & use_bit(static_cast<Use>(use))) == 0) ++use;
        batch.use[row] = static_cast<Use>(use);
        batch.uses[row] = uses;
        if (premises.shapes.has_location(spell))
            batch.shapes.add_copy(premises.shapes, spell);
        else
            batch.shapes.add_nothing();
    }
    return batch;
}

Zone zone_of(Covered covered) {
    switch (covered) {
        case Covered::elsewhere:
            return Zone::elsewhere;
        case Covered::beyond:
            return Zone::beyond;
        case Covered::untold:
            return Zone::untold;
        case Covered::exempt:
            return Zone::exempt;
        case Covered::breach:
            return Zone::inside;
    }
    return Zone::untold;
}

/// No uses: all that are stated.
UseSet uses_meant(const std::vector<Use>& uses) {
    return uses.empty() ? static_cast<UseSet>(~use_bit(Use::unstated)) : use_set(uses);
}

/// Not: a rule by distance of which the study has none of the layers, one by walking without streets, or one inside areas of which it has none.
bool testable(const Rule& rule, const Layers& layers) {
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    if (distance != nullptr && distance->by == By::walking && layers.walking == nullptr) return false;
    const auto there = [&](const LayerFilter& filter) {
        return layers.place_layer(filter.layer) != nullptr || layers.area_layer(filter.layer) != nullptr;
    };
    const std::vector<LayerFilter> named = layers_of(rule.measure);
    return std::any_of(named.begin(), named.end(), there);
}

}  // namespace

std::string_view word(Zone zone) {
    constexpr std::array<std::string_view, 6> kWords = {"inside", "ring", "exempt", "beyond", "elsewhere", "untold"};
    return kWords[static_cast<std::size_t>(zone)];
}

std::vector<Zone> zones_of(const Premises& premises, const ZonePolicy& policy, const Layers& layers, double ring_m,
                           std::vector<std::string>& remarks) {
    const std::vector<Rule>& rules = policy.policy.rules;
    if (std::none_of(rules.begin(), rules.end(), [&](const Rule& rule) { return testable(rule, layers); }))
        throw UsageError(policy.policy.file + ": " +
                         (rules.empty() ? "no rule of it draws zones (by distance to places, or inside areas)"
                                        : "the study has none of the layers that its zones are drawn around") +
                         "; give another policy (--policy), or the layers");
    // As on the policy's first day.
    const std::span<const LayerFacts> outlets(&premises.layer->facts, 1);
    const ZoneAssessment now({policy.policy}, layers, outlets, policy.policy.from);
    std::optional<ZoneAssessment> wider;
    if (ring_m > 0)
        wider.emplace(std::vector<Policy>{widened(policy.policy, ring_m)}, layers, outlets, policy.policy.from);
    for (const std::string& remark : now.assessment().remarks())
        if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) remarks.push_back(remark);
    std::vector<Zone> zones(premises.size(), Zone::untold);
    const UseSet of_policy = uses_meant(policy.uses);
    const auto decide = [&](std::size_t batch_number) {
        const std::size_t first = batch_number * kBatch, end = std::min(first + kBatch, premises.size());
        const ProposalBatch batch = batch_of(premises, first, end, of_policy);
        const Assessed assessed = now.assess(batch), reached = wider ? wider->assess(batch) : Assessed{};
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (batch.uses[row] == 0 || !batch.shapes.has_location(row)) continue;
            Zone zone = zone_of(now.of_row(assessed, batch, row));
            if (zone == Zone::beyond && wider && wider->of_row(reached, batch, row) == Covered::breach)
                zone = Zone::ring;
            zones[first + row] = zone;
        }
    };
    in_parallel((premises.size() + kBatch - 1) / kBatch, decide);
    return zones;
}

}  // namespace geo
