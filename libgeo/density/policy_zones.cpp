// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/policy_zones.h"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "libgeo/assess/assess.h"
#include "libgeo/base/errors.h"
#include "libgeo/geometry/distance.h"

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
    ProposalBatch batch;
    for (std::size_t spell = first; spell < end; ++spell) {
        const auto row = static_cast<std::uint32_t>(spell - first);
        const auto uses = static_cast<UseSet>(premises.uses[spell] & of_policy);
        unsigned use = 0;
        while (use < static_cast<unsigned>(Use::other) && (uses & use_bit(static_cast<Use>(use))) == 0) ++use;
        batch.row.push_back(row);
        batch.reference.emplace_back();
        batch.name.emplace_back();
        batch.use.push_back(static_cast<Use>(use));
        batch.existing_use.push_back(Use::unstated);
        batch.uses.push_back(uses);
        batch.use_note.emplace_back();
        batch.nothing_changes.push_back(0);
        batch.received.push_back(kBeforeRecords);
        batch.validated.push_back(kBeforeRecords);
        batch.decided.push_back(kBeforeRecords);
        batch.uprn.emplace_back();
        batch.unit.emplace_back();
        batch.street.emplace_back();
        batch.adds_unit.push_back(0);
        if (premises.shapes.has_location(spell))
            batch.shapes.add_copy(premises.shapes, spell);
        else
            batch.shapes.add_nothing();
        batch.site_of.push_back(row);
    }
    return batch;
}

/// One way of drawing the zones: which rows some rule takes in, which an exemption takes out again, which the policy is not about.
class Drawn {
  public:
    Drawn(const Policy& policy, const Layers& layers, const LayerFacts& outlets)
        : policies_{policy},
          layers_(layers),
          assessment_(policies_, layers, std::span(&outlets, 1), options_on(policy.from)) {}

    Zone of_row(const Assessed& assessed, const ProposalBatch& batch, std::size_t row) const {
        bool exempt = false, applies = false;
        for (std::size_t slot = 0; slot < assessed.findings.size(); ++slot) {
            const Finding& finding = assessed.findings[slot][row];
            if (has(finding.notes, Note::elsewhere)) continue;
            applies = true;
            if (finding.result == Result::not_applicable || !finding.plain) continue;
            if (!is_exempt(finding, assessment_.rule(assessment_.slots()[slot]), batch, row)) return Zone::inside;
            exempt = true;
        }
        if (!applies) return Zone::elsewhere;
        return exempt ? Zone::exempt : Zone::beyond;
    }
    Assessed assess(const ProposalBatch& batch) const { return assessment_.assess(batch); }
    const Assessment& assessment() const { return assessment_; }

  private:
    static AssessOptions options_on(Date day) {
        AssessOptions options;
        options.on = day;
        options.today = day;
        return options;
    }
    /// Near an exemption's edge the point as plotted decides.
    bool is_exempt(const Finding& finding, const Rule& rule, const ProposalBatch& batch, std::size_t row) const {
        if (finding.result == Result::exempt) return true;
        if (!has(finding.notes, Note::exemption_near_edge) || finding.exempt_layer < 0 || !rule.unless.inside)
            return false;
        const LayerFilter& filter = rule.unless.inside->of[static_cast<std::size_t>(finding.exempt_layer)];
        const AreaLayer* areas = layers_.area_layer(filter.layer);
        return areas != nullptr && covers(areas->shapes, finding.exempt_area, batch.shapes.first_point(row));
    }

    std::array<Policy, 1> policies_;
    const Layers& layers_;
    Assessment assessment_;
};

/// No uses: all that are stated.
UseSet uses_meant(const std::vector<Use>& uses) {
    return uses.empty() ? static_cast<UseSet>(~use_bit(Use::unstated)) : use_set(uses);
}

/// A rule by distance of which the study has none of the layers, or one inside areas of which it has none.
bool testable(const Rule& rule, const Layers& layers) {
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
    const Drawn now(policy.policy, layers, premises.layer->facts);
    std::optional<Drawn> wider;
    if (ring_m > 0) wider.emplace(widened(policy.policy, ring_m), layers, premises.layer->facts);
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
            Zone zone = now.of_row(assessed, batch, row);
            if (zone == Zone::beyond && wider && wider->of_row(reached, batch, row) == Zone::inside) zone = Zone::ring;
            zones[first + row] = zone;
        }
    };
    tbb::parallel_for(std::size_t{0}, (premises.size() + kBatch - 1) / kBatch, decide);
    return zones;
}

}  // namespace geo
