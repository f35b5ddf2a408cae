// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/change_concentrations.h"
#include "libgeo/coverage_zones.h"
#include "libgeo/pack.h"
#include "libgeo/report/pack_tables.h"

namespace geo {
namespace {

constexpr std::size_t kMostDrawn = 2'000'000;  // features on paper; a page that is looked at in a browser takes fewer
constexpr std::size_t kUsesDrawn = 3;

/// A message without the folder that the study was named in: the same study says the same from anywhere.
std::string without_folder(std::string message, const Study& study) {
    const std::string name = std::filesystem::path(study.file).filename().string();
    if (study.file.empty() || study.file == name) return message;
    for (std::size_t at = message.find(study.file); at != std::string::npos; at = message.find(study.file, at))
        message.replace(at, study.file.size(), name);
    return message;
}

/// Asks one command. Where the study cannot give the answer its own message says why; a machine at fault is not the study's.
template <typename Ask>
PartAnswer part(const Study& study, Ask ask) {
    PartAnswer out;
    try {
        out.answer = ask();
    } catch (const UsageError& error) {
        out.missing = without_folder(error.what(), study);
    } catch (const DataError& error) {
        out.missing = without_folder(error.what(), study);
    }
    return out;
}

template <typename Request>
Request change_request(const PackRequest& request) {
    Request out;
    out.study = request.study;
    out.grids = request.grids;
    out.policies = request.policies;
    out.threads = request.threads;
    out.read = request.read;
    return out;
}

/// The first and the last day that any total of `density` has a figure for.
std::pair<std::string, std::string> days_of(const AnswerTable& density) {
    return first_and_last(density, "period", [&](std::size_t row) {
        return column_named(density, "area_code").texts[row] == "total" &&
               column_named(density, "outlets").wholes[row] != kNoWhole;
    });
}

PartAnswer change_between(const PackRequest& request, const Study& study, StudyAnswers& answers) {
    PartAnswer none;
    none.missing = answers.density.missing;
    if (!answers.density.answer) return none;
    const auto [first, last] = days_of(answers.density.answer->tables.front());
    const auto from = parse_date(first, DateFormat::iso), until = parse_date(last, DateFormat::iso);
    none.missing = "outlets are counted on one day only";
    if (!from || !until || *from == *until) return none;
    answers.first = *from;
    answers.last = *until;
    return part(study, [&] {
        auto asked = change_request<DensityRequest>(request);
        asked.areas = request.areas;
        asked.at = {*from, *until};
        return density(asked);
    });
}

/// Where several layers of areas could be meant and none is the study area's: the only one with residents.
std::optional<std::string> areas_with_residents(const Study& study) {
    std::vector<std::string> with;
    for (const LayerSpec& layer : study.layers)
        if (layer.kind == LayerKind::areas && !layer.population.empty()) with.push_back(layer.name);
    return study.area_layer || with.size() != 1 ? std::nullopt : std::optional(with.front());
}

MapRequest map_request(const PackRequest& request) {
    MapRequest out;
    const StudyRequest& of_study = request;
    static_cast<StudyRequest&>(out) = of_study;
    out.areas = request.areas;
    out.most_features = kMostDrawn;
    out.progress = request.progress;
    return out;
}

}  // namespace

StudyAnswers answers_of(const PackRequest& as_given) {
    PackRequest request = as_given;
    if (!request.areas) request.areas = areas_with_residents(read_study(request.study));
    StudyAnswers answers;
    answers.world = gather_map(map_request(request));
    request.read = answers.world.loaded->read;  // all the others begin from what the map has read
    const Study& study = answers.world.loaded->study;
    answers.density = part(study, [&] {
        auto asked = change_request<DensityRequest>(request);
        asked.areas = request.areas;
        return density(asked);
    });
    answers.change = change_between(request, study, answers);
    answers.equity = part(study, [&] { return equity(change_request<EquityRequest>(request)); });
    answers.effect = part(study, [&] {
        auto asked = change_request<EffectRequest>(request);
        asked.areas = request.areas;
        return effect(asked);
    });
    answers.concentrations = part(study, [&] {
        auto asked = change_request<ConcentrationsRequest>(request);
        asked.areas = request.areas;
        asked.on = request.on;
        return concentrations(asked);
    });
    answers.zones = part(study, [&] {
        ZonesRequest asked;
        const StudyRequest& of_study = request;
        static_cast<StudyRequest&>(asked) = of_study;
        return zones(asked);
    });
    answers.incomplete = answers.world.data.incomplete;
    for (const PartAnswer* one :
         {&answers.density, &answers.change, &answers.equity, &answers.effect, &answers.concentrations, &answers.zones})
        answers.incomplete = answers.incomplete || (one->answer && one->answer->incomplete);
    return answers;
}

StudyFigures figures_of(const StudyAnswers& answers) {
    StudyFigures out;
    const auto add = [&](const std::string& name, StudyFigure what, const StudyFigureOptions& options) {
        const std::string why_not = no_figure(answers.world.data, what, options);
        if (why_not.empty())
            out.figures.push_back({name, what, study_figure(answers.world.data, what, options)});
        else
            out.missing.push_back("No figure of " + name + ": " + why_not);
    };
    StudyFigureOptions options;
    options.os_licence = answers.world.loaded->study.os_licence;
    add("zones", StudyFigure::zones, options);
    add("proposals", StudyFigure::proposals, options);
    if (answers.change.answer) options.change = &answers.change.answer->tables.front();
    std::vector<Use> uses = answers.world.data.areas ? answers.world.data.areas->counts.uses : std::vector<Use>{};
    if (uses.size() > kUsesDrawn) uses.resize(kUsesDrawn);
    if (uses.empty()) uses.push_back(Use::unstated);
    for (const Use use : uses) {
        const std::string ending = uses.size() > 1 ? "-" + std::string(word(use)) : std::string();
        if (use != Use::unstated) options.use = use;
        add("rate" + ending, StudyFigure::rate, options);
        add("change" + ending, StudyFigure::change, options);
    }
    return out;
}

}  // namespace geo
