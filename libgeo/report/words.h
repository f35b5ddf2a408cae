// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/assess/assess.h"

namespace geo {

/// What the notes of a finding say, in plain English, each a short clause: `only a point of the school is known`.
std::vector<std::string> words_of_notes(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// One line that says why: `312.4 m from the boundary of Ash Primary School (schools 1001), limit 400 m: contrary to FH1`. Never "refuse".
std::string reason(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// Cells of the table `findings` for one finding, in the order of kFindingColumns (command-line.md, "Columns that stay").
const std::vector<std::string>& finding_columns();
std::vector<std::string> finding_cells(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                                       const Assessment& assessment);

/// Cells of the table `verdicts`, in the order of `verdict_columns` (the kept columns follow).
std::vector<std::string> verdict_columns(const std::vector<std::string>& kept);

}  // namespace geo
