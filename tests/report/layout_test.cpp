// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/layout.h"

#include <doctest/doctest.h>

using namespace geo;

TEST_CASE("widths are of characters, not of bytes") {
    CHECK(width_of("Brontë") == 6);
    CHECK(padded("Brontë", 8) == "Brontë  ");
    CHECK(padded("12", 4, true) == "  12");
    CHECK(cut("Brontë Primary", 7) == "Brontë…");
    CHECK(cut("Brontë", 6) == "Brontë");
}

TEST_CASE("lines break at blanks, later lines are indented, and no line ends in a blank") {
    std::string out;
    append_wrapped(out, "one two three four", 9, "- ", 2);
    CHECK(out == "- one two\n  three\n  four\n");
    out.clear();
    append_wrapped(out, "a-word-longer-than-the-line is kept whole", 10, "", 0);
    CHECK(out == "a-word-longer-than-the-line\nis kept\nwhole\n");
}

TEST_CASE("a table: columns as wide as their widest cell, numbers to the right, the last column wraps") {
    TextTable table;
    table.column("n", true);
    table.column("what");
    table.row({"1", "short"});
    table.row({"200", "a text that has to be wrapped in its column"});
    std::string out;
    table.append(out, 2, 30);
    CHECK(out ==
          "    n  what\n"
          "    1  short\n"
          "  200  a text that has to be\n"
          "       wrapped in its column\n");
}
