// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/coverage_sweep.h"
#include "tools/cordon/command.h"
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

struct SweepOptions : StudyOptions {
    std::string limit, from, by, kinds, exemption;
    std::vector<std::string> out, rules;
    bool no_zones = false;
};

constexpr const char* kFooter =
    "Every distance rule that can be breached is read at each limit, from each anchor, in a straight line or along\n"
    "streets, of each kind of place, with and without its exemption; one rule at a time, the others as they are. Of "
    "each\n"
    "reading: how many applications would breach, are borderline, unknown, clear or exempt; which of those that the\n"
    "council granted would breach, and which that it refused would be clear; hectares and share of the study area "
    "where\n"
    "a proposal would breach (not of readings by walking), and what is left; units of frontages that would be clear "
    "or\n"
    "exempt. Marked with * is the rule as it stands. The verdicts are those that `cordon check` gives with the policy\n"
    "edited so. Limits are metres, also by walking; with both it says how many are only as the crow flies within "
    "them.\n"
    "\n"
    "Tables: `sweep`, a row a reading; `flips`, a row for each application and reading under which it becomes a "
    "breach\n"
    "or stops being one, with its decision.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   the table `sweep`                     .gpkg  both tables; the flipped applications as points\n"
    "  .json  both, sentences, issues, provenance   .svg   breaches and share of the area over the limit\n"
    "Beside .csv and .svg stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "\n"
    "Examples:\n"
    "  cordon sweep study.toml --limit 200:800:50\n"
    "  cordon sweep study.toml --limit 200,300,400,\"0.25 mi\" --rule FH1 --exemption with,without\n"
    "  cordon sweep study.toml --limit 400 --by straight-line,walking\n"
    "  cordon sweep study.toml --limit 400 --from boundary,entrances,centroid --kinds adopted,primary,secondary\n"
    "  cordon sweep study.toml --limit 200:800:50 --out sweep.csv --out sweep.gpkg --out sweep.svg\n"
    "\n";

std::vector<std::string> list_of(const char* option, const std::string& written) {
    std::vector<std::string> parts;
    for (std::size_t first = 0; !written.empty() && first <= written.size();) {
        const std::size_t end = std::min(written.find(',', first), written.size());
        parts.emplace_back(geo::trimmed(std::string_view(written).substr(first, end - first)));
        if (parts.back().empty())
            throw geo::UsageError(
                fmt::format("{} {}: a word is missing between the commas", option, geo::printable(written)));
        first = end + 1;
    }
    return parts;
}

[[noreturn]] void unknown_word(const char* option, const std::string& written, const std::vector<std::string>& known) {
    const auto near = geo::nearest_word(written, known);
    throw geo::UsageError(fmt::format("{} {}: {}expected is {}", option, geo::printable(written),
                                      near ? "did you mean " + *near + "? " : std::string(),
                                      geo::join_words(known, " or ")));
}

std::vector<std::optional<geo::From>> anchors_of(const std::string& written) {
    static const std::vector<std::string> kKnown = {"adopted", "boundary", "entrances", "centroid"};
    std::vector<std::optional<geo::From>> anchors;
    for (const std::string& part : list_of("--from", written)) {
        if (part == "walking") throw geo::UsageError("--from walking: to measure along streets say --by walking");
        if (part == "adopted")
            anchors.emplace_back();
        else if (part == "boundary")
            anchors.emplace_back(geo::From::boundary);
        else if (part == "entrances")
            anchors.emplace_back(geo::From::entrances);
        else if (part == "centroid")
            anchors.emplace_back(geo::From::centroid);
        else
            unknown_word("--from", part, kKnown);
    }
    return anchors;
}

std::vector<std::optional<geo::By>> ways_of(const std::string& written) {
    static const std::vector<std::string> kKnown = {"adopted", "straight-line", "walking"};
    std::vector<std::optional<geo::By>> ways;
    for (const std::string& part : list_of("--by", written)) {
        if (part == "adopted")
            ways.emplace_back();
        else if (part == "straight-line")
            ways.emplace_back(geo::By::straight_line);
        else if (part == "walking")
            ways.emplace_back(geo::By::walking);
        else
            unknown_word("--by", part, kKnown);
    }
    return ways;
}

