// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/figure_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr double kLong = 297, kShort = 210, kMargin = 10;
constexpr double kTitle = 5.2, kSubtitle = 3.4, kSmall = 2.25, kLegend = 2.7;  // heights of text, mm
constexpr double kLeading = 1.35;                                              // of lines, times the height
constexpr double kGap = 3.5, kAround = 4;  // between blocks; between what must be seen and the frame
constexpr double kSide = 66, kColumns = 3, kKeyWidth = 52;
constexpr double kSwatch = 6, kSwatchHeight = 3.2, kLeastMap = 60, kLeastKeys = 46;
constexpr std::size_t kMostText = 600, kMostRows = 46;
constexpr double kMmPerMetre = 1000;

constexpr std::array kScales = {1250.,  2500.,  5000.,  7500.,  10000.,  12500.,  15000.,  20000.,  25000.,  30000.,
                                40000., 50000., 60000., 75000., 100000., 125000., 150000., 200000., 250000., 500000.,
                                1e6,    1.5e6,  2e6,    2.5e6,  5e6,     1e7,     2e7,     5e7,     1e8,     1e9};

/// A line of the legend, measured.
struct LegendRow {
    std::vector<std::string> lines;
    const FigureStyle* style = nullptr;  // none: a heading
    PlacedSample::Kind kind = PlacedSample::Kind::surface;
    double height = 0;
};

PlacedSample::Kind kind_of_class(const FigureLayer& layer, std::size_t of_class) {
    for (std::size_t i = 0; i < layer.shape.size(); ++i) {
        if (layer.of[i] != of_class || !layer.shapes || !layer.shapes->has_location(layer.shape[i])) continue;
        switch (layer.shapes->kind(layer.shapes->part_begin(layer.shape[i]))) {
            case PartKind::points:
                return PlacedSample::Kind::mark;
            case PartKind::line:
                return PlacedSample::Kind::line;
            case PartKind::ring:
                return PlacedSample::Kind::surface;
        }
    }
    return PlacedSample::Kind::surface;
}

class Layout {
  public:
    Layout(const Figure& figure, bool landscape, FigureCanvas& measure)
        : figure_(figure), measure_(measure), landscape_(landscape) {
        out_.sheet.landscape = landscape;
        out_.width = landscape ? kLong : kShort;
        out_.height = landscape ? kShort : kLong;
    }

    FigureLayout made(const Box& extent) {
        const double top = put_titles();
        const double bottom = put_attribution();
        if (landscape_) {
            const double side = out_.width - kMargin - kSide;
            out_.frame = {kMargin, top, side - kGap - kMargin, bottom - top};
            choose_scale(extent);
            const double under = put_keys({side, top, kSide, bottom - top});
            const SheetBox rest{side, under + kGap, kSide, bottom - under - kGap};
            put_rows(rows(kSide, 1, rest.height), rest, 1);
        } else {
            const double width = out_.width - 2 * kMargin - kKeyWidth - kGap;
            const double each = (width - (kColumns - 1) * kGap) / kColumns;
            const std::vector<LegendRow> legend = rows(each, kColumns, bottom - top - kLeastMap);
            const double line = bottom - std::max(column_height(legend, kColumns), kLeastKeys);
            out_.frame = {kMargin, top, out_.width - 2 * kMargin, line - kGap - top};
            choose_scale(extent);
            put_rows(legend, {kMargin, line, each, bottom - line}, static_cast<std::size_t>(kColumns));
            put_keys({out_.width - kMargin - kKeyWidth, line, kKeyWidth, bottom - line});
        }
        return std::move(out_);
    }

  private:
    void put(double x, double y, std::string text, double size, bool bold) {
        out_.texts.push_back({{x, y}, std::move(text), size, bold});
    }
    /// Lines from the top of the first to the top of what follows; returns the latter.
    double put_lines(double x, double y, std::string_view text, double width, double size, bool bold,
                     std::size_t most) {
        for (std::string& line : lines_of(text, width, size, bold, most, measure_)) {
            put(x, y + size, std::move(line), size, bold);
            y += size * kLeading;
        }
        return y;
    }

