// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/effect_counts.h"

#include <doctest/doctest.h>

#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/density/effect_estimates.h"
#include "tests/support/small_world.h"

using namespace geo;
using geo::test::day;
using geo::test::SmallWorld;

namespace {

const Date kPolicy = day(2015, 4, 1);

/// A school (0, 0)-(200, 100), a limit of 400 m, a town centre that exempts from x = 400 to 700; outlets are put on the line y = 50.
struct World {
    SmallWorld world;
    World() {
        world.place("schools", "S1", test::rectangle(0, 0, 200, 100));
        world.area("centres", "C1", test::rectangle(400, -500, 700, 500));
        world.area("wards", "W1", test::rectangle(-5000, -5000, 5000, 5000));
        world.policy(
            "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"], from = \"boundary\" }\nbreach = "
            "\"<= 400 m\"\n"
            "unless = { inside = [\"centres\"] }\noutcome = \"refuse\"\n"
            "[[rule]]\nid = \"R2\"\ncite = \"R2\"\ndistance = { to = [\"schools\"], from = \"boundary\" }\nbreach = "
            "\"<= 900 m\"\noutcome = \"consult\"\n",
            "in-force = { from = 2015-04-01 }\napplies-to = [\"hot-food-takeaway\"]\n");
    }
    void outlet(double x, Date opened = day(2012, 1, 5), Date closed = kNotEnded, Use use = Use::hot_food_takeaway) {
        world.outlet(x, 50, 0, opened, closed, use);
    }
    const Premises& premises() {
        Issues issues;
        held_ = premises_of(world.layers().outlets.front(), issues);
        return held_;
    }
    std::vector<std::string> zones(double ring = 100) {
        std::vector<std::string> remarks, words;
        const ZonePolicy policy = zone_policy(world.assessment_policies().front());
        for (const Zone zone : zones_of(premises(), policy, world.layers(), ring, remarks))
            words.emplace_back(word(zone));
        return words;
    }

  private:
    Premises held_;
};

std::string refusal(const std::vector<Premises>& premises, Date policy, const WindowOptions& options = {}) {
    try {
        effect_window(premises, policy, kNotEnded, options);
    } catch (const DataError& error) {
        return error.what();
    }
    return "none";
}

/// Dated outlets, all in zone and area as told.
struct Openings {
    World world;
    std::vector<Zone> zones;
    std::vector<std::uint32_t> areas;
    void add(Zone zone, std::uint32_t area, Date opened, Date closed = kNotEnded, double x = 0) {
        world.outlet(x, opened, closed);
        zones.push_back(zone);
        areas.push_back(area);
    }
    EffectWindow window;
    EffectCounts count(const WindowOptions& options = {}) {
        const std::vector<Premises> premises = {world.premises()};
        window = effect_window(premises, kPolicy, kNotEnded, options);
        const std::vector<std::vector<Zone>> all_zones = {zones};
        const std::vector<std::vector<std::uint32_t>> all_areas = {areas};
        return effect_counts(premises, all_zones, all_areas, 20, use_bit(Use::hot_food_takeaway), window);
    }
};

}  // namespace

TEST_CASE("Zones by exact distance: at the limit is inside, the ring ends at its width, a town centre exempts") {
    World w;
    w.outlet(-399);     // 399 m west of the school
    w.outlet(-400);     // exactly at the limit
    w.outlet(-400.01);  // a centimetre farther: the ring
    w.outlet(-500);     // where the ring ends
    w.outlet(-500.01);
    w.outlet(450);  // 250 m east, in the centre
    w.outlet(650);  // 450 m east, in the centre: no ring there
    w.outlet(350);  // 150 m east, before the centre begins
    CHECK(w.zones() ==
          std::vector<std::string>{"inside", "inside", "ring", "ring", "beyond", "exempt", "beyond", "inside"});
    CHECK(w.zones(0) ==
          std::vector<std::string>{"inside", "inside", "beyond", "beyond", "beyond", "exempt", "beyond", "inside"});
}

