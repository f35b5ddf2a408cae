// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/policy_zones.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"

namespace geo {

/// Where an outlet counts as a policy sees it; together they are all outlets in areas.
enum class ZoneSide : std::uint8_t {
    inside,   ///< a rule about where refuses an outlet there
    exempt,   ///< inside, were it not for an exemption
    outside,  ///< anywhere else, however near
};
inline constexpr std::size_t kZoneSides = 3;
std::string_view word(ZoneSide side);  ///< `inside`, `exempt`, `outside`

/// A use and day on one side. What is not known is kNotKnown or NaN, where it is so of the total too: see density_table.h.
struct ZoneRow {
    static constexpr std::int64_t kNotKnown = std::numeric_limits<std::int64_t>::min();
    ZoneSide side = ZoneSide::inside;
    std::uint32_t use = 0, day = 0;  ///< indices into those of the counts by area
    std::int64_t outlets = kNotKnown, opened = kNotKnown, closed = kNotKnown, change = kNotKnown;
    double change_percent = std::numeric_limits<double>::quiet_NaN();
};

struct ZoneCounts {
    ZonePolicy policy;                 ///< whose zones they are, as on policy.policy.from
    std::vector<ZoneRow> rows;         ///< by use, day and side; only of the policy's uses
    std::uint64_t elsewhere = 0;       ///< of those outside: beyond the area that the policy applies in
    std::vector<Use> other_uses;       ///< counted by area, and not the policy's
    std::vector<std::string> remarks;  ///< what could not be tested
};

/// Outlets inside the policy's zones, exempt from them and outside, by use and day: the very outlets that `counts` has in its areas, so that the three sum to
/// all of them (and their change, openings and closures to those of the total, which are of areas covered on both days). The zone of an outlet: zones_of, for each
/// use by itself, with places as on the policy's first day in force, whichever day is counted. `counts` is of the same premises.
/// Throws UsageError where no use of the counts is the policy's, and as zones_of does.
ZoneCounts zone_counts(std::span<const Premises> premises, const AreaCounts& counts, const ZonePolicy& policy,
                       const Layers& layers);

/// The same with the zones given: zones[use of the counts][premises layer][spell]; an empty zones[use] has no rows.
std::vector<ZoneRow> zone_rows(std::span<const Premises> premises, const AreaCounts& counts,
                               const std::vector<std::vector<std::vector<Zone>>>& zones);

/// Plain words that go with the figures: whose zones, as on which day, what is inside, exempt and outside, which rules draw none.
std::vector<std::string> zone_notes(const ZoneCounts& zones);

}  // namespace geo
