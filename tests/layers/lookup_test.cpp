// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/lookup.h"

#include <doctest/doctest.h>

#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

TEST_CASE("a postcode is found however it is written, with the preset's accuracy") {
    SmallStudy s;
    s.folder.write("codepo.csv",
                   "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_"
                   "code,Admin_county_code,Admin_district_code,Admin_ward_code\n"
                   "SW2  1RW,10,530123,175456,,,,,,\nSW21RX,10,530200,175500,,,,,,\nSW2 1RY,90,0,0,,,,,,\n");
    const Study study = s.read("", "crs = \"EPSG:27700\"\nlookup = { postcodes = \"codepo.csv\" }\n");
    const LookupAnswer answer =
        look_up(study, Lookup::postcodes, {"SW2 1RW", "SW2 1RX", "SW2 1RY", "N1 1AA"}, test::grids(), s.issues);
    REQUIRE(answer.found.size() == 2);
    CHECK(answer.found.at("SW2 1RW").point == Point{530123, 175456});
    CHECK(answer.found.at("SW2 1RX").row == 3);
    CHECK(answer.accuracy_stated);
    CHECK(answer.accuracy.value > 50.0);
    CHECK(has(answer.accuracy_source, "code-point-open"));
    CHECK(s.of("no-location").at(0).id == "SW2 1RY");
}

TEST_CASE("a UPRN is found with or without leading zeros") {
    SmallStudy s;
    s.folder.write("uprn.csv",
                   "UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\n000000000026,358260.66,172796.5,51.45,-2."
                   "6\n100023336956,530000.0,180000.0,51.5,-0.1\n");
    const Study study = s.read("", "crs = \"EPSG:27700\"\nlookup = { uprns = \"uprn.csv\" }\n");
    const LookupAnswer answer = look_up(study, Lookup::uprns, {"26", "100023336956"}, test::grids(), s.issues);
    CHECK(answer.found.at("26").point == Point{358260.66, 172796.5});
    CHECK(answer.found.at("100023336956").point == Point{530000, 180000});
}

TEST_CASE("a study without the look-up, or with one of its own columns") {
    SmallStudy s;
    const Study none = s.read("");
    CHECK(has(message_of([&] { look_up(none, Lookup::uprns, {"1"}, test::grids(), s.issues); }), "uprns"));
    s.folder.write("own.csv", "pc,e,n\nSW2 1RW,1000,2000\n");
    const Study own = s.read("",
                             "crs = \"EPSG:27700\"\nlookup = { postcodes = { file = \"own.csv\", crs = \"EPSG:27700\", "
                             "columns = { postcode = \"pc\", x = \"e\", y = \"n\" } } }\n");
    const LookupAnswer answer = look_up(own, Lookup::postcodes, {"SW2 1RW"}, test::grids(), s.issues);
    CHECK(answer.found.at("SW2 1RW").point == Point{1000, 2000});
    CHECK_FALSE(answer.accuracy_stated);
}
