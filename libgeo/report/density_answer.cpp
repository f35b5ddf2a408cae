// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/density_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/cells.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr std::size_t kAreasOfChart = 6;
constexpr std::size_t kAreasShown = 20;
constexpr std::size_t kDaysShown = 16;

constexpr int kRate = 6, kPerKm2 = 3, kPercent = 2;  // decimals in a file

std::string zone_name(ZoneSide side, const std::string& policy) {
    if (side == ZoneSide::exempt) return "in the zones of " + policy + ", but exempt";
    return fmt::format("{} the zones of {}", geo::word(side), policy);
}

std::int64_t whole(std::int64_t value) { return value == DensityRow::kNotKnown ? kNoWhole : value; }

/// Residents are whole numbers unless the table or the interpolation made them otherwise.
int decimals_of_population(std::span<const DensityRow> rows) {
    const bool whole = std::all_of(rows.begin(), rows.end(), [](const DensityRow& row) {
        return !std::isfinite(row.population) || row.population == std::floor(row.population);
    });
    return whole ? 0 : 1;
}

class DensityColumns {
  public:
    DensityColumns(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                   const DensityOptions& options, const ZoneCounts* zones)
        : counts_(counts), areas_(areas), per_(options.per) {
        rows_.table().shade = "rate";
        rows_.table().shapes = &areas.shapes;
        rows_.texts("area_code").texts("area_name").texts("use").texts("period");
        rows_.wholes("outlets").wholes("opened").wholes("closed").numbers("population", decimals_of_population(rows));
        rows_.numbers("rate", kRate).numbers("per", per_ == std::floor(per_) ? 0 : kRate);
        rows_.numbers("rate_lower", kRate).numbers("rate_upper", kRate).texts("interval_method");
        rows_.numbers("per_km2", kPerKm2).wholes("change").numbers("change_percent", kPercent);
        for (const DensityRow& row : rows) {
            add(row);
            if (row.area == kNoArea && zones != nullptr) add_zones(*zones, row.use, row.day);
        }
    }
    AnswerTable take() { return std::move(rows_.table()); }

  private:
    std::string total_name(const DensityRow& row) const {
        return row.covered == counts_.areas ? std::string("all areas")
                                            : fmt::format("{} of {} areas", row.covered, counts_.areas);
    }

    void add_zones(const ZoneCounts& zones, std::uint32_t use, std::uint32_t day) {
        for (const ZoneRow& zone : zones.rows) {
            if (zone.use != use || zone.day != day) continue;
            DensityRow row;
            row.use = use;
            row.day = day;
            row.outlets = zone.outlets;
            row.opened = zone.opened;
            row.closed = zone.closed;
            row.change = zone.change;
            row.change_percent = zone.change_percent;
            add(row, std::string(geo::word(zone.side)), zone_name(zone.side, zones.policy.policy.id));
        }
    }

    void add(const DensityRow& row) {
        if (row.area == kNoArea)
            add(row, "total", total_name(row));
        else
            add(row, std::string(areas_.code[row.area]), std::string(areas_.name[row.area]));
    }

    void add(const DensityRow& row, std::string code, std::string name) {
        rows_.put(std::move(code))
            .put(std::move(name))
            .put(std::string(geo::word(counts_.uses[row.use])))
            .put(format_date(counts_.days[row.day]))
            .put(whole(row.outlets))
            .put(whole(row.opened))
            .put(whole(row.closed))
            .put(row.population)
            .put(row.rate.value)
            .put(per_)
            .put(row.rate.lower)
            .put(row.rate.upper)
            .put(std::string(word(row.rate.method)))
            .put(row.per_km2)
            .put(whole(row.change))
            .put(row.change_percent);
        rows_.table().shape_of.push_back(row.area);
    }

    const AreaCounts& counts_;
    const AreaLayer& areas_;
    double per_;
    TableRows rows_{"density"};
};

