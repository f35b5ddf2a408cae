// SPDX-License-Identifier: Apache-2.0
// A rule read otherwise decides what a policy edited so would decide; and the limits, kinds and anchors that can be asked for.
#include "libgeo/coverage/sweep.h"

#include <doctest/doctest.h>

#include <random>

#include "libgeo/base/errors.h"
#include "libgeo/coverage/sweep_counts.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

std::string error_of(const auto& call) {
    try {
        call();
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
}

bool holds_text(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The world's policies as a plan reads them, assessed once.
struct Swept {
    Swept(SmallWorld& world, const SweepOptions& options, AssessOptions assess = {})
        : plan(plan_sweep(world.assessment_policies(), world.layers(), options)) {
        if (!assess.study_as_at) assess.study_as_at = day(2024, 6, 1);
        assessment =
            std::make_unique<Assessment>(plan.policies, world.layers(), std::span(&world.proposals(), 1), assess);
        const SweepCounter counter(plan, *assessment);
        assessed = assessment->assess(world.batch(), plan.readings_of(assessment->slots()));
        tally = counter.count(world.batch(), assessed);
    }
    const SweepVariant& variant(double limit) const {
        for (const SweepVariant& one : plan.variants)
            if (one.limit == limit) return one;
        throw std::out_of_range("limit");
    }
    const SweepCounts& at(double limit) const {
        return tally.counts[static_cast<std::size_t>(&variant(limit) - plan.variants.data())];
    }
    std::uint64_t breaches(double limit) const { return at(limit).policy[static_cast<std::size_t>(Result::breach)]; }

    SweepPlan plan;
    std::unique_ptr<Assessment> assessment;
    Assessed assessed;
    SweepTally tally;
};

SweepOptions limits(std::vector<double> metres) {
    SweepOptions options;
    options.limits = std::move(metres);
    return options;
}

/// Every verdict and every result of the rule, variant by variant, beside an assessment of the policy edited so. Returns how many were compared; `seen` counts
/// what they were.
std::size_t compare_with_edited_policies(SmallWorld& world, const SweepOptions& options, ResultCounts& seen) {
    const SweepPlan plan = plan_sweep(world.assessment_policies(), world.layers(), options);
    AssessOptions assess;
    assess.study_as_at = day(2024, 6, 1);
    const Assessment together(plan.policies, world.layers(), std::span(&world.proposals(), 1), assess);
    const Assessed read = together.assess(world.batch(), plan.readings_of(together.slots()));
    const SweepCounter counter(plan, together);
    const SweepTally tally = counter.count(world.batch(), read);
    std::size_t compared = 0;
    for (std::size_t v = 0; v < plan.variants.size(); ++v) {
        const SweepVariant& variant = plan.variants[v];
        const SweepLine& line = plan.lines[variant.line];
        Policy edited = plan.policy_as(variant);
        edited.status = Policy::Status::adopted;
        const Assessment alone(std::span(&edited, 1), world.layers(), std::span(&world.proposals(), 1), assess);
        const Assessed expected = alone.assess(world.batch());
        // Slot by slot of the rule.
        std::vector<std::size_t> slots, edited_slots;
        for (std::size_t k = 0; k < together.slots().size(); ++k)
            if (together.slots()[k].policy == line.assessed_policy && together.slots()[k].rule == line.assessed_rule)
                slots.push_back(k);
        for (std::size_t k = 0; k < alone.slots().size(); ++k)
            if (alone.slots()[k].rule == line.rule) edited_slots.push_back(k);
        REQUIRE(slots.size() == edited_slots.size());
        ResultCounts verdicts{};
        for (std::size_t row = 0; row < world.batch().size(); ++row) {
            for (std::size_t k = 0; k < slots.size(); ++k, ++compared) {
                const Result is = read.readings[slots[k]][variant.reading][row];
                const Result should = expected.findings[edited_slots[k]][row].result;
                ++seen[static_cast<std::size_t>(should)];
                CHECK_MESSAGE(is == should, "row ", row, ", limit ", variant.limit, ": ", word(is), " for ",
                              word(should));
            }
            if (world.batch().site_of[row] == row) ++verdicts[static_cast<std::size_t>(expected.verdicts[row].result)];
        }
        CHECK_MESSAGE(tally.counts[v].policy == verdicts, "limit ", variant.limit);
    }
    return compared;
}

/// Schools as boundaries and as points, some with gates, of several kinds and states, with dates; parks; a town centre; sites as points and polygons.
void fill_at_random(SmallWorld& world, std::mt19937_64& random) {
    const auto any = [&](double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(random);
    };
    const auto chance = [&](double share) { return any(0, 1) < share; };
    const std::vector<std::string> kinds = {"primary", "secondary", "all-through", ""};
    std::vector<std::vector<Xy>> gates;
    for (int k = 0; k < 12; ++k) {
        const double x = any(0, 4000), y = any(0, 4000);
        const PlaceState state = chance(0.15)   ? PlaceState::proposed
                                 : chance(0.15) ? PlaceState::unclear
                                                : PlaceState::open;
        world.place("schools", "S" + std::to_string(k),
                    chance(0.4) ? point(x, y) : rectangle(x, y, x + any(20, 300), y + any(20, 300)),
                    kinds[static_cast<std::size_t>(any(0, 3.999))], state,
                    chance(0.2) ? day(2020, 1, 1) : kBeforeRecords, chance(0.2) ? day(2022, 1, 1) : kNotEnded);
        gates.push_back(chance(0.5) ? std::vector<Xy>{{x, y}} : std::vector<Xy>{});
    }
    world.entrances("schools", gates);
    for (int k = 0; k < 4; ++k) {
        const double x = any(0, 4000), y = any(0, 4000);
        world.place("parks", "P" + std::to_string(k), rectangle(x, y, x + 200, y + 200), "");
    }
    world.area("town-centres", "T1", rectangle(500, 500, 1800, 1800), 2);
    world.area("boroughs", "E1", rectangle(100, 100, 3900, 3900), 2);
    world.places("schools").facts.accuracy = Metres{any(0, 20)};
    world.places("schools").facts.site_radius = Metres{any(0, 150)};
    world.proposals().accuracy = Metres{any(0, 60)};
    const std::vector<Date> days = {kBeforeRecords, day(2019, 5, 1), day(2021, 5, 1), day(2023, 5, 1)};
    for (int k = 0; k < 60; ++k) {
        const double x = any(-200, 4200), y = any(-200, 4200);
        const Use use = chance(0.1) ? Use::unstated : chance(0.1) ? Use::betting_shop : Use::hot_food_takeaway;
        world.propose(chance(0.05)  ? Shapes()
                      : chance(0.6) ? point(x, y)
                                    : rectangle(x, y, x + any(5, 60), y + any(5, 60)),
                      days[static_cast<std::size_t>(any(0, 3.999))], use);
    }
    for (std::uint32_t row = 1; row < world.batch().size(); row += 9)  // second sites of the proposal before
        world.batch().site_of[row] = row - 1;
}

constexpr const char* kTwoRules =
    "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n"
    "distance = { to = [{ layer = \"schools\", kinds = [\"secondary\", \"all-through\"], states = [\"open\", "
    "\"proposed\"] }], "
    "from = \"boundary\" }\nunless = { inside = [\"town-centres\"] }\n"
    "[[rule]]\nid = \"R2\"\ncite = \"R2\"\nbreach = \"< 200 m\"\noutcome = \"resist\"\n"
    "distance = { to = [\"parks\", \"schools\"], from = \"entrances\", site = \"boundary\" }\n"
    "[[rule]]\nid = \"R3\"\ncite = \"R3\"\nbreach = \"<= 150 m\"\noutcome = \"consult\"\n"
    "distance = { to = [\"parks\"] }\n";

}  // namespace

TEST_CASE("limits: a range, a list, a mix, other units, ascending and each once") {
    CHECK(sweep_limits("200:400:100") == std::vector<double>{200, 300, 400});
    CHECK(sweep_limits("200:450:100") == std::vector<double>{200, 300, 400});
    CHECK(sweep_limits("400,200, 300,200") == std::vector<double>{200, 300, 400});
    CHECK(sweep_limits("0.25 mi") == std::vector<double>{402.336});
    CHECK(sweep_limits("1 km, 100:300:100 ,250") == std::vector<double>{100, 200, 250, 300, 1000});
    CHECK(sweep_limits("200:800:50").size() == 13);
    // A step that doubles cannot hold exactly still reaches the end.
    CHECK(sweep_limits("0.1:0.7:0.1").size() == 7);
}

TEST_CASE("limits that are none are refused, with what was expected") {
    for (const char* written : {"", "abc", "200:100:50", "200:800", "200:800:0", "-5", "0", "200,,300", "1:2:3:4",
                                "400 ha", "nan", "1e9", "200:800:-50"})
        CHECK_MESSAGE(holds_text(error_of([&] { sweep_limits(written); }), "expected is such as 200:800:50"), written);
    CHECK(holds_text(error_of([] { sweep_limits("10 min"); }), "walking"));
    CHECK(holds_text(error_of([] { sweep_limits("1:100000:0.001"); }), "at most 200"));
}

TEST_CASE("each limit counts its own breaches: four proposals, one every 200 m") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    for (const double metres : {100.0, 300.0, 500.0, 700.0}) world.propose(point(200 + metres, 50));
    world.rule("<= 400 m");
    const Swept swept(world, limits({200, 600, 800}));
    CHECK(swept.breaches(200) == 1);
    CHECK(swept.breaches(400) == 2);  // the rule as it stands is there without being asked for
    CHECK(swept.breaches(600) == 3);
    CHECK(swept.breaches(800) == 4);
    CHECK(swept.variant(400).adopted);
    CHECK_FALSE(swept.variant(600).adopted);
    CHECK(swept.at(200).from_breach == 1);
    CHECK(swept.at(800).to_breach == 2);
    CHECK(swept.at(400).to_breach + swept.at(400).from_breach == 0);
}

