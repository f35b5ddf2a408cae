// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walking_network.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "libgeo/base/text.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

using Line = std::vector<Point>;
const Point kOrigin{430000, 300000};

std::string wkt(const Line& line) {
    std::string text;
    for (const Point p : line)
        text += (text.empty() ? "" : ",") + format_shortest(kOrigin.x + p.x) + " " + format_shortest(kOrigin.y + p.y);
    return "\"LINESTRING(" + text + ")\"";
}

std::string csv_of(const std::vector<Line>& lines) {
    std::string csv = "id,wkt\n";
    for (std::size_t i = 0; i < lines.size(); ++i) csv += std::to_string(i + 1) + "," + wkt(lines[i]) + "\n";
    return csv;
}

std::string layer_of(const std::string& name, const std::string& file, const std::string& more) {
    return "[layers." + name + "]\nkind = \"streets\"\nfile = \"" + file + "\"\ncrs = \"EPSG:27700\"\n" + more;
}

const std::string kEnds = "topology = \"endpoints\"\n";

struct Streets : SmallStudy {
    std::unique_ptr<const WalkingNetwork> build(const std::string& layers) {
        study = read(layers);
        auto walking = load_walking_network(study, test::options(), issues);
        issues.verify_accounts();
        return walking;
    }
    std::unique_ptr<const WalkingNetwork> network(const std::string& csv, const std::string& more = kEnds) {
        folder.write("streets.csv", csv);
        return build(layer_of("streets", "streets.csv", more));
    }
    std::unique_ptr<const WalkingNetwork> network(const std::vector<Line>& lines, const std::string& more = kEnds) {
        return network(csv_of(lines), more);
    }
    std::string fault(const std::string& more) {
        folder.write("streets.csv", csv_of({{{0, 0}, {1000, 0}}}));
        return message_of([&] { build(layer_of("streets", "streets.csv", more)); });
    }
    Issue only(const std::string& code) const {
        const std::vector<Issue> found = of(code);
        REQUIRE_MESSAGE(found.size() == 1, code);
        return found.front();
    }
};

/// A square of four streets of 1 km, and a lane of 500 m from one of its corners.
std::vector<Line> square() {
    return {{{0, 0}, {1000, 0}},
            {{1000, 0}, {1000, 1000}},
            {{1000, 1000}, {0, 1000}},
            {{0, 1000}, {0, 0}},
            {{1000, 0}, {1500, 0}}};
}

std::uint64_t usable_links(const WalkingNetwork& walking) {
    return static_cast<std::uint64_t>(std::count(walking.usable.begin(), walking.usable.end(), 1));
}

}  // namespace

TEST_CASE("a network of one layer: links, junctions, what is taken where nothing is stated") {
    Streets s;
    const auto walking = s.network(square());
    CHECK(walking->name == "streets");
    CHECK(walking->network.links() == 5);
    CHECK(walking->network.nodes() == 5);
    CHECK(walking->network.component_length(0) == 4'500'000);
    CHECK(usable_links(*walking) == 5);
    CHECK(walking->most_access.value == 100);
    CHECK_FALSE(walking->band);
    CHECK(walking->snap.value == 0.01);
    CHECK(walking->topology == StreetTopology::endpoints);
    CHECK(walking->has_paths);
    CHECK(walking->filters.empty());
    REQUIRE(walking->files.size() == 1);
    CHECK(walking->files[0].file == "streets.csv");
    CHECK(walking->files[0].sha256.size() == 64);
    CHECK(walking->files[0].rows_used == 5);
    CHECK(s.account("streets").used == 5);
    CHECK(has(s.only("walkable-all").action, "every line"));
    CHECK(has(s.only("paths-not-stated").action, "paths = false"));
    CHECK(s.issues.may_hide_breach() == 0);
}

TEST_CASE("a study without streets has no network") {
    Streets s;
    CHECK(s.build("") == nullptr);
    CHECK(s.issues.all().empty());
}

