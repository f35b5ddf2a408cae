// SPDX-License-Identifier: Apache-2.0
//
// What if it were 300 m: `cordon sweep`.
//
//   LoadedStudy ─ plan_sweep ─▶ every reading of every rule ─▶ proposals once, each place searched for once ─▶ counts and flips
//                                                          └─▶ zones of each reading ─────────────────────────┴─▶ tables, words, curve
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "libgeo/change.h"
#include "libgeo/coverage/sweep.h"
#include "libgeo/loaded_study.h"

namespace geo {

/// What `cordon sweep` is asked. `on` holds for proposals, units and zones; without it proposals are assessed as `check` does, units and zones as at the study's
/// as-at day, else today.
struct SweepRequest : StudyRequest {
    SweepOptions sweep;
    bool zones = true;  ///< `--no-zones`: they are not drawn
    bool flips = true;  ///< the table `flips` is made; without it memory does not grow with the number of proposals
    std::vector<std::filesystem::path> out;
    bool replace = false;
    unsigned width = 100;
    std::function<void(std::uint64_t, double)> progress;
};

/// All stages. Tables `sweep` and `flips` (report/sweep_answer.h). UsageError where the study has no proposals or no rule can be read otherwise.
ChangeAnswer sweep(const SweepRequest& request);

}  // namespace geo
