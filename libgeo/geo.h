// SPDX-License-Identifier: Apache-2.0
//
// The engine on one page: one function per stage, in the order they run.
//
//   study file ─ read_study ─▶ Study ─ load_layers ─▶ Layers (places, areas, outlets: loaded once, indexed, they stay)
//   policies   ─ read_policies ─▶ Policy                        │
//   proposals  ─ ProposalReader ─▶ batches of columns ──────────┤  (they flow, however many)
//                                                               ▼
//                         Assessment::assess: a Finding for each rule, layer and site ─▶ Verdict ─▶ writers
//
// What goes in: one study file (TOML) that names layers, files, a CRS and policies. What comes out: for each proposal a verdict: the worst of its
// findings. A finding holds what was measured (metres), between which two points, against which limit, with which tolerance, the result
// (breach, borderline, unknown, exempt, clear, triggered, not-applicable), the plain comparison, the exemption and what is doubtful.
//
// Where a rule is decided: `assess/measures/distance.h` (one distance against one limit), called from `assess/assess.cpp`, put
// together in `assess/verdict.h`. No other place decides anything; writers print.
//
// A row that cannot be used as it stands becomes an Issue (base/issues.h): where, what, what was done about it. For every file
// rows read = rows used + rows listed. A place without a location may hide a breach: the run is then incomplete and says so.
// A file that cannot be trusted at all stops the run with one message (base/errors.h).
#pragma once

#include "libgeo/assess/assess.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/layers/study.h"
#include "libgeo/loaded_study.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/inspect.h"
#include "libgeo/report/writers.h"

namespace geo {

/// What the command line adds to a study.
struct CheckRequest : StudyRequest {
    std::vector<std::filesystem::path> out;  ///< `--out`, repeatable
    std::optional<std::filesystem::path> findings, places;
    bool by_policy = false, replace = false;
    std::optional<std::string> at;  ///< `--at`: one place in place of the study's proposals
    std::function<void(std::uint64_t, double)> progress;
    unsigned width = 100;  ///< of the terminal table
};

struct CheckAnswer {
    Tally tally;
    Issues issues;
    Provenance provenance;
    std::string text;  ///< the terminal table; empty when files were asked for
    bool incomplete = false;
};

// The stages, in the order they run. Each throws Error (base/errors.h) when it cannot go on.
//   1. read_study        layers/study.h       the study file, checked; nothing opened yet
//   2. read_policies     below                each policy, checked against the study's layer names
//   3. load_layers       layers/places.h      files → columns in the study's CRS, issues
//   4. ProposalReader    layers/proposals.h   proposals as a stream of batches
//   5. Assessment        assess/assess.h      policies bound to layers; `run` drives the pipeline
//   6. writers           report/writers.h     CSV, JSON, GeoJSON, GeoPackage, the terminal table

/// Stage 2. Files relative to the study, or ids of the catalogue.
std::vector<Policy> read_policies(const Study& study, const std::vector<std::string>& instead);

/// All stages: `cordon check`.
CheckAnswer check(const CheckRequest& request);

struct InspectAnswer {
    std::string text;
    Issues issues;
};
/// Stages 1, 3 and 4: `cordon inspect`. Every layer is read, proposals too; no rule is needed.
InspectAnswer inspect(const std::filesystem::path& study_file, const GridFolders& grids, unsigned width);

}  // namespace geo
