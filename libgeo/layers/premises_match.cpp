// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_match.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <tuple>

namespace geo {
namespace {

constexpr std::uint32_t kNone = StepMatch::kNone;
constexpr double kShopFront = 10.0;    // metres: two points of one shop as surveys place them
constexpr std::size_t kMostNear = 16;  // candidates looked at for one record: two are too many already

using Key = std::array<std::uint64_t, 5>;

constexpr unsigned kHalf = 32;
std::uint64_t both(std::uint32_t a, std::uint32_t b) { return (std::uint64_t{a} << kHalf) | b; }
std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x == 0.0 ? 0.0 : x); }  // -0.0 is 0.0

/// Of one authority, as far as they say.
bool compatible(const Face& a, const Face& b) {
    return a.authority == b.authority || a.authority == 0 || b.authority == 0;
}

class Matcher {
  public:
    Matcher(const Records& records, const StepSide& old_side, const StepSide& new_side, double within_m)
        : records_(records), old_(old_side), new_(new_side), within_(std::max(within_m, 0.0)) {
        match_.old_of.assign(new_.size(), kNone);
        match_.new_of.assign(old_.size(), kNone);
        match_.may_be_old = match_.old_of;
        match_.may_be_new = match_.new_of;
        // A snapshot that states no authority at all is compared with all of them.
        const auto states = [](const Face& f) { return f.authority != 0; };
        by_authority_ = std::any_of(old_.faces.begin(), old_.faces.end(), states) &&
                        std::any_of(new_.faces.begin(), new_.faces.end(), states);
    }

    StepMatch run() {
        by_id();
        if (gather_left()) by_place_and_name();
        if (gather_left()) by_place_alone();
        if (gather_left()) by_name_nearby();
        if (gather_left()) doubt_the_rest();
        settle_doubts();
        return std::move(match_);
    }

  private:
    // --- passes ---

    void by_id() {
        id_where_unique();
        gather_left();
        pair_in_order([this](const Face& f) { return id_key(f, both(f.postcode, f.address), f.name); });
        pair_in_order([this](const Face& f) { return id_key(f, 0, f.name, f.name != 0); });
        pair_in_order([this](const Face& f) { return id_key(f, f.postcode, 0, f.postcode != 0); });
        pair_single([this](const Face& f) { return id_key(f, 0, 0); }, compatible);
    }

    void by_place_and_name() {
        const auto named = [](const Face& f) { return f.name != 0; };
        pair_in_order([&](const Face& f) { return key(f.uprn, f.name, 0, 0, f.uprn != 0 && named(f)); });
        pair_in_order([&](const Face& f) {
            return key(f.postcode, f.address, f.name, 0, f.postcode != 0 && f.address != 0 && named(f));
        });
        pair_in_order([&](const Face& f) { return key(f.place, f.name, 0, 0, f.place != 0 && named(f)); });
        pair_in_order([this, &named](const Face& f) {
            return key(authority(f), f.name, both(f.postcode, f.address), bits(f.at.x), f.located && named(f),
                       bits(f.at.y));
        });
        pair_single([&](const Face& f) { return key(f.postcode, f.name, 0, 0, f.postcode != 0 && named(f)); },
                    [](const Face& a, const Face& b) { return !contradicts(a, b); });
    }

    /// Whatever the name: only where UPRN, or postcode and house number, say one door and nobody else is behind it in either snapshot.
    void by_place_alone() {
        count_occupants();
        pair_single([](const Face& f) { return key(f.uprn, 0, 0, 0, f.uprn != 0); },
                    [this](const Face& a, const Face& b) { return old_uprn_[a.uprn] == 1 && new_uprn_[b.uprn] == 1; });
        pair_single([](const Face& f) { return key(f.place, 0, 0, 0, f.place != 0); },
                    [this](const Face& a, const Face& b) {
                        return old_place_[a.place] == 1 && new_place_[b.place] == 1 && !contradicts(a, b);
                    });
        // Neither has a name: then the point and the use are all there is.
        const auto unnamed = [](const Face& f) { return f.name == 0 && f.located; };
        pair_single([&](const Face& f) { return key(f.uses, bits(f.at.x), bits(f.at.y), 0, unnamed(f)); },
                    [](const Face& a, const Face& b) { return compatible(a, b) && !contradicts(a, b); });
    }

