// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/loaders.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>

#include "libgeo/base/text.h"

namespace geo {

namespace {

WholeFile read_as_it_is(LayerFile& file, const LoadContext& context, bool hides) {
    WholeFile whole;
    CoordinateSample sample;
    read_rows(file, [&](LocatedRows&& rows) {
        take_source_issues(file, rows.batch, hides, *context.issues);
        sample.merge(rows.sample);
        const auto batch = static_cast<std::uint32_t>(whole.batches.size());
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            if (rows.passes[i]) {
                whole.rows.push_back({batch, i});
            } else {
                ++file.account.ruled_out;
            }
        }
        whole.batches.push_back(std::move(rows));
    });
    if (file.account.read == 0) note_empty(file, *context.issues);
    if (file.located != LocatedBy::nothing)
        check_coordinates(file, sample, *context.study->crs, context.area, *context.issues);
    return whole;
}

}  // namespace

WholeFile read_whole(LayerFile& file, const LoadContext& context, bool hides) {
    return file.stamps.watch(file.source.shown, [&] { return read_as_it_is(file, context, hides); });
}

void note_empty(const LayerFile& file, Issues& issues) {
    issues.add(file.issue("empty-layer", "the layer " + printable(file.layer) + " has 0 rows",
                          "nothing can be tested against it"));
}

LayerFacts facts_of(const LayerSpec& spec, const LayerFile& file) {
    LayerFacts facts;
    facts.name = spec.name;
    facts.part_of = spec.part_of.value_or("");
    facts.site_radius = spec.site_radius;
    if (spec.accuracy) {
        facts.accuracy = *spec.accuracy;
        facts.accuracy_stated = true;
        facts.accuracy_source = "study";
    } else if (file.preset && file.preset->accuracy) {
        facts.accuracy = *file.preset->accuracy;
        facts.accuracy_stated = true;
        facts.accuracy_source =
            "preset " + file.preset->id + (file.preset->accuracy_cite.empty() ? "" : ": " + file.preset->accuracy_cite);
    }
    if (file.transformation) facts.operation = file.transformation->info();
    if (file.crs) facts.crs_code = file.crs->code();
    return facts;
}

namespace {

bool same_cells(const Batch& a, std::size_t i, const Batch& b, std::size_t j) {
    return std::all_of(a.cells.begin(), a.cells.end(),
                       [&, c = std::size_t{0}](const auto& column) mutable { return column[i] == b.cells[c++][j]; });
}

void note_doubles(const LayerFile& file, const std::vector<std::int64_t>& same, const std::vector<std::int64_t>& other,
                  std::string_view id, Issues& issues) {
    const auto add = [&](const char* code, const std::vector<std::int64_t>& lines, const std::string& what,
                         const std::string& action) {
        Issue issue = file.issue(code, what + " (" + lines_words(file, lines) + ")", action, lines.front());
        issue.id = id;
        issues.add(std::move(issue));
    };
    if (same.size() > 1)
        add("duplicate-row", same, "duplicate: the same row stands " + std::to_string(same.size()) + " times",
            "it is used once");
    if (other.size() > 1)
        add("duplicate-id", other, "duplicate: the same id stands in rows that differ", "each is used");
}

/// A row of one id, and the lines on which just this row stands.
struct DistinctRow {
    RowAt at;
    std::vector<std::int64_t> lines;
};

std::size_t hash_of_row(const LocatedRows& rows, std::uint32_t row) {
    std::size_t hash = 0;
    const auto mix = [&hash](std::size_t part) { hash = hash * 1099511628211u + part; };
    for (const auto& column : rows.batch.cells) mix(std::hash<std::string_view>{}(column[row]));
    if (!rows.shapes.has_location(row)) return hash;
    const Point first = rows.shapes.first_point(row);
    mix(std::hash<double>{}(first.x));
    mix(std::hash<double>{}(first.y));
    return hash;
}

bool same_row(const LocatedRows& a, std::uint32_t i, const LocatedRows& b, std::uint32_t j) {
    return same_cells(a.batch, i, b.batch, j) && same_shape(a.shapes, i, b.shapes, j);
}

/// The rows of one id, the same ones together, in the order of the file; marks those that stand before. By hash: a file may have one
/// id for all its rows.
std::vector<DistinctRow> distinct_rows(const std::vector<LocatedRows>& batches, const std::vector<RowAt>& rows,
                                       std::span<const std::uint32_t> of_id, std::vector<std::uint8_t>& stands_before) {
    std::vector<DistinctRow> distinct;
    std::unordered_map<std::size_t, std::vector<std::size_t>> by_hash;
    for (const std::uint32_t i : of_id) {
        const RowAt at = rows[i];
        const LocatedRows& batch = batches[at.batch];
        std::vector<std::size_t>& like = by_hash[hash_of_row(batch, at.row)];
        const auto known = std::find_if(like.begin(), like.end(), [&](std::size_t d) {
            return same_row(batches[distinct[d].at.batch], distinct[d].at.row, batch, at.row);
        });
        if (known == like.end()) {
            like.push_back(distinct.size());
            distinct.push_back({at, {batch.batch.row[at.row]}});
        } else {
            stands_before[i] = 1;
            distinct[*known].lines.push_back(batch.batch.row[at.row]);
        }
    }
    return distinct;
}

/// No two have the same hash: sorting numbers is a tenth of sorting texts, and most files have no doubles.
bool surely_distinct(const std::vector<std::string_view>& ids) {
    std::vector<std::size_t> hashes(ids.size());
    std::transform(ids.begin(), ids.end(), hashes.begin(), std::hash<std::string_view>());
    std::sort(hashes.begin(), hashes.end());
    return std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end();
}

}  // namespace

FileRequest request_of(const LoadContext& context, const LayerSpec& spec, const FileSpec& file) {
    FileRequest request;
    request.study = context.study;
    request.layer = spec.name;
    request.kind = word(spec.kind);
    request.spec = &file;
    request.attributes = context.options->attributes;
    request.grids = &context.options->grids;
    return request;
}

Doubles find_doubles(const LayerFile& file, const std::vector<LocatedRows>& batches, const std::vector<RowAt>& rows,
                     const std::vector<std::string_view>& ids, Issues& issues) {
    Doubles out;
    out.same_row.assign(rows.size(), 0);
    if (surely_distinct(ids)) return out;
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        for (end = begin + 1; end < order.size() && ids[order[end]] == ids[order[begin]];) ++end;
        if (end == begin + 1) continue;
        std::vector<std::int64_t> distinct;
        for (const DistinctRow& row :
             distinct_rows(batches, rows, std::span(order).subspan(begin, end - begin), out.same_row)) {
            note_doubles(file, row.lines, {}, ids[order[begin]], issues);
            distinct.push_back(row.lines.front());
        }
        note_doubles(file, {}, distinct, ids[order[begin]], issues);
    }
    return out;
}

}  // namespace geo
