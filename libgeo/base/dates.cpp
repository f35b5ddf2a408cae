// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/dates.h"

#include <fmt/format.h>

#include <array>

#include "libgeo/base/text.h"

namespace geo {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Walks along a cell. Every `take` either moves on or leaves everything as it was.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}
    bool at_end() const { return rest_.empty(); }
    bool take(char c) {
        if (rest_.empty() || rest_[0] != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void take_blanks() {
        while (take(' ')) {
        }
    }
    /// One separator of `allowed`, blanks around it, or blanks alone where a blank is allowed. '\0' if there is none.
    char take_separator(std::string_view allowed) {
        const bool blank = !rest_.empty() && rest_[0] == ' ';
        take_blanks();
        if (!rest_.empty() && rest_[0] != ' ' && allowed.find(rest_[0]) != std::string_view::npos) {
            const char found = rest_[0];
            rest_.remove_prefix(1);
            take_blanks();
            return found;
        }
        return blank && allowed.find(' ') != std::string_view::npos ? ' ' : '\0';
    }
    struct Number {
        int value = 0;
        int digits = 0;
    };
    Number take_number() {
        Number number;
        while (!rest_.empty() && is_digit(rest_[0]) && number.digits < 9) {
            number.value = number.value * 10 + (rest_[0] - '0');
            ++number.digits;
            rest_.remove_prefix(1);
        }
        return number;
    }
    std::string_view take_letters() {
        std::size_t n = 0;
        while (n < rest_.size() && is_letter(rest_[n])) ++n;
        const std::string_view letters = rest_.substr(0, n);
        rest_.remove_prefix(n);
        return letters;
    }
    bool next_is_letter() const { return !rest_.empty() && is_letter(rest_[0]); }

  private:
    std::string_view rest_;
};

/// 1-based place of `letters` among `names`: the whole name, its first three letters, or `sept`. 0 if it is none.
template <std::size_t N>
unsigned position_of(std::string_view letters, const std::array<std::string_view, N>& names) {
    if (letters.size() < 3 || letters.size() > 9) return 0;
    std::array<char, 9> small{};
    for (std::size_t i = 0; i < letters.size(); ++i) small[i] = static_cast<char>(letters[i] | 0x20);
    const std::string_view word(small.data(), letters.size());
    for (unsigned i = 0; i < N; ++i) {
        if (word == names[i] || word == names[i].substr(0, 3)) return i + 1;
        if (word == "sept" && names[i] == "september") return i + 1;
    }
    return 0;
}

std::optional<Date> real_day(int y, unsigned m, unsigned d) {
    if (y < 1000 || y > 2999) return std::nullopt;
    const year_month_day day{year{y}, month{m}, std::chrono::day{d}};
    if (!day.ok()) return std::nullopt;
    return sys_days{day};
}

/// Nothing, or a time of day (`T12:30:00.000Z`, ` 12:30`), which is checked and left aside.
bool ends_with_time(Cursor& at) {
    at.take_blanks();
    if (at.at_end()) return true;
    if (at.take('T')) at.take_blanks();
    const auto hours = at.take_number();
    if (hours.digits < 1 || hours.digits > 2 || hours.value > 24 || !at.take(':')) return false;
    const auto minutes = at.take_number();
    if (minutes.digits != 2 || minutes.value > 59) return false;
    if (at.take(':')) {
        const auto seconds = at.take_number();
        if (seconds.digits != 2 || seconds.value > 60) return false;
        if (at.take('.') && at.take_number().digits == 0) return false;
    }
    at.take_blanks();
    if (at.take('Z')) return at.at_end();
    if (at.next_is_letter()) {
        const std::string_view half = at.take_letters();
        return at.at_end() && half.size() == 2 && (half[0] | 0x20) != 'b' &&
               (half == "AM" || half == "PM" || half == "am" || half == "pm");
    }
    if (at.take('+') || at.take('-')) {
        const auto zone = at.take_number();
        if (zone.digits == 4) return at.at_end();
        return zone.digits == 2 && (at.at_end() || (at.take(':') && at.take_number().digits == 2 && at.at_end()));
    }
    return at.at_end();
}

std::optional<Date> parse_iso(std::string_view cell) {
    Cursor at(cell);
    const auto first = at.take_number();
    std::optional<Date> date;
    if (first.digits == 8) {
        date = real_day(first.value / 10000, static_cast<unsigned>(first.value / 100 % 100),
                        static_cast<unsigned>(first.value % 100));
    } else if (first.digits == 4) {
        const char separator = at.take('-') ? '-' : at.take('/') ? '/' : '\0';
        if (separator == '\0') return std::nullopt;
        const auto month = at.take_number();
        if (month.digits < 1 || month.digits > 2 || !at.take(separator)) return std::nullopt;
        const auto day = at.take_number();
        if (day.digits < 1 || day.digits > 2) return std::nullopt;
        date = real_day(first.value, static_cast<unsigned>(month.value), static_cast<unsigned>(day.value));
    }
    return date && ends_with_time(at) ? date : std::nullopt;
}

/// Four digits, or two where the month stands in letters.
std::optional<int> full_year(Cursor::Number number, bool month_in_letters) {
    if (number.digits == 4) return number.value;
    if (number.digits != 2 || !month_in_letters) return std::nullopt;
    return number.value < 70 ? 2000 + number.value : 1900 + number.value;
}

struct DayAndMonth {
    unsigned day = 0, month = 0;
    bool letters = false;
    char separator = '\0';
};

/// `1st May`, `May 1`, `01/05`. Letters say which is the month, whatever the format.
std::optional<DayAndMonth> take_day_and_month(Cursor& at, bool day_first) {
    constexpr std::string_view kSeparators = "/-. ,";
    DayAndMonth out;
    if (at.next_is_letter()) {
        out.month = position_of(at.take_letters(), kMonths);
        out.letters = true;
        out.separator = at.take_separator(kSeparators);
        const auto day = at.take_number();
        if (out.month == 0 || day.digits < 1 || day.digits > 2) return std::nullopt;
        out.day = static_cast<unsigned>(day.value);
        if (at.next_is_letter()) at.take_letters();  // 1st, 2nd
        return out;
    }
    const auto first = at.take_number();
    if (first.digits < 1 || first.digits > 2) return std::nullopt;
    Cursor behind = at;
    const std::string_view ordinal = at.next_is_letter() ? at.take_letters() : std::string_view{};
    if (ordinal != "st" && ordinal != "nd" && ordinal != "rd" && ordinal != "th") at = behind;
    out.separator = at.take_separator(kSeparators);
    if (at.next_is_letter()) {
        out.day = static_cast<unsigned>(first.value);
        out.month = position_of(at.take_letters(), kMonths);
        out.letters = true;
        return out.month == 0 ? std::nullopt : std::optional(out);
    }
    if (out.separator != '/' && out.separator != '-' && out.separator != '.') return std::nullopt;
    const auto second = at.take_number();
    if (second.digits < 1 || second.digits > 2) return std::nullopt;
    out.day = static_cast<unsigned>(day_first ? first.value : second.value);
    out.month = static_cast<unsigned>(day_first ? second.value : first.value);
    return out;
}

std::optional<Date> parse_written(std::string_view cell, bool day_first) {
    Cursor at(cell);
    unsigned weekday_named = 0;
    if (at.next_is_letter()) {
        Cursor ahead = at;
        weekday_named = position_of(ahead.take_letters(), kWeekdays);
        if (weekday_named != 0) {
            ahead.take_separator(", ");
            at = ahead;
        }
    }
    const auto found = take_day_and_month(at, day_first);
    if (!found) return std::nullopt;
    const char separator = at.take_separator("/-. ,");
    if (!found->letters && separator != found->separator) return std::nullopt;
    const auto y = full_year(at.take_number(), found->letters);
    if (!y) return std::nullopt;
    const auto date = real_day(*y, found->month, found->day);
    if (!date || !ends_with_time(at)) return std::nullopt;
    // `Mon 4 July 2011` was a slip somewhere when that day was no Monday.
    if (weekday_named != 0 && weekday{*date}.c_encoding() != weekday_named - 1) return std::nullopt;
    return date;
}

}  // namespace

