// SPDX-License-Identifier: Apache-2.0
#include "tests/policy/policy_text.h"

using namespace geo;
using namespace std::chrono;

namespace {

Date day_of(int y, unsigned m, unsigned d) { return sys_days{year{y} / month{m} / day{d}}; }

const DistanceMeasure& distance_of(const Rule& rule) { return std::get<DistanceMeasure>(rule.measure); }

}  // namespace

TEST_CASE("a plain policy is read with the defaults of the language") {
    const PolicyText text;
    const Policy policy = read(text);
    CHECK(policy.id == "D-DM12");
    CHECK(policy.title == "Hot food takeaways");
    CHECK(policy.authority == "Exampleshire");
    CHECK(policy.status == Policy::Status::adopted);
    CHECK(policy.from == day_of(2019, 4, 1));
    CHECK(policy.until == kNotEnded);
    CHECK(policy.tie_m == 0.001);
    CHECK(policy.applies_in.empty());
    CHECK(policy.file == "policy.toml");
    CHECK(policy.sha256.size() == 64);
    REQUIRE(policy.rules.size() == 1);
    const Rule& rule = policy.rules[0];
    CHECK(rule.id == "SCH-400");
    CHECK(rule.cite == "DM12");
    CHECK(rule.line == 9);
    CHECK(rule.breach.limit == 400.0);
    CHECK(rule.applies_to == std::vector<Use>{Use::hot_food_takeaway});
    CHECK(rule.outcome.kind == Outcome::Kind::refuse);
    CHECK(rule.outcome.can_breach());
    const DistanceMeasure& measure = distance_of(rule);
    REQUIRE(measure.to.size() == 1);
    CHECK(measure.to[0].layer == "schools");
    CHECK(measure.to[0].kinds.empty());
    CHECK(measure.to[0].states.empty());
    CHECK(measure.from == From::boundary);
    CHECK(measure.site == Site::as_given);
    CHECK(measure.by == By::straight_line);
    CHECK_FALSE(measure.speed_m_per_min);
}

TEST_CASE("every key of a policy is carried") {
    PolicyText text;
    text.more_policy =
        "applies-in = \"E09000031\"\nkind = \"spd\"\nstatus = \"emerging\"\nsource = \"SPD\"\ntie = \"5 "
        "mm\"\nnot-encoded = [\"the rest\"]\n";
    const Policy policy = read(text);
    CHECK(policy.applies_in == "E09000031");
    CHECK(policy.kind == "spd");
    CHECK(policy.status == Policy::Status::emerging);
    CHECK(policy.source == "SPD");
    CHECK(policy.tie_m == 0.005);
    CHECK(policy.not_encoded == std::vector<std::string>{"the rest"});
}

TEST_CASE("every key of a rule is carried") {
    PolicyText text;
    text.more_rule =
        "title = \"Near a school\"\ntext = \"words\"\nunchecked = \"secondary source\"\nsuperseded-by = \"DM13\"\n"
        "applies-to = [\"betting-shop\", \"pawnbroker\"]\n";
    const Rule rule = read(text).rules.at(0);
    CHECK(rule.title == "Near a school");
    CHECK(rule.text == "words");
    CHECK(rule.unchecked == "secondary source");
    CHECK(rule.superseded_by == "DM13");
    CHECK(rule.applies_to == std::vector<Use>{Use::betting_shop, Use::pawnbroker});  // its own, not the policy's
}

TEST_CASE("layers may be narrowed by kind, state and attribute") {
    PolicyText text;
    text.distance =
        "distance = { to = [{ layer = \"schools\", kinds = [\"secondary\", \"all-through\"], states = [\"open\", "
        "\"proposed\"], "
        "where = { trust = [\"A\", \"B\"], sector = \"state\" } }, \"parks\"], from = \"entrances\", site = \"point\" "
        "}";
    const Rule rule = read(text).rules.at(0);
    const DistanceMeasure& measure = distance_of(rule);
    REQUIRE(measure.to.size() == 2);
    CHECK(measure.to[0].kinds == std::vector<std::string>{"secondary", "all-through"});
    CHECK(measure.to[0].states == std::vector<std::string>{"open", "proposed"});
    CHECK(measure.to[0].where.at("trust") == std::vector<std::string>{"A", "B"});
    CHECK(measure.to[0].where.at("sector") == std::vector<std::string>{"state"});
    CHECK(measure.to[0].line == 12);
    CHECK(measure.to[1].layer == "parks");  // of the catalogue, though the study has none
    CHECK(measure.from == From::entrances);
    CHECK(measure.site == Site::point);
}

