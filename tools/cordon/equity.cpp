// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct EquityOptions {
    std::string study, by, days, per, quantiles, confidence, threads, grids;
    std::vector<std::string> out, measures, outlets, uses;
    bool national = false, interpolate = false, simulated = false, force = false;
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
    request.study = options.study;
    request.grids = grid_folders(options.grids);
    request.outlets = options.outlets;
    request.uses = uses_option(options.uses);
    if (!options.by.empty()) request.areas = options.by;
    request.confidence = confidence_option(options.confidence, request.confidence);
    request.threads = threads_option(options.threads);
    request.out.assign(options.out.begin(), options.out.end());
    request.measures.assign(options.measures.begin(), options.measures.end());
    request.replace = options.force;
    request.width = terminal_width();
    request.at = at_dates_option(options.days);
    request.per = per_option(options.per, request.per);
    request.interpolate = options.interpolate;
    request.quantiles = quantiles_option(options.quantiles, request.quantiles);
    request.national = options.national;
    request.simulated = options.simulated;
    return request;
}

}  // namespace

Run declare_equity(CLI::App& app) {
    const auto options = std::make_shared<EquityOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        app.add_option(name, value, help)->type_name(type)->allow_extra_args(false)->group(group);
    };
    add("--out", options->out,
        "Write the answer to a file; repeatable. Without it, the first and the last day on the terminal", "PATH",
        "Answers");
    add("--measures", options->measures, "Write the measures to a file of their own; repeatable", "PATH", "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--by", options->by, "The layer of areas; the only one that has deprivation ranks", "LAYER", "What is counted");
    add("--outlets", options->outlets, "A layer of outlets; repeatable. All of them", "LAYER", "What is counted");
    add("--use", options->uses, "A use, as hot-food-takeaway; repeatable. Every use that is there", "WORD",
        "What is counted");
    add("--at-dates", options->days,
        "Days to count on, with commas; the snapshots' dates, else 1 January of each year on record", "DATES",
        "What is counted");
    add("--per", options->per, "Rates are of so many residents; 1000", "N", "What is counted");
    app.add_flag("--interpolate", options->interpolate,
                 "Residents between two years; else those of the latest year not after the day")
        ->group("What is counted");
    add("--quantiles", options->quantiles, "5 or 10; 5", "N", "How inequality is measured");
    app.add_flag("--national", options->national,
                 "Quantiles of the whole country's ranking; else of the study's own areas")
        ->group("How inequality is measured");
    add("--confidence", options->confidence, "Of the intervals, 0.90 to 0.998; 0.95", "P",
        "How inequality is measured");
    app.add_flag("--simulated", options->simulated,
                 "Intervals of SII and RII by OHID's simulation, not the delta method")
        ->group("How inequality is measured");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR", "Run");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N", "Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] {
        const geo::ChangeAnswer answer = geo::equity(request_of(*options));
        print(answer.text);
        if (!answer.incomplete) return geo::ExitStatus::finished;
        if (answer.text.empty())
            say("cordon: INCOMPLETE: outlets are left out that could be in any area; the provenance lists them");
        return geo::ExitStatus::incomplete;
    };
}

}  // namespace cordon