TEST_CASE("what was decided: granted and would breach, refused and would be clear, each flip names its proposal") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    for (const double metres : {300.0, 350.0, 500.0, 550.0}) world.propose(point(200 + metres, 50));
    world.batch().decision = {"Refused", "Approved", "Approved", "Refused"};
    world.batch().decided_as = {Decision::refused, Decision::granted, Decision::granted, Decision::refused};
    world.rule("<= 400 m");
    const Swept swept(world, limits({200, 600}));
    CHECK(swept.at(200).refused_to_clear == 1);
    CHECK(swept.at(200).from_breach == 2);
    CHECK(swept.at(200).refused_clear == 2);  // the one at 550 m was clear before
    CHECK(swept.at(600).granted_to_breach == 1);
    CHECK(swept.at(600).to_breach == 2);
    CHECK(swept.at(600).granted_breach == 2);  // the one at 350 m was a breach before
    CHECK(swept.at(400).granted_breach == 1);
    REQUIRE(swept.tally.flips.size() == 4);
    REQUIRE(swept.tally.flipped.size() == 4);
    CHECK(swept.tally.flipped[0].reference == "24/1");
    CHECK(swept.tally.flips[0].as_adopted == Result::breach);
    CHECK(swept.tally.flips[0].result == Result::clear);
    CHECK(swept.tally.flips[0].metres == 300.0);
    CHECK(swept.tally.by_decision[static_cast<std::size_t>(Decision::granted)] == 2);
}

