// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/row_dates.h"

#include "libgeo/base/text.h"

namespace geo {

bool is_blank_date(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.empty()) return true;
    if (cell.size() > 4) return false;
    const std::string word = folded(cell);
    return word.empty() || word == "na" || word == "null" || word == "none" || word == "nil";
}

void FileDates::see(std::string_view cell, std::int64_t row, std::string_view column) {
    if (cell == last_ || is_blank_date(cell)) return;  // registers repeat dates: one look is enough
    ++cells_;
    last_ = cell;
    if (parse_date(cell, DateFormat::iso)) {
        ++iso_;
        return;
    }
    const auto day = parse_date(cell, DateFormat::day_first), month = parse_date(cell, DateFormat::month_first);
    if (day && month) {
        if (*day != *month) differs_.keep(cell, row, column);
        ++same_;
    } else if (day) {
        day_only_.keep(cell, row, column);
    } else if (month) {
        month_only_.keep(cell, row, column);
    } else {
        unreadable_.keep(cell, row, column);
    }
}

void FileDates::merge(const FileDates& later) {
    cells_ += later.cells_;
    iso_ += later.iso_;
    same_ += later.same_;
    differs_.merge(later.differs_);
    day_only_.merge(later.day_only_);
    month_only_.merge(later.month_only_);
    unreadable_.merge(later.unreadable_);
}

void FileDates::say_month_first(const LayerFile& file, Issues& issues) const {
    std::string message = printable(month_only_.column) + " is \"" + printable(month_only_.value) +
                          "\", which can only have the month first, so every date of the file is read as mm/dd/yyyy";
    if (!differs_.value.empty()) {
        const auto date = parse_date(differs_.value, DateFormat::month_first);
        message += ": \"" + printable(differs_.value) + "\" of " + (file.table->format() == "CSV" ? "line " : "row ") +
                   std::to_string(differs_.row) + " is " + (date ? format_date_long(*date) : std::string());
    }
    issues.add(file.issue("month-first", message,
                          "say date-format = \"mm/dd/yyyy\" for the layer if that is right, or \"dd/mm/yyyy\" if this "
                          "row is a slip",
                          month_only_.row));
}

void FileDates::settle(const LayerFile& file, std::optional<DateFormat> given, Issues& issues) {
    const auto at = [&file](const Example& e) {
        return printable(e.column) + " on " + (file.table->format() == "CSV" ? "line " : "row ") +
               std::to_string(e.row) + " is \"" + printable(e.value) + "\"";
    };
    const std::string ask = "; say date-format = \"dd/mm/yyyy\", \"mm/dd/yyyy\" or \"yyyy-mm-dd\" for the layer";
    if (given) {
        format_ = *given;
        return;
    }
    const bool any_other = iso_ > 0 || same_ > 0;
    if (!day_only_.value.empty() && !month_only_.value.empty()) {
        file.fail("its dates contradict each other: " + at(day_only_) + " has the day first, " + at(month_only_) +
                  " the month first" + ask);
    }
    if (!month_only_.value.empty()) {
        format_ = DateFormat::month_first;
        say_month_first(file, issues);
    } else if (!day_only_.value.empty()) {
        format_ = DateFormat::day_first;
    } else if (!differs_.value.empty()) {
        file.fail("its dates are ambiguous: every one of them can be read as dd/mm/yyyy and as mm/dd/yyyy; " +
                  at(differs_) + ask);
    } else if (!unreadable_.value.empty() && !any_other) {
        file.fail("no date can be read: " + at(unreadable_) + "; dates such as 2024-05-01 or 01/05/2024 are expected");
    }
}

FileDates::Reading FileDates::read(std::string_view cell) const {
    if (is_blank_date(cell)) return {};
    if (const auto iso = parse_date(cell, DateFormat::iso)) return {iso, false};
    if (format_ == DateFormat::iso) return {std::nullopt, true};
    const auto date = parse_date(cell, format_);
    return {date, !date};
}

}  // namespace geo
