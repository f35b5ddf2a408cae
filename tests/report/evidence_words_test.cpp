// SPDX-License-Identifier: Apache-2.0
// The sentences of an evidence sheet: a school of 200 by 100 m from (0, 0), proposals to its east.
#include "libgeo/report/evidence_words.h"

#include <doctest/doctest.h>

#include "libgeo/assess/measures/distance.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

struct Story : SmallWorld {
    Story() { place("schools", "Ash", rectangle(0, 0, 200, 100)); }
    EvidenceSubject subject(AssessOptions options = {}) { return subject_of_proposal(batch(), assess(options), 0); }
    const Slot& slot(std::size_t k = 0) const { return assessment().slots()[k]; }
    std::string paragraph(std::size_t k = 0) {
        const EvidenceSubject one = subject();
        return rule_paragraph(one, entries_of(one, assessment())[k], assessment());
    }
    std::vector<std::string> steps() {
        const EvidenceSubject one = subject();
        return settle_words(one, entries_of(one, assessment())[0], assessment());
    }
    std::optional<Slack> slack() {
        assess();
        return slack_of(finding(), slot(), assessment());
    }
};

bool holds(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }
bool any_holds(const std::vector<std::string>& list, const std::string& what) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return holds(one, what); });
}

}  // namespace

TEST_CASE("a breach in one paragraph: both ends, tolerance, limit, margin, what follows, slack") {
    Story story;
    story.places("schools").facts.accuracy = Metres{2};
    story.proposals().accuracy = Metres{1};
    story.propose(point(512.4, 50));
    story.rule("<= 400 m");
    CHECK(story.paragraph() ==
          "The site is 312.4 m (± 3 m) in a straight line from the boundary of Ash School (schools Ash), measured from "
          "the point given for the site; the limit is 400 m, so it lies 87.6 m within it. The proposal is contrary to "
          "R1. It would still breach at a limit of 320 m; at 310 m it would be too close to call.");
}

TEST_CASE("a clear proposal lies beyond the limit and has no slack") {
    Story story;
    story.propose(point(900, 50));
    story.rule("<= 400 m");
    CHECK(
        story.paragraph() ==
        "The site is 700.0 m (± 0 m) in a straight line from the boundary of Ash School (schools Ash), measured from "
        "the point given for the site; the limit is 400 m, so it lies 300.0 m beyond it. The proposal is clear of R1.");
    CHECK_FALSE(story.slack());
}

TEST_CASE("the day of the register goes with the place") {
    Story story;
    FileRecord file;
    file.date = "2026-05-03";
    story.places("schools").facts.files.push_back(file);
    story.propose(point(512.4, 50));
    story.rule("<= 400 m");
    CHECK(holds(story.paragraph(), "Ash School (schools Ash, 3 May 2026)"));
}

TEST_CASE("slack: the least round limit that still breaches, decided as the rule is") {
    Story story;
    story.propose(point(450, 50));  // 250 m
    story.rule("<= 400 m");
    SUBCASE("known exactly: 250 m still breaches, 240 m is clear") {
        const auto slack = story.slack();
        REQUIRE(slack);
        CHECK(slack->still_m == 250);
        CHECK(slack->settles_m == 240);
        CHECK(slack->settles == Result::clear);
    }
    SUBCASE("known to 3 m: 260 m still breaches, 250 m is too close to call") {
        story.proposals().accuracy = Metres{3};
        const auto slack = story.slack();
        REQUIRE(slack);
        CHECK(slack->still_m == 260);
        CHECK(slack->settles == Result::borderline);
    }
    SUBCASE("known to 10 m: exactly 10 m inside is a breach, as the rule decides it") {
        story.proposals().accuracy = Metres{10};
        CHECK(story.slack()->still_m == 260);
    }
}

TEST_CASE("slack of less than ten metres is told in metres, and none where not even one is left") {
    Story story;
    story.rule("<= 400 m");
    SUBCASE("396 m") {
        story.propose(point(596, 50));
        const auto slack = story.slack();
        REQUIRE(slack);
        CHECK(slack->still_m == 396);
        CHECK(slack->settles_m == 395);
    }
    SUBCASE("399.5 m") {
        story.propose(point(599.5, 50));
        CHECK_FALSE(story.slack());
    }
    SUBCASE("inside: any round limit breaches") {
        story.propose(point(100, 50));
        const auto slack = story.slack();
        REQUIRE(slack);
        CHECK(slack->still_m == 10);
        CHECK_FALSE(slack->settles_m);
        CHECK(holds(story.paragraph(), "The site lies in Ash School"));
        CHECK(holds(story.paragraph(), "It would still breach at a limit of 10 m."));
    }
}

