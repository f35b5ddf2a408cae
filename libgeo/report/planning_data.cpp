// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/planning_data.h"

#include "libgeo/report/cells.h"
#include "libgeo/report/geojson_shape.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

constexpr int kDecimals = 7;

void append_ring(std::string& out, const Shapes& shapes, std::size_t part) {
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    out += '(';
    for (std::size_t k = 0; k < xs.size(); ++k) {
        if (k > 0) out += ',';
        append_fixed(out, xs[k], kDecimals);
        out += ' ';
        append_fixed(out, ys[k], kDecimals);
    }
    out += ')';
}

/// `MULTIPOLYGON (((…),(…)),((…)))`.
std::string multipolygon(const Shapes& shapes) {
    std::string out = "MULTIPOLYGON (";
    bool first = true;
    for (const ShellAndHoles& polygon : polygons_of(shapes, 0)) {
        if (!first) out += ',';
        first = false;
        out += '(';
        append_ring(out, shapes, polygon.shell);
        for (const std::size_t hole : polygon.holes) {
            out += ',';
            append_ring(out, shapes, hole);
        }
        out += ')';
    }
    return out + ")";
}

}  // namespace

std::string planning_data_csv(std::span<const Policy> policies, const Zones& zones, const Crs& crs,
                              const GridFolders& grids) {
    const Transformation to_wgs84 = Transformation::between(crs, Crs::from_text("EPSG:4326"), grids);
    std::string out = "reference,name,entry-date,start-date,end-date,documentation-url,geometry\n";
    CsvCells cells(out);
    for (const RuleZone& zone : zones.rules) {
        const Policy& policy = policies[zone.policy];
        if (policy.status != Policy::Status::adopted || zone.breach.size() == 0 || zone.walking) continue;
        Shapes shape = zone.breach;
        to_wgs84.apply(shape.all_xs(), shape.all_ys());
        const Rule& rule = policy.rules[zone.rule];
        cells.text("reference", policy.id + "-" + rule.id);
        cells.text("name", rule.title.empty() ? policy.title : rule.title);
        cells.word("entry-date", format_date(zones.as_at));
        cells.word("start-date", policy.from == kBeforeRecords ? std::string() : format_date(policy.from));
        cells.word("end-date", policy.until == kNotEnded ? std::string() : format_date(policy.until));
        cells.word("documentation-url", {});
        cells.text("geometry", multipolygon(shape));
        cells.end_row();
    }
    return out;
}

}  // namespace geo
