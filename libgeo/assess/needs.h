// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "libgeo/layers/study.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// Which layers, beside places and areas, the policies need.
struct Needs {
    bool outlets = false, frontages = false;
    bool walking = false;  ///< the network of the streets
};
Needs needs_of(std::span<const Policy> policies);

/// Every layer that a rule names is of the kind that its measure looks at: a distance is measured to places, `inside` looks at areas, a run along
/// frontages. A layer that the study has not is no mistake here: the rule is then unknown. Throws UsageError with file, line and rule.
void expect_kinds(const Policy& policy, const Study& study);

}  // namespace geo
