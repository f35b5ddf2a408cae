// SPDX-License-Identifier: Apache-2.0
//
// Private to the commands of change: whose zones are looked at.
#pragma once

#include <string>
#include <vector>

#include "libgeo/change.h"

namespace geo {

/// How a message calls a policy.
std::string policy_name(const Policy& policy);
/// The last day on which an outlet is known to have opened, closed or stood in a snapshot; Date::min() where no date is known.
Date last_day_on_record(const Change& change);

/// The one policy of the run that is adopted, draws zones, and is in force since a stated day not after `last`; why not the others goes to `others`. Throws
/// UsageError where there is none, or several. `wanted` is what is looked for, in the words of a message: `effect`, `zones`.
const Policy& policy_with_zones(const Change& change, Date last, const std::string& wanted,
                                std::vector<std::string>& others);

}  // namespace geo
