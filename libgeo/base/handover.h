// SPDX-License-Identifier: Apache-2.0
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GEO_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define GEO_THREAD_SANITIZER
#endif
#ifdef GEO_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace geo {

/// What goes from thread to thread by way of oneTBB: the library orders it, but ThreadSanitizer does not see into the library, which is not built for
/// it. What was done before `give` comes before what is done after `take`. Nothing at all in other builds.
class Handover {
  public:
#ifdef GEO_THREAD_SANITIZER
    void give() const { __tsan_release(const_cast<Handover*>(this)); }
    void take() const { __tsan_acquire(const_cast<Handover*>(this)); }
#else
    void give() const {}
    void take() const {}
#endif
};

}  // namespace geo
