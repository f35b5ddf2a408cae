// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/layer_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "libgeo/base/pipeline.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/geos.h"

namespace geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBatchesUnderWay = 8;
constexpr std::string_view kBritishGrid = "EPSG:27700";

bool filter_accepts(const RowFilter& filter, std::string_view cell) {
    const std::string value = folded(trimmed(cell));
    return std::find(filter.accepted.begin(), filter.accepted.end(), value) != filter.accepted.end();
}

void add_trouble(LocatedRows& rows, std::size_t i, const char* code, std::string message,
                 std::string action = "has no location; listed") {
    rows.troubles.push_back(
        {static_cast<std::uint32_t>(i), code, std::move(message), std::move(action), Kept::not_used, false, {}});
}

std::string shown(double x, double y) { return "(" + format_shortest(x) + ", " + format_shortest(y) + ")"; }

/// Nothing of Britain lies on the axes of its grid: a row there is half blank.
bool on_axis(const LayerFile& file, Point p) {
    return (std::abs(p.x) < 1.0 || std::abs(p.y) < 1.0) && file.crs->code() == kBritishGrid;
}

/// Nor does anything lie at its corner, off Scilly: a row in degrees among rows in metres. (A file of nothing else is refused: coordinates.h.)
bool degrees_in_metres(const LayerFile& file, Point p) {
    return std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0 && file.crs->code() == kBritishGrid;
}

/// Is a position that was seen usable? Adds the trouble where it is not.
bool is_position(const LayerFile& file, LocatedRows& rows, std::size_t i, Point p) {
    if (!degrees_in_metres(file, p)) return true;
    add_trouble(rows, i, "degrees-in-metres", shown(p.x, p.y) + " looks like degrees, in a file in metres");
    return false;
}

/// One row's x and y; none, with a trouble, where they are no position.
std::optional<Point> read_position(const LayerFile& file, LocatedRows& rows, std::size_t i, std::size_t x,
                                   std::size_t y) {
    const std::string_view x_cell = rows.batch.cells[x][i], y_cell = rows.batch.cells[y][i];
    const auto x_number = parse_number(x_cell), y_number = parse_number(y_cell);
    if (x_number && y_number) {
        const Point at{*x_number, *y_number};
        if (at != Point{0.0, 0.0} && !on_axis(file, at)) return at;
        add_trouble(rows, i, "no-location",
                    "the coordinates are " + shown(at.x + 0.0, at.y + 0.0) + ", which is no place");
        return std::nullopt;
    }
    const bool x_blank = trimmed(x_cell).empty(), y_blank = trimmed(y_cell).empty();
    if (x_blank || y_blank) {
        add_trouble(rows, i, "no-location",
                    x_blank && y_blank ? "the coordinates are blank"
                                       : printable(file.column_of(x_blank ? "x" : "y")) + " is blank");
        return std::nullopt;
    }
    const std::string column = file.column_of(x_number ? "y" : "x");
    const std::string_view value = x_number ? y_cell : x_cell;
    rows.sample.see_unreadable(column, value, rows.batch.row[i]);
    add_trouble(rows, i, "bad-coordinate", printable(column) + " is \"" + printable(value) + "\", which is no number");
    return std::nullopt;
}

void see_decimals(LocatedRows& rows, std::string_view x, std::string_view y) {
    rows.sample.numbers += 2;
    rows.sample.decimals += decimals_of(x) + decimals_of(y);
}

bool wants_decimals(const LayerFile& file, const LocatedRows& rows) {
    return file.crs->is_geographic() && rows.sample.numbers < 2 * CoordinateSample::kPointsABatch;
}

/// A transformed position that can be used, else a trouble.
bool usable(const LayerFile& file, LocatedRows& rows, std::size_t i, double x, double y, double raw_x, double raw_y) {
    if (!std::isfinite(x) || !std::isfinite(y)) {
        add_trouble(
            rows, i, "out-of-reach",
            shown(raw_x, raw_y) + " cannot be brought into the study's CRS by " + file.transformation->info().name);
        return false;
    }
    if (file.bounds && !file.bounds->contains({x, y})) {
        add_trouble(rows, i, "out-of-bounds", shown(raw_x, raw_y) + " is outside the area of use of the study's CRS");
        return false;
    }
    return true;
}

