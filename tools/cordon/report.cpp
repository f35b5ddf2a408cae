// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/evidence.h"
#include "libgeo/pack.h"
#include "libgeo/report/remarks.h"
#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct ReportOptions : StudyOptions {
    std::string proposal, at, by;
    std::vector<std::string> out;
    bool all = false, pdf = false;
};

constexpr const char* kFooter =
    "The evidence sheet says, of one proposal: what was measured, between which two points, against which wording and\n"
    "its status, how sure that is, what was not tested, as at which day; with a map and paragraphs to paste. It never\n"
    "recommends. Without --out the paragraphs are printed.\n"
    "\n"
    "  .html  one file that needs no other           .pdf   the same, tagged, printed by Chromium where it is "
    "installed\n"
    "\n"
    "Without --proposal, --at and --all: the commission pack of the whole study, to --out: counts and rates with\n"
    "intervals, maps, areas, deprivation, the policy's effect, parades, proposals, methods, sources. What a study "
    "cannot\n"
    "give is a sentence with the reason.\n"
    "\n"
    "A place for --at:\n"
    "  \"530123,175456\" easting,northing   \"51.4613,-0.1156\" latitude,longitude   \"TQ 30123 75456\" grid "
    "reference\n"
    "  \"SW2 1RW\" postcode, uprn:100023336956: where the study has a look-up\n"
    "\n"
    "Examples:\n"
    "  cordon report study.toml --proposal 19/00425/FUL\n"
    "  cordon report study.toml --proposal 19/00425/FUL --out sheet.html --out sheet.pdf\n"
    "  cordon report study.toml --at \"TQ 30123 75456\" --out enquiry.pdf\n"
    "  cordon report study.toml --all --out sheets/\n"
    "  cordon report study.toml --out pack.html --out pack.pdf\n"
    "\n";

geo::EvidenceRequest request_of(const ReportOptions& options) {
    geo::EvidenceRequest request;
    fill(request, options);
    request.out.assign(options.out.begin(), options.out.end());
    if (!options.proposal.empty()) request.reference = options.proposal;
    if (!options.at.empty()) request.at = options.at;
    request.all = options.all;
    request.pdf = options.pdf;
    request.replace = options.force;
    request.width = terminal_width();
    return request;
}

geo::ExitStatus run_sheets(const ReportOptions& options) {
    geo::EvidenceRequest request = request_of(options);
    const geo::EvidenceAnswer answer = with_progress(options, request, geo::evidence);
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    if (answer.text.empty()) say("cordon: " + geo::incomplete_words(answer.issues));
    return geo::ExitStatus::incomplete;
}

/// Without a proposal: the commission pack.
geo::ExitStatus run_pack(const ReportOptions& options) {
    geo::PackRequest request;
    const geo::EvidenceRequest common = request_of(options);
    const geo::StudyRequest& of_study = common;
    static_cast<geo::StudyRequest&>(request) = of_study;
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    if (!options.by.empty()) request.areas = options.by;
    const geo::PackAnswer answer = with_progress(options, request, geo::write_pack);
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    say("cordon: INCOMPLETE: rows that could change a figure were left out; the pack lists them");
    return geo::ExitStatus::incomplete;
}

geo::ExitStatus run_report(const ReportOptions& options) {
    const int asked = (options.proposal.empty() ? 0 : 1) + (options.at.empty() ? 0 : 1) + (options.all ? 1 : 0);
    if (asked > 1) throw geo::UsageError("--proposal, --at and --all exclude each other; give one of them");
    if (options.pdf && !options.all)
        throw geo::UsageError("--pdf goes with --all; name a file that ends in .pdf by --out otherwise");
    if (asked == 0 && options.out.empty())
        throw geo::UsageError(
            "report: give --proposal REF, --at PLACE, or --all with --out FOLDER; without these --out pack.html makes "
            "the commission pack (`cordon report --help`)");
    if (asked == 0) return run_pack(options);
    if (!options.by.empty())
        throw geo::UsageError("--by is for the commission pack, which has no --proposal, --at or --all");
    return run_sheets(options);
}

}  // namespace

Run declare_report(CLI::App& app) {
    const auto options = std::make_shared<ReportOptions>();
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--proposal", options->proposal, "The evidence sheet of the proposal with this reference", "REF",
        "Evidence sheets");
    add("--at", options->at, "The sheet of a place, before any application", "PLACE", "Evidence sheets");
    app.add_flag("--all", options->all, "A sheet for each proposal that breaches, with an index, into the folder --out")
        ->group("Evidence sheets");
    app.add_flag("--pdf", options->pdf, "With --all: each sheet as a PDF too")->group("Evidence sheets");
    add("--by", options->by, "Outlets by this layer of areas; the study area's layer, else the only one", "LAYER",
        "Commission pack");
    add("--out", options->out, "Write to a file (.html, .pdf; repeatable), with --all to a folder", "PATH", "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    declare_assessment(app, *options);
    declare_running(app, options->threads, options->no_progress);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_report(*options); };
}

}  // namespace cordon
