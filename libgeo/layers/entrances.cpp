// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "libgeo/base/text.h"
#include "libgeo/layers/loaders.h"

namespace geo {
namespace {

/// Where entrances are: the study's file, or the preset's layer in the places' own container. None: nowhere.
struct EntranceSource {
    FileSpec spec;
    std::string place_column;
};

std::optional<EntranceSource> source_of(const LayerSpec& spec, const LayerFile& places) {
    if (spec.entrances) {
        EntranceSource source{spec.entrances->file, spec.entrances->keys.at("place")};
        if (source.spec.preset.empty()) source.spec.preset = "none";
        return source;
    }
    if (!places.preset || places.preset->entrances_layer.empty()) return std::nullopt;
    SourceFile container = places.source;
    container.container_layer.clear();
    const auto names = layer_names(container);
    if (std::find(names.begin(), names.end(), places.preset->entrances_layer) == names.end()) return std::nullopt;
    EntranceSource source;
    source.spec = *places.spec;
    source.spec.container_layer = places.preset->entrances_layer;
    source.spec.preset = "none";
    source.spec.columns.clear();
    source.spec.where.clear();
    source.place_column = places.preset->entrances_place;
    return source;
}

/// Places of the layer with this id: a range, as they are sorted by it.
std::pair<std::size_t, std::size_t> places_of(const PlaceLayer& layer, std::string_view id) {
    std::size_t low = 0, high = layer.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (layer.id[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (high = low; high < layer.size() && layer.id[high] == id;) ++high;
    return {low, high};
}

struct Entrance {
    std::size_t place, batch, row;
};

/// The entrances of a whole file, by place. Rows whose place is not in the layer are ruled out where it was, else listed.
std::vector<Entrance> match(LayerFile& file, const WholeFile& whole, const PlaceLayer& layer,
                            const std::vector<std::string>& elsewhere, Issues& issues) {
    std::vector<Entrance> found;
    const std::size_t key = *file.cell("place");
    for (const RowAt& at : whole.rows) {
        const LocatedRows& rows = whole.batches[at.batch];
        const std::string_view id = trimmed(rows.batch.cells[key][at.row]);
        const auto [first, last] = places_of(layer, id);
        if (first == last) {
            if (std::binary_search(elsewhere.begin(), elsewhere.end(), id)) {
                ++file.account.ruled_out;
                continue;
            }
            ++file.account.not_used;
            Issue issue = file.issue("entrance-of-unknown-place",
                                     "it belongs to \"" + printable(id) + "\", which is not in the layer", "not used",
                                     rows.batch.row[at.row]);
            issue.id = id;
            issue.kept = Kept::not_used;
            issues.add(std::move(issue));
        } else if (!rows.shapes.has_location(at.row)) {
            ++file.account.not_used;
        } else {
            ++file.account.used;
            for (std::size_t p = first; p < last; ++p) found.push_back({p, at.batch, at.row});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Entrance& a, const Entrance& b) { return a.place < b.place; });
    return found;
}

void fill(const std::vector<Entrance>& found, const WholeFile& whole, PlaceLayer& layer) {
    std::size_t next = 0;
    for (std::size_t place = 0; place < layer.size(); ++place) {
        for (; next < found.size() && found[next].place == place; ++next) {
            const Shapes& shapes = whole.batches[found[next].batch].shapes;
            for (std::uint32_t part = shapes.part_begin(found[next].row); part < shapes.part_end(found[next].row);
                 ++part) {
                const auto xs = shapes.xs(part), ys = shapes.ys(part);
                for (std::size_t v = 0; v < xs.size(); ++v) layer.entrances.add_vertex(xs[v], ys[v]);
                layer.entrances.end_part(shapes.kind(part));
            }
        }
        layer.entrances.end_shape();
    }
}

}  // namespace

void load_entrances(const LoadContext& context, const LayerSpec& spec, const LayerFile& places,
                    const std::vector<std::string>& elsewhere, PlaceLayer& layer) {
    const auto source = source_of(spec, places);
    if (!source) {
        for (std::size_t i = 0; i < layer.size(); ++i) layer.entrances.add_nothing();
        return;
    }
    FileRequest request;
    request.study = context.study;
    request.layer = spec.name + ".entrances";
    request.spec = &source->spec;
    request.named = {{"place", source->place_column}};
    request.grids = &context.options->grids;
    request.preset_where = false;
    LayerFile file = open_layer_file(request, *context.issues);
    const WholeFile whole = read_whole(file, context, false);
    for (const LocatedRows& rows : whole.batches) {
        for (const RowTrouble& trouble : rows.troubles) {
            context.issues->add(
                issue_of(file, rows, trouble, trimmed(rows.batch.cells[*file.cell("place")][trouble.row]), false));
        }
    }
    fill(match(file, whole, layer, elsewhere, *context.issues), whole, layer);
    layer.entrances_given = true;
    FileRecord record = file_record(file, &spec);
    record.sha256 = hash_of_source(file, &record.bytes);
    layer.facts.files.push_back(std::move(record));
    context.issues->accounts().push_back(file.account);
}

}  // namespace geo