    double put_titles() {
        const double width = out_.width - 2 * kMargin;
        double y = put_lines(kMargin, kMargin, figure_.title, width, kTitle, true, 3);
        if (!figure_.subtitle.empty()) y = put_lines(kMargin, y + 0.6, figure_.subtitle, width, kSubtitle, false, 3);
        return y + kGap / 2;
    }

    /// At the foot of the sheet; returns where what stands above must end.
    double put_attribution() {
        constexpr std::size_t kMostLines = 16;
        const double width = out_.width - 2 * kMargin;
        std::vector<std::string> lines;
        for (const std::string& one : figure_.attribution)
            for (std::string& line : lines_of(one, width, kSmall, false, 4, measure_)) lines.push_back(std::move(line));
        if (lines.size() > kMostLines) {
            lines.resize(kMostLines - 1);
            lines.emplace_back("… and more: the provenance beside this figure names every source.");
        }
        double y = out_.height - kMargin - static_cast<double>(lines.size()) * kSmall * kLeading;
        const double top = y - kGap;
        for (std::string& line : lines) {
            put(kMargin, y + kSmall, std::move(line), kSmall, false);
            y += kSmall * kLeading;
        }
        return top;
    }

    void choose_scale(const Box& extent) {
        const double width = extent.max_x - extent.min_x, height = extent.max_y - extent.min_y;
        const SheetBox& frame = out_.frame;
        const double across = frame.width - 2 * kAround, up = frame.height - 2 * kAround;
        const double needed = std::max(width * kMmPerMetre / across, height * kMmPerMetre / up);
        out_.sheet.scale = kScales.back();
        for (const double scale : kScales) {
            if (scale < needed) continue;
            out_.sheet.scale = scale;
            break;
        }
        const double metres = out_.sheet.scale / kMmPerMetre;
        const double x = (extent.min_x + extent.max_x) / 2, y = (extent.min_y + extent.max_y) / 2;
        out_.ground = {x - frame.width / 2 * metres, y - frame.height / 2 * metres, x + frame.width / 2 * metres,
                       y + frame.height / 2 * metres};
    }

    /// As-at date, scale, scale bar, north; returns where they end.
    double put_keys(const SheetBox& within) {
        constexpr double kArrow = 14, kArrowWidth = 14, kBar = 2;
        double y = within.y;
        const double words = within.width - kArrowWidth;
        if (!figure_.as_at.empty()) y = put_lines(within.x, y, "As at " + figure_.as_at, words, 3.0, true, 3) + 1;
        y = put_lines(within.x, y, scale_words(out_.sheet.scale), words, 3.0, false, 1);
        out_.north = {within.right() - kArrowWidth / 2, within.y + kArrow};
        put(out_.north.x - measure_.text_width("Grid north", kSmall) / 2, out_.north.y + kSmall + 1, "Grid north",
            kSmall, false);
        y = std::max(y, out_.north.y + kSmall + 1) + 2.5;
        choose_bar(within.width - 8);
        out_.bar.x = within.x + 1;
        out_.bar.y = y + kSmall + 0.8;
        out_.bar.height = kBar;
        for (unsigned k = 0; k <= out_.bar_parts; k += out_.bar_parts / 2) {
            const double share = static_cast<double>(k) / out_.bar_parts;
            const std::string text = k == 0 ? "0" : length_words(out_.bar_m * share);
            put(out_.bar.x + out_.bar.width * share - (k == 0 ? 0.5 : measure_.text_width(text, kSmall) / 2),
                y + kSmall, text, kSmall, false);
        }
        y = out_.bar.bottom() + 2.5;
        for (const std::string& note : figure_.notes)
            y = put_lines(within.x, y, note, within.width, kSmall, false, 5) + 0.8;
        return y;
    }

