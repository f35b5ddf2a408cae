// SPDX-License-Identifier: Apache-2.0
// Published figures: PHEindicatormethods 2.1.0 (V1, V2), a council's survey and papers on the hygiene register (V8).
#include "libgeo/density/rates.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

using geo::byar_interval;
using geo::crude_rate;
using geo::Estimate;
using geo::IntervalMethod;
using geo::proportion;

namespace {

/// To 13 digits.
bool same(double found, double expected) { return std::abs(found - expected) <= 1e-13 * std::abs(expected); }

void check(const Estimate& found, double value, double lower, double upper) {
    CAPTURE(found.value);
    CAPTURE(found.lower);
    CAPTURE(found.upper);
    CHECK(same(found.value, value));
    CHECK(same(found.lower, lower));
    CHECK(same(found.upper, upper));
}

}  // namespace

TEST_CASE("V1: Byar's approximation at 95 and 99.8 per cent") {
    check(byar_interval(65), 65, 50.163187710459454, 82.849138545939837);
    check(byar_interval(1045), 1045, 982.59320180733255, 1110.33121298565);
    check(byar_interval(1), 1, 0.013072132901504, 5.56375558247526);
    check(byar_interval(65, 0.998), 65, 42.880261471480203, 94.000290844318016);
    check(byar_interval(10, 0.998), 10, 2.916318374695686, 24.193724927880535);
    check(byar_interval(1045, 0.998), 1045, 947.9407035610374, 1148.806160988033);
}

TEST_CASE("V1: a lower limit of Byar below 0 is none, the upper one stands") {
    const Estimate one = byar_interval(1, 0.998);
    CHECK(std::isnan(one.lower));
    CHECK(same(one.upper, 9.362180217908362));
}

TEST_CASE("V1: Wilson's score interval") {
    check(proportion(65, 100), 0.65, .55254443296887967, .73635751756902468);
    check(proportion(1045, 5000), 0.209, .19795549880013297, .22049130373189027);
}

TEST_CASE("V2: crude rates: exact below 10, Byar from 10, above 1 allowed") {
    const double k = 100'000;
    check(crude_rate(1, 100, k), 1000, 25.317807984289896, 5571.6433909388979);
    check(crude_rate(5, 100, k), 5000, 1623.48639011842, 11668.332079322669);
    check(crude_rate(20, 100, k), 20000, 12211.428834875936, 30889.880369197064);
    check(crude_rate(222, 3215, k), 6905.1321928460338, 6026.5748776526743, 7875.7293708718507);
    check(crude_rate(250, 220, k), 100'000.0 * 250 / 220, 99984.947385328764, 128631.14487455782);
    check(crude_rate(10, 200, k), 5000, 2393.7249569837822, 9195.7293028782369);
    check(crude_rate(2, 200, k), 1000, 121.10463927198258, 3612.3438338619794);
    CHECK(crude_rate(2, 200, k).method == IntervalMethod::exact);
    CHECK(crude_rate(9, 200, k).method == IntervalMethod::exact);
    CHECK(crude_rate(10, 200, k).method == IntervalMethod::byar);
}

TEST_CASE("no outlets: a rate of 0 with an upper limit, no people: no rate") {
    const Estimate none = crude_rate(0, 1000, 1000);
    CHECK(none.value == 0);
    CHECK(none.lower == 0);
    CHECK(same(none.upper, -std::log(0.025)));
    for (const double people : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
        const Estimate undefined = crude_rate(3, people, 1000);
        CHECK(std::isnan(undefined.value));
        CHECK(std::isnan(undefined.upper));
        CHECK(undefined.method == IntervalMethod::none);
    }
}

TEST_CASE("V8: published proportions, to the hundredth that is printed") {
    const auto printed = [](double x, double n, double value, double lower, double upper) {
        const Estimate found = proportion(x, n);
        CHECK(std::round(found.value * 10'000) == std::round(value * 100));
        CHECK(std::round(found.lower * 10'000) == std::round(lower * 100));
        CHECK(std::round(found.upper * 10'000) == std::round(upper * 100));
    };
    printed(179, 238, 75.21, 69.35, 80.27);
    printed(162, 182, 89.01, 83.64, 92.77);
    printed(162, 170, 95.29, 90.99, 97.60);
}
