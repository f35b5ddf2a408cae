// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/threads.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>

namespace geo {

namespace tbb = oneapi::tbb;

struct ThreadLimit::Control {
    tbb::global_control limit;
};

std::size_t threads_meant(unsigned asked) {
    return asked != 0 ? asked : static_cast<std::size_t>(tbb::info::default_concurrency());
}

ThreadLimit::ThreadLimit(unsigned threads)
    : control_(new Control{{tbb::global_control::max_allowed_parallelism, threads_meant(threads)}}) {}

ThreadLimit::~ThreadLimit() = default;

}  // namespace geo
