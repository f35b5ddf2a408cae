// SPDX-License-Identifier: Apache-2.0
#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText banded(const std::string& bands) {
    return measuring("share = { of = \"hot-food-takeaway\", among = \"units\", in = \"frontages\" }",
                     "bands = [" + bands + "]");
}

}  // namespace

TEST_CASE("bands by number of units") {
    const Rule rule =
        rule_of(banded("{ units = \">= 40\", breach = \"> 7 %\" }, { units = \"< 40\", breach = \"> 12 %\" }"));
    REQUIRE(rule.bands.size() == 2);
    CHECK(rule.bands[0].units->comparator == Comparator::at_least);
    CHECK(rule.bands[0].units->limit == 40.0);
    CHECK(rule.bands[0].breach.limit == 7.0);
    CHECK(rule.bands[1].breach.limit == 12.0);
    CHECK(rule.bands[1].line == 13);
}

TEST_CASE("bands by attribute, and a last one for the rest") {
    const Rule rule = rule_of(
        banded("{ where = { class = [\"District\"] }, units = \">= 10\", breach = \"> 7 %\" }, { where = { class = "
               "\"Local\" }, breach = \"> 12 %\" }, { breach = \"judgement\" }"));
    REQUIRE(rule.bands.size() == 3);
    CHECK(rule.bands[0].where.at("class") == std::vector<std::string>{"District"});
    CHECK_FALSE(rule.bands[1].units);
    CHECK(rule.bands[2].breach.judgement);
}

TEST_CASE("bands of a count") {
    const Rule rule = rule_of(measuring("count = { of = \"shop\", in = \"frontages\" }",
                                        "bands = { units = \"< 10\", breach = \"> 1 units\" }"));
    REQUIRE(rule.bands.size() == 1);
    CHECK(rule.bands[0].breach.limit == 1.0);
}

TEST_CASE("either bands or breach") {
    PolicyText text = banded("{ breach = \"> 7 %\" }");
    text.more_rule = "breach = \"> 5 %\"";
    check_error(text, {"policy.toml:13: rule SCH-400: bands: stands beside breach"});
    check_error(banded(""), {"bands: is empty"});
    check_error(banded("\"> 5 %\""), {"bands: tables are expected"});
}

TEST_CASE("each band is checked") {
    check_error(banded("{ units = \">= 40\" }"), {"policy.toml:13: rule SCH-400: breach: is missing"});
    check_error(banded("{ unit = \">= 40\", breach = \"> 7 %\" }"),
                {"unit: no such key in a band; did you mean units?"});
    check_error(banded("{ units = \">= 40 %\", breach = \"> 7 %\" }"), {"units: \">= 40 %\" does not fit a band"});
    check_error(banded("{ units = 40, breach = \"> 7 %\" }"), {"units: is the bare number 40"});
    check_error(banded("{ units = \">= 0\", breach = \"> 7 %\" }"), {"units: \">= 0\" always holds"});
    check_error(banded("{ units = \"judgement\", breach = \"> 7 %\" }"), {"judgement has no meaning with a band"});
    check_error(banded("{ units = \">= field:a\", breach = \"> 7 %\" }"), {"a value of the study has no meaning"});
    check_error(banded("{ breach = \"> 7 units\" }"), {"does not fit share"});
    check_error(banded("{ breach = \"> 7 %\", where = {} }"), {"where: is empty"});
}

TEST_CASE("a band that those before it leave nothing to is an error") {
    const auto unreached = [](const std::string& bands, const char* which) {
        check_error(banded(bands), {"policy.toml:13: rule SCH-400: bands: ", which, "is never reached"});
    };
    unreached("{ breach = \"> 7 %\" }, { units = \">= 40\", breach = \"> 5 %\" }", "band 2");
    unreached("{ units = \">= 40\", breach = \"> 7 %\" }, { units = \"> 40\", breach = \"> 5 %\" }", "band 2");
    unreached(
        "{ units = \">= 40\", breach = \"> 7 %\" }, { units = \"< 40\", breach = \"> 5 %\" }, { breach = \"> 1 %\" }",
        "band 3");
    unreached(
        "{ units = \"< 40\", breach = \"> 7 %\" }, { units = \"> 39\", breach = \"> 5 %\" }, { where = { a = \"b\" }, "
        "breach = \"> 1 %\" }",
        "band 3");
    unreached(
        "{ where = { class = [\"A\", \"B\"] }, breach = \"> 7 %\" }, { where = { Class = \"b\" }, breach = \"> 1 %\" }",
        "band 2");
}

TEST_CASE("a band that only some of the frontages reach stays") {
    for (const char* bands :
         {"{ units = \"> 40\", breach = \"> 7 %\" }, { units = \">= 40\", breach = \"> 5 %\" }",
          "{ units = \"> 40\", breach = \"> 7 %\" }, { units = \"< 40\", breach = \"> 5 %\" }, { breach = \"> 1 %\" }",
          "{ where = { class = \"A\" }, breach = \"> 7 %\" }, { breach = \"> 5 %\" }",
          "{ where = { class = \"A\" }, breach = \"> 7 %\" }, { where = { class = [\"A\", \"B\"] }, breach = \"> 5 %\" "
          "}",
          "{ where = { class = \"A\", owner = \"x\" }, breach = \"> 7 %\" }, { where = { class = \"A\" }, breach = \"> "
          "5 %\" }"})
        CHECK_MESSAGE(error_of(banded(bands)).empty(), error_of(banded(bands)));
}