TEST_CASE("the keys of a layer of streets are taken") {
    Streets s;
    const auto walking = s.network(square(),
                                   "topology = \"shared-vertices\"\nsnap = \"2 cm\"\nwalkable = \"all\"\nprivate = "
                                   "true\npaths = false\nband = \"0 m\"\nmost-access = \"0.2 km\"\n");
    CHECK(walking->topology == StreetTopology::shared_vertices);
    CHECK(walking->snap.value == doctest::Approx(0.02));
    CHECK_FALSE(walking->has_paths);
    REQUIRE(walking->band);
    CHECK(walking->band->value == 0);
    CHECK(walking->most_access.value == 200);
    CHECK(s.of("walkable-all").empty());
    CHECK(s.of("paths-not-stated").empty());
}

TEST_CASE("keys that say nothing that can be done are refused at their line") {
    Streets s;
    const std::string at = "study.toml:7: ";  // after [study], crs, [layers.streets], kind, file, crs
    CHECK(has(s.fault("topology = \"endpoint\"\n"),
              at + "topology: \"endpoint\" is no way for lines to meet; did you mean \"endpoints\"?"));
    CHECK(has(s.fault("snap = \"0 m\"\n" + kEnds), at + "snap: \"0 m\" is too little"));
    CHECK(has(s.fault("snap = \"3 m\"\n" + kEnds), at + "snap: \"3 m\" is too much; more than 0 m and at most 2 m"));
    CHECK(has(s.fault("most-access = \"0 m\"\n" + kEnds), at + "most-access: \"0 m\" is too little"));
    CHECK(has(s.fault("band = \"-1 m\"\n" + kEnds), at + "band: \"-1 m\" is no length"));
    CHECK(has(s.fault("walkable = \"osm-street\"\n" + kEnds),
              at + "walkable: \"osm-street\" is no table of what can be walked; did you mean \"osm-streets\"?"));
    CHECK(has(s.fault("walkable = \"mine.toml\"\n" + kEnds), at + "walkable: there is no file \"mine.toml\""));
    CHECK(has(s.fault("private = \"yes\"\n" + kEnds), at + "private"));
    CHECK(has(s.fault("bands = \"10 m\"\n" + kEnds), at + "bands"));
}

TEST_CASE("a topology that neither the study nor a preset states is asked for") {
    Streets s;
    const std::string message = s.fault("walkable = \"all\"\n");
    CHECK(has(message, "study.toml:3: topology: is missing for the streets of streets"));
    CHECK(has(message, "\"endpoints\""));
    CHECK(has(message, "\"planar\""));
}

TEST_CASE("layers of one network agree in topology and snap, and the largest band and access are taken") {
    Streets s;
    s.folder.write("roads.csv", csv_of(square()));
    s.folder.write("paths.csv", csv_of({{{0, 0}, {1000, 1000}}}));
    const auto both = [](const std::string& roads, const std::string& paths) {
        return layer_of("roads", "roads.csv", roads) + layer_of("paths", "paths.csv", paths);
    };
    const auto walking = s.build(both(kEnds + "band = \"5 m\"\nmost-access = \"50 m\"\npaths = false\n",
                                      kEnds + "band = \"8 m\"\nmost-access = \"40 m\"\n"));
    CHECK(walking->name == "roads + paths");
    CHECK(walking->network.links() == 6);
    CHECK(walking->network.component_count() == 1);
    CHECK(walking->band->value == 8);
    CHECK(walking->most_access.value == 50);
    CHECK(walking->has_paths);
    CHECK(walking->files.size() == 2);
    CHECK(has(message_of([&] { s.build(both(kEnds, "topology = \"planar\"\n")); }),
              "study.toml:12: topology: paths is read as planar, and roads as endpoints"));
    CHECK(has(message_of([&] { s.build(both(kEnds + "snap = \"1 cm\"\n", kEnds + "snap = \"2 cm\"\n")); }),
              "study.toml:14: snap: paths says 0.02 m, and roads 0.01 m"));
}

