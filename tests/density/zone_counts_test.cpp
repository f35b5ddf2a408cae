// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/zone_counts.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/density/density_table.h"
#include "tests/support/small_world.h"

using namespace geo;
using geo::test::day;
using geo::test::SmallWorld;

namespace {

using Figures = std::array<std::int64_t, 4>;  // outlets, opened, closed, change

/// A school at (0, 0)-(200, 100), a limit of 400 m for takeaways, a town centre that exempts from x = 400 to 700; two wards that meet at x = 1000. Outlets
/// stand on the line y = 50.
struct World {
    SmallWorld world;
    std::vector<Date> days = {day(2013, 1, 1), day(2014, 1, 1), day(2015, 1, 1)};
    std::vector<Use> uses = {Use::hot_food_takeaway};
    std::vector<Premises> premises;
    AreaCounts counts;
    std::string head = "in-force = { from = 2015-04-01 }\napplies-to = [\"hot-food-takeaway\"]\n";

    World() {
        world.place("schools", "S1", test::rectangle(0, 0, 200, 100));
        world.area("centres", "C1", test::rectangle(400, -500, 700, 500));
        world.area("wards", "W1", test::rectangle(-5000, -5000, 1000, 5000));
        world.area("wards", "W2", test::rectangle(1000, -5000, 5000, 5000));
    }
    void outlet(double x, Date opened = day(2012, 1, 5), Date closed = kNotEnded, Use use = Use::hot_food_takeaway) {
        world.outlet(x, 50, 0, opened, closed, use);
    }
    void count() {
        Issues issues;
        premises.push_back(premises_of(world.layers().outlets.front(), issues));
        counts = count_by_area(premises, world.areas("wards"), days, uses, 1, issues);
    }
    ZoneCounts zones() {
        count();
        world.policy(
            "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"], from = \"boundary\" }\nbreach = "
            "\"<= 400 m\"\nunless = { inside = [\"centres\"] }\noutcome = \"refuse\"\n"
            "[[rule]]\nid = \"R2\"\ncite = \"R2\"\ndistance = { to = [\"schools\"], from = \"boundary\" }\nbreach = "
            "\"<= 900 m\"\noutcome = \"consult\"\n",
            head);
        return zone_counts(premises, counts, zone_policy(world.assessment_policies().front()), world.layers());
    }
};

Figures figures(const std::vector<ZoneRow>& rows, ZoneSide side, std::uint32_t on_day, std::uint32_t use = 0) {
    for (const ZoneRow& row : rows)
        if (row.side == side && row.day == on_day && row.use == use)
            return {row.outlets, row.opened, row.closed, row.change};
    return {};
}

constexpr std::int64_t kNone = ZoneRow::kNotKnown;

/// For each use and day: the three sides against the row of all areas together.
bool sums_to_total(const std::vector<ZoneRow>& rows, const std::vector<DensityRow>& density) {
    for (const DensityRow& total : density) {
        if (total.area != kNoArea) continue;
        Figures sum{};
        std::size_t sides = 0;
        for (const ZoneRow& row : rows) {
            if (row.use != total.use || row.day != total.day) continue;
            ++sides;
            const Figures one = {row.outlets, row.opened, row.closed, row.change};
            for (std::size_t k = 0; k < sum.size(); ++k)
                sum[k] = one[k] == kNone || sum[k] == kNone ? kNone : sum[k] + one[k];
        }
        if (sides != kZoneSides || sum != Figures{total.outlets, total.opened, total.closed, total.change})
            return false;
    }
    return true;
}

}  // namespace

TEST_CASE("Inside, exempt and outside over the days, with openings, closures and change") {
    World w;
    w.outlet(-400);                                    // at the limit: inside
    w.outlet(300, day(2013, 6, 1));                    // inside, opened in 2013
    w.outlet(-100, day(2012, 1, 5), day(2014, 6, 1));  // inside, closed in 2014
    w.outlet(450);                                     // in the centre
    w.outlet(-401, day(2012, 1, 5), day(2013, 3, 1));  // a metre beyond: outside, whatever a ring would say
    w.outlet(2000, day(2014, 2, 1));
    const std::vector<ZoneRow> rows = w.zones().rows;
    REQUIRE(rows.size() == 9);
    CHECK(figures(rows, ZoneSide::inside, 0) == Figures{2, kNone, kNone, kNone});
    CHECK(figures(rows, ZoneSide::inside, 1) == Figures{3, 1, 0, 1});
    CHECK(figures(rows, ZoneSide::inside, 2) == Figures{2, 0, 1, -1});
    CHECK(figures(rows, ZoneSide::exempt, 2) == Figures{1, 0, 0, 0});
    CHECK(figures(rows, ZoneSide::outside, 0) == Figures{1, kNone, kNone, kNone});
    CHECK(figures(rows, ZoneSide::outside, 1) == Figures{0, 0, 1, -1});
    CHECK(figures(rows, ZoneSide::outside, 2) == Figures{1, 1, 0, 1});
    CHECK(rows[3].change_percent == doctest::Approx(50));
    CHECK(std::isnan(rows[8].change_percent));  // from none
    CHECK(sums_to_total(rows, density_rows(w.counts, w.world.areas("wards"), {})));
}

