// SPDX-License-Identifier: Apache-2.0
//
// ostn15-grid: builds the datum grid that PROJ needs between ETRS89 degrees and the British National Grid.
//
// Debian's proj-data has no British grid, and PROJ then falls back, without a word, to a shift that is up to 5 m
// wrong. Debian's libgeo-coordinates-osgb-perl does carry Ordnance Survey's OSTN15 table: the shifts in metres at
// every kilometre of the National Grid. This program resamples them to the nodes of Ordnance Survey's own NTv2 grid
// and writes them as the GeoTIFF that PROJ's database names, with a record beside it of what it was made from.

#include <gdal_frmts.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <openssl/evp.h>
#include <proj.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Raised when the grid's bytes would change for the same source; the record carries it.
constexpr std::string_view builder_version = "1";
constexpr std::string_view package = "libgeo-coordinates-osgb-perl";
constexpr std::string_view attribution = "© Crown copyright 2016, Ordnance Survey and MOD, BSD 2-clause";
constexpr std::string_view default_name = "uk_os_OSTN15_NTv2_OSGBtoETRS.tif";

constexpr int exit_usage = 2;
constexpr int exit_data = 3;

/// Where the package puts its data: Debian first, then a plain Perl installation.
constexpr std::array data_folders = {
    "/usr/share/perl5/auto/share/dist/Geo-Coordinates-OSGB",
    "/usr/share/perl5/Geo/Coordinates/OSGB",
    "/usr/local/share/perl5/auto/share/dist/Geo-Coordinates-OSGB",
    "/usr/local/share/perl/5.36.0/auto/share/dist/Geo-Coordinates-OSGB",
};

/// A file of shifts; the number in its name is added to each value, in millimetres.
struct SourceFile {
    std::string_view name;
    int offset_mm;
};
constexpr SourceFile east_file{"ostn_east_shift_82140", 82140};
constexpr SourceFile north_file{"ostn_north_shift_-84180", -84180};

/// The wrong use of the command line, as opposed to data that cannot be used.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string read_bytes(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot read " + path.string());
    }
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) {
        throw std::runtime_error("cannot read " + path.string() + " to its end");
    }
    return bytes;
}

/// Writes beside the place and renames when whole, so that nobody meets half a grid.
void write_whole(const fs::path& path, std::string_view bytes) {
    const fs::path part = path.string() + ".part-" + std::to_string(getpid());
    std::ofstream out(part, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    std::error_code failed;
    if (out) {
        fs::rename(part, path, failed);
    }
    if (!out || failed) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw std::runtime_error("cannot write " + path.string() + (failed ? ": " + failed.message() : ""));
    }
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[digest.at(i) >> 4U];
        text += digits[digest.at(i) & 15U];
    }
    return text;
}

/// A shift, or a position, in metres east and north.
struct Metres2 {
    double east;
    double north;
};

/// The OSTN15 table: shifts from ETRS89 to OSGB36 at each kilometre of the projected ETRS89 plane.
class ShiftTable {
  public:
    static constexpr int columns = 701;
    static constexpr int rows = 1251;

    /// `east_bytes` and `north_bytes` are the package's files: unsigned 16 bit, little-endian, row by northing.
    ShiftTable(std::string_view east_bytes, std::string_view north_bytes)
        : east_(unpack(east_bytes, east_file)), north_(unpack(north_bytes, north_file)) {}

    /// Bilinear between nodes; positions outside of the table are moved to its edge.
    [[nodiscard]] Metres2 at(Metres2 position) const {
        const double x = std::clamp(position.east, 0.0, (columns - 1) * 1000.0 - 1.0) / 1000.0;
        const double y = std::clamp(position.north, 0.0, (rows - 1) * 1000.0 - 1.0) / 1000.0;
        const auto column = static_cast<std::size_t>(x);
        const auto row = static_cast<std::size_t>(y);
        const double t = x - static_cast<double>(column);
        const double u = y - static_cast<double>(row);
        const auto between = [&](const std::vector<double>& shifts) {
            const std::size_t node = row * columns + column;
            return (1 - t) * (1 - u) * shifts[node] + t * (1 - u) * shifts[node + 1] +
                   (1 - t) * u * shifts[node + columns] + t * u * shifts[node + columns + 1];
        };
        return {between(east_), between(north_)};
    }