    void by_name_nearby() {
        const auto same_unit = [](const Face& a, const Face& b) {
            return a.uprn == 0 || b.uprn == 0 || a.uprn == b.uprn;
        };
        // Another house number in the same postcode: `20-22 London Road` is written `20 London Road`.
        pair_single([](const Face& f) { return key(f.postcode, f.name, 0, 0, f.postcode != 0 && f.name != 0); },
                    same_unit);
        const auto door = [](const Face& f) { return f.door != 0 ? both(1, f.door) : both(0, f.address); };
        // The postcode was corrected, or is missing on one side.
        pair_single([&](const Face& f) { return key(authority(f), f.name, door(f), 0, f.name != 0 && f.address != 0); },
                    [&](const Face& a, const Face& b) {
                        return (!a.located || !b.located || distance_between(a.at, b.at) <= reach()) && same_unit(a, b);
                    });
        pair_near();
    }

    /// What could be one premises and cannot be told: listed, never matched.
    void doubt_the_rest() {
        const auto never = [](const Face&, const Face&) { return false; };
        const auto street = [](const Face& f) { return f.door == 0 && f.postcode != 0 && f.address != 0; };
        pair_single([&](const Face& f) { return key(f.postcode, f.address, f.uses, 0, street(f)); }, never);
        // A name that comes back without any place.
        const auto nowhere = [](const Face& f) {
            return f.name != 0 && !f.located && f.postcode == 0 && f.address == 0 && f.uprn == 0;
        };
        pair_single([&](const Face& f) { return key(authority(f), f.name, f.uses, 0, nowhere(f)); }, never);
        // No address at all: another name within a shop-front of the point.
        doubt_same_front();
    }

    // --- id ---

    /// Of ids that stand more than once on a side: the others are settled.
    std::optional<Key> id_key(const Face& f, std::uint64_t b, std::uint64_t c, bool known = true) const {
        if (f.id == 0 || !known || repeated_id_[f.id] == 0) return std::nullopt;
        return Key{f.id, f.authority, b, c, 0};
    }

    /// Nearly all records: the id stands once on each side.
    void id_where_unique() {
        constexpr std::uint32_t kSeveral = kNone - 1;
        std::vector<std::uint32_t> old_by_id(records_.ids, kNone), new_by_id(records_.ids, kNone);
        const auto fill = [](const StepSide& side, std::vector<std::uint32_t>& by_id) {
            for (std::uint32_t i = 0; i < side.size(); ++i) {
                std::uint32_t& at = by_id[side.faces[i].id];
                at = at == kNone ? i : kSeveral;
            }
        };
        fill(old_, old_by_id);
        fill(new_, new_by_id);
        repeated_id_.assign(records_.ids, 0);
        for (std::uint32_t id = 1; id < records_.ids; ++id) {
            const std::uint32_t a = old_by_id[id], b = new_by_id[id];
            repeated_id_[id] = a == kSeveral || b == kSeveral;
            if (a >= kSeveral || b >= kSeveral) continue;
            const Face &was = old_.faces[a], &is = new_.faces[b];
            // Councils number from 1: the same id in another authority is the same premises only where name or postcode agree.
            const bool agree =
                (was.name != 0 && was.name == is.name) || (was.postcode != 0 && was.postcode == is.postcode);
            if (compatible(was, is) || agree) pair(a, b);
        }
    }

    // --- groups of one key ---

    std::uint32_t authority(const Face& f) const { return by_authority_ ? f.authority : 0; }

    static std::optional<Key> key(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d, bool known,
                                  std::uint64_t e = 0) {
        if (!known) return std::nullopt;
        return Key{a, b, c, d, e};
    }