TEST_CASE("slack agrees with deciding afresh under every limit") {
    for (const double x : {210.0, 333.3, 456.7, 590.0}) {
        for (const double accuracy : {0.0, 2.5, 17.0}) {
            Story story;
            story.proposals().accuracy = Metres{accuracy};
            story.propose(point(x, 50));
            story.rule("<= 400 m");
            const auto slack = story.slack();
            if (!slack) continue;
            for (const double limit : {slack->still_m, slack->settles_m.value_or(0.0)}) {
                if (limit == 0.0) continue;
                Story again;
                again.proposals().accuracy = Metres{accuracy};
                again.propose(point(x, 50));
                again.rule("<= " + std::to_string(static_cast<int>(limit)) + " m");
                again.assess();
                CHECK(again.finding().result == (limit == slack->still_m ? Result::breach : slack->settles));
            }
        }
    }
}

TEST_CASE("a borderline distance: where to measure, how well, and which end is known worst") {
    Story story;
    story.places("schools").facts.accuracy = Metres{5};
    story.proposals().accuracy = Metres{1};
    story.propose(point(602, 50));  // 402 m
    story.rule("<= 400 m");
    const auto steps = story.steps();
    REQUIRE(steps.size() == 2);
    CHECK(
        steps[0] ==
        "Measure the distance on the ground from (602.000, 50.000) at the site to (200.000, 50.000) on the boundary of "
        "Ash School (schools Ash). Both ends together are known to ± 6 m; better than ± 2 m settles it.");
    CHECK(steps[1] == "The larger part of this, 5 m, is the place's end (schools): survey that end first.");
    CHECK(holds(story.paragraph(),
                "This is too close to call under R1: the distance is known to ± 6 m only. As plotted "
                "it is beyond the limit."));
}

TEST_CASE("the site's end is named where it is known worst, and a missing grid where that is") {
    Story story;
    story.propose(point(598, 50));
    story.rule("<= 400 m");
    SUBCASE("the site") {
        story.proposals().accuracy = Metres{4};
        CHECK(any_holds(story.steps(), "4 m, is the site's end"));
        CHECK(holds(story.paragraph(), "As plotted it is within the limit."));
    }
    SUBCASE("the grid") {
        story.proposals().operation.identity = false;
        story.proposals().operation.name = "Helmert";
        story.proposals().operation.loss_m = 5;
        CHECK(any_holds(story.steps(), "5 m, is lost by a missing grid"));
    }
}

TEST_CASE("what is missing is what would settle an unknown finding") {
    Story story;
    SUBCASE("no location") {
        story.propose(Shapes());
        story.rule("<= 400 m");
        CHECK(any_holds(story.steps(), "Plot the site"));
        CHECK(holds(story.paragraph(), "R1 not tested: the proposal has no location."));
    }
    SUBCASE("a place of which only a point is known may be nearer") {
        Story other;
        other.place("parks", "Fern", point(0, 0));
        other.places("parks").facts.site_radius = Metres{100};
        other.propose(point(450, 0));
        other.rule("<= 400 m", "", "to = [\"parks\"], from = \"boundary\"");
        CHECK(other.verdict() == "borderline");
        CHECK(any_holds(other.steps(),
                        "Get the boundary of Fern School (parks Fern): only a point of it is known, and "
                        "its boundary may be nearer by up to 100 m."));
    }
}

TEST_CASE("an exemption is named, and a breach that is exempt has no slack") {
    Story story;
    story.area("town-centres", "TC1", rectangle(300, 0, 600, 300));
    story.propose(point(450, 50));
    story.rule("<= 400 m", "unless = { inside = [\"town-centres\"] }");
    CHECK(holds(story.paragraph(), "It is exempt from R1: the site lies in town-centres TC1."));
    CHECK_FALSE(story.slack());
}

TEST_CASE("a rule that asks for something else than refusal is no conflict") {
    Story story;
    story.propose(point(450, 50));
    story.rule("<= 400 m", "outcome = \"consult\"");
    CHECK(holds(story.paragraph(), "R1 asks to consult. It is no conflict with the policy."));
}

TEST_CASE("other measures are told with their figures") {
    SmallWorld world;
    world.frontage(12, {5, 6});
    world.propose_unit(7);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nrun = { of = \"hot-food-takeaway\", along = \"frontages\" }\nbreach = "
        "\"> 2 units\"\noutcome = \"refuse\"\n");
    const EvidenceSubject subject = subject_of_proposal(world.batch(), world.assess(), 0);
    const std::string text = rule_paragraph(subject, entries_of(subject, world.assessment())[0], world.assessment());
    CHECK(text ==
          "A run of 3 hot food takeaways with this one (units 5 to 7 of High Street (frontages F1)), limit above 2 "
          "units. The proposal is contrary to R1.");
}

