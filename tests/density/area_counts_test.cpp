// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/area_counts.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>

#include "libgeo/density/area_index.h"
#include "libgeo/density/register_counts.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/orientation.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

Date day(int year, unsigned month, unsigned d) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

void add_area(AreaLayer& areas, const std::string& code, const Shapes& shape) {
    areas.code.add(code);
    areas.name.add("Area " + code);
    areas.shapes.add_copy(shape, 0);
}

/// Squares of 1 km, `n` by `n`, from (0, 0): A00, A01, …, row by row northwards.
AreaLayer squares(int n) {
    AreaLayer areas;
    areas.facts.name = "squares";
    for (int row = 0; row < n; ++row)
        for (int column = 0; column < n; ++column)
            add_area(areas, "A" + std::to_string(row) + std::to_string(column),
                     rectangle(column * 1000.0, row * 1000.0, column * 1000.0 + 1000.0, row * 1000.0 + 1000.0));
    return areas;
}

/// Outlets written down by hand.
struct Story {
    OutletLayer layer;
    Premises premises;
    Story() {
        layer.facts.name = "takeaways";
        premises.layer = &layer;
        premises.authorities = {""};
    }
    Story(const Story&) = delete;
    Story& operator=(const Story&) = delete;

    void snapshots(std::vector<Date> dates, std::vector<std::string> authorities,
                   std::vector<std::vector<std::uint8_t>> covered) {
        premises.snapshot_dates = std::move(dates);
        premises.authorities = std::move(authorities);
        premises.covered = std::move(covered);
    }
    void outlet(const Shapes& at, Date opened, Date closed, UseSet uses = use_bit(Use::hot_food_takeaway),
                std::uint32_t authority = 0, Happening began = Happening::opened, Happening ended = Happening::closed) {
        premises.premises.push_back(static_cast<std::uint32_t>(premises.size()));
        premises.first_row.push_back(0);
        premises.last_row.push_back(0);
        premises.uses.push_back(uses);
        premises.opened.push_back({opened, opened});
        premises.closed.push_back({closed, closed});
        premises.began.push_back(began);
        premises.ended.push_back(ended);
        premises.unclear.push_back(0);
        premises.authority.push_back(authority);
        premises.shapes.add_copy(at, 0);
    }
    AreaCounts count(const AreaLayer& areas, const std::vector<Date>& days, Issues& issues,
                     const std::vector<Use>& uses = {Use::hot_food_takeaway}) const {
        return count_by_area(std::span(&premises, 1), areas, days, uses, 1, issues);
    }
};

Shapes nowhere() {
    Shapes shapes;
    shapes.add_nothing();
    return shapes;
}

}  // namespace

TEST_CASE("orientation is exact where doubles alone are not") {
    CHECK(orientation({0, 0}, {10, 0}, {5, 1}) == 1);
    CHECK(orientation({0, 0}, {10, 0}, {5, -1}) == -1);
    CHECK(orientation({0, 0}, {10, 0}, {50, 0}) == 0);
    // One unit in the last place beside the line through (12, 12) and (24, 24).
    const double half = 0.5, next = std::nextafter(half, 1.0), before = std::nextafter(half, 0.0);
    CHECK(orientation({12, 12}, {24, 24}, {half, half}) == 0);
    CHECK(orientation({12, 12}, {24, 24}, {half, next}) == 1);
    CHECK(orientation({12, 12}, {24, 24}, {half, before}) == -1);
}

TEST_CASE("orientation turns round with the line, whatever the numbers") {
    rc::check([] {
        const auto coordinate = [] { return 530000.0 + static_cast<double>(*rc::gen::inRange(0, 1 << 20)) * 0x1p-21; };
        const Point a{coordinate(), coordinate()}, b{coordinate(), coordinate()}, p{coordinate(), coordinate()};
        RC_ASSERT(orientation(a, b, p) == -orientation(b, a, p));
        RC_ASSERT(orientation(a, b, p) == orientation(b, p, a));
    });
}

TEST_CASE("a point on each corner of 3 by 3 squares: 16 in all, none twice") {
    const AreaLayer areas = squares(3);
    Shapes corners;
    for (int row = 0; row <= 3; ++row)
        for (int column = 0; column <= 3; ++column) corners.add_point(column * 1000.0, row * 1000.0);
    std::vector<int> in_area(9, 0);
    for (const std::uint32_t area : area_of_each(corners, areas, 2)) {
        REQUIRE(area != kNoArea);
        ++in_area[area];
    }
    // Each goes to the least code that touches it: the south-west square has all of its four corners.
    CHECK(in_area == std::vector<int>{4, 2, 2, 2, 1, 1, 2, 1, 1});
}

