// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/equity_table.h"

#include <algorithm>
#include <limits>
#include <map>

#include "libgeo/density/inequality.h"

namespace geo {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Estimate kNoEstimate{kNone, kNone, kNone, IntervalMethod::none};

/// Outlets of a use that trade on both days in the same area, by area. The same premises under another spell (another use beside this one) are one.
std::vector<std::int64_t> stayed_between(const EquityInput& input, Use use, Date first, Date last) {
    std::vector<std::int64_t> stayed(input.counts->areas, 0);
    for (std::size_t layer = 0; layer < input.premises.size(); ++layer) {
        const Premises& of = input.premises[layer];
        const std::vector<std::uint32_t>& area_of = input.counts->area_of[layer];
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>
            left;  // premises and area: on the first day only
        std::vector<std::pair<std::uint32_t, std::uint32_t>> came;
        for (std::size_t spell = 0; spell < of.size(); ++spell) {
            if ((of.uses[spell] & use_bit(use)) == 0 || area_of[spell] == kNoArea) continue;
            const bool then = of.trades(spell, first), now = of.trades(spell, last);
            const std::pair key(of.premises[spell], area_of[spell]);
            if (then && now) {
                ++stayed[area_of[spell]];
            } else if (then) {
                ++left[key];
            } else if (now) {
                came.push_back(key);
            }
        }
        for (const auto& key : came) {
            const auto same = left.find(key);
            if (same == left.end() || same->second == 0) continue;
            --same->second;
            ++stayed[key.second];
        }
    }
    return stayed;
}

/// Outlets and people of each quantile on a day.
struct QuantileSums {
    std::vector<double> outlets, population;
    std::vector<std::uint64_t> areas;
    bool complete() const {
        return std::all_of(population.begin(), population.end(), [](double n) { return n > 0; });
    }
    CountOf most() const { return {outlets.front(), population.front()}; }
    CountOf least() const { return {outlets.back(), population.back()}; }
};

/// One use.
class OneUse {
  public:
    OneUse(const EquityInput& input, std::uint32_t use, EquityTable& table)
        : input_(input), counts_(*input.counts), use_(use), table_(table) {}

    void fill() {
        find_days();
        find_areas();
        for (std::uint32_t day = 0; day < counts_.days.size(); ++day) {
            const QuantileSums sums = sums_on(day);
            add_rows(day, sums);
            add_measures(day, sums);
        }
        const auto first = std::find(has_figures_.begin(), has_figures_.end(), 1);
        const auto last = std::find(has_figures_.rbegin(), has_figures_.rend(), 1);
        if (first == has_figures_.end() || first >= last.base() - 1) return;
        add_change(static_cast<std::uint32_t>(first - has_figures_.begin()),
                   static_cast<std::uint32_t>(last.base() - 1 - has_figures_.begin()));
    }

  private:
    bool is_aside(std::size_t area) const { return !input_.aside.empty() && input_.aside[area] != 0; }
    bool has_people(std::size_t day, std::size_t area) const { return input_.population[day][area] > 0; }
    bool is_covered(std::size_t day, std::size_t area) const {
        return counts_.outlets[counts_.at(use_, day, area)] >= 0;
    }

    void find_days() {
        for (std::size_t day = 0; day < counts_.days.size(); ++day) {
            bool any = false;
            for (std::size_t area = 0; area < counts_.areas && !any; ++area)
                any = !is_aside(area) && input_.quantile[area] != 0 && has_people(day, area) && is_covered(day, area);
            has_figures_.push_back(any ? 1 : 0);
        }
        table_.has_figures.insert(table_.has_figures.end(), has_figures_.begin(), has_figures_.end());
    }

    /// On every day that has figures.
    template <typename Holds>
    bool always(const Holds& holds) const {
        for (std::size_t day = 0; day < has_figures_.size(); ++day) {
            if (has_figures_[day] != 0 && !holds(day)) return false;
        }
        return true;
    }

    void find_areas() {
        EquityAreas areas;
        quantile_.assign(counts_.areas, 0);
        const bool none = std::find(has_figures_.begin(), has_figures_.end(), 1) == has_figures_.end();
        for (std::size_t area = 0; area < counts_.areas; ++area) {
            if (is_aside(area)) {
                ++areas.aside;
            } else if (input_.quantile[area] == 0) {
                ++areas.without_rank;
            } else if (none || !always([&](std::size_t day) { return has_people(day, area); })) {
                ++areas.without_population;
            } else if (!always([&](std::size_t day) { return is_covered(day, area); })) {
                ++areas.not_covered;
            } else {
                ++areas.counted;
                quantile_[area] = input_.quantile[area];
            }
        }
        table_.areas.push_back(areas);
    }

    QuantileSums sums_on(std::size_t day) const {
        QuantileSums sums;
        sums.outlets.assign(input_.quantiles, 0);
        sums.population.assign(input_.quantiles, 0);
        sums.areas.assign(input_.quantiles, 0);
        for (std::size_t area = 0; area < counts_.areas; ++area) {
            if (quantile_[area] == 0) continue;
            const std::size_t q = quantile_[area] - 1;
            ++sums.areas[q];
            if (has_figures_[day] == 0) continue;
            sums.outlets[q] += counts_.outlets[counts_.at(use_, day, area)];
            sums.population[q] += input_.population[day][area];
        }
        return sums;
    }

