// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/evidence_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/positions.h"
#include "libgeo/report/evidence_tables.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/rule_words.h"
#include "libgeo/report/sheet_map.h"
#include "libgeo/report/strip.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string use_cell(const ProposalBatch& batch, std::size_t row) {
    if (batch.use_unread(row)) return printable(batch.use_note[row], 160);
    if (batch.use[row] == Use::unstated) return "not stated";
    std::string words = plain_words(batch.use[row]);
    if (!batch.use_note[row].empty()) return words + " (" + printable(batch.use_note[row], 160) + ")";
    return batch.use_given ? words : words + " (taken as what the policy is about: the register states no use)";
}

std::string site_kind(const Shapes& shapes, std::size_t row) {
    if (!shapes.has_location(row)) return "no location";
    if (shapes.has_surface(row)) return "a boundary (red line)";
    return shapes.is_single_point(row) ? "a point" : "points or lines";
}

std::string dates_cell(const ProposalBatch& batch, std::size_t row) {
    std::vector<std::string> words;
    const auto add = [&](std::string_view name, Date date) {
        if (date != kBeforeRecords) words.push_back(fmt::format("{} {}", name, format_date_long(date)));
    };
    add("received", batch.received[row]);
    add("validated", batch.validated[row]);
    add("decided", batch.decided[row]);
    return join_words(words, ", ");
}

std::string complete_words(const Issues& issues) {
    std::string incomplete = incomplete_words(issues);
    return incomplete.empty() ? "Complete: no row that could change a verdict was left out." : incomplete;
}

void bullets(std::string& out, std::string_view heading, const std::vector<std::string>& lines, std::size_t width) {
    if (!lines.empty()) out += fmt::format("\n{}\n", heading);
    for (const std::string& line : lines) append_wrapped(out, line, width, "  - ", 4);
}

void add_table(HtmlPage& page, const HtmlTable& table) {
    if (!table.rows.empty()) page.table(table);
}

}  // namespace

std::string title_of(const EvidenceSubject& subject) {
    const std::size_t row = subject.rows.front();
    if (subject.enquiry != nullptr) return printable(subject.enquiry->asked, 120);
    return printable(subject.batch->reference[row], 120);
}

std::vector<std::string> paragraphs_of(const EvidenceSubject& subject, const Assessment& assessment) {
    std::vector<std::string> paragraphs;
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const std::string text = rule_paragraph(subject, entry, assessment);
        if (text.empty()) continue;
        std::string paragraph = rule_named(assessment.slots()[entry.slot], assessment) + ". " + text;
        if (std::find(paragraphs.begin(), paragraphs.end(), paragraph) == paragraphs.end())
            paragraphs.push_back(std::move(paragraph));
    }
    return paragraphs;
}

std::vector<std::string> steps_of(const EvidenceSubject& subject, const Assessment& assessment) {
    std::vector<std::string> steps;
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const std::string rule = cited(assessment.rule(assessment.slots()[entry.slot]));
        for (const std::string& step : settle_words(subject, entry, assessment)) {
            std::string line = rule + ": " + step;
            if (std::find(steps.begin(), steps.end(), line) == steps.end()) steps.push_back(std::move(line));
        }
    }
    return steps;
}

EvidenceSheets::EvidenceSheets(const Assessment& assessment, const Study& study, std::vector<std::string> kept,
                               const GridFolders& grids, std::span<const StreetLayer> streets)
    : assessment_(assessment), study_(study), kept_(std::move(kept)), streets_(streets) {
    try {
        to_wgs84_ =
            std::make_unique<Transformation>(Transformation::between(*study.crs, Crs::from_text("EPSG:4326"), grids));
    } catch (const UsageError&) {
        to_wgs84_.reset();  // a sheet can do without latitude and longitude
    }
}

EvidenceDraft EvidenceSheets::draft(const EvidenceSubject& subject) const {
    const std::string title = title_of(subject);
    const std::string what = subject.enquiry != nullptr ? "Evidence for a place: " : "Evidence sheet: ";
    EvidenceDraft draft{HtmlPage(what + title, study_.title, title + " · " + study_.title), HtmlPage({}, {}, {}),
                        untested_lines(subject, assessment_)};
    const Result result = verdict_of(subject).result;
    draft.head.verdict(result, verdict_word(result), verdict_sentence(subject, assessment_));
    HtmlPage& page = draft.rest;
    settle_section(page, subject);
    page.begin_section(subject.enquiry != nullptr ? "The place" : "The proposal");
    page.facts(facts(subject), true);
    page.end_section();
    measured_section(page, subject);
    paste_section(page, subject);
    wording_section(page);
    near_section(page, subject);
    return draft;
}

