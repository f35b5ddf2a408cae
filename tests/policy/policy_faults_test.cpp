// SPDX-License-Identifier: Apache-2.0
//
// What is wrong in a policy is said with file, line, rule, the wrong word and the nearest right one; it never becomes a default.
#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText with_distance(const std::string& inner) {
    PolicyText text;
    text.distance = "distance = { " + inner + " }";
    return text;
}

PolicyText with_breach(const std::string& breach) {
    PolicyText text;
    text.breach = "breach = " + breach;
    return text;
}

PolicyText with_rule(const std::string& more) {
    PolicyText text;
    text.more_rule = more;
    return text;
}

PolicyText with_policy(const std::string& more) {
    PolicyText text;
    text.more_policy = more;
    return text;
}

}  // namespace

TEST_CASE("a measure misspelt is named with its line and the likely one") {
    PolicyText text;
    text.distance = "distnace = { to = [\"schools\"] }";
    check_error(text, {"policy.toml:12: rule SCH-400: distnace: no such key in a rule", "did you mean distance?"});
    check_error(with_distance("too = [\"schools\"]"),
                {"policy.toml:12: rule SCH-400: too: no such key in distance", "did you mean to?"});
}

TEST_CASE("a limit below 0, of 0 or of no finite size is named") {
    check_error(with_breach("\"<= -400 m\""), {"policy.toml:13: rule SCH-400: breach", "-400", "above 0"});
    check_error(with_breach("\"<= 0 m\""), {"policy.toml:13: rule SCH-400: breach", "above 0"});
    check_error(with_breach("\"<= nan m\""), {"policy.toml:13: rule SCH-400: breach", "nan m"});
    check_error(with_breach("\"<= inf m\""), {"inf m"});
    check_error(with_breach("-400"), {"policy.toml:13: rule SCH-400: breach", "-400", "<= 400 m"});
    check_error(with_breach("nan"), {"policy.toml:13: rule SCH-400: breach"});
}

TEST_CASE("a layer misspelt is named with the known ones") {
    check_error(with_distance("to = [\"scools\"]"),
                {"policy.toml:12: rule SCH-400: to: \"scools\" is no layer; did you mean schools?", "outlets", "areas",
                 "town-centres"});
    check_error(with_distance("to = [{ layer = \"scools\" }]"), {"\"scools\" is no layer; did you mean schools?"});
    check_error(with_rule("unless = { inside = [\"town-centers\"] }"),
                {"policy.toml:15: rule SCH-400: inside", "did you mean town-centres?"});
    check_error(with_rule("when = { inside = [\"wardss\"] }"), {"did you mean wards?"});
}

TEST_CASE("the line of a layer is its own in a list of several lines") {
    check_error(with_distance("to = [\n\"schools\",\n\"praks\",\n]"),
                {"policy.toml:14: rule SCH-400: to: \"praks\" is no layer; did you mean parks?"});
}

TEST_CASE("a policy without rules tests nothing and is refused") {
    PolicyText text;
    text.rules = false;
    check_error(text, {"policy.toml:1:", "D-DM12 has no rule"});
    text.more_policy = "[rules]\n";
    check_error(text, {"rules: no such key in a policy file", "did you mean rule?"});
}

TEST_CASE("a limit needs comparison and unit") {
    check_error(with_breach("\"400\""), {"policy.toml:13: rule SCH-400: breach", "\"400\" is no comparison",
                                         "number and its unit", "<= 400 m"});
    check_error(with_breach("400"), {"policy.toml:13: rule SCH-400: breach", "bare number 400", "\"<= 400 m\""});
    check_error(with_breach("\"400 m\""), {"no comparison"});
    check_error(with_breach("\"<= 400\""), {"a length such as 400 m is expected", "unit is missing"});
    check_error(with_breach("\"<= 5 %\""), {"does not fit distance", "a length such as 400 m is expected"});
    check_error(with_breach("\"<= 2 units\""), {"a length such as 400 m is expected"});
    check_error(with_breach("\"<= 10 min\""), {"by = \"walking\""});
    check_error(with_breach("true"), {"policy.toml:13: rule SCH-400: breach"});
    check_error(with_breach("[\"<= 400 m\"]"), {"policy.toml:13: rule SCH-400: breach"});
    PolicyText none;
    none.breach = "";
    check_error(none, {"policy.toml:9: rule SCH-400: breach: is missing"});
}

TEST_CASE("a rule has exactly one measure") {
    PolicyText none;
    none.distance = "";
    check_error(none, {"policy.toml:9: rule SCH-400:", "no measure", "distance"});
    check_error(with_rule("inside = { of = [\"wards\"] }"),
                {"policy.toml:15: rule SCH-400: inside: a second measure", "distance and inside"});
}

