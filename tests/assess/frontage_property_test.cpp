// SPDX-License-Identifier: Apache-2.0
// Random rows of units, and what a person would count on fingers: run, gap, window and share against the plainest code that can say them.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

/// A row of units: which are takeaways, where it is broken, and the proposal's.
struct Row {
    std::vector<bool> takeaway, broken;  // broken[k]: between k - 1 and k
    int proposal = 0;
    int size() const { return static_cast<int>(takeaway.size()); }
    bool of_use(int k) const { return k == proposal || takeaway[static_cast<std::size_t>(k)]; }
    bool joined(int a, int b) const {
        for (int k = std::min(a, b) + 1; k <= std::max(a, b); ++k)
            if (broken[static_cast<std::size_t>(k)]) return false;
        return true;
    }
    /// Takeaways all the way from the proposal to k.
    bool in_run(int k) const {
        for (int u = std::min(k, proposal); u <= std::max(k, proposal); ++u)
            if (!of_use(u)) return false;
        return joined(k, proposal);
    }
};

Row random_row() {
    Row row;
    const int n = *rc::gen::inRange(1, 30);
    for (int k = 0; k < n; ++k) {
        row.takeaway.push_back(*rc::gen::inRange(0, 3) == 0);
        row.broken.push_back(k > 0 && *rc::gen::inRange(0, 8) == 0);
    }
    row.proposal = *rc::gen::inRange(0, n);
    row.takeaway[static_cast<std::size_t>(row.proposal)] = false;
    return row;
}

int run_by_hand(const Row& row) {
    int units = 0;
    for (int k = 0; k < row.size(); ++k) units += row.in_run(k) ? 1 : 0;
    return units;
}

/// -1: no other.
int gap_by_hand(const Row& row, bool groups) {
    int least = -1;
    for (int k = 0; k < row.size(); ++k) {
        if (k == row.proposal || !row.of_use(k) || !row.joined(k, row.proposal) || (groups && row.in_run(k))) continue;
        int others = 0;
        for (int u = std::min(k, row.proposal) + 1; u < std::max(k, row.proposal); ++u) others += row.of_use(u) ? 0 : 1;
        least = least < 0 ? others : std::min(least, others);
    }
    return least;
}

int window_by_hand(const Row& row, int units) {
    int most = 0;
    for (int first = row.proposal - units + 1; first <= row.proposal; ++first) {
        int here = 0;
        for (int k = std::max(0, first); k < std::min(row.size(), first + units); ++k)
            here += row.of_use(k) && row.joined(k, row.proposal) ? 1 : 0;
        most = std::max(most, here);
    }
    return most;
}

/// What the engine measures on the row with this measure.
double measured(const Row& row, const std::string& measure, const std::string& breach) {
    SmallWorld world;
    std::set<int> takeaways;
    for (int k = 0; k < row.size(); ++k)
        if (row.takeaway[static_cast<std::size_t>(k)]) takeaways.insert(k + 1);
    FrontageLayer& layer = world.frontage(row.size(), takeaways);
    for (int k = 0; k < row.size(); ++k)
        layer.break_before[static_cast<std::size_t>(k)] = row.broken[static_cast<std::size_t>(k)] ? 1 : 0;
    world.propose_unit(row.proposal + 1);
    world.policy("[[rule]]\nid = \"R1\"\ncite = \"R1\"\n" + measure + "\nbreach = \"" + breach +
                 "\"\noutcome = \"refuse\"\n");
    world.assess();
    return world.finding().measured;
}

}  // namespace

TEST_CASE("runs, gaps, windows and shares are what counting on fingers gives") {
    CHECK(rc::check("any row of units", [] {
        const Row row = random_row();
        const std::string of = "{ of = \"hot-food-takeaway\", along = \"frontages\"";
        RC_ASSERT(measured(row, "run = " + of + " }", "> 2 units") == run_by_hand(row));
        for (const bool groups : {true, false}) {
            const double gap =
                measured(row, "gap = " + of + ", between = \"" + (groups ? "groups" : "units") + "\" }", "< 2 units");
            const int by_hand = gap_by_hand(row, groups);
            RC_ASSERT((by_hand < 0 ? std::isinf(gap) : gap == by_hand));
        }
        const int units = *rc::gen::inRange(2, 12);
        RC_ASSERT(measured(row, "count = " + of + ", window = { units = " + std::to_string(units) + " } }", "> 1") ==
                  window_by_hand(row, units));
        int takeaways = 0;
        for (int k = 0; k < row.size(); ++k) takeaways += row.of_use(k) ? 1 : 0;
        RC_ASSERT(measured(row, "share = { of = \"hot-food-takeaway\", among = \"units\", in = \"frontages\" }",
                           "> 5 %") == 100.0 * takeaways / row.size());
    }));
}

TEST_CASE("outlets within a radius: each surely, perhaps or not, as its distance and the accuracy say") {
    CHECK(rc::check("any outlets", [] {
        SmallWorld world;
        const double accuracy = *rc::gen::element(0.0, 5.0, 50.0);
        const int n = *rc::gen::inRange(1, 30);
        int plotted = 0, least = 0, most = 0;
        for (int k = 0; k < n; ++k) {
            const double x = *rc::gen::inRange(-600, 600), y = 1.0 + *rc::gen::inRange(0, 600);
            world.outlet(x, y, accuracy);
            const double distance = std::hypot(x, y);
            plotted += distance <= 400.001 ? 1 : 0;
            most += distance <= 400.001 || distance < 400 + accuracy ? 1 : 0;
            least += distance <= 400.001 && (accuracy == 0 || distance <= 400 - accuracy) ? 1 : 0;
        }
        world.propose(point(0, 0));
        world.policy(
            "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ncount = { of = \"hot-food-takeaway\", within = \"400 m\", "
            "proposal = \"excluded\" }\nbreach = \">= 3\"\noutcome = \"refuse\"\n");
        world.assess();
        const Finding& finding = world.finding();
        RC_ASSERT(finding.measured == plotted);
        RC_ASSERT(finding.least == least);
        RC_ASSERT(finding.most == most);
        const Result expected = least >= 3 ? Result::breach : most < 3 ? Result::clear : Result::borderline;
        RC_ASSERT(finding.result == expected);
    }));
}
