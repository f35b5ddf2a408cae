// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/coverage/zone_policy.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// Where premises stand as a policy sees it.
enum class Zone : std::uint8_t {
    inside,     ///< a rule about where refuses an outlet there
    ring,       ///< not inside, but would be if every limit reached so much farther
    exempt,     ///< inside, were it not for an exemption (a town centre)
    beyond,     ///< none of these: what the inside is compared with
    elsewhere,  ///< outside the area that the policy applies in
    untold,     ///< no location, another use than the policy's, or no walk is known
};
inline constexpr std::size_t kZones = 4;  ///< inside, ring, exempt, beyond: those that are counted
std::string_view word(Zone zone);         ///< `inside`, `ring`, `exempt`, `beyond`

/// The zone of every spell, with the places, areas and rules as at the day the policy came into force, decided as `cordon check` decides (assess/assess.h):
/// exact distances, the policy's own edges and tie, exemptions; tolerance aside (the plain comparison). The ring is where the same rules would reach with
/// limits `ring_m` farther out (0: no ring). `remarks` gets what could not be tested (a layer that the study has not). Runs on all threads; the answer does not depend on them.
/// Throws UsageError where the policy has no such rule, or none can be tested.
std::vector<Zone> zones_of(const Premises& premises, const ZonePolicy& policy, const Layers& layers, double ring_m,
                           std::vector<std::string>& remarks);

}  // namespace geo
