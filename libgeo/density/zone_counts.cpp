// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/zone_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

/// An outlet in an area stands somewhere, so it has a side.
ZoneSide side_of(Zone zone) {
    if (zone == Zone::inside) return ZoneSide::inside;
    return zone == Zone::exempt ? ZoneSide::exempt : ZoneSide::outside;
}

/// Adds up one use over the days, on each side.
class OneUse {
  public:
    OneUse(const AreaCounts& counts, std::uint32_t use) : counts_(counts), use_(use), tallies_(counts.days.size()) {}

    void add(const Premises& layer, const std::vector<Zone>& zones, const std::vector<std::uint32_t>& area_of) {
        for (std::size_t spell = 0; spell < layer.size(); ++spell) {
            if ((layer.uses[spell] & use_bit(counts_.uses[use_])) == 0 || layer.unclear[spell] != 0) continue;
            if (area_of[spell] != kNoArea)
                add(spell_days(layer, spell, counts_.days), area_of[spell], side_of(zones[spell]));
        }
    }

    void append_rows(std::vector<ZoneRow>& rows) const {
        for (std::uint32_t day = 0; day < counts_.days.size(); ++day) {
            bool covered = false, on_both_days = false;
            for (std::uint32_t area = 0; area < counts_.areas; ++area) {
                covered = covered || is_covered(day, area);
                on_both_days = on_both_days || is_covered_twice(day, area);
            }
            for (std::size_t side = 0; side < kZoneSides; ++side) {
                ZoneRow row;
                row.side = static_cast<ZoneSide>(side);
                row.use = use_;
                row.day = day;
                fill(row, tallies_[day][side], covered, on_both_days);
                rows.push_back(row);
            }
        }
    }

  private:
    struct Tally {
        std::int64_t outlets = 0, opened = 0, closed = 0;
        std::int64_t before = 0, after = 0;  // in areas covered on both days
    };

    bool is_covered(std::size_t day, std::uint32_t area) const {
        return counts_.outlets[counts_.at(use_, day, area)] >= 0;
    }
    bool is_covered_twice(std::size_t day, std::uint32_t area) const {
        return day > 0 && is_covered(day - 1, area) && is_covered(day, area);
    }

    void add(const SpellDays& when, std::uint32_t area, ZoneSide on_side) {
        const auto side = static_cast<std::size_t>(on_side);
        for (std::size_t day = when.first; day < when.end; ++day) {
            if (is_covered(day, area)) ++tallies_[day][side].outlets;
            if (is_covered_twice(day, area)) ++tallies_[day][side].after;
            if (day + 1 < tallies_.size() && is_covered_twice(day + 1, area)) ++tallies_[day + 1][side].before;
        }
        if (when.opened < tallies_.size() && is_covered_twice(when.opened, area)) ++tallies_[when.opened][side].opened;
        if (when.closed < tallies_.size() && is_covered_twice(when.closed, area)) ++tallies_[when.closed][side].closed;
    }

    static void fill(ZoneRow& row, const Tally& tally, bool covered, bool on_both_days) {
        if (covered) row.outlets = tally.outlets;
        if (!on_both_days) return;
        row.opened = tally.opened;
        row.closed = tally.closed;
        row.change = tally.after - tally.before;
        if (tally.before > 0)
            row.change_percent = 100.0 * static_cast<double>(row.change) / static_cast<double>(tally.before);
    }

    const AreaCounts& counts_;
    std::uint32_t use_;
    std::vector<std::array<Tally, kZoneSides>> tallies_;  // by day
};

