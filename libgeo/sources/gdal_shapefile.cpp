// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/gdal_shapefile.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/byte_stream.h"
#include "libgeo/sources/records.h"

namespace geo {

namespace {

constexpr std::size_t kHeader = 100;
constexpr std::uint64_t kMostInMemory = kMostUnpacked;

/// A file through GDAL's file system, on disk or in memory.
class VsiFile {
  public:
    VsiFile(const std::string& path, const SourceFile& source)
        : shown_(source.shown), handle_(VSIFOpenL(path.c_str(), "rb")) {
        if (handle_ == nullptr) fail(fmt::format("{} cannot be read", CPLGetFilename(path.c_str())));
        VSIFSeekL(handle_, 0, SEEK_END);
        size_ = VSIFTellL(handle_);
    }
    ~VsiFile() {
        if (handle_ != nullptr) VSIFCloseL(handle_);
    }
    VsiFile(const VsiFile&) = delete;
    VsiFile& operator=(const VsiFile&) = delete;

    std::uint64_t size() const { return size_; }
    std::string read(std::uint64_t offset, std::size_t n) const {
        std::string bytes(n, '\0');
        VSIFSeekL(handle_, offset, SEEK_SET);
        if (VSIFReadL(bytes.data(), 1, n, handle_) != n) fail("became shorter while it was read");
        return bytes;
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw DataError(fmt::format("{}: {}", printable(shown_), printable(what, 400)));
    }

