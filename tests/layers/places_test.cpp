// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/places.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "libgeo/geometry/distance.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }

/// Two squares a kilometre wide at (430000, 300000): the study area.
const std::string kAreas = "[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\ncrs = \"EPSG:27700\"\n";
void write_areas(const test::Folder& folder) {
    folder.write("wards.csv",
                 "code,name,wkt\nW1,West,\"POLYGON ((430000 300000, 431000 300000, 431000 301000, 430000 301000, "
                 "430000 300000))\"\n"
                 "W2,East,\"POLYGON ((431000 300000, 432000 300000, 432000 301000, 431000 301000, 431000 300000))\"\n");
}
const std::string kHeadWithArea = "crs = \"EPSG:27700\"\narea = { layer = \"wards\" }\n";

}  // namespace

TEST_CASE("places are sorted by id, everything with them") {
    SmallStudy s;
    const PlaceLayer layer =
        s.schools("id,name,kind,x,y\nB,Beech,Secondary,430200,300000\nA,Ash,Primary,430100,300000\n");
    REQUIRE(layer.size() == 2);
    CHECK(layer.id[0] == "A");
    CHECK(layer.name[0] == "Ash");
    CHECK(layer.kind[0] == "primary");
    CHECK(layer.shapes.first_point(0) == Point{430100, 300000});
    CHECK(layer.centroids.first_point(1) == Point{430200, 300000});
    CHECK(layer.point_only[0] == 1);
    CHECK_FALSE(layer.entrances.has_location(0));
    CHECK_FALSE(layer.entrances_given);
    CHECK(layer.opened[0] == kBeforeRecords);
    CHECK(s.of("no-opening-date").size() == 1);
    s.issues.verify_accounts();
}

TEST_CASE("rows without a place are listed, and may hide a breach") {  // cases D15, D16
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,x,y\nzero,0,0\nblank,,\nnan,NaN,300000\ninf,430000,-Infinity\nhere,430000,300000\ncomma,\"430,300\","
        "300000\nfar,430000,9e9\n");
    CHECK(layer.size() == 1);
    CHECK(s.of("no-location").size() == 2);
    CHECK(s.of("bad-coordinate").size() == 3);
    CHECK(s.of("bad-coordinate")[0].row == 4);
    CHECK(has(s.of("bad-coordinate")[2].message, "430,300"));
    CHECK(s.of("out-of-bounds").size() == 1);
    CHECK(s.issues.may_hide_breach() == 6);
    CHECK(layer.without_location == 6);
    const RowAccount& account = s.account("schools");
    CHECK(account.read == 7);
    CHECK(account.used == 1);
    CHECK(account.not_used == 6);
    s.issues.verify_accounts();
}

TEST_CASE("on the British grid a row on an axis, or in degrees, is in no place") {
    SmallStudy s;
    const PlaceLayer layer =
        s.schools("id,x,y\nhere,430000,300000\nsouth,430000,0\nwest,-0.0,300000\ndegrees,-1.5585,52.597\n");
    CHECK(layer.size() == 1);
    CHECK(s.of("no-location").size() == 2);
    REQUIRE(s.of("degrees-in-metres").size() == 1);
    CHECK(has(s.of("degrees-in-metres")[0].message, "(-1.5585, 52.597)"));
    CHECK(layer.without_location == 3);
}

TEST_CASE("x and y from one column are refused") {
    SmallStudy s;
    CHECK(has(message_of([&] { s.schools("id,x,y\na,430000,300000\n", "columns = { x = \"x\", y = \"x\" }\n"); }),
              "both the column \"x\""));
}

TEST_CASE("a file none of whose coordinates can be read stops the run, showing one") {  // D26, D27
    SmallStudy s;
    CHECK(has(message_of([&] { s.schools("id,x,y\nA,\"430,300\",\"300,000\"\n"); }), "430,300"));
}

TEST_CASE("missing columns are named with those found") {  // D28
    SmallStudy s;
    const std::string message = message_of([&] { s.schools("id,name,easting,opened\nA,Ash,430000,\n"); });
    CHECK(has(message, "northing"));
    CHECK(has(message, "id, name, easting, opened"));
    const std::string mapped = message_of([&] {
        s.schools("id,name,easting\nA,Ash,430000\n",
                  "crs = \"EPSG:27700\"\ncolumns = { x = \"easting\", y = \"northing\" }\n");
    });
    CHECK(has(mapped, "northing"));
    CHECK(has(mapped, "study.toml:"));
}