  private:
    static std::vector<double> unpack(std::string_view bytes, const SourceFile& file) {
        constexpr std::size_t count = static_cast<std::size_t>(columns) * rows;
        if (bytes.size() != 2 * count) {
            throw std::runtime_error(std::string(file.name) + " has " + std::to_string(bytes.size()) + " bytes, not " +
                                     std::to_string(2 * count) + ": not the OSTN15 table of " + std::string(package));
        }
        // The values are Ordnance Survey's millimetres. The package cut them off in binary, which made some northing
        // shifts between 64.0 and 65.6 m a millimetre short, at most 1.6 % of the nodes: left as they are.
        std::vector<double> shifts(count);
        for (std::size_t i = 0; i < count; ++i) {
            const unsigned low = static_cast<unsigned char>(bytes[2 * i]);
            const unsigned high = static_cast<unsigned char>(bytes[2 * i + 1]);
            shifts[i] = (static_cast<double>(low + 256 * high) + file.offset_mm) / 1000.0;
        }
        return shifts;
    }

    std::vector<double> east_;
    std::vector<double> north_;
};

struct Degrees2 {
    double longitude;
    double latitude;
};

/// The National Grid's transverse Mercator on a named ellipsoid: `airy` is OSGB36's, `GRS80` is ETRS89's.
class NationalGrid {
  public:
    explicit NationalGrid(const std::string& ellipsoid)
        : context_(proj_context_create(), proj_context_destroy), projection_(nullptr, proj_destroy) {
        const std::string definition =
            "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=" + ellipsoid;
        projection_.reset(proj_create(context_.get(), definition.c_str()));
        if (!projection_) {
            throw std::runtime_error("PROJ does not know " + definition);
        }
    }

    [[nodiscard]] Metres2 forward(Degrees2 at) const {
        const PJ_COORD p = trans(PJ_FWD, proj_coord(proj_torad(at.longitude), proj_torad(at.latitude), 0, 0));
        return {p.xy.x, p.xy.y};
    }

    [[nodiscard]] Degrees2 inverse(Metres2 at) const {
        const PJ_COORD p = trans(PJ_INV, proj_coord(at.east, at.north, 0, 0));
        return {proj_todeg(p.lp.lam), proj_todeg(p.lp.phi)};
    }

  private:
    [[nodiscard]] PJ_COORD trans(PJ_DIRECTION direction, PJ_COORD from) const {
        const PJ_COORD to = proj_trans(projection_.get(), direction, from);
        if (!std::isfinite(to.xy.x) || !std::isfinite(to.xy.y)) {
            throw std::runtime_error("PROJ cannot project a node of the grid");
        }
        return to;
    }

    std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context_;
    std::unique_ptr<PJ, decltype(&proj_destroy)> projection_;
};

/// The nodes of Ordnance Survey's NTv2 grid: from (9 W, 61 N) to (2 E, 49 N), one minute by half a minute.
struct Grid {
    static constexpr int columns = 661;
    static constexpr int rows = 1441;
    static constexpr double west = -9.0;
    static constexpr double north = 61.0;
    static constexpr double east_step = 1.0 / 60.0;
    static constexpr double south_step = 1.0 / 120.0;

    /// What to add to an OSGB36 latitude or longitude for ETRS89, in arc-seconds, row by row from the north-west.
    std::vector<float> latitude_offsets;
    std::vector<float> longitude_offsets;
};

Grid resample(const ShiftTable& table) {
    const NationalGrid osgb36("airy");
    const NationalGrid etrs89("GRS80");
    Grid grid;
    for (int row = 0; row < Grid::rows; ++row) {
        for (int column = 0; column < Grid::columns; ++column) {
            const Degrees2 node{Grid::west + column * Grid::east_step, Grid::north - row * Grid::south_step};
            const Metres2 target = osgb36.forward(node);
            // The table is keyed by the ETRS89 position, which is what we look for. The first guess is within
            // tens of metres; each round cuts its error a thousand times and more.
            Metres2 position{target.east - 95.0, target.north + 80.0};
            for (int round = 0; round < 6; ++round) {
                const Metres2 shift = table.at(position);
                position = {target.east - shift.east, target.north - shift.north};
            }
            const Degrees2 found = etrs89.inverse(position);
            grid.latitude_offsets.push_back(static_cast<float>((found.latitude - node.latitude) * 3600.0));
            grid.longitude_offsets.push_back(static_cast<float>((found.longitude - node.longitude) * 3600.0));
        }
    }
    return grid;
}

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

