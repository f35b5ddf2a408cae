// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "libgeo/sources/output.h"
#include "tests/sources/scratch.h"
#include "tests/sources/shapefile_bytes.h"

using namespace geo;
using Cells = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

namespace {

std::string collection(const std::string& features, const std::string& members = {}) {
    return "{\"type\": \"FeatureCollection\", " + members + "\"features\": [" + features + "]}";
}

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
    return "{\"type\": \"Feature\", \"properties\": " + properties + ", \"geometry\": " + geometry + "}";
}

void write_shapefile(const Scratch& scratch, const ShapefileBytes& files) {
    scratch.write("s.shp", files.shp);
    scratch.write("s.shx", files.shx);
    scratch.write("s.dbf", files.dbf);
}

/// A GeoPackage with the layers named, each of one point and a text column.
void write_gpkg(const std::filesystem::path& path, const Names& layers) {
    LayerWriter writer(path, false, "GPKG", "EPSG:27700");
    Shapes shapes;
    shapes.add_point(430000, 300000);
    for (const std::string& layer : layers) {
        writer.begin_layer({layer, {{"name", FieldType::text}}, true, ""});
        writer.add_row({layer}, &shapes, 0);
    }
    writer.commit();
}

}  // namespace

TEST_CASE("geojson: fields as text") {
    const Scratch scratch;
    const auto table = open_table(scratch.write(
        "a.geojson",
        collection(feature(
            "null",
            R"({"uprn": 100023336956, "share": 0.1, "open": true, "day": "2021-05-17", "when": "2021-05-17T08:30:00Z",
                   "name": "Caf\u00e9", "none": null})"))));
    CHECK(table->columns() == Names{"uprn", "share", "open", "day", "when", "name", "none"});
    const Rows rows = rows_of(*table);
    CHECK(rows.cells ==
          Cells{{"100023336956", "0.1", "true", "2021-05-17", "2021-05-17T08:30:00Z", "Caf\xC3\xA9", ""}});
    CHECK(rows.shapes.size() == 1);
    CHECK_FALSE(rows.shapes.has_location(0));
}

TEST_CASE("geojson: geometries become parts") {
    const Scratch scratch;
    const std::string ring = "[[0,0],[4,0],[4,4],[0,4],[0,0]]", hole = "[[1,1],[2,1],[2,2],[1,2],[1,1]]";
    const Rows rows = rows_of(scratch.write(
        "a.geojson",
        collection(feature("{\"type\": \"Point\", \"coordinates\": [1, 2, 5000]}") + "," +
                   feature("{\"type\": \"MultiPoint\", \"coordinates\": [[1,2],[3,4]]}") + "," +
                   feature("{\"type\": \"LineString\", \"coordinates\": [[0,0],[3,4]]}") + "," +
                   feature("{\"type\": \"MultiPolygon\", \"coordinates\": [[" + ring + "," + hole + "]]}") + "," +
                   feature("{\"type\": \"GeometryCollection\", \"geometries\": [{\"type\": \"Point\", \"coordinates\": "
                           "[7,8]}, {\"type\": \"Polygon\", "
                           "\"coordinates\": [" +
                           ring + "]}]}"))));
    const Shapes& shapes = rows.shapes;
    REQUIRE(shapes.size() == 5);
    CHECK(shapes.is_single_point(0));
    CHECK(shapes.first_point(0) == Point{1, 2});
    CHECK(shapes.part_end(1) - shapes.part_begin(1) == 2);
    CHECK(shapes.kind(shapes.part_begin(2)) == PartKind::line);
    CHECK(shapes.part_end(3) - shapes.part_begin(3) == 2);
    CHECK(shapes.has_surface(3));
    CHECK_FALSE(shapes.is_hole(shapes.part_begin(3)));
    CHECK(shapes.is_hole(shapes.part_begin(3) + 1));
    CHECK(shapes.kind(shapes.part_begin(4)) == PartKind::points);
    CHECK(shapes.has_surface(4));
}

TEST_CASE("geojson: a ring that does not come back is closed and said: an infinite coordinate has no location") {
    const Scratch scratch;
    const Rows rows = rows_of(scratch.write(
        "a.geojson", collection(feature("{\"type\": \"Polygon\", \"coordinates\": [[[0,0],[4,0],[4,4],[0,4]]]}") + "," +
                                feature("{\"type\": \"Point\", \"coordinates\": [1e999, 2]}"))));
    REQUIRE(count_of(rows, "ring-not-closed") == 1);
    CHECK(rows.shapes.xs(0).size() == 5);
    CHECK(rows.shapes.xs(0).back() == 0.0);
    CHECK(count_of(rows, "coordinates-not-finite") == 1);
    CHECK_FALSE(rows.shapes.has_location(1));
}

TEST_CASE("geojson: crs member, damage, a page of a map service") {
    const Scratch scratch;
    const std::string point = feature("{\"type\": \"Point\", \"coordinates\": [430000, 300000]}");
    CHECK(open_table(
              scratch.write(
                  "a.geojson",
                  collection(point,
                             R"("crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}, )")))
              ->crs() == "EPSG:27700");
    const std::string whole = collection(point + "," + point);
    CHECK(mentions(fault_of(scratch.write("cut.geojson", whole.substr(0, whole.size() - 20))),
                   "cut.geojson: cannot be read"));
    CHECK(mentions(fault_of(scratch.write("b.geojson", collection(point, "\"exceededTransferLimit\" : true, "))),
                   "stopped at its limit"));
    CHECK(mentions(fault_of(scratch.write("c.geojson", "{\"type\": \"FeatureCollection\", \"features\": [" + point +
                                                           "], \"properties\": {\"exceededTransferLimit\":true}}")),
                   "stopped at its limit"));
    CHECK(fault_of(scratch.write("d.geojson", collection(point, "\"exceededTransferLimit\" : false, "))).empty());
}

TEST_CASE("geojson: selected columns in the order asked, without geometry, and again") {
    const Scratch scratch;
    const auto table = open_table(scratch.write(
        "a.geojson",
        collection(feature("{\"type\": \"Point\", \"coordinates\": [1, 2]}", R"({"a": 1, "b": 2, "c": 3})"))));
    table->select({2, 0}, false);
    const Rows first = rows_of(*table);
    CHECK(first.cells == Cells{{"3", "1"}});
    CHECK(first.shapes.size() == 0);
    table->rewind();
    table->select({1}, true);
    const Rows second = rows_of(*table);
    CHECK(second.cells == Cells{{"2"}});
    CHECK(second.lines == std::vector<std::int64_t>{1});
    CHECK(second.shapes.has_location(0));
}

TEST_CASE("shapefile: sound: and a missing index is rebuilt without writing beside it") {
    const Scratch scratch;
    const ShapefileBytes files = shapefile_of({{"North", 100}, {"South", 300}});
    write_shapefile(scratch, files);
    const auto table = open_table(scratch.file("s.shp"));
    CHECK(table->format() == "ESRI Shapefile");
    CHECK(table->crs().empty());
    CHECK(table->stated_rows() == 2);
    const Rows sound = rows_of(*table);
    CHECK(sound.cells == Cells{{"North"}, {"South"}});
    CHECK(sound.issues.empty());

    std::filesystem::remove(scratch / "s.shx");
    const Rows rebuilt = rows_of(scratch.file("s.shp"));
    CHECK(rebuilt.cells == sound.cells);
    CHECK(rebuilt.shapes.first_point(1) == Point{300, 200});
    REQUIRE(count_of(rebuilt, "index-rebuilt") == 1);
    CHECK(mentions(rebuilt.issues[0].message, ".shx"));
    CHECK_FALSE(std::filesystem::exists(scratch / "s.shx"));
}

TEST_CASE("shapefile: an index that claims other records is rebuilt: stray bytes are said") {
    const Scratch scratch;
    ShapefileBytes files = shapefile_of({{"North", 100}, {"South", 300}});
    put_number(files.shx, 24, (100 + 8 * 130) / 2, 4, true);
    files.shp += 'x';
    write_shapefile(scratch, files);
    const Rows rows = rows_of(scratch.file("s.shp"));
    CHECK(rows.cells == Cells{{"North"}, {"South"}});
    CHECK(count_of(rows, "index-rebuilt") == 1);
    CHECK(count_of(rows, "stray-bytes") == 1);
}

TEST_CASE("shapefile: files that are missing, cut short or do not belong together") {
    const Scratch scratch;
    const ShapefileBytes sound = shapefile_of({{"North", 100}, {"South", 300}, {"East", 400}});
    ShapefileBytes files = sound;
    files.shp.resize(files.shp.size() - 28);
    write_shapefile(scratch, files);
    CHECK(mentions(fault_of(scratch.file("s.shp")), "cut short: the .shp's header says 184 bytes, the file has 156"));
    files = sound;
    files.dbf.resize(files.dbf.size() - 25);
    write_shapefile(scratch, files);
    CHECK(mentions(fault_of(scratch.file("s.shp")), "the .dbf is cut short"));
    files = sound;
    files.dbf = shapefile_of({{"North", 100}}).dbf;
    write_shapefile(scratch, files);
    CHECK(mentions(fault_of(scratch.file("s.shp")), "the .shp has 3 shapes, the .dbf 1 rows"));
    write_shapefile(scratch, sound);
    std::filesystem::remove(scratch / "s.dbf");
    CHECK(mentions(fault_of(scratch.file("s.shp")), "its .dbf is missing"));
    CHECK(mentions(fault_of(scratch.write("s.shp", std::string(200, 'x'))), ".dbf is missing"));
}

TEST_CASE("shapefile: rows marked as deleted are left out and said") {
    const Scratch scratch;
    ShapefileBytes files = shapefile_of({{"North", 100}, {"South", 300}, {"East", 400}});
    files.dbf[65 + 21] = '*';
    write_shapefile(scratch, files);
    const Rows rows = rows_of(scratch.file("s.shp"));
    CHECK(rows.cells == Cells{{"North"}, {"East"}});
    CHECK(count_of(rows, "deleted-rows") == 1);
}

TEST_CASE("shapefile: encodings: .cpg, the .dbf's byte, neither") {
    const Scratch scratch;
    ShapefileBytes files = shapefile_of({{"Caf\xE9 \x92n\x92", 100}});
    write_shapefile(scratch, files);
    const std::string in_utf8 = "Caf\xC3\xA9 \xE2\x80\x99n\xE2\x80\x99";
    Rows rows = rows_of(scratch.file("s.shp"));
    CHECK(rows.cells == Cells{{in_utf8}});
    CHECK(count_of(rows, "encoding-assumed") == 1);
    files.dbf[29] = 0x57;
    write_shapefile(scratch, files);
    rows = rows_of(scratch.file("s.shp"));
    CHECK(rows.cells == Cells{{in_utf8}});
    CHECK(rows.issues.empty());
    write_shapefile(scratch, shapefile_of({{in_utf8, 100}}));
    scratch.write("s.cpg", "UTF-8");
    rows = rows_of(scratch.file("s.shp"));
    CHECK(rows.cells == Cells{{in_utf8}});
    CHECK(rows.issues.empty());
}

TEST_CASE("gpkg: a log that lies beside it is neither taken over nor deleted, not even to list the layers") {
    const Scratch scratch;
    write_gpkg(scratch / "a.gpkg", {"schools"});
    scratch.write("a.gpkg-wal", std::string(100, 'x'));
    CHECK_THROWS_AS(layer_names(scratch.file("a.gpkg")), DataError);
    CHECK(mentions(fault_of(scratch.file("a.gpkg")), "changes are waiting in a.gpkg-wal"));
    CHECK(bytes_of(scratch / "a.gpkg-wal") == std::string(100, 'x'));
}

TEST_CASE("gpkg: layers by name, hostile names too, and the file is not touched") {
    const Scratch scratch;
    const std::string hostile = "x\"; DROP TABLE schools;--";
    write_gpkg(scratch / "a%20b#?.gpkg", {hostile, "schools"});
    const std::string before = bytes_of(scratch / "a%20b#?.gpkg");
    CHECK(layer_names(scratch.file("a%20b#?.gpkg")) == Names{hostile, "schools"});
    CHECK(
        mentions(fault_of(scratch.file("a%20b#?.gpkg")), "holds 2 layers: `x\"; DROP TABLE schools;--` and `schools`"));
    CHECK(mentions(fault_of(scratch.file("a%20b#?.gpkg", "scools")), "did you mean `schools`?"));
    const Rows rows = rows_of(scratch.file("a%20b#?.gpkg", hostile));
    CHECK(rows.cells == Cells{{"1", hostile}});
    CHECK(rows_of(scratch.file("a%20b#?.gpkg", "schools")).shapes.first_point(0) == Point{430000, 300000});
    CHECK(bytes_of(scratch / "a%20b#?.gpkg") == before);
    CHECK(scratch.names() == Names{"a%20b#?.gpkg"});
}

TEST_CASE("gpkg: damage and waiting changes") {
    const Scratch scratch;
    write_gpkg(scratch / "a.gpkg", {"schools"});
    const std::string whole = bytes_of(scratch / "a.gpkg");
    CHECK(mentions(fault_of(scratch.write("cut.gpkg", whole.substr(0, whole.size() / 2))), "cut.gpkg: cut short"));
    CHECK(mentions(fault_of(scratch.write("text.gpkg", "id,name\n")), "is no GeoPackage"));
    std::string overwritten = whole;
    std::fill(overwritten.begin() + 4096, overwritten.end(), '\xAA');
    CHECK(mentions(fault_of(scratch.write("bad.gpkg", overwritten)), "bad.gpkg: "));
    scratch.write("a.gpkg-wal", "frames");
    CHECK(mentions(fault_of(scratch.file("a.gpkg")), "changes are waiting in a.gpkg-wal"));
}

TEST_CASE("other formats: FlatGeobuf, GML, KML, MapInfo, and curves in fine steps") {
    const Scratch scratch;
    {
        LayerWriter writer(scratch / "a.fgb", false, "FlatGeobuf", "EPSG:27700");
        Shapes shapes;
        shapes.add_point(430000, 300000);
        writer.begin_layer({"a", {{"name", FieldType::text}}, true, ""});
        for (int i = 0; i < 3; ++i) writer.add_row({"gate"}, &shapes, 0);
        writer.commit();
    }
    const auto flat = open_table(scratch.file("a.fgb"));
    CHECK(flat->stated_rows() == 3);
    CHECK(flat->crs() == "EPSG:27700");
    CHECK(rows_of(*flat).cells == Cells{{"gate"}, {"gate"}, {"gate"}});

    const std::string arc =
        "<gml:Curve srsName=\"EPSG:27700\"><gml:segments><gml:Arc><gml:posList>100 0 0 100 -100 "
        "0</gml:posList></gml:Arc>"
        "</gml:segments></gml:Curve>";
    const auto gml = open_table(scratch.write(
        "a.gml",
        "<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" xmlns:gml=\"http://www.opengis.net/gml/3.2\">"
        "<ogr:member><ogr:park gml:id=\"p\"><ogr:geom>" +
            arc + "</ogr:geom><ogr:name>Bow</ogr:name></ogr:park></ogr:member></ogr:FeatureCollection>"));
    const Rows curved = rows_of(*gml);
    REQUIRE(curved.shapes.size() == 1);
    CHECK(curved.shapes.xs(0).size() > 1000);
    CHECK(scratch.names().size() == 2);  // no .gfs beside it

    const Rows kml = rows_of(scratch.write(
        "a.kml",
        "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>gates</name><Placemark>"
        "<name>North</name><Point><coordinates>-1.5,52.5</coordinates></Point></Placemark></Document></kml>"));
    REQUIRE(kml.shapes.size() == 1);
    CHECK(kml.shapes.first_point(0) == Point{-1.5, 52.5});

    scratch.write("m.mid", "\"North\"\n");
    const auto mif =
        open_table(scratch.write("m.mif",
                                 "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nCoordSys Earth Projection "
                                 "8, 79, \"m\", -2, 49, 0.9996012717, 400000, -100000\nColumns 1\n"
                                 "  name Char(20)\nData\n\nPoint 100 200\n"));
    CHECK(mif->crs() == "EPSG:27700");
    CHECK(rows_of(*mif).cells == Cells{{"North"}});
}
