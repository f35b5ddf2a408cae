// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/proposals.h"

#include <doctest/doctest.h>

#include <chrono>

#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

Date day(int y, int m, int d) { return std::chrono::sys_days(std::chrono::year(y) / m / d); }

const std::string kLayer =
    "[layers.applications]\nkind = \"proposals\"\nfile = \"applications.csv\"\ncrs = \"EPSG:27700\"\n";

/// Everything that a reader gives, put together.
struct Streamed {
    std::vector<ProposalBatch> batches;
    std::vector<FileRecord> records;
    std::vector<std::string> references() const {
        std::vector<std::string> out;
        for (const auto& batch : batches) out.insert(out.end(), batch.reference.begin(), batch.reference.end());
        return out;
    }
    std::vector<Issue> issues(const std::string& code) const {
        std::vector<Issue> out;
        for (const auto& batch : batches) {
            std::copy_if(batch.issues.begin(), batch.issues.end(), std::back_inserter(out),
                         [&](const Issue& i) { return i.code == code; });
        }
        return out;
    }
};

struct Applications : SmallStudy {
    std::unique_ptr<ProposalReader> reader;

    Streamed stream(const std::string& csv, const std::string& more = "",
                    const std::string& head = "crs = \"EPSG:27700\"\n") {
        folder.write("applications.csv", csv);
        return stream_layers(kLayer + more, head);
    }
    Streamed stream_layers(const std::string& layers, const std::string& head = "crs = \"EPSG:27700\"\n") {
        study = read(layers, head);
        reader = std::make_unique<ProposalReader>(study, test::options(), issues);
        Streamed out;
        while (auto raw = reader->next()) out.batches.push_back(reader->decode(std::move(raw)));
        out.records = reader->finish(issues);
        issues.verify_accounts();
        return out;
    }
};

}  // namespace

TEST_CASE("a bare file of points is a stream of proposals, and it is said that no use is given") {
    Applications s;
    const Streamed out = s.stream("reference,x,y\nA,430000,300000\n B ,430100,300000.5\n");
    REQUIRE(out.batches.size() == 1);
    const ProposalBatch& batch = out.batches[0];
    CHECK(out.references() == std::vector<std::string>{"A", "B"});
    CHECK(batch.row == std::vector<std::int64_t>{2, 3});
    CHECK(batch.shapes.first_point(1) == Point{430100, 300000.5});
    CHECK(batch.site_of == std::vector<std::uint32_t>{0, 1});
    CHECK(batch.use[0] == Use::unstated);
    CHECK_FALSE(batch.use_given);
    CHECK(s.of("use-not-given").size() == 1);
    CHECK(batch.decided[0] == kBeforeRecords);
    CHECK(batch.read == 2);
    CHECK(out.records.at(0).rows_used == 2);
    CHECK(out.records[0].sha256.size() == 64);
    CHECK(s.reader->progress() == 1.0);
}

TEST_CASE("a proposal without a location stays, its run is not incomplete") {
    Applications s;
    const Streamed out = s.stream("reference,x,y\nA,0,0\nB,,\nC,abc,300000\nD,430000,300000\n");
    CHECK(out.batches[0].size() == 4);
    CHECK_FALSE(out.batches[0].shapes.has_location(0));
    CHECK_FALSE(out.batches[0].shapes.has_location(2));
    CHECK(out.batches[0].shapes.has_location(3));
    CHECK(out.issues("no-location").size() == 2);
    CHECK(has(out.issues("bad-coordinate").at(0).message, "abc"));
    CHECK(out.issues("bad-coordinate")[0].id == "C");
    for (const Issue& issue : out.batches[0].issues) CHECK_FALSE(issue.may_hide_breach);
}

