// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change.h"
#include "libgeo/density/density_notes.h"
#include "libgeo/density/periods.h"
#include "libgeo/density/register_counts.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/lookup.h"
#include "libgeo/layers/streets.h"
#include "libgeo/map.h"
#include "libgeo/report/density_answer.h"
#include "libgeo/report/map_attributions.h"
#include "libgeo/report/map_cells.h"
#include "libgeo/report/map_proposals.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

constexpr std::size_t kMostPostcodes = 20'000;

std::vector<std::string> texts_of(const TextColumn& column) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < column.size(); ++i) texts.emplace_back(column[i]);
    return texts;
}

/// What fills a MapData, one subject after another. `left`: how many more features may be shown one by one.
class Gatherer {
  public:
    Gatherer(const MapRequest& request, MapWorld& world)
        : request_(request),
          world_(world),
          loaded_(*world.loaded),
          data_(world.data),
          cells_(0),
          left_(request.most_features) {}

    void gather() {
        data_.title = loaded_.study.title;
        data_.crs = loaded_.study.crs;
        data_.policies = loaded_.policies;
        data_.as_at = request_.on ? *request_.on : loaded_.study.as_at ? *loaded_.study.as_at : today();
        outlets();
        proposals();
        zones();
        places();
        show_outlets();
        units();
        base();
        extent();
        postcodes();
        if (!cells_.empty()) data_.grid = cells_.grid();
        record();
    }

  private:
    void say_gathered(std::uint64_t count, std::string_view one, std::string_view many) {
        data_.remarks.push_back(fmt::format(
            "{} are more than this map shows one by one ({} in all): they are counted by squares of a grid.",
            counted(count, one, many), grouped(request_.most_features)));
    }

    /// Premises, and the counts of `density` in the areas asked for.
    void outlets() {
        for (const OutletLayer& layer : loaded_.layers.outlets)
            world_.premises.push_back(premises_of(layer, loaded_.issues));
        UseSet there = 0;
        for (const Premises& layer : world_.premises)
            for (const UseSet uses : layer.uses) there = static_cast<UseSet>(there | uses);
        if ((there & ~use_bit(Use::unstated)) == 0) return;
        data_.days = days_to_count(request_.at, world_.premises, loaded_.study.as_at);
        data_.uses = uses_to_count({}, world_.premises);
        cells_ = MapCells(data_.days.size());
        const AreaLayer* areas = areas_asked_for();
        if (areas == nullptr) {
            data_.remarks.emplace_back(
                "Outlets are not counted by area: say with --by which layer of areas to count in.");
            return;
        }
        MapAreas& shaded = data_.areas.emplace();
        shaded.options.per = request_.per;
        shaded.layer = areas->facts.name;
        shaded.code = texts_of(areas->code);
        shaded.name = texts_of(areas->name);
        shaded.shapes = areas->shapes;
        shaded.counts =
            count_by_area(world_.premises, *areas, data_.days, data_.uses, request_.threads, loaded_.issues);
        shaded.rows = density_rows(shaded.counts, *areas, shaded.options);
        shaded.table = density_answer(shaded.rows, shaded.counts, *areas, shaded.options);
        shaded.table.shapes = nullptr;  // a MapData may be moved: whoever needs them points to shaded.shapes
        const std::vector<RegisterRow> registers = register_rows(world_.premises, shaded.counts);
        for (std::string& note : density_notes(
                 {shaded.counts, *areas, world_.premises, shaded.rows, registers, loaded_.issues, shaded.options}))
            data_.remarks.push_back(std::move(note));
    }

    const AreaLayer* areas_asked_for() const {
        const Layers& layers = loaded_.layers;
        if (request_.areas) return layers.area_layer(*request_.areas);
        const LayerSpec* only = nullptr;
        std::size_t count = 0;
        for (const LayerSpec& spec : loaded_.study.layers) {
            if (spec.kind != LayerKind::areas) continue;
            if (loaded_.study.area_layer == spec.name) return layers.area_layer(spec.name);
            only = &spec;
            ++count;
        }
        return count == 1 ? layers.area_layer(only->name) : nullptr;
    }

