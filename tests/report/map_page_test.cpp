// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_page.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>

#include "libgeo/base/errors.h"

using namespace geo;
using nlohmann::json;

namespace {

void add_ring(Shapes& shapes, std::initializer_list<Point> corners, bool hole = false) {
    for (const Point& p : corners) shapes.add_vertex(p.x, p.y);
    shapes.add_vertex(corners.begin()->x, corners.begin()->y);
    shapes.end_part(PartKind::ring, hole);
}

/// In degrees, so that what goes in can be seen in what comes out.
MapData in_degrees() {
    MapData data;
    data.title = "Small";
    data.crs = Crs::from_text("EPSG:4326");
    data.as_at = std::chrono::year(2026) / 4 / 1;
    data.extent = Box{0, 51, 1, 52};
    return data;
}

json written(const MapData& data) { return json::parse(map_json(data, {}, {})); }

MapPlaces& add_places(MapData& data) {
    MapPlaces& places = data.places.emplace_back();
    places.layer = "schools";
    return places;
}

void add_place(MapPlaces& places, const std::string& name) {
    places.id.push_back(name);
    places.name.push_back(name);
    places.kind.emplace_back();
    places.state.push_back(PlaceState::open);
    places.point_only.push_back(0);
}

}  // namespace

TEST_CASE("positions are millionths of a degree: the first as it is, then steps, holes stay with their shell") {
    MapData data = in_degrees();
    MapPlaces& places = add_places(data);
    add_place(places, "two parts");
    add_ring(places.shapes, {{0.1, 51.1}, {0.2, 51.1}, {0.2, 51.2}, {0.1, 51.2}});
    add_ring(places.shapes, {{0.12, 51.12}, {0.14, 51.12}, {0.14, 51.14}}, true);
    add_ring(places.shapes, {{0.3, 51.3}, {0.3000004, 51.3}, {0.4, 51.4}});
    places.shapes.end_shape();
    add_place(places, "point");
    places.shapes.add_point(-0.1234567, 51.5);
    add_place(places, "line");
    places.shapes.add_vertex(0.5, 51.5);
    places.shapes.add_vertex(0.500001, 51.499999);
    places.shapes.end_part(PartKind::line);
    places.shapes.end_shape();
    add_place(places, "nowhere");
    places.shapes.add_point(std::numeric_limits<double>::quiet_NaN(), 51.5);
    const json shapes = written(data)["places"][0]["shapes"];
    CHECK(shapes[0].dump() ==
          R"({"a":[[[100000,51100000,100000,0,0,100000,-100000,0],[120000,51120000,20000,0,0,20000]],)"
          R"([[300000,51300000,100000,100000]]]})");  // the step of 0.4 millionths is none
    CHECK(shapes[1].dump() == R"({"p":[-123457,51500000]})");
    CHECK(shapes[2].dump() == R"({"l":[[500000,51500000,1,-1]]})");
    CHECK(shapes[3] == 0);
}

TEST_CASE("rings of which none is marked as a hole are told apart by what lies in what") {
    MapData data = in_degrees();
    MapPlaces& places = add_places(data);
    add_place(places, "ring in ring");
    add_ring(places.shapes, {{0.5, 51.2}, {0.6, 51.2}, {0.6, 51.3}});
    add_ring(places.shapes, {{0.1, 51.1}, {0.9, 51.1}, {0.9, 51.9}});
    places.shapes.end_shape();
    const json shape = written(data)["places"][0]["shapes"][0]["a"];
    REQUIRE(shape.size() == 1);
    CHECK(shape[0].size() == 2);
    CHECK(shape[0][0][0] == 100000);
}

TEST_CASE("names stay text: no element begins in the data, nothing turns text round, each text is kept once") {
    MapData data = in_degrees();
    data.title = "</script><script>alert(1)</script>";
    MapPlaces& places = add_places(data);
    for (const std::string name :
         {"</script><b>", "</script><b>", "=cmd|' /C calc'!A0", "bell \x07", "turned \xE2\x80\xAE"}) {
        add_place(places, name);
        places.shapes.add_point(0, 51);
    }
    const std::string text = map_json(data, {}, {});
    CHECK(text.find('<') == std::string::npos);
    CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    const json page = json::parse(text);
    CHECK(page["title"] == data.title);
    const json& names = page["places"][0]["name"];
    CHECK(names[0] == names[1]);
    const auto name = [&](std::size_t i) { return page["texts"][names[i].get<std::size_t>()].get<std::string>(); };
    CHECK(name(0) == "</script><b>");
    CHECK(name(2) == "=cmd|' /C calc'!A0");
    CHECK(name(3) == "bell \\x07");
    CHECK(name(4) == "turned \\xE2\\x80\\xAE");
}

