// SPDX-License-Identifier: Apache-2.0
//
// A command declares its options (and opens no file), then runs.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"

namespace cordon {

using Run = std::function<geo::ExitStatus()>;

struct Command {
    const char* name;
    const char* line;  ///< what it does, in one line
    Run (*declare)(CLI::App& app);
};

/// The commands, in the order of the help: the one list of them.
const std::vector<Command>& commands();

Run declare_init(CLI::App& app);
Run declare_inspect(CLI::App& app);
Run declare_policies(CLI::App& app);
Run declare_check(CLI::App& app);
Run declare_zones(CLI::App& app);
Run declare_sweep(CLI::App& app);
Run declare_density(CLI::App& app);
Run declare_equity(CLI::App& app);
Run declare_effect(CLI::App& app);
Run declare_concentrations(CLI::App& app);
Run declare_report(CLI::App& app);
Run declare_run(CLI::App& app);
Run declare_map(CLI::App& app);

}  // namespace cordon