TEST_CASE("without its exemption a town centre is no shelter") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.area("town-centres", "T1", rectangle(400, 0, 800, 100));
    world.propose(point(450, 50));
    world.rule("<= 400 m", "unless = { inside = [\"town-centres\"] }");
    SweepOptions options = limits({100, 400});
    options.exemptions = {true, false};
    const Swept swept(world, options);
    REQUIRE(swept.plan.lines.size() == 2);
    REQUIRE(swept.plan.variants.size() == 4);
    CHECK(swept.tally.counts[1].policy[static_cast<std::size_t>(Result::exempt)] == 1);
    CHECK(swept.tally.counts[2].policy[static_cast<std::size_t>(Result::clear)] == 1);
    CHECK(swept.tally.counts[3].policy[static_cast<std::size_t>(Result::breach)] == 1);
    CHECK(swept.tally.counts[3].to_breach == 1);
}

TEST_CASE("another rule that is breached keeps the policy in breach, the rule alone is clear") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.place("parks", "P1", rectangle(600, 0, 700, 100), "");
    world.propose(point(500, 50));
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n[[rule]]\nid = \"R2\"\ncite = \"R2\"\ndistance = { to = [\"parks\"] }\nbreach = \"<= 200 m\"\n"
        "outcome = \"refuse\"\n");
    SweepOptions options = limits({200});
    options.rules = {"R1"};
    const Swept swept(world, options);
    CHECK(swept.breaches(200) == 1);
    CHECK(swept.at(200).rule[static_cast<std::size_t>(Result::clear)] == 1);
    CHECK(swept.tally.flips.empty());
}

