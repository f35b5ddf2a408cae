// SPDX-License-Identifier: Apache-2.0
//
// The catalogue against a small fictional world (tests/data/catalogue): each policy is run by itself over every proposal, and compared with what was worked out by
// hand in expected.csv, where the arithmetic stands beside each row.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/policy/catalogue.h"
#include "libgeo/policy/policy.h"
#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

std::filesystem::path world() { return std::filesystem::path(CORDON_SOURCE_DIR) / "tests/data/catalogue"; }

/// What was worked out by hand, by policy.
std::map<std::string, std::vector<Row>> expected_by_policy() {
    std::map<std::string, std::vector<Row>> out;
    for (Row& row : read_csv(world() / "expected.csv")) {
        const std::string policy = row.at("policy");
        out[policy].push_back(std::move(row));
    }
    return out;
}

struct Answer {
    std::map<std::string, Row> verdicts;  // by reference
    std::vector<Row> findings;
};

Answer answer_of(const std::string& policy) {
    const Folder folder;
    const std::string study = (world() / "study.toml").string();
    const Ran ran =
        cordon({"check", study, "--policy", policy, "--out", "v.csv", "--findings", "f.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, policy, ": ", ran.err);
    Answer answer;
    for (Row& row : read_csv(folder / "v.csv")) {
        const std::string reference = row.at("reference");
        answer.verdicts[reference] = std::move(row);
    }
    answer.findings = read_csv(folder / "f.csv");
    return answer;
}

/// The rules of a cell that lists several, parted by single blanks.
std::string listed(std::string cell) {
    std::replace_if(
        cell.begin(), cell.end(), [](char c) { return c == ';' || c == ',' || c == '|'; }, ' ');
    std::string out;
    for (const char c : cell)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    return out;
}

bool measured_as(const Row& finding, const std::string& expected) {
    if (expected.empty()) return true;
    const std::string& measured = finding.at("measured");
    return !measured.empty() && std::abs(std::stod(measured) - std::stod(expected)) < 0.0005;
}

/// What the findings of a rule say, for a message.
std::string said(const std::vector<const Row*>& findings) {
    std::string out;
    for (const Row* f : findings)
        out += "\n    " + f->at("layer") + " " + f->at("result") + " " + f->at("measured") + " (" + f->at("note") + ")";
    return out.empty() ? "\n    no finding" : out;
}

void check_row(const Row& expected, const Answer& answer) {
    const std::string name = expected.at("policy") + ", " + expected.at("reference") + ", " + expected.at("rule");
    const auto verdict = answer.verdicts.find(expected.at("reference"));
    REQUIRE_MESSAGE(verdict != answer.verdicts.end(), name);
    CHECK_MESSAGE(verdict->second.at("verdict") == expected.at("verdict"), name, ": ", expected.at("why"));
    CHECK_MESSAGE(listed(verdict->second.at("triggered")) == expected.at("triggered"), name);
    std::vector<const Row*> of_rule;
    bool same = false;
    for (const Row& finding : answer.findings) {
        const bool asked = finding.at("reference") == expected.at("reference") &&
                           finding.at("rule") == expected.at("rule") &&
                           (expected.at("layer").empty() || finding.at("layer") == expected.at("layer"));
        if (!asked) continue;
        of_rule.push_back(&finding);
        same = same || (finding.at("result") == expected.at("result") && measured_as(finding, expected.at("measured")));
    }
    CHECK_MESSAGE(same, name, ": expected ", expected.at("result"), " ", expected.at("measured"), ", ",
                  expected.at("why"), "; found", said(of_rule));
}

geo::Policy policy_of(const std::string& id) {
    return geo::read_policy(geo::catalogue_text(id).value(), "catalogue:" + id, {});
}

}  // namespace

TEST_CASE("catalogue: each policy decides the fictional world as worked out by hand") {
    const auto expected = expected_by_policy();
    for (const geo::CatalogueEntry& entry : geo::catalogue()) {
        const auto rows = expected.find(entry.id);
        REQUIRE_MESSAGE(rows != expected.end(), entry.id, " has no row in expected.csv");
        const Answer answer = answer_of(entry.id);
        for (const Row& row : rows->second) check_row(row, answer);
    }
}

TEST_CASE("catalogue: every rule is met by an expectation, and every policy from more than one side") {
    for (const auto& [id, rows] : expected_by_policy()) {
        REQUIRE_MESSAGE(geo::catalogue_text(id), id, " is no policy of the catalogue");
        std::set<std::string> results, rules;
        for (const Row& row : rows) {
            results.insert(row.at("result"));
            rules.insert(row.at("rule"));
        }
        for (const geo::Rule& rule : policy_of(id).rules) CHECK_MESSAGE(rules.contains(rule.id), id, " ", rule.id);
        CHECK_MESSAGE(results.size() >= 2, id);
    }
}

TEST_CASE("catalogue: a finding that rests on an unchecked limit says so") {
    for (const char* id : {"waltham-forest-hft-2009", "gateshead-hft-2015", "st-helens-hft-2011"}) {
        const geo::Policy policy = policy_of(id);
        std::size_t unchecked = 0;
        for (const Row& finding : answer_of(id).findings) {
            const auto rule = std::find_if(policy.rules.begin(), policy.rules.end(),
                                           [&](const geo::Rule& r) { return r.id == finding.at("rule"); });
            REQUIRE(rule != policy.rules.end());
            const bool says = finding.at("note").find("unchecked: ") != std::string::npos;
            CHECK_MESSAGE(says == !rule->unchecked.empty(), id, " ", rule->id, " ", finding.at("reference"));
            unchecked += says ? 1 : 0;
        }
        CHECK_MESSAGE(unchecked > 0, id);
    }
}
