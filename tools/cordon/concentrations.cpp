// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/change_concentrations.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct ConcentrationsOptions : ChangeOptions {
    std::string on, radius, within, bandwidth, grid;
    std::vector<std::string> alternatives;
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

geo::ConcentrationsRequest request_of(const ConcentrationsOptions& options) {
    constexpr double kLeast = 0.1, kMost = 100000;
    const auto metres = [&](const char* option, const std::string& value, double otherwise) {
        return metres_option(option, value, otherwise, kLeast, kMost);
    };
    geo::ConcentrationsRequest request;
    fill(request, options);
    request.good = uses_option("--alternative", options.alternatives);
    request.on = date_option("--on", options.on);
    request.radius_m = metres("--radius", options.radius, request.radius_m);
    request.within_m = metres("--within", options.within, request.within_m);
    request.bandwidth_m = metres("--bandwidth", options.bandwidth, request.bandwidth_m);
    request.grid_m = metres("--grid", options.grid, request.grid_m);
    return request;
}

void declare_measuring(CLI::App& app, ConcentrationsOptions& options) {
    const char* group = "How it is measured";
    add_option(app, "--radius", options.radius, "Round each unit of a parade, in metres; 400", "METRES", group);
    add_option(app, "--within", options.within,
               "Areas with centroids so near are neighbours; so far that every area has one", "METRES", group);
    add_option(app, "--bandwidth", options.bandwidth, "Of the kernel density, in metres; 400", "METRES", group);
    add_option(app, "--grid", options.grid, "Between the points of the kernel density, in metres; 100", "METRES",
               group);
}

}  // namespace

Run declare_concentrations(CLI::App& app) {
    const auto options = std::make_shared<ConcentrationsOptions>();
    declare_answers(app, *options,
                    {"the worst parades and areas on the terminal",
                     "The layer of areas of Gi*; the study area's layer, else the only one",
                     "A use that piles up; repeatable. Takeaways, betting shops, payday lenders, off-licences"});
    const char* counted = "What is counted";
    add_option(app, "--alternative", options->alternatives,
               "A use that is a healthy alternative; repeatable. Credit unions", "USE", counted);
    add_option(app, "--on", options->on, "The day; the study's as-at, else the last day on record", "DATE", counted);
    declare_measuring(app, *options);
    declare_run(app, *options);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] {
        return tell(geo::concentrations(request_of(*options)), "shops are left out that could be anywhere");
    };
}

}  // namespace cordon
