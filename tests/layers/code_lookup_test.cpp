// SPDX-License-Identifier: Apache-2.0
//
// A table by the codes of one edition onto areas of another, by a look-up: LSOAs of 2021 and of 2011.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libgeo/layers/places.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

/// Areas W-1, W-2, … in a row.
struct Story : SmallStudy {
    explicit Story(int areas) {
        std::string csv = "code,name,wkt\n";
        for (int i = 1; i <= areas; ++i) {
            const std::string n = std::to_string(i), x1 = std::to_string(430000 + 1000 * i),
                              x2 = std::to_string(431000 + 1000 * i);
            csv += "W-" + n + ",West " + n + ",\"POLYGON ((" + x1 + " 300000, " + x2 + " 300000, " + x2 + " 301000, " +
                   x1 + " 300000))\"\n";
        }
        folder.write("areas.csv", csv);
    }

    AreaLayer with(const std::string& key, const std::string& table, const std::string& lookup,
                   const std::string& more = "") {
        folder.write("table.csv", table);
        folder.write("lookup.csv", lookup);
        issues = Issues();
        AreaLayer layer =
            std::move(load("[layers.wards]\nkind = \"areas\"\nfile = \"areas.csv\"\ncrs = \"EPSG:27700\"\n" + key +
                           ", lookup = { file = \"lookup.csv\", from = \"NEW\", to = \"OLD\"" + more + " } }\n")
                          .areas.at(0));
        issues.verify_accounts();
        return layer;
    }
    std::vector<double> people(const std::string& table, const std::string& lookup, const std::string& more = "") {
        const AreaLayer layer = with("population = { file = \"table.csv\", code = \"code\", value = \"n\", year = 2021",
                                     table, lookup, more);
        const auto year = layer.population.find(2021);
        return year == layer.population.end() ? std::vector<double>() : year->second;
    }
    /// The message and the action of the only issue with this code.
    std::string said(const std::string& code) const {
        const std::vector<Issue> found = of(code);
        REQUIRE_MESSAGE(found.size() == 1, code);
        return found[0].message + " | " + found[0].action;
    }
};

bool unknown(double value) { return std::isnan(value); }

}  // namespace

TEST_CASE("a split area has the sum of its parts, and the total is the true one") {  // trap 36
    Story s(2);
    const std::string table = "code,n\nW-1,12000\nW-2A,4000\nW-2B,4000\n";
    CHECK(s.people(table, "NEW,OLD\nW-1,W-1\nW-2A,W-2\nW-2B,W-2\n") == std::vector<double>{12000, 8000});
    const std::string counts = s.said("codes-looked-up");
    CHECK(has(counts, "from NEW to OLD, 2 areas: 1 unchanged, 1 split"));
    CHECK(has(counts, "0 not in the look-up"));
    CHECK(s.of("rows-beyond-lookup").empty());
    CHECK(s.of("areas-without-value").empty());
    CHECK(s.account("wards.population").used == 3);
    CHECK(s.account("wards.population.lookup").used == 3);
}

TEST_CASE("without the look-up the area whose code changed has no population") {
    Story s(2);
    s.folder.write("table.csv", "code,n\nW-1,12000\nW-2A,4000\nW-2B,4000\n");
    const AreaLayer wards = s.load(
                                 "[layers.wards]\nkind = \"areas\"\nfile = \"areas.csv\"\ncrs = \"EPSG:27700\"\n"
                                 "population = { file = \"table.csv\", code = \"code\", value = \"n\", year = 2021 }\n")
                                .areas.at(0);
    CHECK(wards.population.at(2021)[0] == 12000);
    CHECK(unknown(wards.population.at(2021)[1]));
}

