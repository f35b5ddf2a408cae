// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "libgeo/change_concentrations.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct ConcentrationsOptions {
    std::string study, by, on, radius, within, bandwidth, grid, threads, grids;
    std::vector<std::string> out, outlets, uses, alternatives;
    bool force = false, no_progress = false;
};

constexpr const char* kFooter =
    "Tables:\n"
    "  parades         each frontage: shops of each use within --radius of its units (straight line), whether all the "
    "uses\n"
    "                  are there, and the alternatives, such as a credit union, too; ranked, worst first\n"
    "  hot_spots       each area and use: Getis and Ord's Gi* of shops per 1,000 residents (per km² where residents "
    "are not\n"
    "                  known), with its probability: where high values stand together, and low ones\n"
    "  kernel_density  shops per km² on a grid, quartic kernel\n"
    "Shops are outlets in trade on the day; of a use that no layer of outlets has, the units of frontages.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   the parades (without frontages: the hot spots)     .gpkg  the tables as layers\n"
    "  .json  the tables, sentences, issues, provenance\n"
    "Beside .csv stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "\n"
    "Examples:\n"
    "  cordon concentrations study.toml --by lsoas\n"
    "  cordon concentrations study.toml --use betting-shop --use payday-lender --alternative credit-union --radius "
    "200\n"
    "  cordon concentrations study.toml --by lsoas --out concentrations.gpkg\n"
    "\n";

/// `400`, `400 m`, `0.4 km`.
double metres_option(const char* option, const std::string& value, double otherwise) {
    constexpr double kMost = 100000;
    if (value.empty()) return otherwise;
    auto metres = geo::parse_number(value);
    if (!metres)
        if (const auto length = geo::parse_length(value)) metres = length->value;
    if (metres && *metres > 0 && *metres <= kMost) return *metres;
    throw geo::UsageError(fmt::format("{} {}: expected metres above 0, such as 400", option, geo::printable(value)));
}

geo::ConcentrationsRequest request_of(const ConcentrationsOptions& options) {
    geo::ConcentrationsRequest request;
    request.study = options.study;
    request.grids = grid_folders(options.grids);
    request.outlets = options.outlets;
    request.uses = uses_option(options.uses);
    request.good = uses_option(options.alternatives);
    if (!options.by.empty()) request.areas = options.by;
    request.on = date_option("--on", options.on);
    request.threads = threads_option(options.threads);
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    request.width = terminal_width();
    request.radius_m = metres_option("--radius", options.radius, request.radius_m);
    request.within_m = metres_option("--within", options.within, request.within_m);
    request.bandwidth_m = metres_option("--bandwidth", options.bandwidth, request.bandwidth_m);
    request.grid_m = metres_option("--grid", options.grid, request.grid_m);
    return request;
}

geo::ExitStatus run_concentrations(const ConcentrationsOptions& options) {
    const geo::ChangeAnswer answer = geo::concentrations(request_of(options));
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The text says it too; where files were asked for, nothing else would.
    if (answer.text.empty())
        say("cordon: INCOMPLETE: shops are left out that could be anywhere; the provenance lists them");
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_concentrations(CLI::App& app) {
    const auto options = std::make_shared<ConcentrationsOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        app.add_option(name, value, help)->type_name(type)->allow_extra_args(false)->group(group);
    };
    add("--out", options->out,
        "Write the answer to a file; repeatable. Without it, the worst parades and areas on the terminal", "PATH",
        "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--use", options->uses,
        "A use that piles up; repeatable. Takeaways, betting shops, payday lenders, off-licences", "WORD",
        "What is counted");
    add("--alternative", options->alternatives, "A use that is a healthy alternative; repeatable. Credit unions",
        "WORD", "What is counted");
    add("--outlets", options->outlets, "A layer of outlets; repeatable. All of them", "LAYER", "What is counted");
    add("--on", options->on, "The day; the study's as-at, else the last day on record", "DATE", "What is counted");
    add("--by", options->by, "The layer of areas of Gi*; the study area's layer, else the only one", "LAYER",
        "What is counted");
    add("--radius", options->radius, "Round each unit of a parade, in metres; 400", "METRES", "How it is measured");
    add("--within", options->within, "Areas with centroids so near are neighbours; so far that every area has one",
        "METRES", "How it is measured");
    add("--bandwidth", options->bandwidth, "Of the kernel density, in metres; 400", "METRES", "How it is measured");
    add("--grid", options->grid, "Between the points of the kernel density, in metres; 100", "METRES",
        "How it is measured");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR", "Run");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N", "Run");
    app.add_flag("--no-progress", options->no_progress, "No progress line on the terminal")->group("Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_concentrations(*options); };
}

}  // namespace cordon