    /// The longest of 1, 2, 4, 5 … that fits.
    void choose_bar(double most_mm) {
        const double most = most_mm * out_.sheet.scale / kMmPerMetre;
        double length = 1;
        double ten = 1;
        while (ten <= most) {
            for (const double times : {1., 2., 4., 5., 8.})
                if (times * ten <= most) length = times * ten;
            ten *= 10;
        }
        out_.bar_m = length;
        out_.bar.width = length * kMmPerMetre / out_.sheet.scale;
    }

    /// The legend from the top layer down, in `columns` of that width and height; what there is no room for is counted in a last row.
    std::vector<LegendRow> rows(double width, double columns, double height) {
        std::vector<LegendRow> rows;
        std::for_each(figure_.layers.rbegin(), figure_.layers.rend(), [&](const FigureLayer& layer) {
            if (!layer.heading.empty()) add_row(rows, layer.heading, nullptr, {}, width);
            for (std::size_t k = 0; k < layer.classes.size(); ++k)
                if (!layer.classes[k].label.empty())
                    add_row(rows, layer.classes[k].label, &layer.classes[k].style, kind_of_class(layer, k), width);
        });
        std::size_t left_out = 0;
        while (rows.size() > kMostRows || static_cast<double>(dealt(rows, height).size()) > columns) {
            if (left_out > 0) rows.pop_back();  // the words on what is left out
            if (rows.size() <= 1) break;
            if (rows.back().style != nullptr) ++left_out;
            rows.pop_back();
            add_row(rows, "and " + counted(left_out, "more line") + " of the legend", nullptr, {}, width);
            left_out = std::max<std::size_t>(left_out, 1);
        }
        return rows;
    }
    void add_row(std::vector<LegendRow>& rows, std::string_view text, const FigureStyle* style, PlacedSample::Kind kind,
                 double width) {
        LegendRow& row = rows.emplace_back();
        row.style = style;
        row.kind = kind;
        const bool heading = style == nullptr;
        row.lines = lines_of(text, heading ? width : width - kSwatch - 2, kLegend, heading, 3, measure_);
        row.height = static_cast<double>(row.lines.size()) * kLegend * kLeading + 0.7;
    }

    /// Ends of columns: rows are dealt out from the top, none higher than `height`; a heading does not stand last.
    static std::vector<std::size_t> dealt(const std::vector<LegendRow>& rows, double height) {
        std::vector<std::size_t> ends;
        double used = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            double needed = rows[i].height;
            if (rows[i].style == nullptr && i + 1 < rows.size()) needed += rows[i + 1].height;
            if (used > 0 && used + needed > height) {
                ends.push_back(i);
                used = 0;
            }
            used += rows[i].height;
        }
        ends.push_back(rows.size());
        return ends;
    }
    /// The least height at which `columns` hold all rows.
    static double column_height(const std::vector<LegendRow>& rows, double columns) {
        double total = 0;
        for (const LegendRow& row : rows) total += row.height;
        double height = total / columns;
        while (static_cast<double>(dealt(rows, height).size()) > columns) height += 1;
        return height;
    }

    void put_rows(const std::vector<LegendRow>& rows, const SheetBox& first, std::size_t columns) {
        const std::vector<std::size_t> ends = dealt(rows, first.height);
        std::size_t row = 0;
        for (std::size_t column = 0; column < std::min(columns, ends.size()); ++column) {
            const double x = first.x + static_cast<double>(column) * (first.width + kGap);
            double y = first.y;
            for (; row < ends[column]; ++row) put_row(rows[row], x, y);
        }
    }
    void put_row(const LegendRow& row, double x, double& y) {
        const bool sample = row.style != nullptr;
        if (sample) out_.samples.push_back({row.kind, {x, y + 0.2, kSwatch, kSwatchHeight}, row.style});
        double line_y = y;
        for (const std::string& line : row.lines) {
            put(x + (sample ? kSwatch + 2 : 0), line_y + kLegend, line, kLegend, !sample);
            line_y += kLegend * kLeading;
        }
        y += row.height;
    }

    const Figure& figure_;
    FigureCanvas& measure_;
    bool landscape_;
    FigureLayout out_;
};

