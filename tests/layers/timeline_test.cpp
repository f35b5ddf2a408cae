// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/timeline.h"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

#include "libgeo/layers/frontages.h"
#include "small_study.h"

using namespace geo;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }

}  // namespace

TEST_CASE("an outlet trades from its first day, and on its last no more") {
    SmallStudy s;
    s.folder.write(
        "outlets.csv",
        "id,opened,closed,x,y,uprn\n1,2010-01-01,2015-06-30,430000,300000,0012\n2,,,430100,300000,\n3,2021-05-"
        "17,2020-01-31,430200,300000,1;2\n");
    const OutletLayer outlets =
        s.load("[layers.takeaways]\nkind = \"outlets\"\nfile = \"outlets.csv\"\ncrs = \"EPSG:27700\"\n").outlets.at(0);
    const Timeline timeline(outlets);
    CHECK(timeline.covers(day(1950, 1, 1)));
    CHECK_FALSE(timeline.snapshot_for(day(2012, 1, 1)));
    CHECK(timeline.on(0, day(2009, 12, 31)) == Trades::no);
    CHECK(timeline.on(0, day(2010, 1, 1)) == Trades::yes);
    CHECK(timeline.on(0, day(2015, 6, 29)) == Trades::yes);
    CHECK(timeline.on(0, day(2015, 6, 30)) == Trades::no);
    CHECK(timeline.on(1, day(1950, 1, 1)) == Trades::yes);
    CHECK(timeline.on(2, day(2020, 6, 1)) == Trades::unclear);
    CHECK(outlets.uprn[0] == "12");
    CHECK(outlets.uprn[1] == "");
    CHECK(outlets.uprn[2] == "");
    CHECK(s.of("bad-uprn").at(0).id == "3");
}

TEST_CASE("of snapshots the latest not after the day speaks, and none before the first") {
    SmallStudy s;
    s.folder.write("a.csv", "id,x,y\n1,430000,300000\n2,430100,300000\n");
    s.folder.write("b.csv", "id,x,y\n2,430100,300000\n");
    const OutletLayer outlets =
        s.load(
             "[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\ncrs = \"EPSG:27700\"\nsnapshots = "
             "[{ "
             "file = \"a.csv\", date = 2020-01-01 }, { file = \"b.csv\", date = 2021-01-01 }]\n")
            .outlets.at(0);
    const Timeline timeline(outlets);
    CHECK_FALSE(timeline.covers(day(2019, 12, 31)));
    CHECK_FALSE(timeline.snapshot_for(day(2019, 12, 31)));
    CHECK(timeline.on(0, day(2019, 12, 31)) == Trades::no);
    CHECK(timeline.snapshot_for(day(2020, 1, 1)) == day(2020, 1, 1));
    CHECK(timeline.snapshot_for(day(2020, 12, 31)) == day(2020, 1, 1));
    CHECK(timeline.on(0, day(2020, 12, 31)) == Trades::yes);
    CHECK(timeline.on(2, day(2020, 12, 31)) == Trades::no);  // the row of the later snapshot
    CHECK(timeline.on(0, day(2021, 1, 1)) == Trades::no);
    CHECK(timeline.on(2, day(2030, 1, 1)) == Trades::yes);
}

TEST_CASE("units of frontages that are there on a day: a corner unit once, one without a location by its id") {
    FrontageLayer units;
    const auto add = [&](const char* id, double x, Date opened, Date closed) {
        units.id.add(id);
        units.opened.push_back(opened);
        units.closed.push_back(closed);
        if (x > 0)
            units.shapes.add_point(x, 10);
        else
            units.shapes.add_nothing();
    };
    const Date first = day(2010, 1, 1), last = day(2020, 1, 1);
    add("corner", 100, first, last);
    add("next", 110, first, last);
    add("corner", 100, first, last);  // in the other street
    add("corner", 300, first, last);  // the same number elsewhere
    add("later", 120, day(2015, 1, 1), last);
    add("nowhere", 0, first, last);
    add("nowhere", 0, first, last);
    CHECK(units_on(units, day(2014, 12, 31)) == std::vector<std::uint32_t>{0, 1, 3, 5});
    CHECK(units_on(units, day(2015, 1, 1)) == std::vector<std::uint32_t>{0, 1, 3, 4, 5});
    CHECK(units_on(units, last).empty());
}
