// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "libgeo/coverage/zones.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// The zones as the features that planning.data.gov.uk would hold of a data set `fast-food-exclusion-zone`, a CSV: reference (`POLICY-RULE`), name (the rule's title), entry-date (the day
/// of the zones), start-date and end-date (of the policy), documentation-url (empty: not known), geometry. A row a rule of an adopted policy that has somewhere to breach, and is not by walking (what is drawn of
/// that is no outline of where it breaches). The geometry is where a proposal would breach, exemptions cut out, as a WKT MULTIPOLYGON in EPSG:4326 (longitude, latitude, 7 decimals: a centimetre).
std::string planning_data_csv(std::span<const Policy> policies, const Zones& zones, const Crs& crs,
                              const GridFolders& grids);

}  // namespace geo
