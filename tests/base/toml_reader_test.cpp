// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/toml_reader.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <fstream>

using namespace geo;
using doctest::Contains;

namespace {

TomlTable table_of(const std::string& toml) { return TomlTable::from_text(toml, "study.toml"); }

// Line numbers matter here: `title` is in line 2.
const char* const kStudy = R"([study]
title = "Fernhill"
width = 2.5
count = 3
strict = true
as-at = 2026-04-01
text-date = "2026-04-01"
policies = ["a.toml", { file = "b.toml" }]
empty = ""
[study.columns]
y = "northing"
x = "easting"
[[rule]]
id = "one"
[[rule]]
id = "two"
)";

}  // namespace

TEST_CASE("values are read with their kinds") {
    const TomlTable study = *table_of(kStudy).optional_table("study");
    CHECK(study.text("title") == "Fernhill");
    CHECK(study.optional_number("width") == 2.5);
    CHECK(study.optional_number("count") == 3.0);
    CHECK(study.optional_integer("count") == 3);
    CHECK(study.optional_boolean("strict") == true);
    CHECK(study.optional_date("as-at") == parse_date("2026-04-01", DateFormat::iso));
    CHECK(study.optional_date("text-date") == study.optional_date("as-at"));
    CHECK(study.texts("title") == std::vector<std::string>{"Fernhill"});
    CHECK(study.kind("as-at") == TomlTable::Kind::date);
    CHECK(study.kind("policies") == TomlTable::Kind::array);
    CHECK(study.kind("nothing") == TomlTable::Kind::missing);
    CHECK_FALSE(study.has("nothing"));
    CHECK_FALSE(study.optional_text("nothing"));
    CHECK(study.texts("nothing").empty());
}

TEST_CASE("keys come in the order of the file, not of the alphabet") {
    const TomlTable study = *table_of(kStudy).optional_table("study");
    CHECK(study.optional_table("columns")->keys() == std::vector<std::string>{"y", "x"});
}

TEST_CASE("arrays may mix texts and tables") {
    const TomlTable root = table_of(kStudy);
    const auto policies = root.optional_table("study")->texts_or_tables("policies");
    REQUIRE(policies.size() == 2);
    CHECK(policies[0].text == "a.toml");
    CHECK_FALSE(policies[0].table());
    CHECK(policies[1].table()->text("file") == "b.toml");
    CHECK(policies[1].line == 8);
    const auto rules = root.tables("rule");
    REQUIRE(rules.size() == 2);
    CHECK(rules[1].text("id") == "two");
    CHECK(rules[1].line("id") == 16);
    CHECK(rules[1].line() == 15);
    CHECK_THROWS_WITH_AS(root.optional_table("study")->texts("policies"), Contains("study.toml:8: policies"),
                         UsageError);
    CHECK_THROWS_WITH_AS(root.optional_table("study")->tables("policies"), Contains("study.toml:8: policies"),
                         UsageError);
}

TEST_CASE("a table outlives the variable it came from") {
    std::vector<TomlTable> kept;
    {
        const TomlTable root = table_of(kStudy);
        kept = root.tables("rule");
    }
    CHECK(kept[0].text("id") == "one");
    CHECK(kept[0].file() == "study.toml");
}

TEST_CASE("a value of another kind is named with file, line and key") {
    const TomlTable study = *table_of(kStudy).optional_table("study");
    CHECK_THROWS_WITH_AS(study.text("width"), "study.toml:3: width: a text in quotes is expected, not the number 2.5",
                         UsageError);
    CHECK_THROWS_WITH_AS(study.optional_number("title"),
                         "study.toml:2: title: a number is expected, not the text \"Fernhill\"", UsageError);
    CHECK_THROWS_WITH_AS(study.optional_integer("width"), Contains("whole number"), UsageError);
    CHECK_THROWS_WITH_AS(study.optional_boolean("title"), Contains("true or false"), UsageError);
    CHECK_THROWS_WITH_AS(study.optional_date("title"), Contains("\"Fernhill\" is no date"), UsageError);
    CHECK_THROWS_WITH_AS(study.optional_date("count"), Contains("such as 2024-05-01"), UsageError);
    CHECK_THROWS_WITH_AS(study.optional_table("title"), Contains("a table is expected"), UsageError);
    CHECK_THROWS_WITH_AS(study.texts("count"), Contains("study.toml:4: count"), UsageError);
    CHECK_THROWS_WITH_AS(study.text("empty"), Contains("study.toml:9: empty: is empty"), UsageError);
    CHECK_THROWS_WITH_AS(study.text("crs"), Contains("study.toml:1: crs: is missing"), UsageError);
    CHECK_THROWS_AS(table_of("x = nan").optional_number("x"), UsageError);
    CHECK_THROWS_AS(table_of("x = -inf").optional_number("x"), UsageError);
}