    void add_rows(std::uint32_t day, const QuantileSums& sums) {
        for (std::uint32_t q = 0; q < input_.quantiles; ++q) {
            EquityRow row{use_, day, q + 1, sums.areas[q], -1, kNone, kNoEstimate};
            if (sums.population[q] > 0) {
                row.outlets = static_cast<std::int64_t>(sums.outlets[q]);
                row.population = sums.population[q];
                row.rate = crude_rate(sums.outlets[q], sums.population[q], input_.per, input_.confidence);
            }
            table_.rows.push_back(row);
        }
    }

    Slope slope(const QuantileSums& sums, bool transform) const {
        std::vector<double> rate, lower, upper;
        bool all = true;
        for (std::size_t q = 0; q < sums.outlets.size(); ++q) {
            const Estimate one = crude_rate(sums.outlets[q], sums.population[q], input_.per, input_.confidence);
            rate.push_back(one.value), lower.push_back(one.lower), upper.push_back(one.upper);
            all = all && sums.outlets[q] > 0;
        }
        // A rate of 0 has no logarithm: its interval is then taken as it is.
        const ValueScale scale = all || transform ? ValueScale::log : ValueScale::plain;
        const std::vector<double> errors = standard_errors(lower, upper, scale, input_.confidence);
        const QuantileValues values{sums.population, rate, errors, scale};
        const SlopeOptions options{transform, input_.confidence, -1.0};
        return input_.simulated ? simulated_slope(values, options) : slope_of_inequality(values, options);
    }

    void add_measures(std::uint32_t day, const QuantileSums& sums) {
        EquityMeasures all{use_,        day,         kNoEstimate, kNoEstimate, kNoEstimate,
                           kNoEstimate, kNoEstimate, kNoEstimate, kNoEstimate};
        all.gap = rate_gap(sums.most(), sums.least(), input_.per, input_.confidence);
        all.ratio = rate_ratio(sums.most(), sums.least(), input_.confidence);
        if (sums.complete()) {
            const Slope plain = slope(sums, false), fitted_on_log = slope(sums, true);
            all.sii = plain.sii;
            all.rii = plain.rii;
            all.sii_log = fitted_on_log.sii;
            all.rii_log = fitted_on_log.rii;
            all.concentration = concentration_index(sums.population, sums.outlets, input_.confidence);
        }
        table_.measures.push_back(all);
    }

    void add_change(std::uint32_t first, std::uint32_t last) {
        const QuantileSums then = sums_on(first), now = sums_on(last);
        if (!then.complete() || !now.complete()) return;
        const std::vector<std::int64_t> stayed_in =
            stayed_between(input_, counts_.uses[use_], counts_.days[first], counts_.days[last]);
        std::vector<double> stayed(input_.quantiles, 0);
        for (std::size_t area = 0; area < counts_.areas; ++area) {
            if (quantile_[area] != 0) stayed[quantile_[area] - 1] += static_cast<double>(stayed_in[area]);
        }
        // SII with multiplier -1; both figures are sums of rates, so of counts.
        std::vector<double> by_then = slope_weights(then.population), by_now = slope_weights(now.population);
        for (auto* weights : {&by_then, &by_now})
            std::transform(weights->begin(), weights->end(), weights->begin(), [](double w) { return -w; });
        std::vector<double> ends(input_.quantiles, 0);
        ends.front() = 1;
        ends.back() = -1;
        EquityChange change{use_, first, last, change_of(then, now, stayed, ends, ends),
                            change_of(then, now, stayed, by_then, by_now)};
        for (std::size_t q = 0; q < stayed.size(); ++q) {
            change.stayed += static_cast<std::int64_t>(stayed[q]);
            change.opened += static_cast<std::int64_t>(now.outlets[q] - stayed[q]);
            change.closed += static_cast<std::int64_t>(then.outlets[q] - stayed[q]);
        }
        table_.changes.push_back(change);
    }

    /// sum(weight_now * rate_now) - sum(weight_then * rate_then), of three independent counts a quantile: what stayed, came and went.
    Estimate change_of(const QuantileSums& then, const QuantileSums& now, const std::vector<double>& stayed,
                       const std::vector<double>& weight_then, const std::vector<double>& weight_now) const {
        std::vector<WeightedCount> counts;
        for (std::size_t q = 0; q < stayed.size(); ++q) {
            const double before = weight_then[q] * input_.per / then.population[q];
            const double after = weight_now[q] * input_.per / now.population[q];
            counts.push_back({after - before, stayed[q]});
            counts.push_back({after, now.outlets[q] - stayed[q]});
            counts.push_back({-before, then.outlets[q] - stayed[q]});
        }
        return sum_of_counts(counts, input_.confidence);
    }

    const EquityInput& input_;
    const AreaCounts& counts_;
    std::uint32_t use_;
    EquityTable& table_;
    std::vector<std::uint8_t> has_figures_;  // [day]
    std::vector<std::uint32_t> quantile_;    // [area]; 0: does not count
};

}  // namespace

EquityTable equity_table(const EquityInput& input) {
    EquityTable table;
    for (std::uint32_t use = 0; use < input.counts->uses.size(); ++use) OneUse(input, use, table).fill();
    return table;
}

}  // namespace geo