TEST_CASE("a damaged file without the columns is said to be damaged") {  // D47
    SmallStudy s;
    const std::string message = message_of([&] { s.schools("id,txt\n1,\"foo\n2,bar\n"); });
    CHECK(has(message, "columns found: id, txt"));
    CHECK(has(message, "quote"));
}

TEST_CASE("coordinates without a system stop the run") {  // D12
    SmallStudy s;
    const std::string message = message_of([&] { s.schools("id,x,y\nA,430000,300000\n", ""); });
    CHECK(has(message, "crs"));
    CHECK(has(message, "x and y"));
}

TEST_CASE("eastings and northings are those of a study on the British grid, and it is said") {
    SmallStudy s;
    CHECK(s.schools("id,Easting,Northing\nA,430000,300000\n", "").size() == 1);
    CHECK(s.of("crs-by-names").size() == 1);
    SmallStudy degrees;
    CHECK(has(message_of([&] { degrees.schools("id,longitude,latitude\nA,-1.558525,52.596988\n", ""); }), "EPSG:4326"));
}

TEST_CASE("wrong labels stop the run") {  // D09, D10
    SmallStudy degrees;
    CHECK(has(message_of([&] { degrees.schools("id,x,y\nA,-1.558525,52.596988\nB,-1.55,52.6\n"); }),
              "look like degrees"));
    SmallStudy metres;
    const std::string message =
        message_of([&] { metres.schools("id,x,y\nA,430000,300000\n", "crs = \"EPSG:4326\"\n"); });
    CHECK(has(message, "out of range"));
    CHECK(has(message, "430000"));
}

TEST_CASE("swapped axes stop the run") {  // D11, trap 1
    SmallStudy degrees;
    CHECK(has(message_of([&] { degrees.schools("id,x,y\nA,52.596988,-1.558525\n", "crs = \"EPSG:4326\"\n"); }),
              "swapped"));
    // (300000, 430000) is on the grid, off Kendal: only the study area tells.
    SmallStudy s;
    write_areas(s.folder);
    s.folder.write("schools.csv", "id,x,y\nA,300000,430000\n");
    const std::string layers =
        kAreas + "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\n";
    CHECK(has(message_of([&] { s.load(layers, kHeadWithArea); }), "swapped"));
    SmallStudy without;
    CHECK(without.schools("id,x,y\nA,300000,430000\n").size() == 1);
}

TEST_CASE("a layer of another country stops the run") {
    SmallStudy s;
    CHECK(has(message_of([&] { s.schools("id,x,y\nA,-73.985,40.748\n", "crs = \"EPSG:4326\"\n"); }), "area of use"));
}

TEST_CASE("degrees with few decimals are said, in metres") {  // trap 6
    SmallStudy s;
    s.schools("id,x,y\nA,-1.5585,52.5969\nB,-1.5586,52.5968\n", "crs = \"EPSG:4326\"\n");
    REQUIRE(s.of("coarse-coordinates").size() == 1);
    CHECK(has(s.of("coarse-coordinates")[0].message, "4.0 decimals"));
    CHECK(has(s.of("coarse-coordinates")[0].message, "7 m"));  // half of 0.0001°: 5.6 m north, 3.4 m east
    SmallStudy fine;
    fine.schools("id,x,y\nA,-1.558525,52.596988\n", "crs = \"EPSG:4326\"\n");
    CHECK(fine.of("coarse-coordinates").empty());
}

TEST_CASE("the same row twice is used once: the same id elsewhere is another place") {  // D23, D33, D34
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,name,x,y\nA,Ash,430000,300000\nB,Beech,430100,300000\nA,Ash,430000,300000\nB,Beech,430200,300000\n00123,n,"
        "430001,300000\n0123,n,430001,300000\n");
    CHECK(layer.size() == 5);
    REQUIRE(s.of("duplicate-row").size() == 1);
    CHECK(s.of("duplicate-row")[0].id == "A");
    CHECK(has(s.of("duplicate-row")[0].message, "lines 2 and 4"));
    REQUIRE(s.of("duplicate-id").size() == 1);
    CHECK(has(s.of("duplicate-id")[0].message, "lines 3 and 5"));
    CHECK(layer.id[0] == "00123");
    CHECK(s.account("schools").ruled_out == 1);
    s.issues.verify_accounts();
}

