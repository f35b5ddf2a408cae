// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/nearest_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace geo {
namespace {

constexpr std::uint32_t kFan = 16;  // children of a node
constexpr std::uint32_t kRun = 16;  // segments of a run
// A box's distance and a segment's are rounded apart: what is pruned must be farther by more than both can err.
constexpr double kSlack = 1.0 + 1e-12;

double squared_to_box(Point p, const Box& b) {
    const double dx = std::max({b.min_x - p.x, 0.0, p.x - b.max_x});
    const double dy = std::max({b.min_y - p.y, 0.0, p.y - b.max_y});
    return dx * dx + dy * dy;
}

double squared_between(const Box& a, const Box& b) {
    const double dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
    const double dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
    return dx * dx + dy * dy;
}

}  // namespace

std::uint32_t hilbert_code(const Box& box, double x, double y) {
    const double width = std::max(box.max_x - box.min_x, 1e-300), height = std::max(box.max_y - box.min_y, 1e-300);
    const auto cell = [](double share) { return static_cast<std::uint32_t>(std::clamp(share, 0.0, 1.0) * 65535.0); };
    std::uint32_t i = cell((x - box.min_x) / width), j = cell((y - box.min_y) / height), code = 0;
    for (std::uint32_t s = 1U << 15; s > 0; s >>= 1) {  // Lawder's walk: rotate the quadrant, take two bits
        const std::uint32_t rx = (i & s) != 0 ? 1 : 0, ry = (j & s) != 0 ? 1 : 0;
        code = (code << 2) | ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                i = ~i & 0xffffU;
                j = ~j & 0xffffU;
            }
            std::swap(i, j);
        }
    }
    return code;
}

/// Boxes of places in Hilbert order, level upon level of boxes over 16 of the level below; boxes over runs of segments in the order of the vertices.
struct NearestIndex::Tree {
    const Shapes& shapes;
    std::vector<std::uint32_t> order;      // leaf → shape
    std::vector<std::vector<Box>> levels;  // levels[0]: of leaves; the last has at most kFan boxes
    std::vector<std::uint32_t> first_run;  // by part; one more at the end
    std::vector<Box> runs;
    std::vector<std::uint8_t> surface;  // by shape

    explicit Tree(const Shapes& all) : shapes(all) {
        sort_leaves();
        while (levels.back().size() > kFan) levels.push_back(parents(levels.back()));
        make_runs();
    }

    void sort_leaves() {
        Box world = Box::empty();
        std::vector<Box> boxes(shapes.size(), Box::empty());
        for (std::uint32_t i = 0; i < shapes.size(); ++i) {
            if (!shapes.has_location(i)) continue;
            boxes[i] = shapes.box(i);
            world.add(boxes[i]);
            order.push_back(i);
        }
        std::vector<std::uint32_t> codes(shapes.size());
        for (const std::uint32_t i : order)
            codes[i] =
                hilbert_code(world, (boxes[i].min_x + boxes[i].max_x) / 2, (boxes[i].min_y + boxes[i].max_y) / 2);
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
        std::vector<Box> leaves;
        leaves.reserve(order.size());
        for (const std::uint32_t i : order) leaves.push_back(boxes[i]);
        levels.push_back(std::move(leaves));
    }

    static std::vector<Box> parents(const std::vector<Box>& children) {
        std::vector<Box> result((children.size() + kFan - 1) / kFan, Box::empty());
        for (std::size_t k = 0; k < children.size(); ++k) result[k / kFan].add(children[k]);
        return result;
    }

    void make_runs() {
        first_run.reserve(shapes.parts() + 1);
        surface.resize(shapes.size());
        for (std::uint32_t i = 0; i < shapes.size(); ++i) surface[i] = shapes.has_surface(i) ? 1 : 0;
        const auto xs = shapes.all_xs();
        const auto ys = shapes.all_ys();
        for (std::uint32_t part = 0; part < shapes.parts(); ++part) {
            first_run.push_back(static_cast<std::uint32_t>(runs.size()));
            const std::uint32_t begin = shapes.vertex_begin(part), end = shapes.vertex_end(part);
            const std::uint32_t last = last_start(part);
            for (std::uint32_t v = begin; v < last; v += kRun) {
                Box box = Box::empty();
                for (std::uint32_t k = v; k < std::min(v + kRun + 1, end); ++k) box.add(xs[k], ys[k]);
                runs.push_back(box);
            }
        }
        first_run.push_back(static_cast<std::uint32_t>(runs.size()));
    }

