// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

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

const Rule& rule_of(const Policy& policy, const std::string& id) {
    const auto found =
        std::find_if(policy.rules.begin(), policy.rules.end(), [&](const Rule& rule) { return rule.id == id; });
    REQUIRE_MESSAGE(found != policy.rules.end(), policy.id, " has no rule ", id);
    return *found;
}

std::vector<std::string> ids_of_rules(const Policy& policy) {
    std::vector<std::string> ids;
    for (const Rule& rule : policy.rules) ids.push_back(rule.id);
    return ids;
}

/// The sections of docs/policy-limbs.md, by the policy's id.
std::map<std::string, std::string> sections_of_limbs() {
    std::ifstream file(std::string(CORDON_SOURCE_DIR) + "/docs/policy-limbs.md", std::ios::binary);
    REQUIRE(file.good());
    std::map<std::string, std::string> sections;
    std::string line, section;
    while (std::getline(file, line)) {
        if (line.starts_with("## ")) {
            section = line.substr(3);
            CHECK_MESSAGE(!sections.contains(section), section, " has two sections");
        }
        sections[section] += line + "\n";
    }
    sections.erase("");
    return sections;
}

}  // namespace

TEST_CASE("every policy of the catalogue is read, has its own id, and cites each rule") {
    std::set<std::string> ids;
    for (const CatalogueEntry& entry : catalogue()) {
        CAPTURE(entry.file_name);
        CHECK(ids.insert(entry.id).second);
        const Policy policy = policy_of(entry.id.c_str());
        CHECK(entry.file_name == "policies/" + policy.id + ".toml");
        CHECK(policy.id == entry.id);
        CHECK(policy.title == entry.title);
        CHECK(word(policy.status) == entry.status);
        CHECK_FALSE(policy.authority.empty());
        CHECK_FALSE(policy.source.empty());
        CHECK_FALSE(policy.kind.empty());
        CHECK_FALSE(policy.not_encoded.empty());  // no document is encoded as a whole
        for (const Rule& rule : policy.rules) {
            CAPTURE(rule.id);
            CHECK_FALSE(rule.cite.empty());
            CHECK_FALSE(rule.title.empty());
            CHECK_FALSE(rule.applies_to.empty());
        }
    }
    CHECK(ids.size() == 22);
    CHECK_FALSE(catalogue_text("no-such-policy"));
}

TEST_CASE("the catalogue: what is not known of a date or an area is said") {
    for (const CatalogueEntry& entry : catalogue()) {
        CAPTURE(entry.id);
        const Policy policy = policy_of(entry.id.c_str());
        const auto day = std::chrono::year_month_day(policy.from);
        if (policy.from == kBeforeRecords) {
            CHECK(mentions(policy.not_encoded, "at all times"));
        } else if (day.month() == std::chrono::January && day.day() == std::chrono::day(1)) {
            CHECK(mentions(policy.not_encoded, "from 1 January"));
        }
        if (policy.applies_in.empty()) CHECK(mentions(policy.not_encoded, "area"));
    }
}

