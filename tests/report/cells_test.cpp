// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/cells.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

using namespace geo;

namespace {

std::string fixed(double value, int decimals) {
    std::string out;
    append_fixed(out, value, decimals);
    return out;
}

}  // namespace

TEST_CASE("three decimals, never minus nothing") {
    CHECK(fixed(400, 3) == "400.000");
    CHECK(fixed(-0.0004, 3) == "0.000");
    CHECK(fixed(-0.0, 3) == "0.000");
    CHECK(fixed(-1.25, 3) == "-1.250");
    CHECK(fixed(0.0005, 3) == "0.001");  // the double is a little above a half
    CHECK(fixed(2.5e15, 3) == "2500000000000000.000");
    CHECK(fixed(kNoNumber, 3).empty());
}

TEST_CASE("a half is rounded to even, as the exact value says") {
    CHECK(fixed(0.0625, 3) == "0.062");
    CHECK(fixed(0.1875, 3) == "0.188");
    CHECK(fixed(530123.0625, 3) == "530123.062");
}

TEST_CASE("the quick way prints what the exact way prints") {
    std::mt19937_64 random(23);
    for (int k = 0; k < 200'000; ++k) {
        // thousandths and their halves, moved by a bit or two; and anything at all
        const double round = static_cast<double>(random() % 2'000'000'000) / 2000.0;
        const double any = static_cast<double>(static_cast<std::int64_t>(random())) * 1e-12;
        for (const double value : {round, std::nextafter(round, 0.0), std::nextafter(round, 1e9), -round, any}) {
            std::string exact = fmt::format("{:.3f}", value);
            if (exact == "-0.000") exact = "0.000";
            REQUIRE(fixed(value, 3) == exact);
        }
    }
}
