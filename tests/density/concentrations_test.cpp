// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/concentrations.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/support/small_world.h"

using namespace geo;
using geo::test::day;
using geo::test::SmallWorld;

namespace {

const Date kDay = day(2024, 6, 1);
const std::vector<Use> kBad = {Use::hot_food_takeaway, Use::betting_shop};
const std::vector<Use> kGood = {Use::credit_union};
constexpr UseSet kAll = use_bit(Use::hot_food_takeaway) | use_bit(Use::betting_shop) | use_bit(Use::credit_union);

/// A street with parades F1 at y = 0 and F2 at y = 2000, units at x = 6, 12, …, 60.
struct Street {
    SmallWorld world;
    std::vector<Premises> premises;

    Street() {
        world.frontage(10, {}, "F1", 0);
        world.frontage(10, {}, "F2", 2000);
    }
    void shop(Use use, double x, double y, Date closed = kNotEnded) {
        world.outlet(x, y, 0, day(2010, 1, 1), closed, use);
    }
    FrontageLayer& units() { return world.layers().frontages.front(); }
    Shops shops() {
        if (!world.layers().outlets.empty() && premises.empty()) {
            Issues issues;
            premises.push_back(premises_of(world.layers().outlets.front(), issues));
        }
        return shops_on(kDay, premises, world.layers().frontages, kAll);
    }
    std::vector<ParadeCounts> ranked(double radius) { return parade_counts(units(), shops(), kBad, kGood, radius); }
};

std::string id(Street& street, const ParadeCounts& parade) {
    return std::string(street.units().frontage_id[parade.frontage]);
}

}  // namespace

TEST_CASE("Shops within the radius of any unit: exactly so far counts, a centimetre farther does not") {
    Street street;
    street.shop(Use::hot_food_takeaway, 460, 0);     // 400 m from the last unit, at x = 60
    street.shop(Use::hot_food_takeaway, 460.01, 0);  // 400.01 m
    street.shop(Use::betting_shop, 33, 3);
    const auto parades = street.ranked(400);
    REQUIRE(parades.size() == 2);
    CHECK(id(street, parades[0]) == "F1");
    CHECK(parades[0].of == std::vector<std::int64_t>{1, 1});
    CHECK(parades[0].total == 2);
    CHECK(parades[0].all);
    CHECK_FALSE(parades[0].all_good);
    CHECK(std::isinf(parades[0].metres));
    CHECK(parades[1].total == 0);
    CHECK(parades[1].rank == 2);
}

TEST_CASE("A shop near many units of a parade counts once") {
    Street street;
    street.shop(Use::betting_shop, 30, 0);
    CHECK(street.ranked(400)[0].of[1] == 1);
}

TEST_CASE("Ranked by kinds, then by number, then by the alternatives that are missing") {
    Street street;
    for (int k = 0; k < 5; ++k) street.shop(Use::hot_food_takeaway, 6.0 * k, 10);  // five of one kind at F1
    street.shop(Use::hot_food_takeaway, 10, 2010);                                 // one of each at F2
    street.shop(Use::betting_shop, 20, 2010);
    street.shop(Use::credit_union, 60, 2300);
    const auto parades = street.ranked(400);
    CHECK(id(street, parades[0]) == "F2");
    CHECK(parades[0].kinds == 2);
    CHECK(parades[0].all_good);
    CHECK(parades[0].metres == doctest::Approx(300));
    CHECK(parades[1].total == 5);
    CHECK(parades[1].metres == doctest::Approx(2300));
}

TEST_CASE("Equal parades share a rank") {
    Street street;
    street.shop(Use::betting_shop, 30, 10);
    street.shop(Use::betting_shop, 30, 2010);
    const auto parades = street.ranked(100);
    CHECK(parades[0].rank == 1);
    CHECK(parades[1].rank == 1);
    CHECK(id(street, parades[0]) == "F1");
}

TEST_CASE("What has closed by the day is not there") {
    Street street;
    street.shop(Use::betting_shop, 30, 10, kDay);
    CHECK(street.ranked(100)[0].total == 0);
}