std::string EvidenceSheets::finish(EvidenceDraft draft, const Issues& issues, const Provenance& provenance) const {
    HtmlPage& page = draft.head;
    if (const std::string incomplete = incomplete_words(issues); !incomplete.empty())
        page.paragraph(incomplete, HtmlTone::warning);
    page.append(draft.rest);
    not_tested_section(page, draft.untested, issues);
    provenance_section(page, provenance, issues);
    return page.finish();
}

EvidenceSheets::Facts EvidenceSheets::facts(const EvidenceSubject& subject) const {
    const ProposalBatch& batch = *subject.batch;
    const std::size_t row = subject.rows.front();
    Facts facts;
    const auto add = [&](std::string name, std::string value) {
        if (!value.empty()) facts.emplace_back(std::move(name), std::move(value));
    };
    if (subject.enquiry != nullptr) {
        add("Asked about", printable(subject.enquiry->asked, 120));
        add("Found as", printable(subject.enquiry->source, 200));
    } else {
        add("Address or name", printable(batch.name[row], 200));
        add("Proposed use", use_cell(batch, row));
        if (batch.existing_use[row] != Use::unstated) add("Existing use", plain_words(batch.existing_use[row]));
        add("Dates", dates_cell(batch, row));
    }
    add("Assessed as at", as_at_reason(subject, assessment_));
    add_position(subject, facts);
    for (std::size_t k = 0; subject.enquiry == nullptr && k < kept_.size() && k < batch.kept.size(); ++k)
        add(printable(kept_[k], 60), printable(batch.kept[k][row], 200));
    return facts;
}

void EvidenceSheets::add_position(const EvidenceSubject& subject, Facts& facts) const {
    const Shapes& shapes = subject.batch->shapes;
    for (const std::size_t row : subject.rows) {
        const std::size_t number = site_number(subject, row);
        const std::string which = number == 0 ? std::string() : fmt::format(" of site {}", number);
        facts.emplace_back(number == 0 ? std::string("Site") : fmt::format("Site {}", number), site_kind(shapes, row));
        if (!shapes.has_location(row)) continue;
        const Point at = point_of_site(shapes, row);
        facts.emplace_back("Position" + which, fmt::format("{}, {} ({})", format_fixed(at.x, 3), format_fixed(at.y, 3),
                                                           study_.crs->code()));
        if (const auto reference = grid_reference_of(at); reference && study_.crs->code() == "EPSG:27700")
            facts.emplace_back("Grid reference" + which, *reference);
        double x = at.x, y = at.y;
        if (to_wgs84_ && to_wgs84_->apply({&x, 1}, {&y, 1}) == 0 && std::isfinite(x) && std::isfinite(y))
            facts.emplace_back("Latitude, longitude" + which,
                               fmt::format("{}, {}", format_fixed(y, 6), format_fixed(x, 6)));
        if (subject.enquiry != nullptr) break;
    }
}

void EvidenceSheets::settle_section(HtmlPage& page, const EvidenceSubject& subject) const {
    const std::vector<std::string> steps = steps_of(subject, assessment_);
    if (steps.empty()) return;
    page.begin_section("What would settle it");
    page.list(steps);
    page.end_section();
}

void EvidenceSheets::measured_section(HtmlPage& page, const EvidenceSubject& subject) const {
    page.begin_section("What was measured");
    add_table(page, distance_table(subject, assessment_));
    add_table(page, walks_table(subject, assessment_));
    add_table(page, figures_table(subject, assessment_));
    strips(page, subject);
    if (const SheetMap map = sheet_map(subject, assessment_, streets_); !map.svg.empty())
        page.figure({map.svg, "image/svg+xml", map.alt, map.caption, map.width_px});
    if (const std::vector<std::string> lines = unmeasured_lines(subject, assessment_, true); !lines.empty()) {
        page.begin_section("Rules that were not measured, and why");
        page.list(lines);
        page.end_section();
    }
    page.end_section();
}

void EvidenceSheets::strips(HtmlPage& page, const EvidenceSubject& subject) const {
    constexpr unsigned kStripWidth = 680;
    std::vector<std::string> drawn;
    for (const EvidenceEntry& entry : entries_of(subject, assessment_)) {
        const Slot& slot = assessment_.slots()[entry.slot];
        const Strip strip = strip_of(finding_of(subject, entry), slot, assessment_, subject.assessed->as_at[entry.row]);
        if (strip.units.empty()) continue;
        const std::string svg = strip_svg(strip, kStripWidth);
        if (std::find(drawn.begin(), drawn.end(), svg) != drawn.end()) continue;
        drawn.push_back(svg);
        page.figure({svg, "image/svg+xml", strip_text(strip) + " (" + strip_key() + ")",
                     fmt::format("{}: the units of {}. Red: of the use. Thick frame: the proposal. White: vacant; pale "
                                 "red: use not stated. "
                                 "Underlined: what the figure rests on. Dashed: units to either side are not adjacent.",
                                 cited(assessment_.rule(slot)), printable(strip.frontage, 80)),
                     kStripWidth});
    }
}