TEST_CASE("Zones are those of the policy's first day: a school that opened later draws none") {
    World w;
    w.world.place("schools", "S2", test::rectangle(3000, 0, 3200, 100), "secondary", PlaceState::open, day(2018, 9, 1));
    w.world.place("schools", "S3", test::rectangle(-3200, 0, -3000, 100), "secondary", PlaceState::open, kBeforeRecords,
                  day(2016, 8, 31));
    w.outlet(2900);
    w.outlet(-2900);
    CHECK(w.zones() == std::vector<std::string>{"beyond", "inside"});
}

TEST_CASE("Other uses, and outlets without a location, are in no zone") {
    World w;
    w.outlet(100, day(2012, 1, 5), kNotEnded, Use::betting_shop);
    w.outlet(100);
    OutletLayer& layer = w.world.layers().outlets.front();
    layer.shapes.clear();
    layer.shapes.add_point(100, 50);
    layer.shapes.add_nothing();
    CHECK(w.zones() == std::vector<std::string>{"untold", "untold"});
}

TEST_CASE("Rules that only consult draw no zone, a policy without rules about where is refused") {
    World w;
    const ZonePolicy zones = zone_policy(w.world.assessment_policies().front());
    CHECK(zones.policy.rules.size() == 1);
    CHECK(zones.left_aside == std::vector<std::string>{"R2 (consult)"});
    w.outlet(0);
    ZonePolicy none = zones;
    none.policy.rules.clear();
    std::vector<std::string> remarks;
    CHECK_THROWS_AS(zones_of(w.premises(), none, w.world.layers(), 100, remarks), UsageError);
}

TEST_CASE("The window: from the month of the first opening to the end of the last month, cut at the policy's day") {
    Openings o;
    o.add(Zone::inside, 0, day(2014, 2, 17));
    o.add(Zone::inside, 0, day(2015, 10, 3), day(2016, 1, 20));
    const EffectCounts counts = o.count();
    CHECK(o.window.from == day(2014, 2, 1));
    CHECK(o.window.until == day(2016, 2, 1));
    const std::vector<Date> cuts = {day(2014, 2, 1), day(2014, 4, 1), day(2014, 7, 1), day(2014, 10, 1),
                                    day(2015, 1, 1), day(2015, 4, 1), day(2015, 7, 1), day(2015, 10, 1),
                                    day(2016, 1, 1), day(2016, 2, 1)};
    CHECK(o.window.cuts == cuts);
    CHECK(o.window.side(4) == -1);
    CHECK(o.window.side(5) == 1);
    CHECK(o.window.periods_a_year == 4);
    CHECK(counts.opened[0] == std::vector<std::int64_t>{1, 0, 0, 0, 0, 0, 0, 1, 0});
    CHECK(counts.closed[0].back() == 1);
    CHECK(counts.stock[0] == std::vector<std::int64_t>{1, 1, 1, 1, 1, 1, 1, 2, 1});
}

TEST_CASE("An opening on the policy's first day is under it, the day before is not") {
    Openings o;
    o.add(Zone::inside, 3, day(2014, 1, 1));
    o.add(Zone::inside, 3, day(2015, 3, 31));
    o.add(Zone::inside, 3, kPolicy);
    o.add(Zone::beyond, 4, day(2016, 5, 5));
    o.add(Zone::elsewhere, 4, day(2016, 5, 5));
    o.add(Zone::untold, 4, day(2016, 5, 5));
    o.add(Zone::untold, 4, day(2016, 5, 5), kNotEnded, std::nan(""));
    o.add(Zone::beyond, 0xffffffffU, day(2016, 5, 5));
    o.add(Zone::beyond, 4, kBeforeRecords, day(2015, 6, 1));
    const EffectCounts counts = o.count();
    const EffectCounts::Tally& inside = counts.by_area[0][3];
    CHECK(inside.opened_before == 2);
    CHECK(inside.opened_after == 1);
    CHECK(inside.stock_first == 1);
    CHECK(inside.stock_policy == 3);
    CHECK(inside.stock_last == 3);
    const EffectCounts::Tally beyond = counts.total(Zone::beyond);
    CHECK(beyond.opened_before == 0);  // before the record is no opening
    CHECK(beyond.opened_after == 1);
    CHECK(beyond.closed_after == 1);
    CHECK(beyond.stock_first == 1);
    CHECK(counts.elsewhere == 1);
    CHECK(counts.without_location == 1);
    CHECK(counts.not_walked == 1);  // it has a location, and yet nobody can say
    CHECK(counts.outside_areas == 1);
    CHECK(counts.outlets == 5);
}

