// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zone_union.h"

#include <algorithm>

#include "libgeo/base/parallel.h"
#include "libgeo/coverage/zone_outline.h"
#include "libgeo/geometry/nearest_index.h"

namespace geo {
namespace {

constexpr std::size_t kShapesOfRun = 256;

/// One shape to be drawn around, in its place along the curve.
struct Item {
    std::uint32_t code = 0, source = 0, shape = 0;
};

std::vector<Item> items_of(const std::vector<ZoneSource>& sources) {
    Box world = Box::empty();
    std::vector<Item> items;
    std::vector<Point> at;
    for (std::uint32_t s = 0; s < sources.size(); ++s)
        for (const std::uint32_t shape : sources[s].which) {
            const Box box = sources[s].shapes->box(shape);
            at.push_back({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2});
            world.add(at.back().x, at.back().y);
            items.push_back({0, s, shape});
        }
    for (std::size_t k = 0; k < items.size(); ++k) items[k].code = hilbert_code(world, at[k].x, at[k].y);
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        if (a.code != b.code) return a.code < b.code;
        return a.source != b.source ? a.source < b.source : a.shape < b.shape;
    });
    return items;
}

Surface zone_of_run(const std::vector<ZoneSource>& sources, const std::vector<Item>& items, std::size_t first,
                    std::size_t end) {
    std::vector<Surface> pieces;
    for (std::size_t k = first; k < end; ++k) {
        const ZoneSource& source = sources[items[k].source];
        Outlines outlines;
        append_outlines(*source.shapes, items[k].shape, source.distance_m, source.outward_m, outlines);
        for (std::size_t ring = 0; ring < outlines.rings.size(); ++ring)
            pieces.push_back(surface_of_ring(outlines.rings.xs(ring), outlines.rings.ys(ring)));
        for (const std::size_t shape : outlines.surfaces) pieces.emplace_back(*source.shapes, shape);
    }
    return joined(std::move(pieces));
}

}  // namespace

Surface zone_union(const std::vector<ZoneSource>& sources) {
    const std::vector<Item> items = items_of(sources);
    std::vector<Surface> runs((items.size() + kShapesOfRun - 1) / kShapesOfRun);
    in_parallel(runs.size(), [&](std::size_t run) {
        const std::size_t first = run * kShapesOfRun;
        runs[run] = zone_of_run(sources, items, first, std::min(first + kShapesOfRun, items.size()));
    });
    while (runs.size() > 1) {
        std::vector<Surface> next((runs.size() + 1) / 2);
        in_parallel(next.size(), [&](std::size_t k) {
            const bool last = 2 * k + 1 == runs.size();
            next[k] = last ? std::move(runs[2 * k]) : joined(std::move(runs[2 * k]), std::move(runs[2 * k + 1]));
        });
        runs = std::move(next);
    }
    return runs.empty() ? Surface() : std::move(runs.front());
}

}  // namespace geo
