// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/geo.h"
#include "libgeo/report/remarks.h"
#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct CheckOptions : StudyOptions {
    std::string at, findings, places;
    std::vector<std::string> out;
    bool by_policy = false, exit_code = false;
};

constexpr const char* kFooter =
    "The forms of --out, by the ending:\n"
    "  .csv      one row a proposal, in input order      .geojson  sites in WGS 84 with their verdicts\n"
    "  .json     verdicts with every finding             .gpkg     layers with styles, opens drawn in QGIS\n"
    "  .fgb      FlatGeobuf                              /dev/stdout: CSV on standard output\n"
    "The columns nearest_… hold the nearest place that a rule looks at, as far as it can be measured; the place that "
    "decided\n"
    "may be another (--findings has it), and --places has every one within reach.\n"
    "Beside .csv, .geojson and .fgb stands NAME.provenance.json: versions, hashes, licences, row counts, issues.\n"
    "Every file is there whole or not at all.\n"
    "\n"
    "A place for --at:\n"
    "  \"530123,175456\" easting,northing   \"51.4613,-0.1156\" latitude,longitude   \"TQ 30123 75456\" grid "
    "reference\n"
    "  \"SW2 1RW\" postcode, uprn:100023336956: where the study has a look-up\n"
    "\n"
    "Examples:\n"
    "  cordon check study.toml\n"
    "  cordon check study.toml --out verdicts.csv --findings findings.csv\n"
    "  cordon check study.toml --out verdicts.gpkg --on 2026-04-01\n"
    "  cordon check study.toml --policy london-plan-2021-e9\n"
    "  cordon check study.toml --at \"TQ 30123 75456\"\n"
    "\n";

geo::CheckRequest request_of(const CheckOptions& options) {
    geo::CheckRequest request;
    fill(request, options);
    request.out.assign(options.out.begin(), options.out.end());
    if (!options.findings.empty()) request.findings = options.findings;
    if (!options.places.empty()) request.places = options.places;
    request.by_policy = options.by_policy;
    request.replace = options.force;
    if (!options.at.empty()) request.at = options.at;
    request.width = terminal_width();
    return request;
}

geo::ExitStatus run_check(const CheckOptions& options) {
    geo::CheckRequest request = request_of(options);
    geo::CheckAnswer answer;
    try {
        Progress progress(!options.no_progress);
        request.progress = progress.callback();
        answer = geo::check(request);
    } catch (const geo::ReaderGone& gone) {
        // Quiet where the reader's output was all there was; files that are not written now must be said.
        if (options.out.size() + !options.findings.empty() + !options.places.empty() > 1)
            throw geo::EnvironmentError(gone.what());
        throw;
    }
    print(answer.text);
    if (answer.incomplete) {
        // The table says it too; where files were asked for, nothing else would.
        if (answer.text.empty()) say("cordon: " + geo::incomplete_words(answer.issues));
        return geo::ExitStatus::incomplete;
    }
    const bool breaches = answer.tally.by_result[static_cast<std::size_t>(geo::Result::breach)] > 0;
    return options.exit_code && breaches ? geo::ExitStatus::breach : geo::ExitStatus::finished;
}

}  // namespace

Run declare_check(CLI::App& app) {
    const auto options = std::make_shared<CheckOptions>();
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--out", options->out, "Write the verdicts to a file; repeatable. Without it, a short table on the terminal",
        "PATH", "Answers");
    add("--findings", options->findings, "One row a proposal, rule and layer, clear ones too", "FILE.csv", "Answers");
    add("--places", options->places, "Every place within the limit and a quarter more, by each way of measuring",
        "FILE.csv", "Answers");
    app.add_flag("--by-policy", options->by_policy, "One row a proposal and policy, with a column `policy`")
        ->group("Answers");
    add("--at", options->at, "One place in place of the study's proposals: each rule, and the table \"which 400 m?\"",
        "PLACE", "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    declare_assessment(app, *options);
    declare_running(app, options->threads, options->no_progress);
    app.add_flag("--exit-code", options->exit_code, "Exit status 1 where something breaches")->group("Run");
    app.footer(std::string(kFooter) + kExitStatusesAndBreach);
    return [options] { return run_check(*options); };
}

}  // namespace cordon
