// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "libgeo/layers/premises_notes.h"
#include "libgeo/layers/premises_steps.h"

namespace geo {
namespace {

constexpr double kShopFront = 10.0;        // metres
constexpr std::size_t kMostLookedAt = 16;  // neighbours of one record

enum class Told : std::uint8_t { by_uprn, by_address, by_point };

/// A record with what it is compared by: UPRN, else postcode and address, else the point.
struct Candidate {
    std::uint64_t who = 0;    // name, uses and `told`
    std::uint64_t where = 0;  // UPRN; postcode and address
    Point at;                 // where nothing else tells
    Told told = Told::by_point;
    std::int32_t snapshot = -1;
    std::uint32_t row = 0;
    bool same_group(const Candidate& other) const {
        return who == other.who && where == other.where && snapshot == other.snapshot;
    }
};

class Doubles {
  public:
    Doubles(const Premises& premises, const Records& records)
        : premises_(premises), records_(records), layer_(*premises.layer) {
        for (std::uint32_t row = 0; row < layer_.size(); ++row) {
            if (premises.spell_of_row[row] != Premises::kNone && premises.unclear[premises.spell_of_row[row]] == 0)
                add(row);
        }
        std::sort(candidates_.begin(), candidates_.end(), [this](const Candidate& a, const Candidate& b) {
            const auto key = [](const Candidate& c) { return std::tie(c.snapshot, c.who, c.where, c.at.x, c.at.y); };
            if (key(a) != key(b)) return key(a) < key(b);
            return records_.before(a.row, b.row) || (!records_.before(b.row, a.row) && a.row < b.row);
        });
    }

    /// (row, one that it doubles), by row.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> find() const {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
        for (std::size_t i = 1; i < candidates_.size(); ++i) {
            const std::size_t least = i - std::min(i, kMostLookedAt);
            for (std::size_t j = i; j-- > least && candidates_[j].same_group(candidates_[i]);) {
                if (!doubles(candidates_[j], candidates_[i])) continue;
                const std::uint32_t a = candidates_[i].row, b = candidates_[j].row;
                if (begins(a) || begins(b)) found.emplace_back(begins(a) ? a : b, begins(a) ? b : a);
                break;
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }

  private:
    void add(std::uint32_t row) {
        constexpr unsigned kHalf = 32, kQuarter = 16;
        const Face face = records_.face(row);
        if (face.name == 0) return;
        Candidate c;
        c.snapshot = layer_.snapshot[row], c.row = row;
        if (face.uprn != 0) {
            c.told = Told::by_uprn, c.where = face.uprn;
        } else if (face.postcode != 0 && face.address != 0) {
            c.told = Told::by_address, c.where = (std::uint64_t{face.postcode} << kHalf) | face.address;
        } else if (face.located) {
            c.at = face.at;
        } else {
            return;
        }
        c.who = (std::uint64_t{face.name} << kHalf) | (std::uint64_t{face.uses} << kQuarter) |
                static_cast<std::uint64_t>(c.told);
        candidates_.push_back(c);
    }

    bool doubles(const Candidate& a, const Candidate& b) const {
        const bool at_once = layer_.opened[a.row] < layer_.closed[b.row] && layer_.opened[b.row] < layer_.closed[a.row];
        return at_once && (a.told != Told::by_point || distance_between(a.at, b.at) <= kShopFront);
    }

    /// Said once: in the snapshot in which the double first stands.
    bool begins(std::uint32_t row) const { return premises_.first_row[premises_.spell_of_row[row]] == row; }

    const Premises& premises_;
    const Records& records_;
    const OutletLayer& layer_;
    std::vector<Candidate> candidates_;
};

}  // namespace

void note_likely_doubles(const Premises& premises, const Records& records, Issues& issues) {
    const OutletLayer& layer = *premises.layer;
    for (const auto& [row, other] : Doubles(premises, records).find()) {
        issues.add(issue_of_row(
            layer, row, "likely-double",
            called(layer, row) + " has the name, use and place of " + called(layer, other) + ", at the same time",
            "each is counted"));
    }
}

}  // namespace geo
