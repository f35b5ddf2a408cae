// SPDX-License-Identifier: Apache-2.0
// A town of ten areas of 1,000 residents, two in each fifth, the first two the most deprived.
#include "libgeo/density/equity_table.h"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "libgeo/density/inequality.h"

using namespace geo;

namespace {

constexpr std::size_t kAreas = 10;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

Date january(int year) { return std::chrono::sys_days(std::chrono::year(year) / 1 / 1); }

struct Town {
    std::vector<Premises> premises = std::vector<Premises>(1);
    std::vector<std::vector<std::uint32_t>> area_of = std::vector<std::vector<std::uint32_t>>(1);
    std::vector<Date> days = {january(2015), january(2025)};
    AreaCounts counts;
    EquityInput input;

    Town() {
        input.population.assign(2, std::vector<double>(kAreas, 1000));
        for (std::uint32_t area = 0; area < kAreas; ++area) input.quantile.push_back(area / 2 + 1);
    }

    /// `number`: of the premises; each its own without it.
    void trades(std::uint32_t area, Date opened, Date closed, Use use = Use::hot_food_takeaway, int number = -1) {
        Premises& of = premises[0];
        of.premises.push_back(number < 0 ? static_cast<std::uint32_t>(1000 + of.size())
                                         : static_cast<std::uint32_t>(number));
        of.uses.push_back(use_bit(use));
        of.opened.push_back({opened, opened});
        of.closed.push_back({closed, closed});
        of.unclear.push_back(0);
        area_of[0].push_back(area);
    }
    void always(std::uint32_t area, int how_many) {
        for (int i = 0; i < how_many; ++i) trades(area, kBeforeRecords, kNotEnded);
    }

    EquityTable table() {
        counts.days = days;
        counts.uses = {Use::hot_food_takeaway};
        counts.areas = kAreas;
        counts.area_of = area_of;
        if (counts.outlets.empty()) counts.outlets.assign(days.size() * kAreas, 0);
        for (std::size_t spell = 0; spell < premises[0].size(); ++spell) {
            for (std::size_t day = 0; day < days.size(); ++day) {
                const bool of_use = (premises[0].uses[spell] & use_bit(Use::hot_food_takeaway)) != 0;
                if (of_use && premises[0].trades(spell, days[day]))
                    ++counts.outlets[counts.at(0, day, area_of[0][spell])];
            }
        }
        input.counts = &counts;
        input.premises = premises;
        return equity_table(input);
    }
};

}  // namespace

TEST_CASE("outlets, residents and rates of each fifth, and the gap of the ends") {
    Town town;
    const std::array<int, 5> outlets = {8, 6, 5, 4, 2};
    for (std::uint32_t fifth = 0; fifth < 5; ++fifth) town.always(2 * fifth, outlets[fifth]);
    const EquityTable table = town.table();
    REQUIRE(table.rows.size() == 10);
    for (std::size_t i = 0; i < 10; ++i) {
        CHECK(table.rows[i].quantile == i % 5 + 1);
        CHECK(table.rows[i].outlets == outlets[i % 5]);
        CHECK(table.rows[i].population == 2000);
        CHECK(table.rows[i].areas == 2);
        CHECK(table.rows[i].rate.value == outlets[i % 5] / 2.0);
    }
    const EquityMeasures& first = table.measures.at(0);
    CHECK(first.gap.value == 3);
    CHECK(std::abs(first.ratio.value - 4) < 1e-12);
    CHECK(first.sii.value > 0);
    CHECK(first.rii.value > 1);
    CHECK(first.sii_log.value > 0);
    CHECK(first.rii_log.value > 1);
    CHECK(first.concentration.value < 0);
    CHECK(first.gap.lower < 3);
    CHECK(first.gap.upper > 3);
    CHECK(table.areas.at(0).counted == 10);
}

