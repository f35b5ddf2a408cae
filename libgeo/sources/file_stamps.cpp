// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/file_stamps.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include "libgeo/base/text.h"

namespace geo {

FileStamps::Stamp FileStamps::stamp_of(const std::filesystem::path& path) {
    Stamp stamp;
    stamp.path = path;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return stamp;
    stamp.present = true;
    stamp.device = status.st_dev;
    stamp.number = status.st_ino;
    stamp.size = static_cast<std::uint64_t>(status.st_size);
    stamp.changed_seconds = status.st_mtim.tv_sec;
    stamp.changed_nanoseconds = status.st_mtim.tv_nsec;
    return stamp;
}

FileStamps::FileStamps(const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) stamps_.push_back(stamp_of(file));
}

void FileStamps::verify(const std::string& shown) const {
    for (const Stamp& then : stamps_) {
        const Stamp now = stamp_of(then.path);
        if (now == then) continue;
        const std::string name = then.path.filename().string();
        // `parks.shp: parks.dbf changed`, but not `parks.csv: parks.csv changed`.
        const std::string which = shown == name || shown.ends_with("/" + name) ? "" : printable(name) + " ";
        throw DataError(fmt::format("{}: {}{} while it was read; run again when nobody writes it", printable(shown),
                                    which, now.present ? "changed" : "was removed"));
    }
}

}  // namespace geo
