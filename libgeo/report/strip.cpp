// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/strip.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/assess/frontage_row.h"
#include "libgeo/base/text.h"
#include "libgeo/report/markup.h"
#include "libgeo/report/measured_words.h"

namespace geo {
namespace {

constexpr std::uint32_t kReach = 15;  // units shown to either side of the proposal

StripMark mark_of(const FrontageLayer& layer, const RowRequest& request, std::uint32_t unit) {
    switch (unit_counts(request, unit)) {
        case UnitCounts::yes:
            return StripMark::counts;
        case UnitCounts::maybe:
            return StripMark::unstated;
        case UnitCounts::no:
            break;
    }
    const Occupancy state = layer.state[unit];
    return state == Occupancy::vacant || state == Occupancy::vacant_lawful ? StripMark::vacant : StripMark::other;
}

std::string_view sign(StripMark mark) {
    switch (mark) {
        case StripMark::counts:
        case StripMark::added:
            return "#";
        case StripMark::unstated:
            return "?";
        case StripMark::vacant:
            return "–";
        case StripMark::other:
            break;
    }
    return "·";
}

std::string_view colour(StripMark mark) {
    switch (mark) {
        case StripMark::counts:
        case StripMark::added:
            return "#b2182b";
        case StripMark::unstated:
            return "#fddbc7";
        case StripMark::vacant:
            return "#ffffff";
        case StripMark::other:
            break;
    }
    return "#d1e5f0";
}

}  // namespace

Strip strip_of(const Finding& finding, const Slot& slot, const Assessment& assessment, Date as_at) {
    Strip strip;
    const Counted* counted = counted_of(assessment.rule(slot));
    const FrontageLayer* layer =
        counted == nullptr ? nullptr : assessment.layers().frontage_layer(layer_of_finding(finding, slot, assessment));
    if (layer == nullptr || finding.frontage >= layer->frontages() || finding.unit >= layer->size()) return strip;
    const RowRequest request{*layer, *counted, as_at, true};
    const std::uint32_t first = layer->first[finding.frontage], end = layer->first[finding.frontage + 1];
    const std::uint32_t from = std::max(first, finding.unit - std::min(finding.unit, kReach));
    const std::uint32_t to = std::min(end, finding.unit + kReach + 1);
    const Subject subject = subject_of(finding, slot, assessment);
    strip.frontage = printable(subject.name.empty() ? subject.id : subject.name, 60);
    strip.more_before = from > first;
    strip.more_after = to < end;
    for (std::uint32_t unit = from; unit < to; ++unit) {
        if (as_at < layer->opened[unit] || as_at >= layer->closed[unit]) continue;
        const bool mine = unit == finding.unit;
        strip.units.push_back({printable(layer->id[unit], 20), mine ? StripMark::added : mark_of(*layer, request, unit),
                               mine, finding.first_unit <= unit && unit <= finding.last_unit,
                               layer->break_before[unit] != 0});
    }
    return strip;
}

std::string strip_text(const Strip& strip) {
    if (strip.units.empty()) return {};
    std::string line = strip.frontage + ":" + (strip.more_before ? " …" : "");
    for (const StripUnit& unit : strip.units) {
        if (unit.break_before) line += " |";
        line += unit.proposal ? fmt::format(" [{}]", sign(unit.mark)) : fmt::format(" {}", sign(unit.mark));
    }
    return line + (strip.more_after ? " …" : "");
}

std::string strip_key() {
    return "[ ] the proposal, # of the use, · another use, – vacant, ? not stated, | not adjacent";
}

std::string strip_svg(const Strip& strip, unsigned width) {
    if (strip.units.empty()) return {};
    const double each = static_cast<double>(width) / static_cast<double>(strip.units.size());
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"64\" viewBox=\"0 0 {0} 64\" "
        "role=\"img\"><title>{1}</title>",
        width, escaped(strip.frontage));
    for (std::size_t k = 0; k < strip.units.size(); ++k) {
        const StripUnit& unit = strip.units[k];
        const double x = each * static_cast<double>(k);
        svg += fmt::format(
            "<rect x=\"{}\" y=\"8\" width=\"{}\" height=\"32\" fill=\"{}\" stroke=\"#333\" stroke-width=\"{}\"/>",
            format_fixed(x + 1, 2), format_fixed(std::max(1.0, each - 2), 2), colour(unit.mark), unit.proposal ? 3 : 1);
        if (unit.break_before)
            svg +=
                fmt::format("<line x1=\"{0}\" y1=\"2\" x2=\"{0}\" y2=\"46\" stroke=\"#333\" stroke-dasharray=\"3 2\"/>",
                            format_fixed(x, 2));
        if (unit.counted)
            svg += fmt::format("<line x1=\"{}\" y1=\"46\" x2=\"{}\" y2=\"46\" stroke=\"#333\" stroke-width=\"2\"/>",
                               format_fixed(x + 1, 2), format_fixed(x + each - 1, 2));
        if (each >= 24)
            svg += fmt::format("<text x=\"{}\" y=\"60\" font-size=\"9\" text-anchor=\"middle\">{}</text>",
                               format_fixed(x + each / 2, 2), escaped(unit.id));
    }
    return svg + "</svg>";
}

}  // namespace geo
