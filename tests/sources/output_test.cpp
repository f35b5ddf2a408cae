// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "libgeo/sources/output.h"
#include "tests/sources/scratch.h"

using namespace geo;
using Names = std::vector<std::string>;

namespace {

std::string csv_text(std::string_view cell) {
    std::string out;
    append_csv_text(out, cell);
    return out;
}

void add_triangle(Shapes& shapes, double from, double to, bool hole = false) {
    for (const Point at : {Point{from, from - 1}, Point{to, from - 1}, Point{to, to - 1}, Point{from, from - 1}})
        shapes.add_vertex(at.x, at.y);
    shapes.end_part(PartKind::ring, hole);
}

void write_layers(const std::filesystem::path& path, bool replace = false) {
    LayerWriter writer(path, replace, "GPKG", "EPSG:27700");
    Shapes shapes;
    shapes.add_point(430000.125, 300000);
    add_triangle(shapes, 0, 90);
    add_triangle(shapes, 100, 130);
    shapes.end_shape();
    add_triangle(shapes, 0, 90);
    add_triangle(shapes, 40, 50, true);
    shapes.end_shape();
    writer.begin_layer({"verdicts",
                        {{"name", FieldType::text}, {"metres", FieldType::real}, {"n", FieldType::integer}},
                        true,
                        "<qgis>it's</qgis>"});
    writer.add_row({"Fry", "400.5", "12345678901234"}, &shapes, 0);
    writer.add_row({"Park", "", ""}, &shapes, 1);
    writer.add_row({"Ring", "", ""}, &shapes, 2);
    writer.add_row({"Lost", "", ""}, nullptr, 0);
    writer.begin_layer({"provenance", {{"key", FieldType::text}}, false, ""});
    writer.add_row({"version"}, nullptr, 0);
    writer.commit();
}

}  // namespace

TEST_CASE("output: a file is there whole or not at all") {
    const Scratch scratch;
    {
        OutputFile dropped(scratch / "a.csv", false);
        dropped.write(std::string(1 << 20, 'x'));
        CHECK_FALSE(std::filesystem::exists(scratch / "a.csv"));
        CHECK(scratch.names().size() == 1);
    }
    CHECK(scratch.names().empty());
    OutputFile kept(scratch / "a.csv", false);
    kept.write("id\n");
    kept.write("1\n");
    kept.commit();
    CHECK(bytes_of(scratch / "a.csv") == "id\n1\n");
    CHECK(scratch.names() == Names{"a.csv"});
}