TEST_CASE("anchors and kinds: each its own line, the rule as it stands among them") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 200, 100), "secondary");
    world.place("schools", "2", rectangle(0, 2000, 200, 2100), "primary");
    world.entrances("schools", {{{0, 50}}, {{0, 2050}}});
    world.propose(point(300, 50));    // 100 m from the secondary's boundary, 300 m from its gate
    world.propose(point(300, 2050));  // the same of the primary
    world.rule("<= 200 m", "", "to = [{ layer = \"schools\", kinds = [\"secondary\"] }], from = \"boundary\"");
    SweepOptions options = limits({200});
    options.from = {std::nullopt, From::entrances};
    options.kinds = {std::nullopt, std::vector<std::string>{"primary"}, std::vector<std::string>{}};
    const Swept swept(world, options);
    REQUIRE(swept.plan.lines.size() == 6);
    const auto breaches = [&](std::size_t v) {
        return swept.tally.counts[v].policy[static_cast<std::size_t>(Result::breach)];
    };
    CHECK(swept.plan.lines[0].adopted);
    CHECK(breaches(0) == 1);  // boundary, secondary
    CHECK(breaches(1) == 1);  // boundary, primary: the other one
    CHECK(breaches(2) == 2);  // boundary, every kind
    CHECK(breaches(3) == 0);  // entrances
    CHECK(swept.tally.counts[1].to_breach == 1);
    CHECK(swept.tally.counts[1].from_breach == 1);
    std::size_t adopted = 0;
    for (const SweepVariant& variant : swept.plan.variants) adopted += variant.adopted ? 1 : 0;
    CHECK(adopted == 1);
}

TEST_CASE("where only other anchors are asked for, the rule as it stands is there to compare with") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 200, 100));
    world.propose(point(300, 50));
    world.rule("<= 200 m");
    SweepOptions options = limits({100, 150});
    options.from = {From::centroid};
    const Swept swept(world, options);
    REQUIRE(swept.plan.variants.size() == 3);
    CHECK(swept.plan.variants[2].adopted);
    CHECK(swept.plan.variants[2].limit == 200);
    CHECK(swept.plan.lines[1].from == From::boundary);
    CHECK(swept.breaches(200) == 1);
    CHECK(swept.breaches(150) == 0);
}

TEST_CASE("what cannot be read otherwise stays as it is, and says why, where nothing can, it is an error") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 200, 100));
    world.place("parks", "P1", rectangle(0, 900, 10, 910), "");
    world.area("town-centres", "T1", rectangle(400, 0, 800, 100));
    world.policy(kTwoRules);
    const SweepPlan plan = plan_sweep(world.assessment_policies(), world.layers(), limits({300}));
    REQUIRE(plan.remarks.size() == 1);
    CHECK(holds_text(plan.remarks[0], "R3 stays as it is: it cannot be breached"));

    SmallWorld none;
    none.place("schools", "1", rectangle(0, 0, 200, 100));
    none.rule("<= 400 m", "outcome = \"consult\"\n");
    CHECK(holds_text(error_of([&] { plan_sweep(none.assessment_policies(), none.layers(), limits({300})); }),
                     "there is no rule to read otherwise"));
}

TEST_CASE("words that are not known are refused with the nearest, so are too many readings") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 200, 100), "secondary");
    world.rule("<= 400 m");
    const auto error = [&](const SweepOptions& options) {
        return error_of([&] { plan_sweep(world.assessment_policies(), world.layers(), options); });
    };
    SweepOptions options = limits({300});
    options.rules = {"R11"};
    CHECK(holds_text(error(options), "R1"));
    options.rules.clear();
    options.kinds = {std::vector<std::string>{"secondry"}};
    CHECK(holds_text(error(options), "did you mean secondary?"));
    options.kinds.clear();
    std::vector<double> many;
    for (int k = 1; k <= 201; ++k) many.push_back(k);
    CHECK(holds_text(error(limits(many)), "202 readings"));  // and the rule as it stands
}

