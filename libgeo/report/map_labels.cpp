// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/report/layout.h"
#include "libgeo/report/map_paper.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

constexpr std::size_t kLongest = 48;
constexpr double kLetter = 0.55;  // of the size: a letter of a plain face is no wider on average

bool meet(const Box& a, const Box& b) {
    return a.min_x < b.max_x && a.max_x > b.min_x && a.min_y < b.max_y && a.max_y > b.min_y;
}

}  // namespace

bool MapLabels::set(const std::string& text, const std::vector<Point>& spots, double size_mm, std::string_view colour,
                    bool bold) {
    const std::string shown = cut(text, kLongest);
    const double half = static_cast<double>(width_of(shown)) * size_mm * (bold ? kLetter * 1.08 : kLetter) / 2;
    for (const Point spot : spots) {
        const Box box{spot.x - half, spot.y - size_mm * 0.62, spot.x + half, spot.y + size_mm * 0.62};
        const bool in_frame =
            box.min_x >= 0.5 && box.max_x <= width_ - 0.5 && box.min_y >= 0.5 && box.max_y <= height_ - 0.5;
        const bool free =
            std::none_of(taken_.begin(), taken_.end(), [&](const Box& other) { return meet(box, other); });
        if (!in_frame || !free) continue;
        taken_.push_back(box);
        svg_ += fmt::format(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"middle\" fill=\"{}\"{} stroke=\"#fff\" "
            "stroke-width=\"0.7\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
            mm(spot.x), mm(spot.y + size_mm * 0.36), mm(size_mm), colour, bold ? " font-weight=\"700\"" : "",
            escaped(shown));
        return true;
    }
    return false;
}

}  // namespace geo
