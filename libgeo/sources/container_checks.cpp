// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/container_checks.h"

#include <fmt/core.h>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// `"exceededTransferLimit"`, blanks, a colon, blanks, `true`.
bool says_limit(std::string_view text) {
    constexpr std::string_view kName = "\"exceededTransferLimit\"";
    for (std::size_t at = text.find(kName); at != std::string_view::npos; at = text.find(kName, at + 1)) {
        std::size_t value = text.find_first_not_of(" \t\r\n", at + kName.size());
        if (value == std::string_view::npos || text[value] != ':') continue;
        value = text.find_first_not_of(" \t\r\n", value + 1);
        if (value != std::string_view::npos && text.substr(value).starts_with("true")) return true;
    }
    return false;
}

}  // namespace

void refuse_damaged_gpkg(const std::string& shown, std::string_view head, std::uint64_t size) {
    if (head.size() < 100 || !head.starts_with("SQLite format 3")) {
        throw DataError(fmt::format("{}: is no GeoPackage (wrong first bytes); is it damaged, or of another format?",
                                    printable(shown)));
    }
    const std::uint64_t stated_page = big(head, 16, 2), page = stated_page == 1 ? 65536 : stated_page;
    const bool counts =
        big(head, 24, 4) == big(head, 92, 4);  // else an old program wrote it, and the number of pages is not kept
    const std::uint64_t stated = big(head, 28, 4) * page;
    if (counts && size < stated) {
        throw DataError(fmt::format(
            "{}: cut short: its header says {} bytes, the file has {} (SQLite: database disk image is malformed); "
            "download it again",
            printable(shown), grouped(stated), grouped(size)));
    }
}

void refuse_pending_changes(const std::string& shown, std::string_view head, const std::filesystem::path& gpkg) {
    const bool keeps_log = head.size() >= 20 && (head[18] == 2 || head[19] == 2);
    if (keeps_log && gpkg.native().find_first_of("%?#") != std::string::npos) {
        throw DataError(
            fmt::format("{}: a GeoPackage in this mode (WAL) cannot be read under a name with %, ? or #; rename it",
                        printable(shown)));
    }
    for (const char* ending : {"-wal", "-journal"}) {
        std::filesystem::path log = gpkg;
        log += ending;
        std::error_code fault;
        const auto size = std::filesystem::file_size(log, fault);
        if (fault || size == 0) continue;
        throw DataError(fmt::format(
            "{}: changes are waiting in {}; close the program that edits it (QGIS?), or open and close it once",
            printable(shown), printable(log.filename().string())));
    }
}

void refuse_partial_download(const std::string& shown, std::string_view head, std::string_view tail) {
    const std::size_t features = head.find("\"features\"");
    const std::size_t last_feature = tail.rfind("\"geometry\"");
    const bool said = says_limit(head.substr(0, features)) ||
                      says_limit(tail.substr(last_feature == std::string_view::npos ? 0 : last_feature));
    if (!said) return;
    throw DataError(fmt::format(
        "{}: the map service stopped at its limit (`exceededTransferLimit` is true), so features are missing; "
        "download the rest too",
        printable(shown)));
}

}  // namespace geo
