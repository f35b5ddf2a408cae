// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"

namespace geo {

inline constexpr std::uint32_t kNoArea = 0xffffffffU;

/// The area that holds each shape's point (its first vertex); kNoArea outside all, or without a location. A point on a shared border belongs to one area only:
/// the one with the least code. Exact: the even-odd rule on the coordinates as they are.
std::vector<std::uint32_t> area_of_each(const Shapes& points, const AreaLayer& areas, unsigned threads);

/// Outlets by area, use and day. A period goes from days[k - 1] to days[k]; period 0 has no openings or closures (-1).
struct AreaCounts {
    std::vector<Date> days;
    std::vector<Use> uses;
    std::size_t areas = 0;
    /// [use][day][area]; -1: not covered on that day (a snapshot without the area's authority), which is not 0. Openings and closures are -1 too where the day
    /// before is not covered.
    std::vector<std::int32_t> outlets, opened, closed;
    /// Spells of these uses that trade on some day of the first to the last, and are in no area, or lie inside more than one (counted in one); said as issues.
    std::uint64_t outside = 0, without_location = 0, unclear = 0, in_several = 0;
    std::vector<std::vector<std::uint32_t>> area_of;  ///< [premises layer][spell]
    std::size_t at(std::size_t use, std::size_t day, std::size_t area) const {
        return (use * days.size() + day) * areas + area;
    }
};
/// Each spell counts once for each of its uses. An outlet in trade on a day: Premises::trades. Opened in a
/// period: Premises::opens and opened.by in (days[k-1], days[k]], its authority being covered on the day before; closed likewise. The change between two days
/// holds moves and changes of use too (register_counts.h tells them apart).
/// `days` ascend. Where an authority is absent from the snapshot that speaks for a day, the areas that it registers are not covered: an area is taken to be
/// that authority's which registers most of the outlets in it; with none, that of the outlet nearest to its centroid.
AreaCounts count_by_area(std::span<const Premises> premises, const AreaLayer& areas, std::span<const Date> days,
                         std::span<const Use> uses, unsigned threads, Issues& issues);

/// When a spell trades, as seen on the days counted: on days [first, end); it opened in the period that day `opened` ends, and closed in that of `closed`
/// (days.size(): in none that is known, its authority not being covered at the period's beginning, or by a move or another use).
struct SpellDays {
    std::size_t first, end, opened, closed;
};
SpellDays spell_days(const Premises& premises, std::size_t spell, std::span<const Date> days);

/// Residents of each area on a day: the latest year not after the day's; `interpolate`: in a straight line between the two years (1 July of each) around it.
/// A figure without a year (0) stands for every day. NaN: none.
std::vector<double> population_on(const AreaLayer& areas, Date day, bool interpolate);

}  // namespace geo
