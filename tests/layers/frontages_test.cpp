// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/frontages.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "libgeo/layers/row_words.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }

const std::string kLayer = "[layers.frontages]\nkind = \"frontages\"\nfile = \"units.csv\"\ncrs = \"EPSG:27700\"\n";

struct Units : SmallStudy {
    FrontageLayer layer(const std::string& csv, const std::string& more = "", const std::string& layers = "") {
        folder.write("units.csv", csv);
        Layers loaded = load(kLayer + more + layers);
        issues.verify_accounts();
        return std::move(loaded.frontages.at(0));
    }
    std::string fault(const std::string& more) {
        folder.write("units.csv", "id,parade\n");
        return message_of([&] { read(kLayer + more); });
    }
};

std::vector<std::string> ids(const FrontageLayer& layer, std::size_t frontage = 0) {
    std::vector<std::string> out;
    for (std::uint32_t i = layer.first[frontage]; i < layer.first[frontage + 1]; ++i) out.emplace_back(layer.id[i]);
    return out;
}
/// The ids of units with a break before them.
std::vector<std::string> broken(const FrontageLayer& layer) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (layer.break_before[i]) out.emplace_back(layer.id[i]);
    }
    return out;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("units stand by their sequence, frontages by their id") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,name,parade,parade-name,sequence,uprn,x,y,metres,use,state\n"
        "b,Bets,P2,High Street,2,0100.0,430010,300000,6.5,betting-shop,lawful\n"
        "a,Fryer,P2,High Street,1,99,430000,300000,,A5,\n"
        "c,Cafe,P1,,10,,430020,300000,5,A3,permitted\n");
    REQUIRE(f.frontages() == 2);
    CHECK(f.frontage_id[0] == "P1");
    CHECK(f.frontage_name[1] == "High Street");
    CHECK(f.first == std::vector<std::uint32_t>{0, 1, 3});
    CHECK(f.frontage == std::vector<std::uint32_t>{0, 1, 1});
    CHECK(ids(f, 1) == Ids{"a", "b"});
    CHECK(f.along == std::vector<double>{10, 1, 2});
    CHECK(f.name[1] == "Fryer");
    CHECK(f.uprn[2] == "100");
    CHECK(f.use[1] == Use::hot_food_takeaway);
    CHECK(f.use[2] == Use::betting_shop);
    CHECK(f.state == std::vector<Occupancy>{Occupancy::permitted, Occupancy::observed, Occupancy::lawful});
    CHECK(std::isnan(f.metres[1]));
    CHECK(f.metres[2] == 6.5);
    CHECK(f.shapes.first_point(2) == Point{430010, 300000});
    CHECK(broken(f).empty());
    CHECK(f.facts.files.at(0).rows_used == 3);
    CHECK(f.opened[0] == kBeforeRecords);
    CHECK(f.closed[0] == kNotEnded);
    CHECK(s.issues.may_hide_breach() == 0);
}

TEST_CASE("without a sequence they stand by street number, the sides apart where the study says so") {
    const std::string csv =
        "id,parade,number,street,x,y\na,P,12A,High St,430000,300000\nb,P,3,High St,430001,300000\nc,P,12,High "
        "St,430002,"
        "300000\nd,P,40-42,High St,430003,300000\ne,P,1,High St,430004,300000\n";
    Units plain, sides;
    const FrontageLayer f = plain.layer(csv);
    CHECK(ids(f) == Ids{"e", "b", "c", "a", "d"});
    CHECK(f.along[2] == 12.0);
    CHECK(f.along[3] == 12.01);
    CHECK(broken(f).empty());
    const FrontageLayer g = sides.layer(csv, "breaks = { other-side = true }\n");
    CHECK(ids(g) == Ids{"e", "b", "c", "a", "d"});  // odd, then even
    CHECK(broken(g) == Ids{"c"});
}

TEST_CASE("odd numbers before even ones, and the sides of another street are its own") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,parade,number,x,y\na,P,1,430000,300000\nb,P,2,430000,300020\nc,P,3,430010,300000\nd,P,4,430010,300020\n",
        "breaks = { other-side = true }\n");
    CHECK(ids(f) == Ids{"a", "c", "b", "d"});
    CHECK(broken(f) == Ids{"b"});
    Units corner;  // by sequence: 2 Alder Lane stands beside 1 Mill Street
    const FrontageLayer g = corner.layer(
        "id,parade,sequence,number,street\na,P,1,2,Alder Lane\nb,P,2,1,Mill Street\nc,P,3,2,Mill Street\nd,P,4,,Mill "
        "Street\n",
        "breaks = { other-side = true }\n");
    CHECK(broken(g) == Ids{"c"});
    CHECK(has(corner.of("break-not-known").at(0).message, "1 pair"));
}

