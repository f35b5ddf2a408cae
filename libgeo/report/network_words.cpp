// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/network_words.h"

#include <fmt/format.h>

#include <string_view>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr double kMillimetresPerKm = 1e6;

std::string km(std::uint64_t millimetres) {
    return format_fixed(static_cast<double>(millimetres) / kMillimetresPerKm, 1) + " km";
}

/// `177 lines that can be walked: street-or-path 160, steps 17`; empty where no line is such.
std::string rules_words(const WalkingNetwork& walking, const std::string& layer, bool left_out) {
    std::vector<std::string> rules;
    std::uint64_t lines = 0;
    for (const WalkedBy& by : walking.rules) {
        if (by.layer != layer || by.left_out != left_out || by.table.empty()) continue;
        const std::string_view rule = by.rule == "otherwise" ? "all others" : std::string_view(by.rule);
        rules.push_back(fmt::format("{} {}", printable(rule), grouped(by.lines)));
        lines += by.lines;
    }
    if (rules.empty()) return {};
    return fmt::format("{} {}: {}", counted(lines, "line"), left_out ? "left out" : "that can be walked",
                       fmt::join(rules, ", "));
}

std::string parts_words(const WalkingNetwork& walking) {
    const StreetNetwork& network = walking.network;
    const auto most = static_cast<double>(network.component_nodes(network.largest_component()));
    std::string words =
        fmt::format("{}, the largest with {} % of the junctions", counted(network.component_count(), "part"),
                    format_fixed(100.0 * most / static_cast<double>(network.nodes()), 1));
    if (walking.small_parts != 0)
        words += fmt::format("; in {} under {} m ({}) nothing begins or ends", grouped(walking.small_parts),
                             format_shortest(kSmallPart), km(walking.small_parts_mm));
    return words;
}

}  // namespace

std::vector<std::string> walked_lines_words(const WalkingNetwork& walking, const std::string& layer) {
    std::vector<std::string> lines;
    std::string table;
    for (const WalkedBy& by : walking.rules)
        if (by.layer == layer && table.empty()) table = by.table;
    if (table.empty()) return {"every line is walked"};
    lines.push_back("what can be walked: table " + printable(table));
    for (const bool left_out : {false, true})
        if (std::string words = rules_words(walking, layer, left_out); !words.empty())
            lines.push_back(std::move(words));
    return lines;
}

std::vector<std::string> network_words(const WalkingNetwork& walking) {
    const StreetNetwork& network = walking.network;
    std::uint64_t length = 0;
    for (std::uint32_t part = 0; part < network.component_count(); ++part) length += network.component_length(part);
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{} joined by {} (within {} m): {}, {}, {}", counted(walking.lines, "line"),
                                word(walking.topology), format_shortest(walking.snap.value),
                                counted(network.links(), "link"), counted(network.nodes(), "junction"), km(length)));
    lines.push_back(parts_words(walking));
    lines.emplace_back(walking.has_paths ? "footpaths are among the lines"
                                         : "no footpaths: a walk can be shorter than is measured, never longer");
    lines.push_back(fmt::format(
        "walked distances are taken as good to {}; up to {} m from a street",
        walking.band ? format_shortest(walking.band->value) + " m" : "10 m, or 2.5 % of a limit where that is more",
        format_shortest(walking.most_access.value)));
    if (!walking.kept.empty()) lines.push_back(walking.kept);
    return lines;
}

}  // namespace geo
