// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/figure.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "libgeo/base/text.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/report/figure_canvas.h"
#include "libgeo/report/figure_layout.h"
#include "libgeo/report/figure_path.h"
#include "libgeo/report/writers.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

constexpr FigureColour kInk{0.1, 0.1, 0.12, 1}, kPaper{1, 1, 1, 1};
constexpr double kFrameLine = 0.3, kName = 2.3;
constexpr std::size_t kNameLength = 40, kMostNames = 2000;

FigureStyle outline(double line_mm) {
    FigureStyle style;
    style.line = kInk;
    style.line_mm = line_mm;
    return style;
}

/// Draws the shapes of one class.
class ClassDrawing {
  public:
    ClassDrawing(FigureCanvas& canvas, const FrameMap& map, const FigureStyle& style)
        : canvas_(canvas), map_(map), style_(style) {}

    void draw(const Shapes& shapes, std::uint32_t shape) {
        bool rings = false, lines = false;
        for (std::uint32_t part = shapes.part_begin(shape); part < shapes.part_end(shape); ++part) {
            switch (shapes.kind(part)) {
                case PartKind::ring:
                    rings = true;
                    break;
                case PartKind::line:
                    lines = true;
                    break;
                case PartKind::points:
                    draw_points(shapes, part);
                    break;
            }
        }
        if (rings) draw_surface(shapes, shape);
        if (lines) draw_lines(shapes, shape);
    }

  private:
    void draw_points(const Shapes& shapes, std::uint32_t part) {
        constexpr double kSame = 10;  // to the millimetre
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        for (std::size_t i = 0; i < xs.size(); ++i) {
            if (!map_.ground().contains({xs[i], ys[i]})) continue;
            const Spot at = map_.spot({xs[i], ys[i]});
            if (marks_.emplace(std::lround(at.x * kSame), std::lround(at.y * kSame)).second) canvas_.mark(at, style_);
        }
    }
    void draw_surface(const Shapes& shapes, std::uint32_t shape) {
        bool any = false;
        for (std::uint32_t part = shapes.part_begin(shape); part < shapes.part_end(shape); ++part) {
            if (shapes.kind(part) != PartKind::ring) continue;
            const std::vector<Spot> ring = ring_on_sheet(map_, shapes.xs(part), shapes.ys(part));
            if (ring.empty()) continue;
            any = true;
            canvas_.move_to(ring.front());
            std::for_each(ring.begin() + 1, ring.end(), [&](Spot spot) { canvas_.line_to(spot); });
            canvas_.close();
        }
        if (!any) return;
        if (style_.hatched) canvas_.hatch(style_, map_.frame());
        canvas_.paint(style_);
    }
    void draw_lines(const Shapes& shapes, std::uint32_t shape) {
        FigureStyle line = style_;
        line.fill = kNoColour;
        for (std::uint32_t part = shapes.part_begin(shape); part < shapes.part_end(shape); ++part) {
            if (shapes.kind(part) != PartKind::line) continue;
            for (const std::vector<Spot>& piece : line_on_sheet(map_, shapes.xs(part), shapes.ys(part))) {
                canvas_.move_to(piece.front());
                std::for_each(piece.begin() + 1, piece.end(), [&](Spot spot) { canvas_.line_to(spot); });
            }
        }
        canvas_.paint(line);
    }

    FigureCanvas& canvas_;
    const FrameMap& map_;
    const FigureStyle& style_;
    std::set<std::pair<long, long>> marks_;  // that are there already, in tenths of a millimetre
};

/// Writes names where there is room: the first come.
class Names {
  public:
    Names(FigureCanvas& canvas, const FrameMap& map) : canvas_(canvas), map_(map) {}

    void draw(const FigureLayer& layer) {
        for (std::size_t i = 0; i < std::min(layer.names.size(), layer.shape.size()); ++i) {
            if (layer.names[i].empty() || !layer.shapes->has_location(layer.shape[i]) || taken_.size() >= kMostNames)
                continue;
            draw(*layer.shapes, layer.shape[i], printable(layer.names[i], kNameLength));
        }
    }

  private:
    void draw(const Shapes& shapes, std::uint32_t shape, const std::string& name) {
        const bool surface = shapes.has_surface(shape);
        const Point point = surface ? point_on_surface(shapes, shape) : shapes.first_point(shape);
        const Spot at = map_.spot(point);
        const double width = canvas_.text_width(name, kName);
        const SheetBox box{surface ? at.x - width / 2 : at.x + 1.4, at.y - kName / 2, width, kName};
        const SheetBox& frame = map_.frame();
        if (box.x < frame.x + 1 || box.right() > frame.right() - 1 || box.y < frame.y + 1 ||
            box.bottom() > frame.bottom() - 1)
            return;
        for (const SheetBox& other : taken_)
            if (box.x < other.right() && other.x < box.right() && box.y < other.bottom() && other.y < box.bottom())
                return;
        taken_.push_back(box);
        canvas_.text_on_map({box.x, box.bottom() - kName * 0.15}, name, kName, false, kInk);
    }

    FigureCanvas& canvas_;
    const FrameMap& map_;
    std::vector<SheetBox> taken_;
};

