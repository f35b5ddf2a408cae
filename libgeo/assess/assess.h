// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/geometry/walking.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/policy/policy.h"

namespace geo {

struct AssessOptions {
    std::optional<Date> on;           ///< `--on`: for every proposal
    std::optional<Date> study_as_at;  ///< where a proposal has no decision date
    Date today{};                     ///< last resort, recorded as such
    std::optional<double> tie_m;      ///< `--tie`: overrides every policy's
    unsigned threads = 0;             ///< 0: all
};

/// One column of findings: a rule of a policy against one of its layers. Slots stand in the order of policies, rules, layers.
struct Slot {
    std::uint32_t policy = 0, rule = 0, layer = 0;  ///< indices: into policies, its rules, the measure's `to`
    bool counts = true;                             ///< policy adopted: its results enter the verdict
    const PlaceLayer* places = nullptr;             ///< null: the study has no such layer
};

/// A distance rule read otherwise: with another limit, with or without its exemptions. Nothing else of it changes. (Read by walking in place of a straight
/// line, or the other way round: a policy of its own, coverage/sweep_plan.h.)
struct Reading {
    double limit = 0;        ///< metres
    bool exemptions = true;  ///< false: as if the rule had no `unless`
};

/// Findings and verdicts of a batch. findings[slot][row]; verdicts and as_at by row (for sites of one proposal, the verdict stands at the first row
/// and `verdict_of` leads there).
struct Assessed {
    std::vector<std::vector<Finding>> findings;
    std::vector<Verdict> verdicts;
    std::vector<Date> as_at;
    /// readings[slot][reading][row]: what the slot's rule would come to as each of its readings has it. Verdicts are of the rules as they stand.
    std::vector<std::vector<std::vector<Result>>> readings;
};

/// Policies bound to layers: which place each rule may look at, which searches can be shared, which areas exempt. Built once; `assess` is const and safe from
/// many threads. Policies and layers must outlive it.
///
/// How a distance is decided: assess/measures/distance.h. How findings become a verdict: assess/verdict.h.
class Assessment {
  public:
    /// `proposals`: facts of each layer of proposals, in the order of ProposalBatch::layer (their accuracies and CRS operations may differ); at least one.
    Assessment(std::span<const Policy> policies, const Layers& layers, std::span<const LayerFacts> proposals,
               const AssessOptions& options);
    ~Assessment();

    std::span<const Policy> policies() const;
    const Layers& layers() const;
    const std::vector<Slot>& slots() const;
    const Rule& rule(const Slot& slot) const;
    const Policy& policy(const Slot& slot) const;
    const AssessOptions& options() const;
    std::span<const LayerFacts> proposals() const;
    /// What can be said before any proposal is seen: layers missing, limits of the study (`SCH-400 not tested: the study has no schools layer`).
    const std::vector<std::string>& remarks() const;

    /// `readings`: by slot, for distance rules with a limit; none for the others, or none at all. Each place is searched for once, then every reading is decided
    /// as a rule of its own would be: the same results as with a policy edited to it.
    Assessed assess(const ProposalBatch& batch, std::span<const std::vector<Reading>> readings = {}) const;

    /// Every place within a limit and a quarter more, of each layer that a distance rule names, by each way of measuring: the table "which 400 m?".
    struct NearPlace {
        std::uint32_t slot = 0;
        std::uint32_t place = 0;
        double boundary = 0, entrances = 0, centroid = 0;  ///< metres in a straight line; NaN where not known
        /// Metres walked from the nearest point of the boundary, from the nearest entrance, from the centroid; NaN where not known.
        double walk_boundary = kNotMeasured, walk_entrances = kNotMeasured, walk_centroid = kNotMeasured;
        bool open = true;  ///< on the day
    };
    std::vector<NearPlace> near_places(const ProposalBatch& batch, std::size_t row, Date as_at) const;

    /// The way that a walked finding took: place → where it joins the streets → along them → where the site joins → site. Of ways as long as each other one, always the
    /// same. None for a finding that was not walked.
    struct Route {
        Point place, from, to, site;  ///< the ends, and where they join the street
        Shapes way;                   ///< one line from `from` to `to`; no shape where both are the same place
        double access_place = 0, along = 0, access_site = 0;  ///< metres; their sum is Finding::measured
    };
    std::optional<Route> route(const ProposalBatch& batch, std::size_t row, std::uint32_t slot,
                               const Finding& finding) const;
    /// Where walks to places of a walked slot begin, places open on the day; empty for other slots.
    std::vector<WalkStart> walk_starts(std::uint32_t slot, Date as_at) const;

  private:
    struct Bound;
    std::vector<LayerFacts> proposals_;
    std::vector<std::unique_ptr<Bound>> bound_;  // by layer of proposals; they share their indexes
};

/// Counts of a run.
struct Tally {
    std::uint64_t proposals = 0, sites = 0;
    std::uint64_t by_result[7] = {};  ///< by Result, verdicts
    std::uint64_t triggered = 0, plain_breaches = 0, on_the_tie = 0;
    /// [slot][Result]
    std::vector<std::array<std::uint64_t, 7>> by_slot;
    std::vector<std::uint64_t> plain_by_slot;
};

/// Takes findings in input order, one batch after another, on one thread. A writer.
class Sink {
  public:
    virtual ~Sink() = default;
    /// Makes the bytes of a batch; called from many threads.
    virtual std::string format(const ProposalBatch& /*batch*/, const Assessed& /*assessed*/) const { return {}; }
    /// Takes them in input order; one thread. `bytes` is what `format` made of the same batch.
    virtual void take(const ProposalBatch& batch, const Assessed& assessed, std::string&& bytes) = 0;
};

/// The run: read in order → assess and format in parallel → take in input order, a bounded number of batches under way. `progress`, when set, is called
/// now and then with rows done and the share of the input read.
Tally run(ProposalReader& proposals, const Assessment& assessment, std::span<Sink* const> sinks, Issues& issues,
          const std::function<void(std::uint64_t, double)>& progress = {});

}  // namespace geo
