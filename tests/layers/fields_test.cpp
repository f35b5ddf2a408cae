// SPDX-License-Identifier: Apache-2.0
//
// Figures that policies ask for: of areas, of the study, of applications.
#include <doctest/doctest.h>

#include "libgeo/layers/frontages.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

const std::string kWards = "[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\ncrs = \"EPSG:27700\"\n";

struct Wards : SmallStudy {
    /// W1 and W2, and more columns: `names`, and the cells of each.
    AreaLayer wards(const std::string& more, const std::string& names = "", const std::string& w1 = "",
                    const std::string& w2 = "") {
        const std::string square = "\"POLYGON ((430000 300000, 431000 300000, 431000 301000, 430000 300000))\"";
        folder.write("wards.csv", "code,wkt" + names + "\nW1," + square + w1 + "\nW2," + square + w2 + "\n");
        Layers layers = load(kWards + more);
        issues.verify_accounts();
        return std::move(layers.areas.at(0));
    }
};

struct Applications : SmallStudy {
    ProposalBatch batch(const std::string& csv, const std::string& more = "", std::vector<std::string> fields = {}) {
        folder.write("applications.csv", csv);
        study = read(
            "[layers.applications]\nkind = \"proposals\"\nfile = \"applications.csv\"\ncrs = \"EPSG:27700\"\n" + more);
        LoadOptions options = test::options();
        options.fields = std::move(fields);
        ProposalReader reader(study, options, issues);
        ProposalBatch out = reader.decode(reader.next());
        reader.finish(issues);
        return out;
    }
};

}  // namespace

TEST_CASE("attributes of areas: by year under one field, without a year as words") {
    Wards s;
    const AreaLayer wards = s.wards(
        "attributes = [\"class\", { column = \"ob18\", year = 2018, field = \"Year 6\" }, { column = \"ob19\", "
        "year = 2019, field = \"Year 6\" }, { column = \"class\", field = \"kind\" }]\n",
        ",class,ob18,ob19", ",District,20.5 %,*", ",,19,high");
    CHECK(wards.attributes.at("class")[0] == "District");
    CHECK(wards.attributes.at("class")[1] == "");
    CHECK(wards.attributes.at("kind")[0] == "District");
    const auto& years = wards.by_year.at("year6");
    CHECK(years.at(2018) == std::vector<std::string>{"20.5", "19"});
    CHECK(years.at(2019) == std::vector<std::string>{"", "high"});
    REQUIRE(s.of("bad-value").size() == 1);
    CHECK(has(s.of("bad-value")[0].message, "ob19 is \"*\""));
    CHECK(s.of("bad-value")[0].id == "W1");
}

TEST_CASE("among numbers a word is listed and left empty") {
    Wards s;
    const AreaLayer wards = s.wards("attributes = [\"rate\"]\n", ",rate", ",1.5", ",lots");
    CHECK(wards.attributes.at("rate")[0] == "1.5");
    CHECK(wards.attributes.at("rate")[1] == "");
    CHECK(has(s.of("bad-value").at(0).message, "rate is \"lots\", which is no number"));
    CHECK(s.of("bad-value")[0].kept == Kept::used);
}

TEST_CASE("attributes from a table by area code, with its years") {
    Wards s;
    s.folder.write("obesity.csv",
                   "ward,year,y6\nW1,2018,20.5\nW1,2019,\nW2,2018,19\nW2,2019,..\nX9,2018,1\nW1,2018,7\nW2,soon,5\n");
    const std::string table = "file = \"obesity.csv\", code = \"ward\", value = \"y6\"";
    const AreaLayer wards = s.wards("attributes = [{ " + table + ", year = \"year\", field = \"year6\" }]\n");
    CHECK(wards.by_year.at("year6").at(2018) == std::vector<std::string>{"20.5", "19"});
    CHECK_FALSE(wards.by_year.at("year6").contains(2019));
    CHECK(s.of("bad-value").size() == 3);
    CHECK(has(s.of("bad-value")[0].message, "y6 is blank"));
    CHECK(s.of("duplicate-id").size() == 1);
    const RowAccount& account = s.account("wards.year6");
    CHECK(account.read == 7);
    CHECK(account.used == 2);
    CHECK(account.not_used == 4);
    CHECK(account.ruled_out == 1);
    CHECK(wards.facts.files.size() == 2);
}

