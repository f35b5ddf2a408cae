// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/assess/fields.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/walking_network.h"
#include "libgeo/policy/policy.h"
#include "tests/support/shapes_of.h"

namespace geo::test {

inline Date day(int year, unsigned month, unsigned d) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

/// Layers, proposals and a policy made by hand, so that a test reads as a story. Coordinates in metres.
class SmallWorld {
  public:
    SmallWorld() {
        layers_.places.reserve(8);
        layers_.areas.reserve(8);
        facts_.name = "applications";
        facts_.accuracy_stated = true;
        facts_.site_radius = Metres{100};
    }

    PlaceLayer& places(const std::string& name, double accuracy = 0) {
        for (PlaceLayer& layer : layers_.places)
            if (layer.facts.name == name) return layer;
        PlaceLayer& layer = layers_.places.emplace_back();
        layer.facts.name = name;
        layer.facts.accuracy = Metres{accuracy};
        layer.facts.accuracy_stated = true;
        return layer;
    }
    /// The last shape of `shape` becomes a place.
    void place(const std::string& layer_name, const std::string& id, const Shapes& shape,
               const std::string& kind = "secondary", PlaceState state = PlaceState::open, Date opened = kBeforeRecords,
               Date closed = kNotEnded) {
        PlaceLayer& layer = places(layer_name);
        layer.id.add(id);
        layer.name.add(id + " School");
        layer.kind.add(kind);
        layer.shapes.add_copy(shape, 0);
        layer.entrances.add_nothing();
        const Point c = centroid(shape, 0);
        layer.centroids.add_point(c.x, c.y);
        layer.point_only.push_back(shape.has_surface(0) ? 0 : 1);
        layer.opened.push_back(opened);
        layer.closed.push_back(closed);
        layer.state.push_back(state);
    }
    /// Streets that meet at their ends. `band`: of walked distances; none: as for any study.
    void streets(const Shapes& lines, std::optional<double> band = 0.0, bool has_paths = true) {
        auto network = std::make_shared<WalkingNetwork>();
        network->name = "streets";
        network->has_paths = has_paths;
        if (band) network->band = Metres{*band};
        network->network = StreetNetwork(lines, NetworkOptions());
        network->usable.assign(network->network.links(), 1);
        layers_.walking = std::move(network);
    }
    /// Rebuilds the entrances of a layer: one list of points a place.
    void entrances(const std::string& layer_name, const std::vector<std::vector<Xy>>& gates) {
        PlaceLayer& layer = places(layer_name);
        layer.entrances.clear();
        for (const auto& of_place : gates) {
            for (const auto& [x, y] : of_place) layer.entrances.add_vertex(x, y);
            layer.entrances.end_part(PartKind::points);
            layer.entrances.end_shape();
        }
        layer.entrances_given = true;
    }
    void area(const std::string& layer_name, const std::string& code, const Shapes& shape, double accuracy = 0) {
        AreaLayer* layer = nullptr;
        for (AreaLayer& known : layers_.areas)
            if (known.facts.name == layer_name) layer = &known;
        if (layer == nullptr) {
            layer = &layers_.areas.emplace_back();
            layer->facts.name = layer_name;
        }
        layer->facts.accuracy = Metres{accuracy};
        layer->facts.accuracy_stated = true;
        layer->code.add(code);
        layer->name.add(code);
        layer->shapes.add_copy(shape, 0);
    }

