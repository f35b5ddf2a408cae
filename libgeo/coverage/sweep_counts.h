// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/coverage/sweep.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/frontages.h"

namespace geo {

/// Counts by Result.
using ResultCounts = std::array<std::uint64_t, 7>;

/// What one variant comes to.
struct SweepCounts {
    ResultCounts
        policy{};  ///< proposals, by the verdict of the rule's policy with this reading in place; whether it is adopted or a draft
    ResultCounts rule{};   ///< proposals, by the result of the rule alone
    ResultCounts units{};  ///< units of frontages, by that verdict on a proposal there
    // Against the rule as it stands.
    std::uint64_t to_breach = 0, from_breach = 0;  ///< proposals that become a breach; that stop being one
    std::uint64_t granted_to_breach = 0;           ///< of them, those that were granted
    std::uint64_t refused_to_clear = 0;  ///< breach as it stands, clear of it or exempt here, and were refused
    std::uint64_t granted_breach = 0,
                  refused_clear = 0;  ///< all that were granted and breach; refused and clear or exempt
};

/// Proposals that a rule alone would have breach in a straight line, by what it comes to on foot at the same limit (SweepPair).
struct WalkCompared {
    std::uint64_t straight = 0;                                          ///< all of them
    std::uint64_t breach = 0, borderline = 0, unknown = 0, farther = 0;  ///< on foot; farther: clear of it
};

/// A proposal whose verdict becomes a breach, or stops being one, under a variant.
struct SweepFlip {
    std::uint32_t variant = 0;
    std::uint32_t proposal = 0;  ///< of SweepTally::flipped
    Result as_adopted = Result::clear, result = Result::clear;
    std::uint32_t slot = 0,
                  place = kNoShape;  ///< the nearest place that the variant's rule looks at; kNoShape: none
    double metres = kNotMeasured;
};
struct FlippedProposal {
    std::uint64_t row = 0;  ///< in the order of the run
    std::string reference, name, decision;
    Decision decided_as = Decision::unstated;
    Date as_at{};
    Point at;
    bool located = false;
    std::vector<std::string> kept;
};

struct SweepTally {
    std::uint64_t proposals = 0, sites = 0, units = 0;
    std::array<std::uint64_t, 4> by_decision{};           ///< by Decision
    std::map<std::string, std::uint64_t> not_understood;  ///< words of decisions that are neither a grant nor a refusal
    std::vector<SweepCounts> counts;                      ///< by variant
    std::vector<WalkCompared> compared;                   ///< by pair of the plan
    std::vector<FlippedProposal> flipped;                 ///< in input order
    std::vector<SweepFlip> flips;                         ///< by proposal, then variant
};

/// Counts what every variant comes to, batch by batch. Plan and assessment must outlive it; `assessment` is of plan.policies.
class SweepCounter {
  public:
    SweepCounter(const SweepPlan& plan, const Assessment& assessment);

    /// Of one batch; from any thread. `assessed` with the plan's readings. `flips`: which proposals turn is kept, beside how many.
    SweepTally count(const ProposalBatch& batch, const Assessed& assessed, bool flips = true) const;
    /// The same of units; only `units` of the counts.
    SweepTally count_units(const ProposalBatch& batch, const Assessed& assessed) const;
    /// Adds the next, in input order.
    static void add(SweepTally& all, SweepTally&& next);

  private:
    using Row = std::vector<Result>;
    struct Verdicts {
        std::vector<Row> policy, rule;  ///< [variant][row]; those of a proposal at its first row
    };
    Verdicts verdicts(const ProposalBatch& batch, const Assessed& assessed) const;
    Row of_others(const SweepLine& line, const ProposalBatch& batch, const Assessed& assessed) const;
    /// What changes against the rule as it stands. `flips`: where each proposal that turns goes; null: only their number.
    void compare(std::uint32_t variant, const ProposalBatch& batch, const Assessed& assessed, const Verdicts& verdicts,
                 SweepCounts& counts, std::vector<SweepFlip>* flips) const;
    WalkCompared compare(const SweepPair& pair, const ProposalBatch& batch, const Verdicts& verdicts) const;
    void find_nearest(SweepFlip& flip, const ProposalBatch& batch, const Assessed& assessed) const;

    const SweepPlan& plan_;
    const Assessment& assessment_;
    std::vector<std::vector<std::uint32_t>> slots_;  ///< of each line
    std::vector<std::uint32_t> adopted_;             ///< the variant that is the rule as it stands, by line
};

/// The units of frontages that are there on the day, each a proposal of the first use that the policies are about, in batches that name their layer as the
/// `first_layer`-th and following of the assessment's layers of proposals. Units without a location are left
/// out. The views of a batch live as long as the layers.
std::vector<ProposalBatch> units_as_proposals(const Layers& layers, std::span<const Policy> policies, Date day,
                                              std::size_t first_layer, std::size_t fields);

}  // namespace geo
