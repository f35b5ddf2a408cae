// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises.h"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <numeric>
#include <set>

#include "libgeo/layers/premises_changes.h"
#include "libgeo/layers/premises_words.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }
const Date k2020 = day(2020, 1, 1), k2021 = day(2021, 1, 1), k2022 = day(2022, 1, 1);

const std::string kHead = "id,name,use,address,postcode,authority,x,y\n";

/// Snapshots of 1 January 2020, 2021, …: one CSV each, under kHead unless it brings a head of its own.
struct Story {
    SmallStudy s;
    Layers layers;
    Premises p;

    explicit Story(const std::vector<std::string>& snapshots, const std::string& more = "accuracy = \"100 m\"\n",
                   const std::map<std::size_t, std::string>& keys = {}) {
        std::string list;
        for (std::size_t i = 0; i < snapshots.size(); ++i) {
            const std::string name = "s" + std::to_string(i) + ".csv";
            s.folder.write(name, snapshots[i].starts_with("id,") || snapshots[i].starts_with("name,")
                                     ? snapshots[i]
                                     : kHead + snapshots[i]);
            list += (i == 0 ? "" : ", ") + ("{ file = \"" + name + "\", date = ") + std::to_string(2020 + i) +
                    "-01-01" + (keys.contains(i) ? ", " + keys.at(i) : "") + " }";
        }
        layers =
            s.load("[layers.shops]\nkind = \"outlets\"\ncrs = \"EPSG:27700\"\nsnapshots = [" + list + "]\n" + more);
        s.issues.verify_accounts();
        p = premises_of(layers.outlets.at(0), s.issues);
    }

    /// `opened 2`, `new-operator 1`, …
    std::map<std::string, int> events() const {
        std::map<std::string, int> n;
        for (const auto& e : p.events) ++n[std::string(word(e.what))];
        return n;
    }
    std::size_t count() const {
        return p.premises.empty() ? 0 : *std::max_element(p.premises.begin(), p.premises.end()) + 1;
    }
    ChangeParts change(Use use = Use::hot_food_takeaway, std::size_t at = 0) const {
        return change_parts(p, use).at(at);
    }
};

using Events = std::map<std::string, int>;
const std::string kFry = ",hot-food-takeaway,1 High Street,AB1 2CD,A,430300,300000\n";

}  // namespace

TEST_CASE("what names, postcodes and addresses are compared by") {
    CHECK(name_key("The Golden Fry Ltd.") == name_key("GOLDEN-FRY"));
    CHECK(name_key("Wok & Roll") == name_key("Wok and Roll Limited"));
    CHECK(name_key("Café Olé") == name_key("Cafe Ole"));
    CHECK(name_key("Bee’s") == name_key("Bees"));
    CHECK(name_key("Pizza Express") == name_key("PizzaExpress"));
    CHECK(name_key("Fry 1") != name_key("Fry 2"));
    CHECK(name_key("Limited") == "");
    CHECK(name_key("\xE5\x8C\x97\xE4\xBA\xAC") != "");  // a name in another script is a name
    CHECK(postcode_key("sw2 1rw") == postcode_key(" SW21RW "));
    CHECK(postcode_key("SW2") == "");
    CHECK(postcode_key("") == "");
    CHECK(address_key("1, High Street; Fernhill AB1 2CD") == address_key("1 HIGH STREET Fernhill"));
    CHECK(door_key("Unit 3, 12-14 The High Street, Fernhill") == "3 12 14 high");
    CHECK(door_key("12 - 14 High Rd") != door_key("12 High Rd"));
    CHECK(door_key("1 High Street") != door_key("1 Station Road"));
    CHECK(door_key("Market Square") == "");
}

