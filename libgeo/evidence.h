// SPDX-License-Identifier: Apache-2.0
//
// `cordon report` for single proposals: the evidence sheet.
//
//   LoadedStudy ─ one pass over the proposals ─▶ findings of the one asked for (of every breach; of a place) ─▶ EvidenceSheets ─▶ HTML ─▶ PDF
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/loaded_study.h"

namespace geo {

/// Exactly one of `reference`, `at` and `all`.
struct EvidenceRequest : StudyRequest {
    std::optional<std::string> reference;    ///< `--proposal`
    std::optional<std::string> at;           ///< `--at`: a place, before any application
    bool all = false;                        ///< `--all`: a sheet for each breach
    std::vector<std::filesystem::path> out;  ///< .html and .pdf; of `all` one folder
    bool pdf = false;                        ///< of `all`: each sheet as a PDF too
    bool replace = false;
    std::function<void(std::uint64_t, double)> progress;
    unsigned width = 100;  ///< of the terminal
};

struct EvidenceAnswer {
    std::string text;  ///< the paragraphs to paste; empty when files were asked for
    std::uint64_t sheets = 0;
    Issues issues;
    Provenance provenance;
    bool incomplete = false;
};

/// Makes the sheets. UsageError for a reference that no proposal has (it names the nearest), for a file that is neither .html nor .pdf; EnvironmentError for a PDF
/// where there is no Chromium. Of `all` each file is there whole or not at all, and `index.html`, which lists them, is written last.
EvidenceAnswer evidence(const EvidenceRequest& request);

/// A file name from a reference: letters, digits, `.`, `_` and `-` stay, anything else becomes `-`; never empty, hidden or longer than 80 characters.
/// `19/00425/FUL` → `19-00425-FUL`.
std::string file_name_of(std::string_view reference);

}  // namespace geo
