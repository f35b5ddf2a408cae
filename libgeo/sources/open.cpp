// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/byte_stream.h"
#include "libgeo/sources/container_checks.h"
#include "libgeo/sources/csv_table.h"
#include "libgeo/sources/gdal_table.h"
#include "libgeo/sources/osm_ways.h"
#include "libgeo/sources/records.h"
#include "libgeo/sources/source_path.h"
#include "libgeo/sources/table.h"
#include "libgeo/sources/zip_archive.h"

namespace geo {

namespace {

constexpr std::size_t kLook = std::size_t{1} << 16;  // of the beginning and end of a text

void expect_layer(const SourceFile& file, const std::string& wanted, std::string_view name) {
    const std::string only = stem_of(name);
    if (!wanted.empty() && wanted != only) no_such_layer(file, wanted, {only});
}

std::string_view head_of(std::string_view text) { return text.substr(0, kLook); }
std::string_view tail_of(std::string_view text) {
    return text.size() <= kLook ? text : text.substr(text.size() - kLook);
}

/// Looks at a file for GDAL, whole in memory or a part of it, before GDAL does.
void look_over(const SourceFile& file, const Format& format, std::string_view head, std::string_view tail,
               std::uint64_t size) {
    if (format.driver == "GPKG") refuse_damaged_gpkg(file.shown, head, size);
    if (format.driver == "GeoJSON") refuse_partial_download(file.shown, head, tail);
}

/// GDAL may not even list the layers of a file before this: SQLite would take over, and delete, a log that lies beside it.
void look_over_on_disk(const SourceFile& file, const std::filesystem::path& path, const Format& format,
                       const InputFile& input) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(kLook, input.size()));
    std::string head(part, '\0'), tail(part, '\0');
    input.read_at(0, head.data(), part);
    input.read_at(input.size() - part, tail.data(), part);
    look_over(file, format, head, tail, input.size());
    if (format.driver == "GPKG") refuse_pending_changes(file.shown, head, path);
}

/// What a .json or .xml is, by its text, when it is for GDAL.
std::optional<Format> format_of_text(const SourceFile& file, Form form, std::string_view text) {
    if (form == Form::xml && xml_root(head_of(text)) == "FeatureCollection") return Format{Form::gdal, "GML", true};
    if (form != Form::json) return std::nullopt;
    const JsonKind kind = kind_of_json(text);
    if (kind == JsonKind::esri)
        throw DataError(fmt::format("{}: is Esri's own JSON; ask the map service for GeoJSON (`f=geojson`)",
                                    printable(file.shown)));
    if (kind == JsonKind::geojson) return Format{Form::gdal, "GeoJSON", false};
    return std::nullopt;
}

std::unique_ptr<Table> open_records(Form form, std::string text, const SourceFile& file) {
    return form == Form::xml ? open_xml(std::move(text), file) : open_json(std::move(text), file);
}

/// A file on disk for GDAL, as it is.
std::unique_ptr<Table> open_on_disk(const SourceFile& file, const std::filesystem::path& path, const Format& format) {
    return open_gdal({path.string(), format.driver, nullptr, files_of(file)}, file, file.container_layer);
}

std::unique_ptr<Table> open_plain(const SourceFile& file, const std::filesystem::path& path) {
    const auto input = std::make_shared<InputFile>(path, file.shown);
    const auto format = format_of(path.filename().native());
    if (!format) refuse_format(file, path.filename().native());
    if (format->driver == "OpenFileGDB")
        throw DataError(fmt::format("{}: a .gdb is a folder, this is a file", printable(file.shown)));
    if (format->form == Form::csv) {
        expect_layer(file, file.container_layer, path.filename().native());
        return open_csv(plain_stream(input), file);
    }
    if (format->form == Form::gdal) {
        look_over_on_disk(file, path, *format, *input);
        return open_on_disk(file, path, *format);
    }
    if (format->form == Form::osm) {
        expect_layer(file, file.container_layer, path.filename().native());
        return open_osm(path, file);
    }
    std::string text = read_all(*plain_stream(input), kMostRecordBytes, file.shown);
    if (const auto by_text = format_of_text(file, format->form, text)) {
        look_over(file, *by_text, head_of(text), tail_of(text), text.size());
        return open_on_disk(file, path, *by_text);
    }
    expect_layer(file, file.container_layer, path.filename().native());
    return open_records(format->form, std::move(text), file);
}

