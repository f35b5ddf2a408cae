// SPDX-License-Identifier: Apache-2.0
#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText counting(const std::string& inner, const std::string& breach = "\">= 3\"") {
    return measuring("count = { " + inner + " }", "breach = " + breach);
}

CountMeasure count_of(const PolicyText& text) { return std::get<CountMeasure>(rule_of(text).measure); }

}  // namespace

TEST_CASE("count within a radius") {
    const Rule rule = rule_of(counting("of = \"betting-shop\", within = \"400 m\""));
    const auto& measure = std::get<CountMeasure>(rule.measure);
    CHECK(measure.counted.of == std::vector<Use>{Use::betting_shop});
    CHECK(measure.counted.states == std::vector<UnitState>{UnitState::observed, UnitState::lawful});
    CHECK(measure.counted.proposal == Presence::included);
    CHECK(measure.within_m == 400.0);
    CHECK(measure.by == By::straight_line);
    CHECK(measure.site == Site::as_given);
    CHECK(measure.in.empty());
    CHECK_FALSE(measure.window);
    CHECK(rule.breach.comparator == Comparator::at_least);
    CHECK(rule.breach.limit == 3.0);
    CHECK(word(rule.measure) == "count");
    CHECK(layers_of(rule.measure).empty());
}

TEST_CASE("count of several uses, states and without the proposal") {
    const CountMeasure measure = count_of(
        counting("of = [\"payday-lender\", \"pawnbroker\"], within = \"0.5 km\", site = \"point\", from = \"point\", "
                 "states = [\"permitted\", \"vacant-lawful\"], proposal = \"excluded\""));
    CHECK(measure.counted.of == std::vector<Use>{Use::payday_lender, Use::pawnbroker});
    CHECK(measure.counted.states == std::vector<UnitState>{UnitState::permitted, UnitState::vacant_lawful});
    CHECK(measure.counted.proposal == Presence::excluded);
    CHECK(measure.within_m == 500.0);
    CHECK(measure.site == Site::point);
    CHECK(measure.from == From::point);
}

TEST_CASE("a walk of minutes is a radius by its speed") {
    const CountMeasure measure =
        count_of(counting("of = \"shop\", within = \"10 min\", by = \"walking\", speed = \"80 m/min\""));
    CHECK(measure.within_m == 800.0);
    CHECK(measure.by == By::walking);
    check_error(counting("of = \"shop\", within = \"10 min\""), {"policy.toml:12: rule SCH-400: within", "walking"});
}

TEST_CASE("count in layers, by residents against a value of the study") {
    const Rule rule =
        rule_of(counting("of = \"hot-food-takeaway\", in = [\"wards\", { layer = \"areas\", where = { class = [\"X\"] "
                         "} }], per = \"1000 "
                         "residents\", proposal = \"excluded\"",
                         "\">= field:national.rate\""));
    const auto& measure = std::get<CountMeasure>(rule.measure);
    REQUIRE(measure.in.size() == 2);
    CHECK(measure.in[0].layer == "wards");
    CHECK(measure.per_residents == 1000.0);
    CHECK(rule.breach.field == "national.rate");
    CHECK(layers_of(rule.measure) == measure.in);
    CHECK(rule_of(counting("of = \"shop\", in = \"wards\", per = \"1000 residents\"", "\"> 0.96\"")).breach.limit ==
          0.96);
}

TEST_CASE("count in a window along a frontage") {
    const CountMeasure centred =
        count_of(counting("of = \"shop\", window = { units = 21, centred = true }", "\"> 1\""));
    REQUIRE(centred.window);
    CHECK(centred.window->units == 21);
    CHECK(centred.window->centred);
    REQUIRE(centred.along.size() == 1);
    CHECK(centred.along[0].layer == "frontages");
    const CountMeasure any =
        count_of(counting("of = \"shop\", window = { units = 10 }, along = \"parades\"", "\"> 1 units\""));
    CHECK_FALSE(any.window->centred);
    CHECK(any.along[0].layer == "parades");
    CHECK(layers_of(Measure(any)) == any.along);
}

TEST_CASE("none at all may be allowed") {
    CHECK(rule_of(counting("of = \"shop\", in = \"frontages\"", "\"> 0 units\"")).breach.limit == 0.0);
    CHECK(rule_of(counting("of = \"shop\", in = \"frontages\"", "\"judgement\"")).breach.judgement);
}

