// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/coverage_zones.h"
#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct ZonesOptions : StudyOptions {
    std::string planning_data;
    std::vector<std::string> out;
};

constexpr const char* kFooter =
    "Every rule that refuses by distance, or by lying inside or outside areas, has a zone, as at a day: around the\n"
    "places that `cordon check` would test then, from the same anchors. Two drawings of each: the distance, and where "
    "a\n"
    "proposal would breach: in the policy's area, exemptions by area cut out. A zone is a drawing: its line is the "
    "true\n"
    "line or lies up to 10 cm outside it, never inside. What it covers is measured one by one: units of frontages,\n"
    "outlets in trade on the day, and addresses where the study has a look-up of UPRNs.\n"
    "A rule by walking is drawn along the streets that are within its limit on foot, up to 25 m beside them, less "
    "where\n"
    "the limit ends: a verdict is measured, not read off. `streets` has those streets, cut where the limit ends.\n"
    "\n"
    "Tables: `zones`, a row a rule, then all adopted ones together: hectares, share of the study area, what is left;\n"
    "`breach`, the second drawing; `streets`, of rules by walking, with the metres walked to both ends of each "
    "stretch;\n"
    "`covered`, the units, outlets and addresses by layer and rule.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   the table `zones`                     .gpkg     layers `zones`, `breach`, `streets`, drawn in QGIS; "
    "`covered`\n"
    "  .json  tables, sentences, provenance         .geojson  the drawings, in longitude and latitude\n"
    "Beside .csv and .geojson stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "--planning-data writes what planning.data.gov.uk would hold as `fast-food-exclusion-zone`: a row a rule of an\n"
    "adopted policy that is not by walking: reference, name, entry-date (the day of the zones), start-date, end-date,\n"
    "documentation-url (empty), geometry (where a proposal would breach; WKT, EPSG:4326).\n"
    "\n"
    "Examples:\n"
    "  cordon zones study.toml\n"
    "  cordon zones study.toml --on 2020-01-01 --out zones.gpkg --out zones.csv\n"
    "  cordon zones study.toml --policy st-helens-hft-2011\n"
    "  cordon zones study.toml --planning-data fast-food-exclusion-zone.csv\n"
    "\n";

geo::ZonesRequest request_of(const ZonesOptions& options) {
    geo::ZonesRequest request;
    fill(request, options);
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
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--out", options->out, "Write the answer to a file; repeatable. Without it, a short table on the terminal",
        "PATH", "Answers");
    add("--planning-data", options->planning_data, "Write the zones in the form of planning.data.gov.uk", "FILE.csv",
        "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    declare_assessment(app, *options, "The zones as at that day; the study's as-at, else today");
    declare_running(app, options->threads, options->no_progress);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_zones(*options); };
}

}  // namespace cordon
