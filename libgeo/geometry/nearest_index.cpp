// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/nearest_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "libgeo/geometry/box_tree.h"
#include "libgeo/geometry/float_box.h"

namespace geo {
namespace {

constexpr std::uint32_t kRun = 16;  // segments of a run

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

/// Boxes of places in Hilbert order; boxes over runs of segments in the order of the vertices. Boxes are floats: they only rule out; every distance is measured on
/// the coordinates.
struct NearestIndex::Tree {
    const Shapes& shapes;
    std::vector<std::uint32_t> order;  // leaf → shape
    BoxTree boxes;
    std::vector<std::uint32_t> first_run;  // by part; one more at the end
    std::vector<FloatBox> runs;
    std::vector<std::uint8_t> surface;  // by shape

    explicit Tree(const Shapes& all) : shapes(all), boxes(sort_leaves()) { make_runs(); }

    std::vector<FloatBox> sort_leaves() {
        Box world = Box::empty();
        std::vector<Box> around(shapes.size(), Box::empty());
        for (std::uint32_t i = 0; i < shapes.size(); ++i) {
            if (!shapes.has_location(i)) continue;
            around[i] = shapes.box(i);
            world.add(around[i]);
            order.push_back(i);
        }
        std::vector<std::uint32_t> codes(shapes.size());
        for (const std::uint32_t i : order)
            codes[i] =
                hilbert_code(world, (around[i].min_x + around[i].max_x) / 2, (around[i].min_y + around[i].max_y) / 2);
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
        std::vector<FloatBox> leaves;
        leaves.reserve(order.size());
        for (const std::uint32_t i : order) leaves.push_back(FloatBox::around(around[i]));
        return leaves;
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
    /// The best squared distance from p to the lines of shape i below `bound`, and the vertex that starts the segment; of those as near the least.
    void nearest_line(std::uint32_t i, Point p, double& bound, std::uint32_t& vertex, std::uint32_t& part) const;
    void nearest_of_run(std::uint32_t k, std::uint32_t run, Point p, double& bound, std::uint32_t& vertex,
                        std::uint32_t& part) const;
    /// Exact; strictly nearer than best, or as near with a lesser index.
    void try_shape(std::uint32_t i, Point p, bool in_box, const ShapeFilter& filter, Nearest& best,
                   std::uint32_t& vertex, std::uint32_t& part) const;
    /// Visits the shapes whose boxes may come within `bound` (squared, may shrink on the way) of `from`, nearer ones first: shape, least squared distance.
    template <typename Visit>
    void walk(const FloatBox& from, const double& bound, Visit&& visit) const {
        boxes.walk(from, bound, [&](std::uint32_t leaf, float squared) { visit(order[leaf], squared); });
    }
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
    const FloatBox from_p = FloatBox::around(p);
    for (std::uint32_t k = shapes.part_begin(i); k < shapes.part_end(i); ++k) {
        const std::uint32_t begin = first_run[k], end = first_run[k + 1];
        std::uint32_t likely = begin;  // the run whose box is nearest: after it few others are left to look into
        float least = std::numeric_limits<float>::infinity();
        for (std::uint32_t r = begin; r < end; ++r) {
            const float squared = least_squared(from_p, runs[r]);
            if (squared < least) least = squared, likely = r;
        }
        if (double{least} > bound) continue;
        nearest_of_run(k, likely, p, bound, vertex, part);
        for (std::uint32_t r = begin; r < end; ++r)
            if (r != likely && double{least_squared(from_p, runs[r])} <= bound)
                nearest_of_run(k, r, p, bound, vertex, part);
    }
}

void NearestIndex::Tree::nearest_of_run(std::uint32_t k, std::uint32_t run, Point p, double& bound,
                                        std::uint32_t& vertex, std::uint32_t& part) const {
    const double* const xs = shapes.all_xs().data();
    const double* const ys = shapes.all_ys().data();
    const std::uint32_t step = is_points(k) ? 0 : 1, from = shapes.vertex_begin(k) + (run - first_run[k]) * kRun;
    const std::uint32_t count = std::min(kRun, last_start(k) - from);
    std::array<double, kRun> squared;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    for (std::uint32_t j = 0; j < count; ++j) {
        const std::uint32_t v = from + j;
        squared[j] = squared_to_segment(p, {xs[v], ys[v]}, {xs[v + step], ys[v + step]});
    }
    for (std::uint32_t j = 0; j < count; ++j)
        if (squared[j] < bound || (squared[j] == bound && from + j < vertex)) {
            bound = squared[j];
            vertex = from + j;
            part = k;
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

NearestIndex::NearestIndex(const Shapes& shapes) : shapes_(&shapes), tree_(std::make_unique<Tree>(shapes)) {}
NearestIndex::~NearestIndex() = default;
NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;

/// A search by one point: the best so far, and the segment that it lies on.
class NearestIndex::Search {
  public:
    Search(const Tree& tree, Point p, const ShapeFilter& filter, double cutoff_squared, std::uint32_t hint)
        : tree_(tree), point_(p), filter_(filter), hint_(hint), best_{kNoShape, cutoff_squared, p} {
        if (hint != kNoShape && tree.shapes.has_location(hint)) try_shape(hint, true);
    }
    /// `least`: at most the squared distance of the shape's box.
    void visit(std::uint32_t shape, float least) {
        if (shape != hint_) try_shape(shape, least == 0.0F);
    }
    const double& squared() const { return best_.squared; }

    Nearest result() const {
        Nearest result = best_;
        if (best_.shape == kNoShape) result.squared = std::numeric_limits<double>::infinity();
        if (best_.shape == kNoShape || vertex_ == kNoShape) return result;
        const auto xs = tree_.shapes.all_xs();
        const auto ys = tree_.shapes.all_ys();
        const std::uint32_t next = tree_.is_points(part_) ? vertex_ : vertex_ + 1;
        result.on = nearest_on_segment(point_, {xs[vertex_], ys[vertex_]}, {xs[next], ys[next]});
        return result;
    }

  private:
    void try_shape(std::uint32_t shape, bool in_box) {
        tree_.try_shape(shape, point_, in_box, filter_, best_, vertex_, part_);
    }

    const Tree& tree_;
    Point point_;
    const ShapeFilter& filter_;
    std::uint32_t hint_;
    Nearest best_;
    std::uint32_t vertex_ = kNoShape, part_ = 0;
};

void NearestIndex::look(Point p, Search& search) const {
    tree_->walk(FloatBox::around(p), search.squared(),
                [&](std::uint32_t shape, float least) { search.visit(shape, least); });
}

Nearest NearestIndex::nearest(Point p, const ShapeFilter& filter, double cutoff_squared) const {
    Search search(*tree_, p, filter, cutoff_squared, kNoShape);
    look(p, search);
    return search.result();
}

/// Looks through what is known; true when nothing else can be as near.
bool NearestIndex::recall(const NearestMemory& memory, Point p, Search& search) {
    constexpr double kShy = 1 - 1e-9;  // rounding may make a sum of distances too short
    const double dx = p.x - memory.centre_.x, dy = p.y - memory.centre_.y;
    const double reach = memory.radius_ * kShy - std::sqrt(dx * dx + dy * dy);
    if (!(reach >= 0)) return false;
    const FloatBox from = FloatBox::around(p);
    for (const NearestMemory::Known& known : memory.about_) {
        const float least = least_squared(from, known.box);
        if (double{least} <= search.squared()) search.visit(known.shape, least);
    }
    return search.squared() <= reach * reach;
}

/// The nearest of a point so far from p is no farther from it than `ahead` more than that of p, and no farther from p than `ahead` more again.
void NearestIndex::look_about(Point p, double ahead, Search& search, NearestMemory& memory) const {
    constexpr std::size_t kMost = 128;  // more than these are no quicker looked through than the tree
    const auto wider = [&] {
        const double distance = std::sqrt(search.squared()) + 2 * ahead;
        return distance * distance;
    };
    memory.about_.clear();
    double bound = wider();
    tree_->boxes.walk(FloatBox::around(p), bound, [&](std::uint32_t leaf, float least) {
        const std::uint32_t shape = tree_->order[leaf];
        const bool too_many = memory.about_.size() >= kMost;
        if (!too_many) memory.about_.push_back({tree_->boxes.box(leaf), shape});
        if (double{least} <= search.squared()) search.visit(shape, least);
        bound = too_many ? search.squared() : wider();
    });
    memory.centre_ = p;
    memory.radius_ =
        memory.about_.size() < kMost && std::isfinite(bound) ? std::sqrt(bound) : NearestMemory::kNothingKnown;
}

Nearest NearestIndex::nearest(Point p, const ShapeFilter& filter, NearestMemory& memory, double ahead) const {
    Search search(*tree_, p, filter, std::numeric_limits<double>::infinity(), memory.hint_);
    if (!recall(memory, p, search)) {
        if (ahead > 0)
            look_about(p, ahead, search, memory);
        else
            look(p, search);
    }
    const Nearest found = search.result();
    if (found) memory.hint_ = found.shape;
    return found;
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
