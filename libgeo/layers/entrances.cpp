// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/layers/loaders.h"

namespace geo {
namespace {

/// How far off its place's boundary an entrance may lie, in metres: a gate stands in the fence, give or take how the two were drawn. One farther off is
/// another place's, or lies wrong, and would move the place.
constexpr double kEntranceOffBoundary = 10.0;
/// Of a place without a surface: beyond the extent of the largest school sites. Less tells nothing, as the point may be anywhere on the site.
constexpr double kEntranceOffPoint = 1000.0;

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

/// Metres from a place to the farthest point of an entrance; to the nearest of one that is a line or a surface.
double metres_apart(const Shapes& entrances, std::uint32_t row, const PlaceLayer& layer, std::size_t place) {
    double farthest = 0.0;
    for (std::uint32_t part = entrances.part_begin(row); part < entrances.part_end(row); ++part) {
        if (entrances.kind(part) != PartKind::points)
            return std::sqrt(separation(entrances, row, layer.shapes, place).squared);
        const auto xs = entrances.xs(part), ys = entrances.ys(part);
        for (std::size_t v = 0; v < xs.size(); ++v)
            farthest = std::max(farthest, separation(Point{xs[v], ys[v]}, layer.shapes, place).squared);
    }
    return std::sqrt(farthest);
}

/// Finds the places of the entrances of a whole file. A row that cannot be used is listed: the entrance that it stands for could hide a breach.
class EntranceRows {
  public:
    EntranceRows(LayerFile& file, const WholeFile& whole, const PlaceLayer& layer, double crs_loss, Issues& issues)
        : file_(file), whole_(whole), layer_(layer), crs_loss_(crs_loss), issues_(issues), key_(*file.cell("place")) {}

    /// Sorted by place. `elsewhere`: ids of places that are not in the layer, because they were ruled out or have no location; so are their entrances.
    std::vector<Entrance> match(const std::vector<std::string>& elsewhere) {
        for (const RowAt& at : whole_.rows) {
            const std::string_view id = id_of(at);
            const auto [first, last] = places_of(layer_, id);
            if (first != last) {
                take(at, first, last);
            } else if (std::binary_search(elsewhere.begin(), elsewhere.end(), id)) {
                ++file_.account.ruled_out;
            } else {
                leave_out(at, unknown_place(at));
            }
        }
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Entrance& a, const Entrance& b) { return a.place < b.place; });
        return std::move(found_);
    }

  private:
    const LocatedRows& rows_of(const RowAt& at) const { return whole_.batches[at.batch]; }
    std::string_view id_of(const RowAt& at) const { return trimmed(rows_of(at).batch.cells[key_][at.row]); }

    /// An entrance of the places first..last, which have the same id.
    void take(const RowAt& at, std::size_t first, std::size_t last) {
        const Date until = hides_until(first, last);
        list_troubles(at, until);
        const LocatedRows& rows = rows_of(at);
        if (!rows.shapes.has_location(at.row)) {
            ++file_.account.not_used;
            return;
        }
        const std::size_t before = found_.size();
        std::size_t nearest = first;
        double apart = std::numeric_limits<double>::infinity();
        for (std::size_t place = first; place < last; ++place) {
            const double metres = metres_apart(rows.shapes, at.row, layer_, place);
            if (metres <= reach(place)) found_.push_back({place, at.batch, at.row});
            if (metres < apart) apart = metres, nearest = place;
        }
        if (found_.size() > before) {
            ++file_.account.used;
        } else {
            leave_out(at, far_from(at, nearest, apart), until);
        }
    }

    /// How far from a place its entrance may lie.
    double reach(std::size_t place) const {
        const LayerFacts& facts = layer_.facts;
        const double most = layer_.shapes.has_surface(place) ? kEntranceOffBoundary
                                                             : std::max(kEntranceOffPoint, facts.site_radius.value);
        return std::max(most, facts.accuracy.value) + crs_loss_;
    }

