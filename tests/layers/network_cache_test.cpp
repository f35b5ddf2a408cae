// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/network_cache.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "libgeo/geometry/network_file.h"
#include "libgeo/layers/network_record.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::SmallStudy;

namespace {

/// Streets round a block, a motorway, a private drive, a lane in two tiles, a row without a line: something for each issue.
const std::string kStreets =
    "id,highway,access,wkt\n"
    "1,residential,,\"LINESTRING(430000 300000,431000 300000)\"\n"
    "2,residential,,\"LINESTRING(431000 300000,431000 300500,431000 301000)\"\n"
    "3,residential,,\"LINESTRING(431000 301000,430000 301000)\"\n"
    "4,residential,,\"LINESTRING(430000 301000,430000 300000)\"\n"
    "5,motorway,,\"LINESTRING(430000 300000,431000 301000)\"\n"
    "6,service,private,\"LINESTRING(430500 300000,430500 300040)\"\n"
    "7,footway,,\"LINESTRING(430500 301000,430500 301001.5)\"\n"
    "8,residential,,\"LINESTRING(431000 300000,430000 300000)\"\n"
    "9,residential,,\n";

struct Town : SmallStudy {
    std::string more = "walkable = \"osm-streets\"\ntopology = \"endpoints\"\n", head = "crs = \"EPSG:27700\"\n";
    LoadOptions load = test::options();

    Town() {
        load.network_kept_from = 1;
        folder.write("streets.csv", kStreets);
        study = as_written();
    }
    Study as_written() const {
        return read("[layers.streets]\nkind = \"streets\"\nfile = \"streets.csv\"\ncrs = \"EPSG:27700\"\n" + more,
                    head);
    }
    std::filesystem::path file() const { return folder.path() / "study.toml.streets.cache"; }
    std::string bytes() const {
        std::ostringstream all;
        all << std::ifstream(file(), std::ios::binary).rdbuf();
        return all.str();
    }
    void damage(const std::string& bytes) const { std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes; }
    /// Whether a kept network fits the study as it is.
    bool fits() const {
        Issues said;
        return NetworkCache(study, load, said).read(said) != nullptr;
    }
    /// All that can be known of the network and of what was said, as bytes.
    std::string answer() const {
        Issues said;
        NetworkRecord record;
        auto walking = load_walking_network(study, load, said);
        std::string all;
        write_network(walking->network, [&](std::string_view more_bytes) { all += more_bytes; });
        record.walking = *walking;
        record.issues = said.all();
        record.accounts = said.accounts();
        return all + bytes_of(record);
    }
};

std::string built(const Town& town) {
    Town other;
    other.more = town.more + "cache = false\n";
    other.study = other.as_written();
    return other.answer();
}

}  // namespace

TEST_CASE("a network is kept beside its study, and read back it gives every answer and every issue again") {
    const Town town;
    CHECK_FALSE(town.fits());
    const std::string expected = built(town);
    CHECK(town.answer() == expected);
    REQUIRE(std::filesystem::is_regular_file(town.file()));
    CHECK(town.fits());
    CHECK(town.answer() == expected);
    Issues said;
    const auto walking = load_walking_network(town.study, town.load, said);
    CHECK(walking->kept == "kept in study.toml.streets.cache");
    CHECK(walking->facts.at(0).files.at(0).rows_read == 9);
    CHECK(said.accounts().size() == 1);
    CHECK(said.all().size() >= 4);
    CHECK_NOTHROW(said.verify_accounts());
}

TEST_CASE("another input file, or another word on how it is read, and the network is built anew") {
    Town town;
    const std::string first = town.answer();
    REQUIRE(town.fits());
    const std::string plain = town.more;
    for (const char* word : {"private = true\n", "snap = \"0.5 m\"\n", "band = \"20 m\"\n", "most-access = \"50 m\"\n",
                             "where = { highway = [\"residential\"] }\n", "licence = \"OGL\"\n", "date = 2025-01-01\n",
                             "paths = false\n", "columns = { access = \"highway\" }\n"}) {
        town.more = plain + word;
        town.study = town.as_written();
        CHECK_MESSAGE(!town.fits(), word);
    }
    for (const char* other : {"topology = \"shared-vertices\"\nwalkable = \"osm-streets\"\n",
                              "topology = \"endpoints\"\nwalkable = \"all\"\n"}) {
        town.more = other;
        town.study = town.as_written();
        CHECK_MESSAGE(!town.fits(), other);
    }
    town.more = plain;
    town.study = town.as_written();
    REQUIRE(town.fits());
    town.folder.write("streets.csv", kStreets + "10,footway,,\"LINESTRING(430000 300000,429000 300000)\"\n");
    CHECK_FALSE(town.fits());
    CHECK(town.answer() != first);
    CHECK(town.fits());  // the file was replaced
    town.folder.write("streets.csv", kStreets);
    CHECK(town.answer() == first);
}