TEST_CASE("the least code takes a shared border, not the first of the file") {
    AreaLayer areas;
    add_area(areas, "B", rectangle(0, 0, 100, 100));
    add_area(areas, "A", rectangle(100, 0, 200, 100));
    CHECK(area_of_each(point(100, 50), areas, 1) == std::vector<std::uint32_t>{1});
    CHECK(area_of_each(point(99.999, 50), areas, 1) == std::vector<std::uint32_t>{0});
}

TEST_CASE("holes are outside, their edge is not, nothing is in an area without a surface, no location is in no area") {
    AreaLayer areas;
    add_area(areas, "P", ring_park());
    add_area(areas, "Q", point(200, 200));
    Shapes points;
    points.add_point(50, 50);
    points.add_point(200, 200);
    points.add_point(100, 200);
    points.add_nothing();
    points.add_point(-1, 5);
    CHECK(area_of_each(points, areas, 1) == std::vector<std::uint32_t>{0, kNoArea, 0, kNoArea, kNoArea});
    CHECK(area_of_each(points, AreaLayer(), 1) == std::vector<std::uint32_t>(5, kNoArea));
}

TEST_CASE("neighbours along a slanting border leave no point out and take none twice") {
    // The border from (0, 0) to (1000, 333) and its points cannot be written exactly.
    AreaLayer areas;
    Shapes south, north;
    add_ring(south, {{0, 0}, {1000, -500}, {1000, 333}});
    south.end_shape();
    add_ring(north, {{0, 0}, {1000, 333}, {1000, 900}});
    north.end_shape();
    add_area(areas, "S", south);
    add_area(areas, "N", north);
    const AreaIndex index(areas);
    rc::check([&] {
        const double x = static_cast<double>(*rc::gen::inRange(1, 1 << 20)) * 1000.0 * 0x1p-20;
        const double on = x * 333.0 / 1000.0;
        for (const double y : {std::nextafter(on, -1e9), on, std::nextafter(on, 1e9)}) {
            const AreaIndex::Found found = index.find({x, y});
            RC_ASSERT(found.area != kNoArea);
            RC_ASSERT(!found.several);
            const int side = orientation({0, 0}, {1000, 333}, {x, y});
            RC_ASSERT(found.area == (side < 0 ? 0U : 1U));  // on the border: N is the lesser code
        }
    });
}

TEST_CASE("against the plain even-odd test of every area: random polygons with holes, points on their vertices") {
    rc::check([] {
        AreaLayer areas;
        const int n = *rc::gen::inRange(1, 12);
        const auto coordinate = [] { return static_cast<double>(*rc::gen::inRange(0, 64)); };
        for (int i = 0; i < n; ++i) {
            Shapes shape;
            const int rings = *rc::gen::inRange(1, 3);
            for (int ring = 0; ring < rings; ++ring) {
                const double x = coordinate(), y = coordinate();
                shape.add_vertex(x, y);
                for (int k = *rc::gen::inRange(2, 40); k > 0; --k) {
                    const double vx = coordinate(), vy = coordinate();
                    shape.add_vertex(vx, vy);
                }
                shape.add_vertex(x, y);
                shape.end_part(PartKind::ring);
            }
            shape.end_shape();
            add_area(areas, std::to_string(*rc::gen::inRange(0, 100)), shape);
        }
        const AreaIndex index(areas);
        for (int k = 0; k < 50; ++k) {
            const Point p{coordinate() / 2, coordinate() / 2};
            std::uint32_t expected = kNoArea;
            for (std::uint32_t i = 0; i < areas.size(); ++i) {
                if (!covers(areas.shapes, i, p)) continue;
                if (expected == kNoArea || areas.code[i] < areas.code[expected]) expected = i;
            }
            RC_ASSERT(index.find(p).area == expected);
        }
    });
}

TEST_CASE("areas all over each other: one of them, and said that there are several") {
    AreaLayer areas;
    for (int k = 0; k < 300; ++k) add_area(areas, std::to_string(1000 + k), rectangle(-k, -k, 1000 + k, 1000 + k));
    const AreaIndex index(areas);
    const AreaIndex::Found found = index.find({500, 500});
    CHECK(found.area == 0);
    CHECK(found.several);
    CHECK(index.cells() <= 300 * 16);
}

