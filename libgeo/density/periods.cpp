// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/periods.h"

#include <algorithm>
#include <set>

#include "libgeo/base/errors.h"

namespace geo {
namespace {

/// From the first date on record to the last.
struct Span {
    Date first = Date::max(), last = Date::min();
    bool empty() const { return first > last; }
    void add(Date day) {
        if (day == kBeforeRecords || day == kNotEnded) return;
        first = std::min(first, day);
        last = std::max(last, day);
    }
};

Span span_of(std::span<const Premises> premises) {
    Span span;
    for (const Premises& layer : premises) {
        for (std::size_t spell = 0; spell < layer.size(); ++spell) {
            if (layer.unclear[spell] != 0) continue;
            span.add(layer.opened[spell].by);
            span.add(layer.closed[spell].by);
        }
    }
    return span;
}

std::vector<Date> first_of_years(Date first, Date last) {
    std::vector<Date> days;
    for (std::chrono::year year = std::chrono::year_month_day(first).year();; ++year) {
        const Date day = std::chrono::sys_days(year / std::chrono::January / 1);
        if (day > last) return days;
        if (day >= first) days.push_back(day);
    }
}

UseSet uses_there(std::span<const Premises> premises) {
    unsigned there = 0;
    for (const Premises& layer : premises)
        for (const UseSet uses : layer.uses) there |= uses;
    return static_cast<UseSet>(there);
}

std::vector<Use> uses_in(UseSet set) {
    std::vector<Use> uses;
    for (unsigned k = 1; k <= static_cast<unsigned>(Use::other); ++k)
        if ((set & use_bit(static_cast<Use>(k))) != 0) uses.push_back(static_cast<Use>(k));
    return uses;
}

}  // namespace

std::vector<Date> days_to_count(std::span<const Date> asked, std::span<const Premises> premises,
                                std::optional<Date> as_at) {
    std::set<Date> days(asked.begin(), asked.end());
    if (days.empty())
        for (const Premises& layer : premises) days.insert(layer.snapshot_dates.begin(), layer.snapshot_dates.end());
    if (!days.empty()) return {days.begin(), days.end()};
    const Span span = span_of(premises);
    if (!span.empty()) {
        std::vector<Date> years = first_of_years(span.first, as_at.value_or(span.last));
        if (!years.empty()) return years;
    }
    if (as_at) return {*as_at};
    if (!span.empty()) return {span.last};
    throw UsageError("the outlets have no dates; say with --at-dates on which days to count them");
}

std::vector<Use> uses_to_count(std::span<const Use> asked, std::span<const Premises> premises) {
    const UseSet there = uses_there(premises);
    std::vector<Use> known = uses_in(there);
    if (known.empty())
        throw UsageError("no outlet has a use that is known; say with `use`, `uses` or a use column what they are");
    if (asked.empty()) return known;
    for (const Use use : asked) {
        if ((there & use_bit(use)) == 0) {
            std::vector<std::string> words;
            for (const Use one : known) words.emplace_back(word(one));
            throw UsageError("--use " + std::string(word(use)) + ": no outlet has this use; there is " +
                             join_words(words));
        }
    }
    return uses_in(use_set(asked));
}

}  // namespace geo
