// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"

namespace geo {

/// What files looked like at opening, for libraries that open them by themselves.
class FileStamps {
  public:
    FileStamps() = default;
    explicit FileStamps(const std::vector<std::filesystem::path>& files);
    /// Throws DataError when one is gone, is another file under the same name, or its size or time of change differ.
    void verify(const std::string& shown) const;
    /// What `work` gives. Where it finds the data at fault and the files have changed, that is the fault, and is what is said.
    template <class Work>
    auto watch(const std::string& shown, const Work& work) const {
        try {
            return work();
        } catch (const DataError&) {
            verify(shown);
            throw;
        }
    }

  private:
    struct Stamp {
        std::filesystem::path path;
        bool present = false;
        std::uint64_t device = 0, number = 0, size = 0;
        std::int64_t changed_seconds = 0, changed_nanoseconds = 0;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stamp_of(const std::filesystem::path& path);
    std::vector<Stamp> stamps_;
};

}  // namespace geo