TEST_CASE("the catalogue is sorted by id") {
    const auto entries = catalogue();
    CHECK(std::is_sorted(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST_CASE("docs/policy-limbs.md: each policy has its section, which names each of its rules") {
    auto sections = sections_of_limbs();
    for (const CatalogueEntry& entry : catalogue()) {
        const auto section = sections.find(entry.id);
        REQUIRE_MESSAGE(section != sections.end(), entry.id, " has no section");
        for (const Rule& rule : policy_of(entry.id.c_str()).rules) {
            CHECK_MESSAGE(section->second.find("`" + rule.id + "`") != std::string::npos, entry.id, " ", rule.id);
            if (rule.unchecked.empty()) continue;
            CHECK_MESSAGE(section->second.find("nchecked") != std::string::npos, entry.id, " ", rule.id);
        }
        sections.erase(section);
    }
    for (const auto& [id, text] : sections) CHECK_MESSAGE(false, id, " is no policy of the catalogue");
}

TEST_CASE("the catalogue marks the limits that come from secondary sources, and no others") {
    const std::map<std::string, std::vector<std::string>> unchecked = {
        {"barking-and-dagenham-hft-2010", {"BD-share", "BD-levy"}},
        {"gateshead-hft-2015", {"G-400m", "G-rate"}},
        {"leeds-hft-draft-2016", {"HFT1"}},
        {"newcastle-hft-2024", {"N-share"}},
        {"salford-hft-2014", {"HFTA2"}},
        {"st-helens-hft-2011", {"SH-share", "SH-run"}},
        {"waltham-forest-hft-2009", {"HFT1", "HFT2-run", "HFT2-gap"}},
    };
    for (const CatalogueEntry& entry : catalogue()) {
        std::vector<std::string> marked;
        for (const Rule& rule : policy_of(entry.id.c_str()).rules)
            if (!rule.unchecked.empty()) marked.push_back(rule.id);
        const auto expected = unchecked.find(entry.id);
        CAPTURE(entry.id);
        CHECK(marked == (expected == unchecked.end() ? std::vector<std::string>{} : expected->second));
    }
}

TEST_CASE(
    "Waltham Forest 2009: 400 m of schools, youth facilities and parks, outside centres, 5 %, 2 adjacent, 2 between") {
    const Policy policy = policy_of("waltham-forest-hft-2009");
    CHECK(policy.applies_in == "E09000031");
    CHECK(format_date(policy.from) == "2009-03-01");
    CHECK(ids_of_rules(policy) == std::vector<std::string>{"HFT3", "HFT1", "HFT2-run", "HFT2-gap"});
    const Rule& rule = rule_of(policy, "HFT3");
    CHECK(holds(rule.breach, 400.0, 0.0));
    CHECK_FALSE(holds(rule.breach, 400.01, 0.0));
    const auto& measure = std::get<DistanceMeasure>(rule.measure);
    CHECK(measure.to.size() == 3);
    CHECK(measure.from == From::boundary);
    REQUIRE(rule.unless.inside);
    CHECK(rule.unless.inside->of.size() == 2);
    CHECK(rule.applies_to == std::vector<Use>{Use::hot_food_takeaway});
    CHECK(mentions(policy.not_encoded, "HFT4"));
    CHECK(rule.text.find("araphrased") != std::string::npos);
    CHECK_FALSE(holds(rule_of(policy, "HFT1").breach, 5.0, 0.0));
    CHECK(holds(rule_of(policy, "HFT2-run").breach, 3.0, 0.0));
    CHECK(std::get<GapMeasure>(rule_of(policy, "HFT2-gap").measure).between == Between::groups);
}

TEST_CASE("Southwark P48: further than 400 m from existing and proposed schools, no exemption, 5 %, 1 in 21") {
    const Policy policy = policy_of("southwark-plan-2022-p48");
    const Rule& rule = rule_of(policy, "P48-distance");
    CHECK(holds(rule.breach, 400.0, 0.0));
    CHECK_FALSE(holds(rule.breach, 400.01, 0.0));
    const auto& measure = std::get<DistanceMeasure>(rule.measure);
    REQUIRE(measure.to.size() == 1);
    CHECK(measure.to[0].kinds == std::vector<std::string>{"primary", "secondary", "all-through"});
    CHECK(measure.to[0].states == std::vector<std::string>{"open", "proposed"});
    CHECK_FALSE(rule.unless.inside);
    const auto& window = std::get<CountMeasure>(rule_of(policy, "P48-window").measure).window;
    REQUIRE(window);
    CHECK(window->units == 21);
    CHECK(window->centred);
    CHECK_FALSE(holds(rule_of(policy, "P48-window").breach, 1.0, 0.0));
}

TEST_CASE("NPPF 97 and Wandsworth state no number, and none is put in") {
    for (const char* id : {"nppf-2024-97", "wandsworth-centres-2015"})
        for (const Rule& rule : policy_of(id).rules) CHECK_MESSAGE(rule.breach.judgement, id, " ", rule.id);
}

TEST_CASE("London Plan E9 D, Tower Hamlets and Newcastle walk, Newcastle also measures straight lines") {
    const auto by = [](const char* policy, const char* rule) {
        return std::get<DistanceMeasure>(rule_of(policy_of(policy), rule).measure).by;
    };
    CHECK(by("london-plan-2021-e9", "E9-D") == By::walking);
    CHECK(by("tower-hamlets-plan-2020-dtc5", "D.TC5-walk") == By::walking);
    CHECK(by("newcastle-hft-2024", "N-10-minutes") == By::walking);
    CHECK(by("newcastle-hft-2024", "N-400m") == By::straight_line);
    const Policy london = policy_of("london-plan-2021-e9");
    CHECK(std::get<DistanceMeasure>(london.rules.at(0).measure).from == From::entrances);
}

TEST_CASE("Newcastle: no rule holds in the retail core of the city centre") {
    for (const Rule& rule : policy_of("newcastle-hft-2024").rules) {
        CAPTURE(rule.id);
        REQUIRE(rule.unless.inside);
        CHECK(rule.unless.inside->of.at(0).where.contains("class"));
    }
}

TEST_CASE("Sandwell counts permissions and vacant lawful units, Medway, Salford and Worcester refuse nothing") {
    const Policy sandwell = policy_of("sandwell-plan-sdm6");
    CHECK(std::get<ShareMeasure>(rule_of(sandwell, "SDM6-share").measure).counted.states.size() == 4);
    CHECK(rule_of(sandwell, "SDM6-share").bands.size() == 2);
    for (const char* id : {"medway-hft-2014", "salford-hft-2014", "worcester-takeaways-2011"})
        for (const Rule& rule : policy_of(id).rules) CHECK_FALSE_MESSAGE(rule.outcome.can_breach(), id, " ", rule.id);
}

TEST_CASE("New York: feet, the same street, and three that are there already") {
    const Policy policy = policy_of("new-york-abc-64-a");
    const Rule& street = rule_of(policy, "200-feet");
    CHECK(street.when.same_street);
    CHECK(street.breach.limit == doctest::Approx(60.96));
    const auto& count = std::get<CountMeasure>(rule_of(policy, "500-feet").measure);
    REQUIRE(count.within_m);
    CHECK(*count.within_m == doctest::Approx(152.4));
    CHECK(count.counted.proposal == Presence::excluded);
}
