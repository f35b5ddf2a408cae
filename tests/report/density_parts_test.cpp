// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/density_parts.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "libgeo/report/density_answer.h"
#include "tests/support/small_world.h"

using namespace geo;
using geo::test::day;

namespace {

const TableColumn& column(const AnswerTable& table, const std::string& name) {
    for (const TableColumn& one : table.columns)
        if (one.name == name) return one;
    throw std::out_of_range(name);
}

/// Centres A of 4 ha that has a hole of 1 ha, B of 2 ha to its east, and what lies in them.
struct Centres {
    test::SmallWorld world;
    AreaLayer layer;
    std::vector<Premises> premises;
    AreaCounts counts;
    std::vector<DensityRow> rows;

    Centres() {
        layer.facts.name = "town-centres";
        test::add_rectangle_ring(layer.shapes, 0, 0, 200, 200);
        test::add_rectangle_ring(layer.shapes, 50, 50, 150, 150);
        layer.shapes.end_shape();
        test::add_rectangle(layer.shapes, 200, 0, 300, 200);
        for (const char* code : {"A", "B"}) {
            layer.code.add(code);
            layer.name.add(std::string("Centre ") + code);
        }
    }
    void outlet(double x, double y, Date opened = day(2010, 1, 1), Date closed = kNotEnded) {
        world.outlet(x, y, 0, opened, closed);
    }
    void count() {
        Issues issues;
        premises.push_back(premises_of(world.layers().outlets.front(), issues));
        const std::vector<Date> days = {day(2015, 1, 1), day(2016, 1, 1)};
        const std::vector<Use> uses = {Use::hot_food_takeaway};
        counts = count_by_area(premises, layer, days, uses, 1, issues);
        rows = density_rows(counts, layer, {});
    }
};

}  // namespace

TEST_CASE("Outlets per hectare of town centre: holes aside, borders once, elsewhere not") {
    Centres c;
    c.outlet(10, 10);
    c.outlet(200, 100);  // on the border of both: in A
    c.outlet(100, 100);  // in the hole
    c.outlet(250, 10);
    c.outlet(260, 10, day(2015, 6, 1));  // opened in B
    c.outlet(270, 10, day(2010, 1, 1), day(2015, 8, 1));
    c.outlet(5000, 10);
    c.count();
    const AnswerTable table = centres_answer(c.rows, c.counts, c.layer);
    CHECK(table.name == "centres");
    REQUIRE(table.rows() == 6);
    CHECK(column(table, "centre_code").texts == std::vector<std::string>{"A", "B", "total", "A", "B", "total"});
    CHECK(column(table, "outlets").wholes == std::vector<std::int64_t>{2, 2, 4, 2, 2, 4});
    CHECK(column(table, "opened").wholes == std::vector<std::int64_t>{kNoWhole, kNoWhole, kNoWhole, 0, 1, 1});
    CHECK(column(table, "closed").wholes == std::vector<std::int64_t>{kNoWhole, kNoWhole, kNoWhole, 0, 1, 1});
    const std::vector<double>& hectares = column(table, "hectares").numbers;
    const std::vector<double>& per_hectare = column(table, "per_hectare").numbers;
    for (const std::size_t row : {0, 3}) {
        CHECK(hectares[row] == doctest::Approx(3).epsilon(1e-12));
        CHECK(per_hectare[row] == doctest::Approx(2.0 / 3).epsilon(1e-12));
    }
    CHECK(hectares[1] == doctest::Approx(2).epsilon(1e-12));
    CHECK(per_hectare[1] == doctest::Approx(1).epsilon(1e-12));
    CHECK(hectares[5] == doctest::Approx(5).epsilon(1e-12));
    CHECK(per_hectare[5] == doctest::Approx(0.8).epsilon(1e-12));
    const std::string text = centres_text(c.rows, c.counts, c.layer, 100);
    CHECK(text.find("hot-food-takeaway in town-centres on 2016-01-01: 4 on 5.00 ha") != std::string::npos);
    CHECK(text.find("Centre B") < text.find("Centre A"));  // most per hectare first
    CHECK(centre_notes(c.rows, c.counts, c.layer).size() == 1);
}

TEST_CASE("Centres without a surface have no figure per hectare, overlapping ones are said") {
    Centres c;
    c.layer.code.add("C");
    c.layer.name.add("Centre C");
    c.layer.shapes.add_point(500, 500);
    c.layer.code.add("D");
    c.layer.name.add("Centre D");
    test::add_rectangle(c.layer.shapes, 250, 0, 350, 200);
    c.outlet(275, 10);
    c.count();
    const AnswerTable table = centres_answer(c.rows, c.counts, c.layer);
    CHECK(std::isnan(column(table, "per_hectare").numbers[2]));
    CHECK(column(table, "outlets").wholes[1] == 1);
    CHECK(column(table, "outlets").wholes[3] == 0);
    const std::vector<std::string> notes = centre_notes(c.rows, c.counts, c.layer);
    REQUIRE(notes.size() == 3);
    CHECK(notes[1].starts_with("1 centre of town-centres without a surface"));
    CHECK(notes[2].find("1 outlet is inside more than one centre") != std::string::npos);
}

TEST_CASE("Zones in the table of density: after the total of their use and day, in words, without rates or shapes") {
    Centres c;
    c.outlet(10, 10);
    c.count();
    ZoneCounts zones;
    zones.policy.policy.id = "fh";
    for (std::uint32_t k = 0; k < 2; ++k)
        for (const ZoneSide side : {ZoneSide::inside, ZoneSide::exempt, ZoneSide::outside}) {
            ZoneRow& row = zones.rows.emplace_back();
            row.side = side;
            row.day = k;
            row.outlets = side == ZoneSide::inside ? 1 : 0;
        }
    const AnswerTable table = density_answer(c.rows, c.counts, c.layer, {}, &zones);
    REQUIRE(table.rows() == 12);
    CHECK(column(table, "area_code").texts == std::vector<std::string>{"A", "B", "total", "inside", "exempt", "outside",
                                                                       "A", "B", "total", "inside", "exempt",
                                                                       "outside"});
    CHECK(column(table, "area_name").texts[3] == "inside the zones of fh");
    CHECK(column(table, "area_name").texts[4] == "in the zones of fh, but exempt");
    CHECK(column(table, "area_name").texts[5] == "outside the zones of fh");
    CHECK(column(table, "outlets").wholes[9] == 1);
    for (const char* empty : {"population", "rate", "rate_lower", "rate_upper", "per_km2"})
        CHECK(std::isnan(column(table, empty).numbers[3]));
    CHECK(table.shape_of[3] == kNoArea);
    CHECK(zones_text(zones, c.counts, 100).find("inside the zones of fh, exempt in them, and outside") !=
          std::string::npos);
}
