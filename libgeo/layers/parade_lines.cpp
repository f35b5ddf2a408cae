// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/layers/frontage_parts.h"

namespace geo {
namespace {

bool has_line(const Shapes& shapes, std::size_t i) {
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::line) return true;
    }
    return false;
}

void leave_out(LayerFile& file, const Batch& batch, std::uint32_t row, std::string_view id, const char* code,
               const std::string& message, Issues& issues) {
    Issue issue = file.issue(code, message, "not used", batch.row[row]);
    issue.id = id;
    issue.kept = Kept::not_used;
    issues.add(std::move(issue));
    ++file.account.not_used;
}

}  // namespace

ParadeLines::ParadeLines(const LoadContext& context, const LayerSpec& spec, const std::vector<std::string>& parades) {
    FileSpec file_spec = spec.lines->file;
    if (file_spec.preset.empty()) file_spec.preset = "none";  // its column is named
    FileRequest request;
    request.study = context.study;
    request.layer = spec.name + ".lines";
    request.spec = &file_spec;
    request.named["id"] = spec.lines->keys.at("id");
    request.grids = &context.options->grids;
    LayerFile file = open_layer_file(request, *context.issues);
    const WholeFile whole = read_whole(file, context, false);
    Issues& issues = *context.issues;
    for (const LocatedRows& rows : whole.batches) {
        for (const RowTrouble& trouble : rows.troubles)
            issues.add(issue_of(file, rows, trouble, trimmed(rows.batch.cells[*file.cell("id")][trouble.row]), false));
    }
    for (const RowAt& at : whole.rows) {
        const LocatedRows& rows = whole.batches[at.batch];
        const std::string id(trimmed(rows.batch.cells[*file.cell("id")][at.row]));
        if (!rows.shapes.has_location(at.row)) {
            ++file.account.not_used;
        } else if (!has_line(rows.shapes, at.row)) {
            leave_out(file, rows.batch, at.row, id, "no-line", "its geometry is no line", issues);
        } else if (!std::binary_search(parades.begin(), parades.end(), id)) {
            ++file.account.ruled_out;
        } else if (!lines_.try_emplace(id, static_cast<std::uint32_t>(shapes_.size())).second) {
            leave_out(file, rows.batch, at.row, id, "duplicate-id",
                      "duplicate: the parade " + printable(id) + " has a line in an earlier row", issues);
        } else {
            ++file.account.used;
            shapes_.add_copy(rows.shapes, at.row);
        }
    }
    record_ = file_record(file, nullptr);
    record_.sha256 = hash_of_source(file, &record_.bytes);
    issues.accounts().push_back(file.account);
}

ParadeLines::Foot ParadeLines::foot(const std::string& parade, Point p) const {
    const std::uint32_t i = lines_.at(parade);
    double walked = 0.0, least = std::numeric_limits<double>::infinity();
    Foot out;
    for (std::uint32_t part = shapes_.part_begin(i); part < shapes_.part_end(i); ++part) {
        if (shapes_.kind(part) != PartKind::line) continue;
        const auto xs = shapes_.xs(part), ys = shapes_.ys(part);
        for (std::size_t v = 1; v < xs.size(); ++v) {
            const Point a{xs[v - 1], ys[v - 1]}, b{xs[v], ys[v]};
            const double squared = squared_to_segment(p, a, b);
            if (squared < least) {
                least = squared;
                const Point on = nearest_on_segment(p, a, b);
                out = {walked + std::hypot(on.x - a.x, on.y - a.y), std::sqrt(squared)};
            }
            walked += std::hypot(b.x - a.x, b.y - a.y);
        }
    }
    return out;
}

}  // namespace geo
