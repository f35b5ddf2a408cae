// SPDX-License-Identifier: Apache-2.0
//
// Places near a site that a distance rule names and could not be tested on. A finding keeps the place that decides; another, perhaps nearer, must not go unsaid.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"

namespace geo {

/// What the rule measures from is not known of the place, and as plotted it is not surely beyond the limit.
struct UntestedPlace {
    std::uint32_t place = 0;
    double straight = kNotMeasured;  ///< metres to its boundary, else to its point
    double walked = kNotMeasured;    ///< the same on foot; NaN: not known, or not what the rule asks
};

/// A finding by distance to what is too near, which another place than its own could change or be as good a reason for. False where the rule does not apply, and of
/// what is clear or exempt.
bool may_leave_untested(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// Of such a finding of slot `slot`: those places, nearest first, without the finding's own; none of another. `near`: Assessment::near_places of the same site and
/// day.
std::vector<UntestedPlace> untested_places(const Finding& finding, std::size_t slot, const Assessment& assessment,
                                           std::span<const Assessment::NearPlace> near);

/// `Point School (schools 2) could not be tested by this rule, because its entrances are not known. As plotted, by its point, it is 60.0 m away on foot (51.0 m in a
/// straight line).`
std::string untested_words(const UntestedPlace& untested, const Slot& slot, const Assessment& assessment);

/// What to find out before the rule is settled: `Find out the entrances of Point School (schools 2; 60.0 m as plotted): they are not known. Until they are, …`.
std::string find_out_words(std::span<const UntestedPlace> untested, const Slot& slot, const Assessment& assessment);

}  // namespace geo
