// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/source_path.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `PG:`, `https:`, `MYSQL:`: two letters at least and a colon.
bool begins_with_scheme(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon < 2) return false;
    return std::all_of(text.begin(), text.begin() + colon, [](char c) { return is_letter(c) || c == '_' || c == '+'; });
}

bool is_no_plain_path(std::string_view text) {
    return text.starts_with("/vsi") || text.starts_with("\\vsi") || text.starts_with("{") || text.starts_with("<") ||
           begins_with_scheme(text) || text.find('\0') != std::string_view::npos;
}

}  // namespace

std::string ending_of(std::string_view name) {
    const std::size_t slash = name.rfind('/'), dot = name.rfind('.');
    if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash)) return {};
    std::string ending(name.substr(dot + 1));
    for (char& c : ending) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return ending;
}

std::string stem_of(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    return std::string(name.substr(0, name.rfind('.')));
}

std::optional<Format> format_of(std::string_view name) {
    static const std::map<std::string, Format, std::less<>> kFormats = {
        {"csv", {Form::csv, "", false}},
        {"tsv", {Form::csv, "", false}},
        {"txt", {Form::csv, "", false}},
        {"xml", {Form::xml, "", false}},
        {"json", {Form::json, "", false}},
        {"osm", {Form::osm, "", false}},
        {"pbf", {Form::osm, "", false}},
        {"geojson", {Form::gdal, "GeoJSON", false}},
        {"shp", {Form::gdal, "ESRI Shapefile", false}},
        {"gpkg", {Form::gdal, "GPKG", true}},
        {"fgb", {Form::gdal, "FlatGeobuf", false}},
        {"gml", {Form::gdal, "GML", true}},
        {"kml", {Form::gdal, "KML", true}},
        {"tab", {Form::gdal, "MapInfo File", false}},
        {"mif", {Form::gdal, "MapInfo File", false}},
        {"gdb", {Form::gdal, "OpenFileGDB", true}},
    };
    const auto found = kFormats.find(ending_of(name));
    if (found == kFormats.end()) return std::nullopt;
    return found->second;
}

void refuse_format(const SourceFile& file, std::string_view name) {
    const std::string ending = ending_of(name);
    std::string advice = "convert it to one of these";
    if (ending == "xlsx" || ending == "xls" || ending == "ods") advice = "save the sheet as CSV UTF-8";
    if (ending == "dbf" || ending == "shx" || ending == "prj" || ending == "cpg")
        advice = "of a Shapefile, name the .shp";
    if (ending == "kmz") advice = "unpack it and name the .kml inside";
    throw DataError(fmt::format(
        "{}: {} is not read; expected .csv .tsv .txt .shp .gpkg .geojson .json .fgb .gml .kml .tab .mif .gdb .xml, "
        "also as .gz or inside .zip; {}",
        printable(file.shown), ending.empty() ? "a file without an ending" : "." + printable(ending, 20), advice));
}

std::filesystem::path resolved_path(const SourceFile& file) {
    if (is_no_plain_path(file.shown) || is_no_plain_path(file.path.native())) {
        throw DataError(
            fmt::format("{}: only files on this machine are read: no URLs, database connections, `/vsi` paths or data "
                        "in place of a name",
                        printable(file.shown)));
    }
    std::error_code fault;
    std::filesystem::path target = std::filesystem::canonical(file.path, fault);
    if (fault) {
        const bool link = std::filesystem::is_symlink(std::filesystem::symlink_status(file.path));
        throw DataError(fmt::format("{}: {} ({})", printable(file.shown),
                                    link ? "is a link to a file that is not there" : "cannot be found",
                                    fault.message()));
    }
    if (target.native().starts_with("/vsi"))
        throw DataError(fmt::format("{}: lies below /vsi…, which GDAL takes for itself", printable(file.shown)));
    if (std::filesystem::is_directory(target)) return target;
    // The file's own name stays: a link's target may be called otherwise, and its neighbours (.dbf) may be links too.
    return std::filesystem::canonical(std::filesystem::absolute(file.path).parent_path(), fault) / file.path.filename();
}

}  // namespace geo
