// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "libgeo/base/text.h"
#include "libgeo/report/map_columns.h"
#include "libgeo/report/map_geometry.h"
#include "libgeo/report/map_page.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

// Beyond so many vertices the page would take seconds to open: what is left is not drawn, and the page says so.
constexpr std::size_t kMostVertices = 600'000;

std::string day_text(Date day) { return format_date(day); }

/// Writes the page's data, one member after another.
class MapJson : MapColumns {
  public:
    MapJson(const MapData& data, const MapTiles& tiles, const GridFolders& grids)
        : data_(data), tiles_(tiles), geometry_(*data.crs, grids) {}

    std::string make() {
        json_.begin_object();
        json_.integer("format", 1);
        head();
        policies();
        places();
        zones();
        outlets();
        areas();
        proposals();
        findings();
        grid();
        units();
        base();
        postcodes();
        foot();
        put_texts();
        json_.end_object();
        return std::move(out_);
    }

  private:
    bool room_for(const Shapes& shapes) {
        if (shapes.vertices() > vertices_left_) return false;
        vertices_left_ -= shapes.vertices();
        return true;
    }

    void head() {
        json_.text("title", printable(data_.title, 200));
        json_.text("asAt", format_date(data_.as_at));
        json_.text("asAtLong", format_date_long(data_.as_at));
        json_.text("asAtWords", data_.as_at_words);
        json_.text("crs", data_.crs->code());
        if (data_.extent) geometry_.put_bounds(json_, "bounds", *data_.extent);
        json_.text("incomplete", printable(data_.incomplete_words, 400));
        if (!tiles_.url.empty()) {
            json_.begin_object("tiles");
            json_.text("url", tiles_.url);
            json_.text("attribution", printable(tiles_.attribution, 400));
            json_.end_object();
        }
        json_.begin_array("results");
        for (std::uint8_t k = 0; k < 7; ++k) json_.text({}, word(static_cast<Result>(k)));
        json_.end_array();
        json_.begin_array("verdicts");
        for (const std::uint64_t count : data_.verdicts) json_.integer({}, static_cast<std::int64_t>(count));
        json_.end_array();
        json_.integer("proposalsInAll", static_cast<std::int64_t>(data_.proposals_in_all));
    }

    void policies() {
        json_.begin_array("policies");
        for (const Policy& policy : data_.policies) {
            json_.begin_object();
            json_.text("id", printable(policy.id, 200));
            json_.text("title", printable(policy.title, 300));
            json_.text("status", word(policy.status));
            json_.begin_array("rules");
            for (const Rule& rule : policy.rules) {
                json_.begin_object();
                json_.text("id", printable(rule.id, 200));
                json_.text("cite", printable(cited(rule), 300));
                json_.text("text", prose(rule.text));
                json_.end_object();
            }
            json_.end_array();
            json_.end_object();
        }
        json_.end_array();
    }

    void places() {
        json_.begin_array("places");
        for (const MapPlaces& layer : data_.places) {
            json_.begin_object();
            json_.text("layer", printable(layer.layer, 100));
            columns("id", layer.id);
            columns("name", layer.name);
            columns("kind", layer.kind);
            texts("state", layer.state, [](PlaceState state) -> std::string_view {
                return state == PlaceState::open ? "open" : state == PlaceState::proposed ? "proposed" : "not clear";
            });
            geometry_.put(json_, "shapes", layer.shapes);
            json_.end_object();
        }
        json_.end_array();
    }

    void zone_shapes(const RuleZone& zone) {
        json_.integer("places", static_cast<std::int64_t>(zone.places));
        json_.number("reachKm2", zone.reach_m2 / 1e6, 3);
        json_.number("breachKm2", zone.breach_m2 / 1e6, 3);
        for (const auto& [key, shapes] : {std::pair{"reach", &zone.reach}, std::pair{"breach", &zone.breach}}) {
            if (room_for(*shapes))
                geometry_.put(json_, key, *shapes);
            else
                not_drawn_.emplace_back("zones");
        }
    }

    void zones() {
        json_.begin_object("zones");
        if (data_.all_zones.reach.size() != 0 || data_.all_zones.breach.size() != 0) {
            json_.begin_object("all");
            zone_shapes(data_.all_zones);
            json_.end_object();
        }
        json_.begin_array("rules");
        for (const MapZone& zone : data_.zones) {
            json_.begin_object();
            json_.text("policy", printable(zone.policy, 200));
            json_.text("policyTitle", printable(zone.policy_title, 300));
            json_.text("rule", printable(zone.rule, 200));
            json_.text("label", printable(zone.label, 300));
            json_.boolean("counts", zone.counts);
            zone_shapes(zone.zone);
            json_.end_object();
        }
        json_.end_array();
        words("remarks", data_.zone_remarks);
        json_.end_object();
    }

