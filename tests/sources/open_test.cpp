// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <zlib.h>

#include "tests/sources/scratch.h"
#include "tests/sources/shapefile_bytes.h"

using namespace geo;
using Cells = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

namespace {

/// As a user might have it, before anything of GDAL runs.
const bool environment_set = ::setenv("SHAPE_ENCODING", "KOI8-R", 1) == 0 &&
                             ::setenv("OGR_GEOJSON_DATE_AS_STRING", "YES", 1) == 0 &&
                             ::setenv("PROJ_NETWORK", "ON", 1) == 0;

/// `window`: 31 for .gz, -15 for a member of a .zip.
std::string deflated(const std::string& bytes, int window) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    std::string input = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// A .zip as others make it. `stored` names are not packed.
class ZipBuilder {
  public:
    ZipBuilder& add(const std::string& name, const std::string& bytes, bool packed = true) {
        const std::string body = packed ? deflated(bytes, -15) : bytes;
        std::string entry(46, '\0');
        entry.replace(0, 4, "PK\1\2");
        put_number(entry, 10, packed ? 8 : 0, 2, false);
        put_number(entry, 16,
                   static_cast<std::uint32_t>(
                       crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()))),
                   4, false);
        put_number(entry, 20, static_cast<std::uint32_t>(body.size()), 4, false);
        put_number(entry, 24, static_cast<std::uint32_t>(bytes.size()), 4, false);
        put_number(entry, 28, static_cast<std::uint32_t>(name.size()), 2, false);
        put_number(entry, 42, static_cast<std::uint32_t>(files_.size()), 4, false);
        std::string local(30, '\0');
        local.replace(0, 4, "PK\3\4");
        put_number(local, 26, static_cast<std::uint32_t>(name.size()), 2, false);
        files_ += local + name + body;
        directory_ += entry + name;
        ++count_;
        return *this;
    }
    std::string bytes() const {
        std::string end(22, '\0');
        end.replace(0, 4, "PK\5\6");
        put_number(end, 10, count_, 2, false);
        put_number(end, 12, static_cast<std::uint32_t>(directory_.size()), 4, false);
        put_number(end, 16, static_cast<std::uint32_t>(files_.size()), 4, false);
        return files_ + directory_ + end;
    }

  private:
    std::string files_, directory_;
    std::uint32_t count_ = 0;
};

}  // namespace

TEST_CASE("open: only files on this machine") {
    for (const std::string name : {"/vsicurl/http://x/a.csv", "/vsizip/a.zip", "PG:host=x", "https://x/a.csv",
                                   "{\"type\": \"Point\"}", "<OGRVRTDataSource>", "MySQL:x", "GPKG:a.gpkg:b"}) {
        CHECK_MESSAGE(mentions(fault_of({name, name, "", "l"}), "only files on this machine are read"), name);
    }
}

