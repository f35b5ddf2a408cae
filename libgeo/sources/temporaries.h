// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>

namespace geo {

/// Temporary files that a signal which ends the program shall remove (`remove_temporaries_on_signals` of output.h).
/// Some 250 at once; one beyond that stays behind under its telling name.
std::size_t note_temporary(const std::filesystem::path& path);
void forget_temporary(std::size_t i);

/// Removes the file, and what SQLite may have left beside it.
void remove_temporary(const std::filesystem::path& path);

}  // namespace geo
