// SPDX-License-Identifier: Apache-2.0
//
// Options that the commands which assess a study share: check, zones, sweep, map, report, run.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "libgeo/loaded_study.h"
#include "tools/cordon/shared.h"

namespace cordon {

/// As written.
struct StudyOptions {
    std::string study, on, tie, threads, grids;
    std::vector<std::string> policies;
    bool force = false, no_progress = false;
};

/// Adds an option with its group of the help.
CLI::Option* add_option(CLI::App& app, const char* name, std::string& value, const char* help, const char* type,
                        const char* group);
CLI::Option* add_option(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help,
                        const char* type, const char* group);

/// STUDY.
void declare_study(CLI::App& app, std::string& study);
/// --on, --policy, --tie, --grids; `on`: its words.
void declare_assessment(
    CLI::App& app, StudyOptions& options,
    const char* on = "Assess everything as at this day (else: decision date, the study's as-at, today)");
/// --threads, --no-progress.
void declare_running(CLI::App& app, std::string& threads, bool& no_progress);

/// Fills what all requests have in common. Throws UsageError with one message: option, value, what was expected.
void fill(geo::StudyRequest& request, const StudyOptions& options);

/// `command(request)` with a progress line, which is gone before anything is printed.
template <class Request, class Command>
auto with_progress(const StudyOptions& options, Request& request, const Command& command) {
    Progress progress(!options.no_progress);
    request.progress = progress.callback();
    return command(request);
}

}  // namespace cordon
