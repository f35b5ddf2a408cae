// SPDX-License-Identifier: Apache-2.0
//
// How things look on figures: colours that keep apart for colour-blind readers and in grey print, marks that differ too. Private to figures of a study.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "libgeo/assess/finding.h"
#include "libgeo/base/uses.h"
#include "libgeo/report/figure.h"

namespace geo {

FigureStyle street_look();
FigureStyle study_area_look();
FigureStyle area_look();
FigureStyle base_look(std::size_t number);
FigureStyle reach_look();
FigureStyle zone_look();
/// Greens for parks and the like, by the layer's name; other colours in turn.
FigureStyle place_look(std::string_view layer, std::size_t number);
FigureStyle use_look(Use use);
FigureStyle verdict_look(Result result);
/// Of the k-th of five shades from light to dark; of five from fewer (blue) to more (red).
FigureStyle shade_look(std::size_t k);
FigureStyle change_look(std::size_t k);
/// Areas without a figure.
FigureStyle nothing_look();

/// `breach`, `borderline: check on site`, …: as in the map layers' styles.
std::string verdict_words(Result result);
/// A layer's name as words: `town-centres` → `Town centres`.
std::string layer_words(std::string_view layer);
std::string capital(std::string text);

}  // namespace geo
