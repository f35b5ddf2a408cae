// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/sheet_lines.h"

#include <algorithm>
#include <cmath>

#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

constexpr double kReach = 1.25;  // of a limit: as far as places are listed

SheetLine line_of(const EvidenceSubject& subject, const EvidenceEntry& entry, const Assessment& assessment) {
    const Slot& slot = assessment.slots()[entry.slot];
    const Finding& f = finding_of(subject, entry);
    const Rule& rule = assessment.rule(slot);
    SheetLine line{f.site, f.place_point, {}, f.result, slot.places, f.place, {}, {cited(rule)}, false, f.measured};
    const double limit = std::isnan(f.limit) ? 0.0 : f.limit;
    line.length = metres_words(f.measured, limit);
    line.near = f.result != Result::clear || f.measured <= limit * kReach;
    if (!is_walked(f, rule)) return line;
    line.walk = assessment.route(*subject.batch, entry.row, static_cast<std::uint32_t>(entry.slot), f);
    line.length += " on foot";
    line.near = line.near || f.straight <= limit * kReach;
    return line;
}

bool same(const SheetLine& a, const SheetLine& b) {
    return a.site == b.site && a.place == b.place && a.places == b.places && a.of == b.of &&
           a.walk.has_value() == b.walk.has_value();
}

/// The place's end, and enough of the place around it to be seen as one.
Box with_some_of(const SheetLine& line) {
    const double around = std::max(20.0, line.metres * 0.25);
    const Box box = line.places->shapes.box(line.of);
    const Point p = line.place;
    return {std::max(box.min_x, p.x - around), std::max(box.min_y, p.y - around), std::min(box.max_x, p.x + around),
            std::min(box.max_y, p.y + around)};
}

}  // namespace

std::vector<SheetLine> sheet_lines(const EvidenceSubject& subject, const Assessment& assessment) {
    std::vector<SheetLine> lines;
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        if (!is_measured_distance(finding_of(subject, entry), assessment.slots()[entry.slot], assessment)) continue;
        SheetLine line = line_of(subject, entry, assessment);
        const auto other =
            std::find_if(lines.begin(), lines.end(), [&](const SheetLine& known) { return same(known, line); });
        if (other == lines.end()) {
            lines.push_back(std::move(line));
            continue;
        }
        other->rules.push_back(line.rules.front());
        other->result = std::max(other->result, line.result);
        other->near = other->near || line.near;
    }
    return lines;
}

Box box_of(const EvidenceSubject& subject, const std::vector<SheetLine>& lines) {
    Box box = Box::empty();
    for (const std::size_t row : subject.rows) {
        if (subject.batch->shapes.has_location(row)) box.add(subject.batch->shapes.box(row));
    }
    const bool any_near = std::any_of(lines.begin(), lines.end(), [](const SheetLine& line) { return line.near; });
    const SheetLine* nearest = nullptr;
    for (const SheetLine& line : lines) {
        if (line.near) box.add(with_some_of(line));
        if (line.near && line.walk && line.walk->way.size() > 0) box.add(line.walk->way.box(0));
        if (nearest == nullptr || line.metres < nearest->metres) nearest = &line;
    }
    if (!any_near && nearest != nullptr) box.add(nearest->place.x, nearest->place.y);
    return box;
}

std::pair<Point, Point> labelled_stretch(const SheetLine& line) {
    if (!line.walk || line.walk->way.size() == 0) return {line.site, line.place};
    const Shapes& way = line.walk->way;
    const auto xs = way.xs(way.part_begin(0)), ys = way.ys(way.part_begin(0));
    double left = line.walk->along / 2;
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
        const double length = std::hypot(xs[k + 1] - xs[k], ys[k + 1] - ys[k]);
        if (left <= length || k + 2 == xs.size()) return {{xs[k], ys[k]}, {xs[k + 1], ys[k + 1]}};
        left -= length;
    }
    return {line.site, line.place};
}

}  // namespace geo
