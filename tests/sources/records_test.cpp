// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/sources/scratch.h"

using namespace geo;
using Cells = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

TEST_CASE("xml: repeated elements are rows, nested ones are flattened by their last name") {
    const Scratch scratch;
    const auto table = open_table(scratch.write(
        "a.xml",
        "<?xml version=\"1.0\"?><FHRSEstablishment "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Header><ItemCount>2</ItemCount></Header>"
        "<EstablishmentCollection><EstablishmentDetail><FHRSID>1</FHRSID><BusinessName>Fish &amp; Chips</BusinessName>"
        "<RatingDate xsi:nil=\"true\"/><Geocode><Longitude>0.0007</Longitude></Geocode></EstablishmentDetail>"
        "<EstablishmentDetail><FHRSID>2</FHRSID></EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>"));
    CHECK(table->format() == "FHRS XML");
    CHECK(table->columns() == Names{"FHRSID", "BusinessName", "RatingDate", "Longitude"});
    CHECK(rows_of(*table).cells == Cells{{"1", "Fish & Chips", "", "0.0007"}, {"2", "", "", ""}});
}

TEST_CASE("xml: one establishment is a row too: other XML needs repeated elements") {
    const Scratch scratch;
    CHECK(rows_of(scratch.write("a.xml",
                                "<FHRSEstablishment><EstablishmentCollection><EstablishmentDetail><FHRSID>1</FHRSID>"
                                "</EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>"))
              .cells == Cells{{"1"}});
    CHECK(rows_of(scratch.write("b.xml", "<all><item><id>1</id></item><item><id>2</id></item></all>")).cells ==
          Cells{{"1"}, {"2"}});
    CHECK(mentions(fault_of(scratch.write("c.xml", "<all><one>1</one></all>")), "no repeated elements"));
}

TEST_CASE("xml: damage is named with its line: entities of other files are not fetched") {
    const Scratch scratch;
    CHECK(mentions(fault_of(scratch.write("a.xml", "<all>\n<item><id>1</id></item>\n<item><id>2</i")),
                   "a.xml:3: is not whole XML"));
    const Rows rows = rows_of(scratch.write("b.xml",
                                            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                                            "<a><r><x>&e;</x></r><r><x>2</x></r></a>"));
    CHECK(rows.cells == Cells{{"&e;"}, {"2"}});
}

TEST_CASE("json: an array of objects, at the root or inside: numbers as written") {
    const Scratch scratch;
    const std::string rows =
        R"([{"id": 1, "x": 430300.10, "open": true, "note": null}, {"id": 12345678901234567, "x": 1e3}])";
    for (const std::string& text :
         {rows, "{\"meta\": {\"links\": [{\"rel\": \"self\"}]}, \"records\": " + rows + "}", "\xEF\xBB\xBF" + rows}) {
        const auto table = open_table(scratch.write("a.json", text));
        CHECK(table->format() == "JSON");
        CHECK(table->columns() == Names{"id", "x", "open", "note"});
        CHECK(rows_of(*table).cells == Cells{{"1", "430300.10", "true", ""}, {"12345678901234567", "1e3", "", ""}});
    }
}

TEST_CASE("json: nested objects are flattened: where names clash the deeper one says where it is from") {
    const Scratch scratch;
    const auto table = open_table(scratch.write(
        "a.json", R"([{"meta": {"id": "m", "tags": ["a", "b"]}, "id": "r", "geocode": {"longitude": "0.5"}}])"));
    CHECK(table->columns() == Names{"meta.id", "tags", "id", "longitude"});
    CHECK(rows_of(*table).cells == Cells{{"m", "a; b", "r", "0.5"}});
}

TEST_CASE("json: what is no table, and what is damaged") {
    const Scratch scratch;
    CHECK(mentions(fault_of(scratch.write("a.json", "{\"a\": 1}")), "no array of objects"));
    CHECK(mentions(fault_of(scratch.write("b.json", "[{\"a\": 1},\n{\"a\": ")), "b.json:2: is not whole JSON"));
    CHECK(mentions(fault_of(scratch.write("c.json", "[{\"a\": 1}, 2]")), "no objects"));
    CHECK(mentions(
        fault_of(scratch.write("d.json", R"({"geometryType": "esriGeometryPoint", "features": [{"attributes": {}}]})")),
        "f=geojson"));
    CHECK(mentions(fault_of(scratch.write("e.json", std::string(100000, '['))), "e.json"));
}

TEST_CASE("json: a FeatureCollection goes to GDAL, whatever its ending") {
    const Scratch scratch;
    const auto table =
        open_table(scratch.write("a.json", R"({"features": [{"type": "Feature", "properties": {"name": "Gate"},
        "geometry": {"type": "Point", "coordinates": [-1.5, 52.5]}}], "type": "FeatureCollection"})"));
    CHECK(table->format() == "GeoJSON");
    CHECK(table->crs() == "EPSG:4326");
    const Rows rows = rows_of(*table);
    CHECK(rows.shapes.first_point(0) == Point{-1.5, 52.5});
}