TEST_CASE("streets that meet at vertices fall apart when they are joined at ends: refused, with both numbers") {
    std::vector<Line> grid;  // five streets each way, 100 m apart, drawn from end to end
    for (int k = 1; k <= 5; ++k) {
        Line across{{0, 100.0 * k}}, up{{100.0 * k, 0}};
        for (int j = 1; j <= 5; ++j) across.push_back({100.0 * j, 100.0 * k}), up.push_back({100.0 * k, 100.0 * j});
        across.push_back({600, 100.0 * k}), up.push_back({100.0 * k, 600});
        grid.push_back(across), grid.push_back(up);
    }
    Streets s;
    const std::string message = message_of([&] { s.network(grid); });
    CHECK(has(message,
              "study.toml:7: topology: joined at their ends only (endpoints), the streets of streets fall into 10 "
              "parts, the largest with 10.0 % of the junctions"));
    CHECK(has(message, "into 1 part, the largest with 100.0 % of the junctions; say topology = \"shared-vertices\""));
    Streets right;
    const auto walking = right.network(grid, "topology = \"shared-vertices\"\n");
    CHECK(walking->network.links() == 60);
    CHECK(walking->network.component_count() == 1);
    CHECK(right.of("streets-in-parts").empty());
}

TEST_CASE("streets that fall apart either way are used, and that is said") {
    Streets s;
    const auto walking = s.network(std::vector<Line>{{{0, 0}, {1000, 0}}, {{0, 500}, {1000, 500}}});
    CHECK(walking->network.component_count() == 2);
    CHECK(has(s.only("streets-in-parts").message, "fall into 2 parts, the largest with 50.0 % of the junctions"));
    CHECK(usable_links(*walking) == 2);
}

TEST_CASE("a line that stands twice, backwards or in another tile is used once, and counted") {
    Streets s;
    std::vector<Line> first = square();
    first.push_back({{1000, 0}, {0, 0}});  // the first street, drawn backwards
    s.folder.write("a.csv", csv_of(first));
    s.folder.write("b.csv", csv_of({square()[4], {{1500, 0}, {1500, 600}}}));  // the lane stands in both tiles
    const auto walking = s.build(layer_of("a", "a.csv", kEnds) + layer_of("b", "b.csv", kEnds));
    CHECK(walking->network.links() == 6);
    CHECK(walking->lines == 6);
    CHECK(s.account("a").ruled_out == 1);
    CHECK(s.account("b").ruled_out == 1);
    CHECK(s.account("b").used == 1);
    CHECK(walking->files[1].rows_used == 1);
    const std::vector<Issue> repeats = s.of("repeated-lines");
    REQUIRE(repeats.size() == 2);
    CHECK(repeats[1].layer == "b");
    CHECK(has(repeats[1].message, "1 line runs the same way as another"));
    CHECK(repeats[1].x == kOrigin.x + 1000);
}

TEST_CASE(
    "two lines of the same vertices that are cut into parts elsewhere are two: what is a gap in one is a way in the "
    "other") {
    const auto way = [](double x) {
        return std::to_string(static_cast<int>(kOrigin.x + x)) + " " + std::to_string(static_cast<int>(kOrigin.y));
    };
    const std::string a = way(0), b = way(600), c = way(1200), d = way(1800), e = way(2400);
    const std::string first = "\"MULTILINESTRING((" + a + "," + b + "," + c + "),(" + d + "," + e + "))\"";
    const std::string second = "\"MULTILINESTRING((" + a + "," + b + "),(" + c + "," + d + "," + e + "))\"";
    const std::string backwards = "\"MULTILINESTRING((" + e + "," + d + "),(" + c + "," + b + "," + a + "))\"";
    Streets s;
    s.folder.write("a.csv", "id,wkt\n1," + first + "\n2," + second + "\n3," + backwards + "\n");
    const auto walking = s.build(layer_of("a", "a.csv", kEnds));
    CHECK(walking->lines == 2);
    CHECK(s.account("a").ruled_out == 1);  // the third is the first, drawn the other way round
    CHECK(walking->network.component_count() == 1);
}

TEST_CASE("two ways between the same ends are two") {
    Streets s;
    const auto walking = s.network(std::vector<Line>{{{0, 0}, {1000, 0}}, {{0, 0}, {500, 100}, {1000, 0}}});
    CHECK(walking->network.links() == 2);
    CHECK(s.of("repeated-lines").empty());
}