TEST_CASE("a table with dates has a spell a row") {
    SmallStudy s;
    s.folder.write("outlets.csv",
                   "id,name,use,opened,closed,x,y\n1,A,betting-shop,2010-01-02,2015-06-30,430000,300000\n2,B,betting-"
                   "shop,,,430100,300000\n3,C,betting-shop,2021-05-17,2020-01-31,430200,300000\n4,b "
                   "ltd,betting-shop,2012-01-01,,430102,300001\n5,B,betting-shop,2012-01-01,,430150,300000\n");
    const Layers layers = s.load("[layers.shops]\nkind = \"outlets\"\nfile = \"outlets.csv\"\ncrs = \"EPSG:27700\"\n");
    const Premises p = premises_of(layers.outlets.at(0), s.issues);
    REQUIRE(p.size() == 5);
    CHECK(p.opened[0] == DayBetween{day(2010, 1, 1), day(2010, 1, 2)});
    CHECK(p.trades(0, day(2015, 6, 29)));
    CHECK_FALSE(p.trades(0, day(2015, 6, 30)));
    CHECK(p.opens(0));
    CHECK(p.closes(0));
    CHECK(p.trades(1, day(1900, 1, 1)));
    CHECK_FALSE(p.opens(1));
    CHECK_FALSE(p.closes(1));
    CHECK(p.unclear[2] == 1);
    CHECK_FALSE(p.opens(2));
    CHECK(p.events.size() == 4);
    CHECK(p.events.front().when.by == day(2010, 1, 2));
    CHECK(p.covers(0, day(1900, 1, 1)));
    CHECK(change_parts(p, Use::betting_shop).empty());
    REQUIRE(s.of("likely-double").size() == 1);  // 2.236 m away; the one 50 m away is another shop
    CHECK(s.of("likely-double").at(0).id == "4");
    CHECK(has(s.of("likely-double").at(0).message, "b ltd (id 4) has the name, use and place of B (id 2)"));
}

TEST_CASE("what opened and closed between two snapshots is known to lie between them") {
    const Story t({"1,Fry" + kFry + "2,Wok,hot-food-takeaway,2 High Street,AB1 2CD,A,430300,300000\n",
                   "1,Fry" + kFry + "3,Bap,hot-food-takeaway,9 Mill Lane,AB1 9ZZ,A,431300,300000\n"});
    REQUIRE(t.p.size() == 3);
    CHECK(t.events() == Events{{"opened", 1}, {"closed", 1}});
    CHECK(t.p.opened[0] == DayBetween{kBeforeRecords, kBeforeRecords});
    CHECK(t.p.closed[0] == DayBetween{kNotEnded, kNotEnded});
    CHECK(t.p.closed[1] == DayBetween{k2020, k2021});
    CHECK(t.p.opened[2] == DayBetween{k2020, k2021});
    CHECK(t.p.trades(1, day(2020, 12, 31)));
    CHECK_FALSE(t.p.trades(1, k2021));
    CHECK_FALSE(t.p.trades(2, day(2020, 12, 31)));
    CHECK(t.p.trades(2, k2021));
    CHECK(t.p.opens(2));
    CHECK_FALSE(t.p.opens(0));
    CHECK(t.p.closes(1));
    CHECK(t.s.of("unmatched-outlet").empty());
    CHECK(t.p.spell_of_row == std::vector<std::uint32_t>{0, 1, 0, 2});
    CHECK(t.p.previous_row[2] == 0);
}

TEST_CASE("a new operator in the same shop is no opening") {
    for (const std::string name : {"Golden Fry", "GOLDEN FRY LTD", "Doner Dock"}) {
        CAPTURE(name);
        const Story t({"1,Golden Fry" + kFry, "77," + name + kFry});
        CHECK(t.p.size() == 1);
        CHECK(t.events() == Events{{"new-operator", 1}});
        CHECK(t.p.renamed[1] == 1);
        CHECK(t.change()[ChangeKind::new_operator].premises == 1);
        CHECK(t.change()[ChangeKind::opened].premises == 0);
    }
}

