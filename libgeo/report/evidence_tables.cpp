// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/evidence_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

using Kind = HtmlColumn::Kind;
constexpr std::string_view kDash = "–";

bool by_distance(const Slot& slot, const Assessment& assessment) {
    return std::holds_alternative<DistanceMeasure>(assessment.rule(slot).measure);
}

bool has_figures(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (finding.result == Result::not_applicable || by_distance(slot, assessment)) return false;
    return !measured_words(finding, slot, assessment).empty();
}

/// `FH1`, `TC7 A (emerging)`; of several sites with the site's number.
std::string rule_cell(const EvidenceSubject& subject, const EvidenceEntry& entry, const Assessment& assessment) {
    const Slot& slot = assessment.slots()[entry.slot];
    std::string words = cited(assessment.rule(slot));
    const Policy& policy = assessment.policy(slot);
    if (policy.status != Policy::Status::adopted) words += fmt::format(" ({})", word(policy.status));
    if (const std::size_t number = site_number(subject, entry.row); number > 0)
        words += fmt::format(", site {}", number);
    return words;
}

std::string place_cell(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    return place_words(slot, assessment, finding.place);
}

std::string limit_cell(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Comparison& comparison = comparison_of(finding, assessment.rule(slot));
    if (comparison.judgement) return "no number";
    const std::string words = comparison_words(comparison, finding.limit);
    return words.starts_with("limit ") ? words.substr(6) : words;
}

std::string margin_cell(const Finding& finding) {
    if (!std::isfinite(finding.limit)) return std::string(kDash);
    const double margin = finding.margin();
    const std::string metres = format_fixed(std::abs(margin), std::abs(margin) < 0.1 ? 3 : 1) + " m";
    return margin > 0 ? "+" + metres : margin < 0 ? "−" + metres : metres;
}

std::string number_or_dash(double value, std::string_view unit) {
    if (!std::isfinite(value)) return std::string(kDash);
    return format_shortest(std::round(value * 1000.0) / 1000.0) + std::string(unit);
}

std::string point_words(Point p) { return fmt::format("{}, {}", format_fixed(p.x, 3), format_fixed(p.y, 3)); }

/// Calls `with(entry, slot, finding)` for each finding that is a measured distance.
template <class With>
void each_distance(const EvidenceSubject& subject, const Assessment& assessment, With with) {
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const Slot& slot = assessment.slots()[entry.slot];
        const Finding& finding = finding_of(subject, entry);
        if (is_measured_distance(finding, slot, assessment)) with(entry, slot, finding);
    }
}

std::string reading(double metres, bool policys_own) {
    return (std::isnan(metres) ? std::string(kDash) : format_fixed(metres, 1)) + (policys_own ? " *" : "");
}

/// From the boundary, the entrances, the centroid.
void add_readings(const std::array<double, 3>& metres, const Rule& rule, bool policys_own,
                  std::vector<std::string>& cells) {
    const From from = std::get<DistanceMeasure>(rule.measure).from;
    const std::size_t own = from == From::boundary ? 0 : from == From::entrances ? 1 : 2;
    for (std::size_t k = 0; k < metres.size(); ++k) cells.push_back(reading(metres[k], policys_own && k == own));
}

std::vector<std::string> near_cells(const Assessment::NearPlace& near, const Assessment& assessment, bool walks) {
    const Slot& slot = assessment.slots()[near.slot];
    const Rule& rule = assessment.rule(slot);
    const bool own = asks_walking(rule);
    std::string place = place_words(slot, assessment, near.place);
    if (std::isnan(near.boundary)) place += ", a point only";
    if (!near.open) place += ", not open on the day";
    std::vector<std::string> cells = {std::move(place), cited(rule), limit_words(rule.breach)};
    add_readings({near.boundary, near.entrances, near.centroid}, rule, !own, cells);
    if (walks) add_readings({near.walk_boundary, near.walk_entrances, near.walk_centroid}, rule, own, cells);
    return cells;
}