TEST_CASE("counts, openings and closures by area and day") {
    const AreaLayer areas = squares(2);
    const Date d0 = day(2020, 1, 1), d1 = day(2021, 1, 1), d2 = day(2022, 1, 1);
    Story story;
    story.outlet(point(500, 500), kBeforeRecords, kNotEnded);
    story.outlet(point(500, 600), day(2020, 6, 1), day(2021, 1, 1));   // closed on the second day: no longer in trade
    story.outlet(point(500, 700), day(2021, 1, 1), kNotEnded);         // opened on it: in trade
    story.outlet(point(1500, 500), day(2020, 2, 1), day(2020, 3, 1));  // came and went between two days
    Issues issues;
    const AreaCounts counts = story.count(areas, {d0, d1, d2}, issues);
    CHECK(counts.outlets[counts.at(0, 0, 0)] == 1);
    CHECK(counts.outlets[counts.at(0, 1, 0)] == 2);
    CHECK(counts.outlets[counts.at(0, 2, 0)] == 2);
    CHECK(counts.opened[counts.at(0, 0, 0)] == -1);
    CHECK(counts.opened[counts.at(0, 1, 0)] == 2);
    CHECK(counts.closed[counts.at(0, 1, 0)] == 1);
    CHECK(counts.opened[counts.at(0, 2, 0)] == 0);
    CHECK(counts.outlets[counts.at(0, 1, 1)] == 0);
    CHECK(counts.opened[counts.at(0, 1, 1)] == 1);
    CHECK(counts.closed[counts.at(0, 1, 1)] == 1);
    CHECK(issues.all().empty());
}

TEST_CASE("an outlet of two uses counts once for each, one that moved or changed use neither opened nor closed") {
    const AreaLayer areas = squares(1);
    const Date d0 = day(2020, 1, 1), d1 = day(2021, 1, 1), moved = day(2020, 6, 1);
    const auto both = static_cast<UseSet>(use_bit(Use::hot_food_takeaway) | use_bit(Use::off_licence));
    Story story;
    story.outlet(point(5, 5), kBeforeRecords, kNotEnded, both);
    story.outlet(point(9, 9), kBeforeRecords, moved, use_bit(Use::hot_food_takeaway), 0, Happening::opened,
                 Happening::moved);
    story.outlet(point(99, 9), moved, kNotEnded, use_bit(Use::hot_food_takeaway), 0, Happening::moved);
    story.outlet(point(50, 5), moved, kNotEnded, use_bit(Use::off_licence), 0, Happening::new_use);
    Issues issues;
    const std::vector<Use> uses = {Use::hot_food_takeaway, Use::off_licence};
    const AreaCounts counts = story.count(areas, {d0, d1}, issues, uses);
    CHECK(counts.outlets[counts.at(0, 1, 0)] == 2);
    CHECK(counts.opened[counts.at(0, 1, 0)] == 0);
    CHECK(counts.closed[counts.at(0, 1, 0)] == 0);
    CHECK(counts.outlets[counts.at(1, 0, 0)] == 1);
    CHECK(counts.outlets[counts.at(1, 1, 0)] == 2);
    const std::vector<RegisterRow> rows = register_rows(std::span(&story.premises, 1), counts);
    REQUIRE(rows.size() == 4);
    CHECK(rows[1].before == 2);
    CHECK(rows[1].moved_in == 1);
    CHECK(rows[1].moved_out == 1);
    CHECK(rows[1].on_record == 2);
    CHECK(rows[3].use_gained == 1);
    CHECK(rows[3].on_record == 2);
}

TEST_CASE("what is in no area, or in two, is said") {
    AreaLayer areas = squares(1);
    add_area(areas, "Z", rectangle(900, 0, 2000, 1000));
    const Date d0 = day(2020, 1, 1);
    Story story;
    story.outlet(point(500, 500), kBeforeRecords, kNotEnded);
    story.outlet(point(950, 500), kBeforeRecords, kNotEnded);
    story.outlet(point(5000, 500), kBeforeRecords, kNotEnded);
    story.outlet(nowhere(), kBeforeRecords, kNotEnded);
    story.outlet(nowhere(), kBeforeRecords, day(2010, 1, 1));  // gone before the first day
    story.outlet(point(500, 500), kBeforeRecords, kNotEnded);
    story.premises.unclear.back() = 1;
    Issues issues;
    const AreaCounts counts = story.count(areas, {d0}, issues);
    CHECK(counts.outlets == std::vector<std::int32_t>{2, 0});
    CHECK(counts.outside == 1);
    CHECK(counts.without_location == 1);
    CHECK(counts.unclear == 1);
    CHECK(counts.in_several == 1);
    CHECK(issues.all().size() == 4);
    const std::vector<RegisterRow> rows = register_rows(std::span(&story.premises, 1), counts);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].on_record == 4);
    CHECK(rows[0].in_areas + rows[0].outside + rows[0].without_location == 4);
}

