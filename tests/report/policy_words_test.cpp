// SPDX-License-Identifier: Apache-2.0
//
// A rule in plain words, from its data alone.
#include "libgeo/report/policy_words.h"

#include <doctest/doctest.h>

using namespace geo;

namespace {

Policy policy_of(const std::string& rule) {
    const std::string head =
        "[policy]\nid = \"P\"\ntitle = \"A | policy\"\napplies-to = [\"off-licence\"]\nnot-encoded = [\"the rest\"]\n"
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\noutcome = \"refuse\"\n";
    return read_policy(head + rule, "policy.toml", {});
}

/// The page of one policy, wide enough that no line is broken.
std::string words_of(const std::string& rule) { return policy_words(policy_of(rule), 2000); }

void check_says(const std::string& rule, std::initializer_list<const char*> parts) {
    const std::string words = words_of(rule);
    CAPTURE(words);
    for (const char* part : parts) {
        CAPTURE(std::string(part));
        CHECK(words.find(part) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("a distance: from where, to what, which edge, where alone") {
    check_says(
        "distance = { to = [{ layer = \"schools\", kinds = [\"secondary\"] }], from = \"entrances\", site = "
        "\"entrance\" }\n"
        "breach = \"< 200 ft\"\nwhen = { same-street = true }",
        {"straight-line distance from the site's entrance to the nearest entrance of the nearest of: schools "
         "(secondary)",
         "holds below 200 ft (60.96 m) (exactly 200 ft (60.96 m) not included)",
         "only when:  for places of the proposal's own street", "about:      off licences",
         "contrary to R1 (the policy says: refuse)"});
}

TEST_CASE("a policy that has ended is said to hold to the end of its last day, which is the day before until") {
    Policy policy = policy_of("distance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\n");
    using namespace std::chrono;
    policy.until = sys_days{year{2020} / January / 31};
    CHECK(policy_words(policy, 2000).find("(P), adopted, in force to the end of 30 January 2020\n") !=
          std::string::npos);
    policy.from = sys_days{year{2012} / February / 1};
    CHECK(policy_words(policy, 2000).find("in force from 1 February 2012 to the end of 30 January 2020\n") !=
          std::string::npos);
    CHECK(policies_document(std::vector<Policy>{policy})
              .find("in force: from 1 February 2012 to the end of 30 January 2020") != std::string::npos);
}

TEST_CASE("inside: which side is contrary") {
    check_says("inside = { of = \"town-centres\" }\nbreach = \"outside\"",
               {"whether the site lies inside town-centres", "holds for a site outside"});
    check_says("inside = { of = \"wards\", extent = \"all\" }\nbreach = \"inside\"",
               {"holds for a site inside; one partly inside counts as outside"});
}

TEST_CASE("counts: radius, area, rate, windows") {
    check_says("count = { of = [\"betting-shop\", \"payday-lender\"], within = \"400 m\" }\nbreach = \">= 3\"",
               {"betting shops or payday lenders within 400 m (in a straight line) of the site as it is given",
                "holds at 3 or more", "what trades there or the lawful use counts; with the proposal in place"});
    check_says(
        "count = { of = \"restaurant-or-cafe\", in = \"wards\", per = \"100000 residents\", proposal = \"excluded\" }\n"
        "breach = \">= field:national.rate\"",
        {"restaurants or cafes in the site's ward, for each 100,000 residents", "as things stand, without the proposal",
         "holds at national.rate (a value that the study gives) or more"});
    check_says("count = { of = \"shop\", window = { units = 21, centred = true } }\nbreach = \"> 1\"",
               {"shops in 21 units in a row along frontages: the proposal's and 10 on either side", "holds above 1"});
    check_says("count = { of = \"shop\", window = { units = 10 }, along = \"parades\" }\nbreach = \"> 1\"",
               {"the most shops in any 10 units in a row along parades that have the proposal's among them"});
}

TEST_CASE("shares, by bands and by states") {
    check_says(
        "share = { of = \"shop\", among = \"frontage-metres\", in = [\"frontages\", { layer = \"youth-facilities\", "
        "where = { class = [\"A\", \"B\"] } }], states = [\"permitted\"] }\n"
        "bands = [{ units = \">= 40\", breach = \"> 7 %\" }, { where = { class = \"A\" }, units = \"<= 1\", breach = "
        "\"judgement\" }, { breach = \"> 12 %\" }]",
        {"shops as a share of the metres of frontage of the site's frontage or youth facility (class A or B)",
         "a permission not taken up counts", "40 units or more: holds above 7 % (exactly 7 % not included)",
         "up to 1 unit and where class is A: the policy states no number", "otherwise: holds above 12 %"});
}

TEST_CASE("runs and gaps") {
    check_says("run = { of = \"pawnbroker\" }\nbreach = \"> 2 units\"",
               {"pawnbrokers side by side along frontages: the units of the run that the proposal is in",
                "holds above 2 units"});
    check_says("gap = { of = \"other\" }\nbreach = \"< 2 units\"",
               {"between the run of premises of other uses that the proposal is in and the nearest beyond it"});
    check_says("gap = { of = \"shop\", between = \"units\" }\nbreach = \"< 2 units\"",
               {"between the proposal's and the nearest of shops", "holds below 2 units"});
}

TEST_CASE("figures, and conditions on figures and hours") {
    check_says(
        "attribute = { all = [{ of = \"wards\", field = \"year6\", breach = \"> 15 %\" }, { of = \"wards\", field = "
        "\"reception\", breach = \">= 10 %\" }] }\n"
        "when = { attribute = { of = \"town-centres\", field = \"class\", is = [\"District\", \"Local\"] }, until = "
        "2030-01-01 }\n"
        "unless = { inside = \"parades\", attribute = { field = \"floorspace\", breach = \"< 50\" }, open-within = "
        "\"17:00-23:30\" }",
        {"year6 of the site's ward and reception of the site's ward",
         "holds where all of these do: year6 of the site's ward above 15 % and reception of the site's ward at 10 % or "
         "more",
         "to the end of 31 December 2029 and where class of the site's town centre is District or Local",
         "inside parades, where floorspace of the application below 50 or the application keeps to the hours "
         "17:00-23:30"});
    check_says("attribute = { field = \"seats\" }\nbreach = \"judgement\"",
               {"seats of the application", "the policy states no number: the figure is shown"});
}

TEST_CASE("the page of several policies: a table of rules, nothing taken for a mark of Markdown") {
    Policy policy = policy_of(
        "title = \"[x](y) *z*\"\nunchecked = \"from a | note\"\nrun = { of = \"shop\", states = "
        "\"lawful\" }\nbreach = \"> 2 units\"\n[[rule]]\nid = \"R2\"\ncite = \"2\"\napplies-to = "
        "[\"shop\"]\ngap = { of = \"shop\" }\nbreach = \"< 2 units\"\noutcome = { contribute = { sum = "
        "\"1 GBP\" } }");
    const std::string page = policies_document({&policy, 1});
    CAPTURE(page);
    for (const char* part : {"| `P` | A \\| policy |  | adopted | 2 |", "## A \\| policy", "- about: off licences",
                             "| **R1** \\[x\\](y) \\*z\\* | shops side by side along frontages: the units of the run "
                             "that the proposal is in; the "
                             "lawful use counts | holds above 2 units | | refuse | R1 | from a \\| note |",
                             "| holds below 2 units | about shops | contribute: 1 GBP | 2 | |", "- the rest\n"})
        CHECK(page.find(part) != std::string::npos);
}
