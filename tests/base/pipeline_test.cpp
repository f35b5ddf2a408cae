// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/pipeline.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace geo;

namespace {

struct Item {
    int number = 0;
    std::unique_ptr<int> square;  // no copies
};

/// Squares of 1 to n, as they are taken; `at` is called with each number on its way.
template <class At>
std::vector<int> squares(int n, std::size_t under_way, const At& at) {
    std::vector<int> taken;
    int next = 0;
    pipeline<Item>(
        under_way,
        [&](Item& item) {
            CHECK(item.number == 0);
            CHECK(item.square == nullptr);
            item.number = ++next;
            return next <= n;
        },
        [&](Item& item) {
            at(item.number);
            item.square = std::make_unique<int>(item.number * item.number);
        },
        [&](Item& item) { taken.push_back(*item.square); });
    return taken;
}

}  // namespace

TEST_CASE("a pipeline takes items in the order they were read, though some take longer") {
    const auto taken = squares(500, 8, [](int number) {
        std::atomic<int> spent{0};
        for (int i = 0; i < (number % 7 == 0 ? 200'000 : 10); ++i) ++spent;
    });
    REQUIRE(taken.size() == 500);
    for (int i = 0; i < 500; ++i) CHECK(taken[static_cast<std::size_t>(i)] == (i + 1) * (i + 1));
    CHECK(squares(0, 8, [](int) {}).empty());
    CHECK(squares(3, 1, [](int) {}) == std::vector<int>{1, 4, 9});
}

TEST_CASE("no more items are under way than was said") {
    std::atomic<int> under_way{0}, most{0};
    int next = 0;
    pipeline<Item>(
        3,
        [&](Item&) {
            if (next == 300) return false;
            ++next;
            most = std::max(most.load(), ++under_way);
            return true;
        },
        [](Item&) {}, [&](Item&) { --under_way; });
    CHECK(most.load() <= 3);
    CHECK(under_way.load() == 0);
}

TEST_CASE("what a step throws comes out, and the items under way are freed") {
    const auto alive = std::make_shared<int>(0);
    struct Holder {
        std::shared_ptr<int> holds;
        int number = 0;
    };
    for (const std::string step : {"read", "work", "take"}) {
        int next = 0;
        const auto fail_at = [&](const char* here, int number) {
            if (step == here && number == 20) throw std::runtime_error(step + " failed");
        };
        CHECK_THROWS_WITH_AS(pipeline<Holder>(
                                 8,
                                 [&](Holder& item) {
                                     item.holds = alive;
                                     item.number = ++next;
                                     fail_at("read", next);
                                     return next < 1000;
                                 },
                                 [&](Holder& item) { fail_at("work", item.number); },
                                 [&](Holder& item) { fail_at("take", item.number); }),
                             (step + " failed").c_str(), std::runtime_error);
        CHECK(alive.use_count() == 1);
    }
}
