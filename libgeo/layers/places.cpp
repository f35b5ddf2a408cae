// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/places.h"

#include <algorithm>
#include <functional>

#include "libgeo/layers/frontages.h"
#include "libgeo/layers/loaders.h"
#include "libgeo/layers/street_lines.h"
#include "libgeo/layers/walking_network.h"

namespace geo {

Layers::Layers() = default;
Layers::~Layers() = default;
Layers::Layers(Layers&&) noexcept = default;
Layers& Layers::operator=(Layers&&) noexcept = default;

const PlaceLayer* Layers::place_layer(std::string_view name) const {
    const auto found =
        std::find_if(places.begin(), places.end(), [name](const PlaceLayer& l) { return l.facts.name == name; });
    return found == places.end() ? nullptr : &*found;
}

const AreaLayer* Layers::area_layer(std::string_view name) const {
    const auto found =
        std::find_if(areas.begin(), areas.end(), [name](const AreaLayer& l) { return l.facts.name == name; });
    return found == areas.end() ? nullptr : &*found;
}

const OutletLayer* Layers::outlet_layer(std::string_view name) const {
    const auto found =
        std::find_if(outlets.begin(), outlets.end(), [name](const OutletLayer& l) { return l.facts.name == name; });
    return found == outlets.end() ? nullptr : &*found;
}

const FrontageLayer* Layers::frontage_layer(std::string_view name) const {
    const auto found = std::find_if(frontages.begin(), frontages.end(),
                                    [name](const FrontageLayer& l) { return l.facts.name == name; });
    return found == frontages.end() ? nullptr : &*found;
}

std::optional<Box> Layers::study_area_box() const {
    if (study_area < 0) return std::nullopt;
    const Shapes& shapes = areas[static_cast<std::size_t>(study_area)].shapes;
    Box box = Box::empty();
    for (std::size_t i = 0; i < shapes.size(); ++i) box.add(shapes.box(i));
    return box.is_empty() ? std::nullopt : std::optional(box);
}

namespace {

/// The study area comes first, so that every other layer can be compared with it; `areas` keep the order of the study.
void load_all_areas(LoadContext& context, Layers& layers) {
    const Study& study = *context.study;
    std::vector<const LayerSpec*> specs;
    for (const LayerSpec& spec : study.layers) {
        if (spec.kind == LayerKind::areas) specs.push_back(&spec);
    }
    layers.areas.resize(specs.size());
    if (study.area_file) layers.areas.push_back(load_area_file(context, *study.area_file));
    if (study.area_file) layers.study_area = static_cast<int>(specs.size());
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (!study.area_layer || specs[i]->name != *study.area_layer) continue;
        layers.areas[i] = load_areas(context, *specs[i]);
        layers.study_area = static_cast<int>(i);
    }
    context.area = layers.study_area_box();
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (static_cast<int>(i) != layers.study_area) layers.areas[i] = load_areas(context, *specs[i]);
    }
}

/// The network that walks are measured along. Its files are on record with it, its rows counted with it.
void load_walking(const LoadContext& context, Layers& layers) {
    LoadOptions options = *context.options;
    options.study_area = context.area;
    layers.walking = load_walking_network(*context.study, options, *context.issues);
}

/// Where what is read now says it: among what was said of a kind of layer.
using Reading = std::function<const LoadContext&(LayerKind)>;

/// The study's streets are read once, where some frontage breaks at them.
void load_all_frontages(const Study& study, const Reading& reading, Layers& layers) {
    std::optional<StreetLines> streets;
    for (const LayerSpec& spec : study.layers) {
        if (spec.kind != LayerKind::frontages) continue;
        const bool first = spec.breaks.side_streets && !streets;
        if (first) streets = load_street_lines(reading(LayerKind::streets));
        layers.frontages.push_back(load_frontages(reading(spec.kind), spec, streets ? &*streets : nullptr));
        if (!first) continue;
        auto& files = layers.frontages.back().facts.files;
        files.insert(files.end(), streets->files().begin(), streets->files().end());
    }
}

