// SPDX-License-Identifier: Apache-2.0
#include "tools/cordon/study_options.h"

namespace cordon {
namespace {

template <class Value>
CLI::Option* add(CLI::App& app, const char* name, Value& value, const char* help, const char* type, const char* group) {
    return app.add_option(name, value, help)->type_name(type)->allow_extra_args(false)->group(group);
}

}  // namespace

CLI::Option* add_option(CLI::App& app, const char* name, std::string& value, const char* help, const char* type,
                        const char* group) {
    return add(app, name, value, help, type, group);
}

CLI::Option* add_option(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help,
                        const char* type, const char* group) {
    return add(app, name, values, help, type, group);
}

void declare_study(CLI::App& app, std::string& study) {
    app.add_option("STUDY", study, "The study file (TOML)")->required()->type_name("");
}

void declare_assessment(CLI::App& app, StudyOptions& options, const char* on) {
    const char* group = "Assessment";
    add(app, "--on", options.on, on, "DATE", group);
    add(app, "--policy", options.policies, "In place of the study's policies; repeatable", "FILE|ID", group);
    add(app, "--tie", options.tie, "Within this of a limit counts as on it; 1 mm, or what the policy says", "DISTANCE",
        group);
    add(app, "--grids", options.grids, "Where the OSTN15 grid is; `none` to do without", "DIR", group);
}

void declare_running(CLI::App& app, std::string& threads, bool& no_progress) {
    add(app, "--threads", threads, "How many; all there are. Answers do not depend on it", "N", "Run");
    app.add_flag("--no-progress", no_progress, "No progress line on the terminal")->group("Run");
}

void fill(geo::StudyRequest& request, const StudyOptions& options) {
    request.study = options.study;
    request.policies = options.policies;
    request.on = date_option("--on", options.on);
    request.tie_m = length_option("--tie", options.tie);
    request.threads = threads_option(options.threads);
    request.grids = grid_folders(options.grids);
}

}  // namespace cordon