void EvidenceSheets::paste_section(HtmlPage& page, const EvidenceSubject& subject) const {
    const std::vector<std::string> paragraphs = paragraphs_of(subject, assessment_);
    if (paragraphs.empty()) return;
    page.begin_section("Paragraphs to paste");
    page.pasteable(paragraphs);
    page.end_section();
}

void EvidenceSheets::wording_section(HtmlPage& page) const {
    page.begin_section("The policies and their wording");
    for (const Policy& policy : assessment_.policies()) {
        page.begin_section(printable(policy.title, 200));
        std::string line = fmt::format("{}: {}, {}.", printable(policy.id, 80), printable(policy.authority, 120),
                                       status_words(policy));
        if (!policy.source.empty()) line += " Source: " + printable(policy.source, 300) + ".";
        page.paragraph(line);
        for (const Rule& rule : policy.rules) {
            const std::string text = prose(rule.text);
            page.quote(text.empty() ? "The wording is not recorded." : text,
                       fmt::format("{}: {}. Measured: {}; {}.", cited(rule), printable(rule.title, 160),
                                   measured_words(rule), breach_words(rule)));
            if (!rule.unchecked.empty())
                page.paragraph(fmt::format("{}: the wording was not checked against its source: {}.", cited(rule),
                                           prose(rule.unchecked)),
                               HtmlTone::note);
            if (!rule.superseded_by.empty())
                page.paragraph(fmt::format("{}: superseded by {}.", cited(rule), prose(rule.superseded_by)),
                               HtmlTone::note);
        }
        page.end_section();
    }
    page.end_section();
}

void EvidenceSheets::near_section(HtmlPage& page, const EvidenceSubject& subject) const {
    const HtmlTable near = near_table(subject, assessment_);
    const HtmlTable points = points_table(subject, assessment_);
    if (near.rows.empty() && points.rows.empty()) return;
    page.begin_section("Which distance?");
    if (near.rows.empty()) page.paragraph("No protected place is within a limit and a quarter more.");
    add_table(page, near);
    add_table(page, points);
    page.end_section();
}

void EvidenceSheets::not_tested_section(HtmlPage& page, const std::vector<std::string>& untested,
                                        const Issues& issues) const {
    page.begin_section("What was not tested, and what was left out");
    std::vector<std::string> lines = untested;
    for (std::string& line : not_tested_words(assessment_)) lines.push_back(std::move(line));
    if (assessment_.layers().walking == nullptr) lines.emplace_back("Walking distance was not measured.");
    lines.emplace_back(
        "This sheet says what was measured against these policies. It weighs no other policy and no other material "
        "consideration.");
    page.list(lines);
    page.paragraph(complete_words(issues));
    page.end_section();
    const std::vector<std::string> walking = walking_method(assessment_);
    if (walking.empty()) return;
    page.begin_section("How walks were measured");
    page.list(walking);
    page.end_section();
}

std::string EvidenceSheets::text(const EvidenceSubject& subject, std::size_t width) const {
    std::string out;
    const std::size_t row = subject.rows.front();
    const std::string name = subject.enquiry == nullptr ? printable(subject.batch->name[row], 200) : std::string();
    append_wrapped(out, title_of(subject) + (name.empty() ? "" : ", " + name), width, "", 2);
    append_wrapped(out, "Assessed as at " + as_at_reason(subject, assessment_), width, "", 2);
    const Result result = verdict_of(subject).result;
    append_wrapped(out, verdict_word(result) + ". " + verdict_sentence(subject, assessment_), width, "\n", 0);
    for (const std::string& paragraph : paragraphs_of(subject, assessment_))
        append_wrapped(out, paragraph, width, "\n", 0);
    bullets(out, "What would settle it", steps_of(subject, assessment_), width);
    bullets(out, "Rules that were not measured, and why", unmeasured_lines(subject, assessment_, false), width);
    bullets(out, "Places that were not tested", untested_lines(subject, assessment_), width);
    return out;
}

std::string EvidenceSheets::text_end(const Issues& issues, std::size_t width) const {
    std::string out;
    append_not_tested(out, assessment_, width);
    append_wrapped(out, complete_words(issues), width, "\n", 2);
    return out;
}

}  // namespace geo