TEST_CASE("merged areas are not divided without shares") {
    Story s(3);
    const std::vector<double> people = s.people("code,n\nW-1,12000\nM,9000\n", "NEW,OLD\nW-1,W-1\nM,W-2\nM,W-3\n");
    CHECK(people[0] == 12000);
    CHECK(unknown(people[1]));
    CHECK(unknown(people[2]));
    CHECK(has(s.said("codes-looked-up"),
              "1 unchanged, 0 split (several codes), 0 merged or redrawn and divided by "
              "shares, 2 merged or redrawn without shares"));
    const std::string said = s.said("areas-not-divided");
    CHECK(has(said, "2 of 3 areas hold a part of a code that belongs to several areas"));
    CHECK(has(said, "W-2, W-3"));
    CHECK(has(said, "no population for them; give the look-up's proportions as share = "));
    CHECK(has(s.said("code-not-divided"), "M belongs to several areas (W-2, W-3)"));
    CHECK(s.account("wards.population").not_used == 1);
}

TEST_CASE("a code that is partly beyond the layer is not divided either") {
    Story s(1);
    const std::string table = "code,n\nM,9000\n";
    CHECK(s.people(table, "NEW,OLD\nM,W-1\nM,elsewhere\n").empty());
    CHECK(has(s.said("areas-not-divided"), "1 of 1 area"));
    CHECK(has(s.said("rows-without-area"), "1 row of 2"));
    CHECK(s.account("wards.population.lookup").ruled_out == 1);
}

TEST_CASE("merged areas are divided by the shares of the look-up") {
    Story s(3);
    const std::vector<double> people =
        s.people("code,n\nW-1,12000\nM,9000\n", "NEW,OLD,p\nW-1,W-1,1\nM,W-2,0.25\nM,W-3,0.75\n", ", share = \"p\"");
    CHECK(people == std::vector<double>{12000, 2250, 6750});
    CHECK(has(s.said("codes-looked-up"), "1 unchanged, 0 split (several codes), 2 merged or redrawn and divided"));
    CHECK(s.of("areas-not-divided").empty());
    CHECK(s.account("wards.population").used == 2);
}

TEST_CASE("shares that are none, come to too much or to too little") {
    Story s(3);
    const std::string table = "code,n\nA,1000\nB,1000\nC,1000\n";
    std::vector<double> people = s.people(table, "NEW,OLD,p\nA,W-1,1\nB,W-2,x\nC,W-3,1.5\n", ", share = \"p\"");
    CHECK(people[0] == 1000);
    CHECK(unknown(people[1]));
    CHECK(unknown(people[2]));
    CHECK(s.of("bad-value").size() == 2);
    CHECK(s.of("code-not-divided").size() == 2);
    people = s.people(table, "NEW,OLD,p\nA,W-1,1\nB,W-2,0.75\nB,W-1,0.5\nC,W-3,0.5\n", ", share = \"p\"");
    CHECK(unknown(people[0]));  // a part of it is of B, whose shares come to 1.25
    CHECK(unknown(people[1]));
    CHECK(people[2] == 500);
    CHECK(has(s.said("shares-over-one"), "1 code come to more than 1 (B)"));
    CHECK(has(s.said("shares-under-one"), "1 code come to less than 1 (C)"));
}

TEST_CASE("an area of which a part has no figure has none, and neither one beyond the look-up") {
    Story s(3);
    const std::string lookup = "NEW,OLD\nA,W-1\nB,W-1\nC,W-2\n";
    const std::vector<double> people = s.people("code,n\nA,1000\nB,-\nC,2000\nX,5\n", lookup);
    CHECK(unknown(people[0]));
    CHECK(people[1] == 2000);
    CHECK(unknown(people[2]));
    CHECK(has(s.said("areas-without-value"),
              "1 of 3 areas have a part of which the table has no population in 2021 (W-1)"));
    CHECK(has(s.said("areas-not-in-lookup"), "1 of 3 areas are in no row of OLD (W-3)"));
    CHECK(has(s.said("rows-beyond-lookup"), "1 row of 4 match no area of the layer by the look-up; the codes of 1"));
    CHECK(s.account("wards.population").used == 2);
    CHECK(s.account("wards.population").not_used == 1);
    CHECK(s.account("wards.population").ruled_out == 1);
}

