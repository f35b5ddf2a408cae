// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libgeo/sources/byte_stream.h"

namespace geo {

struct ZipMember {
    std::string name;  ///< path inside the archive, UTF-8, with `/`; never absolute, never with `..`
    PackedRange range;
};

/// The files of a .zip, in the order of its directory; folders, hidden files and `__MACOSX/` left out. Refused
/// (DataError): more than 1,000 members, more than 4 GiB or 200-fold when unpacked, names that lead out of the
/// archive, encryption, packing other than deflate, ZIP64, members that overlap.
std::vector<ZipMember> zip_members(const InputFile& file);

}  // namespace geo
