// SPDX-License-Identifier: Apache-2.0
//
// A study with everything that assessing its proposals takes: what `check`, `zones`, `sweep`, `map` and `report` start from.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/layers/study.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// What the command line adds to a study, for every command that assesses.
struct StudyRequest {
    std::filesystem::path study;
    std::vector<std::string> policies;  ///< `--policy FILE|ID`: in place of the study's
    std::optional<Date> on;             ///< `--on`
    std::optional<double> tie_m;        ///< `--tie`
    unsigned threads = 0;               ///< `--threads`; 0: all
    GridFolders grids;
    std::shared_ptr<const LoadedLayers>
        read;  ///< every layer, as another answer to this study and these policies has read them; null: they are read
};

/// Layers of places that some rule measures from their entrances: LoadOptions::entrances_of.
std::vector<std::string> measured_from_entrances(std::span<const Policy> policies);

/// The stages one after another (geo.h). Not movable: the assessment points into it.
class LoadedStudy {
    std::shared_ptr<LoadedLayers> own_;  // null: `read` is another's

  public:
    /// Stages 1 and 2: the study and its policies, read and checked; no layer is opened yet. UsageError where there is no policy and `needs_policy`.
    explicit LoadedStudy(const StudyRequest& asked, bool needs_policy = true);
    LoadedStudy(const LoadedStudy&) = delete;
    LoadedStudy& operator=(const LoadedStudy&) = delete;

    /// Before load(): the walking network too where the study's streets make one, though no policy asks, for answers that show walks beside straight lines.
    void walk_where_possible();
    /// Stage 3. `everything`: outlets and frontages too, whether or not a policy asks for them.
    void load(bool everything = false);
    /// Stages 4 and 5, after load(): opens the proposals and binds the policies. UsageError when the study has no proposals.
    void open_proposals();
    /// After the last batch: verifies the accounts of rows and fills `provenance`.
    void finish();
    bool has_proposals() const;
    AssessOptions assess_options() const;
    /// The record of what the answer rests on, where no proposals were read.
    Provenance record() const;

    StudyRequest request;
    Study study;
    std::vector<Policy> policies;
    LoadOptions options;
    std::shared_ptr<const LoadedLayers> read;  ///< for another answer to begin from, once they are loaded
    const Layers& layers;                      ///< of `read`
    Issues issues;
    std::unique_ptr<ProposalReader> proposals;
    std::vector<LayerFacts> proposal_facts;  ///< of each layer of proposals
    std::unique_ptr<Assessment> assessment;
    Provenance provenance;
};

}  // namespace geo
