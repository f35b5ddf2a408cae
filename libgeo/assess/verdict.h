// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/assess.h"

namespace geo {

/// Puts the findings of each proposal together: the worst over adopted policies in force, over all its sites; triggered outcomes are
/// listed beside it; emerging and withdrawn policies do not count. Fills assessed.verdicts.
void put_together(const ProposalBatch& batch, const std::vector<Slot>& slots, Assessed& assessed);

}  // namespace geo