TEST_CASE(
    "a table of one's own, the study's area and the grids count, too. What has nothing to do with streets does not") {
    Town town;
    const auto table = [&](const std::string& otherwise) {
        town.folder.write("mine.toml", "[walkable]\nid = \"mine\"\ndate = 2026-01-01\notherwise = \"" + otherwise +
                                           "\"\notherwise-reason = \"so it is\"\n" +
                                           "[[rule]]\nid = \"fast\"\nclass = \"no-walk\"\nreason = \"fast\"\n" +
                                           "where = { highway = [\"motorway\"] }\n");
        town.study = town.as_written();
    };
    town.more = "walkable = \"mine.toml\"\ntopology = \"endpoints\"\n";
    table("walk");
    (void)town.answer();
    REQUIRE(town.fits());
    town.head = "crs = \"EPSG:27700\"\ntitle = \"Another title\"\n";
    town.study = town.as_written();
    CHECK(town.fits());
    table("walk-no-snap");
    CHECK_FALSE(town.fits());
    table("walk");
    REQUIRE(town.fits());
    town.load.study_area = Box{430000, 300000, 431000, 301000};
    CHECK_FALSE(town.fits());
    town.load.study_area.reset();
    town.load.grids = {};
    const bool without_grid = town.fits();
    town.load.grids = test::grids();
    CHECK(town.fits());
    const bool has_grid = std::filesystem::exists(CORDON_GRID_DIR "/uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    CHECK(without_grid != has_grid);
}

TEST_CASE("rows of streets that are on record already are not counted again from a kept network") {
    Town town;
    (void)town.answer();
    Issues said;
    RowAccount account;
    account.layer = "streets";
    account.file = "streets.csv";
    said.accounts().push_back(account);
    CHECK(NetworkCache(town.study, town.load, said).read(said) == nullptr);
    CHECK(load_walking_network(town.study, town.load, said) != nullptr);
    CHECK(said.accounts().size() == 1);
    Issues again;
    again.accounts().push_back(account);
    CHECK(NetworkCache(town.study, town.load, again).read(again) != nullptr);
    CHECK(again.accounts().size() == 1);
    CHECK(again.all().size() == said.all().size());
}

TEST_CASE("a damaged cache is built anew: cut short, a bit changed, another's, empty, longer") {
    const Town town;
    const std::string expected = town.answer(), good = town.bytes();
    REQUIRE(good.size() > 1000);
    std::mt19937_64 random(23);
    std::vector<std::string> damaged = {"",
                                        "cache",
                                        good.substr(0, 96),
                                        good.substr(0, good.size() / 2),
                                        good.substr(0, good.size() - 1),
                                        good + "x",
                                        std::string(5000, '\xff')};
    for (int k = 0; k < 400; ++k) {
        damaged.push_back(good);
        damaged.back()[random() % good.size()] ^= static_cast<char>(1U << (random() % 8));
    }
    for (const std::string& bytes : damaged) {
        town.damage(bytes);
        REQUIRE_FALSE(town.fits());
    }
    CHECK(town.answer() == expected);
    CHECK(town.bytes() == good);
}

TEST_CASE("a record of a network, cut short or changed anywhere, is refused or read without harm") {
    const Town town;
    Issues said;
    NetworkRecord record;
    record.walking = *load_walking_network(town.study, town.load, said);
    record.issues = said.all();
    record.accounts = said.accounts();
    const std::string good = bytes_of(record);
    NetworkRecord again;
    REQUIRE(read_record(good, again));
    CHECK(bytes_of(again) == good);
    for (std::size_t size = 0; size < good.size(); ++size) {
        NetworkRecord of_part;
        CHECK_FALSE(read_record(std::string_view(good).substr(0, size), of_part));
    }
    std::mt19937_64 random(29);
    for (int k = 0; k < 3000; ++k) {
        std::string changed = good;
        changed[random() % good.size()] = static_cast<char>(random());
        NetworkRecord of_changed;
        if (read_record(changed, of_changed)) (void)bytes_of(of_changed);
    }
}

TEST_CASE("no file is left beside a study whose network is small, or that says cache = false") {
    Town town;
    town.load.network_kept_from = 1000;
    (void)town.answer();
    CHECK_FALSE(std::filesystem::exists(town.file()));
    town.load.network_kept_from = 1;
    town.more += "cache = false\n";
    town.study = town.as_written();
    (void)town.answer();
    CHECK_FALSE(std::filesystem::exists(town.file()));
}

TEST_CASE("where a cache cannot be written the answer is the same, and only an inspection says so") {
    const Town town;
    std::filesystem::create_directory(town.file());
    const std::string expected = built(town);
    CHECK(town.answer() == expected);
    Issues said;
    const auto walking = load_walking_network(town.study, town.load, said);
    CHECK(has(walking->kept, "cannot be kept for the next time: "));
    CHECK(has(walking->kept, "is no regular file"));
    CHECK(std::filesystem::is_directory(town.file()));
}