TEST_CASE("count says where, once") {
    check_error(counting("of = \"shop\""), {"policy.toml:12: rule SCH-400: count: says not where", "within"});
    check_error(counting("of = \"shop\", within = \"400 m\", in = \"wards\""),
                {"rule SCH-400: in: stands beside within", "exactly one of"});
    check_error(counting("of = \"shop\", in = \"wards\", by = \"walking\""), {"by: has a meaning with within only"});
    check_error(counting("of = \"shop\", within = \"400 m\", per = \"1000 residents\""),
                {"per: has a meaning with in only"});
    check_error(counting("of = \"shop\", in = \"frontages\", per = \"1000 residents\""),
                {"per", "areas such as wards"});
    check_error(counting("of = \"shop\", in = \"wards\", along = \"frontages\""),
                {"along: has a meaning with window only"});
    check_error(counting("of = \"shop\", in = \"wardz\""),
                {"policy.toml:12: rule SCH-400: in: \"wardz\" is no layer; did you mean wards?"});
    check_error(counting("of = \"shop\", window = { units = 3 }, along = \"frontagse\""), {"did you mean frontages?"});
}

TEST_CASE("uses, states and the proposal's presence are words of the language") {
    check_error(counting("in = \"wards\""), {"policy.toml:12: rule SCH-400: of: is missing"});
    check_error(counting("of = \"wards\", in = \"wards\""), {"of: \"wards\" is no use"});
    check_error(counting("of = [\"shop\", \"shop\"], in = \"wards\""), {"of: shop is named twice"});
    check_error(counting("of = [], in = \"wards\""), {"of: is empty"});
    check_error(counting("of = \"shop\", in = \"wards\", states = [\"permited\"]"),
                {"states: \"permited\" is no state of a unit; did you mean permitted?", "vacant-lawful"});
    check_error(counting("of = \"shop\", in = \"wards\", states = [\"lawful\", \"lawful\"]"),
                {"lawful is named twice"});
    check_error(counting("of = \"shop\", in = \"wards\", proposal = \"without\""), {"included and excluded"});
    check_error(counting("of = \"shop\", inn = \"wards\""), {"inn: no such key in count"});
}

TEST_CASE("radius, window and residents are numbers that mean something") {
    for (const char* within : {"0 m", "-400 m", "400", "nan m", "inf m", "5 %", "near"})
        check_error(counting(std::string("of = \"shop\", within = \"") + within + "\""),
                    {"within: \"", "is no radius"});
    check_error(counting("of = \"shop\", window = { units = 20, centred = true }"),
                {"policy.toml:12: rule SCH-400: units: 20 is even", "21"});
    check_error(counting("of = \"shop\", window = { centred = true }"), {"units: is missing"});
    for (const char* units : {"0", "1", "-21", "100000"})
        check_error(counting(std::string("of = \"shop\", window = { units = ") + units + " }"),
                    {"no length of a window"});
    check_error(counting("of = \"shop\", window = { units = 2.5 }"), {"a whole number is expected"});
    for (const char* per : {"residents", "0 residents", "-1000 residents", "nan residents", "1000", "1000 people"})
        check_error(counting(std::string("of = \"shop\", in = \"wards\", per = \"") + per + "\""),
                    {"per: \"", "is no number of residents"});
}

TEST_CASE("a limit of a count is a whole number of units that can be passed") {
    const std::string in = "of = \"shop\", in = \"wards\"";
    check_error(counting(in, "\"> 5 %\""), {"policy.toml:13: rule SCH-400: breach: \"> 5 %\" does not fit count"});
    check_error(counting(in, "\"> 5 m\""), {"does not fit count"});
    check_error(counting(in, "\"> 1.5\""), {"a whole number is expected"});
    check_error(counting(in, "\"> -1\""), {"0 or above"});
    check_error(counting(in, "\">= 0\""), {"always holds", "from 0 upwards"});
    check_error(counting(in, "\"< 0\""), {"can never hold"});
    check_error(counting("of = \"shop\", window = { units = 5 }", "\"> 5 units\""), {"can never hold", "from 0 to 5"});
    check_error(counting(in, "\">= field:\""), {"is no comparison", "field:national.rate"});
    check_error(counting(in, "\">= field:a..b\""), {"is no comparison"});
    check_error(counting(in, "3"), {"bare number 3", "\">= 3\""});
    check_error(measuring("count = { " + in + " }", ""), {"breach: is missing"});
}
