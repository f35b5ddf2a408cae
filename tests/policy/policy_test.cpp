// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/policy.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

using namespace geo;

namespace {

Comparison comparison_of(const char* text) {
    const auto found = parse_comparison(text);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("comparisons are read with their edge, number and unit") {
    const Comparison at_most = comparison_of(" <= 400 m ");
    CHECK(at_most.comparator == Comparator::at_most);
    CHECK(at_most.limit == 400.0);
    CHECK(at_most.unit == Unit::metres);
    CHECK(at_most.text == "<= 400 m");
    CHECK_FALSE(at_most.judgement);
    CHECK(comparison_of("<400m").comparator == Comparator::below);
    CHECK(comparison_of(">= 3").comparator == Comparator::at_least);
    CHECK(comparison_of("> 5 %").unit == Unit::percent);
    CHECK(comparison_of("> 2 units").unit == Unit::units);
    CHECK(comparison_of("<= 10 min").unit == Unit::minutes);
    CHECK(comparison_of("≤ 0.25 mi").limit == 402.336);
    CHECK(comparison_of("judgement").judgement);
}

TEST_CASE("anything else is no comparison") {
    for (const char* text : {"", "400", "400 m", "<=", "< = 400 m", "== 400 m", "<= nan m", "<= inf m", "<= four m",
                             "<= 400 m or so", "judgment", "<= 1e999 m", "=< 400 m"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_comparison(text));
    }
}

TEST_CASE("a comparison without tie has exactly its own edge") {
    CHECK(holds(comparison_of("<= 400 m"), 400.0, 0.0));
    CHECK_FALSE(holds(comparison_of("<= 400 m"), std::nextafter(400.0, 500.0), 0.0));
    CHECK_FALSE(holds(comparison_of("< 400 m"), 400.0, 0.0));
    CHECK(holds(comparison_of("< 400 m"), std::nextafter(400.0, 0.0), 0.0));
    CHECK(holds(comparison_of(">= 3"), 3.0, 0.0));
    CHECK_FALSE(holds(comparison_of("> 3"), 3.0, 0.0));
}

TEST_CASE("the tie moves <= and >= outward, < and > inward") {
    const double tie = 0.001;
    CHECK(holds(comparison_of("<= 400 m"), 400.0009, tie));
    CHECK_FALSE(holds(comparison_of("<= 400 m"), 400.0011, tie));
    CHECK(holds(comparison_of("< 400 m"), 399.9989, tie));
    CHECK_FALSE(holds(comparison_of("< 400 m"), 399.9991, tie));
    CHECK(holds(comparison_of(">= 400 m"), 399.9991, tie));
    CHECK_FALSE(holds(comparison_of(">= 400 m"), 399.9989, tie));
    CHECK(holds(comparison_of("> 400 m"), 400.0011, tie));
    CHECK_FALSE(holds(comparison_of("> 400 m"), 400.0009, tie));
}

TEST_CASE("a judgement never holds, and neither does a distance that is not known") {
    CHECK_FALSE(holds(comparison_of("judgement"), 0.0, 0.001));
    CHECK_FALSE(holds(comparison_of("<= 400 m"), std::nan(""), 0.001));
    CHECK_FALSE(holds(comparison_of("> 400 m"), std::nan(""), 0.001));
}

TEST_CASE("<= and > of one limit are never both true, and without tie exactly one is") {
    CHECK(rc::check([]() {
        const double value = *rc::gen::inRange(0, 2000) / 4.0;
        const double tie = *rc::gen::inRange(0, 3) / 8.0;
        const bool near = holds(*parse_comparison("<= 250 m"), value, tie),
                   far = holds(*parse_comparison("> 250 m"), value, tie);
        RC_ASSERT(near != far);
    }));
}

TEST_CASE("words of a policy are those of the language") {
    CHECK(word(From::entrances) == "entrances");
    CHECK(word(From::point) == "point");
    CHECK(word(Site::as_given) == "as-given");
    CHECK(word(Site::entrance) == "entrance");
    CHECK(word(By::straight_line) == "straight-line");
    CHECK(word(By::walking) == "walking");
    CHECK(word(Outcome::Kind::resist) == "resist");
    CHECK(word(Outcome::Kind::flag) == "flag");
    CHECK(word(Policy::Status::emerging) == "emerging");
    CHECK(word(Policy::Status::withdrawn) == "withdrawn");
    const auto names = catalogue_layer_names();
    CHECK(std::find(names.begin(), names.end(), "youth-facilities") != names.end());
    CHECK(names.size() == 11);
}