TEST_CASE("A use that no outlets layer has comes from the units, each shop once, a use that one has does not") {
    Street street;
    FrontageLayer& units = street.units();
    const auto make = [&](std::size_t unit, Use use, Occupancy state = Occupancy::observed) {
        units.use[unit] = use;
        units.uses[unit] = use_bit(use);
        units.state[unit] = state;
    };
    make(2, Use::betting_shop);
    make(3, Use::betting_shop, Occupancy::vacant);
    make(4, Use::hot_food_takeaway);
    make(5, Use::credit_union, Occupancy::lawful);
    CHECK(street.ranked(10)[0].of == std::vector<std::int64_t>{1, 1});
    CHECK(street.ranked(10)[0].all_good);

    Street with_outlets;
    with_outlets.units().use = street.units().use;
    with_outlets.units().uses = street.units().uses;
    with_outlets.units().state = street.units().state;
    with_outlets.shop(Use::hot_food_takeaway, 5000, 5000);
    CHECK(with_outlets.ranked(10)[0].of == std::vector<std::int64_t>{0, 1});
    CHECK(with_outlets.shops().from_outlets == use_bit(Use::hot_food_takeaway));
}

TEST_CASE("A shop without a location is counted apart, not placed") {
    Street street;
    street.shop(Use::betting_shop, 30, 10);
    OutletLayer& layer = street.world.layers().outlets.front();
    layer.shapes.clear();
    layer.shapes.add_nothing();
    CHECK(street.shops().without_location == 1);
    CHECK(street.ranked(400)[0].total == 0);
}

TEST_CASE("Gi* over areas: nine squares of 1 km, all shops in one corner") {
    SmallWorld world;
    world.layers().areas.reserve(2);
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column) {
            const double x = 1000.0 * column, y = 1000.0 * row;
            world.area("squares", "S" + std::to_string(3 * row + column), test::rectangle(x, y, x + 1000, y + 1000));
        }
    Shops shops;
    const auto put = [&](double x, double y, Use use) {
        shops.points.add_point(x, y);
        shops.uses.push_back(use_bit(use));
    };
    for (int k = 0; k < 6; ++k) put(100 + k, 100, Use::hot_food_takeaway);
    put(1500, 500, Use::betting_shop);
    put(9000, 9000, Use::betting_shop);
    const AreaHeats heats = area_heat(shops, world.areas("squares"), kBad, kDay, {});
    CHECK(heats.within_m == doctest::Approx(1000));
    CHECK_FALSE(heats.per_residents);
    CHECK(heats.outside == 1);
    REQUIRE(heats.rows.size() == 27);
    CHECK(heats.rows[0].outlets == 6);
    CHECK(heats.rows[0].value == doctest::Approx(6));  // per km²
    CHECK(heats.rows[0].neighbours == 2);
    // By hand: mean 7/9, variance 37/9 - 49/81; the corner and its two neighbours hold 7 of an expected 7/3.
    const double variance = 37.0 / 9 - 49.0 / 81;
    CHECK(heats.rows[0].z == doctest::Approx((7 - 7.0 / 3) / std::sqrt(variance * (9 * 3 - 9) / 8)));
    CHECK(heats.rows[0].p == doctest::Approx(std::erfc(heats.rows[0].z / std::sqrt(2.0))));
    CHECK(heats.rows[8].z < 0);
    CHECK(heats.rows[9].outlets == 6);   // takeaways alone
    CHECK(heats.rows[19].outlets == 1);  // betting shops in the second square

    AreaLayer& squares = world.areas("squares");
    squares.population[2020] = std::vector<double>(9, 2000);
    squares.population[2020][4] = 0;
    const AreaHeats rates = area_heat(shops, squares, kBad, kDay, {});
    CHECK(rates.per_residents);
    CHECK(rates.rows[0].value == doctest::Approx(3));
    CHECK(std::isnan(rates.rows[4].value));
    CHECK(std::isnan(rates.rows[4].z));
}
