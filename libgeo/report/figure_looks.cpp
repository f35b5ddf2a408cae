// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/figure_looks.h"

#include <array>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr double kByte = 255.0;
constexpr FigureColour rgb(int red, int green, int blue, double alpha = 1) {
    return {red / kByte, green / kByte, blue / kByte, alpha};
}
constexpr FigureColour kWhite = rgb(255, 255, 255), kDark = rgb(40, 40, 46);

// The shades and verdicts are those of the map layers (styles.cpp): ColorBrewer OrRd and RdBu.
constexpr std::array kShades = {rgb(254, 240, 217), rgb(253, 204, 138), rgb(252, 141, 89), rgb(227, 74, 51),
                                rgb(179, 0, 0)};
constexpr std::array kChanges = {rgb(33, 102, 172), rgb(146, 197, 222), rgb(247, 247, 247), rgb(244, 165, 130),
                                 rgb(178, 24, 43)};
// Okabe and Ito's palette, told apart by those who see no red or green.
constexpr std::array kPlaces = {rgb(0, 114, 178), rgb(204, 121, 167), rgb(86, 180, 233), rgb(230, 159, 0),
                                rgb(120, 94, 60)};
constexpr FigureColour kGreen = rgb(0, 140, 100);

FigureStyle marked(FigureMark mark, FigureColour colour, double size) {
    FigureStyle style;
    style.mark = mark;
    style.mark_mm = size;
    style.fill = colour;
    style.line = mark == FigureMark::cross ? colour : kWhite;
    style.line_mm = mark == FigureMark::cross ? 0.45 : 0.15;
    return style;
}

FigureStyle surface(FigureColour fill, FigureColour line, double line_mm) {
    FigureStyle style;
    style.fill = fill;
    style.line = line;
    style.line_mm = line_mm;
    return style;
}

}  // namespace

FigureStyle street_look() { return surface(kNoColour, rgb(190, 190, 194), 0.22); }
FigureStyle study_area_look() { return surface(kNoColour, kDark, 0.55); }
FigureStyle area_look() { return surface(kNoColour, rgb(105, 105, 112), 0.22); }
FigureStyle base_look(std::size_t number) {
    constexpr std::array kTints = {rgb(226, 214, 236, 0.75), rgb(236, 226, 200, 0.75), rgb(220, 228, 236, 0.75)};
    constexpr std::array kEdges = {rgb(120, 90, 150), rgb(150, 125, 60), rgb(90, 110, 140)};
    return surface(kTints[number % kTints.size()], kEdges[number % kEdges.size()], 0.2);
}
FigureStyle reach_look() {
    FigureStyle style = surface(kNoColour, rgb(150, 60, 40), 0.25);
    style.dashed = true;
    return style;
}
FigureStyle zone_look() { return surface(rgb(213, 94, 0, 0.22), rgb(178, 60, 10), 0.2); }

FigureStyle place_look(std::string_view layer, std::size_t number) {
    const std::string name = folded(layer);
    const bool green = name.find("park") != std::string::npos || name.find("green") != std::string::npos ||
                       name.find("openspace") != std::string::npos || name.find("playground") != std::string::npos;
    const FigureColour colour = green ? kGreen : kPlaces[number % kPlaces.size()];
    FigureStyle style = marked(FigureMark::square, colour, 1.9);
    style.fill.alpha = 0.75;
    style.line = {colour.red * 0.6, colour.green * 0.6, colour.blue * 0.6, 1};
    return style;
}

FigureStyle use_look(Use use) {
    constexpr double kMark = 1.7;
    switch (use) {
        case Use::hot_food_takeaway:
            return marked(FigureMark::circle, rgb(90, 20, 60), kMark);
        case Use::betting_shop:
            return marked(FigureMark::diamond, rgb(0, 80, 160), kMark);
        case Use::payday_lender:
            return marked(FigureMark::triangle, rgb(200, 90, 0), kMark);
        case Use::off_licence:
            return marked(FigureMark::square, rgb(90, 60, 150), kMark);
        case Use::pawnbroker:
            return marked(FigureMark::triangle, rgb(60, 60, 60), kMark);
        case Use::amusement_centre:
            return marked(FigureMark::diamond, rgb(190, 30, 120), kMark);
        case Use::credit_union:
            return marked(FigureMark::cross, rgb(0, 120, 60), kMark);
        case Use::drinking_establishment:
            return marked(FigureMark::square, rgb(150, 110, 0), kMark);
        case Use::restaurant_or_cafe:
            return marked(FigureMark::circle, rgb(0, 130, 130), kMark);
        default:
            return marked(FigureMark::circle, rgb(110, 110, 115), kMark);
    }
}

FigureStyle verdict_look(Result result) {
    constexpr double kMark = 2.3;
    switch (result) {
        case Result::breach:
            return marked(FigureMark::square, rgb(178, 24, 43), kMark);
        case Result::borderline:
            return marked(FigureMark::diamond, rgb(239, 138, 98), kMark);
        case Result::unknown:
            return marked(FigureMark::triangle, rgb(118, 42, 131), kMark);
        case Result::exempt:
            return marked(FigureMark::circle, rgb(120, 180, 215), kMark);
        case Result::clear:
            return marked(FigureMark::circle, rgb(33, 102, 172), kMark);
        case Result::triggered:
            return marked(FigureMark::triangle, rgb(27, 120, 55), kMark);
        case Result::not_applicable:
            return marked(FigureMark::cross, rgb(120, 120, 124), kMark * 0.7);
    }
    return {};
}

FigureStyle shade_look(std::size_t k) { return surface(kShades.at(k), rgb(120, 110, 105), 0.2); }
FigureStyle change_look(std::size_t k) { return surface(kChanges.at(k), rgb(120, 115, 115), 0.2); }
FigureStyle nothing_look() {
    FigureStyle style = surface(rgb(240, 240, 242), rgb(140, 140, 146), 0.2);
    style.hatched = true;
    return style;
}

std::string verdict_words(Result result) {
    if (result == Result::borderline) return "Borderline: check on site";
    if (result == Result::not_applicable) return "Not applicable";
    return capital(std::string(word(result)));
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string layer_words(std::string_view layer) {
    std::string words(layer);
    for (char& letter : words)
        if (letter == '-' || letter == '_' || letter == '.') letter = ' ';
    return words == "lsoas" ? "LSOAs" : capital(std::move(words));
}

}  // namespace geo
