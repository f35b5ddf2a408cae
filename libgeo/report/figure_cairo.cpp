// SPDX-License-Identifier: Apache-2.0
//
// The only source that meets cairo.
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/report/figure_canvas.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

constexpr double kMmPerInch = 25.4, kPointsPerInch = 72.0, kDotsPerInch = 150.0;
constexpr const char* kFont = "DejaVu Sans";
constexpr double kHalo = 0.3;  // of the height of the text

cairo_status_t take(void* closure, const unsigned char* bytes, unsigned length) {
    auto& out = *static_cast<std::string*>(closure);
    std::transform(bytes, bytes + length, std::back_inserter(out),
                   [](unsigned char byte) { return static_cast<char>(byte); });
    return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw EnvironmentError(std::string("the figure cannot be drawn: cairo says: ") +
                               cairo_status_to_string(status));
}

/// cairo numbers the surfaces of a process; the figure's own numbers must not depend on what was drawn before it. `surface12` and the like become
/// `surface1` in the order in which they are met.
std::string renumbered(const std::string& svg) {
    constexpr std::string_view kWord = "surface";
    std::vector<std::string> seen;
    std::string out;
    std::size_t from = 0;
    while (true) {
        const std::size_t at = svg.find(kWord, from);
        if (at == std::string::npos) break;
        const std::size_t digits = at + kWord.size();
        const std::size_t end = std::min(svg.find_first_not_of("0123456789", digits), svg.size());
        out.append(svg, from, digits - from);
        if (end > digits) {
            const std::string number = svg.substr(digits, end - digits);
            auto found = std::find(seen.begin(), seen.end(), number);
            if (found == seen.end()) found = seen.insert(seen.end(), number);
            out += std::to_string(found - seen.begin() + 1);
        }
        from = end;
    }
    return out.append(svg, from);
}

/// A title that a screen reader says; cairo writes none.
std::string titled(const std::string& svg, std::string_view title) {
    const std::size_t root = svg.find("<svg ");
    const std::size_t end = root == std::string::npos ? root : svg.find('>', root);
    if (end == std::string::npos) return svg;
    return svg.substr(0, end) + " role=\"img\"><title>" + escaped(title, 2000) + "</title>" + svg.substr(end + 1);
}

}  // namespace

struct FigureCanvas::State {
    FigureForm form = FigureForm::pdf;
    std::string title, bytes;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (cairo != nullptr) cairo_destroy(cairo);
        if (surface != nullptr) cairo_surface_destroy(surface);
    }
    void colour(FigureColour c) const { cairo_set_source_rgba(cairo, c.red, c.green, c.blue, c.alpha); }
    void font(double size_mm, bool bold) const {
        cairo_select_font_face(cairo, kFont, CAIRO_FONT_SLANT_NORMAL,
                               bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size(cairo, size_mm);
    }
};

FigureCanvas::FigureCanvas(FigureForm form, double width_mm, double height_mm, std::string_view title)
    : state_(std::make_unique<State>()) {
    State& s = *state_;
    s.form = form;
    s.title = title;
    const double points = kPointsPerInch / kMmPerInch, dots = kDotsPerInch / kMmPerInch;
    if (form == FigureForm::pdf) {
        s.surface = cairo_pdf_surface_create_for_stream(take, &s.bytes, width_mm * points, height_mm * points);
        cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_TITLE, s.title.c_str());
        cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATOR, "cordon");
        // Without it cairo writes the time of day, and the same figure would not be the same bytes.
        cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    } else if (form == FigureForm::svg) {
        s.surface = cairo_svg_surface_create_for_stream(take, &s.bytes, width_mm * points, height_mm * points);
    } else {
        s.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(width_mm * dots)),
                                               static_cast<int>(std::lround(height_mm * dots)));
    }
    check(cairo_surface_status(s.surface));
    s.cairo = cairo_create(s.surface);
    const double scale = form == FigureForm::png ? dots : points;
    cairo_scale(s.cairo, scale, scale);
    cairo_set_fill_rule(s.cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(s.cairo, CAIRO_LINE_JOIN_ROUND);
    // The same widths on every surface: the text stands at the same places in all three forms.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(s.cairo, options);
    cairo_font_options_destroy(options);
    s.colour({1, 1, 1, 1});
    cairo_paint(s.cairo);
}

FigureCanvas::~FigureCanvas() = default;

void FigureCanvas::move_to(Spot to) { cairo_move_to(state_->cairo, to.x, to.y); }
void FigureCanvas::line_to(Spot to) { cairo_line_to(state_->cairo, to.x, to.y); }
void FigureCanvas::close() { cairo_close_path(state_->cairo); }
void FigureCanvas::rectangle(const SheetBox& box) {
    cairo_rectangle(state_->cairo, box.x, box.y, box.width, box.height);
}