void draw_map(FigureCanvas& canvas, const Figure& figure, const FigureLayout& layout) {
    const FrameMap map(layout.ground, layout.frame);
    canvas.clip(layout.frame);
    for (const FigureLayer& layer : figure.layers) {
        if (!layer.shapes) continue;
        for (std::size_t k = 0; k < layer.classes.size(); ++k) {
            ClassDrawing drawing(canvas, map, layer.classes[k].style);
            for (std::size_t i = 0; i < layer.shape.size(); ++i)
                if (layer.of[i] == k && layer.shapes->has_location(layer.shape[i]))
                    drawing.draw(*layer.shapes, layer.shape[i]);
        }
    }
    Names names(canvas, map);
    std::for_each(figure.layers.rbegin(), figure.layers.rend(), [&](const FigureLayer& layer) {
        if (layer.shapes) names.draw(layer);
    });
    canvas.unclip();
    canvas.rectangle(layout.frame);
    canvas.paint(outline(kFrameLine));
}

void draw_sample(FigureCanvas& canvas, const PlacedSample& sample) {
    const double middle = sample.box.y + sample.box.height / 2;
    FigureStyle style = *sample.style;
    if (sample.kind == PlacedSample::Kind::mark) {
        canvas.mark({sample.box.x + sample.box.width / 2, middle}, style);
    } else if (sample.kind == PlacedSample::Kind::line) {
        style.fill = kNoColour;
        canvas.move_to({sample.box.x, middle});
        canvas.line_to({sample.box.right(), middle});
        canvas.paint(style);
    } else {
        canvas.rectangle(sample.box);
        if (style.hatched) canvas.hatch(style, sample.box);
        canvas.paint(style);
    }
}

void draw_scale_bar(FigureCanvas& canvas, const FigureLayout& layout) {
    const double step = layout.bar.width / layout.bar_parts;
    for (unsigned k = 0; k < layout.bar_parts; ++k) {
        FigureStyle style = outline(0.2);
        style.fill = k % 2 == 0 ? kInk : kPaper;
        canvas.rectangle({layout.bar.x + k * step, layout.bar.y, step, layout.bar.height});
        canvas.paint(style);
    }
}

void draw_north(FigureCanvas& canvas, const FigureLayout& layout) {
    constexpr double kHigh = 9, kWide = 3, kLetter = 3.4;
    const Spot foot = layout.north, tip{foot.x, foot.y - kHigh};
    for (const double side : {-1.0, 1.0}) {
        FigureStyle style = outline(0.2);
        style.fill = side < 0 ? kInk : kPaper;
        canvas.move_to(tip);
        canvas.line_to({foot.x + side * kWide, foot.y});
        canvas.line_to({foot.x, foot.y - kHigh / 4});
        canvas.close();
        canvas.paint(style);
    }
    canvas.text({foot.x - canvas.text_width("N", kLetter, true) / 2, tip.y - 0.8}, "N", kLetter, true, kInk);
}

/// A file under way: its bytes are on the disk, its place is not taken yet.
OutputFile prepared(const std::filesystem::path& path, bool replace, const std::string& bytes) {
    OutputFile file(path, replace);
    file.write(bytes);
    file.prepare();
    return file;
}

}  // namespace

std::optional<FigureForm> figure_form(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    if (ending == ".pdf") return FigureForm::pdf;
    if (ending == ".svg") return FigureForm::svg;
    if (ending == ".png") return FigureForm::png;
    return std::nullopt;
}

std::filesystem::path figure_provenance(const std::filesystem::path& path) {
    if (!is_file_place(path)) return {};
    return std::filesystem::path(path).replace_extension(".provenance.json");
}

std::string draw_figure(const Figure& figure, FigureForm form) {
    constexpr std::size_t kMostTitle = 600;
    const FigureLayout layout = lay_out(figure);
    std::string title = printable(figure.title, kMostTitle);
    if (!figure.subtitle.empty()) title += ": " + printable(figure.subtitle, kMostTitle);
    if (!figure.alt.empty()) title = printable(figure.alt, kMostTitle * 4);
    FigureCanvas canvas(form, layout.width, layout.height, title);
    draw_map(canvas, figure, layout);
    for (const PlacedSample& sample : layout.samples) draw_sample(canvas, sample);
    draw_scale_bar(canvas, layout);
    draw_north(canvas, layout);
    for (const PlacedText& text : layout.texts) canvas.text(text.at, text.text, text.size_mm, text.bold, kInk);
    return canvas.finish();
}

void write_figures(const std::vector<FigureFile>& files, bool replace, const Provenance& provenance,
                   const Issues& issues) {
    std::vector<OutputFile> out;
    std::set<std::filesystem::path> beside;
    for (const FigureFile& file : files) {
        out.push_back(prepared(file.path, replace, draw_figure(*file.figure, figure_form(file.path).value())));
        if (const auto its = figure_provenance(file.path); !its.empty() && beside.insert(its).second)
            out.push_back(prepared(its, replace, provenance_json(provenance, issues)));
    }
    for (OutputFile& file : out) file.commit();
}

}  // namespace geo