/// Outlets in an area and in trade on some day that is counted, where the policy does not apply; each once.
std::uint64_t count_elsewhere(std::span<const Premises> premises, const AreaCounts& counts,
                              const std::vector<std::vector<std::vector<Zone>>>& zones) {
    std::uint64_t elsewhere = 0;
    for (std::size_t layer = 0; layer < premises.size(); ++layer) {
        for (std::size_t spell = 0; spell < premises[layer].size(); ++spell) {
            if (premises[layer].unclear[spell] != 0 || counts.area_of[layer][spell] == kNoArea) continue;
            const bool told = std::any_of(zones.begin(), zones.end(), [&](const auto& of_use) {
                return !of_use.empty() && of_use[layer][spell] == Zone::elsewhere;
            });
            if (!told) continue;
            const SpellDays when = spell_days(premises[layer], spell, counts.days);
            if (when.first != when.end) ++elsewhere;
        }
    }
    return elsewhere;
}

std::string words_of(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.emplace_back(word(use));
    return join_words(words);
}

}  // namespace

std::string_view word(ZoneSide side) {
    constexpr std::array<std::string_view, kZoneSides> kWords = {"inside", "exempt", "outside"};
    return kWords[static_cast<std::size_t>(side)];
}

std::vector<ZoneRow> zone_rows(std::span<const Premises> premises, const AreaCounts& counts,
                               const std::vector<std::vector<std::vector<Zone>>>& zones) {
    std::vector<ZoneRow> rows;
    for (std::uint32_t use = 0; use < counts.uses.size(); ++use) {
        if (zones[use].empty()) continue;
        OneUse one(counts, use);
        for (std::size_t layer = 0; layer < premises.size(); ++layer)
            one.add(premises[layer], zones[use][layer], counts.area_of[layer]);
        one.append_rows(rows);
    }
    return rows;
}

ZoneCounts zone_counts(std::span<const Premises> premises, const AreaCounts& counts, const ZonePolicy& policy,
                       const Layers& layers) {
    ZoneCounts made;
    made.policy = policy;
    std::vector<std::vector<std::vector<Zone>>> zones(counts.uses.size());
    for (std::size_t k = 0; k < counts.uses.size(); ++k) {
        const Use use = counts.uses[k];
        if (!policy.uses.empty() && std::find(policy.uses.begin(), policy.uses.end(), use) == policy.uses.end()) {
            made.other_uses.push_back(use);
            continue;
        }
        // An outlet of two uses may be inside for one and not for the other.
        ZonePolicy of_use = policy;
        of_use.uses = {use};
        for (const Premises& layer : premises) zones[k].push_back(zones_of(layer, of_use, layers, 0.0, made.remarks));
    }
    if (made.other_uses.size() == counts.uses.size())
        throw UsageError(fmt::format("{}: no outlet that is counted has a use that the policy is about: {}",
                                     printable(policy.policy.id, 80), words_of(policy.uses)));
    made.rows = zone_rows(premises, counts, zones);
    made.elsewhere = count_elsewhere(premises, counts, zones);
    return made;
}

std::vector<std::string> zone_notes(const ZoneCounts& zones) {
    const Policy& policy = zones.policy.policy;
    const std::string id = printable(policy.id, 80);
    std::vector<std::string> notes;
    notes.push_back(fmt::format(
        "Zones of {}: as they were on {}, its first day in force, whichever day is counted, by exact distance and its "
        "own rules. Inside: a rule refuses outlets there; exempt: inside, but for an exemption; outside: anywhere "
        "else, however near. The three sum to all areas together.",
        id, format_date(policy.from)));
    if (!zones.policy.left_aside.empty())
        notes.push_back(fmt::format("Rules of {} that draw no zone: {}.", id, join_words(zones.policy.left_aside)));
    if (!zones.other_uses.empty())
        notes.push_back(fmt::format("{} has no zones for {}.", id, words_of(zones.other_uses)));
    if (zones.elsewhere > 0)
        notes.push_back(fmt::format("Of the outlets outside the zones {} beyond the area that {} applies in.",
                                    zones.elsewhere == 1 ? "1 stands" : grouped(zones.elsewhere) + " stand", id));
    for (const std::string& remark : zones.remarks) notes.push_back("Not tested: " + remark);
    return notes;
}

}  // namespace geo
