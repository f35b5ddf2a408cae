// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/text.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace geo;

TEST_CASE("a text column gives back what was added") {
    TextColumn column;
    CHECK(column.empty());
    column.add("school");
    column.add("");
    column.add("park");
    REQUIRE(column.size() == 3);
    CHECK(column[0] == "school");
    CHECK(column[1].empty());
    CHECK(column[2] == "park");
    column.clear();
    CHECK(column.empty());
}

TEST_CASE("the nearest word is a slip of the hand away") {
    const std::vector<std::string> layers = {"schools", "parks", "town-centres"};
    CHECK(nearest_word("scools", layers) == "schools");
    CHECK(nearest_word("SCHOOLS", layers) == "schools");
    CHECK(nearest_word("prak", std::vector<std::string>{"park"}) == "park");  // two neighbours swapped are one slip
    CHECK(nearest_word("town_centers", layers) == "town-centres");
    CHECK_FALSE(nearest_word("libraries", layers));
    CHECK_FALSE(nearest_word("", layers));
    CHECK_FALSE(nearest_word("xy", std::vector<std::string>{"ab"}));
    CHECK_FALSE(nearest_word("schools", {}));
    const std::vector<std::string> uses{"hot-food-takeaway", "betting-shop", "shop", "other"};
    CHECK(nearest_word("takeaway", uses) == "hot-food-takeaway");  // a part of one alone
    CHECK(nearest_word("Betting", uses) == "betting-shop");
    CHECK_FALSE(nearest_word("o", uses));
    CHECK_FALSE(nearest_word("shop-", std::vector<std::string>{"a-shop-of-betting", "a-shop-of-drinks"}));
}

TEST_CASE("the nearest of several wins, the first of equals") {
    const std::vector<std::string> words = {"closing", "closed", "closer"};
    CHECK(nearest_word("close", words) == "closed");
    CHECK(nearest_word("closeed", words) == "closed");
}

TEST_CASE("a word of a megabyte is no slip of the hand and costs nothing") {
    CHECK_FALSE(nearest_word(std::string(1 << 20, 'a'), std::vector<std::string>{std::string(1 << 20, 'a')}));
}

TEST_CASE("what is printed cannot move the cursor") {
    CHECK(printable("Café, 1st floor") == "Café, 1st floor");
    CHECK(printable("a\nb\r\tc") == "a\\nb\\r\\tc");
    CHECK(printable("\x1b[31mred") == "\\x1B[31mred");
    CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
    CHECK(printable("caf\xE9 x") == "caf\\xE9 x");
    CHECK(printable("\xC2\x9B") == "\\xC2\\x9B");  // CSI of the C1 set
    CHECK(printable("a\xE2\x80\xAE"
                    "b") ==
          "a\\xE2\\x80\\xAE"
          "b");  // right-to-left override
    CHECK(printable("cut short\xE2\x80") == "cut short\\xE2\\x80");
}

TEST_CASE("characters that nobody sees are known by their length") {
    CHECK(hidden_length("\x1b[31m") == 1);
    CHECK(hidden_length("\xC2\x85") == 2);
    CHECK(hidden_length("\xE2\x80\xAE and on") == 3);
    CHECK(hidden_length("\xEF\xBB\xBFid") == 3);
    for (const char* seen : {"a", "é", "€", "\xC2\xA0", "\xE2\x80", ""}) CHECK(hidden_length(seen) == 0);
}

TEST_CASE("a long text is cut on a character's edge") {
    CHECK(printable("abcdef", 6) == "abcdef");
    CHECK(printable("abcdefg", 6) == "abcdef…");
    CHECK(printable("abcd€", 6) == "abcd…");
    CHECK(printable("abc€", 6) == "abc€");
}

TEST_CASE("printable text is UTF-8 whatever comes in") {
    CHECK(rc::check([](const std::string& bytes) { RC_ASSERT(is_utf8(printable(bytes, 1000))); }));
}

TEST_CASE("UTF-8 is told from what is not") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("é € 😀"));
    CHECK_FALSE(is_utf8("\xE9"));
    CHECK_FALSE(is_utf8("\xC0\xAF"));  // longer than needed
    CHECK_FALSE(is_utf8("\xE0\x80\xAF"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    CHECK_FALSE(is_utf8("\xF0\x9F\x98"));
}

TEST_CASE("Windows-1252 becomes UTF-8") {
    CHECK(utf8_from_windows_1252("Caf\xE9 \x80 5 \x93quoted\x94") == "Café € 5 “quoted”");
    std::string every;
    for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
    CHECK(is_utf8(utf8_from_windows_1252(every)));
}

TEST_CASE("blanks are cut from both ends, hard ones too") {
    CHECK(trimmed(" \t a b\r\n") == "a b");
    CHECK(trimmed("\xC2\xA0 a \xC2\xA0") == "a");
    CHECK(trimmed(" \xC2\xA0 ").empty());
    CHECK(trimmed("É") == "É");
}

TEST_CASE("column names are compared without case and marks") {
    CHECK(folded("LA (code/name)") == "lacodename");
    CHECK(folded("Easting_X ") == "eastingx");
    CHECK(folded("open-date") == folded("Open Date"));
    CHECK(folded("a\xC2\xA0"
                 "b") == "ab");
}

TEST_CASE("numbers are read whole or not at all") {
    CHECK(parse_number("430300.0") == 430300.0);
    CHECK(parse_number(" -1.5e3 ") == -1500.0);
    CHECK(parse_number("+5") == 5.0);
    CHECK(parse_number(".5") == 0.5);
    CHECK(parse_number("0") == 0.0);
    for (const char* text : {"",    " ",   "nan", "inf", "-inf",  "Infinity", "1,234", "1,5", "0x10",  "5m", "1e",
                             "--1", "+-1", "++1", "1 2", "1e999", "e5",       "-",     ".",   "1.2.3", "١"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_number(text));
    }
}

TEST_CASE("every finite number survives being written and read") {
    CHECK(rc::check([](double value) {
        if (!std::isfinite(value)) return;
        RC_ASSERT(parse_number(format_shortest(value)) == value);
    }));
}

TEST_CASE("numbers are written without a locale and without -0") {
    CHECK(format_fixed(400.0005, 3) == "400.000");
    CHECK(format_fixed(1234567.891, 1) == "1234567.9");
    CHECK(format_fixed(-0.0001, 3) == "0.000");
    CHECK(format_fixed(-0.0, 0) == "0");
    CHECK(format_fixed(-1.25, 1) == "-1.2");
    CHECK(format_fixed(std::numeric_limits<double>::infinity(), 3).empty());
    CHECK(format_shortest(400.0) == "400");
    CHECK(format_shortest(0.1) == "0.1");
    CHECK(format_shortest(100000.0) == "100000");
    CHECK(format_shortest(-0.0) == "0");
    CHECK(format_shortest(std::numeric_limits<double>::quiet_NaN()).empty());
}

TEST_CASE("words and counts read as a person would write them") {
    CHECK(join_words(std::vector<std::string>{}).empty());
    CHECK(join_words(std::vector<std::string>{"a"}) == "a");
    CHECK(join_words(std::vector<std::string>{"a", "b"}) == "a and b");
    CHECK(join_words(std::vector<std::string>{"a", "b", "c"}, " or ") == "a, b or c");
    CHECK(counted(1, "row") == "1 row");
    CHECK(counted(0, "row") == "0 rows");
    CHECK(counted(12345, "row") == "12,345 rows");
    CHECK(counted(2, "study", "studies") == "2 studies");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(18446744073709551615ULL) == "18,446,744,073,709,551,615");
}
