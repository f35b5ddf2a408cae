// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/evidence_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"
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
    if (std::isnan(metres)) return policys_own ? "not known *" : "not known";
    return format_fixed(metres, 1) + (policys_own ? " *" : "");
}

std::vector<std::string> near_cells(const Assessment::NearPlace& near, const Assessment& assessment) {
    const Slot& slot = assessment.slots()[near.slot];
    const auto& measure = std::get<DistanceMeasure>(assessment.rule(slot).measure);
    const bool straight = measure.by == By::straight_line;
    std::string place = place_words(slot, assessment, near.place);
    if (std::isnan(near.boundary)) place += ", a point only";
    if (!near.open) place += ", not open on the day";
    return {std::move(place),
            cited(assessment.rule(slot)),
            limit_words(assessment.rule(slot).breach),
            reading(near.boundary, straight && measure.from == From::boundary),
            reading(near.entrances, straight && measure.from == From::entrances),
            reading(near.centroid, straight && (measure.from == From::centroid || measure.from == From::point)),
            std::string(kDash) + (straight ? "" : " *")};
}

}  // namespace

HtmlTable distance_table(const EvidenceSubject& subject, const Assessment& assessment) {
    HtmlTable table;
    table.caption = "One row a rule and place: the place that decides the rule";
    table.columns = {{"Rule", Kind::text},      {"Place", Kind::text},       {"Straight line", Kind::number},
                     {"Walking", Kind::number}, {"Between", Kind::text},     {"Limit", Kind::number},
                     {"Margin", Kind::number},  {"Tolerance", Kind::number}, {"Result", Kind::result}};
    each_distance(subject, assessment, [&](const EvidenceEntry& entry, const Slot& slot, const Finding& finding) {
        const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
        table.rows.push_back(
            {rule_cell(subject, entry, assessment), place_cell(finding, slot, assessment),
             metres_words(finding.measured, limit), std::string(kDash),
             fmt::format("site's {} to place's {}", site_used(*subject.batch, entry.row, finding, slot, assessment),
                         anchor_used(finding, slot, assessment)),
             limit_cell(finding, slot, assessment), margin_cell(finding), tolerance_words(finding),
             std::string(word(finding.result))});
    });
    table.note =
        "Margin: limit less distance; + is within the limit. Tolerance: 95 % of distances are nearer to the truth than "
        "this. Walking: – not yet measured.";
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
    table.columns = {{"Place", Kind::text},      {"Rule", Kind::text},        {"Limit", Kind::number},
                     {"Boundary", Kind::number}, {"Entrances", Kind::number}, {"Centroid", Kind::number},
                     {"Walking", Kind::number}};
    for (const std::size_t row : subject.rows) {
        for (const Assessment::NearPlace& near :
             assessment.near_places(*subject.batch, row, subject.assessed->as_at[row])) {
            std::vector<std::string> cells = near_cells(near, assessment);
            if (const std::size_t number = site_number(subject, row); number > 0)
                cells[1] += fmt::format(", site {}", number);
            table.rows.push_back(std::move(cells));
        }
        if (subject.enquiry != nullptr) break;  // its rows are one place
    }
    table.caption = "Places within a limit and a quarter more, metres by each way of measuring";
    table.note =
        "* what the policy itself measures. Straight lines, from the site. Walking: – not yet measured. A place that "
        "was "
        "not open on the day decides nothing.";
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
        std::string line = reason(finding, slot, assessment);
        const std::string rule = cited(assessment.rule(slot));
        const std::string named = rule_cell(subject, entry, assessment);
        line = line.starts_with(rule) ? named + line.substr(rule.size()) : named + ": " + line;
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace geo
