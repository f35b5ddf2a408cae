// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/nearest_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "libgeo/geometry/float_box.h"

namespace geo {
namespace {

constexpr std::uint32_t kFan = 16;  // children of a node
constexpr std::uint32_t kRun = 16;  // segments of a run

/// The boxes of a node's children, one array a side, so that all are measured in one sweep.
struct Node {
    std::array<float, kFan> min_x, min_y, max_x, max_y;

    static Node of_nothing() {
        constexpr float inf = std::numeric_limits<float>::infinity();
        Node node{};
        node.min_x.fill(inf);
        node.min_y.fill(inf);
        node.max_x.fill(-inf);
        node.max_y.fill(-inf);
        return node;
    }
    void set(std::size_t k, const FloatBox& box) {
        min_x[k] = box.min_x;
        min_y[k] = box.min_y;
        max_x[k] = box.max_x;
        max_y[k] = box.max_y;
    }
    FloatBox around() const {
        return {*std::min_element(min_x.begin(), min_x.end()), *std::min_element(min_y.begin(), min_y.end()),
                *std::max_element(max_x.begin(), max_x.end()), *std::max_element(max_y.begin(), max_y.end())};
    }
    std::array<float, kFan> least_squared_from(const FloatBox& box) const {
        std::array<float, kFan> result;  // NOLINT(cppcoreguidelines-pro-type-member-init): every element is written
        for (std::size_t k = 0; k < kFan; ++k) result[k] = least_squared(box, min_x[k], min_y[k], max_x[k], max_y[k]);
        return result;
    }
};

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

/// Boxes of places in Hilbert order, level upon level of nodes of 16; boxes over runs of segments in the order of the vertices. Boxes are floats: they only rule
/// out; every distance is measured on the coordinates.
struct NearestIndex::Tree {
    const Shapes& shapes;
    std::vector<std::uint32_t> order;       // leaf → shape
    std::vector<std::vector<Node>> levels;  // levels[0]: of leaves; the last has one node
    std::vector<std::uint32_t> first_run;   // by part; one more at the end
    std::vector<FloatBox> runs;
    std::vector<std::uint8_t> surface;  // by shape

    explicit Tree(const Shapes& all) : shapes(all) {
        std::vector<FloatBox> boxes = sort_leaves();
        do {
            levels.push_back(nodes_of(boxes));
            boxes.clear();
            for (const Node& node : levels.back()) boxes.push_back(node.around());
        } while (boxes.size() > 1);
        make_runs();
    }

    std::vector<FloatBox> sort_leaves() {
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
        std::vector<FloatBox> leaves;
        leaves.reserve(order.size());
        for (const std::uint32_t i : order) leaves.push_back(FloatBox::around(boxes[i]));
        return leaves;
    }

    static std::vector<Node> nodes_of(const std::vector<FloatBox>& children) {
        std::vector<Node> nodes((children.size() + kFan - 1) / kFan, Node::of_nothing());
        for (std::size_t k = 0; k < children.size(); ++k) nodes[k / kFan].set(k % kFan, children[k]);
        return nodes;
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
                runs.push_back(FloatBox::around(box));
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
    void try_shape(std::uint32_t i, Point p, bool in_box, const ShapeFilter& filter, Nearest& best,
                   std::uint32_t& vertex, std::uint32_t& part) const;
    /// Visits the shapes whose boxes may come within `bound` (squared, may shrink on the way) of `from`, nearer ones first: shape, least squared distance.
    template <typename Visit>
    void walk(const FloatBox& from, const double& bound, Visit&& visit) const;
};

bool NearestIndex::Tree::covers(std::uint32_t i, Point p) const {
    const double* xs = shapes.all_xs().data();
    const double* ys = shapes.all_ys().data();
    bool odd = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        const std::uint32_t begin = shapes.vertex_begin(part), last = last_start(part);
        for (std::uint32_t r = first_run[part]; r < first_run[part + 1]; ++r) {
            const FloatBox& box = runs[r];
            if (p.y < double{box.min_y} || p.y > double{box.max_y} || p.x > double{box.max_x}) continue;
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
    const FloatBox from_p = FloatBox::around(p);
    for (std::uint32_t k = shapes.part_begin(i); k < shapes.part_end(i); ++k) {
        const std::uint32_t begin = shapes.vertex_begin(k), last = last_start(k), step = is_points(k) ? 0 : 1;
        for (std::uint32_t r = first_run[k]; r < first_run[k + 1]; ++r) {
            if (double{least_squared(from_p, runs[r])} > bound) continue;
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

void NearestIndex::Tree::try_shape(std::uint32_t i, Point p, bool in_box, const ShapeFilter& filter, Nearest& best,
                                   std::uint32_t& vertex, std::uint32_t& part) const {
    if (!filter(i)) return;
    double bound = best.squared;
    std::uint32_t v = kNoShape, k = 0;
    if (in_box && surface[i] != 0 && covers(i, p)) {
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

template <typename Visit>
void NearestIndex::Tree::walk(const FloatBox& from, const double& bound, Visit&& visit) const {
    struct Entry {
        float squared;
        std::uint32_t level, k;
    };
    if (order.empty()) return;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): entries are written before they are read; clearing 2 KB a query is not free
    std::array<Entry, std::size_t{kFan} * 12> stack;  // 12 levels of 16 hold 2^48 places
    std::size_t depth = 0;
    const auto push_children = [&](std::uint32_t level, std::uint32_t node) {
        const std::array<float, kFan> squared = levels[level][node].least_squared_from(from);
        const std::size_t start = depth, children = level == 0 ? order.size() : levels[level - 1].size();
        const std::size_t last = std::min<std::size_t>(kFan, children - std::size_t{node} * kFan);
        for (std::uint32_t k = 0; k < last; ++k) {
            const float d = squared[k];
            if (double{d} > bound) continue;
            std::size_t at = depth++;  // farthest first, so that the nearest is taken next
            for (; at > start && stack[at - 1].squared < d; --at) stack[at] = stack[at - 1];
            stack[at] = {d, level, node * kFan + k};
        }
    };
    push_children(static_cast<std::uint32_t>(levels.size() - 1), 0);
    while (depth > 0) {
        const Entry entry = stack[--depth];
        if (double{entry.squared} > bound) continue;
        if (entry.level == 0) {
            visit(order[entry.k], entry.squared);
        } else {
            push_children(entry.level - 1, entry.k);
        }
    }
}

NearestIndex::NearestIndex(const Shapes& shapes) : shapes_(&shapes), tree_(std::make_unique<Tree>(shapes)) {}
NearestIndex::~NearestIndex() = default;
NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;

Nearest NearestIndex::nearest(Point p, const ShapeFilter& filter, double cutoff_squared, std::uint32_t hint) const {
    Nearest best{kNoShape, cutoff_squared, p};
    std::uint32_t vertex = kNoShape, part = 0;
    if (hint != kNoShape && shapes_->has_location(hint)) tree_->try_shape(hint, p, true, filter, best, vertex, part);
    tree_->walk(FloatBox::around(p), best.squared, [&](std::uint32_t shape, float least) {
        if (shape != hint) tree_->try_shape(shape, p, least == 0.0F, filter, best, vertex, part);
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
    tree_->walk(FloatBox::around(sites.box(i)), best.squared, [&](std::uint32_t shape, float) {
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
    tree_->walk(FloatBox::around(box), bound, [&](std::uint32_t shape, float) { shapes.push_back(shape); });
    std::sort(shapes.begin(), shapes.end());
    for (const std::uint32_t shape : shapes) found(shape);
}

}  // namespace geo
