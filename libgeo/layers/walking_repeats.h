// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: lines that stand more than once, in tiles that overlap or drawn twice.
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/layers/walking_rows.h"

namespace geo {

/// Lines with the same vertices (forwards or backwards) on the same level are one: the first stays, and something may begin there if it may on any of them. Returns, by
/// layer (of `layers`), how many went, and the first of them. The order of the others stays.
struct Repeats {
    std::uint64_t lines = 0;
    Point first;
};
std::vector<Repeats> drop_repeats(WalkedLines& lines, std::size_t layers);

}  // namespace geo
