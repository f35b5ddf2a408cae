// SPDX-License-Identifier: Apache-2.0
// The drawn row of shop fronts: takeaways at 5 and 6 of 12 units, a proposal at 7.
#include "libgeo/report/strip.h"

#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

Strip strip_at(SmallWorld& world) {
    world.propose_unit(7);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nrun = { of = \"hot-food-takeaway\", along = \"frontages\" }\nbreach = "
        "\"> 2 units\"\n"
        "outcome = \"refuse\"\n");
    world.assess();
    return strip_of(world.finding(), world.assessment().slots()[0], world.assessment(), day(2024, 6, 1));
}

}  // namespace

TEST_CASE("a strip shows what stands there, the proposal in brackets, vacant units and where it is broken") {
    SmallWorld world;
    FrontageLayer& layer = world.frontage(12, {5, 6});
    layer.state[1] = Occupancy::vacant;
    layer.break_before[9] = 1;
    CHECK(strip_text(strip_at(world)) == "High Street: · – · · # # [#] · · | · · ·");
}

TEST_CASE("no more than 15 units to either side are shown, and that there are more is said") {
    SmallWorld world;
    world.frontage(40, {});
    const std::string text = strip_text(strip_at(world));
    CHECK(text.ends_with(" …"));
    CHECK(text.starts_with("High Street: ·"));
}

TEST_CASE("the drawing marks the units that the finding rests on, and escapes the frontage's name") {
    SmallWorld world;
    FrontageLayer& layer = world.frontage(8, {5, 6});
    layer.frontage_name.clear();
    layer.frontage_name.add("<High & Low>");
    const std::string svg = strip_svg(strip_at(world), 400);
    CHECK(svg.find("<title>&lt;High &amp; Low&gt;</title>") != std::string::npos);
    CHECK(svg.find("<script") == std::string::npos);
    std::size_t fronts = 0, rests_on = 0;
    for (std::size_t at = svg.find("<rect"); at != std::string::npos; at = svg.find("<rect", at + 1)) ++fronts;
    for (std::size_t at = svg.find("y1=\"46\""); at != std::string::npos; at = svg.find("y1=\"46\"", at + 1))
        ++rests_on;
    CHECK(fronts == 8);
    CHECK(rests_on == 3);
}
