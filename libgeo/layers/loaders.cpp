// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/loaders.h"

#include <algorithm>
#include <numeric>

#include "libgeo/base/text.h"

namespace geo {

WholeFile read_whole(LayerFile& file, const LoadContext& context, bool hides) {
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

void note_empty(const LayerFile& file, Issues& issues) {
    issues.add(file.issue("empty-layer", "the layer " + printable(file.layer) + " has 0 rows",
                          "nothing can be tested against it"));
}

LayerFacts facts_of(const LayerSpec& spec, const LayerFile& file) {
    LayerFacts facts;
    facts.name = spec.name;
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

}  // namespace

Doubles find_doubles(const LayerFile& file, const std::vector<LocatedRows>& batches, const std::vector<RowAt>& rows,
                     const std::vector<std::string_view>& ids, Issues& issues) {
    Doubles out;
    out.same_row.assign(rows.size(), 0);
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        for (end = begin + 1; end < order.size() && ids[order[end]] == ids[order[begin]];) ++end;
        if (end == begin + 1) continue;
        std::vector<std::int64_t> distinct;
        for (std::size_t k = begin; k < end; ++k) {
            if (out.same_row[order[k]]) continue;
            const RowAt a = rows[order[k]];
            std::vector<std::int64_t> same{batches[a.batch].batch.row[a.row]};
            for (std::size_t m = k + 1; m < end; ++m) {
                const RowAt b = rows[order[m]];
                if (out.same_row[order[m]] ||
                    !same_cells(batches[a.batch].batch, a.row, batches[b.batch].batch, b.row) ||
                    !same_shape(batches[a.batch].shapes, a.row, batches[b.batch].shapes, b.row)) {
                    continue;
                }
                out.same_row[order[m]] = 1;
                same.push_back(batches[b.batch].batch.row[b.row]);
            }
            note_doubles(file, same, {}, ids[order[k]], issues);
            distinct.push_back(same.front());
        }
        note_doubles(file, {}, distinct, ids[order[begin]], issues);
    }
    return out;
}

}  // namespace geo
