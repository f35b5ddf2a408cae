// SPDX-License-Identifier: Apache-2.0
//
// What is said of frontages that are doubtful.
#include "libgeo/base/text.h"
#include "libgeo/layers/frontage_parts.h"

namespace geo {

void note_lines(const LayerFile& file, const char* code, const std::vector<std::int64_t>& lines,
                const std::string& what, const std::string& action, std::string_view id, bool hides, Issues& issues) {
    if (lines.empty()) return;
    Issue issue = file.issue(code, what + " (" + lines_words(file, lines) + ")", action, lines.front());
    issue.id = id;
    issue.may_hide_breach = hides;
    issues.add(std::move(issue));
}

void note_order(const LayerFile& file, const LayerSpec& spec, const std::string& parade, std::size_t units,
                const OrderDoubts& order, Issues& issues) {
    const std::string of = "of the frontage " + printable(parade);
    const auto note = [&](const char* code, const std::vector<std::int64_t>& lines, const std::string& what,
                          const std::string& action,
                          bool hides = false) { note_lines(file, code, lines, what, action, parade, hides, issues); };
    const bool can_be_ordered = spec.lines || file.cell("sequence") || file.cell("number");
    note("no-order", order.without_place,
         grouped(order.without_place.size()) + " of the " + counted(units, "unit") + " " + of +
             " have no place in its order" + (can_be_ordered ? " by " + order.way : ""),
         std::string("they stand last, next to none; ") +
             (can_be_ordered ? "give their " + order.way : "give a column `sequence` or `number`, or `lines`"),
         true);
    note("same-position", order.same_place, "units " + of + " have the same " + order.way, "ordered by their ids");
    note("duplicate-id", order.same_id, "duplicate: one id stands in rows " + of + " that differ", "each is used");
    note("far-from-line", order.far_from_line,
         "units are more than " + format_shortest(spec.site_radius.value) + " m from the line " + of,
         "ordered by the line's nearest point");
    if (order.streets.empty()) return;
    std::vector<std::string> streets;
    for (const std::string& street : order.streets)
        streets.push_back(street.empty() ? "none stated" : printable(street));
    Issue issue = file.issue(
        "several-streets",
        "the units " + of + " are ordered by street number and stand in several streets (" + join_words(streets) + ")",
        "street after street, with a break between; give their sequence");
    issue.id = parade;
    issues.add(std::move(issue));
}

void note_breaks(const LayerFile& file, const BreakDoubts& doubts, Issues& issues) {
    const auto note = [&](std::uint64_t pairs, const std::string& what, const std::string& lacks) {
        if (pairs == 0) return;
        issues.add(file.issue(
            "break-not-known",
            "between " + counted(pairs, "pair") + " of neighbouring units " + what + " was not looked for: " + lacks,
            "taken as adjacent"));
    };
    note(doubts.no_distance, "a gap", "a unit has no location");
    note(doubts.no_place, "a side street", "a unit has no location");
    note(doubts.no_side, "the other side of the road", "a unit has no street number");
}

}  // namespace geo