TEST_CASE("every year of a table is brought over by itself") {
    Story s(1);
    const AreaLayer wards =
        s.with("population = { file = \"table.csv\", code = \"code\", value = \"n\", year = \"year\"",
               "code,n,year\nA,1000,2021\nB,500,2021\nA,1100,2022\n", "NEW,OLD\nA,W-1\nB,W-1\n");
    CHECK(wards.population.at(2021)[0] == 1500);
    CHECK(unknown(wards.population.at(2022)[0]));
    CHECK(has(s.said("areas-without-value"), "in 2022"));
}

TEST_CASE("blank and doubled rows of a look-up") {
    Story s(3);
    const std::string table = "code,n\nA,1000\nB,2000\nC,3000\n";
    SUBCASE("a row that stands twice counts once") {
        CHECK(s.people(table, "NEW,OLD\nA,W-1\nA,W-1\nB,W-2\nC,W-3\n") == std::vector<double>{1000, 2000, 3000});
        CHECK(has(s.said("duplicate-row"), "1 row of 4"));
        CHECK(s.account("wards.population.lookup").ruled_out == 1);
    }
    SUBCASE("an area with a part without a code is not whole, nor is a code with a part elsewhere") {
        const std::vector<double> people = s.people(table, "NEW,OLD\nA,W-1\n,W-1\nB,W-2\nB, \nC,W-3\n");
        CHECK(unknown(people[0]));
        CHECK(unknown(people[1]));
        CHECK(people[2] == 3000);
        CHECK(s.of("bad-value").size() == 2);
        CHECK(s.of("areas-not-divided").size() == 2);
        CHECK(s.account("wards.population.lookup").not_used == 2);
    }
    SUBCASE("two shares of one pair are none") {
        const std::vector<double> people =
            s.people(table, "NEW,OLD,p\nA,W-1,0.5\nA,W-1,0.25\nB,W-2,1\nC,W-3,1\n", ", share = \"p\"");
        CHECK(unknown(people[0]));
        CHECK(people[1] == 2000);
        CHECK(has(s.said("duplicate-id"), "another share of A"));
    }
}

TEST_CASE("ranks go to unchanged areas alone") {
    Story s(4);
    const std::string key = "deprivation = { file = \"table.csv\", code = \"code\", rank = \"r\"";
    const std::string table = "code,r\nA,7\nB,1\nC,2\nM,3\n", lookup = "NEW,OLD\nA,W-1\nB,W-2\nC,W-2\nM,W-3\nM,W-4\n";
    const AreaLayer wards = s.with(key, table, lookup);
    CHECK(wards.deprivation_rank[0] == 7);
    CHECK(std::count_if(wards.deprivation_rank.begin(), wards.deprivation_rank.end(), unknown) == 3);
    CHECK(wards.deprivation_rows == 4);
    CHECK(has(s.said("areas-changed"),
              "1 of 4 areas are several codes of the table (W-2) | no deprivation for them; "
              "ranks cannot be summed; give a table by OLD"));
    CHECK(has(s.said("areas-not-divided"), "2 of 4 areas"));
    CHECK(s.account("wards.deprivation").not_used == 3);
    const std::string message = message_of([&] { s.with(key, table, lookup, ", share = \"OLD\""); });
    CHECK(has(message, "study.toml:7: "));
    CHECK(has(message, "a rank cannot be divided"));
}

