// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/note_words.h"
#include "libgeo/report/walked_words.h"

namespace geo {
namespace {

std::string uses_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(with_article(plain_words(use)));
    return join_words(words, " or ");
}

std::string borderline_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    std::string why = doubts(finding, slot, assessment);
    const double tolerance = tolerance_of(finding);
    if (tolerance > 0.0 && std::abs(finding.measured - finding.limit) <= tolerance) {
        const auto metres = [](double value) { return format_shortest(std::round(value * 1000.0) / 1000.0) + " m"; };
        const double walk{finding.tolerance_walk};
        why = fmt::format("known to {} only{}{}{}", metres(tolerance),
                          walk > 0.0 ? fmt::format(" (± {} of it of walking)", metres(walk)) : std::string(),
                          why.empty() ? "" : "; ", why);
    }
    if (why.empty()) why = "on the line";
    return fmt::format("too close to call under {} ({}; as plotted {} the limit)", cited(rule), why,
                       finding.plain ? "within" : "beyond");
}

std::string triggered_words(const Rule& rule) {
    std::string words = fmt::format("{} asks to {}", cited(rule), word(rule.outcome.kind));
    switch (rule.outcome.kind) {
        case Outcome::Kind::condition:
            words = cited(rule) + " asks for a condition";
            break;
        case Outcome::Kind::contribute:
            words = cited(rule) + " asks for a contribution";
            break;
        case Outcome::Kind::flag:
            words = cited(rule) + " asks to flag it";
            break;
        default:
            break;
    }
    if (!rule.outcome.details.empty()) words += ": " + printable(rule.outcome.details);
    return words;
}

std::string unmeasured_words(const Finding& finding, const Slot& slot, const Assessment& assessment,
                             std::string_view use_note = {}) {
    const std::vector<std::string> notes = words_of_notes(finding, slot, assessment, use_note);
    return notes.empty() ? std::string("nothing to measure") : join_words(notes);
}

std::string not_applicable_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (has(finding.notes, Note::other_use) && !rule.applies_to.empty()) {
        return fmt::format("{} is about {} only", cited(rule), uses_words(rule.applies_to));
    }
    return fmt::format("{} does not apply: {}", cited(rule), unmeasured_words(finding, slot, assessment));
}

}  // namespace

std::string reason(const Finding& finding, const Slot& slot, const Assessment& assessment, std::string_view use_note) {
    const Rule& rule = assessment.rule(slot);
    const std::string measured = measured_words(finding, slot, assessment);
    switch (finding.result) {
        case Result::not_applicable:
            return not_applicable_words(finding, slot, assessment);
        case Result::breach: {
            const std::string doubt = doubts(finding, slot, assessment);
            return fmt::format("{}: contrary to {}{}", measured, cited(rule), doubt.empty() ? "" : " (" + doubt + ")");
        }
        case Result::borderline:
            return fmt::format("{}{}{}", measured, measured.empty() ? "" : ": ",
                               borderline_words(finding, slot, assessment));
        case Result::triggered:
            return fmt::format("{}: {}", measured, triggered_words(rule));
        case Result::exempt:
            return fmt::format("{}, but {}{}: exempt from {}", measured,
                               has(finding.notes, Note::exempt_by_field) ? "" : "in ",
                               exemption_words(finding, slot, assessment), cited(rule));
        case Result::unknown: {
            const std::string why = unmeasured_words(finding, slot, assessment, use_note);
            return fmt::format("{} not tested: {}{}", cited(rule), why, measured.empty() ? "" : " (" + measured + ")");
        }
        case Result::clear:
            break;
    }
    if (measured.empty())
        return fmt::format("clear of {}: {}", cited(rule), unmeasured_words(finding, slot, assessment));
    return fmt::format("{}: clear of {}", measured, cited(rule));
}