std::optional<DateFormat> date_format_from(std::string_view word) {
    if (word == "yyyy-mm-dd") return DateFormat::iso;
    if (word == "dd/mm/yyyy") return DateFormat::day_first;
    if (word == "mm/dd/yyyy") return DateFormat::month_first;
    return std::nullopt;
}

std::optional<Date> parse_date(std::string_view cell, DateFormat format) {
    cell = trimmed(cell);
    if (cell.size() < 6 || cell.size() > 64) return std::nullopt;
    return format == DateFormat::iso ? parse_iso(cell) : parse_written(cell, format == DateFormat::day_first);
}

void DateFormatGuess::see(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.empty() || !(iso_ || day_first_ || month_first_)) return;
    iso_ = iso_ && parse_date(cell, DateFormat::iso);
    const auto day = day_first_ || month_first_ ? parse_date(cell, DateFormat::day_first) : std::nullopt;
    const auto month = day_first_ || month_first_ ? parse_date(cell, DateFormat::month_first) : std::nullopt;
    day_first_ = day_first_ && day;
    month_first_ = month_first_ && month;
    const bool first_difference = day && month && *day != *month && !differs_;
    if (first_difference) differs_ = true;
    const bool nothing_left = !(iso_ || day_first_ || month_first_);
    if (first_difference || nothing_left) example_ = printable(cell);
}

std::optional<DateFormat> DateFormatGuess::format() const {
    if (iso_) return DateFormat::iso;
    if (ambiguous()) return std::nullopt;
    if (day_first_) return DateFormat::day_first;
    if (month_first_) return DateFormat::month_first;
    return std::nullopt;
}

bool DateFormatGuess::ambiguous() const { return day_first_ && month_first_ && differs_; }

std::string format_date(Date date) {
    if (date == kBeforeRecords || date == kNotEnded) return {};
    const year_month_day day{date};
    // By hand: a row of every answer has a date, and ten million rows are written. Years are 1000 to 2999.
    const auto digit = [](unsigned number) { return static_cast<char>('0' + number % 10); };
    const auto y = static_cast<unsigned>(static_cast<int>(day.year())), m = static_cast<unsigned>(day.month()),
               d = static_cast<unsigned>(day.day());
    return {digit(y / 1000), digit(y / 100), digit(y / 10), digit(y),      '-',
            digit(m / 10),   digit(m),       '-',           digit(d / 10), digit(d)};
}

std::string format_date_long(Date date) {
    if (date == kBeforeRecords || date == kNotEnded) return {};
    const year_month_day day{date};
    std::string name(kMonths[static_cast<unsigned>(day.month()) - 1]);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return fmt::format("{} {} {}", static_cast<unsigned>(day.day()), name, static_cast<int>(day.year()));
}

Date today() { return floor<days>(system_clock::now()); }

}  // namespace geo
