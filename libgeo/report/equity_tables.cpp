// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "libgeo/report/equity_answer.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr int kDecimals = 4;

/// A use's day is the first or the last that has figures.
bool is_end(const EquityTable& table, const EquityFacts& facts, std::uint32_t use, std::uint32_t day) {
    const auto begin = table.has_figures.begin() + static_cast<std::ptrdiff_t>(use * facts.days.size());
    const auto end = begin + static_cast<std::ptrdiff_t>(facts.days.size()), here = begin + day;
    if (*here == 0) return false;
    return std::find(begin, here, 1) == here || std::find(here + 1, end, 1) == end;
}

/// Without the columns that are the same in every row, or say how.
AnswerTable for_terminal(AnswerTable table) {
    std::erase_if(table.columns, [](const TableColumn& column) {
        return column.name == "per" || column.name == "interval_method" || column.name == "confidence";
    });
    return table;
}

void add(TableRows& rows, const EquityFacts& facts, std::uint32_t use, const std::string& from, std::uint32_t day,
         const char* measure, const Estimate& one) {
    rows.put(std::string(word(facts.uses[use]))).put(from).put(format_date(facts.days[day])).put(std::string(measure));
    rows.put(one.value).put(one.lower).put(one.upper).put(facts.confidence);
}

}  // namespace

AnswerTable equity_rows(const EquityTable& table, const EquityFacts& facts, bool ends_only) {
    TableRows out("equity");
    out.texts("use").texts("day").wholes("quantile").wholes("areas").wholes("outlets").numbers("population", 0);
    out.numbers("rate", kDecimals).numbers("per", 0).numbers("rate_lower", kDecimals).numbers("rate_upper", kDecimals);
    out.texts("interval_method");
    for (const EquityRow& row : table.rows) {
        if (ends_only && !is_end(table, facts, row.use, row.day)) continue;
        out.put(std::string(word(facts.uses[row.use]))).put(format_date(facts.days[row.day]));
        out.put(static_cast<std::int64_t>(row.quantile)).put(static_cast<std::int64_t>(row.areas));
        out.put(row.outlets < 0 ? kNoWhole : row.outlets).put(row.population);
        out.put(row.rate.value).put(facts.per).put(row.rate.lower).put(row.rate.upper);
        out.put(std::string(word(row.rate.method)));
    }
    return ends_only ? for_terminal(std::move(out.table())) : std::move(out.table());
}

AnswerTable equity_measures(const EquityTable& table, const EquityFacts& facts, bool ends_only) {
    TableRows rows("equity_measures");
    rows.texts("use").texts("from").texts("day").texts("measure");
    rows.numbers("value", kDecimals).numbers("lower", kDecimals).numbers("upper", kDecimals).numbers("confidence", 3);
    for (const EquityMeasures& one : table.measures) {
        if (ends_only && !is_end(table, facts, one.use, one.day)) continue;
        const std::array<std::pair<const char*, const Estimate*>, 7> all = {
            {{"rate_gap", &one.gap},
             {"rate_ratio", &one.ratio},
             {"sii", &one.sii},
             {"rii", &one.rii},
             {"sii_log", &one.sii_log},
             {"rii_log", &one.rii_log},
             {"concentration_index", &one.concentration}}};
        for (const auto& [name, estimate] : all) add(rows, facts, one.use, {}, one.day, name, *estimate);
    }
    for (const EquityChange& change : table.changes) {
        const std::string from = format_date(facts.days[change.first_day]);
        add(rows, facts, change.use, from, change.last_day, "rate_gap_change", change.gap);
        add(rows, facts, change.use, from, change.last_day, "sii_change", change.sii);
    }
    return ends_only ? for_terminal(std::move(rows.table())) : std::move(rows.table());
}

}  // namespace geo