TEST_CASE("a look-up the wrong way round, of an unknown key or without a column is said") {
    Story s(2);
    const std::string table = "code,n\nW-1,1\nW-2,2\n", lookup = "NEW,OLD\nW-1,V-1\nW-2,V-2\n";
    CHECK(s.people(table, lookup).empty());
    CHECK(has(s.said("areas-not-in-lookup"), "the wrong way round?"));
    const std::string unknown_key = message_of([&] { s.people(table, lookup, ", shares = \"p\""); });
    CHECK(has(unknown_key, "study.toml:7: "));
    CHECK(has(unknown_key, "share"));
    CHECK(has(message_of([&] { s.people(table, lookup, ", share = \"p\""); }), "there is no column \"p\""));
    const auto read = [&](const std::string& inner) {
        return message_of([&] {
            s.read(
                "[layers.wards]\nkind = \"areas\"\nfile = \"areas.csv\"\npopulation = { file = \"table.csv\", lookup "
                "= " +
                inner + " }\n");
        });
    };
    CHECK(has(read("{ file = \"lookup.csv\", from = \"NEW\" }"), "to: is missing"));
    CHECK(has(read("{ from = \"NEW\", to = \"OLD\" }"), "file: is missing"));
    CHECK(has(read("{ file = \"lookup.csv\", from = \"NEW\", to = \"new\" }"), "the same column"));
    CHECK(has(read("{ file = \"look.csv\", from = \"NEW\", to = \"OLD\" }"), "did you mean \"lookup.csv\"?"));
    CHECK(has(read("\"lookup.csv\""), "study.toml:6: "));
}

TEST_CASE("the look-up's file is in the provenance with its hash") {
    Story s(1);
    const AreaLayer wards = s.with("population = { file = \"table.csv\", code = \"code\", value = \"n\", year = 2021",
                                   "code,n\nA,1\n", "NEW,OLD\nA,W-1\n");
    const auto& files = wards.facts.files;
    const auto found =
        std::find_if(files.begin(), files.end(), [](const FileRecord& file) { return file.file == "lookup.csv"; });
    REQUIRE(found != files.end());
    CHECK(found->layer == "wards.population.lookup");
    CHECK(found->sha256 == sha256_of_file(s.folder.path() / "lookup.csv"));
    CHECK(found->rows_used == 1);
}

TEST_CASE("real tables: residents of 2021 onto London's LSOAs of 2011") {
    const auto shared = test::shared_data();
    if (!shared) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const std::string data = (*shared / "data").string() + "/";
    SmallStudy s;
    const AreaLayer lsoas =
        s.load("[layers.lsoas]\nkind = \"areas\"\nfile = \"" + data +
               "boundaries/london_lsoa_2011.shp\"\npopulation = { file = \"" + data +
               "population/london_lsoa21_census2021.csv\", lookup = { file = \"" + data +
               "boundaries/lsoa_2011_to_2021_lookup_england_wales.csv\", from = \"LSOA21CD\", to = \"LSOA11CD\" } }\n")
            .areas.at(0);
    s.issues.verify_accounts();
    REQUIRE(lsoas.size() == 4968);
    const std::vector<double>& people = lsoas.population.at(2021);
    const auto of_code = [&](const std::string& code) {
        for (std::size_t i = 0; i < lsoas.size(); ++i)
            if (lsoas.code[i] == code) return people[i];
        return -1.0;
    };
    const double sum = std::accumulate(people.begin(), people.end(), 0.0,
                                       [](double all, double one) { return std::isnan(one) ? all : all + one; });
    CHECK(std::count_if(people.begin(), people.end(), unknown) == 44 + 134);
    CHECK(sum == 8'746'181);
    CHECK(of_code("E01004600") == 3149);   // split in E01035494 and E01035495
    CHECK(unknown(of_code("E01033608")));  // merged with E01033600
    const auto said = [&s](const std::string& code) {
        const std::vector<Issue> found = s.of(code);
        return found.size() == 1 ? found[0].message : std::to_string(found.size()) + " issues";
    };
    CHECK(has(said("codes-looked-up"), "4,968 areas: 4,790 unchanged, 134 split"));
    CHECK(has(said("codes-looked-up"), "44 merged or redrawn without shares, 0 with a part without a code, 0 not in"));
    CHECK(has(said("areas-not-divided"), "44 of 4,968 areas"));
    CHECK(
        has(said("areas-without-value"), "134 of 4,968 areas"));  // the layer reaches beyond London, the table does not
    CHECK(has(said("rows-beyond-lookup"), "1 row of 4,994"));
    CHECK(s.of("code-not-divided").size() == 22);
    CHECK(s.account("lsoas.population").used == 4994 - 22 - 1);
    CHECK(s.account("lsoas.population.lookup").used == 5151);
}
