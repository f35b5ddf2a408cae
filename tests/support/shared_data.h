// SPDX-License-Identifier: Apache-2.0
//
// Data that are not part of the project: the folder CORDON_SHARED, else `shared` beside the repository.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace cordon_test {

/// That file or folder of the shared data, in full. None where it is not there; the test says so and leaves the rest out.
inline std::optional<std::filesystem::path> shared_data(const std::string& name) {
    const char* const given = std::getenv("CORDON_SHARED");
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(CORDON_SOURCE_DIR) / ".." / "shared";
    std::error_code none;
    if (const auto path = std::filesystem::canonical(folder / name, none); !none) return path;
    MESSAGE("skipped: no ", name, " here (set CORDON_SHARED to the folder that holds it)");
    return std::nullopt;
}

}  // namespace cordon_test