void bind_covers(const Study& study, const std::string& layer, LayerFacts& facts, const Layers& layers) {
    const LayerSpec* spec = study.layer(layer);
    if (!spec || !spec->covers) return;
    for (std::size_t i = 0; i < layers.areas.size(); ++i) {
        if (layers.areas[i].facts.name == *spec->covers) facts.covers = static_cast<int>(i);
    }
}

}  // namespace

std::optional<Box> read_study_area_box(const Study& study, const LoadOptions& options) {
    Issues said_elsewhere;
    const LoadContext context{&study, &options, &said_elsewhere, std::nullopt};
    Layers layers;
    const LayerSpec* spec = study.area_layer ? study.layer(*study.area_layer) : nullptr;
    if (!spec && !study.area_file) return std::nullopt;
    layers.areas.push_back(spec ? load_areas(context, *spec) : load_area_file(context, *study.area_file));
    layers.study_area = 0;
    return layers.study_area_box();
}

Layers load_layers(const Study& study, const LoadOptions& options, Issues& issues) {
    LoadedLayers loaded = read_layers(study, options);
    loaded.say(options, issues);
    return std::move(loaded.layers);
}

LoadedLayers read_layers(const Study& study, const LoadOptions& options) {
    LoadedLayers loaded;
    Layers& layers = loaded.layers;
    LoadContext context{&study, &options, nullptr, std::nullopt};
    const Reading reading = [&](LayerKind kind) -> const LoadContext& {
        context.issues = &loaded.said.emplace_back(LoadedLayers::Said{kind, {}}).issues;
        return context;
    };
    reading(LayerKind::areas);
    load_all_areas(context, layers);
    for (const LayerSpec& spec : study.layers) {
        if (spec.kind == LayerKind::places) layers.places.push_back(load_places(reading(spec.kind), spec));
        if (spec.kind == LayerKind::outlets && options.outlets)
            layers.outlets.push_back(load_outlets(reading(spec.kind), spec));
    }
    if (options.walking) {
        load_walking(reading(LayerKind::streets), layers);
        loaded.said.back().walking = true;
    }
    if (options.frontages) load_all_frontages(study, reading, layers);
    layers.values = study.values;
    for (PlaceLayer& layer : layers.places) bind_covers(study, layer.facts.name, layer.facts, layers);
    for (OutletLayer& layer : layers.outlets) bind_covers(study, layer.facts.name, layer.facts, layers);
    return loaded;
}

namespace {

bool has_word(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Entrances, as issues call them, from which nothing is measured: that one is missing changes no answer.
std::vector<std::string> entrances_passed_over(const Layers& layers, const LoadOptions& options) {
    std::vector<std::string> names;
    for (const PlaceLayer& places : layers.places) {
        const bool measured = !options.entrances_of || has_word(*options.entrances_of, places.facts.name) ||
                              has_word(*options.entrances_of, places.facts.part_of);
        if (places.entrances_given && !measured) names.push_back(entrances_name(places.facts.name));
    }
    return names;
}

/// What was said, where nothing of the layers `harmless` hides a breach.
Issues without_harm(const Issues& said, const std::vector<std::string>& harmless) {
    Issues told;
    for (Issue issue : said.all()) {
        if (has_word(harmless, issue.layer)) issue.may_hide_breach = false;
        told.add(std::move(issue));
    }
    told.accounts() = said.accounts();
    return told;
}

}  // namespace

void LoadedLayers::say(const LoadOptions& options, Issues& issues) const {
    const std::vector<std::string> harmless = entrances_passed_over(layers, options);
    for (const Said& one : said) {
        const bool left_out =
            (one.kind == LayerKind::outlets && !options.outlets) ||
            (one.kind == LayerKind::frontages && !options.frontages) || (one.walking && !options.walking) ||
            // Where the network is built its rows are on record with it.
            (one.kind == LayerKind::streets && !one.walking && (options.walking || !options.frontages));
        if (left_out) continue;
        const bool some_harmless = one.kind == LayerKind::places && !harmless.empty();
        issues.add_all(some_harmless ? without_harm(one.issues, harmless) : one.issues, options.not_before);
    }
}

}  // namespace geo