TEST_CASE("a new operator is found by UPRN where the address is written anew") {
    const std::string head = "id,name,use,address,postcode,uprn,x,y\n";
    const Story t({head + "1,Fry,hot-food-takeaway,The Parade,AB1 2CD,100,430300,300000\n",
                   head + "2,Wok,hot-food-takeaway,\"Shop 4, Parade\",AB1 2CE,100,430320,300000\n"});
    CHECK(t.p.size() == 1);
    CHECK(t.events() == Events{{"new-operator", 1}});
    const Story two({head + "1,Fry,hot-food-takeaway,1 The Parade,AB1 2CD,100,430300,300000\n",
                     head + "2,Wok,hot-food-takeaway,1 The Parade,AB1 2CD,200,430300,300000\n"});
    CHECK(two.p.size() == 2);  // the UPRN speaks against the address: listed, not matched
    CHECK(two.events() == Events{{"unmatched", 2}});
}

TEST_CASE("different shops share the point of their postcode and stay different") {
    const Story t({"1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,A,430300,300000\n",
                   "2,Wok,hot-food-takeaway,2 High Street,AB1 2CD,A,430300,300000\n"});
    CHECK(t.events() == Events{{"opened", 1}, {"closed", 1}});
    const Story road({"1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,A,430300,300000\n",
                      "2,Wok,hot-food-takeaway,1 Mill Lane,AB1 2CD,A,430300,300000\n"});
    CHECK(road.p.size() == 2);
    const Story bare(
        {"1,Fry,hot-food-takeaway,,AB1 2CD,A,430300,300000\n", "2,Wok,hot-food-takeaway,,AB1 2CD,A,430300,300000\n"});
    CHECK(bare.p.size() == 2);
}

TEST_CASE("behind a door with several, who followed whom is not guessed") {
    const std::string at = ",hot-food-takeaway,\"Unit 2, 40 Dock Road\",AB1 2CD,A,430300,300000\n";
    const Story t({"1,Fry" + at + "2,Wok" + at, "1,Fry" + at + "3,Bap" + at});
    CHECK(t.p.size() == 3);
    CHECK(t.events() == Events{{"unmatched", 2}});
    CHECK(t.p.began[2] == Happening::unmatched);
    CHECK(t.p.opens(2));
    CHECK(t.p.closes(1));
    CHECK(t.s.of("unmatched-outlet").size() == 2);
    CHECK(has(t.s.of("unmatched-outlet").at(0).message, "Bap (id 3) of 2021-01-01 may be Wok (id 2) of 2020-01-01"));
    CHECK(t.s.of("unmatched-outlet").at(0).row == 3);
    const ChangeParts c = t.change();
    CHECK(c[ChangeKind::unmatched_new].change == 1);
    CHECK(c[ChangeKind::unmatched_gone].change == -1);
    const Story named({"1,Fry" + at + "2,Wok" + at, "1,Fry" + at + "3,Wok" + at + "4,Bap" + at});
    CHECK(named.events() == Events{{"new-operator", 1}, {"opened", 1}});  // the name tells
}

TEST_CASE("without ids premises go on by name and place") {
    const std::string head = "name,use,address,postcode,x,y\n";
    const Story t({head + "Betfred,betting-shop,1 High Street,AB1 2CD,430300,300000\nBetfred,betting-shop,9 Mill "
                          "Lane,AB1 9ZZ,431300,300000\nCoral,betting-shop,5 High Street,AB1 2CD,430300,300000\n",
                   head + "Coral,betting-shop,5 High St,AB1 2CD,430300,300000\nBetfred,betting-shop,\"9 Mill Lane, "
                          "Fernhill\",AB1 9ZZ,431301,300000\n"});
    CHECK(t.events() == Events{{"closed", 1}});
    CHECK(t.p.closes(0));
    const std::string bare = "name,use,x,y\n";
    const Story points({bare + "Betfred,betting-shop,430300,300000\nBetfred,betting-shop,439000,300000\n",
                        bare + "Betfred,betting-shop,439050,300000\nBetfred,betting-shop,430300,300080\nCoral,betting-"
                               "shop,430300,300080\n"});
    CHECK(points.events() == Events{{"opened", 1}});
    const Story several({bare + "Betfred,betting-shop,430300,300000\n",
                         bare + "Betfred,betting-shop,430310,300000\nBetfred,betting-shop,430290,300000\n"});
    CHECK(several.events() == Events{{"unmatched", 3}});  // two within the accuracy
}

