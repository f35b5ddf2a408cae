// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_layers.h"

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/styles.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr const char *kOutlets = "90,20,60", *kPlaces = "0,114,178", *kZones = "213,94,0", *kBase = "120,120,126";

std::string_view word_of(PlaceState state) {
    switch (state) {
        case PlaceState::open:
            return "open";
        case PlaceState::proposed:
            return "proposed";
        case PlaceState::unclear:
            return "unclear";
    }
    return {};
}

std::string words_of(UseSet uses) {
    std::vector<std::string> words;
    for (const std::string& one : use_words())
        if (const auto use = use_from_word(one); use && (uses & use_bit(*use)) != 0) words.push_back(one);
    std::string out;
    for (const std::string& one : words) out += (out.empty() ? "" : ";") + one;
    return out;
}

/// A cell of `check` as a number; NaN where it is empty.
double number_of(const std::string& cell) { return parse_number(cell).value_or(std::nan("")); }

std::int64_t whole_of(std::int64_t value) { return value == DensityRow::kNotKnown ? kNoWhole : value; }

class LayerTables {
  public:
    explicit LayerTables(const MapData& data) : data_(data) {}
    MapLayers take() {
        proposals();
        measured();
        outlets();
        places(false);
        places(true);
        zones();
        areas();
        base(true);
        base(false);
        return std::move(out_);
    }

  private:
    /// Adds the table, and gives the shapes of its rows.
    void add(TableRows& rows, const std::shared_ptr<const Shapes>& shapes, std::vector<std::uint32_t> shape_of) {
        if (shape_of.empty()) return;
        AnswerTable& table = rows.table();
        table.shapes = shapes.get();
        table.shape_of = std::move(shape_of);
        out_.holds.push_back(shapes);
        out_.tables.push_back(std::move(table));
    }
    static std::vector<std::uint32_t> in_order(std::size_t n) {
        std::vector<std::uint32_t> order(n);
        for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
        return order;
    }

