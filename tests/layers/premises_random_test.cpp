// SPDX-License-Identifier: Apache-2.0
//
// Random registers of few names, doors and ids, so that everything collides: what must hold whatever they say.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <set>

#include "libgeo/layers/premises.h"
#include "libgeo/layers/premises_changes.h"

using namespace geo;

namespace {

struct Row {
    int snapshot, id, name, postcode, door, authority, use, point, uprn;
    auto operator<=>(const Row&) const = default;
};

std::vector<Row> random_rows() {
    const auto upto = [](int n) { return *rc::gen::inRange(0, n); };
    std::set<Row> rows;  // the same row twice is one when it is read
    const int n = upto(60);
    for (int i = 0; i < n; ++i) {
        const int postcode = upto(4), point = upto(4) == 0 ? 0 : postcode + 1;
        rows.insert(
            {upto(4), upto(14), upto(4), postcode, upto(4), upto(3), upto(2), point, upto(4) == 0 ? upto(4) : 0});
    }
    return {rows.begin(), rows.end()};
}

OutletLayer layer_of(const std::vector<Row>& rows) {
    OutletLayer l;
    l.facts.name = "shops";
    l.facts.accuracy = {100.0};
    for (int s = 0; s < 4; ++s) {
        l.snapshot_dates.push_back(std::chrono::sys_days(std::chrono::year(2020 + s) / 1 / 1));
        l.snapshot_accuracy.push_back({100.0});
        l.snapshot_covers.emplace_back();
    }
    const auto some = [](int i, const std::string& text) { return i == 0 ? std::string() : text; };
    for (const Row& r : rows) {
        l.id.add(r.id == 0 ? "row" : std::to_string(r.id));
        l.has_id.push_back(r.id != 0);
        l.row.push_back(2);
        l.name.add(some(r.name, "Name " + std::to_string(r.name)));
        l.uprn.add(some(r.uprn, std::to_string(r.uprn)));
        l.postcode.add(some(r.postcode, "AB1 " + std::to_string(r.postcode) + "CD"));
        l.address.add(some(r.door, std::to_string(r.door) + " High Street"));
        l.authority.add(some(r.authority, std::string(1, static_cast<char>('@' + r.authority))));
        if (r.point == 0) {
            l.shapes.add_nothing();
        } else {
            l.shapes.add_point(430000.0 + 80.0 * r.point, 300000.0);
        }
        l.use.push_back(r.use == 0 ? Use::shop : Use::hot_food_takeaway);
        l.uses.push_back(use_bit(l.use.back()));
        l.opened.push_back(kBeforeRecords);
        l.closed.push_back(kNotEnded);
        l.unclear.push_back(0);
        l.snapshot.push_back(r.snapshot);
    }
    return l;
}

/// Everything that is said of premises but their numbers: rows named by what they say.
std::multiset<std::string> told(const Premises& p, const std::vector<Row>& rows) {
    const auto row = [&](std::uint32_t i) {
        if (i == Premises::kNone) return std::string("none");
        const Row& r = rows[i];
        std::string text;
        for (const int part : {r.snapshot, r.id, r.name, r.postcode, r.door, r.authority, r.use, r.point, r.uprn})
            text += std::to_string(part) + ".";
        return text;
    };
    std::multiset<std::string> all;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t spell = p.spell_of_row[i];
        const Point at = p.shapes.has_location(spell) ? p.shapes.first_point(spell) : Point{};
        all.insert(row(i) + " after " + row(p.previous_row[i]) + " in " + row(p.first_row[spell]) + " to " +
                   row(p.last_row[spell]) + std::string(word(p.began[spell])) + std::string(word(p.ended[spell])) +
                   format_date(p.opened[spell].by) + format_date(p.closed[spell].by) + std::to_string(at.x));
    }
    for (const auto& e : p.events) {
        all.insert(std::string(word(e.what)) + format_date(e.when.by) + (e.again ? "again" : "") +
                   (e.from == Premises::kNone ? "" : row(p.first_row[e.from])) +
                   (e.to == Premises::kNone ? "" : row(p.first_row[e.to])));
    }
    return all;
}

}  // namespace

TEST_CASE("every record is in one spell, each follows at most one, and the parts sum to the change") {
    const bool holds = rc::check([] {
        const std::vector<Row> rows = random_rows();
        const OutletLayer layer = layer_of(rows);
        Issues issues;
        const Premises p = premises_of(layer, issues);
        std::set<std::uint32_t> followed;
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            const std::uint32_t spell = p.spell_of_row[i];
            RC_ASSERT(spell < p.size());
            RC_ASSERT(p.uses[spell] == layer.uses[i]);
            RC_ASSERT(p.trades(spell, layer.snapshot_dates[static_cast<std::size_t>(rows[i].snapshot)]));
            if (p.previous_row[i] == Premises::kNone) continue;
            RC_ASSERT(followed.insert(p.previous_row[i]).second);
            RC_ASSERT(rows[p.previous_row[i]].snapshot < rows[i].snapshot);
        }
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> twice;
        for (std::uint32_t i = 0; i < rows.size(); ++i)
            RC_ASSERT(++twice[std::pair(p.spell_of_row[i], static_cast<std::uint32_t>(rows[i].snapshot))] == 1);
        for (const Use use : {Use::shop, Use::hot_food_takeaway}) (void)change_parts(p, use);  // throws where not
    });
    CHECK(holds);
}

TEST_CASE("the order of the rows changes nothing") {
    const bool holds = rc::check([] {
        const std::vector<Row> rows = random_rows();
        std::vector<Row> shuffled = rows;
        for (std::size_t i = shuffled.size(); i > 1; --i)
            std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
        const OutletLayer one = layer_of(rows), other = layer_of(shuffled);
        Issues a, b;
        const auto expected = told(premises_of(one, a), rows), found = told(premises_of(other, b), shuffled);
        RC_ASSERT(expected == found);
        RC_ASSERT(a.all().size() == b.all().size());
    });
    CHECK(holds);
}
