// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/density_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr std::size_t kNamed = 5;  // areas named in one sentence

/// `a, b, c, … (12)`: the first few of many.
std::string some(std::vector<std::string> names) {
    if (names.size() <= kNamed) return join_words(names);
    names.resize(kNamed);
    names.emplace_back("…");
    return join_words(names, ", ");
}

class Notes {
  public:
    explicit Notes(const DensityBasis& basis)
        : basis_(basis), counts_(basis.counts), areas_(basis.areas), name_(printable(basis.areas.facts.name, 60)) {}

    std::vector<std::string> make() {
        how();
        first_closure();
        unstated_uses();
        registers();
        coverage();
        residents();
        without_residents();
        few_residents();
        return std::move(notes_);
    }

  private:
    void add(std::string note) { notes_.push_back(std::move(note)); }

    std::string area_name(std::uint32_t area) const {
        const std::string_view name = areas_.name[area].empty() ? areas_.code[area] : areas_.name[area];
        return printable(name, 40);
    }

    bool has_population() const { return !areas_.population.empty(); }

    void how() {
        add("Each figure is of the outlets in trade on that day; opened and closed are of the time since the day "
            "before. An outlet that moved or changed its use is "
            "in the change, but neither opened nor closed (`registers`, in JSON and GeoPackage, tells them apart).");
        const bool snapshots = std::any_of(basis_.premises.begin(), basis_.premises.end(),
                                           [](const Premises& layer) { return !layer.snapshot_dates.empty(); });
        if (snapshots)
            add("What opened or closed between two snapshots is known no nearer: it is put in the period that the "
                "later one ends.");
        if (!has_population()) {
            add(fmt::format("No rates: {} has no population; give it one with `population` in the study.", name_));
            return;
        }
        add(fmt::format(
            "Rates are crude: outlets per {} residents. The interval ({} %) is Byar's approximation from 10 outlets "
            "on, exact (Poisson) below; "
            "it tells how far chance alone could move the figure. The rate of a total is all outlets by all residents.",
            grouped(static_cast<std::uint64_t>(basis_.options.per)),
            format_shortest(basis_.options.confidence * 100.0)));
    }

    /// A table that knows openings of long ago and closures of late only holds the survivors of the early years.
    void first_closure() {
        for (const Premises& layer : basis_.premises) {
            if (!layer.snapshot_dates.empty() || counts_.days.empty()) continue;
            Date first = kNotEnded;
            for (std::size_t spell = 0; spell < layer.size(); ++spell)
                if (layer.unclear[spell] == 0) first = std::min(first, layer.closed[spell].by);
            if (first == kNotEnded) {
                add(
                    fmt::format("{}: no closure is on record; if closed outlets were left out, the counts of earlier "
                                "days are too low.",
                                printable(layer.layer->facts.name, 60)));
            } else if (counts_.days.front() + std::chrono::years(1) < first) {
                add(
                    fmt::format("{}: the first closure on record is of {}; outlets that closed before are probably "
                                "left out, and counts of earlier days too low.",
                                printable(layer.layer->facts.name, 60), format_date(first)));
            }
        }
    }

    void unstated_uses() {
        std::uint64_t unstated = 0;
        for (const Premises& layer : basis_.premises)
            unstated += static_cast<std::uint64_t>(std::count_if(layer.uses.begin(), layer.uses.end(), [](UseSet uses) {
                return (uses & ~use_bit(Use::unstated)) == 0;
            }));
        if (unstated > 0)
            add(fmt::format("{} whose use is not stated {} not counted.", counted(unstated, "outlet"),
                            unstated == 1 ? "is" : "are"));
    }

    /// On the last day: on record against in an area.
    void registers() {
        if (counts_.days.empty()) return;
        for (const Use use : counts_.uses) {
            RegisterRow all;
            for (const RegisterRow& one : basis_.registers) {
                if (one.use != use || one.day != counts_.days.back() || !one.covered) continue;
                all.on_record += one.on_record;
                all.outside += one.outside;
                all.without_location += one.without_location;
            }
            if (all.outside + all.without_location == 0) continue;
            add(fmt::format(
                "On {} {} {} on record: {} without a location and {} outside {} are in no area's figures, so these are "
                "lower than the register's "
                "(see `registers`, in JSON and GeoPackage).",
                format_date(counts_.days.back()), counted(static_cast<std::uint64_t>(all.on_record), word(use)),
                all.on_record == 1 ? "is" : "are", grouped(static_cast<std::uint64_t>(all.without_location)),
                grouped(static_cast<std::uint64_t>(all.outside)), name_));
        }
    }

