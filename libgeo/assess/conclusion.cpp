// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/conclusion.h"

#include <algorithm>

#include "libgeo/base/text.h"

namespace geo {
namespace {

void offer(Exemption& best, Holds holds, Note why) {
    if (holds <= best.holds) return;
    best.holds = holds;
    best.note = why;
}

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

Exemption find_exemption(const Rule& rule, const BoundRule& bound, const ProposalBatch& batch, std::uint32_t row,
                         Date as_at) {
    Exemption best;
    if (bound.unless) {
        const InsideTest::Answer answer = bound.unless->test(batch.shapes, row);
        if (answer.holds != Holds::no) {
            best.layer = answer.layer;
            best.area = answer.area;
        }
        offer(best, answer.holds, note_of(answer.holds));
    }
    for (const BoundField& field : bound.unless_fields) {
        const BoundField::Answer answer = field.test(batch, row, as_at);
        offer(best, answer.holds, answer.holds == Holds::yes ? Note::exempt_by_field : note_of(answer.holds));
    }
    if (rule.unless.open_within) {
        const Holds hours = open_within(*rule.unless.open_within, bound, batch, row);
        offer(best, hours, hours == Holds::yes ? Note::exempt_by_field : Note::hours_unstated);
    }
    return best;
}

void exempt(Finding& finding, const Exemption& exemption) {
    finding.exempt_layer = exemption.layer;
    finding.exempt_area = exemption.area;
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

/// `17:00`, `17.00`, `1700`, `17`, `930`: not looked at further.
std::optional<std::pair<int, int>> hours_and_minutes(std::string_view word) {
    std::size_t mark = word.find_first_of(":.");
    const bool parted = mark != std::string_view::npos;
    std::string digits(word);
    if (parted) digits.erase(mark, 1);
    if (digits.empty() || digits.size() > 4 || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    if (!parted) mark = digits.size() > 2 ? digits.size() - 2 : digits.size();
    if (mark == 0 || mark > 2 || (digits.size() != mark && digits.size() != mark + 2)) return std::nullopt;
    const int hours = std::stoi(digits.substr(0, mark));
    return std::pair(hours, digits.size() > mark ? std::stoi(digits.substr(mark)) : 0);
}

}  // namespace

std::optional<int> minutes_of_day(std::string_view text) {
    std::string word = folded(text);
    const bool pm = word.ends_with("pm"), twelve_hours = pm || word.ends_with("am");
    if (twelve_hours) word.resize(word.size() - 2);
    const auto time = hours_and_minutes(word);
    if (!time) return std::nullopt;
    auto [hours, minutes] = *time;
    if (minutes > 59 || hours > 24 || (hours == 24 && minutes > 0)) return std::nullopt;
    if (twelve_hours && (hours < 1 || hours > 12)) return std::nullopt;
    if (twelve_hours) hours %= 12;
    return (hours + (pm ? 12 : 0)) * 60 + minutes;
}

void conclude(Finding& finding, const Rule& rule, const BoundRule& bound, const Gate& gate, const ProposalBatch& batch,
              std::uint32_t row, Date as_at, std::optional<Exemption>& known) {
    if (finding.result == Result::breach || finding.result == Result::borderline) {
        if (gate.when_untested) finding.result = Result::unknown;
        if (!known) known = find_exemption(rule, bound, batch, row, as_at);
        exempt(finding, *known);
    }
    if (finding.result == Result::breach && !rule.outcome.can_breach()) finding.result = Result::triggered;
}

}  // namespace geo
