// SPDX-License-Identifier: Apache-2.0
//
// The answers of a whole study together: the commission pack (`cordon report` without a proposal).
//
//   density, equity, effect, concentrations ─▶ tables, sentences, charts ─┐
//   gather_map ─▶ proposals with verdicts, zones, figures ────────────────┼─▶ pack_html (report/pack_page.h) ─▶ HTML ─▶ PDF
//   zones ─▶ what they cover ─────────────────────────────────────────────┘
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/change.h"
#include "libgeo/map.h"
#include "libgeo/report/pack_page.h"
#include "libgeo/report/study_figures.h"

namespace geo {

struct PackRequest : StudyRequest {
    std::vector<std::filesystem::path> out;  ///< .html and .pdf
    bool replace = false;
    std::optional<std::string> areas;  ///< `--by`: the layer of areas that outlets are counted in
    std::function<void(std::uint64_t, double)> progress;
};

/// The answer of one command, or why a study cannot give it.
struct PartAnswer {
    std::optional<ChangeAnswer> answer;
    std::string missing;  ///< one plain sentence; empty: the answer is there
};

/// Everything that the pack is made of. Each command is asked once; layers are read once for all.
struct StudyAnswers {
    MapWorld world;
    PartAnswer density, change, equity, effect, concentrations, zones;
    Date first{}, last{};  ///< days of `change`
    bool incomplete = false;
};
/// Asks every command. What a study cannot give (no deprivation, no dates, no policy) is a sentence, not an error; a study or file that is wrong throws.
StudyAnswers answers_of(const PackRequest& as_given);

/// A figure of the study with the name of its file, without ending.
struct NamedFigure {
    std::string name;
    StudyFigure what = StudyFigure::zones;
    Figure figure;
};
struct StudyFigures {
    std::vector<NamedFigure> figures;
    std::vector<std::string> missing;  ///< a sentence for each that cannot be
};
StudyFigures figures_of(const StudyAnswers& answers);

/// The page.
std::string pack_page(const StudyAnswers& answers, const StudyFigures& figures);

struct PackAnswer {
    std::string text;  ///< a few lines for the terminal
    bool incomplete = false;
};
/// Checks the outputs, asks, writes. UsageError where no file is named or one ends neither in .html nor in .pdf; EnvironmentError for a PDF where there is no
/// Chromium. Every file is there whole, or none is.
PackAnswer write_pack(const PackRequest& request);

}  // namespace geo