TEST_CASE("parts under 500 m are kept, but nothing begins or ends there") {
    Streets s;
    std::vector<Line> lines = square();
    lines.push_back({{0, 2000}, {499, 2000}});
    lines.push_back({{0, 3000}, {500, 3000}});
    const auto walking = s.network(lines);
    CHECK(walking->network.links() == 7);
    CHECK(walking->small_parts == 1);
    CHECK(walking->small_parts_mm == 499'000);
    CHECK(usable_links(*walking) == 6);
    const Issue issue = s.only("small-part");
    CHECK(issue.has_place);
    CHECK(issue.y == kOrigin.y + 2000);
    CHECK(issue.message == "a part of the streets at (430000.0, 302000.0), 499 m in all, is joined to nothing else");
}

TEST_CASE("the only street is no small part") {
    Streets s;
    CHECK(usable_links(*s.network(std::vector<Line>{{{0, 0}, {100, 0}}})) == 1);
    CHECK(s.of("small-part").empty());
}

TEST_CASE("ends that stop short of a street are listed with their places, and stay apart") {
    Streets s;
    std::vector<Line> lines = square();
    lines.push_back({{500, 1}, {500, 900}});  // 1 m short of the first street
    lines.push_back({{300, 3}, {300, 900}});  // 3 m: no slip of the pen
    lines.push_back(
        {{0, 500}, {500, 500}});  // its west end lies on the middle of a street: endpoints are no junction there
    const auto walking = s.network(lines);
    std::vector<std::string> messages;
    for (const Issue& issue : s.of("street-gap")) {
        CHECK(issue.has_place);
        messages.push_back(issue.message);
    }
    std::sort(messages.begin(), messages.end());
    CHECK(messages == std::vector<std::string>{
                          "the end of a street at (430000.0, 300500.0) lies on another street without a junction",
                          "the end of a street at (430500.0, 300001.0) stops 1.00 m short of another street",
                          "the end of a street at (430500.0, 300500.0) lies on another street without a junction"});
    CHECK(walking->network.component_count() == 4);
    Streets none;
    none.network(square());
    CHECK(none.of("street-gap").empty());
}

TEST_CASE("snap joins ends that are no farther apart") {
    const std::vector<Line> lines = {{{0, 0}, {1000, 0}}, {{1000.5, 0}, {2000, 0}}};
    Streets apart, together;
    CHECK(apart.network(lines)->network.component_count() == 2);
    CHECK(together.network(lines, kEnds + "snap = \"1 m\"\n")->network.component_count() == 1);
}

namespace {

const std::string kTable =
    "[walkable]\nid = \"ours-2026\"\ndate = 2026-01-31\notherwise = \"walk\"\notherwise-reason = \"a street\"\n"
    "[[rule]]\nid = \"motorway\"\nclass = \"no-walk\"\nwhere = { type = [\"motorway\"] }\nreason = \"closed to people "
    "on "
    "foot\"\n"
    "[[rule]]\nid = \"drive\"\nclass = \"private\"\nwhere = { type = [\"drive\"] }\nreason = \"somebody's own\"\n"
    "[[rule]]\nid = \"subway\"\nclass = \"walk-no-snap\"\nwhere = { type = [\"subway\"] }\nreason = \"below ground\"\n";

/// The square with a street of each type.
std::string typed() {
    const std::vector<std::string> types = {"street", "Motorway", "drive", "subway", ""};
    const std::vector<Line> lines = square();
    std::string csv = "id,type,wkt\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
        csv += std::to_string(i + 1) + "," + types[i] + "," + wkt(lines[i]) + "\n";
    return csv;
}

}  // namespace

TEST_CASE("a table of one's own says what is walked, and each rule says what it left out") {
    Streets s;
    s.folder.write("ours.toml", kTable);
    const auto walking = s.network(typed(), kEnds + "walkable = \"ours.toml\"\n");
    CHECK(walking->network.links() == 3);
    CHECK(usable_links(*walking) == 2);
    CHECK(walking->filters == std::vector<std::string>{"ours-2026"});
    CHECK(s.account("streets").used == 3);
    CHECK(s.account("streets").ruled_out == 2);
    REQUIRE(walking->files.size() == 2);
    CHECK(walking->files[1].file == "ours.toml");
    CHECK(walking->files[1].date == "2026-01-31");
    CHECK(walking->files[1].sha256 == sha256_of_text(kTable));
    const Issue motorway = s.only("walk-motorway");
    CHECK(motorway.message == "1 line: closed to people on foot");
    CHECK(motorway.action == "not walked (rule motorway of ours-2026)");
    CHECK(motorway.x == kOrigin.x + 1000);
    CHECK(has(s.only("walk-drive").action, "private = true"));
    CHECK(has(s.only("walk-subway").action, "nothing begins or ends there"));
    REQUIRE(walking->rules.size() == 4);
    CHECK(walking->rules[0].left_out);
    CHECK(walking->rules[3].rule == "otherwise");
    CHECK(walking->rules[3].lines == 2);
}

TEST_CASE("private ways are walked where the study says so, but nothing begins there") {
    Streets s;
    s.folder.write("ours.toml", kTable);
    const auto walking = s.network(typed(), kEnds + "walkable = \"ours.toml\"\nprivate = true\n");
    CHECK(walking->network.links() == 4);
    CHECK(usable_links(*walking) == 2);
    CHECK(has(s.only("walk-drive").action, "walked, but nothing begins or ends there"));
}

TEST_CASE("a table whose columns the file has not is refused, and some of them missing is said") {
    Streets s;
    s.folder.write("ours.toml", kTable);
    s.folder.write("streets.csv", csv_of(square()));
    const std::string study = layer_of("streets", "streets.csv", kEnds + "walkable = \"ours.toml\"\n");
    CHECK(has(message_of([&] { s.build(study); }), "walkable: the table ours-2026 looks at type"));
    Streets osm;
    osm.folder.write("streets.csv", "id,highway,wkt\n1,residential," + wkt({{0, 0}, {1000, 0}}) + "\n2,motorway," +
                                        wkt({{1000, 0}, {2000, 0}}) + "\n3,hyperloop," + wkt({{2000, 0}, {3000, 0}}) +
                                        "\n");
    const auto walking =
        osm.build(layer_of("streets", "streets.csv", "topology = \"shared-vertices\"\nwalkable = \"osm-streets\"\n"));
    CHECK(walking->network.links() == 1);
    CHECK(has(osm.only("walkable-columns").message, "foot, "));
    CHECK(has(osm.only("walk-otherwise").message, "(highway: hyperloop)"));
}

TEST_CASE("nothing that can be walked is no network") {
    Streets s;
    s.folder.write("ours.toml", kTable);
    s.folder.write("streets.csv", "id,type,wkt\n1,motorway," + wkt({{0, 0}, {1000, 0}}) + "\n");
    CHECK_THROWS_AS(s.build(layer_of("streets", "streets.csv", kEnds + "walkable = \"ours.toml\"\n")), DataError);
}

TEST_CASE("a row that is a point, or a line without length, is no street") {
    Streets s;
    std::string csv = csv_of(square());
    csv += "6," + wkt({{5, 5}, {5, 5}}) + "\n7,POINT(430005 300005)\n";
    const auto walking = s.network(csv);
    CHECK(walking->network.links() == 5);
    CHECK(s.account("streets").not_used == 2);
    const std::vector<Issue> issues = s.of("no-length");
    REQUIRE(issues.size() == 2);
    CHECK(issues[0].id == "6");
    CHECK(issues[1].has_place);
}

TEST_CASE("lengths that OS Open Roads states are compared with its lines, and said once where they differ") {
    const auto roads = [](const char* second) {
        return "identifier,class,function,formOfWay,length,wkt\n1,A Road,Local Road,Roundabout,1000," +
               wkt({{0, 0}, {1000, 0}}) + "\n2,A Road,Local Road,Roundabout," + second + "," +
               wkt({{1000, 0}, {1600, 0}}) + "\n";
    };
    Streets clipped, whole;
    const auto walking = clipped.network(roads("640"), "preset = \"os-open-roads\"\n");  // the link was cut 40 m short
    CHECK(walking->network.component_length(0) == 1'600'000);
    CHECK_FALSE(walking->has_paths);
    const Issue issue = clipped.only("stated-lengths");
    CHECK(has(issue.message, "20.00 m off on average, 40.0 m at (431000, 300000)"));
    CHECK(issue.has_place);
    whole.network(roads("601"), "preset = \"os-open-roads\"\n");
    CHECK(whole.of("stated-lengths").empty());
}

TEST_CASE("drawings are joined wherever they cross, but not on a bridge") {
    const std::string head = "id,bridge,wkt\n1,," + wkt({{0, 0}, {1000, 0}}) + "\n";
    const std::string planar = "topology = \"planar\"\n";
    Streets flat, over;
    const auto crossing = flat.network(head + "2,no," + wkt({{500, -500}, {500, 500}}) + "\n", planar);
    CHECK(crossing->network.links() == 4);
    CHECK(crossing->network.component_count() == 1);
    const auto bridge = over.network(head + "2,yes," + wkt({{500, -500}, {500, 500}}) + "\n", planar);
    CHECK(bridge->network.links() == 2);
    CHECK(bridge->network.component_count() == 2);
}

TEST_CASE("squares that are drawn as an outline are walked round, and that is said") {
    Streets s;
    const auto walking = s.network("id,area,wkt\n1,no," + wkt({{0, 0}, {1000, 0}}) + "\n2,yes," +
                                   wkt({{1000, 0}, {1100, 0}, {1100, 100}, {1000, 0}}) + "\n");
    CHECK(walking->network.links() == 2);
    const Issue issue = s.only("squares");
    CHECK(issue.message == "1 square is drawn as an outline (area)");
    CHECK(issue.x == kOrigin.x + 1000);
}

TEST_CASE("links cut out of a drawing keep the class of their line") {
    Streets s;
    s.folder.write("ours.toml", kTable);
    const auto walking = s.network(
        "id,type,wkt\n1,street," + wkt({{0, 0}, {1000, 0}}) + "\n2,subway," + wkt({{500, -500}, {500, 500}}) + "\n",
        "topology = \"planar\"\nwalkable = \"ours.toml\"\n");
    CHECK(walking->network.links() == 4);
    CHECK(usable_links(*walking) == 2);
}

TEST_CASE("shuffled lines, drawn either way, give the same network and the same words") {
    std::mt19937_64 random(7);
    std::vector<Line> lines;
    for (int i = 0; i < 200; ++i) {
        const auto at = [&] { return static_cast<double>(random() % 30) * 100.0; };
        const Point a{at(), at()};
        lines.push_back({a, {a.x + 50, a.y + 20}, {at(), at()}});
    }
    Streets s;
    const auto walking = s.network(lines);
    for (int round = 0; round < 3; ++round) {
        std::shuffle(lines.begin(), lines.end(), random);
        for (Line& line : lines)
            if (random() % 2 == 0) std::reverse(line.begin(), line.end());
        Streets other;
        const auto again = other.network(lines);
        REQUIRE(again->network.links() == walking->network.links());
        CHECK(again->usable == walking->usable);
        CHECK(again->small_parts_mm == walking->small_parts_mm);
        bool same = true;
        for (std::uint32_t i = 0; i < walking->network.links(); ++i) {
            const NetworkLink a = walking->network.link(i), b = again->network.link(i);
            same = same && a.from == b.from && a.to == b.to && a.length == b.length;
        }
        CHECK(same);
        for (const char* code : {"small-part", "street-gap", "streets-in-parts"}) {
            const auto said = s.of(code), repeated = other.of(code);
            REQUIRE(said.size() == repeated.size());
            for (std::size_t i = 0; i < said.size(); ++i) CHECK(said[i].message == repeated[i].message);
        }
    }
}

TEST_CASE("rows of streets are counted once, whoever reads them") {
    Streets s;
    s.folder.write("streets.csv", csv_of(square()));
    s.folder.write("units.csv", "id,parade,x,y\na,P,430100,300100\nb,P,430110,300100\n");
    const std::string layers = layer_of("streets", "streets.csv", kEnds) +
                               "[layers.units]\nkind = \"frontages\"\nfile = \"units.csv\"\ncrs = "
                               "\"EPSG:27700\"\nbreaks = { side-streets = true }\n";
    const Study study = s.read(layers);
    LoadOptions options = test::options();
    options.walking = true;
    const Layers loaded = load_layers(study, options, s.issues);
    REQUIRE(loaded.walking != nullptr);
    CHECK(loaded.walking->network.links() == 5);
    const auto& accounts = s.issues.accounts();
    CHECK(std::count_if(accounts.begin(), accounts.end(), [](const RowAccount& a) { return a.layer == "streets"; }) ==
          1);
    s.issues.verify_accounts();
    Issues without;
    options.walking = false;
    CHECK(load_layers(study, options, without).walking == nullptr);
}
