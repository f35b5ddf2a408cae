// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/density/area_counts.h"

namespace geo {

/// What a register holds of a use on a day, in an area or not, and how it came to that since the day before:
///   on_record = before + opened + unmatched_opened + moved_in + use_gained - closed - unmatched_closed - moved_out - use_lost
///   on_record = in_areas + outside + without_location
struct RegisterRow {
    std::uint32_t layer = 0, authority = 0;  ///< index into the premises; into its `authorities`
    Use use = Use::unstated;
    Date day{};
    bool covered = true;      ///< the snapshot that speaks for the day holds the authority
    bool has_before = false;  ///< so does that of the day before: the figures of the step are known
    std::int64_t before = 0, opened = 0, unmatched_opened = 0, moved_in = 0, use_gained = 0;
    std::int64_t closed = 0, unmatched_closed = 0, moved_out = 0, use_lost = 0, on_record = 0;
    std::int64_t new_operators = 0, location_gained = 0,
                 location_lost = 0;  ///< of the step; none of these is a change of the count
    std::int64_t in_areas = 0, outside = 0, without_location = 0;
};

/// By layer, authority, use and day; authorities without an outlet of the use on any of the days are left out.
std::vector<RegisterRow> register_rows(std::span<const Premises> premises, const AreaCounts& counts);

}  // namespace geo