    /// A frontage of units 1 to n, 6 m wide, eastwards from (0, 0): takeaways at the numbers given, shops elsewhere.
    FrontageLayer& frontage(int n, const std::set<int>& takeaways, const std::string& id = "F1", double y = 0,
                            const std::string& layer_name = "frontages") {
        FrontageLayer* layer = nullptr;
        for (FrontageLayer& known : layers_.frontages)
            if (known.facts.name == layer_name) layer = &known;
        if (layer == nullptr) {
            layers_.frontages.reserve(4);
            layer = &layers_.frontages.emplace_back();
            layer->facts.name = layer_name;
            layer->facts.accuracy = Metres{1};
            layer->facts.accuracy_stated = true;
            layer->first.push_back(0);
        }
        layer->frontage_id.add(id);
        layer->frontage_name.add(id == "F1" ? "High Street" : id);
        for (int k = 1; k <= n; ++k) add_unit(*layer, id, k, takeaways.contains(k), y);
        layer->first.push_back(static_cast<std::uint32_t>(layer->size()));
        return *layer;
    }
    /// Rows k and k + 1 (from 1) of a layer are one unit: the first is how it was until 2020, the second how it is since.
    static void one_unit_since_2020(FrontageLayer& layer, std::size_t k) {
        TextColumn id;
        for (std::size_t row = 0; row < layer.size(); ++row) id.add(layer.id[row == k ? k - 1 : row]);
        layer.id = std::move(id);
        layer.closed[k - 1] = layer.opened[k] = day(2020, 1, 1);
    }
    /// A change of use of unit k of the frontage at `y`, plotted on its point.
    std::uint32_t propose_unit(int k, double y = 0) { return propose(point(6.0 * k, y)); }

    /// A hot food takeaway, trading on [opened, closed). x that is no number: without a location.
    void outlet(double x, double y, double accuracy = 0, Date opened = kBeforeRecords, Date closed = kNotEnded,
                Use use = Use::hot_food_takeaway, const std::string& uprn = "") {
        if (layers_.outlets.empty()) layers_.outlets.emplace_back().facts.name = "takeaways";
        OutletLayer& layer = layers_.outlets.front();
        layer.facts.accuracy = Metres{accuracy};
        layer.facts.accuracy_stated = true;
        layer.id.add("O" + std::to_string(layer.size() + 1));
        layer.name.add("");
        layer.uprn.add(uprn);
        layer.postcode.add("");
        layer.address.add("");
        layer.authority.add("");
        layer.has_id.push_back(1);
        layer.row.push_back(static_cast<std::uint32_t>(layer.size() + 1));
        if (std::isnan(x))
            layer.shapes.add_nothing();
        else
            layer.shapes.add_point(x, y);
        layer.use.push_back(use);
        layer.uses.push_back(use_bit(use));
        layer.opened.push_back(opened);
        layer.closed.push_back(closed);
        layer.unclear.push_back(0);
        layer.snapshot.push_back(-1);
    }
    AreaLayer& areas(const std::string& layer_name) {
        for (AreaLayer& known : layers_.areas)
            if (known.facts.name == layer_name) return known;
        throw std::out_of_range(layer_name);
    }
    /// What the application says of itself: `field(row, "floorspace", "120")`.
    void field(std::uint32_t row, const std::string& name, const std::string& value) { fields_[name][row] = value; }

    /// A proposal for a hot food takeaway. Returns its row.
    std::uint32_t propose(const Shapes& site, Date decided = kBeforeRecords, Use use = Use::hot_food_takeaway,
                          Use existing = Use::unstated) {
        const auto row = static_cast<std::uint32_t>(batch_.row.size());
        batch_.row.push_back(row + 2);
        batch_.reference.push_back(references_.emplace_back("24/" + std::to_string(row + 1)));
        batch_.name.emplace_back("");
        batch_.use.push_back(use);
        batch_.existing_use.push_back(existing);
        batch_.use_note.emplace_back();
        batch_.nothing_changes.push_back(0);
        batch_.uprn.emplace_back();
        batch_.unit.emplace_back();
        batch_.street.emplace_back();
        batch_.adds_unit.push_back(0);
        batch_.received.push_back(kBeforeRecords);
        batch_.decided.push_back(decided);
        if (site.size() == 0)
            batch_.shapes.add_nothing();
        else
            batch_.shapes.add_copy(site, 0);
        batch_.site_of.push_back(row);
        batch_.read = row + 1;
        return row;
    }