void locate_by_x_y(const LayerFile& file, LocatedRows& rows) {
    const std::size_t n = rows.size(), x = *file.cell("x"), y = *file.cell("y");
    std::vector<double> xs(n, kNaN), ys(n, kNaN);
    for (std::size_t i = 0; i < n; ++i) {
        if (!rows.passes[i]) continue;
        const auto at = read_position(file, rows, i, x, y);
        if (!at) continue;
        rows.sample.see(*at, rows.batch.row[i]);
        if (!is_position(file, rows, i, *at)) continue;
        xs[i] = at->x, ys[i] = at->y;
        if (wants_decimals(file, rows)) see_decimals(rows, rows.batch.cells[x][i], rows.batch.cells[y][i]);
    }
    const bool moved = !file.transformation->info().identity;
    const std::vector<double> raw_xs = moved ? xs : std::vector<double>(), raw_ys = moved ? ys : std::vector<double>();
    file.transformation->apply(xs, ys);
    for (std::size_t i = 0; i < n; ++i) {
        const double raw_x = moved ? raw_xs[i] : xs[i], raw_y = moved ? raw_ys[i] : ys[i];
        if (!std::isnan(raw_x) && usable(file, rows, i, xs[i], ys[i], raw_x, raw_y)) {
            rows.shapes.add_point(xs[i], ys[i]);
        } else {
            rows.shapes.add_nothing();
        }
    }
}

struct Span {
    std::size_t begin = 0, end = 0;
};
Span vertices_of(const Shapes& shapes, std::size_t i) {
    return {shapes.vertex_begin(shapes.part_begin(i)), shapes.vertex_end(shapes.part_end(i) - 1)};
}

bool all_finite(const Shapes& shapes, Span span) {
    const auto xs = shapes.all_xs(), ys = shapes.all_ys();
    for (std::size_t v = span.begin; v < span.end; ++v) {
        if (!std::isfinite(xs[v]) || !std::isfinite(ys[v])) return false;
    }
    return true;
}

/// A geometry before it is transformed: seen by the sample, or found to be none.
bool see_raw(const LayerFile& file, LocatedRows& rows, const Shapes& raw, std::size_t i) {
    if (!raw.has_location(i)) {
        add_trouble(rows, i, "no-location", "the row has no geometry");
        return false;
    }
    if (!all_finite(raw, vertices_of(raw, i))) {
        rows.sample.see_unreadable("geometry", "not finite", rows.batch.row[i]);
        add_trouble(rows, i, "bad-coordinate", "the geometry has a coordinate that is not finite");
        return false;
    }
    const Point first = raw.first_point(i);
    if (raw.is_single_point(i) && (first == Point{0.0, 0.0} || on_axis(file, first))) {
        add_trouble(rows, i, "no-location",
                    "the coordinates are " + shown(first.x + 0.0, first.y + 0.0) + ", which is no place");
        return false;
    }
    rows.sample.see(first, rows.batch.row[i]);
    if (raw.is_single_point(i) && !is_position(file, rows, i, first)) return false;
    if (wants_decimals(file, rows)) see_decimals(rows, format_shortest(first.x), format_shortest(first.y));
    return true;
}

/// Surfaces are checked and repaired; points and lines pass.
void append_checked(LocatedRows& rows, const Shapes& moved, std::size_t i) {
    if (!moved.has_surface(i)) {
        rows.shapes.add_copy(moved, i);
        return;
    }
    const Repair repair = append_valid(moved, i, rows.shapes);
    if (repair.was_valid) return;
    const bool lost = !rows.shapes.has_location(rows.shapes.size() - 1);
    rows.troubles.push_back(
        {static_cast<std::uint32_t>(i), "invalid-geometry",
         "the geometry is invalid: " + repair.reason + " at " + shown(repair.place.x, repair.place.y),
         lost ? "it cannot be repaired; has no location; listed" : repair.method,
         lost ? Kept::not_used : Kept::used_changed, true, repair.place});
}

