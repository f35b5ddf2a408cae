// SPDX-License-Identifier: Apache-2.0
//
// Options that the commands of change over time share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/uses.h"
#include "libgeo/change.h"
#include "tools/cordon/study_options.h"

namespace cordon {

/// What each of these commands is given, as written.
struct ChangeOptions {
    std::string study, by, confidence, threads, grids;
    std::vector<std::string> out, outlets, uses, policies;
    bool force = false, no_progress = false;
};

/// The words of the help that differ between the commands.
struct ChangeHelp {
    const char* without_out;  ///< what there is without --out
    const char* by;
    const char* use;
};
/// STUDY, --out, --force; --by, --outlets, --use, --policy.
void declare_answers(CLI::App& app, ChangeOptions& options, const ChangeHelp& help);
/// --confidence, in the group of that name.
void declare_confidence(CLI::App& app, ChangeOptions& options, const char* group);
/// --grids, --threads, --no-progress.
void declare_run(CLI::App& app, ChangeOptions& options);

/// Fills what all requests have in common. Throws UsageError with one message: option, value, what was expected.
void fill(geo::ChangeRequest& request, const ChangeOptions& options);
/// Prints the answer; where only files were asked for, a line on standard error says that it is incomplete. `left_out`: `outlets are left out that could be in any area`.
geo::ExitStatus tell(const geo::ChangeAnswer& answer, std::string_view left_out);

// Values of options. Each throws UsageError with one message: option, value, what was expected.

/// `--at-dates 2018-01-01,2024-01-01`; none for an empty value.
std::vector<geo::Date> at_dates_option(const std::string& value);
/// `--use hot-food-takeaway`, each time it was given.
std::vector<geo::Use> uses_option(const char* option, const std::vector<std::string>& values);
/// `--per`; `otherwise` for an empty value.
double per_option(const std::string& value, double otherwise);
/// `400`, `400 m`, `0.4 km`: from `least` to `most`; `otherwise` for an empty value.
double metres_option(const char* option, const std::string& value, double otherwise, double least, double most);

}  // namespace cordon