TEST_CASE("labels are checked before the stream") {
    Applications s;
    CHECK(has(message_of([&] { s.stream("reference,x,y\nA,-1.5,52.6\n"); }), "look like degrees"));
    CHECK(has(message_of([&] { s.stream("reference,x,y\nA,\"430300,0\",\"300000,0\"\n"); }), "430300,0"));
    CHECK(has(message_of([&] { s.stream("reference,x\nA,430300\n"); }), "columns found: reference, x"));
}

TEST_CASE("the same row again is ruled out, another row of the reference is a site at the first's place") {
    Applications s;
    const Streamed out = s.stream(
        "reference,x,y,ward\nA,430000,300000,W\nB,430100,300000,W\nC,430200,300000,W\nA,430300,300000,W\nB,430100,"
        "300000,W\nA,430000,300000,W\nD,430400,300000,W\n",
        "keep = [\"ward\"]\n");
    const ProposalBatch& batch = out.batches.at(0);
    CHECK(out.references() == std::vector<std::string>{"A", "A", "B", "C", "D"});
    CHECK(batch.row == std::vector<std::int64_t>{2, 5, 3, 4, 8});
    CHECK(batch.site_of == std::vector<std::uint32_t>{0, 0, 2, 3, 4});
    CHECK(batch.shapes.first_point(1) == Point{430300, 300000});
    CHECK(batch.kept.at(0).at(1) == "W");
    CHECK(s.reader->kept_columns() == std::vector<std::string>{"ward"});
    REQUIRE(s.of("several-sites").size() == 1);
    CHECK(has(s.of("several-sites")[0].message, "lines 2 and 5"));
    REQUIRE(s.of("duplicate-row").size() == 2);
    CHECK(has(s.of("duplicate-row")[0].message, "lines 2 and 7"));
    CHECK(has(s.of("duplicate-row")[1].message, "lines 3 and 6"));
    CHECK(out.records[0].rows_read == 7);
    CHECK(out.records[0].rows_used == 5);
    CHECK(out.records[0].rows_ruled_out == 2);
}

