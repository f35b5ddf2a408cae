// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/table.h"

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "libgeo/base/errors.h"
#include "libgeo/sources/table.h"
#include "tests/sources/scratch.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

TableColumn column(const char* name, TableColumn::Kind kind, int decimals = 3) {
    TableColumn made;
    made.name = name;
    made.kind = kind;
    made.decimals = decimals;
    return made;
}

/// Two areas and a total.
struct Answer {
    Shapes shapes;
    std::vector<AnswerTable> tables;
    Provenance provenance;
    Issues issues;
    Crs crs = Crs::from_text("EPSG:27700");
    AnswerRecord record;

    Answer() {
        add_rectangle(shapes, 655000, 250000, 656000, 251000);
        add_rectangle(shapes, 656000, 250000, 657000, 251000);
        AnswerTable table;
        table.name = "density";
        table.shade = "rate";
        table.shapes = &shapes;
        table.shape_of = {0, 1, 0xffffffffU};
        table.columns = {column("name", TableColumn::Kind::text), column("outlets", TableColumn::Kind::whole),
                         column("rate", TableColumn::Kind::number, 2)};
        add(table, "Harbour, \"old\"", 5, 0.416);
        add(table, "=Old Mill", kNoWhole, std::nan(""));
        add(table, "", -6, 0.3);
        tables.push_back(std::move(table));
        AnswerTable other;
        other.name = "registers";
        other.columns = {column("authority", TableColumn::Kind::text)};
        tables.push_back(std::move(other));
        provenance.study_title = "A study";
        provenance.version = "1";
        Issue issue;
        issue.layer = "takeaways";
        issue.code = "some";
        issue.message = "something";
        issues.add(issue);
        record.provenance = &provenance;
        record.issues = &issues;
        record.crs = &crs;
        record.sentences = {"Rates are <crude>."};
    }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    static void add(AnswerTable& table, const char* name, std::int64_t outlets, double rate) {
        table.columns[0].add(std::string(name));
        table.columns[1].add(outlets);
        table.columns[2].add(rate);
    }
    void write(const std::vector<std::filesystem::path>& out, bool replace = false) const {
        write_tables(tables, record, out, replace);
    }
};

}  // namespace

TEST_CASE("CSV: the first table, empty cells, text from data cannot be a formula, provenance beside it") {
    const Scratch scratch;
    Answer answer;
    answer.record.complete = false;
    answer.write({scratch / "d.csv"});
    CHECK(bytes_of(scratch / "d.csv") ==
          "name,outlets,rate\n\"Harbour, \"\"old\"\"\",5,0.42\n\"'=Old Mill\",,\n,-6,0.30\n");
    const auto beside = nlohmann::json::parse(bytes_of(scratch / "d.provenance.json"));
    CHECK(beside.at("complete") == false);
    CHECK(beside.at("notes").at(0) == "Rates are <crude>.");
    CHECK(beside.at("issues").at(0).at("code") == "some");
    CHECK(beside.at("provenance").at("study_title") == "A study");
}

TEST_CASE("JSON: every table, nulls, notes, issues, provenance") {
    const Scratch scratch;
    const Answer answer;
    answer.write({scratch / "d.json"});
    const auto json = nlohmann::json::parse(bytes_of(scratch / "d.json"));
    CHECK(json.at("study") == "A study");
    REQUIRE(json.at("density").size() == 3);
    CHECK(json.at("density").at(0).at("rate") == 0.42);
    CHECK(json.at("density").at(1).at("outlets").is_null());
    CHECK(json.at("density").at(1).at("rate").is_null());
    CHECK(json.at("density").at(1).at("name") == "=Old Mill");
    CHECK(json.at("density").at(2).at("name").is_null());
    CHECK(json.at("registers").empty());
    CHECK(json.at("complete") == true);
    CHECK(json.at("notes").size() == 1);
    CHECK(json.at("provenance").at("version") == "1");
    CHECK(scratch.names() == std::vector<std::string>{"d.json"});
}

TEST_CASE("GeoPackage: a layer a table with its areas, issues and provenance beside, the same bytes again") {
    const Scratch scratch;
    const Answer answer;
    answer.write({scratch / "d.gpkg", scratch / "e.gpkg"});
    CHECK(bytes_of(scratch / "d.gpkg") == bytes_of(scratch / "e.gpkg"));
    const Rows rows = rows_of(scratch.file("d.gpkg", "density"));
    REQUIRE(rows.cells.size() == 3);
    using Cells = std::vector<std::string>;
    const auto own = [&rows](std::size_t row) { return Cells(rows.cells[row].end() - 3, rows.cells[row].end()); };
    CHECK(own(0) == Cells{"Harbour, \"old\"", "5", "0.42"});
    CHECK(own(1) == Cells{"=Old Mill", "", ""});
    CHECK(rows.shapes.box(1) == answer.shapes.box(1));
    CHECK_FALSE(rows.shapes.has_location(2));
    for (const char* name : {"registers", "issues", "provenance"}) CHECK_NOTHROW(rows_of(scratch.file("d.gpkg", name)));
    CHECK(bytes_of(scratch / "d.gpkg").find("graduatedSymbol") != std::string::npos);
}