/// Shapes of the file, one a row (only rows of `has` count), into the study's CRS.
void move_shapes(const LayerFile& file, LocatedRows& rows, Shapes& raw, const std::vector<std::uint8_t>& has) {
    std::vector<Point> before;
    for (std::size_t i = 0; i < has.size(); ++i) before.push_back(has[i] ? raw.first_point(i) : Point{});
    file.transformation->apply(raw.all_xs(), raw.all_ys());
    rows.shapes.reserve(raw.vertices());
    for (std::size_t i = 0; i < has.size(); ++i) {
        if (!has[i]) {
            rows.shapes.add_nothing();
            continue;
        }
        Point first = raw.first_point(i);
        if (!all_finite(raw, vertices_of(raw, i))) first = {kNaN, kNaN};
        if (usable(file, rows, i, first.x, first.y, before[i].x, before[i].y)) {
            append_checked(rows, raw, i);
        } else {
            rows.shapes.add_nothing();
        }
    }
}

void locate_by_geometry(const LayerFile& file, LocatedRows& rows) {
    Shapes raw = std::move(rows.batch.shapes);
    std::vector<std::uint8_t> has(rows.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) has[i] = rows.passes[i] && see_raw(file, rows, raw, i);
    move_shapes(file, rows, raw, has);
}

/// The row's WKT (its point where the geometry is blank), else its x and y, else nothing.
bool append_row_wkt(const LayerFile& file, LocatedRows& rows, std::size_t i, Shapes& raw) {
    std::string_view text = trimmed(rows.batch.cells[*file.cell("wkt")][i]);
    if (const auto point = file.cell("point"); text.empty() && point) text = trimmed(rows.batch.cells[*point][i]);
    if (!text.empty()) {
        std::string reason;
        if (append_wkt(std::string(text), raw, &reason)) return true;
        rows.sample.see_unreadable(file.column_of("wkt"), text.substr(0, 60), rows.batch.row[i]);
        add_trouble(rows, i, "unreadable-geometry", "the geometry cannot be read: " + reason);
        raw.add_nothing();
        return false;
    }
    const auto x = file.cell("x"), y = file.cell("y");
    if (!x || !y) {
        add_trouble(rows, i, "no-location", printable(file.column_of("wkt")) + " is blank");
        raw.add_nothing();
        return false;
    }
    const auto at = read_position(file, rows, i, *x, *y);
    if (at) {
        raw.add_point(at->x, at->y);
    } else {
        raw.add_nothing();
    }
    return at.has_value();
}

void locate_by_wkt(const LayerFile& file, LocatedRows& rows) {
    Shapes raw;
    std::vector<std::uint8_t> has(rows.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows.passes[i]) {
            raw.add_nothing();
        } else if (append_row_wkt(file, rows, i, raw)) {
            has[i] = see_raw(file, rows, raw, i);
        }
    }
    move_shapes(file, rows, raw, has);
}

}  // namespace

std::vector<std::uint8_t> passing_rows(const LayerFile& file, const Batch& batch) {
    std::vector<std::uint8_t> passes(batch.size(), 1);
    for (const RowFilter& filter : file.filters) {
        const auto& cells = batch.cells[filter.cell];
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (passes[i] && !filter_accepts(filter, cells[i])) passes[i] = 0;
        }
    }
    return passes;
}

LocatedRows locate_rows(const LayerFile& file, Batch&& batch) {
    LocatedRows rows;
    rows.batch = std::move(batch);
    rows.passes = passing_rows(file, rows.batch);
    switch (file.located) {
        case LocatedBy::x_y:
            locate_by_x_y(file, rows);
            break;
        case LocatedBy::geometry:
            locate_by_geometry(file, rows);
            break;
        case LocatedBy::wkt:
            locate_by_wkt(file, rows);
            break;
        case LocatedBy::nothing:
            for (std::size_t i = 0; i < rows.size(); ++i) rows.shapes.add_nothing();
            break;
    }
    std::stable_sort(rows.troubles.begin(), rows.troubles.end(),
                     [](const RowTrouble& a, const RowTrouble& b) { return a.row < b.row; });
    return rows;
}

