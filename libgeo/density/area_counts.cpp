// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/area_counts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "libgeo/base/parallel.h"
#include "libgeo/base/threads.h"
#include "libgeo/density/area_index.h"
#include "libgeo/density/authority_cover.h"

namespace geo {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTask = 2048;  // points of a task

/// The points in the order of the grid's cells, so that neighbours in the plane are looked up one after the other.
std::vector<std::uint32_t> in_cell_order(const Shapes& points, const AreaIndex& index) {
    std::vector<std::uint32_t> cell(points.size()), first(std::size_t{index.cells()} + 2, 0), order(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        cell[i] = points.has_location(i) ? index.cell_of(points.first_point(i)) : index.cells();
        ++first[std::size_t{cell[i]} + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    for (std::uint32_t i = 0; i < points.size(); ++i) order[first[cell[i]]++] = i;
    return order;
}

std::vector<AreaIndex::Found> find_each(const Shapes& points, const AreaIndex& index, unsigned threads) {
    std::vector<AreaIndex::Found> found(points.size());
    const std::vector<std::uint32_t> order = in_cell_order(points, index);
    const ThreadLimit limit(threads);
    in_parallel((order.size() + kTask - 1) / kTask, [&](std::size_t task) {
        for (std::size_t k = task * kTask; k < std::min((task + 1) * kTask, order.size()); ++k) {
            const std::uint32_t i = order[k];
            if (points.has_location(i)) found[i] = index.find(points.first_point(i));
        }
    });
    return found;
}

/// Counts the spells of one layer into the answer.
class Counter {
  public:
    Counter(AreaCounts& counts, const Premises& premises)
        : counts_(counts), premises_(premises), wanted_(use_set(counts.uses)) {}

    void count(const std::vector<AreaIndex::Found>& found) {
        for (std::size_t spell = 0; spell < premises_.size(); ++spell) {
            if ((premises_.uses[spell] & wanted_) == 0) continue;
            if (premises_.unclear[spell] != 0) {
                ++unclear;
                continue;
            }
            const SpellDays when = spell_days(premises_, spell, counts_.days);
            if (when.first != when.end) note_place(spell, found[spell]);
            if (found[spell].area != kNoArea) add(spell, found[spell].area, when);
        }
    }

    std::uint64_t outside = 0, without_location = 0, unclear = 0, in_several = 0;

  private:
    void note_place(std::size_t spell, const AreaIndex::Found& found) {
        if (!premises_.shapes.has_location(spell)) {
            ++without_location;
        } else if (found.area == kNoArea) {
            ++outside;
        } else if (found.several) {
            ++in_several;
        }
    }

    void add(std::size_t spell, std::uint32_t area, const SpellDays& when) {
        for (std::size_t use = 0; use < counts_.uses.size(); ++use) {
            if ((premises_.uses[spell] & use_bit(counts_.uses[use])) == 0) continue;
            for (std::size_t day = when.first; day < when.end; ++day) ++counts_.outlets[counts_.at(use, day, area)];
            if (when.opened < counts_.days.size()) ++counts_.opened[counts_.at(use, when.opened, area)];
            if (when.closed < counts_.days.size()) ++counts_.closed[counts_.at(use, when.closed, area)];
        }
    }

    AreaCounts& counts_;
    const Premises& premises_;
    UseSet wanted_;
};

AreaCounts empty_counts(const AreaLayer& areas, std::span<const Date> days, std::span<const Use> uses) {
    AreaCounts counts;
    counts.days.assign(days.begin(), days.end());
    counts.uses.assign(uses.begin(), uses.end());
    counts.areas = areas.size();
    for (auto* figures : {&counts.outlets, &counts.opened, &counts.closed})
        figures->assign(counts.uses.size() * counts.days.size() * counts.areas, 0);
    return counts;
}

/// What a layer does not cover is unknown for every use that it lists: other layers cannot make it whole.
void blank_uncovered(const Premises& premises, const AreaLayer& areas, const std::vector<std::uint32_t>& area_of,
                     AreaCounts& counts) {
    const AuthorityCover cover(premises, areas, area_of);
    UseSet listed = 0;
    for (const UseSet uses : premises.uses) listed = static_cast<UseSet>(listed | uses);
    for (std::size_t use = 0; use < counts.uses.size(); ++use) {
        if ((listed & use_bit(counts.uses[use])) == 0) continue;
        for (std::size_t day = 0; day < counts.days.size(); ++day) {
            for (std::uint32_t area = 0; area < counts.areas; ++area) {
                const std::size_t at = counts.at(use, day, area);
                const bool now = cover.covers(area, counts.days[day]);
                if (!now) counts.outlets[at] = -1;
                if (!now || day == 0 || !cover.covers(area, counts.days[day - 1]))
                    counts.opened[at] = counts.closed[at] = -1;
            }
        }
    }
}

void list(const Premises& premises, const char* code, std::uint64_t count, const std::string& what,
          const std::string& action, Issues& issues) {
    if (count == 0) return;
    Issue issue;
    issue.layer = premises.layer != nullptr ? premises.layer->facts.name : std::string();
    issue.code = code;
    issue.message = counted(count, "outlet") + " " + what;
    issue.action = action;
    issues.add(std::move(issue));
}

void list_lost(const Premises& premises, const AreaLayer& areas, const Counter& counter, Issues& issues) {
    const std::string& name = areas.facts.name;
    list(premises, "outlets-without-location", counter.without_location, "without a location",
         "counted in no area of " + name, issues);
    list(premises, "outlets-outside-areas", counter.outside, "in no area of " + name, "not counted", issues);
    list(premises, "outlets-unclear", counter.unclear, "with dates that cannot be read or are the wrong way round",
         "counted on no day", issues);
    list(premises, "outlets-in-several-areas", counter.in_several,
         "inside more than one area of " + name + ", which overlap there",
         "each counted once, in the area of least code", issues);
}

/// Residents of one area.
class Residents {
  public:
    Residents(const AreaLayer& areas, Date day) : areas_(areas), day_(day), year_(year_of(day)) {}

    double latest(std::size_t area) const {
        double found = kNone;
        for (const auto& [year, values] : areas_.population) {
            if (year <= year_ && std::isfinite(values[area])) found = values[area];
        }
        return found;
    }

    double between(std::size_t area) const {
        double before = kNone, after = kNone;
        Date before_day{}, after_day{};
        for (const auto& [year, values] : areas_.population) {
            if (year == 0 || !std::isfinite(values[area])) continue;
            const Date middle = std::chrono::sys_days(std::chrono::year(year) / std::chrono::July / 1);
            if (middle <= day_) {
                before = values[area];
                before_day = middle;
            } else if (!std::isfinite(after)) {
                after = values[area];
                after_day = middle;
            }
        }
        if (!std::isfinite(before) || !std::isfinite(after)) return latest(area);
        const double share =
            static_cast<double>((day_ - before_day).count()) / static_cast<double>((after_day - before_day).count());
        return before + (after - before) * share;
    }

  private:
    static int year_of(Date day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }
    const AreaLayer& areas_;
    Date day_;
    int year_;
};

}  // namespace

std::vector<std::uint32_t> area_of_each(const Shapes& points, const AreaLayer& areas, unsigned threads) {
    const std::vector<AreaIndex::Found> found = find_each(points, AreaIndex(areas), threads);
    std::vector<std::uint32_t> area(found.size());
    std::transform(found.begin(), found.end(), area.begin(), [](const AreaIndex::Found& one) { return one.area; });
    return area;
}

AreaCounts count_by_area(std::span<const Premises> premises, const AreaLayer& areas, std::span<const Date> days,
                         std::span<const Use> uses, unsigned threads, Issues& issues) {
    AreaCounts counts = empty_counts(areas, days, uses);
    const AreaIndex index(areas);
    for (const Premises& layer : premises) {
        const std::vector<AreaIndex::Found> found = find_each(layer.shapes, index, threads);
        std::vector<std::uint32_t>& area_of = counts.area_of.emplace_back(found.size());
        std::transform(found.begin(), found.end(), area_of.begin(), [](const auto& one) { return one.area; });
        Counter counter(counts, layer);
        counter.count(found);
        list_lost(layer, areas, counter, issues);
        counts.outside += counter.outside;
        counts.without_location += counter.without_location;
        counts.unclear += counter.unclear;
        counts.in_several += counter.in_several;
    }
    for (std::size_t layer = 0; layer < premises.size(); ++layer)
        blank_uncovered(premises[layer], areas, counts.area_of[layer], counts);
    for (std::size_t use = 0; use < counts.uses.size() && !counts.days.empty(); ++use) {
        for (std::size_t area = 0; area < counts.areas; ++area)
            counts.opened[counts.at(use, 0, area)] = counts.closed[counts.at(use, 0, area)] = -1;
    }
    return counts;
}

SpellDays spell_days(const Premises& premises, std::size_t spell, std::span<const Date> days) {
    const auto day_from = [&](Date date) {
        return static_cast<std::size_t>(std::lower_bound(days.begin(), days.end(), date) - days.begin());
    };
    const auto ends_period = [&](std::size_t day) {
        return day > 0 && day < days.size() && premises.covers(premises.authority[spell], days[day - 1]);
    };
    SpellDays when{};
    when.first = day_from(premises.opened[spell].by);
    const std::size_t gone = day_from(premises.closed[spell].by);
    when.end = std::max(when.first, gone);
    when.opened = premises.opens(spell) && ends_period(when.first) ? when.first : days.size();
    when.closed = premises.closes(spell) && ends_period(gone) ? gone : days.size();
    return when;
}

std::vector<double> population_on(const AreaLayer& areas, Date day, bool interpolate) {
    const Residents residents(areas, day);
    std::vector<double> population(areas.size());
    for (std::size_t area = 0; area < areas.size(); ++area)
        population[area] = interpolate ? residents.between(area) : residents.latest(area);
    return population;
}

}  // namespace geo