    void proposals() {
        if (!loaded_.has_proposals() || loaded_.policies.empty()) {
            data_.remarks.emplace_back(loaded_.has_proposals()
                                           ? "No policy is named, so no proposal is assessed and none is shown."
                                           : "The study has no proposals.");
            return;
        }
        loaded_.open_proposals();
        MapProposals sink(*loaded_.assessment, loaded_.proposals->kept_columns(), left_, data_, cells_);
        Sink* const sinks[] = {&sink};
        run(*loaded_.proposals, *loaded_.assessment, sinks, loaded_.issues, request_.progress);
        left_ -= data_.proposals.size();
        if (data_.proposals_in_all > data_.proposals.size())
            say_gathered(data_.proposals_in_all, "proposal", "proposals");
        for (const std::string& remark : loaded_.assessment->remarks()) data_.remarks.push_back(remark);
        for (const std::string& sentence : walking_method(*loaded_.assessment)) data_.remarks.push_back(sentence);
        for (const Policy& policy : loaded_.policies)
            for (const std::string& limb : policy.not_encoded)
                data_.remarks.push_back(policy.id + ": not tested here: " + prose(limb));
    }

    void zones() {
        if (loaded_.policies.empty()) return;
        ZoneOptions options;
        options.as_at = data_.as_at;
        options.threads = request_.threads;
        Zones zones = draw_zones(loaded_.policies, loaded_.layers, options);
        data_.zone_remarks = std::move(zones.remarks);
        data_.all_zones = std::move(zones.all);
        for (RuleZone& zone : zones.rules) data_.zones.push_back(labelled(std::move(zone)));
    }

    MapZone labelled(RuleZone&& zone) const {
        const Policy& policy = loaded_.policies[zone.policy];
        const Rule& rule = policy.rules[zone.rule];
        MapZone out;
        out.policy = policy.id;
        out.policy_title = policy.title;
        out.rule = rule.id;
        out.cite = cited(rule);
        out.counts = policy.status == Policy::Status::adopted;
        std::vector<std::string> layers;
        for (const LayerFilter& filter : layers_of(rule.measure)) layers.push_back(filter.layer);
        const bool distance = std::holds_alternative<DistanceMeasure>(rule.measure);
        out.label = fmt::format("{}: {} {}", out.cite, distance ? reach_words(rule) + " from" : "inside or outside",
                                join_words(layers, " or "));
        out.zone = std::move(zone);
        return out;
    }

    /// A proposed place is shown before it opens: zones are drawn around it.
    static bool there(const PlaceLayer& layer, std::size_t i, Date day) {
        if (layer.state[i] == PlaceState::unclear) return true;
        return (layer.opened[i] <= day || layer.state[i] == PlaceState::proposed) && day < layer.closed[i];
    }

    void places() {
        std::size_t count = 0;
        for (const PlaceLayer& layer : loaded_.layers.places)
            for (std::size_t i = 0; i < layer.size(); ++i) count += there(layer, i, data_.as_at) ? 1 : 0;
        const bool each = count <= left_;
        if (!each) say_gathered(count, "protected place", "protected places");
        for (const PlaceLayer& layer : loaded_.layers.places) {
            MapPlaces& out = data_.places.emplace_back();
            out.layer = layer.facts.name;
            for (std::size_t i = 0; i < layer.size(); ++i) {
                if (!there(layer, i, data_.as_at)) continue;
                if (!each) {
                    cells_.add_place(layer.centroids.has_location(i) ? layer.centroids.first_point(i)
                                                                     : layer.shapes.first_point(i));
                    continue;
                }
                out.id.emplace_back(layer.id[i]);
                out.name.emplace_back(layer.name[i]);
                out.kind.emplace_back(layer.kind[i]);
                out.state.push_back(layer.state[i]);
                out.point_only.push_back(layer.point_only[i]);
                out.shapes.add_copy(layer.shapes, i);
            }
        }
        if (each) left_ -= count;
    }

