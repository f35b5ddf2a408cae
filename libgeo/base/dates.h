// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

/// A civil day. Intervals of days are half-open, [first, last).
using Date = std::chrono::sys_days;

/// Before every record: the opening day of a place whose register leaves it blank.
inline constexpr Date kBeforeRecords = Date::min();
/// After every record: the closing day of a place that has not closed.
inline constexpr Date kNotEnded = Date::max();

/// How a column of dates is written.
enum class DateFormat {
    iso,          ///< 2024-05-01, 2024/05/01, 20240501, with or without a time of day after it
    day_first,    ///< 01/05/2024, 1-5-2024, 01.05.2024, 01-May-24, 1 May 2024
    month_first,  ///< 05/01/2024
};

/// The words of the study key `date-format`: "yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy". None for another word.
std::optional<DateFormat> date_format_from(std::string_view word);

/// A whole cell as a real day of the calendar (29/02/2023 is none), years 1000 to 2999; two-digit years only
/// with a month in letters (70..99 → 19xx, 00..69 → 20xx).
std::optional<Date> parse_date(std::string_view cell, DateFormat format);

/// Whole column → its format. Feed every cell, then ask.
class DateFormatGuess {
  public:
    void see(std::string_view cell);
    /// The only format that reads every cell seen (blank cells aside). ISO where no cell was seen. Day-first where the
    /// month stands in letters. None when both day-first and month-first read everything and differ (ambiguous),
    /// or nothing reads everything.
    std::optional<DateFormat> format() const;
    bool ambiguous() const;
    /// A cell that shows the trouble, for the message.
    const std::string& example() const { return example_; }

  private:
    bool iso_ = true;
    bool day_first_ = true;
    bool month_first_ = true;
    bool differs_ = false;  // a cell was seen that the two orders read as different days
    std::string example_;
};

/// `2024-05-01`; empty for kBeforeRecords and kNotEnded.
std::string format_date(Date date);
/// `1 May 2024`.
std::string format_date_long(Date date);
/// Today in UTC; the only clock of the library.
Date today();

}  // namespace geo