    void proposals() {
        TableRows rows("proposals");
        rows.texts("reference").texts("name").texts("use").texts("as_at").texts("verdict").texts("outcome");
        rows.texts("why").texts("nearest_layer").texts("nearest_id").texts("nearest_name");
        rows.numbers("nearest_distance_m", 3);
        rows.table().style = results_style("verdict", Symbol::marker);
        const auto points = std::make_shared<Shapes>();
        for (const MapProposal& p : data_.proposals) {
            rows.put(p.reference).put(p.name).put(std::string(word(p.use))).put(format_date(p.as_at));
            rows.put(std::string(word(p.verdict))).put(p.outcome).put(p.why).put(p.nearest_layer).put(p.nearest_id);
            rows.put(p.nearest_name).put(number_of(p.nearest_m));
            if (std::isfinite(p.at.x) && std::isfinite(p.at.y))
                points->add_point(p.at.x, p.at.y);
            else
                points->add_nothing();
        }
        add(rows, points, in_order(points->size()));
    }
    void measured() {
        TableRows rows("measured");
        rows.texts("reference").texts("policy").texts("rule").texts("result").texts("counts");
        rows.numbers("measured", 3).numbers("limit", 3).texts("unit").numbers("tolerance", 3);
        rows.texts("place_layer").texts("place_id").texts("place_name").texts("sentence").texts("walked");
        rows.table().style = results_style("result", Symbol::line);
        const auto lines = std::make_shared<Shapes>();
        for (const MapProposal& p : data_.proposals)
            for (const MapFinding& f : p.findings) {
                if (!f.line) continue;
                rows.put(p.reference).put(f.policy).put(f.rule).put(std::string(word(f.result)));
                rows.put(std::string(f.counts ? "yes" : "no")).put(number_of(f.measured)).put(number_of(f.limit));
                rows.put(f.unit).put(number_of(f.tolerance)).put(f.layer).put(f.place_id).put(f.place).put(f.sentence);
                rows.put(std::string(f.walked ? "yes" : "no"));
                if (f.way.size() > 0) {
                    lines->add_copy(f.way, 0);
                    continue;
                }
                lines->add_vertex(f.site.x, f.site.y);
                lines->add_vertex(f.at_place.x, f.at_place.y);
                lines->end_part(PartKind::line);
                lines->end_shape();
            }
        add(rows, lines, in_order(lines->size()));
    }
    void outlets() {
        TableRows rows("outlets");
        rows.texts("layer").texts("id").texts("name").texts("uses").texts("opened").texts("closed");
        rows.table().style = single_style(Symbol::marker, kOutlets);
        const auto points = std::make_shared<Shapes>();
        for (const MapOutlets& o : data_.outlets)
            for (std::size_t i = 0; i < o.size(); ++i) {
                rows.put(o.layer).put(o.id[i]).put(o.name[i]).put(words_of(o.uses[i]));
                rows.put(format_date(o.opened[i])).put(format_date(o.closed[i]));
                points->add_copy(o.shapes, i);
            }
        add(rows, points, in_order(points->size()));
    }
    /// Surfaces and points by themselves: QGIS draws a layer with one kind of symbol.
    void places(bool surfaces) {
        TableRows rows(surfaces ? "places" : "place_points");
        rows.texts("layer").texts("id").texts("name").texts("kind").texts("state");
        const auto shapes = std::make_shared<Shapes>();
        for (const MapPlaces& p : data_.places)
            for (std::size_t i = 0; i < p.size(); ++i) {
                if (p.shapes.has_surface(i) != surfaces) continue;
                rows.put(p.layer).put(p.id[i]).put(p.name[i]).put(p.kind[i]).put(std::string(word_of(p.state[i])));
                shapes->add_copy(p.shapes, i);
            }
        rows.table().style = single_style(surfaces ? Symbol::fill : Symbol::marker, kPlaces);
        add(rows, shapes, in_order(shapes->size()));
    }
    void zones() {
        TableRows rows("zones");
        rows.texts("policy").texts("rule").texts("label").texts("counts").texts("part").numbers("area_m2", 1);
        rows.table().style = single_style(Symbol::fill, kZones);
        const auto shapes = std::make_shared<Shapes>();
        const auto put = [&](const MapZone& zone, const char* part, const Shapes& drawn, double m2) {
            if (drawn.size() == 0) return;
            rows.put(zone.policy).put(zone.rule).put(zone.label).put(std::string(zone.counts ? "yes" : "no"));
            rows.put(std::string(part)).put(m2);
            shapes->add_copy(drawn, 0);
        };
        const MapZone all{"", "", "", "", "all adopted policies in force together", true, data_.all_zones};
        put(all, "breach", all.zone.breach, all.zone.breach_m2);
        put(all, "reach", all.zone.reach, all.zone.reach_m2);
        for (const MapZone& zone : data_.zones) {
            put(zone, "breach", zone.zone.breach, zone.zone.breach_m2);
            put(zone, "reach", zone.zone.reach, zone.zone.reach_m2);
        }
        add(rows, shapes, in_order(shapes->size()));
    }
    void areas() {
        if (!data_.areas || data_.areas->counts.days.empty()) return;
        const MapAreas& areas = *data_.areas;
        const std::size_t last = areas.counts.days.size() - 1;
        TableRows rows("areas");
        rows.texts("code").texts("name").texts("use").texts("period").wholes("outlets").numbers("population", 1);
        rows.numbers("rate").numbers("rate_lower").numbers("rate_upper").wholes("change");
        rows.table().shade = "rate";
        std::vector<std::uint32_t> shape_of;
        for (const DensityRow& row : areas.rows) {
            if (row.day != last || row.area == kNoArea) continue;
            rows.put(areas.code[row.area]).put(areas.name[row.area]);
            rows.put(std::string(word(areas.counts.uses[row.use]))).put(format_date(areas.counts.days[row.day]));
            rows.put(whole_of(row.outlets)).put(row.population).put(row.rate.value).put(row.rate.lower);
            rows.put(row.rate.upper).put(whole_of(row.change));
            shape_of.push_back(row.area);
        }
        add(rows, std::shared_ptr<const Shapes>(std::shared_ptr<const void>(), &areas.shapes), std::move(shape_of));
    }
    void base(bool lines) {
        TableRows rows(lines ? "base_lines" : "base_areas");
        rows.texts("layer").texts("kind").texts("name");
        rows.table().style = single_style(lines ? Symbol::line : Symbol::fill, kBase);
        const auto shapes = std::make_shared<Shapes>();
        for (const MapBase& base : data_.base)
            for (std::size_t i = 0; i < base.shapes.size(); ++i) {
                if (base.shapes.has_surface(i) == lines) continue;
                rows.put(base.layer).put(std::string(base.study_area ? "study area" : word(base.kind)));
                rows.put(i < base.name.size() ? base.name[i] : std::string());
                shapes->add_copy(base.shapes, i);
            }
        add(rows, shapes, in_order(shapes->size()));
    }

    const MapData& data_;
    MapLayers out_;
};

}  // namespace

MapLayers map_layers(const MapData& data) { return LayerTables(data).take(); }

}  // namespace geo
