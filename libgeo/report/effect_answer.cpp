// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/effect_answer.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

using Rows = TableRows;
using Tally = EffectCounts::Tally;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kDaysOfYear = 365.25;
constexpr int kYears = 3;  // decimals in a file
constexpr std::array<Zone, kZones> kAll = {Zone::inside, Zone::ring, Zone::exempt, Zone::beyond};

void count_columns(Rows& rows) {
    for (const char* name : {"outlets_first", "outlets_policy", "outlets_last", "opened_before", "opened_after",
                             "closed_before", "closed_after"})
        rows.wholes(name);
}
void put_counts(Rows& rows, const Tally& tally) {
    for (const std::int64_t count : {tally.stock_first, tally.stock_policy, tally.stock_last, tally.opened_before,
                                     tally.opened_after, tally.closed_before, tally.closed_after})
        rows.put(count);
}

const EffectEstimate* ratio_of(const EffectEstimates& estimates, Zone zone) {
    for (const EffectEstimate& estimate : estimates.all)
        if (estimate.what == EffectEstimate::What::openings_ratio && estimate.zone == zone) return &estimate;
    return nullptr;
}

void put_interval(Rows& rows, const EffectEstimate* estimate) {
    const bool there = estimate != nullptr && estimate->estimate.has_value();
    rows.put(there ? estimate->estimate->value : kNaN);
    rows.put(there ? estimate->estimate->lower : kNaN);
    rows.put(there ? estimate->estimate->upper : kNaN);
}

AnswerTable zones_table(const EffectFigures& f) {
    Rows rows("effect");
    rows.texts("zone");
    count_columns(rows);
    rows.numbers("years_before", kYears)
        .numbers("years_after", kYears)
        .numbers("opened_a_year_before")
        .numbers("opened_a_year_after");
    rows.texts("compared_with")
        .numbers("ratio")
        .numbers("ratio_lower")
        .numbers("ratio_upper")
        .numbers("confidence", 3)
        .wholes("areas")
        .texts("note");
    const double before = f.window.years(-1), after = f.window.years(1);
    for (const Zone zone : kAll) {
        const Tally tally = f.counts.total(zone);
        const EffectEstimate* ratio = ratio_of(f.estimates, zone);
        rows.put(std::string(word(zone)));
        put_counts(rows, tally);
        rows.put(before)
            .put(after)
            .put(static_cast<double>(tally.opened_before) / before)
            .put(static_cast<double>(tally.opened_after) / after);
        rows.put(std::string(ratio != nullptr ? word(*ratio->comparison) : std::string_view()));
        put_interval(rows, ratio);
        rows.put(ratio != nullptr ? f.confidence : kNaN);
        rows.put(ratio != nullptr && ratio->areas > 0 ? static_cast<std::int64_t>(ratio->areas) : kNoWhole);
        rows.put(ratio != nullptr ? ratio->refusal : std::string());
    }
    return std::move(rows.table());
}

AnswerTable estimates_table(const EffectFigures& f) {
    Rows rows("effect_estimates");
    rows.texts("estimate")
        .texts("zone")
        .texts("compared_with")
        .numbers("value")
        .numbers("lower")
        .numbers("upper")
        .numbers("confidence", 3);
    rows.numbers("standard_error")
        .wholes("degrees")
        .wholes("areas")
        .numbers("dispersion")
        .texts("method")
        .texts("note");
    for (const EffectEstimate& estimate : f.estimates.all) {
        const bool there = estimate.estimate.has_value();
        rows.put(std::string(word(estimate.what))).put(std::string(word(estimate.zone)));
        rows.put(std::string(estimate.comparison ? word(*estimate.comparison) : std::string_view()));
        put_interval(rows, &estimate);
        rows.put(f.confidence).put(there ? estimate.error : kNaN);
        rows.put(there ? static_cast<std::int64_t>(estimate.degrees) : kNoWhole);
        rows.put(estimate.areas > 0 ? static_cast<std::int64_t>(estimate.areas) : kNoWhole);
        rows.put(estimate.dispersion).put(estimate.method).put(estimate.refusal);
    }
    return std::move(rows.table());
}

AnswerTable periods_table(const EffectFigures& f) {
    constexpr std::array<const char*, 3> kSides = {"before", "across", "after"};
    Rows rows("effect_periods");
    rows.texts("zone")
        .texts("from")
        .texts("until")
        .texts("side")
        .wholes("days")
        .wholes("opened")
        .wholes("closed")
        .wholes("outlets")
        .numbers("opened_fitted", 3);
    for (std::size_t z = 0; z < kZones; ++z) {
        const std::vector<double>& fitted = f.estimates.fitted[z];
        for (std::size_t k = 0; k < f.window.periods(); ++k) {
            rows.put(std::string(word(kAll[z])))
                .put(format_date(f.window.cuts[k]))
                .put(format_date(f.window.cuts[k + 1]));
            rows.put(std::string(kSides.at(1 + f.window.side(k))));
            rows.put(std::int64_t{(f.window.cuts[k + 1] - f.window.cuts[k]).count()});
            rows.put(f.counts.opened[z][k]).put(f.counts.closed[z][k]).put(f.counts.stock[z][k]);
            rows.put(fitted.empty() ? kNaN : fitted[k]);
        }
    }
    return std::move(rows.table());
}

