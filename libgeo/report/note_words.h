// SPDX-License-Identifier: Apache-2.0
//
// Why a finding is what it is, beside the numbers: a clause for each note. Private to this stage.
#pragma once

#include <string>

#include "libgeo/assess/assess.h"

namespace geo {

/// What a reader needs to understand the result, joined; accuracy and the tie are said elsewhere.
std::string doubts(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// What exempts: `Kingsmere Village (town-centres TC2)`, `open within 17:00-23:30`.
std::string exemption_words(const Finding& finding, const Slot& slot, const Assessment& assessment);

}  // namespace geo
