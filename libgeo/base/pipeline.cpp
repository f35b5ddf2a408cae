// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/pipeline.h"

#include <oneapi/tbb/parallel_pipeline.h>

#include "libgeo/base/handover.h"

namespace geo {

void run_pipeline(std::size_t under_way, const PipelineSteps& steps) {
    namespace tbb = oneapi::tbb;
    const Handover was_read, was_worked_on, was_taken;
    const auto read = [&](tbb::flow_control& flow) -> void* {
        was_read.take();
        void* item = steps.read();
        was_read.give();
        if (item == nullptr) flow.stop();
        return item;
    };
    const auto work = [&](void* item) -> void* {
        was_read.take();
        steps.work(item);
        was_worked_on.give();
        return item;
    };
    const auto take = [&](void* item) {
        was_worked_on.take();
        was_taken.take();
        steps.take(item);
        was_taken.give();
    };
    tbb::parallel_pipeline(under_way, tbb::make_filter<void, void*>(tbb::filter_mode::serial_in_order, read) &
                                          tbb::make_filter<void*, void*>(tbb::filter_mode::parallel, work) &
                                          tbb::make_filter<void*, void>(tbb::filter_mode::serial_in_order, take));
    for (const Handover* handover : {&was_read, &was_worked_on, &was_taken}) handover->take();
}

}  // namespace geo