void FigureCanvas::paint(const FigureStyle& style) {
    cairo_t* const cairo = state_->cairo;
    if (style.fill.alpha > 0) {
        state_->colour(style.fill);
        cairo_fill_preserve(cairo);
    }
    if (style.line.alpha > 0 && style.line_mm > 0) {
        const double dashes[] = {style.line_mm * 6, style.line_mm * 4};
        cairo_set_dash(cairo, dashes, style.dashed ? 2 : 0, 0);
        cairo_set_line_width(cairo, style.line_mm);
        state_->colour(style.line);
        cairo_stroke_preserve(cairo);
        cairo_set_dash(cairo, dashes, 0, 0);
    }
    cairo_new_path(cairo);
}

void FigureCanvas::hatch(const FigureStyle& style, const SheetBox& within) {
    constexpr double kStep = 1.4, kThin = 0.12;
    cairo_t* const cairo = state_->cairo;
    cairo_path_t* const path = cairo_copy_path(cairo);
    cairo_save(cairo);
    cairo_clip(cairo);
    const auto lines = static_cast<int>((within.width + within.height) / kStep) + 1;
    for (int k = 0; k < lines; ++k) {
        const double x = within.x - within.height + k * kStep;
        cairo_move_to(cairo, x, within.bottom());
        cairo_line_to(cairo, x + within.height, within.y);
    }
    cairo_set_line_width(cairo, kThin);
    state_->colour(style.line);
    cairo_stroke(cairo);
    cairo_restore(cairo);
    cairo_new_path(cairo);
    cairo_append_path(cairo, path);
    cairo_path_destroy(path);
}

void FigureCanvas::mark(Spot at, const FigureStyle& style) {
    cairo_t* const cairo = state_->cairo;
    const double half = style.mark_mm / 2;
    cairo_new_path(cairo);  // else a line leads from the last text to the arc
    switch (style.mark) {
        case FigureMark::circle:
            cairo_arc(cairo, at.x, at.y, half, 0, 2 * std::numbers::pi);
            break;
        case FigureMark::square:
            cairo_rectangle(cairo, at.x - half * 0.9, at.y - half * 0.9, half * 1.8, half * 1.8);
            break;
        case FigureMark::diamond:
            move_to({at.x, at.y - half * 1.2});
            for (const Spot& to : {Spot{half * 1.2, 0}, Spot{0, half * 1.2}, Spot{-half * 1.2, 0}})
                line_to({at.x + to.x, at.y + to.y});
            break;
        case FigureMark::triangle:
            move_to({at.x, at.y - half * 1.15});
            line_to({at.x + half * 1.1, at.y + half * 0.85});
            line_to({at.x - half * 1.1, at.y + half * 0.85});
            break;
        case FigureMark::cross:
            move_to({at.x - half, at.y - half});
            line_to({at.x + half, at.y + half});
            move_to({at.x + half, at.y - half});
            line_to({at.x - half, at.y + half});
            break;
    }
    if (style.mark != FigureMark::cross) close();
    paint(style);
}

double FigureCanvas::text_width(std::string_view text, double size_mm, bool bold) {
    state_->font(size_mm, bold);
    cairo_text_extents_t extents;
    cairo_text_extents(state_->cairo, std::string(text).c_str(), &extents);
    return extents.x_advance;
}

void FigureCanvas::text(Spot at, std::string_view text, double size_mm, bool bold, FigureColour colour) {
    state_->font(size_mm, bold);
    state_->colour(colour);
    cairo_move_to(state_->cairo, at.x, at.y);
    cairo_show_text(state_->cairo, std::string(text).c_str());
    cairo_new_path(state_->cairo);
}

void FigureCanvas::text_on_map(Spot at, std::string_view text, double size_mm, bool bold, FigureColour colour) {
    state_->font(size_mm, bold);
    cairo_move_to(state_->cairo, at.x, at.y);
    cairo_text_path(state_->cairo, std::string(text).c_str());
    cairo_set_line_width(state_->cairo, size_mm * kHalo);
    state_->colour({1, 1, 1, 1});
    cairo_stroke(state_->cairo);
    this->text(at, text, size_mm, bold, colour);
}

void FigureCanvas::clip(const SheetBox& box) {
    cairo_save(state_->cairo);
    cairo_new_path(state_->cairo);
    rectangle(box);
    cairo_clip(state_->cairo);
}
void FigureCanvas::unclip() { cairo_restore(state_->cairo); }

std::string FigureCanvas::finish() {
    State& s = *state_;
    check(cairo_status(s.cairo));
    if (s.form == FigureForm::png) {
        check(cairo_surface_write_to_png_stream(s.surface, take, &s.bytes));
    } else {
        cairo_surface_finish(s.surface);
        check(cairo_surface_status(s.surface));
    }
    if (s.form == FigureForm::svg) return titled(renumbered(s.bytes), s.title);
    return std::move(s.bytes);
}

}  // namespace geo
