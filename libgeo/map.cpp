// SPDX-License-Identifier: Apache-2.0
#include "libgeo/map.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/report/map_layers.h"
#include "libgeo/report/outputs.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

/// The files asked for, by form.
struct Forms {
    std::vector<fs::path> pages, figures, layers;
};

Forms forms_of(const MapRequest& request) {
    Forms forms;
    for (const fs::path& path : request.out) {
        const std::string ending = path.extension().string();
        if (ending == ".html")
            forms.pages.push_back(path);
        else if (ending == ".pdf" || ending == ".svg" || ending == ".png")
            forms.figures.push_back(path);
        else if (ending == ".gpkg")
            forms.layers.push_back(path);
        else
            throw UsageError(printable(path.string()) +
                             ": a map is .html (the interactive one), .pdf .svg .png (a figure) or .gpkg (layers)");
    }
    return forms;
}

/// Before long work; leaves nothing behind.
Forms check_outputs_of(const MapRequest& request) {
    if (request.out.empty()) throw UsageError("a map is a file: name it with --out, such as --out map.html");
    Forms forms = forms_of(request);
    if (!forms.pages.empty()) expect_map_page();
    check_tiles(request.tiles);
    const Study study = read_study(request.study);
    check_outputs(
        forms.pages, [](const fs::path&) { return fs::path(); }, request.replace, study, request.policies);
    if (!forms.figures.empty()) check_figure_files(forms.figures, request.replace, study, request.policies);
    if (!forms.layers.empty()) check_answer_files(forms.layers, request.replace, false, study, request.policies);
    return forms;
}

void put_figures(const MapRequest& request, const std::vector<fs::path>& files, const MapWorld& world) {
    if (files.empty()) return;
    const MapData& data = world.data;
    const StudyFigure what =
        request.figure.value_or(data.proposals.empty() ? StudyFigure::zones : StudyFigure::proposals);
    StudyFigureOptions options;
    options.os_licence = request.os_licence;
    AnswerTable change;
    if (what == StudyFigure::change && data.areas) {
        if (data.days.size() != 2)
            throw UsageError("--figure change needs --at-dates FIRST,LAST: the two days it is the change between");
        change = data.areas->table;
        change.shapes = &data.areas->shapes;
        options.change = &change;
    }
    if (const std::string why = no_figure(data, what, options); !why.empty())
        throw UsageError("--figure " + std::string(word(what)) + ": " + why);
    const Figure figure = study_figure(data, what, options);
    std::vector<FigureFile> named;
    for (const fs::path& path : files) named.push_back({path, &figure});
    write_figures(named, request.replace, data.provenance, world.loaded->issues);
}

void put_layers(const MapRequest& request, const std::vector<fs::path>& files, const MapWorld& world) {
    if (files.empty()) return;
    const MapData& data = world.data;
    const MapLayers layers = map_layers(data);
    AnswerRecord record;
    record.provenance = &data.provenance;
    record.issues = &world.loaded->issues;
    record.crs = &*data.crs;
    record.sentences = data.remarks;
    record.complete = !data.incomplete;
    write_tables(layers.tables, record, files, request.replace);
}

std::string text_of(const MapData& data) {
    std::string out = fmt::format("{}\nMap as at {}: ", printable(data.title, 200), format_date_long(data.as_at));
    std::size_t places = 0, outlets = 0;
    for (const MapPlaces& layer : data.places) places += layer.size();
    for (const MapOutlets& layer : data.outlets) outlets += layer.size();
    out +=
        fmt::format("{}, {}, {}, {} with zones", counted(data.proposals_in_all, "proposal"),
                    counted(places, "protected place"), counted(outlets, "outlet"), counted(data.zones.size(), "rule"));
    if (!data.days.empty())
        out += fmt::format("; outlets on {} from {} to {}", counted(data.days.size(), "day"),
                           format_date(data.days.front()), format_date(data.days.back()));
    out += ".\n";
    if (!data.grid.cells.empty())
        out += fmt::format("Counted by {} of {} m, being more than a page shows one by one.\n",
                           counted(data.grid.cells.size(), "square"), format_shortest(data.grid.size_m));
    return out;
}

}  // namespace

MapAnswer draw_map(const MapRequest& request) {
    const Forms forms = check_outputs_of(request);
    const MapWorld world = gather_map(request);
    std::vector<OutputFile> pages;
    if (!forms.pages.empty()) {
        const std::string page = map_page(world.data, request.tiles, request.grids);
        for (const fs::path& path : forms.pages) pages.emplace_back(path, request.replace).write(page);
        for (OutputFile& file : pages) file.prepare();
    }
    put_figures(request, forms.figures, world);
    put_layers(request, forms.layers, world);
    for (OutputFile& file : pages) file.commit();
    MapAnswer answer;
    answer.text = text_of(world.data);
    answer.incomplete = world.data.incomplete;
    answer.incomplete_words = world.data.incomplete_words;
    answer.provenance = world.data.provenance;
    answer.issues = std::move(world.loaded->issues);
    return answer;
}

}  // namespace geo
