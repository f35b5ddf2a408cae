// SPDX-License-Identifier: Apache-2.0
// Any bytes are a table whose rows add up, or one DataError; and wherever the file is cut into pieces, the rows are the same.
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/csv_decode.h"
#include "libgeo/sources/csv_scan.h"
#include "libgeo/sources/table.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

struct Row {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    bool operator==(const Row&) const = default;
};
using Rows = std::vector<Row>;

void add_rows(const geo::Batch& batch, Rows& rows) {
    for (std::size_t r = 0; r < batch.size(); ++r) {
        Row& row = rows.emplace_back(Row{batch.row[r], {}});
        for (const auto& column : batch.cells) row.cells.emplace_back(column[r]);
    }
}

Rows read_all(geo::Table& table) {
    Rows rows;
    std::int64_t last_row = 1;
    while (auto batch = table.next_batch()) {
        expect(batch->cells.size() == table.columns().size());
        for (const auto& column : batch->cells) {
            expect(column.size() == batch->size());
            for (const auto cell : column) expect(geo::is_utf8(cell));
        }
        std::uint64_t not_used = 0;
        for (const geo::Issue& issue : batch->issues) not_used += issue.kept == geo::Kept::not_used ? 1 : 0;
        expect(batch->read == batch->size() + not_used);
        for (const std::int64_t row : batch->row) {
            expect(row > last_row);
            last_row = row;
        }
        add_rows(*batch, rows);
    }
    return rows;
}

void check_file(const std::filesystem::path& path) {
    geo::SourceFile file;
    file.path = path;
    file.shown = "fuzz.csv";
    file.study_layer = "fuzz";
    const auto table = geo::open_table(file);
    expect(!table->columns().empty());
    const Rows rows = read_all(*table);
    table->rewind();
    expect(read_all(*table) == rows);
}

/// How the table reads a file, with a window that is no whole MiB.
struct Cutting {
    std::size_t window, most_records;
    bool by_masks;
};

/// The rows of `text`, three columns wide; none where reading stops with an error.
std::optional<Rows> rows_of(std::string_view text, geo::CsvDialect dialect, const Cutting& cutting) {
    const geo::CsvPlan plan{"fuzz.csv", "fuzz", dialect, 3, {0, 1, 2}, false};
    Rows rows;
    std::size_t window = cutting.window;
    std::int64_t line = 1;
    while (!text.empty()) {
        const std::string_view seen = text.substr(0, window);
        const bool at_end = seen.size() == text.size();
        const geo::CsvCut cut = geo::cut_records(seen, dialect, cutting.most_records, at_end);
        expect(cut.bytes <= seen.size() && cut.records <= cutting.most_records && (cut.bytes > 0) == (cut.records > 0));
        if (cut.bytes == 0) {
            expect(cut.open_quote || !at_end);  // else the table would look for more for ever
            if (at_end) return std::nullopt;
            window *= 2;
            continue;
        }
        const std::shared_ptr<char[]> bytes(new char[cut.bytes]);
        std::memcpy(bytes.get(), seen.data(), cut.bytes);
        geo::CsvPiece piece{bytes, {bytes.get(), cut.bytes}, 0, line, cut.records, cut.plain && cutting.by_masks};
        try {
            add_rows(geo::decode_csv(plan, std::move(piece)), rows);
        } catch (const geo::DataError&) {
            return std::nullopt;
        }
        line += static_cast<std::int64_t>(cut.lines);
        text.remove_prefix(cut.bytes);
        window = cutting.window;
    }
    return rows;
}

void check_cuts(std::string_view text) {
    if (text.size() > 600) return;  // long enough for blocks of 64 bytes and their borders, short enough to be quick
    for (const char line_end : {'\n', '\r'}) {
        const geo::CsvDialect dialect{',', line_end};
        const auto whole = rows_of(text, dialect, {text.size() + 1, text.size() + 1, true});
        for (const Cutting& other :
             {Cutting{text.size() + 1, text.size() + 1, false}, Cutting{text.size() + 1, 1, true},
              Cutting{7, 100, true}, Cutting{65, 2, true}, Cutting{64, 100, false}})
            expect(rows_of(text, dialect, other) == whole);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("cordon-fuzz-" + std::to_string(getpid()) + ".csv");
    const std::string text(reinterpret_cast<const char*>(data), size);
    check_cuts(text);
    std::ofstream(path, std::ios::binary) << text;
    try {
        check_file(path);
    } catch (const geo::DataError& error) {
        expect(geo::printable(error.what(), std::string::npos) == error.what());  // one line of plain characters
    }
    return 0;
}
