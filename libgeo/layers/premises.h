// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/text.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"

namespace geo {

/// A day that is known to lie in (after, by]. Known to the day: after == by - 1 day. Before the first record: both kBeforeRecords; not ended: both
/// kNotEnded.
struct DayBetween {
    Date after, by;
    bool operator==(const DayBetween&) const = default;
};

/// What happened to premises between two snapshots, or on a day of a table with dates.
enum class Happening : std::uint8_t {
    opened,           ///< premises that were not there
    closed,           ///< premises that are there no longer
    moved,            ///< the same id at another postcode or address, or under another authority
    new_operator,     ///< another id or another name in the same shop: no opening
    new_use,          ///< the same premises in another use
    location_gained,  ///< without a location before; filled backwards
    location_lost,    ///< without a location now; filled from before
    unmatched,        ///< could be one of several, or one that cannot be told: taken as closed and opened, and listed
};
/// `opened`, `new-operator`, …
std::string_view word(Happening happening);

/// Outlets of one layer over time, one entry a premises and unbroken spell of trade at one address in one set of uses: [opened.by, closed.by), half-open. The
/// same shop under another operator is one entry; another use, and another address, begin another entry of the same premises. Which of them is an opening or a
/// closure of premises: opens() and closes(); the days alone do not tell.
struct Premises {
    static constexpr std::uint32_t kNone = 0xffffffffU;

    const OutletLayer* layer = nullptr;

    // One entry a spell, by the snapshot that first shows it.
    std::vector<std::uint32_t> premises;             ///< number of the premises, from 0 in order of the first record
    std::vector<std::uint32_t> first_row, last_row;  ///< rows of `layer`: the first and the latest record of the spell
    std::vector<UseSet> uses;
    std::vector<DayBetween> opened, closed;
    std::vector<Happening> began,
        ended;      ///< opened | unmatched | moved | new_use; closed | unmatched | moved | new_use
    Shapes shapes;  ///< one point for all dates of a stay at one address; without location where none is known
    std::vector<std::uint8_t> unclear;     ///< 1: its dates could not be read: traded on no day that can be told
    std::vector<std::uint32_t> authority;  ///< index into `authorities`; 0 is "not stated"

    std::vector<std::string> authorities;  ///< codes of the registering authorities, ascending; [0] is empty
    /// covered[s][a]: snapshot s speaks for authority a: it holds rows of it, or the study's `covers` names it. Empty for a table with dates.
    std::vector<std::vector<std::uint8_t>> covered;
    std::vector<Date> snapshot_dates;  ///< ascending; empty for a table with dates

    // One entry a row of `layer`.
    std::vector<std::uint32_t>
        spell_of_row;  ///< kNone: set aside (not covered, or not trading by its own dates), listed
    std::vector<std::uint32_t> previous_row;  ///< the record of the same premises in the snapshot before; kNone: none
    std::vector<std::uint8_t> renamed;        ///< 1: it has another id or name than the record before: new_operator

    struct Event {
        Happening what = Happening::opened;
        std::uint32_t from = kNone, to = kNone;  ///< spells; kNone where there is none; the same one where it goes on
        DayBetween when;
        bool chained = false;  ///< beside another event of the same step and premises
        bool again = false;    ///< opened: premises that had closed before
        bool operator==(const Event&) const = default;
    };
    std::vector<Event> events;  ///< by snapshot (a table with dates: by day), then premises

    std::size_t size() const { return premises.size(); }
    /// In trade on the day, as far as is known: from the snapshot that first shows it until the one that no longer does, over snapshots that do not cover
    /// its authority.
    bool trades(std::size_t spell, Date day) const {
        return unclear[spell] == 0 && opened[spell].by <= day && day < closed[spell].by;
    }
    /// Begins with an opening of premises, on a day of the record; not with a move or another use, nor before the record.
    bool opens(std::size_t spell) const {
        return unclear[spell] == 0 && opened[spell].by != kBeforeRecords && is_end(began[spell]);
    }
    bool closes(std::size_t spell) const {
        return unclear[spell] == 0 && closed[spell].by != kNotEnded && is_end(ended[spell]);
    }
    /// Whether the authority is covered by the snapshot that speaks for the day, the latest not after it. True for a table with dates; false before the first.
    bool covers(std::uint32_t authority_index, Date day) const;

  private:
    static bool is_end(Happening h) {
        return h == Happening::opened || h == Happening::closed || h == Happening::unmatched;
    }
};

/// Puts the premises of a layer together. Tables with dates: a spell a row. Snapshots: the records of each are matched one to one with those of the latest
/// before it that covers their authority, by id, then by place (UPRN; postcode and address; points within the layer's accuracy where no address speaks
/// against it) and name (folded; punctuation, `ltd` and the like aside). Two differently named shops are one only where UPRN, or postcode and house number,
/// agree and nobody else is there. The answer does not depend on the order of the rows, but for the numbering. An authority that is absent from a snapshot
/// closes nothing: its spells go on. Premises that are missing in one snapshot and back, by id, in a later one have closed and opened again, under the same
/// number. A record of the same id at the same postcode, or at the same address within the accuracy, has not moved: one point for all of its dates, the
/// most accurate one (of equally accurate ones the latest). Lists in `issues` what it could not tell apart.
Premises premises_of(const OutletLayer& layer, Issues& issues);

}  // namespace geo