std::string exact_metres(double metres) { return format_fixed(metres, 3) + " m"; }

const Assessment::NearPlace* near_entry(const EvidenceSubject& subject, const EvidenceEntry& entry,
                                        const Assessment& assessment, std::uint32_t place) {
    for (const Assessment::NearPlace& near : near_of(subject, entry.row, assessment))
        if (near.slot == entry.slot && near.place == place) return &near;
    return nullptr;
}

/// In a straight line, and on foot: of a finding's place, from what its rule measures from. The one that the rule asks for is the finding's own.
std::pair<std::string, std::string> both_ways(const Finding& finding, const Rule& rule,
                                              const Assessment::NearPlace* near) {
    const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
    const auto words = [limit](double metres) {
        return std::isnan(metres) ? std::string(kDash) : metres_words(metres, limit);
    };
    const double straight = finding.straight_place == finding.place ? finding.straight : kNotMeasured;
    if (is_walked(finding, rule)) return {words(straight), words(finding.measured)};
    return {words(finding.measured), words(near == nullptr ? kNotMeasured : walked_as_ruled(*near, rule))};
}

}  // namespace

HtmlTable distance_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    const bool walks = shows_walking(assessment);
    table.caption = "One row a rule and place: the place that decides the rule";
    table.columns = {{"Rule", Kind::text}, {"Place", Kind::text}, {"Straight line", Kind::number}};
    if (walks) table.columns.push_back({"Walking", Kind::number});
    for (const HtmlColumn& column : {HtmlColumn{"Between", Kind::text},
                                     {"Limit", Kind::number},
                                     {"Margin", Kind::number},
                                     {"Tolerance", Kind::number},
                                     {"Result", Kind::result}})
        table.columns.push_back(column);
    each_distance(subject, assessment, [&](const EvidenceEntry& entry, const Slot& slot, const Finding& finding) {
        const auto [straight, walk] = both_ways(
            finding, assessment.rule(slot), walks ? near_entry(subject, entry, assessment, finding.place) : nullptr);
        std::vector<std::string>& cells = table.rows.emplace_back();
        cells = {rule_cell(subject, entry, assessment), place_cell(finding, slot, assessment), straight};
        if (walks) cells.push_back(walk);
        cells.push_back(fmt::format("site's {} to place's {}",
                                    site_used(*subject.batch, entry.row, finding, slot, assessment),
                                    anchor_used(finding, slot, assessment)));
        for (std::string cell : {limit_cell(finding, slot, assessment), margin_cell(finding), tolerance_words(finding),
                                 std::string(word(finding.result))})
            cells.push_back(std::move(cell));
    });
    table.note =
        "Margin: limit less the distance that the rule asks for; + is within the limit. Tolerance: 95 % of distances "
        "are nearer to the truth than this.";
    if (walks) table.note += " –: not known to this place.";
    return table;
}

HtmlTable walks_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    table.caption = "Walks in their three parts";
    table.columns = {{"Rule", Kind::text},
                     {"Walked from", Kind::text},
                     {"Place to street", Kind::number},
                     {"Along streets", Kind::number},
                     {"Street to site", Kind::number},
                     {"On foot", Kind::number},
                     {"Nearest in a straight line", Kind::text}};
    each_distance(subject, assessment, [&](const EvidenceEntry& entry, const Slot& slot, const Finding& finding) {
        if (!is_walked(finding, assessment.rule(slot))) return;
        const WalkParts parts = walk_parts(finding);
        const std::string straight = straight_words(finding, slot, assessment);
        table.rows.push_back({rule_cell(subject, entry, assessment),
                              start_words(finding, slot, assessment) + " " + place_cell(finding, slot, assessment),
                              exact_metres(parts.access_place), exact_metres(parts.along),
                              exact_metres(parts.access_site), exact_metres(finding.measured),
                              straight.empty() ? std::string(kDash) : straight});
    });
    if (const auto& network = assessment.layers().walking; network != nullptr) table.note = walked_along(*network);
    return table;
}

