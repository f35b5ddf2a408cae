// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/density_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr double kHectaresOfKm2 = 100.0;
constexpr int kHectares = 4, kPerHectare = 4, kPercent = 2;  // decimals in a file
constexpr int kShownDecimals = 2;
constexpr std::size_t kCentresShown = 20;
constexpr std::size_t kDaysShown = 16;

static_assert(ZoneRow::kNotKnown == kNoWhole && DensityRow::kNotKnown == kNoWhole);

double hectares(const DensityRow& row) { return row.km2 * kHectaresOfKm2; }
double per_hectare(const DensityRow& row) { return row.per_km2 / kHectaresOfKm2; }

std::string centre_name(const DensityRow& row, const AreaCounts& counts, const AreaLayer& centres) {
    if (row.area != kNoArea) return std::string(centres.name[row.area]);
    return row.covered == counts.areas ? std::string("all centres")
                                       : fmt::format("{} of {} centres", row.covered, counts.areas);
}

/// The centres and the total of a use, on the last day that covers any; most per hectare first, those without a surface last.
struct Latest {
    std::vector<DensityRow> centres;
    DensityRow total;
};
Latest latest_of(std::span<const DensityRow> rows, std::uint32_t use) {
    Latest latest;
    for (const DensityRow& row : rows) {
        if (row.use != use || row.outlets == DensityRow::kNotKnown) continue;
        if (row.area == kNoArea) {
            latest.total = row;
            continue;
        }
        if (!latest.centres.empty() && latest.centres.front().day != row.day) latest.centres.clear();
        latest.centres.push_back(row);
    }
    const auto rank = [](const DensityRow& row) { return std::isfinite(row.per_km2) ? row.per_km2 : -1.0; };
    std::stable_sort(latest.centres.begin(), latest.centres.end(),
                     [&](const DensityRow& a, const DensityRow& b) { return rank(a) > rank(b); });
    return latest;
}

AnswerTable table_of(const Latest& latest, const AreaLayer& centres) {
    TableRows table("centres");
    table.texts("code").texts("name").wholes("outlets").numbers("per hectare", kShownDecimals);
    table.numbers("hectares", kShownDecimals).wholes("change").wholes("opened").wholes("closed");
    for (const DensityRow& row : latest.centres) {
        table.put(std::string(centres.code[row.area])).put(std::string(centres.name[row.area])).put(row.outlets);
        table.put(per_hectare(row)).put(hectares(row)).put(row.change).put(row.opened).put(row.closed);
    }
    return std::move(table.table());
}

}  // namespace

AnswerTable centres_answer(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& centres) {
    TableRows table("centres");
    table.texts("centre_code").texts("centre_name").texts("use").texts("period");
    table.wholes("outlets").wholes("opened").wholes("closed").wholes("change").numbers("change_percent", kPercent);
    table.numbers("hectares", kHectares).numbers("per_hectare", kPerHectare);
    AnswerTable& made = table.table();
    made.shapes = &centres.shapes;
    made.shade = "per_hectare";
    for (const DensityRow& row : rows) {
        table.put(row.area == kNoArea ? std::string("total") : std::string(centres.code[row.area]));
        table.put(centre_name(row, counts, centres)).put(std::string(word(counts.uses[row.use])));
        table.put(format_date(counts.days[row.day])).put(row.outlets).put(row.opened).put(row.closed);
        table.put(row.change).put(row.change_percent).put(hectares(row)).put(per_hectare(row));
        made.shape_of.push_back(row.area);
    }
    return std::move(made);
}

std::string centres_text(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& centres,
                         unsigned width) {
    std::string out;
    for (std::uint32_t use = 0; use < counts.uses.size(); ++use) {
        const Latest latest = latest_of(rows, use);
        if (latest.centres.empty()) continue;
        out += fmt::format("\n{} in {} on {}: {} on {} ha; most per hectare first\n", word(counts.uses[use]),
                           printable(centres.facts.name, 60), format_date(counts.days[latest.total.day]),
                           grouped(static_cast<std::uint64_t>(latest.total.outlets)),
                           format_fixed(hectares(latest.total), kShownDecimals));
        out += table_text(table_of(latest, centres), width, kCentresShown);
    }
    return out;
}

std::vector<std::string> centre_notes(std::span<const DensityRow> rows, const AreaCounts& counts,
                                      const AreaLayer& centres) {
    const std::string name = printable(centres.facts.name, 60);
    std::vector<std::string> notes;
    notes.push_back(fmt::format(
        "In {}: every outlet in a centre or on its edge, whether in one of the areas or not; on an edge that two "
        "centres share it counts in one. Hectares are of the outline as drawn, holes aside, on the study's grid.",
        name));
    std::uint64_t flat = 0;
    for (const DensityRow& row : rows)
        if (row.use == 0 && row.day == 0 && row.area != kNoArea && !(row.km2 > 0)) ++flat;
    if (flat > 0)
        notes.push_back(
            fmt::format("{} of {} without a surface: no figure per hectare.", counted(flat, "centre"), name));
    if (counts.in_several > 0)
        notes.push_back(
            fmt::format("Centres of {} overlap: {} {} inside more than one centre, counted once, in that of the least "
                        "code, so that the others "
                        "show too few; the total has the hectares of both.",
                        name, counted(counts.in_several, "outlet"), counts.in_several == 1 ? "is" : "are"));
    return notes;
}

std::string zones_text(const ZoneCounts& zones, const AreaCounts& counts, unsigned width) {
    std::string out;
    for (std::uint32_t use = 0; use < counts.uses.size(); ++use) {
        TableRows table("zones");
        table.texts("day");
        for (std::size_t side = 0; side < kZoneSides; ++side)
            table.wholes(std::string(word(static_cast<ZoneSide>(side)))).wholes("change");
        for (const ZoneRow& row : zones.rows) {
            if (row.use != use || row.day + kDaysShown < counts.days.size()) continue;
            if (row.side == ZoneSide::inside) table.put(format_date(counts.days[row.day]));
            table.put(row.outlets).put(row.change);
        }
        if (table.table().rows() == 0) continue;
        out += fmt::format("\n{}: inside the zones of {}, exempt in them, and outside\n", word(counts.uses[use]),
                           printable(zones.policy.policy.id, 80));
        out += table_text(table.table(), width, kDaysShown);
    }
    return out;
}

}  // namespace geo