TEST_CASE("Between snapshots: what opened between two that lie on both sides of the policy is on neither") {
    Openings o;
    for (int k = 0; k < 4; ++k) o.add(Zone::inside, 0, day(2012, 1, 5));
    Premises premises = o.world.premises();
    premises.snapshot_dates = {day(2013, 7, 20), day(2014, 7, 20), day(2015, 7, 20), day(2016, 7, 20)};
    const auto between = [&](std::size_t spell, int first) {
        premises.opened[spell] = {premises.snapshot_dates[first], premises.snapshot_dates[first + 1]};
    };
    between(0, 0);
    between(1, 1);
    between(2, 2);
    premises.opened[3] = {kBeforeRecords, kBeforeRecords};
    const std::vector<Premises> all = {premises};
    const EffectWindow window = effect_window(all, kPolicy, kNotEnded, {});
    CHECK(window.snapshots);
    CHECK(window.periods() == 3);
    CHECK(window.side(1) == 0);
    const std::vector<std::vector<Zone>> zones = {o.zones};
    const std::vector<std::vector<std::uint32_t>> areas = {o.areas};
    const EffectCounts counts = effect_counts(all, zones, areas, 1, use_bit(Use::hot_food_takeaway), window);
    CHECK(counts.total(Zone::inside).opened_before == 1);
    CHECK(counts.total(Zone::inside).opened_after == 1);
    CHECK(counts.straddling == 1);
    CHECK(counts.opened[0] == std::vector<std::int64_t>{1, 0, 1});
}

TEST_CASE("No before, no after, one snapshot, no dates: refused with what is needed") {
    Openings o;
    o.add(Zone::inside, 0, day(2016, 2, 1));
    CHECK(refusal({o.world.premises()}, kPolicy).find("data that begin well before it") != std::string::npos);
    CHECK(refusal({o.world.premises()}, day(2020, 1, 1)).find("before and after cannot be compared") !=
          std::string::npos);
    Openings undated;
    undated.add(Zone::inside, 0, kBeforeRecords);
    CHECK(refusal({undated.world.premises()}, kPolicy).find("no outlet has an opening date") != std::string::npos);
    Premises one = o.world.premises();
    one.snapshot_dates = {day(2015, 7, 20)};
    CHECK(refusal({one}, kPolicy).find("one snapshot, of 2015-07-20") != std::string::npos);
    one.snapshot_dates = {day(2014, 7, 20), day(2015, 7, 20)};
    CHECK(refusal({one}, kPolicy).find("between snapshots") != std::string::npos);
}

TEST_CASE("Estimates: openings halve inside and go on beyond, in ten areas") {
    Openings o;
    for (std::uint32_t area = 0; area < 10; ++area)
        for (int quarter = 0; quarter < 40; ++quarter) {
            const Date opened = day(2010, 4, 3) + std::chrono::days(quarter * 365 / 4);
            const bool under = opened >= kPolicy;
            if (!under || quarter % 2 == 0) o.add(Zone::inside, area, opened);
            o.add(Zone::beyond, area, opened);
            if (area % 2 == 0 && quarter % 3 == 0) o.add(Zone::beyond, area, opened + std::chrono::days(40));
        }
    const EffectCounts counts = o.count();
    const EffectEstimates estimates = effect_estimates(counts, o.window, 0.95);
    REQUIRE(estimates.main().estimate);
    CHECK(estimates.main().estimate->value == doctest::Approx(0.5).epsilon(0.1));
    CHECK(estimates.main().areas == 10);
    CHECK_FALSE(estimates.all[1].estimate);  // nothing in the ring
    CHECK(estimates.all[1].refusal.find("0 openings in the zone before") != std::string::npos);
    CHECK(estimates.all[3].estimate->value < 0);
    CHECK(estimates.harmonics == 1);
    bool step = false;
    for (const EffectEstimate& one : estimates.all) {
        if (one.what != EffectEstimate::What::step || one.zone != Zone::inside) continue;
        step = true;
        CHECK(one.estimate->value == doctest::Approx(0.5).epsilon(0.15));
    }
    CHECK(step);
    CHECK(estimates.fitted[0].size() == o.window.periods());
    CHECK(estimates.fitted[1].empty());
}