HtmlTable points_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    table.caption = "Between which two points, and what the tolerance is made of";
    table.columns = {{"Rule", Kind::text},
                     {"Point at the site", Kind::text},
                     {"Point at the place", Kind::text},
                     {"Tolerance", Kind::text}};
    each_distance(subject, assessment, [&](const EvidenceEntry& entry, const Slot& slot, const Finding& finding) {
        table.rows.push_back({rule_cell(subject, entry, assessment) + ": " + place_cell(finding, slot, assessment),
                              point_words(finding.site), point_words(finding.place_point),
                              tolerance_parts(finding, slot, assessment, subject.batch->layer)});
    });
    return table;
}

HtmlTable figures_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    table.caption = "Rules that count, take a share, or ask for a figure or an area";
    table.columns = {
        {"Rule", Kind::text}, {"What was found", Kind::text}, {"Before", Kind::number}, {"After", Kind::number},
        {"Of", Kind::text},   {"Limit", Kind::number},        {"Result", Kind::result}};
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const Slot& slot = assessment.slots()[entry.slot];
        const Finding& finding = finding_of(subject, entry);
        if (!has_figures(finding, slot, assessment)) continue;
        const Comparison& comparison = comparison_of(finding, assessment.rule(slot));
        const std::string unit = comparison.unit == Unit::percent ? " %" : "";
        const bool parts = std::isfinite(finding.numerator) && std::isfinite(finding.denominator);
        table.rows.push_back({rule_cell(subject, entry, assessment), measured_words(finding, slot, assessment),
                              number_or_dash(finding.before, unit), number_or_dash(finding.after, unit),
                              parts ? fmt::format("{} of {}", number_or_dash(finding.numerator, ""),
                                                  number_or_dash(finding.denominator, ""))
                                    : std::string(kDash),
                              std::isnan(finding.limit) ? std::string(kDash) : limit_cell(finding, slot, assessment),
                              std::string(word(finding.result))});
    }
    return table;
}

HtmlTable near_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    const bool walks = shows_walking(assessment);
    table.columns = {{"Place", Kind::text},      {"Rule", Kind::text},        {"Limit", Kind::number},
                     {"Boundary", Kind::number}, {"Entrances", Kind::number}, {"Centroid", Kind::number}};
    if (walks)
        for (const char* title : {"Walk: boundary", "Walk: entrances", "Walk: centroid"})
            table.columns.push_back({title, Kind::number});
    for (const std::size_t row : subject.rows) {
        for (const Assessment::NearPlace& near : near_of(subject, row, assessment)) {
            std::vector<std::string> cells = near_cells(near, assessment, walks);
            if (const std::size_t number = site_number(subject, row); number > 0)
                cells[1] += fmt::format(", site {}", number);
            table.rows.push_back(std::move(cells));
        }
        if (subject.enquiry != nullptr) break;  // its rows are one place
    }
    table.caption = "Places within a limit and a quarter more, metres by each way of measuring";
    table.note = fmt::format(
        "* what the policy itself measures. {}, from the site; – is not known. A place that was not open on the day "
        "decides nothing.",
        walks ? "Straight lines, and walks" : "Straight lines");
    return table;
}

std::vector<std::string> unmeasured_lines(const EvidenceSubject& subject, const Assessment& assessment,
                                          bool unknown_too) {
    std::vector<std::string> lines;
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const Slot& slot = assessment.slots()[entry.slot];
        const Finding& finding = finding_of(subject, entry);
        if (is_measured_distance(finding, slot, assessment) || has_figures(finding, slot, assessment)) continue;
        if (finding.result == Result::unknown && !unknown_too) continue;
        std::string line = reason(finding, slot, assessment, subject.batch->use_note[entry.row]);
        const std::string rule = cited(assessment.rule(slot));
        const std::string named = rule_cell(subject, entry, assessment);
        line = line.starts_with(rule) ? named + line.substr(rule.size()) : named + ": " + line;
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace geo
