// SPDX-License-Identifier: Apache-2.0
//
// Where everything stands on the sheet. Private to figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libgeo/report/figure.h"
#include "libgeo/report/figure_canvas.h"

namespace geo {

struct PlacedText {
    Spot at;  ///< of the base line
    std::string text;
    double size_mm = 3;
    bool bold = false;
};

/// A sample of a class, and where it stands; its words are among the texts.
struct PlacedSample {
    enum class Kind : std::uint8_t { surface, line, mark };
    Kind kind = Kind::surface;
    SheetBox box;
    const FigureStyle* style = nullptr;
};

struct FigureLayout {
    FigureSheet sheet;
    double width = 0, height = 0;  ///< of the paper
    SheetBox frame;                ///< of the map
    Box ground = Box::empty();     ///< what of the ground is in the frame
    std::vector<PlacedText> texts;
    std::vector<PlacedSample> samples;
    SheetBox bar;      ///< of the scale bar
    double bar_m = 0;  ///< what it stands for
    unsigned bar_parts = 4;
    Spot north;  ///< foot of the arrow
};

/// The sheet on which the map is larger; of two as large the one that is shaped like the extent.
FigureLayout lay_out(const Figure& figure);

/// `text` in lines no wider than `width`; a word that is too long is broken. No more than `most` lines, the last one cut with `…`.
std::vector<std::string> lines_of(std::string_view text, double width, double size_mm, bool bold, std::size_t most,
                                  FigureCanvas& measure);

/// `1:10,000 at A4`; `2.5 km`.
std::string scale_words(double scale);
std::string length_words(double metres);

}  // namespace geo
