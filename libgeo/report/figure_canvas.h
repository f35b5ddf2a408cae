// SPDX-License-Identifier: Apache-2.0
//
// A sheet of paper to draw on, in millimetres from its upper left corner. Private to figures; figure_cairo.cpp is the only source that meets cairo.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libgeo/report/figure.h"

namespace geo {

/// A position on the sheet.
struct Spot {
    double x = 0, y = 0;
};
struct SheetBox {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

class FigureCanvas {
  public:
    FigureCanvas(FigureForm form, double width_mm, double height_mm, std::string_view title);
    ~FigureCanvas();
    FigureCanvas(const FigureCanvas&) = delete;
    FigureCanvas& operator=(const FigureCanvas&) = delete;

    // A path, then what is done with it.
    void move_to(Spot to);
    void line_to(Spot to);
    void close();
    void rectangle(const SheetBox& box);
    /// Fills (even-odd) and strokes the path; it is gone afterwards.
    void paint(const FigureStyle& style);
    /// Slanting lines within the path; the path stays.
    void hatch(const FigureStyle& style, const SheetBox& within);
    void mark(Spot at, const FigureStyle& style);

    // Text: UTF-8 on a base line, `size_mm` high.
    double text_width(std::string_view text, double size_mm, bool bold = false);
    void text(Spot at, std::string_view text, double size_mm, bool bold = false, FigureColour colour = {});
    /// With a white edge, to be read on a map.
    void text_on_map(Spot at, std::string_view text, double size_mm, bool bold, FigureColour colour);

    void clip(const SheetBox& box);
    void unclip();

    /// The bytes. Nothing can be drawn afterwards.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace geo
