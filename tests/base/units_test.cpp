// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/units.h"

#include <doctest/doctest.h>

using namespace geo;

namespace {

void check_quantity(const char* text, double value, Unit unit) {
    CAPTURE(std::string(text));
    const auto quantity = parse_quantity(text);
    REQUIRE(quantity);
    CHECK(quantity->value == value);
    CHECK(quantity->unit == unit);
}

}  // namespace

TEST_CASE("quantities: lengths come in metres") {
    check_quantity("400 m", 400.0, Unit::metres);
    check_quantity("400m", 400.0, Unit::metres);
    check_quantity("1.2 km", 1200.0, Unit::metres);
    check_quantity("200 ft", 200.0 * 0.3048, Unit::metres);
    check_quantity("0.25 mi", 402.336, Unit::metres);
    check_quantity("1 mm", 0.001, Unit::metres);
    check_quantity("-400 m", -400.0, Unit::metres);
}

TEST_CASE("quantities: minutes, per cent, units and bare numbers") {
    check_quantity("10 min", 10.0, Unit::minutes);
    check_quantity("5 %", 5.0, Unit::percent);
    check_quantity("5%", 5.0, Unit::percent);
    check_quantity("2 units", 2.0, Unit::units);
    check_quantity("3", 3.0, Unit::none);
}

TEST_CASE("anything else is no quantity") {
    for (const char* text : {"", "m", "nan m", "inf m", "1,000 m", "400 metters", "400 M", "400 m m", "1e999 m",
                             "1e308 km", "0x10 m", "five m"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_quantity(text));
    }
}

TEST_CASE("a length has a unit and is not below 0") {
    CHECK(parse_length("5 m") == Metres{5.0});
    CHECK(parse_length("0.1 km") == Metres{100.0});
    CHECK(parse_length("0") == Metres{0.0});
    CHECK(parse_length("0 m") == Metres{0.0});
    for (const char* text : {"5", "-5 m", "5 %", "5 min", "nan", ""}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_length(text));
    }
}

TEST_CASE("metres add, subtract and compare") {
    CHECK(Metres{1.0} + Metres{2.0} == Metres{3.0});
    CHECK(Metres{3.0} - Metres{2.0} == Metres{1.0});
    CHECK(Metres{1.0} < Metres{2.0});
    CHECK(symbol(Unit::metres) == "m");
    CHECK(symbol(Unit::percent) == "%");
    CHECK(symbol(Unit::none).empty());
}