TEST_CASE("one id for all rows: each place is used, doubles are told from the rest, in good time") {
    SmallStudy s;
    std::string csv = "id,x,y\n";
    for (int i = 0; i < 100'000; ++i)  // rows by pairs: 5,000,000,000 comparisons
        csv +=
            "A," + std::to_string(430000 + i % 50'000 % 250) + "," + std::to_string(310000 + i % 50'000 / 250) + "\n";
    const PlaceLayer layer = s.schools(csv);
    CHECK(layer.size() == 50'000);
    CHECK(s.account("schools").ruled_out == 50'000);
    CHECK(s.of("duplicate-row").size() == 50'000);
    REQUIRE(s.of("duplicate-id").size() == 1);
    CHECK(has(s.of("duplicate-row")[0].message, "lines 2 and 50002"));
}

TEST_CASE("dates: one way of writing for the whole file") {  // D31, D32
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,x,y,opened,closed\nA,430000,300000,03/04/2019,\nB,430100,300000,25/12/2018,01/02/2020\nC,430200,300000,17/"
        "05/2021,31/01/2020\nD,430300,300000,,NA\n");
    CHECK(layer.opened[0] == day(2019, 4, 3));
    CHECK(layer.closed[0] == kNotEnded);
    CHECK(layer.closed[1] == day(2020, 2, 1));
    CHECK(layer.state[2] == PlaceState::unclear);
    CHECK(layer.closed[3] == kNotEnded);
    REQUIRE(s.of("closed-before-opened").size() == 1);
    CHECK(s.of("closed-before-opened")[0].id == "C");
    SmallStudy ambiguous;
    const std::string csv = "id,x,y,opened\nA,430000,300000,03/04/2019\n";
    const std::string message = message_of([&] { ambiguous.schools(csv); });
    CHECK(has(message, "ambiguous"));
    CHECK(has(message, "03/04/2019"));
    CHECK(has(message, "date-format"));
    SmallStudy said;
    CHECK(said.schools(csv, "crs = \"EPSG:27700\"\ndate-format = \"mm/dd/yyyy\"\n").opened[0] == day(2019, 3, 4));
    SmallStudy both;
    CHECK(has(
        message_of([&] { both.schools("id,x,y,opened\nA,430000,300000,13/04/2019\nB,430000,300001,04/13/2019\n"); }),
        "contradict"));
}

TEST_CASE("states: proposed to close is open, closed without a date is open on no day") {  // D27 of the register
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,x,y,state\nA,430000,300000,Open\nB,430100,300000,\"Open, but proposed to "
        "close\"\nC,430200,300000,Closed\nD,430300,300000,Proposed to open\nE,430400,300000,Mothballed\n");
    CHECK(layer.state[0] == PlaceState::open);
    CHECK(layer.state[1] == PlaceState::open);
    CHECK(layer.opened[2] == layer.closed[2]);
    CHECK(layer.state[3] == PlaceState::proposed);
    CHECK(layer.state[4] == PlaceState::unclear);
    CHECK(s.of("unknown-state").at(0).id == "E");
    CHECK(s.of("closed-undated").size() == 1);
}

TEST_CASE("kinds: the study's words, ages where nothing is said, unknown ones kept and flagged") {
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,x,y,phase,low,high\nA,430000,300000,Infant,,\nB,430100,300000,Zoo,,\nC,430200,300000,,5,11\nD,430300,"
        "300000,,11,16\nE,430400,300000,,3,18\nF,430500,300000,,16,19\n",
        "crs = \"EPSG:27700\"\ncolumns = { kind = \"phase\", low-age = \"low\", high-age = \"high\" }\nkinds = { "
        "Infant = \"Primary\" }\n");
    CHECK(layer.kind[0] == "primary");
    CHECK(layer.kind[1] == "");
    CHECK(s.of("unknown-kind").at(0).id == "B");
    CHECK(layer.kind[2] == "primary");
    CHECK(layer.kind[3] == "secondary");
    CHECK(layer.kind[4] == "all-through");
    CHECK(layer.kind[5] == "16-plus");
}

TEST_CASE("an empty layer is said at the head") {  // D08
    SmallStudy s;
    CHECK(s.schools("id,x,y\n").size() == 0);
    REQUIRE(s.of("empty-layer").size() == 1);
    CHECK(has(s.of("empty-layer")[0].message, "0 rows"));
    SmallStudy nowhere;  // D46
    nowhere.schools("id,x,y\nA,,\nB,0,0\n");
    CHECK(has(nowhere.of("empty-layer").at(0).message, "none of the 2 rows"));
}

TEST_CASE("invalid surfaces are repaired and listed with reason, place and method") {  // D17, D20, D21
    SmallStudy s;
    const PlaceLayer layer = s.schools(
        "id,wkt\nbow,\"POLYGON ((430000 300000, 430200 300200, 430200 300000, 430000 300200, 430000 300000))\"\n"
        "flat,\"POLYGON ((430000 300000, 430100 300000, 430000 300000, 430000 300000))\"\n"
        "line,\"LINESTRING (430000 300000, 430100 300000)\"\npoint,POINT (430000 300000)\nbad,POLYGON ((1 2\nempty,\n");
    CHECK(layer.size() == 4);
    const auto invalid = s.of("invalid-geometry");
    REQUIRE(invalid.size() == 2);
    CHECK(invalid[0].id == "bow");
    CHECK(invalid[0].kept == Kept::used_changed);
    CHECK(invalid[0].has_place);
    CHECK_FALSE(invalid[0].action.empty());
    CHECK(layer.id[0] == "bow");
    CHECK(area(layer.shapes, 0) == doctest::Approx(20'000.0));
    CHECK(layer.point_only[0] == 0);
    CHECK(s.of("line-as-place").at(0).row == 4);
    CHECK(s.of("unreadable-geometry").at(0).id == "bad");
    CHECK(s.of("no-location").at(0).id == "empty");
    CHECK(s.issues.may_hide_breach() == 2);
    s.issues.verify_accounts();
}

TEST_CASE("rows that where leaves aside are counted") {
    SmallStudy s;
    const PlaceLayer layer =
        s.schools("id,x,y,function\nA,430000,300000,Public Park Or Garden\nB,430100,300000,Cemetery\nC,0,0,Cemetery\n",
                  "crs = \"EPSG:27700\"\nwhere = { function = [\"public park or garden\"] }\n");
    CHECK(layer.size() == 1);
    CHECK(s.account("schools").ruled_out == 2);
    CHECK(s.of("no-location").empty());
    SmallStudy wrong;
    CHECK(has(message_of([&] {
                  wrong.schools("id,x,y\nA,430000,300000\n", "crs = \"EPSG:27700\"\nwhere = { functoin = [\"x\"] }\n");
              }),
              "functoin"));
}

TEST_CASE("entrances belong to their places") {
    SmallStudy s;
    s.folder.write(
        "gates.csv",
        "school,x,y\nB,430010,300000\nA,430020,300000\nB,430030,300000\nZ,430040,300000\nC,430050,300000\nA,,\n");
    const PlaceLayer layer = s.schools("id,x,y,open\nA,430000,300000,y\nB,430100,300000,y\nC,430200,300000,n\n",
                                       "crs = \"EPSG:27700\"\nwhere = { open = \"y\" }\nentrances = { file = "
                                       "\"gates.csv\", place = \"school\", crs = \"EPSG:27700\" }\n");
    CHECK(layer.entrances_given);
    REQUIRE(layer.entrances.size() == 2);
    CHECK(layer.entrances.part_end(1) - layer.entrances.part_begin(1) == 2);
    CHECK(layer.entrances.first_point(0) == Point{430020, 300000});
    REQUIRE(s.of("entrance-of-unknown-place").size() == 1);
    CHECK(s.of("entrance-of-unknown-place")[0].id == "Z");
    const RowAccount& account = s.account("schools.entrances");
    CHECK(account.used == 3);
    CHECK(account.ruled_out == 1);  // C is not a place of the layer, by `where`
    CHECK(account.not_used == 2);
    s.issues.verify_accounts();
}

namespace {

const char* const kGates = "entrances = { file = \"gates.csv\", place = \"school\", crs = \"EPSG:27700\" }\n";

/// A school with a boundary, 100 m square from (430000, 300000).
const std::string kSquare =
    "id,name,wkt,closed\nA,Ash School,\"POLYGON((430000 300000,430100 300000,430100 300100,430000 300100,430000 "
    "300000))\",";

/// One school A, and one gate of it at x on the line y = 300050: is the gate used?
bool gate_is_used(const std::string& schools, const std::string& x, const std::string& more = "") {
    SmallStudy s;
    s.folder.write("gates.csv", "school,x,y\nA," + x + ",300050\n");
    const PlaceLayer layer = s.schools(schools, "crs = \"EPSG:27700\"\n" + more + kGates);
    const bool used = layer.entrances.has_location(0);
    CHECK(s.account("schools.entrances").used == (used ? 1 : 0));
    CHECK(s.account("schools.entrances").not_used == (used ? 0 : 1));
    CHECK(s.of("entrance-far-from-place").size() == (used ? 0 : 1));
    CHECK(s.issues.may_hide_breach() == (used ? 0 : 1));
    s.issues.verify_accounts();
    return used;
}

}  // namespace

TEST_CASE("an entrance that cannot be used may hide a breach") {
    SmallStudy s;
    s.folder.write("gates.csv", "school,x,y\nA,430100,300050\nA,,\nZ,430100,300060\n,430100,300070\nA,430100\nN,,\n");
    s.schools(kSquare + "\nN,Not ours,\"POINT(430000 300000)\",\n",
              "crs = \"EPSG:27700\"\nwhere = { id = \"A\" }\n" + std::string(kGates));
    const RowAccount& account = s.account("schools.entrances");
    CHECK(account.used == 1);
    CHECK(account.ruled_out == 1);  // of a place that `where` rules out, wherever it is
    CHECK(account.not_used == 4);
    s.issues.verify_accounts();
    CHECK(s.issues.may_hide_breach() == 4);
    REQUIRE(s.of("no-location").size() == 2);
    CHECK(s.of("no-location")[1].message == "y is blank");
    const Issue blank = s.of("no-location")[0];
    CHECK(blank.row == 3);
    CHECK(blank.id == "A");
    CHECK(blank.may_hide_breach);
    CHECK(blank.message == "the coordinates are blank");
    CHECK(blank.action == "this entrance is not used: say where it is, or take the row out");
    const auto unknown = s.of("entrance-of-unknown-place");
    REQUIRE(unknown.size() == 2);
    CHECK(unknown[0].row == 4);
    CHECK(unknown[0].may_hide_breach);
    CHECK(unknown[0].message == "it belongs to \"Z\", which is not in the layer");
    CHECK(unknown[1].message == "school is blank: it names no place");
}

TEST_CASE("an entrance that is missing hides a breach where something is measured from entrances, and no other") {
    const test::Folder folder;
    folder.write("schools.csv", kSquare + "\nB,Beech School,\"POINT(430500 300000)\",2018-01-01\n");
    folder.write("gates.csv", "school,x,y\nA,,\nB,,\nB,430500,302000\n");
    const std::string layer = "kind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\n" + std::string(kGates);
    const Study study = read_study(folder.write("study.toml", "[study]\ncrs = \"EPSG:27700\"\n[layers.schools]\n" +
                                                                  layer + "[layers.next-borough]\n" + layer +
                                                                  "part-of = \"schools\"\n[layers.parks]\n" + layer));
    const LoadedLayers all = read_layers(study, test::options());
    using Names = std::vector<std::string>;
    const auto hidden = [&](const std::optional<Names>& measured, std::optional<Date> from = std::nullopt) {
        LoadOptions asked = test::options();
        asked.entrances_of = measured;
        asked.not_before = from;
        Issues said;
        all.say(asked, said);
        CHECK(said.accounts().size() == 6);
        return said.may_hide_breach();
    };
    CHECK(hidden(std::nullopt) == 9);
    CHECK(hidden(Names{}) == 0);
    CHECK(hidden(Names{"parks"}) == 3);
    CHECK(hidden(Names{"schools"}) == 6);  // what is part of them, too
    const Date closed = day(2018, 1, 1);
    CHECK(hidden(Names{"parks"}, closed) == 1);  // B was closed by then
    CHECK(hidden(Names{"parks"}, closed - std::chrono::days(1)) == 3);
}

TEST_CASE("an entrance more than 10 m off its place's boundary is not its entrance") {
    CHECK(gate_is_used(kSquare, "430050"));  // in it
    CHECK(gate_is_used(kSquare, "430100"));
    CHECK(gate_is_used(kSquare, "430110"));
    CHECK_FALSE(gate_is_used(kSquare, "430110.001"));
    CHECK_FALSE(gate_is_used(kSquare, "530000"));
    CHECK(gate_is_used(kSquare, "430120", "accuracy = \"20 m\"\n"));
    CHECK_FALSE(gate_is_used(kSquare, "430120.001", "accuracy = \"20 m\"\n"));
    CHECK_FALSE(gate_is_used(kSquare, "430110.001", "accuracy = \"2 m\"\n"));
}

TEST_CASE("of a place that is a point, an entrance may lie up to 1,000 m off, or as far as its site reaches") {
    const std::string point = "id,wkt\nA,\"POINT(430000 300050)\"\n";
    CHECK(gate_is_used(point, "431000"));
    CHECK_FALSE(gate_is_used(point, "431000.001"));
    CHECK(gate_is_used(point, "431500", "site-radius = \"1500 m\"\n"));
    CHECK_FALSE(gate_is_used(point, "431500.001", "site-radius = \"1500 m\"\n"));
}

TEST_CASE("an entrance far from its place is named with its distance and its place") {
    SmallStudy s;
    s.folder.write("gates.csv", "school,x,y\nA,430100,300050\nA,430580,300050\n");
    const PlaceLayer layer = s.schools(kSquare + "\n", "crs = \"EPSG:27700\"\n" + std::string(kGates));
    CHECK(layer.entrances.part_end(0) - layer.entrances.part_begin(0) == 1);
    REQUIRE(s.of("entrance-far-from-place").size() == 1);
    const Issue far = s.of("entrance-far-from-place")[0];
    CHECK(far.layer == "schools.entrances");
    CHECK(far.row == 3);
    CHECK(far.id == "A");
    CHECK(far.kept == Kept::not_used);
    CHECK(far.message == "it is 480.000 m from the boundary of Ash School; at most 10 m is expected");
    CHECK(far.action == "this entrance is not used: check the place's id and the coordinates");
    CHECK(far.has_place);
    CHECK(far.x == 430580);
}

TEST_CASE("an entrance belongs to those of the places with its id that it is near to: of several points none is far") {
    SmallStudy s;
    s.folder.write("gates.csv",
                   "school,wkt\nA,POINT(430100 300050)\nA,POINT(431000 300050)\nA,\"MULTIPOINT((430100 300010),(431000 "
                   "300050))\"\n");
    const PlaceLayer layer =
        s.schools(kSquare +
                      "\nA,Its other site,\"POLYGON((431000 300000,431100 300000,431100 300100,431000 300100,431000 "
                      "300000))\",\n",
                  "crs = \"EPSG:27700\"\n" + std::string(kGates));
    REQUIRE(layer.size() == 2);
    CHECK(layer.entrances.is_single_point(0));
    CHECK(layer.entrances.first_point(0) == Point{430100, 300050});
    CHECK(layer.entrances.is_single_point(1));
    CHECK(layer.entrances.first_point(1) == Point{431000, 300050});
    REQUIRE(s.of("entrance-far-from-place").size() == 1);
    CHECK(s.of("entrance-far-from-place")[0].row == 4);
}

TEST_CASE("a closed place without location hides no breach: one far outside by its postcode neither") {
    SmallStudy s;
    write_areas(s.folder);
    s.folder.write("codepo.csv",
                   "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_"
                   "code,Admin_county_code,Admin_district_code,Admin_ward_code\n"
                   "M1 1AA,10,384000,398000,,,,,,\nLE1 1AA,10,430500,300500,,,,,,\n");
    s.folder.write("schools.csv",
                   "id,x,y,state,closed,postcode\nA,430000,300000,Open,,\nB,,,Closed,,LE1 "
                   "1AA\nC,,,Open,,m11aa\nD,,,Open,,LE1 1AA\nE,,,Open,,ZZ9 9ZZ\n");
    const std::string layers =
        kAreas + "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\n";
    const Layers all = s.load(layers, kHeadWithArea + "lookup = { postcodes = \"codepo.csv\" }\n");
    const auto missing = s.of("no-location");
    REQUIRE(missing.size() == 4);
    CHECK_FALSE(missing[0].may_hide_breach);  // closed
    CHECK_FALSE(missing[1].may_hide_breach);  // Manchester
    CHECK(missing[2].may_hide_breach);
    CHECK(missing[3].may_hide_breach);  // not in the look-up: nothing is known
    CHECK(all.place_layer("schools")->without_location == 2);
    CHECK(all.study_area_box() == Box{430000, 300000, 432000, 301000});
}

TEST_CASE("layers that were read once say to each answer what it would have read") {
    SmallStudy s;
    s.folder.write("schools.csv",
                   "id,x,y,opened,closed\nA,430000,300000,,\nB,,,,2015-08-31\nC,,,,2025-08-31\nD,,,,\n"
                   "E,,,2020-01-01,2010-01-01\n");
    s.folder.write("outlets.csv", "id,x,y\n1,430000,300000\n2,,\n");
    const Study study = s.read(
        "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\n"
        "[layers.outlets]\nkind = \"outlets\"\nfile = \"outlets.csv\"\ncrs = \"EPSG:27700\"\n");
    const LoadedLayers all = read_layers(study, test::options());
    const std::pair<std::optional<Date>, std::uint64_t> days[] = {
        {std::nullopt, 4},
        {std::chrono::sys_days(std::chrono::year(2018) / 1 / 1), 3},
        {std::chrono::sys_days(std::chrono::year(2025) / 8 / 31), 2}};
    for (const auto& [day, hide] : days)
        for (const bool outlets : {false, true}) {
            LoadOptions asked = test::options();
            asked.not_before = day;
            asked.outlets = outlets;
            Issues said, read;
            all.say(asked, said);
            CHECK(load_layers(study, asked, read).places.at(0).without_location == hide);
            CHECK(said.may_hide_breach() == read.may_hide_breach());
            CHECK(said.accounts().size() == (outlets ? 2 : 1));
            REQUIRE(said.all().size() == read.all().size());
            for (std::size_t i = 0; i < said.all().size(); ++i) {
                CHECK(said.all()[i].message == read.all()[i].message);
                CHECK(said.all()[i].may_hide_breach == read.all()[i].may_hide_breach);
            }
        }
}

TEST_CASE("a file without ids is named by its rows, said once") {
    SmallStudy s;
    const PlaceLayer layer = s.schools("name,x,y\nAsh,430000,300000\nBeech,430100,300000\n");
    CHECK(layer.id[0] == "row 2");
    CHECK(s.of("no-id").size() == 1);
}

TEST_CASE("the record of a file says how it was read") {
    SmallStudy s;
    const PlaceLayer layer =
        s.schools("id,x,y\nA,-1.558525,52.596988\n",
                  "crs = \"EPSG:4326\"\nlicence = \"OGL\"\ndate = 2026-03-01\naccuracy = \"5 m\"\n");
    REQUIRE(layer.facts.files.size() == 1);
    const FileRecord& record = layer.facts.files[0];
    CHECK(record.file == "schools.csv");
    CHECK(record.sha256.size() == 64);
    CHECK(record.bytes == 29);
    CHECK(record.rows_read == 1);
    CHECK(record.licence == "OGL");
    CHECK(record.date == "2026-03-01");
    CHECK(record.crs == "EPSG:4326");
    CHECK_FALSE(record.operation.empty());
    CHECK(layer.facts.accuracy.value == 5.0);
    CHECK(layer.facts.accuracy_source == "study");
    CHECK(std::abs(layer.shapes.first_point(0).x - 430000) < 5.0);
}

TEST_CASE("without the grid the loss is said, and a strict study stops") {
    const auto way = Transformation::between(Crs::from_text("EPSG:4326"), Crs::from_text("EPSG:27700"), {});
    if (way.info().loss_m == 0.0) {
        MESSAGE("skipped: PROJ has the OSTN15 grid of its own");
        return;
    }
    SmallStudy s;
    s.folder.write("schools.csv", "id,x,y\nA,-1.558525,52.596988\n");
    const std::string layers = "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:4326\"\n";
    const Layers loaded = load_layers(s.read(layers), LoadOptions{}, s.issues);
    CHECK(loaded.places.at(0).facts.operation.loss_m == 5.0);
    CHECK(s.of("grid-missing").size() == 1);
    const Study strict = s.read(layers, "crs = \"EPSG:27700\"\nstrict = true\n");
    CHECK_THROWS_AS(load_layers(strict, LoadOptions{}, s.issues), EnvironmentError);
}
