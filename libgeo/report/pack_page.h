// SPDX-License-Identifier: Apache-2.0
//
// The commission pack as one page: what the answers of `density`, `equity`, `effect`, `concentrations`, `zones` and `check` say, put into the order in which a
// commission reads. Nothing is counted or decided here: numbers are cells of those answers' tables (rates shown to two decimals), sentences are their own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/layers/places.h"
#include "libgeo/report/map_data.h"
#include "libgeo/report/table.h"

namespace geo {

/// The answer of one command, or why there is none.
struct PackPart {
    std::vector<AnswerTable> tables;
    std::vector<std::string> sentences;
    std::string svg;      ///< its chart; empty: none
    std::string missing;  ///< one plain sentence; empty: the answer is there
    bool there() const { return missing.empty(); }
    const AnswerTable* table(std::string_view name) const;
};

/// A figure that the pack shows.
struct PackFigure {
    std::string section;  ///< `where`, `areas`, `proposals`
    std::string svg, alt, caption;
    bool landscape = false;
};

struct PackContents {
    std::string title, as_at;
    PackPart density;  ///< on the days that `cordon density` chooses
    PackPart change;   ///< `density --at-dates FIRST,LAST`
    PackPart equity, effect, concentrations;
    PackPart zones;  ///< `cordon zones`: tables of what they cover
    std::vector<PackFigure> figures;
    std::vector<std::string> no_figures;  ///< a sentence for each that cannot be
    const MapData* map = nullptr;         ///< proposals with their verdicts, policies, remarks, provenance
    const Layers* layers = nullptr;       ///< frontages, for the strips
    const Issues* issues = nullptr;
    bool incomplete = false;
};

std::string pack_html(const PackContents& contents);

}  // namespace geo