    /// Of places with the same id the longest: until when the lack of an entrance can hide a breach.
    Date hides_until(std::size_t first, std::size_t last) const {
        Date until = kBeforeRecords;
        for (std::size_t place = first; place < last; ++place)
            until = std::max(until, place_hides_until(layer_.state[place], layer_.opened[place], layer_.closed[place]));
        return until;
    }

    void list_troubles(const RowAt& at, Date until) {
        const auto& troubles = rows_of(at).troubles;
        auto trouble = std::lower_bound(troubles.begin(), troubles.end(), at.row,
                                        [](const RowTrouble& t, std::uint32_t row) { return t.row < row; });
        for (; trouble != troubles.end() && trouble->row == at.row; ++trouble) {
            const bool lost = trouble->kept == Kept::not_used;
            Issue issue = issue_of(file_, rows_of(at), *trouble, id_of(at), false);
            if (lost) issue.action = "this entrance is not used: say where it is, or take the row out";
            hide(issue, lost ? until : kBeforeRecords);
            issues_.add(std::move(issue));
        }
    }

    static void hide(Issue& issue, Date until) {
        issue.may_hide_breach = until != kBeforeRecords;
        if (issue.may_hide_breach) issue.hides_until = until;
    }

    void leave_out(const RowAt& at, Issue issue, Date until = kNotEnded) {
        ++file_.account.not_used;
        issue.id = id_of(at);
        issue.kept = Kept::not_used;
        hide(issue, until);
        issues_.add(std::move(issue));
    }

    Issue unknown_place(const RowAt& at) const {
        const std::string_view id = id_of(at);
        return file_.issue("entrance-of-unknown-place",
                           id.empty() ? printable(file_.column_of("place")) + " is blank: it names no place"
                                      : "it belongs to \"" + printable(id) + "\", which is not in the layer",
                           "this entrance is not used: correct the id, add the place, or take the row out",
                           rows_of(at).batch.row[at.row]);
    }

    Issue far_from(const RowAt& at, std::size_t place, double metres) const {
        const bool surface = layer_.shapes.has_surface(place);
        const std::string_view name = layer_.name[place].empty() ? layer_.id[place] : layer_.name[place];
        Issue issue = file_.issue(
            "entrance-far-from-place",
            fmt::format("it is {:.3f} m from {}{}; at most {} m is expected", metres, surface ? "the boundary of " : "",
                        printable(name), format_shortest(reach(place))),
            "this entrance is not used: check the place's id and the coordinates", rows_of(at).batch.row[at.row]);
        const Point point = rows_of(at).shapes.first_point(at.row);
        issue.x = point.x, issue.y = point.y, issue.has_place = true;
        return issue;
    }

    LayerFile& file_;
    const WholeFile& whole_;
    const PlaceLayer& layer_;
    double crs_loss_;
    Issues& issues_;
    std::size_t key_;
    std::vector<Entrance> found_;
};

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

std::string entrances_name(const std::string& layer) { return layer + ".entrances"; }

void load_entrances(const LoadContext& context, const LayerSpec& spec, const LayerFile& places,
                    const std::vector<std::string>& elsewhere, PlaceLayer& layer) {
    const auto source = source_of(spec, places);
    if (!source) {
        for (std::size_t i = 0; i < layer.size(); ++i) layer.entrances.add_nothing();
        return;
    }
    FileRequest request;
    request.study = context.study;
    request.layer = entrances_name(spec.name);
    request.spec = &source->spec;
    request.named = {{"place", source->place_column}};
    request.grids = &context.options->grids;
    request.preset_where = false;
    LayerFile file = open_layer_file(request, *context.issues);
    const WholeFile whole = read_whole(file, context, true);
    const double loss = loss_between(places.transformation->info(), file.transformation->info());
    fill(EntranceRows(file, whole, layer, loss, *context.issues).match(elsewhere), whole, layer);
    layer.entrances_given = true;
    FileRecord record = file_record(file, &spec);
    record.sha256 = hash_of_source(file, &record.bytes);
    layer.facts.files.push_back(std::move(record));
    context.issues->accounts().push_back(file.account);
}

}  // namespace geo
