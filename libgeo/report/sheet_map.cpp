// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/sheet_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "libgeo/base/text.h"
#include "libgeo/report/map_labels.h"
#include "libgeo/report/map_paper.h"
#include "libgeo/report/markup.h"
#include "libgeo/report/sheet_lines.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

constexpr double kWidth = 180.0, kHeight = 80.0;  // millimetres: what an A4 page holds between its margins
constexpr double kPixelsPerMm = 96.0 / 25.4;

/// As in the map layers (styles.cpp), darkened where text is set in it.
std::string_view colour(Result result) {
    switch (result) {
        case Result::breach:
            return "#b2182b";
        case Result::borderline:
            return "#9a3412";
        case Result::unknown:
            return "#762a83";
        case Result::exempt:
            return "#1d5f8a";
        case Result::triggered:
            return "#1b7837";
        case Result::clear:
        case Result::not_applicable:
            break;
    }
    return "#2166ac";
}

std::string in_a_row(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& one : list) out += (out.empty() ? "" : "; ") + one;
    return out;
}

class Drawing {
  public:
    Drawing(const EvidenceSubject& subject, const Assessment& assessment, std::span<const StreetLayer> streets)
        : subject_(subject),
          assessment_(assessment),
          streets_(streets),
          lines_(sheet_lines(subject, assessment)),
          paper_(box_of(subject, lines_), kWidth, kHeight),
          labels_(kWidth, kHeight) {}

