// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_changes.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace geo {
namespace {

constexpr std::uint32_t kNone = Premises::kNone;

class ChangeTable {
  public:
    ChangeTable(const Premises& premises, Use use) : premises_(premises), layer_(*premises.layer), use_(use_bit(use)) {
        lay_out();
        follow();
    }

    std::vector<ChangeParts> build() {
        for (std::uint32_t row = 0; row < layer_.size(); ++row) {
            if (premises_.spell_of_row[row] != kNone) take(row);
        }
        std::erase_if(table_, [](const ChangeParts& p) { return p.authority == 0 && p.before == 0 && p.after == 0; });
        for (const ChangeParts& parts : table_) verify(parts);
        return std::move(table_);
    }

  private:
    /// A pair for each two consecutive snapshots that cover an authority.
    void lay_out() {
        const std::size_t snapshots = premises_.snapshot_dates.size(), authorities = premises_.authorities.size();
        begins_.assign(authorities * snapshots, kNone);
        ends_ = begins_;
        for (std::uint32_t a = 0; a < authorities; ++a) {
            std::uint32_t last = kNone;
            for (std::uint32_t s = 0; s < snapshots; ++s) {
                if (premises_.covered[s][a] == 0) continue;
                if (last != kNone) {
                    begins_[at(a, last)] = ends_[at(a, s)] = static_cast<std::uint32_t>(table_.size());
                    table_.push_back({a, last, s, 0, 0, 0, 0, {}});
                }
                last = s;
            }
        }
    }

    /// The record after each record.
    void follow() {
        next_row_.assign(layer_.size(), kNone);
        for (std::uint32_t row = 0; row < layer_.size(); ++row) {
            if (premises_.previous_row[row] != kNone) next_row_[premises_.previous_row[row]] = row;
        }
    }

    std::size_t at(std::uint32_t authority, std::uint32_t snapshot) const {
        return std::size_t{authority} * premises_.snapshot_dates.size() + snapshot;
    }
    std::uint32_t snapshot_of(std::uint32_t row) const {
        const Date date = layer_.snapshot_dates[static_cast<std::size_t>(layer_.snapshot[row])];
        const auto& dates = premises_.snapshot_dates;
        return static_cast<std::uint32_t>(std::lower_bound(dates.begin(), dates.end(), date) - dates.begin());
    }
    std::uint32_t authority_of(std::uint32_t row) const { return premises_.authority[premises_.spell_of_row[row]]; }
    bool in_use(std::uint32_t row) const { return (layer_.uses[row] & use_) != 0; }
    std::int64_t located(std::uint32_t row) const { return layer_.shapes.has_location(row) ? 1 : 0; }

    void take(std::uint32_t row) {
        if (!in_use(row)) return;
        const std::size_t cell = at(authority_of(row), snapshot_of(row));
        if (ends_[cell] != kNone) arrive(table_[ends_[cell]], row);
        if (begins_[cell] != kNone) leave(table_[begins_[cell]], row);
    }

    /// The record is in the later snapshot of the pair.
    void arrive(ChangeParts& pair, std::uint32_t row) {
        ++pair.after;
        pair.after_located += located(row);
        const std::uint32_t before = premises_.previous_row[row];
        if (before != kNone && authority_of(before) == pair.authority && snapshot_of(before) == pair.from) {
            if (in_use(before)) {
                stay(pair, before, row);
            } else {
                add(pair[ChangeKind::use_in], 1, located(row));
            }
            return;
        }
        const std::uint32_t spell = premises_.spell_of_row[row];
        const bool unmatched = premises_.began[spell] == Happening::unmatched;
        const ChangeKind kind = before != kNone      ? ChangeKind::moved_in
                                : unmatched          ? ChangeKind::unmatched_new
                                : opens_again(spell) ? ChangeKind::opened_again
                                                     : ChangeKind::opened;
        add(pair[kind], 1, located(row));
    }

    /// The record is in the earlier one.
    void leave(ChangeParts& pair, std::uint32_t row) {
        ++pair.before;
        pair.before_located += located(row);
        const std::uint32_t after = next_row_[row];
        if (after != kNone && authority_of(after) == pair.authority && snapshot_of(after) == pair.to) {
            if (!in_use(after)) add(pair[ChangeKind::use_out], -1, -located(row));
            return;
        }
        const bool unmatched = premises_.ended[premises_.spell_of_row[row]] == Happening::unmatched;
        const ChangeKind kind = after != kNone ? ChangeKind::moved_out
                                : unmatched    ? ChangeKind::unmatched_gone
                                               : ChangeKind::closed;
        add(pair[kind], -1, -located(row));
    }

    /// Of the use before and after.
    void stay(ChangeParts& pair, std::uint32_t before, std::uint32_t row) {
        const std::uint32_t spell = premises_.spell_of_row[row];
        const bool moved = premises_.first_row[spell] == row && premises_.began[spell] == Happening::moved;
        const std::int64_t gained = located(row) - located(before);
        if (premises_.renamed[row] != 0) add(pair[ChangeKind::new_operator], 0, 0);
        if (moved) {
            add(pair[ChangeKind::moved], 0, gained);
        } else if (gained != 0) {
            add(pair[gained > 0 ? ChangeKind::location_gained : ChangeKind::location_lost], 0, gained);
        }
    }

    /// Not the first spell of its premises, and none that goes on from the one before.
    bool opens_again(std::uint32_t spell) {
        if (first_spell_.empty()) {
            first_spell_.assign(premises_.size(), kNone);
            for (std::uint32_t i = 0; i < premises_.size(); ++i) {
                std::uint32_t& first = first_spell_[premises_.premises[i]];
                first = std::min(first, i);
            }
        }
        return first_spell_[premises_.premises[spell]] != spell;
    }

    static void add(ChangePart& part, std::int64_t change, std::int64_t with_location) {
        ++part.premises;
        part.change += change;
        part.located += with_location;
    }

    static void verify(const ChangeParts& pair) {
        std::int64_t change = 0, with_location = 0;
        for (const ChangePart& part : pair.parts) change += part.change, with_location += part.located;
        if (pair.before + change != pair.after || pair.before_located + with_location != pair.after_located)
            throw std::logic_error("the parts of a change in the number of outlets do not sum to it");
    }

    const Premises& premises_;
    const OutletLayer& layer_;
    UseSet use_;
    std::vector<ChangeParts> table_;
    std::vector<std::uint32_t> begins_, ends_;  // [authority][snapshot]: the pair that begins, and that ends, there
    std::vector<std::uint32_t> next_row_;
    std::vector<std::uint32_t> first_spell_;  // by premises
};

}  // namespace

std::string_view word(ChangeKind kind) {
    static constexpr std::array<std::string_view, kChangeKinds> kWords = {
        "opened",   "opened-again", "closed", "unmatched-new", "unmatched-gone",  "use-in",       "use-out",
        "moved-in", "moved-out",    "moved",  "new-operator",  "location-gained", "location-lost"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::vector<ChangeParts> change_parts(const Premises& premises, Use use) {
    if (premises.snapshot_dates.empty()) return {};
    return ChangeTable(premises, use).build();
}

}  // namespace geo