TEST_CASE("a table without years, and of one year, what is stated without one goes before") {
    Wards s;
    s.folder.write("a.csv", "ward,y6,kind\nW1,20.5,inner\nW2,19,outer\n");
    const std::string table = "{ file = \"a.csv\", code = \"ward\", value = ";
    const AreaLayer wards = s.wards("attributes = [" + table + "\"kind\" }, " + table + "\"y6\", year = 2022 }]\n");
    CHECK(wards.attributes.at("kind")[1] == "outer");
    CHECK(wards.by_year.at("kind").at(0)[0] == "inner");
    CHECK(wards.by_year.at("y6").at(2022)[0] == "20.5");
    Wards both;
    const AreaLayer mixed = both.wards("attributes = [\"y6\", { column = \"new\", year = 2022, field = \"y6\" }]\n",
                                       ",y6,new", ",1,2", ",3,4");
    CHECK(mixed.by_year.at("y6").at(0) == std::vector<std::string>{"1", "3"});
    CHECK(mixed.by_year.at("y6").at(2022)[0] == "2");
}

TEST_CASE("faults of attributes") {
    Wards s;
    s.folder.write("a.csv", "ward,y6\nW1,1\n");
    const auto fault = [&](const std::string& text) {
        return message_of([&] { s.wards("attributes = [" + text + "]\n", ",class", ",a", ",b"); });
    };
    CHECK(has(fault("\"clas\""), "did you mean \"class\"?"));
    CHECK(has(fault("{ column = \"class\", years = 2019 }"), "did you mean year?"));
    CHECK(has(fault("{ column = \"class\", year = 19 }"), "19 is no year"));
    CHECK(has(fault("\"class\", { column = \"code\", field = \"Class\" }"), "the attribute Class is given twice"));
    CHECK(has(fault("{ file = \"a.csv\", value = \"y6\" }"), "code: is missing"));
    CHECK(has(fault("{ file = \"a.csv\", code = \"ward\" }"), "value: is missing"));
    CHECK(has(fault("{ file = \"a.csv\", code = \"ward\", value = \"y7\" }"), "columns found: ward, y6"));
    CHECK(has(fault("{ file = \"b.csv\", code = \"ward\", value = \"y6\" }"), "there is no file"));
}

TEST_CASE("numbers that the study gives to policies") {
    SmallStudy s;
    const Layers layers = s.load("[values]\nlimit = 3\nnational = { rate = 0.96, year6.mean = 22.7 }\n");
    CHECK(layers.values ==
          std::map<std::string, double>{{"limit", 3.0}, {"national.rate", 0.96}, {"national.year6.mean", 22.7}});
    const auto fault = [&](const std::string& text) { return message_of([&] { s.read("[values]\n" + text); }); };
    CHECK(has(fault("national = { rate = \"high\" }\n"), "study.toml:4: rate: a number is expected"));
    CHECK(has(fault("rate = inf\n"), "finite"));
    CHECK(has(fault("\"a.b\" = 1\na = { b = 2 }\n"), "a.b is given twice"));
    CHECK(has(fault("[value]\nx = 1\n"), "did you mean values?"));
}

