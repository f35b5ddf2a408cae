// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/density/policy_zones.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"

namespace geo {

/// Which days are looked at, and how they are cut into periods.
struct EffectWindow {
    Date from{}, policy{}, until{};  ///< [from, until); the policy comes into force on `policy`, from < policy < until
    std::vector<Date> cuts;          ///< ascending: period k is [cuts[k], cuts[k + 1])
    bool snapshots = false;          ///< periods lie between snapshots; one of them may hold the policy's day
    unsigned periods_a_year = 0;     ///< 0: of unequal length
    std::size_t periods() const { return cuts.size() - 1; }
    /// -1 before the policy, 1 under it, 0: its first day lies within.
    int side(std::size_t period) const { return cuts[period + 1] <= policy ? -1 : (cuts[period] >= policy ? 1 : 0); }
    double years(int of_side) const;
};

struct WindowOptions {
    std::optional<Date> from, until;
    unsigned months = 3;
    std::optional<Date> as_at;  ///< of the study: nothing is known beyond
};
/// Tables with dates: from the first day of the month of the first dated opening to the end of the month of the last opening or closure, in periods of so many
/// months before and after the policy's first day. Snapshots: from the first to the last, a period between each two. `from` and `until` narrow it; several layers: what
/// all of them cover. Throws DataError where there is no dated opening, one snapshot only, or the policy's day (and a whole period either side) is not within.
EffectWindow effect_window(std::span<const Premises> premises, Date policy_from, Date policy_until,
                           const WindowOptions& options);

/// Outlets and openings by zone, area and time. An opening is one of premises (Premises::opens): no new operator, no move, no new use.
struct EffectCounts {
    struct Tally {
        std::int64_t stock_first = 0, stock_policy = 0,
                     stock_last = 0;  ///< in trade on the first day, the day the policy came into force, the last day
        std::int64_t opened_before = 0, opened_after = 0, closed_before = 0, closed_after = 0;
        bool any() const {
            return stock_first + stock_policy + stock_last + opened_before + opened_after + closed_before +
                       closed_after >
                   0;
        }
        void add(const Tally& other);
    };
    std::array<std::vector<Tally>, kZones> by_area;  ///< [zone][area]
    std::array<std::vector<std::int64_t>, kZones> opened, closed,
        stock;                  ///< [zone][period]; stock on the day that ends it (the last one: its last day)
    std::uint64_t outlets = 0;  ///< spells that trade, open or close in the window, of the policy's uses
    std::uint64_t straddling =
        0;  ///< openings and closures of which it is not known whether they came before the policy
    std::uint64_t across_periods = 0;  ///< openings known to be on one side, but not in which period
    std::uint64_t without_location = 0, unclear = 0, outside_areas = 0, elsewhere = 0,
                  not_walked = 0;  ///< left out; the last: no walk to a place is known
    Tally total(Zone zone) const;
};

/// `zones[layer][spell]`, `area_of[layer][spell]` (kNoArea: in none).
EffectCounts effect_counts(std::span<const Premises> premises, std::span<const std::vector<Zone>> zones,
                           std::span<const std::vector<std::uint32_t>> area_of, std::size_t areas, UseSet uses,
                           const EffectWindow& window);

}  // namespace geo
