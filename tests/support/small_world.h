// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/geometry/distance.h"
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
    std::vector<Policy> policies_;
    std::unique_ptr<Assessment> assessment_;
    Assessed assessed_;
};

}  // namespace geo::test