    /// One past the last vertex that starts a segment; each point of a part of points is a segment of no length.
    std::uint32_t last_start(std::uint32_t part) const {
        const std::uint32_t begin = shapes.vertex_begin(part), end = shapes.vertex_end(part);
        const bool points = shapes.kind(part) == PartKind::points || end - begin == 1;
        return points ? end : end - 1;
    }

    bool is_points(std::uint32_t part) const {
        return shapes.kind(part) == PartKind::points || shapes.vertex_end(part) - shapes.vertex_begin(part) == 1;
    }

    /// p is in the surface of shape i, its edge included; only runs beside the ray are opened.
    bool covers(std::uint32_t i, Point p) const;
    /// The best squared distance from p to the lines of shape i below `bound`, and the vertex that starts the segment.
    void nearest_line(std::uint32_t i, Point p, double& bound, std::uint32_t& vertex, std::uint32_t& part) const;
    /// Exact; strictly nearer than best, or as near with a lesser index.
    void try_shape(std::uint32_t i, Point p, const ShapeFilter& filter, Nearest& best, std::uint32_t& vertex,
                   std::uint32_t& part) const;
    template <typename Distance, typename Visit>
    void walk(Distance&& distance, const double& bound, Visit&& visit) const;
};

bool NearestIndex::Tree::covers(std::uint32_t i, Point p) const {
    const double* xs = shapes.all_xs().data();
    const double* ys = shapes.all_ys().data();
    bool odd = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        const std::uint32_t begin = shapes.vertex_begin(part), last = last_start(part);
        for (std::uint32_t r = first_run[part]; r < first_run[part + 1]; ++r) {
            const Box& box = runs[r];
            if (p.y < box.min_y || p.y > box.max_y || p.x > box.max_x) continue;
            const std::uint32_t from = begin + (r - first_run[part]) * kRun;
            for (std::uint32_t v = from; v < std::min(from + kRun, last); ++v) {
                const double ay = ys[v], by = ys[v + 1];
                const double side = (xs[v + 1] - xs[v]) * (p.y - ay) - (by - ay) * (p.x - xs[v]);
                if (side == 0 && std::min(xs[v], xs[v + 1]) <= p.x && p.x <= std::max(xs[v], xs[v + 1]) &&
                    std::min(ay, by) <= p.y && p.y <= std::max(ay, by))
                    return true;
                if ((ay > p.y) != (by > p.y)) odd ^= (by > ay) == (side > 0);
            }
        }
    }
    return odd;
}

void NearestIndex::Tree::nearest_line(std::uint32_t i, Point p, double& bound, std::uint32_t& vertex,
                                      std::uint32_t& part) const {
    const double* xs = shapes.all_xs().data();
    const double* ys = shapes.all_ys().data();
    for (std::uint32_t k = shapes.part_begin(i); k < shapes.part_end(i); ++k) {
        const std::uint32_t begin = shapes.vertex_begin(k), last = last_start(k), step = is_points(k) ? 0 : 1;
        for (std::uint32_t r = first_run[k]; r < first_run[k + 1]; ++r) {
            if (squared_to_box(p, runs[r]) > bound * kSlack) continue;
            const std::uint32_t from = begin + (r - first_run[k]) * kRun;
            for (std::uint32_t v = from; v < std::min(from + kRun, last); ++v) {
                const double d = squared_to_segment(p, {xs[v], ys[v]}, {xs[v + step], ys[v + step]});
                if (d < bound || (d == bound && vertex == kNoShape)) {
                    bound = d;
                    vertex = v;
                    part = k;
                }
            }
        }
    }
}

void NearestIndex::Tree::try_shape(std::uint32_t i, Point p, const ShapeFilter& filter, Nearest& best,
                                   std::uint32_t& vertex, std::uint32_t& part) const {
    if (!filter(i)) return;
    double bound = best.squared;
    std::uint32_t v = kNoShape, k = 0;
    if (surface[i] != 0 && covers(i, p)) {
        bound = 0.0;
    } else {
        nearest_line(i, p, bound, v, k);
        if (v == kNoShape) return;
    }
    if (bound < best.squared || (bound == best.squared && (i < best.shape))) {
        best.squared = bound;
        best.shape = i;
        vertex = v;
        part = k;
    }
}