    /// Which of the days is the first that is not before `day`.
    std::int64_t day_index(Date day) const {
        return std::lower_bound(data_.days.begin(), data_.days.end(), day) - data_.days.begin();
    }

    /// Bit k: the k-th of the uses that are shown.
    std::int64_t bits_of(UseSet uses) const {
        std::int64_t bits = 0;
        for (std::size_t k = 0; k < data_.uses.size(); ++k)
            if ((uses & use_bit(data_.uses[k])) != 0) bits |= std::int64_t{1} << k;
        return bits;
    }

    void outlets() {
        json_.begin_array("days");
        for (const Date day : data_.days) json_.text({}, format_date(day));
        json_.end_array();
        json_.begin_array("uses");
        for (const Use use : data_.uses) json_.text({}, word(use));
        json_.end_array();
        json_.begin_array("outlets");
        for (const MapOutlets& layer : data_.outlets) {
            json_.begin_object();
            json_.text("layer", printable(layer.layer, 100));
            columns("id", layer.id);
            columns("name", layer.name);
            wholes("uses", layer.uses, [this](UseSet uses) { return bits_of(uses); });
            texts("opened", layer.opened, day_text);
            texts("closed", layer.closed, day_text);
            wholes("from", layer.opened, [this](Date day) { return day_index(day); });
            wholes("until", layer.closed, [this](Date day) { return day_index(day); });
            wholes("unclear", layer.unclear, [](std::uint8_t unclear) { return unclear; });
            geometry_.put(json_, "shapes", layer.shapes);
            json_.end_object();
        }
        json_.end_array();
    }

    void table_column(const TableColumn& column) {
        json_.begin_array(column.name);
        for (const double value : column.numbers) json_.number({}, value, column.decimals);
        for (const std::int64_t value : column.wholes) {
            if (value == kNoWhole)
                json_.null({});
            else
                json_.integer({}, value);
        }
        for (const std::string& text : column.texts) json_.integer({}, number_of(text));
        json_.end_array();
    }

    void areas() {
        if (!data_.areas) return;
        const MapAreas& areas = *data_.areas;
        json_.begin_object("areas");
        json_.text("layer", printable(areas.layer, 100));
        json_.shortest("per", areas.options.per);
        json_.shortest("confidence", areas.options.confidence);
        columns("code", areas.code);
        columns("name", areas.name);
        if (room_for(areas.shapes))
            geometry_.put(json_, "shapes", areas.shapes);
        else
            not_drawn_.push_back(areas.layer);
        json_.begin_object("rows");
        wholes("area", areas.rows,
               [](const DensityRow& row) { return row.area == kNoArea ? std::int64_t{-1} : std::int64_t{row.area}; });
        wholes("useIndex", areas.rows, [](const DensityRow& row) { return row.use; });
        wholes("dayIndex", areas.rows, [](const DensityRow& row) { return row.day; });
        for (const TableColumn& column : areas.table.columns) {
            const bool said = column.name == "area_code" || column.name == "area_name" || column.name == "use" ||
                              column.name == "period" || column.name == "per";
            if (!said) table_column(column);
        }
        json_.end_object();
        json_.end_object();
    }