/// `primary,secondary+all-through,adopted,all`.
std::vector<std::optional<std::vector<std::string>>> kinds_of(const std::string& written) {
    std::vector<std::optional<std::vector<std::string>>> kinds;
    for (const std::string& part : list_of("--kinds", written)) {
        if (part == "adopted") {
            kinds.emplace_back();
            continue;
        }
        std::vector<std::string>& one = kinds.emplace_back().emplace();
        for (std::size_t first = 0; part != "all" && first <= part.size();) {
            const std::size_t end = std::min(part.find('+', first), part.size());
            one.emplace_back(geo::trimmed(std::string_view(part).substr(first, end - first)));
            if (one.back().empty())
                throw geo::UsageError(fmt::format("--kinds {}: a kind is missing beside the +", geo::printable(part)));
            first = end + 1;
        }
    }
    return kinds;
}

std::vector<bool> exemptions_of(const std::string& written) {
    std::vector<bool> exemptions;
    for (const std::string& part : list_of("--exemption", written)) {
        if (part != "with" && part != "without") unknown_word("--exemption", part, {"with", "without"});
        exemptions.push_back(part == "with");
    }
    return exemptions;
}

geo::SweepRequest request_of(const SweepOptions& options) {
    geo::SweepRequest request;
    fill(request, options);
    request.sweep.limits = geo::sweep_limits(options.limit);
    request.sweep.from = anchors_of(options.from);
    request.sweep.by = ways_of(options.by);
    request.sweep.kinds = kinds_of(options.kinds);
    request.sweep.exemptions = exemptions_of(options.exemption);
    request.sweep.rules = options.rules;
    request.zones = !options.no_zones;
    request.flips = std::any_of(options.out.begin(), options.out.end(), [](const std::string& path) {
        return path.ends_with(".json") || path.ends_with(".gpkg");
    });
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    request.width = terminal_width();
    return request;
}

geo::ExitStatus run_sweep(const SweepOptions& options) {
    geo::SweepRequest request = request_of(options);
    const geo::ChangeAnswer answer = with_progress(options, request, geo::sweep);
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The table says it too; where files were asked for, nothing else would.
    if (answer.text.empty()) say("cordon: " + answer.sentences.back());
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_sweep(CLI::App& app) {
    const auto options = std::make_shared<SweepOptions>();
    declare_study(app, options->study);
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        return add_option(app, name, value, help, type, group);
    };
    add("--limit", options->limit, "The limits to try: from, to and step, or a list; metres unless a unit stands there",
        "200:800:50", "Readings")
        ->required();
    add("--from", options->from, "Where places are measured from: adopted, boundary, entrances, centroid",
        "WORD,WORD,…", "Readings");
    add("--by", options->by, "How distances are measured: adopted, straight-line, walking (along the study's streets)",
        "WORD,WORD,…", "Readings");
    add("--kinds,--phases", options->kinds,
        "Kinds of place, such as phases of school: adopted, all, primary, secondary+all-through", "KIND,KIND,…",
        "Readings");
    add("--exemption", options->exemption, "The rule's exemptions: with, without, or both", "with,without", "Readings");
    add("--rule", options->rules, "Only this rule; repeatable. Without it, every one that can be read otherwise", "ID",
        "Readings");
    add("--out", options->out, "Write the answer to a file; repeatable. Without it, tables on the terminal", "PATH",
        "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    app.add_flag("--no-zones", options->no_zones, "Do not draw the zones: no hectares, and quicker")->group("Answers");
    declare_assessment(app, *options, "Everything as at this day (else: decision date, the study's as-at, today)");
    declare_running(app, options->threads, options->no_progress);
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_sweep(*options); };
}

}  // namespace cordon
