// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
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
enum class Note : std::uint64_t {
    none = 0,
    boundary_from_point = 1ULL << 0,      ///< the rule says boundary, only a point of the place is known
    site_from_point = 1ULL << 1,          ///< the rule says the site's boundary, only its point is known
    entrances_from_boundary = 1ULL << 2,  ///< the rule says entrances, none are known: measured from the boundary
    entrances_unknown = 1ULL << 3,        ///< the rule says entrances, only a point is known
    kind_unknown = 1ULL << 4,             ///< the place's kind is not known; tested and flagged
    state_unclear = 1ULL << 5,            ///< whether the place was open on the day is not clear
    beyond_cover = 1ULL << 6,             ///< the limit reaches beyond what the layer covers
    on_the_tie = 1ULL << 7,               ///< measured within the tie of the limit
    grid_loss = 1ULL << 8,                ///< the missing OSTN15 grid widened the tolerance
    accuracy_not_stated = 1ULL << 9,
    exemption_near_edge = 1ULL << 10,
    exemption_partly = 1ULL << 11,    ///< a site polygon lies partly in the exempting area
    exemption_untested = 1ULL << 12,  ///< the exempting layer is missing
    layer_missing = 1ULL << 13,
    no_location = 1ULL << 14,
    use_unstated = 1ULL << 15,
    other_use = 1ULL << 16,
    same_use = 1ULL << 17,
    nothing_changes = 1ULL << 18,
    not_in_force = 1ULL << 19,
    elsewhere = 1ULL << 20,  ///< outside `applies-in`
    when_not_met = 1ULL << 21,
    layer_empty = 1ULL << 22,          ///< no place of the rule's kinds was open on the day
    walking_untested = 1ULL << 23,     ///< walking distance needs a streets layer
    judgement = 1ULL << 24,            ///< the policy states no number
    applies_in_untested = 1ULL << 25,  ///< no layer holds the area `applies-in`
    when_untested = 1ULL << 26,
    near_area_edge = 1ULL << 27,            ///< within tolerance of the edge of `applies-in` or of a `when` area
    site_entrance_unknown = 1ULL << 28,     ///< the rule says the site's entrance: measured from the site's geometry
    value_missing = 1ULL << 29,             ///< the area or the application has no such figure
    no_area = 1ULL << 30,                   ///< the site lies in none of the areas asked
    no_unit = 1ULL << 31,                   ///< no unit of a frontage is the proposal's
    two_units = 1ULL << 32,                 ///< two units may be the proposal's
    no_snapshot = 1ULL << 33,               ///< no snapshot of the outlets is on or before the day
    outlets_without_location = 1ULL << 34,  ///< some outlets that trade have none: they may count too
    near_count_edge =
        1ULL << 35,  ///< outlets within tolerance of the radius or of the area's edge: the count is a range
    state_of_outlets_unclear =
        1ULL << 36,                ///< whether some outlets trade on the day is not clear: the count is a range
    no_other = 1ULL << 37,         ///< no other unit of the use on the frontage: no gap to measure
    street_unstated = 1ULL << 38,  ///< the rule asks for the same street; the proposal's or the place's is not known
    no_band = 1ULL << 39,          ///< no band of the rule fits
    metres_missing = 1ULL << 40,   ///< some units have no frontage metres
    exempt_by_field = 1ULL << 41,  ///< exempt by a figure, or by hours, and not by an area
    hours_unstated = 1ULL << 42,   ///< the exemption asks for opening hours that the application does not state
    value_not_given = 1ULL << 43,  ///< the limit is a value that the study does not give
    itself_counted_once = 1ULL << 44,  ///< an existing outlet or unit is the proposal itself
    two_areas = 1ULL << 45,      ///< within tolerance of the edge between areas: which one holds the site is not clear
    partly_inside = 1ULL << 47,  ///< the site lies partly in the area
    population_missing = 1ULL << 46,  ///< no population for the area on the day
    nothing_listed =
        1ULL << 48,  ///< no unit (no food outlet) of the area is listed: there is nothing to take a share of
    // Walking.
    start_from_point = 1ULL << 49,     ///< walked from where the place's point meets a street: no entrance, no boundary
    start_from_boundary = 1ULL << 50,  ///< walked from a point of the place's boundary; else from an entrance
    site_far_from_street = 1ULL << 51,  ///< the site stands too far from every street: no walk is known
    place_far_from_street =
        1ULL << 52,       ///< a place within the limit in a straight line stands too far from every street
    no_way = 1ULL << 53,  ///< no way leads over these streets to a place that is within the limit in a straight line
    no_footpaths = 1ULL << 54,  ///< the streets have no footpaths: the walk may be shorter, so this is no "clear"
    clear_in_straight_line =
        1ULL
        << 55,  ///< no walk is known, but a straight line, the shortest that a walk can be, is longer than the limit
    date_unread = 1ULL << 56,  ///< the date of decision cannot be read: the day to assess as at is not known
    use_unread = 1ULL << 57,   ///< a use is stated that is not understood: ProposalBatch::use_note
    /// Within the accuracy of an end of the walk another street is the nearest, from where it may be on the other side of the limit.
    other_street = 1ULL << 58,
};
constexpr std::uint64_t bits(Note note) { return static_cast<std::uint64_t>(note); }
constexpr std::uint64_t operator|(Note a, Note b) { return bits(a) | bits(b); }
constexpr bool has(std::uint64_t notes, Note note) { return (notes & bits(note)) != 0; }

