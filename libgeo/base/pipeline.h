// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace geo {

/// The steps of a pipeline over items of one kind. `read` gives null at the end.
struct PipelineSteps {
    std::function<void*()> read;      ///< one after the other
    std::function<void(void*)> work;  ///< in parallel
    std::function<void(void*)> take;  ///< one after the other, in the order they were read
};
void run_pipeline(std::size_t under_way, const PipelineSteps& steps);

/// Reads items one after the other, works on them in parallel, takes them one after the other in the order they were read; at most `under_way` at a
/// time, on as many threads as oneTBB may use. `read` fills an item that is as new, and gives false at the end. What a step throws comes out here.
template <class Item, class Read, class Work, class Take>
void pipeline(std::size_t under_way, const Read& read, const Work& work, const Take& take) {
    std::deque<Item> items;  // no more than are under way at once
    std::vector<Item*> free;
    std::mutex guard;
    const auto get = [&]() -> Item* {
        const std::lock_guard lock(guard);
        if (free.empty()) return &items.emplace_back();
        Item* item = free.back();
        free.pop_back();
        return item;
    };
    PipelineSteps steps;
    steps.read = [&]() -> void* {
        Item* item = get();
        return read(*item) ? item : nullptr;
    };
    steps.work = [&](void* item) { work(*static_cast<Item*>(item)); };
    steps.take = [&](void* item) {
        Item& mine = *static_cast<Item*>(item);
        take(mine);
        mine = Item();
        const std::lock_guard lock(guard);
        free.push_back(&mine);
    };
    run_pipeline(under_way, steps);
}

}  // namespace geo
