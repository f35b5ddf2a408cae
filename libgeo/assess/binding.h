// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/assess/candidates.h"
#include "libgeo/assess/conditions.h"
#include "libgeo/assess/fields.h"
#include "libgeo/assess/measures/measure.h"
#include "libgeo/assess/walks.h"

namespace geo {

/// A rule with its conditions tied to layers.
struct BoundRule {
    std::vector<Use> applies_to;  ///< empty: every use
    std::optional<InsideTest> unless, when;
    std::vector<BoundField> unless_fields, when_fields;
    std::size_t opens = 0, closes = 0;  ///< columns of ProposalBatch::fields, for opening hours
};

/// A policy with its area tied to a layer.
struct BoundPolicy {
    double tie = 0.001;
    std::optional<AreaTest> applies_in;  ///< none: everywhere, or not testable (then a remark says so)
    bool applies_in_untested = false;
    bool by_decision = true;  ///< rows are assessed as at their dates of decision; false: all as at a day asked for
    std::vector<BoundRule> rules;
};

/// Places by the street that they stand in, folded; and those whose street is not stated.
struct PlacesByStreet {
    std::map<std::string, std::vector<std::uint32_t>> stated;
    std::vector<std::vector<std::uint8_t>> unstated;  ///< of each group: its places, one byte a place of the layer
};

/// A slot with its candidate places (distance), or with its measure.
struct BoundSlot {
    std::unique_ptr<BoundMeasure> measure;  ///< null: distance
    std::vector<CandidateGroup> groups;
    std::vector<std::shared_ptr<const PlaceWalks>> walks;  ///< by group, where the rule measures by walking; else empty
    double tolerance_place = 0.0, tolerance_site = 0.0, tolerance_crs = 0.0;
    std::uint64_t notes = 0;                ///< that hold for every finding of the slot
    double site_may_be_nearer = 0.0;        ///< the site's boundary is asked; added where only its point is known
    std::optional<PlacesByStreet> streets;  ///< only places of the proposal's own street count; none: those of any
    std::unique_ptr<Shapes> cover;          ///< where the layer is complete, dissolved; null: not stated
};

/// What all that is bound shares, each made when first needed.
struct SharedSearches {
    explicit SharedSearches(const Layers& layers);
    PlaceSearch& of(const PlaceLayer& layer);
    /// `accuracy`: of the group's places, in metres.
    std::shared_ptr<const PlaceWalks> walks(const CandidateGroup& group, double accuracy);

    std::shared_ptr<const WalkingStreets> streets;  ///< null: the study has none, or nothing asked for walking
    std::map<std::string, std::unique_ptr<PlaceSearch>> by_layer;  ///< by name of the layer
    std::vector<std::shared_ptr<const PlaceWalks>> place_walks;
};

struct Assessment::Bound {
    std::span<const Policy> policies;
    const Layers* layers = nullptr;
    LayerFacts proposals;
    AssessOptions options;
    std::vector<Slot> slots;
    std::vector<std::string> remarks;
    std::vector<std::string> fields;  ///< of ProposalBatch::fields
    std::vector<BoundPolicy> bound_policies;
    std::vector<BoundSlot> bound_slots;
    std::shared_ptr<SharedSearches> searches;

    Bound(std::span<const Policy> all, const Layers& loaded, LayerFacts facts, const AssessOptions& opts,
          std::shared_ptr<SharedSearches> shared);
    bool walks() const;  ///< some distance rule measures by walking, and there are streets

  private:
    void bind_policy(const Policy& policy);
    void bind_area(const Policy& policy, BoundPolicy& bound);
    void bind_rule(const Policy& policy, const Rule& rule, BoundPolicy& bound);
    void add_slots(std::uint32_t policy, std::uint32_t rule);
    void bind_slot(const Policy& policy, const Rule& rule, const Slot& slot);
    void bind_street(const Policy& policy, const Rule& rule, const PlaceLayer& places, BoundSlot& bound);
    void bind_walks(From from, BoundSlot& bound) const;
    void bind_cover(BoundSlot& bound, const PlaceLayer& places) const;
};

/// The distance measure of a rule that has one.
const DistanceMeasure& distance_of(const Rule& rule);

}  // namespace geo