inline constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// One rule against one layer for one site: what was measured, between which points, and what follows. Plain data, no text: text is made
/// when something is printed (report/words.h).
struct Finding {
    Result result = Result::not_applicable;
    bool plain = false;               ///< the bare comparison held, tolerance aside
    bool measured_something = false;  ///< `measured` and the points mean something
    float tolerance_place = 0, tolerance_site = 0,
          tolerance_crs = 0;   ///< metres; their sum, with the walk's, decides borderline
    float tolerance_walk = 0;  ///< metres: the band of a walked distance
    std::uint64_t notes = 0;
    std::uint32_t place = 0xffffffffU;  ///< index in the layer: the place; the area of a share, count or attribute
    std::uint32_t exempt_area = 0xffffffffU;  ///< index in the exempting layer
    std::int16_t layer = -1;  ///< which of the measure's layers, where a slot stands for all of them; -1: the slot's
    std::int16_t exempt_layer = -1;  ///< which of the rule's `unless` layers
    std::uint8_t band = 0xff;        ///< which of the rule's bands; 0xff: its `breach`
    std::int16_t year = 0;           ///< of the figure or the population that was looked at; 0: stated without one
    double measured = 0.0;           ///< in the unit of the comparison: metres, per cent, units, a number
    Point site, place_point;         ///< the two ends
    double limit = kNotMeasured;     ///< of the comparison that counted; NaN: judgement, or not got so far
    // What count, share, run and gap add; NaN where a measure has no use for them.
    double before = kNotMeasured, after = kNotMeasured;  ///< the measure as things stand, and with the proposal
    double numerator = kNotMeasured, denominator = kNotMeasured;  ///< of `measured`
    double least = kNotMeasured, most = kNotMeasured;  ///< the range that `measured` lies in, where it is one
    std::uint32_t
        frontage = 0xffffffffU,
        unit =
            0xffffffffU;  ///< indices in the frontages layer: the frontage, the proposal's unit (new build: the unit it comes after)
    std::uint32_t first_unit = 0xffffffffU,
                  last_unit = 0xffffffffU;  ///< the units that were counted, or the run: first and last
    // What walking adds. `measured` is access of the place, way, access of the site; `site` and `place_point` are the two ends, off the street.
    double straight = kNotMeasured;  ///< metres in a straight line to the nearest of the places, which may be another
    std::uint32_t straight_place = 0xffffffffU;
    std::uint32_t access_place = 0, access_site = 0;  ///< millimetres of `measured` between the two ends and the street
    /// Of a distance: the nearest of all the places that the rule may look at, as far as each can be measured, and its metres (by the rule's measure). Another than `place`
    /// where a farther one decides: its boundary or its entrances are not known, say. NaN: none.
    std::uint32_t nearest_place = 0xffffffffU;
    double nearest = kNotMeasured;
    /// limit - measured: for <= and < positive = inside by so much.
    double margin() const { return limit - measured; }
};

/// Verdict of a proposal: worst result over adopted policies in force and its sites.
struct Verdict {
    Result result = Result::not_applicable;  ///< never `triggered`
    bool triggered = false;                  ///< something is triggered beside it
    std::uint32_t site = 0;                  ///< row of the batch whose findings decided
    std::int32_t nearest_slot =
        -1;  ///< slot whose Finding::nearest is least, of the distance rules that count; -1 none
};

}  // namespace geo