    void show_outlets() {
        std::size_t count = 0;
        for (const Premises& layer : world_.premises) count += layer.size();
        if (count <= left_) {
            left_ -= count;
            for (const Premises& layer : world_.premises) data_.outlets.push_back(spells_of(layer));
            return;
        }
        say_gathered(count, "outlet", "outlets");
        for (const Premises& layer : world_.premises) {
            for (std::size_t i = 0; i < layer.size(); ++i) {
                if (!layer.shapes.has_location(i)) continue;
                for (std::size_t day = 0; day < data_.days.size(); ++day)
                    if (layer.trades(i, data_.days[day])) cells_.add_outlet(layer.shapes.first_point(i), day);
            }
        }
    }

    static MapOutlets spells_of(const Premises& layer) {
        MapOutlets out;
        out.layer = layer.layer->facts.name;
        for (std::size_t i = 0; i < layer.size(); ++i) {
            out.id.emplace_back(layer.layer->id[layer.last_row[i]]);
            out.name.emplace_back(layer.layer->name[layer.last_row[i]]);
            out.opened.push_back(layer.opened[i].by);
            out.closed.push_back(layer.closed[i].by);
        }
        out.uses = layer.uses;
        out.unclear = layer.unclear;
        out.shapes = layer.shapes;
        return out;
    }

    void units() {
        std::size_t count = 0;
        for (const FrontageLayer& layer : loaded_.layers.frontages) count += layer.size();
        if (count == 0) return;
        if (count > left_) {
            data_.remarks.push_back(fmt::format("{} of frontages are not drawn: the map holds {} features.",
                                                counted(count, "unit"), grouped(request_.most_features)));
            return;
        }
        left_ -= count;
        for (const FrontageLayer& layer : loaded_.layers.frontages) {
            MapUnits& out = data_.units.emplace_back();
            out.layer = layer.facts.name;
            for (std::size_t i = 0; i < layer.size(); ++i) {
                if (layer.opened[i] > data_.as_at || layer.closed[i] <= data_.as_at) continue;
                out.id.emplace_back(layer.id[i]);
                out.name.emplace_back(layer.name[i]);
                out.frontage.emplace_back(layer.frontage_name[layer.frontage[i]].empty()
                                              ? layer.frontage_id[layer.frontage[i]]
                                              : layer.frontage_name[layer.frontage[i]]);
                out.use.push_back(layer.use[i]);
                out.state.emplace_back(state_word(layer.state[i]));
                out.shapes.add_copy(layer.shapes, i);
            }
        }
    }

    static std::string_view state_word(Occupancy state) {
        switch (state) {
            case Occupancy::observed:
                return "observed";
            case Occupancy::lawful:
                return "lawful";
            case Occupancy::permitted:
                return "permitted";
            case Occupancy::vacant_lawful:
                return "vacant, with a lawful use";
            case Occupancy::vacant:
                return "vacant";
        }
        return {};
    }

    /// Layers that some rule names as areas: those that exempt, or that it applies in.
    std::set<std::string> layers_of_policies() const {
        std::set<std::string> names;
        const auto add = [&](const std::optional<InsideCondition>& condition) {
            if (!condition) return;
            for (const LayerFilter& filter : condition->of) names.insert(filter.layer);
        };
        for (const Policy& policy : loaded_.policies) {
            for (const Rule& rule : policy.rules) {
                add(rule.unless.inside);
                add(rule.when.inside);
                for (const LayerFilter& filter : layers_of(rule.measure)) names.insert(filter.layer);
            }
        }
        return names;
    }

