// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walkable.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"

using namespace geo;

namespace {

/// The class of a way with these tags, and the rule that says so.
struct Way {
    Walkable walkable;
    std::string rule;
    bool operator==(const Way&) const = default;
};
Way way(const WalkableFilter& filter, const std::map<std::string, std::string>& tags) {
    std::vector<std::string_view> values;
    for (const std::string& column : filter.columns()) {
        const auto tag = tags.find(column);
        values.push_back(tag == tags.end() ? std::string_view{} : tag->second);
    }
    const WalkableFilter::Rule& rule = filter.rules()[filter.decide(values)];
    return {rule.walkable, rule.id};
}

std::string fault_of(const std::string& toml) {
    try {
        WalkableFilter::from_text(toml, "w.toml");
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("OpenStreetMap: streets and paths are walked, motorways and forbidden ways are not") {
    const WalkableFilter& osm = *WalkableFilter::for_preset("osm-streets");
    CHECK(osm.has_paths());
    CHECK(way(osm, {{"highway", "residential"}}) == Way{Walkable::yes, "street-or-path"});
    CHECK(way(osm, {{"highway", "steps"}}) == Way{Walkable::yes, "steps"});
    CHECK(way(osm, {{"highway", "motorway"}, {"foot", "yes"}}) == Way{Walkable::no, "motorway"});
    CHECK(way(osm, {{"highway", "primary"}, {"motorroad", "yes"}}) == Way{Walkable::no, "motorroad"});
    CHECK(way(osm, {{"highway", "tertiary"}, {"foot", "no"}}) == Way{Walkable::no, "foot-forbidden"});
    CHECK(way(osm, {{"highway", "service"}, {"access", "private"}}) == Way{Walkable::private_way, "access-private"});
    CHECK(way(osm, {{"highway", "service"}, {"access", "Private"}, {"foot", "Permissive"}}).walkable == Walkable::yes);
    CHECK(way(osm, {{"highway", "trunk"}, {"sidewalk", "no"}}) == Way{Walkable::no, "trunk-without-pavement"});
    CHECK(way(osm, {{"highway", "trunk"}}).walkable == Walkable::yes);
    CHECK(way(osm, {{"highway", "footway"}, {"tunnel", "yes"}}) == Way{Walkable::no_snap, "tunnel"});
    CHECK(way(osm, {{"highway", "hyperloop"}}) == Way{Walkable::no, "otherwise"});
    CHECK(way(osm, {}) == Way{Walkable::no, "otherwise"});
}

TEST_CASE("OS Open Roads: everything but motorways, and it is known to have no paths") {
    const WalkableFilter& roads = *WalkableFilter::for_preset("os-open-roads");
    CHECK_FALSE(roads.has_paths());
    CHECK(way(roads, {{"class", "Motorway"}, {"form", "Slip Road"}}) == Way{Walkable::no, "motorway"});
    CHECK(way(roads, {{"class", "A Road"}, {"form", "Slip Road"}}).walkable == Walkable::yes);
    CHECK(way(roads, {{"class", "Unclassified"}}) == Way{Walkable::yes, "otherwise"});
    CHECK(WalkableFilter::for_preset("gias") == nullptr);
    CHECK(WalkableFilter::for_preset("") == nullptr);
}

TEST_CASE("a table that is wrong: file, line, key and what is expected") {
    const std::string head =
        "[walkable]\nid = \"x\"\ndate = 2026-01-01\notherwise = \"walk\"\notherwise-reason = \"a road\"\n";
    CHECK(fault_of(head).empty());
    CHECK(fault_of("[[rule]]\n").find("w.toml:1: walkable: is missing") == 0);
    CHECK(fault_of(head + "[[rule]]\nid = \"a\"\nclass = \"walks\"\nwhere = { c = [\"A\"] }\nreason = \"r\"\n")
              .find("w.toml:8: class: \"walks\" is no such class; there are walk") == 0);
    CHECK(fault_of(head + "[[rule]]\nid = \"a\"\nclass = \"walk\"\nreason = \"r\"\n").find("where: is missing") !=
          std::string::npos);
    const std::string rule = "[[rule]]\nid = \"a\"\nclass = \"walk\"\nwhere = { c = [\"A\"] }\nreason = \"r\"\n";
    CHECK(fault_of(head + rule + rule).find("a occurs twice") != std::string::npos);
}