/// Of what must be seen; never without size, so that a scale can be chosen.
Box extent_of(const Figure& figure) {
    constexpr double kLeast = 100;
    Box box = figure.extent.value_or(Box::empty());
    if (box.is_empty()) {
        for (const FigureLayer& layer : figure.layers)
            for (const std::uint32_t shape : layer.shape)
                if (layer.shapes && layer.shapes->has_location(shape)) box.add(layer.shapes->box(shape));
    }
    if (box.is_empty()) return {0, 0, kLeast, kLeast};
    for (double* low : {&box.min_x, &box.min_y}) {
        double& high = low == &box.min_x ? box.max_x : box.max_y;
        if (high - *low >= kLeast) continue;
        const double middle = (*low + high) / 2;
        *low = middle - kLeast / 2;
        high = middle + kLeast / 2;
    }
    return box;
}

/// Bytes of the character that begins at `i`.
std::size_t character_at(std::string_view text, std::size_t i) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return end - i;
}

/// As many characters of `text` as fit; at least one.
std::size_t fitting(std::string_view text, double width, double size_mm, bool bold, FigureCanvas& measure) {
    std::size_t end = character_at(text, 0);
    while (end < text.size()) {
        const std::size_t next = end + character_at(text, end);
        if (measure.text_width(text.substr(0, next), size_mm, bold) > width) break;
        end = next;
    }
    return end;
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text, double width, double size_mm, bool bold, std::size_t most,
                                  FigureCanvas& measure) {
    const std::string shown = printable(text, kMostText);
    std::vector<std::string> lines;
    std::string line;
    std::size_t at = 0;
    while (at < shown.size()) {
        std::size_t end = std::min(shown.find(' ', at), shown.size());
        std::string word = shown.substr(at, end - at);
        at = end + 1;
        while (!word.empty()) {
            const std::string longer = line.empty() ? word : line + ' ' + word;
            if (measure.text_width(longer, size_mm, bold) <= width) {
                line = longer;
                word.clear();
            } else if (line.empty()) {
                const std::size_t part = fitting(word, width, size_mm, bold, measure);
                lines.push_back(word.substr(0, part));
                word.erase(0, part);
            } else {
                lines.push_back(std::move(line));
                line.clear();
            }
        }
    }
    if (!line.empty()) lines.push_back(std::move(line));
    if (lines.size() > most) {
        lines.resize(most);
        std::string& last = lines.back();
        while (!last.empty() && measure.text_width(last + "…", size_mm, bold) > width) {
            while (!last.empty() && (static_cast<unsigned char>(last.back()) & 0xC0U) == 0x80U) last.pop_back();
            if (!last.empty()) last.pop_back();
        }
        last += "…";
    }
    return lines;
}

std::string scale_words(double scale) { return "1:" + grouped(static_cast<std::uint64_t>(scale)) + " at A4"; }

std::string length_words(double metres) {
    constexpr double kKilometre = 1000;
    return metres < kKilometre ? format_shortest(metres) + " m" : format_shortest(metres / kKilometre) + " km";
}

FigureLayout lay_out(const Figure& figure) {
    FigureCanvas measure(FigureForm::png, 1, 1, {});
    const Box extent = extent_of(figure);
    FigureLayout upright = Layout(figure, false, measure).made(extent);
    FigureLayout across = Layout(figure, true, measure).made(extent);
    if (across.sheet.scale != upright.sheet.scale) return across.sheet.scale < upright.sheet.scale ? across : upright;
    return extent.max_x - extent.min_x > extent.max_y - extent.min_y ? across : upright;
}

FigureSheet figure_sheet(const Figure& figure) { return lay_out(figure).sheet; }

}  // namespace geo