void read_rows(const LayerFile& file, const std::function<void(LocatedRows&&)>& take) {
    Table& table = *file.table;
    struct Item {
        std::unique_ptr<Table::Raw> raw;
        LocatedRows rows;
    };
    pipeline<Item>(
        kBatchesUnderWay, [&table](Item& item) { return (item.raw = table.next()) != nullptr; },
        [&](Item& item) { item.rows = locate_rows(file, table.decode(std::move(item.raw))); },
        [&take](Item& item) { take(std::move(item.rows)); });
}

Issue issue_of(const LayerFile& file, const LocatedRows& rows, const RowTrouble& trouble, std::string_view id,
               bool hides) {
    Issue issue = file.issue(trouble.code, trouble.message, trouble.action, rows.batch.row[trouble.row]);
    issue.id = id;
    issue.kept = trouble.kept;
    issue.may_hide_breach = hides && trouble.kept == Kept::not_used;
    issue.has_place = trouble.has_place && std::isfinite(trouble.place.x) && std::isfinite(trouble.place.y);
    if (issue.has_place) issue.x = trouble.place.x, issue.y = trouble.place.y;
    return issue;
}

Issue of_layer(const LayerFile& file, const Batch& batch, Issue issue, bool hides) {
    issue.layer = file.layer;
    issue.file = file.source.shown;
    issue.may_hide_breach = issue.may_hide_breach || (hides && issue.kept == Kept::not_used && issue.row != 0);
    if (!issue.id.empty() || issue.row == 0) return issue;
    const auto row = std::lower_bound(batch.row.begin(), batch.row.end(), issue.row);
    if (row == batch.row.end() || *row != issue.row) return issue;
    for (const char* word : {"id", "reference", "code"}) {
        if (const auto cell = file.cell(word))
            issue.id = trimmed(batch.cells[*cell][static_cast<std::size_t>(row - batch.row.begin())]);
    }
    return issue;
}

void take_source_issues(LayerFile& file, Batch& batch, bool hides, Issues& issues) {
    file.account.read += batch.read;
    file.account.not_used += batch.read - batch.size();
    for (Issue& issue : batch.issues) issues.add(of_layer(file, batch, std::move(issue), hides));
    batch.issues.clear();
}

std::string lines_words(const LayerFile& file, std::vector<std::int64_t> rows) {
    std::sort(rows.begin(), rows.end());
    std::vector<std::string> words;
    for (const std::int64_t row : rows) words.push_back(std::to_string(row));
    const bool more = words.size() > 20;
    if (more) words.resize(20);
    const std::string noun =
        std::string(file.table->format() == "CSV" ? "line" : "row") + (words.size() == 1 ? " " : "s ");
    return noun +
           (more ? join_words(words, ", ") + " and " + std::to_string(rows.size() - 20) + " more" : join_words(words));
}

bool same_shape(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j) {
    const std::uint32_t parts = a.part_end(i) - a.part_begin(i);
    if (parts != b.part_end(j) - b.part_begin(j)) return false;
    for (std::uint32_t p = 0; p < parts; ++p) {
        const std::uint32_t pa = a.part_begin(i) + p, pb = b.part_begin(j) + p;
        if (a.kind(pa) != b.kind(pb)) return false;
        const auto ax = a.xs(pa), ay = a.ys(pa), bx = b.xs(pb), by = b.ys(pb);
        if (!std::equal(ax.begin(), ax.end(), bx.begin(), bx.end()) ||
            !std::equal(ay.begin(), ay.end(), by.begin(), by.end()))
            return false;
    }
    return true;
}

}  // namespace geo