TEST_CASE("open: what is no file says so") {
    const Scratch scratch;
    std::filesystem::create_directory(scratch / "dir.shp");
    std::filesystem::create_symlink("nowhere.csv", scratch / "link.csv");
    REQUIRE(::mkfifo((scratch / "pipe.csv").c_str(), 0600) == 0);
    CHECK(mentions(fault_of(scratch.file("no/such/file.csv")), "no/such/file.csv: cannot be found"));
    CHECK(mentions(fault_of(scratch.file("dir.shp")), "dir.shp: is a directory"));
    CHECK(mentions(fault_of(scratch.file("link.csv")), "is a link to a file that is not there"));
    CHECK(mentions(fault_of(scratch.file("pipe.csv")), "is not a regular file"));
    CHECK(mentions(fault_of({"/dev/zero", "/dev/zero", "", "l"}), "is not a regular file"));
    CHECK(mentions(fault_of(scratch.write("empty.geojson", "")), "is empty"));
    CHECK(mentions(fault_of(scratch.write("a.xlsx", "PK")), ".xlsx is not read"));
    CHECK(mentions(fault_of(scratch.write("a.xlsx", "PK")), "save the sheet as CSV"));
    CHECK(mentions(fault_of(scratch.write("a.vrt", "<OGRVRTDataSource>")), ".vrt is not read"));
    CHECK(mentions(
        fault_of(scratch.write("virtual.gpkg", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")),
        "is no GeoPackage"));
    CHECK(
        mentions(fault_of(scratch.write("virtual.kml", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")),
                 "cannot be"));
    CHECK(mentions(fault_of(scratch.write("a\x1b.osm", "x")), "a\\x1B.osm"));
}

TEST_CASE("open: a link is opened under its own name") {
    const Scratch scratch;
    scratch.write("objects/ab12", "id\n1\n");
    std::filesystem::create_symlink("objects/ab12", scratch / "schools.csv");
    CHECK(rows_of(scratch.file("schools.csv")).cells == Cells{{"1"}});
    CHECK(layer_names(scratch.file("schools.csv")) == Names{"schools"});
}

TEST_CASE("open: a layer that a plain file does not have") {
    const Scratch scratch;
    scratch.write("a.csv", "id\n1\n");
    CHECK(rows_of(scratch.file("a.csv", "a")).cells.size() == 1);
    CHECK(mentions(fault_of(scratch.file("a.csv", "b")), "there is no layer `b`"));
}

TEST_CASE("gz: CSV, JSON and GeoJSON: several members: again from the beginning") {
    const Scratch scratch;
    const auto table =
        open_table(scratch.write("a.csv.gz", deflated("id\n1\n", 31) + deflated("2\n", 31) + std::string(512, '\0')));
    CHECK(rows_of(*table).cells == Cells{{"1"}, {"2"}});
    table->rewind();
    CHECK(rows_of(*table).cells == Cells{{"1"}, {"2"}});
    CHECK(rows_of(scratch.write("a.json.gz", deflated("[{\"id\": 1}]", 31))).cells == Cells{{"1"}});
    const Rows rows = rows_of(scratch.write(
        "a.geojson.gz", deflated(R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
        {"id": 7}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]})",
                                 31)));
    CHECK(rows.cells == Cells{{"7"}});
    CHECK(rows.shapes.first_point(0) == Point{1, 2});
}

TEST_CASE("gz: damage and bombs") {
    const Scratch scratch;
    std::string noise = "id\n";
    for (unsigned i = 1, x = 1; i < 20000; ++i) noise += std::to_string(x = x * 1103515245 + 12345) + "\n";
    const std::string packed = deflated(noise, 31);
    CHECK(mentions(fault_of(scratch.write("cut.csv.gz", packed.substr(0, packed.size() / 2))), "cut short"));
    std::string flipped = packed;
    flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 0x55);
    CHECK(mentions(fault_of(scratch.write("bad.csv.gz", flipped)), "bad.csv.gz: "));
    CHECK(mentions(fault_of(scratch.write("more.csv.gz", packed + "rubbish")), "something after the packed data"));
    CHECK(mentions(fault_of(scratch.write("text.csv.gz", "id\n1\n")), "cannot be unpacked"));
    const std::string bomb = deflated("id\n" + std::string(40U << 20, '\n'), 31);
    CHECK(bomb.size() < 100000);
    CHECK(mentions(fault_of(scratch.write("bomb.csv.gz", bomb)), "that is refused (at most 200-fold and 4 GiB)"));
    CHECK(mentions(fault_of(scratch.write("bomb.json.gz", bomb)), "that is refused"));
    CHECK(mentions(fault_of(scratch.write("s.shp.gz", packed)), "pack them into one .zip"));
}

TEST_CASE("zip: members by name: a Shapefile is all files of its stem") {
    const Scratch scratch;
    const ShapefileBytes files = shapefile_of({{"North", 100}, {"South", 300}});
    ZipBuilder zip;
    zip.add("set/readme.md", "hello")
        .add("set/s.shp", files.shp)
        .add("set/s.dbf", files.dbf, false)
        .add("set/s.shx", files.shx);
    scratch.write("one.zip", zip.bytes());
    const Rows alone = rows_of(scratch.file("one.zip"));
    CHECK(alone.cells == Cells{{"North"}, {"South"}});
    CHECK(alone.shapes.first_point(1) == Point{300, 200});
    zip.add("list.csv", "id\n1\n").add("__MACOSX/._list.csv", "x");
    scratch.write("two.zip", zip.bytes());
    CHECK(layer_names(scratch.file("two.zip")) == Names{"set/s.shp", "list.csv"});
    CHECK(mentions(fault_of(scratch.file("two.zip")), "holds 2 layers: `set/s.shp` and `list.csv`"));
    for (const std::string name : {"set/s.shp", "s.shp", "s"})
        CHECK(rows_of(scratch.file("two.zip", name)).cells == alone.cells);
    CHECK(rows_of(scratch.file("two.zip", "list")).cells == Cells{{"1"}});
    CHECK(mentions(fault_of(scratch.file("two.zip", "lits.csv")), "did you mean `list.csv`?"));
}

