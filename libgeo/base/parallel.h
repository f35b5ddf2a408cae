// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace geo {

/// Calls `work` for each of 0 … count - 1, in no order, on as many threads as oneTBB may use (ThreadLimit). All are done when it returns. What one of the calls throws
/// comes out here, and others may then not have been made.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace geo
