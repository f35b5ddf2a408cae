// SPDX-License-Identifier: Apache-2.0
//
// Inside and attribute.
#include <cmath>

#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText lying(const std::string& inner, const std::string& breach = "\"outside\"") {
    return measuring("inside = { " + inner + " }", "breach = " + breach);
}

PolicyText figure(const std::string& inner, const std::string& breach = "\"> 10 %\"") {
    return measuring("attribute = { " + inner + " }", breach.empty() ? "" : "breach = " + breach);
}

const std::vector<FieldTest>& tests_of(const Rule& rule) { return std::get<AttributeMeasure>(rule.measure).tests; }

}  // namespace

TEST_CASE("only in listed centres, or not in some") {
    const Rule rule =
        rule_of(lying("of = [\"town-centres\", { layer = \"areas\", where = { class = [\"District\"] } }]"));
    const auto& measure = std::get<InsideMeasure>(rule.measure);
    CHECK(measure.where.of.size() == 2);
    CHECK(measure.where.extent == Extent::partly_is_borderline);
    CHECK_FALSE(measure.breach_inside);
    CHECK(word(rule.measure) == "inside");
    CHECK(layers_of(rule.measure) == measure.where.of);
    const Rule within = rule_of(lying("of = \"wards\", extent = \"any\"", "\"inside\""));
    CHECK(std::get<InsideMeasure>(within.measure).breach_inside);
    CHECK(std::get<InsideMeasure>(within.measure).where.extent == Extent::any);
}

TEST_CASE("inside is a breach outside or inside, and nothing else") {
    for (const char* breach : {"\"judgement\"", "\"> 5 %\"", "\"Outside\"", "\"within\""})
        check_error(lying("of = \"wards\"", breach),
                    {"policy.toml:13: rule SCH-400: breach", "is no breach of inside", "outside"});
    check_error(measuring("inside = { of = \"wards\" }", ""), {"breach: is missing", "\"outside\""});
    check_error(lying("of = \"wards\"", "5"), {"breach: a text in quotes is expected"});
    check_error(lying("of = \"wads\""),
                {"policy.toml:12: rule SCH-400: of: \"wads\" is no layer; did you mean wards?"});
    check_error(lying("in = \"wards\""), {"in: no such key in inside"});
    check_error(lying("of = \"wards\", extent = \"half\""), {"extent: \"half\" is no extent"});
    check_error(measuring("inside = { of = \"wards\" }", "bands = [{ breach = \"> 5 %\" }]"), {"bands"});
}

TEST_CASE("a figure of the ward, or of the application") {
    const Rule ward = rule_of(figure("of = \"wards\", field = \"year6\""));
    REQUIRE(tests_of(ward).size() == 1);
    CHECK(tests_of(ward)[0].of->layer == "wards");
    CHECK(tests_of(ward)[0].field == "year6");
    CHECK(tests_of(ward)[0].holds.text == "> 10 %");
    CHECK(ward.breach.limit == 10.0);
    CHECK(ward.breach.unit == Unit::percent);
    CHECK(word(ward.measure) == "attribute");
    CHECK(layers_of(ward.measure).at(0).layer == "wards");
    const Rule own = rule_of(figure("field = \"floorspace\"", "\"> 150\""));
    CHECK_FALSE(tests_of(own)[0].of);
    CHECK(own.breach.unit == Unit::none);
    CHECK(layers_of(own.measure).empty());
    CHECK(rule_of(figure("field = \"width\"", "\"< 5 m\"")).breach.unit == Unit::metres);
    CHECK(rule_of(figure("field = \"x\"", "\"judgement\"")).breach.judgement);
}

TEST_CASE("a figure against a value of the study holds nowhere until the value is known") {
    const Rule rule = rule_of(figure("of = \"wards\", field = \"rate\"", "\">= field:national.rate\""));
    CHECK(rule.breach.field == "national.rate");
    CHECK(tests_of(rule)[0].holds.field == "national.rate");
    CHECK(std::isnan(rule.breach.limit));
    CHECK_FALSE(holds(rule.breach, 1e9, 0.0));
    Comparison bound = rule.breach;
    bound.limit = 0.96;
    CHECK(holds(bound, 0.96, 0.0));
}

TEST_CASE("several figures at once have each their own comparison") {
    const Rule rule =
        rule_of(figure("all = [{ of = \"wards\", field = \"year6\", breach = \"> 15 %\" }, { of = "
                       "\"wards\", field = \"reception\", breach = \"> 10 %\" }]",
                       ""));
    REQUIRE(tests_of(rule).size() == 2);
    CHECK(tests_of(rule)[0].holds.limit == 15.0);
    CHECK(tests_of(rule)[1].field == "reception");
    CHECK(tests_of(rule)[1].holds.limit == 10.0);
    CHECK(rule.breach.limit == 15.0);
    CHECK(layers_of(rule.measure).size() == 1);
}

TEST_CASE("accepted values instead of a comparison") {
    const Rule rule =
        rule_of(figure("all = [{ of = \"town-centres\", field = \"class\", is = [\"Local\"] }, { field = "
                       "\"floorspace\", breach = \"> 100\" }]",
                       ""));
    CHECK(tests_of(rule)[0].is == std::vector<std::string>{"Local"});
    CHECK(rule.breach.limit == 100.0);
    CHECK(tests_of(rule_of(figure("of = \"wards\", field = \"class\", is = \"A\"", "")))[0].is.size() == 1);
    check_error(figure("of = \"wards\", field = \"class\", is = \"A\""), {"breach: stands beside attribute with is"});
}

TEST_CASE("figures are named, and compared once") {
    check_error(figure("of = \"wards\""), {"policy.toml:12: rule SCH-400: field: is missing"});
    check_error(figure("of = \"wrads\", field = \"x\""), {"of: \"wrads\" is no layer; did you mean wards?"});
    check_error(figure("of = [\"wards\", \"areas\"], field = \"x\""), {"of: names several layers"});
    check_error(figure("field = \"x\"", "\"> 10 min\""), {"does not fit attribute"});
    check_error(figure("field = \"x\"", "\"> -10\""), {"0 or above"});
    check_error(figure("field = \"x\"", ""), {"breach: is missing"});
    const std::string one = "{ field = \"x\", breach = \"> 10 %\" }";
    check_error(figure("all = [" + one + "]"),
                {"policy.toml:13: rule SCH-400: breach: has no meaning beside attribute with all"});
    check_error(figure("all = []", ""), {"all: is empty"});
    check_error(figure("all = [" + one + ", " + one + "]", ""), {"all: the same test of x stands twice"});
    check_error(figure("all = [" + one + "], field = \"x\"", ""), {"no such key in attribute with all"});
    check_error(figure("all = [" + one + ", { field = \"X\", breach = \"<= 10 %\" }]", ""), {"exclude each other"});
    check_error(figure("all = [{ field = \"x\", breach = \"judgement\" }]", ""), {"judgement has no meaning"});
    check_error(figure("all = [{ field = \"x\" }]", ""), {"breach: is missing", "is = "});
    check_error(figure("all = [{ field = \"x\", breach = \"> 1\", is = \"a\" }]", ""), {"is: stands beside breach"});
    check_error(measuring("attribute = { field = \"x\" }", "bands = [{ breach = \"> 5 %\" }]"), {"bands"});
}
