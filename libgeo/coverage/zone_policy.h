// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// A policy narrowed to what draws zones: rules that refuse or resist by distance to places or by lying inside an area.
struct ZonePolicy {
    Policy policy;                        ///< with those rules only
    std::vector<Use> uses;                ///< that they apply to; empty: every use
    std::vector<std::string> left_aside;  ///< the other rules, with why: `FH3 (consult)`
    std::vector<std::string> no_ring;     ///< rules with zones but without a ring: inside an area
};
ZonePolicy zone_policy(const Policy& policy);

}  // namespace geo