TEST_CASE("what ties an application to a unit, and whether it adds one") {
    Applications s;
    const ProposalBatch batch = s.batch(
        "reference,x,y,uprn,unit,street,counts-as\nA,430000,300000,0077,U1, High Street ,New build\nB,430001,300000,"
        "7;8,,,\nC,430002,300000,,,,extension\nD,430003,300000,,,,change-of-use\n");
    CHECK(batch.uprn == std::vector<std::string_view>{"77", "", "", ""});
    CHECK(batch.unit[0] == "U1");
    CHECK(batch.street[0] == "High Street");
    CHECK(batch.adds_unit == std::vector<std::uint8_t>{1, 0, 0, 0});
    std::vector<std::string> codes;
    for (const Issue& issue : batch.issues) codes.push_back(issue.code + " " + issue.id);
    CHECK(codes == std::vector<std::string>{"bad-uprn B", "unknown-counts-as C"});
    CHECK(batch.fields.empty());
    Applications all;
    const ProposalBatch built = all.batch("reference,x,y,kind\nA,430000,300000,\nB,430001,300000,change of use\n",
                                          "counts-as = \"new-build\"\ncolumns = { counts-as = \"kind\" }\n");
    CHECK(built.adds_unit == std::vector<std::uint8_t>{1, 0});
    CHECK(built.uprn.size() == 2);
    CHECK(built.unit.size() == 2);
    CHECK(built.street.size() == 2);
    CHECK(has(message_of([&] { all.batch("reference,x,y\n", "counts-as = \"new-builds\"\n"); }),
              "did you mean \"new-build\"?"));
}

TEST_CASE("what was decided: by the words, or as the study says of them") {
    Applications s;
    const ProposalBatch batch = s.batch(
        "reference,x,y,decision\nA,430000,300000,Approved\nB,430001,300000,REF\nC,430002,300000,Withdrawn\nD,430003,"
        "300000,\n");
    CHECK(batch.decision == std::vector<std::string_view>{"Approved", "REF", "Withdrawn", ""});
    CHECK(batch.decided_as ==
          std::vector<Decision>{Decision::granted, Decision::refused, Decision::other, Decision::unstated});
    Applications own;
    const ProposalBatch told = own.batch("reference,x,y,decision\nA,430000,300000,code 7\nB,430001,300000,refused\n",
                                         "decisions = { \"Code 7\" = \"granted\" }\n");
    CHECK(told.decided_as == std::vector<Decision>{Decision::granted, Decision::refused});
    CHECK(has(message_of([&] { own.batch("reference,x,y\n", "decisions = { A = \"yes\" }\n"); }),
              "granted, refused or other is expected"));
    Applications none;
    CHECK(none.batch("reference,x,y\nA,430000,300000\n").decided_as == std::vector<Decision>{Decision::unstated});
}

TEST_CASE("columns of the application that policies ask for, by name or as the study calls them") {
    Applications s;
    const ProposalBatch batch = s.batch(
        "reference,x,y,floorspace_m2,Opening Hours,opens\nA,430000,300000,56,daily,17:00\nA,430001,300000,57,,\n",
        "columns = { floorspace = \"floorspace_m2\" }\n", {"closes", "floorspace", "openinghours", "opens"});
    REQUIRE(batch.fields.size() == 4);
    CHECK(batch.fields[0] == std::vector<std::string_view>{"", ""});
    CHECK(batch.fields[1] == std::vector<std::string_view>{"56", "57"});  // the second site has its own
    CHECK(batch.fields[2][0] == "daily");
    CHECK(batch.fields[3][0] == "17:00");
    CHECK(has(message_of([&] {
                  s.batch("reference,x,y\nA,430000,300000\n", "columns = { floorspace = \"area\" }\n", {"floorspace"});
              }),
              "there is no column \"area\" (columns.floorspace"));
}

TEST_CASE("the street of a place is read where a rule asks for it") {
    SmallStudy s;
    s.folder.write("schools.csv", "id,road,x,y\nA, High Street ,430000,300000\n");
    const Study study = s.read(
        "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { street = "
        "\"road\" }\n");
    LoadOptions options = test::options();
    CHECK_FALSE(load_layers(study, options, s.issues).places.at(0).attributes.contains("street"));
    options.attributes = {"street"};
    CHECK(load_layers(study, options, s.issues).places.at(0).attributes.at("street")[0] == "High Street");
}
