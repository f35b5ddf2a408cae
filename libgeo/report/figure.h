// SPDX-License-Identifier: Apache-2.0
//
// A map as one sheet of A4, to print or to put into a report: title, map at a true and round scale, legend, scale bar, grid north, as-at date, attribution. A
// picture only: verdicts are measured, not read off it, and the sheet says so. One drawing routine makes PDF, SVG and PNG; the same figure gives the same bytes
// with the same versions of cairo and of the font. study_figures.h makes figures of a study.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

/// Each part 0 to 1; an alpha of 0 is not drawn.
struct FigureColour {
    double red = 0, green = 0, blue = 0, alpha = 1;
};
inline constexpr FigureColour kNoColour{0, 0, 0, 0};

enum class FigureMark : std::uint8_t { circle, square, diamond, triangle, cross };

/// How the shapes of a class look: surfaces by fill, line and hatching, lines by line, points by mark.
struct FigureStyle {
    FigureColour fill = kNoColour, line = kNoColour;
    double line_mm = 0.2;
    bool dashed = false;
    bool hatched = false;  ///< surfaces: thin slanting lines in the colour of the line
    FigureMark mark = FigureMark::circle;
    double mark_mm = 1.8;  ///< across
};

/// One line of the legend.
struct FigureClass {
    std::string label;
    FigureStyle style;
};

/// Shapes in the study's CRS, in classes. What is named later is drawn over what is named earlier; class by class, within a class in the order given.
struct FigureLayer {
    std::string heading;  ///< over its classes in the legend; empty: none
    std::shared_ptr<const Shapes> shapes;
    std::vector<std::uint32_t> shape;  ///< indices into `shapes`; those without location are passed over
    std::vector<std::uint8_t> of;      ///< class of each
    std::vector<std::string> names;    ///< of each, written on the map where there is room; empty: none are
    std::vector<FigureClass> classes;
};

struct Figure {
    std::string title, subtitle;      ///< plain text; what would be hidden is made visible (base/text.h, printable)
    std::string as_at;                ///< `1 April 2026`
    std::optional<Box> extent;        ///< metres; what the map must hold. None, or empty: that of the layers
    std::vector<FigureLayer> layers;  ///< from below
    std::vector<std::string> attribution;  ///< a line each: whose data, under which licence
    std::vector<std::string> notes;        ///< under the legend: what to know of this map
    std::string alt;                       ///< what is to be seen, for who cannot see it; empty: title and subtitle
};

enum class FigureForm : std::uint8_t { pdf, svg, png };
/// `.pdf`, `.svg`, `.png`; none for another ending.
std::optional<FigureForm> figure_form(const std::filesystem::path& path);

/// Where the provenance of a figure goes: `NAME.provenance.json`; empty for a device or pipe.
std::filesystem::path figure_provenance(const std::filesystem::path& path);

/// What the sheet will be, before it is drawn.
struct FigureSheet {
    bool landscape = false;
    double scale = 0;  ///< 10000: 1:10,000
};
/// Chosen by the extent: the paper on which it is larger, at the largest of 1:1,250 1:2,500 1:5,000 1:7,500 1:10,000 … 1:250,000 (and round ones beyond, for a
/// country) at which the extent fits into the frame with a margin.
FigureSheet figure_sheet(const Figure& figure);

/// The sheet: A4 with margins of 10 mm; PNG at 150 dots to the inch. Lines and surfaces are cut at the frame and thinned to a twentieth of a millimetre on
/// paper (far below what is seen), marks of one class that would cover one another to a tenth; the legend counts nothing. Throws EnvironmentError where cairo
/// cannot draw.
std::string draw_figure(const Figure& figure, FigureForm form);

/// Several files at once, every one whole or none, each with NAME.provenance.json beside it; existing ones only with `replace`. The ending gives the form.
/// Asks no questions before long work: `check_figure_files` (report/study_figures.h) does.
struct FigureFile {
    std::filesystem::path path;
    const Figure* figure = nullptr;
};
void write_figures(const std::vector<FigureFile>& files, bool replace, const Provenance& provenance,
                   const Issues& issues);

}  // namespace geo
