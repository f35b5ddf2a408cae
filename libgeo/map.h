// SPDX-License-Identifier: Apache-2.0
//
// The map on one page: `cordon map`.
//
//   LoadedStudy ─▶ places, areas, frontages, streets ─┐
//   proposals   ─▶ Assessment (as `check`)            ├─▶ MapData ─▶ one HTML file (report/map_page.h), figures, map layers
//   premises    ─▶ counts by area (as `density`)      │
//   policies    ─▶ draw_zones                         ┘
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/layers/premises.h"
#include "libgeo/loaded_study.h"
#include "libgeo/report/map_data.h"
#include "libgeo/report/map_page.h"
#include "libgeo/report/study_figures.h"

namespace geo {

struct MapRequest : StudyRequest {
    std::vector<std::filesystem::path> out;
    bool replace = false;
    std::optional<std::string>
        areas;             ///< `--by LAYER`: areas that are shaded; none: the study area's layer, else the only one
    std::vector<Date> at;  ///< `--at-dates`: the days of the slider; empty: as `density` chooses
    double per = 1000;     ///< `--per`: of the rates
    MapTiles tiles;        ///< `--tiles`, `--tiles-attribution`
    std::size_t most_features = 10'000;  ///< more than so many are counted by cells of a grid
    std::optional<StudyFigure>
        figure;              ///< `--figure`: what .pdf, .svg and .png show; none: the proposals, else the zones
    std::string os_licence;  ///< `--os-licence`: the council's Ordnance Survey licence number, for figures
    std::function<void(std::uint64_t, double)> progress;
};

/// Everything that a map or a figure shows, and what it points into.
struct MapWorld {
    std::unique_ptr<LoadedStudy> loaded;
    std::vector<Premises> premises;
    MapData data;
};
/// Loads the study, assesses all proposals, draws the zones, counts outlets by area and day. A study without policies, proposals, outlets or areas has a map
/// without them; a study with none of its layers on a place is a UsageError.
MapWorld gather_map(const MapRequest& request);

struct MapAnswer {
    std::string text;  ///< a few lines for the terminal: what the map holds
    Issues issues;
    Provenance provenance;
    std::string incomplete_words;  ///< one line; empty where nothing is missing
    bool incomplete = false;  ///< rows that could hide a breach, or outlets that could be anywhere, are missing from it
};
/// `cordon map`: checks the outputs, gathers, writes them; the ending gives the form: .html (the page), .pdf .svg .png (a figure), .gpkg (map layers).
/// UsageError where no output is named.
MapAnswer draw_map(const MapRequest& request);

}  // namespace geo