/// An unpacked file (not a Shapefile or another that consists of several).
std::unique_ptr<Table> open_unpacked(const SourceFile& file, const std::string& name,
                                     std::unique_ptr<ByteStream> stream, const Format& format,
                                     const std::string& layer) {
    if (format.form == Form::csv) {
        expect_layer(file, layer, name);
        return open_csv(std::move(stream), file);
    }
    const bool records = format.form != Form::gdal && format.form != Form::osm;
    std::string text = read_all(*stream, records ? kMostRecordBytes : kMostUnpacked, file.shown);
    if (format.form == Form::osm) {
        expect_layer(file, layer, name);
        return open_osm(std::move(text), ending_of(name), file);
    }
    Format known = format;
    if (format.form != Form::gdal) {
        const auto by_text = format_of_text(file, format.form, text);
        if (!by_text) {
            expect_layer(file, layer, name);
            return open_records(format.form, std::move(text), file);
        }
        known = *by_text;
    }
    look_over(file, known, head_of(text), tail_of(text), text.size());
    auto memory = std::make_shared<MemoryFolder>();
    std::string inside = memory->add(stem_of(name) + "." + ending_of(name), std::move(text));
    return open_gdal({std::move(inside), known.driver, std::move(memory), {}}, file, layer);
}

bool is_several_files(const std::string& driver) {
    return driver == "ESRI Shapefile" || driver == "MapInfo File" || driver == "OpenFileGDB";
}

std::unique_ptr<Table> open_gz(const SourceFile& file, const std::filesystem::path& path) {
    const std::string name = path.stem().string();
    const auto format = format_of(name);
    if (!format) refuse_format(file, name);
    if (is_several_files(format->driver)) {
        throw DataError(fmt::format("{}: {} consists of several files; pack them into one .zip", printable(file.shown),
                                    format->driver));
    }
    return open_unpacked(file, name, gzip_stream(std::make_shared<InputFile>(path, file.shown)), *format,
                         file.container_layer);
}

/// Something in a .zip that can be opened: one member, or all that belong to it.
struct Unit {
    std::string name;
    Format format;
    std::vector<ZipMember> members;  ///< the one named first
};

/// Folder `x.gdb` that a member lies in; empty if in none.
std::string geodatabase_of(const std::string& member) {
    std::string lower = member;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t at = lower.find(".gdb/");
    return at == std::string::npos ? std::string() : member.substr(0, at + 4);
}

std::string without_ending(const std::string& name) { return name.substr(0, name.rfind('.')); }

std::vector<Unit> units_of(const std::vector<ZipMember>& members) {
    std::vector<Unit> units;
    for (const ZipMember& member : members) {
        const std::string geodatabase = geodatabase_of(member.name);
        if (!geodatabase.empty()) {
            const auto known =
                std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == geodatabase; });
            if (known == units.end()) {
                units.push_back({geodatabase, *format_of(geodatabase), {member}});
            } else {
                known->members.push_back(member);
            }
            continue;
        }
        const auto format = format_of(member.name);
        if (!format || format->driver == "OpenFileGDB") continue;
        units.push_back({member.name, *format, {member}});
    }
    for (Unit& unit : units) {
        if (unit.format.driver != "ESRI Shapefile" && unit.format.driver != "MapInfo File") continue;
        for (const ZipMember& member : members) {
            if (member.name != unit.name && without_ending(member.name) == without_ending(unit.name))
                unit.members.push_back(member);
        }
    }
    // `parks.shp.xml` beside `parks.shp` is its metadata.
    std::erase_if(units, [&](const Unit& unit) {
        return unit.format.form == Form::xml && std::any_of(units.begin(), units.end(), [&](const Unit& other) {
                   return other.name == without_ending(unit.name);
               });
    });
    return units;
}