TEST_CASE("several files: all of them or none, one that exists stays without leave") {
    const Scratch scratch;
    Answer answer;
    answer.record.svg = "<svg/>\n";
    scratch.write("d.json", "mine");
    CHECK_THROWS_AS(answer.write({scratch / "d.csv", scratch / "d.json"}), UsageError);
    CHECK(scratch.names() == std::vector<std::string>{"d.json"});
    CHECK(bytes_of(scratch / "d.json") == "mine");
    answer.write({scratch / "d.csv", scratch / "d.svg", scratch / "d.json"}, true);
    CHECK(bytes_of(scratch / "d.svg") == "<svg/>\n");
    CHECK(bytes_of(scratch / "d.json") != "mine");
    CHECK(std::filesystem::exists(scratch / "d.provenance.json"));
}

TEST_CASE("the ending chooses the form, another is refused, .svg too where there is no chart") {
    const Scratch scratch;
    const Answer answer;
    CHECK_THROWS_WITH_AS(
        answer.write({scratch / "d.xls"}),
        ((scratch / "d.xls").string() + ": unknown ending .xls; the ending chooses the form: .csv, .json or .gpkg")
            .c_str(),
        UsageError);
    CHECK_THROWS_AS(answer.write({scratch / "d.svg"}), UsageError);
    CHECK(scratch.names().empty());
}

TEST_CASE("before long work: outputs named twice, inputs, folders that are not there") {
    const Scratch scratch;
    scratch.write("outlets.csv", "id\n");
    Study study;
    study.file = (scratch / "study.toml").string();
    LayerSpec layer;
    layer.files.emplace_back();
    layer.files.back().file = "outlets.csv";
    layer.files.back().path = scratch / "outlets.csv";
    study.layers.push_back(layer);
    const auto check = [&](const std::vector<std::filesystem::path>& out, bool replace = false) {
        check_answer_files(out, replace, true, study, {});
    };
    CHECK_NOTHROW(check({scratch / "a.csv", scratch / "a.svg", scratch / "a.gpkg"}));
    CHECK_THROWS_AS(check({scratch / "a.csv", scratch / "a.csv"}), UsageError);
    CHECK_THROWS_AS(check({scratch / "outlets.csv"}, true), UsageError);
    CHECK_THROWS_AS(check({scratch / "none" / "a.csv"}), EnvironmentError);
    CHECK_THROWS_AS(check({scratch / "a.csv", scratch / "a.provenance.json"}), UsageError);
    CHECK(scratch.names() == std::vector<std::string>{"outlets.csv"});
}

TEST_CASE("many rows come in order, however many threads format them") {
    const Scratch scratch;
    Answer answer;
    AnswerTable table;
    table.name = "density";
    table.columns = {column("n", TableColumn::Kind::whole)};
    std::string expected = "n\n";
    for (std::int64_t n = 0; n < 50000; ++n) {
        table.columns[0].add(n);
        expected += std::to_string(n) + "\n";
    }
    answer.tables = {table};
    answer.write({scratch / "n.csv"});
    CHECK(bytes_of(scratch / "n.csv") == expected);
}

TEST_CASE("on the terminal: no wider than asked, what is left out is said") {
    const Answer answer;
    CHECK(table_text(answer.tables.front(), 80, 2) ==
          "  name            outlets  rate\n"
          "  Harbour, \"old\"        5  0.42\n"
          "  =Old Mill\n"
          "  … and 1 more row\n");
    const std::string narrow = table_text(answer.tables.front(), 26, 9);
    CHECK(narrow.find("not shown here: rate") != std::string::npos);
    CHECK(narrow.find("0.42") == std::string::npos);
}

TEST_CASE("a column that is shorter than the others is a fault of ours, never written") {
    const Scratch scratch;
    Answer answer;
    answer.tables.front().columns[1].wholes.pop_back();
    CHECK_THROWS_AS(answer.write({scratch / "d.csv"}), std::logic_error);
    CHECK(scratch.names().empty());
}