TEST_CASE("the SII of a table is OHID's of its rates, with the multiplier -1") {
    Town town;
    const std::array<int, 5> outlets = {24, 18, 15, 12, 11};
    std::vector<double> people(5, 2000), rate, lower, upper;
    for (std::uint32_t fifth = 0; fifth < 5; ++fifth) {
        town.always(2 * fifth + 1, outlets[fifth]);
        const Estimate one = crude_rate(outlets[fifth], 2000, 1000);
        rate.push_back(one.value), lower.push_back(one.lower), upper.push_back(one.upper);
    }
    const std::vector<double> errors = standard_errors(lower, upper, ValueScale::log, 0.95);
    const QuantileValues values{people, rate, errors, ValueScale::log};
    const EquityMeasures measures = town.table().measures.at(0);
    const Slope plain = slope_of_inequality(values, {.multiplier = -1});
    const Slope fitted_on_log = slope_of_inequality(values, {.transform = true, .multiplier = -1});
    CHECK(measures.sii.value == plain.sii.value);
    CHECK(measures.sii.lower == plain.sii.lower);
    CHECK(measures.rii.upper == plain.rii.upper);
    CHECK(measures.sii_log.value == fitted_on_log.sii.value);
    CHECK(measures.rii_log.lower == fitted_on_log.rii.lower);
    town.counts = {};
    town.input.simulated = true;
    const Slope simulated = simulated_slope(values, {.multiplier = -1});
    CHECK(town.table().measures.at(0).sii.lower == simulated.sii.lower);
}

TEST_CASE("a shop that closes in the most deprived fifth closes the gap by its rate, who stayed is no chance") {
    Town town;
    for (std::uint32_t area = 0; area < kAreas; ++area) town.always(area, 10);
    for (int i = 0; i < 30; ++i) town.trades(0, kBeforeRecords, january(2020));
    town.trades(9, january(2018), kNotEnded);
    const EquityTable table = town.table();
    REQUIRE(table.changes.size() == 1);
    const EquityChange& change = table.changes[0];
    CHECK(change.stayed == 100);
    CHECK(change.opened == 1);
    CHECK(change.closed == 30);
    CHECK(std::abs(change.gap.value - -15.5) < 1e-12);
    CHECK(change.gap.upper < 0);
    CHECK(change.sii.value < 0);
    const double by_measures = table.measures[1].sii.value - table.measures[0].sii.value;
    CHECK(std::abs(change.sii.value - by_measures) < 1e-12);
    // Had all 40 + 10 and so on been taken for chance on both days, the interval would be wider.
    const double width = change.gap.upper - change.gap.lower;
    const Estimate &then = table.measures[0].gap, &now = table.measures[1].gap;
    CHECK(width < std::hypot(then.upper - then.lower, now.upper - now.lower));
}

TEST_CASE("nothing came or went: no change, and yet an interval, since something might have") {
    Town town;
    for (std::uint32_t area = 0; area < kAreas; ++area) town.always(area, 3);
    const EquityChange change = town.table().changes.at(0);
    CHECK(change.gap.value == 0);
    CHECK(change.gap.lower < 0);
    CHECK(change.gap.upper > 0);
    CHECK(change.gap.upper < 3);
}

TEST_CASE("the same premises in another spell stayed") {
    Town town;
    for (std::uint32_t area = 0; area < kAreas; ++area) town.always(area, 1);
    town.trades(0, kBeforeRecords, january(2020), Use::hot_food_takeaway, 7);
    town.trades(0, january(2020), kNotEnded, Use::hot_food_takeaway, 7);
    town.trades(2, kBeforeRecords, january(2020), Use::hot_food_takeaway, 8);  // and this one moved
    town.trades(4, january(2020), kNotEnded, Use::hot_food_takeaway, 8);
    town.trades(6, kBeforeRecords, kNotEnded, Use::betting_shop);
    const EquityChange change = town.table().changes.at(0);
    CHECK(change.stayed == 11);
    CHECK(change.opened == 1);
    CHECK(change.closed == 1);
}

TEST_CASE("areas without rank, residents or cover, and those aside, are left out on every day, and counted") {
    Town town;
    for (std::uint32_t area = 0; area < kAreas; ++area) town.always(area, 2);
    town.counts.outlets.assign(2 * kAreas, 0);
    town.counts.outlets[kAreas + 4] = -1000;  // not covered on the second day
    town.input.quantile[1] = 0;
    town.input.population[0][3] = 0;
    town.input.population[1][5] = kUnknown;
    town.input.aside.assign(kAreas, 0);
    town.input.aside[8] = 1;
    const EquityTable table = town.table();
    const EquityAreas& areas = table.areas.at(0);
    CHECK(areas.without_rank == 1);
    CHECK(areas.without_population == 2);
    CHECK(areas.not_covered == 1);
    CHECK(areas.aside == 1);
    CHECK(areas.counted == 5);
    for (const EquityRow& row : table.rows) {
        CAPTURE(row.quantile);
        const std::array<std::int64_t, 5> left = {1, 1, 0, 2, 1};
        CHECK(row.areas == static_cast<std::uint64_t>(left[row.quantile - 1]));
        CHECK(row.outlets == (left[row.quantile - 1] == 0 ? -1 : 2 * left[row.quantile - 1]));
    }
    // The third fifth is empty: the ends still have a gap, a slope over all is not defined.
    CHECK(table.measures[0].gap.value == 0);
    CHECK(std::isnan(table.measures[0].sii.value));
    CHECK(std::isnan(table.measures[0].concentration.value));
    CHECK(table.changes.empty());
}

