// SPDX-License-Identifier: Apache-2.0
//
// Figures of a study, from what a map shows (report/map_data.h). They show what is there; nothing is counted or decided here.
//
//   check_figure_files(paths, …)                             before long work
//   const Figure figure = study_figure(data, StudyFigure::zones, options);
//   write_figures({{"zones.pdf", &figure}, {"zones.png", &figure}}, replace, data.provenance, issues);
//
// A figure shares nothing with `data`: shapes are copied, so that it may outlive it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/report/figure.h"
#include "libgeo/report/map_data.h"
#include "libgeo/report/table.h"

namespace geo {

enum class StudyFigure : std::uint8_t {
    zones,      ///< protected places, exclusion zones and the outlets in trade on the day: what `cordon map` draws
    proposals,  ///< protected places, exclusion zones and the proposals by their verdict
    rate,       ///< areas shaded by outlets per so many residents on the latest day counted
    change,     ///< areas shaded by how many more or fewer outlets there are (needs StudyFigureOptions::change)
};
/// `zones`, `proposals`, `rate`, `change`: names for an option and for files.
std::string_view word(StudyFigure what);

struct StudyFigureOptions {
    std::optional<Date> day;  ///< of the outlets; none: MapData::as_at
    std::optional<Use> use;   ///< of the shaded areas; none: the first that outlets have
    std::string os_licence;   ///< the council's Ordnance Survey licence number; empty: none
    /// `density --at-dates FIRST,LAST`: the table whose column `change` shades the areas; its shapes are used.
    const AnswerTable* change = nullptr;
};

/// Why there can be no such figure: `the study has no proposals`. Empty where there can.
std::string no_figure(const MapData& data, StudyFigure what, const StudyFigureOptions& options);

/// std::logic_error where no_figure() says why not.
Figure study_figure(const MapData& data, StudyFigure what, const StudyFigureOptions& options);

/// Before long work: UsageError for an ending that is no figure's, and as check_answer_files (report/table.h).
void check_figure_files(const std::vector<std::filesystem::path>& files, bool replace, const Study& study,
                        const std::vector<std::string>& policies);

}  // namespace geo