    void proposals() {
        const auto& rows = data_.proposals;
        const auto text = [&](std::string_view key, auto member) {
            texts(
                key, rows, [member](const MapProposal& row) -> const auto& { return row.*member; });
        };
        json_.begin_object("proposals");
        text("reference", &MapProposal::reference);
        text("name", &MapProposal::name);
        texts("use", rows, [](const MapProposal& row) { return plain_words(row.use); });
        texts("asAt", rows, [](const MapProposal& row) { return format_date(row.as_at); });
        texts("decided", rows, [](const MapProposal& row) { return format_date(row.decided); });
        wholes("verdict", rows, [](const MapProposal& row) { return static_cast<int>(row.verdict); });
        wholes("triggered", rows, [](const MapProposal& row) { return row.triggered ? 1 : 0; });
        wholes("deciding", rows, [](const MapProposal& row) { return row.deciding; });
        wholes("findings", rows, [](const MapProposal& row) { return row.findings.size(); });
        text("outcome", &MapProposal::outcome);
        text("why", &MapProposal::why);
        text("triggers", &MapProposal::triggers);
        text("nearestLayer", &MapProposal::nearest_layer);
        text("nearestId", &MapProposal::nearest_id);
        text("nearestName", &MapProposal::nearest_name);
        cells("nearestM", rows, [](const MapProposal& row) -> const std::string& { return row.nearest_m; });
        wholes("nearestWalked", rows, [](const MapProposal& row) { return row.nearest_walked ? 1 : 0; });
        words("keptNames", data_.kept);
        json_.begin_array("kept");
        for (std::size_t k = 0; k < data_.kept.size(); ++k)
            texts({}, rows, [k](const MapProposal& row) -> const std::string& { return row.kept[k]; });
        json_.end_array();
        std::vector<Point> points;
        for (const MapProposal& row : rows) points.push_back(row.at);
        geometry_.put_points(json_, "x", "y", points);
        geometry_.put_but_points(json_, "sites", data_.sites);
        json_.end_object();
    }

    void findings() {
        std::vector<std::reference_wrapper<const MapFinding>> rows;
        for (const MapProposal& proposal : data_.proposals)
            rows.insert(rows.end(), proposal.findings.begin(), proposal.findings.end());
        const auto text = [&](std::string_view key, auto member) {
            texts(
                key, rows, [member](const MapFinding& row) -> const auto& { return row.*member; });
        };
        const auto cell = [&](std::string_view key, auto member) {
            cells(
                key, rows, [member](const MapFinding& row) -> const auto& { return row.*member; });
        };
        json_.begin_object("findings");
        text("policy", &MapFinding::policy);
        text("policyStatus", &MapFinding::policy_status);
        text("rule", &MapFinding::rule);
        text("cite", &MapFinding::cite);
        wholes("result", rows, [](const MapFinding& row) { return static_cast<int>(row.result); });
        wholes("counts", rows, [](const MapFinding& row) { return row.counts ? 1 : 0; });
        text("sentence", &MapFinding::sentence);
        text("layer", &MapFinding::layer);
        text("placeId", &MapFinding::place_id);
        text("place", &MapFinding::place);
        text("measuredWords", &MapFinding::measured_words);
        cell("measured", &MapFinding::measured);
        cell("limit", &MapFinding::limit);
        text("unit", &MapFinding::unit);
        cell("margin", &MapFinding::margin);
        cell("tolerance", &MapFinding::tolerance);
        text("from", &MapFinding::from);
        text("siteFrom", &MapFinding::site_from);
        text("exemptBy", &MapFinding::exempt_by);
        text("outcome", &MapFinding::outcome);
        wholes("walked", rows, [](const MapFinding& row) { return row.walked ? 1 : 0; });
        text("startKind", &MapFinding::start_kind);
        cell("accessPlace", &MapFinding::access_place);
        cell("along", &MapFinding::along);
        cell("accessSite", &MapFinding::access_site);
        ends(rows);
        ways(rows);
        json_.end_object();
    }

    /// The ways of walks, three lines each; 0 for all else.
    void ways(const std::vector<std::reference_wrapper<const MapFinding>>& rows) {
        Shapes all;
        for (const MapFinding& row : rows) {
            if (row.way.size() == 0)
                all.add_nothing();
            else
                all.add_copy(row.way, 0);
        }
        if (room_for(all))
            geometry_.put(json_, "ways", all);
        else
            not_drawn_.emplace_back("the ways of walks");
    }

    /// The two ends of what was measured, for findings with a line.
    void ends(const std::vector<std::reference_wrapper<const MapFinding>>& rows) {
        std::vector<Point> sites, places;
        constexpr Point kNowhere{kNotMeasured, kNotMeasured};
        for (const MapFinding& row : rows) {
            sites.push_back(row.line ? row.site : kNowhere);
            places.push_back(row.line ? row.at_place : kNowhere);
        }
        geometry_.put_points(json_, "siteX", "siteY", sites);
        geometry_.put_points(json_, "placeX", "placeY", places);
    }

