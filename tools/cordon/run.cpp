// SPDX-License-Identifier: Apache-2.0
#include "libgeo/run_study.h"

#include <memory>

#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct RunOptions : StudyOptions {
    std::string out, by;
    bool exit_code = false, no_pdf = false;
};

constexpr const char* kFooter =
    "Into the folder --out, which is made where it is missing:\n"
    "  index.html                     what there is, and what was left out and why\n"
    "  pack.html, pack.pdf            the commission pack (the PDF where Chromium is installed)\n"
    "  map.html, map.gpkg             the interactive map; the same as map layers\n"
    "  verdicts.csv, findings.csv     check\n"
    "  zones.gpkg                     zones\n"
    "  density.csv .gpkg .svg         density\n"
    "  equity.json .svg               equity\n"
    "  effect.json .svg               effect\n"
    "  concentrations.csv .gpkg       concentrations\n"
    "  figure-….pdf .png .svg         figures on A4 at a true scale\n"
    "What the study cannot give is left out, and said. Every file is there whole or not at all.\n"
    "\n"
    "Examples:\n"
    "  cordon run study.toml --out answers\n"
    "  cordon run study.toml --out answers --force --by lsoas\n"
    "\n";

geo::ExitStatus run_run(const RunOptions& options) {
    geo::RunRequest request;
    fill(request, options);
    request.out = options.out;
    request.replace = options.force;
    request.exit_code = options.exit_code;
    request.pdf = !options.no_pdf;
    if (!options.by.empty()) request.areas = options.by;
    const geo::RunAnswer answer = with_progress(options, request, geo::run_study);
    print(answer.text);
    if (answer.status == geo::ExitStatus::incomplete)
        say("cordon: INCOMPLETE: rows that could change an answer were left out; the pack lists them");
    return answer.status;
}

}  // namespace

Run declare_run(CLI::App& app) {
    const auto options = std::make_shared<RunOptions>();
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--out", options->out, "The folder that the answers go into", "DIR", "Answers")->required();
    app.add_flag("--force", options->force, "Replace the files of an earlier run")->group("Answers");
    app.add_flag("--no-pdf", options->no_pdf, "The pack as HTML only")->group("Answers");
    app.add_flag("--exit-code", options->exit_code, "Exit with 1 where a proposal breaches")->group("Answers");
    add("--by", options->by, "Outlets by this layer of areas; the study area's layer, else the only one", "LAYER",
        "What is counted");
    declare_assessment(app, *options);
    declare_running(app, options->threads, options->no_progress);
    app.footer(std::string(kFooter) + kExitStatusesAndBreach);
    return [options] { return run_run(*options); };
}

}  // namespace cordon