TEST_CASE("Zones count the outlets that areas count: not those in no area, nor those whose dates cannot be read") {
    World w;
    w.outlet(100);
    w.outlet(9000);  // in no ward
    w.outlet(-300);  // dates not understood
    w.outlet(1000);  // on the border of the wards: once
    w.world.layers().outlets.front().unclear[2] = 1;
    const std::vector<ZoneRow> rows = w.zones().rows;
    CHECK(figures(rows, ZoneSide::inside, 0)[0] == 1);
    CHECK(figures(rows, ZoneSide::outside, 0)[0] == 1);
    CHECK(sums_to_total(rows, density_rows(w.counts, w.world.areas("wards"), {})));
}

TEST_CASE("Areas that are not covered are left out of the zones as of the total") {
    World w;
    w.outlet(-100);
    w.outlet(1500);
    w.count();
    const std::vector<std::vector<std::vector<Zone>>> zones = {{{Zone::inside, Zone::beyond}}};
    for (const std::size_t area : {0, 1})
        for (auto* known : {&w.counts.outlets, &w.counts.opened, &w.counts.closed})
            if (area == 1) (*known)[w.counts.at(0, 1, area)] = -1;  // ward W2 on the second day
    w.counts.opened[w.counts.at(0, 2, 1)] = w.counts.closed[w.counts.at(0, 2, 1)] = -1;
    std::vector<ZoneRow> rows = zone_rows(w.premises, w.counts, zones);
    CHECK(figures(rows, ZoneSide::outside, 0)[0] == 1);
    CHECK(figures(rows, ZoneSide::outside, 1) == Figures{0, 0, 0, 0});
    CHECK(figures(rows, ZoneSide::outside, 2) ==
          Figures{1, 0, 0, 0});  // back, which is no change of areas covered twice
    CHECK(sums_to_total(rows, density_rows(w.counts, w.world.areas("wards"), {})));
    for (const std::size_t area : {0, 1}) w.counts.outlets[w.counts.at(0, 1, area)] = -1;
    rows = zone_rows(w.premises, w.counts, zones);
    CHECK(figures(rows, ZoneSide::inside, 1) == Figures{kNone, kNone, kNone, kNone});
    CHECK(figures(rows, ZoneSide::inside, 2) == Figures{1, kNone, kNone, kNone});
}

TEST_CASE("A use that the policy is not about has no rows, none of its uses is refused") {
    World w;
    w.uses = {Use::betting_shop, Use::hot_food_takeaway};
    w.outlet(100);
    w.outlet(120, day(2012, 1, 5), kNotEnded, Use::betting_shop);
    const ZoneCounts zones = w.zones();
    CHECK(zones.rows.size() == 9);
    CHECK(figures(zones.rows, ZoneSide::inside, 0, 1)[0] == 1);
    CHECK(zones.other_uses == std::vector<Use>{Use::betting_shop});
    const std::vector<std::string> notes = zone_notes(zones);
    REQUIRE(notes.size() == 3);
    CHECK(notes[0].starts_with("Zones of test: as they were on 2015-04-01"));
    CHECK(notes[1] == "Rules of test that draw no zone: R2 (consult).");
    CHECK(notes[2] == "test has no zones for betting-shop.");
    World other;
    other.uses = {Use::betting_shop};
    other.outlet(120, day(2012, 1, 5), kNotEnded, Use::betting_shop);
    CHECK_THROWS_AS(other.zones(), UsageError);
}

TEST_CASE("Premises of two uses stand in the zone of each: a rule for one says nothing of the other") {
    World w;
    w.uses = {Use::betting_shop, Use::hot_food_takeaway};
    w.outlet(100);
    OutletLayer& layer = w.world.layers().outlets.front();
    layer.uses[0] = static_cast<UseSet>(use_bit(Use::hot_food_takeaway) | use_bit(Use::betting_shop));
    w.count();
    w.world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\napplies-to = [\"hot-food-takeaway\"]\ndistance = { to = [\"schools\"], "
        "from = \"boundary\" }\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n"
        "[[rule]]\nid = \"R2\"\ncite = \"R2\"\napplies-to = [\"betting-shop\"]\ndistance = { to = [\"schools\"], "
        "from = \"boundary\" }\nbreach = \"<= 50 m\"\noutcome = \"refuse\"\n",
        "in-force = { from = 2015-04-01 }\n");
    w.world.layers().outlets.front().shapes.clear();
    w.world.layers().outlets.front().shapes.add_point(500, 50);  // 300 m off
    w.premises.clear();
    w.count();
    const ZoneCounts zones =
        zone_counts(w.premises, w.counts, zone_policy(w.world.assessment_policies().front()), w.world.layers());
    CHECK(figures(zones.rows, ZoneSide::outside, 0, 0)[0] == 1);
    CHECK(figures(zones.rows, ZoneSide::inside, 0, 1)[0] == 1);
}

TEST_CASE("Inside, exempt and outside sum to the total, whatever the outlets") {
    rc::check([] {
        World w;
        const int outlets = *rc::gen::inRange(1, 30);
        for (int k = 0; k < outlets; ++k) {
            const Date opened = day(2012, 1, 1) + std::chrono::days(*rc::gen::inRange(0, 1200));
            const bool closes = *rc::gen::arbitrary<bool>();
            const Date closed = closes ? opened + std::chrono::days(*rc::gen::inRange(1, 900)) : kNotEnded;
            w.outlet(*rc::gen::inRange(-60, 60) * 100, opened, closed);
        }
        const std::vector<ZoneRow> rows = w.zones().rows;
        RC_ASSERT(sums_to_total(rows, density_rows(w.counts, w.world.areas("wards"), {})));
    });
}
