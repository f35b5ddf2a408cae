// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/planar_noding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/geometry/orientation.h"
#include "libgeo/geometry/vertex_clusters.h"

namespace geo {
namespace {

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

double apart(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

/// The parts of the lines as they are walked; part p has vertices [first[p], first[p + 1]).
struct Walked {
    std::vector<Point> points;
    std::vector<double> along;  // metres from the beginning of its part, by vertex
    std::vector<std::uint32_t> first{0}, line;
    std::size_t parts() const { return line.size(); }
};

void add_part(Walked& walked, const Shapes& lines, std::uint32_t line, std::size_t part) {
    const auto xs = lines.xs(part), ys = lines.ys(part);
    const std::size_t begin = walked.points.size();
    for (std::size_t v = 0; v < xs.size(); ++v) {
        const Point p{xs[v], ys[v]};
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
        if (walked.points.size() == begin || walked.points.back() != p) walked.points.push_back(p);
    }
    if (walked.points.size() < begin + 2) {
        walked.points.resize(begin);
        return;
    }
    const auto from = walked.points.begin() + static_cast<std::ptrdiff_t>(begin), to = walked.points.end();
    const std::vector<Point> turned(walked.points.rbegin(), std::make_reverse_iterator(from));
    if (std::lexicographical_compare(turned.begin(), turned.end(), from, to, less))
        std::copy(turned.begin(), turned.end(), from);
    walked.along.push_back(0);
    for (std::size_t v = begin + 1; v < walked.points.size(); ++v)
        walked.along.push_back(walked.along.back() + apart(walked.points[v - 1], walked.points[v]));
    walked.first.push_back(static_cast<std::uint32_t>(walked.points.size()));
    walked.line.push_back(line);
}

Walked walked(const Shapes& lines) {
    Walked all;
    for (std::uint32_t i = 0; i < lines.size(); ++i)
        for (std::size_t part = lines.part_begin(i); part < lines.part_end(i); ++part)
            if (lines.kind(part) != PartKind::points) add_part(all, lines, i, part);
    return all;
}

/// Where two segments cross: the same bits whichever is first and whichever way they are drawn.
Point crossing(Point a, Point b, Point c, Point d) {
    if (less(b, a)) std::swap(a, b);
    if (less(d, c)) std::swap(c, d);
    if (std::tie(c.x, c.y, d.x, d.y) < std::tie(a.x, a.y, b.x, b.y)) {
        std::swap(a, c);
        std::swap(b, d);
    }
    const double dx = b.x - a.x, dy = b.y - a.y, ex = d.x - c.x, ey = d.y - c.y;
    const double share = ((c.x - a.x) * ey - (c.y - a.y) * ex) / (dx * ey - dy * ex);
    const double s = std::clamp(share, 0.0, 1.0);
    return {a.x + s * dx, a.y + s * dy};
}

/// A cut within a segment.
struct Cut {
    std::uint32_t vertex = 0;  // that begins the segment
    double share = 0;          // of the segment, from there
    Point at;
};

bool before(const Cut& a, const Cut& b) {
    return std::tie(a.vertex, a.share, a.at.x, a.at.y) < std::tie(b.vertex, b.share, b.at.x, b.at.y);
}

/// Some segments of a part that follow one another: those that begin at [begin, end).
struct Run {
    std::uint32_t part = 0, begin = 0, end = 0;
};

/// Finds where lines meet.
class Meetings {
  public:
    Meetings(const Walked& lines, std::span<const std::int32_t> levels, double tolerance)
        : lines_(lines),
          levels_(levels),
          tolerance_(tolerance),
          squared_(tolerance * tolerance),
          cut_at_(lines.points.size(), 0) {
        for (std::size_t part = 0; part < lines.parts(); ++part)
            cut_at_[lines.first[part]] = cut_at_[lines.first[part + 1] - 1] = 1;
        find();
        std::sort(cuts_.begin(), cuts_.end(), before);
    }

    /// By vertex: 1 where its line is cut (its two ends included).
    const std::vector<std::uint8_t>& at_vertices() const { return cut_at_; }
    /// By vertex, then along the segment.
    const std::vector<Cut>& within_segments() const { return cuts_; }

  private:
    static constexpr std::uint32_t kRun = 16;

    void find() {
        std::vector<Run> runs;
        for (std::uint32_t part = 0; part < lines_.parts(); ++part) {
            const std::uint32_t last = lines_.first[part + 1] - 1;
            for (std::uint32_t v = lines_.first[part]; v < last; v += kRun)
                runs.push_back({part, v, std::min(v + kRun, last)});
        }
        Shapes boxes;  // the diagonal of each: the index looks at boxes only
        for (const Run& run : runs) {
            const Box box = box_of(run.begin, run.end + 1);
            boxes.add_vertex(box.min_x, box.min_y);
            boxes.add_vertex(box.max_x, box.max_y);
            boxes.end_part(PartKind::line);
            boxes.end_shape();
        }
        const NearestIndex index(boxes);
        for (std::uint32_t r = 0; r < runs.size(); ++r)
            index.near(boxes.box(r), tolerance_, [&](std::uint32_t other) {
                if (other >= r && level(runs[r].part) == level(runs[other].part)) compare(runs[r], runs[other]);
            });
    }

    std::int32_t level(std::uint32_t part) const { return levels_.empty() ? 0 : levels_[lines_.line[part]]; }

    Box box_of(std::uint32_t begin, std::uint32_t end) const {
        Box box = Box::empty();
        for (std::uint32_t v = begin; v < end; ++v) box.add(lines_.points[v].x, lines_.points[v].y);
        return box;
    }

    bool near(const Box& a, const Box& b) const {
        return a.min_x <= b.max_x + tolerance_ && b.min_x <= a.max_x + tolerance_ && a.min_y <= b.max_y + tolerance_ &&
               b.min_y <= a.max_y + tolerance_;
    }

    void compare(const Run& a, const Run& b) {
        for (std::uint32_t v = a.begin; v < a.end; ++v) {
            const Box box = box_of(v, v + 2);
            for (std::uint32_t w = a.begin == b.begin ? v + 1 : b.begin; w < b.end; ++w)
                if (near(box, box_of(w, w + 2))) meet(v, w, a.part == b.part);
        }
    }

    /// Segments that begin at v and w.
    void meet(std::uint32_t v, std::uint32_t w, bool same_part) {
        touch(v, w, same_part);
        touch(v + 1, w, same_part);
        touch(w, v, same_part);
        touch(w + 1, v, same_part);
        const std::vector<Point>& p = lines_.points;
        const Point a = p[v], b = p[v + 1], c = p[w], d = p[w + 1];
        if (orientation(a, b, c) * orientation(a, b, d) >= 0 || orientation(c, d, a) * orientation(c, d, b) >= 0)
            return;
        const Point at = crossing(a, b, c, d);
        for (const Point end : {a, b, c, d})
            if (close(at, end)) return;  // that end touches the other segment
        cut(v, at);
        cut(w, at);
    }

    /// Vertex v against the segment that begins at w.
    void touch(std::uint32_t v, std::uint32_t w, bool same_part) {
        const Point p = lines_.points[v], c = lines_.points[w], d = lines_.points[w + 1];
        if (squared_to_segment(p, c, d) > squared_) return;
        // A line that bends within the tolerance of a vertex does not come back to it there.
        if (same_part &&
            std::abs(lines_.along[v] - lines_.along[w] - apart(c, nearest_on_segment(p, c, d))) <= kBend * tolerance_)
            return;
        cut_at_[v] = 1;
        if (close(p, c)) cut_at_[w] = 1;
        if (close(p, d)) cut_at_[w + 1] = 1;
        if (!close(p, c) && !close(p, d)) cut(w, p);
    }

    bool close(Point a, Point b) const {
        const double dx = a.x - b.x, dy = a.y - b.y;
        return dx * dx + dy * dy <= squared_;
    }

    void cut(std::uint32_t vertex, Point at) {
        const Point a = lines_.points[vertex], b = lines_.points[vertex + 1];
        const double dx = b.x - a.x, dy = b.y - a.y;
        cuts_.push_back({vertex, ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy), at});
    }

  public:
    static constexpr double kBend = 4.0;

  private:
    const Walked& lines_;
    std::span<const std::int32_t> levels_;
    double tolerance_, squared_;
    std::vector<std::uint8_t> cut_at_;
    std::vector<Cut> cuts_;
};

/// Writes the stretches between cuts.
class Cutter {
  public:
    Cutter(const Walked& lines, const Meetings& meetings, double tolerance, std::vector<std::uint32_t>& line_of)
        : lines_(lines), meetings_(meetings), longest_dropped_(Meetings::kBend * tolerance), line_of_(line_of) {
        std::vector<Point> places;
        for (std::size_t v = 0; v < lines.points.size(); ++v)
            if (meetings.at_vertices()[v] != 0) places.push_back(lines.points[v]);
        for (const Cut& cut : meetings.within_segments()) places.push_back(cut.at);
        place_of_ = cluster_points(places, tolerance, places_);
    }

