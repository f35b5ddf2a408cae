// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/conclusion.h"

#include <algorithm>

#include "libgeo/base/text.h"

namespace geo {
namespace {

/// The best exemption found so far: the last in Holds' order wins.
struct Exemption {
    Holds holds = Holds::no;
    Note note = Note::none;
    void offer(Holds other, Note why) {
        if (other <= holds) return;
        holds = other;
        note = why;
    }
};

Note note_of(Holds holds) {
    switch (holds) {
        case Holds::missing:
            return Note::exemption_untested;
        case Holds::near_edge:
            return Note::exemption_near_edge;
        case Holds::partly:
            return Note::exemption_partly;
        default:
            return Note::none;
    }
}

/// Open within the span: the hours that the application states. A span that passes midnight is not a span of the day.
Holds open_within(const OpenWithin& span, const BoundRule& bound, const ProposalBatch& batch, std::uint32_t row) {
    const auto cell = [&](std::size_t column) {
        return column < batch.fields.size() ? minutes_of_day(batch.fields[column][row]) : std::nullopt;
    };
    const auto opens = cell(bound.opens), closes = cell(bound.closes);
    if (!opens || !closes) return Holds::missing;
    const int until = *closes <= *opens ? *closes + 24 * 60 : *closes;  // closes after midnight
    return *opens >= span.from && until <= span.until ? Holds::yes : Holds::no;
}

Exemption find_exemption(Finding& finding, const Rule& rule, const BoundRule& bound, const ProposalBatch& batch,
                         std::uint32_t row, Date as_at) {
    Exemption best;
    if (bound.unless) {
        const InsideTest::Answer answer = bound.unless->test(batch.shapes, row);
        if (answer.holds != Holds::no) {
            finding.exempt_layer = answer.layer;
            finding.exempt_area = answer.area;
        }
        best.offer(answer.holds, note_of(answer.holds));
    }
    for (const BoundField& field : bound.unless_fields) {
        const BoundField::Answer answer = field.test(batch, row, as_at);
        best.offer(answer.holds, answer.holds == Holds::yes ? Note::exempt_by_field : note_of(answer.holds));
    }
    if (rule.unless.open_within) {
        const Holds hours = open_within(*rule.unless.open_within, bound, batch, row);
        best.offer(hours, hours == Holds::yes ? Note::exempt_by_field : Note::hours_unstated);
    }
    return best;
}

void exempt(Finding& finding, const Rule& rule, const BoundRule& bound, const ProposalBatch& batch, std::uint32_t row,
            Date as_at) {
    const Exemption exemption = find_exemption(finding, rule, bound, batch, row, as_at);
    switch (exemption.holds) {
        case Holds::no:
            return;
        case Holds::yes:
            finding.result = Result::exempt;
            break;
        case Holds::missing:
            finding.result = Result::unknown;
            break;
        case Holds::near_edge:
        case Holds::partly:
            finding.result = std::min(finding.result, Result::borderline);
            break;
    }
    finding.notes |= bits(exemption.note);
}

}  // namespace

std::optional<int> minutes_of_day(std::string_view text) {
    std::string word = folded(text);
    int shift = 0;
    const auto ends = [&](std::string_view end) { return word.size() > end.size() && word.ends_with(end); };
    const bool twelve_hours = ends("am") || ends("pm");
    if (ends("pm")) shift = 12 * 60;
    if (twelve_hours) word = std::string(trimmed(word.substr(0, word.size() - 2)));
    std::string digits;
    std::size_t hours = 0;
    bool parted = false;
    for (const char c : word) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if ((c == ':' || c == '.') && !parted) {
            parted = true;
            hours = digits.size();
        } else {
            return std::nullopt;
        }
    }
    if (!parted) hours = digits.size() > 2 ? digits.size() - 2 : digits.size();
    if (digits.empty() || hours == 0 || hours > 2 || (digits.size() != hours && digits.size() != hours + 2))
        return std::nullopt;
    int h = std::stoi(digits.substr(0, hours));
    const int m = digits.size() > hours ? std::stoi(digits.substr(hours)) : 0;
    if (m > 59 || h > 24 || (h == 24 && m > 0) || (twelve_hours && (h < 1 || h > 12))) return std::nullopt;
    if (twelve_hours && h == 12) h = 0;
    return h * 60 + m + shift;
}

void conclude(Finding& finding, const Rule& rule, const BoundRule& bound, const Gate& gate, const ProposalBatch& batch,
              std::uint32_t row, Date as_at) {
    if (finding.result == Result::breach || finding.result == Result::borderline) {
        if (gate.when_untested) finding.result = Result::unknown;
        exempt(finding, rule, bound, batch, row, as_at);
    }
    if (finding.result == Result::breach && !rule.outcome.can_breach()) finding.result = Result::triggered;
}

}  // namespace geo
