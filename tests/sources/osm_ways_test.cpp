// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/sources/table.h"

using namespace geo;
namespace fs = std::filesystem;

namespace {

/// High Street of three nodes, a path to a node that is not in the file, a way cut off but for one node, and a stream.
constexpr const char* kVillage = R"(<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
 <node id="1" lat="51.5" lon="-0.1"/>
 <node id="2" lat="51.501" lon="-0.1"/>
 <node id="3" lat="51.502" lon="-0.1"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="High Street"/></way>
 <way id="11"><nd ref="2"/><nd ref="3"/><nd ref="99"/><tag k="highway" v="footway"/><tag k="foot" v="yes"/></way>
 <way id="12"><nd ref="3"/><nd ref="98"/><tag k="highway" v="steps"/></way>
 <way id="13"><nd ref="1"/><nd ref="3"/><tag k="waterway" v="stream"/></way>
</osm>
)";

class Village {
  public:
    explicit Village(const std::string& text, const std::string& name = "village.osm")
        : path_(fs::temp_directory_path() / ("cordon-osm-" + std::to_string(::getpid()) + name)) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~Village() { fs::remove(path_); }
    SourceFile file() const { return {path_, "village.osm", {}, "streets"}; }

  private:
    fs::path path_;
};

}  // namespace

TEST_CASE("ways with a highway are rows, lines of longitude and latitude, what the extract cut off is said") {
    const Village village(kVillage);
    const auto table = open_table(village.file());
    CHECK(table->crs() == "EPSG:4326");
    const std::vector<Issue> opening = table->opening_issues();
    REQUIRE(opening.size() == 1);
    CHECK(opening.front().message == "2 nodes of its ways are not in the file: it was cut at an edge");
    table->select({0, 1, 2, 3}, true);
    const auto batch = table->next_batch();
    REQUIRE(batch.has_value());
    CHECK(batch->read == 3);
    REQUIRE(batch->size() == 2);
    CHECK(batch->cells[0][0] == "10");
    CHECK(batch->cells[2][0] == "High Street");
    CHECK(batch->cells[1][1] == "footway");
    CHECK(batch->cells[3][1] == "yes");
    CHECK(batch->shapes.xs(0).size() == 3);
    CHECK(batch->shapes.first_point(0) == Point{-0.1, 51.5});
    CHECK(batch->shapes.xs(1).size() == 2);
    REQUIRE(batch->issues.size() == 1);
    CHECK(batch->issues.front().id == "12");
    CHECK(batch->issues.front().kept == Kept::not_used);
    CHECK_FALSE(table->next_batch().has_value());
    table->rewind();
    CHECK(table->next_batch()->size() == 2);
}

TEST_CASE("text that breaks off, and bytes that are no OpenStreetMap data: one clear message") {
    const std::string whole = kVillage;
    const Village cut(whole.substr(0, 500)), nonsense("not a map", "x.osm.pbf");
    for (const Village* one : {&cut, &nonsense}) {
        try {
            open_table(one->file());
            FAIL("was read");
        } catch (const DataError& error) {
            CHECK(std::string(error.what()).find("village.osm: cannot be read as OpenStreetMap data") == 0);
        }
    }
}

TEST_CASE("real extracts: as many ways as other readers find") {
    const char* shared = std::getenv("CORDON_SHARED");
    const fs::path root = shared != nullptr ? fs::path(shared) : fs::path(CORDON_SOURCE_DIR) / ".." / "shared";
    const fs::path folder = root / "data" / "network" / "osm";
    if (!fs::exists(folder)) {
        MESSAGE("skipped: the extracts are not here");
        return;
    }
    const auto rows = [&](const char* name) {
        const auto table = open_table({folder / name, name, {}, "streets"});
        std::size_t count = 0;
        while (const auto batch = table->next_batch()) count += batch->read;
        return count;
    };
    CHECK(rows("leeds_its_2020.osm.pbf") == 184);
    CHECK(rows("leeds_centre_2024.osm.pbf") == 362);
    CHECK(rows("bristol_2024.osm.pbf") == 22);
    CHECK(rows("bristol_2024_b.osm") == 37);
    CHECK(rows("monaco_2012.osm.pbf") == 866);
}