std::vector<std::string> names_of(const std::vector<Unit>& units) {
    std::vector<std::string> names;
    for (const Unit& unit : units) names.push_back(unit.name);
    return names;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// The unit that `wanted` names (by path, file name or stem; `member/layer` for a layer inside), and the layer in it.
const Unit& choose_unit(const SourceFile& file, const std::vector<Unit>& units, std::string& layer) {
    const std::string& wanted = file.container_layer;
    if (units.empty())
        throw DataError(fmt::format("{}: holds no file of a format that is read", printable(file.shown)));
    std::vector<const Unit*> found;
    for (const Unit& unit : units) {
        if (wanted == unit.name || wanted == file_name(unit.name) || wanted == stem_of(unit.name))
            found.push_back(&unit);
        if (wanted.starts_with(unit.name + "/")) {
            layer = wanted.substr(unit.name.size() + 1);
            return unit;
        }
    }
    if (found.size() == 1) return *found[0];
    if (found.size() > 1 || (wanted.empty() && units.size() > 1)) several_layers(file, names_of(units));
    if (units.size() > 1 || (!wanted.empty() && !units[0].format.several)) no_such_layer(file, wanted, names_of(units));
    layer = wanted;
    return units[0];
}

std::unique_ptr<Table> open_zip(const SourceFile& file, const std::filesystem::path& path) {
    const auto input = std::make_shared<InputFile>(path, file.shown);
    const std::vector<Unit> units = units_of(zip_members(*input));
    std::string layer;
    const Unit& unit = choose_unit(file, units, layer);
    const auto shown = [&](const ZipMember& member) { return file.shown + "/" + member.name; };
    if (unit.members[0].range.unpacked == 0)
        throw DataError(fmt::format("{}: is empty (0 bytes)", printable(shown(unit.members[0]))));
    if (!is_several_files(unit.format.driver)) {
        auto stream = member_stream(input, unit.members[0].range, shown(unit.members[0]));
        return open_unpacked(file, file_name(unit.name), std::move(stream), unit.format, layer);
    }
    auto memory = std::make_shared<MemoryFolder>();
    const std::size_t folder = unit.name.size() - file_name(unit.name).size();
    for (const ZipMember& member : unit.members) {
        memory->add(member.name.substr(folder),
                    read_all(*member_stream(input, member.range, shown(member)), kMostUnpacked, shown(member)));
    }
    std::string inside = memory->path() + "/" + file_name(unit.name);
    return open_gdal({std::move(inside), unit.format.driver, std::move(memory), {}}, file, layer);
}

}  // namespace

std::unique_ptr<Table> open_table(const SourceFile& file) {
    prepare_gdal();
    const std::filesystem::path path = resolved_path(file);
    const std::string ending = ending_of(path.filename().native());
    if (std::filesystem::is_directory(path)) {
        if (ending != "gdb")
            throw DataError(
                fmt::format("{}: is a directory; a file (or a .gdb folder) is needed", printable(file.shown)));
        return open_on_disk(file, path, *format_of("x.gdb"));
    }
    if (ending == "gz") return open_gz(file, path);
    if (ending == "zip") return open_zip(file, path);
    return open_plain(file, path);
}

std::vector<std::string> layer_names(const SourceFile& file) {
    prepare_gdal();
    const std::filesystem::path path = resolved_path(file);
    const std::string name = path.filename().string();
    if (ending_of(name) == "zip") return names_of(units_of(zip_members(InputFile(path, file.shown))));
    if (ending_of(name) == "gz") return {stem_of(stem_of(name))};
    const auto format = format_of(name);
    if (!format) refuse_format(file, name);
    if (!format->several) return {stem_of(name)};
    if (!std::filesystem::is_directory(path)) look_over_on_disk(file, path, *format, InputFile(path, file.shown));
    return gdal_layer_names({path.string(), format->driver, nullptr, {}}, file);
}

namespace {

/// Endings of the files that stand beside a file of this ending and belong to it.
std::vector<std::string> companions(const std::string& ending) {
    if (ending == "shp") return {"shp", "shx", "dbf", "prj", "cpg", "qpj", "cst", "sbn", "sbx", "qix", "idm", "ind"};
    if (ending == "tab") return {"tab", "dat", "map", "id", "ind"};
    if (ending == "mif") return {"mif", "mid"};
    if (ending == "gml") return {"gml", "xsd", "gfs"};
    return {};
}

}  // namespace

std::vector<std::filesystem::path> files_of(const SourceFile& file) {
    const std::filesystem::path path = resolved_path(file);
    std::vector<std::filesystem::path> files;
    std::error_code fault;
    if (std::filesystem::is_directory(path)) {
        for (const auto& entry : std::filesystem::directory_iterator(path, fault)) {
            if (entry.is_regular_file(fault)) files.push_back(entry.path());
        }
    } else {
        const std::string name = path.filename().string();
        const std::vector<std::string> endings = companions(ending_of(name));
        if (endings.empty()) return {path};
        for (const auto& entry : std::filesystem::directory_iterator(path.parent_path(), fault)) {
            const std::string other = entry.path().filename().string();
            const bool belongs = stem_of(other) == stem_of(name) &&
                                 std::find(endings.begin(), endings.end(), ending_of(other)) != endings.end();
            if (belongs && entry.is_regular_file(fault)) files.push_back(entry.path());
        }
    }
    if (fault)
        throw DataError(fmt::format("{}: its folder cannot be read: {}", printable(file.shown), fault.message()));
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace geo