std::int32_t deciding_slot(const Assessed& assessed, std::size_t row, const Assessment& assessment) {
    const Verdict& verdict = assessed.verdicts[row];
    const std::vector<Slot>& slots = assessment.slots();
    std::int32_t best = -1;
    bool best_decides = false;
    int gravest = 0;
    double nearest = 0.0;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const Finding& finding = assessed.findings[slot][verdict.site];
        if (!slots[slot].counts) continue;
        // A rule that can only trigger something decides no verdict: it is shown where there is nothing else.
        const bool decides = finding.result == verdict.result && (finding.result != Result::borderline ||
                                                                  assessment.rule(slots[slot]).outcome.can_breach());
        // Metres are compared with metres only; of other measures the first of the gravest stands, after any distance.
        const bool metres = slots[slot].places != nullptr && finding.measured_something;
        const double distance = metres ? finding.measured : std::numeric_limits<double>::infinity();
        const int grave = gravity(assessment.rule(slots[slot]).outcome.kind);
        const auto better = std::make_tuple(!decides, -grave, distance);
        if (best >= 0 && std::make_tuple(!best_decides, -gravest, nearest) <= better) continue;
        best = static_cast<std::int32_t>(slot);
        best_decides = decides;
        gravest = grave;
        nearest = distance;
    }
    return best;
}

std::string verdict_reason(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                           const Assessment& assessment) {
    const Verdict& verdict = assessed.verdicts[row];
    const std::int32_t deciding = deciding_slot(assessed, row, assessment);
    if (deciding < 0) return "no adopted policy has anything to say";
    const std::vector<Slot>& slots = assessment.slots();
    const Slot& slot = slots[static_cast<std::size_t>(deciding)];
    const Finding& finding = assessed.findings[static_cast<std::size_t>(deciding)][verdict.site];
    std::string words = reason(finding, slot, assessment, batch.use_note[row]);
    if (has(finding.notes, Note::other_use) && batch.use[row] != Use::unstated) {
        words = fmt::format("{}: {}", with_article(plain_words(batch.use[row])), words);
    }
    if (has(finding.notes, Note::not_in_force)) words += "; assessed as at " + format_date_long(assessed.as_at[row]);
    if (verdict.result != Result::breach) return words;
    std::vector<std::string> also;
    for (std::size_t other = 0; other < slots.size(); ++other) {
        const bool same_rule = slots[other].policy == slot.policy && slots[other].rule == slot.rule;
        if (same_rule || !slots[other].counts) continue;
        const auto breaches = [&](std::size_t site) {
            return batch.site_of[site] == row && assessed.findings[other][site].result == Result::breach;
        };
        bool any = false;
        for (std::size_t site = row; site < batch.size() && batch.site_of[site] == row; ++site)
            any = any || breaches(site);
        std::string name = cited(assessment.rule(slots[other]));
        if (any && std::find(also.begin(), also.end(), name) == also.end()) also.push_back(std::move(name));
    }
    return also.empty() ? words : words + "; also contrary to " + join_words(also);
}

int gravity(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::refuse:
            return 6;
        case Outcome::Kind::resist:
            return 5;
        case Outcome::Kind::condition:
            return 4;
        case Outcome::Kind::contribute:
            return 3;
        case Outcome::Kind::consult:
            return 2;
        case Outcome::Kind::flag:
            break;
    }
    return 1;
}

std::string to_the_end_of(Date until) { return "to the end of " + format_date_long(until - std::chrono::days(1)); }

std::string days_in_force(const Policy& policy) {
    std::string words;
    if (policy.from != kBeforeRecords) words = "from " + format_date_long(policy.from);
    if (policy.until != kNotEnded) words += (words.empty() ? "" : " ") + to_the_end_of(policy.until);
    return words;
}

std::string cited(const Rule& rule) { return printable(rule.cite.empty() ? rule.id : rule.cite, 60); }

std::string limit_words(const Comparison& comparison, double limit) {
    if (!comparison.field.empty()) {
        const std::string field = printable(comparison.field, 60);
        return std::isnan(limit) ? field : fmt::format("{} ({})", format_shortest(limit), field);
    }
    std::string_view written = trimmed(comparison.text);
    while (!written.empty() &&
           (written.front() == '<' || written.front() == '>' || written.front() == '=' || written.front() == ' '))
        written.remove_prefix(1);
    if (comparison.unit != Unit::metres) return printable(written, 40);
    const std::string metres = format_shortest(comparison.limit) + " m";
    const std::optional<Quantity> as_written = parse_quantity(written);
    if (as_written && as_written->unit == Unit::minutes && as_written->value > 0.0) {
        return fmt::format("{} {} on foot ({} at {} m a minute)", format_shortest(as_written->value),
                           as_written->value == 1.0 ? "minute" : "minutes", metres,
                           format_shortest(std::round(comparison.limit / as_written->value * 1e6) / 1e6));
    }
    const bool in_metres = written.size() > 1 && written.back() == 'm' && (written[written.size() - 2] != 'k');
    return in_metres || !as_written ? metres : printable(written, 40) + " (" + metres + ")";
}