TEST_CASE("output: an existing file is replaced only when asked, and keeps its mode") {
    const Scratch scratch;
    scratch.write("a.csv", "old");
    ::chmod((scratch / "a.csv").c_str(), 0640);
    CHECK_THROWS_WITH_AS(OutputFile(scratch / "a.csv", false), doctest::Contains("--force"), UsageError);
    CHECK(bytes_of(scratch / "a.csv") == "old");
    OutputFile file(scratch / "a.csv", true);
    file.write("new");
    CHECK(bytes_of(scratch / "a.csv") == "old");
    file.commit();
    CHECK(bytes_of(scratch / "a.csv") == "new");
    struct stat status {};
    REQUIRE(::stat((scratch / "a.csv").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("output: a file that came into being meanwhile is not overwritten") {
    const Scratch scratch;
    OutputFile file(scratch / "a.csv", false);
    scratch.write("a.csv", "theirs");
    file.write("ours");
    CHECK_THROWS_AS(file.commit(), EnvironmentError);
    CHECK(bytes_of(scratch / "a.csv") == "theirs");
}

TEST_CASE("output: a link stays a link") {
    const Scratch scratch;
    scratch.write("real.csv", "old");
    std::filesystem::create_symlink("real.csv", scratch / "link.csv");
    OutputFile file(scratch / "link.csv", true);
    file.write("new");
    file.commit();
    CHECK(std::filesystem::is_symlink(scratch / "link.csv"));
    CHECK(bytes_of(scratch / "real.csv") == "new");
}

TEST_CASE("output: what cannot be written is known at once") {
    const Scratch scratch;
    CHECK_THROWS_WITH_AS(OutputFile(scratch / "none/at/all.csv", false),
                         doctest::Contains("none/at/all.csv: its folder does not exist"), EnvironmentError);
    CHECK_THROWS_WITH_AS(OutputFile(scratch.folder(), true), doctest::Contains("is a directory"), UsageError);
    if (::geteuid() != 0) {
        ::chmod(scratch.folder().c_str(), 0555);
        CHECK_THROWS_WITH_AS(OutputFile(scratch / "a.csv", false), doctest::Contains("not writable"), EnvironmentError);
        ::chmod(scratch.folder().c_str(), 0755);
    }
}

TEST_CASE("output: devices and pipes are written directly") {
    const Scratch scratch;
    OutputFile full("/dev/full", false);
    full.write("id\n");
    CHECK_THROWS_WITH_AS(full.commit(), "/dev/full: No space left on device", EnvironmentError);

    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    std::string received;
    std::thread reader([&] { received = bytes_of(scratch / "pipe"); });
    {
        OutputFile pipe(scratch / "pipe", false);
        CHECK(pipe.temporary_path().empty());
        pipe.write("through\n");
        pipe.commit();
    }
    reader.join();
    CHECK(received == "through\n");
}

TEST_CASE("output: cells that a spreadsheet could run are disarmed") {
    CHECK(csv_text("Golden Fry") == "Golden Fry");
    CHECK(csv_text("") == "");
    CHECK(csv_text("a,b") == "\"a,b\"");
    CHECK(csv_text("say \"hi\"") == "\"say \"\"hi\"\"\"");
    CHECK(csv_text("two\nlines") == "\"two\nlines\"");
    CHECK(csv_text("=1+2") == "\"'=1+2\"");
    CHECK(csv_text("+44") == "\"'+44\"");
    CHECK(csv_text("-x") == "\"'-x\"");
    CHECK(csv_text("@cmd") == "\"'@cmd\"");
    CHECK(csv_text("\rx") == "\"'\rx\"");
    CHECK(csv_text("\tx") == "\"'\\x09x\"");
    CHECK(csv_text("a\x1b[31m") == "a\\x1B[31m");
    CHECK(csv_text("\nx") == "\"'\nx\"");
    for (const std::string wide : {"＝1+2", "＋44", "－x", "＠cmd"}) CHECK(csv_text(wide) == "\"'" + wide + "\"");
    CHECK(csv_text("（1）") == "（1）");
}

TEST_CASE("output: marks that turn text round are shown, not obeyed") {
    CHECK(csv_text("gpj.\xE2\x80\xAE"
                   "exe") ==
          "gpj.\\xE2\\x80\\xAE"
          "exe");
    CHECK(csv_text("\xC2\x9B"
                   "31m") ==
          "\\xC2\\x9B"
          "31m");
    CHECK(csv_text("Café \xC2\xA0 €") == "Café \xC2\xA0 €");
}

TEST_CASE("layers: a GeoPackage comes back as it was written, with its style") {
    const Scratch scratch;
    write_layers(scratch / "a.gpkg");
    CHECK(scratch.names() == Names{"a.gpkg"});
    CHECK(layer_names(scratch.file("a.gpkg")) == Names{"verdicts", "provenance"});
    const Rows verdicts = rows_of(scratch.file("a.gpkg", "verdicts"));
    CHECK(verdicts.cells == std::vector<Names>{{"1", "Fry", "400.5", "12345678901234"},
                                               {"2", "Park", "", ""},
                                               {"3", "Ring", "", ""},
                                               {"4", "Lost", "", ""}});
    CHECK(verdicts.shapes.first_point(0) == Point{430000.125, 300000});
    CHECK(verdicts.shapes.part_end(1) - verdicts.shapes.part_begin(1) == 2);
    CHECK_FALSE(verdicts.shapes.is_hole(verdicts.shapes.part_begin(1) + 1));
    CHECK(verdicts.shapes.part_end(2) - verdicts.shapes.part_begin(2) == 2);
    CHECK(verdicts.shapes.is_hole(verdicts.shapes.part_begin(2) + 1));
    CHECK_FALSE(verdicts.shapes.has_location(3));
    const auto provenance = open_table(scratch.file("a.gpkg", "provenance"));
    CHECK_FALSE(provenance->has_geometry());
    CHECK(rows_of(*provenance).cells == std::vector<Names>{{"1", "version"}});
    CHECK(rows_of(scratch.file("a.gpkg", "layer_styles")).cells.size() == 1);
    CHECK(mentions(bytes_of(scratch / "a.gpkg"), "<qgis>it's</qgis>"));
}

TEST_CASE("layers: the same rows give the same bytes") {
    const Scratch scratch;
    write_layers(scratch / "a.gpkg");
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // a clock that leaks in would show
    write_layers(scratch / "b.gpkg");
    CHECK(bytes_of(scratch / "a.gpkg") == bytes_of(scratch / "b.gpkg"));
    write_layers(scratch / "b.gpkg", true);
    CHECK(bytes_of(scratch / "a.gpkg") == bytes_of(scratch / "b.gpkg"));
    for (const std::string name : {"a.fgb", "b.fgb"}) {
        LayerWriter writer(scratch / name, false, "FlatGeobuf", "EPSG:27700");
        Shapes shapes;
        for (const double x : {500000.0, 100000.0, 300000.0}) shapes.add_point(x, 200000);
        writer.begin_layer({"points", {{"n", FieldType::integer}}, true, ""});
        for (std::size_t i = 0; i < 3; ++i) writer.add_row({std::string_view("012").substr(i, 1)}, &shapes, i);
        writer.commit();
    }
    CHECK(bytes_of(scratch / "a.fgb") == bytes_of(scratch / "b.fgb"));
    CHECK(rows_of(scratch.file("a.fgb")).cells == std::vector<Names>{{"0"}, {"1"}, {"2"}});  // not sorted by place
}

TEST_CASE("layers: nothing is left of a file that is given up, and rows must fit") {
    const Scratch scratch;
    {
        LayerWriter writer(scratch / "a.gpkg", false, "GPKG", "EPSG:27700");
        writer.begin_layer({"x", {{"n", FieldType::integer}}, false, ""});
        CHECK_THROWS_AS(writer.add_row({"1", "2"}, nullptr, 0), std::logic_error);
        CHECK_THROWS_AS(writer.add_row({"one"}, nullptr, 0), std::logic_error);
    }
    CHECK(scratch.names().empty());
    CHECK_THROWS_AS(LayerWriter(scratch / "a.gpkg", false, "GPKG", "EPSG:99999999"), UsageError);
    CHECK_THROWS_AS(LayerWriter("/dev/null", false, "GPKG", "EPSG:27700"), UsageError);
    CHECK(scratch.names().empty());
}
