// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/link_lines.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace geo {
namespace {

constexpr std::uint32_t kRun = 32;  // vertices that begin the segments of a box

/// At most the squared distance between what the two boxes hold.
double least_squared(const Box& a, const Box& b) {
    constexpr double kShy = 1 - 1e-12;
    return squared_between(a, b) * kShy;
}

}  // namespace

/// Calls piece(line, from, to) for what a run holds of each line: segments that begin at vertices from, from + 1 … to - 1.
template <typename Piece>
void LinkLines::each_piece(std::uint32_t run, Piece&& piece) const {
    const std::uint32_t begin = run * kRun, end = std::min(begin + kRun, static_cast<std::uint32_t>(vertices()));
    std::uint32_t line = line_of_run_[run];
    for (std::uint32_t v = begin; v < end; ++line) {
        const std::uint32_t last = columns_.first[line + 1] - 1, stop = std::min(last, end);
        if (v < stop) piece(line, v, stop);
        v = last + 1;
    }
}

/// Of vertices begin to end, the last one counted.
Box LinkLines::box_of(std::uint32_t begin, std::uint32_t end) const {
    Box box = Box::empty();
    for (std::uint32_t v = begin; v <= end; ++v) box.add(columns_.xs[v], columns_.ys[v]);
    return box;
}

LinkLines::LinkLines(Columns columns) : columns_(std::move(columns)) {
    const auto runs = static_cast<std::uint32_t>((vertices() + kRun - 1) / kRun);
    line_of_run_.reserve(runs);
    std::vector<FloatBox> boxes;
    boxes.reserve(runs);
    std::uint32_t line = 0;
    for (std::uint32_t run = 0; run < runs; ++run) {
        while (columns_.first[line + 1] <= run * kRun) ++line;
        line_of_run_.push_back(line);
        Box box = Box::empty();
        each_piece(run, [&](std::uint32_t, std::uint32_t from, std::uint32_t to) { box.add(box_of(from, to)); });
        boxes.push_back(FloatBox::around(box));
    }
    runs_ = BoxTree(std::move(boxes));
}

Shapes LinkLines::shapes() const {
    Shapes shapes;
    shapes.reserve(vertices());
    for (std::uint32_t line = 0; line < size(); ++line) add_shape(line, shapes);
    return shapes;
}

void LinkLines::add_shape(std::uint32_t line, Shapes& shapes) const {
    for (std::uint32_t v = columns_.first[line]; v < columns_.first[line + 1]; ++v)
        shapes.add_vertex(columns_.xs[v], columns_.ys[v]);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
}

double LinkLines::squared_to(Point p, std::uint32_t line) const {
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t v = columns_.first[line] + 1; v < columns_.first[line + 1]; ++v)
        least = std::min(least, squared_to_segment(p, at(v - 1), at(v)));
    return least;
}

std::optional<std::uint32_t> LinkLines::nearest(Point p, double most, std::span<const std::uint8_t> usable) const {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    double squared = most * most;
    std::uint32_t best = kNone;
    runs_.walk(FloatBox::around(p), squared, [&](std::uint32_t run, float) {
        each_piece(run, [&](std::uint32_t line, std::uint32_t from, std::uint32_t to) {
            if (!usable.empty() && usable[line] == 0) return;
            for (std::uint32_t v = from; v < to; ++v) {
                const double found = squared_to_segment(p, at(v), at(v + 1));
                if (found > squared || (found == squared && line >= best)) continue;
                squared = found;
                best = line;
            }
        });
    });
    if (best == kNone) return std::nullopt;
    return best;
}

std::vector<LinkLines::Segment> LinkLines::segments_near(Point p, double most,
                                                         std::span<const std::uint8_t> usable) const {
    std::vector<Segment> found;
    const double bound = most * most;
    runs_.walk(FloatBox::around(p), bound, [&](std::uint32_t run, float) {
        each_piece(run, [&](std::uint32_t line, std::uint32_t from, std::uint32_t to) {
            if (!usable.empty() && usable[line] == 0) return;
            for (std::uint32_t v = from; v < to; ++v) {
                const double squared = squared_to_segment(p, at(v), at(v + 1));
                if (squared <= bound) found.push_back({line, v - columns_.first[line], squared});
            }
        });
    });
    std::sort(found.begin(), found.end(), [](const Segment& a, const Segment& b) {
        return std::tie(a.line, a.vertex) < std::tie(b.line, b.vertex);
    });
    return found;
}

/// Each line once, in their order, with the least that it can be away.
std::vector<LinkLines::Candidate> LinkLines::candidates(const Box& box, double distance) const {
    std::vector<Candidate> found;
    const double bound = distance * distance;
    runs_.walk(FloatBox::around(box), bound, [&](std::uint32_t run, float) {
        each_piece(run, [&](std::uint32_t line, std::uint32_t from, std::uint32_t to) {
            double least = std::numeric_limits<double>::infinity();
            for (std::uint32_t v = from; v < to; ++v) least = std::min(least, least_squared(box, box_of(v, v + 1)));
            if (least <= bound) found.push_back({least, line});
        });
    });
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(a.line, a.squared) < std::tie(b.line, b.squared);
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const Candidate& a, const Candidate& b) { return a.line == b.line; }),
                found.end());
    return found;
}

void LinkLines::near(const Box& box, double distance, const std::function<void(std::uint32_t)>& found) const {
    for (const Candidate& one : candidates(box, distance)) found(one.line);
}

std::optional<LinkLines::FromSite> LinkLines::nearest(const Shapes& sites, std::size_t i, double most,
                                                      std::span<const std::uint8_t> usable) const {
    constexpr double kFirstReach = 25.0;  // metres: most sites stand in a street
    const Box box = sites.box(i);
    std::optional<FromSite> best;
    double reach = std::min(kFirstReach, most);
    while (true) {
        std::vector<Candidate> in_reach = candidates(box, reach);
        std::stable_sort(in_reach.begin(), in_reach.end(),
                         [](const Candidate& a, const Candidate& b) { return a.squared < b.squared; });
        double bound = reach * reach;
        for (const Candidate& one : in_reach) {
            if (one.squared > bound) break;
            if (!usable.empty() && usable[one.line] == 0) continue;
            Shapes line;
            add_shape(one.line, line);
            const Separation apart = separation(sites, i, line, 0);
            if (apart.squared > bound || (best && apart.squared == bound && one.line >= best->line)) continue;
            bound = apart.squared;
            best = {one.line, apart};
        }
        if (best || !(reach < most)) return best;
        reach = std::min(4 * reach, most);
    }
}

}  // namespace geo