TEST_CASE("bands belong to count and share") {
    PolicyText bands;
    bands.breach = "bands = [{ units = \">= 40\", breach = \"> 7 %\" }]";
    check_error(bands, {"policy.toml:13: rule SCH-400: bands", "count and share only, not with distance"});
}

TEST_CASE("a measure of another kind is refused") {
    PolicyText text;
    text.distance = "distance = 400";
    check_error(text, {"policy.toml:12: rule SCH-400: distance: a table is expected, not the number 400"});
    check_error(with_distance("to = []"), {"at least one layer"});
    check_error(with_distance(""), {"to: is missing or empty"});
    check_error(with_distance("to = [5]"), {"policy.toml:12: rule SCH-400: to"});
    check_error(with_distance("to = [\"schools\", \"schools\"]"), {"schools is named twice"});
    check_error(with_distance("to = [\"schools\"], from = \"gates\""),
                {"from: \"gates\" is no part of a place", "entrances"});
    check_error(with_distance("to = [\"schools\"], site = \"bundary\""), {"did you mean boundary?"});
    check_error(with_distance("to = [\"schools\"], by = \"walk\""), {"by: \"walk\" is no way of measuring"});
    check_error(with_distance("to = [\"schools\"], speed = \"80 m/min\""), {"speed", "walking"});
    check_error(with_distance("to = [\"schools\"], by = \"walking\", speed = \"80\""), {"is no speed"});
    check_error(with_distance("to = [\"schools\"], by = \"walking\", speed = \"-80 m/min\""), {"is no speed"});
}

TEST_CASE("filters of a layer are checked") {
    check_error(with_distance("to = [{ layer = \"schools\", kind = [\"secondary\"] }]"),
                {"kind: no such key in a layer of a rule; did you mean kinds?"});
    check_error(with_distance("to = [{ layer = \"schools\", states = [\"propsed\"] }]"),
                {"\"propsed\" is no state of a place; did you mean proposed?"});
    check_error(with_distance("to = [{ layer = \"schools\", states = [\"closed\"] }]"), {"known: open and proposed"});
    check_error(with_distance("to = [{ layer = \"schools\", kinds = [] }]"), {"kinds: is empty"});
    check_error(with_distance("to = [{ layer = \"schools\", kinds = [\"\"] }]"), {"kinds: a text is empty"});
    check_error(with_distance("to = [{ layer = \"schools\", where = {} }]"), {"where: is empty"});
    check_error(with_distance("to = [{ kinds = [\"secondary\"] }]"), {"layer: is missing"});
}

TEST_CASE("rules have an id, once, and a citation") {
    PolicyText text;
    text.more_rule =
        "[[rule]]\nid = \"SCH-400\"\ncite = \"x\"\ndistance = { to = \"parks\" }\nbreach = \"<= 1 m\"\noutcome = "
        "\"flag\"";
    check_error(text, {"policy.toml:16: rule SCH-400: id: occurs twice, first in line 9"});
    text = {};
    text.id = "\"\"";
    check_error(text, {"policy.toml:10: rule 1: id: is empty"});
    text.id = "5";
    check_error(text, {"policy.toml:10: rule 1: id: a text in quotes is expected"});
    text.id = "\"A,B\"";
    check_error(text, {"cannot be an id"});
    text.id = "\"A\\u001B[31m\"";
    check_error(text, {"A\\x1B[31m"});
    PolicyText no_cite;
    no_cite.distance = "";
    no_cite.breach = "";
    std::string toml = no_cite.toml();
    toml.erase(toml.find("cite"), 13);
    CHECK_THROWS_WITH_AS(read_policy(toml, "p.toml", {}), doctest::Contains("rule SCH-400: cite: is missing"),
                         UsageError);
}

TEST_CASE("outcomes are checked") {
    PolicyText text;
    text.outcome = "outcome = \"refuze\"";
    check_error(text, {"policy.toml:14: rule SCH-400: outcome: \"refuze\" is no outcome; did you mean refuse?"});
    text.outcome = "";
    check_error(text, {"outcome: is missing"});
    text.outcome = "outcome = \"condition\"";
    check_error(text, {"condition needs its details"});
    text.outcome = "outcome = { condition = { closed = [\"12-14\"] } }";
    check_error(text, {"closed: \"12-14\" is no span of the day", "12:00-14:00"});
    text.outcome = "outcome = { condition = { closed = [\"14:00-12:00\"] } }";
    check_error(text, {"no span of the day"});
    text.outcome = "outcome = { condition = { closed = [\"12:00-25:00\"] } }";
    check_error(text, {"no span of the day"});
    text.outcome = "outcome = { condition = { days = \"school-days\" } }";
    check_error(text, {"closed: is missing"});
    text.outcome = "outcome = { contribute = { per = \"10 m2\" } }";
    check_error(text, {"sum: is missing"});
    text.outcome = "outcome = { condition = \"x\", contribute = \"y\" }";
    check_error(text, {"either condition or contribute"});
    text.outcome = "outcome = {}";
    check_error(text, {"either condition or contribute"});
    text.outcome = "outcome = 1";
    check_error(text, {"outcome: a table is expected, not the number 1"});
}

