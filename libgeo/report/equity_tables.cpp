// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "libgeo/report/equity_answer.h"

namespace geo {
namespace {

constexpr int kDecimals = 4;

const char* method_word(IntervalMethod method) {
    switch (method) {
        case IntervalMethod::exact:
            return "exact";
        case IntervalMethod::byar:
            return "byar";
        case IntervalMethod::wilson:
            return "wilson";
        case IntervalMethod::none:
            break;
    }
    return "";
}

/// Columns of an answer, in order.
class Columns {
  public:
    explicit Columns(const char* name) { table.name = name; }

    std::size_t text(const char* name) { return add(name, TableColumn::Kind::text, 0); }
    std::size_t whole(const char* name) { return add(name, TableColumn::Kind::whole, 0); }
    std::size_t number(const char* name, int decimals = kDecimals) {
        return add(name, TableColumn::Kind::number, decimals);
    }
    TableColumn& operator[](std::size_t i) { return table.columns[i]; }

    AnswerTable table;

  private:
    std::size_t add(const char* name, TableColumn::Kind kind, int decimals) {
        table.columns.push_back({name, kind, decimals, {}, {}, {}});
        return table.columns.size() - 1;
    }
};

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

class MeasureRows {
  public:
    explicit MeasureRows(const EquityFacts& facts) : facts_(facts) {
        use_ = out.text("use"), from_ = out.text("from"), day_ = out.text("day"), measure_ = out.text("measure");
        value_ = out.number("value"), lower_ = out.number("lower"), upper_ = out.number("upper");
        confidence_ = out.number("confidence", 3);
    }

    void add(std::uint32_t use, const std::string& from, std::uint32_t day, const char* measure, const Estimate& one) {
        out[use_].add(std::string(word(facts_.uses[use])));
        out[from_].add(from);
        out[day_].add(format_date(facts_.days[day]));
        out[measure_].add(std::string(measure));
        out[value_].add(one.value);
        out[lower_].add(one.lower);
        out[upper_].add(one.upper);
        out[confidence_].add(facts_.confidence);
    }

    Columns out{"equity_measures"};

  private:
    const EquityFacts& facts_;
    std::size_t use_, from_, day_, measure_, value_, lower_, upper_, confidence_;
};

}  // namespace

AnswerTable equity_rows(const EquityTable& table, const EquityFacts& facts, bool ends_only) {
    Columns out("equity");
    const std::size_t use = out.text("use"), day = out.text("day"), quantile = out.whole("quantile"),
                      areas = out.whole("areas"), outlets = out.whole("outlets"), people = out.number("population", 0),
                      rate = out.number("rate"), per = out.number("per", 0), lower = out.number("rate_lower"),
                      upper = out.number("rate_upper"), method = out.text("interval_method");
    for (const EquityRow& row : table.rows) {
        if (ends_only && !is_end(table, facts, row.use, row.day)) continue;
        out[use].add(std::string(word(facts.uses[row.use])));
        out[day].add(format_date(facts.days[row.day]));
        out[quantile].add(static_cast<std::int64_t>(row.quantile));
        out[areas].add(static_cast<std::int64_t>(row.areas));
        out[outlets].add(row.outlets < 0 ? kNoWhole : row.outlets);
        out[people].add(row.population);
        out[rate].add(row.rate.value);
        out[per].add(facts.per);
        out[lower].add(row.rate.lower);
        out[upper].add(row.rate.upper);
        out[method].add(std::string(method_word(row.rate.method)));
    }
    return ends_only ? for_terminal(std::move(out.table)) : std::move(out.table);
}

AnswerTable equity_measures(const EquityTable& table, const EquityFacts& facts, bool ends_only) {
    MeasureRows rows(facts);
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
        for (const auto& [name, estimate] : all) rows.add(one.use, {}, one.day, name, *estimate);
    }
    for (const EquityChange& change : table.changes) {
        const std::string from = format_date(facts.days[change.first_day]);
        rows.add(change.use, from, change.last_day, "rate_gap_change", change.gap);
        rows.add(change.use, from, change.last_day, "sii_change", change.sii);
    }
    return ends_only ? for_terminal(std::move(rows.out.table)) : std::move(rows.out.table);
}

}  // namespace geo