TEST_CASE("a move needs another postcode or address") {
    const auto events_of = [](const std::string& before, const std::string& after) {
        const Story t({"1,Fry,hot-food-takeaway," + before + "\n", "1,Fry,hot-food-takeaway," + after + "\n"});
        CHECK(t.count() == 1);
        return t.events();
    };
    const Events none, moved{{"moved", 1}};
    CHECK(events_of("1 High Street,AB1 2CD,A,430300,300000", "9 Mill Lane,AB1 9ZZ,A,430400,300000") == moved);
    CHECK(events_of(",AB1 2CD,A,430300,300000", ",AB1 9ZZ,A,430300,300000") == moved);
    CHECK(events_of("1 High Street,,A,430300,300000", "9 Mill Lane,,A,430400,300000") == moved);
    CHECK(events_of("1 High Street,AB1 2CD,A,430300,300000", "1a-3 High St,AB1 2CD,A,430390,300000") == none);
    CHECK(events_of("1 High Street,AB1 2CD,A,430300,300000", "\"1 High Street, Fernhill\",AB1 2CE,A,430350,300000") ==
          none);  // a corrected postcode, within the accuracy
    CHECK(events_of("1 High Street,AB1 2CD,A,430300,300000", "1 High Street,AB9 2CE,A,435350,300000") == moved);
    CHECK(events_of(",AB1,A,430300,300000", ",AB2 1XY,A,430300,300000") == none);  // half a postcode says nothing
    CHECK(events_of("1 High Street,AB1 2CD,A,430300,300000", ",,A,438300,300000") == none);
}

TEST_CASE("a move begins another spell at another point, and is no opening") {
    const Story t({"1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,A,430300,300000\n",
                   "1,Fry,hot-food-takeaway,9 Mill Lane,AB1 9ZZ,A,439000,300000\n"});
    REQUIRE(t.p.size() == 2);
    CHECK(t.p.premises == std::vector<std::uint32_t>{0, 0});
    CHECK(t.p.shapes.first_point(0) == Point{430300, 300000});
    CHECK(t.p.shapes.first_point(1) == Point{439000, 300000});
    CHECK_FALSE(t.p.opens(1));
    CHECK_FALSE(t.p.closes(0));
    CHECK(t.p.events.at(0).from == 0);
    CHECK(t.p.events.at(0).to == 1);
    const ChangeParts c = t.change();
    CHECK(c.before == 1);
    CHECK(c.after == 1);
    CHECK(c[ChangeKind::moved].premises == 1);
}

TEST_CASE("the same id without an address that says otherwise is one place, and a jump is listed") {
    const std::string head = "id,name,use,x,y\n";
    const Story t({head + "1,Fry,hot-food-takeaway,430300,300000\n", head + "1,Fry,hot-food-takeaway,430900,300000\n"});
    CHECK(t.p.size() == 1);
    CHECK(t.events().empty());
    CHECK(has(t.s.of("point-differs").at(0).message, "1 outlet in the snapshot of 2021-01-01"));
}

TEST_CASE("one point for all dates: the most accurate one, else the latest") {
    const std::string at = "1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,A,";
    const Story exact({at + "430300.25,300000.50\n", at + "430340,300020\n"});
    CHECK(exact.p.shapes.first_point(0) == Point{430300.25, 300000.5});
    const Story equal({at + "430300,300000\n", at + "430340,300020\n", at + ",\n"});
    REQUIRE(equal.p.size() == 1);
    CHECK(equal.p.shapes.first_point(0) == Point{430340, 300020});
}