std::string comparison_words(const Comparison& comparison, double limit) {
    if (comparison.judgement) return "no number in the policy";
    const std::string words = limit_words(comparison, limit);
    switch (comparison.comparator) {
        case Comparator::at_most:
            return "limit " + words;
        case Comparator::below:
            return "limit below " + words;
        case Comparator::at_least:
            return "limit " + words + " or more";
        case Comparator::above:
            return "limit above " + words;
    }
    return {};
}

double tolerance_of(const Finding& finding) {
    return static_cast<double>(finding.tolerance_place) + static_cast<double>(finding.tolerance_site) +
           static_cast<double>(finding.tolerance_crs) + static_cast<double>(finding.tolerance_walk);
}

std::string reach_words(const Rule& rule) {
    const std::string limit = limit_words(rule.breach);
    const bool said = limit.find(" on foot") != std::string::npos;
    return asks_walking(rule) && !said ? limit + " on foot" : limit;
}

std::string metres_words(double metres, double limit) {
    return format_fixed(metres, std::abs(metres - limit) < 0.1 ? 3 : 1) + " m";
}

std::string place_words(const Slot& slot, const Assessment& assessment, std::uint32_t place) {
    std::string layer = layer_of_finding({}, slot, assessment);
    if (slot.places == nullptr || place >= slot.places->size()) return layer;
    const std::string id = printable(slot.places->id[place], 40);
    const std::string_view name = slot.places->name[place];
    return name.empty() ? layer + " " + id : fmt::format("{} ({} {})", printable(name, 60), layer, id);
}

std::string_view anchor_used(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (has(finding.notes, Note::boundary_from_point) || has(finding.notes, Note::entrances_unknown)) return "point";
    if (has(finding.notes, Note::entrances_from_boundary)) return "boundary";
    const auto* measure = std::get_if<DistanceMeasure>(&assessment.rule(slot).measure);
    if (measure == nullptr) return {};
    const From from = measure->from;
    return from == From::entrances ? std::string_view("entrance") : word(from);
}

std::string_view site_used(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                           const Assessment& assessment) {
    if (!batch.shapes.has_location(row)) return {};
    const Measure& measure = assessment.rule(slot).measure;
    Site site = Site::as_given;
    if (const auto* distance = std::get_if<DistanceMeasure>(&measure)) site = distance->site;
    if (const auto* count = std::get_if<CountMeasure>(&measure)) site = count->site;
    const bool point = site == Site::point || site == Site::entrance || has(finding.notes, Note::site_from_point) ||
                       !batch.shapes.has_surface(row);
    return point ? "point" : "boundary";
}

std::string exempting_area(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (finding.exempt_layer < 0 || !rule.unless.inside ||
        static_cast<std::size_t>(finding.exempt_layer) >= rule.unless.inside->of.size())
        return {};
    const std::string& name = rule.unless.inside->of[static_cast<std::size_t>(finding.exempt_layer)].layer;
    const AreaLayer* areas = assessment.layers().area_layer(name);
    if (areas == nullptr || finding.exempt_area >= areas->size()) return name;
    const std::string code = printable(areas->code[finding.exempt_area], 40);
    const std::string_view called = areas->name[finding.exempt_area];
    return called.empty() || called == areas->code[finding.exempt_area]
               ? name + " " + code
               : fmt::format("{} ({} {})", printable(called, 60), name, code);
}

std::string prose(std::string_view text) {
    std::string line;
    bool blank = false;
    for (const char c : trimmed(text)) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            blank = true;
            continue;
        }
        if (blank) line += ' ';
        blank = false;
        line += c;
    }
    return printable(line, 4000);
}

std::string with_article(std::string_view words) {
    const bool vowel = !words.empty() && std::string_view("aeiou").find(words.front()) != std::string_view::npos;
    return fmt::format("{} {}", vowel ? "an" : "a", words);
}

std::string plain_words(Use use) {
    std::string words(word(use));
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

}  // namespace geo