TEST_CASE("when and unless are checked") {
    check_error(with_rule("when = { use = \"hot-food-takeway\" }"),
                {"policy.toml:15: rule SCH-400: use: \"hot-food-takeway\" is no use; did you mean hot-food-takeaway?"});
    check_error(with_rule("when = {}"), {"when: is empty"});
    check_error(with_rule("when = { fro = 2020-01-01 }"), {"fro: no such key in when; did you mean from?"});
    check_error(with_rule("when = { from = 2022-01-01, until = 2020-01-01 }"),
                {"until: 2020-01-01 is not after from, 2022-01-01"});
    check_error(with_rule("unless = {}"), {"unless: is empty"});
    check_error(with_rule("unless = { insid = [\"wards\"] }"), {"did you mean inside?"});
    check_error(with_rule("unless = { inside = [\"wards\"], extent = \"some\" }"),
                {"extent: \"some\" is no extent", "any and all"});
    check_error(with_rule("unless = { extent = \"any\" }"), {"inside is missing"});
    check_error(with_rule("unless = \"town-centres\""), {"unless: a table is expected"});
}

TEST_CASE("the policy's own keys are checked") {
    check_error(with_policy("athority = \"x\""),
                {"policy.toml:7: athority: no such key in [policy]; did you mean authority?"});
    check_error(with_policy("status = \"adoptd\""), {"did you mean adopted?"});
    check_error(with_policy("kind = \"plan\""), {"kind: \"plan\" is no kind of policy", "development-plan"});
    check_error(with_policy("tie = \"400 m\""), {"tie: \"400 m\" is no tie"});
    check_error(with_policy("tie = \"-1 mm\""), {"is no tie"});
    check_error(with_policy("tie = 0.001"), {"tie: a text in quotes is expected"});
    check_error(with_policy("not-encoded = [\"\"]"), {"not-encoded: a text is empty"});
    check_error(with_policy("applies-in = 5"), {"applies-in"});
    check_error(with_rule("[extra]\na = 1"), {"extra: no such key in a policy file"});
    CHECK_THROWS_WITH_AS(read_policy("", "p.toml", {}), doctest::Contains("p.toml:1: policy: is missing"), UsageError);
    CHECK_THROWS_WITH_AS(read_policy("[policy]\nid = \"a\"", "p.toml", {}),
                         doctest::Contains("p.toml:1: title: is missing"), UsageError);
    CHECK_THROWS_WITH_AS(read_policy("[policy\n", "p.toml", {}), doctest::Contains("p.toml:1: not TOML"), UsageError);
    const std::string backwards =
        "[policy]\nid = \"a\"\ntitle = \"b\"\nin-force = { from = 2022-01-01, until = 2022-01-01 }";
    CHECK_THROWS_WITH_AS(read_policy(backwards, "p.toml", {}),
                         doctest::Contains("p.toml:4: until: 2022-01-01 is not after from"), UsageError);
    const std::string wrong_use = "[policy]\nid = \"a\"\ntitle = \"b\"\napplies-to = [\"takeaway\"]";
    CHECK_THROWS_WITH_AS(read_policy(wrong_use, "p.toml", {}),
                         doctest::Contains("p.toml:4: applies-to: \"takeaway\" is no use"), UsageError);
}

TEST_CASE("a policy with any one letter lost is read or refused, and never a fault") {
    PolicyText text;
    text.more_rule =
        "when = { use = \"hot-food-takeaway\", from = 2020-01-01 }\nunless = { inside = [\"town-centres\"], extent = "
        "\"all\" }";
    SUBCASE("distance") {}
    SUBCASE("share in bands") {
        text.distance = "share = { of = \"shop\", among = \"units\", in = \"frontages\", states = [\"lawful\"] }";
        text.breach = "bands = [{ units = \">= 40\", breach = \"> 7 %\" }, { breach = \"> 12 %\" }]";
    }
    SUBCASE("figures") {
        text.distance = "attribute = { all = [{ of = \"wards\", field = \"year6\", breach = \"> 15 %\" }] }";
        text.breach = "";
        text.more_rule =
            "unless = { attribute = { field = \"floorspace\", breach = \"< 50\" }, open-within = "
            "\"17:00-23:30\" }";
    }
    const std::string whole = text.toml();
    CHECK(error_of(text).empty());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string cut = whole;
        cut.erase(i, 1);
        try {
            const Policy policy = read_policy(cut, "policy.toml", {});
            CHECK(policy.rules.size() == 1);
        } catch (const UsageError& error) {
            CHECK(std::string(error.what()).rfind("policy.toml:", 0) == 0);
        }
    }
}
