// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct EquityOptions : ChangeOptions {
    std::string days, per, quantiles;
    std::vector<std::string> measures;
    bool national = false, interpolate = false, simulated = false;
};

constexpr const char* kFooter =
    "Small areas (a layer of areas with `population` and `deprivation`) are put into fifths by deprivation, and "
    "outlets\n"
    "and residents of each fifth are added up: rates with intervals (Byar; exact below 10 outlets). Then, by use and "
    "day:\n"
    "  rate_gap, rate_ratio     most against least deprived fifth\n"
    "  sii, rii                 slope and relative index of inequality over all fifths, as OHID; _log: fitted on "
    "logarithms\n"
    "  concentration_index      below 0 where the most deprived have more\n"
    "  rate_gap_change, sii_change   first to last day, with intervals: is the gap closing?\n"
    "The edition of the deprivation index is the one that the layer names, for every day.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   one row a use, day and quantile (--measures: one row a use, day and measure)\n"
    "  .json  both tables, the sentences and the provenance     .gpkg  both as layers\n"
    "  .svg   a chart of the rates by quantile over the days (of several uses, their gaps)\n"
    "\n"
    "Examples:\n"
    "  cordon equity study.toml\n"
    "  cordon equity study.toml --by lsoas --quantiles 10 --national\n"
    "  cordon equity study.toml --at-dates 2015-01-01,2025-01-01 --out equity.csv --measures measures.csv\n"
    "\n";

unsigned quantiles_option(const std::string& value, unsigned otherwise) {
    if (value.empty()) return otherwise;
    if (value == "5") return 5;
    if (value == "10") return 10;
    throw geo::UsageError("--quantiles " + geo::printable(value) + ": expected 5 or 10");
}

geo::EquityRequest request_of(const EquityOptions& options) {
    geo::EquityRequest request;
    fill(request, options);
    request.measures.assign(options.measures.begin(), options.measures.end());
    request.at = at_dates_option(options.days);
    request.per = per_option(options.per, request.per);
    request.interpolate = options.interpolate;
    request.quantiles = quantiles_option(options.quantiles, request.quantiles);
    request.national = options.national;
    request.simulated = options.simulated;
    return request;
}

void declare_inequality(CLI::App& app, EquityOptions& options) {
    const char* group = "How inequality is measured";
    add_option(app, "--quantiles", options.quantiles, "5 or 10; 5", "N", group);
    app.add_flag("--national", options.national,
                 "Quantiles of the whole country's ranking; else of the study's own areas")
        ->group(group);
    declare_confidence(app, options, group);
    app.add_flag("--simulated", options.simulated,
                 "Intervals of SII and RII by OHID's simulation, not the delta method")
        ->group(group);
}

}  // namespace

Run declare_equity(CLI::App& app) {
    const auto options = std::make_shared<EquityOptions>();
    declare_answers(
        app, *options,
        {"the first and the last day on the terminal", "The layer of areas; the only one that has deprivation ranks",
         "A use, as hot-food-takeaway; repeatable. Every use that is there"});
    add_option(app, "--measures", options->measures, "Write the measures to a file of their own; repeatable", "PATH",
               "Answers");
    const char* counted = "What is counted";
    add_option(app, "--at-dates", options->days,
               "Days to count on, with commas; the snapshots' dates, else 1 January of each year on record", "DATES",
               counted);
    add_option(app, "--per", options->per, "Rates are of so many residents; 1000", "N", counted);
    app.add_flag("--interpolate", options->interpolate,
                 "Residents between two years; else those of the latest year not after the day")
        ->group(counted);
    declare_inequality(app, *options);
    declare_run(app, *options);
    app.footer(std::string(kFooter) + kExitStatuses);
    return
        [options] { return tell(geo::equity(request_of(*options)), "outlets are left out that could be in any area"); };
}

}  // namespace cordon