TEST_CASE("numbers of several streets: street after street, broken between, and said") {
    Units s;
    const FrontageLayer f =
        s.layer("id,parade,number,street\na,P,1,Mill Street\nb,P,2,Alder Lane\nc,P,4,Alder Lane\nd,P,2,Mill Street\n");
    CHECK(ids(f) == Ids{"b", "c", "a", "d"});
    CHECK(broken(f) == Ids{"a"});
    CHECK(has(s.of("several-streets").at(0).message, "alderlane and millstreet"));
}

TEST_CASE("by metres along the parade's line, where there is neither") {
    Units s;
    s.folder.write("lines.csv",
                   "ref,wkt\nP,\"LINESTRING (430000 300000, 430100 300000, 430100 300100)\"\nP,\"LINESTRING (0 1, 1 "
                   "1)\"\nQ,\"LINESTRING (430000 300000, 430100 300000)\"\nR,\"POINT (430000 300000)\"\n");
    const std::string lines = "lines = { file = \"lines.csv\", id = \"ref\", crs = \"EPSG:27700\" }\n";
    const FrontageLayer f = s.layer(
        "id,parade,x,y\na,P,430105,300050\nb,P,430040,299990\nc,P,430090,300010\nfar,P,430000,300500\nlost,P,,\n"
        "e,R,430000,300000\n",
        lines);
    CHECK(ids(f) == Ids{"b", "c", "a", "far", "lost"});
    CHECK(f.along[0] == doctest::Approx(40));
    CHECK(f.along[2] == doctest::Approx(150));
    CHECK(has(s.of("far-from-line").at(0).message, "line 5"));
    CHECK(std::isnan(f.along[4]));
    CHECK(broken(f) == Ids{"lost"});
    CHECK(s.of("no-order").size() == 2);  // `lost`, and R without a line
    CHECK(s.of("no-line").at(0).id == "R");
    CHECK(s.of("duplicate-id").at(0).layer == "frontages.lines");
    CHECK(s.issues.may_hide_breach() == 2);
    const RowAccount& account = s.account("frontages.lines");
    CHECK(account.read == 4);
    CHECK(account.used == 1);
    CHECK(account.ruled_out == 1);
    CHECK(f.facts.files.size() == 2);
    CHECK(has(s.fault("lines = { file = \"lines.csv\" }\n"), "id: is missing"));
    CHECK(has(s.fault("lines = { file = \"line.csv\", id = \"ref\" }\n"), "did you mean \"lines.csv\"?"));
    CHECK(has(s.fault("lines = { file = \"lines.csv\", id = \"ref\", keys = 1 }\n"), "keys"));
}

TEST_CASE("a gap in metres breaks a frontage, at its edge it does not") {
    Units s;
    const std::string csv =
        "id,parade,sequence,x,y\na,P,1,430000,300000\nb,P,2,430012,300000\nc,P,3,430024.01,300000\nd,P,4,,\n";
    CHECK(broken(s.layer(csv, "breaks = { gap = \"12 m\" }\n")) == Ids{"c"});
    CHECK(has(s.of("break-not-known").at(0).message, "a gap"));
    CHECK(has(s.fault("breaks = { gap = \"12 units\" }\n"), "no length"));
    CHECK(has(s.fault("breaks = { gap = \"0 m\" }\n"), "more than 0 m"));
    CHECK(has(s.fault("breaks = { gaps = \"12 m\" }\n"), "gap"));
    CHECK(has(s.fault("breaks = { other-side = 1 }\n"), "other-side"));
}

TEST_CASE("a side street of the study's streets breaks a frontage, its own street does not") {
    Units s;
    const std::string csv =
        "id,parade,sequence,street,x,y\na,P,1,High Street,430000,300000\nb,P,2,High Street,430010,300000\nc,P,3,High "
        "Street,430030,300000\nd,P,4,High Street,430040,300000\ne,P,5,High Street,430050,300020\n";
    s.folder.write(
        "streets.csv",
        "id,name,wkt\n1,Mill Lane,\"LINESTRING (430020 299990, 430020 300000, 430020 300100)\"\n"
        "2,High Street,\"LINESTRING (429900 300010, 430100 300010)\"\n3,,\"LINESTRING (430035 300001, 430035 "
        "300100)\"\n4,,\"LINESTRING (430000 300000, 430010 300000)\"\n");
    const std::string streets = "[layers.streets]\nkind = \"streets\"\nfile = \"streets.csv\"\ncrs = \"EPSG:27700\"\n";
    const FrontageLayer f = s.layer(csv, "breaks = { side-streets = true }\n", streets);
    CHECK(broken(f) == Ids{"c"});
    CHECK(s.account("streets").used == 4);
    CHECK(f.facts.files.at(1).layer == "streets");
    const std::string message = s.fault("breaks = { side-streets = true }\n");
    CHECK(has(message, "study.toml:7: breaks: side-streets needs a layer of kind streets"));
    CHECK(s.fault("breaks = { side-streets = false }\n").empty());
    Units none;
    none.folder.write("streets.csv", "id,name,wkt\n");
    CHECK(broken(none.layer(csv, "breaks = { side-streets = true }\n", streets)).empty());
    CHECK(none.of("empty-layer").size() == 1);
}

