// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/sources/scratch.h"

using namespace geo;
using Cells = std::vector<std::vector<std::string>>;

TEST_CASE("csv: rows carry the line on which they start: blank lines do not count") {
    const Scratch scratch;
    const Rows rows = rows_of(scratch.write("a.csv", "id,name\n1,\"two\nlines\"\n\n2,b\r\n   \n3,c"));
    CHECK(rows.cells == Cells{{"1", "two\nlines"}, {"2", "b"}, {"3", "c"}});
    CHECK(rows.lines == std::vector<std::int64_t>{2, 5, 7});
    CHECK(rows.issues.empty());
}

TEST_CASE("csv: quotes as RFC 4180 has them") {
    const Scratch scratch;
    const Rows rows = rows_of(scratch.write("a.csv", "a,b,c\n\"x,y\",\"say \"\"hi\"\"\",\"\"\n5\" pipe,,\"z\" \n"));
    CHECK(rows.cells == Cells{{"x,y", "say \"hi\"", ""}, {"5\" pipe", "", "z"}});
    CHECK(rows.issues.empty());
}

TEST_CASE("csv: text after a closing quote is kept and said") {
    const Scratch scratch;
    const Rows rows = rows_of(scratch.write("a.csv", "a,b\n\"The \"Old\" Fryer\",1\n"));
    CHECK(rows.cells == Cells{{"The Old\" Fryer\"", "1"}});
    REQUIRE(count_of(rows, "stray-quote") == 1);
    CHECK(rows.issues[0].row == 2);
}

TEST_CASE("csv: a quote that never closes stops, naming its line") {
    const Scratch scratch;
    CHECK(mentions(fault_of(scratch.write("a.csv", "id,txt\n0,ok\n1,\"foo\"\"\n2,bar\n")),
                   "a.csv:3: a quote opened on line 3 is not closed"));
    // The next quote of the file closes it, in the middle of another row.
    CHECK(mentions(fault_of(scratch.write("b.csv", "id,txt\n1,\"foo\n2,\"bar\"\n")),
                   "b.csv:2: a quote opened on line 2 is not closed"));
    // Not before the whole file was read, but before memory is full.
    std::string large = "id,txt\n1,\"foo\n";
    while (large.size() < (20U << 20)) large += "2,some words that go on and on\n";
    CHECK(mentions(fault_of(scratch.write("c.csv", large)), "c.csv:2: a quote opened on line 2 is not closed"));
}

TEST_CASE("csv: short and long rows are kept and said") {
    const Scratch scratch;
    const Rows rows = rows_of(scratch.write("a.csv", "id,x,y\n1,10,20\n2\n3,30,40,surplus\n4,50,60,,\n5,70,80,\n"));
    CHECK(rows.cells ==
          Cells{{"1", "10", "20"}, {"2", "", ""}, {"3", "30", "40"}, {"4", "50", "60"}, {"5", "70", "80"}});
    REQUIRE(rows.issues.size() == 3);
    CHECK(rows.issues[0].code == "short-row");
    CHECK(rows.issues[0].row == 3);
    CHECK(rows.issues[0].message == "line 3 has 1 of 3 fields");
    CHECK(rows.issues[1].row == 4);
    CHECK(rows.issues[1].message == "line 4 has 4 fields, the header 3");
    CHECK(rows.issues[2].message == "line 5 and 1 row after it end in empty fields that the header has no name for");
}

TEST_CASE("csv: the header line tells the delimiter") {
    const Scratch scratch;
    CHECK(rows_of(scratch.write("a.csv", "id;x\n1;430300,0\n")).cells == Cells{{"1", "430300,0"}});
    CHECK(rows_of(scratch.write("a.tsv", "id\tx, y\n1\t2,3\n")).cells == Cells{{"1", "2,3"}});
    CHECK(rows_of(scratch.write("a.txt", "id|x\n1|\"2|3\"\n")).cells == Cells{{"1", "2|3"}});
    CHECK(rows_of(scratch.write("b.csv", "sep=;\r\nid;a,b,c\r\n1;2\r\n")).lines == std::vector<std::int64_t>{3});
    CHECK(rows_of(scratch.write("c.csv", "only\none\n")).cells == Cells{{"one"}});
}

TEST_CASE("csv: line ends of Unix, Windows and old Macs") {
    const Scratch scratch;
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const Rows rows = rows_of(scratch.write("a.csv", "a,b" + end + "1,2" + end + "3,\"4\"" + end + end + "5,6"));
        CHECK(rows.cells == Cells{{"1", "2"}, {"3", "4"}, {"5", "6"}});
        CHECK(rows.lines == std::vector<std::int64_t>{2, 3, 5});
    }
}