TEST_CASE("an unknown key is named with the nearest known one and its line") {
    CHECK_NOTHROW(table_of("a = 1").expect_only({"a", "b"}, "a test"));
    CHECK_THROWS_WITH_AS(table_of("title = 1\ntilte = 2").expect_only({"title", "crs"}, "a study"),
                         "study.toml:2: tilte: no such key in a study; did you mean title? known keys: title and crs",
                         UsageError);
    CHECK_THROWS_WITH_AS(table_of("zzz = 1").expect_only({"title"}, "a study"),
                         "study.toml:1: zzz: no such key in a study; known keys: title", UsageError);
}

TEST_CASE("a header that no key follows is an error, where the TOML library asserts that there is one") {
    for (const char* header : {"[!]", "[[!]]", " [ =", "[\t/x]", "[#a]"})
        CHECK_THROWS_WITH_AS(table_of(std::string("a = 1\n") + header + "\n"), Contains("study.toml:2: not TOML"),
                             UsageError);
}

TEST_CASE("a letter beyond ASCII outside quotes is an error, where the TOML library holds it impossible") {
    for (const char* line : {"\xEF\xBB\xB7", "caf\xC3\xA9 = 1", "a = \xC3\xA9", "[\xC3\xA9]", "a = 1 \xC3\xA9"})
        CHECK_THROWS_WITH_AS(table_of(std::string("\n") + line + "\n"), Contains("study.toml:2: not TOML"), UsageError);
    CHECK(table_of("a = \"caf\xC3\xA9\" # caf\xC3\xA9").text("a") == "caf\xC3\xA9");
}

TEST_CASE("what is not TOML says where") {
    CHECK_THROWS_WITH_AS(table_of("a = 1\nb = = 2\n"), Contains("study.toml:2: not TOML"), UsageError);
    CHECK_THROWS_WITH_AS(table_of("a = 1\na = 2\n"), Contains("study.toml:2: not TOML"), UsageError);
    CHECK_THROWS_WITH_AS(table_of("a = 2024-02-30"), Contains("not TOML"), UsageError);
    CHECK_THROWS_WITH_AS(table_of("a = 1\nb = \"caf\xE9\"\n"), Contains("study.toml:2: not UTF-8"), UsageError);
    CHECK(table_of("\xEF\xBB\xBF"
                   "a = 1")
              .optional_integer("a") == 1);
    CHECK(table_of("").keys().empty());
}

TEST_CASE("files that would exhaust the machine are refused") {
    std::string deep = "a";
    for (int i = 0; i < 200000; ++i) deep += ".a";
    CHECK_THROWS_WITH_AS(table_of(deep + " = 1"), Contains("a key has more than"), UsageError);
    CHECK_THROWS_WITH_AS(table_of("[" + deep + "]"), Contains("a key has more than"), UsageError);
    CHECK_THROWS_AS(table_of("a = " + std::string(100000, '[')), UsageError);
    CHECK_THROWS_WITH_AS(table_of(std::string(5 << 20, '\n')), Contains("4 MiB"), UsageError);
    // Dots in prose and in lists of numbers are no keys.
    std::string dots = "a = \"";
    for (int i = 0; i < 1000; ++i) dots += "a.";
    CHECK_NOTHROW(table_of(dots + "\""));
    CHECK_NOTHROW(table_of("# " + dots));
    std::string numbers = "a = [1.5";
    for (int i = 0; i < 1000; ++i) numbers += ", 2.5";
    CHECK_NOTHROW(table_of(numbers + "]"));
}

TEST_CASE("any bytes are a table or a UsageError") {
    CHECK(rc::check([](const std::string& bytes) {
        try {
            table_of(bytes);
        } catch (const UsageError&) {
        }
    }));
}

TEST_CASE("a TOML file is a regular file that is there") {
    const std::filesystem::path folder = CORDON_BINARY_DIR;
    CHECK_THROWS_WITH_AS(TomlTable::from_file(folder / "none.toml"), Contains("none.toml: there is no such file"),
                         UsageError);
    CHECK_THROWS_WITH_AS(TomlTable::from_file(folder), Contains("not a regular file"), UsageError);
    const auto path = folder / "toml_reader_test.toml";
    std::ofstream(path) << "a = 1\n";
    CHECK(TomlTable::from_file(path).optional_integer("a") == 1);
    std::filesystem::remove(path);
}