    SheetMap map() {
        // Later things lie over earlier ones; labels are kept off what is drawn for the reader.
        furniture();
        areas();
        street_lines();
        protected_places();
        reach_circles();
        measured();
        sites();
        place_names();
        SheetMap map;
        map.width_px = static_cast<unsigned>(std::lround(kWidth * kPixelsPerMm));
        map.scale = paper_.scale();
        map.svg = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {2} {3}\" "
            "role=\"img\" "
            "font-family=\"Arial, Liberation Sans, DejaVu Sans, sans-serif\"><title>{4}</title><defs><clipPath "
            "id=\"frame\"><rect width=\"{2}\" height=\"{3}\"/></clipPath></defs><rect width=\"{2}\" height=\"{3}\" "
            "fill=\"#fcfcfa\"/><g clip-path=\"url(#frame)\">{5}{6}</g>{7}<rect x=\"0.15\" y=\"0.15\" width=\"{8}\" "
            "height=\"{9}\" fill=\"none\" stroke=\"#333\" stroke-width=\"0.3\"/></svg>",
            map.width_px, std::lround(kHeight * kPixelsPerMm), mm(kWidth), mm(kHeight), escaped(alt(), 2000), body_,
            labels_.svg(), furniture_, mm(kWidth - 0.3), mm(kHeight - 0.3));
        map.alt = alt();
        map.caption = caption();
        return map;
    }

  private:
    bool shown(const SheetLine& line) const { return paper_.seen().contains(line.place); }

    void path(const Shapes& shapes, std::size_t i, std::string_view attributes) {
        const std::string data = paper_.path(shapes, i);
        if (!data.empty()) body_ += fmt::format("<path d=\"{}\" fill-rule=\"evenodd\" {}/>", data, attributes);
    }

    void cite_sources(const LayerFacts& facts) {
        for (const FileRecord& file : facts.files) cite(file);
    }
    void cite(const FileRecord& file) {
        const bool fresh = std::find(sources_.begin(), sources_.end(), file.attribution) == sources_.end();
        if (!file.attribution.empty() && fresh) sources_.push_back(file.attribution);
    }

    /// The study area, and the areas that exempt.
    void areas() {
        const Layers& layers = assessment_.layers();
        if (layers.study_area >= 0) {
            const AreaLayer& area = layers.areas[static_cast<std::size_t>(layers.study_area)];
            for (std::size_t i = 0; i < area.size(); ++i)
                path(area.shapes, i,
                     "fill=\"none\" stroke=\"#8a8a8a\" stroke-width=\"0.25\" stroke-dasharray=\"1.6 0.8\"");
            cite_sources(area.facts);
        }
        std::set<std::string> drawn;
        for (const Slot& slot : assessment_.slots()) {
            const Rule& rule = assessment_.rule(slot);
            if (!rule.unless.inside) continue;
            for (const LayerFilter& filter : rule.unless.inside->of) {
                const AreaLayer* exempt = layers.area_layer(filter.layer);
                if (exempt == nullptr || !drawn.insert(filter.layer).second) continue;
                for (std::size_t i = 0; i < exempt->size(); ++i) {
                    path(exempt->shapes, i, "fill=\"#cfe3f1\" stroke=\"#4a7fa5\" stroke-width=\"0.25\"");
                    exempting_seen_ = exempting_seen_ || paper_.shows(exempt->shapes.box(i));
                }
                cite_sources(exempt->facts);
                exempting_.push_back(exempt);
            }
        }
    }

    void street_lines() {
        for (const StreetLayer& layer : streets_) {
            for (std::size_t i = 0; i < layer.shapes.size(); ++i)
                path(layer.shapes, i, "fill=\"none\" stroke=\"#d3d0c8\" stroke-width=\"0.5\"");
            cite(layer.file);
        }
    }

    void protected_places() {
        std::set<const PlaceLayer*> drawn;
        for (const Slot& slot : assessment_.slots()) {
            if (slot.places == nullptr || !drawn.insert(slot.places).second) continue;
            const PlaceLayer& places = *slot.places;
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (!paper_.shows(places.shapes.box(i))) continue;
                path(places.shapes, i, "fill=\"#e7e5df\" stroke=\"#8d897c\" stroke-width=\"0.2\"");
                if (places.point_only[i] != 0) dot(places.shapes.first_point(i), 0.7, "#8d897c");
            }
            cite_sources(places.facts);
        }
        for (const LayerFacts& facts : assessment_.proposals()) cite_sources(facts);
    }

    void dot(Point at, double radius, std::string_view fill) {
        body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>", mm(paper_.x(at.x)),
                             mm(paper_.y(at.y)), mm(radius), fill);
    }

    /// Around a point site a circle holds exactly what is within a limit: a place that it touches is.
    void reach_circles() {
        std::set<double> limits;
        for (const EvidenceEntry& entry : entries_of(subject_, assessment_)) {
            const Finding& f = finding_of(subject_, entry);
            const Slot& slot = assessment_.slots()[entry.slot];
            const auto* distance = std::get_if<DistanceMeasure>(&assessment_.rule(slot).measure);
            if (distance == nullptr || distance->by != By::straight_line || !f.measured_something ||
                std::isnan(f.limit))
                continue;
            if (subject_.batch->shapes.is_single_point(entry.row)) limits.insert(f.limit);
        }
        if (subject_.rows.size() > 1 && subject_.enquiry == nullptr) limits.clear();
        for (const double limit : limits) {
            const Point centre = subject_.batch->shapes.first_point(subject_.rows.front());
            const double radius = limit / paper_.metres_per_mm();
            body_ += fmt::format(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\" stroke=\"#555\" "
                "stroke-width=\"0.25\" stroke-dasharray=\"0.9 0.9\"/>",
                mm(paper_.x(centre.x)), mm(paper_.y(centre.y)), mm(radius));
            circle_labels_.push_back({limit, radius, {paper_.x(centre.x), paper_.y(centre.y)}});
        }
    }

    void measured() {
        for (const SheetLine& line : lines_) {
            if (!shown(line)) continue;
            path(line.places->shapes, line.of,
                 fmt::format("fill=\"{0}\" fill-opacity=\"0.18\" stroke=\"{0}\" stroke-width=\"0.5\"",
                             colour(line.result)));
            if (line.walk) {
                way_on_foot(line);
            } else {
                const Point a = on_paper(line.site), b = on_paper(line.place);
                body_ +=
                    fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"0.55\"/>",
                                mm(a.x), mm(a.y), mm(b.x), mm(b.y), colour(line.result));
            }
            dot(line.place, 0.8, colour(line.result));
        }
    }

    Point on_paper(Point p) const { return {paper_.x(p.x), paper_.y(p.y)}; }

    /// The way along the streets, dashed from and to them; the straight line thin beside it.
    void way_on_foot(const SheetLine& line) {
        walked_ = true;
        const Assessment::Route& walk = *line.walk;
        const auto straight = [&](Point from, Point to, std::string_view attributes) {
            if (from == to) return;
            const Point a = on_paper(from), b = on_paper(to);
            body_ += fmt::format("<path d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"{}\" {}/>", mm(a.x), mm(a.y), mm(b.x),
                                 mm(b.y), colour(line.result), attributes);
        };
        straight(line.place, line.site, "class=\"straight\" stroke-width=\"0.2\" stroke-opacity=\"0.6\"");
        straight(walk.place, walk.from, "class=\"access\" stroke-width=\"0.6\" stroke-dasharray=\"1.1 0.7\"");
        if (walk.way.size() > 0)
            path(walk.way, 0,
                 fmt::format("class=\"way\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.75\" "
                             "stroke-linejoin=\"round\"",
                             colour(line.result)));
        straight(walk.to, walk.site, "class=\"access\" stroke-width=\"0.6\" stroke-dasharray=\"1.1 0.7\"");
    }

    void sites() {
        const Shapes& shapes = subject_.batch->shapes;
        for (const std::size_t row : subject_.rows) {
            if (!shapes.has_location(row)) continue;
            path(shapes, row, "fill=\"#d7191c\" fill-opacity=\"0.25\" stroke=\"#c1121f\" stroke-width=\"0.5\"");
            const Box box = shapes.box(row);
            const Point at = shapes.is_single_point(row)
                                 ? shapes.first_point(row)
                                 : Point{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
            const Point on{paper_.x(at.x), paper_.y(at.y)};
            if (shapes.is_single_point(row))
                body_ += fmt::format(
                    "<circle cx=\"{0}\" cy=\"{1}\" r=\"1.3\" fill=\"#fff\" stroke=\"#111\" "
                    "stroke-width=\"0.6\"/><circle cx=\"{0}\" cy=\"{1}\" r=\"0.45\" fill=\"#111\"/>",
                    mm(on.x), mm(on.y));
            labels_.keep_off({on.x - 1.6, on.y - 1.6, on.x + 1.6, on.y + 1.6});
            site_labels_.push_back(on);
        }
    }

    /// The site first, then lengths, then names: what comes later gives way.
    void place_names() {
        for (const Point on : site_labels_) {
            labels_.set("site", {{on.x, on.y - 3.6}, {on.x, on.y + 3.6}, {on.x + 6, on.y}, {on.x - 6, on.y}}, 3.0,
                        "#111", true);
            if (subject_.enquiry != nullptr) break;
        }
        for (const SheetLine& line : lines_) {
            if (shown(line)) length_label(line);
        }
        std::set<std::pair<const PlaceLayer*, std::uint32_t>> named;
        for (const SheetLine& line : lines_) {
            if (shown(line) && named.insert({line.places, line.of}).second) name_label(line);
        }
        for (const CircleLabel& circle : circle_labels_) {
            std::vector<Point> spots;
            for (const double turn : {-1.571, 1.571, -0.785, -2.356, 0.785, 2.356, 0.0, 3.1416})
                spots.push_back({circle.centre.x + circle.radius * std::cos(turn),
                                 circle.centre.y + circle.radius * std::sin(turn)});
            labels_.set(format_shortest(circle.limit) + " m", spots, 2.4, "#444");
        }
        for (const AreaLayer* areas : exempting_) {
            for (std::size_t i = 0; i < areas->size(); ++i) area_label(*areas, i);
        }
    }

    void length_label(const SheetLine& line) {
        const std::string words = fmt::format("{} {}", join_words(line.rules, ", "), line.length);
        const double half = static_cast<double>(words.size()) * 0.8;  // of its width on paper
        const auto stretch = labelled_stretch(line);
        const Point a = on_paper(stretch.first), b = on_paper(stretch.second);
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        std::vector<Point> spots;
        for (const double t : {0.5, 0.65, 0.35, 0.8, 1.0}) {
            for (const double side : {2.2, -2.2, 4.6, -4.6}) {
                const double nx = length > 0 ? -(b.y - a.y) / length : 0, ny = length > 0 ? (b.x - a.x) / length : 1;
                // Text lies level: beside a steep line it needs more room.
                const double room =
                    std::max(std::abs(side) * (1.0 + 2.6 * std::abs(nx)), std::abs(side) + half * std::abs(nx)) *
                    (side < 0 ? -1.0 : 1.0);
                spots.push_back({a.x + t * (b.x - a.x) + nx * room, a.y + t * (b.y - a.y) + ny * side});
            }
        }
        labels_.set(words, spots, 2.8, colour(line.result), true);
    }

    void name_label(const SheetLine& line) {
        const std::string_view name = line.places->name[line.of];
        const std::string text(name.empty() ? line.places->id[line.of] : name);
        const Point end{paper_.x(line.place.x), paper_.y(line.place.y)};
        std::vector<Point> spots;
        if (line.places->shapes.has_surface(line.of)) {
            const Point middle =
                line.places->centroids.has_location(line.of) ? line.places->centroids.first_point(line.of) : line.place;
            spots.push_back({paper_.x(middle.x), paper_.y(middle.y)});
        }
        const double half = static_cast<double>(std::min<std::size_t>(text.size(), 48)) * 0.75;
        for (const double d : {3.0, -3.0, 6.0, -6.0}) {
            spots.push_back({end.x, end.y + d});
            spots.push_back({end.x + half + 2, end.y + d / 2});
            spots.push_back({end.x - half - 2, end.y + d / 2});
        }
        labels_.set(text, spots, 2.6, "#222");
    }

    void area_label(const AreaLayer& areas, std::size_t i) {
        if (!areas.shapes.has_location(i) || !paper_.shows(areas.shapes.box(i))) return;
        const Box box = areas.shapes.box(i), frame = paper_.seen();
        const double x = (std::max(box.min_x, frame.min_x) + std::min(box.max_x, frame.max_x)) / 2;
        const double y = (std::max(box.min_y, frame.min_y) + std::min(box.max_y, frame.max_y)) / 2;
        const std::string_view name = areas.name[i];
        labels_.set(std::string(name.empty() ? areas.code[i] : name),
                    {{paper_.x(x), paper_.y(y)}, {paper_.x(x), paper_.y(y) + 4}, {paper_.x(x), paper_.y(y) - 4}}, 2.4,
                    "#1d4f73");
    }

    /// Scale bar and north arrow.
    void furniture() {
        const double metres = paper_.bar_metres(45);
        const double length = metres / paper_.metres_per_mm();
        const double x = 4, y = kHeight - 4;
        furniture_ = fmt::format(
            "<rect x=\"2\" y=\"{0}\" width=\"{1}\" height=\"7.6\" fill=\"#fff\" fill-opacity=\"0.85\"/>"
            "<path d=\"M{2} {3}V{4}H{5}V{3}\" fill=\"none\" stroke=\"#111\" stroke-width=\"0.4\"/>"
            "<text x=\"{2}\" y=\"{6}\" font-size=\"2.6\">0</text><text x=\"{5}\" y=\"{6}\" font-size=\"2.6\" "
            "text-anchor=\"end\">{7} m</text>",
            mm(y - 5.2), mm(length + 4), mm(x), mm(y - 1.6), mm(y), mm(x + length), mm(y - 2.2),
            format_shortest(metres));
        labels_.keep_off({0, kHeight - 10, length + 8, kHeight});
        const double n = kWidth - 6;
        furniture_ += fmt::format(
            "<path d=\"M{0} 3L{1} 11L{0} 9.2L{2} 11Z\" fill=\"#111\"/><text x=\"{0}\" y=\"14\" font-size=\"2.8\" "
            "text-anchor=\"middle\" font-weight=\"700\">N</text>",
            mm(n), mm(n + 2.2), mm(n - 2.2));
        labels_.keep_off({n - 4, 0, kWidth, 15});
    }

    std::string line_words(const SheetLine& line) const {
        const std::string_view name = line.places->name[line.of];
        return fmt::format("{} to {} ({})", line.length, printable(name.empty() ? line.places->id[line.of] : name, 80),
                           join_words(line.rules, ", "));
    }

    std::string alt() const {
        std::vector<std::string> shown_lines;
        for (const SheetLine& line : lines_) {
            if (shown(line)) shown_lines.push_back(line_words(line));
        }
        return fmt::format("Map of the site at 1:{}. Lines show what was measured: {}.", grouped(paper_.scale()),
                           shown_lines.empty() ? std::string("nothing within the frame") : in_a_row(shown_lines));
    }

    std::string caption() const {
        std::string words = fmt::format(
            "Drawing, 1:{} on A4 at full size; grid north is up. Distances are measured from the data, not from this "
            "drawing. Lines run between the two points measured.",
            grouped(paper_.scale()));
        if (walked_)
            words +=
                " Of a walk the thick line is the way along the streets, dashed lines lead from the place to the "
                "street and from the street to the site, and the thin line is the straight one between its ends.";
        if (!circle_labels_.empty())
            words += " A dashed circle is a limit around the site: a place that it reaches is within it.";
        if (exempting_seen_) words += " Blue: areas that exempt.";
        std::vector<std::string> beyond;
        for (const SheetLine& line : lines_) {
            if (!shown(line)) beyond.push_back(line_words(line));
        }
        if (!beyond.empty()) words += " Beyond the frame: " + in_a_row(beyond) + ".";
        std::string sources;
        for (const std::string& line : sources_) {
            sources += " " + printable(line, 300);
            if (sources.back() != '.') sources += '.';
        }
        return words + sources;
    }

    struct CircleLabel {
        double limit, radius;
        Point centre;
    };
    const EvidenceSubject& subject_;
    const Assessment& assessment_;
    std::span<const StreetLayer> streets_;
    std::vector<SheetLine> lines_;
    MapPaper paper_;
    MapLabels labels_;
    std::string body_, furniture_;
    std::vector<std::string> sources_;
    std::vector<const AreaLayer*> exempting_;
    bool exempting_seen_ = false, walked_ = false;
    std::vector<Point> site_labels_;
    std::vector<CircleLabel> circle_labels_;
};

}  // namespace

SheetMap sheet_map(const EvidenceSubject& subject, const Assessment& assessment, std::span<const StreetLayer> streets) {
    const bool located = std::any_of(subject.rows.begin(), subject.rows.end(),
                                     [&](std::size_t row) { return subject.batch->shapes.has_location(row); });
    return located ? Drawing(subject, assessment, streets).map() : SheetMap{};
}

}  // namespace geo
