// SPDX-License-Identifier: Apache-2.0
//
// Share, run and gap.
#include "tests/policy/policy_text.h"

using namespace geo;

namespace {

PolicyText sharing(const std::string& inner, const std::string& breach = "\"> 5 %\"") {
    return measuring("share = { " + inner + " }", "breach = " + breach);
}

PolicyText running(const std::string& inner, const std::string& breach = "\"> 2 units\"") {
    return measuring("run = { " + inner + " }", "breach = " + breach);
}

PolicyText gapped(const std::string& inner, const std::string& breach = "\"< 2 units\"") {
    return measuring("gap = { " + inner + " }", "breach = " + breach);
}

const std::string kOf = "of = \"hot-food-takeaway\"";

}  // namespace

TEST_CASE("share of the units of a frontage") {
    const Rule rule = rule_of(sharing(kOf + ", among = \"units\", in = \"frontages\""));
    const auto& measure = std::get<ShareMeasure>(rule.measure);
    CHECK(measure.counted.of == std::vector<Use>{Use::hot_food_takeaway});
    CHECK(measure.among == Among::units);
    REQUIRE(measure.in.size() == 1);
    CHECK(measure.in[0].layer == "frontages");
    CHECK(rule.breach.unit == Unit::percent);
    CHECK(rule.breach.limit == 5.0);
    CHECK(word(rule.measure) == "share");
    CHECK(layers_of(rule.measure) == measure.in);
}

TEST_CASE("share by metres or food outlets, in areas, with states") {
    const Rule rule = rule_of(sharing(
        kOf + ", among = \"frontage-metres\", in = { layer = \"town-centres\", where = { class = \"District\" } }, "
              "states = \"permitted\", proposal = \"excluded\"",
        "\">= field:national.share\""));
    const auto& measure = std::get<ShareMeasure>(rule.measure);
    CHECK(measure.among == Among::frontage_metres);
    CHECK(measure.counted.states == std::vector<UnitState>{UnitState::permitted});
    CHECK(measure.counted.proposal == Presence::excluded);
    CHECK(rule.breach.field == "national.share");
    CHECK(rule.breach.unit == Unit::percent);
    CHECK(std::get<ShareMeasure>(rule_of(sharing(kOf + ", among = \"food-outlets\", in = \"wards\"")).measure).among ==
          Among::food_outlets);
    for (const Among among : {Among::units, Among::frontage_metres, Among::food_outlets})
        CHECK(use_from_word(word(among)) == std::nullopt);
    CHECK(word(Among::frontage_metres) == "frontage-metres");
    CHECK(word(UnitState::vacant_lawful) == "vacant-lawful");
}

TEST_CASE("a share is a percentage of something somewhere") {
    const std::string in = kOf + ", among = \"units\", in = \"frontages\"";
    check_error(sharing(in, "\"> 5\""),
                {"policy.toml:13: rule SCH-400: breach", "does not fit share", "unit is missing"});
    check_error(sharing(in, "\"> 2 units\""), {"does not fit share; a percentage such as 5 % is expected"});
    check_error(sharing(in, "\"> -5 %\""), {"0 or above"});
    check_error(sharing(in, "\"> 100 %\""), {"can never hold, as share is from 0 to 100"});
    check_error(sharing(in, "\"<= 100 %\""), {"always holds"});
    check_error(sharing(in, "\"> nan %\""), {"is no comparison"});
    CHECK(rule_of(sharing(in, "\"> 0 %\"")).breach.limit == 0.0);
    CHECK(rule_of(sharing(in, "\">= 100 %\"")).breach.limit == 100.0);
    check_error(sharing(kOf + ", in = \"frontages\""),
                {"policy.toml:12: rule SCH-400: among: is missing", "food-outlets"});
    check_error(sharing(kOf + ", among = \"unit\", in = \"frontages\""), {"did you mean units?"});
    check_error(sharing(kOf + ", among = \"units\""), {"in: is missing"});
    check_error(sharing(kOf + ", among = \"units\", in = \"frontage\""),
                {"policy.toml:12: rule SCH-400: in: \"frontage\" is no layer; did you mean frontages?"});
    check_error(sharing(kOf + ", amnog = \"units\", in = \"frontages\""), {"did you mean among?"});
}

TEST_CASE("run along frontages") {
    const Rule rule = rule_of(running(kOf + ", along = [\"frontages\", \"parades\"]"));
    const auto& measure = std::get<RunMeasure>(rule.measure);
    CHECK(measure.along.size() == 2);
    CHECK(rule.breach.limit == 2.0);
    CHECK(rule.breach.unit == Unit::units);
    CHECK(word(rule.measure) == "run");
    CHECK(layers_of(rule.measure) == measure.along);
    const Rule plain = rule_of(running(kOf, "\">= 3\""));
    CHECK(std::get<RunMeasure>(plain.measure).along.at(0).layer == "frontages");
    CHECK(plain.breach.unit == Unit::none);
}

TEST_CASE("a run is a whole number of units, the proposal's among them") {
    check_error(running(kOf, "\"> 2 m\""), {"does not fit run; a number of units such as 2 units"});
    check_error(running(kOf, "\"> 5 %\""), {"does not fit run"});
    check_error(running(kOf, "\"> 0 units\""), {"above 0"});
    check_error(running(kOf, "\">= 1 units\""), {"always holds, as run is from 1 upwards"});
    check_error(running(kOf, "\"> 2.5 units\""), {"whole number"});
    check_error(running(kOf, "\"> field:national.run\""), {"a value of the study has no meaning with run"});
    check_error(running(kOf + ", in = \"frontages\""), {"in: no such key in run"});
    check_error(running(kOf + ", along = \"streats\""), {"did you mean streets?"});
    check_error(measuring("run = { " + kOf + " }", "bands = [{ units = \">= 40\", breach = \"> 2 units\" }]"),
                {"policy.toml:13: rule SCH-400: bands", "not with run"});
    CHECK(rule_of(running(kOf + ", proposal = \"excluded\"", "\">= 1 units\"")).breach.limit == 1.0);
}

TEST_CASE("gap between groups or units") {
    const Rule groups = rule_of(gapped(kOf + ", along = \"frontages\""));
    CHECK(std::get<GapMeasure>(groups.measure).between == Between::groups);
    CHECK(word(groups.measure) == "gap");
    CHECK(layers_of(groups.measure).at(0).layer == "frontages");
    const Rule units = rule_of(gapped(kOf + ", between = \"units\"", "\"< 4 units\""));
    CHECK(std::get<GapMeasure>(units.measure).between == Between::units);
    CHECK(units.breach.comparator == Comparator::below);
    CHECK(units.breach.limit == 4.0);
    CHECK(rule_of(gapped(kOf, "\"judgement\"")).breach.judgement);
}

TEST_CASE("a gap is a whole number of units above 0") {
    check_error(gapped(kOf + ", between = \"shops\""),
                {"between: \"shops\" is no way to count a gap", "groups and units"});
    check_error(gapped(kOf, "\"< 0 units\""), {"above 0"});
    check_error(gapped(kOf, "\"< -2 units\""), {"above 0"});
    check_error(gapped(kOf, "\"< 20 m\""), {"does not fit gap"});
    check_error(gapped("of = \"takeaway\""), {"of: \"takeaway\" is no use"});
}
