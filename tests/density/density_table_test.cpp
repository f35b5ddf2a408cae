// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/density_table.h"

#include <doctest/doctest.h>

#include <cmath>

#include "libgeo/base/errors.h"
#include "libgeo/density/density_notes.h"
#include "libgeo/density/periods.h"
#include "libgeo/density/register_counts.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

Date day(int year, unsigned month, unsigned d) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

/// Areas of 1 km² side by side, and counts written down by hand: `outlets[day][area]`.
struct Table {
    AreaLayer areas;
    AreaCounts counts;
    DensityOptions options;

    explicit Table(const std::vector<std::vector<std::int32_t>>& outlets) {
        areas.facts.name = "wards";
        counts.uses = {Use::hot_food_takeaway};
        counts.areas = outlets.front().size();
        for (std::size_t area = 0; area < counts.areas; ++area) {
            areas.code.add("W" + std::to_string(area + 1));
            areas.name.add("Ward " + std::to_string(area + 1));
            const double west = 1000.0 * static_cast<double>(area);
            add_rectangle(areas.shapes, west, 0, west + 1000, 1000);
        }
        for (std::size_t k = 0; k < outlets.size(); ++k) {
            counts.days.push_back(day(2020 + static_cast<int>(k), 1, 1));
            counts.outlets.insert(counts.outlets.end(), outlets[k].begin(), outlets[k].end());
        }
        counts.opened.assign(counts.outlets.size(), 0);
        counts.closed.assign(counts.outlets.size(), 0);
    }
    std::vector<DensityRow> rows() const { return density_rows(counts, areas, options); }
    std::vector<std::string> notes(const Issues& issues = {}) const {
        const std::vector<DensityRow> made = rows();
        return density_notes({counts, areas, {}, made, {}, issues, options});
    }
};

bool any_holds(const std::vector<std::string>& notes, const std::string& part) {
    for (const std::string& note : notes)
        if (note.find(part) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("a total's rate is all outlets by all residents, never a mean of rates") {
    Table table({{5, 1}});
    table.areas.population[2019] = {12000, 8000};
    const std::vector<DensityRow> rows = table.rows();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].rate.value == doctest::Approx(0.416667).epsilon(1e-5));
    CHECK(rows[1].rate.value == doctest::Approx(0.125));
    CHECK(rows[2].area == kNoArea);
    CHECK(rows[2].rate.value == doctest::Approx(0.3));
    CHECK(rows[2].outlets == 6);
    CHECK(rows[2].population == 20000);
    CHECK(rows[2].per_km2 == doctest::Approx(3.0));
}

TEST_CASE("a population of 0 has no rate and stays in the total") {
    Table table({{5, 1}});
    table.areas.population[2019] = {12000, 0};
    const std::vector<DensityRow> rows = table.rows();
    CHECK(std::isnan(rows[1].rate.value));
    CHECK(std::isnan(rows[1].rate.upper));
    CHECK(rows[1].rate.method == IntervalMethod::none);
    CHECK(rows[1].outlets == 1);
    CHECK(rows[2].rate.value == doctest::Approx(0.5));
    CHECK(any_holds(table.notes(), "1 area with a population of 0 (Ward 2)"));
}

TEST_CASE("an area whose residents are not known has no rate, and neither has the total") {
    Table table({{5, 1}});
    table.areas.population[2019] = {12000, std::nan("")};
    const std::vector<DensityRow> rows = table.rows();
    CHECK(rows[0].rate.value == doctest::Approx(0.416667).epsilon(1e-5));
    CHECK(std::isnan(rows[1].rate.value));
    CHECK(std::isnan(rows[2].rate.value));
    CHECK(rows[2].outlets == 6);
    Issues issues;
    Issue left_over;
    left_over.layer = "wards.population";
    left_over.code = "rows-without-area";
    left_over.message = "2 rows of 3 match no area of the layer";
    issues.add(left_over);
    const std::vector<std::string> notes = table.notes(issues);
    CHECK(any_holds(notes, "1 of 2 areas of wards have no population (W2)"));
    CHECK(any_holds(notes, "2 rows of 3 match no area of the layer"));
    CHECK(any_holds(notes, "LSOAs of 2011 and of 2021"));
}

TEST_CASE("intervals: exact below 10 outlets, Byar from 10 on, the vectors of OHID's package") {
    Table table({{1, 10}});
    table.areas.population[2019] = {100, 200};
    table.options.per = 100000;
    const std::vector<DensityRow> rows = table.rows();
    CHECK(rows[0].rate.method == IntervalMethod::exact);
    CHECK(rows[0].rate.lower == doctest::Approx(25.317807984289896).epsilon(1e-12));
    CHECK(rows[0].rate.upper == doctest::Approx(5571.6433909388979).epsilon(1e-12));
    CHECK(rows[1].rate.method == IntervalMethod::byar);
    CHECK(rows[1].rate.value == doctest::Approx(5000));
    CHECK(rows[1].rate.lower == doctest::Approx(2393.7249569837822).epsilon(1e-12));
    CHECK(rows[1].rate.upper == doctest::Approx(9195.7293028782369).epsilon(1e-12));
}

