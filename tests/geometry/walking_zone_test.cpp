// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/walking_zone.h"

#include <doctest/doctest.h>

#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

struct Lane {
    Lane() : network(of({{{0, 0}, {300, 0}, {300, 400}}}), {}), starts({{at({100, -20}), 0}}) {}
    static Shapes of(const std::vector<std::vector<Point>>& ways) {
        Shapes lines;
        for (const std::vector<Point>& way : ways) add_line(lines, way);
        return lines;
    }
    NetworkPosition at(Point p) const { return NetworkPositions(network).find(p, 100).value_or(NetworkPosition{}); }
    StreetNetwork network;
    WalkStarts starts;
};

}  // namespace

TEST_CASE("covered stretches as lines: cut where the limit ends, with their corners, one shape each") {
    const Lane lane;
    const NearestWalks walks(lane.network, lane.starts, 500'000);
    const auto stretches = walks.covered(320'000);  // 20 m to the lane, 300 m along it
    const Shapes lines = lines_of(lane.network, stretches);
    REQUIRE(lines.size() == stretches.size());
    Box box = Box::empty();
    double length = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        box.add(lines.box(i));
        length += (stretches[i].to - stretches[i].from) / 1000.0;
    }
    CHECK(length == doctest::Approx(400));
    CHECK(box.min_x == 0);
    CHECK(box.max_x == 300);
    CHECK(box.max_y == doctest::Approx(100));
}

TEST_CASE(
    "parts of a walking zone: whole discs within the limit less their radius, starts apart that are nearer to it") {
    const Lane lane;
    const NearestWalks walks(lane.network, lane.starts, 500'000);
    const WalkingZoneParts parts = walking_zone_parts(lane.network, lane.starts, walks, 120'000, 25'000);
    REQUIRE(parts.streets.size() == 1);  // both stretches from the gate's place are one line
    CHECK(parts.streets.box(0).min_x == doctest::Approx(25));
    CHECK(parts.streets.box(0).max_x == doctest::Approx(175));
    CHECK(parts.starts.size() == 0);
    const WalkingZoneParts small = walking_zone_parts(lane.network, lane.starts, walks, 30'000, 25'000);
    CHECK(small.streets.size() == 0);
    REQUIRE(small.radius.size() == 1);
    CHECK(small.radius[0] == 10);
    CHECK(small.starts.first_point(0) == Point{100, 0});
    const WalkingZoneParts none = walking_zone_parts(lane.network, lane.starts, walks, 20'000, 25'000);
    CHECK(none.streets.size() + none.starts.size() == 0);
}
