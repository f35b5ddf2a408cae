// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "libgeo/sources/csv_decode.h"
#include "libgeo/sources/csv_scan.h"
#include "tests/sources/scratch.h"

using namespace geo;
using Cells = std::vector<std::vector<std::string>>;

namespace {

/// RFC 4180, a character at a time: what the fast reader must agree with.
Cells read_slowly(const std::string& text) {
    Cells rows;
    std::vector<std::string> row;
    std::string cell;
    bool inside = false, was_quoted = false;
    const auto end_row = [&] {
        row.push_back(cell);
        cell.clear();
        const bool blank = row.size() == 1 && !was_quoted && row[0].find_first_not_of(" \t") == std::string::npos;
        if (!blank) rows.push_back(row);
        row.clear();
        was_quoted = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inside && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            cell += text[++i];
        } else if (c == '"' && (inside || cell.empty())) {
            inside = !inside;
            was_quoted = true;
        } else if (!inside && c == ',') {
            row.push_back(cell);
            cell.clear();
        } else if (!inside && c == '\n') {
            end_row();
        } else {
            cell += c;
        }
    }
    if (!cell.empty() || !row.empty() || was_quoted) end_row();
    return rows;
}

std::string quoted(const std::string& cell) {
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

rc::Gen<std::string> gen_cell() {
    return rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', ',', '"', '\n'));
}

/// Decodes `text`, cut into pieces of at most `most` records.
Cells decode_in_pieces(const std::string& text, std::size_t fields, std::size_t most) {
    CsvPlan plan;
    plan.shown = "x.csv";
    plan.fields = fields;
    for (std::size_t i = 0; i < fields; ++i) plan.selected.push_back(i);
    Cells rows;
    std::int64_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = std::string_view(text).substr(at);
        const CsvCut cut = cut_records(rest, plan.dialect, most, true);
        RC_ASSERT(cut.bytes > 0);
        const Batch batch = decode_csv(plan, {nullptr, rest.substr(0, cut.bytes), 0, line, cut.records, cut.plain});
        for (std::size_t row = 0; row < batch.size(); ++row) {
            auto& cells = rows.emplace_back();
            for (const auto& column : batch.cells) cells.emplace_back(column[row]);
        }
        at += cut.bytes;
        line += static_cast<std::int64_t>(cut.lines);
    }
    RC_ASSERT(line == 1 + std::count(text.begin(), text.end(), '\n'));
    return rows;
}

}  // namespace

TEST_CASE("csv property: quoted cells of any text come back, however the file is cut") {
    CHECK(rc::check([] {
        const auto rows =
            *rc::gen::nonEmpty(rc::gen::container<Cells>(rc::gen::container<std::vector<std::string>>(3, gen_cell())));
        std::string text;
        for (const auto& row : rows) text += quoted(row[0]) + "," + quoted(row[1]) + "," + quoted(row[2]) + "\n";
        const auto most = *rc::gen::inRange<std::size_t>(1, 5);
        RC_ASSERT(decode_in_pieces(text, 3, most) == rows);
    }));
}

TEST_CASE("csv property: the fast way and a character at a time agree, also about quotes in odd places") {
    CHECK(rc::check([] {
        // A cell of letters may hold quotes that do not begin it; longer than a block of 64 bytes.
        const auto rows =
            *rc::gen::nonEmpty(rc::gen::container<Cells>(rc::gen::container<std::vector<std::string>>(2, gen_cell())));
        std::string text;
        for (const auto& row : rows) {
            std::string bare = "x";
            for (const char c : row[0]) bare += c == ',' || c == '\n' ? '-' : c;
            text += *rc::gen::element(bare, quoted(row[0]));
            text += "," + quoted(row[1]) + "\n";
        }
        const Cells expected = read_slowly(text);
        RC_ASSERT(decode_in_pieces(text, 2, *rc::gen::inRange<std::size_t>(1, 9)) == expected);
    }));
}

TEST_CASE("csv property: any bytes give rows or a DataError, and the row lines rise") {
    const Scratch scratch;
    CHECK(rc::check([&] {
        const auto body =
            *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '\0', ' ', '\xE9', ';'));
        const SourceFile file = scratch.write("any.csv", "a,b\n" + body);
        try {
            const Rows rows = rows_of(file);
            RC_ASSERT(std::is_sorted(rows.lines.begin(), rows.lines.end(), std::less_equal<>()));
        } catch (const DataError&) {
        }
    }));
}
