// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/parallel.h"

#include <algorithm>

#include "libgeo/base/pipeline.h"

namespace geo {

// By the one way that things go from thread to thread here, so that ThreadSanitizer sees their order (handover.h).
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
    constexpr std::size_t kShares = 256;  // far more than threads: none is long in waiting for another
    const std::size_t share = (count + kShares - 1) / kShares;
    struct Run {
        std::size_t begin = 0, end = 0;
    };
    std::size_t next = 0;
    const auto give = [&](Run& run) {
        run = {next, std::min(next + share, count)};
        next = run.end;
        return run.begin < run.end;
    };
    const auto work_on = [&](const Run& run) {
        for (std::size_t i = run.begin; i < run.end; ++i) work(i);
    };
    pipeline<Run>(kShares, give, work_on, [](const Run&) {});
}

}  // namespace geo