TEST_CASE("zip: refused") {
    const Scratch scratch;
    const auto fault = [&](const std::string& bytes) { return fault_of(scratch.write("a.zip", bytes)); };
    const std::string whole = ZipBuilder().add("a.csv", "id\n1\n").bytes();
    CHECK(fault(whole).empty());
    CHECK(mentions(fault(whole.substr(0, whole.size() - 30)), "is not a whole .zip"));
    CHECK(mentions(fault("id\n1\n"), "is not a whole .zip"));
    CHECK(mentions(fault(ZipBuilder().add("../a.csv", "id\n1\n").bytes()), "leads out of the archive"));
    CHECK(mentions(fault(ZipBuilder().add("x/..\\..\\a.csv", "id\n1\n").bytes()), "leads out of the archive"));
    CHECK(mentions(fault(ZipBuilder().add("/etc/a.csv", "id\n1\n").bytes()), "leads out of the archive"));
    CHECK(mentions(fault(ZipBuilder().add("readme.md", "x").bytes()), "holds no file of a format that is read"));
    CHECK(mentions(fault(ZipBuilder().add("a.csv", std::string(40U << 20, '\n')).bytes()),
                   "that is refused (at most 200-fold"));
    ZipBuilder many;
    for (int i = 0; i < 1001; ++i) many.add(std::to_string(i) + ".csv", "id\n", false);
    CHECK(mentions(fault(many.bytes()), "holds 1,001 members"));
    std::string damaged = ZipBuilder().add("a.csv", "id\n1\n", false).bytes();
    damaged[damaged.find("id\n1")] = 'x';
    CHECK(mentions(fault(damaged), "check sum is wrong"));
    std::string encrypted = whole;
    encrypted[encrypted.find("PK\1\2") + 8] = 1;
    CHECK(mentions(fault(encrypted), "is encrypted"));
    std::string overlapping = ZipBuilder().add("a.csv", "id\n1\n", false).add("b.csv", "id\n2\n", false).bytes();
    put_number(overlapping, overlapping.rfind("PK\1\2") + 42, 0, 4, false);
    CHECK(mentions(fault(overlapping), "overlap"));
}

TEST_CASE("open: the files that make up a source") {
    const Scratch scratch;
    for (const std::string name : {"s.shp", "s.dbf", "s.SHX", "s.prj", "s.txt", "st.shp", "a.csv"})
        scratch.write(name, "x");
    Names names;
    for (const auto& file : files_of(scratch.file("s.shp"))) names.push_back(file.filename().string());
    CHECK(names == Names{"s.SHX", "s.dbf", "s.prj", "s.shp"});
    CHECK(files_of(scratch.file("a.csv")).size() == 1);
}

TEST_CASE("open: the environment does not change answers") {
    const Scratch scratch;
    prepare_gdal();
    CHECK(environment_set);
    for (const char* name : {"SHAPE_ENCODING", "OGR_GEOJSON_DATE_AS_STRING", "PROJ_NETWORK"}) {
        CHECK_MESSAGE(std::getenv(name) == nullptr, name);
    }
    CHECK(mentions(gdal_version(), "GDAL "));
    const ShapefileBytes files = shapefile_of({{"Caf\xE9", 100}});
    scratch.write("s.shp", files.shp);
    scratch.write("s.shx", files.shx);
    scratch.write("s.dbf", files.dbf);
    CHECK(rows_of(scratch.file("s.shp")).cells == Cells{{"Caf\xC3\xA9"}});
}