GDALDriver& driver(const char* name) {
    GDALDriver* found = GetGDALDriverManager()->GetDriverByName(name);
    if (found == nullptr) {
        throw std::runtime_error(std::string("this GDAL has no driver ") + name);
    }
    return *found;
}

void require(bool done, const char* what) {
    if (!done) {
        throw std::runtime_error(std::string("GDAL cannot ") + what + ": " + CPLGetLastErrorMsg());
    }
}

void fill_band(GDALDataset& dataset, int number, std::vector<float>& values, const char* description) {
    GDALRasterBand& band = *dataset.GetRasterBand(number);
    band.SetDescription(description);
    require(band.SetUnitType("arc-second") == CE_None &&
                band.RasterIO(GF_Write, 0, 0, Grid::columns, Grid::rows, values.data(), Grid::columns, Grid::rows,
                              GDT_Float32, 0, 0, nullptr) == CE_None,
            "fill the grid");
}

/// The GeoTIFF's bytes. The metadata are those PROJ asks of a horizontal grid (PROJ: "Geodetic TIFF grids").
std::string encode(Grid grid) {
    const Dataset memory(driver("MEM").Create("", Grid::columns, Grid::rows, 2, GDT_Float32, nullptr));
    require(memory != nullptr, "make a raster");

    OGRSpatialReference osgb36;
    require(osgb36.importFromEPSG(4277) == OGRERR_NONE, "find EPSG:4277");
    // The transform speaks of corners of cells; the nodes are their centres.
    std::array<double, 6> corners = {
        Grid::west - Grid::east_step / 2, Grid::east_step, 0, Grid::north + Grid::south_step / 2, 0, -Grid::south_step};
    require(memory->SetSpatialRef(&osgb36) == CE_None && memory->SetGeoTransform(corners.data()) == CE_None,
            "place the grid");

    memory->SetMetadataItem("TYPE", "HORIZONTAL_OFFSET");
    memory->SetMetadataItem("AREA_OR_POINT", "Point");
    memory->SetMetadataItem("grid_name", "GB+IOM");
    memory->SetMetadataItem("area_of_use", "Great Britain and Isle of Man");
    memory->SetMetadataItem("target_crs_epsg_code", "4258");
    // A TIFF tag is ASCII: no © here.
    memory->SetMetadataItem("TIFFTAG_COPYRIGHT",
                            "Derived from OSTN15, Crown copyright 2016, Ordnance Survey and MOD, BSD 2-clause");
    memory->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION",
                            "OSGB36 (EPSG:4277) to ETRS89 (EPSG:4258), resampled from the OSTN15 kilometre table");
    fill_band(*memory, 1, grid.latitude_offsets, "latitude_offset");
    fill_band(*memory, 2, grid.longitude_offsets, "longitude_offset");
    memory->GetRasterBand(2)->SetMetadataItem("positive_value", "east");

    // A copy in one go, on one thread, lays the tiles down in a fixed order: the same bytes every time.
    const char* const name = "/vsimem/ostn15.tif";
    const std::array<const char*, 7> options = {"COMPRESS=DEFLATE", "ZLEVEL=9",      "PREDICTOR=3", "TILED=YES",
                                                "INTERLEAVE=BAND",  "NUM_THREADS=1", nullptr};
    Dataset copy(
        driver("GTiff").CreateCopy(name, memory.get(), TRUE, const_cast<char**>(options.data()), nullptr, nullptr));
    require(copy != nullptr, "write a GeoTIFF");
    copy.reset();

    vsi_l_offset size = 0;
    const GByte* bytes = VSIGetMemFileBuffer(name, &size, FALSE);
    require(bytes != nullptr, "write a GeoTIFF");
    std::string tiff(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    VSIUnlink(name);
    return tiff;
}

/// The package's two files, read and hashed.
struct Source {
    std::string east;
    std::string north;
};

fs::path find_data() {
    for (const char* folder : data_folders) {
        if (fs::exists(fs::path(folder) / east_file.name)) {
            return folder;
        }
    }
    throw std::runtime_error("no OSTN15 data: install the Debian package " + std::string(package) +
                             ", or name its data folder with --data");
}

