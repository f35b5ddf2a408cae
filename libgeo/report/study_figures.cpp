// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/study_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/report/figure_looks.h"
#include "libgeo/report/outputs.h"
#include "libgeo/report/study_shades.h"
#include "libgeo/report/words.h"
#include "libgeo/report/writers.h"

namespace geo {
namespace {

constexpr const char* kDrawing = "Drawing: verdicts are measured, not read off this map.";
constexpr std::size_t kMostOutlines = 60;  // of areas beneath; more are a grey mesh

std::shared_ptr<const Shapes> copy_of(const Shapes& shapes) { return std::make_shared<const Shapes>(shapes); }

/// Makes one figure, layer by layer from below, and remembers whose data it shows.
class Drawing {
  public:
    Drawing(const MapData& data, const StudyFigureOptions& options) : data_(data), options_(options) {
        figure_.extent = data.extent;
        figure_.title = data.title;
    }

    Figure zones() {
        const Date day = options_.day.value_or(data_.as_at);
        base();
        zone_layers();
        place_layers();
        outlines(true);
        outlets(day);
        figure_.subtitle = (has_zones() ? "Exclusion zones of " + policy_words() + ", and o" : "O") +
                           "utlets in trade on " + format_date_long(day);
        figure_.as_at = format_date_long(day);
        if (day != data_.as_at) figure_.as_at += "; zones " + format_date_long(data_.as_at);
        figure_.notes = {kDrawing};
        return take();
    }
    Figure proposals() {
        base();
        zone_layers();
        place_layers();
        outlines(true);
        proposal_marks();
        figure_.subtitle = "Proposals by verdict, and exclusion zones of " + policy_words();
        figure_.as_at = format_date_long(data_.as_at);
        figure_.notes = {kDrawing, "Verdicts as at " + data_.as_at_words + "."};
        return take();
    }
    Figure shaded(const AreaShades& shades) {
        FigureLayer layer;
        layer.heading = shades.heading;
        layer.shapes = copy_of(*shades.shapes);
        layer.classes = shades.classes;
        layer.shape = shades.shape;
        layer.of = shades.of;
        layer.names = shades.names;
        figure_.layers.push_back(std::move(layer));
        drawn_.insert(data_.areas->layer);
        if (shades.of_residents) drawn_.insert(data_.areas->layer + ".population");
        for (const MapOutlets& outlets : data_.outlets) drawn_.insert(outlets.layer);
        outlines(false);
        figure_.subtitle = shades.subtitle;
        figure_.as_at = shades.as_at;
        figure_.notes = shades.notes;
        return take();
    }

  private:
    bool has_zones() const { return data_.all_zones.breach.size() > 0 || data_.all_zones.reach.size() > 0; }

    std::string policy_words() const {
        std::vector<std::string> titles;
        for (const MapZone& zone : data_.zones)
            if (zone.counts && std::find(titles.begin(), titles.end(), zone.policy_title) == titles.end())
                titles.push_back(zone.policy_title);
        return titles.empty() ? "the policies" : join_words(titles);
    }

    /// All shapes of a layer in one look.
    FigureLayer& plain(const Shapes& shapes, std::string label, const FigureStyle& style) {
        FigureLayer& layer = figure_.layers.emplace_back();
        layer.shapes = copy_of(shapes);
        layer.classes = {{std::move(label), style}};
        for (std::size_t i = 0; i < shapes.size(); ++i) layer.shape.push_back(static_cast<std::uint32_t>(i));
        layer.of.assign(shapes.size(), 0);
        return layer;
    }

