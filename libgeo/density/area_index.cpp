// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/area_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libgeo/geometry/orientation.h"

namespace geo {
namespace {

constexpr std::uint32_t kRun = 16;              // edges of a run
constexpr double kCellsPerArea = 16.0;          // of the grid
constexpr double kMostCells = 4e6;              // columns x rows
constexpr std::uint64_t kEntriesPerArea = 256;  // a grid with more is made coarser: areas all over each other

std::uint32_t slot(double from_edge, double size, std::uint32_t slots) {
    const double at = std::floor(from_edge / size);
    return static_cast<std::uint32_t>(std::clamp(at, 0.0, static_cast<double>(slots - 1)));
}

}  // namespace

AreaIndex::AreaIndex(const AreaLayer& areas) : shapes_(&areas.shapes), boxes_(areas.size(), Box::empty()) {
    for (std::uint32_t i = 0; i < areas.size(); ++i) {
        if (!shapes_->has_surface(i)) continue;
        boxes_[i] = shapes_->box(i);
        world_.add(boxes_[i]);
        by_code_.push_back(i);
    }
    std::stable_sort(by_code_.begin(), by_code_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return areas.code[a] < areas.code[b]; });
    make_runs();
    if (by_code_.empty()) return;
    choose_grid();
    fill_cells();
}

void AreaIndex::make_runs() {
    const auto xs = shapes_->all_xs(), ys = shapes_->all_ys();
    first_run_.reserve(boxes_.size() + 1);
    for (std::uint32_t i = 0; i < boxes_.size(); ++i) {
        first_run_.push_back(static_cast<std::uint32_t>(runs_.size()));
        for (std::uint32_t part = shapes_->part_begin(i); part < shapes_->part_end(i); ++part) {
            if (shapes_->kind(part) != PartKind::ring) continue;
            const std::uint32_t last = shapes_->vertex_end(part) - 1;  // the closing vertex starts no edge
            for (std::uint32_t v = shapes_->vertex_begin(part); v < last; v += kRun) {
                const std::uint32_t end = std::min(v + kRun, last);
                const auto [low, high] = std::minmax_element(ys.begin() + v, ys.begin() + end + 1);
                runs_.push_back({*low, *high, *std::max_element(xs.begin() + v, xs.begin() + end + 1), v, end});
            }
        }
    }
    first_run_.push_back(static_cast<std::uint32_t>(runs_.size()));
}

AreaIndex::CellRange AreaIndex::cells_under(const Box& box) const {
    return {slot(box.min_x - world_.min_x, cell_width_, columns_),
            slot(box.max_x - world_.min_x, cell_width_, columns_), slot(box.min_y - world_.min_y, cell_height_, rows_),
            slot(box.max_y - world_.min_y, cell_height_, rows_)};
}

std::uint64_t AreaIndex::entries() const {
    std::uint64_t total = 0;
    for (const std::uint32_t area : by_code_) {
        const CellRange under = cells_under(boxes_[area]);
        total += std::uint64_t{under.column1 - under.column0 + 1} * (under.row1 - under.row0 + 1);
    }
    return total;
}

// Square cells, some to an area. Where boxes are long or lie over each other a cell lists many areas and an area many cells: then fewer cells.
void AreaIndex::choose_grid() {
    const double width = std::max(world_.max_x - world_.min_x, 1e-9),
                 height = std::max(world_.max_y - world_.min_y, 1e-9);
    double cells = std::min(kCellsPerArea * static_cast<double>(by_code_.size()), kMostCells);
    for (;;) {
        const double side = std::sqrt(width * height / cells);
        columns_ = static_cast<std::uint32_t>(std::clamp(std::ceil(width / side), 1.0, std::max(1.0, cells)));
        rows_ = static_cast<std::uint32_t>(std::clamp(std::ceil(height / side), 1.0, std::max(1.0, cells)));
        cell_width_ = width / columns_;
        cell_height_ = height / rows_;
        if (cells <= 1.0 || entries() <= kEntriesPerArea * by_code_.size()) return;
        cells /= 4;
    }
}

void AreaIndex::fill_cells() {
    first_area_.assign(std::size_t{cells()} + 1, 0);
    const auto each = [&](std::uint32_t area, const auto& visit) {
        const CellRange under = cells_under(boxes_[area]);
        for (std::uint32_t row = under.row0; row <= under.row1; ++row)
            for (std::uint32_t column = under.column0; column <= under.column1; ++column)
                visit(row * columns_ + column);
    };
    for (const std::uint32_t area : by_code_) each(area, [&](std::uint32_t cell) { ++first_area_[cell + 1]; });
    std::partial_sum(first_area_.begin(), first_area_.end(), first_area_.begin());
    areas_of_.resize(first_area_.back());
    std::vector<std::uint32_t> next(first_area_.begin(), first_area_.end() - 1);
    for (const std::uint32_t area : by_code_) each(area, [&](std::uint32_t cell) { areas_of_[next[cell]++] = area; });
}

std::uint32_t AreaIndex::cell_of(Point p) const {
    if (by_code_.empty() || !world_.contains(p)) return cells();
    return slot(p.y - world_.min_y, cell_height_, rows_) * columns_ + slot(p.x - world_.min_x, cell_width_, columns_);
}

// The ray goes east from p. An edge counts where its ends are on either side of the ray's line, the line itself belonging to below: each vertex is on
// one side only.
AreaIndex::Where AreaIndex::where(std::uint32_t area, Point p) const {
    const double* xs = shapes_->all_xs().data();
    const double* ys = shapes_->all_ys().data();
    bool odd = false;
    for (std::uint32_t r = first_run_[area]; r < first_run_[area + 1]; ++r) {
        const Run& run = runs_[r];
        if (p.y < run.min_y || p.y > run.max_y || p.x > run.max_x) continue;
        for (std::uint32_t v = run.first; v < run.end; ++v) {
            const Point a{xs[v], ys[v]}, b{xs[v + 1], ys[v + 1]};
            if (std::max(a.y, b.y) < p.y || std::min(a.y, b.y) > p.y || std::max(a.x, b.x) < p.x) continue;
            const bool crosses = (a.y > p.y) != (b.y > p.y);
            if (std::min(a.x, b.x) > p.x) {
                odd ^= crosses;
                continue;
            }
            const int side = orientation(a, b, p);
            if (side == 0) return Where::edge;  // on the line, and within the edge's box
            odd ^= crosses && (b.y > a.y) == (side > 0);
        }
    }
    return odd ? Where::inside : Where::outside;
}

AreaIndex::Found AreaIndex::find(Point p) const {
    Found found;
    const std::uint32_t cell = cell_of(p);
    if (cell == cells()) return found;
    std::uint32_t insides = 0;
    for (std::uint32_t k = first_area_[cell]; k < first_area_[cell + 1]; ++k) {
        const std::uint32_t area = areas_of_[k];
        if (!boxes_[area].contains(p)) continue;
        const Where where_it_is = where(area, p);
        if (where_it_is == Where::outside) continue;
        insides += where_it_is == Where::inside ? 1 : 0;
        if (found.area == kNoArea) found.area = area;
    }
    found.several = insides > 1;
    return found;
}

}  // namespace geo