TEST_CASE("a location that is missing in one snapshot is filled from another, and said so") {
    const std::string at = "1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,A,";
    const Story t({at + ",\n", at + "430300,300000\n", at + ",\n"});
    REQUIRE(t.p.size() == 1);
    CHECK(t.p.shapes.has_location(0));
    CHECK(t.events() == Events{{"location-gained", 1}, {"location-lost", 1}});
    CHECK(t.s.of("location-filled").size() == 2);
    CHECK(has(t.s.of("location-filled").at(0).message, "1 of 1 row without a location"));
    const ChangeParts gained = t.change(), lost = t.change(Use::hot_food_takeaway, 1);
    CHECK(gained.before_located == 0);
    CHECK(gained.after_located == 1);
    CHECK(gained[ChangeKind::location_gained].located == 1);
    CHECK(lost[ChangeKind::location_lost].located == -1);
    CHECK(lost.after == 1);
}

TEST_CASE("another use begins another spell of the same premises") {
    const std::string at = ",1 High Street,AB1 2CD,A,430300,300000\n";
    const Story t({"1,Fry,shop" + at, "2,Doner,hot-food-takeaway" + at, "2,Doner,hot-food-takeaway" + at});
    REQUIRE(t.p.size() == 2);
    CHECK(t.count() == 1);
    CHECK(t.events() == Events{{"new-operator", 1}, {"new-use", 1}});
    CHECK_FALSE(t.p.events.at(0).chained);
    CHECK(t.p.events.at(1).chained);
    CHECK(t.p.began[1] == Happening::new_use);
    CHECK_FALSE(t.p.opens(1));
    CHECK(t.p.uses[0] == use_bit(Use::shop));
    CHECK(t.change()[ChangeKind::use_in].change == 1);
    CHECK(t.change(Use::shop)[ChangeKind::use_out].change == -1);
    CHECK(t.p.last_row[1] == 2);
}

TEST_CASE("an authority that is absent from a snapshot closes nothing") {
    const std::string b = "2,Wok,hot-food-takeaway,2 Mill Lane,AB1 9ZZ,B,431300,300000\n";
    const Story t({"1,Fry" + kFry + b, "1,Fry" + kFry, "1,Fry" + kFry + b});
    CHECK(t.p.size() == 2);
    CHECK(t.events().empty());
    CHECK(t.p.trades(1, k2021));
    REQUIRE(t.p.authorities == std::vector<std::string>{"", "A", "B"});
    CHECK(t.p.covers(2, k2020));
    CHECK_FALSE(t.p.covers(2, day(2021, 6, 1)));
    CHECK_FALSE(t.p.covers(1, day(2019, 6, 1)));
    CHECK(has(t.s.of("authority-absent").at(0).message, "2021-01-01 has no rows of 1 authority: B"));
    const auto parts = change_parts(t.p, Use::hot_food_takeaway);
    REQUIRE(parts.size() == 3);  // A twice, B once, over the gap
    CHECK(parts[2].from == 0);
    CHECK(parts[2].to == 2);
    CHECK(parts[2].before == 1);
    CHECK(parts[2].after == 1);

    const Story gone({"1,Fry" + kFry + b, "1,Fry" + kFry, "1,Fry" + kFry});
    CHECK(gone.events().empty());
    CHECK(gone.p.closed[1].by == kNotEnded);
    const Story late({"1,Fry" + kFry, "1,Fry" + kFry + b});
    CHECK(late.events().empty());  // no opening either: nothing is known of B before
    CHECK_FALSE(late.p.opens(1));
}

