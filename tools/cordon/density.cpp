// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct DensityOptions : ChangeOptions {
    std::string per, at_dates, centres;
    bool interpolate = false, zones = false;
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
    fill(request, options);
    request.at = at_dates_option(options.at_dates);
    request.per = per_option(options.per, request.per);
    request.interpolate = options.interpolate;
    request.zones = options.zones;
    if (!options.centres.empty()) request.centres = options.centres;
    return request;
}

void declare_rates(CLI::App& app, DensityOptions& options) {
    add_option(app, "--per", options.per, "Rates are outlets per so many residents; 1000", "N", "Rates");
    declare_confidence(app, options, "Rates");
    app.add_flag("--interpolate", options.interpolate,
                 "Residents in a straight line between two years; without it the latest year not after the day's")
        ->group("Rates");
}

}  // namespace

Run declare_density(CLI::App& app) {
    const auto options = std::make_shared<DensityOptions>();
    declare_answers(
        app, *options,
        {"a short table on the terminal", "The layer of areas to count in; the study area's layer, else the only one",
         "A use to count, such as hot-food-takeaway; repeatable. Without it, every use that is there"});
    const char* counted = "What is counted";
    add_option(app, "--at-dates", options->at_dates,
               "The days to count on; the snapshots' dates, else 1 January of each year on record", "DATE,DATE,…",
               counted);
    app.add_flag("--zones", options->zones,
                 "Inside and outside the policy's zones too: the study's one adopted policy in force, or --policy's")
        ->group(counted);
    add_option(app, "--centres", options->centres, "A layer of areas to count in per hectare too, such as town-centres",
               "LAYER", counted);
    declare_rates(app, *options);
    declare_run(app, *options);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] {
        return tell(geo::density(request_of(*options)), "outlets are left out that could be in any area");
    };
}

}  // namespace cordon