TEST_CASE("change from the day before, in number and per cent") {
    Table table({{4, 0}, {6, 3}});
    const std::vector<DensityRow> rows = table.rows();
    REQUIRE(rows.size() == 6);
    CHECK(rows[0].change == DensityRow::kNotKnown);
    CHECK(rows[3].change == 2);
    CHECK(rows[3].change_percent == doctest::Approx(50));
    CHECK(rows[4].change == 3);
    CHECK(std::isnan(rows[4].change_percent));  // from none
    CHECK(rows[5].change == 5);
    CHECK(rows[5].change_percent == doctest::Approx(125));
}

TEST_CASE("not covered: empty, and the total's change is over areas that are covered on both days") {
    Table table({{4, 7}, {6, -1}});
    for (const std::size_t at : {std::size_t{3}}) table.counts.opened[at] = table.counts.closed[at] = -1;
    table.areas.population[2019] = {1000, 3000};
    const std::vector<DensityRow> rows = table.rows();
    CHECK(rows[4].outlets == DensityRow::kNotKnown);
    CHECK(std::isnan(rows[4].rate.value));
    CHECK(rows[5].outlets == 6);
    CHECK(rows[5].covered == 1);
    CHECK(rows[5].population == 1000);
    CHECK(rows[5].rate.value == doctest::Approx(6));
    CHECK(rows[5].change == 2);
    CHECK(rows[5].change_percent == doctest::Approx(50));
    CHECK(any_holds(table.notes(), "1 area (Ward 2) not covered on 2021-01-01"));
}

TEST_CASE("few residents for the outlets: the warning names the area") {
    Table table({{30, 30}});
    table.areas.population[2019] = {2999, 3000};
    const std::vector<DensityRow> rows = table.rows();
    CHECK(rows[0].few_residents);
    CHECK_FALSE(rows[1].few_residents);
    CHECK_FALSE(rows[2].few_residents);
    CHECK(any_holds(table.notes(), "1 area with fewer than 100 residents an outlet (Ward 1, 2,999 residents for 30)"));
}

TEST_CASE("no population at all, or none so early: said, not 0") {
    Table none({{4, 7}});
    CHECK(std::isnan(none.rows()[0].rate.value));
    CHECK(any_holds(none.notes(), "No rates: wards has no population"));
    Table late({{4, 7}});
    late.areas.population[2022] = {1000, 3000};
    CHECK(std::isnan(late.rows()[0].rate.value));
    CHECK(any_holds(late.notes(), "2020-01-01: no rates, as the first population is of 2022"));
    Table early({{4, 7}});
    early.areas.population[2011] = {1000, 3000};
    CHECK(any_holds(early.notes(), "Residents of 2011 stand for 2020-01-01"));
}

TEST_CASE("the days to count on: as asked, else the snapshots', else each 1 January on record") {
    OutletLayer layer;
    layer.facts.name = "takeaways";
    Premises premises;
    premises.layer = &layer;
    CHECK_THROWS_AS(days_to_count({}, std::span(&premises, 1), std::nullopt), UsageError);
    premises.premises = {0, 1};
    premises.unclear = {0, 0};
    premises.uses = {use_bit(Use::betting_shop), use_bit(Use::unstated)};
    premises.opened = {{kBeforeRecords, kBeforeRecords}, {day(2018, 5, 1), day(2018, 5, 2)}};
    premises.closed = {{day(2020, 6, 1), day(2020, 6, 2)}, {kNotEnded, kNotEnded}};
    CHECK(days_to_count({}, std::span(&premises, 1), std::nullopt) ==
          std::vector<Date>{day(2019, 1, 1), day(2020, 1, 1)});
    CHECK(days_to_count({}, std::span(&premises, 1), day(2022, 4, 1)).back() == day(2022, 1, 1));
    premises.snapshot_dates = {day(2018, 5, 2), day(2020, 6, 2)};
    CHECK(days_to_count({}, std::span(&premises, 1), day(2022, 4, 1)) == premises.snapshot_dates);
    const std::vector<Date> asked = {day(2021, 1, 1), day(2019, 1, 1), day(2021, 1, 1)};
    CHECK(days_to_count(asked, std::span(&premises, 1), std::nullopt) ==
          std::vector<Date>{day(2019, 1, 1), day(2021, 1, 1)});

    CHECK(uses_to_count({}, std::span(&premises, 1)) == std::vector<Use>{Use::betting_shop});
    const std::vector<Use> takeaways = {Use::hot_food_takeaway};
    CHECK_THROWS_WITH_AS(uses_to_count(takeaways, std::span(&premises, 1)),
                         "--use hot-food-takeaway: no outlet has this use; there is betting-shop", UsageError);
}
