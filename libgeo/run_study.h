// SPDX-License-Identifier: Apache-2.0
//
// Everything that a study can give, into one folder: `cordon run`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/loaded_study.h"

namespace geo {

struct RunRequest : StudyRequest {
    std::filesystem::path out;  ///< the folder; made where it is missing
    bool replace =
        false;  ///< `--force`: replace the files of an earlier run; those that this run does not make are removed
    bool exit_code = false;            ///< `--exit-code`: ExitStatus::breach where something breaches
    std::optional<std::string> areas;  ///< `--by`
    bool pdf = true;                   ///< `--no-pdf`: the pack as HTML only, whether or not there is a Chromium
    std::function<void(std::uint64_t, double)> progress;
};

struct RunAnswer {
    std::string text;  ///< a line a file made, and one for each that was left out, with the reason
    ExitStatus status = ExitStatus::finished;
};

/// Runs every command of the study:
///   verdicts.csv, findings.csv        `check`
///   zones.gpkg                        `zones`
///   density.csv, .gpkg, .svg          `density`
///   equity.json, .svg                 `equity`
///   effect.json, .svg                 `effect`
///   concentrations.csv, .gpkg         `concentrations`
///   map.html, map.gpkg                `map`
///   figure-….pdf, .png, .svg          figures
///   pack.html, pack.pdf               `report`
///   index.html                        what there is and what there is not, written last
/// What the study cannot give is left out and said with the reason. Every file is there whole or not at all. Status: `incomplete` where any part is, else
/// `breach` where asked for. UsageError for an existing file without `replace`, before any work.
RunAnswer run_study(const RunRequest& request);

}  // namespace geo