TEST_CASE("doubled references are found across a large file") {
    Applications s;
    std::string csv = "reference,x,y\n";
    for (int i = 0; i < 300'000; ++i)
        csv += "R" + std::to_string(i) + "," + std::to_string(430000 + i % 1000) + ",300000\n";
    csv += "R0,430999.5,300000\nR299999,430001,300001\n";
    const Streamed out = s.stream(csv);
    std::size_t rows = 0, sites = 0;
    for (const ProposalBatch& batch : out.batches) {
        rows += batch.size();
        for (std::uint32_t i = 0; i < batch.size(); ++i) sites += batch.site_of[i] != i;
    }
    CHECK(rows == 300'002);
    CHECK(sites == 2);
    CHECK(out.batches[0].reference[1] == "R0");
    CHECK(out.batches[0].row[1] == 300'002);
    CHECK(s.of("several-sites").size() == 2);
}

TEST_CASE("dates of three columns are read one way") {
    Applications s;
    const Streamed out = s.stream(
        "reference,x,y,received,decided\nA,430000,300000,01/02/2020,13/04/"
        "2020\nB,430000,300001,2020-01-05,soon\nC,430000,300002,05/05/2020,04/05/2020\n");
    const ProposalBatch& batch = out.batches.at(0);
    CHECK(batch.received[0] == day(2020, 2, 1));
    CHECK(batch.decided[0] == day(2020, 4, 13));
    CHECK(batch.received[1] == day(2020, 1, 5));
    CHECK(batch.decided[1] == kBeforeRecords);
    CHECK(has(out.issues("bad-date").at(0).message, "soon"));
    CHECK(batch.decided_unread == std::vector<std::string_view>{"", "soon", ""});
    CHECK(has(out.issues("bad-date").at(0).action, "its verdict is unknown"));
    CHECK(out.issues("bad-date").at(0).may_hide_breach);
    CHECK(out.issues("decided-before-received").at(0).id == "C");
    Applications ambiguous;
    CHECK(
        has(message_of([&] { ambiguous.stream("reference,x,y,decided\nA,430000,300000,03/04/2019\n"); }), "ambiguous"));
}

TEST_CASE("one date that can only have the month first turns all of them, and that is said") {
    const std::string csv = "reference,x,y,decided\nA,430000,300000,01/09/2012\nB,430000,300001,12/31/2014\n";
    Applications s;
    CHECK(s.stream(csv).batches.at(0).decided[0] == day(2012, 1, 9));
    REQUIRE(s.of("month-first").size() == 1);
    const Issue said = s.of("month-first")[0];
    CHECK(said.row == 3);
    CHECK(said.message ==
          "decided is \"12/31/2014\", which can only have the month first, so every date of the file is read as "
          "mm/dd/yyyy: \"01/09/2012\" of line 2 is 9 January 2012");
    CHECK(has(said.action, "date-format"));
    CHECK_FALSE(said.may_hide_breach);
    Applications given;
    given.stream(csv, "date-format = \"mm/dd/yyyy\"\n");
    CHECK(given.of("month-first").empty());
    Applications english;
    english.stream("reference,x,y,decided\nA,430000,300000,01/09/2012\nB,430000,300001,31/12/2014\n");
    CHECK(english.of("month-first").empty());
}

TEST_CASE("a date that cannot be read matters where it is the day of decision") {
    Applications s;
    const Streamed out = s.stream("reference,x,y,received,decided\nA,430000,300000,2020-02-30,2020-03-01\n");
    CHECK(out.issues("bad-date").at(0).action == "taken as not known");
    CHECK_FALSE(out.issues("bad-date").at(0).may_hide_breach);
    CHECK_FALSE(out.batches.at(0).date_unread(0));
}

TEST_CASE("the use: column, then description, then the layer's") {
    Applications s;
    const Streamed out = s.stream(
        "reference,x,y,use,existing use,decided,description\n"
        "A,430000,300000,A5,A1,2019-01-01,\n"
        "B,430000,300001,Sui Generis,,2022-01-01,Change of use from shop to hot food takeaway\n"
        "C,430000,300002,Takeaway shop,,2022-01-01,\n"
        "D,430000,300003,XYZ,,2022-01-01,\n"
        "E,430000,300004,,,2022-01-01,\n",
        "uses = { \"Takeaway shop\" = [\"hot-food-takeaway\", \"shop\"] }\nuse = \"betting-shop\"\n");
    const ProposalBatch& batch = out.batches.at(0);
    CHECK(batch.use_given);
    CHECK(batch.use[0] == Use::hot_food_takeaway);
    CHECK(batch.existing_use[0] == Use::shop);
    CHECK(batch.use_note[0].empty());
    CHECK(batch.use[1] == Use::hot_food_takeaway);
    CHECK(batch.existing_use[1] == Use::shop);
    CHECK(has(batch.use_note[1], "description: \""));
    CHECK(has(batch.use_note[1], "[keywords 2"));
    CHECK(batch.use[2] == Use::hot_food_takeaway);
    CHECK(batch.uses[2] == ((1u << unsigned(Use::hot_food_takeaway)) | (1u << unsigned(Use::shop))));
    CHECK(batch.use[3] == Use::unstated);
    CHECK(has(batch.use_note[3], "XYZ"));
    CHECK(batch.use[4] == Use::betting_shop);
}

TEST_CASE("a use in plain English is read, one that is not understood is said with its words") {
    Applications s;
    const Streamed out = s.stream(
        "reference,x,y,use,description\nA,430000,300000,Hot food takeaway,\nB,430000,300001,hot food take-away,\n"
        "C,430000,300002,Chippy,\nD,430000,300003,Chippy,\nE,430000,300004,Arcadia,\nF,430000,300005,,\n"
        "G,430000,300006,Mixed,Change of use from shop to hot food takeaway\n");
    const ProposalBatch& batch = out.batches.at(0);
    CHECK(batch.use[0] == Use::hot_food_takeaway);
    CHECK(batch.use[1] == Use::hot_food_takeaway);
    CHECK(batch.use_note[2] == "the use “Chippy” is not understood");
    CHECK(batch.use_unread(2));
    CHECK_FALSE(batch.use_unread(5));  // nothing is stated
    CHECK_FALSE(batch.use_unread(6));  // the description says it
    REQUIRE(s.of("unknown-use").size() == 1);
    CHECK(s.of("unknown-use")[0].message ==
          "3 rows state a use in the column use that is not understood: \"Chippy\" (2) and \"Arcadia\" (1)");
    CHECK(has(s.of("unknown-use")[0].action, "uses = { \"Chippy\" = \"hot-food-takeaway\" }"));
}

TEST_CASE("a red line where there is one, else the point") {
    Applications s;
    const Streamed out = s.stream(
        "reference,x,y,wkt\nA,430000,300000,\nB,430000,300000,\"POLYGON ((430000 300000, 430010 300000, 430010 300010, "
        "430000 300000))\"\nC,,,\n");
    const Shapes& shapes = out.batches.at(0).shapes;
    CHECK(shapes.is_single_point(0));
    CHECK(shapes.has_surface(1));
    CHECK_FALSE(shapes.has_location(2));
    CHECK(out.issues("no-location").at(0).id == "C");
}

TEST_CASE("rows that where leaves aside, rows without a reference, a study without proposals") {
    Applications s;
    const Streamed out =
        s.stream("reference,x,y,type\nA,430000,300000,full\nA,430001,300000,outline\n,430002,300000,full\n",
                 "where = { type = [\"full\"] }\n");
    CHECK(out.references() == std::vector<std::string>{"A", "row 4"});
    CHECK(s.of("several-sites").empty());
    CHECK(out.records.at(0).rows_ruled_out == 1);
    CHECK(s.of("no-id").size() == 1);
    SmallStudy none;
    none.study = none.read("");
    CHECK(has(message_of([&] { ProposalReader(none.study, test::options(), none.issues); }),
              "no layer of kind proposals"));
}

TEST_CASE("several layers stream one after another") {
    Applications s;
    s.folder.write("one.csv", "reference,x,y,ward\nA,430000,300000,W1\n");
    s.folder.write("two.csv", "reference,longitude,latitude,officer\nB,-1.558525,52.596988,Q\n");
    const Streamed out = s.stream_layers(
        "[layers.one]\nkind = \"proposals\"\nfile = \"one.csv\"\ncrs = \"EPSG:27700\"\nkeep = [\"ward\"]\n"
        "[layers.two]\nkind = \"proposals\"\nfile = \"two.csv\"\ncrs = \"EPSG:4326\"\nkeep = [\"officer\"]\naccuracy = "
        "\"3 m\"\n");
    CHECK(out.references() == std::vector<std::string>{"A", "B"});
    CHECK(out.batches.at(1).layer == 1);
    CHECK(out.batches[1].number == 1);
    CHECK(out.batches[1].kept.at(0).at(0) == "");
    CHECK(out.batches[1].kept.at(1).at(0) == "Q");
    CHECK(s.reader->facts(1).accuracy.value == 3.0);
    CHECK(s.reader->facts(1).crs_code == "EPSG:4326");
}

TEST_CASE("proposals far from the study area are said once") {
    Applications s;
    s.folder.write("wards.csv",
                   "code,wkt\nW1,\"POLYGON ((430000 300000, 431000 300000, 431000 301000, 430000 300000))\"\n");
    s.stream("reference,x,y\nA,430000,300000\nB,500000,300000\n",
             "[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\ncrs = \"EPSG:27700\"\n",
             "crs = \"EPSG:27700\"\narea = { layer = \"wards\" }\n");
    REQUIRE(s.of("far-from-study-area").size() == 1);
    CHECK(has(s.of("far-from-study-area")[0].message, "1 proposal"));
}
