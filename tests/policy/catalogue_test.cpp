// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "libgeo/policy/policy.h"

using namespace geo;

namespace {

Policy policy_of(const char* id) {
    const auto text = catalogue_text(id);
    REQUIRE(text);
    return read_policy(*text, std::string("catalogue:") + id, {});
}

bool mentions(const std::vector<std::string>& texts, const std::string& word) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& t) { return t.find(word) != std::string::npos; });
}

}  // namespace

TEST_CASE("every policy of the catalogue is read, has its own id, and cites each rule") {
    std::set<std::string> ids;
    for (const CatalogueEntry& entry : catalogue()) {
        CAPTURE(entry.file_name);
        CHECK(ids.insert(entry.id).second);
        const Policy policy = policy_of(entry.id.c_str());
        CHECK(policy.id == entry.id);
        CHECK(policy.title == entry.title);
        CHECK(word(policy.status) == entry.status);
        CHECK(policy.from != kBeforeRecords);
        for (const Rule& rule : policy.rules) CHECK_FALSE(rule.cite.empty());
    }
    CHECK(ids.size() >= 2);
    CHECK_FALSE(catalogue_text("no-such-policy"));
}

TEST_CASE("the catalogue is sorted by id") {
    const auto entries = catalogue();
    CHECK(std::is_sorted(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST_CASE("Waltham Forest 2009: 400 m of schools, youth facilities and parks, outside centres") {
    const Policy policy = policy_of("waltham-forest-hft-2009");
    CHECK(policy.applies_in == "E09000031");
    CHECK(format_date(policy.from) == "2009-03-01");
    REQUIRE(policy.rules.size() == 1);
    const Rule& rule = policy.rules[0];
    CHECK(rule.id == "HFT3");
    CHECK(holds(rule.breach, 400.0, 0.0));
    CHECK_FALSE(holds(rule.breach, 400.01, 0.0));
    const auto& measure = std::get<DistanceMeasure>(rule.measure);
    CHECK(measure.to.size() == 3);
    CHECK(measure.from == From::boundary);
    REQUIRE(rule.unless.inside);
    CHECK(rule.unless.inside->of.size() == 2);
    CHECK(rule.applies_to == std::vector<Use>{Use::hot_food_takeaway});
    for (const char* left_out : {"HFT1", "HFT2", "HFT4"}) CHECK(mentions(policy.not_encoded, left_out));
    CHECK(rule.text.find("araphrased") != std::string::npos);
}

TEST_CASE("Southwark P48: further than 400 m from existing and proposed schools, no exemption") {
    const Policy policy = policy_of("southwark-plan-2022-p48");
    REQUIRE(policy.rules.size() == 1);
    const Rule& rule = policy.rules[0];
    CHECK(holds(rule.breach, 400.0, 0.0));
    CHECK_FALSE(holds(rule.breach, 400.01, 0.0));
    const auto& measure = std::get<DistanceMeasure>(rule.measure);
    REQUIRE(measure.to.size() == 1);
    CHECK(measure.to[0].kinds == std::vector<std::string>{"primary", "secondary", "all-through"});
    CHECK(measure.to[0].states == std::vector<std::string>{"open", "proposed"});
    CHECK_FALSE(rule.unless.inside);
    CHECK(mentions(policy.not_encoded, "share"));
    CHECK(mentions(policy.not_encoded, "21"));
}