TEST_CASE("csv: encodings") {
    const Scratch scratch;
    const auto bom = open_table(scratch.write("bom.csv", "\xEF\xBB\xBFid\n1\n"));
    CHECK(bom->columns() == std::vector<std::string>{"id"});
    const Rows old = rows_of(scratch.write("old.csv", "n\xE9,b\nCaf\xE9,Caf\xC3\xA9\n"));
    CHECK(old.cells == Cells{{"Caf\xC3\xA9", "Caf\xC3\xA9"}});  // cell by cell
    REQUIRE(count_of(old, "encoding-assumed") == 1);
    CHECK(old.issues[0].row == 0);
    CHECK(mentions(fault_of(scratch.write("wide.csv", std::string("\xFF\xFEi\0d\0", 6))), "UTF-16"));
    CHECK(mentions(fault_of(scratch.write("nul.csv", std::string("id\n1\n2\0\n", 8))), "nul.csv:3: holds a NUL byte"));
}

TEST_CASE("csv: an encoding that shows only late is said where it shows, once") {
    const Scratch scratch;
    std::string text = "id,name\n";
    for (int i = 0; i < 60000; ++i) text += std::to_string(i) + ",a name of the usual length\n";
    text += "last,Caf\xE9\n";
    const Rows rows = rows_of(scratch.write("a.csv", text));
    CHECK(rows.cells.size() == 60001);
    CHECK(rows.cells.back()[1] == "Caf\xC3\xA9");
    REQUIRE(count_of(rows, "encoding-assumed") == 1);
    CHECK(rows.issues[0].row == 60002);
}

TEST_CASE("csv: each column needs a name of its own") {
    const Scratch scratch;
    CHECK(mentions(fault_of(scratch.write("a.csv", "id,\"a\nb\",id\n1,2,3\n")),
                   "two columns are called `id`; each column needs a name of its own; "
                   "the columns are: `id`, `a\\nb`, `id`"));
    CHECK(mentions(fault_of(scratch.write("b.csv", "id,,x\n1,2,3\n")), "column 2 has no name"));
    CHECK(open_table(scratch.write("c.csv", "id,\"a\nb\"\n1,2\n"))->columns() ==
          std::vector<std::string>{"id", "a\nb"});
}

TEST_CASE("csv: selected columns, in the order asked, also twice, and again from the beginning") {
    const Scratch scratch;
    const auto table = open_table(scratch.write("a.csv", "a,b,c\n1,2,3\n4,5\n"));
    table->select({2, 0, 2}, false);
    CHECK(rows_of(*table).cells == Cells{{"3", "1", "3"}, {"", "4", ""}});
    table->rewind();
    table->select({1}, false);
    const Rows again = rows_of(*table);
    CHECK(again.cells == Cells{{"2"}, {"5"}});
    CHECK(again.lines == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("csv: a file without rows has none: one without a header is refused") {
    const Scratch scratch;
    CHECK(rows_of(scratch.write("a.csv", "a,b")).cells.empty());
    CHECK(rows_of(scratch.write("b.csv", "a,b\n\n\n")).cells.empty());
    CHECK(mentions(fault_of(scratch.write("c.csv", "\n\n\n")), "is empty"));
    CHECK(mentions(fault_of(scratch.write("d.csv", "\xEF\xBB\xBF")), "is empty"));
}

TEST_CASE("csv: a file that changes while it is read stops the run") {
    const Scratch scratch;
    std::string text = "id,name\n";
    while (text.size() < (4U << 20)) text += "1,a name\n";
    const SourceFile file = scratch.write("a.csv", text);
    const auto longer = open_table(file);
    std::ofstream(file.path, std::ios::app) << "2,new\n";
    CHECK_THROWS_WITH_AS(rows_of(*longer), doctest::Contains("changed while it was read"), DataError);
    const auto shorter = open_table(file);
    std::filesystem::resize_file(file.path, 2U << 20);
    CHECK_THROWS_WITH_AS(rows_of(*shorter), doctest::Contains("became shorter"), DataError);
}

TEST_CASE("csv: rows and batches of a large file stay in order, also where cells are longer than a buffer") {
    const Scratch scratch;
    std::string text = "n,text\n";
    const std::string shape(3U << 20, 'x');
    for (int i = 0; i < 40000; ++i) text += std::to_string(i) + (i == 20000 ? ",\"" + shape + "\"\n" : ",y\n");
    const auto table = open_table(scratch.write("a.csv", text));
    std::uint64_t number = 0;
    std::int64_t line = 2;
    while (auto batch = table->next_batch()) {
        CHECK(batch->number == number++);
        CHECK(batch->size() <= 16384);
        for (std::size_t i = 0; i < batch->size(); ++i, ++line) {
            if (batch->row[i] != line || batch->cells[0][i] != std::to_string(line - 2))
                FAIL("row out of order at line ", line);
            if (line == 20002) CHECK(batch->cells[1][i] == shape);
        }
    }
    CHECK(line == 40002);
    CHECK(number > 2);
}
