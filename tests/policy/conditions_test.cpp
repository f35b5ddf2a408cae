// SPDX-License-Identifier: Apache-2.0
//
// `when` and `unless` beside areas: figures, hours, the street; and that something is left to test.
#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText ruled(const std::string& more) {
    PolicyText text;
    text.more_rule = more;
    return text;
}

PolicyText lying(const std::string& inner, const std::string& breach, const std::string& more) {
    return measuring("inside = { " + inner + " }", "breach = \"" + breach + "\"", more);
}

}  // namespace

TEST_CASE("when by figures: one or several, all of which hold") {
    const Rule one =
        rule_of(ruled("when = { attribute = { of = \"wards\", field = \"year6\", breach = \"> 10 %\" } }"));
    REQUIRE(one.when.fields.size() == 1);
    CHECK(one.when.fields[0].of->layer == "wards");
    CHECK(one.when.fields[0].holds.limit == 10.0);
    CHECK(one.when.fields[0].line == 15);
    const Rule two =
        rule_of(ruled("when = { attribute = [{ of = \"town-centres\", field = \"class\", is = [\"District\", "
                      "\"Local\"] }, { field = \"floorspace\", breach = \"> 100\" }], same-street = false }"));
    REQUIRE(two.when.fields.size() == 2);
    CHECK(two.when.fields[0].is.size() == 2);
    CHECK_FALSE(two.when.fields[1].of);
    CHECK_FALSE(two.when.same_street);
}

TEST_CASE("places of the same street only") {
    CHECK(rule_of(ruled("when = { same-street = true }")).when.same_street);
    check_error(ruled("when = { same-street = \"yes\" }"),
                {"policy.toml:15: rule SCH-400: same-street: true or false"});
    PolicyText walking = ruled("when = { same-street = true }");
    walking.distance = "distance = { to = \"schools\", by = \"walking\" }";
    check_error(walking, {"policy.toml:15: rule SCH-400: same-street", "straight line only"});
    check_error(measuring("run = { of = \"shop\" }", "breach = \"> 2\"", "when = { same-street = true }"),
                {"same-street: has a meaning with distance only"});
}

TEST_CASE("unless by figures and by hours") {
    const Rule rule =
        rule_of(ruled("unless = { inside = \"town-centres\", attribute = { field = \"floorspace\", breach = \"< "
                      "50\" }, open-within = \"17:00-23:30\" }"));
    CHECK(rule.unless.inside);
    CHECK(rule.unless.fields.size() == 1);
    REQUIRE(rule.unless.open_within);
    CHECK(rule.unless.open_within->from == 17 * 60);
    CHECK(rule.unless.open_within->until == 23 * 60 + 30);
    CHECK(rule.unless.open_within->text == "17:00-23:30");
    CHECK(rule_of(ruled("unless = { open-within = \"17:00-24:00\" }")).unless.open_within->until == 1440);
    CHECK_FALSE(rule_of(ruled("unless = { open-within = \"17:00-24:00\" }")).unless.inside);
}

TEST_CASE("figures and hours of conditions are checked") {
    check_error(ruled("when = { attribute = { field = \"x\" } }"),
                {"policy.toml:15: rule SCH-400: breach: is missing"});
    check_error(ruled("when = { attribute = [] }"), {"attribute: is empty"});
    check_error(ruled("when = { attribute = \"year6\" }"), {"attribute: tables are expected"});
    check_error(ruled("when = { attribute = { of = \"wardz\", field = \"x\", is = \"a\" } }"), {"did you mean wards?"});
    check_error(ruled("when = { attribute = { feild = \"x\", is = \"a\" } }"), {"did you mean field?"});
    check_error(ruled("unless = { attribute = { field = \"x\", breach = \"judgement\" } }"),
                {"judgement has no meaning"});
    check_error(ruled("unless = { attribute = { field = \"x\", is = [] } }"), {"is: is empty"});
    for (const char* hours : {"17:00", "23:30-17:00", "17:00-17:00", "17:00-24:30", "5pm-11pm", "17:60-18:00"})
        check_error(ruled(std::string("unless = { open-within = \"") + hours + "\" }"),
                    {"policy.toml:15: rule SCH-400: open-within", "is no span of one day"});
}

