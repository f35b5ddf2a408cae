// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/text.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"

namespace geo {

/// A day that is known to lie in (after, by]. Known to the day: after == by - 1 day. Before the first record: both kBeforeRecords; not ended: both kNotEnded.
struct DayBetween {
    Date after, by;
};

/// What happened to premises between two snapshots, or on a day of a table with dates.
enum class Happening : std::uint8_t {
    opened,             ///< premises that were not there
    closed,             ///< premises that are there no longer
    moved,              ///< the same id at another postcode or address
    new_operator,       ///< another id or another name in the same shop: no opening
    new_use,            ///< the same premises in another use
    location_gained,    ///< without a location before; filled backwards
    location_lost,      ///< without a location now; filled from before
    unmatched,          ///< could be more than one, so is taken as closed and opened, and listed
};
std::string_view word(Happening happening);

/// Outlets of one layer over time, one entry a premises and unbroken spell of trade in one set of uses: [opened.by, closed.by), half-open. The same shop under
/// another operator is one entry; another use begins another entry of the same premises.
struct Premises {
    const OutletLayer* layer = nullptr;
    std::vector<std::uint32_t> premises;     ///< number of the premises, from 0 in order of the first record
    std::vector<std::uint32_t> first_row, last_row;  ///< rows of `layer`: the first and the latest record of the spell
    std::vector<UseSet> uses;
    std::vector<DayBetween> opened, closed;
    Shapes shapes;                           ///< one point for all dates of a stay at one address; without location where none is known
    std::vector<std::uint8_t> unclear;       ///< 1: its dates could not be read: traded on no day that can be told
    std::vector<std::uint32_t> authority;    ///< index into `authorities`; 0 is "not stated"
    std::vector<std::string> authorities;    ///< codes of the registering authorities; [0] is empty
    /// covered[s][a]: snapshot s holds rows of authority a. Empty for a table with dates.
    std::vector<std::vector<std::uint8_t>> covered;
    std::vector<Date> snapshot_dates;        ///< ascending; empty for a table with dates

    struct Event {
        Happening what;
        std::uint32_t from, to;  ///< spells; kNone where there is none
        DayBetween when;
        bool chained = false;    ///< beside another event of the same step and premises
    };
    static constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<Event> events;  ///< by snapshot, then premises

    std::size_t size() const { return premises.size(); }
    /// In trade on the day, as far as is known: from the snapshot that first shows it until the one that no longer does.
    bool trades(std::size_t spell, Date day) const { return unclear[spell] == 0 && opened[spell].by <= day && day < closed[spell].by; }
};

/// Puts the premises of a layer together. Tables with dates: a spell a row. Snapshots: matched one to one between consecutive covered dates, by id, then by
/// place (UPRN; else within `within_m`) and name; `within_m` is the layer's accuracy. Lists what it could not tell apart in `issues`.
Premises premises_of(const OutletLayer& layer, Issues& issues);

}  // namespace geo