    /// Areas that no snapshot covers, with the days on which they are not.
    void coverage() {
        std::vector<std::vector<std::uint32_t>> areas(counts_.days.size());
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        for (const DensityRow& row : basis_.rows) {
            if (row.area == kNoArea || row.outlets != DensityRow::kNotKnown) continue;
            if (seen.emplace(row.day, row.area).second) areas[row.day].push_back(row.area);
        }
        std::map<std::vector<std::uint32_t>, std::vector<std::string>> days;
        for (std::size_t day = 0; day < areas.size(); ++day)
            if (!areas[day].empty()) days[areas[day]].push_back(format_date(counts_.days[day]));
        for (const auto& [of, on] : days) not_covered(of, join_words(on));
    }

    void not_covered(const std::vector<std::uint32_t>& areas, const std::string& on) {
        if (areas.size() == counts_.areas) {
            add(fmt::format("No snapshot speaks for {}; nothing is said of it.", on));
            return;
        }
        std::vector<std::string> names;
        for (const std::uint32_t area : areas) names.push_back(area_name(area));
        add(
            fmt::format("{} ({}) not covered on {}, as the snapshot is without the authority: figures are left empty, "
                        "which is neither 0 nor a closure, and the change of a "
                        "total is over areas covered on both days.",
                        counted(areas.size(), "area"), some(std::move(names)), on));
    }

    /// The year of the residents, where it is not the day's own.
    void residents() {
        if (!has_population() || basis_.options.interpolate) {
            if (has_population())
                add("Residents are in a straight line between the mid-years (1 July) around each day; beyond the last, "
                    "its own.");
            return;
        }
        std::map<int, std::vector<std::string>> days;  // by year of the figures
        for (const Date day : counts_.days) {
            const int year = static_cast<int>(std::chrono::year_month_day(day).year());
            auto after = areas_.population.upper_bound(year);
            if (after == areas_.population.begin()) {
                add(fmt::format("{}: no rates, as the first population is of {}.", format_date(day), after->first));
            } else if (--after; after->first != year && after->first != 0) {
                days[after->first].push_back(format_date(day));
            }
        }
        for (auto& [year, of] : days) {
            const std::string first = of.front(), last = of.back();
            add(fmt::format("Residents of {} stand for {}, the latest that there are.", year,
                            of.size() <= 3 ? join_words(of) : first + " to " + last));
        }
    }

    /// Areas that never have residents; where codes of the table are left over too, it is of another edition of the areas.
    void without_residents() {
        if (!has_population()) return;
        std::vector<std::string> none, zero;
        for (std::uint32_t area = 0; area < counts_.areas; ++area) {
            bool known = false, people = false;
            for (const auto& [year, values] : areas_.population) {
                known = known || std::isfinite(values[area]);
                people = people || values[area] > 0;
            }
            if (!known)
                none.emplace_back(printable(areas_.code[area], 20));
            else if (!people)
                zero.push_back(area_name(area));
        }
        if (!zero.empty())
            add(fmt::format("{} with a population of 0 ({}): no rate there; outlets in them are in the total.",
                            counted(zero.size(), "area"), some(zero)));
        if (none.empty()) return;
        add(fmt::format(
            "{} of {} of {} have no population ({}): no rate for them, and none for a total that holds them.",
            grouped(none.size()), counted(counts_.areas, "area"), name_, some(none)));
        if (const std::string rows = rows_left_over(); !rows.empty())
            add(
                fmt::format("{}. Areas and table are probably of different editions (LSOAs of 2011 and of 2021 share "
                            "most of their codes, not all): use a "
                            "population of the areas' own edition, or give the official look-up with it (key "
                            "`lookup`).",
                            rows));
    }

    std::string rows_left_over() const {
        for (const Issue& issue : basis_.issues.all())
            if (issue.layer == areas_.facts.name + ".population" && issue.code == "rows-without-area")
                return "Of its population, " + issue.message;
        return {};
    }

    void few_residents() {
        for (std::size_t use = 0; use < counts_.uses.size(); ++use) {
            std::vector<std::string> names;
            std::set<std::uint32_t> seen;
            for (const DensityRow& row : basis_.rows) {
                if (row.use != use || !row.few_residents || !seen.insert(row.area).second) continue;
                names.push_back(fmt::format("{}, {} for {}", area_name(row.area),
                                            counted(static_cast<std::uint64_t>(row.population), "resident"),
                                            grouped(static_cast<std::uint64_t>(row.outlets))));
            }
            if (names.empty()) continue;
            const std::uint64_t n = names.size();
            add(
                fmt::format("{}: {} with fewer than {} residents an outlet ({}): most who use them live elsewhere, so "
                            "the rate says little of the residents "
                            "and compares badly with other areas; use the count, or per_km2.",
                            word(counts_.uses[use]), counted(n, "area"), format_shortest(kFewResidentsPerOutlet),
                            some(std::move(names))));
        }
    }

    const DensityBasis& basis_;
    const AreaCounts& counts_;
    const AreaLayer& areas_;
    std::string name_;
    std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> density_notes(const DensityBasis& basis) { return Notes(basis).make(); }

}  // namespace geo