TEST_CASE("`covers` says for whom a snapshot speaks") {
    const std::string b = "2,Wok,hot-food-takeaway,2 Mill Lane,AB1 9ZZ,B,431300,300000\n";
    const Story shut({"1,Fry" + kFry + b, "1,Fry" + kFry}, "", {{1, "covers = [\"A\", \"B\"]"}});
    CHECK(shut.events() == Events{{"closed", 1}});
    const Story part({"1,Fry" + kFry + b, "1,Fry" + kFry + b}, "", {{1, "covers = \"A\""}});
    CHECK(part.events().empty());
    CHECK(part.p.spell_of_row.back() == Premises::kNone);
    CHECK(part.s.of("not-covered").at(0).id == "2");
    const Story typo({"1,Fry" + kFry, "1,Fry" + kFry}, "", {{1, "covers = [\"A\", \"C\"]"}});
    CHECK(has(typo.s.of("unknown-authority").at(0).message, "authority C"));
    SmallStudy s;
    s.folder.write("a.csv", kHead + "1,Fry" + kFry);
    const std::string message = test::message_of([&] {
        s.read(
            "[layers.shops]\nkind = \"outlets\"\ncrs = \"EPSG:27700\"\nsnapshots = [{ file = \"a.csv\", date = "
            "2020-01-01, covers = [] }]\n");
    });
    CHECK(has(message, "study.toml:6: covers"));
}

TEST_CASE("files of one day are one snapshot") {
    SmallStudy s;
    s.folder.write("a.csv", kHead + "1,Fry" + kFry);
    s.folder.write("b.csv", kHead + "2,Wok,hot-food-takeaway,2 High Street,AB1 2CD,A,430300,300000\n");
    const std::string two = "{ file = \"a.csv\", date = 2020-01-01 }, { file = \"b.csv\", date = 2020-01-01 }, ";
    const Layers layers = s.load("[layers.shops]\nkind = \"outlets\"\ncrs = \"EPSG:27700\"\nsnapshots = [" + two +
                                 "{ file = \"b.csv\", date = 2021-01-01 }]\n");
    const Premises p = premises_of(layers.outlets.at(0), s.issues);
    CHECK(p.snapshot_dates == std::vector<Date>{k2020, k2021});
    CHECK(p.size() == 2);
    REQUIRE(p.events.size() == 1);
    CHECK(p.events[0].what == Happening::closed);
    CHECK(change_parts(p, Use::hot_food_takeaway).at(0).before == 2);
}

TEST_CASE("missing in one snapshot and back in the next is closed and opened again") {
    const std::string other = "2,Wok,hot-food-takeaway,2 Mill Lane,AB1 9ZZ,A,431300,300000\n";
    const Story t({"1,Fry" + kFry + other, other, "1,Fry Ltd" + kFry + other});
    REQUIRE(t.p.size() == 3);
    CHECK(t.count() == 2);
    CHECK(t.p.premises[2] == 0);
    CHECK(t.events() == Events{{"closed", 1}, {"opened", 1}});
    CHECK(t.p.events.back().again);
    CHECK(t.p.opened[2] == DayBetween{k2021, k2022});
    CHECK(has(t.s.of("back-again").at(0).message, "1 outlet in the snapshot of 2022-01-01"));
    CHECK(t.change(Use::hot_food_takeaway, 1)[ChangeKind::opened_again].change == 1);
    const Story reused(
        {"1,Fry" + kFry + other, other, "1,Doner Dock,shop,7 Elm Row,AB5 5AA,A,433000,300000\n" + other});
    CHECK(reused.count() == 3);  // the number was given to another shop
}

TEST_CASE("councils that number from 1 have different shops under one id, and merged councils the same") {
    const Story t({"1,Fry" + kFry + "2,Bap,shop,5 Elm Row,AB5 5AA,B,433000,300000\n",
                   "1,Bap,shop,5 Elm Row,AB5 5AA,B,433000,300000\n2,Fry" + kFry});
    CHECK(t.count() == 2);
    CHECK(t.events() == Events{{"new-operator", 2}});
    const Story merged({"1,Fry" + kFry + "2,Bap,shop,5 Elm Row,AB5 5AA,B,433000,300000\n",
                        "1,Fry,hot-food-takeaway,1 High Street,AB1 2CD,C,430300,300000\n2,Bap,shop,5 Elm Row,AB5 "
                        "5AA,C,433000,300000\n"});
    CHECK(merged.count() == 2);
    CHECK(merged.events() == Events{{"moved", 2}});
    CHECK(merged.s.of("other-authorities").size() == 1);
    CHECK_FALSE(merged.p.trades(0, k2021));
    CHECK(merged.p.trades(2, k2021));
}

