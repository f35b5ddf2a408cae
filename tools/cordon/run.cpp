// SPDX-License-Identifier: Apache-2.0
#include "libgeo/run_study.h"

#include <memory>

#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct RunOptions {
    std::string study, out, by, on, tie, threads, grids;
    std::vector<std::string> policies;
    bool force = false, exit_code = false, no_pdf = false, no_progress = false;
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
    request.study = options.study;
    request.policies = options.policies;
    request.on = date_option("--on", options.on);
    request.tie_m = length_option("--tie", options.tie);
    request.threads = threads_option(options.threads);
    request.grids = grid_folders(options.grids);
    request.out = options.out;
    request.replace = options.force;
    request.exit_code = options.exit_code;
    request.pdf = !options.no_pdf;
    if (!options.by.empty()) request.areas = options.by;
    geo::RunAnswer answer;
    {
        Progress progress(!options.no_progress);
        request.progress = progress.callback();
        answer = geo::run_study(request);
    }
    print(answer.text);
    if (answer.status == geo::ExitStatus::incomplete)
        say("cordon: INCOMPLETE: rows that could change an answer were left out; the pack lists them");
    return answer.status;
}

}  // namespace

Run declare_run(CLI::App& app) {
    const auto options = std::make_shared<RunOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type) {
        return app.add_option(name, value, help)->type_name(type)->allow_extra_args(false);
    };
    add("--out", options->out, "The folder that the answers go into", "DIR")->required()->group("Answers");
    app.add_flag("--force", options->force, "Replace the files of an earlier run")->group("Answers");
    app.add_flag("--no-pdf", options->no_pdf, "The pack as HTML only")->group("Answers");
    app.add_flag("--exit-code", options->exit_code, "Exit with 1 where a proposal breaches")->group("Answers");
    add("--by", options->by, "Outlets by this layer of areas; the study area's layer, else the only one", "LAYER")
        ->group("What is counted");
    add("--on", options->on, "Assess everything as at this day (else: decision date, the study's as-at, today)", "DATE")
        ->group("Assessment");
    add("--policy", options->policies, "In place of the study's policies; repeatable", "FILE|ID")->group("Assessment");
    add("--tie", options->tie, "Within this of a limit counts as on it; 1 mm, or what the policy says", "DISTANCE")
        ->group("Assessment");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR")->group("Assessment");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N")->group("Run");
    app.add_flag("--no-progress", options->no_progress, "No progress line on the terminal")->group("Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_run(*options); };
}

}  // namespace cordon
