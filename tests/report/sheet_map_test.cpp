// SPDX-License-Identifier: Apache-2.0
// The inset map: true to scale, cut at its frame, the same every time.
#include "libgeo/report/sheet_map.h"

#include <doctest/doctest.h>

#include <cmath>
#include <regex>

#include "libgeo/report/map_paper.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

SheetMap map_of(SmallWorld& world) {
    const EvidenceSubject subject = subject_of_proposal(world.batch(), world.assess(), 0);
    return sheet_map(subject, world.assessment());
}

}  // namespace

TEST_CASE("the measured line is as long on the paper as its metres at the scale") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    world.propose(point(450, 350));  // 250 m east and 250 m north of its corner
    world.rule("<= 400 m");
    const SheetMap map = map_of(world);
    std::smatch line;
    REQUIRE(std::regex_search(
        map.svg, line, std::regex("<line x1=\"([0-9.-]+)\" y1=\"([0-9.-]+)\" x2=\"([0-9.-]+)\" y2=\"([0-9.-]+)\"")));
    const double millimetres =
        std::hypot(std::stod(line[3]) - std::stod(line[1]), std::stod(line[4]) - std::stod(line[2]));
    CHECK(millimetres * map.scale / 1000.0 == doctest::Approx(world.finding().measured).epsilon(0.001));
    CHECK(map.svg.find("R1 353.6 m") != std::string::npos);
    CHECK(map.svg.find(">Ash School<") != std::string::npos);
    CHECK(map.alt == "Map of the site at 1:5,000. Lines show what was measured: 353.6 m to Ash School (R1).");
    // 180 mm at 96 to the inch: on paper the scale holds.
    CHECK(map.width_px == 680);
    CHECK(map.svg.find("viewBox=\"0 0 180.00 ") != std::string::npos);
    CHECK(map.svg == map_of(world).svg);
}

TEST_CASE("a proposal without a location has no map") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    world.propose(Shapes());
    world.rule("<= 400 m");
    CHECK(map_of(world).svg.empty());
}

TEST_CASE("what is far beyond the limit is told under the map, and does not shrink it") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    world.place("parks", "Far", rectangle(90000, 0, 90100, 100));
    world.propose(point(450, 50));
    world.rule("<= 400 m", "", "to = [\"schools\", \"parks\"], from = \"boundary\"");
    const SheetMap map = map_of(world);
    CHECK(map.scale <= 5000);
    CHECK(map.caption.find("Beyond the frame: 89550.0 m to Far School (R1).") != std::string::npos);
}

TEST_CASE("hostile names are text on the map") {
    SmallWorld world;
    world.place("schools", "<script>x</script>", rectangle(0, 0, 200, 100));
    world.propose(point(450, 50));
    world.rule("<= 400 m");
    const SheetMap map = map_of(world);
    CHECK(map.svg.find("<script") == std::string::npos);
    CHECK(map.svg.find("&lt;script&gt;x&lt;/script&gt;") != std::string::npos);
}

TEST_CASE("a shape is cut at the frame: nothing of it lies far outside the paper") {
    const MapPaper paper({0, 0, 100, 100}, 180, 84);
    const std::string path = paper.path(rectangle(-1e6, -1e6, 1e6, 1e6), 0);
    REQUIRE_FALSE(path.empty());
    const std::regex number("-?[0-9]+\\.[0-9]+");
    for (auto at = std::sregex_iterator(path.begin(), path.end(), number); at != std::sregex_iterator(); ++at) {
        const double value = std::stod(at->str());
        CHECK(value >= -3.01);
        CHECK(value <= 183.01);
    }
    CHECK(paper.path(rectangle(5000, 5000, 5100, 5100), 0).empty());
}

TEST_CASE("the scale is the least round one that holds what is wanted") {
    CHECK(MapPaper({0, 0, 10, 10}, 180, 84).scale() == 500);
    CHECK(MapPaper({0, 0, 1000, 300}, 180, 84).scale() == 7'500);
    CHECK(MapPaper({0, 0, 1000, 300}, 180, 84).bar_metres(45) == 200);
}
