// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace geo {

/// `head`: the first bytes of a GeoPackage (100 at least). Throws DataError when it is no SQLite file, or shorter than
/// its header says.
void refuse_damaged_gpkg(const std::string& shown, std::string_view head, std::uint64_t size);

/// Throws DataError when a write-ahead log or journal with changes lies beside a GeoPackage: without it the rows would
/// be old ones. Also when `head` says that it keeps such a log and its name cannot be opened without one being made.
void refuse_pending_changes(const std::string& shown, std::string_view head, const std::filesystem::path& gpkg);

/// Throws DataError when a GeoJSON says before or after its features that the map service stopped at its limit
/// (`"exceededTransferLimit": true`), so that rows are missing.
void refuse_partial_download(const std::string& shown, std::string_view head, std::string_view tail);

}  // namespace geo