    Shapes cut() {
        std::size_t at_vertex = 0, within = 0;  // the next of each kind in place_of_
        for (const std::uint8_t here : meetings_.at_vertices()) within += here;
        const std::vector<Cut>& cuts = meetings_.within_segments();
        std::size_t next = 0;
        for (std::uint32_t part = 0; part < lines_.parts(); ++part)
            for (std::uint32_t v = lines_.first[part]; v < lines_.first[part + 1]; ++v) {
                if (v == lines_.first[part])
                    begin(place_of_[at_vertex++]);
                else if (meetings_.at_vertices()[v] != 0)
                    end(place_of_[at_vertex++], lines_.line[part]);
                else
                    stretch_.push_back(lines_.points[v]);
                for (; next < cuts.size() && cuts[next].vertex == v; ++next)
                    end(place_of_[within++], lines_.line[part]);
            }
        return std::move(result_);
    }

  private:
    void begin(std::uint32_t place) {
        from_ = place;
        stretch_.assign(1, places_[place]);
    }

    void end(std::uint32_t place, std::uint32_t line) {
        stretch_.push_back(places_[place]);
        if (from_ != place || length() > longest_dropped_) {
            for (const Point p : stretch_) result_.add_vertex(p.x, p.y);
            result_.end_part(PartKind::line);
            result_.end_shape();
            line_of_.push_back(line);
        }
        begin(place);
    }

    double length() const {
        double metres = 0;
        for (std::size_t k = 1; k < stretch_.size(); ++k) metres += apart(stretch_[k - 1], stretch_[k]);
        return metres;
    }

    const Walked& lines_;
    const Meetings& meetings_;
    double longest_dropped_;
    std::vector<std::uint32_t>& line_of_;
    std::vector<std::uint32_t> place_of_;  // of each vertex that is cut, then of each cut within a segment
    std::vector<Point> places_;
    std::uint32_t from_ = 0;
    std::vector<Point> stretch_;
    Shapes result_;
};

}  // namespace

Shapes noded(const Shapes& lines, std::span<const std::int32_t> levels, std::vector<std::uint32_t>& line_of,
             double tolerance_m) {
    line_of.clear();
    const Walked all = walked(lines);
    const Meetings meetings(all, levels, tolerance_m);
    return Cutter(all, meetings, tolerance_m, line_of).cut();
}

}  // namespace geo
