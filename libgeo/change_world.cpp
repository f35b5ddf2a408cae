// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "libgeo/assess/fields.h"
#include "libgeo/assess/needs.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/change_run.h"
#include "libgeo/geo.h"
#include "libgeo/loaded_study.h"
#include "libgeo/report/run_record.h"

namespace geo {
namespace {

std::vector<std::string> names_of(const Study& study, LayerKind kind) {
    std::vector<std::string> names;
    for (const LayerSpec& layer : study.layers)
        if (layer.kind == kind) names.push_back(layer.name);
    return names;
}

[[noreturn]] void no_such_layer(const char* option, const std::string& written, const std::vector<std::string>& known,
                                const std::string& kind) {
    std::string message = std::string(option) + ": the study has no layer " + printable(written) + " of kind " + kind;
    if (const auto near = nearest_word(written, known))
        message += "; did you mean " + *near + "?";
    else if (!known.empty())
        message += "; it has " + join_words(known);
    throw UsageError(message);
}

/// The layers of outlets that are asked for, in the order of the study.
std::vector<std::string> outlets_asked_for(const ChangeRequest& request, const Study& study) {
    std::vector<std::string> known = names_of(study, LayerKind::outlets);
    if (known.empty())
        throw UsageError(study.file + ": has no layer of kind outlets; there is nothing to count over time");
    for (const std::string& name : request.outlets) expect_layer(study, LayerKind::outlets, "--outlets", name);
    if (request.outlets.empty()) return known;
    std::vector<std::string> asked;
    std::copy_if(known.begin(), known.end(), std::back_inserter(asked), [&](const std::string& name) {
        return std::find(request.outlets.begin(), request.outlets.end(), name) != request.outlets.end();
    });
    return asked;
}

/// The name of the layer of areas: as asked, else the study area's, else the only one.
std::string areas_asked_for(const ChangeRequest& request, const Study& study) {
    const std::vector<std::string> known = names_of(study, LayerKind::areas);
    const auto is_known = [&](const std::string& name) {
        return std::find(known.begin(), known.end(), name) != known.end();
    };
    if (request.areas) {
        expect_layer(study, LayerKind::areas, "--by", *request.areas);
        return *request.areas;
    }
    if (study.area_layer && is_known(*study.area_layer)) return *study.area_layer;
    if (known.size() == 1) return known.front();
    if (known.empty())
        throw UsageError(study.file + ": has no layer of kind areas; counts need areas to be counted in");
    throw UsageError("say which areas to count in, with --by: " + join_words(known));
}

}  // namespace

void expect_layer(const Study& study, LayerKind kind, const char* option, const std::string& name) {
    const std::vector<std::string> known = names_of(study, kind);
    if (std::find(known.begin(), known.end(), name) == known.end())
        no_such_layer(option, name, known, std::string(word(kind)));
}

std::shared_ptr<Change> load_change(const ChangeRequest& request, Study study, bool zones) {
    const std::vector<std::string> outlets = outlets_asked_for(request, study);
    const std::string areas = areas_asked_for(request, study);
    std::vector<Policy> policies = read_policies(study, request.policies);
    LoadOptions load;
    load.grids = request.grids;
    load.attributes = layer_attributes(policies);
    load.walking = zones && needs_of(policies).walking;
    load.entrances_of = zones ? measured_from_entrances(policies) : std::vector<std::string>();
    auto change = std::make_shared<Change>(
        request.read ? request.read : std::make_shared<const LoadedLayers>(read_layers(study, load)));
    change->read->say(load, change->issues);
    change->study = std::move(study);
    change->policies = std::move(policies);
    for (const std::string& name : outlets)
        change->premises.push_back(premises_of(*change->layers.outlet_layer(name), change->issues));
    change->areas = change->layers.area_layer(areas);
    change->issues.verify_accounts();
    change->provenance = run_record(change->study, change->policies, facts_of(change->layers, load), {}, {});
    return change;
}

}  // namespace geo