    /// Streets, and the areas that some rule names.
    void base() {
        std::size_t last = 0;
        for (const MapBase& base : data_.base) {
            const bool streets = base.kind == LayerKind::streets;
            if (!streets && (!base.of_policy || base.shapes.size() > kMostOutlines)) continue;
            plain(base.shapes, layer_words(base.layer), streets ? street_look() : base_look(tint_++));
            drawn_.insert(base.layer);
            last = figure_.layers.size();
        }
        if (last > 0) figure_.layers[last - 1].heading = "Also shown";
    }
    /// Over what lies beneath: the outlines and names of the areas that are counted in, and the edge of the study area.
    void outlines(bool areas) {
        if (areas && data_.areas && data_.areas->size() <= kMostOutlines) {
            FigureLayer& layer = plain(data_.areas->shapes, layer_words(data_.areas->layer), area_look());
            layer.names = data_.areas->name;
            drawn_.insert(data_.areas->layer);
        }
        for (const MapBase& base : data_.base) {
            if (!base.study_area) continue;
            plain(base.shapes.size() > 1 ? dissolved(base.shapes) : base.shapes, "Study area", study_area_look());
            drawn_.insert(base.layer);
            figure_.layers.back().heading = "Boundaries";
        }
    }
    void zone_layers() {
        if (!has_zones()) return;
        plain(data_.all_zones.reach, "Within a rule's distance, exemptions aside", reach_look());
        plain(data_.all_zones.breach, "Where a proposal would breach", zone_look());
        figure_.layers.back().heading = "Exclusion zones (drawings)";
    }
    void place_layers() {
        std::size_t number = 0;
        for (const MapPlaces& places : data_.places) {
            plain(places.shapes, layer_words(places.layer), place_look(places.layer, number++));
            drawn_.insert(places.layer);
        }
        if (!data_.places.empty()) figure_.layers.back().heading = "Protected places";
    }
    void outlets(Date day) {
        std::map<Use, FigureLayer> by_use;
        for (const MapOutlets& outlets : data_.outlets) {
            const auto shapes = copy_of(outlets.shapes);
            for (const Use use : data_.uses) {
                FigureLayer layer;
                layer.shapes = shapes;
                for (std::size_t i = 0; i < outlets.size(); ++i)
                    if (outlets.trades(i, day) && (outlets.uses[i] & use_bit(use)) != 0)
                        layer.shape.push_back(static_cast<std::uint32_t>(i));
                if (layer.shape.empty()) continue;
                layer.of.assign(layer.shape.size(), 0);
                const bool again = shown_.contains(use);
                layer.classes = {{again ? std::string() : capital(plain_words(use)), use_look(use)}};
                shown_.insert(use);
                drawn_.insert(outlets.layer);
                figure_.layers.push_back(std::move(layer));
            }
        }
        if (!shown_.empty()) figure_.layers.back().heading = "Outlets";
    }
    void proposal_marks() {
        FigureLayer layer;
        layer.heading = "Proposals";
        const auto shapes = std::make_shared<Shapes>();
        for (const MapProposal& proposal : data_.proposals) {
            if (!std::isfinite(proposal.at.x) || !std::isfinite(proposal.at.y)) continue;
            layer.shape.push_back(static_cast<std::uint32_t>(shapes->size()));
            layer.of.push_back(static_cast<std::uint8_t>(proposal.verdict));
            shapes->add_point(proposal.at.x, proposal.at.y);
        }
        layer.shapes = shapes;
        for (std::size_t k = 0; k < data_.verdicts.size(); ++k) {
            const auto result = static_cast<Result>(k);
            const bool there = std::find(layer.of.begin(), layer.of.end(), k) != layer.of.end();
            layer.classes.push_back({there ? verdict_words(result) : std::string(), verdict_look(result)});
        }
        figure_.layers.push_back(std::move(layer));
        for (const FileRecord& file : data_.provenance.files)
            if (!is_layer_of_map(file.layer)) drawn_.insert(file.layer);
    }
    bool is_layer_of_map(const std::string& layer) const {
        const std::string whole = layer.substr(0, layer.find('.'));  // `schools.entrances` goes with the schools
        const auto named = [&](const auto& one) { return one.layer == whole; };
        return std::any_of(data_.places.begin(), data_.places.end(), named) ||
               std::any_of(data_.outlets.begin(), data_.outlets.end(), named) ||
               std::any_of(data_.units.begin(), data_.units.end(), named) ||
               std::any_of(data_.base.begin(), data_.base.end(), named) || (data_.areas && whole == data_.areas->layer);
    }

