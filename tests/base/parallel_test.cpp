// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/parallel.h"

#include <doctest/doctest.h>

#include <numeric>
#include <stdexcept>
#include <vector>

#include "libgeo/base/threads.h"

using namespace geo;

TEST_CASE("in parallel: each once, of none, of one, of more than there are shares, on one thread and on several") {
    for (const unsigned threads : {1U, 4U}) {
        const ThreadLimit limit(threads);
        for (const std::size_t count : {0UL, 1UL, 255UL, 256UL, 257UL, 100'000UL}) {
            std::vector<int> calls(count);
            in_parallel(count, [&](std::size_t i) { ++calls[i]; });
            CHECK(calls == std::vector<int>(count, 1));
        }
    }
}

TEST_CASE("in parallel: what one of them throws comes out") {
    CHECK_THROWS_WITH_AS(in_parallel(1000,
                                     [](std::size_t i) {
                                         if (i == 700) throw std::runtime_error("the 701st");
                                     }),
                         "the 701st", std::runtime_error);
}

TEST_CASE("in parallel within parallel") {
    std::vector<std::size_t> sums(20);
    in_parallel(sums.size(), [&](std::size_t i) {
        std::vector<std::size_t> of(100 * i);
        in_parallel(of.size(), [&](std::size_t k) { of[k] = k; });
        sums[i] = std::accumulate(of.begin(), of.end(), std::size_t{0});
    });
    for (std::size_t i = 1; i < sums.size(); ++i) CHECK(sums[i] == 100 * i * (100 * i - 1) / 2);
}
