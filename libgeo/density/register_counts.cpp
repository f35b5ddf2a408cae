// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/register_counts.h"

#include <algorithm>

namespace geo {
namespace {

/// The rows of one layer.
class Register {
  public:
    Register(const Premises& premises, std::uint32_t layer, const AreaCounts& counts)
        : premises_(premises),
          counts_(counts),
          area_of_(counts.area_of[layer]),
          rows_(premises.authorities.size() * counts.uses.size() * counts.days.size()) {
        for (std::size_t k = 0; k < rows_.size(); ++k) {
            const std::size_t day = k % counts.days.size(), series = k / counts.days.size();
            RegisterRow& row = rows_[k];
            row.layer = layer;
            row.authority = static_cast<std::uint32_t>(series / counts.uses.size());
            row.use = counts.uses[series % counts.uses.size()];
            row.day = counts.days[day];
            row.covered = premises.covers(row.authority, row.day);
            row.has_before = day > 0 && row.covered && premises.covers(row.authority, counts.days[day - 1]);
        }
    }

    void count() {
        for (std::uint32_t spell = 0; spell < premises_.size(); ++spell) {
            if (premises_.unclear[spell] != 0) continue;
            stay(spell);
            begin(spell);
            end(spell);
        }
        for (const Premises::Event& event : premises_.events) note(event);
        for (std::size_t k = 1; k < rows_.size(); ++k)
            if (rows_[k].has_before) rows_[k].before = rows_[k - 1].on_record;
    }

    void append_to(std::vector<RegisterRow>& rows) const {
        const auto days = static_cast<std::ptrdiff_t>(counts_.days.size());
        for (auto first = rows_.begin(); first != rows_.end(); first += days) {
            if (std::any_of(first, first + days, [](const RegisterRow& row) { return row.on_record > 0; }))
                rows.insert(rows.end(), first, first + days);
        }
    }

  private:
    std::size_t day_from(Date date) const {
        return static_cast<std::size_t>(std::lower_bound(counts_.days.begin(), counts_.days.end(), date) -
                                        counts_.days.begin());
    }

    /// The row of the spell's authority of a day, for each of its uses that are counted.
    template <class Visit>
    void each_row(std::uint32_t spell, std::size_t day, const Visit& visit) {
        if (day >= counts_.days.size()) return;
        for (std::size_t use = 0; use < counts_.uses.size(); ++use) {
            if ((premises_.uses[spell] & use_bit(counts_.uses[use])) == 0) continue;
            visit(rows_[(premises_.authority[spell] * counts_.uses.size() + use) * counts_.days.size() + day]);
        }
    }

    void stay(std::uint32_t spell) {
        const std::size_t end = day_from(premises_.closed[spell].by);
        for (std::size_t day = day_from(premises_.opened[spell].by); day < end; ++day) {
            each_row(spell, day, [&](RegisterRow& row) {
                ++row.on_record;
                const bool placed = premises_.shapes.has_location(spell);
                ++(!placed ? row.without_location : area_of_[spell] == kNoArea ? row.outside : row.in_areas);
            });
        }
    }

    void begin(std::uint32_t spell) {
        if (premises_.opened[spell].by == kBeforeRecords) return;
        each_row(spell, day_from(premises_.opened[spell].by), [&](RegisterRow& row) {
            if (!row.has_before) return;
            const Happening began = premises_.began[spell];
            ++(began == Happening::moved       ? row.moved_in
               : began == Happening::new_use   ? row.use_gained
               : began == Happening::unmatched ? row.unmatched_opened
                                               : row.opened);
        });
    }

    void end(std::uint32_t spell) {
        if (premises_.closed[spell].by == kNotEnded) return;
        each_row(spell, day_from(premises_.closed[spell].by), [&](RegisterRow& row) {
            if (!row.has_before) return;
            const Happening ended = premises_.ended[spell];
            ++(ended == Happening::moved       ? row.moved_out
               : ended == Happening::new_use   ? row.use_lost
               : ended == Happening::unmatched ? row.unmatched_closed
                                               : row.closed);
        });
    }

    void note(const Premises::Event& event) {
        const std::uint32_t spell = event.to != Premises::kNone ? event.to : event.from;
        if (spell == Premises::kNone) return;
        each_row(spell, day_from(event.when.by), [&](RegisterRow& row) {
            if (!row.has_before) return;
            row.new_operators += event.what == Happening::new_operator ? 1 : 0;
            row.location_gained += event.what == Happening::location_gained ? 1 : 0;
            row.location_lost += event.what == Happening::location_lost ? 1 : 0;
        });
    }

    const Premises& premises_;
    const AreaCounts& counts_;
    const std::vector<std::uint32_t>& area_of_;
    std::vector<RegisterRow> rows_;  // [authority][use][day]
};

}  // namespace

std::vector<RegisterRow> register_rows(std::span<const Premises> premises, const AreaCounts& counts) {
    std::vector<RegisterRow> rows;
    for (std::uint32_t layer = 0; layer < premises.size() && !counts.days.empty(); ++layer) {
        Register of(premises[layer], layer, counts);
        of.count();
        of.append_to(rows);
    }
    return rows;
}

}  // namespace geo
