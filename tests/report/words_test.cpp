// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/words.h"

#include <doctest/doctest.h>

#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/report/rows.h"

using namespace geo;

namespace {

// A small world: one school with a boundary, (0,0) to (200,100); one known only by a point; one town centre; a policy with a rule of 400 m.
constexpr const char* kPolicy = R"(
[policy]
id = "ash-2012"
title = "Takeaways"
authority = "Ash Council"
kind = "spd"
status = "adopted"
in-force = { from = 2012-04-01 }
applies-to = ["hot-food-takeaway"]
source = "SPD"

[[rule]]
id = "A1"
cite = "A1"
distance = { to = ["schools"], from = "boundary", by = "straight-line" }
breach = "<= 400 m"
unless = { inside = ["town-centres"] }
outcome = "refuse"

[[rule]]
id = "A2"
cite = "A2"
distance = { to = ["schools"], from = "boundary", by = "straight-line" }
breach = "<= 100 m"
outcome = "consult"
)";

void add_box(Shapes& shapes, double x0, double y0, double x1, double y1) {
    shapes.add_vertex(x0, y0);
    shapes.add_vertex(x1, y0);
    shapes.add_vertex(x1, y1);
    shapes.add_vertex(x0, y1);
    shapes.add_vertex(x0, y0);
    shapes.end_part(PartKind::ring);
    shapes.end_shape();
}

Layers small_world() {
    Layers layers;
    PlaceLayer schools;
    schools.facts.name = "schools";
    schools.facts.accuracy_stated = true;
    schools.id.add("1001");
    schools.name.add("Ash \x1b[31m School");
    schools.kind.add("secondary");
    add_box(schools.shapes, 0, 0, 200, 100);
    schools.entrances.add_nothing();
    schools.centroids.add_point(100, 50);
    schools.point_only = {0};
    schools.opened = {kBeforeRecords};
    schools.closed = {kNotEnded};
    schools.state = {PlaceState::open};
    layers.places.push_back(std::move(schools));
    AreaLayer centres;
    centres.facts.name = "town-centres";
    centres.facts.accuracy_stated = true;
    centres.code.add("TC1");
    centres.name.add("Ash Centre");
    add_box(centres.shapes, 300, 0, 350, 100);
    layers.areas.push_back(std::move(centres));
    return layers;
}

struct World {
    Layers layers = small_world();
    std::vector<Policy> policies = {
        read_policy(kPolicy, "ash.toml", std::vector<std::string>{"schools", "town-centres"})};
    LayerFacts facts = [] {
        LayerFacts f;
        f.name = "applications";
        f.accuracy_stated = true;
        return f;
    }();
    Assessment assessment{policies, layers, std::span(&facts, 1), [] {
                              AssessOptions options;
                              options.on = parse_date("2024-05-01", DateFormat::iso);
                              return options;
                          }()};

    /// One row a point.
    ProposalBatch batch(std::vector<Point> points, Use use = Use::hot_food_takeaway) const {
        ProposalBatch b;
        for (const Point& p : points) {
            b.row.push_back(static_cast<std::int64_t>(b.row.size()) + 2);
            b.reference.emplace_back("24/1");
            b.name.emplace_back("12 High Street");
            b.use.push_back(use);
            b.existing_use.push_back(Use::unstated);
            b.use_note.emplace_back();
            b.nothing_changes.push_back(0);
            b.received.push_back(kBeforeRecords);
            b.decided.push_back(kBeforeRecords);
            b.shapes.add_point(p.x, p.y);
            b.site_of.push_back(static_cast<std::uint32_t>(b.site_of.size()));
        }
        return b;
    }

    std::string why(Point p, Use use = Use::hot_food_takeaway) const {
        const ProposalBatch one = batch({p}, use);
        return verdict_reason(one, assessment.assess(one), 0, assessment);
    }
};

}  // namespace