  private:
    std::string shown_;
    VSILFILE* handle_;
    std::uint64_t size_ = 0;
};

std::uint32_t big(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::uint32_t little(const std::string& bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

void put_big(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xFF);
}

/// Ending in small letters (`shp`, `shx`, …) → path, of all files with the stem of `path`.
std::map<std::string, std::string> pieces_of(const std::string& path) {
    const std::string folder = CPLGetPath(path.c_str()), stem = CPLGetBasename(path.c_str());
    std::map<std::string, std::string> pieces;
    char** names = VSIReadDir(folder.c_str());
    for (int i = 0; names != nullptr && names[i] != nullptr; ++i) {
        const std::string name = names[i];
        const std::size_t dot = name.rfind('.');
        if (dot == std::string::npos || name.substr(0, dot) != stem) continue;
        std::string ending = name.substr(dot + 1);
        std::transform(ending.begin(), ending.end(), ending.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        pieces.try_emplace(ending, folder + "/" + name);
    }
    CSLDestroy(names);
    pieces["shp"] = path;
    return pieces;
}

struct Attributes {
    std::uint32_t records = 0;
    std::uint64_t deleted = 0;
    bool high_bytes = false;
    std::uint32_t language = 0;  ///< the byte that names the encoding
};

Attributes read_attributes(const VsiFile& dbf) {
    if (dbf.size() < 32) dbf.fail("the .dbf is cut short; get all files of the Shapefile again");
    const std::string header = dbf.read(0, 32);
    const std::uint32_t begin = little(header, 8, 2), length = little(header, 10, 2);
    Attributes found;
    found.records = little(header, 4, 4);
    found.language = static_cast<unsigned char>(header[29]);
    if (begin < 33 || length == 0) dbf.fail("the .dbf is damaged; get all files of the Shapefile again");
    const std::uint64_t needed = begin + std::uint64_t{found.records} * length;
    if (dbf.size() < needed) {
        dbf.fail(
            fmt::format("the .dbf is cut short: its header says {} records ({} bytes), the file has {} bytes; get all "
                        "files of the Shapefile "
                        "again",
                        grouped(found.records), grouped(needed), grouped(dbf.size())));
    }
    const std::uint32_t at_once = std::max<std::uint32_t>(1, (std::uint32_t{1} << 20) / length);
    for (std::uint32_t first = 0; first < found.records; first += at_once) {
        const std::uint32_t count = std::min(at_once, found.records - first);
        const std::string records = dbf.read(begin + std::uint64_t{first} * length, std::size_t{count} * length);
        for (std::uint32_t i = 0; i < count; ++i) found.deleted += records[std::size_t{i} * length] == '*' ? 1 : 0;
        found.high_bytes =
            found.high_bytes || std::any_of(records.begin(), records.end(), [](char c) { return (c & 0x80) != 0; });
    }
    return found;
}

/// Bytes of the .shp by its own header. Throws when the file has fewer.
std::uint64_t stated_length(const VsiFile& shp) {
    if (shp.size() < kHeader) shp.fail("cut short: the .shp is shorter than its header; get the file again");
    const std::string header = shp.read(0, kHeader);
    if (big(header, 0) != 9994) shp.fail("is no Shapefile (wrong first bytes)");
    const std::uint64_t stated = std::uint64_t{big(header, 24)} * 2;
    if (stated < kHeader) shp.fail("the length in the .shp's header is wrong; the file is damaged");
    if (shp.size() < stated) {
        shp.fail(fmt::format("cut short: the .shp's header says {} bytes, the file has {}; get the file again",
                             grouped(stated), grouped(shp.size())));
    }
    return stated;
}

/// Why the .shx cannot be used; empty if it can.
std::string index_fault(const VsiFile& shx, std::uint64_t shp_length, std::uint32_t records) {
    if (shx.size() < kHeader) return "the .shx is shorter than its header";
    const std::uint64_t stated = std::uint64_t{big(shx.read(0, kHeader), 24)} * 2;
    if (stated != shx.size()) {
        return fmt::format("the .shx's header says {} records, the file has {}",
                           grouped(stated < kHeader ? 0 : (stated - kHeader) / 8), grouped((shx.size() - kHeader) / 8));
    }
    if ((stated - kHeader) / 8 != records) {
        return fmt::format("the .shx has {} records, the .dbf {}", grouped((stated - kHeader) / 8), grouped(records));
    }
    constexpr std::uint32_t kAtOnce = 1 << 16;
    for (std::uint32_t first = 0; first < records; first += kAtOnce) {
        const std::uint32_t count = std::min(kAtOnce, records - first);
        const std::string entries = shx.read(kHeader + std::uint64_t{first} * 8, std::size_t{count} * 8);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t begin = std::uint64_t{big(entries, i * 8)} * 2,
                                length = std::uint64_t{big(entries, i * 8 + 4)} * 2;
            if (begin < kHeader || begin + 8 + length > shp_length) {
                return fmt::format("record {} of the .shx lies outside the .shp", grouped(first + i + 1));
            }
        }
    }
    return {};
}

/// A new index, from the records as they follow each other in the .shp.
std::string rebuilt_index(const VsiFile& shp, std::uint64_t length, std::uint32_t records) {
    std::string index = shp.read(0, kHeader);
    std::uint32_t found = 0;
    for (std::uint64_t at = kHeader; at + 8 <= length; ++found) {
        const std::string header = shp.read(at, 8);
        const std::uint64_t content = std::uint64_t{big(header, 4)} * 2;
        if (content < 4 || at + 8 + content > length) {
            shp.fail(
                fmt::format("shape {} of the .shp is damaged or cut short, and there is no sound .shx; get all files "
                            "of the Shapefile again",
                            grouped(found + 1)));
        }
        index.resize(index.size() + 8);
        put_big(index, index.size() - 8, static_cast<std::uint32_t>(at / 2));
        put_big(index, index.size() - 4, static_cast<std::uint32_t>(content / 2));
        at += 8 + content;
    }
    if (found != records) {
        shp.fail(
            fmt::format("the .shp has {} shapes, the .dbf {} rows, and there is no sound .shx; get all files of the "
                        "Shapefile again",
                        grouped(found), grouped(records)));
    }
    put_big(index, 24, static_cast<std::uint32_t>(index.size() / 2));
    return index;
}

/// All pieces in memory, with the new index: nothing is written beside the input.
GdalFile with_index(const std::map<std::string, std::string>& pieces, const std::string& index, const GdalFile& before,
                    const SourceFile& source) {
    GdalFile file = before;
    file.memory = std::make_shared<MemoryFolder>();
    const std::string stem = CPLGetBasename(before.path.c_str());
    for (const auto& [ending, path] : pieces) {
        if (ending != "shp" && ending != "dbf" && ending != "prj" && ending != "cpg") continue;
        const VsiFile piece(path, source);
        if (piece.size() > kMostInMemory)
            piece.fail("is too large to have its missing .shx rebuilt; get all files of the Shapefile");
        const std::string copy =
            file.memory->add(stem + "." + ending, piece.read(0, static_cast<std::size_t>(piece.size())));
        if (ending == "shp") file.path = copy;
    }
    file.memory->add(stem + ".shx", index);
    return file;
}

void choose_encoding(CheckedShapefile& checked, const Attributes& attributes, bool has_cpg, const SourceFile& source) {
    if (has_cpg) return;
    if (attributes.language == 0x57 ||
        attributes.language == 0x03) {  // Windows ANSI; GDAL takes the first for ISO-8859-1
        checked.encoding = "CP1252";
    } else if (attributes.language == 0) {
        checked.encoding = "";
        if (attributes.high_bytes) {
            checked.issues.push_back(file_issue(source, "encoding-assumed",
                                                "neither a .cpg nor the .dbf names an encoding, and there are letters "
                                                "beyond ASCII",
                                                "cells that are not UTF-8 are read as Windows-1252",
                                                Kept::used_changed));
        }
    }
}

}  // namespace

CheckedShapefile check_shapefile(const GdalFile& gdal_file, const SourceFile& source) {
    CheckedShapefile checked;
    checked.file = gdal_file;
    const auto pieces = pieces_of(gdal_file.path);
    const VsiFile shp(gdal_file.path, source);
    if (!pieces.contains("dbf")) {
        shp.fail(
            "its .dbf is missing, and with it all attributes (ids, names, dates); put all files of the Shapefile into "
            "one folder");
    }
    const std::uint64_t length = stated_length(shp);
    if (shp.size() > length) {
        checked.issues.push_back(file_issue(source, "stray-bytes",
                                            fmt::format("the .shp has {} after the end that its header states",
                                                        counted(shp.size() - length, "stray byte")),
                                            "not used", Kept::used));
    }
    const Attributes attributes = read_attributes(VsiFile(pieces.at("dbf"), source));
    checked.rows = attributes.records - attributes.deleted;
    if (attributes.deleted > 0) {
        checked.issues.push_back(file_issue(
            source, "deleted-rows",
            fmt::format("{} marked as deleted in the .dbf", counted(attributes.deleted, "row is", "rows are")),
            "left out, as by other programs", Kept::used));
    }
    const std::string fault = pieces.contains("shx")
                                  ? index_fault(VsiFile(pieces.at("shx"), source), length, attributes.records)
                                  : "the .shx (index) is missing";
    if (!fault.empty()) {
        checked.file = with_index(pieces, rebuilt_index(shp, length, attributes.records), gdal_file, source);
        checked.issues.push_back(file_issue(
            source, "index-rebuilt", fault,
            fmt::format("rebuilt in memory: {} found, as in the .dbf", counted(attributes.records, "record")),
            Kept::used_changed));
    }
    choose_encoding(checked, attributes, pieces.contains("cpg"), source);
    return checked;
}

}  // namespace geo
