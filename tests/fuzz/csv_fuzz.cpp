// SPDX-License-Identifier: Apache-2.0
// Any bytes are a table whose rows add up, or one DataError.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/table.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

void read_all(const std::filesystem::path& path) {
    geo::SourceFile file;
    file.path = path;
    file.shown = "fuzz.csv";
    file.study_layer = "fuzz";
    const auto table = geo::open_table(file);
    expect(!table->columns().empty());
    std::int64_t last_row = 1;
    while (auto batch = table->next_batch()) {
        expect(batch->cells.size() == table->columns().size());
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
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("cordon-fuzz-" + std::to_string(getpid()) + ".csv");
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    try {
        read_all(path);
    } catch (const geo::DataError&) {
    }
    return 0;
}