    /// `schools, parks: Contains … (Open Government Licence v3.0)`, of every file of the layers drawn.
    void attribute() {
        std::vector<std::pair<std::string, std::vector<std::string>>> by_words;
        for (const FileRecord& file : data_.provenance.files) {
            if (!drawn_.contains(file.layer)) continue;
            std::string words = file.attribution;
            while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
            if (!file.licence.empty() && words.find(file.licence) == std::string::npos)
                words += words.empty() ? "licence: " + file.licence : " (" + file.licence + ")";
            if (words.empty()) words = "the study states no licence and no attribution";
            auto found =
                std::find_if(by_words.begin(), by_words.end(), [&](const auto& one) { return one.first == words; });
            if (found == by_words.end()) found = by_words.insert(by_words.end(), {words, {}});
            const std::string name = layer_words(file.layer);
            if (std::find(found->second.begin(), found->second.end(), name) == found->second.end())
                found->second.push_back(name);
        }
        for (const auto& [words, layers] : by_words)
            figure_.attribution.push_back(join_words(layers) + ": " + words + ".");
        if (!options_.os_licence.empty())
            figure_.attribution.push_back("Ordnance Survey licence number " + options_.os_licence + ".");
    }

    Figure take() {
        attribute();
        if (data_.incomplete) figure_.notes.emplace_back("Incomplete: rows without a usable location are not drawn.");
        return std::move(figure_);
    }

    const MapData& data_;
    const StudyFigureOptions& options_;
    Figure figure_;
    std::set<std::string> drawn_;
    std::set<Use> shown_;
    std::size_t tint_ = 0;
};

bool any_outlet(const MapData& data) {
    return std::any_of(data.outlets.begin(), data.outlets.end(), [](const MapOutlets& o) { return o.size() > 0; });
}

}  // namespace

std::string_view word(StudyFigure what) {
    switch (what) {
        case StudyFigure::zones:
            return "zones";
        case StudyFigure::proposals:
            return "proposals";
        case StudyFigure::rate:
            return "rate";
        case StudyFigure::change:
            return "change";
    }
    return {};
}

std::string no_figure(const MapData& data, StudyFigure what, const StudyFigureOptions& options) {
    switch (what) {
        case StudyFigure::zones:
            if (!any_outlet(data) && data.places.empty() && data.base.empty())
                return "the study has no places, outlets or areas to draw";
            return {};
        case StudyFigure::proposals:
            if (data.proposals_in_all == 0) return "the study has no proposals";
            return data.proposals.empty() ? "there are too many proposals to draw each" : "";
        case StudyFigure::rate:
            return no_rate_shades(data, options.use);
        case StudyFigure::change:
            if (options.change == nullptr) return "outlets were counted on no two days";
            return no_change_shades(*options.change, options.use);
    }
    return {};
}

Figure study_figure(const MapData& data, StudyFigure what, const StudyFigureOptions& options) {
    if (const std::string why_not = no_figure(data, what, options); !why_not.empty())
        throw std::logic_error("a figure that cannot be: " + why_not);
    Drawing drawing(data, options);
    switch (what) {
        case StudyFigure::zones:
            return drawing.zones();
        case StudyFigure::proposals:
            return drawing.proposals();
        case StudyFigure::rate:
            return drawing.shaded(rate_shades(data, options.use));
        case StudyFigure::change:
            return drawing.shaded(change_shades(*options.change, options.use));
    }
    return {};
}

void check_figure_files(const std::vector<std::filesystem::path>& files, bool replace, const Study& study,
                        const std::vector<std::string>& policies) {
    for (const std::filesystem::path& path : files)
        if (!figure_form(path)) throw UsageError(printable(path.string()) + ": a figure ends in .pdf, .svg or .png");
    check_outputs(files, figure_provenance, replace, study, policies);
}

}  // namespace geo