    void grid() {
        if (data_.grid.cells.empty()) return;
        const auto& rows = data_.grid.cells;
        const double size = data_.grid.size_m;
        Shapes squares;
        for (const MapCell& cell : rows) {
            const double x = static_cast<double>(cell.column) * size, y = static_cast<double>(cell.row) * size;
            for (const Point& p :
                 {Point{x, y}, Point{x + size, y}, Point{x + size, y + size}, Point{x, y + size}, Point{x, y}})
                squares.add_vertex(p.x, p.y);
            squares.end_part(PartKind::ring);
            squares.end_shape();
        }
        json_.begin_object("grid");
        json_.shortest("size", size);
        wholes("easting", rows, [size](const MapCell& cell) { return static_cast<double>(cell.column) * size; });
        wholes("northing", rows, [size](const MapCell& cell) { return static_cast<double>(cell.row) * size; });
        wholes("places", rows, [](const MapCell& cell) { return cell.places; });
        json_.begin_array("verdicts");
        for (std::size_t k = 0; k < 7; ++k) wholes({}, rows, [k](const MapCell& cell) { return cell.verdicts[k]; });
        json_.end_array();
        json_.begin_array("outlets");
        for (std::size_t day = 0; day < data_.days.size(); ++day)
            wholes({}, rows, [day](const MapCell& cell) { return cell.outlets[day]; });
        json_.end_array();
        geometry_.put(json_, "shapes", squares);
        json_.end_object();
    }

    void units() {
        json_.begin_array("units");
        for (const MapUnits& layer : data_.units) {
            json_.begin_object();
            json_.text("layer", printable(layer.layer, 100));
            columns("id", layer.id);
            columns("name", layer.name);
            columns("frontage", layer.frontage);
            columns("state", layer.state);
            texts("use", layer.use, [](Use use) { return plain_words(use); });
            geometry_.put(json_, "shapes", layer.shapes);
            json_.end_object();
        }
        json_.end_array();
    }

    void base() {
        json_.begin_array("base");
        for (const MapBase& layer : data_.base) {
            if (data_.areas && layer.layer == data_.areas->layer && !layer.study_area) continue;  // they are there
            if (!room_for(layer.shapes)) {
                not_drawn_.push_back(layer.layer);
                continue;
            }
            json_.begin_object();
            json_.text("layer", printable(layer.layer, 100));
            json_.boolean("streets", layer.kind == LayerKind::streets);
            json_.boolean("studyArea", layer.study_area);
            json_.boolean("ofPolicy", layer.of_policy);
            columns("name", layer.name);
            geometry_.put(json_, "shapes", layer.shapes);
            json_.end_object();
        }
        json_.end_array();
    }

    void postcodes() {
        json_.begin_object("postcodes");
        json_.begin_array("code");
        for (const auto& [code, at] : data_.postcodes) json_.text({}, code);
        json_.end_array();
        std::vector<Point> points;
        for (const auto& [code, at] : data_.postcodes) points.push_back(at);
        geometry_.put_points(json_, "x", "y", points);
        json_.end_object();
    }

    void foot() {
        std::vector<std::string> remarks = data_.remarks;
        for (const std::string& layer : not_drawn_)
            remarks.push_back(fmt::format("Not drawn, because the page would be too large to open: {}.", layer));
        words("remarks", remarks);
        json_.begin_array("attributions");
        for (const MapAttribution& line : data_.attributions) {
            json_.begin_object();
            json_.text("layers", printable(line.layers, 400));
            json_.text("text", printable(line.text, 400));
            json_.text("licence", printable(line.licence, 200));
            json_.text("dates", printable(line.dates, 400));
            json_.end_object();
        }
        json_.end_array();
        json_.begin_object("provenance");
        json_.text("program", data_.provenance.program + " " + data_.provenance.version);
        json_.text("study", printable(data_.provenance.study_file, 200));
        json_.text("sha256", data_.provenance.study_sha256);
        json_.begin_array("files");
        for (const FileRecord& file : data_.provenance.files) {
            json_.begin_object();
            json_.text("layer", printable(file.layer, 100));
            json_.text("file", printable(file.file, 200));
            json_.text("sha256", file.sha256);
            json_.text("date", file.date);
            json_.integer("rows", static_cast<std::int64_t>(file.rows_read));
            json_.integer("used", static_cast<std::int64_t>(file.rows_used));
            json_.end_object();
        }
        json_.end_array();
        json_.end_object();
    }

    const MapData& data_;
    const MapTiles& tiles_;
    MapGeometry geometry_;
    std::size_t vertices_left_ = kMostVertices;
    std::vector<std::string> not_drawn_;
};

}  // namespace

std::string map_json(const MapData& data, const MapTiles& tiles, const GridFolders& grids) {
    return MapJson(data, tiles, grids).make();
}

}  // namespace geo