    void base() {
        const std::set<std::string> of_policies = layers_of_policies();
        for (StreetLayer& streets : streets_of_study()) {
            data_.base.push_back(
                {streets.name, LayerKind::streets, false, false, std::move(streets.names), std::move(streets.shapes)});
        }
        for (std::size_t k = 0; k < loaded_.layers.areas.size(); ++k) {
            const AreaLayer& layer = loaded_.layers.areas[k];
            const std::string& name = layer.facts.name;
            if (std::cmp_equal(k, loaded_.layers.study_area))
                data_.base.push_back({name, LayerKind::areas, true, false, {{}}, dissolved(layer.shapes)});
            if (name == "study area") continue;  // a file of its own
            data_.base.push_back(
                {name, LayerKind::areas, false, of_policies.contains(name), texts_of(layer.name), layer.shapes});
        }
    }

    std::vector<StreetLayer> streets_of_study() {
        Issues issues;
        std::vector<StreetLayer> streets = load_streets(loaded_.study, loaded_.options, issues);
        const auto& known = loaded_.issues.accounts();
        const auto read_before = [&](const StreetLayer& layer) {
            return std::any_of(known.begin(), known.end(),
                               [&](const RowAccount& account) { return account.layer == layer.name; });
        };
        // Where frontages break at side streets they are on record already.
        if (std::none_of(streets.begin(), streets.end(), read_before)) {
            loaded_.issues.merge(std::move(issues));
            for (const StreetLayer& layer : streets) street_files_.push_back(layer.file);
        }
        return streets;
    }

    void extent() {
        data_.extent = loaded_.layers.study_area_box();
        if (data_.extent) return;
        Box box = Box::empty();
        const auto add = [&](const Shapes& shapes) {
            for (std::size_t i = 0; i < shapes.size(); ++i)
                if (shapes.has_location(i)) box.add(shapes.box(i));
        };
        for (const MapPlaces& layer : data_.places) add(layer.shapes);
        for (const MapOutlets& layer : data_.outlets) add(layer.shapes);
        for (const MapBase& layer : data_.base) add(layer.shapes);
        add(data_.sites);
        for (const PlaceLayer& layer : loaded_.layers.places) add(layer.centroids);
        if (box.is_empty())
            throw UsageError(loaded_.study.file + ": nothing in the study has a place; there is no map");
        data_.extent = box;
    }

    void postcodes() {
        if (!loaded_.study.postcodes) return;
        for (auto& [code, at] : postcodes_within(loaded_.study, *data_.extent, kMostPostcodes, request_.grids))
            data_.postcodes.emplace_back(code, at);
        if (data_.postcodes.empty())
            data_.remarks.push_back(
                fmt::format("The map cannot be searched by every postcode: its look-up has none here, or more than {}.",
                            grouped(kMostPostcodes)));
    }

    void record() {
        if (loaded_.proposals) {
            loaded_.finish();
        } else {
            loaded_.issues.verify_accounts();
            loaded_.provenance = loaded_.record();
        }
        loaded_.provenance.files.insert(loaded_.provenance.files.end(), street_files_.begin(), street_files_.end());
        data_.provenance = loaded_.provenance;
        data_.as_at_words = loaded_.proposals ? loaded_.provenance.as_at : format_date(data_.as_at);
        data_.incomplete_words = incomplete_words(loaded_.issues);
        if (data_.areas) {
            const AreaCounts& counts = data_.areas->counts;
            const std::string outlets = incomplete_words(counts.without_location, counts.unclear, "area");
            data_.incomplete_words += (data_.incomplete_words.empty() || outlets.empty() ? "" : " ") + outlets;
        }
        data_.incomplete = !data_.incomplete_words.empty();
        data_.attributions = attributions_of(data_.provenance);
    }

    const MapRequest& request_;
    MapWorld& world_;
    LoadedStudy& loaded_;
    MapData& data_;
    MapCells cells_;
    std::size_t left_;
    std::vector<FileRecord> street_files_;
};

}  // namespace

MapWorld gather_map(const MapRequest& request) {
    const ThreadLimit limit(request.threads);
    MapWorld world;
    world.loaded = std::make_unique<LoadedStudy>(request, false);
    if (request.areas) expect_layer(world.loaded->study, LayerKind::areas, "--by", *request.areas);
    world.loaded->load(true);
    Gatherer(request, world).gather();
    return world;
}

}  // namespace geo