TEST_CASE("a policy that is not adopted is marked, and its rule does not decide") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    world.propose(point(450, 50));
    world.set_policies(
        {read_policy("[policy]\nid = \"draft\"\ntitle = \"Draft plan\"\nauthority = \"Fernhill\"\nstatus = "
                     "\"emerging\"\nkind = \"spd\"\nsource = \"none\"\nin-force = { from = 2024-01-15 }\n"
                     "[[rule]]\nid = \"D1\"\ncite = \"D1\"\ndistance = { to = [\"schools\"], from = "
                     "\"boundary\" }\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n",
                     "draft.toml", std::vector<std::string>{"schools"})});
    const EvidenceSubject subject = subject_of_proposal(world.batch(), world.assess(), 0);
    const Slot& slot = world.assessment().slots()[0];
    CHECK(rule_named(slot, world.assessment()) ==
          "D1 of Draft plan (emerging, in force from 15 January 2024: not counted in the verdict)");
    CHECK(holds(rule_paragraph(subject, entries_of(subject, world.assessment())[0], world.assessment()),
                "Draft plan is emerging and does not count in the verdict."));
    CHECK(verdict_of(subject).result == Result::not_applicable);
}

TEST_CASE("a rule that was not checked against its source says so in its paragraph") {
    Story story;
    story.propose(point(450, 50));
    story.rule("<= 400 m", "unchecked = \"from a second-hand source\"");
    CHECK(holds(story.paragraph(), "The wording of R1 was not checked against its source."));
}

TEST_CASE("of several sites each is named in its paragraph") {
    Story story;
    story.propose(point(450, 50));
    story.propose(point(900, 50));
    story.batch().site_of[1] = 0;
    story.rule("<= 400 m");
    const EvidenceSubject subject = story.subject();
    const std::vector<EvidenceEntry> entries = entries_of(subject, story.assessment());
    REQUIRE(entries.size() == 2);
    CHECK(holds(rule_paragraph(subject, entries[0], story.assessment()), "Site 1 is 250.0 m"));
    CHECK(holds(rule_paragraph(subject, entries[0], story.assessment()), "The proposal is contrary to R1."));
    CHECK(holds(rule_paragraph(subject, entries[1], story.assessment()), "Site 2 is 700.0 m"));
    // The other site breaches: the proposal as a whole is not clear.
    CHECK(
        holds(rule_paragraph(subject, entries[1], story.assessment()), "By this measurement alone it is clear of R1."));
    CHECK(verdict_of(subject).result == Result::breach);
}

TEST_CASE("a use that is stated and not understood is not called unstated") {
    Story story;
    story.rule("<= 400 m", "applies-to = [\"hot-food-takeaway\"]");
    story.propose(point(450, 50));
    story.batch().use = {Use::unstated};
    story.batch().uses = {0};
    CHECK(holds(story.paragraph(), "not tested: the use is not stated"));
    CHECK(any_holds(story.steps(), "State the proposed use: the register does not."));
    story.batch().use_note = {"the use “Chippy” is not understood"};
    CHECK(holds(story.paragraph(), "not tested: the use “Chippy” is not understood"));
    CHECK_FALSE(any_holds(story.steps(), "the register does not"));
    CHECK(any_holds(story.steps(), "words that are understood: the use “Chippy” is not understood"));
}

TEST_CASE("why the day is the day") {
    Story story;
    story.rule("<= 400 m");
    SUBCASE("decided") {
        story.propose(point(450, 50), day(2019, 5, 14));
        const EvidenceSubject subject = story.subject();
        CHECK(as_at_reason(subject, story.assessment()) == "14 May 2019: the proposal's date of decision");
        AssessOptions on;
        on.on = day(2020, 1, 2);
        const EvidenceSubject asked = story.subject(on);
        CHECK(as_at_reason(asked, story.assessment()) == "2 January 2020: the day asked for");
    }
    SUBCASE("not decided") {
        story.propose(point(450, 50));
        const EvidenceSubject subject = story.subject();
        CHECK(as_at_reason(subject, story.assessment()) ==
              "1 June 2024: the study's as-at date, as the proposal has no date of decision");
    }
    SUBCASE("decided on a day that cannot be read") {
        story.propose(point(450, 50));
        story.batch().decided_unread = {"2014-02-29"};
        const EvidenceSubject subject = story.subject();
        CHECK(as_at_reason(subject, story.assessment()) ==
              "a day that is not known: the proposal's date of decision, “2014-02-29”, cannot be read");
        CHECK(holds(story.paragraph(), "not tested: its date of decision cannot be read"));
        CHECK(story.steps() == std::vector<std::string>{"Correct the date of decision: “2014-02-29” is no date."});
    }
}
