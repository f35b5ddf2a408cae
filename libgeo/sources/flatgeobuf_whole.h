// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace geo {

/// Does the file hold exactly this many features, one after the other, up to its last byte? GDAL 3.6 does not look at
/// whether the last bytes of a FlatGeobuf could be written. For files without an index, as LayerWriter makes them.
bool flatgeobuf_is_whole(const std::filesystem::path& path, std::uint64_t features);

}  // namespace geo
