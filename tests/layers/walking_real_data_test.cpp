// SPDX-License-Identifier: Apache-2.0
//
// Networks of real streets. The numbers of OpenStreetMap are those of a reader written apart from this program, which takes the ways by the same table
// (datasets/walkable/osm.toml) and counts junctions where two ways, or a way with itself, have a node in common.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "libgeo/layers/walking_network.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

struct Real : SmallStudy {
    std::optional<std::filesystem::path> shared = test::shared_data();
    bool there() const {
        if (!shared) MESSAGE("skipped: no shared data here (set CORDON_SHARED)");
        return shared.has_value();
    }
    std::unique_ptr<const WalkingNetwork> build(const std::string& file, const std::string& more,
                                                const std::string& crs = "EPSG:27700") {
        const std::string path = (*shared / "data" / "network" / file).string();
        study =
            read("[layers.streets]\nkind = \"streets\"\nfile = \"" + path + "\"\n" + more, "crs = \"" + crs + "\"\n");
        auto walking = load_walking_network(study, test::options(), issues);
        issues.verify_accounts();
        return walking;
    }
};

/// What a network is to be, so that a failure shows all of it.
struct Counts {
    std::uint64_t lines = 0, links = 0, nodes = 0, parts = 0, largest = 0;
    bool operator==(const Counts&) const = default;
};
Counts counts(const WalkingNetwork& walking) {
    const StreetNetwork& network = walking.network;
    return {walking.lines, network.links(), network.nodes(), network.component_count(),
            network.component_nodes(network.largest_component())};
}
doctest::String toString(const Counts& c) {
    std::string text;
    for (const std::uint64_t n : {c.lines, c.links, c.nodes, c.parts, c.largest}) text += std::to_string(n) + " ";
    return text.c_str();
}

using Rules = std::map<std::string, std::uint64_t>;
Rules rules(const WalkingNetwork& walking) {
    Rules found;
    for (const WalkedBy& by : walking.rules) found[by.rule] = by.lines;
    return found;
}

/// Links on which nothing begins or ends.
std::uint64_t barred(const WalkingNetwork& walking) {
    return static_cast<std::uint64_t>(std::count(walking.usable.begin(), walking.usable.end(), 0));
}

}  // namespace

TEST_CASE("Leeds, from OpenStreetMap: every way is accounted for") {
    Real r;
    if (!r.there()) return;
    const auto walking = r.build("osm/leeds_its_2020.osm.pbf", "");
    CHECK(counts(*walking) == Counts{184, 347, 270, 6, 248});
    CHECK(walking->topology == StreetTopology::shared_vertices);
    CHECK(walking->has_paths);
    CHECK(walking->filters == std::vector<std::string>{"osm-2026-11"});
    CHECK(rules(*walking) ==
          Rules{{"street-or-path", 165}, {"cycleway", 6}, {"steps", 9}, {"tunnel", 3}, {"indoor", 1}});
    CHECK(walking->small_parts == 4);
    CHECK(r.issues.may_hide_breach() == 0);
}

TEST_CASE("Leeds centre, from OpenStreetMap: what is left out, and private ways when they are asked for") {
    Real r, with_private;
    if (!r.there()) return;
    const auto walking = r.build("osm/leeds_centre_2024.osm.pbf", "");
    CHECK(counts(*walking) == Counts{259, 516, 380, 4, 374});
    CHECK(rules(*walking) == Rules{{"street-or-path", 200},
                                   {"foot-forbidden", 39},
                                   {"access-private", 50},
                                   {"motorway", 11},
                                   {"cycleway", 44},
                                   {"steps", 12},
                                   {"indoor", 2},
                                   {"tunnel", 1},
                                   {"not-there", 3}});
    CHECK(has(r.of("walk-motorway").at(0).message, "11 lines: a motorway"));
    CHECK(r.of("street-gap").size() == 2);
    CHECK(r.account("streets").ruled_out == 103);
    const auto all = with_private.build("osm/leeds_centre_2024.osm.pbf", "private = true\n");
    CHECK(all->lines == 309);
    CHECK(barred(*all) > barred(*walking));
}

TEST_CASE("Bristol, from OpenStreetMap, as PBF and as XML") {
    Real r, xml;
    if (!r.there()) return;
    CHECK(counts(*r.build("osm/bristol_2024.osm.pbf", "")) == Counts{21, 36, 34, 2, 32});
    CHECK(counts(*xml.build("osm/bristol_2024_b.osm", "")) == Counts{37, 60, 45, 1, 45});
}

TEST_CASE("Monaco, from OpenStreetMap: steps, tunnels and many islands of paths") {
    Real r;
    if (!r.there()) return;
    // By node there are 1,165 junctions and 1,560 links: two nodes lie at the place of another.
    const auto walking = r.build("osm/monaco_2012.osm.pbf", "", "EPSG:32632");
    CHECK(counts(*walking) == Counts{858, 1562, 1166, 18, 1132});
    CHECK(rules(*walking).at("tunnel") == 62);
    CHECK(walking->small_parts == 17);
}

TEST_CASE("Edinburgh, OS Open Roads: roads without footpaths, joined at their ends") {
    Real r, twice;
    if (!r.there()) return;
    const auto walking = r.build("os_open_roads/NT_RoadLink.shp", "");
    CHECK(counts(*walking) == Counts{1696, 1696, 1346, 8, 1326});
    CHECK(walking->topology == StreetTopology::endpoints);
    CHECK_FALSE(walking->has_paths);
    CHECK(walking->filters == std::vector<std::string>{"os-open-roads-2026-11"});
    CHECK(r.of("stated-lengths").empty());  // whole metres, 0.8 m off at most
    CHECK(has(r.of("street-gap").at(0).message, "lies on another street without a junction"));
    // The same links once more, as of a tile beside it: each is used once.
    const std::string path = (*r.shared / "data" / "network" / "os_open_roads" / "NT_RoadLink.shp").string();
    const auto tiles =
        twice.build("os_open_roads/NT_RoadLink.shp", "[layers.next]\nkind = \"streets\"\nfile = \"" + path + "\"\n");
    CHECK(counts(*tiles) == counts(*walking));
    CHECK(twice.account("next").ruled_out == 1696);
}

TEST_CASE("Portsmouth: ways of OpenStreetMap joined at their ends are refused, with both numbers") {
    Real ends, vertices;
    if (!ends.there()) return;
    const std::string message = message_of([&] {
        ends.build("portsmouth_osm.gpkg", "layer = \"roads\"\ntopology = \"endpoints\"\nwalkable = \"all\"\n");
    });
    CHECK(has(message, "fall into 2,889 parts, the largest with 8.6 % of the junctions"));
    CHECK(has(message, "into 239 parts, the largest with 89.6 % of the junctions"));
    CHECK(has(message, "say topology = \"shared-vertices\""));
    const auto walking = vertices.build("portsmouth_osm.gpkg", "layer = \"roads\"\npreset = \"osm-streets\"\n");
    CHECK(counts(*walking) == Counts{5818, 10990, 8974, 239, 8040});
    CHECK(has(vertices.of("walkable-columns").at(0).message, "foot, access, sidewalk"));
}