TEST_CASE("a day before residents are known has no figures, the others keep theirs") {
    Town town;
    town.days = {january(2005), january(2015), january(2020), january(2025)};
    town.input.population.assign(4, std::vector<double>(kAreas, 1000));
    town.input.population[0].assign(kAreas, kUnknown);
    for (std::uint32_t area = 0; area < kAreas; ++area) town.always(area, 2);
    const EquityTable table = town.table();
    CHECK(table.has_figures == std::vector<std::uint8_t>{0, 1, 1, 1});
    CHECK(table.rows[0].outlets == -1);
    CHECK(std::isnan(table.rows[0].rate.value));
    CHECK(std::isnan(table.measures[0].gap.value));
    CHECK(table.measures[1].gap.value == 0);
    CHECK(table.areas[0].counted == 10);
    CHECK(table.changes.at(0).first_day == 1);
    CHECK(table.changes.at(0).last_day == 3);
}

TEST_CASE("no day has figures: nothing is told") {
    Town town;
    for (auto& day : town.input.population) day.assign(kAreas, kUnknown);
    town.always(0, 4);
    const EquityTable table = town.table();
    CHECK(table.areas.at(0).counted == 0);
    CHECK(table.changes.empty());
    for (const EquityRow& row : table.rows) CHECK(row.outlets == -1);
}

TEST_CASE("a fifth without outlets: no logarithm, but a plain slope with an interval") {
    Town town;
    for (std::uint32_t area = 0; area < 8; ++area) town.always(area, 5);
    const EquityMeasures measures = town.table().measures.at(0);
    CHECK(std::isnan(measures.sii_log.value));
    CHECK(std::isnan(measures.rii_log.value));
    CHECK(std::isfinite(measures.sii.lower));
    CHECK(measures.sii.lower < measures.sii.value);
    CHECK(std::isnan(measures.ratio.value));
    CHECK(measures.ratio.lower > 1);
}

TEST_CASE("the interval of the gap's change holds the truth in 93 to 99 of 100 towns") {
    std::mt19937_64 generator(20260402);
    const auto poisson = [&generator](double mean) {  // Knuth's, with a fixed meaning on every machine
        double product = 1;
        int count = -1;
        for (; product > std::exp(-mean); ++count) product *= (static_cast<double>(generator() >> 11U) + 0.5) * 0x1p-53;
        return count;
    };
    constexpr int kTowns = 1000;
    int gap_held = 0, sii_held = 0;
    for (int run = 0; run < kTowns; ++run) {
        Town town;
        for (std::uint32_t fifth = 0; fifth < 5; ++fifth) {
            town.always(2 * fifth, poisson(12));
            const int went = poisson(10 - 2.0 * fifth), came = poisson(4);
            for (int i = 0; i < went; ++i) town.trades(2 * fifth, kBeforeRecords, january(2020));
            for (int i = 0; i < came; ++i) town.trades(2 * fifth + 1, january(2020), kNotEnded);
        }
        const EquityChange change = town.table().changes.at(0);
        // Expected: 10 go and 4 come in the first fifth, 2 and 4 in the last: (-6 - 2) / 2,000 residents; a straight line over five equal fifths.
        gap_held += change.gap.lower <= -4 && -4 <= change.gap.upper ? 1 : 0;
        sii_held += change.sii.lower <= -5 && -5 <= change.sii.upper ? 1 : 0;
    }
    CHECK(gap_held >= 0.93 * kTowns);
    CHECK(gap_held <= 0.99 * kTowns);
    CHECK(sii_held >= 0.93 * kTowns);
    CHECK(sii_held <= 0.99 * kTowns);
}
