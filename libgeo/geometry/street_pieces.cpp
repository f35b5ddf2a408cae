// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/street_pieces.h"

#include <cmath>
#include <utility>

namespace geo {

StreetPieces::StreetPieces(const Shapes& lines) : xs(lines.all_xs()), ys(lines.all_ys()) {
    if (find(lines)) return;
    own_xs.assign(xs.begin(), xs.end());
    own_ys.assign(ys.begin(), ys.end());
    clean();
}

StreetPieces::StreetPieces(Shapes&& lines) {
    xs = std::as_const(lines).all_xs();
    ys = std::as_const(lines).all_ys();
    const bool is_clean = find(lines);
    Shapes::Columns columns = lines.release();  // the vertices stay where they are
    own_xs = std::move(columns.xs);
    own_ys = std::move(columns.ys);
    if (!is_clean) clean();
}

/// The parts that are lines, as they stand; whether that will do.
bool StreetPieces::find(const Shapes& lines) {
    bool is_clean = true;
    for (std::vector<std::uint32_t>* of_pieces : {&begin, &size, &line}) of_pieces->reserve(lines.parts());
    for (std::uint32_t i = 0; i < lines.size(); ++i)
        for (std::uint32_t part = lines.part_begin(i); part < lines.part_end(i); ++part) {
            if (lines.kind(part) == PartKind::points) {
                is_clean = false;  // all vertices shall be of pieces
                continue;
            }
            const std::uint32_t first = lines.vertex_begin(part), end = lines.vertex_end(part);
            begin.push_back(first);
            size.push_back(end - first);
            line.push_back(i);
            is_clean = is_clean && end - first > 1 && std::isfinite(xs[first]) && std::isfinite(ys[first]);
            for (std::uint32_t v = first + 1; is_clean && v < end; ++v)
                is_clean = std::isfinite(xs[v]) && std::isfinite(ys[v]) && at(v) != at(v - 1);
        }
    return is_clean;
}

/// Closes up what is left of each piece, in our own vertices.
void StreetPieces::clean() {
    std::uint32_t next = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count(); ++i) {
        const std::uint32_t first = next, end = begin[i] + size[i];
        for (std::uint32_t v = begin[i]; v < end; ++v) {
            const Point p{own_xs[v], own_ys[v]};
            if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
            if (next > first && p == Point{own_xs[next - 1], own_ys[next - 1]}) continue;
            own_xs[next] = p.x;
            own_ys[next++] = p.y;
        }
        if (next < first + 2) {
            next = first;
            ++left_out;
            continue;
        }
        begin[kept] = first;
        size[kept] = next - first;
        line[kept++] = line[i];
    }
    for (std::vector<std::uint32_t>* of_pieces : {&begin, &size, &line}) of_pieces->resize(kept);
    own_xs.resize(next);
    own_ys.resize(next);
    xs = own_xs;
    ys = own_ys;
}

}  // namespace geo