TEST_CASE("states: words of the policies, the study's words, and words that nobody knows") {
    Units s;
    const std::string csv =
        "id,parade,sequence,use,state\na,P,1,A5,Vacant "
        "Lawful\nb,P,2,A5,Trading\nc,P,3,,vacant\nd,P,4,Vacant,\ne,P,5,,\n"
        "f,P,6,A1,haunted\n";
    const FrontageLayer f = s.layer(csv, "states = { Trading = \"lawful\" }\n");
    CHECK(f.state == std::vector<Occupancy>{Occupancy::vacant_lawful, Occupancy::lawful, Occupancy::vacant,
                                            Occupancy::vacant, Occupancy::observed, Occupancy::observed});
    CHECK(f.use[3] == Use::unstated);
    CHECK(s.of("unknown-use").empty());
    CHECK(has(s.of("unknown-state").at(0).message, "haunted"));
    CHECK(has(s.of("no-use").at(0).message, "1 unit states no use (line 6)"));
    CHECK(has(s.fault("states = { Trading = \"lawfull\" }\n"), "did you mean \"lawful\"?"));
}

TEST_CASE("uses: mapped by the study, by the description, by the layer") {
    Units s;
    const FrontageLayer f =
        s.layer("id,parade,sequence,use,description\na,P,1,estate-agent,\nb,P,2,,Hot food takeaway\nc,P,3,circus,\n",
                "uses = { estate-agent = \"bank-or-office\" }\n");
    CHECK(f.use[0] == Use::bank_or_office);
    CHECK(f.use[1] == Use::hot_food_takeaway);
    CHECK(f.uses[1] == use_bit(Use::hot_food_takeaway));
    CHECK(f.use[2] == Use::unstated);
    CHECK(has(s.of("unknown-use").at(0).message, "circus"));
    CHECK(has(s.fault("uses = { x = \"banc-or-office\" }\n"), "did you mean \"bank-or-office\"?"));
    Units all;
    CHECK(all.layer("id,parade,sequence\na,P,1\n", "use = \"shop\"\n").use[0] == Use::shop);
}

TEST_CASE("floors above and below are ruled out, corners stand twice, rows without a parade are listed") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,parade,sequence,floor\na,P1;P2,1,Ground\nb,P1,2,1\nc,P2,2,\nd,,3,g\ne,P2,3,basement\nf,P2,4,0\nc,P2,2,\n"
        "g,\" P2 ; P2;\",5,G/F\n");
    CHECK(ids(f, 0) == Ids{"a"});
    CHECK(ids(f, 1) == Ids{"a", "c", "f", "g"});
    CHECK(has(s.of("not-ground-floor").at(0).message, "2 rows"));
    CHECK(s.of("no-parade").at(0).id == "d");
    CHECK(s.of("no-parade")[0].kept == Kept::not_used);
    CHECK(s.of("duplicate-row").at(0).id == "c");
    const RowAccount& account = s.account("frontages");
    CHECK(account.read == 8);
    CHECK(account.used == 4);
    CHECK(account.not_used == 1);
    CHECK(account.ruled_out == 3);
    CHECK(s.of("no-location").at(0).row == 0);  // the file has no coordinates
    Units bare;
    CHECK(has(message_of([&] { bare.layer("id,sequence\na,1\n"); }), "no column for parade"));
}

TEST_CASE("a corner with a row in each of its parades is no duplicate, two rows in one parade are") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,parade,sequence,use,opened,closed\na,P1,1,shop,,\na,P2,1,shop,,\n"
        "b,P1,2,shop,,2019-01-01\nb,P1,2,A5,2019-01-01,\n"
        "c,P1,3,shop,,\nc,P1,4,A5,,\nd,P1,4,shop,,\n");
    CHECK(ids(f, 0) == Ids{"a", "b", "b", "c", "c", "d"});
    CHECK(f.closed[1] == day(2019, 1, 1));
    CHECK(f.opened[2] == day(2019, 1, 1));
    REQUIRE(s.of("duplicate-id").size() == 1);
    CHECK(has(s.of("duplicate-id")[0].message, "lines 6 and 7"));
    CHECK(has(s.of("same-position").at(0).message, "lines 7 and 8"));
}