TEST_CASE("reasons: what was measured, against which limit, and what follows: names are made printable") {
    const World world;
    CHECK(world.why({550, 50}) ==
          "350.0 m from the boundary of Ash \\x1B[31m School (schools 1001), limit 400 m: contrary to A1");
    CHECK(world.why({700, 50}) ==
          "500.0 m from the boundary of Ash \\x1B[31m School (schools 1001), limit 400 m: clear of A1");
    CHECK(world.why({600, 50}) ==
          "400.000 m from the boundary of Ash \\x1B[31m School (schools 1001), limit 400 m: contrary to A1");
    CHECK(world.why({320, 50}) ==
          "120.0 m from the boundary of Ash \\x1B[31m School (schools 1001), limit 400 m, but in Ash Centre "
          "(town-centres TC1): exempt from A1");
    CHECK(world.why({100, 50}) == "in Ash \\x1B[31m School (schools 1001), limit 400 m: contrary to A1");
    CHECK(world.why({550, 50}, Use::betting_shop) == "a betting shop: A1 is about a hot food takeaway only");
}

TEST_CASE("no reason ever says refuse") {
    const World world;
    for (const double x : {0.0, 250.0, 320.0, 550.0, 600.0, 700.0, 5000.0})
        CHECK(world.why({x, 50}).find("refus") == std::string::npos);
}

TEST_CASE("what is triggered stands beside the verdict and does not decide it") {
    const World world;
    const ProposalBatch one = world.batch({{290, 50}});
    const Assessed assessed = world.assessment.assess(one);
    const VerdictRows rows(world.assessment);
    VerdictRow row;
    rows.make(one, assessed, 0, row);
    CHECK(row.verdict == Result::breach);
    CHECK(row.outcome == "refuse");
    REQUIRE(row.triggered.size() == 1);
    CHECK(row.triggered[0] == "A2");
    CHECK(row.nearest_id == "1001");
    CHECK(row.nearest_m == doctest::Approx(90.0));
    CHECK(reason(assessed.findings[1][0], world.assessment.slots()[1], world.assessment) ==
          "90.0 m from the boundary of Ash \\x1B[31m School (schools 1001), limit 100 m: A2 asks to consult");
}

TEST_CASE("limits in words: metres as they are, other units with their metres") {
    CHECK(limit_words(*parse_comparison("<= 400 m")) == "400 m");
    CHECK(limit_words(*parse_comparison("<= 0.25 mi")) == "0.25 mi (402.336 m)");
    CHECK(limit_words(*parse_comparison("<= 1.2 km")) == "1.2 km (1200 m)");
    CHECK(comparison_words(*parse_comparison("< 400 m")) == "limit below 400 m");
    CHECK(comparison_words(*parse_comparison("judgement")) == "no number in the policy");
}

TEST_CASE("near a limit a distance has three decimals, so that the two can be told apart") {
    CHECK(metres_words(399.96, 400) == "399.960 m");
    CHECK(metres_words(399.5, 400) == "399.5 m");
}

TEST_CASE("the columns of verdicts and findings are those of the manual, in order") {
    std::string verdicts, findings;
    for (const OutputField& field : verdict_fields({"ward", "case_officer"}, false)) verdicts += field.name + ",";
    for (const OutputField& field : finding_fields()) findings += field.name + ",";
    CHECK(verdicts ==
          "reference,name,use,as_at,x,y,verdict,outcome,rules_breached,rules_borderline,rules_unknown,triggered,"
          "nearest_layer,nearest_id,"
          "nearest_name,nearest_distance_m,ward,case_officer,");
    CHECK(findings ==
          "reference,policy,policy_status,rule,result,plain,measured,limit,unit,margin,tolerance,tolerance_place,"
          "tolerance_site,tolerance_crs,"
          "layer,place_id,place_name,from,site,by,site_x,site_y,place_x,place_y,start_kind,access_place_m,network_m,"
          "access_site_m,before,after,"
          "numerator,denominator,exempt_by,outcome,cite,note,straight_m,straight_place_id,tolerance_walk,");
}

TEST_CASE("a kept column that is called as one of ours gets another name") {
    CHECK(kept_names({"ward", "Name", "verdict"}) == std::vector<std::string>{"ward", "Name (own)", "verdict (own)"});
}
