// SPDX-License-Identifier: Apache-2.0
//
// The middle of Edinburgh, worked out by another program on a network that was cut at every gate and shop (CORDON_SHARED, else ../shared).
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "libgeo/geometry/geos.h"
#include "libgeo/geometry/walking.h"

using namespace geo;
namespace fs = std::filesystem;

namespace {

fs::path vectors() {
    const char* shared = std::getenv("CORDON_SHARED");
    const fs::path root = shared != nullptr ? fs::path(shared) : fs::path(CORDON_SOURCE_DIR) / ".." / "shared";
    return root / "data" / "network" / "vectors_edinburgh_centre";
}

/// Numbers of each row (0: a word, or nothing), up to a cell in quotes, which is kept apart.
struct Row {
    std::vector<double> numbers;
    std::string quoted;
};
std::vector<Row> rows_of(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::vector<Row> rows;
    while (std::getline(in, line)) {
        Row row;
        if (const auto quote = line.find('"'); quote != std::string::npos) {
            row.quoted = line.substr(quote + 1, line.rfind('"') - quote - 1);
            line.resize(quote);
        }
        std::stringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');)
            row.numbers.push_back(std::strtod(cell.c_str(), nullptr));
        rows.push_back(std::move(row));
    }
    return rows;
}

struct Edinburgh {
    Edinburgh() : network(lines(), {Topology::endpoints, 0.01}), positions(network), gates(gates_on()) {}

    static Shapes lines() {
        Shapes shapes;
        for (const Row& row : rows_of(vectors() / "edges.csv")) append_wkt(row.quoted, shapes, nullptr);
        return shapes;
    }
    WalkStarts gates_on() const {
        std::vector<WalkStart> starts;
        for (const Row& row : rows_of(vectors() / "gates.csv")) {
            const auto at = positions.find({row.numbers[1], row.numbers[2]}, 1000);
            CHECK(std::abs(at->access / 1000.0 - row.numbers[5]) < 0.01);
            starts.push_back({*at, static_cast<std::uint32_t>(row.numbers[0])});
        }
        return WalkStarts(std::move(starts));
    }

    StreetNetwork network;
    NetworkPositions positions;
    WalkStarts gates;
};

}  // namespace

TEST_CASE("Edinburgh: the nearest gate of 205 shops, every walk up to 1,600 m, what is covered") {
    if (!fs::exists(vectors())) {
        MESSAGE("skipped: the worked network is not here");
        return;
    }
    const Edinburgh town;
    REQUIRE(town.network.links() == 1696);
    const NearestWalks walks(town.network, town.gates, 10'000'000);
    std::map<int, NetworkPosition> shops;
    for (const Row& row : rows_of(vectors() / "outlets.csv"))
        shops[static_cast<int>(row.numbers[0])] = *town.positions.find({row.numbers[1], row.numbers[2]}, 1000);
    std::size_t within = 0;
    for (const Row& row : rows_of(vectors() / "nearest.csv")) {
        const Walk walk = walks.nearest(shops.at(static_cast<int>(row.numbers[0])));
        if (row.numbers[1] == 0) {  // in a component of its own
            CHECK_FALSE(walk);
            continue;
        }
        REQUIRE(walk);
        CHECK(town.gates[walk.start].label == static_cast<std::uint32_t>(row.numbers[1]));
        CHECK(std::abs(walk.total / 1000.0 - row.numbers[2]) < 0.02);
        CHECK((walk.total <= 400'000) == (row.numbers[5] == 1));
        within += walk.total <= 400'000 ? 1 : 0;
    }
    CHECK(within > 20);
    std::size_t pairs = 0;
    std::map<int, std::vector<Walk>> of_shop;
    for (const auto& [id, at] : shops)
        pairs += (of_shop[id] = walks_within(town.network, town.gates, at, 1'600'000)).size();
    const std::vector<Row> expected = rows_of(vectors() / "pairs_1600.csv");
    CHECK(pairs == expected.size());
    for (const Row& row : expected) {
        const std::vector<Walk>& all = of_shop.at(static_cast<int>(row.numbers[1]));
        const auto found = std::find_if(all.begin(), all.end(), [&](const Walk& walk) {
            return town.gates[walk.start].label == static_cast<std::uint32_t>(row.numbers[0]);
        });
        REQUIRE(found != all.end());
        CHECK(std::abs(found->total / 1000.0 - row.numbers[5]) < 0.02);
    }
    for (const Row& row : rows_of(vectors() / "covered_length.csv")) {
        std::vector<WalkStart> one;
        for (const WalkStart& gate : town.gates.all())
            if (row.numbers[0] == 0 || gate.label == static_cast<std::uint32_t>(row.numbers[0])) one.push_back(gate);
        const WalkStarts gate(std::move(one));
        const auto limit = static_cast<Millimetres>(std::lround(row.numbers[1] * 1000));
        std::uint64_t covered = 0;
        for (const CoveredStretch& stretch : NearestWalks(town.network, gate, limit).covered(limit))
            covered += stretch.to - stretch.from;
        CHECK(std::abs(static_cast<double>(covered) / 1000.0 - row.numbers[2]) < 0.2);
    }
}
