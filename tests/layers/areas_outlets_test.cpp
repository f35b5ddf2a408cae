// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "libgeo/layers/places.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }

void write_wards(const test::Folder& folder) {
    folder.write("wards.csv",
                 "ref,title,class,wkt\nW2,East,District,\"POLYGON ((431000 300000, 432000 300000, 432000 301000, "
                 "431000 300000))\"\n"
                 "W1,West,Local,\"POLYGON ((430000 300000, 431000 300000, 431000 301000, 430000 300000))\"\n");
}
const std::string kWards =
    "[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { code = \"ref\", name = "
    "\"title\" }\n";

}  // namespace

TEST_CASE("areas keep the order of their file, with attributes") {
    SmallStudy s;
    write_wards(s.folder);
    const Layers layers = s.load(kWards + "attributes = [\"Class\"]\n");
    const AreaLayer& wards = *layers.area_layer("wards");
    REQUIRE(wards.size() == 2);
    CHECK(wards.code[0] == "W2");
    CHECK(wards.name[1] == "West");
    CHECK(wards.attributes.at("class")[0] == "District");
    CHECK(layers.study_area == -1);
    CHECK(layers.area_layer("nothing") == nullptr);
}

TEST_CASE("a population table: years, values that are no numbers, codes that match nothing") {  // D49
    SmallStudy s;
    write_wards(s.folder);
    s.folder.write(
        "pop.csv",
        "ward,n,year\nW1,12000,2021\nW1,12500,2022\nW2,inf,2022\nW2,-5,2021\nX9,1,2021\nW1,7,2022\nW1,1,MMXX\n");
    const Layers layers =
        s.load(kWards + "population = [{ file = \"pop.csv\", code = \"ward\", value = \"n\", year = \"year\" }]\n");
    const AreaLayer& wards = layers.areas.at(0);
    CHECK(wards.population.at(2021)[1] == 12000);
    CHECK(wards.population.at(2022)[1] == 12500);
    CHECK(std::isnan(wards.population.at(2021)[0]));
    CHECK(s.of("bad-value").size() == 3);
    CHECK(s.of("duplicate-id").size() == 1);
    CHECK(has(s.of("areas-without-value").at(0).message, "W2"));
    CHECK(has(s.of("rows-without-area").at(0).message, "1 row"));
    const RowAccount& account = s.account("wards.population");
    CHECK(account.read == 7);
    CHECK(account.used == 2);
    CHECK(account.not_used == 4);
    CHECK(account.ruled_out == 1);
    s.issues.verify_accounts();
}

TEST_CASE("deprivation ranks, and a join without its column") {
    SmallStudy s;
    write_wards(s.folder);
    s.folder.write("imd.csv", "lsoa,IMD_rank\nW1,5\nW2,0\n");
    const AreaLayer wards =
        s.load(kWards + "deprivation = { file = \"imd.csv\", code = \"lsoa\", rank = \"imd rank\" }\n").areas.at(0);
    CHECK(wards.deprivation_rank[1] == 5);
    CHECK(std::isnan(wards.deprivation_rank[0]));
    CHECK(has(message_of([&] {
                  s.load(kWards + "deprivation = { file = \"imd.csv\", code = \"lsoa\", rank = \"score\" }\n");
              }),
              "columns found: lsoa, IMD_rank"));
}

TEST_CASE("the study area is a layer, or a file of its own: covers is bound to its layer") {
    SmallStudy s;
    write_wards(s.folder);
    s.folder.write("schools.csv", "id,x,y\nA,430000,300000\n");
    const std::string schools =
        "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\ncovers = \"wards\"\n";
    const Layers by_layer = s.load(schools + kWards, "crs = \"EPSG:27700\"\narea = \"wards\"\n");
    CHECK(by_layer.study_area == 0);
    CHECK(by_layer.places.at(0).facts.covers == 0);
    SmallStudy other;
    write_wards(other.folder);
    const Layers by_file = other.load(
        "",
        "crs = \"EPSG:27700\"\narea = { file = \"wards.csv\", crs = \"EPSG:27700\", columns = { code = \"ref\" } }\n");
    REQUIRE(by_file.areas.size() == 1);
    CHECK(by_file.areas[0].facts.name == "study area");
    CHECK(by_file.study_area_box() == Box{430000, 300000, 432000, 301000});
}

TEST_CASE("outlets of a table with dates") {
    SmallStudy s;
    s.folder.write("outlets.csv",
                   "id,name,use,opened,closed,x,y\n1,Fryer,A5,2010-01-01,,430000,300000\n2,Bets,betting-shop,,2019-02-"
                   "11,430100,300000\n3,Odd,circus,,,430200,300000\n"
                   "4,Wrong,shop,2021-05-17,2020-01-31,,\n1,Fryer,A5,2010-01-01,,430000,300000\n");
    const OutletLayer outlets =
        s.load("[layers.takeaways]\nkind = \"outlets\"\nfile = \"outlets.csv\"\ncrs = \"EPSG:27700\"\n").outlets.at(0);
    REQUIRE(outlets.size() == 4);
    CHECK(outlets.use[0] == Use::hot_food_takeaway);
    CHECK(outlets.use[1] == Use::betting_shop);
    CHECK(outlets.use[2] == Use::unstated);
    CHECK(has(s.of("unknown-use").at(0).message, "circus"));
    CHECK(outlets.closed[1] == day(2019, 2, 11));
    CHECK(outlets.unclear[3] == 1);
    CHECK_FALSE(outlets.shapes.has_location(3));
    CHECK(s.of("duplicate-row").size() == 1);
    CHECK(outlets.snapshot[0] == -1);
    CHECK(s.issues.may_hide_breach() == 0);
    s.issues.verify_accounts();
}

TEST_CASE("outlets of dated snapshots, in order of their dates") {
    SmallStudy s;
    s.folder.write("b.csv", "id,x,y\n1,430000,300000\n2,430100,300000\n");
    s.folder.write("a.csv", "number,easting,northing\n1,430000,300000\n");
    const OutletLayer outlets =
        s.load(
             "[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\ncrs = \"EPSG:27700\"\n"
             "snapshots = [{ file = \"b.csv\", date = 2021-01-01 }, { file = \"a.csv\", date = 2020-01-01, columns = { "
             "id = \"number\" } }]\n")
            .outlets.at(0);
    REQUIRE(outlets.size() == 3);
    CHECK(outlets.snapshot_dates == std::vector<Date>{day(2020, 1, 1), day(2021, 1, 1)});
    CHECK(outlets.snapshot == std::vector<std::int32_t>{0, 1, 1});
    CHECK(outlets.use[0] == Use::hot_food_takeaway);
    CHECK(outlets.facts.files.size() == 2);
    CHECK(outlets.facts.files[0].date == "2020-01-01");
}
