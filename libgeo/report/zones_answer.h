// SPDX-License-Identifier: Apache-2.0
//
// The answer of `cordon zones` as tables and words.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "libgeo/coverage/zone_cover.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/table.h"

namespace geo {

/// What is said of every drawn zone, in the tables too.
inline constexpr const char* kZoneIsDrawn = "drawing, within 10 cm outside the true line; verdicts are measured";
/// Of a rule by walking, and of rules together of which one is.
inline constexpr const char* kWalkingZoneIsDrawn =
    "drawing, along streets that are within the limit on foot, up to 25 m beside them; a verdict is measured, not read "
    "off";
inline constexpr const char* kPartlyWalkingZoneIsDrawn =
    "drawing, in part along streets that are within the limit on foot; a verdict is measured, not read off";

/// All that the answer is read from. What it points to must outlive it.
struct ZonesFacts {
    std::span<const Policy> policies;
    const Zones* zones = nullptr;
    std::vector<LayerCover> covers;    ///< units, outlets, addresses
    std::vector<std::string> remarks;  ///< beside those of the zones
};

/// Table `zones`, shapes: the distance (or the areas to lie in), exemptions aside. Table `breach`: where a proposal would breach. A row a rule, then, where several rules draw, one of all rules of adopted policies
/// together (policy `all`):
/// `zones`: policy, policy_status, rule, title, limit, as_at, places, zone_ha, zone_area_ha and zone_percent (of the study area), breach_ha, breach_area_ha, breach_percent, left_ha, left_percent,
/// units, units_breach, units_left, outlets, outlets_breach, addresses, addresses_breach, drawing.
/// `breach`: policy, policy_status, rule, title, limit, as_at, breach_ha, breach_area_ha, breach_percent, drawing.
/// Where a rule is by walking, table `streets`, shapes: a row a stretch of a street that is within the limit on foot, exemptions aside, cut where the limit ends:
/// policy, policy_status, rule, limit, as_at, length_m, begin_m, end_m (metres walked from the nearest entrance to either end).
/// Empty: the study states no area; it has no frontages, outlets, look-up of UPRNs.
/// Table `covered`, a row a layer of points and rule: of (units, outlets, addresses), layer, policy, rule, total, within (the zone, exempt or not), exempt, breach, breach_percent, left, elsewhere (where the policy does not apply),
/// unknown (no walk is known, and a straight line leaves it open).
/// `shapes` is filled with what the tables draw.
std::vector<AnswerTable> zones_tables(const ZonesFacts& facts, Shapes& shapes);

/// `Together they take in 1,234.5 ha, 45.6 % of the study area; …`: what is covered and what is left.
std::vector<std::string> zones_sentences(const ZonesFacts& facts);
/// How the figures were got, what is not drawn.
std::vector<std::string> zones_notes(const ZonesFacts& facts);
/// The tables of the terminal.
std::string zones_text(const ZonesFacts& facts, unsigned width);

}  // namespace geo
