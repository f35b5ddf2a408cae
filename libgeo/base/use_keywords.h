// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "libgeo/base/uses.h"

namespace geo {

/// One letter or digit of a word in lower case, '\0' between words, '\1' for a mark within a word (`butcher's`). Moves `i` on.
/// Descriptions and the phrases of the keyword file are both read with this.
char next_letter(std::string_view text, std::size_t& i);

}  // namespace geo
