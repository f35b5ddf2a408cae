// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace geo {

/// How many threads are meant: `asked`, or all there are for 0.
std::size_t threads_meant(unsigned asked);

/// While it lives, whatever runs in parallel keeps to so many threads (0: all there are). The least of several counts.
class ThreadLimit {
  public:
    explicit ThreadLimit(unsigned threads);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

  private:
    struct Control;
    std::unique_ptr<Control> control_;
};

}  // namespace geo
