// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/file_stamps.h"

#include <fmt/core.h>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

FileStamps::Stamp FileStamps::stamp_of(const std::filesystem::path& path) {
    std::error_code size_fault, time_fault;
    Stamp stamp;
    stamp.path = path;
    stamp.size = std::filesystem::file_size(path, size_fault);
    stamp.changed = std::filesystem::last_write_time(path, time_fault);
    stamp.present = !size_fault && !time_fault;
    return stamp;
}

FileStamps::FileStamps(const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) stamps_.push_back(stamp_of(file));
}

void FileStamps::verify(const std::string& shown) const {
    for (const Stamp& then : stamps_) {
        const Stamp now = stamp_of(then.path);
        if (now.present == then.present && (!now.present || (now.size == then.size && now.changed == then.changed)))
            continue;
        throw DataError(fmt::format("{}: {} changed while it was read; run again when nobody writes it",
                                    printable(shown), printable(then.path.filename().string())));
    }
}

}  // namespace geo
