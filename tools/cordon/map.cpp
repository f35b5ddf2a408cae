// SPDX-License-Identifier: Apache-2.0
#include "libgeo/map.h"

#include <memory>

#include "libgeo/base/text.h"

#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct MapOptions : StudyOptions {
    std::string by, per, at_dates, tiles, tiles_attribution, figure, os_licence;
    std::vector<std::string> out;
};

constexpr const char* kFooter =
    "The forms of --out, by the ending:\n"
    "  .html            the interactive map, one file            .gpkg  its layers, open drawn in QGIS\n"
    "  .pdf .svg .png   a figure on A4, true to scale, with NAME.provenance.json beside it\n"
    "\n"
    "The page opens from disk and asks no server for anything: protected places, zones (drawings; a verdict is a\n"
    "measured distance), outlets over time with a slider, proposals by verdict, areas by rate or change, and a table "
    "of\n"
    "the same facts. Click a proposal, or search by reference, address or postcode; map.html#proposal=REF opens at "
    "one.\n"
    "Every number is that of `cordon check` and `cordon density` on the same study.\n"
    "\n"
    "Up to 10,000 features are in the page one by one; what is beyond is counted by squares of a grid, and it says "
    "so.\n"
    "\n"
    "Examples:\n"
    "  cordon map study.toml --out map.html\n"
    "  cordon map study.toml --out map.html --on 2026-04-01 --by lsoas\n"
    "  cordon map study.toml --out zones.pdf --figure zones\n"
    "  cordon map study.toml --out map.html --tiles \"https://tiles.example.gov.uk/{z}/{x}/{y}.png\" \\\n"
    "      --tiles-attribution \"© Crown copyright and database rights 2026 OS AC0000000000\"\n"
    "\n";

std::optional<geo::StudyFigure> figure_option(const std::string& value) {
    if (value.empty()) return {};
    std::vector<std::string> known;
    for (const auto what :
         {geo::StudyFigure::zones, geo::StudyFigure::proposals, geo::StudyFigure::rate, geo::StudyFigure::change}) {
        if (geo::word(what) == value) return what;
        known.emplace_back(geo::word(what));
    }
    const auto near = geo::nearest_word(value, known);
    throw geo::UsageError("--figure " + geo::printable(value) + ": expected " + geo::join_words(known, " or ") +
                          (near ? "; did you mean " + *near + "?" : ""));
}

geo::MapRequest request_of(const MapOptions& options) {
    geo::MapRequest request;
    fill(request, options);
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    if (!options.by.empty()) request.areas = options.by;
    request.at = at_dates_option(options.at_dates);
    request.per = per_option(options.per, request.per);
    request.tiles = {options.tiles, options.tiles_attribution};
    request.figure = figure_option(options.figure);
    request.os_licence = options.os_licence;
    return request;
}

geo::ExitStatus run_map(const MapOptions& options) {
    geo::MapRequest request = request_of(options);
    const geo::MapAnswer answer = with_progress(options, request, geo::draw_map);
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    say("cordon: " + answer.incomplete_words);
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_map(CLI::App& app) {
    const auto options = std::make_shared<MapOptions>();
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--out", options->out, "Write the map to a file: .html, .pdf, .svg, .png or .gpkg; repeatable", "PATH",
        "Answers");
    add("--figure", options->figure, "What .pdf, .svg and .png show: zones, proposals, rate or change", "WORD",
        "What is shown");
    add("--os-licence", options->os_licence, "The council's Ordnance Survey licence number, printed on figures",
        "NUMBER", "Basemap");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--by", options->by, "The layer of areas that is shaded; the study area's layer, else the only one", "LAYER",
        "What is shown");
    declare_assessment(app, *options, "Places and zones as on this day, and every proposal assessed as at it");
    add("--at-dates", options->at_dates,
        "The days of the slider; the snapshots' dates, else 1 January of each year on record", "DATE,DATE,…",
        "What is shown");
    add("--per", options->per, "Rates are outlets per so many residents; 1000", "N", "What is shown");
    add("--tiles", options->tiles, "The council's own basemap: raster tiles, https://HOST/{z}/{x}/{y}.png", "URL",
        "Basemap");
    add("--tiles-attribution", options->tiles_attribution, "Whose tiles they are, shown on the map", "TEXT", "Basemap");
    declare_running(app, options->threads, options->no_progress);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_map(*options); };
}

}  // namespace cordon
