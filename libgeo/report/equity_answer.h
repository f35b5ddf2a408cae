// SPDX-License-Identifier: Apache-2.0
//
// What `cordon equity` says: its tables, and the plain words that go with them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/density/equity_table.h"
#include "libgeo/report/table.h"
#include "libgeo/report/trend_chart.h"

namespace geo {

/// How the figures came about.
struct EquityFacts {
    std::vector<Use> uses;
    std::vector<Date> days;
    std::string areas, deprivation;  ///< name of the layer of areas; the deprivation file as the study names it
    bool national = false;
    std::uint64_t ranked = 0;  ///< areas that the quantiles are of
    unsigned quantiles = 5;
    double per = 1000, confidence = 0.95;
    bool simulated = false;
};

/// Use, day and quantile. `ends_only`: for the terminal, the first and the last day with figures, and no columns that repeat themselves.
AnswerTable equity_rows(const EquityTable& table, const EquityFacts& facts, bool ends_only = false);
/// Use, day and measure in one row each; those of change, of the first to the last day, come last.
AnswerTable equity_measures(const EquityTable& table, const EquityFacts& facts, bool ends_only = false);
/// The answer: how large the gap is on the last day, and whether it closes.
std::vector<std::string> equity_sentences(const EquityTable& table, const EquityFacts& facts);
/// What it rests on: which quantiles, what was left out, which methods; what it does not say.
std::vector<std::string> equity_notes(const EquityTable& table, const EquityFacts& facts);

/// Rates by quantile over the days; of several uses their gaps.
TrendChart equity_chart(const EquityTable& table, const EquityFacts& facts, const std::string& title);

}  // namespace geo
