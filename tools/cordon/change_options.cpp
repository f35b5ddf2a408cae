// SPDX-License-Identifier: Apache-2.0
#include "tools/cordon/change_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

/// `--confidence`: 0.90 to 0.998, or per cent; `otherwise` for an empty value.
double confidence_option(const std::string& value, double otherwise) {
    constexpr double kLeast = 0.90, kMost = 0.998, kPerCent = 100.0;
    if (value.empty()) return otherwise;
    auto share = geo::parse_number(value);
    if (share && *share > 1.0) *share /= kPerCent;
    if (share && *share >= kLeast && *share <= kMost) return *share;
    throw geo::UsageError(
        fmt::format("--confidence {}: expected from 0.90 to 0.998, such as 0.95", geo::printable(value)));
}

}  // namespace

void declare_answers(CLI::App& app, ChangeOptions& options, const ChangeHelp& help) {
    declare_study(app, options.study);
    const std::string out = std::string("Write the answer to a file; repeatable. Without it, ") + help.without_out;
    add_option(app, "--out", options.out, out.c_str(), "PATH", "Answers");
    app.add_flag("--force", options.force, "Replace files that exist")->group("Answers");
    const char* counted = "What is counted";
    add_option(app, "--by", options.by, help.by, "LAYER", counted);
    add_option(app, "--outlets", options.outlets, "A layer of outlets; repeatable. Without it, all of them", "LAYER",
               counted);
    add_option(app, "--use", options.uses, help.use, "USE", counted);
    add_option(app, "--policy", options.policies, "In place of the study's policies; repeatable", "FILE|ID", counted);
}

void declare_confidence(CLI::App& app, ChangeOptions& options, const char* group) {
    add_option(app, "--confidence", options.confidence, "Of the intervals, 0.90 to 0.998; 0.95", "SHARE", group);
}

void declare_run(CLI::App& app, ChangeOptions& options) {
    add_option(app, "--grids", options.grids, "Where the OSTN15 grid is; `none` to do without", "DIR", "Run");
    declare_running(app, options.threads, options.no_progress);
}

void fill(geo::ChangeRequest& request, const ChangeOptions& options) {
    request.study = options.study;
    request.grids = grid_folders(options.grids);
    request.policies = options.policies;
    request.outlets = options.outlets;
    request.uses = uses_option("--use", options.uses);
    if (!options.by.empty()) request.areas = options.by;
    request.confidence = confidence_option(options.confidence, request.confidence);
    request.threads = threads_option(options.threads);
    request.out.assign(options.out.begin(), options.out.end());
    request.replace = options.force;
    request.width = terminal_width();
}

geo::ExitStatus tell(const geo::ChangeAnswer& answer, std::string_view left_out) {
    print(answer.text);
    if (!answer.incomplete) return geo::ExitStatus::finished;
    // The text says it too; where files were asked for, nothing else would.
    if (answer.text.empty()) say(fmt::format("cordon: INCOMPLETE: {}; the provenance lists them", left_out));
    return geo::ExitStatus::incomplete;
}

std::vector<geo::Date> at_dates_option(const std::string& value) {
    std::vector<geo::Date> dates;
    for (std::size_t first = 0; !value.empty() && first <= value.size();) {
        const std::size_t end = std::min(value.find(',', first), value.size());
        const std::string part(geo::trimmed(std::string_view(value).substr(first, end - first)));
        if (part.empty())
            throw geo::UsageError("--at-dates " + geo::printable(value) + ": a date is missing between the commas");
        dates.push_back(*date_option("--at-dates", part));
        first = end + 1;
    }
    return dates;
}

std::vector<geo::Use> uses_option(const char* option, const std::vector<std::string>& values) {
    std::vector<geo::Use> uses;
    for (const std::string& written : values) {
        const auto use = geo::use_from_word(written);
        if (!use || *use == geo::Use::unstated) {
            const auto near = geo::nearest_word(written, geo::use_words());
            throw geo::UsageError(
                fmt::format("{} {}: no such use; {}", option, geo::printable(written),
                            near ? "did you mean " + *near + "?" : "there are " + geo::join_words(geo::use_words())));
        }
        uses.push_back(*use);
    }
    return uses;
}

double per_option(const std::string& value, double otherwise) {
    constexpr double kMost = 1e9;
    if (value.empty()) return otherwise;
    const auto per = geo::parse_number(value);
    if (per && *per > 0 && *per <= kMost) return *per;
    throw geo::UsageError(
        fmt::format("--per {}: expected a number of residents, such as 1000 or 100000", geo::printable(value)));
}

double metres_option(const char* option, const std::string& value, double otherwise, double least, double most) {
    if (value.empty()) return otherwise;
    auto metres = geo::parse_number(value);
    if (!metres)
        if (const auto length = geo::parse_length(value)) metres = length->value;
    if (metres && *metres >= least && *metres <= most) return *metres;
    throw geo::UsageError(fmt::format("{} {}: expected metres from {} to {}, such as {}", option, geo::printable(value),
                                      geo::format_shortest(least), geo::format_shortest(most),
                                      geo::format_shortest(otherwise > 0 ? otherwise : most / 100)));
}

}  // namespace cordon
