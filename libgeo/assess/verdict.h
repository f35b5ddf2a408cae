// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/assess.h"

namespace geo {

/// What a finding adds to the verdict: a rule that cannot breach counts as clear, unless it is unknown or not applicable.
Result in_verdict(Result result, const Outcome& outcome);

/// Puts the findings of each proposal together: the worst over adopted policies in force, over all its sites; triggered outcomes are
/// listed beside it; emerging and withdrawn policies do not count; a rule that cannot breach (consult, condition, …) counts as clear
/// unless it is unknown or not applicable. Fills assessed.verdicts: those of a proposal's later sites stay not-applicable.
void put_together(const ProposalBatch& batch, const std::vector<Slot>& slots, const Assessment& assessment,
                  Assessed& assessed);

}  // namespace geo
