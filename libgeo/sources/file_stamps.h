// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace geo {

/// What files looked like at opening, for libraries that open them by themselves.
class FileStamps {
  public:
    FileStamps() = default;
    explicit FileStamps(const std::vector<std::filesystem::path>& files);
    /// Throws DataError when one is gone or its size or time of change differ.
    void verify(const std::string& shown) const;

  private:
    struct Stamp {
        std::filesystem::path path;
        bool present = false;
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
    };
    static Stamp stamp_of(const std::filesystem::path& path);
    std::vector<Stamp> stamps_;
};

}  // namespace geo