TEST_CASE(
    "walking rules may be in minutes and have a speed: the limit is then in metres, 80 m a minute where none is "
    "stated") {
    PolicyText text;
    text.distance = "distance = { to = [\"schools\"], by = \"walking\", speed = \"3.6 km/h\" }";
    text.breach = "breach = \"<= 10 min\"";
    const Rule rule = read(text).rules.at(0);
    CHECK(distance_of(rule).by == By::walking);
    CHECK(distance_of(rule).speed_m_per_min == doctest::Approx(60.0));
    CHECK(rule.breach.unit == Unit::metres);
    CHECK(rule.breach.limit == doctest::Approx(600.0));
    CHECK(rule.breach.text == "<= 10 min");
    text.distance = "distance = { to = [\"schools\"], by = \"walking\" }";
    CHECK(read(text).rules.at(0).breach.limit == 800.0);
}

TEST_CASE("a policy without a number is a judgement") {
    PolicyText text;
    text.breach = "breach = \"judgement\"";
    CHECK(read(text).rules.at(0).breach.judgement);
}

TEST_CASE("when and unless") {
    PolicyText text;
    text.more_rule =
        "when = { use = \"hot-food-takeaway\", from = 2020-01-01, until = 2022-01-01, inside = [\"wards\"], extent = "
        "\"any\" }\n"
        "unless = { inside = [\"town-centres\", { layer = \"areas\", where = { class = [\"District\"] } }], extent = "
        "\"all\" }";
    const Rule rule = read(text).rules.at(0);
    CHECK(rule.when.uses == std::vector<Use>{Use::hot_food_takeaway});
    CHECK(rule.when.from == day_of(2020, 1, 1));
    CHECK(rule.when.until == day_of(2022, 1, 1));
    CHECK(rule.when.inside->of.at(0).layer == "wards");
    CHECK(rule.when.inside->extent == Extent::any);
    CHECK(rule.unless.inside->of.size() == 2);
    CHECK(rule.unless.inside->of.at(1).where.at("class") == std::vector<std::string>{"District"});
    CHECK(rule.unless.inside->extent == Extent::all);
    text.more_rule = "unless = { inside = \"town-centres\" }";
    CHECK(read(text).rules.at(0).unless.inside->extent == Extent::partly_is_borderline);
}

TEST_CASE("outcomes: a word, or a table with details") {
    PolicyText text;
    const auto outcome_of = [&](const char* outcome) {
        text.outcome = std::string("outcome = ") + outcome;
        return read(text).rules.at(0).outcome;
    };
    CHECK(outcome_of("\"resist\"").can_breach());
    CHECK(outcome_of("\"consult\"").kind == Outcome::Kind::consult);
    CHECK_FALSE(outcome_of("\"consult\"").can_breach());
    CHECK(outcome_of("\"flag\"").kind == Outcome::Kind::flag);
    const Outcome condition =
        outcome_of("{ condition = { closed = [\"12:00-14:00\", \"15:00-17:00\"], days = \"school-days\" } }");
    CHECK(condition.kind == Outcome::Kind::condition);
    CHECK(condition.details == "closed 12:00-14:00 and 15:00-17:00 on school-days");
    CHECK_FALSE(condition.can_breach());
    const Outcome levy = outcome_of("{ contribute = { sum = \"100 GBP\", per = \"10 m2\", of = \"floorspace\" } }");
    CHECK(levy.kind == Outcome::Kind::contribute);
    CHECK(levy.details == "100 GBP per 10 m2 of floorspace");
    CHECK(outcome_of("{ condition = \"no counter service before 17:00\" }").details ==
          "no counter service before 17:00");
}

TEST_CASE("rules keep the order of the file") {
    PolicyText text;
    text.more_rule =
        "[[rule]]\nid = \"A\"\ncite = \"1\"\ndistance = { to = \"parks\" }\nbreach = \"< 200 m\"\noutcome = \"flag\"\n";
    const Policy policy = read(text);
    REQUIRE(policy.rules.size() == 2);
    CHECK(policy.rules[0].id == "SCH-400");
    CHECK(policy.rules[1].id == "A");
    CHECK(policy.rules[1].applies_to == std::vector<Use>{Use::hot_food_takeaway});
}
