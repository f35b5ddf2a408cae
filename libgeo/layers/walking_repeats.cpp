// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walking_repeats.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace geo {
namespace {

/// The vertices of a shape, all parts in a row, in the order in which it was drawn or the other way round.
struct Run {
    const Shapes* shapes = nullptr;
    std::size_t begin = 0, end = 0;
    bool backwards = false;
    std::size_t size() const { return end - begin; }
    Point at(std::size_t k) const {
        const std::size_t v = backwards ? end - 1 - k : begin + k;
        return {shapes->all_xs()[v], shapes->all_ys()[v]};
    }
};

/// The direction that comes first by its coordinates.
Run run_of(const Shapes& shapes, std::size_t i) {
    Run run{&shapes, shapes.vertex_begin(shapes.part_begin(i)), shapes.vertex_end(shapes.part_end(i) - 1), false};
    for (std::size_t k = 0; k < run.size() / 2; ++k) {
        const Point a = run.at(k), b = run.at(run.size() - 1 - k);
        if (a == b) continue;
        run.backwards = std::tie(b.x, b.y) < std::tie(a.x, a.y);
        break;
    }
    return run;
}

std::uint64_t mixed(std::uint64_t hash, double value) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(value + 0.0)) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 29U);
}

std::uint64_t hash_of(const Run& run) {
    std::uint64_t hash = run.size();
    for (std::size_t k = 0; k < run.size(); ++k) {
        const Point p = run.at(k);
        hash = mixed(mixed(hash, p.x), p.y);
    }
    return hash;
}

/// Each part of the one has as many vertices as that of the other, in the order in which they are run through.
bool same_parts(const Shapes& shapes, std::uint32_t i, bool i_backwards, std::uint32_t j, bool j_backwards) {
    const std::uint32_t count = shapes.part_end(i) - shapes.part_begin(i);
    if (shapes.part_end(j) - shapes.part_begin(j) != count) return false;
    const auto part = [&](std::uint32_t shape, bool backwards, std::uint32_t k) {
        return backwards ? shapes.part_end(shape) - 1 - k : shapes.part_begin(shape) + k;
    };
    for (std::uint32_t k = 0; k < count; ++k) {
        const std::uint32_t a = part(i, i_backwards, k), b = part(j, j_backwards, k);
        if (shapes.kind(a) != shapes.kind(b) || shapes.xs(a).size() != shapes.xs(b).size()) return false;
    }
    return true;
}

bool same_line(const WalkedLines& lines, std::uint32_t i, std::uint32_t j) {
    if (lines.levels[i] != lines.levels[j]) return false;
    const Run a = run_of(lines.shapes, i), b = run_of(lines.shapes, j);
    if (a.size() != b.size()) return false;
    if (!same_parts(lines.shapes, i, a.backwards, j, b.backwards)) return false;
    for (std::size_t k = 0; k < a.size(); ++k)
        if (a.at(k) != b.at(k)) return false;
    return true;
}

struct Hashed {
    std::uint64_t hash;
    std::uint32_t line;
    bool operator<(const Hashed& other) const { return std::tie(hash, line) < std::tie(other.hash, other.line); }
};

/// Of each line the first that is the same; itself where none stands before.
std::vector<std::uint32_t> firsts_of(const WalkedLines& lines) {
    std::vector<Hashed> hashed(lines.size());
    std::vector<std::uint32_t> first(lines.size());
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        hashed[i] = {hash_of(run_of(lines.shapes, i)), i};
        first[i] = i;
    }
    std::sort(hashed.begin(), hashed.end());
    for (std::size_t begin = 0, end = 0; begin < hashed.size(); begin = end) {
        for (end = begin + 1; end < hashed.size() && hashed[end].hash == hashed[begin].hash;) ++end;
        for (std::size_t k = begin + 1; k < end; ++k)
            for (std::size_t j = begin; j < k; ++j) {
                if (first[hashed[j].line] != hashed[j].line || !same_line(lines, hashed[j].line, hashed[k].line))
                    continue;
                first[hashed[k].line] = hashed[j].line;
                break;
            }
    }
    return first;
}

void keep_only_firsts(WalkedLines& lines, const std::vector<std::uint32_t>& first) {
    WalkedLines kept;
    kept.shapes.reserve(lines.shapes.vertices());
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        if (first[i] != i) continue;
        kept.shapes.add_copy(lines.shapes, i);
        kept.usable.push_back(lines.usable[i]);
        kept.levels.push_back(lines.levels[i]);
        kept.layer.push_back(lines.layer[i]);
    }
    lines = std::move(kept);
}

}  // namespace

std::vector<Repeats> drop_repeats(WalkedLines& lines, std::size_t layers) {
    std::vector<Repeats> repeats(layers);
    const std::vector<std::uint32_t> first = firsts_of(lines);
    std::uint64_t all = 0;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        if (first[i] == i) continue;
        ++all;
        Repeats& of_layer = repeats[lines.layer[i]];
        if (of_layer.lines++ == 0) of_layer.first = lines.shapes.first_point(i);
        lines.usable[first[i]] |= lines.usable[i];
    }
    if (all > 0) keep_only_firsts(lines, first);
    return repeats;
}

}  // namespace geo
