// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct EffectOptions {
    std::string study, by, from, until, months, ring, confidence, threads, grids;
    std::vector<std::string> out, outlets, uses, policies;
    bool force = false, no_progress = false;
};

constexpr const char* kFooter =
    "Outlets of the policy's uses are put into zones, by exact distance and by the policy's own rules and exemptions,\n"
    "with the places as they were on its first day:\n"
    "  inside   a rule by distance (or inside an area) refuses outlets there\n"
    "  ring     not inside, but with every limit --ring farther out it would be: where displaced outlets might go\n"
    "  exempt   inside, but for an exemption, as in town centres\n"
    "  beyond   none of these: the comparison\n"
    "Then, of openings before the policy and under it:\n"
    "  openings-ratio        (after / before, in the zone) / (after / before, beyond), with an interval whose errors "
    "are\n"
    "                        clustered by area (--by: small areas are better; at least 5)\n"
    "  openings-difference   the same as a plain difference of means\n"
    "  step, slope-change    interrupted time series, quasi-Poisson with seasonal terms, inside and beyond\n"
    "Needed: outlets with dates of opening, or two or more snapshots before the policy and two or more after it; at "
    "least\n"
    "5 openings before and 5 after, inside and beyond. What is missing is said, and no figure given.\n"
    "\n"
    "The forms of --out, by the ending:\n"
    "  .csv   one row a zone                        .gpkg  zones, estimates, periods and areas as layers\n"
    "  .json  all of it, with sentences, provenance .svg   a chart of openings inside and beyond\n"
    "Beside .csv and .svg stands NAME.provenance.json. Every file is there whole or not at all.\n"
    "\n"
    "Examples:\n"
    "  cordon effect study.toml --by lsoas\n"
    "  cordon effect study.toml --by lsoas --policy waltham-forest-hft-2009 --from 2005-01-01 --until 2015-01-01\n"
    "  cordon effect study.toml --by lsoas --ring 200 --out effect.json --out effect.svg\n"
    "\n";

unsigned months_option(const std::string& value, unsigned otherwise) {
    constexpr double kMost = 60;
    if (value.empty()) return otherwise;
    const auto months = geo::parse_number(value);
    if (months && *months >= 1 && *months <= kMost && *months == static_cast<unsigned>(*months))
        return static_cast<unsigned>(*months);
    throw geo::UsageError(
        fmt::format("--months {}: expected a whole number from 1 to 60, such as 3", geo::printable(value)));
}

/// `100`, `100 m`, `0.1 km`.
double ring_option(const std::string& value, double otherwise) {
    constexpr double kMost = 10000;
    if (value.empty()) return otherwise;
    auto metres = geo::parse_number(value);
    if (!metres)
        if (const auto length = geo::parse_length(value)) metres = length->value;
    if (metres && *metres >= 0 && *metres <= kMost) return *metres;
    throw geo::UsageError(
        fmt::format("--ring {}: expected metres from 0 to 10000, such as 100", geo::printable(value)));
}

geo::EffectRequest request_of(const EffectOptions& options) {
    geo::EffectRequest request;
    request.study = options.study;
    request.grids = grid_folders(options.grids);
    request.policies = options.policies;
    request.outlets = options.outlets;
    request.uses = uses_option(options.uses);
    if (!options.by.empty()) request.areas = options.by;
    request.confidence = confidence_option(options.confidence, request.confidence);
    request.threads = threads_option(options.threads);
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    request.width = terminal_width();
    request.from = date_option("--from", options.from);
    request.until = date_option("--until", options.until);
    request.months = months_option(options.months, request.months);
    request.ring_m = ring_option(options.ring, request.ring_m);
    return request;
}

geo::ExitStatus run_effect(const EffectOptions& options) {
    const geo::ChangeAnswer answer = geo::effect(request_of(options));
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The text says it too; where files were asked for, nothing else would.
    if (answer.text.empty())
        say("cordon: INCOMPLETE: outlets are left out that could be in any zone; the provenance lists them");
    return geo::ExitStatus::incomplete;
}

}  // namespace

Run declare_effect(CLI::App& app) {
    const auto options = std::make_shared<EffectOptions>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    const auto add = [&](const char* name, auto& value, const char* help, const char* type, const char* group) {
        app.add_option(name, value, help)->type_name(type)->allow_extra_args(false)->group(group);
    };
    add("--out", options->out,
        "Write the answer to a file; repeatable. Without it, figures and sentences on the terminal", "PATH", "Answers");
    app.add_flag("--force", options->force, "Replace files that exist")->group("Answers");
    add("--policy", options->policies, "The policy whose effect is looked for; the study's one that is in force",
        "FILE|ID", "What is compared");
    add("--by", options->by,
        "The layer of areas by which errors are clustered; the study area's layer, else the only one", "LAYER",
        "What is compared");
    add("--outlets", options->outlets, "A layer of outlets; repeatable. All of them", "LAYER", "What is compared");
    add("--use", options->uses, "Of the policy's uses only this one; repeatable", "WORD", "What is compared");
    add("--from", options->from,
        "The first day looked at; the month of the first opening on record, or the first snapshot", "DATE",
        "What is compared");
    add("--until", options->until, "The day after the last; the end of the record", "DATE", "What is compared");
    add("--ring", options->ring, "Width of the ring just outside the zones, in metres; 100", "METRES",
        "What is compared");
    add("--months", options->months, "Length of a period of the time series; 3 (snapshots: from one to the next)", "N",
        "Statistics");
    add("--confidence", options->confidence, "Of the intervals, 0.90 to 0.998; 0.95", "SHARE", "Statistics");
    add("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without", "DIR", "Run");
    add("--threads", options->threads, "How many; all there are. Answers do not depend on it", "N", "Run");
    app.add_flag("--no-progress", options->no_progress, "No progress line on the terminal")->group("Run");
    app.footer(std::string(kFooter) + kExitStatuses);
    return [options] { return run_effect(*options); };
}

}  // namespace cordon
