// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/shapes.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace geo {

void Box::add(double x, double y) {
    min_x = std::min(min_x, x);
    min_y = std::min(min_y, y);
    max_x = std::max(max_x, x);
    max_y = std::max(max_y, y);
}

void Box::add(const Box& other) {
    min_x = std::min(min_x, other.min_x);
    min_y = std::min(min_y, other.min_y);
    max_x = std::max(max_x, other.max_x);
    max_y = std::max(max_y, other.max_y);
}

Shapes::Shapes(Columns columns)
    : first_part_(std::move(columns.first_part)),
      first_vertex_(std::move(columns.first_vertex)),
      kinds_(std::move(columns.kinds)),
      holes_(std::move(columns.holes)),
      xs_(std::move(columns.xs)),
      ys_(std::move(columns.ys)) {}

Shapes::Columns Shapes::release() {
    Columns columns{std::move(first_part_), std::move(first_vertex_), std::move(kinds_),
                    std::move(holes_),      std::move(xs_),           std::move(ys_)};
    clear();
    return columns;
}

bool Shapes::is_single_point(std::size_t i) const {
    const std::uint32_t part = first_part_[i];
    return first_part_[i + 1] == part + 1 && kinds_[part] == PartKind::points &&
           first_vertex_[part + 1] - first_vertex_[part] == 1;
}

bool Shapes::has_surface(std::size_t i) const {
    for (std::uint32_t part = part_begin(i); part < part_end(i); ++part)
        if (kinds_[part] == PartKind::ring) return true;
    return false;
}

Box Shapes::box(std::size_t i) const {
    Box box = Box::empty();
    const std::uint32_t first = first_vertex_[part_begin(i)];
    const std::uint32_t last = first_vertex_[part_end(i)];
    for (std::uint32_t v = first; v < last; ++v) box.add(xs_[v], ys_[v]);
    return box;
}

Point Shapes::first_point(std::size_t i) const {
    assert(has_location(i));
    const std::uint32_t v = first_vertex_[part_begin(i)];
    return {xs_[v], ys_[v]};
}

std::span<const double> Shapes::xs(std::size_t part) const {
    return std::span(xs_).subspan(first_vertex_[part], first_vertex_[part + 1] - first_vertex_[part]);
}

std::span<const double> Shapes::ys(std::size_t part) const {
    return std::span(ys_).subspan(first_vertex_[part], first_vertex_[part + 1] - first_vertex_[part]);
}

bool Shapes::is_hole(std::size_t part) const { return std::binary_search(holes_.begin(), holes_.end(), part); }

void Shapes::end_part(PartKind kind, bool hole) {
    const auto end = static_cast<std::uint32_t>(xs_.size());
    if (end == first_vertex_.back()) return;  // a part without vertices is no part
    if (hole) holes_.push_back(static_cast<std::uint32_t>(kinds_.size()));
    kinds_.push_back(kind);
    first_vertex_.push_back(end);
}

void Shapes::add_point(double x, double y) {
    add_vertex(x, y);
    end_part(PartKind::points);
    end_shape();
}

void Shapes::add_copy(const Shapes& other, std::size_t i) {
    for (std::uint32_t part = other.part_begin(i); part < other.part_end(i); ++part) {
        const auto xs = other.xs(part);
        const auto ys = other.ys(part);
        xs_.insert(xs_.end(), xs.begin(), xs.end());
        ys_.insert(ys_.end(), ys.begin(), ys.end());
        end_part(other.kind(part), other.is_hole(part));
    }
    end_shape();
}

void Shapes::reserve(std::size_t more_vertices) {
    xs_.reserve(xs_.size() + more_vertices);
    ys_.reserve(ys_.size() + more_vertices);
}

void Shapes::clear() {
    first_part_.assign(1, 0);
    first_vertex_.assign(1, 0);
    kinds_.clear();
    holes_.clear();
    xs_.clear();
    ys_.clear();
}

}  // namespace geo