    void policy(const std::string& rules, const std::string& head = "") {
        policies_.push_back(
            read_policy("[policy]\nid = \"test\"\ntitle = \"Test\"\nauthority = \"Fernhill\"\nstatus = \"adopted\"\n"
                        "kind = \"spd\"\nsource = \"none\"\n" +
                            head + rules,
                        "test.toml", layer_names()));
    }
    /// `rule("<= 400 m", "unless = …")`: one rule R1 to schools from their boundary.
    void rule(const std::string& breach, const std::string& more = "",
              const std::string& distance = "to = [\"schools\"], from = \"boundary\"") {
        policy("[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { " + distance + " }\nbreach = \"" + breach + "\"\n" +
               (more.find("outcome") == std::string::npos ? "outcome = \"refuse\"\n" : "") + more + "\n");
    }

    const Assessed& assess(AssessOptions options = {}) {
        if (!options.study_as_at) options.study_as_at = day(2024, 6, 1);
        fill_fields();
        assessment_ = std::make_unique<Assessment>(policies_, layers_, std::span(&facts_, 1), options);
        assessed_ = assessment_->assess(batch_);
        return assessed_;
    }
    const Finding& finding(std::uint32_t row = 0, std::size_t slot = 0) const { return assessed_.findings[slot][row]; }
    /// Assesses and gives the verdict of a row.
    std::string verdict(std::uint32_t row = 0) {
        assess();
        return std::string(word(assessed_.verdicts[row].result));
    }

    const std::vector<Policy>& assessment_policies() const { return policies_; }
    void set_policies(std::vector<Policy> policies) { policies_ = std::move(policies); }
    Layers& layers() { return layers_; }
    LayerFacts& proposals() { return facts_; }
    ProposalBatch& batch() { return batch_; }
    const Assessment& assessment() const { return *assessment_; }

  private:
    static void add_unit(FrontageLayer& layer, const std::string& id, int k, bool takeaway, double y) {
        const Use use = takeaway ? Use::hot_food_takeaway : Use::shop;
        layer.id.add((id == "F1" ? "" : id + "-") + std::to_string(k));
        layer.name.add("");
        layer.uprn.add("");
        layer.street.add("High Street");
        layer.number.add(std::to_string(k));
        layer.use.push_back(use);
        layer.uses.push_back(use_bit(use));
        layer.state.push_back(Occupancy::observed);
        layer.opened.push_back(kBeforeRecords);
        layer.closed.push_back(kNotEnded);
        layer.metres.push_back(6.0);
        layer.along.push_back(k);
        layer.shapes.add_point(6.0 * k, y);
        layer.break_before.push_back(0);
        layer.frontage.push_back(static_cast<std::uint32_t>(layer.frontage_id.size() - 1));
    }
    void fill_fields() {
        batch_.fields.clear();
        for (const std::string& name : application_fields(policies_)) {
            auto& column = batch_.fields.emplace_back(batch_.size());
            for (const auto& [row, value] : fields_[name]) column[row] = value;
        }
    }

    std::vector<std::string> layer_names() const {
        std::vector<std::string> names;
        for (const PlaceLayer& layer : layers_.places) names.push_back(layer.facts.name);
        for (const AreaLayer& layer : layers_.areas) names.push_back(layer.facts.name);
        return names;
    }

    Layers layers_;
    LayerFacts facts_;
    ProposalBatch batch_;
    std::list<std::string> references_;
    std::map<std::string, std::map<std::uint32_t, std::string>> fields_;
    std::vector<Policy> policies_;
    std::unique_ptr<Assessment> assessment_;
    Assessed assessed_;
};

/// Two wards side by side, with the share of children who are obese: 9 % in 2019, and as given in 2023.
inline SmallWorld wards(const std::string& west, const std::string& east, double accuracy = 0) {
    SmallWorld world;
    world.area("wards", "W1", rectangle(0, 0, 1000, 1000), accuracy);
    world.area("wards", "W2", rectangle(1000, 0, 2000, 1000), accuracy);
    world.areas("wards").by_year["year6"] = {{2019, {"9.0", "9.0"}}, {2023, {west, east}}};
    return world;
}

}  // namespace geo::test