TEST_CASE("beyond what a layer covers a limit that reaches out is borderline, a shorter one is not") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 10, 10));
    world.area("cover", "C", rectangle(-2000, -2000, 2000, 2000));
    world.places("schools").facts.covers = 0;
    world.propose(point(1500, 0));  // 500 m from the edge
    world.rule("<= 400 m");
    const Swept swept(world, limits({300, 600}));
    CHECK(swept.at(300).policy[static_cast<std::size_t>(Result::clear)] == 1);
    CHECK(swept.at(600).policy[static_cast<std::size_t>(Result::borderline)] == 1);
}

TEST_CASE("random worlds: at every limit, anchor and kind, with and without exemptions, as with a policy edited so") {
    std::size_t compared = 0;
    ResultCounts seen{};
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        SmallWorld world;
        fill_at_random(world, random);
        world.policy(kTwoRules, seed % 2 == 0
                                    ? "applies-in = \"E1\"\napplies-to = [\"hot-food-takeaway\"]\n"
                                    : "applies-to = [\"hot-food-takeaway\"]\nin-force = { from = 2020-01-01 }\n");
        SweepOptions options = limits(sweep_limits("200:800:50"));
        if (seed % 3 == 0) options.exemptions = {true, false};
        if (seed % 4 == 0) options.from = {std::nullopt, From::boundary, From::entrances, From::centroid};
        if (seed % 5 == 0) {
            options.kinds = {std::nullopt, std::vector<std::string>{"primary"}};
            options.limits = {200, 400, 600};
        }
        if (options.from.size() > 1) options.limits = {200, 350, 800};
        if (seed % 7 == 0) {
            world.layers().places.front().facts.covers = 1;
        }
        compared += compare_with_edited_policies(world, options, seen);
    }
    CHECK(compared > 50'000);
    for (const Result result :
         {Result::not_applicable, Result::clear, Result::exempt, Result::unknown, Result::borderline, Result::breach})
        CHECK_MESSAGE(seen[static_cast<std::size_t>(result)] > 500, word(result));
}

TEST_CASE("places of the same street only: read otherwise as by an edited policy") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 200, 100));
    world.place("schools", "2", rectangle(0, 1000, 200, 1100));
    TextColumn street;
    street.add("High Street");
    street.add("");
    world.places("schools").attributes.emplace("street", std::move(street));
    for (int k = 0; k < 12; ++k) {
        world.propose(point(250 + 60.0 * k, 500 + 40.0 * k));
        world.batch().street.back() = k % 3 == 0 ? "High Street" : k % 3 == 1 ? "Mill Lane" : "";
    }
    world.rule("<= 400 m", "when = { same-street = true }");
    ResultCounts seen{};
    CHECK(compare_with_edited_policies(world, limits(sweep_limits("200:800:50")), seen) == 13 * 12);
    CHECK(seen[static_cast<std::size_t>(Result::unknown)] > 0);
    CHECK(seen[static_cast<std::size_t>(Result::breach)] > 0);
}

TEST_CASE("units of frontages are proposals of what the policies are about, on the day") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 6, 10));
    FrontageLayer& units = world.frontage(30, {}, "F1", 300);
    units.closed[29] = day(2020, 1, 1);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "applies-to = [\"hot-food-takeaway\"]\n");
    const auto batches = units_as_proposals(world.layers(), world.assessment_policies(), day(2024, 6, 1), 1, 0);
    REQUIRE(batches.size() == 1);
    CHECK(batches[0].size() == 29);
    CHECK(batches[0].layer == 1);
    const SweepPlan plan = plan_sweep(world.assessment_policies(), world.layers(), limits({200, 300}));
    const std::vector<LayerFacts> facts = {world.proposals(), units.facts};
    AssessOptions options;
    options.on = day(2024, 6, 1);
    const Assessment assessment(plan.policies, world.layers(), facts, options);
    const SweepCounter counter(plan, assessment);
    const SweepTally tally =
        counter.count_units(batches[0], assessment.assess(batches[0], plan.readings_of(assessment.slots())));
    CHECK(tally.units == 29);
    CHECK(tally.counts[0].units[static_cast<std::size_t>(Result::clear)] == 29);   // 200 m
    CHECK(tally.counts[2].units[static_cast<std::size_t>(Result::breach)] == 29);  // 400 m: 290 to 333 m away
    CHECK(tally.counts[1].units[static_cast<std::size_t>(Result::breach)] > 0);
    CHECK(tally.counts[1].units[static_cast<std::size_t>(Result::clear)] > 0);
}

