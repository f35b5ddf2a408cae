// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/dates.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace geo;
using namespace std::chrono;

namespace {

Date day_of(int y, unsigned m, unsigned d) { return sys_days{year{y} / month{m} / day{d}}; }
const Date kFirstOfMay = day_of(2024, 5, 1);

DateFormatGuess guess_from(std::initializer_list<const char*> cells) {
    DateFormatGuess guess;
    for (const char* cell : cells) guess.see(cell);
    return guess;
}

}  // namespace

TEST_CASE("ISO dates, with or without a time of day") {
    for (const char* cell :
         {"2024-05-01", "2024/05/01", "20240501", " 2024-05-01 ", "2024-05-01T23:59:59Z", "2024-05-01 00:00",
          "2024-05-01T12:30:00.123+01:00", "2024-05-01T12:30:00+0100", "2024-5-1"}) {
        CAPTURE(std::string(cell));
        CHECK(parse_date(cell, DateFormat::iso) == kFirstOfMay);
    }
    for (const char* cell : {"", "2024-05", "2024-05-1x", "2024-05/01", "2024-13-01", "2024-02-30", "2023-02-29",
                             "0024-05-01", "9999-01-01", "2024-05-01T", "2024-05-01 25:00", "2024-05-01 12:61",
                             "01/05/2024", "202405011", "2024-05-01 12:00:00 Zz"}) {
        CAPTURE(std::string(cell));
        CHECK_FALSE(parse_date(cell, DateFormat::iso));
    }
}

TEST_CASE("day-first dates") {
    for (const char* cell :
         {"01/05/2024", "1-5-2024", "01.05.2024", "01-May-24", "1 May 2024", "1st May 2024", "01/05/2024 00:00:00",
          "Wed 01 May 2024", "Wednesday, 1 May 2024", "01-MAY-2024", "May 1, 2024", "01/05/2024 12:30 PM"}) {
        CAPTURE(std::string(cell));
        CHECK(parse_date(cell, DateFormat::day_first) == kFirstOfMay);
    }
    for (const char* cell :
         {"29/02/2023", "31/04/2024", "13/13/2024", "01/05/24", "1/5", "01/05-2024", "1 Mai 2024", "2024-05-01",
          "Thu 01 May 2024", "0/5/2024", "1/0/2024", "001/05/2024", "01/05/2024x", "1 5 2024"}) {
        CAPTURE(std::string(cell));
        CHECK_FALSE(parse_date(cell, DateFormat::day_first));
    }
    CHECK(parse_date("29/02/2024", DateFormat::day_first) == day_of(2024, 2, 29));
}

TEST_CASE("two-digit years turn at 70") {
    CHECK(parse_date("01-Jan-69", DateFormat::day_first) == day_of(2069, 1, 1));
    CHECK(parse_date("01-Jan-70", DateFormat::day_first) == day_of(1970, 1, 1));
    CHECK(parse_date("4 Sept 11", DateFormat::day_first) == day_of(2011, 9, 4));
}

TEST_CASE("month-first dates") {
    CHECK(parse_date("05/01/2024", DateFormat::month_first) == kFirstOfMay);
    CHECK_FALSE(parse_date("25/12/2024", DateFormat::month_first));
}

TEST_CASE("every day is read back from each way of writing it") {
    CHECK(rc::check([]() {
        const Date date = day_of(1900, 1, 1) + days{*rc::gen::inRange(0, 365 * 200)};
        RC_ASSERT(parse_date(format_date(date), DateFormat::iso) == date);
        RC_ASSERT(parse_date(format_date_long(date), DateFormat::day_first) == date);
    }));
}

TEST_CASE("a cell of any bytes is a date or none, and never a fault") {
    CHECK(rc::check([](const std::string& cell) {
        for (const auto format : {DateFormat::iso, DateFormat::day_first, DateFormat::month_first})
            parse_date(cell, format);
    }));
}

TEST_CASE("a column's format is what reads every cell") {
    CHECK(guess_from({}).format() == DateFormat::iso);
    CHECK(guess_from({"", "  "}).format() == DateFormat::iso);
    CHECK(guess_from({"2024-05-01", ""}).format() == DateFormat::iso);
    CHECK(guess_from({"01/05/2024", "25/12/2024"}).format() == DateFormat::day_first);
    CHECK(guess_from({"05/01/2024", "12/25/2024"}).format() == DateFormat::month_first);
    CHECK(guess_from({"01-May-24", "02-Jun-24"}).format() == DateFormat::day_first);
    CHECK(guess_from({"01/01/2024", "02/02/2024"}).format() == DateFormat::day_first);  // the same day either way
}

TEST_CASE("a column that two orders read differently is ambiguous and shows a cell") {
    const auto guess = guess_from({"01/01/2024", "03/04/2019", "05/06/2020"});
    CHECK_FALSE(guess.format());
    CHECK(guess.ambiguous());
    CHECK(guess.example() == "03/04/2019");
}

TEST_CASE("a column that nothing reads shows the cell that broke it") {
    const auto guess = guess_from({"03/04/2019", "25/12/2019", "2019-12-26", "tomorrow"});
    CHECK_FALSE(guess.format());
    CHECK_FALSE(guess.ambiguous());
    CHECK(guess.example() == "2019-12-26");
}

TEST_CASE("dates are printed as ISO and in words") {
    CHECK(format_date(kFirstOfMay) == "2024-05-01");
    CHECK(format_date_long(kFirstOfMay) == "1 May 2024");
    CHECK(format_date(kBeforeRecords).empty());
    CHECK(format_date(kNotEnded).empty());
    CHECK(format_date_long(kNotEnded).empty());
    CHECK(kBeforeRecords < kFirstOfMay);
    CHECK(kFirstOfMay < kNotEnded);
    CHECK(today() > kFirstOfMay);
}

TEST_CASE("words of the study key date-format") {
    CHECK(date_format_from("yyyy-mm-dd") == DateFormat::iso);
    CHECK(date_format_from("dd/mm/yyyy") == DateFormat::day_first);
    CHECK(date_format_from("mm/dd/yyyy") == DateFormat::month_first);
    CHECK_FALSE(date_format_from("d/m/y"));
}
