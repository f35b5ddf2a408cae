// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/change.h"
#include "tools/cordon/change_options.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

struct EffectOptions : ChangeOptions {
    std::string from, until, months, ring;
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

geo::EffectRequest request_of(const EffectOptions& options) {
    constexpr double kWidestRing = 10000;
    geo::EffectRequest request;
    fill(request, options);
    request.from = date_option("--from", options.from);
    request.until = date_option("--until", options.until);
    request.months = months_option(options.months, request.months);
    request.ring_m = metres_option("--ring", options.ring, request.ring_m, 0, kWidestRing);
    return request;
}

}  // namespace

Run declare_effect(CLI::App& app) {
    const auto options = std::make_shared<EffectOptions>();
    declare_answers(app, *options,
                    {"figures and sentences on the terminal",
                     "The layer of areas by which errors are clustered; the study area's layer, else the only one",
                     "Of the policy's uses only this one; repeatable"});
    const char* compared = "What is compared";
    add_option(app, "--from", options->from,
               "The first day looked at; the month of the first opening on record, or the first snapshot", "DATE",
               compared);
    add_option(app, "--until", options->until, "The day after the last; the end of the record", "DATE", compared);
    add_option(app, "--ring", options->ring, "Width of the ring just outside the zones, in metres; 100", "METRES",
               compared);
    add_option(app, "--months", options->months,
               "Length of a period of the time series; 3 (snapshots: from one to the next)", "N", "Statistics");
    declare_confidence(app, *options, "Statistics");
    declare_run(app, *options);
    app.footer(std::string(kFooter) + kExitStatuses);
    return
        [options] { return tell(geo::effect(request_of(*options)), "outlets are left out that could be in any zone"); };
}

}  // namespace cordon