    struct Entry {
        Key key;
        std::uint32_t index;
        bool is_new;
    };

    /// Calls `take` with the old and the new records of each key that stands on both sides.
    template <class KeyOf, class Take>
    void groups(const KeyOf& key_of, const Take& take) {
        std::vector<Entry> entries;
        for (const std::uint32_t i : old_left_) {
            if (match_.new_of[i] != kNone) continue;
            if (const auto k = key_of(old_.faces[i])) entries.push_back({*k, i, false});
        }
        if (entries.empty()) return;
        for (const std::uint32_t i : new_left_) {
            if (match_.old_of[i] != kNone) continue;
            if (const auto k = key_of(new_.faces[i])) entries.push_back({*k, i, true});
        }
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return std::tie(a.key, a.is_new, a.index) < std::tie(b.key, b.is_new, b.index);
        });
        std::vector<std::uint32_t> olds, news;
        for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
            olds.clear(), news.clear();
            for (end = begin; end < entries.size() && entries[end].key == entries[begin].key; ++end)
                (entries[end].is_new ? news : olds).push_back(entries[end].index);
            if (!olds.empty() && !news.empty()) take(olds, news);
        }
    }

    /// Records that agree in all that matters: whichever goes with whichever, in an order that is not the row's.
    template <class KeyOf>
    void pair_in_order(const KeyOf& key_of) {
        groups(key_of, [this](std::vector<std::uint32_t>& olds, std::vector<std::uint32_t>& news) {
            sort_in_order(old_, olds);
            sort_in_order(new_, news);
            for (std::size_t i = 0; i < std::min(olds.size(), news.size()); ++i) pair(olds[i], news[i]);
        });
    }

    /// One on each side, and `may` says yes; else they are doubtful.
    template <class KeyOf, class May>
    void pair_single(const KeyOf& key_of, const May& may) {
        groups(key_of, [&](std::vector<std::uint32_t>& olds, std::vector<std::uint32_t>& news) {
            if (olds.size() == 1 && news.size() == 1 && may(old_.faces[olds[0]], new_.faces[news[0]])) {
                pair(olds[0], news[0]);
            } else {
                doubts_.push_back({olds, news});
            }
        });
    }

    void sort_in_order(const StepSide& side, std::vector<std::uint32_t>& indices) const {
        if (indices.size() < 2) return;
        std::sort(indices.begin(), indices.end(), [&](std::uint32_t a, std::uint32_t b) {
            const std::uint32_t i = side.rows[a], j = side.rows[b];
            if (records_.before(i, j)) return true;
            return !records_.before(j, i) && a < b;
        });
    }

    // --- names and points ---

    double reach() const {
        return std::max(within_, 0.5);
    }  // two writings of one point differ by less than half a metre

    /// Old and new records of one key that are at most `reach` apart and for which `may` says yes.
    struct Near {
        std::uint32_t old_index, new_index;
    };
    template <class KeyOf, class May>
    std::vector<Near> near(const KeyOf& key_of, double reach, const May& may) {
        std::vector<Near> found;
        groups(key_of, [&](std::vector<std::uint32_t>& olds, std::vector<std::uint32_t>& news) {
            const auto west = [this](std::uint32_t a, std::uint32_t b) {
                const Point &p = new_.faces[a].at, &q = new_.faces[b].at;
                return std::tie(p.x, p.y, a) < std::tie(q.x, q.y, b);
            };
            std::sort(news.begin(), news.end(), west);
            for (const std::uint32_t a : olds) {
                const Face& was = old_.faces[a];
                std::size_t seen = 0;
                auto it = std::partition_point(news.begin(), news.end(),
                                               [&](std::uint32_t b) { return new_.faces[b].at.x < was.at.x - reach; });
                for (; it != news.end() && new_.faces[*it].at.x <= was.at.x + reach && seen < kMostNear; ++it) {
                    const Face& is = new_.faces[*it];
                    if (distance_between(was.at, is.at) > reach || !may(was, is)) continue;
                    found.push_back({a, *it});
                    ++seen;
                }
            }
        });
        return found;
    }

    void pair_near() {
        const auto found =
            near([this](const Face& f) { return key(authority(f), f.name, 0, 0, f.name != 0 && f.located); }, reach(),
                 [](const Face& a, const Face& b) { return !contradicts(a, b); });
        std::vector<std::uint32_t> of_old(old_.size()), of_new(new_.size());
        for (const Near& n : found) ++of_old[n.old_index], ++of_new[n.new_index];
        for (const Near& n : found) {
            if (of_old[n.old_index] == 1 && of_new[n.new_index] == 1) {
                pair(n.old_index, n.new_index);
            } else {
                doubts_.push_back({{n.old_index}, {n.new_index}});
            }
        }
    }

    void doubt_same_front() {
        const auto bare = [](const Face& f) { return f.located && f.postcode == 0 && f.address == 0 && f.uprn == 0; };
        const auto found = near([&](const Face& f) { return key(authority(f), f.uses, 0, 0, bare(f)); },
                                std::clamp(within_, 0.5, kShopFront), [](const Face&, const Face&) { return true; });
        for (const Near& n : found) doubts_.push_back({{n.old_index}, {n.new_index}});
    }

    void count_occupants() {
        const auto count = [](const StepSide& side, auto member, std::uint32_t numbers) {
            std::vector<std::uint32_t> counts(numbers);
            for (const Face& f : side.faces) ++counts[f.*member];
            counts[0] = 0;  // not stated
            return counts;
        };
        old_uprn_ = count(old_, &Face::uprn, records_.uprns);
        new_uprn_ = count(new_, &Face::uprn, records_.uprns);
        old_place_ = count(old_, &Face::place, records_.places);
        new_place_ = count(new_, &Face::place, records_.places);
    }

    // --- what is left ---

    void pair(std::uint32_t a, std::uint32_t b) {
        match_.new_of[a] = b;
        match_.old_of[b] = a;
    }

    bool gather_left() {
        old_left_.clear(), new_left_.clear();
        for (std::uint32_t i = 0; i < old_.size(); ++i) {
            if (match_.new_of[i] == kNone) old_left_.push_back(i);
        }
        for (std::uint32_t i = 0; i < new_.size(); ++i) {
            if (match_.old_of[i] == kNone) new_left_.push_back(i);
        }
        return !old_left_.empty() && !new_left_.empty();
    }

    /// Of each doubtful group the first that is left speaks to the other side.
    void settle_doubts() {
        for (Doubt& doubt : doubts_) {
            std::erase_if(doubt.olds, [this](std::uint32_t i) { return match_.new_of[i] != kNone; });
            std::erase_if(doubt.news, [this](std::uint32_t i) { return match_.old_of[i] != kNone; });
            if (doubt.olds.empty() || doubt.news.empty()) continue;
            sort_in_order(old_, doubt.olds);
            sort_in_order(new_, doubt.news);
            for (const std::uint32_t i : doubt.olds) {
                if (match_.may_be_new[i] == kNone) match_.may_be_new[i] = doubt.news.front();
            }
            for (const std::uint32_t i : doubt.news) {
                if (match_.may_be_old[i] == kNone) match_.may_be_old[i] = doubt.olds.front();
            }
        }
    }

    struct Doubt {
        std::vector<std::uint32_t> olds, news;
    };

    const Records& records_;
    const StepSide &old_, &new_;
    double within_;
    bool by_authority_ = false;
    StepMatch match_;
    std::vector<std::uint8_t> repeated_id_;  // by id
    std::vector<std::uint32_t> old_left_, new_left_;
    std::vector<std::uint32_t> old_uprn_, new_uprn_, old_place_, new_place_;
    std::vector<Doubt> doubts_;
};

}  // namespace

StepMatch match_step(const Records& records, const StepSide& old_side, const StepSide& new_side, double within_m) {
    return Matcher(records, old_side, new_side, within_m).run();
}

}  // namespace geo