TEST_CASE("an authority that is absent from a snapshot: its areas are not covered, and close nothing") {
    const AreaLayer areas = squares(2);  // A00, A01: authority 1; A10: authority 2; A11: nobody, nearest is authority 2
    const Date d0 = day(2020, 7, 1), d1 = day(2020, 11, 1), d2 = day(2021, 8, 1);
    Story story;
    story.snapshots({d0, d1, d2}, {"", "E1", "E2"}, {{1, 1, 1}, {1, 1, 0}, {1, 1, 1}});
    const UseSet takeaway = use_bit(Use::hot_food_takeaway);
    story.outlet(point(500, 500), d0, kNotEnded, takeaway, 1);
    story.outlet(point(1500, 500), d0, d1, takeaway, 1);
    story.outlet(point(500, 1500), d0, kNotEnded, takeaway, 2);
    story.outlet(point(900, 1500), d2, kNotEnded, takeaway, 2);  // first seen after the gap
    Issues issues;
    const AreaCounts counts = story.count(areas, {d0, d1, d2}, issues);
    CHECK(counts.outlets[counts.at(0, 1, 0)] == 1);
    CHECK(counts.outlets[counts.at(0, 1, 1)] == 0);
    CHECK(counts.closed[counts.at(0, 1, 1)] == 1);
    CHECK(counts.outlets[counts.at(0, 0, 2)] == 1);
    CHECK(counts.outlets[counts.at(0, 1, 2)] == -1);
    CHECK(counts.closed[counts.at(0, 1, 2)] == -1);
    CHECK(counts.outlets[counts.at(0, 1, 3)] == -1);
    CHECK(counts.outlets[counts.at(0, 2, 2)] == 2);
    CHECK(counts.opened[counts.at(0, 2, 2)] == -1);  // since when is not known
    // A day before the first snapshot says nothing of anybody.
    const AreaCounts early = story.count(areas, {day(2019, 1, 1), d0}, issues);
    for (std::uint32_t area = 0; area < 4; ++area) {
        CHECK(early.outlets[early.at(0, 0, area)] == -1);
        CHECK(early.opened[early.at(0, 1, area)] == -1);
    }
}

TEST_CASE("an area is of the authority that registers most of what is in it") {
    const AreaLayer areas = squares(1);
    const Date d0 = day(2020, 7, 1), d1 = day(2020, 11, 1);
    const UseSet takeaway = use_bit(Use::hot_food_takeaway);
    Story story;
    story.snapshots({d0, d1}, {"", "E1", "E2"}, {{1, 1, 1}, {1, 1, 0}});
    story.outlet(point(500, 500), d0, kNotEnded, takeaway, 1);
    story.outlet(point(600, 500), d0, kNotEnded, takeaway, 1);
    story.outlet(point(700, 500), d0, kNotEnded, takeaway,
                 2);  // a neighbour's register, absent on the second day: goes on
    Issues issues;
    const AreaCounts counts = story.count(areas, {d0, d1}, issues);
    CHECK(counts.outlets == std::vector<std::int32_t>{3, 3});
    CHECK(counts.closed == std::vector<std::int32_t>{-1, 0});
}

TEST_CASE("residents: the latest year not after the day's, in a straight line between mid-years when asked") {
    AreaLayer areas = squares(1);
    areas.population[2011] = {1000};
    areas.population[2021] = {2000};
    CHECK(population_on(areas, day(2015, 3, 1), false)[0] == 1000);
    CHECK(population_on(areas, day(2021, 1, 1), false)[0] == 2000);
    CHECK(std::isnan(population_on(areas, day(2010, 12, 31), false)[0]));
    CHECK(population_on(areas, day(2016, 7, 1), true)[0] == doctest::Approx(1000 + 1000 * 1827.0 / 3653.0));
    CHECK(population_on(areas, day(2011, 7, 1), true)[0] == 1000);
    CHECK(population_on(areas, day(2030, 1, 1), true)[0] == 2000);
    CHECK(std::isnan(population_on(areas, day(2010, 1, 1), true)[0]));
    areas.population[0] = {77};
    CHECK(population_on(areas, day(2010, 1, 1), false)[0] == 77);
}

TEST_CASE("any number of threads counts the same") {
    const AreaLayer areas = squares(4);
    Shapes points;
    for (int k = 0; k < 20000; ++k) points.add_point((k * 7919) % 4001, (k * 104729) % 4001);
    CHECK(area_of_each(points, areas, 1) == area_of_each(points, areas, 2));
}
