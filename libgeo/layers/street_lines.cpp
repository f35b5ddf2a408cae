// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/street_lines.h"

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/streets.h"

namespace geo {

StreetLines::StreetLines(Shapes shapes, std::vector<std::string> folded_names, std::vector<FileRecord> files)
    : shapes_(std::make_unique<const Shapes>(std::move(shapes))),
      names_(std::move(folded_names)),
      files_(std::move(files)),
      index_(*shapes_) {}

namespace {

/// p lies on the left of the line from a to b, or on it: each side of a line is closed on one hand only, so that a street with a vertex on the line
/// is counted once.
bool on_left(Point p, Point a, Point b) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) >= 0.0; }

bool segments_cross(Point a, Point b, Point c, Point d) {
    return on_left(a, c, d) != on_left(b, c, d) && on_left(c, a, b) != on_left(d, a, b);
}

bool line_crosses(const Shapes& shapes, std::size_t i, Point a, Point b) {
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::points) continue;
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        for (std::size_t v = 1; v < xs.size(); ++v) {
            if (segments_cross(a, b, {xs[v - 1], ys[v - 1]}, {xs[v], ys[v]})) return true;
        }
    }
    return false;
}

}  // namespace

bool StreetLines::cross(Point a, Point b, std::string_view own_a, std::string_view own_b) const {
    Box box = Box::empty();
    box.add(a.x, a.y);
    box.add(b.x, b.y);
    bool crosses = false;
    index_.near(box, 0.0, [&](std::uint32_t i) {
        if (crosses || (!names_[i].empty() && (names_[i] == own_a || names_[i] == own_b))) return;
        crosses = line_crosses(*shapes_, i, a, b);
    });
    return crosses;
}

bool accounted(const Issues& issues, const LayerSpec& spec) {
    const auto& known = issues.accounts();
    return std::any_of(known.begin(), known.end(), [&](const RowAccount& account) {
        return account.layer == spec.name && account.file == spec.files.front().file;
    });
}

bool rows_may_hide(const LayerFile& file) { return file.table->format() != "OpenStreetMap"; }

namespace {

/// One layer of streets into `shapes` and `names`, as written.
FileRecord read_streets(LoadContext context, const LayerSpec& spec, Shapes& shapes, std::vector<std::string>& names) {
    Issues said_before;
    if (accounted(*context.issues, spec)) context.issues = &said_before;
    FileRequest request = request_of(context, spec, spec.files.front());
    request.attributes.clear();  // no policy asks for a column of streets
    request.words = {"id", "name"};
    LayerFile file = open_layer_file(request, *context.issues);
    const WholeFile whole = read_whole(file, context, rows_may_hide(file));
    const auto id = file.cell("id"), name = file.cell("name");
    for (const LocatedRows& rows : whole.batches) {
        for (const RowTrouble& trouble : rows.troubles) {
            const std::string_view of = trimmed(file.text(rows.batch, id, trouble.row));
            context.issues->add(issue_of(file, rows, trouble, of, true));
        }
    }
    for (const RowAt& at : whole.rows) {
        const LocatedRows& rows = whole.batches[at.batch];
        if (!rows.shapes.has_location(at.row)) {
            ++file.account.not_used;
            continue;
        }
        ++file.account.used;
        shapes.add_copy(rows.shapes, at.row);
        names.emplace_back(trimmed(file.text(rows.batch, name, at.row)));
    }
    FileRecord record = file_record(file, &spec);
    record.sha256 = hash_of_source(file, &record.bytes);
    context.issues->accounts().push_back(file.account);
    return record;
}

}  // namespace

StreetLines load_street_lines(const LoadContext& context) {
    Shapes shapes;
    std::vector<std::string> names;
    std::vector<FileRecord> files;
    for (const LayerSpec& spec : context.study->layers) {
        if (spec.kind == LayerKind::streets) files.push_back(read_streets(context, spec, shapes, names));
    }
    for (std::string& name : names) name = folded(name);
    return {std::move(shapes), std::move(names), std::move(files)};
}

std::vector<StreetLayer> load_streets(const Study& study, const LoadOptions& options, Issues& issues) {
    std::vector<StreetLayer> layers;
    for (const LayerSpec& spec : study.layers) {
        if (spec.kind != LayerKind::streets) continue;
        StreetLayer& layer = layers.emplace_back();
        layer.name = spec.name;
        layer.file = read_streets({&study, &options, &issues, options.study_area}, spec, layer.shapes, layer.names);
    }
    return layers;
}

}  // namespace geo