AnswerTable areas_table(const EffectFigures& f) {
    Rows rows("effect_areas");
    rows.texts("area_code").texts("area_name").texts("zone");
    count_columns(rows);
    AnswerTable& table = rows.table();
    table.shapes = &f.areas->shapes;
    for (const Zone zone : kAll) {
        const auto& tallies = f.counts.by_area[static_cast<std::size_t>(zone)];
        for (std::uint32_t area = 0; area < tallies.size(); ++area) {
            if (!tallies[area].any()) continue;
            rows.put(std::string(f.areas->code[area]))
                .put(std::string(f.areas->name[area]))
                .put(std::string(word(zone)));
            put_counts(rows, tallies[area]);
            table.shape_of.push_back(area);
        }
    }
    return std::move(table);
}

/// Openings a year: periods put together to whole years counted from the policy's day, so that the chart is not all noise.
TrendSeries a_year(const EffectFigures& f, Zone zone, bool fitted,
                   const std::vector<std::pair<std::size_t, std::size_t>>& years, const char* name) {
    const auto z = static_cast<std::size_t>(zone);
    TrendSeries series;
    series.name = name;
    for (const auto& [first, end] : years) {
        double sum = 0, days = 0;
        for (std::size_t k = first; k < end; ++k) {
            sum += fitted ? f.estimates.fitted[z][k] : static_cast<double>(f.counts.opened[z][k]);
            days += static_cast<double>((f.window.cuts[k + 1] - f.window.cuts[k]).count());
        }
        series.value.push_back(sum / days * kDaysOfYear);
    }
    return series;
}

/// Periods [first, end) of each year; a year that is not whole by the record's ends is left out where there is a whole one.
std::vector<std::pair<std::size_t, std::size_t>> years_of(const EffectWindow& window) {
    std::vector<std::pair<std::size_t, std::size_t>> years;
    const std::size_t step = window.periods_a_year > 0 ? window.periods_a_year : 1;
    std::size_t policy = 0;
    while (policy < window.periods() && window.side(policy) < 0) ++policy;
    for (std::size_t first = policy % step; first < window.periods(); first += step)
        if (first + step <= window.periods()) years.emplace_back(first, first + step);
    return years;
}

std::string number(std::int64_t value) { return grouped(static_cast<std::uint64_t>(value)); }

}  // namespace

std::vector<AnswerTable> effect_tables(const EffectFigures& f) {
    std::vector<AnswerTable> tables;
    tables.push_back(zones_table(f));
    tables.push_back(estimates_table(f));
    tables.push_back(periods_table(f));
    tables.push_back(areas_table(f));
    return tables;
}

TrendChart effect_chart(const EffectFigures& f, const std::string& title) {
    TrendChart chart;
    chart.title = title;
    chart.axis = "Openings a year";
    chart.note = fmt::format("Policy in force from {}. Each point is the year that begins on its day.",
                             format_date_long(f.window.policy));
    const auto years = years_of(f.window);
    for (const auto& [first, end] : years) chart.days.push_back(f.window.cuts[first]);
    for (const Zone zone : {Zone::inside, Zone::beyond}) {
        const bool inside = zone == Zone::inside;
        chart.series.push_back(a_year(f, zone, false, years, inside ? "inside the zones" : "beyond"));
        if (!f.estimates.fitted[static_cast<std::size_t>(zone)].empty())
            chart.series.push_back(a_year(f, zone, true, years, inside ? "inside, fitted" : "beyond, fitted"));
    }
    return chart;
}

std::string effect_text(const EffectFigures& f, unsigned width) {
    const double before = f.window.years(-1), after = f.window.years(1);
    TextTable table;
    table.column("zone");
    for (const Date day : {f.window.from, f.window.policy, f.window.until - std::chrono::days(1)})
        table.column(format_date(day), true);
    for (const char* name : {"before", "a year", "under it", "a year"}) table.column(name, true);
    for (const Zone zone : kAll) {
        const Tally t = f.counts.total(zone);
        table.row({std::string(word(zone)), number(t.stock_first), number(t.stock_policy), number(t.stock_last),
                   number(t.opened_before), format_fixed(static_cast<double>(t.opened_before) / before, 1),
                   number(t.opened_after), format_fixed(static_cast<double>(t.opened_after) / after, 1)});
    }
    std::string out;
    table.append(out, 2, width);
    return out;
}

}  // namespace geo