Source read_source(const fs::path& folder) {
    return {read_bytes(folder / east_file.name), read_bytes(folder / north_file.name)};
}

/// What the grid was made from, as JSON. It has no time in it, so an unchanged record means an unchanged grid.
std::string record(const Source& source, std::string_view grid_bytes) {
    std::ostringstream json;
    json << "{\n"
         << "  \"builder\": \"ostn15-grid\",\n"
         << "  \"builder_version\": \"" << builder_version << "\",\n"
         << "  \"package\": \"" << package << "\",\n"
         << "  \"source\": [\n"
         << "    {\"file\": \"" << east_file.name << "\", \"sha256\": \"" << sha256(source.east) << "\"},\n"
         << "    {\"file\": \"" << north_file.name << "\", \"sha256\": \"" << sha256(source.north) << "\"}\n"
         << "  ],\n"
         << "  \"gdal\": \"" << GDALVersionInfo("RELEASE_NAME") << "\",\n"
         << "  \"proj\": \"" << proj_info().version << "\",\n"
         << "  \"from\": \"EPSG:4277\",\n"
         << "  \"to\": \"EPSG:4258\",\n"
         << "  \"sha256\": \"" << sha256(grid_bytes) << "\",\n"
         << "  \"licence\": \"BSD-2-Clause\",\n"
         << "  \"attribution\": \"" << attribution << "\"\n"
         << "}\n";
    return json.str();
}

/// True when grid and record are there and the record is what this builder would write of them.
bool up_to_date(const fs::path& grid, const fs::path& record_file, const Source& source) {
    return fs::exists(grid) && fs::exists(record_file) && read_bytes(record_file) == record(source, read_bytes(grid));
}

struct Options {
    std::optional<fs::path> data;
    fs::path out;
    bool if_needed = false;
};

constexpr std::string_view usage =
    "usage: ostn15-grid [--data DIR] [--if-needed] OUT.tif\n"
    "\n"
    "Builds the OSTN15 datum grid for PROJ from the data of the Debian package libgeo-coordinates-osgb-perl,\n"
    "and OUT.tif.json, the record of what it was made from. For PROJ to find it, the file is to be called\n"
    "uk_os_OSTN15_NTv2_OSGBtoETRS.tif.\n"
    "\n"
    "  --data DIR    the folder of ostn_east_shift_82140 and ostn_north_shift_-84180; default: the package's\n"
    "  --if-needed   do nothing where OUT.tif is there and its record matches source, builder and libraries\n";

Options parse(const std::vector<std::string>& arguments) {
    Options options;
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        if (*it == "--data") {
            if (++it == arguments.end()) {
                throw UsageError("--data needs a folder");
            }
            options.data = *it;
        } else if (*it == "--if-needed") {
            options.if_needed = true;
        } else if (it->starts_with("-") || !options.out.empty()) {
            throw UsageError("not understood: " + *it);
        } else {
            options.out = *it;
        }
    }
    if (options.out.empty()) {
        throw UsageError("the file to write is missing");
    }
    return options;
}

void run(const Options& options) {
    const Source source = read_source(options.data ? *options.data : find_data());
    const fs::path record_file = options.out.string() + ".json";
    if (options.if_needed && up_to_date(options.out, record_file, source)) {
        return;
    }
    const ShiftTable table(source.east, source.north);
    GDALRegister_MEM();
    GDALRegister_GTiff();
    CPLSetErrorHandler(CPLQuietErrorHandler);
    const std::string grid = encode(resample(table));
    if (options.out.has_parent_path()) {
        fs::create_directories(options.out.parent_path());
    }
    write_whole(options.out, grid);
    write_whole(record_file, record(source, grid));
    if (options.out.filename() != default_name) {
        std::cerr << "ostn15-grid: PROJ looks for " << default_name << ", not " << options.out.filename().string()
                  << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (std::ranges::find(arguments, "--help") != arguments.end()) {
        std::cout << usage;
        return 0;
    }
    try {
        run(parse(arguments));
    } catch (const UsageError& error) {
        std::cerr << "ostn15-grid: " << error.what() << "\n\n" << usage;
        return exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "ostn15-grid: " << error.what() << '\n';
        return exit_data;
    }
    return 0;
}