TEST_CASE("an outlet is drawn on the days on which it trades, from the first not before it opened") {
    MapData data = in_degrees();
    const auto day = [](int year) { return Date(std::chrono::year(year) / 1 / 1); };
    data.days = {day(2020), day(2021), day(2022)};
    data.uses = {Use::hot_food_takeaway, Use::betting_shop};
    MapOutlets& outlets = data.outlets.emplace_back();
    outlets.layer = "outlets";
    const auto add = [&](Date opened, Date closed, UseSet uses) {
        outlets.id.emplace_back("o");
        outlets.name.emplace_back("o");
        outlets.uses.push_back(uses);
        outlets.opened.push_back(opened);
        outlets.closed.push_back(closed);
        outlets.unclear.push_back(0);
        outlets.shapes.add_point(0, 51);
    };
    add(kBeforeRecords, kNotEnded, use_bit(Use::betting_shop));
    add(day(2021), day(2022), static_cast<UseSet>(use_bit(Use::betting_shop) | use_bit(Use::hot_food_takeaway)));
    add(day(2020) + std::chrono::days(1), day(2020) + std::chrono::days(9), use_bit(Use::shop));
    const json page = written(data);
    const json& seen = page["outlets"][0];
    for (std::size_t i = 0; i < outlets.size(); ++i)
        for (std::size_t k = 0; k < data.days.size(); ++k)
            CHECK((seen["from"][i] <= k && k < seen["until"][i]) == outlets.trades(i, data.days[k]));
    CHECK(seen["uses"].dump() == "[2,3,0]");
}

TEST_CASE("tiles: a host by https, or this machine, with an attribution") {
    CHECK_NOTHROW(check_tiles({}));
    CHECK_NOTHROW(check_tiles({"https://tiles.example.gov.uk/a/{z}/{x}/{y}.png?key=1", "OS"}));
    CHECK_NOTHROW(check_tiles({"http://127.0.0.1:8080/{z}/{x}/{y}.png", "OS"}));
    for (const char* url :
         {"http://tiles.example.gov.uk/{z}/{x}/{y}.png", "https:///{z}/{x}/{y}.png", "file:///{z}/{x}/{y}.png",
          "https://a.b/{z}/{x}/y.png", "https://a.b; script-src */{z}/{x}/{y}", "https://a'b/{z}/{x}/{y}",
          "https://user@a.b/{z}/{x}/{y}", "http://localhost.evil.org/{z}/{x}/{y}", "{z}{x}{y}"})
        CHECK_THROWS_AS(check_tiles({url, "OS"}), UsageError);
    CHECK_THROWS_AS(check_tiles({"https://a.b/{z}/{x}/{y}.png", ""}), UsageError);
    CHECK_THROWS_AS(check_tiles({"", "OS"}), UsageError);
}

TEST_CASE("the page forbids what it does not need, and holds its title as text") {
    MapData data = in_degrees();
    data.title = "A <b> & \"C\"";
    if (!map_page_built()) {
        CHECK_THROWS_WITH_AS(map_page(data, {}, {}), doctest::Contains("built without the interactive map"),
                             EnvironmentError);
        return;
    }
    const std::string page = map_page(data, {}, {});
    CHECK(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
    CHECK(page.find("<title>A &lt;b&gt; &amp; &quot;C&quot; - map as at 1 April 2026</title>") != std::string::npos);
    CHECK(page.find("default-src 'none'; script-src 'sha256-") != std::string::npos);
    CHECK(page.find("unsafe-inline") == std::string::npos);
    // Two scripts, the data and the page's own, each with its one end.
    std::size_t ends = 0;
    for (std::size_t at = page.find("</script"); at != std::string::npos; at = page.find("</script", at + 1)) ++ends;
    CHECK(ends == 2);
    CHECK(page == map_page(data, {}, {}));
}