template <typename Distance, typename Visit>
void NearestIndex::Tree::walk(Distance&& distance, const double& bound, Visit&& visit) const {
    struct Entry {
        double squared;
        std::uint32_t level, k;
    };
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): entries are written before they are read; clearing 3 KB a query is not free
    std::array<Entry, std::size_t{kFan} * 12> stack;  // 12 levels of 16 hold 2^48 places
    std::size_t depth = 0;
    const auto push_children = [&](std::uint32_t level, std::uint32_t first, std::uint32_t last) {
        const std::size_t start = depth;
        for (std::uint32_t k = first; k < last; ++k) {
            const double d = distance(levels[level][k]);
            if (d > bound * kSlack) continue;
            std::size_t at = depth++;  // farthest first, so that the nearest is taken next
            for (; at > start && stack[at - 1].squared < d; --at) stack[at] = stack[at - 1];
            stack[at] = {d, level, k};
        }
    };
    const auto top = static_cast<std::uint32_t>(levels.size() - 1);
    push_children(top, 0, static_cast<std::uint32_t>(levels[top].size()));
    while (depth > 0) {
        const Entry entry = stack[--depth];
        if (entry.squared > bound * kSlack) continue;
        if (entry.level == 0) {
            visit(order[entry.k]);
            continue;
        }
        const std::uint32_t below = entry.level - 1, first = entry.k * kFan;
        push_children(below, first, std::min(first + kFan, static_cast<std::uint32_t>(levels[below].size())));
    }
}

NearestIndex::NearestIndex(const Shapes& shapes) : shapes_(&shapes), tree_(std::make_unique<Tree>(shapes)) {}
NearestIndex::~NearestIndex() = default;
NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;

Nearest NearestIndex::nearest(Point p, const ShapeFilter& filter, double cutoff_squared, std::uint32_t hint) const {
    Nearest best{kNoShape, cutoff_squared, p};
    std::uint32_t vertex = kNoShape, part = 0;
    if (hint != kNoShape && shapes_->has_location(hint)) tree_->try_shape(hint, p, filter, best, vertex, part);
    tree_->walk([p](const Box& box) { return squared_to_box(p, box); }, best.squared,
                [&](std::uint32_t shape) {
                    if (shape != hint) tree_->try_shape(shape, p, filter, best, vertex, part);
                });
    if (best.shape == kNoShape) best.squared = std::numeric_limits<double>::infinity();
    if (best.shape != kNoShape && vertex != kNoShape) {
        const auto xs = shapes_->all_xs();
        const auto ys = shapes_->all_ys();
        const std::uint32_t next = tree_->is_points(part) ? vertex : vertex + 1;
        best.on = nearest_on_segment(p, {xs[vertex], ys[vertex]}, {xs[next], ys[next]});
    }
    return best;
}

NearestIndex::NearestFromSite NearestIndex::nearest(const Shapes& sites, std::size_t i, const ShapeFilter& filter,
                                                    double cutoff_squared) const {
    NearestFromSite best;
    best.squared = cutoff_squared;
    const Box site = sites.box(i);
    tree_->walk([&](const Box& box) { return squared_between(site, box); }, best.squared,
                [&](std::uint32_t shape) {
                    if (!filter(shape)) return;
                    const Separation found = separation(sites, i, *shapes_, shape);
                    if (found.squared > best.squared || (found.squared == best.squared && shape >= best.shape)) return;
                    best.shape = shape;
                    best.squared = found.squared;
                    best.from = found.from;
                    best.on = found.to;
                });
    if (best.shape == kNoShape) best.squared = std::numeric_limits<double>::infinity();
    return best;
}

void NearestIndex::near(const Box& box, double distance, const std::function<void(std::uint32_t)>& found) const {
    std::vector<std::uint32_t> shapes;
    const double bound = distance * distance;
    tree_->walk([&](const Box& other) { return squared_between(box, other); }, bound,
                [&](std::uint32_t shape) { shapes.push_back(shape); });
    std::sort(shapes.begin(), shapes.end());
    for (const std::uint32_t shape : shapes) found(shape);
}

}  // namespace geo