struct RegisterFigure {
    const char* name;
    std::int64_t RegisterRow::*figure;
    bool of_step;  ///< of the time since the day before
};
constexpr RegisterFigure kRegisterFigures[] = {
    {"before", &RegisterRow::before, true},
    {"opened", &RegisterRow::opened, true},
    {"unmatched_opened", &RegisterRow::unmatched_opened, true},
    {"moved_in", &RegisterRow::moved_in, true},
    {"use_gained", &RegisterRow::use_gained, true},
    {"closed", &RegisterRow::closed, true},
    {"unmatched_closed", &RegisterRow::unmatched_closed, true},
    {"moved_out", &RegisterRow::moved_out, true},
    {"use_lost", &RegisterRow::use_lost, true},
    {"on_record", &RegisterRow::on_record, false},
    {"new_operators", &RegisterRow::new_operators, true},
    {"location_gained", &RegisterRow::location_gained, true},
    {"location_lost", &RegisterRow::location_lost, true},
    {"in_areas", &RegisterRow::in_areas, false},
    {"outside", &RegisterRow::outside, false},
    {"without_location", &RegisterRow::without_location, false},
};

bool any_rate(std::span<const DensityRow> rows) {
    return std::any_of(rows.begin(), rows.end(), [](const DensityRow& row) { return std::isfinite(row.rate.value); });
}

TrendSeries series_of(std::span<const DensityRow> rows, std::uint32_t use, std::uint32_t area, std::size_t days,
                      bool rates) {
    TrendSeries series;
    for (auto* figures : {&series.value, &series.lower, &series.upper}) figures->assign(days, kNoNumber);
    for (const DensityRow& row : rows) {
        if (row.use != use || row.area != area || row.outlets == DensityRow::kNotKnown) continue;
        series.value[row.day] = rates ? row.rate.value : static_cast<double>(row.outlets);
        if (!rates) continue;
        series.lower[row.day] = row.rate.lower;
        series.upper[row.day] = row.rate.upper;
    }
    return series;
}

/// One table for the terminal: the totals over the days, or the areas on one day.
class TerminalTable {
  public:
    TerminalTable(const AreaCounts& counts, const AreaLayer& areas, const DensityOptions& options, bool over_time)
        : counts_(counts), areas_(areas), over_time_(over_time) {
        if (over_time)
            rows_.texts("day").texts("of");
        else
            rows_.texts("code").texts("name");
        rows_.wholes("outlets").wholes("change");
        rows_.numbers("per " + grouped(static_cast<std::uint64_t>(options.per)), kRateDecimals);
        rows_.texts(format_shortest(options.confidence * 100.0) + " %").numbers("residents", 0);
        rows_.wholes("opened").wholes("closed").numbers("per km²", kRateDecimals);
    }

    void add(const DensityRow& row) {
        if (over_time_) {
            rows_.put(format_date(counts_.days[row.day]));
            rows_.put(row.covered == counts_.areas ? std::string()
                                                   : fmt::format("{} of {} areas", row.covered, counts_.areas));
        } else {
            rows_.put(std::string(areas_.code[row.area])).put(std::string(areas_.name[row.area]));
        }
        const auto interval = [&row] {
            return format_fixed(row.rate.lower, kRateDecimals) + " to " + format_fixed(row.rate.upper, kRateDecimals);
        };
        rows_.put(whole(row.outlets))
            .put(whole(row.change))
            .put(row.rate.value)
            .put(std::isfinite(row.rate.upper) ? interval() : std::string())
            .put(row.population)
            .put(whole(row.opened))
            .put(whole(row.closed))
            .put(row.per_km2);
    }

    std::string text(unsigned width, std::size_t most_rows) const {
        return table_text(rows_.table(), width, most_rows);
    }

  private:
    static constexpr int kRateDecimals = 2;
    const AreaCounts& counts_;
    const AreaLayer& areas_;
    bool over_time_;
    TableRows rows_{std::string()};
};

/// The last days only, where there are many.
std::vector<DensityRow> totals_of(std::span<const DensityRow> rows, std::uint32_t use, std::size_t days) {
    std::vector<DensityRow> totals;
    for (const DensityRow& row : rows)
        if (row.use == use && row.area == kNoArea && row.day + kDaysShown >= days) totals.push_back(row);
    return totals;
}

/// The areas on the last day that covers any; the highest first.
std::vector<DensityRow> latest_of(std::span<const DensityRow> rows, std::uint32_t use) {
    std::vector<DensityRow> latest;
    for (const DensityRow& row : rows) {
        if (row.use != use || row.area == kNoArea || row.outlets == DensityRow::kNotKnown) continue;
        if (!latest.empty() && latest.front().day != row.day) latest.clear();
        latest.push_back(row);
    }
    const bool rates = any_rate(latest);
    std::stable_sort(latest.begin(), latest.end(), [rates](const DensityRow& a, const DensityRow& b) {
        if (!rates) return a.outlets > b.outlets;
        if (std::isfinite(a.rate.value) != std::isfinite(b.rate.value)) return std::isfinite(a.rate.value);
        return std::isfinite(a.rate.value) && a.rate.value > b.rate.value;
    });
    return latest;
}

}  // namespace

