// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/report/equity_answer.h"

namespace geo {
namespace {

TrendSeries series_named(std::string name, std::size_t days) {
    const std::vector<double> nothing(days, std::numeric_limits<double>::quiet_NaN());
    return {std::move(name), nothing, nothing, nothing};
}

void put(TrendSeries& series, std::uint32_t day, const Estimate& estimate) {
    series.value[day] = estimate.value;
    series.lower[day] = estimate.lower;
    series.upper[day] = estimate.upper;
}

/// A line a quantile; bands for the most and the least deprived, which are what the gap is between.
void add_rates(const EquityTable& table, const EquityFacts& facts, TrendChart& chart) {
    for (unsigned quantile = 1; quantile <= facts.quantiles; ++quantile) {
        const bool most = quantile == 1, least = quantile == facts.quantiles;
        chart.series.push_back(series_named(std::to_string(quantile) + (most    ? " (most deprived)"
                                                                        : least ? " (least deprived)"
                                                                                : ""),
                                            facts.days.size()));
        TrendSeries& series = chart.series.back();
        for (const EquityRow& row : table.rows)
            if (row.quantile == quantile) put(series, row.day, row.rate);
        if (most || least) continue;
        series.lower.clear();
        series.upper.clear();
    }
}

void add_gaps(const EquityTable& table, const EquityFacts& facts, TrendChart& chart) {
    for (std::uint32_t use = 0; use < facts.uses.size(); ++use) {
        chart.series.push_back(series_named(std::string(word(facts.uses[use])), facts.days.size()));
        for (const EquityMeasures& measures : table.measures)
            if (measures.use == use) put(chart.series.back(), measures.day, measures.gap);
    }
}

}  // namespace

TrendChart equity_chart(const EquityTable& table, const EquityFacts& facts, const std::string& title) {
    const std::string per = " per " + grouped(static_cast<std::uint64_t>(facts.per)) + " residents";
    TrendChart chart;
    chart.title = title;
    chart.days = facts.days;
    chart.note = "Bands: " + format_shortest(facts.confidence * 100.0) + " % intervals. Quantiles of " + facts.areas +
                 " by " + facts.deprivation + (facts.national ? ", national" : ", local") + ", the same on every day.";
    if (facts.uses.size() == 1) {
        chart.axis = std::string(word(facts.uses.front())) + per + ", by deprivation quantile";
        add_rates(table, facts, chart);
    } else {
        chart.axis = "Gap" + per + ", most less least deprived";
        add_gaps(table, facts, chart);
    }
    return chart;
}

}  // namespace geo