namespace {

/// A school with its gate on a street of 2 km, and another street 100 m to the north that is joined to it at the western end: what lies there is near, and far on foot.
struct TwoStreets : SmallWorld {
    explicit TwoStreets(const std::string& by) {
        place("schools", "1", rectangle(-50, -60, 50, 0));
        entrances("schools", {{{0, 0}}});
        Shapes lines;
        add_line(lines, {{-1000, 0}, {1000, 0}});
        add_line(lines, {{-1000, 0}, {-1000, 100}});
        add_line(lines, {{-1000, 100}, {1000, 100}});
        streets(lines);
        rule("<= 400 m", "", "to = [\"schools\"], from = \"entrances\", by = \"" + by + "\"");
        for (const double x : {-390, -200, 100, 300, 399, 500}) propose(point(x, 0));
        for (const double x : {-200, 100, 300, 390}) propose(point(x, 100));  // 141 to 403 m as the crow flies
        propose(point(0, -250));                                              // 250 m away, and far from any street
    }
    static SweepOptions both(std::vector<double> metres) {
        SweepOptions options = limits(std::move(metres));
        options.by = {By::straight_line, By::walking};
        return options;
    }
};

}  // namespace

TEST_CASE("by walking and in a straight line: how many are only as the crow flies within the limit") {
    for (const std::string adopted : {"straight-line", "walking"}) {
        CAPTURE(adopted);
        TwoStreets world(adopted);
        const Swept swept(world, TwoStreets::both({300, 400}));
        REQUIRE(swept.plan.lines.size() == 2);
        REQUIRE(swept.plan.pairs.size() == 2);
        for (std::size_t k = 0; k < swept.plan.pairs.size(); ++k) {
            const SweepPair& pair = swept.plan.pairs[k];
            CHECK(swept.plan.lines[swept.plan.variants[pair.straight].line].by == By::straight_line);
            CHECK(swept.plan.lines[swept.plan.variants[pair.walking].line].by == By::walking);
            CHECK(swept.plan.variants[pair.straight].limit == swept.plan.variants[pair.walking].limit);
            const WalkCompared& compared = swept.tally.compared[k];
            const bool wide = swept.plan.variants[pair.walking].limit == 400;
            CHECK(compared.straight == (wide ? 9U : 6U));
            CHECK(compared.breach == (wide ? 5U : 3U));
            CHECK(compared.farther == (wide ? 3U : 2U));
            CHECK(compared.unknown == 1);
            CHECK(compared.borderline == 0);
        }
        const SweepVariant& own = swept.plan.adopted_of(0);
        CHECK(own.adopted);
        CHECK(swept.plan.lines[own.line].by == (adopted == "walking" ? By::walking : By::straight_line));
    }
}

TEST_CASE("read by walking, each variant decides as a policy edited so") {
    for (const std::string adopted : {"straight-line", "walking"}) {
        TwoStreets world(adopted);
        ResultCounts seen{};
        CHECK(compare_with_edited_policies(world, TwoStreets::both({100, 250, 400, 1500}), seen) > 80);
        CHECK(seen[static_cast<std::size_t>(Result::breach)] > 20);
        CHECK(seen[static_cast<std::size_t>(Result::clear)] > 20);
    }
}

TEST_CASE("without streets nothing is read by walking, and the message says what to add") {
    TwoStreets world("straight-line");
    world.layers().walking = nullptr;
    const std::string error =
        error_of([&] { plan_sweep(world.assessment_policies(), world.layers(), TwoStreets::both({400})); });
    CHECK(holds_text(error, "--by walking: the study has no streets"));
    CHECK(holds_text(error, "kind = \"streets\""));
    SweepOptions straight = limits({400});
    straight.by = {By::straight_line};
    CHECK(plan_sweep(world.assessment_policies(), world.layers(), straight).lines.size() == 1);
}
