// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/geo.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {

Run declare_inspect(CLI::App& app) {
    struct Options {
        std::string study, grids;
    };
    const auto options = std::make_shared<Options>();
    app.add_option("STUDY", options->study, "The study file (TOML)")->required()->type_name("");
    app.add_option("--grids", options->grids, "Where the OSTN15 grid is; `none` to do without")
        ->type_name("DIR")
        ->allow_extra_args(false);
    app.footer(std::string("Shows each layer: its file, preset, rows read, used and listed, CRS and how it is brought "
                           "into the study's,\n"
                           "accuracy, dates covered, and every kind of issue. No rule is needed.\n\n"
                           "Example:\n  cordon inspect study.toml\n\n") +
               kExitStatuses);
    return [options] {
        const geo::InspectAnswer answer = geo::inspect(options->study, grid_folders(options->grids), terminal_width());
        print(answer.text);
        return answer.issues.may_hide_breach() > 0 ? geo::ExitStatus::incomplete : geo::ExitStatus::finished;
    };
}

}  // namespace cordon
