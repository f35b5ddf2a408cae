// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/json.h"

#include <doctest/doctest.h>

#include <limits>

#include "libgeo/report/cells.h"

using namespace geo;

namespace {

std::string json_of(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

std::string fixed(double value, int decimals) {
    std::string out;
    append_fixed(out, value, decimals);
    return out;
}

}  // namespace

TEST_CASE("text in JSON: quotes, control characters, and nothing that ends a script element") {
    CHECK(json_of("Café \"Müller\"") == "\"Café \\\"Müller\\\"\"");
    CHECK(json_of("a\nb\x01\x7f") == "\"a\\u000ab\\u0001\\u007f\"");
    CHECK(json_of("</script>") == "\"\\u003c/script>\"");
    CHECK(json_of("C:\\x") == "\"C:\\\\x\"");
}

TEST_CASE("text in JSON: what turns text round, and controls beyond ASCII, are escaped and stay the same text") {
    std::string out;
    append_json_text(out,
                     "a\xE2\x80\xAE"
                     "b\xC2\x9B"
                     "c\xE2\x80\xA8"
                     "d é €");
    CHECK(out == "\"a\\u202eb\\u009bc\\u2028d é €\"");
}

TEST_CASE("bytes that are not UTF-8 never reach a JSON file") {
    const std::string text = json_of("Caf\xe9");
    CHECK(text == "\"Caf\\\\xE9\"");
}

TEST_CASE("objects and arrays, on one line and indented") {
    std::string line;
    Json flat(line);
    flat.begin_object();
    flat.text("a", "x");
    flat.begin_array("b");
    flat.number({}, 1.0, 3);
    flat.number({}, std::numeric_limits<double>::quiet_NaN(), 3);
    flat.end_array();
    flat.begin_object("c");
    flat.end_object();
    flat.boolean("d", false);
    flat.end_object();
    CHECK(line == R"({"a": "x", "b": [1.000, null], "c": {}, "d": false})");

    std::string lines;
    Json indented(lines, 2);
    indented.begin_object();
    indented.integer("a", -7);
    indented.raw("b", "[1]");
    indented.end_object();
    CHECK(lines == "{\n  \"a\": -7,\n  \"b\": [1]\n}");
}

TEST_CASE("fixed decimals: never minus nought, nothing for what is no number") {
    CHECK(fixed(-0.0001, 3) == "0.000");
    CHECK(fixed(-0.5, 3) == "-0.500");
    CHECK(fixed(399.9996, 3) == "400.000");
    CHECK(fixed(std::numeric_limits<double>::infinity(), 3).empty());
    CHECK(fixed(1e300, 0).size() == 301);
}

TEST_CASE("a CSV row: text is quoted where it must be, formulas are disarmed, lists are one cell") {
    std::string out;
    CsvCells cells(out);
    const std::string_view rules[] = {"FH1", "FH2"};
    cells.text("a", "=1+1");
    cells.text("b", "High Street, 12");
    cells.number("c", 400.0, 3);
    cells.number("d", kNoNumber, 3);
    cells.list("e", rules);
    cells.list("f", {});
    cells.end_row();
    CHECK(out == "\"'=1+1\",\"High Street, 12\",400.000,,FH1; FH2,\n");
}