TEST_CASE("each snapshot may have columns of its own") {
    const Story t({"1,Fry" + kFry, "name,ref,kind,where,pc,e,n\nFry,1,chippy,1 High Street,AB1 2CD,430300,300000\n"},
                  "uses = { chippy = \"hot-food-takeaway\" }\n",
                  {{1,
                    "columns = { id = \"ref\", use = \"kind\", address = \"where\", postcode = \"pc\", x = \"e\", y "
                    "= \"n\" }"}});
    CHECK(t.p.size() == 1);
    CHECK(t.events().empty());
    CHECK(t.p.authority[0] == 1);
    CHECK(t.layers.outlets.at(0).address[1] == "1 High Street");
    const Story lines(
        {"id,name,use,address,address_2,postcode,x,y\n1,Fry,shop,Unit 1,\"2 Dock "
         "Road\",AB1 2CD,430300,300000\n"});
    CHECK(lines.layers.outlets.at(0).address[0] == "Unit 1, 2 Dock Road");
}

TEST_CASE(
    "a row that by its own dates does not trade on the day of the snapshot is set aside, and a stated opening is "
    "kept") {
    const std::string head = "id,name,use,opened,closed,x,y\n";
    const Story t({head + "1,Fry,shop,2000-01-01,,430300,300000\n2,Wok,shop,2001-01-01,2019-05-01,431300,300000\n",
                   head + "1,Fry,shop,2000-01-01,,430300,300000\n3,Bap,shop,2020-06-17,,432300,300000\n"});
    CHECK(t.p.spell_of_row[1] == Premises::kNone);
    CHECK(t.s.of("not-trading").at(0).id == "2");
    CHECK(t.events() == Events{{"opened", 1}});
    CHECK(t.p.opened[1] == DayBetween{day(2020, 6, 16), day(2020, 6, 17)});
}

TEST_CASE("the parts of a change sum to it") {
    // 4 takeaways become 5: one closed, one changed use, one under a new operator, one stays, two opened, one was a shop.
    const std::string road = " Mill Lane,AB1 9ZZ,A,";
    const Story t({"1,One,hot-food-takeaway,1" + road + "430000,300000\n2,Two,hot-food-takeaway,2" + road +
                       ",\n3,Three,hot-food-takeaway,3" + road + "430000,300000\n4,Four,hot-food-takeaway,4" + road +
                       "430000,300000\n5,Five,shop,5" + road + "430000,300000\n",
                   "2,Two,shop,2" + road + "430000,300000\n33,Trois,hot-food-takeaway,3" + road +
                       "430000,300000\n4,Four,hot-food-takeaway,4" + road + ",\n5,Five,hot-food-takeaway,5" + road +
                       "430000,300000\n6,Six,hot-food-takeaway,6" + road +
                       "430000,300000\n7,Seven,hot-food-takeaway,7" + road + ",\n"});
    const ChangeParts c = t.change();
    CHECK(c.before == 4);
    CHECK(c.after == 5);
    CHECK(c.before_located == 3);
    CHECK(c.after_located == 3);
    const auto part = [&](ChangeKind kind) { return std::tuple(c[kind].premises, c[kind].change, c[kind].located); };
    CHECK(part(ChangeKind::opened) == std::tuple(2, 2, 1));
    CHECK(part(ChangeKind::closed) == std::tuple(1, -1, -1));
    CHECK(part(ChangeKind::use_in) == std::tuple(1, 1, 1));
    CHECK(part(ChangeKind::use_out) == std::tuple(1, -1, 0));
    CHECK(part(ChangeKind::new_operator) == std::tuple(1, 0, 0));
    CHECK(part(ChangeKind::location_lost) == std::tuple(1, 0, -1));
    CHECK(part(ChangeKind::location_gained) == std::tuple(0, 0, 0));  // Two gained one as a shop
    CHECK(word(ChangeKind::unmatched_gone) == "unmatched-gone");
    CHECK(word(ChangeKind::location_lost) == "location-lost");
}
