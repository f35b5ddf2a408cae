// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/coverage_zones.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct ZonesOptions {
    std::string study, planning_data, on, tie, threads, grids;
    std::vector<std::string> out, policies;
    bool force = false, no_progress = false;
};

constexpr const char* kFooter =
    "Every rule that refuses by straight-line distance, or by lying inside or outside areas, has a zone, as at a day:\n"
    "around the places that `cordon check` would test then, from the same anchors. Two drawings of each: the "
    "distance,\n"
    "and where a proposal would breach: in the policy's area, exemptions by area cut out. A zone is a drawing: its "
    "line\n"
    "is the true line or lies up to 10 cm outside it, never inside. What it covers is measured one by one: units of\n"
    "frontages, outlets in trade on the day, and addresses where the study has a look-up of UPRNs.\n"
    "\n"
    "Tables: `zones`, a row a rule, then all adopted ones together: hectares, share of the study area, what is left;\n"
    "`breach`, the second drawing; `covered`, the units, outlets and addresses by layer and rule.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   the table `zones`                     .gpkg     layers `zones` and `breach`, drawn in QGIS; `covered`\n"
    "  .json  tables, sentences, provenance         .geojson  both drawings, in longitude and latitude\n"
    "Beside .csv and .geojson stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "--planning-data writes what planning.data.gov.uk would hold as `fast-food-exclusion-zone`: a row a rule of an\n"
    "adopted policy, reference, name, entry-date (the day of the zones), start-date, end-date, documentation-url "
    "(empty),\n"
    "geometry (where a proposal would breach; WKT, EPSG:4326).\n"
    "\n"
    "Examples:\n"
    "  cordon zones study.toml\n"
    "  cordon zones study.toml --on 2020-01-01 --out zones.gpkg --out zones.csv\n"
    "  cordon zones study.toml --policy st-helens-hft-2011\n"
    "  cordon zones study.toml --planning-data fast-food-exclusion-zone.csv\n"
    "\n";

geo::ZonesRequest request_of(const ZonesOptions& options) {
    geo::ZonesRequest request;
    request.study = options.study;
    request.policies = options.policies;
    request.on = date_option("--on", options.on);
    request.tie_m = length_option("--tie", options.tie);
    request.threads = threads_option(options.threads);
    request.grids = grid_folders(options.grids);
    request.out.assign(options.out.begin(), options.out.end());
    if (!options.planning_data.empty()) request.planning_data = options.planning_data;
    request.replace = options.force;
    request.width = terminal_width();
    return request;
}

geo::ExitStatus run_zones(const ZonesOptions& options) {
    const geo::ChangeAnswer answer = geo::zones(request_of(options));
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The text says it too; where files were asked for, nothing else would.
    if (answer.text.empty()) say("cordon: " + answer.sentences.back());
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_zones(CLI::App& app) {
    const auto options = std::make_shared<ZonesOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        app.add_option(name, value, help)->type_name(type)->allow_extra_args(false)->group(group);
    };
    add("--out", options->out, "Write the answer to a file; repeatable. Without it, a short table on the terminal",
        "PATH", "Answers");
    add("--planning-data", options->planning_data, "Write the zones in the form of planning.data.gov.uk", "FILE.csv",
        "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--on", options->on, "The zones as at that day; the study's as-at, else today", "DATE", "What is drawn");
    add("--policy", options->policies, "In place of the study's policies; repeatable", "FILE|ID", "What is drawn");
    add("--tie", options->tie, "In place of the policies' own tie: 1 mm", "DISTANCE", "What is drawn");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR", "Run");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N", "Run");
    app.add_flag("--no-progress", options->no_progress, "No progress line on the terminal")->group("Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_zones(*options); };
}

}  // namespace cordon
