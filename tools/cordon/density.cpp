// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct DensityOptions {
    std::string study, by, per, confidence, threads, grids, at_dates, centres;
    std::vector<std::string> out, outlets, uses, policies;
    bool interpolate = false, zones = false, force = false, no_progress = false;
};

constexpr const char* kFooter =
    "Columns: area_code, area_name, use, period (the day), outlets (in trade on it), opened and closed (since the day\n"
    "before), population, rate, per, rate_lower, rate_upper, interval_method, per_km2 (a hundredth of it is per\n"
    "hectare), change and change_percent (from the day before). The row `total` of each use and day is of all areas\n"
    "together: all outlets by all residents. Empty: not known, such as a day that no snapshot covers.\n"
    "With --zones there follow `inside`, `exempt` and `outside` of each use that the policy is about and each day, "
    "which\n"
    "sum to `total`: where the policy's rules by distance or inside areas refuse outlets, where an exemption takes "
    "that\n"
    "back, and anywhere else. The zones are those of the policy's first day in force, whichever day is counted.\n"
    "With --centres a second table `centres` (in .json and .gpkg): centre_code, centre_name, use, period, outlets,\n"
    "opened, closed, change, change_percent, hectares, per_hectare.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   the table                             .gpkg  the same as layers, opens drawn in QGIS\n"
    "  .json  tables, notes, issues, provenance     .svg   a chart of the rates over the days\n"
    "Beside .csv and .svg stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "\n"
    "Examples:\n"
    "  cordon density study.toml\n"
    "  cordon density study.toml --by lsoas --out density.csv\n"
    "  cordon density study.toml --use betting-shop --per 100000 --at-dates 2018-01-01,2024-01-01\n"
    "  cordon density study.toml --out density.gpkg --out trend.svg\n"
    "  cordon density study.toml --zones --policy waltham-forest-hft-2009\n"
    "  cordon density study.toml --centres town-centres --out density.json\n"
    "\n";

geo::DensityRequest request_of(const DensityOptions& options) {
    geo::DensityRequest request;
    request.study = options.study;
    request.grids = grid_folders(options.grids);
    request.policies = options.policies;
    request.outlets = options.outlets;
    request.uses = uses_option(options.uses);
    if (!options.by.empty()) request.areas = options.by;
    request.confidence = confidence_option(options.confidence, request.confidence);
    request.threads = threads_option(options.threads);
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    request.width = terminal_width();
    request.at = at_dates_option(options.at_dates);
    request.per = per_option(options.per, request.per);
    request.interpolate = options.interpolate;
    request.zones = options.zones;
    if (!options.centres.empty()) request.centres = options.centres;
    return request;
}

geo::ExitStatus run_density(const DensityOptions& options) {
    const geo::ChangeAnswer answer = geo::density(request_of(options));
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The table says it too; where files were asked for, nothing else would.
    if (answer.text.empty())
        say("cordon: INCOMPLETE: outlets are left out that could be in any area; the provenance lists them");
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_density(CLI::App& app) {
    const auto options = std::make_shared<DensityOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type) {
        return app.add_option(name, value, help)->type_name(type)->allow_extra_args(false);
    };
    add("--out", options->out, "Write the answer to a file; repeatable. Without it, a short table on the terminal",
        "PATH")
        ->group("Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--by", options->by, "The layer of areas to count in; the study area's layer, else the only one", "LAYER")
        ->group("What is counted");
    add("--outlets", options->outlets, "A layer of outlets to count; repeatable. Without it, all of them", "LAYER")
        ->group("What is counted");
    add("--use", options->uses,
        "A use to count, such as hot-food-takeaway; repeatable. Without it, every use that is there", "USE")
        ->group("What is counted");
    add("--at-dates", options->at_dates,
        "The days to count on; the snapshots' dates, else 1 January of each year on record", "DATE,DATE,…")
        ->group("What is counted");
    app.add_flag("--zones", options->zones,
                 "Inside and outside the policy's zones too: the study's one adopted policy in force, or --policy's")
        ->group("What is counted");
    add("--centres", options->centres, "A layer of areas to count in per hectare too, such as town-centres", "LAYER")
        ->group("What is counted");
    add("--per", options->per, "Rates are outlets per so many residents; 1000", "N")->group("Rates");
    add("--confidence", options->confidence, "Of the intervals, 0.90 to 0.998; 0.95", "SHARE")->group("Rates");
    app.add_flag("--interpolate", options->interpolate,
                 "Residents in a straight line between two years; without it the latest year not after the day's")
        ->group("Rates");
    add("--policy", options->policies, "In place of the study's policies; repeatable", "FILE|ID")->group("Run");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR")->group("Run");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N")->group("Run");
    app.add_flag("--no-progress", options->no_progress, "No progress line on the terminal")->group("Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_density(*options); };
}

}  // namespace cordon
