// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/geometry/shapes.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// What one rule says of one proposal. Ordered by gravity: the worst of several is the largest.
enum class Result : std::uint8_t { not_applicable, clear, exempt, unknown, triggered, borderline, breach };
std::string_view word(Result result);  ///< `not-applicable`, `clear`, …

/// Why a result is what it is, beside the numbers. Several may hold.
enum class Note : std::uint32_t {
    none = 0,
    boundary_from_point = 1u << 0,      ///< the rule says boundary, only a point of the place is known
    site_from_point = 1u << 1,          ///< the rule says the site's boundary, only its point is known
    entrances_from_boundary = 1u << 2,  ///< the rule says entrances, none are known: measured from the boundary
    entrances_unknown = 1u << 3,        ///< the rule says entrances, only a point is known
    kind_unknown = 1u << 4,             ///< the place's kind is not known; tested and flagged
    state_unclear = 1u << 5,            ///< whether the place was open on the day is not clear
    beyond_cover = 1u << 6,             ///< the limit reaches beyond what the layer covers
    on_the_tie = 1u << 7,               ///< measured within the tie of the limit
    grid_loss = 1u << 8,                ///< the missing OSTN15 grid widened the tolerance
    accuracy_not_stated = 1u << 9,
    exemption_near_edge = 1u << 10,
    exemption_partly = 1u << 11,    ///< a site polygon lies partly in the exempting area
    exemption_untested = 1u << 12,  ///< the exempting layer is missing
    layer_missing = 1u << 13,
    no_location = 1u << 14,
    use_unstated = 1u << 15,
    other_use = 1u << 16,
    same_use = 1u << 17,
    nothing_changes = 1u << 18,
    not_in_force = 1u << 19,
    elsewhere = 1u << 20,  ///< outside `applies-in`
    when_not_met = 1u << 21,
    layer_empty = 1u << 22,          ///< no place of the rule's kinds was open on the day
    walking_untested = 1u << 23,     ///< walking distance needs a streets layer
    judgement = 1u << 24,            ///< the policy states no number
    applies_in_untested = 1u << 25,  ///< no layer holds the area `applies-in`
    when_untested = 1u << 26,
    near_area_edge = 1u << 27,         ///< within tolerance of the edge of `applies-in` or of a `when` area
    site_entrance_unknown = 1u << 28,  ///< the rule says the site's entrance: measured from the site's geometry
};
constexpr std::uint32_t operator|(Note a, Note b) {
    return static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b);
}
constexpr bool has(std::uint32_t notes, Note note) { return (notes & static_cast<std::uint32_t>(note)) != 0; }

/// One rule against one layer for one site: what was measured, between which points, and what follows. Plain data, no text: text is made
/// when something is printed (report/words.h).
struct Finding {
    Result result = Result::not_applicable;
    bool plain = false;                                                ///< the bare comparison held, tolerance aside
    bool measured_something = false;                                   ///< `measured` and the points mean something
    float tolerance_place = 0, tolerance_site = 0, tolerance_crs = 0;  ///< metres; their sum decides borderline
    std::uint32_t notes = 0;
    std::uint32_t place = 0xffffffffU;        ///< index in the layer
    std::uint32_t exempt_area = 0xffffffffU;  ///< index in the exempting layer
    std::int16_t exempt_layer = -1;           ///< which of the rule's `unless` layers
    double measured = 0.0;                    ///< metres
    Point site, place_point;                  ///< the two ends
    /// limit - measured for <= and <: positive = inside by so much.
    double margin(const Comparison& c) const { return c.limit - measured; }
};

/// Verdict of a proposal: worst result over adopted policies in force and its sites.
struct Verdict {
    Result result = Result::not_applicable;  ///< never `triggered`
    bool triggered = false;                  ///< something is triggered beside it
    std::uint32_t site = 0;                  ///< row of the batch whose findings decided
    std::int32_t nearest_slot = -1;  ///< slot (plan) of the nearest place over the policy's distance rules; -1 none
};

}  // namespace geo