TEST_CASE("a unit at another time is broken from its neighbours as it was before") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,parade,sequence,opened,closed,x,y\na,P,1,,,430000,300000\nb,P,2,,2019-01-01,430050,300000\n"
        "b,P,2,2019-01-01,,430050,300000\nc,P,3,,,430055,300000\n",
        "breaks = { gap = \"12 m\" }\n");
    CHECK(f.break_before == std::vector<std::uint8_t>{0, 1, 1, 0});
    CHECK(s.of("duplicate-id").empty());
}

TEST_CASE("cells that cannot be read are listed, the unit stays") {
    Units s;
    const FrontageLayer f = s.layer(
        "id,parade,parade-name,sequence,uprn,metres,opened,closed\na,P,One,1,1.00099E+11,wide,2019-05-17,2019-01-31\n"
        "b,P,Two,first,77,-3,2020-02-30,\n");
    REQUIRE(f.size() == 2);
    CHECK(f.uprn[0] == "");
    CHECK(s.of("bad-uprn").at(0).id == "a");
    CHECK(s.of("bad-value").size() == 3);
    CHECK(f.opened[0] == kBeforeRecords);
    CHECK(f.closed[0] == kNotEnded);
    CHECK(s.of("closed-before-opened").size() == 1);
    CHECK(s.of("bad-date").size() == 1);
    CHECK(has(s.of("no-order").at(0).message, "1 of the 2 units of the frontage P"));
    CHECK(s.of("no-order")[0].may_hide_breach);
    CHECK(s.of("several-names").at(0).id == "P");
    CHECK(f.frontage_name[0] == "One");
}

TEST_CASE("shuffled rows give the same frontages") {
    const std::string head = "id,parade,sequence,x,y\n";
    const std::vector<std::string> rows = {"a,P,1,430000,300000\n", "b,P,2,430010,300000\n", "c,Q,1,430020,300000\n",
                                           "d,P,2,430030,300000\n"};
    Units one, other;
    const std::string more = "breaks = { gap = \"12 m\" }\n";
    const FrontageLayer f = one.layer(head + rows[0] + rows[1] + rows[2] + rows[3], more);
    const FrontageLayer g = other.layer(head + rows[3] + rows[2] + rows[1] + rows[0], more);
    REQUIRE(f.size() == g.size());
    for (std::size_t i = 0; i < f.size(); ++i) CHECK(f.id[i] == g.id[i]);
    CHECK(f.break_before == g.break_before);
    CHECK(f.first == g.first);
}

TEST_CASE("frontages are loaded where they are asked for, with columns that policies name") {
    Units s;
    s.folder.write("units.csv", "id,parade,sequence,Class\na,P,1,primary\n");
    LoadOptions options = test::options();
    options.attributes = {"class"};
    const Study study = s.read(kLayer + "site-radius = \"30 m\"\naccuracy = \"5 m\"\n");
    const Layers layers = load_layers(study, options, s.issues);
    REQUIRE(layers.frontage_layer("frontages") != nullptr);
    CHECK(layers.frontage_layer("shops") == nullptr);
    CHECK(layers.frontages[0].attributes.at("class")[0] == "primary");
    CHECK(layers.frontages[0].facts.accuracy.value == 5.0);
    options.frontages = false;
    CHECK(load_layers(study, options, s.issues).frontages.empty());
    CHECK(has(s.fault("units = \"id\"\n"), "units"));
    CHECK(has(s.fault("columns = { parades = \"p\" }\n"), "did you mean parade?"));
}

TEST_CASE("what cells of units say") {
    CHECK(is_ground_floor(" Ground Floor "));
    CHECK(is_ground_floor("ground and first"));
    CHECK(is_ground_floor("0.0"));
    CHECK_FALSE(is_ground_floor("Lower ground"));
    CHECK_FALSE(is_ground_floor("1.0"));
    CHECK_FALSE(is_ground_floor("-1"));
    CHECK_FALSE(is_ground_floor("first"));
    CHECK(uprn_from("000100.0") == "100");
    CHECK(uprn_from(" ") == "");
    CHECK_FALSE(uprn_from("1;2"));
    CHECK_FALSE(uprn_from("1234567890123"));
    CHECK(street_number_from("12 b")->along() == 12.02);
    CHECK(street_number_from("7 High Street")->along() == 7.0);
    CHECK_FALSE(street_number_from("Unit 3"));
    CHECK_FALSE(street_number_from("99999999999999"));
    CHECK(is_withheld("[c]"));
    CHECK(is_withheld(".."));
    CHECK_FALSE(is_withheld("c"));
    CHECK_FALSE(is_withheld("0"));
}