AnswerTable density_answer(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                           const DensityOptions& options, const ZoneCounts* zones) {
    return DensityColumns(rows, counts, areas, options, zones).take();
}

AnswerTable registers_answer(std::span<const RegisterRow> registers, std::span<const Premises> premises) {
    TableRows table("registers");
    table.texts("layer").texts("authority").texts("use").texts("period").texts("covered");
    for (const auto& [name, figure, of_step] : kRegisterFigures) table.wholes(name);
    for (const RegisterRow& row : registers) {
        table.put(premises[row.layer].layer->facts.name)
            .put(premises[row.layer].authorities[row.authority])
            .put(std::string(geo::word(row.use)))
            .put(format_date(row.day))
            .put(std::string(row.covered ? "yes" : "no"));
        for (const auto& [name, figure, of_step] : kRegisterFigures)
            table.put((of_step ? row.has_before : row.covered) ? row.*figure : kNoWhole);
    }
    return std::move(table.table());
}

TrendChart density_chart(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                         const DensityOptions& options, const std::string& title) {
    TrendChart chart;
    chart.title = title;
    chart.days = counts.days;
    std::vector<DensityRow> totals;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(totals),
                 [](const DensityRow& row) { return row.area == kNoArea; });
    const bool rates = any_rate(totals);
    const std::string of =
        counts.uses.size() == 1 ? std::string(geo::word(counts.uses.front())) : std::string("outlets");
    chart.axis = rates ? fmt::format("{} per {} residents", of, grouped(static_cast<std::uint64_t>(options.per)))
                       : fmt::format("{} in trade", of);
    chart.note = rates ? fmt::format("Bands: {} % intervals (Byar, or exact below 10 outlets).",
                                     format_shortest(options.confidence * 100.0))
                       : std::string();
    if (std::any_of(totals.begin(), totals.end(), [&](const DensityRow& row) { return row.covered < counts.areas; }))
        chart.note += (chart.note.empty() ? "" : " ") + std::string("Areas not covered on a day are left out of it.");
    const auto add = [&](std::uint32_t use, std::uint32_t area, std::string name) {
        chart.series.push_back(series_of(rows, use, area, counts.days.size(), rates));
        chart.series.back().name = std::move(name);
    };
    const bool by_area = counts.uses.size() == 1 && counts.areas <= kAreasOfChart;
    for (std::uint32_t area = 0; by_area && area < counts.areas; ++area)
        add(0, area, std::string(areas.name[area].empty() ? areas.code[area] : areas.name[area]));
    if (by_area && counts.areas == 1) return chart;
    for (std::uint32_t use = 0; use < counts.uses.size(); ++use)
        add(use, kNoArea,
            counts.uses.size() == 1 ? std::string("all areas") : std::string(geo::word(counts.uses[use])));
    return chart;
}

std::string density_text(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                         const DensityOptions& options, unsigned width) {
    std::string out;
    for (std::uint32_t use = 0; use < counts.uses.size(); ++use) {
        const std::vector<DensityRow> totals = totals_of(rows, use, counts.days.size()), latest = latest_of(rows, use);
        out += fmt::format("\n{}: all areas of {}\n", geo::word(counts.uses[use]), printable(areas.facts.name, 60));
        if (totals.size() < counts.days.size())
            out += fmt::format("  (the last {} of {} days)\n", totals.size(), counts.days.size());
        TerminalTable over_time(counts, areas, options, true);
        for (const DensityRow& row : totals) over_time.add(row);
        out += over_time.text(width, kDaysShown);
        if (latest.empty()) continue;
        out += fmt::format("\n{} on {}, {} first\n", geo::word(counts.uses[use]),
                           format_date(counts.days[latest.front().day]),
                           any_rate(latest) ? "highest rates" : "highest counts");
        TerminalTable by_area(counts, areas, options, false);
        for (const DensityRow& row : latest) by_area.add(row);
        out += by_area.text(width, kAreasShown);
    }
    return out;
}

}  // namespace geo