TEST_CASE("conditions that cannot hold together leave nothing to test") {
    check_error(
        ruled("when = { attribute = [{ field = \"x\", breach = \"> 10\" }, { field = \"x\", breach = \"< 10\" }] }"),
        {"attribute: two tests of x exclude each other"});
    check_error(ruled("when = { attribute = [{ field = \"x\", is = \"a\" }, { field = \"x\", is = [\"b\", \"c\"] }] }"),
                {"exclude each other"});
    CHECK(error_of(
              ruled("when = { attribute = [{ field = \"x\", breach = \">= 10\" }, { field = \"x\", breach = \"<= 10\" "
                    "}] }"))
              .empty());
}

TEST_CASE("an exemption of the whole day, or of every figure, exempts everything") {
    check_error(ruled("unless = { open-within = \"00:00-24:00\" }"),
                {"policy.toml:15: rule SCH-400: open-within", "everything"});
    check_error(ruled("unless = { attribute = { field = \"x\", breach = \">= 0\" } }"), {"always holds"});
    check_error(ruled("unless = { attribute = { field = \"x\", breach = \"<= 100 %\" } }"),
                {"policy.toml:15: rule SCH-400: unless: the test of x exempts everything"});
    check_error(
        ruled("unless = { attribute = [{ field = \"x\", breach = \"> 10\" }, { field = \"x\", breach = \"<= 10\" }] }"),
        {"exempts everything"});
    CHECK(error_of(ruled("unless = { attribute = [{ field = \"x\", breach = \"> 10\" }, { field = \"x\", breach = \"< "
                         "10\" }] }"))
              .empty());
}

TEST_CASE("an exemption of what `when` or the measure asks for exempts everything") {
    const std::string over = "attribute = { of = \"wards\", field = \"year6\", breach = \"> 10 %\" }";
    check_error(ruled("when = { " + over + " }\nunless = { " + over + " }"),
                {"unless: the test of year6 exempts everything"});
    check_error(measuring("attribute = { of = \"wards\", field = \"year6\" }", "breach = \"> 15 %\"",
                          "unless = { " + over + " }"),
                {"exempts everything"});
    CHECK(error_of(measuring("attribute = { of = \"wards\", field = \"year6\" }", "breach = \"> 5 %\"",
                             "unless = { " + over + " }"))
              .empty());
    CHECK(error_of(measuring("attribute = { of = \"areas\", field = \"year6\" }", "breach = \"> 15 %\"",
                             "unless = { " + over + " }"))
              .empty());
}

TEST_CASE("an area that exempts is not the one that the rule is about") {
    check_error(lying("of = \"wards\"", "inside", "unless = { inside = \"wards\" }"),
                {"policy.toml:15: rule SCH-400: unless: inside wards exempts from the very thing"});
    check_error(lying("of = [\"parks\", { layer = \"wards\", where = { class = \"A\" } }]", "inside",
                      "unless = { inside = \"wards\" }"),
                {"inside wards exempts"});
    check_error(ruled("when = { inside = \"wards\" }\nunless = { inside = [\"parades\", \"wards\"] }"),
                {"exempts all that when leaves to test"});
    check_error(lying("of = \"wards\"", "outside", "when = { inside = \"wards\" }"),
                {"when: inside wards leaves nothing that could be outside it"});
}

TEST_CASE("an area that exempts a part of what the rule is about stays") {
    for (const char* unless :
         {"unless = { inside = { layer = \"wards\", where = { class = \"A\" } } }", "unless = { inside = \"parades\" }",
          "unless = { inside = \"wards\", extent = \"all\" }"})
        CHECK_MESSAGE(error_of(lying("of = \"wards\"", "inside", unless)).empty(), unless);
    CHECK(error_of(lying("of = \"wards\"", "outside", "unless = { inside = \"parades\" }")).empty());
    CHECK(error_of(ruled("when = { inside = \"wards\" }\nunless = { inside = \"town-centres\" }")).empty());
}
